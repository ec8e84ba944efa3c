/* Access tokens: JWTs signed HS256 with the store's key, so that every process over one store honours them. Clients must
 * treat Graph's tokens as opaque; the claims are there to be looked at. */
#ifndef M365SH_TENANT_TOKEN_PRIVATE_H
#define M365SH_TENANT_TOKEN_PRIVATE_H

#include "exchange_private.h"

struct token_claims {
    bool application;
    struct text client, user, upn, name; /* user texts empty for an application */
    struct text permissions;             /* blanks between */
    struct text issuer, audience;
    int seconds;                         /* until it expires */
};

void token_add(const struct tenant *tenant, const struct token_claims *claims, struct bytes *out);
/* header.payload.signature around a payload that is ready */
void token_add_signed(const struct tenant *tenant, struct text payload, struct bytes *out);
/* Reads the Authorization header into exchange->principal. False: 401 is the reply. */
bool token_read(struct exchange *exchange);
/* A short signature over a text, for page links. */
void token_add_seal(const struct tenant *tenant, struct text text, struct bytes *out);
#endif
