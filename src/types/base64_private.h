/* Base64 as .NET writes and reads it. Nothing is raised. */
#ifndef M365SH_TYPES_BASE64_PRIVATE_H
#define M365SH_TYPES_BASE64_PRIVATE_H

#include "m365sh/base/bytes.h"

/* `lines`: a line end after every 76 characters. */
void base64_add(struct bytes *out, const void *data, size_t length, bool lines);
/* White space is skipped. False: other characters, or a wrong length. */
bool base64_read(struct text text, struct bytes *out);

#endif
