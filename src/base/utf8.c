#include "m365sh/base/utf8.h"

#include <utf8proc.h>

#define REPLACEMENT 0xfffdu

/* The length of the well-formed sequence (WTF-8: surrogates allowed) at `at`, or 0. */
static size_t sequence(const unsigned char *at, size_t left, uint32_t *code_point) {
    unsigned char first = at[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    if (first < 0xc2 || first > 0xf4) return 0;
    size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (left < length) return 0;
    uint32_t result = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        result = result << 6 | (at[i] & 0x3fu);
    }
    if ((length == 3 && result < 0x800) || (length == 4 && (result < 0x10000 || result > 0x10ffff))) return 0;
    *code_point = result;
    return length;
}

uint32_t utf8_next(struct text text, size_t *at) {
    const unsigned char *start = (const unsigned char *)text.start + *at;
    if (*start < 0x80) {
        ++*at;
        return *start;
    }
    uint32_t code_point;
    size_t length = sequence(start, text.length - *at, &code_point);
    *at += length ? length : 1;
    return length ? code_point : REPLACEMENT;
}

uint32_t utf8_previous(struct text text, size_t *at) {
    size_t start = *at - 1, back = 1;
    while (back < 4 && start > 0 && ((unsigned char)text.start[start] & 0xc0) == 0x80) start--, back++;
    uint32_t code_point;
    size_t length = sequence((const unsigned char *)text.start + start, *at - start, &code_point);
    if (length != *at - start) {
        --*at;
        return REPLACEMENT;
    }
    *at = start;
    return code_point;
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    if (code_point > 0x10ffff) return utf8_encode(REPLACEMENT, out);
    out[0] = (char)(0xf0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

#define HIGH_BITS 0x8080808080808080u

static size_t ascii_prefix(struct text text, size_t at) {
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word;
        memcpy(&word, text.start + at, 8);
        if (word & HIGH_BITS) break;
    }
    while (at < text.length && !(text.start[at] & 0x80)) at++;
    return at;
}

bool utf8_is_ascii(struct text text) {
    return ascii_prefix(text, 0) == text.length;
}

bool utf8_is_valid(struct text text) {
    for (size_t at = ascii_prefix(text, 0); at < text.length; at = ascii_prefix(text, at)) {
        uint32_t code_point;
        size_t length = sequence((const unsigned char *)text.start + at, text.length - at, &code_point);
        if (!length || (code_point >= 0xd800 && code_point <= 0xdfff)) return false;
        at += length;
    }
    return true;
}

size_t utf8_units(struct text text) {
    return utf8_unit_of_offset(text, text.length);
}

size_t utf8_unit_of_offset(struct text text, size_t offset) {
    if (offset > text.length) offset = text.length;
    size_t at = 0, units = 0;
    while (at < offset) {
        size_t plain = ascii_prefix(text, at);
        if (plain >= offset) return units + (offset - at);
        units += plain - at;
        at = plain;
        units += utf8_next(text, &at) > 0xffff ? 2 : 1;
    }
    return units;
}

/* Walks to the code point that holds `unit`; *left is 1 when it is the second half of a pair. */
static size_t walk_to_unit(struct text text, size_t unit, size_t *left) {
    size_t at = 0;
    while (at < text.length && unit) {
        size_t plain = ascii_prefix(text, at);
        if (plain - at >= unit) {
            at += unit;
            unit = 0;
            break;
        }
        unit -= plain - at;
        at = plain;
        if (at >= text.length) break;
        size_t next = at, units = utf8_next(text, &next) > 0xffff ? 2 : 1;
        if (units > unit) break;
        unit -= units;
        at = next;
    }
    *left = unit;
    return at;
}

size_t utf8_offset_of_unit(struct text text, size_t unit) {
    size_t left;
    return walk_to_unit(text, unit, &left);
}

uint16_t utf8_unit_at(struct text text, size_t unit) {
    size_t left, at = walk_to_unit(text, unit, &left);
    if (at >= text.length) return 0;
    uint32_t code_point = utf8_next(text, &at);
    if (code_point < 0x10000) return (uint16_t)code_point;
    code_point -= 0x10000;
    return (uint16_t)(left ? 0xdc00 | (code_point & 0x3ff) : 0xd800 | code_point >> 10);
}

size_t utf8_width_of(uint32_t code_point) {
    if (code_point < 0x7f) return code_point >= 0x20;
    if (code_point < 0xa0 || code_point > 0x10ffff) return 0;
    int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width > 0 ? (size_t)width : 0;
}

size_t utf8_width(struct text text) {
    size_t width = 0;
    for (size_t at = 0; at < text.length;) width += utf8_width_of(utf8_next(text, &at));
    return width;
}

static utf8proc_category_t category(uint32_t code_point) {
    return code_point > 0x10ffff ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)code_point);
}

bool utf8_is_letter(uint32_t code_point) {
    if (code_point < 0x80) return (code_point | 32) - 'a' < 26u;
    utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_LU && found <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_digit(uint32_t code_point) {
    if (code_point < 0x80) return code_point - '0' < 10u;
    return category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t code_point) {
    if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    if (code_point == 0x85) return true;
    utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_ZS && found <= UTF8PROC_CATEGORY_ZP;
}

bool utf8_is_upper(uint32_t code_point) {
    if (code_point < 0x80) return code_point - 'A' < 26u;
    return category(code_point) == UTF8PROC_CATEGORY_LU;
}

bool utf8_is_lower(uint32_t code_point) {
    if (code_point < 0x80) return code_point - 'a' < 26u;
    return category(code_point) == UTF8PROC_CATEGORY_LL;
}

bool utf8_is_punctuation(uint32_t code_point) {
    utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_PC && found <= UTF8PROC_CATEGORY_PO;
}

bool utf8_is_symbol(uint32_t code_point) {
    utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_SM && found <= UTF8PROC_CATEGORY_SO;
}

bool utf8_is_control(uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}
