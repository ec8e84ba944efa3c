#include "m365sh/value/array.h"

#include "m365sh/base/alloc.h"
#include "value_private.h"

static struct value new_of_kind(struct realm *realm, enum value_kind kind, const struct type *type, uint32_t capacity) {
    struct array *array = alloc_bytes(sizeof *array);
    container_start(realm, &array->container, kind, type);
    array->count = array->first = 0;
    array->capacity = capacity;
    memset(array->rank_lengths, 0, sizeof array->rank_lengths);
    array->index = NULL;
    array->folds = false;
    array->source = VALUE_UNSET_INIT;
    array->items = capacity ? alloc_bytes(capacity * sizeof(struct value)) : NULL;
    return value_counted_take(&array->container.head);
}

struct value array_new(struct realm *realm, const struct type *type, uint32_t capacity) {
    return new_of_kind(realm, VALUE_ARRAY, type, capacity);
}

struct value list_new(struct realm *realm, const struct type *type, uint32_t capacity) {
    return new_of_kind(realm, VALUE_LIST, type, capacity);
}

struct value array_of_take(struct realm *realm, struct value *items, uint32_t count) {
    struct value v = array_new(realm, NULL, count);
    if (count) memcpy(array_block(v)->items, items, count * sizeof *items);
    array_block(v)->count = count;
    return v;
}

struct value array_of(struct realm *realm, const struct value *items, uint32_t count) {
    struct value v = array_new(realm, NULL, count);
    for (uint32_t i = 0; i < count; i++) array_block(v)->items[i] = value_keep(items[i]);
    array_block(v)->count = count;
    return v;
}

/* Room for one more behind the last: a queue's free front is used before the block grows. */
static void make_room(struct array *array) {
    if (array->first + array->count < array->capacity) return;
    if (array->first > array->count / 2 && array->first) {
        memmove(array->items, array->items + array->first, array->count * sizeof(struct value));
        array->first = 0;
        return;
    }
    uint32_t capacity = array->capacity < 4 ? 4 : array->capacity * 2;
    array->items = alloc_resize(array->items, capacity, sizeof(struct value));
    array->capacity = capacity;
}

void array_push_take(struct value v, struct value item) {
    struct array *array = array_block(v);
    make_room(array);
    array->items[array->first + array->count++] = item;
}

void array_push(struct value v, struct value item) { array_push_take(v, value_keep(item)); }

void array_insert(struct value v, uint32_t at, struct value item) {
    struct array *array = array_block(v);
    value_keep(item);
    make_room(array);
    struct value *items = array_items(v);
    memmove(items + at + 1, items + at, (array->count - at) * sizeof *items);
    items[at] = item;
    array->count++;
}

/* The items leave the array before they are released: a release may run code of a native that looks here. */
void array_remove(struct value v, uint32_t at, uint32_t count) {
    struct array *array = array_block(v);
    struct value *items = array_items(v);
    if (at == 0 && count == 1) { /* a queue's head: nothing moves */
        struct value head = items[0];
        array->first++;
        if (!--array->count) array->first = 0;
        value_release(head);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct value old = items[at + i];
        items[at + i].kind = VALUE_UNSET;
        value_release(old);
    }
    memmove(items + at, items + at + count, (array->count - at - count) * sizeof *items);
    array->count -= count;
}

void array_set(struct value v, uint32_t at, struct value item) { value_set(&array_items(v)[at], item); }

void array_clear(struct value v) {
    struct array *array = array_block(v);
    struct value *items = array->items;
    uint32_t first = array->first, count = array->count;
    set_index_free(array->index);
    array->index = NULL;
    array->items = NULL;
    array->first = array->count = array->capacity = 0;
    for (uint32_t i = 0; i < count; i++) value_release(items[first + i]);
    alloc_free(items);
}
