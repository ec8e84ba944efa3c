/* A property as Select-Object, Sort-Object, Group-Object and their like are given one: a name (perhaps with wildcards),
 * a script block, or a hashtable with Name/Label and Expression. */
#ifndef M365SH_CMDLETS_PROPERTY_PRIVATE_H
#define M365SH_CMDLETS_PROPERTY_PRIVATE_H

#include "../cmdlet_private.h"

struct property {
    struct text name;        /* the property's, or the label; borrowed from the argument */
    struct value label;      /* owned text where the label is not `name` of the argument */
    struct value block;      /* VALUE_UNSET: by name; borrowed */
    name_id id;
    bool wild;
    bool plain;              /* a name alone: shown as the object spells it */
    int descending;          /* -1 not said */
};
struct property_list {
    struct property *items;
    uint32_t count;
};
/* Reads the argument (array or single value). Raises on tables without Expression and on unknown keys. */
enum status property_list_read(struct invocation *call, struct value argument, struct property_list *out);
void property_list_free(struct property_list *list);
/* The value for an item; missing: VALUE_NULL and *found false. A block that fails gives null, as in PowerShell. Owned. */
enum status property_value(struct invocation *call, const struct property *property, struct value item, bool *found,
                           struct value *out);

#endif
