#include "location_private.h"

enum { PATH, LITERAL, PASS_THRU, STACK_NAME };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The folder; - goes back, + forth; home unless said."},
    {"LiteralPath", "string", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."},
    ROW_PASS_THRU,
    {"StackName", "string", -1, PARAMETER_BY_NAME, NULL, "Stack", NULL, NULL, "Accepted; there is one stack."},
};

/* `cd -`: the last place; what is left is remembered for `cd +`. */
static enum status step(struct invocation *call, enum location_list from, enum location_list to) {
    struct value list = location_list(call, from), other = location_list(call, to);
    enum status status = STATUS_OK;
    uint32_t count = array_count(list);
    if (count) {
        struct value target = value_keep(array_at(list, count - 1)), here = string_new(call->host->folder(call->host));
        array_remove(list, count - 1, 1);
        status = location_go(call, string_text(target), false);
        if (status == STATUS_OK) array_push(other, here);
        value_release(target);
        value_release(here);
    } else {
        status = invocation_error(call, "System.InvalidOperationException", "System.InvalidOperationException", ERROR_NOT_SPECIFIED, value_null(),
                                  "There is no place to go %s to.", from == LOCATION_BACK ? "back" : "forth");
    }
    value_release(list);
    value_release(other);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL), found = true;
    struct text path = invocation_text(call, literal ? LITERAL : PATH);
    enum status status;
    if (!path.length) path = TEXT("~");
    if (!literal && text_equal(path, TEXT("-"))) status = step(call, LOCATION_BACK, LOCATION_FORWARD);
    else if (!literal && text_equal(path, TEXT("+"))) status = step(call, LOCATION_FORWARD, LOCATION_BACK);
    else {
        struct bytes folder = {0};
        status = location_resolve(call, path, literal, &folder, &found);
        if (status == STATUS_OK && found) status = location_go(call, bytes_text(&folder), true);
        bytes_free(&folder);
    }
    if (status == STATUS_OK && found && invocation_switch(call, PASS_THRU)) status = item_emit_path(call, DRIVE_FILES, call->host->folder(call->host));
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-Location ~", "The home folder."},
    {"Set-Location /tmp; Set-Location -", "There and back."},
};

CMDLET(set_location) = {
    .name = "Set-Location", .aliases = "cd|chdir|sl", .synopsis = "Goes to a folder.",
    .description = "Relative paths start there from then on.", PARAMETERS, .default_set = "Path", .process = process, EXAMPLES,
};
