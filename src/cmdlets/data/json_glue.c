#include "json_glue_private.h"

static enum status walk(void *context, struct realm *realm, struct value object,
                        enum status (*visit)(void *visitor, struct text name, struct value v), void *visitor) {
    (void)context;
    const struct type *type = object.kind == VALUE_OBJECT ? type_of(realm, object) : NULL;
    enum status status = STATUS_OK;
    if (!type || !type->class_of_script) return member_walk_values(realm, object, false, visit, visitor);
    /* Instances of a script's class are written with their hidden properties too. */
    const struct shape *shape = object_block(object)->shape;
    for (uint32_t i = 0; status == STATUS_OK && i < shape->count; i++) {
        const struct shape_entry *entry = &shape->entries[i];
        struct value v = VALUE_UNSET_INIT;
        bool found = false;
        if (entry->kind == MEMBER_SCRIPT_METHOD || entry->kind == MEMBER_PROPERTY_SET) continue;
        status = member_get(realm, object, entry->name, &found, &v);
        if (status == STATUS_OK) status = visit(visitor, text_of(entry->spelling), v);
        value_release(v);
    }
    return status;
}

static struct value text(void *context, struct realm *realm, struct value v) {
    (void)context;
    return convert_text(realm, v);
}

const struct json_properties json_glue = {NULL, walk, text};
