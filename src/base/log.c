#include "m365sh/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/file.h"
#include "m365sh/base/utf8.h"

struct log_file {
    int descriptor;
};

struct log_file *log_open(const char *path, struct fault *fault) {
    int descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        fault_set(fault, fault_kind_of_errno(errno), errno, "cannot open the log file %s: %m", path);
        return NULL;
    }
    struct log_file *log = ALLOC_NEW(struct log_file);
    log->descriptor = descriptor;
    return log;
}

void log_close(struct log_file *log) {
    if (!log) return;
    close(log->descriptor);
    alloc_free(log);
}

/* One write call a line: with O_APPEND the lines of several processes do not mix. */
void log_line(struct log_file *log, struct text json) {
    if (!log) return;
    struct bytes line = {0};
    bytes_add_text(&line, json);
    bytes_add_byte(&line, '\n');
    file_write_descriptor(log->descriptor, line.data, line.length, NULL);
    bytes_free(&line);
}

void log_add_json_text(struct bytes *out, struct text text) {
    bytes_add_byte(out, '"');
    for (size_t at = 0; at < text.length;) {
        uint32_t code_point = utf8_next(text, &at);
        switch (code_point) {
        case '"': bytes_add_string(out, "\\\""); break;
        case '\\': bytes_add_string(out, "\\\\"); break;
        case '\n': bytes_add_string(out, "\\n"); break;
        case '\r': bytes_add_string(out, "\\r"); break;
        case '\t': bytes_add_string(out, "\\t"); break;
        default:
            if (code_point < 32 || (code_point >= 0xd800 && code_point <= 0xdfff))
                bytes_add_format(out, "\\u%04x", (unsigned)code_point);
            else
                bytes_add_code_point(out, code_point);
        }
    }
    bytes_add_byte(out, '"');
}
