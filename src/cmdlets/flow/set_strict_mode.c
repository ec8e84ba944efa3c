#include "engine_private.h"

enum { VERSION, OFF };

static const struct parameter_row parameter_rows[] = {
    {"Version", "object", -1, PARAMETER_MANDATORY, "v", "Version", NULL, NULL, "1.0, 2.0, 3.0 or Latest."},
    {"Off", "switch", -1, PARAMETER_MANDATORY, NULL, "Off", NULL, NULL, "No longer strict."},
};

static enum status process(struct invocation *call) {
    struct value version = invocation_has(call, VERSION) ? value_keep(invocation_argument(call, VERSION)) : string_of("Off");
    enum status status = engine_ask(call, "strict-mode", &version, 1, true);
    value_release(version);
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-StrictMode -Version Latest", "Unknown variables and properties are errors from here on."},
    {"Set-StrictMode -Off", "As it was."},
};

CMDLET(set_strict_mode) = {
    .name = "Set-StrictMode", .synopsis = "Makes slips into errors.", .description = "Variables that were never set, properties that are not there.",
    PARAMETERS, .default_set = "Version", .process = process, EXAMPLES,
};
