#include "item_rows_private.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "m365sh/base/file.h"

enum { PATH, LITERAL, DESTINATION, CONTAINER, FORCE, FILTER, INCLUDE, EXCLUDE, RECURSE, PASS_THRU };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("What is copied; wildcards are allowed."), ROW_LITERAL,
    {"Destination", "string", 1, PARAMETER_BY_NAME, NULL, NULL, NULL, "path", "Where to: a folder that is there, or the new name."},
    {"Container", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted; folders stay folders."},
    ROW_FORCE("Writes over read-only files too."), ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
    {"Recurse", "switch", -1, 0, NULL, NULL, NULL, NULL, "With what lies in folders."}, ROW_PASS_THRU,
};

static enum status pass(struct invocation *call, struct text path) {
    return invocation_switch(call, PASS_THRU) ? item_emit(call, DRIVE_FILES, path) : STATUS_OK;
}

static enum status copy_file(struct invocation *call, struct text from, struct text to) {
    bool go_on;
    enum status status = invocation_should_process(call, to, TEXT("Copy File"), &go_on);
    if (status != STATUS_OK || !go_on) return status;
    if (invocation_switch(call, FORCE)) {
        struct value name = string_new(to);
        struct stat seen;
        if (stat(string_chars(name), &seen) == 0 && !(seen.st_mode & S_IWUSR)) chmod(string_chars(name), seen.st_mode | S_IWUSR);
        value_release(name);
    }
    bool failed = call->had_error;
    status = item_copy_file(call, from, to);
    return status == STATUS_OK && call->had_error == failed ? pass(call, to) : status;
}

static enum status copy_folder(struct invocation *call, struct text from, struct text to) {
    bool go_on;
    enum status status = invocation_should_process(call, to, TEXT("Copy Directory"), &go_on);
    if (status != STATUS_OK || !go_on) return status;
    if (realm_stack_low(call->realm)) return invocation_throw(call, "System.InsufficientExecutionStackException", "CallDepthOverflow", ERROR_LIMITS_EXCEEDED, value_null(), "Folders lie too deep in each other.");
    struct value name = string_new(to);
    struct fault fault = {0};
    bool there = file_is_folder(string_chars(name));
    if (file_make_folders(string_chars(name), 0777, &fault) != STATUS_OK) {
        status = item_system_error(call, "CreateDirectoryIOError", to, fault.system_code, "made");
        fault_clear(&fault);
        value_release(name);
        return status;
    }
    value_release(name);
    if (!there) status = pass(call, to);
    if (status != STATUS_OK || !invocation_switch(call, RECURSE)) return status;
    struct item_folder inside;
    status = item_read_folder(call, from, true, &inside);
    for (uint32_t i = 0; status == STATUS_OK && i < 2 * inside.count; i++) { /* files first, then folders */
        const struct item_entry *entry = &inside.entries[i % inside.count];
        struct bytes source = {0}, target = {0};
        bool folder = entry->folder && !entry->link;
        if (folder != (i >= inside.count)) continue;
        path_join(from, entry->name, &source);
        path_join(to, entry->name, &target);
        status = folder ? copy_folder(call, bytes_text(&source), bytes_text(&target)) : copy_file(call, bytes_text(&source), bytes_text(&target));
        bytes_free(&source);
        bytes_free(&target);
    }
    item_folder_free(&inside);
    return status;
}

static bool lies_in(struct text path, struct text folder) {
    return text_starts(path, folder) && (path.length == folder.length || path.start[folder.length] == '/');
}

static enum status copy_to(struct invocation *call, struct text from, struct text to) {
    bool folder = item_is_folder(DRIVE_FILES, from), target_folder = item_is_folder(DRIVE_FILES, to);
    struct bytes target = {0};
    if (target_folder) path_join(to, path_leaf(from), &target);
    else bytes_add_text(&target, to);
    enum status status;
    struct value source = string_new(from);
    if (folder && !target_folder && item_exists(call, DRIVE_FILES, to))
        status = invocation_error(call, "System.Management.Automation.PSArgumentException", "CopyContainerItemToLeafError", ERROR_INVALID_ARGUMENT, source,
                                  "'%.*s' is a folder and cannot be copied over the file '%.*s'.", TEXT_ARGUMENT(from), TEXT_ARGUMENT(to));
    else if (folder && lies_in(bytes_text(&target), from))
        status = invocation_error(call, "System.IO.IOException", "CopyError", ERROR_WRITE_ERROR, source, "'%.*s' cannot be copied into itself.", TEXT_ARGUMENT(from));
    else status = folder ? copy_folder(call, from, bytes_text(&target)) : copy_file(call, from, bytes_text(&target));
    value_release(source);
    bytes_free(&target);
    return status;
}

static enum status copy_other(struct invocation *call, enum item_drive drive, struct text path) {
    struct value v = drive == DRIVE_VARIABLE ? call->host->variable_get(call->host, path, SCOPE_CURRENT) : value_null();
    struct text where = invocation_text(call, DESTINATION), name, rest;
    if (item_has_drive(where, &name, &rest)) where = rest;
    enum status status = drive == DRIVE_VARIABLE ? call->host->variable_set(call->host, where, SCOPE_CURRENT, v) : STATUS_OK;
    value_release(v);
    if (drive != DRIVE_ENVIRONMENT) return status;
    char *from = alloc_text(path.start, path.length), *to = alloc_text(where.start, where.length);
    if (getenv(from)) setenv(to, getenv(from), 1);
    alloc_free(from);
    alloc_free(to);
    return status;
}

static enum status copy_item(struct invocation *call, enum item_drive drive, struct text path) {
    if (drive != DRIVE_FILES) return copy_other(call, drive, path);
    struct bytes to = {0};
    enum item_drive target_drive;
    enum status status = item_read_path(call, invocation_has(call, DESTINATION) ? invocation_text(call, DESTINATION) : TEXT("."), &target_drive, &to);
    if (status == STATUS_OK && !item_is_folder(DRIVE_FILES, path) && item_wants_folder(invocation_text(call, DESTINATION), bytes_text(&to)))
        status = item_system_error(call, "CopyFileInfoItemIOError", path, ENOENT, "copied: there is no such folder");
    else if (status == STATUS_OK) status = copy_to(call, path, bytes_text(&to));
    bytes_free(&to);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    return item_each(call, &which, copy_item);
}

static const struct example_row example_rows[] = {
    {"Set-Content a.txt x; Copy-Item a.txt b.txt", "A second file."},
    {"New-Item backup -ItemType Directory | Out-Null; Copy-Item *.txt backup", "Into a folder."},
};

CMDLET(copy_item) = {
    .name = "Copy-Item", .aliases = "copy|cp|cpi", .synopsis = "Copies files and folders.",
    .description = "A folder is copied with its insides only with -Recurse. Files that are there are written over.",
    PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
