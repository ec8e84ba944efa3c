/* Members of FileInfo and DirectoryInfo, with what PowerShell adds to them (PSPath, Mode, BaseName …). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/file.h"
#include "m365sh/base/path.h"
#include "m365sh/pattern/wildcard.h"
#include "m365sh/types/file_info.h"
#include "member_private.h"

#define ENTRY "System.IO.FileSystemInfo"
#define FILE_TYPE "System.IO.FileInfo"
#define FOLDER "System.IO.DirectoryInfo"
#define PROVIDER "Microsoft.PowerShell.Core\\FileSystem"

static struct text path_of(struct value self) { return file_info_path(self); }
/* What a link leads to; the link itself where it leads nowhere. */
static bool look(struct value self, struct stat *out) { return stat(path_of(self).start, out) == 0 || lstat(path_of(self).start, out) == 0; }
static bool is_folder(struct realm *realm, struct value self) { return type_is(type_of(realm, self), type_known(realm, FOLDER)); }

static enum status give_text(struct value *out, struct text text) {
    *out = string_new(text);
    return STATUS_OK;
}
static enum status give(struct value *out, struct value v) {
    *out = v;
    return STATUS_OK;
}

MEMBER_FUNCTION(get_full_name) { return give_text(out, path_of(self)); }
MEMBER_FUNCTION(get_name) { return give_text(out, path_leaf(path_of(self))); }
MEMBER_FUNCTION(get_extension) { return give_text(out, path_extension(path_of(self))); }
MEMBER_FUNCTION(get_base_name) {
    struct text leaf = path_leaf(path_of(self));
    return give_text(out, is_folder(realm, self) ? leaf : text_slice(leaf, 0, leaf.length - path_extension(leaf).length));
}
MEMBER_FUNCTION(get_exists) {
    struct stat seen;
    return give(out, value_bool(look(self, &seen) && (bool)S_ISDIR(seen.st_mode) == is_folder(realm, self)));
}
MEMBER_FUNCTION(get_length) {
    struct stat seen;
    if (look(self, &seen)) return give(out, value_int64(seen.st_size));
    return realm_raise(realm, "System.IO.FileNotFoundException", "FileNotFoundException", ERROR_NOT_SPECIFIED, "There is no file %s.",
                       path_of(self).start);
}
MEMBER_FUNCTION(get_size) {
    struct stat seen;
    return give(out, look(self, &seen) ? value_int64(seen.st_size) : value_null());
}
MEMBER_FUNCTION(get_is_container) { return give(out, value_bool(is_folder(realm, self))); }
MEMBER_FUNCTION(get_parent) {
    struct text parent = path_parent(path_of(self));
    return give(out, parent.length ? file_info_new(realm, parent, FILE_INFO_FOLDER) : value_null());
}
MEMBER_FUNCTION(get_parent_name) {
    struct text parent = path_parent(path_of(self));
    return parent.length ? give_text(out, parent) : give(out, value_null());
}
MEMBER_FUNCTION(get_root) { return give(out, file_info_new(realm, TEXT("/"), FILE_INFO_FOLDER)); }

/* --- what PowerShell adds ------------------------------------------------------------------------------------------ */
static enum status give_provider_path(struct value *out, struct text path) {
    return give(out, string_format(PROVIDER "::%.*s", TEXT_ARGUMENT(path)));
}
MEMBER_FUNCTION(get_ps_path) { return give_provider_path(out, path_of(self)); }
MEMBER_FUNCTION(get_ps_parent_path) {
    struct text parent = path_parent(path_of(self));
    return parent.length ? give_provider_path(out, parent) : give_text(out, TEXT_NONE);
}
MEMBER_FUNCTION(get_ps_drive) {
    struct value drive = object_new(realm, type_known(realm, "System.Management.Automation.PSDriveInfo"), 2);
    object_put_take(realm, drive, "Name", string_of("/"));
    object_put_take(realm, drive, "Root", string_of("/"));
    return give(out, drive);
}
MEMBER_FUNCTION(get_ps_provider) {
    struct value provider = object_new(realm, type_known(realm, "System.Management.Automation.ProviderInfo"), 2);
    object_put_take(realm, provider, "Name", string_of("FileSystem"));
    object_put_take(realm, provider, "ModuleName", string_of("Microsoft.PowerShell.Core"));
    return give(out, provider);
}

static bool is_link(struct value self) {
    struct stat seen;
    return lstat(path_of(self).start, &seen) == 0 && S_ISLNK(seen.st_mode);
}
static bool is_read_only(const struct stat *seen) { return !(seen->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)); }
static bool is_hidden(struct value self) { return path_leaf(path_of(self)).start[0] == '.' && path_of(self).length > 1; }

MEMBER_FUNCTION(get_mode) {
    struct stat seen = {0};
    bool known = look(self, &seen), folder = is_folder(realm, self), link = is_link(self);
    char mode[] = "-----";
    if (link) mode[0] = 'l';
    else if (folder) mode[0] = 'd';
    if (known && is_read_only(&seen)) mode[2] = 'r';
    if (is_hidden(self)) mode[3] = 'h';
    return give_text(out, text_of(mode));
}
MEMBER_FUNCTION(get_unix_mode) {
    struct stat seen = {0};
    if (lstat(path_of(self).start, &seen)) return give(out, value_null());
    char mode[] = "-rwxrwxrwx";
    mode[0] = S_ISDIR(seen.st_mode) ? 'd' : S_ISLNK(seen.st_mode) ? 'l' : S_ISFIFO(seen.st_mode) ? 'p' : S_ISSOCK(seen.st_mode) ? 's'
              : S_ISCHR(seen.st_mode) ? 'c' : S_ISBLK(seen.st_mode) ? 'b' : '-';
    for (int i = 0; i < 9; i++)
        if (!(seen.st_mode & (0400u >> i))) mode[i + 1] = '-';
    if (seen.st_mode & S_ISUID) mode[3] = mode[3] == 'x' ? 's' : 'S';
    if (seen.st_mode & S_ISGID) mode[6] = mode[6] == 'x' ? 's' : 'S';
    if (seen.st_mode & S_ISVTX) mode[9] = mode[9] == 'x' ? 't' : 'T';
    return give_text(out, text_of(mode));
}
MEMBER_FUNCTION(get_user) {
    struct stat seen;
    const struct passwd *user = look(self, &seen) ? getpwuid(seen.st_uid) : NULL;
    return user ? give_text(out, text_of(user->pw_name)) : give(out, value_null());
}
MEMBER_FUNCTION(get_group) {
    struct stat seen;
    const struct group *group = look(self, &seen) ? getgrgid(seen.st_gid) : NULL;
    return group ? give_text(out, text_of(group->gr_name)) : give(out, value_null());
}
MEMBER_FUNCTION(get_link_type) {
    struct stat seen;
    if (is_link(self)) return give_text(out, TEXT("SymbolicLink"));
    if (look(self, &seen) && S_ISREG(seen.st_mode) && seen.st_nlink > 1) return give_text(out, TEXT("HardLink"));
    return give(out, value_null());
}
MEMBER_FUNCTION(get_link_target) {
    char target[PATH_MAX];
    ssize_t length = readlink(path_of(self).start, target, sizeof target);
    return length < 0 ? give(out, value_null()) : give_text(out, text_make(target, (size_t)length));
}

/* What a list shows: a link says where it leads. */
MEMBER_FUNCTION(get_shown_name) {
    char target[PATH_MAX];
    struct text name = path_leaf(path_of(self));
    ssize_t length = readlink(path_of(self).start, target, sizeof target);
    return give(out, length < 0 ? string_new(name) : string_format("%.*s -> %.*s", TEXT_ARGUMENT(name), (int)length, target));
}
MEMBER_FUNCTION(get_resolved_target) {
    char target[PATH_MAX];
    return realpath(path_of(self).start, target) ? give_text(out, text_of(target)) : give_text(out, path_of(self));
}

/* System.IO.FileAttributes' numbers. */
MEMBER_FUNCTION(get_attributes) {
    struct stat seen = {0};
    bool known = look(self, &seen);
    int64_t bits = (known && is_read_only(&seen) ? 1 : 0) | (is_hidden(self) ? 2 : 0) | (is_folder(realm, self) ? 16 : 0) | (is_link(self) ? 1024 : 0);
    if (!bits) bits = known ? 128 : -1;
    return give(out, value_enum(type_known(realm, "System.IO.FileAttributes")->index, bits));
}
MEMBER_FUNCTION(get_read_only) {
    struct stat seen;
    return give(out, value_bool(look(self, &seen) && is_read_only(&seen)));
}
static enum status set_read_only(struct realm *realm, struct value self, struct value item) {
    struct stat seen;
    mode_t all = S_IWUSR | S_IWGRP | S_IWOTH;
    if (look(self, &seen) && chmod(path_of(self).start, value_truth(item) ? seen.st_mode & ~all : seen.st_mode | S_IWUSR) == 0) return STATUS_OK;
    struct fault fault = {0};
    fault_set(&fault, fault_kind_of_errno(errno), errno, "%s cannot be changed.", path_of(self).start);
    return realm_raise_fault(realm, &fault, "SetPropertyError");
}

/* --- times --------------------------------------------------------------------------------------------------------- */
static enum status give_time(struct value *out, const struct timespec *when, bool utc) {
    int64_t ticks = calendar_from_unix(when->tv_sec, (int32_t)when->tv_nsec);
    if (!utc) ticks += (int64_t)calendar_offset_at(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    return give(out, value_datetime(ticks, utc ? 1 : 2));
}
/* .NET takes for the time of creation, where the system keeps none for it, the older of change and write. */
static struct timespec created(const struct stat *seen) {
    bool change_first = seen->st_ctim.tv_sec < seen->st_mtim.tv_sec ||
                        (seen->st_ctim.tv_sec == seen->st_mtim.tv_sec && seen->st_ctim.tv_nsec < seen->st_mtim.tv_nsec);
    return change_first ? seen->st_ctim : seen->st_mtim;
}
enum which_time { TIME_CREATED, TIME_READ, TIME_WRITTEN };
static enum status read_time(struct value self, enum which_time which, bool utc, struct value *out) {
    struct stat seen;
    if (!look(self, &seen)) return give(out, value_datetime(504911232000000000LL /* 1601-01-01 */, utc ? 1 : 2));
    struct timespec when = which == TIME_CREATED ? created(&seen) : which == TIME_READ ? seen.st_atim : seen.st_mtim;
    return give_time(out, &when, utc);
}
static enum status write_time(struct realm *realm, struct value self, struct value item, enum which_time which, bool utc) {
    struct value date;
    enum status status = convert_to(realm, item, type_of_kind(realm, VALUE_DATETIME), &date);
    if (status != STATUS_OK) return status;
    int64_t ticks = date.integer;
    if (date.small != 1 && !utc) ticks -= (int64_t)calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    int32_t fraction;
    struct timespec when = {.tv_sec = calendar_to_unix(ticks, &fraction)}, same = {.tv_nsec = UTIME_OMIT};
    when.tv_nsec = fraction;
    struct timespec both[2] = {which == TIME_READ ? when : same, which == TIME_READ ? same : when};
    if (utimensat(AT_FDCWD, path_of(self).start, both, 0) == 0) return STATUS_OK;
    struct fault fault = {0};
    fault_set(&fault, fault_kind_of_errno(errno), errno, "The time of %s cannot be set.", path_of(self).start);
    return realm_raise_fault(realm, &fault, "SetPropertyError");
}
#define TIME_MEMBER(name, which, utc)                                                        \
    MEMBER_FUNCTION(get_##name) { return read_time(self, which, utc, out); }                 \
    static enum status set_##name(struct realm *realm, struct value self, struct value item) { return write_time(realm, self, item, which, utc); }
TIME_MEMBER(creation_time, TIME_CREATED, false)
TIME_MEMBER(creation_time_utc, TIME_CREATED, true)
TIME_MEMBER(read_time, TIME_READ, false)
TIME_MEMBER(read_time_utc, TIME_READ, true)
TIME_MEMBER(write_time, TIME_WRITTEN, false)
TIME_MEMBER(write_time_utc, TIME_WRITTEN, true)

/* --- methods ------------------------------------------------------------------------------------------------------- */
static enum status fail(struct realm *realm, const char *method, uint32_t count, struct value self) {
    const char *exception = errno == ENOENT ? "System.IO.FileNotFoundException" : errno == EACCES ? "System.UnauthorizedAccessException" : "System.IO.IOException";
    return member_raise(realm, method, count, exception, "%s: %s", path_of(self).start, strerror(errno));
}
MEMBER_FUNCTION(delete_entry) {
    *out = value_void();
    bool folder = is_folder(realm, self);
    int result = folder ? rmdir(path_of(self).start) : unlink(path_of(self).start);
    return result == 0 || (!folder && errno == ENOENT) ? STATUS_OK : fail(realm, "Delete", count, self);
}
MEMBER_FUNCTION(refresh) {
    *out = value_void();
    return STATUS_OK;
}
MEMBER_FUNCTION(create_folder) {
    struct fault fault = {0};
    *out = value_void();
    if (file_make_folders(path_of(self).start, 0777, &fault) == STATUS_OK) return STATUS_OK;
    fault_clear(&fault);
    return fail(realm, "Create", count, self);
}
static void resolved(struct realm *realm, struct value argument, struct bytes *out) {
    struct value text = convert_text(realm, argument);
    char here[PATH_MAX];
    path_resolve(string_text(text), text_of(getcwd(here, sizeof here) ? here : "/"), out);
    value_release(text);
}
MEMBER_FUNCTION(move_to) {
    struct bytes target = {0};
    resolved(realm, arguments[0], &target);
    *out = value_void();
    enum status status = rename(path_of(self).start, target.data) == 0 ? STATUS_OK : fail(realm, "MoveTo", count, self);
    if (status == STATUS_OK) value_set_take(&object_block(self)->slots[0], string_from_bytes(&target));
    bytes_free(&target);
    return status;
}
MEMBER_FUNCTION(copy_to) {
    struct bytes target = {0}, content = {0};
    resolved(realm, arguments[0], &target);
    enum status status = STATUS_OK;
    errno = EEXIST;
    if (file_exists(target.data) && !(count > 1 && value_truth(arguments[1]))) status = fail(realm, "CopyTo", count, self);
    else if (file_read(path_of(self).start, SIZE_MAX, &content, NULL) != STATUS_OK ||
             file_replace(target.data, content.data ? content.data : "", content.length, 0666, NULL) != STATUS_OK)
        status = fail(realm, "CopyTo", count, self);
    if (status == STATUS_OK) *out = file_info_new(realm, bytes_text(&target), FILE_INFO_FILE);
    bytes_free(&target);
    bytes_free(&content);
    return status;
}
MEMBER_FUNCTION(new_entry) {
    struct bytes path = {0};
    resolved(realm, arguments[0], &path);
    *out = file_info_new(realm, bytes_text(&path), type_is(type, type_known(realm, FOLDER)) ? FILE_INFO_FOLDER : FILE_INFO_FILE);
    bytes_free(&path);
    return STATUS_OK;
}

/* What lies in a folder, by name; wildcards in the pattern. */
static int compare_names(const void *a, const void *b) {
    return text_compare(string_text(*(const struct value *)a), string_text(*(const struct value *)b));
}
static enum status list_entries(struct realm *realm, struct value self, const struct value *arguments, uint32_t count, bool folders, bool files, struct value *out) {
    struct value pattern = count ? convert_text(realm, arguments[0]) : string_of("*"), paths = array_new(realm, NULL, 0);
    DIR *folder = opendir(path_of(self).start);
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        struct text name = text_of(entry->d_name);
        if (text_equal(name, TEXT(".")) || text_equal(name, TEXT("..")) || !wildcard_match(string_text(pattern), name, true)) continue;
        struct bytes path = {0};
        path_join(path_of(self), name, &path);
        if (file_is_folder(path.data) ? folders : files) array_push_take(paths, string_from_bytes(&path));
        bytes_free(&path);
    }
    if (folder) closedir(folder);
    qsort(array_items(paths), array_count(paths), sizeof(struct value), compare_names);
    const char *element = folders && files ? ENTRY : folders ? FOLDER : FILE_TYPE;
    *out = array_new(realm, type_array_of(realm, type_known(realm, element)), array_count(paths));
    for (uint32_t i = 0; i < array_count(paths); i++) array_push_take(*out, file_info_new(realm, string_text(array_at(paths, i)), FILE_INFO_LOOK));
    value_release(paths);
    value_release(pattern);
    return STATUS_OK;
}
MEMBER_FUNCTION(get_files) { return list_entries(realm, self, arguments, count, false, true, out); }
MEMBER_FUNCTION(get_folders) { return list_entries(realm, self, arguments, count, true, false, out); }
MEMBER_FUNCTION(get_entries) { return list_entries(realm, self, arguments, count, true, true, out); }
MEMBER_FUNCTION(open_text) { return member_construct(realm, type_known(realm, "System.IO.StreamReader"), &self, 1, out); }

/* "$PWD" and texts made of Get-Location are the path. */
MEMBER_FUNCTION(location_text) {
    struct value *path = object_find_text(realm, self, TEXT("Path"));
    return give(out, path ? value_keep(*path) : string_empty());
}

MEMBER_FUNCTION(provider_text) {
    struct value *name = object_find_text(realm, self, TEXT("Name"));
    return give(out, name && name->kind == VALUE_STRING ? string_format("Microsoft.PowerShell.Core\\%s", string_chars(*name)) : string_empty());
}
MEMBER_FUNCTION(drive_text) {
    struct value *name = object_find_text(realm, self, TEXT("Name"));
    return give(out, name ? value_keep(*name) : string_empty());
}

#define LOCATION "System.Management.Automation.PathInfo"
#define TIME_ROW(T, property, name) {T, property, ROW_GET, 0, 0, get_##name, set_##name, "datetime " property " {get;set;}"}
/* Rows stand for each of the two types, so that properties come in PowerShell's order: its own, the type's, the shared. */
#define ROWS_FIRST(T)                                                                                          \
    {T, "PSPath", ROW_GET, 0, 0, get_ps_path, NULL, "string PSPath {get;}"},                                   \
    {T, "PSParentPath", ROW_GET, 0, 0, get_ps_parent_path, NULL, "string PSParentPath {get;}"},                \
    {T, "PSChildName", ROW_GET, 0, 0, get_name, NULL, "string PSChildName {get;}"},                            \
    {T, "PSDrive", ROW_GET, 0, 0, get_ps_drive, NULL, "PSDriveInfo PSDrive {get;}"},                           \
    {T, "PSProvider", ROW_GET, 0, 0, get_ps_provider, NULL, "ProviderInfo PSProvider {get;}"},                 \
    {T, "PSIsContainer", ROW_GET, 0, 0, get_is_container, NULL, "bool PSIsContainer {get;}"},                  \
    {T, "UnixMode", ROW_GET, 0, 0, get_unix_mode, NULL, "string UnixMode {get;}"},                             \
    {T, "User", ROW_GET, 0, 0, get_user, NULL, "string User {get;}"},                                          \
    {T, "Group", ROW_GET, 0, 0, get_group, NULL, "string Group {get;}"},                                       \
    {T, "Size", ROW_GET, 0, 0, get_size, NULL, "long Size {get;}"},                                            \
    {T, "Mode", ROW_GET, 0, 0, get_mode, NULL, "string Mode {get;}"},                                          \
    {T, "ModeWithoutHardLink", ROW_GET, 0, 0, get_mode, NULL, "string ModeWithoutHardLink {get;}"},            \
    {T, "BaseName", ROW_GET, 0, 0, get_base_name, NULL, "string BaseName {get;}"},                             \
    {T, "ResolvedTarget", ROW_GET, 0, 0, get_resolved_target, NULL, "string ResolvedTarget {get;}"},           \
    {T, "Target", ROW_GET, 0, 0, get_link_target, NULL, "string Target {get;}"},                               \
    {T, "LinkType", ROW_GET, 0, 0, get_link_type, NULL, "string LinkType {get;}"},                             \
    {T, "Name", ROW_GET, 0, 0, get_name, NULL, "string Name {get;}"}
#define ROWS_LAST(T)                                                                                           \
    {T, "Exists", ROW_GET, 0, 0, get_exists, NULL, "bool Exists {get;}"},                                      \
    {T, "FullName", ROW_GET, 0, 0, get_full_name, NULL, "string FullName {get;}"},                             \
    {T, "Extension", ROW_GET, 0, 0, get_extension, NULL, "string Extension {get;}"},                           \
    TIME_ROW(T, "CreationTime", creation_time), TIME_ROW(T, "CreationTimeUtc", creation_time_utc),             \
    TIME_ROW(T, "LastAccessTime", read_time), TIME_ROW(T, "LastAccessTimeUtc", read_time_utc),                 \
    TIME_ROW(T, "LastWriteTime", write_time), TIME_ROW(T, "LastWriteTimeUtc", write_time_utc),                 \
    {T, "LinkTarget", ROW_GET, 0, 0, get_link_target, NULL, "string LinkTarget {get;}"},                       \
    {T, "Attributes", ROW_GET, 0, 0, get_attributes, NULL, "System.IO.FileAttributes Attributes {get;set;}"},  \
    {T, "NameString", ROW_GET, 0, 0, get_shown_name, NULL, NULL},                                              \
    {T, "ToString", ROW_METHOD, 0, 0, get_full_name, NULL, "string ToString()"},                               \
    {T, "Delete", ROW_METHOD, 0, 1, delete_entry, NULL, "void Delete()"},                                      \
    {T, "Refresh", ROW_METHOD, 0, 0, refresh, NULL, "void Refresh()"}

static const struct member_row rows[] = {
    ROWS_FIRST(FILE_TYPE),
    {FILE_TYPE, "Length", ROW_GET, 0, 0, get_length, NULL, "long Length {get;}"},
    {FILE_TYPE, "DirectoryName", ROW_GET, 0, 0, get_parent_name, NULL, "string DirectoryName {get;}"},
    {FILE_TYPE, "Directory", ROW_GET, 0, 0, get_parent, NULL, "System.IO.DirectoryInfo Directory {get;}"},
    {FILE_TYPE, "IsReadOnly", ROW_GET, 0, 0, get_read_only, set_read_only, "bool IsReadOnly {get;set;}"},
    ROWS_LAST(FILE_TYPE),
    {FILE_TYPE, "CopyTo", ROW_METHOD, 1, 2, copy_to, NULL, "System.IO.FileInfo CopyTo(string destFileName, bool overwrite)"},
    {FILE_TYPE, "MoveTo", ROW_METHOD, 1, 2, move_to, NULL, "void MoveTo(string destFileName)"},
    {FILE_TYPE, "OpenText", ROW_METHOD, 0, 0, open_text, NULL, "System.IO.StreamReader OpenText()"},
    {FILE_TYPE, "new", ROW_CONSTRUCTOR, 1, 1, new_entry, NULL, "System.IO.FileInfo new(string fileName)"},
    ROWS_FIRST(FOLDER),
    {FOLDER, "Parent", ROW_GET, 0, 0, get_parent, NULL, "System.IO.DirectoryInfo Parent {get;}"},
    {FOLDER, "Root", ROW_GET, 0, 0, get_root, NULL, "System.IO.DirectoryInfo Root {get;}"},
    ROWS_LAST(FOLDER),
    {FOLDER, "GetFiles", ROW_METHOD, 0, 1, get_files, NULL, "System.IO.FileInfo[] GetFiles(), System.IO.FileInfo[] GetFiles(string searchPattern)"},
    {FOLDER, "EnumerateFiles", ROW_METHOD, 0, 1, get_files, NULL, "System.Collections.Generic.IEnumerable[System.IO.FileInfo] EnumerateFiles()"},
    {FOLDER, "GetDirectories", ROW_METHOD, 0, 1, get_folders, NULL, "System.IO.DirectoryInfo[] GetDirectories(), System.IO.DirectoryInfo[] GetDirectories(string searchPattern)"},
    {FOLDER, "EnumerateDirectories", ROW_METHOD, 0, 1, get_folders, NULL, "System.Collections.Generic.IEnumerable[System.IO.DirectoryInfo] EnumerateDirectories()"},
    {FOLDER, "GetFileSystemInfos", ROW_METHOD, 0, 1, get_entries, NULL, "System.IO.FileSystemInfo[] GetFileSystemInfos()"},
    {FOLDER, "MoveTo", ROW_METHOD, 1, 1, move_to, NULL, "void MoveTo(string destDirName)"},
    {FOLDER, "Create", ROW_METHOD, 0, 0, create_folder, NULL, "void Create()"},
    {FOLDER, "new", ROW_CONSTRUCTOR, 1, 1, new_entry, NULL, "System.IO.DirectoryInfo new(string path)"},
    {LOCATION, "ToString", ROW_METHOD, 0, 0, location_text, NULL, "string ToString()"},
    {"System.Management.Automation.ProviderInfo", "ToString", ROW_METHOD, 0, 0, provider_text, NULL, "string ToString()"},
    {"System.Management.Automation.PSDriveInfo", "ToString", ROW_METHOD, 0, 0, drive_text, NULL, "string ToString()"},
};
const struct member_table file_info_member_table = {rows, sizeof rows / sizeof rows[0]};
