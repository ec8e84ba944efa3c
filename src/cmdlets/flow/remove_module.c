#include "engine_private.h"

static const struct parameter_row parameter_rows[] = {
    {"Name", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "ModuleInfo", NULL, NULL, NULL, "Names of modules, or modules themselves."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, 0));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; names.kind == VALUE_ARRAY && i < array_count(names) && status == STATUS_OK; i++) {
        struct value one = array_at(names, i);
        status = engine_ask(call, "remove-module", &one, 1, false);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"New-Module tools { function twice($n) { 2 * $n } } | Import-Module; Remove-Module tools", "Its commands go with it."},
    {"Remove-Module nothing -ErrorAction SilentlyContinue", "No error if it is not there."},
};

CMDLET(remove_module) = {
    .name = "Remove-Module", .aliases = "rmo", .synopsis = "Takes a module out of the session.", .description = "Its commands go with it.",
    PARAMETERS, .process = process, EXAMPLES,
};
