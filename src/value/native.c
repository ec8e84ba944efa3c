#include "m365sh/value/native.h"

#include "m365sh/base/alloc.h"
#include "value_private.h"

#define PAYLOAD_OFFSET ((sizeof(struct native) + 15) & ~(size_t)15)

static struct value new_of_kind(struct realm *realm, enum value_kind kind, const struct native_class *class_of,
                                const struct type *type, size_t payload_size) {
    struct native *native = alloc_zeroed(1, PAYLOAD_OFFSET + payload_size);
    native->class_of = class_of;
    native->payload = (char *)native + PAYLOAD_OFFSET;
    if (class_of->traverse) {
        container_start(realm, &native->container, kind, type);
    } else {
        counted_start(&native->container.head, kind);
        native->container.type = type;
    }
    return value_counted_take(&native->container.head);
}

struct value native_new(struct realm *realm, const struct native_class *class_of, const struct type *type,
                        size_t payload_size) {
    return new_of_kind(realm, VALUE_NATIVE, class_of, type, payload_size);
}

void *native_payload(struct value v, const struct native_class *class_of) {
    v = value_base(v);
    if (v.kind != VALUE_NATIVE) return NULL;
    struct native *native = (struct native *)v.counted;
    return native->class_of == class_of ? native->payload : NULL;
}

struct value callable_new(struct realm *realm, const struct native_class *class_of, size_t payload_size) {
    return new_of_kind(realm, VALUE_SCRIPT_BLOCK, class_of, NULL, payload_size);
}

void *callable_payload(struct value block) { return ((struct native *)value_base(block).counted)->payload; }
