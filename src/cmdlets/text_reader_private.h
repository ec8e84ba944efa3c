/* A file as lines, read in blocks, so that a large file never stands in memory as a whole (unless it is not UTF-8). */
#ifndef M365SH_CMDLETS_TEXT_READER_PRIVATE_H
#define M365SH_CMDLETS_TEXT_READER_PRIVATE_H

#include "encoding_private.h"
#include "m365sh/fault.h"

struct text_reader;
/* NULL with a fault when the file cannot be opened. */
struct text_reader *text_reader_open(const char *path, enum file_encoding encoding, struct fault *fault);
/* The same over text that is there already; borrowed until text_reader_free. */
struct text_reader *text_reader_over(struct text text);
/* The next line without its end (LF, CRLF or CR); borrowed until the next call. False at the end of the file, and when
 * reading fails: then text_reader_failed says why. */
bool text_reader_line(struct text_reader *reader, struct text *line);
/* The next part up to a delimiter that is not kept. */
bool text_reader_part(struct text_reader *reader, struct text delimiter, struct text *part);
/* For formats whose records span lines: what is there but not taken yet, more of it (false: there is no more), taking. */
struct text text_reader_rest(const struct text_reader *reader);
bool text_reader_fill(struct text_reader *reader);
void text_reader_take(struct text_reader *reader, size_t length);
/* Did the line that was read last end in a line end? */
bool text_reader_ended(const struct text_reader *reader);
bool text_reader_failed(const struct text_reader *reader, struct fault *fault);
void text_reader_free(struct text_reader *reader);

#endif
