/* Profiles, one a tenant, in one file of mode 0600 below the configuration folder: who, where, and the tokens. Client
 * secrets are never stored. Damaged files count as empty; the next store replaces them. */
#ifndef M365SH_AUTH_TOKEN_STORE_H
#define M365SH_AUTH_TOKEN_STORE_H

#include "m365sh/auth/account.h"
#include "m365sh/value/realm.h"

/* The profile of that name; empty name: the current one. NULL if there is none. Owned. */
struct account *token_store_load(struct realm *realm, struct text name);
/* Adds or replaces the account's profile and makes it the current one. */
enum status token_store_save(struct realm *realm, const struct account *account, struct fault *fault);
/* Forgets the profile with its tokens; the practice tenant is current then. */
enum status token_store_forget(struct realm *realm, struct text name, struct fault *fault);

#endif
