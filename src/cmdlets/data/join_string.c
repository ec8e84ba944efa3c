#include "../cmdlet_private.h"

#include "../object/property_private.h"
#include "m365sh/types/format_text.h"

enum { PROPERTY, SEPARATOR, PREFIX, SUFFIX, SINGLE, DOUBLE, FORMAT, CULTURE, INPUT };

static const struct parameter_row parameter_rows[] = {
    {"Property", "object", 0, 0, NULL, NULL, NULL, "property", "A property or block whose texts are joined; the objects themselves unless said."},
    {"Separator", "string", 1, PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "What stands between; $OFS or nothing unless said."},
    {"OutputPrefix", "string", -1, 0, "op", NULL, NULL, NULL, "What stands before all."},
    {"OutputSuffix", "string", -1, 0, "os", NULL, NULL, NULL, "What stands behind all."},
    {"SingleQuote", "switch", -1, 0, NULL, "SingleQuote", NULL, NULL, "Each text in single quotes."},
    {"DoubleQuote", "switch", -1, 0, NULL, "DoubleQuote", NULL, NULL, "Each text in double quotes."},
    {"FormatString", "string", -1, 0, NULL, "Format", NULL, NULL, "Each text through this format: {0}."},
    {"UseCulture", "switch", -1, 0, NULL, NULL, NULL, NULL, "Numbers and dates as the culture writes them."},
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
};

struct state { struct bytes text; struct property_list properties; struct value separator; bool any; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->separator = call->host && call->host->variable_get ? call->host->variable_get(call->host, TEXT("OFS"), SCOPE_CURRENT) : value_null();
    if (invocation_has(call, SEPARATOR)) value_set(&state->separator, invocation_argument(call, SEPARATOR));
    bytes_add_text(&state->text, invocation_text(call, PREFIX));
    return property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
}

static enum status add_text(struct invocation *call, struct value v) {
    struct state *state = call->state;
    const struct culture *culture = invocation_switch(call, CULTURE) ? call->realm->culture : culture_invariant();
    if (invocation_has(call, FORMAT)) return format_composite(call->realm, &state->text, invocation_text(call, FORMAT), &v, 1, culture);
    const char *quote = invocation_switch(call, SINGLE) ? "'" : invocation_switch(call, DOUBLE) ? "\"" : "";
    struct value text = convert_text(call->realm, v);
    bytes_add_format(&state->text, "%s%s%s", quote, string_chars(text), quote);
    value_release(text);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT), v;
    enum status status = STATUS_OK;
    bool found;
    if (value_is_nothing(item)) return STATUS_OK;
    if (state->properties.count) status = property_value(call, &state->properties.items[0], item, &found, &v);
    else v = value_keep(item);
    if (status == STATUS_OK) {
        struct value separator = convert_text(call->realm, state->separator);
        if (state->any) bytes_add_text(&state->text, string_text(separator));
        value_release(separator);
        state->any = true;
        status = add_text(call, v);
    }
    value_release(v);
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    bytes_add_text(&state->text, invocation_text(call, SUFFIX));
    return invocation_emit_take(call, string_from_bytes(&state->text));
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    bytes_free(&state->text);
    property_list_free(&state->properties);
    value_release(state->separator);
}

static const struct example_row example_rows[] = {
    {"'a', 'b', 'c' | Join-String -Separator ', '", "a, b, c."},
    {"Get-User -Top 3 | Join-String -Property DisplayName -Separator '; ' -SingleQuote", "A property of each, quoted."},
};

CMDLET(join_string) = {
    .name = "Join-String", .synopsis = "Joins what comes along the pipeline into one text.", .description = "As -join, with prefix, suffix, quotes and formats.",
    PARAMETERS, .default_set = "default", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES, .emits = "System.String",
};
