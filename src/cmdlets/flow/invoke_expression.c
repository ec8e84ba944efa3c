#include "engine_private.h"

static const struct parameter_row parameter_rows[] = {
    {"Command", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The text to run."},
};

static enum status process(struct invocation *call) {
    return call->host->run_text(call->host, invocation_text(call, 0), TEXT_NONE, false, invocation_output(call));
}

static const struct example_row example_rows[] = {
    {"Invoke-Expression '1 + 1'", "A text as a program."},
    {"'Get-Date', '2 * 3' | Invoke-Expression", "Several, one after another."},
};

CMDLET(invoke_expression) = {
    .name = "Invoke-Expression", .aliases = "iex", .synopsis = "Runs text as a program.",
    .description = "In the scope it stands in. Text that comes from elsewhere can do anything you can: know it first.", PARAMETERS, .process = process, EXAMPLES,
};
