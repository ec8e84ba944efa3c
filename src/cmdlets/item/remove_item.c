#include "item_rows_private.h"

#include <stdlib.h>

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, RECURSE, FORCE, STREAM };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("What goes; wildcards are allowed."), ROW_LITERAL, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
    {"Recurse", "switch", -1, 0, NULL, NULL, NULL, NULL, "With all that lies in a folder. Links are removed, never followed."},
    ROW_FORCE("Hidden and read-only items too."),
    {"Stream", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted; files have one stream here."},
};

static enum status remove_other(struct invocation *call, enum item_drive drive, struct text path) {
    struct host *host = call->host;
    if (drive == DRIVE_VARIABLE) return host->variable_remove(host, path, SCOPE_CURRENT, invocation_switch(call, FORCE));
    if (drive == DRIVE_FUNCTION) return host->function_remove(host, path);
    if (drive == DRIVE_ALIAS) return host->alias_remove(host, path, invocation_switch(call, FORCE));
    char *name = alloc_text(path.start, path.length);
    unsetenv(name);
    alloc_free(name);
    return STATUS_OK;
}

static bool is_parent_of(struct text path, struct text folder) {
    return text_equal(path, folder) || text_equal(path, TEXT("/")) ||
           (text_starts(folder, path) && folder.length > path.length && folder.start[path.length] == '/');
}

static enum status folder_not_empty(struct invocation *call, struct text path, bool *ask) {
    struct item_folder inside;
    *ask = false;
    if (!item_is_folder(DRIVE_FILES, path) || item_is_link(DRIVE_FILES, path) || invocation_switch(call, RECURSE)) return STATUS_OK;
    enum status status = item_read_folder(call, path, true, &inside);
    *ask = inside.count > 0;
    item_folder_free(&inside);
    return status;
}

static enum status remove_file(struct invocation *call, struct text path) {
    bool full, go_on;
    enum status status = folder_not_empty(call, path, &full);
    if (status != STATUS_OK) return status;
    if (full) { /* PowerShell asks here; without a person it refuses */
        enum answer answer = call->host->interactive && call->host->ask ? call->host->ask(call->host, TEXT("The folder is not empty. Remove all that lies in it?"), path, false) : ANSWER_NOBODY;
        if (answer != ANSWER_YES && answer != ANSWER_YES_ALL)
            return answer == ANSWER_NO ? STATUS_OK
                                       : invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION, value_null(),
                                                          "'%.*s' is not empty. Give -Recurse to remove what lies in it.", TEXT_ARGUMENT(path));
    }
    status = invocation_should_process(call, path, item_is_folder(DRIVE_FILES, path) ? TEXT("Remove Directory") : TEXT("Remove File"), &go_on);
    if (status != STATUS_OK || !go_on) return status;
    return item_remove_tree(call, path, full || invocation_switch(call, RECURSE), invocation_switch(call, FORCE));
}

/* -Include and -Exclude with -Recurse choose among all that lies below. */
static enum status remove_chosen(struct invocation *call, struct text folder, const struct item_parameters *filters) {
    struct item_folder inside;
    enum status status = item_read_folder(call, folder, invocation_switch(call, FORCE), &inside);
    for (uint32_t i = 0; status == STATUS_OK && i < inside.count; i++) {
        struct bytes child = {0};
        path_join(folder, inside.entries[i].name, &child);
        if (item_passes(call, filters, inside.entries[i].name)) status = remove_file(call, bytes_text(&child));
        else if (inside.entries[i].folder && !inside.entries[i].link && !realm_stack_low(call->realm)) status = remove_chosen(call, bytes_text(&child), filters);
        bytes_free(&child);
    }
    item_folder_free(&inside);
    return status;
}

static enum status remove_item(struct invocation *call, enum item_drive drive, struct text path) {
    if (drive != DRIVE_FILES) return remove_other(call, drive, path);
    if (is_parent_of(path, call->host->folder(call->host)))
        return invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION, value_null(),
                                "'%.*s' is the current location, or above it.", TEXT_ARGUMENT(path));
    return remove_file(call, path);
}

static enum status remove_below(struct invocation *call, enum item_drive drive, struct text path) {
    static const struct item_parameters filters = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    if (drive == DRIVE_FILES && item_is_folder(drive, path)) return remove_chosen(call, path, &filters);
    return item_passes(call, &filters, path_leaf(path)) ? remove_item(call, drive, path) : STATUS_OK;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters named = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false},
                                        all = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, FORCE, false};
    bool choosing = invocation_switch(call, RECURSE) && (invocation_has(call, INCLUDE) || invocation_has(call, EXCLUDE) || invocation_has(call, FILTER));
    return choosing ? item_each(call, &all, remove_below) : item_each(call, &named, remove_item);
}

static const struct example_row example_rows[] = {
    {"Set-Content old.tmp x; Remove-Item *.tmp", "Files by pattern."},
    {"New-Item -ItemType Directory old | Out-Null; Remove-Item old -Recurse -WhatIf", "Says what it would do."},
};

CMDLET(remove_item) = {
    .name = "Remove-Item", .aliases = "ri|rm|rmdir|del|erase|rd", .synopsis = "Removes files and folders.",
    .description = "A folder with something in it goes only with -Recurse. Works for Env:, Variable:, Function: and Alias: too.",
    PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
