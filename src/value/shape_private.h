/* For object.c, which has interned the name already. */
#ifndef M365SH_VALUE_SHAPE_PRIVATE_H
#define M365SH_VALUE_SHAPE_PRIVATE_H

#include "m365sh/value/shape.h"

const struct shape *shape_with_id(struct shape_table *table, const struct shape *shape, name_id id, struct text name,
                                  enum member_kind kind);

#endif
