/* A text with a name and its line starts. Counted: whoever keeps spans keeps the source (source_keep). */
#ifndef M365SH_SOURCE_SOURCE_H
#define M365SH_SOURCE_SOURCE_H

#include <stdint.h>
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

struct source;

/* A half-open range of bytes in a source. */
struct span {
    uint32_t start, end;
};
#define SPAN_NONE ((struct span){0, 0})

/* Copies both; a leading byte-order mark is dropped, UTF-16 with a mark is converted. Fails on LIMIT_SOURCE_BYTES.
 * `name` is what messages show: a path, or "" for text typed or given by -c. */
enum status source_new(struct text name, struct text content, struct source **out, struct fault *fault);
/* Reads a file. FAULT_INVALID when it holds NUL bytes and no mark: "is not text". */
enum status source_read(const char *path, struct source **out, struct fault *fault);
struct source *source_keep(struct source *source);
void source_release(struct source *source);
struct text source_name(const struct source *source);
struct text source_content(const struct source *source);   /* NUL-ended as well */
struct text source_slice(const struct source *source, struct span span);
/* Line from 1; column from 1 in UTF-16 units, as PowerShell's extents count. */
void source_position(const struct source *source, uint32_t offset, uint32_t *line, uint32_t *column);
struct text source_line(const struct source *source, uint32_t line); /* without its end */
uint32_t source_line_count(const struct source *source);

#endif
