/* Percent and HTML escapes, as System.Uri, HttpUtility and WebUtility write and read them. Nothing fails. */
#ifndef M365SH_TYPES_ESCAPE_TEXT_PRIVATE_H
#define M365SH_TYPES_ESCAPE_TEXT_PRIVATE_H

#include "m365sh/base/bytes.h"

/* Letters and digits stay, and those of `safe`; a blank becomes + if plus. */
void escape_percent(struct bytes *out, struct text text, const char *safe, bool upper, bool plus);
/* %XX to bytes; + to a blank if plus. `keep`: escapes of these characters stay. */
void escape_read_percent(struct bytes *out, struct text text, const char *keep, bool plus);
/* < > & " and ', and (latin) 160 to 255 as numbers. */
void escape_html(struct bytes *out, struct text text, bool latin);
void escape_read_html(struct bytes *out, struct text text);

#endif
