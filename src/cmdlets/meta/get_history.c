#include "../cmdlet_private.h"

enum { ID, COUNT };

static const struct parameter_row parameter_rows[] = {
    {"Id", "long[]", 0, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "Numbers of lines."},
    {"Count", "int", 1, 0, NULL, NULL, NULL, NULL, "So many of the last."},
};

/* The prompt keeps its lines in the session; a script has none, as in PowerShell. */
static enum status process(struct invocation *call) {
    struct value lines = call->host->variable_get(call->host, TEXT("M365ShellHistory"), SCOPE_GLOBAL);
    int64_t count = invocation_integer(call, COUNT, INT64_MAX);
    uint32_t all = value_is_array_like(lines) ? array_count(lines) : 0;
    enum status status = STATUS_OK;
    for (uint32_t i = count < all ? all - (uint32_t)count : 0; i < all && status == STATUS_OK; i++) {
        struct value info = object_new(call->realm, type_find(call->realm, TEXT("Microsoft.PowerShell.Commands.HistoryInfo")), 2);
        object_put_take(call->realm, info, "Id", value_int64(i + 1));
        object_put_take(call->realm, info, "CommandLine", value_keep(array_at(lines, i)));
        status = invocation_emit_take(call, info);
    }
    value_release(lines);
    return status;
}

static const struct example_row example_rows[] = {{"Get-History", "The lines of this session."}, {"Get-History -Count 5", "The last five."}};

CMDLET(get_history) = {
    .name = "Get-History", .aliases = "h|history|ghy", .synopsis = "Lists what was typed in this session.", .description = "Lines with a secret are not kept.",
    PARAMETERS, .process = process, EXAMPLES,
};
