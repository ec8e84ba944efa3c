/* Files as wholes. Paths are NUL-ended and given to the system as they are. */
#ifndef M365SH_BASE_FILE_H
#define M365SH_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"

/* Appends the whole file to `out`; FAULT_LIMIT beyond `limit` bytes. */
enum status file_read(const char *path, size_t limit, struct bytes *out, struct fault *fault);
enum status file_read_descriptor(int descriptor, size_t limit, struct bytes *out, struct fault *fault);
/* Writes to a temporary file beside it, flushes, renames over it, flushes the folder: old or new, never half. */
enum status file_replace(const char *path, const void *data, size_t length, unsigned mode, struct fault *fault);
enum status file_append(const char *path, const void *data, size_t length, unsigned mode, struct fault *fault);
/* All of it, in spite of short writes and EINTR; FAULT_CLOSED when the reader has gone. */
enum status file_write_descriptor(int descriptor, const void *data, size_t length, struct fault *fault);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
enum status file_make_folders(const char *path, unsigned mode, struct fault *fault); /* parents too; fine if there */

#endif
