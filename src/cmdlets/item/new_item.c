#include "item_rows_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/file.h"

enum { PATH, NAME, TYPE, VALUE, FORCE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_BY_NAME, NULL, NULL, NULL, "path", "Where; the folder when -Name is given."},
    {"Name", "string", -1, PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The name in that folder."},
    {"ItemType", "string", -1, PARAMETER_BY_NAME, "Type", NULL, NULL, NULL, "File, Directory, SymbolicLink or HardLink; File unless said."},
    {"Value", "object", -1, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "Target", NULL, NULL, NULL, "What the file holds, or where the link leads."},
    ROW_FORCE("Makes folders on the way, and writes over a file that is there."),
};

enum item_type { TYPE_FILE, TYPE_FOLDER, TYPE_LINK, TYPE_HARD_LINK, TYPE_BAD };

/* Abbreviations are taken, as in PowerShell: "d", "dir", "sym". */
static enum item_type read_type(struct text type) {
    static const struct { const char *name; enum item_type type; } names[] = {
        {"file", TYPE_FILE}, {"directory", TYPE_FOLDER}, {"container", TYPE_FOLDER}, {"symboliclink", TYPE_LINK}, {"junction", TYPE_LINK}, {"hardlink", TYPE_HARD_LINK},
    };
    if (!type.length) return TYPE_FILE;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_starts_fold(text_of(names[i].name), type)) return names[i].type;
    return TYPE_BAD;
}

static enum status exists_error(struct invocation *call, const char *id, enum error_category category, struct text path) {
    struct value target = string_new(path);
    enum status status = invocation_error(call, "System.IO.IOException", id, category, target, "'%s' is there already.", string_chars(target));
    value_release(target);
    return status;
}

static enum status make_parent(struct invocation *call, struct text path) {
    struct value parent = string_new(path_parent(path));
    struct fault fault = {0};
    enum status status = STATUS_OK;
    if (string_text(parent).length && file_make_folders(string_chars(parent), 0777, &fault) != STATUS_OK) status = realm_raise_fault(call->realm, &fault, "CreateDirectoryIOError");
    value_release(parent);
    return status;
}

static enum status make_folder(struct invocation *call, struct text path, bool *made) {
    struct fault fault = {0};
    struct value name = string_new(path);
    struct stat seen;
    enum status status = STATUS_OK;
    bool there = stat(string_chars(name), &seen) == 0, folder = there && S_ISDIR(seen.st_mode);
    if (there && !(folder && invocation_switch(call, FORCE))) {
        status = exists_error(call, "DirectoryExist", ERROR_RESOURCE_EXISTS, path);
    } else if (file_make_folders(string_chars(name), 0777, &fault) == STATUS_OK) {
        *made = true;
    } else {
        status = item_system_error(call, "CreateDirectoryIOError", path, fault.system_code, "made");
        fault_clear(&fault);
    }
    value_release(name);
    return status;
}

static enum status make_file(struct invocation *call, struct text path, bool *made) {
    struct value name = string_new(path);
    bool force = invocation_switch(call, FORCE);
    int file = open(string_chars(name), O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL), 0666);
    enum status status = STATUS_OK;
    if (file < 0) {
        status = errno == EEXIST ? exists_error(call, "NewItemIOError", ERROR_WRITE_ERROR, path)
                                 : item_system_error(call, errno == EACCES ? "NewItemUnauthorizedAccessError" : "NewItemIOError", path, errno, "made");
    } else {
        struct fault fault = {0};
        struct value text = convert_text(call->realm, invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null());
        if (string_text(text).length && file_write_descriptor(file, string_chars(text), string_text(text).length, &fault) != STATUS_OK)
            status = realm_raise_fault(call->realm, &fault, "NewItemIOError");
        value_release(text);
        close(file);
        *made = status == STATUS_OK;
    }
    value_release(name);
    return status;
}

static enum status make_link(struct invocation *call, struct text path, bool hard, bool *made) {
    struct value name = string_new(path), target = convert_text(call->realm, invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null());
    struct bytes full = {0};
    enum status status = STATUS_OK;
    if (hard) invocation_path(call, string_text(target), &full);
    if (!string_text(target).length)
        status = invocation_throw(call, "System.ArgumentNullException", "ArgumentNull", ERROR_INVALID_ARGUMENT, value_null(), "A link needs -Target: where it leads.");
    else if (hard && access(full.data, F_OK))
        status = invocation_throw(call, "System.Management.Automation.ItemNotFoundException", "ItemNotFound", ERROR_OBJECT_NOT_FOUND, target, "There is nothing at '%s'.", full.data);
    else {
        if (invocation_switch(call, FORCE)) unlink(string_chars(name));
        if ((hard ? link(full.data, string_chars(name)) : symlink(string_chars(target), string_chars(name))) == 0) *made = true;
        else status = errno == EEXIST ? exists_error(call, "ResourceExists", ERROR_RESOURCE_EXISTS, path) : item_system_error(call, "NewItemIOError", path, errno, "made");
    }
    bytes_free(&full);
    value_release(name);
    value_release(target);
    return status;
}

static enum status make_elsewhere(struct invocation *call, enum item_drive drive, struct text path) {
    struct host *host = call->host;
    struct value v = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null();
    struct value text = convert_text(call->realm, v);
    enum status status = STATUS_OK;
    if (item_exists(call, drive, path) && !invocation_switch(call, FORCE)) status = exists_error(call, "Argument", ERROR_INVALID_ARGUMENT, path);
    else if (drive == DRIVE_VARIABLE) status = host->variable_set(host, path, SCOPE_CURRENT, v);
    else if (drive == DRIVE_ALIAS) status = host->alias_set(host, path, string_text(text), SCOPE_CURRENT, invocation_switch(call, FORCE));
    else if (drive == DRIVE_ENVIRONMENT) {
        struct value name = string_new(path);
        setenv(string_chars(name), string_chars(text), 1);
        value_release(name);
    } else {
        struct bytes program = {0};
        bytes_add_format(&program, "function global:%.*s { %s }", TEXT_ARGUMENT(path), string_chars(text));
        status = host->run_text(host, bytes_text(&program), TEXT("New-Item"), false, (struct emitter){0});
        bytes_free(&program);
    }
    value_release(text);
    return status == STATUS_OK ? item_emit(call, drive, path) : status;
}

static enum status make(struct invocation *call, struct text given) {
    struct bytes path = {0};
    enum item_drive drive;
    enum item_type type = read_type(invocation_text(call, TYPE));
    bool made = false, go_on = true;
    enum status status = item_read_path(call, given, &drive, &path);
    if (status == STATUS_OK && drive != DRIVE_FILES) {
        status = make_elsewhere(call, drive, bytes_text(&path));
    } else if (status == STATUS_OK && type == TYPE_BAD) {
        status = invocation_throw(call, "System.Management.Automation.PSArgumentException", "Argument", ERROR_INVALID_ARGUMENT, value_null(),
                                  "'%.*s' is no type of item: File, Directory, SymbolicLink, HardLink.", TEXT_ARGUMENT(invocation_text(call, TYPE)));
    } else if (status == STATUS_OK) {
        status = invocation_should_process(call, bytes_text(&path), type == TYPE_FOLDER ? TEXT("Create Directory") : TEXT("Create File"), &go_on);
        if (status == STATUS_OK && go_on && invocation_switch(call, FORCE) && type != TYPE_FOLDER) status = make_parent(call, bytes_text(&path));
        if (status == STATUS_OK && go_on)
            status = type == TYPE_FOLDER ? make_folder(call, bytes_text(&path), &made)
                     : type == TYPE_FILE ? make_file(call, bytes_text(&path), &made) : make_link(call, bytes_text(&path), type == TYPE_HARD_LINK, &made);
        if (status == STATUS_OK && made) status = item_emit(call, drive, bytes_text(&path));
    }
    bytes_free(&path);
    return status;
}

static enum status process(struct invocation *call) {
    struct value paths = invocation_argument(call, PATH);
    struct text name = invocation_text(call, NAME);
    enum status status = STATUS_OK;
    if (!item_count(paths) && !name.length)
        return invocation_throw(call, "System.Management.Automation.ParameterBindingException", "MissingMandatoryParameter", ERROR_INVALID_ARGUMENT, value_null(),
                                "New-Item needs a path: -Path, or -Name for the current folder.");
    if (!item_count(paths)) return make(call, name);
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        struct bytes path = {0};
        if (name.length) path_join(item_at(paths, i), name, &path);
        else bytes_add_text(&path, item_at(paths, i));
        status = make(call, bytes_text(&path));
        bytes_free(&path);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"New-Item reports -ItemType Directory", "A folder."},
    {"New-Item notes/today.txt -Value 'to do' -Force", "A file, with the folder it lies in."},
};

CMDLET(new_item) = {
    .name = "New-Item", .aliases = "ni", .synopsis = "Makes a file, a folder or a link.",
    .description = "What is there already is an error, but for a folder with -Force. Works for Env:, Variable:, Function: and Alias: too.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES, .emits = "System.IO.FileInfo",
};
