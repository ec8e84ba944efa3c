#include "alias_private.h"

static const struct parameter_row parameter_rows[] = {ALIAS_SETTER_ROWS};

static enum status process(struct invocation *call) {
    return alias_assign(call, true);
}

static const struct example_row example_rows[] = {
    {"New-Alias users Get-User; users -Top 1", "A shorter name."},
    {"New-Alias today Get-Date -PassThru", "Gives the alias as well."},
};

CMDLET(new_alias) = {
    .name = "New-Alias", .aliases = "nal", .synopsis = "Makes an alias.", .description = "An error if it is there already.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .process = process, EXAMPLES,
};
