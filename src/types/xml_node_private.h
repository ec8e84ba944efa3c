/* XML documents and nodes as values, over libxml2 (loaded when the first document is made). A node's value keeps its
 * document; the document keeps every node that was ever made in it, also those that stand in no tree. */
#ifndef M365SH_TYPES_XML_NODE_PRIVATE_H
#define M365SH_TYPES_XML_NODE_PRIVATE_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include "m365sh/base/alloc.h"
#include "argument_private.h"

#define XML_FUNCTIONS(X)                                                                                              \
    X(xmlReadMemory) X(xmlNewDoc) X(xmlFreeDoc) X(xmlNewDocNode) X(xmlNewDocText) X(xmlNewDocComment)                 \
    X(xmlNewCDataBlock) X(xmlUnlinkNode) X(xmlFreeNode) X(xmlNodeGetContent) X(xmlNewProp) X(xmlDocCopyNode)          \
    X(xmlXPathNewContext) X(xmlXPathEvalExpression) X(xmlXPathFreeObject) X(xmlXPathFreeContext) X(xmlXPathRegisterNs) \
    X(xmlGetLastError) X(xmlNewNs) X(xmlSetNs) X(xmlSetGenericErrorFunc) X(xmlSearchNs)

struct xml_library {
#define X(name) __typeof__(&name) name;
    XML_FUNCTIONS(X)
#undef X
};
struct xml_document {
    struct xml_library library;
    xmlDoc *document;
    xmlNode *limbo;         /* holds the nodes that stand in no tree */
    bool has_declaration, has_standalone;
};

/* An empty document; raises when the library lacks. Owned. */
enum status xml_document_new(struct realm *realm, struct value *out);
/* Reads text into it. Raises XmlException. */
enum status xml_document_load(struct realm *realm, struct value document, struct text text);
struct xml_document *xml_document_of(struct value v);      /* of a document or a node; NULL for others */
xmlNode *xml_node_of(struct value v);
struct value xml_node_value(struct realm *realm, struct value document, xmlNode *node); /* owned; null for NULL */
struct value xml_node_document(struct value v);            /* borrowed document value */
xmlNode *xml_node_parent(struct xml_document *document, xmlNode *node); /* NULL for those in limbo */
/* Takes the node out of its place, into limbo. */
void xml_node_detach(struct xml_document *document, xmlNode *node);
/* Puts a node of this document under parent before `next` (NULL: last), without merging texts. */
void xml_node_link(struct xml_document *document, xmlNode *parent, xmlNode *node, xmlNode *next);
void xml_attribute_set(struct xml_document *document, xmlNode *element, struct text name, struct text value);
xmlAttr *xml_attribute_find(xmlNode *element, struct text name, bool fold);
void xml_node_set_text(struct xml_document *document, xmlNode *node, struct text text);
void xml_node_add_text(struct xml_document *document, xmlNode *node, struct bytes *out); /* InnerText */
/* OuterXml and InnerXml; `indent` as Save() writes. */
void xml_node_add_outer(struct xml_document *document, xmlNode *node, bool indent, struct bytes *out);
void xml_node_add_inner(struct xml_document *document, xmlNode *node, struct bytes *out);

#endif
