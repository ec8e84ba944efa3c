/* The slots stand behind the object's head while they fit there, in a block of their own afterwards. */
#include "m365sh/value/object.h"

#include "m365sh/base/alloc.h"
#include "shape_private.h"
#include "value_private.h"

static struct object *object_make(struct realm *realm, const struct type *type, const struct shape *shape,
                                  uint32_t capacity) {
    struct object *object = alloc_bytes(sizeof *object + capacity * sizeof(struct value));
    container_start(realm, &object->container, VALUE_OBJECT, type);
    object->shape = shape;
    object->slots = (struct value *)(object + 1);
    object->capacity = capacity;
    object->type_names = object->hidden = VALUE_UNSET_INIT;
    return object;
}

struct value object_new(struct realm *realm, const struct type *type, uint32_t capacity) {
    struct object *object = object_make(realm, type, shape_empty(realm->shapes), capacity);
    return value_counted_take(&object->container.head);
}

struct value object_with_shape(struct realm *realm, const struct type *type, const struct shape *shape) {
    struct object *object = object_make(realm, type, shape, shape->count);
    for (uint32_t i = 0; i < shape->count; i++) object->slots[i] = value_null();
    return value_counted_take(&object->container.head);
}

struct value *object_find(struct value v, name_id name) {
    struct object *object = object_block(v);
    int32_t slot = shape_find(object->shape, name);
    return slot < 0 ? NULL : &object->slots[slot];
}

struct value *object_find_text(struct realm *realm, struct value v, struct text name) {
    name_id id = intern_find(realm->names, name);
    return id ? object_find(v, id) : NULL;
}

static void append_slot(struct object *object, const struct shape *shape, struct value item) {
    uint32_t count = object->shape->count;
    if (count == object->capacity) {
        uint32_t capacity = count < 4 ? 4 : count * 2;
        if ((void *)object->slots == (void *)(object + 1)) {
            struct value *slots = alloc_bytes(capacity * sizeof *slots);
            memcpy(slots, object->slots, count * sizeof *slots);
            object->slots = slots;
        } else {
            object->slots = alloc_resize(object->slots, capacity, sizeof *object->slots);
        }
        object->capacity = capacity;
    }
    object->slots[count] = item;
    object->shape = shape;
}

/* The same slots under a shape whose member `at` has another kind or is gone. */
static const struct shape *shape_without(struct realm *realm, const struct shape *old, uint32_t at, bool keep,
                                         enum member_kind kind) {
    const struct shape *shape = shape_empty(realm->shapes);
    for (uint32_t i = 0; i < old->count; i++) {
        if (i == at && !keep) continue;
        const struct shape_entry *entry = &old->entries[i];
        shape = shape_with_id(realm->shapes, shape, entry->name, text_of(entry->spelling),
                              i == at ? kind : (enum member_kind)entry->kind);
    }
    return shape;
}

static void add_take(struct realm *realm, struct value v, struct text name, enum member_kind kind, struct value item) {
    struct object *object = object_block(v);
    name_id id = intern_name(realm->names, name);
    int32_t slot = shape_find(object->shape, id);
    if (slot < 0) {
        append_slot(object, shape_with_id(realm->shapes, object->shape, id, name, kind), item);
        return;
    }
    if (object->shape->entries[slot].kind != kind)
        object->shape = shape_without(realm, object->shape, (uint32_t)slot, true, kind);
    value_set_take(&object->slots[slot], item);
}

/* A property that is there keeps its kind. */
static void put_take(struct realm *realm, struct value v, struct text name, struct value item) {
    struct value *place = object_find_text(realm, v, name);
    if (place) value_set_take(place, item);
    else add_take(realm, v, name, MEMBER_NOTE, item);
}

void object_put(struct realm *realm, struct value v, struct text name, struct value item) {
    put_take(realm, v, name, value_keep(item));
}

void object_put_take(struct realm *realm, struct value v, const char *name, struct value item) {
    put_take(realm, v, text_of(name), item);
}

void object_add(struct realm *realm, struct value v, struct text name, enum member_kind kind, struct value item) {
    add_take(realm, v, name, kind, value_keep(item));
}

bool object_remove(struct realm *realm, struct value v, struct text name) {
    struct object *object = object_block(v);
    name_id id = intern_find(realm->names, name);
    int32_t slot = id ? shape_find(object->shape, id) : -1;
    if (slot < 0) return false;
    struct value old = object->slots[slot];
    uint32_t after = object->shape->count - (uint32_t)slot - 1;
    object->shape = shape_without(realm, object->shape, (uint32_t)slot, false, MEMBER_NOTE);
    memmove(object->slots + slot, object->slots + slot + 1, after * sizeof *object->slots);
    value_release(old);
    return true;
}

struct value extended_new(struct realm *realm, struct value base) {
    struct extended *extended = alloc_bytes(sizeof *extended);
    container_start(realm, &extended->container, VALUE_EXTENDED, NULL);
    extended->base = value_keep(value_base(base));
    extended->members = object_new(realm, NULL, 2);
    return value_counted_take(&extended->container.head);
}

struct value extended_members(struct value v) { return ((struct extended *)v.counted)->members; }

struct value reference_new(struct realm *realm, struct value initial) {
    struct reference *reference = alloc_bytes(sizeof *reference);
    container_start(realm, &reference->container, VALUE_REFERENCE, NULL);
    reference->place = value_keep(initial);
    return value_counted_take(&reference->container.head);
}

struct value *reference_place(struct value v) { return &((struct reference *)v.counted)->place; }
