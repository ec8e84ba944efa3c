/* [IO.File] and [IO.Directory]: files as wholes. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "argument_private.h"
#include "m365sh/types/file_info.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "text_encoding_private.h"

#define ROW_TYPE "System.IO.File"

static const char *exception_of(enum fault_kind kind) {
    switch (kind) {
        case FAULT_NOT_FOUND: return "System.IO.FileNotFoundException";
        case FAULT_DENIED: case FAULT_IS_FOLDER: return "System.UnauthorizedAccessException";
        case FAULT_NOT_FOLDER: return "System.IO.DirectoryNotFoundException";
        default: return "System.IO.IOException";
    }
}

static enum status raise_fault(struct realm *realm, const char *method, uint32_t count, struct fault *fault) {
    enum status status = member_raise(realm, method, count, exception_of(fault->kind), "%s", fault->message ? fault->message : "The file cannot be used.");
    fault_clear(fault);
    return status;
}

static enum status raise_errno(struct realm *realm, const char *method, uint32_t count, const char *path) {
    struct fault fault = {0};
    int code = errno;
    fault_set(&fault, fault_kind_of_errno(code), code, "\"%s\": %s.", path, strerror(code));
    return raise_fault(realm, method, count, &fault);
}

/* What a call names: the path, and the encoding where the last argument is one. */
static enum status read_path(struct realm *realm, const char *method, struct value argument, struct value *path) {
    TRY(member_argument_text(realm, method, argument, path));
    if (string_text(*path).length) return STATUS_OK;
    value_release(*path);
    return member_raise(realm, method, 1, "System.ArgumentException", "The path is empty.");
}

static enum status read_whole(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, struct bytes *bytes) {
    struct value path;
    struct fault fault = {0};
    TRY(read_path(realm, method, arguments[0], &path));
    enum status status = file_read(string_chars(path), LIMIT_TEXT_BYTES, bytes, &fault);
    value_release(path);
    if (status == STATUS_OK) return status;
    bytes_free(bytes);
    return raise_fault(realm, method, count, &fault);
}

static enum status read_text(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, struct bytes *text) {
    struct bytes bytes = {0};
    enum text_encoding encoding = TEXT_UTF8;
    bool mark;
    size_t skip;
    TRY(read_whole(realm, method, arguments, count, &bytes));
    if (count > 1) text_encoding_of(realm, arguments[1], &encoding, &mark);
    encoding = text_encoding_detect(bytes_text(&bytes), encoding, &skip);
    text_decode(text, text_slice(bytes_text(&bytes), skip, bytes.length), encoding);
    bytes_free(&bytes);
    return STATUS_OK;
}

MEMBER(read_all_text) {
    struct bytes text = {0};
    TRY(read_text(realm, "ReadAllText", arguments, count, &text));
    return argument_give_bytes(out, &text);
}

MEMBER(read_all_lines) {
    struct bytes text = {0};
    TRY(read_text(realm, "ReadAllLines", arguments, count, &text));
    struct value lines = argument_new_array(realm, "System.String", 16);
    struct text rest = bytes_text(&text);
    while (rest.length) {
        size_t end = 0;
        while (end < rest.length && rest.start[end] != '\n' && rest.start[end] != '\r') end++;
        array_push_take(lines, string_new(text_slice(rest, 0, end)));
        if (end + 1 < rest.length && rest.start[end] == '\r' && rest.start[end + 1] == '\n') end++;
        rest = text_slice(rest, end + 1, rest.length);
    }
    bytes_free(&text);
    return argument_give(out, lines);
}

MEMBER(read_all_bytes) {
    struct bytes bytes = {0};
    TRY(read_whole(realm, "ReadAllBytes", arguments, count, &bytes));
    *out = argument_byte_array(realm, bytes.data, bytes.length);
    bytes_free(&bytes);
    return STATUS_OK;
}

/* --- writing --- */
/* The folder must be there: the same exception as .NET's. */
static enum status write_bytes(struct realm *realm, const char *method, struct value path_argument, uint32_t count, struct text data, bool append) {
    struct value path;
    TRY(read_path(realm, method, path_argument, &path));
    FILE *file = fopen(string_chars(path), append ? "ab" : "wb");
    enum status status = STATUS_OK;
    if (!file) {
        bool folder = errno == ENOENT;
        if (folder) status = member_raise(realm, method, count, "System.IO.DirectoryNotFoundException", "There is no folder for \"%s\".", string_chars(path));
        else status = raise_errno(realm, method, count, string_chars(path));
    } else {
        bool good = fwrite(data.start, 1, data.length, file) == data.length;
        good = fclose(file) == 0 && good;
        if (!good) status = raise_errno(realm, method, count, string_chars(path));
    }
    value_release(path);
    return status;
}

static enum status write_text(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, struct text text, bool append, struct value *out) {
    enum text_encoding encoding = TEXT_UTF8;
    bool mark = false;
    struct bytes bytes = {0};
    if (count > 2) text_encoding_of(realm, arguments[2], &encoding, &mark);
    if (mark && !append) bytes_add_text(&bytes, text_encoding_preamble(encoding));
    text_encode(&bytes, text, encoding);
    enum status status = write_bytes(realm, method, arguments[0], count, bytes_text(&bytes), append);
    bytes_free(&bytes);
    *out = value_void();
    return status;
}

static enum status write_one(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, bool append, struct value *out) {
    struct value text;
    TRY(member_argument_text(realm, method, arguments[1], &text));
    enum status status = write_text(realm, method, arguments, count, string_text(text), append, out);
    value_release(text);
    return status;
}

static enum status write_many(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, bool append, struct value *out) {
    struct enumeration it;
    struct value item;
    struct bytes text = {0};
    bool more;
    enum status status;
    enumeration_start(realm, &it, arguments[1]);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        convert_add_text(realm, &text, item);
        bytes_add_byte(&text, '\n');
    }
    enumeration_end(&it);
    if (status == STATUS_OK) status = write_text(realm, method, arguments, count, bytes_text(&text), append, out);
    bytes_free(&text);
    return status;
}

MEMBER(write_all_text) { return write_one(realm, "WriteAllText", arguments, count, false, out); }
MEMBER(append_all_text) { return write_one(realm, "AppendAllText", arguments, count, true, out); }
MEMBER(write_all_lines) { return write_many(realm, "WriteAllLines", arguments, count, false, out); }
MEMBER(append_all_lines) { return write_many(realm, "AppendAllLines", arguments, count, true, out); }

MEMBER(write_all_bytes) {
    struct bytes bytes = {0};
    enum status status = argument_bytes(realm, "WriteAllBytes", arguments[1], &bytes);
    if (status == STATUS_OK) status = write_bytes(realm, "WriteAllBytes", arguments[0], count, bytes_text(&bytes), false);
    bytes_free(&bytes);
    *out = value_void();
    return status;
}

/* --- files and folders as entries --- */
static enum status test_path(struct realm *realm, struct value argument, bool folder, struct value *out) {
    struct value path;
    struct stat entry;
    if (value_is_nothing(value_base(argument))) return argument_give(out, value_bool(false));
    TRY(member_argument_text(realm, "Exists", argument, &path));
    bool there = stat(string_chars(path), &entry) == 0 && S_ISDIR(entry.st_mode) == folder;
    value_release(path);
    return argument_give(out, value_bool(there));
}

MEMBER(file_exists_member) { return test_path(realm, arguments[0], false, out); }
MEMBER(folder_exists) { return test_path(realm, arguments[0], true, out); }

MEMBER(delete_file) {
    struct value path;
    TRY(read_path(realm, "Delete", arguments[0], &path));
    enum status status = STATUS_OK;
    if (unlink(string_chars(path)) != 0 && errno != ENOENT) status = raise_errno(realm, "Delete", count, string_chars(path));
    value_release(path);
    *out = value_void();
    return status;
}

static enum status two_paths(struct realm *realm, const char *method, const struct value *arguments, struct value *from, struct value *to) {
    TRY(read_path(realm, method, arguments[0], from));
    return read_path(realm, method, arguments[1], to);
}

static bool may_overwrite(const struct value *arguments, uint32_t count) {
    return count > 2 && value_truth(value_base(arguments[2]));
}

MEMBER(copy_file) {
    struct value from, to;
    struct bytes bytes = {0};
    struct fault fault = {0};
    TRY(two_paths(realm, "Copy", arguments, &from, &to));
    enum status status = STATUS_OK;
    if (file_exists(string_chars(to)) && !may_overwrite(arguments, count))
        status = member_raise(realm, "Copy", count, "System.IO.IOException", "\"%s\" is there already.", string_chars(to));
    else if (file_read(string_chars(from), LIMIT_TEXT_BYTES, &bytes, &fault) != STATUS_OK) status = raise_fault(realm, "Copy", count, &fault);
    else status = write_bytes(realm, "Copy", arguments[1], count, bytes_text(&bytes), false);
    bytes_free(&bytes);
    value_release(from);
    value_release(to);
    *out = value_void();
    return status;
}

MEMBER(move_entry) {
    struct value from, to;
    TRY(two_paths(realm, "Move", arguments, &from, &to));
    enum status status = STATUS_OK;
    if (file_exists(string_chars(to)) && !may_overwrite(arguments, count))
        status = member_raise(realm, "Move", count, "System.IO.IOException", "\"%s\" is there already.", string_chars(to));
    else if (rename(string_chars(from), string_chars(to)) != 0) status = raise_errno(realm, "Move", count, string_chars(from));
    value_release(from);
    value_release(to);
    *out = value_void();
    return status;
}

static enum status give_time(struct realm *realm, const char *method, struct value argument, bool universal, struct value *out) {
    struct value path;
    struct stat entry;
    TRY(read_path(realm, method, argument, &path));
    int64_t ticks = 504911232000000000LL; /* 1601-01-01 for what is not there */
    if (stat(string_chars(path), &entry) == 0) ticks = calendar_from_unix(entry.st_mtim.tv_sec, (int32_t)entry.st_mtim.tv_nsec);
    value_release(path);
    if (!universal) ticks += calendar_offset_at(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    return argument_give(out, value_datetime(ticks, universal ? 1 : 2));
}

MEMBER(get_write_time) { return give_time(realm, "GetLastWriteTime", arguments[0], false, out); }
MEMBER(get_write_time_universal) { return give_time(realm, "GetLastWriteTimeUtc", arguments[0], true, out); }

MEMBER(create_folder) {
    struct value path;
    struct fault fault = {0};
    TRY(read_path(realm, "CreateDirectory", arguments[0], &path));
    enum status status = file_make_folders(string_chars(path), 0777, &fault);
    if (status != STATUS_OK) status = raise_fault(realm, "CreateDirectory", count, &fault);
    else *out = file_info_new(realm, string_text(path), FILE_INFO_FOLDER);
    value_release(path);
    return status;
}

static enum status set_time(struct realm *realm, const char *method, const struct value *arguments, bool universal, struct value *out) {
    struct value path, date;
    int32_t nanoseconds;
    TRY(read_path(realm, method, arguments[0], &path));
    enum status status = convert_to(realm, arguments[1], type_of_kind(realm, VALUE_DATETIME), &date);
    if (status == STATUS_OK) {
        int64_t ticks = date.integer;
        if (!universal && date.small != 1) ticks -= calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
        int64_t seconds = calendar_to_unix(ticks, &nanoseconds);
        struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)seconds, .tv_nsec = nanoseconds}};
        if (utimensat(AT_FDCWD, string_chars(path), times, 0) != 0) status = raise_errno(realm, method, 2, string_chars(path));
    }
    value_release(path);
    *out = value_void();
    return status;
}

MEMBER(set_write_time) { return set_time(realm, "SetLastWriteTime", arguments, false, out); }
MEMBER(set_write_time_universal) { return set_time(realm, "SetLastWriteTimeUtc", arguments, true, out); }

MEMBER(open_text) {
    return member_construct(realm, type_known(realm, "System.IO.StreamReader"), arguments, 1, out);
}

/* Depth-first; false with errno when something cannot be removed. */
static bool remove_tree(const char *path, int depth) {
    DIR *folder = depth < 200 ? opendir(path) : NULL;
    if (!folder) return unlink(path) == 0;
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        struct bytes child = {0};
        struct stat status;
        bytes_add_format(&child, "%s/%s", path, entry->d_name);
        good = lstat(child.data, &status) == 0 && (S_ISDIR(status.st_mode) ? remove_tree(child.data, depth + 1) : unlink(child.data) == 0);
        bytes_free(&child);
    }
    closedir(folder);
    return good && rmdir(path) == 0;
}

MEMBER(delete_folder) {
    struct value path;
    TRY(read_path(realm, "Delete", arguments[0], &path));
    bool whole = count > 1 && value_truth(value_base(arguments[1]));
    bool good = whole ? remove_tree(string_chars(path), 0) : rmdir(string_chars(path)) == 0;
    enum status status = STATUS_OK;
    if (!good && errno == ENOENT) status = member_raise(realm, "Delete", count, "System.IO.DirectoryNotFoundException", "There is no folder \"%s\".", string_chars(path));
    else if (!good) status = raise_errno(realm, "Delete", count, string_chars(path));
    value_release(path);
    *out = value_void();
    return status;
}

/* .NET's file patterns: * and ? only. */
static bool name_matches(struct text pattern, struct text name) {
    size_t p = 0, n = 0, star = TEXT_NOT_FOUND, mark = 0;
    while (n < name.length) {
        if (p < pattern.length && (pattern.start[p] == '?' || pattern.start[p] == name.start[n])) p++, n++;
        else if (p < pattern.length && pattern.start[p] == '*') star = p++, mark = n;
        else if (star != TEXT_NOT_FOUND) p = star + 1, n = ++mark;
        else return false;
    }
    while (p < pattern.length && pattern.start[p] == '*') p++;
    return p == pattern.length;
}

enum { LIST_FILES = 1, LIST_FOLDERS = 2 };

static bool list_folder(const char *path, struct text pattern, int kinds, bool below, struct value list, int depth) {
    DIR *folder = depth < 200 ? opendir(path) : NULL;
    if (!folder) return false;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        struct bytes child = {0};
        struct stat status;
        bytes_add_format(&child, text_ends(text_of(path), TEXT("/")) ? "%s%s" : "%s/%s", path, entry->d_name);
        bool is_folder = stat(child.data, &status) == 0 && S_ISDIR(status.st_mode);
        if ((kinds & (is_folder ? LIST_FOLDERS : LIST_FILES)) && name_matches(pattern, text_of(entry->d_name)))
            array_push_take(list, string_from_bytes(&child));
        if (is_folder && below) list_folder(child.data, pattern, kinds, below, list, depth + 1);
        bytes_free(&child);
    }
    closedir(folder);
    return true;
}

static enum status give_entries(struct realm *realm, const char *method, int kinds, const struct value *arguments, uint32_t count, struct value *out) {
    struct value path, pattern = VALUE_UNSET_INIT;
    int64_t option = 0;
    TRY(read_path(realm, method, arguments[0], &path));
    if (count > 1) TRY(member_argument_text(realm, method, arguments[1], &pattern));
    if (count > 2) TRY(argument_enum(realm, method, arguments[2], "System.IO.SearchOption", &option));
    *out = argument_new_array(realm, "System.String", 8);
    struct text wanted = count > 1 ? string_text(pattern) : TEXT("*");
    if (text_equal(wanted, TEXT("*.*"))) wanted = TEXT("*");
    enum status status = STATUS_OK;
    if (!list_folder(string_chars(path), wanted, kinds, option == 1, *out, 0)) {
        value_release(*out);
        status = member_raise(realm, method, count, "System.IO.DirectoryNotFoundException", "There is no folder \"%s\".", string_chars(path));
    }
    value_release(path);
    value_release(pattern);
    return status;
}

MEMBER(get_files) { return give_entries(realm, "GetFiles", LIST_FILES, arguments, count, out); }
MEMBER(get_folders) { return give_entries(realm, "GetDirectories", LIST_FOLDERS, arguments, count, out); }
MEMBER(get_entries) { return give_entries(realm, "GetFileSystemEntries", LIST_FILES | LIST_FOLDERS, arguments, count, out); }

MEMBER(get_current) {
    char path[4096];
    return argument_give(out, string_of(getcwd(path, sizeof path) ? path : "/"));
}

static const struct member_row rows[] = {
    ROW_STATIC_CALL("AppendAllLines", 2, 3, append_all_lines, "static void AppendAllLines(string path, System.Collections.Generic.IEnumerable[string] contents)"),
    ROW_STATIC_CALL("AppendAllText", 2, 3, append_all_text, "static void AppendAllText(string path, string contents)"),
    ROW_STATIC_CALL("Copy", 2, 3, copy_file, "static void Copy(string sourceFileName, string destFileName, bool overwrite)"),
    ROW_STATIC_CALL("Delete", 1, 1, delete_file, "static void Delete(string path)"),
    ROW_STATIC_CALL("Exists", 1, 1, file_exists_member, "static bool Exists(string path)"),
    ROW_STATIC_CALL("GetCreationTime", 1, 1, get_write_time, "static datetime GetCreationTime(string path)"),
    ROW_STATIC_CALL("GetLastWriteTime", 1, 1, get_write_time, "static datetime GetLastWriteTime(string path)"),
    ROW_STATIC_CALL("GetLastWriteTimeUtc", 1, 1, get_write_time_universal, "static datetime GetLastWriteTimeUtc(string path)"),
    ROW_STATIC_CALL("Move", 2, 3, move_entry, "static void Move(string sourceFileName, string destFileName)"),
    ROW_STATIC_CALL("OpenText", 1, 1, open_text, "static System.IO.StreamReader OpenText(string path)"),
    ROW_STATIC_CALL("SetLastWriteTime", 2, 2, set_write_time, "static void SetLastWriteTime(string path, datetime lastWriteTime)"),
    ROW_STATIC_CALL("SetLastWriteTimeUtc", 2, 2, set_write_time_universal, "static void SetLastWriteTimeUtc(string path, datetime lastWriteTimeUtc)"),
    ROW_STATIC_CALL("ReadAllBytes", 1, 1, read_all_bytes, "static byte[] ReadAllBytes(string path)"),
    ROW_STATIC_CALL("ReadAllLines", 1, 2, read_all_lines, "static string[] ReadAllLines(string path)"),
    ROW_STATIC_CALL("ReadAllText", 1, 2, read_all_text, "static string ReadAllText(string path)"),
    ROW_STATIC_CALL("ReadLines", 1, 2, read_all_lines, "static System.Collections.Generic.IEnumerable[string] ReadLines(string path)"),
    ROW_STATIC_CALL("WriteAllBytes", 2, 2, write_all_bytes, "static void WriteAllBytes(string path, byte[] bytes)"),
    ROW_STATIC_CALL("WriteAllLines", 2, 3, write_all_lines, "static void WriteAllLines(string path, string[] contents)"),
    ROW_STATIC_CALL("WriteAllText", 2, 3, write_all_text, "static void WriteAllText(string path, string contents)"),
#undef ROW_TYPE
#define ROW_TYPE "System.IO.Directory"
    ROW_STATIC_CALL("CreateDirectory", 1, 1, create_folder, "static System.IO.DirectoryInfo CreateDirectory(string path)"),
    ROW_STATIC_CALL("Delete", 1, 2, delete_folder, "static void Delete(string path, bool recursive)"),
    ROW_STATIC_CALL("EnumerateDirectories", 1, 3, get_folders, "static System.Collections.Generic.IEnumerable[string] EnumerateDirectories(string path)"),
    ROW_STATIC_CALL("EnumerateFiles", 1, 3, get_files, "static System.Collections.Generic.IEnumerable[string] EnumerateFiles(string path)"),
    ROW_STATIC_CALL("Exists", 1, 1, folder_exists, "static bool Exists(string path)"),
    ROW_STATIC_CALL("GetCurrentDirectory", 0, 0, get_current, "static string GetCurrentDirectory()"),
    ROW_STATIC_CALL("GetDirectories", 1, 3, get_folders, "static string[] GetDirectories(string path)"),
    ROW_STATIC_CALL("GetFileSystemEntries", 1, 3, get_entries, "static string[] GetFileSystemEntries(string path)"),
    ROW_STATIC_CALL("GetFiles", 1, 3, get_files, "static string[] GetFiles(string path)"),
    ROW_STATIC_CALL("GetLastWriteTime", 1, 1, get_write_time, "static datetime GetLastWriteTime(string path)"),
    ROW_STATIC_CALL("Move", 2, 2, move_entry, "static void Move(string sourceDirName, string destDirName)"),
};
const struct member_table file_member_table = TABLE_OF(rows);
