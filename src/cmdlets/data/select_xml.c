#include "../cmdlet_private.h"

#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "../encoding_private.h"
#include "../item/item_private.h"

enum { PATH, LITERAL, XML, CONTENT, XPATH, NAMESPACES };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "Files; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."},
    {"Xml", "System.Xml.XmlNode[]", 1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, "Node", "Xml", NULL, NULL, "Documents or nodes."},
    {"Content", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, "Content", NULL, NULL, "XML as text."},
    {"XPath", "string", 0, PARAMETER_MANDATORY, NULL, NULL, NULL, NULL, "What is looked for: //user/@id."},
    {"Namespace", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "Prefixes used in XPath: @{ p = 'urn:…' }."},
};

static enum status namespaces_of(struct invocation *call, struct value document, struct value *out) {
    struct realm *realm = call->realm;
    struct value given = value_base(invocation_argument(call, NAMESPACES)), table = VALUE_UNSET_INIT;
    bool found;
    *out = VALUE_UNSET_INIT;
    if (!value_is_table(given)) return STATUS_OK;
    enum status status = member_get(realm, document, intern_name(realm->names, TEXT("NameTable")), &found, &table);
    if (status == STATUS_OK) status = member_construct(realm, type_known(realm, "System.Xml.XmlNamespaceManager"), &table, 1, out);
    value_release(table);
    uint32_t position = 0;
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(given, &position));) {
        struct value pair[2] = {entry->key, entry->value}, nothing = VALUE_UNSET_INIT;
        status = member_call(realm, *out, intern_name(realm->names, TEXT("AddNamespace")), pair, 2, &nothing);
        value_release(nothing);
    }
    return status;
}

static enum status emit_node(struct invocation *call, struct value node, struct value path) {
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_find(realm, TEXT("Microsoft.PowerShell.Commands.SelectXmlInfo")), 3);
    object_add(realm, info, TEXT("Node"), MEMBER_PROPERTY, node);
    object_add(realm, info, TEXT("Path"), MEMBER_PROPERTY, path);
    object_add(realm, info, TEXT("Pattern"), MEMBER_PROPERTY, invocation_argument(call, XPATH));
    return invocation_emit_take(call, info);
}

static enum status select_in(struct invocation *call, struct value document, struct value path) {
    struct realm *realm = call->realm;
    struct value arguments[2] = {invocation_argument(call, XPATH), VALUE_UNSET_INIT}, nodes = VALUE_UNSET_INIT, node;
    struct enumeration it;
    bool more;
    enum status status = namespaces_of(call, document, &arguments[1]);
    if (status == STATUS_OK) status = member_call(realm, document, intern_name(realm->names, TEXT("SelectNodes")), arguments, arguments[1].kind == VALUE_UNSET ? 1 : 2, &nodes);
    if (status == STATUS_OK) {
        enumeration_start(realm, &it, nodes);
        while (status == STATUS_OK && (status = enumeration_next(realm, &it, &more, &node)) == STATUS_OK && more) status = emit_node(call, node, path);
        enumeration_end(&it);
    }
    value_release(arguments[1]);
    value_release(nodes);
    return status;
}

static enum status select_in_text(struct invocation *call, struct value text, struct value path) {
    struct value document = VALUE_UNSET_INIT;
    enum status status = convert_to(call->realm, text, type_known(call->realm, "System.Xml.XmlDocument"), &document);
    if (status == STATUS_OK) status = select_in(call, document, path);
    value_release(document);
    return status == STATUS_ERROR ? invocation_error_raised(call) : status;
}

static enum status select_in_file(struct invocation *call, enum item_drive drive, struct text path) {
    struct bytes raw = {0}, text = {0};
    struct fault fault = {0};
    struct value name = string_new(path);
    (void)drive;
    enum status status = file_read(string_chars(name), LIMIT_TEXT_BYTES, &raw, &fault);
    if (status == STATUS_OK) {
        encoding_decode(&text, bytes_text(&raw), FILE_UTF8);
        struct value content = string_from_bytes(&text);
        status = select_in_text(call, content, name);
        value_release(content);
    } else status = realm_raise_fault(call->realm, &fault, "ProcessingFile");
    bytes_free(&raw);
    bytes_free(&text);
    value_release(name);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, false};
    struct value content = value_base(invocation_argument(call, CONTENT)), nodes = value_base(invocation_argument(call, XML));
    struct value path = string_of("InputStream");
    enum status status = STATUS_OK;
    if (invocation_has(call, PATH) || invocation_has(call, LITERAL)) status = item_each(call, &which, select_in_file);
    for (uint32_t i = 0; status == STATUS_OK && value_is_array_like(content) && i < array_count(content); i++) status = select_in_text(call, array_at(content, i), path);
    for (uint32_t i = 0; status == STATUS_OK && value_is_array_like(nodes) && i < array_count(nodes); i++) status = select_in(call, array_at(nodes, i), path);
    value_release(path);
    return status;
}

static const struct example_row example_rows[] = {
    {"(Select-Xml -Content '<r><u id=\"1\"/></r>' -XPath '//u/@id').Node.Value", "An attribute."},
    {"[xml]'<r><u>ann</u></r>' | Select-Xml '//u' | ForEach-Object { $_.Node.InnerText }", "In a document."},
};

CMDLET(select_xml) = {
    .name = "Select-Xml", .synopsis = "Finds nodes in XML.", .description = "XPath over files, texts or documents; each find has Node, Path and Pattern.", PARAMETERS,
    .default_set = "Xml", .process = process, EXAMPLES,
};
