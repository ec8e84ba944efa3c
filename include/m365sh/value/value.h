/* The value: what variables hold and what flows through pipelines. A tagged struct of 16 bytes. Small kinds are
 * inline, the rest point to a counted block. Counts are not atomic: values belong to one interpreter (realm).
 *
 * Ownership: functions borrow their arguments and return owned results (release them), unless a name ends in
 * _take. value_release never recurses into C: chains are released iteratively. Containers that can form cycles
 * are registered with the realm's heap and collected by trial deletion (value/heap.h). */
#ifndef M365SH_VALUE_VALUE_H
#define M365SH_VALUE_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/text.h"
#include "m365sh/status.h"

struct realm;
struct type; /* what is known of a .NET type; types/type.h. Owned by the realm, never freed before it */

enum value_kind {
    /* Inline. VALUE_UNSET never leaves a variable slot or an optional argument: it is not $null. */
    VALUE_UNSET = 0,
    VALUE_NULL,
    VALUE_VOID,         /* AutomationNull: the result of a command that gave nothing; enumerates as nothing */
    VALUE_BOOL,
    VALUE_CHAR,         /* one UTF-16 unit, in .integer */
    VALUE_INT32, VALUE_INT64,                    /* .integer */
    VALUE_SBYTE, VALUE_BYTE, VALUE_INT16, VALUE_UINT16, VALUE_UINT32, VALUE_UINT64, /* .integer (.uinteger) */
    VALUE_SINGLE, VALUE_DOUBLE,                  /* .real */
    VALUE_DATETIME,     /* .integer ticks; .small is the Kind: 0 unspecified, 1 UTC, 2 local */
    VALUE_TIMESPAN,     /* .integer ticks */
    VALUE_ENUM,         /* .integer; .type_index names the type (types/type.h) */
    VALUE_TYPE,         /* a [type] as an object: .type */
    /* Counted: .counted points to a block that starts with struct counted. VALUE_STRING must stay first. */
    VALUE_STRING,
    VALUE_DECIMAL,
    VALUE_BIGINT,
    VALUE_GUID,
    VALUE_VERSION,
    VALUE_DATETIMEOFFSET,
    VALUE_SCRIPT_BLOCK, /* value/callable.h */
    VALUE_REFERENCE,    /* [ref] */
    VALUE_NATIVE,       /* anything else that a room brings: value/native.h (regex, StringBuilder, XML node …) */
    VALUE_EXTENDED,     /* a value that is no object with members added to it: value/object.h */
    /* Containers: registered with the heap. VALUE_ARRAY must stay first. */
    VALUE_ARRAY,        /* fixed array, T[] */
    VALUE_LIST,         /* List<T>, ArrayList, Collection<T>, HashSet, Queue, Stack: one growable store, told apart by type */
    VALUE_TABLE,        /* Hashtable, ordered dictionary, Dictionary<K,V>, SortedDictionary */
    VALUE_OBJECT,       /* PSCustomObject, class instances and every record type: a shape and slots */
    VALUE_KIND_COUNT
};

struct counted {
    uint32_t count;
    uint8_t kind;
    uint8_t flags;      /* private to value/ */
    uint16_t spare;
};

struct value {
    uint8_t kind;
    uint8_t small;
    uint16_t spare;
    uint32_t type_index;
    union {
        bool boolean;
        int64_t integer;
        uint64_t uinteger;
        double real;
        struct counted *counted;
        const struct type *type;
    };
};

#define VALUE_UNSET_INIT ((struct value){.kind = VALUE_UNSET})

static inline struct value value_null(void) { return (struct value){.kind = VALUE_NULL}; }
static inline struct value value_void(void) { return (struct value){.kind = VALUE_VOID}; }
static inline struct value value_bool(bool b) { return (struct value){.kind = VALUE_BOOL, .integer = b}; }
static inline struct value value_char(uint16_t unit) { return (struct value){.kind = VALUE_CHAR, .integer = unit}; }
static inline struct value value_int32(int32_t n) { return (struct value){.kind = VALUE_INT32, .integer = n}; }
static inline struct value value_int64(int64_t n) { return (struct value){.kind = VALUE_INT64, .integer = n}; }
/* Any integer kind by name; the caller has checked the range. */
static inline struct value value_integer(enum value_kind kind, int64_t n) {
    return (struct value){.kind = (uint8_t)kind, .integer = n};
}
static inline struct value value_double(double d) { return (struct value){.kind = VALUE_DOUBLE, .real = d}; }
static inline struct value value_single(float f) { return (struct value){.kind = VALUE_SINGLE, .real = f}; }
static inline struct value value_datetime(int64_t ticks, int kind) {
    return (struct value){.kind = VALUE_DATETIME, .small = (uint8_t)kind, .integer = ticks};
}
static inline struct value value_timespan(int64_t ticks) { return (struct value){.kind = VALUE_TIMESPAN, .integer = ticks}; }
static inline struct value value_enum(uint32_t type_index, int64_t n) {
    return (struct value){.kind = VALUE_ENUM, .type_index = type_index, .integer = n};
}
static inline struct value value_type(const struct type *type) { return (struct value){.kind = VALUE_TYPE, .type = type}; }
/* Wraps an owned counted block; the count is taken over. */
static inline struct value value_counted_take(struct counted *block) {
    return (struct value){.kind = block->kind, .counted = block};
}

/* A SwitchParameter is a bool marked in `small`: operators see the bool, GetType() and IsPresent the switch. */
static inline struct value value_switch(bool on) { return (struct value){.kind = VALUE_BOOL, .small = 1, .integer = on}; }
static inline bool value_is_switch(struct value v) { return v.kind == VALUE_BOOL && v.small; }

static inline bool value_is_counted(struct value v) { return v.kind >= VALUE_STRING; }
static inline bool value_is_container(struct value v) { return v.kind >= VALUE_ARRAY; }
/* Blocks that start with struct container, whether registered or not. */
static inline bool value_has_container(struct value v) { return v.kind >= VALUE_SCRIPT_BLOCK; }
static inline bool value_is_nothing(struct value v) { return v.kind <= VALUE_VOID; } /* unset, null, void */
static inline bool value_is_integer(struct value v) { return v.kind >= VALUE_INT32 && v.kind <= VALUE_UINT64; }
static inline bool value_is_number(struct value v) {
    return (v.kind >= VALUE_INT32 && v.kind <= VALUE_DOUBLE) || v.kind == VALUE_DECIMAL || v.kind == VALUE_BIGINT;
}

void value_destroy(struct counted *block); /* count has reached 0 */

static inline struct value value_keep(struct value v) {
    if (value_is_counted(v)) v.counted->count++;
    return v;
}
static inline void value_release(struct value v) {
    if (value_is_counted(v) && --v.counted->count == 0) value_destroy(v.counted);
}
/* Puts an owned value into a place that held another. */
static inline void value_set_take(struct value *place, struct value v) {
    struct value old = *place;
    *place = v;
    value_release(old);
}
static inline void value_set(struct value *place, struct value v) { value_set_take(place, value_keep(v)); }

/* The value below PSObject wrapping: for VALUE_EXTENDED the base, else itself. Borrowed. */
struct value value_base(struct value v);
/* PowerShell's truth: null, 0, '', empty collection false; a collection of one as its element. */
bool value_truth(struct value v);
bool value_same(struct value a, struct value b); /* ReferenceEquals, and equality for inline kinds */
/* A debug picture with depth limit, for tests and --dump. */
struct bytes;
void value_inspect(struct bytes *out, struct value v, int depth);

#endif
