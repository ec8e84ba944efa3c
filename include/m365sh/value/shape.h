/* A shared list of property names, so that a thousand users share one. Shapes are immutable, made by transitions from
 * the empty one, owned by the realm's shape_table. */
#ifndef M365SH_VALUE_SHAPE_H
#define M365SH_VALUE_SHAPE_H

#include <stdint.h>
#include "m365sh/base/intern.h"
#include "m365sh/value/value.h"

enum member_kind {
    MEMBER_NOTE,            /* NoteProperty: the slot is the value */
    MEMBER_SCRIPT,          /* ScriptProperty: the slot is an array of getter and setter script blocks */
    MEMBER_ALIAS,           /* AliasProperty: the slot is the other name */
    MEMBER_SCRIPT_METHOD,   /* the slot is a script block */
    MEMBER_PROPERTY,        /* Property of a .NET or class instance: the slot is the value */
    MEMBER_HIDDEN,          /* as MEMBER_PROPERTY, not listed */
    MEMBER_PROPERTY_SET,    /* the slot is an array of names */
};
struct shape_entry {
    name_id name;           /* as interned: found without case */
    const char *spelling;   /* as added to this shape; NUL-ended, lives as long as the table */
    uint8_t kind;           /* enum member_kind */
};
struct shape_private;
struct shape {
    uint32_t count;
    const struct shape_entry *entries; /* slot i is entry i */
    struct shape_private *private_part; /* transitions and lookup */
};

struct shape_table;
struct shape_table *shape_table_new(struct intern *names);
void shape_table_free(struct shape_table *table);
const struct shape *shape_empty(struct shape_table *table);
/* The shape with one more property. */
const struct shape *shape_with(struct shape_table *table, const struct shape *shape, struct text name,
                               enum member_kind kind);
int32_t shape_find(const struct shape *shape, name_id name); /* slot, or -1 if absent; O(1) */

#endif
