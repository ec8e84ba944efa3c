/* The attributes of an element as a collection, and namespace managers. */
#include "xml_attributes_private.h"

#include "m365sh/value/native.h"
#include "xml_node_private.h"

struct attributes { struct value element; };
static void release(void *payload) { value_release(((struct attributes *)payload)->element); }
static void traverse(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    visit(&((struct attributes *)payload)->element, context);
}
static const struct native_class attributes_class = {"System.Xml.XmlAttributeCollection", release, traverse};

struct value xml_attributes_new(struct realm *realm, struct value element) {
    struct value v = native_new(realm, &attributes_class, type_known(realm, "System.Xml.XmlAttributeCollection"), sizeof(struct attributes));
    ((struct attributes *)native_payload(v, &attributes_class))->element = value_keep(element);
    return v;
}
bool xml_attributes_is(struct value v) { return v.kind == VALUE_NATIVE && native_payload(v, &attributes_class); }
static struct value element_of(struct value v) { return ((struct attributes *)native_payload(v, &attributes_class))->element; }

struct value xml_attributes_items(struct realm *realm, struct value v) {
    struct value items = array_new(realm, NULL, 0), element = element_of(v), document = xml_node_document(element);
    for (xmlAttr *at = xml_node_of(element)->properties; at; at = at->next)
        array_push_take(items, xml_node_value(realm, document, (xmlNode *)at));
    return items;
}

MEMBER(get_count) {
    int32_t number = 0;
    for (xmlAttr *at = xml_node_of(element_of(self))->properties; at; at = at->next) number++;
    return argument_give(out, value_int32(number));
}
MEMBER(get_item) {
    struct value element = element_of(self), key = value_base(arguments[0]);
    xmlAttr *found = NULL;
    if (value_is_integer(key)) {
        found = xml_node_of(element)->properties;
        for (int64_t i = 0; found && i < key.integer; i++) found = found->next;
    } else {
        struct value name = convert_text(realm, key);
        found = xml_attribute_find(xml_node_of(element), string_text(name), false);
        value_release(name);
    }
    return argument_give(out, xml_node_value(realm, xml_node_document(element), (xmlNode *)found));
}
MEMBER(append) {
    struct value element = element_of(self);
    struct xml_document *document = xml_document_of(element);
    xmlNode *node = xml_node_of(arguments[0]);
    if (!node || node->type != XML_ATTRIBUTE_NODE || xml_document_of(arguments[0]) != document)
        return member_raise_argument(realm, "Append", arguments[0], type_known(realm, "System.Xml.XmlAttribute"));
    xmlAttr *old = xml_attribute_find(xml_node_of(element), text_of((const char *)node->name), false);
    if (old && (xmlNode *)old != node) xml_node_detach(document, (xmlNode *)old);
    xml_node_link(document, xml_node_of(element), node, NULL);
    return argument_give(out, value_keep(arguments[0]));
}
MEMBER(remove_attribute) {
    xmlNode *node = xml_node_of(arguments[0]);
    if (node && node->type == XML_ATTRIBUTE_NODE) xml_node_detach(xml_document_of(element_of(self)), node);
    return argument_give(out, value_keep(arguments[0]));
}

#define T "System.Xml.XmlAttributeCollection"
static const struct member_row rows[] = {
    {T, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {T, "Item", ROW_METHOD, 1, 2, get_item, NULL, "System.Xml.XmlAttribute ItemOf(string name) {get;}"},
    {T, "ItemOf", ROW_METHOD, 1, 2, get_item, NULL, NULL},
    {T, "GetNamedItem", ROW_METHOD, 1, 2, get_item, NULL, "System.Xml.XmlNode GetNamedItem(string name)"},
    {T, "Append", ROW_METHOD, 1, 1, append, NULL, "System.Xml.XmlAttribute Append(System.Xml.XmlAttribute node)"},
    {T, "SetNamedItem", ROW_METHOD, 1, 1, append, NULL, "System.Xml.XmlNode SetNamedItem(System.Xml.XmlNode node)"},
    {T, "Remove", ROW_METHOD, 1, 1, remove_attribute, NULL, "System.Xml.XmlAttribute Remove(System.Xml.XmlAttribute node)"},
};
const struct member_table xml_attributes_member_table = TABLE_OF(rows);
