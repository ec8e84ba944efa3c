#include "json_glue_private.h"

enum { INPUT, DEPTH, COMPRESS, ENUMS, AS_ARRAY, ESCAPE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The value; several from the pipeline make an array."},
    {"Depth", "int", -1, 0, NULL, NULL, NULL, NULL, "How many levels are written, 0 to 100; 2 unless said. Deeper ones become text."},
    {"Compress", "switch", -1, 0, NULL, NULL, NULL, NULL, "No blanks and line ends."},
    {"EnumsAsStrings", "switch", -1, 0, NULL, NULL, NULL, NULL, "Names instead of numbers for enum values."},
    {"AsArray", "switch", -1, 0, NULL, NULL, NULL, NULL, "An array even around one value."},
    {"EscapeHandling", "string", -1, 0, NULL, NULL, "Default|EscapeNonAscii|EscapeHtml", NULL, "What is written as \\u…: nothing more, all but ASCII, or what HTML minds."},
};

struct state { struct value items; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    int64_t depth = invocation_integer(call, DEPTH, 2);
    if (depth < 0 || depth > 100)
        return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError", ERROR_INVALID_DATA, value_null(),
                                "-Depth is a number from 0 to 100.");
    state->items = array_new(call->realm, NULL, 1);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, INPUT)) array_push(state->items, invocation_argument(call, INPUT));
    return STATUS_OK;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    uint32_t count = array_count(state->items);
    if (!count) return STATUS_OK;
    struct text escape = invocation_text(call, ESCAPE);
    bool truncated = false;
    struct json_write_options options = {
        .compress = invocation_switch(call, COMPRESS), .depth = (uint32_t)invocation_integer(call, DEPTH, 2), .enums_as_text = invocation_switch(call, ENUMS),
        .escape_html = text_equal_fold(escape, TEXT("EscapeHtml")), .escape_non_ascii = text_equal_fold(escape, TEXT("EscapeNonAscii")), .truncated = &truncated,
    };
    struct value whole = count > 1 || invocation_switch(call, AS_ARRAY) ? state->items : array_at(state->items, 0);
    struct bytes out = {0};
    enum status status = json_write(call->realm, whole, &options, &json_glue, &out);
    if (status == STATUS_OK && truncated)
        status = invocation_warn(call, "The value is deeper than -Depth %d: what lies below is written as text.", (int)options.depth);
    if (status == STATUS_OK) status = invocation_emit_take(call, string_from_bytes(&out));
    bytes_free(&out);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    value_release(state->items);
}

static const struct example_row example_rows[] = {
    {"@{ accountEnabled = $false } | ConvertTo-Json -Compress", "A body for the service."},
    {"Get-User -Top 2 | Select-Object DisplayName, Department | ConvertTo-Json", "An array of two."},
};

CMDLET(convert_to_json) = {
    .name = "ConvertTo-Json", .synopsis = "Turns a value into JSON.",
    .description = "Hashtables and objects become objects, arrays arrays. One value from the pipeline stays alone; -AsArray puts brackets around it.",
    PARAMETERS, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES, .emits = "System.String",
};
