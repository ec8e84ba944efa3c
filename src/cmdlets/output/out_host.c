#include "../cmdlet_private.h"

enum { INPUT, PAGING };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Paging", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

/* The session shows what reaches the terminal's emitter; Out-Host and Out-Default send it there. */
static enum status process(struct invocation *call) {
    struct value item = invocation_argument(call, INPUT);
    struct emitter terminal = call->host ? call->host->terminal : (struct emitter){0};
    if (item.kind == VALUE_UNSET || !terminal.emit) return STATUS_OK;
    return terminal.emit(terminal.context, item);
}

static const struct example_row example_rows[] = {
    {"1..3 | Out-Host", "Shows the numbers, as the end of a pipeline does by itself."},
    {"Get-Date | Out-Host", "Shows the date."},
};

CMDLET(out_host) = {
    .name = "Out-Host", .aliases = "oh", .synopsis = "Shows objects at the terminal, whatever their pipeline goes on with.",
    .description = "Nothing comes out of it: it shows, it does not hand on.", PARAMETERS, .process = process, EXAMPLES,
};
