/* Fixed arrays (T[]) and growable lists. Elements are owned by the container. `type` NULL means object[] or
 * List<object> (types/type.h has the others). Bounds are the caller's to check; typed stores convert before. */
#ifndef M365SH_VALUE_ARRAY_H
#define M365SH_VALUE_ARRAY_H

#include "m365sh/value/heap.h"
#include "m365sh/value/realm.h"
#include "m365sh/value/value.h"

struct set_index;
/* VALUE_ARRAY and VALUE_LIST share one block, so that readers need not care. */
struct array {
    struct container container;
    uint32_t count;
    uint32_t capacity;
    uint32_t first;            /* queues: index of the head within items; 0 otherwise */
    uint32_t rank_lengths[3];  /* multi-dimensional arrays: lengths of up to 3 dimensions; 0 none */
    bool folds;                /* HashSet only: text without case */
    struct set_index *index;   /* HashSet only: finds elements; NULL otherwise */
    struct value *items;       /* first .. first + count */
    struct value source;       /* the table whose Keys or Values these are: changing it ends their enumeration; VALUE_UNSET */
};

struct value array_new(struct realm *realm, const struct type *type, uint32_t capacity); /* VALUE_ARRAY, count 0 */
struct value array_of(struct realm *realm, const struct value *items, uint32_t count);   /* object[]; keeps items */
struct value array_of_take(struct realm *realm, struct value *items, uint32_t count);    /* takes the references, copies the block */
struct value list_new(struct realm *realm, const struct type *type, uint32_t capacity);  /* VALUE_LIST */
static inline struct array *array_block(struct value v) { return (struct array *)v.counted; }
static inline uint32_t array_count(struct value v) { return array_block(v)->count; }
static inline struct value *array_items(struct value v) { /* NULL while nothing was ever stored */
    struct array *array = array_block(v);
    return array->items ? array->items + array->first : NULL;
}
static inline struct value array_at(struct value v, uint32_t index) { return array_items(v)[index]; } /* borrowed */
static inline bool value_is_array_like(struct value v) { return v.kind == VALUE_ARRAY || v.kind == VALUE_LIST; }
/* Both kinds, while building; scripts reach only lists' versions. */
void array_push(struct value v, struct value item);
void array_push_take(struct value v, struct value item);
void array_insert(struct value v, uint32_t at, struct value item);
void array_remove(struct value v, uint32_t at, uint32_t count);
void array_set(struct value v, uint32_t at, struct value item);
void array_clear(struct value v);
/* HashSet: equality of value/compare.h, text with case (or without, if made so); false if it was there. */
struct value set_new(struct realm *realm, const struct type *type, bool fold);
bool set_add(struct value set, struct value item);
bool set_contains(struct value set, struct value item);
bool set_remove(struct value set, struct value item);

#endif
