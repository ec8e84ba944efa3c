#include "../cmdlet_private.h"

enum { ACTIVITY, STATUS, ID, PERCENT, SECONDS, CURRENT, PARENT, COMPLETED, SOURCE };

static const struct parameter_row parameter_rows[] = {
    {"Activity", "string", 0, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "What is being done."},
    {"Status", "string", 1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "How it stands."},
    {"Id", "int", 2, 0, NULL, NULL, NULL, NULL, "Which bar, where there are several."},
    {"PercentComplete", "int", -1, 0, NULL, NULL, NULL, NULL, "How much is done, 0 to 100."},
    {"SecondsRemaining", "int", -1, 0, NULL, NULL, NULL, NULL, "How long it will take."},
    {"CurrentOperation", "string", -1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The item in work."},
    {"ParentId", "int", -1, 0, NULL, NULL, NULL, NULL, "The bar that this one belongs to."},
    {"Completed", "switch", -1, 0, NULL, NULL, NULL, NULL, "Takes the bar away."},
    {"SourceId", "int", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

static enum status process(struct invocation *call) {
    int64_t percent = invocation_integer(call, PERCENT, -1);
    if (percent > 100)
        return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError",
                                ERROR_INVALID_DATA, value_int64(percent), "-PercentComplete goes from 0 to 100.");
    struct text status = invocation_text(call, CURRENT).length ? invocation_text(call, CURRENT) : invocation_text(call, STATUS);
    invocation_progress(call, invocation_text(call, ACTIVITY), status, (int)percent, invocation_switch(call, COMPLETED));
    return STATUS_OK;
}

static const struct example_row example_rows[] = {
    {"1..3 | ForEach-Object { Write-Progress 'Counting' -PercentComplete ($_ * 33) }", "A bar that grows."},
    {"Write-Progress 'Counting' -Completed", "Takes it away."},
};

CMDLET(write_progress) = {
    .name = "Write-Progress", .synopsis = "Shows how far something has come.",
    .description = "Only at a terminal.", PARAMETERS, .process = process, EXAMPLES,
};
