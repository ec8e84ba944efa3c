/* Script blocks as values. What is inside belongs to vm; everyone else calls through the realm's callable_host. */
#ifndef M365SH_VALUE_CALLABLE_H
#define M365SH_VALUE_CALLABLE_H

#include "m365sh/value/native.h"
#include "m365sh/value/realm.h"

/* A sink for values: borrows each; returns STATUS_STOP when it wants no more. */
struct emitter {
    enum status (*emit)(void *context, struct value v);
    void *context;
};

struct invocation;

enum block_scope {
    BLOCK_CALLER_SCOPE,     /* as Where-Object and ForEach-Object run theirs: assignments reach the caller's scope */
    BLOCK_NEW_SCOPE,        /* as & { } */
};
struct block_call {
    struct value block;             /* VALUE_SCRIPT_BLOCK */
    struct value dollar_underscore; /* $_; VALUE_UNSET: leave as it is */
    const struct value *arguments;  /* parameters by position, the rest $args */
    uint32_t argument_count;
    struct value input;             /* $input as an array; VALUE_UNSET none */
    enum block_scope scope;
    struct emitter output;          /* results, enumerated one level as a pipeline does; emit NULL: dropped */
    struct value this_object;       /* $this; VALUE_UNSET none */
    struct invocation *around;      /* the command that runs it (command/invocation.h): its messages go where that one's go; NULL */
};
struct callable_host {
    void *context;
    enum status (*call)(void *context, struct realm *realm, const struct block_call *call);
    struct value (*text)(void *context, struct realm *realm, struct value block); /* source between the braces; owned */
};
/* Calls through the realm; raises InvalidOperation if no host is set. */
enum status callable_call(struct realm *realm, const struct block_call *call);
/* The same, and collects: nothing → VALUE_VOID, one → it, several → object[]. Owned. `output` of the call is ignored. */
enum status callable_call_collect(struct realm *realm, const struct block_call *call, struct value *out);

/* For vm: makes the block value; its payload is vm's. */
struct value callable_new(struct realm *realm, const struct native_class *class_of, size_t payload_size);
void *callable_payload(struct value block);

#endif
