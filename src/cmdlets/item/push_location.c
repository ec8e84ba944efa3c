#include "location_private.h"

enum { PATH, LITERAL, PASS_THRU, STACK_NAME };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "Where to go; stays here unless said."},
    {"LiteralPath", "string", -1, PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."},
    ROW_PASS_THRU,
    {"StackName", "string", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Accepted; there is one stack."},
};

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL), found = true;
    struct text path = invocation_text(call, literal ? LITERAL : PATH);
    struct value stack = location_list(call, LOCATION_STACK), here = string_new(call->host->folder(call->host));
    struct bytes folder = {0};
    enum status status = path.length ? location_resolve(call, path, literal, &folder, &found) : STATUS_OK;
    if (status == STATUS_OK && found) {
        array_push(stack, here);
        if (folder.length) status = location_go(call, bytes_text(&folder), true);
    }
    if (status == STATUS_OK && found && invocation_switch(call, PASS_THRU)) status = item_emit_path(call, DRIVE_FILES, call->host->folder(call->host));
    bytes_free(&folder);
    value_release(stack);
    value_release(here);
    return status;
}

static const struct example_row example_rows[] = {
    {"Push-Location /tmp; Pop-Location", "There and back."},
    {"Push-Location", "Remembers where one is."},
};

CMDLET(push_location) = {
    .name = "Push-Location", .aliases = "pushd", .synopsis = "Remembers the current folder and goes to another.",
    .description = "Pop-Location goes back.", PARAMETERS, .default_set = "Path", .process = process, EXAMPLES,
};
