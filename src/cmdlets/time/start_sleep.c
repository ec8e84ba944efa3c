#include "../cmdlet_private.h"

enum { SECONDS, MILLISECONDS, DURATION };

static const struct parameter_row parameter_rows[] = {
    {"Seconds", "double", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, "Seconds", NULL, NULL, "How many seconds; fractions are fine."},
    {"Milliseconds", "int", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "ms", "Milliseconds", NULL, NULL, "How many thousandths."},
    {"Duration", "timespan", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "ts", "FromTimeSpan", NULL, NULL, "A span of time."},
};

static enum status process(struct invocation *call) {
    struct value seconds = value_base(invocation_argument(call, SECONDS)), span = value_base(invocation_argument(call, DURATION));
    double wanted = seconds.kind == VALUE_DOUBLE ? seconds.real : span.kind == VALUE_TIMESPAN ? (double)span.integer / 1e7 : (double)invocation_integer(call, MILLISECONDS, 0) / 1000;
    if (wanted < 0 || wanted > 2147483)
        return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError", ERROR_INVALID_DATA, value_null(),
                                "The time to wait is from 0 to 2147483 seconds.");
    return clock_sleep((int64_t)(wanted * 1e9)) ? STATUS_OK : realm_poll(call->realm);
}

static const struct example_row example_rows[] = {
    {"Start-Sleep 0.1", "A tenth of a second."},
    {"Start-Sleep -Milliseconds 50", "The same in thousandths."},
};

CMDLET(start_sleep) = {
    .name = "Start-Sleep", .aliases = "sleep", .synopsis = "Waits.", .description = "Ctrl-C ends it.", PARAMETERS, .default_set = "Seconds", .process = process, EXAMPLES,
};
