#include "../cmdlet_private.h"

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "What to drop."},
};

static const struct example_row example_rows[] = {
    {"1..3 | Out-Null", "Drops the numbers."},
    {"New-Item -ItemType Directory out | Out-Null", "Does the work and shows nothing."},
};

CMDLET(out_null) = {
    .name = "Out-Null", .synopsis = "Drops its input.", .description = "For commands whose result is not wanted.", PARAMETERS, EXAMPLES,
};
