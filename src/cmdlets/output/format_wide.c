#include "format_private.h"

enum { AUTO_SIZE = FORMAT_OWN, COLUMN };

static const struct parameter_row parameter_rows[] = {
    FORMAT_COMMON_ROWS,
    {"AutoSize", "switch", -1, 0, NULL, NULL, NULL, NULL, "As many columns as fit."},
    {"Column", "int", -1, 0, NULL, NULL, NULL, NULL, "So many columns."},
};

static enum status process(struct invocation *call) {
    return format_take(call, FORMAT_INPUT);
}

static enum status end(struct invocation *call) {
    struct format_request request = format_request_read(call, FORMAT_WIDE);
    request.auto_size = invocation_switch(call, AUTO_SIZE);
    request.columns = (int)invocation_integer(call, COLUMN, 0);
    return format_finish(call, &request);
}

static const struct example_row example_rows[] = {
    {"Get-ChildItem | Format-Wide -Column 3", "Names in three columns."},
    {"Get-User -Top 10 | Format-Wide DisplayName", "One property of each, in two columns."},
};

CMDLET(format_wide) = {
    .name = "Format-Wide", .aliases = "fw", .synopsis = "Shows one property of each object, in columns.",
    .description = "For eyes: what comes out is layout, no longer the objects.",
    PARAMETERS, .state_size = sizeof(struct format_state), .begin = format_start, .process = process, .end = end, .clean = format_clean, EXAMPLES,
};
