/* $element.Attributes: walks the attributes, finds one by name or place, takes new ones. */
#ifndef M365SH_TYPES_XML_ATTRIBUTES_PRIVATE_H
#define M365SH_TYPES_XML_ATTRIBUTES_PRIVATE_H

#include "m365sh/value/realm.h"

struct value xml_attributes_new(struct realm *realm, struct value element); /* owned */
bool xml_attributes_is(struct value v);
struct value xml_attributes_items(struct realm *realm, struct value v);     /* owned array of XmlAttribute */

#endif
