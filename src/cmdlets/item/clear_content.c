#include "item_rows_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, STREAM };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The file; wildcards are allowed."}, ROW_LITERAL, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE, ROW_FORCE("Hidden files too."),
    {"Stream", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted; files have one stream here."},
};

static enum status clear(struct invocation *call, enum item_drive drive, struct text path) {
    bool go_on;
    enum status status = invocation_should_process(call, path, TEXT("Clear Content"), &go_on);
    if (status != STATUS_OK || !go_on) return status;
    if (item_is_folder(drive, path)) {
        struct value target = string_new(path);
        status = invocation_error(call, "System.NotSupportedException", "ClearDirectoryContent", ERROR_INVALID_OPERATION, target,
                                  "'%.*s' is a folder: it has no content.", TEXT_ARGUMENT(path));
        value_release(target);
        return status;
    }
    struct value name = string_new(path);
    if (drive == DRIVE_ENVIRONMENT) unsetenv(string_chars(name));
    else if (drive == DRIVE_VARIABLE) status = call->host->variable_set(call->host, path, SCOPE_CURRENT, value_null());
    else if (truncate(string_chars(name), 0)) status = item_system_error(call, "ClearContentIOError", path, errno, "emptied");
    value_release(name);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    return item_each(call, &which, clear);
}

static const struct example_row example_rows[] = {
    {"Set-Content log.txt x; Clear-Content log.txt", "The file stays, empty."},
    {"Set-Content a.tmp x; Clear-Content *.tmp", "Several at once."},
};

CMDLET(clear_content) = {
    .name = "Clear-Content", .aliases = "clc", .synopsis = "Empties a file.", .description = "The file itself stays.", PARAMETERS,
    .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
