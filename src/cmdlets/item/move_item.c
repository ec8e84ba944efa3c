#include "item_rows_private.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "move_private.h"

enum { PATH, LITERAL, DESTINATION, FORCE, FILTER, INCLUDE, EXCLUDE, PASS_THRU };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("What is moved; wildcards are allowed."), ROW_LITERAL,
    {"Destination", "string", 1, PARAMETER_BY_NAME, NULL, NULL, NULL, "path", "Where to: a folder that is there, or the new name."},
    ROW_FORCE("Writes over a file that is there."), ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE, ROW_PASS_THRU,
};

/* Onto another disk: a copy, then the first goes. Folders are left to a program that does it well. */
static enum status move_across(struct invocation *call, struct text from, struct text to) {
    bool failed = call->had_error;
    if (item_is_folder(DRIVE_FILES, from)) return item_system_error(call, "MoveDirectoryItemIOError", from, EXDEV, "moved to another disk");
    enum status status = item_copy_file(call, from, to);
    return status == STATUS_OK && call->had_error == failed ? item_remove_tree(call, from, false, true) : status;
}

enum status move_file(struct invocation *call, struct text from, struct text to, bool force, const char *id, bool *moved) {
    struct value source = string_new(from), target = string_new(to);
    struct stat seen;
    enum status status = STATUS_OK;
    *moved = false;
    if (!force && lstat(string_chars(target), &seen) == 0 && !text_equal(from, to))
        status = invocation_error(call, "System.IO.IOException", id, ERROR_WRITE_ERROR, source, "'%s' is there already.", string_chars(target));
    else if (rename(string_chars(source), string_chars(target)) == 0) *moved = true;
    else if (errno == EXDEV) {
        status = move_across(call, from, to);
        *moved = status == STATUS_OK && access(string_chars(source), F_OK) != 0;
    } else status = item_system_error(call, id, from, errno, "moved");
    value_release(source);
    value_release(target);
    return status;
}

static enum status move_item(struct invocation *call, enum item_drive drive, struct text path) {
    struct bytes where = {0}, target = {0};
    enum item_drive target_drive;
    bool go_on = true, moved = false;
    enum status status = item_read_path(call, invocation_has(call, DESTINATION) ? invocation_text(call, DESTINATION) : TEXT("."), &target_drive, &where);
    if (status == STATUS_OK && (drive != DRIVE_FILES || target_drive != DRIVE_FILES))
        status = invocation_throw(call, "System.Management.Automation.PSNotSupportedException", "NotSupported", ERROR_NOT_IMPLEMENTED, value_null(), "Only files and folders can be moved.");
    if (status == STATUS_OK && item_wants_folder(invocation_text(call, DESTINATION), bytes_text(&where))) {
        status = item_system_error(call, "MoveFileInfoItemIOError", path, ENOENT, "moved: there is no such folder");
    } else if (status == STATUS_OK) {
        if (item_is_folder(DRIVE_FILES, bytes_text(&where)) && !text_equal(path, bytes_text(&where))) path_join(bytes_text(&where), path_leaf(path), &target);
        else bytes_add_text(&target, bytes_text(&where));
        bool folder = item_is_folder(DRIVE_FILES, path);
        status = invocation_should_process(call, path, folder ? TEXT("Move Directory") : TEXT("Move File"), &go_on);
        if (status == STATUS_OK && go_on)
            status = move_file(call, path, bytes_text(&target), invocation_switch(call, FORCE), folder ? "MoveDirectoryItemIOError" : "MoveFileInfoItemIOError", &moved);
    }
    if (status == STATUS_OK && moved && invocation_switch(call, PASS_THRU)) status = item_emit(call, DRIVE_FILES, bytes_text(&target));
    bytes_free(&where);
    bytes_free(&target);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    return item_each(call, &which, move_item);
}

static const struct example_row example_rows[] = {
    {"Set-Content a.txt x; Move-Item a.txt b.txt", "A new name."},
    {"New-Item done -ItemType Directory | Out-Null; Move-Item b.txt done", "Into a folder."},
};

CMDLET(move_item) = {
    .name = "Move-Item", .aliases = "move|mv|mi", .synopsis = "Moves files and folders.",
    .description = "A file that is there already is an error without -Force.", PARAMETERS, .default_set = "Path",
    .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
