#include "location_private.h"

enum { DRIVE, PROVIDER, STACK, STACK_NAME };

static const struct parameter_row parameter_rows[] = {
    {"PSDrive", "string[]", -1, PARAMETER_BY_NAME, NULL, "Location", NULL, NULL, "Accepted; files have one drive here."},
    {"PSProvider", "string[]", -1, PARAMETER_BY_NAME, NULL, "Location", NULL, NULL, "Accepted; the file system answers."},
    {"Stack", "switch", -1, 0, NULL, "Stack", NULL, NULL, "What Push-Location has put aside."},
    {"StackName", "string[]", -1, PARAMETER_BY_NAME, NULL, "Stack", NULL, NULL, "Accepted; there is one stack."},
};

static enum status process(struct invocation *call) {
    if (!invocation_switch(call, STACK)) return item_emit_path(call, DRIVE_FILES, call->host->folder(call->host));
    struct value stack = location_list(call, LOCATION_STACK);
    enum status status = STATUS_OK;
    for (uint32_t i = array_count(stack); status == STATUS_OK && i-- > 0;) status = item_emit_path(call, DRIVE_FILES, string_text(array_at(stack, i)));
    value_release(stack);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Location", "Where relative paths start."},
    {"(Get-Location).Path", "The same as text, as $PWD."},
};

CMDLET(get_location) = {
    .name = "Get-Location", .aliases = "gl|pwd", .synopsis = "Tells the current folder.", .description = "$PWD holds it too.", PARAMETERS,
    .default_set = "Location", .process = process, EXAMPLES, .emits = "System.Management.Automation.PathInfo",
};
