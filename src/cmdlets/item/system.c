/* Copying and removing on the file system. */
#include "item_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum status item_system_error(struct invocation *call, const char *id, struct text path, int code, const char *deed) {
    struct value target = string_new(path);
    bool denied = code == EACCES || code == EPERM;
    const char *exception = code == ENOENT || code == ENOTDIR ? "System.IO.DirectoryNotFoundException"
                            : code == ENXIO ? "System.IO.FileNotFoundException" /* what copying says when the source is gone */
                            : denied ? "System.UnauthorizedAccessException" : "System.IO.IOException";
    enum status status = invocation_error(call, exception, id, denied ? ERROR_PERMISSION_DENIED : ERROR_WRITE_ERROR, target,
                                          "'%s' cannot be %s: %s.", string_chars(target), deed, strerror(code));
    value_release(target);
    return status;
}

static int send_all(int from, int to) {
    for (;;) {
        ssize_t sent = sendfile(to, from, NULL, 1 << 20);
        if (sent > 0) continue;
        if (sent == 0) return 0;
        if (errno == EINTR) continue;
        if (errno != EINVAL && errno != ENOSYS) return errno;
        char block[65536];
        ssize_t count = read(from, block, sizeof block);
        if (count <= 0) return count < 0 ? errno : 0;
        for (ssize_t at = 0; at < count;) {
            ssize_t written = write(to, block + at, (size_t)(count - at));
            if (written < 0 && errno != EINTR) return errno;
            if (written > 0) at += written;
        }
    }
}

static int copy(const char *from, const char *to) {
    struct stat seen, there;
    int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0) return errno;
    if (fstat(source, &seen) == 0 && stat(to, &there) == 0 && seen.st_dev == there.st_dev && seen.st_ino == there.st_ino) {
        close(source);
        return EEXIST;
    }
    int target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, seen.st_mode & 0777);
    int code = target < 0 ? errno : send_all(source, target);
    if (target >= 0) {
        struct timespec times[2] = {seen.st_atim, seen.st_mtim}; /* a copy keeps the time of the last write */
        futimens(target, times);
        if (close(target) && !code) code = errno;
    }
    close(source);
    return code;
}

enum status item_copy_file(struct invocation *call, struct text from, struct text to) {
    struct value source = string_new(from), target = string_new(to);
    int code = copy(string_chars(source), string_chars(target));
    value_release(source);
    value_release(target);
    if (!code) return STATUS_OK;
    if (code != ENOENT || item_is_folder(DRIVE_FILES, path_parent(to))) code = code == ENOENT ? ENXIO : code;
    return item_system_error(call, code == EEXIST ? "CopyError" : "CopyFileInfoItemIOError", from, code, "copied");
}

static enum status remove_one(struct invocation *call, struct text path, bool folder, bool force) {
    struct value name = string_new(path);
    struct stat seen;
    enum status status = STATUS_OK;
    if (!folder && !force && lstat(string_chars(name), &seen) == 0 && S_ISREG(seen.st_mode) && !(seen.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH))) {
        status = invocation_error(call, "System.IO.IOException", "RemoveFileSystemItemUnAuthorizedAccess", ERROR_PERMISSION_DENIED, name,
                                  "'%s' is read-only. -Force removes it all the same.", string_chars(name));
    } else if (folder ? rmdir(string_chars(name)) : unlink(string_chars(name))) {
        status = item_system_error(call, errno == EACCES || errno == EPERM ? "RemoveFileSystemItemUnAuthorizedAccess" : "RemoveFileSystemItemIOError", path, errno, "removed");
    }
    value_release(name);
    return status;
}

/* Links are removed, never walked through. */
enum status item_remove_tree(struct invocation *call, struct text path, bool recurse, bool force) {
    struct value name = string_new(path);
    struct stat seen;
    bool folder = lstat(string_chars(name), &seen) == 0 && S_ISDIR(seen.st_mode);
    value_release(name);
    if (!folder || !recurse) return remove_one(call, path, folder, force);
    if (realm_stack_low(call->realm)) return invocation_throw(call, "System.InsufficientExecutionStackException", "CallDepthOverflow", ERROR_LIMITS_EXCEEDED, value_null(), "Folders lie too deep in each other.");
    struct item_folder inside;
    enum status status = item_read_folder(call, path, true, &inside);
    for (uint32_t i = 0; status == STATUS_OK && i < inside.count; i++) {
        struct bytes child = {0};
        path_join(path, inside.entries[i].name, &child);
        status = item_remove_tree(call, bytes_text(&child), true, force);
        bytes_free(&child);
    }
    item_folder_free(&inside);
    return status == STATUS_OK ? remove_one(call, path, true, force) : status;
}
