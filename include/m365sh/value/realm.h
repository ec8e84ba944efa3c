/* What one interpreter shares among its rooms: passed as the first argument of whatever makes values, converts,
 * compares, or can fail. Made by session (or by a test through realm_new), owned by it. Two realms never share
 * anything that changes. Rooms above `value` hang their own state here behind opaque pointers, each with the
 * function that releases it.
 *
 * Failing: a function from `value` up that returns STATUS_ERROR has put the error record into realm->raised
 * (realm_raise…). Whoever handles it takes it with realm_take_raised. */
#ifndef M365SH_VALUE_REALM_H
#define M365SH_VALUE_REALM_H

#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/collate.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/intern.h"
#include "m365sh/base/random.h"
#include "m365sh/fault.h"
#include "m365sh/value/error_record.h"
#include "m365sh/value/heap.h"
#include "m365sh/value/shape.h"
#include "m365sh/value/value.h"

struct type_table;    /* types */
struct pattern_cache; /* pattern */
struct culture;       /* types */
struct callable_host; /* value/callable.h: how script blocks are run; set by vm */
/* Where [Console]::WriteLine goes: past all formatting. Set by session. */
struct console_host {
    void *context;
    enum status (*write)(void *context, struct text text, bool error);
};

/* What `value` must ask of the room that knows types (set by types_start). Any function may be NULL. */
struct type_lookup {
    const struct type *(*find)(struct realm *realm, const char *full_name);  /* NULL if unknown */
    uint32_t (*index_of)(const struct type *type);                            /* type_index of an enum's values */
    struct value (*text_of)(struct realm *realm, struct value v);             /* ToString(), for TargetName; owned string */
    void (*name_of)(struct realm *realm, struct value v, struct bytes *out);  /* short type name, for TargetType */
};

struct realm {
    struct heap *heap;
    struct intern *names;           /* variables, members, commands: keyed without case */
    struct shape_table *shapes;
    struct collator *collator;
    struct type_table *types;       /* set by types_start */
    struct pattern_cache *patterns; /* set by pattern_cache_new, may be NULL in tests of lower rooms */
    const struct culture *culture;  /* set by types_start; invariant until then */
    struct clock_source clock;
    struct random random;
    const struct type_lookup *lookup;      /* NULL until types_start sets it */
    const struct callable_host *callables; /* NULL until vm sets it */
    const struct console_host *console;    /* NULL: nothing is shown */

    struct value raised;            /* the error on its way up: an ErrorRecord; VALUE_UNSET if none */
    struct value exit_value;        /* with STATUS_EXIT: what was given to `exit` */
    name_id jump_label;             /* with STATUS_BREAK / STATUS_CONTINUE; 0 none */
    struct value set_matches;       /* scratch: ops hands $Matches to the VM here; VALUE_UNSET if none */
    uintptr_t stack_limit;          /* lowest C stack address allowed; see realm_stack_low */
    struct value output_separator;  /* $OFS as joined text, VALUE_UNSET: a blank. Kept in step by vm */
    int64_t enumeration_limit;      /* $FormatEnumerationLimit, kept in step by vm */
    const struct shape *record_shapes[3]; /* error_record.c's: made when first needed */
    int64_t call_depth;             /* nested calls, for CallDepthOverflow and $MyInvocation */
};

/* heap, names, shapes, collator, clock and random; the rest NULL. */
struct realm *realm_new(void);
void realm_free(struct realm *realm);

/* True when too little of the C stack is left: raise CallDepthOverflow instead of calling on. */
static inline bool realm_stack_low(const struct realm *realm) {
    return (uintptr_t)__builtin_frame_address(0) < realm->stack_limit;
}
/* Sets stack_limit for the calling thread from its real stack size (LIMIT_STACK_PERCENT). */
void realm_set_stack(struct realm *realm);

/* Raise. `exception` is a .NET exception type ("System.ArgumentException", or "RuntimeException" short for
 * System.Management.Automation.RuntimeException), `id` the FullyQualifiedErrorId without command, message our
 * sentence. All return STATUS_ERROR. */
enum status realm_raise(struct realm *realm, const char *exception, const char *id, enum error_category category,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same with TargetObject. */
enum status realm_raise_target(struct realm *realm, const char *exception, const char *id, enum error_category category,
                               struct value target, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* From a fault: exception and id by its kind (FileNotFoundException, UnauthorizedAccessException, IOException …). */
enum status realm_raise_fault(struct realm *realm, struct fault *fault, const char *id);
/* An error record made elsewhere; taken over. */
enum status realm_raise_record_take(struct realm *realm, struct value record);
/* STATUS_INTERRUPTED after Ctrl-C, STATUS_ERROR (OutOfMemoryException) after memory pressure, else STATUS_OK. */
enum status realm_poll(struct realm *realm);
struct value realm_take_raised(struct realm *realm); /* owned; leaves UNSET */

#endif
