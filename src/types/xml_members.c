/* Members of XmlDocument and XmlNode, and the children and attributes that stand as properties. */
#include <string.h>
#include "m365sh/base/file.h"
#include "xml_attributes_private.h"
#include "xml_node_private.h"

static enum status give(struct realm *realm, struct value self, xmlNode *node, struct value *out) {
    return argument_give(out, xml_node_value(realm, xml_node_document(self), node));
}
static struct value text_value(const xmlChar *text) { return string_of(text ? (const char *)text : ""); }

/* An element of nothing but one text reads as that text. */
static bool is_plain(const xmlNode *node) {
    if (node->type != XML_ELEMENT_NODE) return true;
    if (node->properties || node->nsDef) return false;
    return !node->children || (!node->children->next && node->children->type == XML_TEXT_NODE);
}
static struct value property_value(struct realm *realm, struct value self, xmlNode *node) {
    if (!is_plain(node)) return xml_node_value(realm, xml_node_document(self), node);
    struct bytes text = {0};
    xml_node_add_text(xml_document_of(self), node, &text);
    struct value v = string_new(bytes_text(&text));
    bytes_free(&text);
    return v;
}

/* Names as PowerShell lists them: local names; "#text", "#comment", "#cdata-section" for the rest. */
static struct text property_name(const xmlNode *node) {
    switch (node->type) {
    case XML_TEXT_NODE: return TEXT("#text");
    case XML_COMMENT_NODE: return TEXT("#comment");
    case XML_CDATA_SECTION_NODE: return TEXT("#cdata-section");
    default: return text_of((const char *)node->name);
    }
}

static struct value declaration_text(struct xml_document *document) {
    struct bytes text = {0}, all = {0};
    xml_node_add_outer(document, (xmlNode *)document->document, false, &all);
    struct text whole = bytes_text(&all);
    size_t end = text_find(whole, TEXT("?>"), 0);
    bytes_add_text(&text, text_slice(whole, 6, end - 6));
    struct value v = string_new(bytes_text(&text));
    bytes_free(&all);
    bytes_free(&text);
    return v;
}

/* Attributes and children of that name: none, one, or an array. */
MEMBER(get_property) {
    xmlNode *node = xml_node_of(self);
    struct text name = string_text(arguments[0]);
    struct value found = array_new(realm, NULL, 0);
    xmlAttr *attribute = xml_attribute_find(node, name, true);
    if (attribute) array_push_take(found, property_value(realm, self, (xmlNode *)attribute));
    for (xmlNs *space = node->type == XML_ELEMENT_NODE ? node->nsDef : NULL; space; space = space->next)
        if (text_equal_fold(name, space->prefix ? text_of((const char *)space->prefix) : TEXT("xmlns"))) array_push_take(found, text_value(space->href));
    bool has_children = node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE;
    if (node->type == XML_DOCUMENT_NODE && xml_document_of(self)->has_declaration && text_equal_fold(name, TEXT("xml")))
        array_push_take(found, declaration_text(xml_document_of(self)));
    for (xmlNode *at = has_children ? node->children : NULL; at; at = at->next)
        if (text_equal_fold(property_name(at), name)) array_push_take(found, property_value(realm, self, at));
    if (array_count(found) == 1) *out = value_keep(array_at(found, 0));
    else if (array_count(found)) *out = value_keep(found);
    value_release(found);
    return STATUS_OK;
}
MEMBER(set_property) {
    xmlNode *node = xml_node_of(self);
    struct xml_document *document = xml_document_of(self);
    struct value text = convert_text(realm, arguments[1]);
    xmlNode *target = (xmlNode *)xml_attribute_find(node, string_text(arguments[0]), true);
    for (xmlNode *at = node->type == XML_ELEMENT_NODE ? node->children : NULL; at && !target; at = at->next)
        if (text_equal_fold(property_name(at), string_text(arguments[0])) && is_plain(at)) target = at;
    if (target) xml_node_set_text(document, target, string_text(text));
    value_release(text);
    return argument_give(out, value_bool(target != NULL));
}
static void push_once(struct value names, struct text name) {
    for (uint32_t i = 0; i < array_count(names); i++)
        if (text_equal_fold(string_text(array_at(names, i)), name)) return;
    array_push_take(names, string_new(name));
}
MEMBER(property_names) {
    xmlNode *node = xml_node_of(self);
    *out = array_new(realm, NULL, 0);
    if (node->type == XML_DOCUMENT_NODE && xml_document_of(self)->has_declaration) push_once(*out, TEXT("xml"));
    for (xmlAttr *at = node->type == XML_ELEMENT_NODE ? node->properties : NULL; at; at = at->next) push_once(*out, text_of((const char *)at->name));
    bool has_children = node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE;
    for (xmlNode *at = has_children ? node->children : NULL; at; at = at->next) push_once(*out, property_name(at));
    return STATUS_OK;
}

/* --- properties of .NET ---------------------------------------------------------------------------------------------- */

MEMBER(get_name) {
    xmlNode *node = xml_node_of(self);
    struct bytes name = {0};
    const xmlNs *space = node->type == XML_ELEMENT_NODE ? node->ns : node->type == XML_ATTRIBUTE_NODE ? ((xmlAttr *)node)->ns : NULL;
    if (space && space->prefix) bytes_add_format(&name, "%s:", (const char *)space->prefix);
    if (node->type == XML_DOCUMENT_NODE) bytes_add_string(&name, "#document");
    else bytes_add_text(&name, property_name(node));
    return argument_give_bytes(out, &name);
}
MEMBER(local_name) {
    xmlNode *node = xml_node_of(self);
    return argument_give(out, node->type == XML_DOCUMENT_NODE ? string_of("#document") : string_new(property_name(node)));
}
static const xmlNs *space_of(struct value self) {
    xmlNode *node = xml_node_of(self);
    return node->type == XML_ELEMENT_NODE ? node->ns : node->type == XML_ATTRIBUTE_NODE ? ((xmlAttr *)node)->ns : NULL;
}
MEMBER(get_prefix) { return argument_give(out, text_value(space_of(self) ? space_of(self)->prefix : NULL)); }
MEMBER(get_namespace) { return argument_give(out, text_value(space_of(self) ? space_of(self)->href : NULL)); }
MEMBER(node_type) {
    static const int numbers[] = {[XML_ELEMENT_NODE] = 1, [XML_ATTRIBUTE_NODE] = 2, [XML_TEXT_NODE] = 3, [XML_CDATA_SECTION_NODE] = 4,
                                  [XML_PI_NODE] = 7, [XML_COMMENT_NODE] = 8, [XML_DOCUMENT_NODE] = 9};
    xmlElementType own = xml_node_of(self)->type;
    return argument_give(out, argument_enum_value(realm, "System.Xml.XmlNodeType", own <= XML_DOCUMENT_NODE ? numbers[own] : 0));
}
MEMBER(inner_text) {
    struct bytes text = {0};
    xml_node_add_text(xml_document_of(self), xml_node_of(self), &text);
    return argument_give_bytes(out, &text);
}
static enum status set_inner_text(struct realm *realm, struct value self, struct value item) {
    struct value text = convert_text(realm, item);
    if (xml_node_of(self)->type != XML_DOCUMENT_NODE) xml_node_set_text(xml_document_of(self), xml_node_of(self), string_text(text));
    value_release(text);
    return STATUS_OK;
}
MEMBER(get_value) {
    xmlElementType own = xml_node_of(self)->type;
    if (own == XML_ELEMENT_NODE || own == XML_DOCUMENT_NODE) return argument_give(out, value_null());
    return inner_text(realm, type, self, arguments, count, out);
}
MEMBER(outer_xml) {
    struct bytes text = {0};
    xml_node_add_outer(xml_document_of(self), xml_node_of(self), false, &text);
    return argument_give_bytes(out, &text);
}
MEMBER(inner_xml) {
    struct bytes text = {0};
    xml_node_add_inner(xml_document_of(self), xml_node_of(self), &text);
    return argument_give_bytes(out, &text);
}
static bool has_list(const xmlNode *node) { return node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE; }
MEMBER(child_nodes) {
    xmlNode *node = xml_node_of(self);
    *out = list_new(realm, type_known(realm, "System.Xml.XmlChildNodes"), 0);
    if (node->type == XML_DOCUMENT_NODE && xml_document_of(self)->has_declaration) array_push_take(*out, declaration_text(xml_document_of(self)));
    for (xmlNode *at = has_list(node) ? node->children : NULL; at; at = at->next) array_push_take(*out, xml_node_value(realm, xml_node_document(self), at));
    return STATUS_OK;
}
MEMBER(first_child) { xmlNode *node = xml_node_of(self); return give(realm, self, has_list(node) ? node->children : NULL, out); }
MEMBER(last_child) { xmlNode *node = xml_node_of(self); return give(realm, self, has_list(node) ? node->last : NULL, out); }
MEMBER(next_sibling) { return give(realm, self, xml_node_of(self)->next, out); }
MEMBER(previous_sibling) { return give(realm, self, xml_node_of(self)->prev, out); }
MEMBER(parent_node) { return give(realm, self, xml_node_parent(xml_document_of(self), xml_node_of(self)), out); }
MEMBER(owner_document) { return argument_give(out, value_keep(xml_node_document(self))); }
MEMBER(has_child_nodes) { xmlNode *node = xml_node_of(self); return argument_give(out, value_bool(has_list(node) && node->children)); }
MEMBER(has_attributes) { return argument_give(out, value_bool(xml_node_of(self)->properties != NULL)); }
MEMBER(is_empty) { return argument_give(out, value_bool(!xml_node_of(self)->children)); }
MEMBER(get_attributes) {
    return argument_give(out, xml_node_of(self)->type == XML_ELEMENT_NODE ? xml_attributes_new(realm, self) : value_null());
}
MEMBER(document_element) {
    xmlNode *at = xml_document_of(self)->document->children;
    while (at && at->type != XML_ELEMENT_NODE) at = at->next;
    return give(realm, self, at, out);
}
MEMBER(name_table) { return argument_give(out, value_keep(self)); }
MEMBER(no) { return argument_give(out, value_bool(false)); }
static enum status ignore_setting(struct realm *realm, struct value self, struct value item) {
    (void)realm; (void)self; (void)item;
    return STATUS_OK;
}

/* --- attributes ------------------------------------------------------------------------------------------------------ */

MEMBER(get_attribute) {
    struct value name = convert_text(realm, arguments[0]);
    xmlAttr *found = xml_attribute_find(xml_node_of(self), string_text(name), false);
    value_release(name);
    return argument_give(out, found ? property_value(realm, self, (xmlNode *)found) : string_empty());
}
MEMBER(has_attribute) {
    struct value name = convert_text(realm, arguments[0]);
    *out = value_bool(xml_attribute_find(xml_node_of(self), string_text(name), false) != NULL);
    value_release(name);
    return STATUS_OK;
}
MEMBER(set_attribute) {
    struct value name = convert_text(realm, arguments[0]), text = convert_text(realm, arguments[count - 1]);
    xml_attribute_set(xml_document_of(self), xml_node_of(self), string_text(name), string_text(text));
    value_release(name);
    if (count == 3) return argument_give(out, text); /* the form with a namespace tells the value */
    value_release(text);
    return STATUS_OK;
}
MEMBER(remove_attribute) {
    struct value name = convert_text(realm, arguments[0]);
    xmlAttr *found = xml_attribute_find(xml_node_of(self), string_text(name), false);
    if (found) xml_node_detach(xml_document_of(self), (xmlNode *)found);
    value_release(name);
    return STATUS_OK;
}
MEMBER(set_attribute_node) {
    struct value attributes = xml_attributes_new(realm, self);
    enum status status = member_call(realm, attributes, intern_name(realm->names, TEXT("Append")), arguments, 1, out);
    value_release(attributes);
    return status;
}

/* --- XPath ------------------------------------------------------------------------------------------------------------ */

static void register_namespaces(struct realm *realm, struct xml_library *library, xmlXPathContext *context, struct value manager) {
    struct value *table = value_base(manager).kind == VALUE_OBJECT ? object_find_text(realm, value_base(manager), TEXT("Namespaces")) : NULL;
    uint32_t at = 0;
    if (!table || !value_is_table(*table)) return;
    for (struct table_entry *entry; (entry = table_next(*table, &at));)
        library->xmlXPathRegisterNs(context, (const xmlChar *)string_chars(entry->key), (const xmlChar *)string_chars(entry->value));
}
static enum status select_path(struct realm *realm, const char *method, struct value self, const struct value *arguments, uint32_t count, struct value *out) {
    struct xml_document *document = xml_document_of(self);
    struct value path = convert_text(realm, arguments[0]);
    xmlXPathContext *context = document->library.xmlXPathNewContext(document->document);
    context->node = xml_node_of(self);
    if (count > 1) register_namespaces(realm, &document->library, context, arguments[1]);
    xmlXPathObject *result = document->library.xmlXPathEvalExpression((const xmlChar *)string_chars(path), context);
    enum status status = STATUS_OK;
    if (!result) status = member_raise(realm, method, count, "System.Xml.XPath.XPathException", "\"%s\" is no XPath.", string_chars(path));
    else {
        *out = list_new(realm, type_known(realm, "System.Xml.XPathNodeList"), 0);
        for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++)
            if (result->nodesetval->nodeTab[i]->type != XML_NAMESPACE_DECL)
                array_push_take(*out, xml_node_value(realm, xml_node_document(self), result->nodesetval->nodeTab[i]));
        document->library.xmlXPathFreeObject(result);
    }
    document->library.xmlXPathFreeContext(context);
    value_release(path);
    return status;
}
MEMBER(select_nodes) { return select_path(realm, "SelectNodes", self, arguments, count, out); }
MEMBER(select_single_node) {
    struct value all;
    TRY(select_path(realm, "SelectSingleNode", self, arguments, count, &all));
    *out = array_count(all) ? value_keep(array_at(all, 0)) : value_null();
    value_release(all);
    return STATUS_OK;
}
/* The name as it is written: p:b, not b. */
static bool has_name(const xmlNode *node, struct text name) {
    struct text local = text_of((const char *)node->name), prefix = node->ns && node->ns->prefix ? text_of((const char *)node->ns->prefix) : TEXT_NONE;
    if (!prefix.length) return text_equal(local, name);
    return name.length == prefix.length + 1 + local.length && name.start[prefix.length] == ':' &&
           !memcmp(name.start, prefix.start, prefix.length) && !memcmp(name.start + prefix.length + 1, local.start, local.length);
}
MEMBER(elements_by_tag_name) {
    struct value name = convert_text(realm, arguments[0]);
    xmlNode *root = xml_node_of(self), *at = root;
    bool all = text_equal(string_text(name), TEXT("*"));
    *out = list_new(realm, type_known(realm, "System.Xml.XmlElementList"), 0);
    while (at) { /* depth first */
        xmlNode *next = has_list(at) ? at->children : NULL;
        while (!next && at != root) {
            next = at->next;
            if (!next) at = at->parent;
            else break;
        }
        if (!next) break;
        at = next;
        if (at->type == XML_ELEMENT_NODE && (all || has_name(at, string_text(name))))
            array_push_take(*out, xml_node_value(realm, xml_node_document(self), at));
    }
    value_release(name);
    return STATUS_OK;
}

/* --- changing the tree -------------------------------------------------------------------------------------------------- */

static enum status place(struct realm *realm, const char *method, struct value self, struct value child, xmlNode *next, struct value *out) {
    struct xml_document *document = xml_document_of(self);
    xmlNode *node = xml_node_of(child);
    if (value_base(child).kind == VALUE_STRING && document->has_declaration) return argument_give(out, value_keep(child)); /* the declaration */
    if (!node || node->type == XML_DOCUMENT_NODE) return member_raise_argument(realm, method, child, type_known(realm, "System.Xml.XmlNode"));
    if (xml_document_of(child) != document)
        return member_raise(realm, method, 1, "System.ArgumentException", "The node belongs to another document; ImportNode copies it.");
    for (xmlNode *at = xml_node_of(self); at; at = at->parent)
        if (at == node) return member_raise(realm, method, 1, "System.ArgumentException", "A node cannot stand below itself.");
    xml_node_link(document, xml_node_of(self), node, next);
    return argument_give(out, value_keep(child));
}
MEMBER(append_child) { return place(realm, "AppendChild", self, arguments[0], NULL, out); }
MEMBER(prepend_child) { return place(realm, "PrependChild", self, arguments[0], xml_node_of(self)->children, out); }
MEMBER(insert_before) { return place(realm, "InsertBefore", self, arguments[0], xml_node_of(arguments[1]), out); }
MEMBER(insert_after) {
    xmlNode *after = xml_node_of(arguments[1]);
    return place(realm, "InsertAfter", self, arguments[0], after ? after->next : xml_node_of(self)->children, out);
}
MEMBER(remove_child) {
    xmlNode *node = xml_node_of(arguments[0]);
    if (!node || node->parent != xml_node_of(self))
        return member_raise(realm, "RemoveChild", count, "System.ArgumentException", "The node is no child of this one.");
    xml_node_detach(xml_document_of(self), node);
    return argument_give(out, value_keep(arguments[0]));
}
MEMBER(replace_child) {
    xmlNode *old = xml_node_of(arguments[1]);
    struct value nothing;
    TRY(place(realm, "ReplaceChild", self, arguments[0], old, &nothing));
    value_release(nothing);
    if (old) xml_node_detach(xml_document_of(self), old);
    return argument_give(out, value_keep(arguments[1]));
}
MEMBER(remove_all) {
    xmlNode *node = xml_node_of(self);
    while (has_list(node) && node->children) xml_node_detach(xml_document_of(self), node->children);
    while (node->type == XML_ELEMENT_NODE && node->properties) xml_node_detach(xml_document_of(self), (xmlNode *)node->properties);
    return STATUS_OK;
}

/* A fresh node goes to limbo until it is placed. */
static enum status fresh_node(struct realm *realm, struct value self, xmlNode *node, struct value *out) {
    struct xml_document *document = xml_document_of(self);
    node->parent = NULL;
    node->next = node->prev = NULL;
    xml_node_link(document, document->limbo, node, NULL);
    return give(realm, self, node, out);
}
MEMBER(clone_node) {
    struct xml_document *document = xml_document_of(self);
    bool deep = !count || value_truth(arguments[0]);
    xmlNode *node = xml_node_of(self);
    if (node->type == XML_DOCUMENT_NODE) {
        struct bytes text = {0};
        xml_node_add_outer(document, node, false, &text);
        enum status status = xml_document_new(realm, out);
        if (status == STATUS_OK && text.length) status = xml_document_load(realm, *out, bytes_text(&text));
        bytes_free(&text);
        return status;
    }
    return fresh_node(realm, self, document->library.xmlDocCopyNode(node, document->document, deep ? 1 : 2), out);
}
MEMBER(import_node) {
    struct xml_document *document = xml_document_of(self);
    xmlNode *node = xml_node_of(arguments[0]);
    if (!node || node->type == XML_DOCUMENT_NODE) return member_raise_argument(realm, "ImportNode", arguments[0], type_known(realm, "System.Xml.XmlNode"));
    return fresh_node(realm, self, document->library.xmlDocCopyNode(node, document->document, count > 1 && value_truth(arguments[1]) ? 1 : 2), out);
}
MEMBER(create_element) {
    struct xml_document *document = xml_document_of(self);
    struct value name = convert_text(realm, arguments[count > 2 ? 1 : 0]), space = count > 1 ? convert_text(realm, arguments[count - 1]) : string_empty();
    xmlNode *node = document->library.xmlNewDocNode(document->document, NULL, (const xmlChar *)string_chars(name), NULL);
    if (string_text(space).length) document->library.xmlSetNs(node, document->library.xmlNewNs(node, (const xmlChar *)string_chars(space), NULL));
    value_release(name);
    value_release(space);
    return fresh_node(realm, self, node, out);
}
MEMBER(create_attribute) {
    struct xml_document *document = xml_document_of(self);
    struct value name = convert_text(realm, arguments[0]);
    xmlAttr *attribute = document->library.xmlNewProp(document->limbo, (const xmlChar *)string_chars(name), NULL);
    value_release(name);
    return give(realm, self, (xmlNode *)attribute, out);
}
static enum status create_text(struct realm *realm, struct value self, struct value item, xmlElementType kind, struct value *out) {
    struct xml_document *document = xml_document_of(self);
    struct value text = convert_text(realm, item);
    const xmlChar *content = (const xmlChar *)string_chars(text);
    xmlNode *node = kind == XML_TEXT_NODE ? document->library.xmlNewDocText(document->document, content)
                    : kind == XML_COMMENT_NODE ? document->library.xmlNewDocComment(document->document, content)
                                               : document->library.xmlNewCDataBlock(document->document, content, (int)string_text(text).length);
    value_release(text);
    return fresh_node(realm, self, node, out);
}
MEMBER(create_text_node) { return create_text(realm, self, arguments[0], XML_TEXT_NODE, out); }
MEMBER(create_comment) { return create_text(realm, self, arguments[0], XML_COMMENT_NODE, out); }
MEMBER(create_cdata) { return create_text(realm, self, arguments[0], XML_CDATA_SECTION_NODE, out); }
/* The declaration is part of the document here; what is given back stands for it when it is placed. */
MEMBER(create_declaration) {
    struct xml_document *document = xml_document_of(self);
    struct value encoding = count > 1 ? convert_text(realm, arguments[1]) : string_empty();
    struct bytes text = {0};
    bytes_add_format(&text, "<?xml version=\"1.0\" encoding=\"%s\"?><x/>", string_text(encoding).length ? string_chars(encoding) : "utf-8");
    document->has_declaration = true;
    xmlDoc *sample = document->library.xmlReadMemory(text.data, (int)text.length, NULL, NULL, XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (sample && string_text(encoding).length && !document->document->encoding) {
        document->document->encoding = sample->encoding; /* both were made by the library's allocator */
        sample->encoding = NULL;
    }
    if (sample) document->library.xmlFreeDoc(sample);
    value_release(encoding);
    bytes_free(&text);
    return argument_give(out, declaration_text(document));
}

/* --- documents --------------------------------------------------------------------------------------------------------- */

MEMBER(new_document) { return xml_document_new(realm, out); }
MEMBER(load_xml) {
    struct value text = convert_text(realm, arguments[0]);
    enum status status = xml_document_load(realm, self, string_text(text));
    value_release(text);
    return status;
}
MEMBER(load_file) {
    struct value path = convert_text(realm, arguments[0]);
    struct bytes content = {0};
    struct fault fault = {0};
    enum status status = STATUS_OK;
    if (file_read(string_chars(path), 512u << 20, &content, &fault) != STATUS_OK) {
        status = member_raise(realm, "Load", count, fault.kind == FAULT_NOT_FOUND ? "System.IO.FileNotFoundException" : "System.IO.IOException", "%s", fault.message);
        fault_clear(&fault);
    } else status = xml_document_load(realm, self, bytes_text(&content));
    bytes_free(&content);
    value_release(path);
    return status;
}
MEMBER(save_file) {
    struct value path = convert_text(realm, arguments[0]);
    struct bytes text = {0};
    struct fault fault = {0};
    enum status status = STATUS_OK;
    xml_node_add_outer(xml_document_of(self), xml_node_of(self), true, &text);
    if (file_replace(string_chars(path), text.data, text.length, 0666, &fault) != STATUS_OK) {
        status = member_raise(realm, "Save", count, "System.IO.IOException", "%s", fault.message);
        fault_clear(&fault);
    }
    bytes_free(&text);
    value_release(path);
    return status;
}

MEMBER(new_manager) {
    *out = object_new(realm, type, 1);
    struct value table = table_new(realm, TABLE_ORDERED, false, NULL);
    object_add(realm, *out, TEXT("Namespaces"), MEMBER_HIDDEN, table);
    value_release(table);
    return STATUS_OK;
}
MEMBER(add_namespace) {
    struct value *table = object_find_text(realm, self, TEXT("Namespaces")), prefix = convert_text(realm, arguments[0]), uri = convert_text(realm, arguments[1]);
    if (table) table_put(*table, prefix, uri);
    value_release(prefix);
    value_release(uri);
    return STATUS_OK;
}

#include "xml_rows.def"
