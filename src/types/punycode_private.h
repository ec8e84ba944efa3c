/* Host names in Unicode and in ASCII (RFC 3492, "xn--"): [System.Globalization.IdnMapping]. Nothing is raised. */
#ifndef M365SH_TYPES_PUNYCODE_PRIVATE_H
#define M365SH_TYPES_PUNYCODE_PRIVATE_H

#include "m365sh/base/bytes.h"

/* Each label of the name; letters to lower case. */
void punycode_add_ascii(struct bytes *out, struct text name);
/* False: a label is not what its prefix promises. */
bool punycode_add_unicode(struct bytes *out, struct text name);

#endif
