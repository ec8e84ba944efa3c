/* What the files of this room share: how blocks are taken, walked and given back. */
#ifndef M365SH_VALUE_PRIVATE_H
#define M365SH_VALUE_PRIVATE_H

#include "m365sh/value/array.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/heap.h"
#include "m365sh/value/native.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"
#include "m365sh/value/value.h"

enum counted_flags {
    FLAG_COLLECTING = 1,    /* in the list that the collector looks through, not yet known to be reachable */
    FLAG_EXCEPTION = 2,     /* objects only */
    FLAG_ERROR_RECORD = 4,
};

/* Blocks of number.c: one value that does not fit inline. */
struct decimal_block { struct counted head; struct decimal decimal; };
struct guid_block { struct counted head; struct guid guid; };
struct version_block { struct counted head; int32_t parts[4]; };
struct datetimeoffset_block { struct counted head; int32_t offset_minutes; int64_t utc_ticks; };
/* Blocks of object.c. */
struct extended { struct container container; struct value base, members; };
struct reference { struct container container; struct value place; };

static inline void counted_start(struct counted *head, enum value_kind kind) {
    *head = (struct counted){.count = 1, .kind = (uint8_t)kind};
}
static inline void container_start(struct realm *realm, struct container *container, enum value_kind kind,
                                   const struct type *type) {
    counted_start(&container->head, kind);
    container->type = type;
    container->trial = 0;
    container->extra = 0;
    heap_register(realm->heap, container);
}

void bigint_free(struct counted *block);       /* bigint.c */
void set_index_free(struct set_index *index);  /* set.c */
/* Calls visit for each place of a block that may hold a value (inspect.c's and the collector's way in). */
typedef void place_visitor(struct value *place, void *context);
void container_traverse(struct container *container, place_visitor *visit, void *context);

#endif
