/* Nodes as XML text, as .NET writes it. Recursion is bound by the parser's depth limit of 256 (2048 with HUGE). */
#include <string.h>
#include "xml_node_private.h"

static void add_escaped(struct bytes *out, const char *text, bool attribute) {
    for (const char *at = text ? text : ""; *at; at++) switch (*at) {
        case '&': bytes_add_string(out, "&amp;"); break;
        case '<': bytes_add_string(out, "&lt;"); break;
        case '>': bytes_add_string(out, "&gt;"); break;
        case '"': bytes_add_string(out, attribute ? "&quot;" : "\""); break;
        case '\n': bytes_add_string(out, attribute ? "&#xA;" : "\n"); break;
        case '\t': bytes_add_string(out, attribute ? "&#x9;" : "\t"); break;
        case '\r': bytes_add_string(out, "&#xD;"); break;
        default: bytes_add_byte(out, *at);
        }
}
static void add_name(struct bytes *out, const xmlNs *space, const xmlChar *name) {
    if (space && space->prefix) bytes_add_format(out, "%s:", (const char *)space->prefix);
    bytes_add_string(out, (const char *)name);
}
static void add_attribute(struct xml_document *document, const xmlAttr *attribute, struct bytes *out) {
    struct bytes value = {0};
    add_name(out, attribute->ns, attribute->name);
    xml_node_add_text(document, (xmlNode *)(uintptr_t)attribute, &value);
    bytes_add_string(out, "=\"");
    add_escaped(out, value.data, true);
    bytes_add_byte(out, '"');
    bytes_free(&value);
}

static void add_namespace(const xmlNs *space, struct bytes *out) {
    bytes_add_string(out, " xmlns");
    if (space->prefix) bytes_add_format(out, ":%s", (const char *)space->prefix);
    bytes_add_string(out, "=\"");
    add_escaped(out, (const char *)space->href, true);
    bytes_add_byte(out, '"');
}
static bool defines(const xmlNode *node, const xmlNs *space) {
    for (const xmlNs *at = node->nsDef; at; at = at->next)
        if (at == space) return true;
    return false;
}
/* Namespaces that stand above the part being written are written again where they are used. */
static void add_outer_namespaces(const xmlNode *node, struct bytes *out) {
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (at->ns && at->ns != node->ns && at->ns->prefix && !defines(node, at->ns)) add_namespace(at->ns, out);
    if (node->ns && !defines(node, node->ns)) add_namespace(node->ns, out);
}

static bool has_text(const xmlNode *node) {
    for (const xmlNode *at = node->children; at; at = at->next)
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) return true;
    return false;
}
static void add_line(struct bytes *out, bool indent, int depth) {
    if (!indent) return;
    if (out->length) bytes_add_byte(out, '\n');
    bytes_add_repeat(out, ' ', (size_t)depth * 2);
}

static void add_node(struct xml_document *document, xmlNode *node, bool top, bool indent, int depth, struct bytes *out);

static void add_element(struct xml_document *document, xmlNode *node, bool top, bool indent, int depth, struct bytes *out) {
    bytes_add_byte(out, '<');
    add_name(out, node->ns, node->name);
    for (const xmlNs *space = node->nsDef; space; space = space->next) add_namespace(space, out);
    for (xmlAttr *at = node->properties; at; at = at->next) {
        bytes_add_byte(out, ' ');
        add_attribute(document, at, out);
    }
    if (top) add_outer_namespaces(node, out);
    if (!node->children) {
        bytes_add_string(out, " />");
        return;
    }
    bytes_add_byte(out, '>');
    bool inner = indent && !has_text(node);
    for (xmlNode *at = node->children; at; at = at->next) {
        add_line(out, inner, depth + 1);
        add_node(document, at, false, inner, depth + 1, out);
    }
    add_line(out, inner, depth);
    bytes_add_string(out, "</");
    add_name(out, node->ns, node->name);
    bytes_add_byte(out, '>');
}

static void add_document(struct xml_document *document, bool indent, struct bytes *out) {
    if (document->has_declaration) {
        bytes_add_string(out, "<?xml version=\"1.0\"");
        if (document->document->encoding) bytes_add_format(out, " encoding=\"%s\"", (const char *)document->document->encoding);
        if (document->has_standalone) bytes_add_format(out, " standalone=\"%s\"", document->document->standalone ? "yes" : "no");
        bytes_add_string(out, "?>");
    }
    for (xmlNode *at = document->document->children; at; at = at->next) {
        if (at->type == XML_DTD_NODE) continue;
        add_line(out, indent, 0);
        add_node(document, at, false, indent, 0, out);
    }
}

static void add_node(struct xml_document *document, xmlNode *node, bool top, bool indent, int depth, struct bytes *out) {
    switch (node->type) {
    case XML_DOCUMENT_NODE: add_document(document, indent, out); break;
    case XML_ELEMENT_NODE: add_element(document, node, top, indent, depth, out); break;
    case XML_ATTRIBUTE_NODE: add_attribute(document, (xmlAttr *)node, out); break;
    case XML_COMMENT_NODE: bytes_add_format(out, "<!--%s-->", (const char *)node->content); break;
    case XML_CDATA_SECTION_NODE: bytes_add_format(out, "<![CDATA[%s]]>", (const char *)node->content); break;
    case XML_PI_NODE: bytes_add_format(out, "<?%s %s?>", (const char *)node->name, node->content ? (const char *)node->content : ""); break;
    case XML_ENTITY_REF_NODE: bytes_add_format(out, "&%s;", (const char *)node->name); break;
    default: add_escaped(out, (const char *)node->content, false);
    }
}

void xml_node_add_outer(struct xml_document *document, xmlNode *node, bool indent, struct bytes *out) {
    add_node(document, node, true, indent, 0, out);
}
void xml_node_add_inner(struct xml_document *document, xmlNode *node, struct bytes *out) {
    if (node->type == XML_DOCUMENT_NODE) add_document(document, false, out);
    else for (xmlNode *at = node->children; at; at = at->next) add_node(document, at, true, false, 0, out);
}
