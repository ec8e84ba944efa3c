#include "../cmdlet_private.h"

#include "m365sh/base/file.h"
#include "m365sh/types/format_text.h"
#include "../item/item_private.h"
#include "xml_text_private.h"

enum { DEPTH, PATH, LITERAL, INPUT, FORCE, NO_CLOBBER, ENCODING };

static const struct parameter_row parameter_rows[] = {
    {"Depth", "int", -1, 0, NULL, NULL, NULL, NULL, "How deep values are kept; 2 unless said."},
    {"Path", "string", 0, PARAMETER_MANDATORY, NULL, "ByPath", NULL, "path", "The file."},
    {"LiteralPath", "string", -1, PARAMETER_MANDATORY, "PSPath|LP", "ByLiteralPath", NULL, "path", "The same."},
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Writes over a read-only file."},
    {"NoClobber", "switch", -1, 0, "NoOverwrite", NULL, NULL, NULL, "Refuses to write over a file that is there."},
    {"Encoding", "object", -1, 0, NULL, NULL, NULL, NULL, "Accepted; the file is UTF-8."},
};

struct state { struct bytes text, path; uint32_t references, types; struct value seen_types; bool dry; };
struct writer { struct invocation *call; int indent, depth; };

/* Each number, text and the like has an element of its own. */
static const char *element_of(struct value v) {
    switch (v.kind) {
    case VALUE_STRING: return "S";
    case VALUE_BOOL: return "B";
    case VALUE_CHAR: return "C";
    case VALUE_INT32: return "I32";
    case VALUE_INT64: return "I64";
    case VALUE_BYTE: return "By";
    case VALUE_INT16: return "I16";
    case VALUE_UINT16: return "U16";
    case VALUE_UINT32: return "U32";
    case VALUE_UINT64: return "U64";
    case VALUE_SBYTE: return "SB";
    case VALUE_DOUBLE: return "Db";
    case VALUE_SINGLE: return "Sg";
    case VALUE_DECIMAL: return "D";
    case VALUE_DATETIME: return "DT";
    case VALUE_TIMESPAN: return "TS";
    case VALUE_GUID: return "G";
    case VALUE_VERSION: return "Version";
    default: return NULL;
    }
}

static void open_element(struct writer *writer, const char *element, struct text name) {
    struct state *state = writer->call->state;
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent);
    bytes_add_format(&state->text, "<%s", element);
    if (!name.length) return;
    bytes_add_string(&state->text, " N=\"");
    xml_add_text(&state->text, name, true);
    bytes_add_byte(&state->text, '"');
}

static void close_element(struct writer *writer, const char *element) {
    struct state *state = writer->call->state;
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent);
    bytes_add_format(&state->text, "</%s>\n", element);
}

static enum status write_scalar(struct writer *writer, const char *element, struct text name, struct value v) {
    struct state *state = writer->call->state;
    struct bytes text = {0};
    enum status status = STATUS_OK;
    if (v.kind == VALUE_DATETIME) status = format_value(writer->call->realm, &text, v, TEXT("yyyy-MM-ddTHH:mm:ss.FFFFFFFK"), culture_invariant());
    else if (v.kind == VALUE_TIMESPAN) bytes_add_format(&text, "PT%.7gS", (double)v.integer / 1e7);
    else if (v.kind == VALUE_BOOL) bytes_add_string(&text, v.boolean ? "true" : "false");
    else if (v.kind == VALUE_CHAR) bytes_add_format(&text, "%lld", (long long)v.integer);
    else convert_add_text(writer->call->realm, &text, v);
    open_element(writer, element, name);
    bytes_add_byte(&state->text, '>');
    xml_add_text(&state->text, bytes_text(&text), false);
    bytes_add_format(&state->text, "</%s>\n", element);
    bytes_free(&text);
    return status;
}

static enum status write_value(struct writer *writer, struct text name, struct value v);

static bool write_type(void *context, struct text name) {
    struct writer *writer = context;
    struct state *state = writer->call->state;
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent + 2);
    bytes_add_string(&state->text, "<T>");
    xml_add_text(&state->text, name, false);
    bytes_add_string(&state->text, "</T>\n");
    return true;
}

static bool first_type(void *context, struct text name) {
    *(struct value *)context = string_new(name);
    return false;
}

/* The names of a type stand once; later objects of it refer to them. */
static void write_types(struct writer *writer, struct value v) {
    struct state *state = writer->call->state;
    struct value first = VALUE_UNSET_INIT;
    type_names_walk(writer->call->realm, v, first_type, &first);
    if (first.kind == VALUE_UNSET) return;
    struct value *known = table_find(state->seen_types, first);
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent);
    if (known) bytes_add_format(&state->text, "<TNRef RefId=\"%lld\" />\n", (long long)known->integer);
    else {
        bytes_add_format(&state->text, "<TN RefId=\"%u\">\n", state->types);
        type_names_walk(writer->call->realm, v, write_type, writer);
        close_element(writer, "TN");
        table_put(state->seen_types, first, value_int64(state->types++));
    }
    value_release(first);
}

static enum status write_member(void *context, struct text name, struct value item) { return write_value(context, name, item); }

static enum status write_items(struct writer *writer, struct value v) {
    enum status status = STATUS_OK;
    struct writer inner = {writer->call, writer->indent + 2, writer->depth - 1};
    bytes_add_repeat(&((struct state *)writer->call->state)->text, ' ', (size_t)writer->indent);
    bytes_add_string(&((struct state *)writer->call->state)->text, "<LST>\n");
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(v); i++) status = write_value(&inner, TEXT_NONE, array_at(v, i));
    close_element(writer, "LST");
    return status;
}

static enum status write_pairs(struct writer *writer, struct value table) {
    struct state *state = writer->call->state;
    struct writer inner = {writer->call, writer->indent + 4, writer->depth - 1};
    uint32_t position = 0;
    enum status status = STATUS_OK;
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent);
    bytes_add_string(&state->text, "<DCT>\n");
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(table, &position));) {
        bytes_add_repeat(&state->text, ' ', (size_t)writer->indent + 2);
        bytes_add_string(&state->text, "<En>\n");
        status = write_value(&inner, TEXT("Key"), entry->key);
        if (status == STATUS_OK) status = write_value(&inner, TEXT("Value"), entry->value);
        bytes_add_repeat(&state->text, ' ', (size_t)writer->indent + 2);
        bytes_add_string(&state->text, "</En>\n");
    }
    close_element(writer, "DCT");
    return status;
}

static enum status write_properties(struct writer *writer, struct value v, const char *element) {
    struct state *state = writer->call->state;
    struct writer inner = {writer->call, writer->indent + 2, writer->depth - 1};
    bytes_add_repeat(&state->text, ' ', (size_t)writer->indent);
    bytes_add_format(&state->text, "<%s>\n", element);
    enum status status = member_walk_values(writer->call->realm, v, false, write_member, &inner);
    close_element(writer, element);
    return status;
}

static enum status write_object(struct writer *writer, struct text name, struct value v) {
    struct state *state = writer->call->state;
    struct value base = value_base(v);
    struct writer inner = {writer->call, writer->indent + 2, writer->depth};
    bool custom = base.kind == VALUE_OBJECT && !object_block(base)->container.type;
    enum status status = STATUS_OK;
    open_element(writer, "Obj", name);
    bytes_add_format(&state->text, " RefId=\"%u\">\n", state->references++);
    write_types(&inner, base);
    if (value_is_array_like(base)) status = write_items(&inner, base);
    else if (value_is_table(base)) status = write_pairs(&inner, base);
    else {
        if (!custom) {
            struct value text = convert_text(writer->call->realm, base);
            status = write_scalar(&inner, "ToString", TEXT_NONE, text);
            value_release(text);
        }
        if (status == STATUS_OK && base.kind == VALUE_ENUM) status = write_scalar(&inner, "I32", TEXT_NONE, value_int32((int32_t)base.integer));
        else if (status == STATUS_OK) status = write_properties(&inner, base, custom ? "MS" : "Props");
    }
    close_element(writer, "Obj");
    return status;
}

static enum status write_value(struct writer *writer, struct text name, struct value v) {
    struct state *state = writer->call->state;
    struct value base = value_base(v);
    const char *element = element_of(base);
    if (value_is_nothing(base)) {
        open_element(writer, "Nil", name);
        bytes_add_string(&state->text, " />\n");
        return STATUS_OK;
    }
    if (element) return write_scalar(writer, element, name, base);
    if (writer->depth >= 0 && !realm_stack_low(writer->call->realm)) return write_object(writer, name, v);
    struct value text = convert_text(writer->call->realm, base);
    enum status status = write_scalar(writer, "S", name, text);
    value_release(text);
    return status;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    bool go_on;
    invocation_path(call, invocation_text(call, invocation_has(call, PATH) ? PATH : LITERAL), &state->path);
    state->seen_types = table_new(call->realm, TABLE_ORDERED, false, NULL);
    bytes_add_string(&state->text, "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n");
    if (invocation_switch(call, NO_CLOBBER) && file_exists(state->path.data))
        return invocation_throw(call, "System.IO.IOException", "NoClobber", ERROR_RESOURCE_EXISTS, value_null(), "%s is there already, and -NoClobber says not to write over it.", state->path.data);
    enum status status = invocation_should_process(call, bytes_text(&state->path), TEXT("Export-Clixml"), &go_on);
    state->dry = !go_on;
    return status;
}

static enum status process(struct invocation *call) {
    struct writer writer = {call, 2, (int)invocation_integer(call, DEPTH, 2)};
    struct value item = invocation_argument(call, INPUT);
    return item.kind == VALUE_UNSET ? STATUS_OK : write_value(&writer, TEXT_NONE, item);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct fault fault = {0};
    bytes_add_string(&state->text, "</Objs>");
    if (state->dry || file_replace(state->path.data, state->text.data, state->text.length, 0644, &fault) == STATUS_OK) return STATUS_OK;
    enum status status = invocation_throw(call, "System.IO.DirectoryNotFoundException", "FileOpenFailure", ERROR_OPEN_ERROR, value_null(), "%s cannot be written: %s", state->path.data, fault.message ? fault.message : "");
    fault_clear(&fault);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    bytes_free(&state->text);
    bytes_free(&state->path);
    value_release(state->seen_types);
}

static const struct example_row example_rows[] = {
    {"@{ Tenant = 'contoso'; Seats = 5 } | Export-Clixml state.xml; (Import-Clixml state.xml).Seats + 1", "Numbers stay numbers."},
    {"Get-ChildItem | Select-Object Name, Length | Export-Clixml files.xml", "Objects for later."},
};

CMDLET(export_clixml) = {
    .name = "Export-Clixml", .synopsis = "Keeps values in a file with their types.", .description = "PowerShell's own XML; Import-Clixml reads it back. Secure strings are not written.",
    PARAMETERS, .default_set = "ByPath", .flags = CMDLET_SHOULD_PROCESS, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
