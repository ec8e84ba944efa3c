/* Claims of an access token, for display only: a token is meant for the service, and nothing is decided by it. */
#ifndef M365SH_AUTH_JWT_H
#define M365SH_AUTH_JWT_H

#include "m365sh/base/bytes.h"
#include "m365sh/value/realm.h"

/* The claims as an object, VALUE_UNSET when it is not a JWT. Owned. */
struct value jwt_claims(struct realm *realm, struct text token);
bool jwt_decode_part(struct text part, struct bytes *out); /* base64url without padding */

#endif
