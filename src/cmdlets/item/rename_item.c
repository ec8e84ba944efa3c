#include "item_rows_private.h"

#include "move_private.h"

enum { PATH, NEW_NAME, FORCE, PASS_THRU, LITERAL };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, "ByPath", NULL, "path", "What gets another name."},
    {"NewName", "string", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "The name, without folder."},
    ROW_FORCE("Writes over a file that is there."), ROW_PASS_THRU,
    {"LiteralPath", "string", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "ByLiteralPath", NULL, "path", "The same, without wildcards."},
};

static enum status rename_one(struct invocation *call, struct text from) {
    struct text name = invocation_text(call, NEW_NAME);
    struct bytes target = {0};
    bool go_on, moved = false;
    if (path_parent(name).length) {
        struct bytes folder = {0};
        invocation_path(call, path_parent(name), &folder);
        bool same = text_equal(bytes_text(&folder), path_parent(from));
        bytes_free(&folder);
        if (!same)
            return invocation_error(call, "System.Management.Automation.PSArgumentException", "Argument", ERROR_INVALID_ARGUMENT, value_null(),
                                    "'%.*s' is a path: -NewName takes a name. Move-Item moves.", TEXT_ARGUMENT(name));
        name = path_leaf(name);
    }
    path_join(path_parent(from).length ? path_parent(from) : TEXT("/"), name, &target);
    enum status status = invocation_should_process(call, from, item_is_folder(DRIVE_FILES, from) ? TEXT("Rename Directory") : TEXT("Rename File"), &go_on);
    if (status == STATUS_OK && go_on) status = move_file(call, from, bytes_text(&target), invocation_switch(call, FORCE), "RenameItemIOError", &moved);
    if (status == STATUS_OK && moved && invocation_switch(call, PASS_THRU)) status = item_emit(call, DRIVE_FILES, bytes_text(&target));
    bytes_free(&target);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct item_list list;
    enum status status = item_expand(call, invocation_text(call, literal ? LITERAL : PATH), literal, true, &list);
    if (status == STATUS_OK && list.drive != DRIVE_FILES)
        status = invocation_throw(call, "System.Management.Automation.PSNotSupportedException", "NotSupported", ERROR_NOT_IMPLEMENTED, value_null(), "Only files and folders get other names here.");
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) {
        struct text path = string_text(array_at(list.paths, i));
        status = item_exists(call, list.drive, path) ? rename_one(call, path) : item_not_found(call, list.drive, path);
    }
    value_release(list.paths);
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-Content a.txt x; Rename-Item a.txt b.txt", "One file."},
    {"Get-ChildItem *.jpeg | Rename-Item -NewName { $_.BaseName + '.jpg' }", "Many: the block makes each name."},
};

CMDLET(rename_item) = {
    .name = "Rename-Item", .aliases = "ren|rni", .synopsis = "Gives a file or folder another name.",
    .description = "It stays in its folder.", PARAMETERS, .default_set = "ByPath", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
