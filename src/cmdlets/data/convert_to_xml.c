#include "../cmdlet_private.h"

#include "xml_text_private.h"

enum { INPUT, DEPTH, NO_TYPE, AS };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Depth", "int", -1, 0, NULL, NULL, NULL, NULL, "How deep values are written; 1 unless said."},
    {"NoTypeInformation", "switch", -1, 0, NULL, NULL, NULL, NULL, "No types in it."},
    {"As", "string", -1, 0, NULL, NULL, "Stream|String|Document", NULL, "A document, a text, or a text for each object."},
};

struct state { struct bytes text; int64_t depth; bool stream; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->depth = invocation_integer(call, DEPTH, 1);
    state->stream = text_equal_fold(invocation_text(call, AS), TEXT("Stream"));
    if (state->stream) {
        enum status status = invocation_emit_take(call, string_of("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
        return status == STATUS_OK ? invocation_emit_take(call, string_of("<Objects>")) : status;
    }
    bytes_add_string(&state->text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Objects>\n");
    return STATUS_OK;
}

struct writer { struct invocation *call; struct bytes *out; int indent; int64_t depth; };
static enum status write_value(struct writer *writer, const char *element, struct text name, struct value v);

static enum status write_member(void *context, struct text name, struct value item) {
    struct writer *writer = context;
    return write_value(writer, "Property", name, item);
}

static enum status write_inside(struct writer *writer, struct value v) {
    struct value base = value_base(v);
    struct writer inner = {writer->call, writer->out, writer->indent + 2, writer->depth - 1};
    enum status status = STATUS_OK;
    if (value_is_table(base)) {
        uint32_t position = 0;
        for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(base, &position));) {
            status = write_value(&inner, "Property", TEXT("Key"), entry->key);
            if (status == STATUS_OK) status = write_value(&inner, "Property", TEXT("Value"), entry->value);
        }
    } else if (value_is_array_like(base)) {
        for (uint32_t i = 0; status == STATUS_OK && i < array_count(base); i++) status = write_value(&inner, "Property", TEXT_NONE, array_at(base, i));
    } else status = member_walk_values(writer->call->realm, v, false, write_member, &inner);
    return status;
}

static enum status write_value(struct writer *writer, const char *element, struct text name, struct value v) {
    struct realm *realm = writer->call->realm;
    struct value base = value_base(v);
    const struct type *type = type_of(realm, base);
    bytes_add_repeat(writer->out, ' ', (size_t)writer->indent);
    bytes_add_format(writer->out, "<%s", element);
    if (name.start && name.length) {
        bytes_add_string(writer->out, " Name=\"");
        xml_add_text(writer->out, name, true);
        bytes_add_byte(writer->out, '"');
    }
    if (!invocation_switch(writer->call, NO_TYPE)) bytes_add_format(writer->out, " Type=\"%s\"", type ? type->full_name : "System.Object");
    if (value_is_nothing(base)) {
        bytes_add_string(writer->out, " />\n");
        return STATUS_OK;
    }
    bytes_add_byte(writer->out, '>');
    enum status status = STATUS_OK;
    if (value_is_container(base) && writer->depth > 0 && !realm_stack_low(realm)) {
        bytes_add_byte(writer->out, '\n');
        status = write_inside(writer, v);
        bytes_add_repeat(writer->out, ' ', (size_t)writer->indent);
    } else {
        struct value text = convert_text(realm, base);
        xml_add_text(writer->out, string_text(text), false);
        value_release(text);
    }
    bytes_add_format(writer->out, "</%s>\n", element);
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    struct writer writer = {call, &state->text, state->stream ? 0 : 2, state->depth + 1}; /* the object itself is level 0 */
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    enum status status = write_value(&writer, "Object", TEXT_NONE, item);
    if (status != STATUS_OK || !state->stream) return status;
    bytes_truncate(&state->text, state->text.length - 1);
    status = invocation_emit_take(call, string_from_bytes(&state->text));
    bytes_clear(&state->text);
    return status;
}

/* A document keeps no blanks between its elements. */
static enum status emit_document(struct invocation *call) {
    struct state *state = call->state;
    struct bytes packed = {0};
    struct text rest = bytes_text(&state->text), line;
    while (text_split_next(&rest, '\n', &line)) {
        struct text trimmed = text_trim(line);
        bytes_add_text(&packed, text_starts(trimmed, TEXT("<")) ? trimmed : line);
    }
    struct value text = string_from_bytes(&packed), document = VALUE_UNSET_INIT;
    enum status status = convert_to(call->realm, text, type_known(call->realm, "System.Xml.XmlDocument"), &document);
    if (status == STATUS_OK) status = invocation_emit(call, document);
    value_release(document);
    value_release(text);
    bytes_free(&packed);
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    if (state->stream) return invocation_emit_take(call, string_of("</Objects>"));
    bytes_add_string(&state->text, "</Objects>");
    if (text_equal_fold(invocation_text(call, AS), TEXT("String"))) return invocation_emit_take(call, string_from_bytes(&state->text));
    return emit_document(call);
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    bytes_free(&state->text);
}

static const struct example_row example_rows[] = {
    {"[pscustomobject]@{ Name = 'ann' } | ConvertTo-Xml -As String", "The XML as text."},
    {"(Get-Item . | Select-Object Name | ConvertTo-Xml).Objects.Object.Property.InnerText", "A document to walk through."},
};

CMDLET(convert_to_xml) = {
    .name = "ConvertTo-Xml", .synopsis = "Turns objects into XML.", .description = "Objects with properties, as PowerShell lays them out. Export-Clixml keeps types for reading back.",
    PARAMETERS, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
