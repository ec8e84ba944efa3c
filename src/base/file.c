#include "m365sh/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/path.h"

static enum status system_fault(struct fault *fault, const char *what, const char *path) {
    int code = errno;
    return fault_set(fault, fault_kind_of_errno(code), code, "%s %s: %s", what, path, strerror(code));
}

enum status file_read(const char *path, size_t limit, struct bytes *out, struct fault *fault) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return system_fault(fault, "cannot open", path);
    struct stat facts;
    if (fstat(descriptor, &facts) == 0) {
        if (S_ISDIR(facts.st_mode)) {
            close(descriptor);
            return fault_set(fault, FAULT_IS_FOLDER, EISDIR, "%s is a folder", path);
        }
        /* One more than the size, so that the end of the file is seen without growing. */
        if (facts.st_size > 0 && (uint64_t)facts.st_size <= limit) bytes_reserve(out, (size_t)facts.st_size + 1);
    }
    enum status status = file_read_descriptor(descriptor, limit, out, fault);
    close(descriptor);
    return status == STATUS_OK ? status : fault_prefix(fault, "%s", path);
}

enum status file_read_descriptor(int descriptor, size_t limit, struct bytes *out, struct fault *fault) {
    size_t before = out->length;
    for (;;) {
        if (out->capacity - out->length < 2) bytes_reserve(out, out->length < 32768 ? 32768 : out->length);
        ssize_t got = read(descriptor, out->data + out->length, out->capacity - out->length - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault_set(fault, fault_kind_of_errno(errno), errno, "cannot read: %s", strerror(errno));
        out->length += (size_t)got;
        out->data[out->length] = '\0';
        if (out->length - before > limit) return fault_set(fault, FAULT_LIMIT, 0, "more than %zu bytes", limit);
        if (got == 0) return STATUS_OK;
    }
}

enum status file_write_descriptor(int descriptor, const void *data, size_t length, struct fault *fault) {
    const char *next = data;
    while (length) {
        ssize_t written = write(descriptor, next, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return fault_set(fault, fault_kind_of_errno(errno), errno, "cannot write: %s", strerror(errno));
        next += written;
        length -= (size_t)written;
    }
    return STATUS_OK;
}

static enum status flush_folder_of(const char *path, struct fault *fault) {
    struct text parent = path_parent(text_of(path));
    char *folder = parent.length ? alloc_text(parent.start, parent.length) : alloc_text(".", 1);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum status status = STATUS_OK;
    /* Some file systems cannot flush a folder and say EINVAL: then there is nothing to do. */
    if (descriptor < 0 || (fsync(descriptor) < 0 && errno != EINVAL))
        status = system_fault(fault, "cannot flush the folder", folder);
    if (descriptor >= 0) close(descriptor);
    alloc_free(folder);
    return status;
}

static enum status write_and_flush(int descriptor, const char *path, const void *data, size_t length, unsigned mode,
                                   struct fault *fault) {
    enum status status = file_write_descriptor(descriptor, data, length, fault);
    if (status != STATUS_OK) return fault_prefix(fault, "%s", path);
    if (fchmod(descriptor, (mode_t)mode) < 0) return system_fault(fault, "cannot set the mode of", path);
    if (fsync(descriptor) < 0) return system_fault(fault, "cannot flush", path);
    return STATUS_OK;
}

enum status file_replace(const char *path, const void *data, size_t length, unsigned mode, struct fault *fault) {
    struct bytes temporary = {0};
    bytes_add_format(&temporary, "%s.XXXXXX", path);
    int descriptor = mkostemp(temporary.data, O_CLOEXEC);
    if (descriptor < 0) {
        bytes_free(&temporary);
        return system_fault(fault, "cannot write beside", path);
    }
    enum status status = write_and_flush(descriptor, path, data, length, mode, fault);
    close(descriptor);
    if (status == STATUS_OK && rename(temporary.data, path) < 0) status = system_fault(fault, "cannot replace", path);
    if (status != STATUS_OK) unlink(temporary.data);
    bytes_free(&temporary);
    return status == STATUS_OK ? flush_folder_of(path, fault) : status;
}

enum status file_append(const char *path, const void *data, size_t length, unsigned mode, struct fault *fault) {
    int descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0) return system_fault(fault, "cannot open", path);
    enum status status = file_write_descriptor(descriptor, data, length, fault);
    if (status != STATUS_OK) fault_prefix(fault, "%s", path);
    if (close(descriptor) < 0 && status == STATUS_OK) status = system_fault(fault, "cannot write", path);
    return status;
}

bool file_exists(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0;
}

bool file_is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

enum status file_make_folders(const char *path, unsigned mode, struct fault *fault) {
    struct bytes part = {0};
    enum status status = STATUS_OK;
    for (const char *at = path; status == STATUS_OK && *at;) {
        while (*at == '/') bytes_add_byte(&part, *at++);
        while (*at && *at != '/') bytes_add_byte(&part, *at++);
        if (mkdir(part.data, (mode_t)mode) == 0 || file_is_folder(part.data)) continue;
        status = system_fault(fault, "cannot make the folder", part.data);
    }
    bytes_free(&part);
    return status;
}
