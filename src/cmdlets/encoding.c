#include "encoding_private.h"

#include "m365sh/base/utf8.h"

static const struct { const char *name; enum file_encoding encoding; } names[] = {
    {"utf8", FILE_UTF8}, {"utf8NoBOM", FILE_UTF8}, {"utf-8", FILE_UTF8}, {"default", FILE_UTF8}, {"65001", FILE_UTF8},
    {"utf8BOM", FILE_UTF8_MARK}, {"ascii", FILE_ASCII}, {"us-ascii", FILE_ASCII}, {"20127", FILE_ASCII},
    {"unicode", FILE_UTF16}, {"utf-16", FILE_UTF16}, {"utf-16le", FILE_UTF16}, {"1200", FILE_UTF16},
    {"bigendianunicode", FILE_UTF16_BIG}, {"utf-16be", FILE_UTF16_BIG}, {"1201", FILE_UTF16_BIG},
    {"utf32", FILE_UTF32}, {"utf-32", FILE_UTF32}, {"12000", FILE_UTF32}, {"bigendianutf32", FILE_UTF32_BIG},
    {"latin1", FILE_LATIN1}, {"iso-8859-1", FILE_LATIN1}, {"28591", FILE_LATIN1},
    {"ansi", FILE_ANSI}, {"oem", FILE_ANSI}, {"windows-1252", FILE_ANSI}, {"1252", FILE_ANSI}, {"utf7", FILE_UTF8},
};

/* Encoding objects answer by their web name. */
static struct value name_of(struct invocation *call, struct value v) {
    struct value found = VALUE_UNSET_INIT;
    bool has = false;
    if (!value_is_integer(value_base(v)) && value_base(v).kind != VALUE_STRING &&
        member_get(call->realm, v, intern_name(call->realm->names, TEXT("WebName")), &has, &found) == STATUS_OK && has)
        return found;
    value_release(found);
    return convert_text(call->realm, v);
}

enum status encoding_argument(struct invocation *call, uint32_t parameter, enum file_encoding *out) {
    *out = FILE_UTF8;
    if (!invocation_has(call, parameter)) return STATUS_OK;
    struct value name = name_of(call, invocation_argument(call, parameter));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!text_equal_fold(string_text(name), text_of(names[i].name))) continue;
        *out = names[i].encoding;
        value_release(name);
        return STATUS_OK;
    }
    enum status status = invocation_throw(call, "System.Management.Automation.ParameterBindingArgumentTransformationException",
                                          "ParameterArgumentTransformationError", ERROR_INVALID_DATA, value_null(),
                                          "'%s' is no encoding. There are utf8, utf8BOM, ascii, unicode, bigendianunicode, utf32, latin1 and ansi.",
                                          string_chars(name));
    value_release(name);
    return status;
}

struct text encoding_mark(enum file_encoding encoding) {
    switch (encoding) {
    case FILE_UTF8_MARK: return TEXT("\xEF\xBB\xBF");
    case FILE_UTF16: return TEXT("\xFF\xFE");
    case FILE_UTF16_BIG: return TEXT("\xFE\xFF");
    case FILE_UTF32: return TEXT("\xFF\xFE\0\0");
    case FILE_UTF32_BIG: return TEXT("\0\0\xFE\xFF");
    default: return TEXT_NONE;
    }
}

static void add_unit(struct bytes *out, uint32_t unit, int size, bool big) {
    for (int i = 0; i < size; i++) bytes_add_byte(out, (char)(unit >> 8 * (big ? size - 1 - i : i)));
}

/* Windows-1252 differs from Latin 1 in 0x80 to 0x9F. */
static const uint16_t ansi_upper[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

static char narrow(uint32_t code_point, enum file_encoding encoding) {
    if (code_point < 0x80) return (char)code_point;
    if (encoding == FILE_ASCII) return '?';
    if (encoding == FILE_ANSI)
        for (int i = 0; i < 32; i++)
            if (ansi_upper[i] == code_point) return (char)(0x80 + i);
    return code_point <= 0xFF && (encoding == FILE_LATIN1 || code_point >= 0xA0) ? (char)code_point : '?';
}

void encoding_encode(struct bytes *out, struct text text, enum file_encoding encoding) {
    if (encoding == FILE_UTF8 || encoding == FILE_UTF8_MARK || (encoding <= FILE_ASCII && utf8_is_ascii(text))) {
        bytes_add_text(out, text);
        return;
    }
    for (size_t at = 0; at < text.length;) {
        uint32_t code_point = utf8_next(text, &at);
        bool big = encoding == FILE_UTF16_BIG || encoding == FILE_UTF32_BIG;
        if (encoding == FILE_UTF32 || encoding == FILE_UTF32_BIG) {
            add_unit(out, code_point, 4, big);
        } else if (encoding == FILE_UTF16 || encoding == FILE_UTF16_BIG) {
            if (code_point >= 0x10000) {
                add_unit(out, 0xD800 + ((code_point - 0x10000) >> 10), 2, big);
                code_point = 0xDC00 + ((code_point - 0x10000) & 0x3FF);
            }
            add_unit(out, code_point, 2, big);
        } else {
            bytes_add_byte(out, narrow(code_point, encoding));
            if (code_point >= 0x10000) bytes_add_byte(out, '?'); /* .NET replaces each half of a pair */
        }
    }
}

static enum file_encoding by_mark(struct text *raw, enum file_encoding encoding) {
    static const enum file_encoding marked[] = {FILE_UTF8_MARK, FILE_UTF32, FILE_UTF16, FILE_UTF16_BIG, FILE_UTF32_BIG};
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        struct text mark = encoding_mark(marked[i]);
        if (!text_starts(*raw, mark)) continue;
        *raw = text_slice(*raw, mark.length, raw->length);
        return marked[i];
    }
    return encoding;
}

bool encoding_is_plain(struct text start, enum file_encoding encoding) {
    encoding = by_mark(&start, encoding);
    return encoding == FILE_UTF8 || encoding == FILE_UTF8_MARK;
}

static uint32_t read_unit(struct text raw, size_t at, size_t size, bool big) {
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++) unit |= (uint32_t)(unsigned char)raw.start[at + i] << 8 * (big ? size - 1 - i : i);
    return unit;
}

static void decode_wide(struct bytes *out, struct text raw, size_t size, bool big) {
    for (size_t at = 0; at + size <= raw.length; at += size) {
        uint32_t unit = read_unit(raw, at, size, big);
        if (size == 2 && unit >> 10 == 0x36 && at + 4 <= raw.length) {
            uint32_t low = read_unit(raw, at + 2, 2, big);
            if (low >> 10 == 0x37) {
                unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
                at += 2;
            }
        }
        bytes_add_code_point(out, unit);
    }
    if (raw.length % size) bytes_add_code_point(out, 0xFFFD);
}

void encoding_decode(struct bytes *out, struct text raw, enum file_encoding encoding) {
    encoding = by_mark(&raw, encoding);
    if (encoding == FILE_UTF16 || encoding == FILE_UTF16_BIG) {
        decode_wide(out, raw, 2, encoding == FILE_UTF16_BIG);
    } else if (encoding == FILE_UTF32 || encoding == FILE_UTF32_BIG) {
        decode_wide(out, raw, 4, encoding == FILE_UTF32_BIG);
    } else if (encoding == FILE_UTF8 || encoding == FILE_UTF8_MARK) {
        if (utf8_is_valid(raw)) bytes_add_text(out, raw);
        else
            for (size_t at = 0; at < raw.length;) bytes_add_code_point(out, utf8_next(raw, &at));
    } else {
        for (size_t i = 0; i < raw.length; i++) {
            unsigned char byte = (unsigned char)raw.start[i];
            uint32_t code_point = byte < 0x80 ? byte : encoding == FILE_ASCII ? 0xFFFD : encoding == FILE_ANSI && byte < 0xA0 ? ansi_upper[byte - 0x80] : byte;
            bytes_add_code_point(out, code_point);
        }
    }
}
