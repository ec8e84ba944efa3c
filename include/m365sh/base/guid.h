/* A GUID as 16 bytes in the order of its text form. */
#ifndef M365SH_BASE_GUID_H
#define M365SH_BASE_GUID_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

struct guid { uint8_t bytes[16]; };
bool guid_read(struct text text, struct guid *out);       /* forms D, N, B, P */
void guid_add(struct bytes *out, const struct guid *guid, char form); /* 'D' dashes, 'N' none, 'B' braces, 'P' parentheses; lower case */

#endif
