/* "{0,-10:N2}" and v.ToString(format). */
#include "argument_private.h"
#include "date_format_private.h"
#include "m365sh/base/utf8.h"
#include "number_format_private.h"

enum { MOST_WIDTH = 100000000 };

/* "D", "X", "G" and "F" of an enum. */
static bool enum_format(struct realm *realm, struct bytes *out, struct value v, struct text format) {
    if (format.length > 1) return false;
    switch (format.length ? format.start[0] & ~0x20 : 'G') {
        case 'G': case 'F': convert_add_text(realm, out, v); return true;
        case 'D': decimal_add_int64(out, v.integer); return true;
        case 'X': bytes_add_format(out, "%08X", (unsigned)v.integer); return true;
        default: return false;
    }
}

static bool guid_format(struct bytes *out, struct value v, struct text format) {
    const struct guid *guid = value_guid_of(v);
    const uint8_t *b = guid->bytes;
    char form = format.length ? (char)(format.start[0] & ~0x20) : 'D';
    if (format.length > 1 || !strchr("DNBPX", form)) return false;
    if (form != 'X') {
        guid_add(out, guid, form);
        return true;
    }
    bytes_add_format(out, "{0x%02x%02x%02x%02x,0x%02x%02x,0x%02x%02x,{", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
    for (int i = 8; i < 16; i++) bytes_add_format(out, i < 15 ? "0x%02x," : "0x%02x}}", b[i]);
    return true;
}

static enum status add_dot_text(struct realm *realm, struct bytes *out, struct value v) {
    struct value text;
    TRY(convert_dot_text(realm, v, &text));
    bytes_add_text(out, string_text(text));
    value_release(text);
    return STATUS_OK;
}

/* *good false: the format does not suit the value. */
static enum status add_value(struct realm *realm, struct bytes *out, struct value v, struct text format,
                             const struct culture *culture, bool *good) {
    struct value base = value_base(v);
    *good = true;
    if (value_is_number(base)) *good = number_format(out, base, format, culture);
    else if (base.kind == VALUE_DATETIME || base.kind == VALUE_DATETIMEOFFSET) *good = date_format(out, base, format, culture);
    else if (base.kind == VALUE_TIMESPAN) *good = timespan_format(out, base.integer, format, culture);
    else if (base.kind == VALUE_ENUM) *good = enum_format(realm, out, base, format);
    else if (base.kind == VALUE_GUID) *good = guid_format(out, base, format);
    else if (base.kind == VALUE_STRING) bytes_add_text(out, string_text(base));
    else if (!value_is_nothing(base)) return add_dot_text(realm, out, v);
    return STATUS_OK;
}

enum status format_value(struct realm *realm, struct bytes *out, struct value v, struct text format,
                         const struct culture *culture) {
    bool good;
    TRY(add_value(realm, out, v, format, culture, &good));
    if (good) return STATUS_OK;
    return member_raise(realm, "ToString", 1, "System.FormatException", "\"%.*s\" is not a format for this value.",
                        TEXT_ARGUMENT(format));
}

/* --- composite --- */
struct item {
    uint32_t index;
    int width;
    bool left;
    struct text format;
};

static void skip_blanks(struct text text, size_t *at) {
    while (*at < text.length && text.start[*at] == ' ') (*at)++;
}

static bool read_count(struct text text, size_t *at, int *number) {
    size_t start = *at;
    *number = 0;
    for (; *at < text.length && text.start[*at] >= '0' && text.start[*at] <= '9'; (*at)++)
        if ((*number = *number * 10 + (text.start[*at] - '0')) > MOST_WIDTH) return false;
    return *at > start;
}

/* After the opening brace; at the end past the closing one. */
static bool read_item(struct text text, size_t *at, struct item *item) {
    int number;
    *item = (struct item){.format = TEXT_NONE};
    if (!read_count(text, at, &number)) return false;
    item->index = (uint32_t)number;
    skip_blanks(text, at);
    if (*at < text.length && text.start[*at] == ',') {
        (*at)++;
        skip_blanks(text, at);
        item->left = *at < text.length && text.start[*at] == '-';
        *at += item->left;
        if (!read_count(text, at, &item->width)) return false;
        skip_blanks(text, at);
    }
    if (*at < text.length && text.start[*at] == ':') {
        size_t start = ++*at;
        while (*at < text.length && text.start[*at] != '}')
            if (text.start[(*at)++] == '{') return false;
        item->format = text_slice(text, start, *at - start);
    }
    return *at < text.length && text.start[(*at)++] == '}';
}

static enum status add_item(struct realm *realm, struct bytes *out, const struct item *item, struct value argument,
                            const struct culture *culture, bool *good) {
    size_t start = out->length;
    TRY(add_value(realm, out, argument, item->format, culture, good));
    if (!*good || item->width == 0) return STATUS_OK;
    size_t units = utf8_units(text_make(out->data + start, out->length - start));
    if (units >= (size_t)item->width) return STATUS_OK;
    size_t missing = (size_t)item->width - units, length = out->length - start;
    bytes_add_repeat(out, ' ', missing);
    if (!item->left) {
        memmove(out->data + start + missing, out->data + start, length);
        memset(out->data + start, ' ', missing);
    }
    return STATUS_OK;
}

static enum status raise_format(struct realm *realm, const char *why) {
    return realm_raise(realm, "RuntimeException", "FormatError", ERROR_INVALID_OPERATION, "The text cannot be formatted: %s.", why);
}

enum status format_composite(struct realm *realm, struct bytes *out, struct text format, const struct value *arguments,
                             uint32_t count, const struct culture *culture) {
    size_t at = 0;
    while (at < format.length) {
        char c = format.start[at++];
        if (c != '{' && c != '}') {
            bytes_add_byte(out, c);
            continue;
        }
        if (at < format.length && format.start[at] == c) {
            bytes_add_byte(out, c);
            at++;
            continue;
        }
        struct item item;
        bool good;
        if (c == '}') return raise_format(realm, "a } stands alone; write }} for the character itself");
        if (!read_item(format, &at, &item)) return raise_format(realm, "a placeholder is not of the form {index,width:format}");
        if (item.index >= count) return raise_format(realm, "a placeholder has an index for which there is no argument");
        TRY(add_item(realm, out, &item, arguments[item.index], culture, &good));
        if (!good) return raise_format(realm, "a format does not suit its argument");
    }
    return STATUS_OK;
}
