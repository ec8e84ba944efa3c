#include "text_reader_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/file.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/utf8.h"

#define BLOCK_BYTES 65536

struct text_reader {
    int file;               /* -1: all is in the buffer */
    struct bytes buffer;
    struct text whole;      /* what is to be read: the buffer, or another's text */
    size_t at;
    bool ended;             /* the last line had a line end */
    int failure;            /* errno */
    struct bytes mended;    /* a line that was not valid UTF-8 */
};

static bool fill(struct text_reader *reader) {
    if (reader->file < 0 || interrupt_pending()) return false;
    if (reader->at) bytes_remove(&reader->buffer, 0, reader->at);
    reader->at = 0;
    bytes_reserve(&reader->buffer, BLOCK_BYTES);
    ssize_t count;
    do count = read(reader->file, reader->buffer.data + reader->buffer.length, BLOCK_BYTES);
    while (count < 0 && errno == EINTR && !interrupt_pending());
    if (count < 0) reader->failure = errno;
    if (count > 0) reader->buffer.length += (size_t)count;
    reader->whole = text_make(reader->buffer.data, reader->buffer.length);
    if (count > 0) return true;
    close(reader->file);
    reader->file = -1;
    return false;
}

/* Another encoding than UTF-8: read and decode at once. */
static void read_all(struct text_reader *reader, enum file_encoding encoding) {
    while (fill(reader)) {}
    struct bytes decoded = {0};
    encoding_decode(&decoded, reader->whole, encoding);
    bytes_free(&reader->buffer);
    reader->buffer = decoded;
    reader->whole = bytes_text(&decoded);
}

struct text_reader *text_reader_open(const char *path, enum file_encoding encoding, struct fault *fault) {
    struct stat seen;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0 && fstat(file, &seen) == 0 && S_ISDIR(seen.st_mode)) {
        close(file);
        file = -1;
        errno = EISDIR;
    }
    if (file < 0) {
        fault_set(fault, fault_kind_of_errno(errno), errno, "%s cannot be read: %s", path, strerror(errno));
        return NULL;
    }
    struct text_reader *reader = ALLOC_NEW(struct text_reader);
    reader->file = file;
    fill(reader);
    if (!encoding_is_plain(reader->whole, encoding)) read_all(reader, encoding);
    else if (text_starts(reader->whole, encoding_mark(FILE_UTF8_MARK))) reader->at = 3;
    return reader;
}

struct text_reader *text_reader_over(struct text text) {
    struct text_reader *reader = ALLOC_NEW(struct text_reader);
    reader->file = -1;
    reader->whole = text;
    return reader;
}

/* Where the line from `at` ends: TEXT_NOT_FOUND when more must be read first. A CR at the end of what is there waits. */
static size_t line_end(const struct text_reader *reader, size_t from) {
    struct text whole = reader->whole;
    size_t end = text_find_byte(whole, '\n', from);
    size_t before = end == TEXT_NOT_FOUND ? whole.length : end;
    const char *single = memchr(whole.start + from, '\r', before - from);
    if (single && (size_t)(single - whole.start) + 1 == whole.length && reader->file >= 0) return TEXT_NOT_FOUND;
    return single ? (size_t)(single - whole.start) : end;
}

static struct text mend(struct text_reader *reader, struct text line) {
    if (utf8_is_ascii(line) || utf8_is_valid(line)) return line;
    bytes_clear(&reader->mended);
    encoding_decode(&reader->mended, line, FILE_UTF8);
    return bytes_text(&reader->mended);
}

bool text_reader_line(struct text_reader *reader, struct text *line) {
    size_t looked = 0, end;
    reader->ended = false;
    if (reader->at >= reader->whole.length && !fill(reader)) return false;
    while ((end = line_end(reader, reader->at + looked)) == TEXT_NOT_FOUND) {
        looked = reader->whole.length - reader->at;
        if (looked && reader->whole.start[reader->whole.length - 1] == '\r') looked--;
        if (!fill(reader) && (end = line_end(reader, reader->at + looked)) == TEXT_NOT_FOUND) {
            *line = mend(reader, text_slice(reader->whole, reader->at, reader->whole.length));
            reader->at = reader->whole.length;
            return true;
        }
    }
    *line = mend(reader, text_slice(reader->whole, reader->at, end - reader->at));
    bool both = reader->whole.start[end] == '\r' && end + 1 < reader->whole.length && reader->whole.start[end + 1] == '\n';
    reader->at = end + (both ? 2 : 1);
    reader->ended = true;
    return true;
}

bool text_reader_part(struct text_reader *reader, struct text delimiter, struct text *part) {
    size_t end;
    reader->ended = false;
    if (!delimiter.length) return text_reader_line(reader, part);
    if (reader->at >= reader->whole.length && !fill(reader)) return false;
    while ((end = text_find(reader->whole, delimiter, reader->at)) == TEXT_NOT_FOUND) {
        if (fill(reader)) continue;
        end = text_find(reader->whole, delimiter, reader->at);
        break;
    }
    reader->ended = end != TEXT_NOT_FOUND;
    if (!reader->ended) end = reader->whole.length;
    *part = mend(reader, text_slice(reader->whole, reader->at, end - reader->at));
    reader->at = end + (reader->ended ? delimiter.length : 0);
    return true;
}

struct text text_reader_rest(const struct text_reader *reader) { return text_slice(reader->whole, reader->at, reader->whole.length); }
bool text_reader_fill(struct text_reader *reader) { return fill(reader); }
void text_reader_take(struct text_reader *reader, size_t length) { reader->at += length; }
bool text_reader_ended(const struct text_reader *reader) { return reader->ended; }

bool text_reader_failed(const struct text_reader *reader, struct fault *fault) {
    if (!reader->failure) return false;
    fault_set(fault, fault_kind_of_errno(reader->failure), reader->failure, "Reading failed: %s", strerror(reader->failure));
    return true;
}

void text_reader_free(struct text_reader *reader) {
    if (!reader) return;
    if (reader->file >= 0) close(reader->file);
    bytes_free(&reader->buffer);
    bytes_free(&reader->mended);
    alloc_free(reader);
}
