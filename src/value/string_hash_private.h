/* A quick hash of text, eight bytes at a time, with or without case, and the equality that goes with it. Not for storing. */
#ifndef M365SH_VALUE_STRING_HASH_PRIVATE_H
#define M365SH_VALUE_STRING_HASH_PRIVATE_H

#include "m365sh/base/text.h"

uint32_t string_hash_text(struct text text, bool fold); /* never 0 */
bool string_equal_text(struct text a, struct text b, bool fold);

#endif
