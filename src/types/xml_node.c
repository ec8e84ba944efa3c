/* Documents and nodes over libxml2. */
#include "xml_node_private.h"

#include <string.h>
#include "m365sh/base/library.h"
#include "m365sh/value/native.h"

struct xml_node { xmlNode *node; struct value document; };

static void release_document(void *payload) {
    struct xml_document *document = payload;
    if (!document->document) return;
    if (document->limbo) document->library.xmlFreeNode(document->limbo);
    document->library.xmlFreeDoc(document->document);
}
static const struct native_class document_class = {"System.Xml.XmlDocument", release_document, NULL};

static void release_node(void *payload) { value_release(((struct xml_node *)payload)->document); }
static void traverse_node(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    visit(&((struct xml_node *)payload)->document, context);
}
static const struct native_class node_class = {"System.Xml.XmlNode", release_node, traverse_node};

static void silence(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static enum status load_library(struct realm *realm, struct xml_library *library) {
    static const char *const names[] = {"libxml2.so.2", "libxml2.so", NULL};
    const struct library_symbol symbols[] = {
#define X(name) {#name, (void **)&library->name},
        XML_FUNCTIONS(X)
#undef X
    };
    struct fault fault = {0};
    if (library_load(names, "libxml2", symbols, sizeof symbols / sizeof symbols[0], &fault) != STATUS_OK)
        return realm_raise_fault(realm, &fault, "LibraryMissing");
    library->xmlSetGenericErrorFunc(NULL, silence);
    return STATUS_OK;
}

enum status xml_document_new(struct realm *realm, struct value *out) {
    struct value v = native_new(realm, &document_class, type_known(realm, "System.Xml.XmlDocument"), sizeof(struct xml_document));
    struct xml_document *document = native_payload(v, &document_class);
    enum status status = load_library(realm, &document->library);
    if (status != STATUS_OK) {
        value_release(v);
        return status;
    }
    document->document = document->library.xmlNewDoc((const xmlChar *)"1.0");
    document->limbo = document->library.xmlNewDocNode(document->document, NULL, (const xmlChar *)"limbo", NULL);
    *out = v;
    return STATUS_OK;
}

static enum status raise_parse(struct realm *realm, struct xml_library *library) {
    const xmlError *error = library->xmlGetLastError();
    struct bytes message = {0};
    bytes_add_string(&message, "The text is not well-formed XML");
    if (error && error->message) {
        struct text why = text_trim(text_of(error->message));
        bytes_add_format(&message, ": line %d: %.*s", error->line, TEXT_ARGUMENT(why));
    }
    enum status status = member_raise(realm, "LoadXml", 1, "System.Xml.XmlException", "%s.", message.data);
    bytes_free(&message);
    return status;
}

enum status xml_document_load(struct realm *realm, struct value v, struct text text) {
    struct xml_document *document = native_payload(v, &document_class);
    text = text_trim(text);
    if (text_starts(text, TEXT("\xEF\xBB\xBF"))) text = text_slice(text, 3, text.length);
    int options = XML_PARSE_NOBLANKS | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE;
    /* A declaration may name another encoding, but a script's text is UTF-8 by now. */
    struct text head = text_starts(text, TEXT("<?xml")) ? text_slice(text, 0, text_find(text, TEXT("?>"), 0)) : TEXT_NONE;
    bool other = text_find_fold(head, TEXT("encoding"), 0) != TEXT_NOT_FOUND && text_find_fold(head, TEXT("utf-8"), 0) == TEXT_NOT_FOUND;
    xmlDoc *fresh = text.length < INT32_MAX ? document->library.xmlReadMemory(text.start, (int)text.length, NULL, other ? "UTF-8" : NULL, options) : NULL;
    if (!fresh) return raise_parse(realm, &document->library);
    document->library.xmlFreeNode(document->limbo);
    document->library.xmlFreeDoc(document->document);
    document->document = fresh;
    document->limbo = document->library.xmlNewDocNode(fresh, NULL, (const xmlChar *)"limbo", NULL);
    document->has_declaration = head.length > 0;
    document->has_standalone = document->has_declaration && fresh->standalone >= 0;
    return STATUS_OK;
}

struct value xml_node_document(struct value v) {
    v = value_base(v);
    if (v.kind != VALUE_NATIVE) return value_null();
    struct xml_node *node = native_payload(v, &node_class);
    return node ? node->document : native_payload(v, &document_class) ? v : value_null();
}
struct xml_document *xml_document_of(struct value v) {
    struct value document = xml_node_document(v);
    return document.kind == VALUE_NATIVE ? native_payload(document, &document_class) : NULL;
}
xmlNode *xml_node_of(struct value v) {
    v = value_base(v);
    if (v.kind != VALUE_NATIVE) return NULL;
    struct xml_node *node = native_payload(v, &node_class);
    if (node) return node->node;
    struct xml_document *document = native_payload(v, &document_class);
    return document ? (xmlNode *)document->document : NULL;
}

static const char *type_name_of(xmlNode *node) {
    switch (node->type) {
    case XML_ATTRIBUTE_NODE: return "System.Xml.XmlAttribute";
    case XML_TEXT_NODE: return "System.Xml.XmlText";
    case XML_COMMENT_NODE: return "System.Xml.XmlComment";
    case XML_CDATA_SECTION_NODE: return "System.Xml.XmlCDataSection";
    case XML_PI_NODE: return "System.Xml.XmlProcessingInstruction";
    default: return "System.Xml.XmlElement";
    }
}
struct value xml_node_value(struct realm *realm, struct value document, xmlNode *node) {
    if (!node) return value_null();
    if (node->type == XML_DOCUMENT_NODE) return value_keep(document);
    struct value v = native_new(realm, &node_class, type_known(realm, type_name_of(node)), sizeof(struct xml_node));
    *(struct xml_node *)native_payload(v, &node_class) = (struct xml_node){node, value_keep(document)};
    return v;
}

xmlNode *xml_node_parent(struct xml_document *document, xmlNode *node) {
    return node->parent == document->limbo ? NULL : node->parent;
}

static void link_attribute(xmlNode *element, xmlAttr *attribute) {
    attribute->parent = element;
    attribute->next = attribute->prev = NULL;
    if (!element->properties) {
        element->properties = attribute;
        return;
    }
    xmlAttr *last = element->properties;
    while (last->next) last = last->next;
    last->next = attribute;
    attribute->prev = last;
}

void xml_node_link(struct xml_document *document, xmlNode *parent, xmlNode *node, xmlNode *next) {
    document->library.xmlUnlinkNode(node);
    if (node->type == XML_ATTRIBUTE_NODE) {
        link_attribute(parent, (xmlAttr *)node);
        return;
    }
    node->parent = parent;
    node->next = next;
    node->prev = next ? next->prev : parent->last;
    if (node->prev) node->prev->next = node;
    else parent->children = node;
    if (next) next->prev = node;
    else parent->last = node;
}
void xml_node_detach(struct xml_document *document, xmlNode *node) { xml_node_link(document, document->limbo, node, NULL); }

/* --- text ---------------------------------------------------------------------------------------------------------- */

/* Nodes below one, depth first, without recursion. */
static xmlNode *next_below(xmlNode *root, xmlNode *at) {
    if (at->type == XML_ELEMENT_NODE || at->type == XML_DOCUMENT_NODE || at->type == XML_ATTRIBUTE_NODE)
        if (at->children) return at->children;
    while (at != root && !at->next) at = at->parent;
    return at == root ? NULL : at->next;
}
void xml_node_add_text(struct xml_document *document, xmlNode *node, struct bytes *out) {
    (void)document;
    if (node->type != XML_ELEMENT_NODE && node->type != XML_DOCUMENT_NODE && node->type != XML_ATTRIBUTE_NODE) {
        bytes_add_string(out, (const char *)node->content);
        return;
    }
    for (xmlNode *at = next_below(node, node); at; at = next_below(node, at))
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) bytes_add_string(out, (const char *)at->content);
}

void xml_node_set_text(struct xml_document *document, xmlNode *node, struct text text) {
    char *copy = alloc_text(text.start, text.length);
    xmlNode *fresh = document->library.xmlNewDocText(document->document, (const xmlChar *)copy);
    alloc_free(copy);
    if (node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE) {
        while (node->children) xml_node_detach(document, node->children);
        if (text.length) xml_node_link(document, node, fresh, NULL);
        else xml_node_link(document, document->limbo, fresh, NULL);
        return;
    }
    xmlChar *old = node->content; /* texts and comments: the contents change places, and the spare node keeps the old one */
    node->content = fresh->content;
    fresh->content = old;
    xml_node_link(document, document->limbo, fresh, NULL);
}

xmlAttr *xml_attribute_find(xmlNode *element, struct text name, bool fold) {
    if (element->type != XML_ELEMENT_NODE) return NULL;
    size_t colon = text_find_byte(name, ':', 0);
    struct text local = colon == TEXT_NOT_FOUND ? name : text_slice(name, colon + 1, name.length);
    for (xmlAttr *at = element->properties; at; at = at->next) {
        struct text own = text_of((const char *)at->name);
        if (fold ? text_equal_fold(own, local) : text_equal(own, local)) return at;
    }
    return NULL;
}
void xml_attribute_set(struct xml_document *document, xmlNode *element, struct text name, struct text value) {
    xmlAttr *attribute = xml_attribute_find(element, name, false);
    if (!attribute) {
        char *copy = alloc_text(name.start, name.length);
        attribute = document->library.xmlNewProp(element, (const xmlChar *)copy, NULL);
        alloc_free(copy);
    }
    xml_node_set_text(document, (xmlNode *)attribute, value);
}
