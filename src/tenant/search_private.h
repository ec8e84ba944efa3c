/* $search: "property:words" clauses with AND, OR and brackets. displayName and description match by word beginnings, other
 * properties by their beginning. */
#ifndef M365SH_TENANT_SEARCH_PRIVATE_H
#define M365SH_TENANT_SEARCH_PRIVATE_H
#include "filter_private.h"

bool search_compile(struct exchange *exchange, const struct entity *entity, struct text search, struct filter_sql *out);
#endif
