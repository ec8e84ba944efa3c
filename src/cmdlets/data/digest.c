#include "digest_private.h"

#include <errno.h>
#include <openssl/evp.h>
#include <unistd.h>
#include "m365sh/base/library.h"

#define FUNCTIONS(F) F(EVP_get_digestbyname) F(EVP_MD_CTX_new) F(EVP_MD_CTX_free) F(EVP_DigestInit_ex) F(EVP_DigestUpdate) F(EVP_DigestFinal_ex)

struct crypto {
#define F(name) __typeof__(&name) name;
    FUNCTIONS(F)
#undef F
};

static enum status load(struct crypto *crypto, struct fault *fault) {
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", NULL};
    const struct library_symbol symbols[] = {
#define F(name) {#name, (void **)&crypto->name},
        FUNCTIONS(F)
#undef F
    };
    return library_load(names, "libssl3", symbols, sizeof symbols / sizeof *symbols, fault);
}

struct source { struct text text; int descriptor; };

static enum status feed(struct crypto *crypto, EVP_MD_CTX *context, const struct source *source, struct fault *fault) {
    if (source->descriptor < 0) {
        crypto->EVP_DigestUpdate(context, source->text.start, source->text.length);
        return STATUS_OK;
    }
    char block[65536];
    for (;;) {
        ssize_t count = read(source->descriptor, block, sizeof block);
        if (count == 0) return STATUS_OK;
        if (count > 0) crypto->EVP_DigestUpdate(context, block, (size_t)count);
        else if (errno != EINTR) return fault_set(fault, FAULT_IO, errno, "Reading failed.");
    }
}

static enum status compute(const char *algorithm, const struct source *source, struct digest *out, struct fault *fault) {
    struct crypto crypto;
    if (load(&crypto, fault) != STATUS_OK) return STATUS_ERROR;
    const EVP_MD *kind = crypto.EVP_get_digestbyname(algorithm);
    if (!kind) return fault_set(fault, FAULT_INVALID, 0, "There is no algorithm %s.", algorithm);
    EVP_MD_CTX *context = crypto.EVP_MD_CTX_new();
    crypto.EVP_DigestInit_ex(context, kind, NULL);
    enum status status = feed(&crypto, context, source, fault);
    crypto.EVP_DigestFinal_ex(context, out->bytes, &out->length);
    crypto.EVP_MD_CTX_free(context);
    return status;
}

enum status digest_of_file(const char *algorithm, int descriptor, struct digest *out, struct fault *fault) {
    struct source source = {.descriptor = descriptor};
    return compute(algorithm, &source, out, fault);
}

enum status digest_of_text(const char *algorithm, struct text text, struct digest *out, struct fault *fault) {
    struct source source = {.text = text, .descriptor = -1};
    return compute(algorithm, &source, out, fault);
}
