#include "format_private.h"

static const struct parameter_row parameter_rows[] = {FORMAT_COMMON_ROWS};

static enum status process(struct invocation *call) {
    return format_take(call, FORMAT_INPUT);
}

static enum status end(struct invocation *call) {
    struct format_request request = format_request_read(call, FORMAT_CUSTOM);
    return format_finish(call, &request);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 1 | Format-Custom *", "Everything about one user."},
    {"Get-Date | Format-Custom Year, Month, Day", "Three properties, a line each."},
};

CMDLET(format_custom) = {
    .name = "Format-Custom", .aliases = "fc", .synopsis = "Shows objects as their insides, nested.",
    .description = "For eyes: what comes out is layout, no longer the objects.",
    PARAMETERS, .state_size = sizeof(struct format_state), .begin = format_start, .process = process, .end = end, .clean = format_clean, EXAMPLES,
};
