/* What $o.psobject.Properties (Methods, Members) is: walks the members of its owner, finds one by name, adds and removes. */
#ifndef M365SH_TYPES_PROPERTY_COLLECTION_PRIVATE_H
#define M365SH_TYPES_PROPERTY_COLLECTION_PRIVATE_H

#include "m365sh/value/realm.h"

enum property_collection_kind { PROPERTY_COLLECTION_PROPERTIES, PROPERTY_COLLECTION_METHODS, PROPERTY_COLLECTION_MEMBERS };
struct value property_collection_new(struct realm *realm, struct value owner, enum property_collection_kind kind); /* owned */
bool property_collection_is(struct value v);
/* The property objects, as an array. Owned. */
struct value property_collection_items(struct realm *realm, struct value collection);

#endif
