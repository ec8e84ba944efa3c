/* The engine of one interpreter: compiles programs and runs them. It implements the engine's part of `struct host`
 * (variables, commands in scopes, invoke, run_text …) and the realm's callable_host. The session fills the rest of the
 * host before the first program runs. */
#ifndef M365SH_VM_VM_H
#define M365SH_VM_VM_H

#include "m365sh/base/bytes.h"
#include "m365sh/command/invocation.h"
#include "m365sh/source/diagnostic.h"
#include "m365sh/source/source.h"

struct engine;
/* Keeps both pointers; sets host->context and the engine's functions of the host, realm->callables, automatic variables. */
struct engine *engine_new(struct realm *realm, struct host *host);
void engine_free(struct engine *engine);

/* Text to a script block. STATUS_ERROR: the diagnostics say why (nothing is raised). Owned block. */
enum status engine_compile(struct engine *engine, struct source *source, struct diagnostic_list *diagnostics, struct value *block);

struct engine_run_options {
    struct text script_path;             /* absolute; empty for -c and the prompt: sets $PSCommandPath, $PSScriptRoot, script scope */
    const struct argument *arguments;    /* of the program: bound to its param block */
    uint32_t argument_count;
    bool in_global_scope;                /* the prompt, -c and dot-sourcing: no scope of its own */
    struct value input;                  /* $input as an array; VALUE_UNSET */
};
/* Runs a compiled program to its end. An error that ends it comes back as STATUS_ERROR with it raised; statement errors
 * go to the error stream and the program goes on, as PowerShell does. STATUS_EXIT: realm->exit_value. *succeeded: $? of
 * the last statement. */
enum status engine_run(struct engine *engine, struct value block, const struct engine_run_options *options,
                       const struct stream_set *streams, bool *succeeded);

/* For --dump bytecode: every chunk of the program. */
void engine_dump(struct engine *engine, struct value block, struct bytes *out);
/* Sets a variable of the global scope (session's automatic ones: $PROFILE, $MaximumChange, $Host …). */
void engine_set_global(struct engine *engine, const char *name, struct value v);

#endif
