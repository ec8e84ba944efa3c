/* HashSet over an array: an index of open addressing beside the items. An index is made anew when it is missing. */
#include "m365sh/base/alloc.h"
#include "m365sh/value/compare.h"
#include "value_private.h"

struct set_index {
    uint32_t *slots;      /* item number + 1, 0 free */
    uint32_t slot_count;  /* a power of two */
};

void set_index_free(struct set_index *index) {
    if (!index) return;
    alloc_free(index->slots);
    alloc_free(index);
}

struct value set_new(struct realm *realm, const struct type *type, bool fold) {
    struct value set = list_new(realm, type, 0);
    array_block(set)->folds = fold;
    return set;
}

static void put(struct set_index *index, uint32_t hash, uint32_t item) {
    uint32_t mask = index->slot_count - 1, at = hash & mask;
    while (index->slots[at]) at = (at + 1) & mask;
    index->slots[at] = item + 1;
}

static void build(struct array *array, uint32_t slot_count) {
    set_index_free(array->index);
    array->index = ALLOC_NEW(struct set_index);
    array->index->slots = ALLOC_ARRAY(uint32_t, slot_count);
    array->index->slot_count = slot_count;
    for (uint32_t i = 0; i < array->count; i++)
        put(array->index, value_hash(array->items[array->first + i], array->folds), i);
}

/* The item's number, or -1; *hash is given for adding. */
static int64_t find(struct value set, struct value item, uint32_t *hash) {
    struct array *array = array_block(set);
    bool fold = array->folds;
    *hash = value_hash(item, fold);
    uint32_t needed = 16;
    while (needed < (array->count + 1) * 2) needed *= 2;
    if (!array->index || array->index->slot_count < needed) build(array, needed);
    uint32_t mask = array->index->slot_count - 1;
    for (uint32_t at = *hash & mask; array->index->slots[at]; at = (at + 1) & mask) {
        uint32_t number = array->index->slots[at] - 1;
        if (value_equals(array_at(set, number), item, fold)) return number;
    }
    return -1;
}

bool set_add(struct value set, struct value item) {
    uint32_t hash;
    if (find(set, item, &hash) >= 0) return false;
    put(array_block(set)->index, hash, array_count(set));
    array_push(set, item);
    return true;
}

bool set_contains(struct value set, struct value item) {
    uint32_t hash;
    return find(set, item, &hash) >= 0;
}

bool set_remove(struct value set, struct value item) {
    uint32_t hash;
    int64_t at = find(set, item, &hash);
    if (at < 0) return false;
    set_index_free(array_block(set)->index);
    array_block(set)->index = NULL;
    array_remove(set, (uint32_t)at, 1);
    return true;
}
