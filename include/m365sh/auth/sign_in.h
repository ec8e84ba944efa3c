/* Getting and keeping a token: device code, client secret, a token passed in, refresh. Failures are raised with ids
 * that begin with "SignIn." (the program's exit code 3); secrets travel only over https, to this machine, or by socket. */
#ifndef M365SH_AUTH_SIGN_IN_H
#define M365SH_AUTH_SIGN_IN_H

#include "m365sh/auth/account.h"
#include "m365sh/net/transfer.h"
#include "m365sh/value/realm.h"

/* A bearer token that is good for some minutes yet; refreshed ahead of time or when `fresh` demands a new one.
 * Borrowed until the next call. *renewed (may be NULL) tells the caller to store the profile again. */
enum status sign_in_token(struct realm *realm, struct net *net, struct account *account, bool fresh, struct text *token, bool *renewed);

/* Shows a person where to go and which code to type; called once per sign-in. */
struct sign_in_prompt {
    void (*show)(void *context, struct text address, struct text code);
    void *context;
};
/* scopes: blank-separated; Graph's short names are completed with the endpoint. Waits until the person is done. */
enum status sign_in_device(struct realm *realm, struct net *net, struct account *account, struct text scopes, const struct sign_in_prompt *prompt);
/* Reads who, which tenant and which scopes from the token, for display. */
void sign_in_read_claims(struct realm *realm, struct account *account);

#endif
