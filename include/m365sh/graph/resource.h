/* What is known of Graph's resources: paths, keys, what is read, which properties can be filtered. Rows are static. */
#ifndef M365SH_GRAPH_RESOURCE_H
#define M365SH_GRAPH_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include "m365sh/base/text.h"

enum graph_resource {
    GRAPH_USER, GRAPH_GROUP, GRAPH_SKU, GRAPH_LICENSE_DETAIL, GRAPH_MEMBER, GRAPH_ORGANIZATION, GRAPH_ROLE, GRAPH_OTHER,
    GRAPH_RESOURCE_COUNT
};
struct resource_row {
    const char *path, *entity, *type_name, *key, *select, *permissions;
};
const struct resource_row *resource_row(enum graph_resource resource);

enum property_kind { PROPERTY_WORDS, PROPERTY_FLAG, PROPERTY_MOMENT };
enum property_test { TEST_EQ, TEST_NE, TEST_GE, TEST_LE, TEST_IN, TEST_STARTS, TEST_ENDS, TEST_NULL };
struct property_row {
    enum graph_resource resource;
    const char *name;          /* as the service spells it */
    enum property_kind kind;
    const char *tests;         /* by enum property_test: D, A or - */
};
/* Without case; NULL if it is not known to be filterable. */
const struct property_row *resource_property(enum graph_resource resource, struct text name);
const struct property_row *resource_property_at(size_t index); /* NULL behind the last */
/* "DisplayName" → "displayName": how a property travels. Adds to `out`. */
struct bytes;
void resource_add_wire_name(struct bytes *out, struct text name);

#endif
