/* Encodings of files: what -Encoding takes, reading with byte order marks, writing. Text inside is UTF-8. */
#ifndef M365SH_CMDLETS_ENCODING_PRIVATE_H
#define M365SH_CMDLETS_ENCODING_PRIVATE_H

#include "cmdlet_private.h"

enum file_encoding { FILE_UTF8, FILE_UTF8_MARK, FILE_ASCII, FILE_UTF16, FILE_UTF16_BIG, FILE_UTF32, FILE_UTF32_BIG, FILE_LATIN1, FILE_ANSI };
/* Reads the parameter: a name, a code page or an Encoding object. Not given: UTF-8. Raises a transformation error. */
enum status encoding_argument(struct invocation *call, uint32_t parameter, enum file_encoding *out);
/* The mark a file of that encoding starts with; empty for most. */
struct text encoding_mark(enum file_encoding encoding);
void encoding_encode(struct bytes *out, struct text text, enum file_encoding encoding);
/* Bytes to UTF-8. A mark in `raw` tells the encoding and is taken off; else `encoding` holds. */
void encoding_decode(struct bytes *out, struct text raw, enum file_encoding encoding);
/* Is the text as it stands what encoding_decode would give (apart from a UTF-8 mark)? */
bool encoding_is_plain(struct text start, enum file_encoding encoding);

#endif
