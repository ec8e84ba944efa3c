#include "alias_private.h"

static const struct parameter_row parameter_rows[] = {ALIAS_SETTER_ROWS};

static enum status process(struct invocation *call) {
    return alias_assign(call, false);
}

static const struct example_row example_rows[] = {
    {"Set-Alias users Get-User; users -Top 1", "A shorter name."},
    {"Set-Alias today Get-Date -PassThru", "Gives the alias as well."},
};

CMDLET(set_alias) = {
    .name = "Set-Alias", .aliases = "sal", .synopsis = "Sets an alias.", .description = "Another name for a command.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .process = process, EXAMPLES,
};
