/* Text to bytes and back in the encodings that scripts name. Nothing is raised: what does not fit becomes ? or U+FFFD. */
#ifndef M365SH_TYPES_TEXT_ENCODING_PRIVATE_H
#define M365SH_TYPES_TEXT_ENCODING_PRIVATE_H

#include "m365sh/base/bytes.h"
#include "m365sh/value/value.h"

enum text_encoding {
    TEXT_UTF8, TEXT_ASCII, TEXT_UTF16, TEXT_UTF16_BIG, TEXT_UTF32, TEXT_UTF32_BIG, TEXT_LATIN1, TEXT_WINDOWS1252,
    TEXT_ENCODING_COUNT,
};
void text_encode(struct bytes *out, struct text text, enum text_encoding encoding);
void text_decode(struct bytes *out, struct text bytes, enum text_encoding encoding);
struct text text_encoding_preamble(enum text_encoding encoding);
/* By byte order mark; *skip is its length. `otherwise` when there is none. */
enum text_encoding text_encoding_detect(struct text bytes, enum text_encoding otherwise, size_t *skip);
/* The encoding of an Encoding object; *mark: it writes its preamble. False if v is none. */
bool text_encoding_of(struct realm *realm, struct value v, enum text_encoding *encoding, bool *mark);

#endif
