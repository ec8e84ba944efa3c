/* What Update-TypeData added to types by name: members and default display properties. */
#ifndef M365SH_TYPES_TYPE_DATA_PRIVATE_H
#define M365SH_TYPES_TYPE_DATA_PRIVATE_H

#include "m365sh/types/member.h"

struct type_data;
void type_data_free(struct type_data *data);
/* The member that a value's type names were given, or NULL. *item is borrowed. */
bool type_data_find(struct realm *realm, struct value v, struct text name, enum member_kind *kind, struct value *item);
/* Calls visit for each member added to the value's types. */
void type_data_walk(struct realm *realm, struct value v,
                    bool (*visit)(void *context, struct text name, enum member_kind kind, struct value item), void *context);
bool type_data_is_empty(struct realm *realm);

#endif
