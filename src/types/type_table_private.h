/* The realm's types: rows of the .def files made into `struct type` when first asked for, closed generics and arrays
 * made on demand, classes and enums of scripts. All are owned by the table and live as long as it. */
#ifndef M365SH_TYPES_TYPE_TABLE_PRIVATE_H
#define M365SH_TYPES_TYPE_TABLE_PRIVATE_H

#include "m365sh/base/alloc.h"
#include "m365sh/base/arena.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/map.h"
#include "m365sh/types/member.h"
#include "m365sh/types/type.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/native.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

struct member_index;  /* member_table.c: rows by type and name, built when first asked */
struct type_data;     /* member_extend.c: what Update-TypeData added */

struct type_table {
    struct arena *arena;
    struct type **types;            /* by index; those of rows are NULL until asked for */
    uint32_t count, capacity;
    uint16_t *slots;                /* open addressing over names of rows and accelerators: entry + 1; NULL until asked */
    struct map *made;               /* arrays and closed generics by full name, script types by name */
    const struct type *by_kind[VALUE_KIND_COUNT];
    const struct type *ordered, *psobject, *pscustomobject, *object;
    struct member_index *member_index;
    struct type_data *type_data;
    const struct class_hooks *class_hooks;
    int64_t security_protocol;      /* [Net.ServicePointManager]::SecurityProtocol, as a script set it */
};

/* A row's type by its exact name or accelerator, without case; NULL if there is none. */
const struct type *type_table_find(struct realm *realm, struct text name);
const struct type *type_table_find_made(struct realm *realm, struct text name);

#endif
