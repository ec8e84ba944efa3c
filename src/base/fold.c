#include "m365sh/base/fold.h"

#include <utf8proc.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"

/* .NET's invariant casing leaves these alone where Unicode's simple mappings do not. */
#define SHARP_S 0x00dfu
#define CAPITAL_I_WITH_DOT 0x0130u
#define DOTLESS_I 0x0131u

uint32_t fold_upper(uint32_t code_point) {
    if (code_point < 0x80) return code_point - 'a' < 26u ? code_point - 32 : code_point;
    if (code_point > 0x10ffff || code_point == SHARP_S || code_point == DOTLESS_I) return code_point;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
}

uint32_t fold_lower(uint32_t code_point) {
    if (code_point < 0x80) return code_point - 'A' < 26u ? code_point + 32 : code_point;
    if (code_point > 0x10ffff || code_point == CAPITAL_I_WITH_DOT) return code_point;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

static void add_mapped(struct bytes *out, struct text text, uint32_t (*map)(uint32_t)) {
    bytes_reserve(out, text.length);
    for (size_t at = 0; at < text.length;) {
        uint32_t code_point = map(utf8_next(text, &at));
        if (code_point < 0x80) bytes_add_byte(out, (char)code_point);
        else bytes_add_code_point(out, code_point);
    }
}

void fold_add_upper(struct bytes *out, struct text text) {
    add_mapped(out, text, fold_upper);
}

void fold_add_lower(struct bytes *out, struct text text) {
    add_mapped(out, text, fold_lower);
}

bool fold_normalize(struct bytes *out, struct text text, char form) {
    utf8proc_option_t options = UTF8PROC_STABLE;
    options |= form == 'C' || form == 'c' ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
    if (form == 'c' || form == 'd') options |= UTF8PROC_COMPAT;
    if (!utf8_is_valid(text)) return false;
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text.start, (utf8proc_ssize_t)text.length, &result, options);
    if (length >= 0) bytes_add(out, result, (size_t)length);
    alloc_free(result);
    return length >= 0;
}
