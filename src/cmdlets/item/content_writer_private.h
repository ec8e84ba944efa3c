/* Set-Content and Add-Content: what they share. Files are opened at the first value, or at the end when none came. */
#ifndef M365SH_CMDLETS_CONTENT_WRITER_PRIVATE_H
#define M365SH_CMDLETS_CONTENT_WRITER_PRIVATE_H

#include "item_rows_private.h"
#include "../encoding_private.h"

enum { CONTENT_PATH, CONTENT_LITERAL, CONTENT_VALUE, CONTENT_FILTER, CONTENT_INCLUDE, CONTENT_EXCLUDE, CONTENT_FORCE, CONTENT_PASS_THRU,
       CONTENT_NO_NEWLINE, CONTENT_ENCODING, CONTENT_AS_BYTES, CONTENT_STREAM };

#define CONTENT_ROWS(what)                                                                                                            \
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The file."},  \
    ROW_LITERAL,                                                                                                                      \
    {"Value", "object[]", 1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, what}, \
    ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE, ROW_FORCE("Writes to a read-only file too."),                                               \
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives what was written."},                                                 \
    {"NoNewline", "switch", -1, 0, NULL, NULL, NULL, NULL, "No line end behind each value."}, ROW_ENCODING,                           \
    {"AsByteStream", "switch", -1, 0, NULL, NULL, NULL, NULL, "Values are bytes."},                                                   \
    {"Stream", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted; files have one stream here."}

struct content_target { int file; enum item_drive drive; struct value path; };
struct content_state {
    struct content_target *targets;
    uint32_t count;
    struct bytes held;
    enum file_encoding encoding;
    bool open, append, dry;
    struct value collected;  /* for drives that are not files */
};
enum status content_begin(struct invocation *call, bool append);
enum status content_process(struct invocation *call);
enum status content_end(struct invocation *call);
void content_clean(struct invocation *call);

#endif
