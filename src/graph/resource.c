#include "m365sh/graph/resource.h"

#include "m365sh/base/bytes.h"

static const struct resource_row resources[] = {
#define RESOURCE(name, path, entity, type, key, select, permissions) [GRAPH_##name] = {path, entity, type, key, select, permissions},
#include "resources.def"
#undef RESOURCE
};

static const struct property_row properties[] = {
#define PROPERTY(resource, name, kind, tests) {GRAPH_##resource, name, PROPERTY_##kind, tests},
#include "properties.def"
#undef PROPERTY
};

const struct resource_row *resource_row(enum graph_resource resource) {
    return &resources[resource];
}

const struct property_row *resource_property_at(size_t index) {
    return index < sizeof properties / sizeof *properties ? &properties[index] : NULL;
}

const struct property_row *resource_property(enum graph_resource resource, struct text name) {
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (properties[i].resource == resource && text_equal_fold(name, text_of(properties[i].name))) return &properties[i];
    return NULL;
}

void resource_add_wire_name(struct bytes *out, struct text name) {
    if (!name.length) return;
    char first = name.start[0];
    bytes_add_byte(out, first >= 'A' && first <= 'Z' ? (char)(first - 'A' + 'a') : first);
    bytes_add_text(out, text_slice(name, 1, name.length));
}
