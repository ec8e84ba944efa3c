/* What the files of this room share: one form posted to the sign-in service. */
#ifndef M365SH_AUTH_PRIVATE_H
#define M365SH_AUTH_PRIVATE_H

#include "m365sh/auth/sign_in.h"
#include "m365sh/base/bytes.h"

/* POST {login}/{tenant}/oauth2/v2.0/{leaf}; `form` is wiped. *answer is the JSON object (owned); raises when no usable answer came. */
enum status token_post(struct realm *realm, struct net *net, struct account *account, const char *leaf, struct bytes *form, struct value *answer);
struct text token_field(struct realm *realm, struct value answer, const char *name); /* borrowed; empty if none */
int64_t token_number(struct realm *realm, struct value answer, const char *name, int64_t fallback);
/* Raises what the answer's `error` means, in our words. */
enum status token_raise(struct realm *realm, struct account *account, struct value answer);
/* Takes access and refresh token and expiry from a good answer. */
enum status token_accept(struct realm *realm, struct account *account, struct value answer);
enum status token_by_secret(struct realm *realm, struct net *net, struct account *account);
enum status token_by_refresh(struct realm *realm, struct net *net, struct account *account);

#endif
