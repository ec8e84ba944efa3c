/* Parts of an absolute http or https URL, as views into its text. */
#ifndef M365SH_NET_URL_H
#define M365SH_NET_URL_H

#include "m365sh/base/text.h"

struct url {
    struct text scheme;      /* "https" */
    struct text authority;   /* host with port as written */
    struct text host;        /* without brackets of IPv6 */
    struct text port;        /* empty when not given */
    struct text path;        /* with the leading slash; may be empty */
    struct text query;       /* without the question mark */
};
bool url_read(struct text text, struct url *out); /* false: not absolute, not http(s), user names, control characters */
bool url_is_loopback(const struct url *url);      /* localhost, 127.0.0.0/8, ::1 */
/* May a secret travel there? https, or http to this machine. */
bool url_is_private(struct text text);
/* Same scheme, host and port: only then a token goes along to a next link. */
bool url_same_origin(struct text a, struct text b);

#endif
