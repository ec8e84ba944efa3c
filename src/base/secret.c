#include "m365sh/base/secret.h"

#include "m365sh/base/alloc.h"

struct secret {
    size_t length;
    char data[];
};

struct secret *secret_new(struct text text) {
    struct secret *secret = alloc_zeroed(1, sizeof *secret + text.length + 1);
    secret->length = text.length;
    if (text.length) memcpy(secret->data, text.start, text.length);
    return secret;
}

void secret_free(struct secret *secret) {
    if (!secret) return;
    secret_wipe(secret->data, secret->length);
    alloc_free(secret);
}

struct text secret_reveal(const struct secret *secret) {
    return text_make(secret->data, secret->length);
}

void secret_wipe(void *data, size_t length) {
    if (length) explicit_bzero(data, length);
}
