#include "../cmdlet_private.h"

enum { NAME, SCOPE, FORCE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Aliases to take away."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Protected ones, too."},
};

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; names.kind == VALUE_ARRAY && i < array_count(names) && status == STATUS_OK; i++) {
        status = call->host->alias_remove(call->host, string_text(array_at(names, i)), invocation_switch(call, FORCE));
        if (status == STATUS_ERROR) status = invocation_error_raised(call);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-Alias users Get-User; Remove-Alias users", "Takes it away again."},
    {"Remove-Alias nothing -ErrorAction SilentlyContinue", "No error if there is none."},
};

CMDLET(remove_alias) = {
    .name = "Remove-Alias", .synopsis = "Takes aliases away.", .description = "Those built in come back with the next session.",
    PARAMETERS, .process = process, EXAMPLES,
};
