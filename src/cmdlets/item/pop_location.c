#include "location_private.h"

enum { PASS_THRU, STACK_NAME };

static const struct parameter_row parameter_rows[] = {
    ROW_PASS_THRU,
    {"StackName", "string", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Accepted; there is one stack."},
};

static enum status process(struct invocation *call) {
    struct value stack = location_list(call, LOCATION_STACK);
    uint32_t count = array_count(stack);
    enum status status = STATUS_OK;
    if (count) {
        struct value target = value_keep(array_at(stack, count - 1));
        array_remove(stack, count - 1, 1);
        status = location_go(call, string_text(target), true);
        value_release(target);
        if (status == STATUS_OK && invocation_switch(call, PASS_THRU)) status = item_emit_path(call, DRIVE_FILES, call->host->folder(call->host));
    }
    value_release(stack);
    return status;
}

static const struct example_row example_rows[] = {
    {"Push-Location /tmp; Pop-Location", "There and back."},
    {"Push-Location /tmp; Pop-Location -PassThru", "And says where that is."},
};

CMDLET(pop_location) = {
    .name = "Pop-Location", .aliases = "popd", .synopsis = "Goes back to where Push-Location was called.",
    .description = "Nothing happens when nothing was remembered.", PARAMETERS, .process = process, EXAMPLES,
};
