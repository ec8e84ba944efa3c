/* Drives and what stands on those that are not the file system. */
#include "item_private.h"

#include <stdlib.h>
#include <sys/stat.h>
#include "m365sh/base/file.h"

static const struct { const char *name, *provider; } drives[DRIVE_COUNT] = {
    [DRIVE_FILES] = {"/", "FileSystem"},          [DRIVE_ENVIRONMENT] = {"Env", "Environment"},
    [DRIVE_VARIABLE] = {"Variable", "Variable"},  [DRIVE_FUNCTION] = {"Function", "Function"},
    [DRIVE_ALIAS] = {"Alias", "Alias"},
};
const char *item_drive_name(enum item_drive drive) { return drives[drive].name; }
const char *item_provider_name(enum item_drive drive) { return drives[drive].provider; }

bool item_has_drive(struct text path, struct text *drive, struct text *rest) {
    size_t colon = text_find_byte(path, ':', 0);
    if (colon == TEXT_NOT_FOUND || colon == 0) return false;
    for (size_t i = 0; i < colon; i++)
        if (path.start[i] == '/' || path.start[i] == '\\') return false;
    *drive = text_slice(path, 0, colon);
    *rest = text_slice(path, colon + 1, path.length);
    return true;
}

/* "Microsoft.PowerShell.Core\FileSystem::/a" and "Environment::X" to what stands behind. */
static struct text without_provider(struct text path, struct text *provider) {
    size_t mark = text_find(path, TEXT("::"), 0);
    *provider = TEXT_NONE;
    if (mark == TEXT_NOT_FOUND || mark == 0) return path;
    struct text name = text_slice(path, 0, mark);
    size_t slash = text_find_last(name, TEXT("\\"));
    struct text leaf = slash == TEXT_NOT_FOUND ? name : text_slice(name, slash + 1, name.length);
    for (int i = 0; i < DRIVE_COUNT; i++) {
        if (!text_equal_fold(leaf, text_of(drives[i].provider))) continue;
        *provider = text_of(drives[i].provider);
        return text_slice(path, mark + 2, path.length);
    }
    return path;
}

static struct text without_slashes(struct text name) {
    while (name.length && (name.start[0] == '/' || name.start[0] == '\\')) name = text_slice(name, 1, name.length);
    return name;
}

enum status item_read_path(struct invocation *call, struct text path, enum item_drive *drive, struct bytes *out) {
    struct text provider, name, rest;
    *drive = DRIVE_FILES;
    path = without_provider(path, &provider);
    if (provider.length) {
        for (int i = 0; i < DRIVE_COUNT; i++)
            if (text_equal(provider, text_of(drives[i].provider))) *drive = (enum item_drive)i;
        rest = path;
    } else if (item_has_drive(path, &name, &rest)) {
        bool known = false;
        for (int i = DRIVE_ENVIRONMENT; i < DRIVE_COUNT && !known; i++)
            if ((known = text_equal_fold(name, text_of(drives[i].name)))) *drive = (enum item_drive)i;
        if (!known && text_equal_fold(name, TEXT("Temp"))) {
            path_resolve(without_slashes(rest), TEXT("/tmp"), out);
            return STATUS_OK;
        }
        if (!known) {
            struct value target = string_new(name);
            enum status status = invocation_throw(call, "System.Management.Automation.DriveNotFoundException", "DriveNotFound",
                                                  ERROR_OBJECT_NOT_FOUND, target, "There is no drive named '%.*s'.", TEXT_ARGUMENT(name));
            value_release(target);
            return status;
        }
    }
    if (*drive == DRIVE_FILES) invocation_path(call, path, out);
    else bytes_add_text(out, without_slashes(rest));
    if (!out->data) bytes_add(out, "", 0);
    return STATUS_OK;
}

struct name_search { struct text name; bool found; };
static bool see_alias(void *context, struct text alias, struct text target) {
    struct name_search *search = context;
    (void)target;
    search->found = search->found || text_equal_fold(alias, search->name);
    return !search->found;
}
static bool see_function(void *context, struct command *command) {
    struct name_search *search = context;
    search->found = search->found || text_equal_fold(command->spelling, search->name);
    return !search->found;
}

bool item_exists(struct invocation *call, enum item_drive drive, struct text path) {
    struct host *host = call->host;
    struct name_search search = {path, false};
    struct stat seen;
    char *name = alloc_text(path.start, path.length);
    bool found = path.length == 0;
    switch (drive) {
    case DRIVE_FILES: found = lstat(name, &seen) == 0; break;
    case DRIVE_ENVIRONMENT: found = found || getenv(name); break;
    case DRIVE_VARIABLE:
        if (!found) {
            struct value v = host->variable_get(host, path, SCOPE_CURRENT);
            found = v.kind != VALUE_UNSET;
            value_release(v);
        }
        break;
    case DRIVE_FUNCTION:
        if (!found) host->function_walk(host, see_function, &search);
        found = found || search.found;
        break;
    default:
        if (!found) host->alias_walk(host, see_alias, &search);
        found = found || search.found;
    }
    alloc_free(name);
    return found;
}

bool item_is_folder(enum item_drive drive, struct text path) {
    if (drive != DRIVE_FILES) return path.length == 0;
    char *name = alloc_text(path.start, path.length);
    bool folder = file_is_folder(name);
    alloc_free(name);
    return folder;
}

bool item_wants_folder(struct text given, struct text resolved) {
    return given.length && (given.start[given.length - 1] == '/' || given.start[given.length - 1] == '\\') && !item_is_folder(DRIVE_FILES, resolved);
}

bool item_is_link(enum item_drive drive, struct text path) {
    struct stat seen;
    char *name = alloc_text(path.start, path.length);
    bool link = drive == DRIVE_FILES && lstat(name, &seen) == 0 && S_ISLNK(seen.st_mode);
    alloc_free(name);
    return link;
}

struct value item_shown(enum item_drive drive, struct text path) {
    return drive == DRIVE_FILES ? string_new(path) : string_format("%s:/%.*s", drives[drive].name, TEXT_ARGUMENT(path));
}

enum status item_not_found(struct invocation *call, enum item_drive drive, struct text path) {
    struct value shown = item_shown(drive, path);
    enum status status = invocation_error(call, "System.Management.Automation.ItemNotFoundException", "PathNotFound", ERROR_OBJECT_NOT_FOUND,
                                          shown, "There is nothing at '%s'.", string_chars(shown));
    value_release(shown);
    return status;
}

static struct value environment_object(struct invocation *call, struct text name) {
    struct realm *realm = call->realm;
    char *key = alloc_text(name.start, name.length);
    struct value entry = object_new(realm, type_known(realm, "System.Collections.DictionaryEntry"), 3);
    struct value key_name = string_of("Key"), key_value = string_new(name), value = string_of(getenv(key));
    object_add(realm, entry, TEXT("Name"), MEMBER_ALIAS, key_name);
    object_add(realm, entry, TEXT("Key"), MEMBER_PROPERTY, key_value);
    object_add(realm, entry, TEXT("Value"), MEMBER_PROPERTY, value);
    value_release(key_name);
    value_release(key_value);
    value_release(value);
    alloc_free(key);
    return entry;
}

struct value item_object(struct invocation *call, enum item_drive drive, struct text path) {
    if (drive == DRIVE_FILES) return file_info_new(call->realm, path, FILE_INFO_LOOK);
    if (drive == DRIVE_ENVIRONMENT) return environment_object(call, path);
    return VALUE_UNSET_INIT;
}

/* Variables, functions and aliases have cmdlets of their own that make their objects. */
static enum status emit_by_cmdlet(struct invocation *call, enum item_drive drive, struct text name) {
    struct value named = table_new(call->realm, TABLE_ORDERED, true, NULL), function = string_of("Function");
    table_put_text_take(named, "Name", string_new(name.length ? name : TEXT("*")));
    if (drive == DRIVE_FUNCTION) table_put_text(named, "CommandType", function);
    value_release(function);
    struct text command = drive == DRIVE_VARIABLE ? TEXT("Get-Variable") : drive == DRIVE_ALIAS ? TEXT("Get-Alias") : TEXT("Get-Command");
    enum status status = call->host->invoke(call->host, command, named, NULL, 0, VALUE_UNSET_INIT, invocation_output(call));
    value_release(named);
    return status;
}

enum status item_emit(struct invocation *call, enum item_drive drive, struct text path) {
    if (drive == DRIVE_FILES || (drive == DRIVE_ENVIRONMENT && path.length)) return invocation_emit_take(call, item_object(call, drive, path));
    if (drive != DRIVE_ENVIRONMENT) return emit_by_cmdlet(call, drive, path);
    struct item_list all;
    enum status status = item_expand(call, TEXT("Env:*"), false, false, &all);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(all.paths); i++)
        status = item_emit(call, drive, string_text(array_at(all.paths, i)));
    value_release(all.paths);
    return status;
}

/* Objects with a Name: what scripts ask of drives and providers. Owned. */
static struct value named_object(struct realm *realm, const char *type, const char *name) {
    struct value object = object_new(realm, type_known(realm, type), 2), text = string_of(name);
    object_add(realm, object, TEXT("Name"), MEMBER_PROPERTY, text);
    value_release(text);
    return object;
}

struct value item_provider(struct realm *realm, enum item_drive drive) {
    return named_object(realm, "System.Management.Automation.ProviderInfo", drives[drive].provider);
}

enum status item_emit_path(struct invocation *call, enum item_drive drive, struct text path) {
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_known(realm, "System.Management.Automation.PathInfo"), 4);
    struct value shown = item_shown(drive, path), inner = string_new(path), provider = item_provider(realm, drive);
    struct value owner = named_object(realm, "System.Management.Automation.PSDriveInfo", drives[drive].name);
    object_add(realm, info, TEXT("Drive"), MEMBER_PROPERTY, owner);
    object_add(realm, info, TEXT("Provider"), MEMBER_PROPERTY, provider);
    object_add(realm, info, TEXT("ProviderPath"), MEMBER_PROPERTY, inner);
    object_add(realm, info, TEXT("Path"), MEMBER_PROPERTY, shown);
    value_release(owner);
    value_release(provider);
    value_release(inner);
    value_release(shown);
    return invocation_emit_take(call, info);
}
