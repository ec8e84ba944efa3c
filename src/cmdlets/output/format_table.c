#include "format_private.h"

enum { AUTO_SIZE = FORMAT_OWN, REPEAT_HEADER, HIDE_HEADERS, WRAP };

static const struct parameter_row parameter_rows[] = {
    FORMAT_COMMON_ROWS,
    {"AutoSize", "switch", -1, 0, NULL, NULL, NULL, NULL, "Columns as wide as their contents."},
    {"RepeatHeader", "switch", -1, 0, NULL, NULL, NULL, NULL, "The heading again on each screen."},
    {"HideTableHeaders", "switch", -1, 0, NULL, NULL, NULL, NULL, "Rows only."},
    {"Wrap", "switch", -1, 0, NULL, NULL, NULL, NULL, "Goes on in the next line instead of cutting."},
};

static enum status process(struct invocation *call) {
    return format_take(call, FORMAT_INPUT);
}

static enum status end(struct invocation *call) {
    struct format_request request = format_request_read(call, FORMAT_TABLE);
    request.auto_size = invocation_switch(call, AUTO_SIZE);
    request.repeat_header = invocation_switch(call, REPEAT_HEADER);
    request.hide_headers = invocation_switch(call, HIDE_HEADERS);
    request.wrap = invocation_switch(call, WRAP);
    return format_finish(call, &request);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 5 | Format-Table DisplayName, Department", "Two columns of five users."},
    {"1..3 | Format-Table @{ Label = 'Square'; Expression = { $_ * $_ } }", "A calculated column."},
};

CMDLET(format_table) = {
    .name = "Format-Table", .aliases = "ft", .synopsis = "Shows objects as a table.",
    .description = "For eyes: what comes out is layout, no longer the objects. Use Select-Object to go on working with them.",
    PARAMETERS, .state_size = sizeof(struct format_state), .begin = format_start, .process = process, .end = end, .clean = format_clean, EXAMPLES,
};
