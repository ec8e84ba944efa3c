#include "json_glue_private.h"

static enum status walk(void *context, struct realm *realm, struct value object,
                        enum status (*visit)(void *visitor, struct text name, struct value v), void *visitor) {
    (void)context;
    return member_walk_values(realm, object, false, visit, visitor);
}

static struct value text(void *context, struct realm *realm, struct value v) {
    (void)context;
    return convert_text(realm, v);
}

const struct json_properties json_glue = {NULL, walk, text};
