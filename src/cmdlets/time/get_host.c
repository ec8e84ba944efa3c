#include "../cmdlet_private.h"

static enum status process(struct invocation *call) {
    struct host *host = call->host;
    struct value v = host && host->variable_get ? host->variable_get(host, TEXT("Host"), SCOPE_GLOBAL) : VALUE_UNSET_INIT;
    return value_is_nothing(v) ? STATUS_OK : invocation_emit_take(call, v);
}

static const struct example_row example_rows[] = {
    {"(Get-Host).Name", "Who shows what is written."},
    {"(Get-Host).Version", "Its version."},
};

CMDLET(get_host) = {
    .name = "Get-Host", .synopsis = "Tells about the program that runs the shell.", .description = "The same as $Host.", .process = process, EXAMPLES,
};
