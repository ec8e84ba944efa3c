#include "../cmdlet_private.h"

enum { INPUT, NO_ENUMERATE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_REMAINING | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY,
     NULL, NULL, NULL, NULL, "What to hand on."},
    {"NoEnumerate", "switch", -1, 0, NULL, NULL, NULL, NULL, "Hands a list on as one object."},
};

static enum status process(struct invocation *call) {
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    return invocation_switch(call, NO_ENUMERATE) ? invocation_emit(call, item) : invocation_emit_each(call, item);
}

static const struct example_row example_rows[] = {
    {"Write-Output 1, 2, 3", "Three objects."},
    {"Write-Output (1, 2) -NoEnumerate | Measure-Object", "One object, the list."},
};

CMDLET(write_output) = {
    .name = "Write-Output", .aliases = "echo", .synopsis = "Hands objects to the next stage.",
    .description = "What stands alone in a script does the same.", PARAMETERS, .process = process, EXAMPLES,
};
