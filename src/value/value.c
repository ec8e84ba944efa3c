#include "m365sh/value/value.h"

#include <math.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/number.h"
#include "value_private.h"

void container_traverse(struct container *container, place_visitor *visit, void *context) {
    switch (container->head.kind) {
    case VALUE_ARRAY:
    case VALUE_LIST: {
        struct array *array = (struct array *)container;
        for (uint32_t i = 0; i < array->count; i++) visit(&array->items[array->first + i], context);
        visit(&array->source, context);
        break;
    }
    case VALUE_TABLE: {
        struct table *table = (struct table *)container;
        for (uint32_t i = 0; i < table->used; i++) {
            visit(&table->entries[i].key, context);
            visit(&table->entries[i].value, context);
        }
        break;
    }
    case VALUE_OBJECT: {
        struct object *object = (struct object *)container;
        for (uint32_t i = 0; i < object->shape->count; i++) visit(&object->slots[i], context);
        visit(&object->type_names, context);
        visit(&object->hidden, context);
        break;
    }
    case VALUE_EXTENDED:
        visit(&((struct extended *)container)->base, context);
        visit(&((struct extended *)container)->members, context);
        break;
    case VALUE_REFERENCE:
        visit(&((struct reference *)container)->place, context);
        break;
    default: {
        struct native *native = (struct native *)container;
        if (native->class_of->traverse) native->class_of->traverse(native->payload, visit, context);
    }
    }
}

/* --- release: dead containers wait in a chain through their own `next`, so that no chain of values recurses --- */
static void free_plain(struct counted *block) {
    if (block->kind == VALUE_BIGINT) bigint_free(block);
    else alloc_free(block);
}

static void drop_place(struct value *place, void *context) {
    struct container **pending = context;
    struct value v = *place;
    place->kind = VALUE_UNSET;
    if (!value_is_counted(v) || --v.counted->count) return;
    if (!value_has_container(v)) {
        free_plain(v.counted);
        return;
    }
    struct container *dead = (struct container *)v.counted;
    heap_unregister(dead);
    dead->next = *pending;
    *pending = dead;
}

static void free_container(struct container *container) {
    switch (container->head.kind) {
    case VALUE_ARRAY:
    case VALUE_LIST:
        alloc_free(((struct array *)container)->items);
        set_index_free(((struct array *)container)->index);
        break;
    case VALUE_TABLE:
        alloc_free(((struct table *)container)->slots);
        alloc_free(((struct table *)container)->entries);
        alloc_free(((struct table *)container)->order);
        break;
    case VALUE_OBJECT: {
        struct object *object = (struct object *)container;
        if ((void *)object->slots != (void *)(object + 1)) alloc_free(object->slots);
        break;
    }
    case VALUE_NATIVE:
    case VALUE_SCRIPT_BLOCK: {
        struct native *native = (struct native *)container;
        if (native->class_of->release) native->class_of->release(native->payload);
        break;
    }
    default: break;
    }
    alloc_free(container);
}

void value_destroy(struct counted *block) {
    if (block->kind < VALUE_SCRIPT_BLOCK) {
        free_plain(block);
        return;
    }
    struct container *pending = (struct container *)block;
    heap_unregister(pending);
    while (pending) {
        struct container *dead = pending;
        pending = dead->next;
        container_traverse(dead, drop_place, &pending);
        free_container(dead);
    }
}

struct value value_base(struct value v) {
    return v.kind == VALUE_EXTENDED ? ((struct extended *)v.counted)->base : v;
}

static bool scalar_truth(struct value v) {
    switch (v.kind) {
    case VALUE_UNSET:
    case VALUE_NULL:
    case VALUE_VOID: return false;
    case VALUE_BOOL: return v.boolean;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return v.real != 0;
    case VALUE_DATETIME:
    case VALUE_TIMESPAN:
    case VALUE_TYPE: return true;
    case VALUE_STRING: return string_block(v)->length != 0;
    case VALUE_DECIMAL: return !decimal_is_zero(number_decimal_of(v));
    case VALUE_BIGINT: return bigint_to_double(v) != 0;
    default: return value_is_counted(v) || v.integer != 0;
    }
}

/* Only true collections look inside; a list inside a list of one counts as true by its length alone. */
bool value_truth(struct value v) {
    v = value_base(v);
    if (!value_is_array_like(v)) return scalar_truth(v);
    if (array_count(v) != 1) return array_count(v) > 1;
    struct value only = value_base(array_at(v, 0));
    return value_is_array_like(only) ? array_count(only) > 0 : scalar_truth(only);
}

bool value_same(struct value a, struct value b) {
    if (a.kind != b.kind) return false;
    if (value_is_counted(a)) return a.counted == b.counted;
    return value_equals(a, b, false);
}
