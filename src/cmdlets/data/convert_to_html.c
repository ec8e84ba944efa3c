#include "../cmdlet_private.h"

#include "../object/property_private.h"
#include "m365sh/base/utf8.h"

enum { INPUT, PROPERTY, BODY, HEAD, TITLE, AS, CSS, META, CHARSET, TRANSITIONAL, POST, PRE, FRAGMENT };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Property", "object[]", 0, 0, NULL, NULL, NULL, "property", "Columns: names, or tables with Name, Expression, Width, Align."},
    {"Body", "string[]", 3, 0, NULL, "Page", NULL, NULL, "Lines before the table."},
    {"Head", "string[]", 1, 0, NULL, "Page", NULL, NULL, "What stands in the head; in place of the title."},
    {"Title", "string", 2, 0, NULL, "Page", NULL, NULL, "The title of the page."},
    {"As", "string", -1, 0, NULL, NULL, "Table|List", NULL, "A row for each object, or a row for each property."},
    {"CssUri", "uri", -1, 0, "cu|uri", "Page", NULL, NULL, "A style sheet."},
    {"Meta", "hashtable", -1, 0, NULL, "Page", NULL, NULL, "Meta tags: names and contents."},
    {"Charset", "string", -1, 0, NULL, "Page", NULL, NULL, "The charset that the page says it has."},
    {"Transitional", "switch", -1, 0, NULL, "Page", NULL, NULL, "The looser document type."},
    {"PostContent", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Lines behind the table."},
    {"PreContent", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Lines before the table."},
    {"Fragment", "switch", -1, 0, NULL, "Fragment", NULL, NULL, "The table alone."},
};

struct state { struct property_list properties; struct value chosen; bool started; uint64_t count; };

static enum status line(struct invocation *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
static enum status line(struct invocation *call, const char *format, ...) {
    struct bytes text = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&text, format, list);
    va_end(list);
    enum status status = invocation_emit_take(call, string_from_bytes(&text));
    bytes_free(&text);
    return status;
}

static enum status lines(struct invocation *call, uint32_t parameter) {
    struct value given = value_base(invocation_argument(call, parameter));
    enum status status = STATUS_OK;
    if (given.kind == VALUE_STRING) return invocation_emit(call, given);
    for (uint32_t i = 0; status == STATUS_OK && value_is_array_like(given) && i < array_count(given); i++) status = invocation_emit(call, array_at(given, i));
    return status;
}

/* As WebUtility.HtmlEncode: also what lies from U+00A0 to U+00FF and beyond the basic plane as numbers. */
static void add_encoded(struct bytes *out, struct text text) {
    for (size_t at = 0; at < text.length;) {
        uint32_t code_point = utf8_next(text, &at);
        switch (code_point) {
        case '<': bytes_add_string(out, "&lt;"); break;
        case '>': bytes_add_string(out, "&gt;"); break;
        case '&': bytes_add_string(out, "&amp;"); break;
        case '"': bytes_add_string(out, "&quot;"); break;
        case '\'': bytes_add_string(out, "&#39;"); break;
        default:
            if ((code_point >= 0xA0 && code_point <= 0xFF) || code_point > 0xFFFF) bytes_add_format(out, "&#%u;", code_point);
            else bytes_add_code_point(out, code_point);
        }
    }
}

static enum status meta(struct invocation *call) {
    struct value table = value_base(invocation_argument(call, META));
    uint32_t position = 0;
    enum status status = STATUS_OK;
    if (!value_is_table(table)) return STATUS_OK;
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(table, &position));) {
        struct value name = convert_text(call->realm, entry->key), content = convert_text(call->realm, entry->value);
        status = line(call, "<meta name=\"%s\" content=\"%s\">", string_chars(name), string_chars(content));
        value_release(name);
        value_release(content);
    }
    return status;
}

static enum status page_start(struct invocation *call) {
    const char *kind = invocation_switch(call, TRANSITIONAL) ? "Transitional" : "Strict", *file = invocation_switch(call, TRANSITIONAL) ? "transitional" : "strict";
    struct value uri = convert_text(call->realm, invocation_has(call, CSS) ? invocation_argument(call, CSS) : value_null());
    enum status status = line(call, "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 %s//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-%s.dtd\">", kind, file);
    if (status == STATUS_OK) status = line(call, "<html xmlns=\"http://www.w3.org/1999/xhtml\">");
    if (status == STATUS_OK) status = line(call, "<head>");
    if (status == STATUS_OK && invocation_has(call, CHARSET)) status = line(call, "<meta charset=\"%.*s\">", TEXT_ARGUMENT(invocation_text(call, CHARSET)));
    if (status == STATUS_OK) status = meta(call);
    if (status == STATUS_OK && invocation_has(call, HEAD)) status = lines(call, HEAD);
    else if (status == STATUS_OK) status = line(call, "<title>%.*s</title>", TEXT_ARGUMENT(invocation_has(call, TITLE) ? invocation_text(call, TITLE) : TEXT("HTML TABLE")));
    if (status == STATUS_OK && string_text(uri).length) status = line(call, "<link rel=\"stylesheet\" type=\"text/css\" href=\"%s\" />", string_chars(uri));
    if (status == STATUS_OK) status = line(call, "</head><body>");
    value_release(uri);
    return status == STATUS_OK ? lines(call, BODY) : status;
}

static bool as_list(struct invocation *call) { return text_equal_fold(invocation_text(call, AS), TEXT("List")); }

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    enum status status = property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
    if (status == STATUS_OK && !invocation_switch(call, FRAGMENT)) status = page_start(call);
    if (status == STATUS_OK) status = lines(call, PRE);
    return status == STATUS_OK ? line(call, "<table>") : status;
}

static enum status take_name(void *context, struct text name, struct value item) {
    (void)item;
    array_push_take(*(struct value *)context, string_new(name));
    return STATUS_OK;
}

/* A column's width and alignment, from the table that describes it. */
static void add_column(struct invocation *call, struct bytes *out, uint32_t index) {
    struct value given = value_base(invocation_argument(call, PROPERTY));
    struct value one = value_base(value_is_array_like(given) && index < array_count(given) ? array_at(given, index) : given);
    bytes_add_string(out, "<col");
    static const char *const attributes[] = {"width", "align"};
    for (int i = 0; i < 2 && value_is_table(one); i++) {
        struct value *v = table_find_text(one, text_of(attributes[i]));
        if (!v && i) v = table_find_text(one, TEXT("alignment"));
        if (!v) continue;
        struct value text = convert_text(call->realm, *v);
        bytes_add_format(out, " %s = \"%s\"", attributes[i], string_chars(text));
        value_release(text);
    }
    bytes_add_string(out, "/>");
}

static enum status header(struct invocation *call, struct value first) {
    struct state *state = call->state;
    state->started = true;
    if (!state->properties.count) {
        state->chosen = array_new(call->realm, NULL, 8);
        enum status status = member_walk_values(call->realm, first, false, take_name, &state->chosen);
        if (status == STATUS_OK) status = property_list_read(call, state->chosen, &state->properties);
        if (status != STATUS_OK) return status;
    }
    if (as_list(call) || !state->properties.count) return STATUS_OK;
    struct bytes columns = {0}, names = {0};
    for (uint32_t i = 0; i < state->properties.count; i++) {
        add_column(call, &columns, i);
        bytes_add_format(&names, "<th>%.*s</th>", TEXT_ARGUMENT(state->properties.items[i].name));
    }
    enum status status = line(call, "<colgroup>%s</colgroup>", columns.data);
    if (status == STATUS_OK) status = line(call, "<tr>%s</tr>", names.data);
    bytes_free(&columns);
    bytes_free(&names);
    return status;
}

static enum status add_cell(struct invocation *call, const struct property *property, struct value item, struct bytes *out) {
    bool found;
    struct value v, text = value_null();
    enum status status = property_value(call, property, item, &found, &v);
    if (status != STATUS_OK) return status;
    if (!value_is_nothing(v)) {
        bool custom = v.kind == VALUE_OBJECT && !object_block(v)->container.type;
        if (custom) text = convert_text(call->realm, v);
        else status = convert_dot_text(call->realm, v, &text);
    }
    if (status == STATUS_OK && text.kind == VALUE_STRING) add_encoded(out, string_text(text));
    value_release(text);
    value_release(v);
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (value_is_nothing(item)) return STATUS_OK;
    enum status status = state->started ? STATUS_OK : header(call, item);
    if (status != STATUS_OK || !state->properties.count) return status;
    struct bytes row = {0};
    if (as_list(call) && state->count) status = line(call, "<tr><td><hr></td></tr>");
    for (uint32_t i = 0; status == STATUS_OK && i < state->properties.count; i++) {
        const struct property *property = &state->properties.items[i];
        if (as_list(call)) bytes_add_format(&row, "<tr><td>%.*s:</td>", TEXT_ARGUMENT(property->name));
        bytes_add_string(&row, "<td>");
        status = add_cell(call, property, item, &row);
        bytes_add_string(&row, "</td>");
        if (status != STATUS_OK || !as_list(call)) continue;
        status = line(call, "%s</tr>", row.data);
        bytes_clear(&row);
    }
    if (status == STATUS_OK && !as_list(call)) status = line(call, "<tr>%s</tr>", row.data);
    bytes_free(&row);
    state->count++;
    return status;
}

static enum status end(struct invocation *call) {
    enum status status = line(call, "</table>");
    if (status == STATUS_OK) status = lines(call, POST);
    return status == STATUS_OK && !invocation_switch(call, FRAGMENT) ? line(call, "</body></html>") : status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    property_list_free(&state->properties);
    value_release(state->chosen);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 3 | Select-Object DisplayName, Department | ConvertTo-Html -Fragment", "A table for a page of one's own."},
    {"Get-ChildItem | ConvertTo-Html Name, LastWriteTime -Title Files | Set-Content files.html", "A whole page."},
};

CMDLET(convert_to_html) = {
    .name = "ConvertTo-Html", .synopsis = "Turns objects into an HTML table.", .description = "Lines of text; values are escaped. Export-Report makes pages with charts.",
    PARAMETERS, .default_set = "Page", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES, .emits = "System.String",
};
