#include "../cmdlet_private.h"

#include "m365sh/base/utf8.h"
#include "m365sh/types/secure_value.h"

enum { SECURE, AS_PLAIN, KEY, SECURE_KEY };

static const struct parameter_row parameter_rows[] = {
    {"SecureString", "securestring", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The secret."},
    {"AsPlainText", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the secret as it is."},
    {"Key", "byte[]", -1, PARAMETER_SECRET, NULL, NULL, NULL, NULL, "There is no encryption with keys here."},
    {"SecureKey", "object", -1, PARAMETER_SECRET, NULL, NULL, NULL, NULL, "There is no encryption with keys here."},
};

/* As on every system without a secret of its own: hexadecimal of UTF-16, which hides nothing (Microsoft's documentation says so). */
static struct value written(struct text text) {
    struct bytes out = {0};
    for (size_t at = 0; at < text.length;) {
        uint32_t point = utf8_next(text, &at);
        uint32_t units[2] = {point, 0};
        int count = 1;
        if (point > 0xffff) {
            units[0] = 0xd800 + ((point - 0x10000) >> 10);
            units[1] = 0xdc00 + ((point - 0x10000) & 0x3ff);
            count = 2;
        }
        for (int i = 0; i < count; i++) bytes_add_format(&out, "%02x%02x", units[i] & 255, units[i] >> 8);
    }
    struct value v = string_from_bytes(&out);
    bytes_free(&out);
    return v;
}

static enum status process(struct invocation *call) {
    struct text text;
    if (invocation_has(call, KEY) || invocation_has(call, SECURE_KEY))
        return invocation_throw(call, "System.NotSupportedException", "ImportSecureString_KeyNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                "Secrets are not encrypted with keys here. Sign-in keeps its secrets in the token store.");
    if (!secure_value_reveal(invocation_argument(call, SECURE), &text)) return STATUS_OK;
    return invocation_emit_take(call, invocation_switch(call, AS_PLAIN) ? string_new(text) : written(text));
}

static const struct example_row example_rows[] = {
    {"ConvertTo-SecureString 'Winter-2031' -AsPlainText | ConvertFrom-SecureString -AsPlainText", "Out and back."},
    {"ConvertTo-SecureString 'ab' -AsPlainText | ConvertFrom-SecureString", "As text for a file; it is not encrypted."},
};

CMDLET(convert_from_secure_string) = {
    .name = "ConvertFrom-SecureString", .synopsis = "Writes a secret as text.", .description = "Without -AsPlainText as digits that hide nothing: keep such files as you keep the secret.",
    PARAMETERS, .process = process, EXAMPLES,
};
