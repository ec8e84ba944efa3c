#include "item_rows_private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "m365sh/base/process.h"

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("What is opened; wildcards are allowed."), ROW_LITERAL, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
};

static enum status open_item(struct invocation *call, enum item_drive drive, struct text path) {
    bool go_on;
    enum status status = invocation_should_process(call, path, TEXT("Invoke Item"), &go_on);
    if (status != STATUS_OK || !go_on || drive != DRIVE_FILES) return status;
    struct bytes opener = {0};
    struct value file = string_new(path);
    struct fault fault = {0};
    pid_t pid;
    bool own = !item_is_folder(drive, path) && access(string_chars(file), X_OK) == 0;
    if (!own && !process_find(TEXT("xdg-open"), &opener)) {
        status = invocation_error(call, "System.ComponentModel.Win32Exception", "InvokeItemNoOpener", ERROR_NOT_INSTALLED, file,
                                  "Nothing on this machine opens files: xdg-open is not there.");
    } else {
        const char *arguments[] = {own ? string_chars(file) : "xdg-open", own ? NULL : string_chars(file), NULL};
        struct process_start start = {.program = own ? string_chars(file) : opener.data, .arguments = arguments, .input = -1, .output = -1, .error = -1};
        if (process_begin(&start, &pid, &fault) != STATUS_OK) status = realm_raise_fault(call->realm, &fault, "InvokeItemError");
        else if (own) process_wait(pid);
    }
    bytes_free(&opener);
    value_release(file);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, NO_PARAMETER, false};
    return item_each(call, &which, open_item);
}

static const struct example_row example_rows[] = {
    {"Set-Content report.html x; Invoke-Item report.html -WhatIf", "Says what would be opened."},
    {"Invoke-Item . -WhatIf", "The folder in the file manager."},
};

CMDLET(invoke_item) = {
    .name = "Invoke-Item", .aliases = "ii", .synopsis = "Opens a file or folder with the program for it.", .description = "What can run itself is run; the rest goes to xdg-open.",
    PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
