#include "../cmdlet_private.h"

enum { INPUT, TRANSCRIPT };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Transcript", "switch", -1, PARAMETER_HIDDEN, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

/* The session shows what reaches the terminal's emitter; Out-Default and Out-Host send it there. */
static enum status process(struct invocation *call) {
    struct value item = invocation_argument(call, INPUT);
    struct emitter terminal = call->host ? call->host->terminal : (struct emitter){0};
    if (item.kind == VALUE_UNSET || !terminal.emit) return STATUS_OK;
    return terminal.emit(terminal.context, item);
}

static const struct example_row example_rows[] = {
    {"1..3 | Out-Default", "Shows the numbers, as the end of a pipeline does by itself."},
    {"Get-Date | Out-Default", "Shows the date."},
};

CMDLET(out_default) = {
    .name = "Out-Default", .synopsis = "Shows objects the way the end of a pipeline does.",
    .description = "It stands behind every pipeline already.", PARAMETERS, .process = process, EXAMPLES,
};
