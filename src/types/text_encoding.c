#include "text_encoding_private.h"

#include "m365sh/base/utf8.h"

/* 0x80 to 0x9f of code page 1252; 0: not assigned. */
static const uint16_t western[32] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static void add_units(struct bytes *out, uint32_t number, int width, bool big) {
    for (int i = 0; i < width; i++) bytes_add_byte(out, (char)(number >> 8 * (big ? width - 1 - i : i)));
}

static char to_western(uint32_t point) {
    if (point < 0x80 || (point >= 0xa0 && point < 0x100)) return (char)point;
    for (int i = 0; i < 32; i++)
        if (western[i] == point) return (char)(0x80 + i);
    return '?';
}

static void encode_point(struct bytes *out, uint32_t point, enum text_encoding encoding) {
    bool big = encoding == TEXT_UTF16_BIG || encoding == TEXT_UTF32_BIG;
    switch (encoding) {
        case TEXT_ASCII: bytes_add_byte(out, point < 0x80 ? (char)point : '?'); break;
        case TEXT_LATIN1: bytes_add_byte(out, point < 0x100 ? (char)point : '?'); break;
        case TEXT_WINDOWS1252: bytes_add_byte(out, to_western(point)); break;
        case TEXT_UTF32: case TEXT_UTF32_BIG: add_units(out, point, 4, big); break;
        case TEXT_UTF16: case TEXT_UTF16_BIG:
            if (point < 0x10000) add_units(out, point, 2, big);
            else {
                add_units(out, 0xd800 + ((point - 0x10000) >> 10), 2, big);
                add_units(out, 0xdc00 + ((point - 0x10000) & 0x3ff), 2, big);
            }
            break;
        default: bytes_add_code_point(out, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point); break;
    }
}

void text_encode(struct bytes *out, struct text text, enum text_encoding encoding) {
    if (encoding == TEXT_UTF8 && utf8_is_valid(text)) {
        bytes_add_text(out, text);
        return;
    }
    for (size_t at = 0; at < text.length;) encode_point(out, utf8_next(text, &at), encoding);
}

static uint32_t unit_at(struct text bytes, size_t at, int width, bool big) {
    uint32_t number = 0;
    for (int i = 0; i < width; i++) number |= (uint32_t)(unsigned char)bytes.start[at + (size_t)i] << 8 * (big ? width - 1 - i : i);
    return number;
}

static void decode_wide(struct bytes *out, struct text bytes, bool big) {
    for (size_t at = 0; at + 1 < bytes.length; at += 2) {
        uint32_t unit = unit_at(bytes, at, 2, big);
        if (unit >= 0xd800 && unit < 0xdc00 && at + 3 < bytes.length) {
            uint32_t low = unit_at(bytes, at + 2, 2, big);
            if (low >= 0xdc00 && low < 0xe000) {
                unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                at += 2;
            }
        }
        bytes_add_code_point(out, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
    }
    if (bytes.length % 2) bytes_add_code_point(out, 0xfffd);
}

void text_decode(struct bytes *out, struct text bytes, enum text_encoding encoding) {
    bool big = encoding == TEXT_UTF16_BIG || encoding == TEXT_UTF32_BIG;
    switch (encoding) {
        case TEXT_UTF8:
            if (utf8_is_valid(bytes)) bytes_add_text(out, bytes);
            else
                for (size_t at = 0; at < bytes.length;) bytes_add_code_point(out, utf8_next(bytes, &at));
            break;
        case TEXT_UTF16: case TEXT_UTF16_BIG: decode_wide(out, bytes, big); break;
        case TEXT_UTF32: case TEXT_UTF32_BIG:
            for (size_t at = 0; at + 3 < bytes.length; at += 4) {
                uint32_t point = unit_at(bytes, at, 4, big);
                bytes_add_code_point(out, point > 0x10ffff ? 0xfffd : point);
            }
            break;
        default:
            for (size_t at = 0; at < bytes.length; at++) {
                unsigned char byte = (unsigned char)bytes.start[at];
                bool high = encoding == TEXT_WINDOWS1252 && byte >= 0x80 && byte < 0xa0 && western[byte - 0x80];
                bytes_add_code_point(out, encoding == TEXT_ASCII && byte >= 0x80 ? 0xfffd : high ? western[byte - 0x80] : byte);
            }
    }
}

struct text text_encoding_preamble(enum text_encoding encoding) {
    switch (encoding) {
        case TEXT_UTF8: return TEXT("\xef\xbb\xbf");
        case TEXT_UTF16: return TEXT("\xff\xfe");
        case TEXT_UTF16_BIG: return TEXT("\xfe\xff");
        case TEXT_UTF32: return text_make("\xff\xfe\0\0", 4);
        case TEXT_UTF32_BIG: return text_make("\0\0\xfe\xff", 4);
        default: return TEXT_NONE;
    }
}

enum text_encoding text_encoding_detect(struct text bytes, enum text_encoding otherwise, size_t *skip) {
    static const uint8_t order[] = {TEXT_UTF32, TEXT_UTF32_BIG, TEXT_UTF8, TEXT_UTF16, TEXT_UTF16_BIG};
    for (size_t i = 0; i < sizeof order; i++) {
        struct text mark = text_encoding_preamble((enum text_encoding)order[i]);
        *skip = mark.length;
        if (text_starts(bytes, mark)) return (enum text_encoding)order[i];
    }
    *skip = 0;
    return otherwise;
}
