/* [IO.Path] as on Linux: only / separates. */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "argument_private.h"
#include "m365sh/base/path.h"

#define ROW_TYPE "System.IO.Path"

/* The part of the path that a row asks for; start NULL: $null. */
typedef struct text (*part_of_path)(struct text path);

static enum status give_part(struct realm *realm, const char *method, struct value argument, part_of_path part, struct value *out) {
    struct value path;
    if (value_is_nothing(value_base(argument))) return argument_give(out, value_null());
    TRY(member_argument_text(realm, method, argument, &path));
    struct text text = part(string_text(path));
    *out = text.start ? string_new(text) : value_null();
    value_release(path);
    return STATUS_OK;
}

static struct text file_name(struct text path) {
    size_t slash = text_find_last(path, TEXT("/"));
    return slash == TEXT_NOT_FOUND ? path : text_slice(path, slash + 1, path.length);
}

static struct text extension(struct text path) {
    struct text name = file_name(path);
    size_t dot = text_find_last(name, TEXT("."));
    if (dot == TEXT_NOT_FOUND || dot + 1 == name.length) return TEXT_NONE;
    return text_slice(name, dot, name.length);
}

static struct text without_extension(struct text path) {
    struct text name = file_name(path);
    size_t dot = text_find_last(name, TEXT("."));
    return dot == TEXT_NOT_FOUND ? name : text_slice(name, 0, dot);
}

static struct text folder_name(struct text path) {
    size_t slash = text_find_last(path, TEXT("/"));
    if (path.length == 0 || text_equal(path, TEXT("/"))) return (struct text){NULL, 0};
    if (slash == TEXT_NOT_FOUND) return TEXT_NONE;
    while (slash > 0 && path.start[slash - 1] == '/') slash--;
    return slash == 0 ? TEXT("/") : text_slice(path, 0, slash);
}

static struct text root(struct text path) {
    return path.length && path.start[0] == '/' ? TEXT("/") : path.length ? TEXT_NONE : (struct text){NULL, 0};
}

static struct text trimmed(struct text path) {
    if (path.length > 1 && path.start[path.length - 1] == '/') path.length--;
    return path;
}

MEMBER(get_file_name) { return give_part(realm, "GetFileName", arguments[0], file_name, out); }
MEMBER(get_extension) { return give_part(realm, "GetExtension", arguments[0], extension, out); }
MEMBER(get_without_extension) { return give_part(realm, "GetFileNameWithoutExtension", arguments[0], without_extension, out); }
MEMBER(get_folder_name) { return give_part(realm, "GetDirectoryName", arguments[0], folder_name, out); }
MEMBER(get_root) { return give_part(realm, "GetPathRoot", arguments[0], root, out); }
MEMBER(get_trimmed) { return give_part(realm, "TrimEndingDirectorySeparator", arguments[0], trimmed, out); }

static enum status join_parts(struct realm *realm, const char *method, bool restart, const struct value *items, uint32_t count, struct value *out) {
    struct bytes path = {0};
    for (uint32_t i = 0; i < count; i++) {
        struct value part;
        if (value_is_nothing(value_base(items[i]))) {
            bytes_free(&path);
            return member_raise(realm, method, count, "System.ArgumentNullException", "A part of the path is null.");
        }
        enum status status = member_argument_text(realm, method, items[i], &part);
        if (status != STATUS_OK) {
            bytes_free(&path);
            return status;
        }
        struct text text = string_text(part);
        if (restart && text.length && text.start[0] == '/') bytes_clear(&path);
        bool separated = path.length == 0 || path.data[path.length - 1] == '/' || text.length == 0 || text.start[0] == '/';
        if (!separated) bytes_add_byte(&path, '/');
        bytes_add_text(&path, text);
        value_release(part);
    }
    if (path.length == 0) bytes_add_string(&path, "");
    return argument_give_bytes(out, &path);
}

static enum status join_arguments(struct realm *realm, const char *method, bool restart, const struct value *arguments, uint32_t count, struct value *out) {
    struct value only = count == 1 ? value_base(arguments[0]) : value_null();
    if (value_is_array_like(only)) return join_parts(realm, method, restart, array_items(only), array_count(only), out);
    return join_parts(realm, method, restart, arguments, count, out);
}

MEMBER(combine) { return join_arguments(realm, "Combine", true, arguments, count, out); }
MEMBER(join) { return join_arguments(realm, "Join", false, arguments, count, out); }

MEMBER(change_extension) {
    struct value path, new_extension;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "ChangeExtension", arguments[0], &path));
    TRY(member_argument_text(realm, "ChangeExtension", arguments[1], &new_extension));
    struct text text = string_text(path), name = file_name(text), with = string_text(new_extension);
    size_t dot = text_find_last(name, TEXT("."));
    bytes_add(&result, text.start, dot == TEXT_NOT_FOUND ? text.length : text.length - name.length + dot);
    if ((with.length == 0 || with.start[0] != '.')) bytes_add_byte(&result, '.');
    bytes_add_text(&result, with); /* $null comes as an empty text, so that the point stays */
    value_release(path);
    value_release(new_extension);
    return argument_give_bytes(out, &result);
}

MEMBER(is_rooted) {
    struct value path;
    TRY(member_argument_text(realm, "IsPathRooted", arguments[0], &path));
    *out = value_bool(string_text(path).length && string_chars(path)[0] == '/');
    value_release(path);
    return STATUS_OK;
}

MEMBER(has_extension) {
    struct value path;
    TRY(member_argument_text(realm, "HasExtension", arguments[0], &path));
    *out = value_bool(extension(string_text(path)).length > 0);
    value_release(path);
    return STATUS_OK;
}

MEMBER(get_full_path) {
    struct value path;
    char folder[PATH_MAX];
    struct bytes full = {0};
    TRY(member_argument_text(realm, "GetFullPath", arguments[0], &path));
    bool tail = text_ends(string_text(path), TEXT("/"));
    struct text text = string_text(path);
    /* ~ means nothing here. */
    struct bytes plain = {0};
    if (text.length && text.start[0] == '~') bytes_add_string(&plain, "./");
    bytes_add_text(&plain, text);
    path_resolve(bytes_text(&plain), text_of(getcwd(folder, sizeof folder) ? folder : "/"), &full);
    if (tail && full.length > 1 && full.data[full.length - 1] != '/') bytes_add_byte(&full, '/');
    bytes_free(&plain);
    value_release(path);
    return argument_give_bytes(out, &full);
}

MEMBER(get_relative) {
    struct value from, to;
    struct bytes result = {0};
    TRY(get_full_path(realm, type, self, arguments, 1, &from));
    TRY(get_full_path(realm, type, self, arguments + 1, 1, &to));
    struct text a = trimmed(string_text(from)), b = trimmed(string_text(to));
    size_t common = 0;
    for (size_t i = 0; i <= a.length && i <= b.length; i++) {
        bool end_a = i == a.length || a.start[i] == '/', end_b = i == b.length || b.start[i] == '/';
        if (end_a && end_b) common = i;
        if (i == a.length || i == b.length || a.start[i] != b.start[i]) break;
    }
    for (size_t i = common; i < a.length; i++)
        if (a.start[i] == '/') bytes_add_string(&result, result.length ? "/.." : "..");
    struct text rest = text_slice(b, common, b.length);
    if (rest.length && rest.start[0] == '/') rest = text_slice(rest, 1, rest.length);
    if (rest.length && result.length) bytes_add_byte(&result, '/');
    bytes_add_text(&result, rest);
    if (result.length == 0) bytes_add_byte(&result, '.');
    value_release(from);
    value_release(to);
    return argument_give_bytes(out, &result);
}

MEMBER(get_temporary_folder) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/tmp";
    return argument_give(out, string_format(text_ends(text_of(folder), TEXT("/")) ? "%s" : "%s/", folder));
}

static void add_random_name(struct realm *realm, struct bytes *out, size_t length) {
    for (size_t i = 0; i < length; i++) bytes_add_byte(out, "abcdefghijklmnopqrstuvwxyz012345"[random_below(&realm->random, 32)]);
}

MEMBER(get_temporary_file) {
    char name[] = "/tmp/tmpXXXXXX.tmp";
    int descriptor = mkstemps(name, 4);
    if (descriptor < 0) return member_raise(realm, "GetTempFileName", 0, "System.IO.IOException", "No temporary file can be made.");
    close(descriptor);
    return argument_give(out, string_of(name));
}

MEMBER(get_random_name) {
    struct bytes name = {0};
    add_random_name(realm, &name, 8);
    bytes_add_byte(&name, '.');
    add_random_name(realm, &name, 3);
    return argument_give_bytes(out, &name);
}

MEMBER(get_separator) { return argument_give(out, value_char('/')); }
MEMBER(get_path_separator) { return argument_give(out, value_char(':')); }

static enum status give_invalid(struct realm *realm, bool slash, struct value *out) {
    struct value list = argument_new_array(realm, "System.Char", 2);
    array_push_take(list, value_char(0));
    if (slash) array_push_take(list, value_char('/'));
    return argument_give(out, list);
}

MEMBER(get_invalid_in_name) { return give_invalid(realm, true, out); }
MEMBER(get_invalid_in_path) { return give_invalid(realm, false, out); }

#define TEXT_ROW(name, function) ROW_STATIC_CALL(name, 1, 1, function, "static string " name "(string path)")
static const struct member_row rows[] = {
    ROW_STATIC("AltDirectorySeparatorChar", get_separator, "static char"), ROW_STATIC("DirectorySeparatorChar", get_separator, "static char"),
    ROW_STATIC("PathSeparator", get_path_separator, "static char"), ROW_STATIC("VolumeSeparatorChar", get_separator, "static char"),
    ROW_STATIC_CALL("ChangeExtension", 2, 2, change_extension, "static string ChangeExtension(string path, string extension)"),
    ROW_STATIC_CALL("Combine", 1, -1, combine, "static string Combine(string path1, string path2), static string Combine(Params string[] paths)"),
    TEXT_ROW("GetDirectoryName", get_folder_name), TEXT_ROW("GetExtension", get_extension), TEXT_ROW("GetFileName", get_file_name),
    TEXT_ROW("GetFileNameWithoutExtension", get_without_extension), TEXT_ROW("GetPathRoot", get_root),
    TEXT_ROW("TrimEndingDirectorySeparator", get_trimmed),
    ROW_STATIC_CALL("GetFullPath", 1, 1, get_full_path, "static string GetFullPath(string path)"),
    ROW_STATIC_CALL("GetInvalidFileNameChars", 0, 0, get_invalid_in_name, "static char[] GetInvalidFileNameChars()"),
    ROW_STATIC_CALL("GetInvalidPathChars", 0, 0, get_invalid_in_path, "static char[] GetInvalidPathChars()"),
    ROW_STATIC_CALL("GetRandomFileName", 0, 0, get_random_name, "static string GetRandomFileName()"),
    ROW_STATIC_CALL("GetRelativePath", 2, 2, get_relative, "static string GetRelativePath(string relativeTo, string path)"),
    ROW_STATIC_CALL("GetTempFileName", 0, 0, get_temporary_file, "static string GetTempFileName()"),
    ROW_STATIC_CALL("GetTempPath", 0, 0, get_temporary_folder, "static string GetTempPath()"),
    ROW_STATIC_CALL("HasExtension", 1, 1, has_extension, "static bool HasExtension(string path)"),
    ROW_STATIC_CALL("IsPathFullyQualified", 1, 1, is_rooted, "static bool IsPathFullyQualified(string path)"),
    ROW_STATIC_CALL("IsPathRooted", 1, 1, is_rooted, "static bool IsPathRooted(string path)"),
    ROW_STATIC_CALL("Join", 1, -1, join, "static string Join(string path1, string path2)"),
};
const struct member_table path_member_table = TABLE_OF(rows);
