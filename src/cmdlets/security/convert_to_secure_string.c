#include "../cmdlet_private.h"

#include "m365sh/types/secure_value.h"

enum { TEXT_GIVEN, AS_PLAIN, FORCE, KEY, SECURE_KEY };

static const struct parameter_row parameter_rows[] = {
    {"String", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_SECRET, NULL, NULL, NULL, NULL, "The text, or what ConvertFrom-SecureString gave."},
    {"AsPlainText", "switch", 1, 0, NULL, NULL, NULL, NULL, "The text is the secret as it is."},
    {"Force", "switch", 2, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Key", "byte[]", -1, PARAMETER_SECRET, NULL, NULL, NULL, NULL, "There is no encryption with keys here."},
    {"SecureKey", "object", -1, PARAMETER_SECRET, NULL, NULL, NULL, NULL, "There is no encryption with keys here."},
};

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

/* Hexadecimal of UTF-16, low byte first: what ConvertFrom-SecureString writes where the system has no secret of its own. */
static bool read_hex(struct text text, struct bytes *out) {
    if (text.length % 4) return false;
    for (size_t i = 0; i + 3 < text.length; i += 4) {
        int digits[4];
        for (int k = 0; k < 4; k++)
            if ((digits[k] = digit(text.start[i + (size_t)k])) < 0) return false;
        uint32_t unit = (uint32_t)(digits[0] * 16 + digits[1] + 256 * (digits[2] * 16 + digits[3]));
        bytes_add_code_point(out, unit);
    }
    return true;
}

static enum status process(struct invocation *call) {
    struct text text = invocation_text(call, TEXT_GIVEN);
    if (invocation_has(call, KEY) || invocation_has(call, SECURE_KEY))
        return invocation_throw(call, "System.NotSupportedException", "ImportSecureString_KeyNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                "Secrets are not encrypted with keys here. Sign-in keeps its secrets in the token store.");
    if (invocation_switch(call, AS_PLAIN)) return invocation_emit_take(call, secure_value_new(call->realm, text));
    struct bytes plain = {0};
    bool ok = read_hex(text, &plain);
    struct value secure = ok ? secure_value_new(call->realm, bytes_text(&plain)) : value_null();
    if (plain.data) secret_wipe(plain.data, plain.capacity);
    bytes_free(&plain);
    if (ok) return invocation_emit_take(call, secure);
    return invocation_error(call, "System.Security.Cryptography.CryptographicException", "ImportSecureString_InvalidArgument_CryptographicError", ERROR_INVALID_ARGUMENT, value_null(),
                            "This is no secret that ConvertFrom-SecureString wrote. For the secret itself add -AsPlainText.");
}

static const struct example_row example_rows[] = {
    {"ConvertTo-SecureString 'Winter-2031' -AsPlainText -Force", "A secret from text."},
    {"(ConvertTo-SecureString 'Winter-2031' -AsPlainText).Length", "Its length is no secret."},
};

CMDLET(convert_to_secure_string) = {
    .name = "ConvertTo-SecureString", .synopsis = "Makes a secret of text.", .description = "Secrets are not shown and are wiped from memory when nothing holds them.",
    PARAMETERS, .process = process, EXAMPLES,
};
