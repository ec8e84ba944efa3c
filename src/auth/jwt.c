#include "m365sh/auth/jwt.h"

#include "m365sh/json/json.h"

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' || c == '+' ? 62 : c == '_' || c == '/' ? 63 : -1;
}

bool jwt_decode_part(struct text part, struct bytes *out) {
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < part.length && part.start[i] != '='; i++) {
        int digit = digit_of(part.start[i]);
        if (digit < 0) return false;
        bits = bits << 6 | (uint32_t)digit;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes_add_byte(out, (char)(bits >> held & 0xff));
    }
    return true;
}

struct value jwt_claims(struct realm *realm, struct text token) {
    struct text rest = token, header, claims;
    struct value out = VALUE_UNSET_INIT;
    if (!text_split_next(&rest, '.', &header) || !text_split_next(&rest, '.', &claims)) return out;
    struct bytes text = {0};
    const struct json_read_options options = {.keep_dates_text = true};
    if (jwt_decode_part(claims, &text) && json_read(realm, bytes_text(&text), &options, &out) != STATUS_OK) {
        value_release(realm_take_raised(realm));
        out = VALUE_UNSET_INIT;
    }
    bytes_free(&text);
    return out;
}
