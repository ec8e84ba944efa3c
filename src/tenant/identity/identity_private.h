/* The sign-in service: what the files of this folder share. Answers have the shape of Microsoft's identity platform. */
#ifndef M365SH_TENANT_IDENTITY_PRIVATE_H
#define M365SH_TENANT_IDENTITY_PRIVATE_H

#include "exchange_private.h"

/* A value of the form body (or, for GET, of the query); decoded, in the arena, empty if absent. */
struct text form_value(struct exchange *exchange, const char *name);

/* error, AADSTS number and sentence; 400 unless invalid_client. Returns false. */
bool identity_error(struct exchange *exchange, const char *error, int number, const char *format, ...) __attribute__((format(printf, 4, 5)));
bool identity_knows_client(struct exchange *exchange, struct text client);
/* Scopes as wished, cut to what the tenant's application may have: without offline_access and its like. */
struct text identity_scopes(struct exchange *exchange, struct text wished);
bool identity_wishes(struct text scopes, const char *name);

/* One row of the grants table. */
struct grant {
    struct text code, kind, client, scope, user, state, user_code, challenge, redirect, nonce;
    int64_t expires, polled;
};
void grant_add(struct exchange *exchange, const struct grant *grant);
bool grant_find(struct exchange *exchange, const char *kind, struct text code, struct grant *out); /* texts in the arena */
bool grant_find_user_code(struct exchange *exchange, struct text user_code, struct grant *out);
void grant_remove(struct exchange *exchange, struct text code);
void grant_set_state(struct exchange *exchange, struct text code, const char *state, struct text user);
int64_t identity_now(void); /* Unix seconds */
struct text identity_random(struct exchange *exchange, size_t bytes);
/* The id of the user who signs in: by principal name, or the administrator. Empty when there is none. */
struct text identity_user(struct exchange *exchange, struct text name);

void identity_token(struct exchange *exchange);
void identity_device_code(struct exchange *exchange);
void identity_device_page(struct exchange *exchange);
void identity_authorize(struct exchange *exchange);
void identity_discovery(struct exchange *exchange);
void identity_instance(struct exchange *exchange);
#endif
