/* Percent-encoding per part of a URL, after RFC 3986. Nothing here can fail. */
#ifndef M365SH_NET_PERCENT_H
#define M365SH_NET_PERCENT_H

#include "m365sh/base/bytes.h"

enum percent_part {
    PERCENT_SEGMENT,  /* one segment of a path: a slash is encoded; guests' names hold #EXT#, which must travel as %23 */
    PERCENT_QUERY,    /* the value of a query option */
    PERCENT_FORM,     /* application/x-www-form-urlencoded: everything but letters, digits and -._~ */
};
void percent_add(struct bytes *out, struct text text, enum percent_part part);
/* Adds the decoded text; a % that no two hex digits follow stays as it is. */
void percent_decode(struct bytes *out, struct text text);
/* Adds "name=value" in form encoding, with & before it when something is there. */
void percent_add_field(struct bytes *out, const char *name, struct text value);

#endif
