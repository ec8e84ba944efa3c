/* SHA-256 (FIPS 180-4), its HMAC and base64url: enough to sign what the practice tenant hands out. */
#ifndef M365SH_TENANT_SHA256_PRIVATE_H
#define M365SH_TENANT_SHA256_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

void sha256_digest(struct text text, uint8_t out[32]);
void sha256_hmac(struct text key, struct text text, uint8_t out[32]);
void sha256_add_base64url(struct bytes *out, struct text data);          /* without padding */
bool sha256_read_base64url(struct text text, struct bytes *out);         /* padding and the + / alphabet are accepted */
bool sha256_same(const void *a, const void *b, size_t length);           /* in constant time */
#endif
