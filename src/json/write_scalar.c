#include "write_scalar_private.h"

#include <math.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

static const char *short_escape(uint32_t c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return NULL;
    }
}

static void add_unit(struct bytes *out, uint32_t unit) { bytes_add_format(out, "\\u%04x", unit); }

static void add_escaped(struct bytes *out, uint32_t c) {
    if (c < 0x10000) {
        add_unit(out, c);
        return;
    }
    add_unit(out, 0xd800 + ((c - 0x10000) >> 10));
    add_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
}

static bool is_html(uint32_t c) { return c == '<' || c == '>' || c == '&' || c == '\'' || c == '"'; }

static bool is_plain(unsigned char c, bool escape_html) {
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && !(escape_html && is_html(c));
}

void write_scalar_text(struct bytes *out, struct text text, bool escape_html, bool escape_non_ascii) {
    bytes_add_byte(out, '"');
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        while (at < text.length && is_plain((unsigned char)text.start[at], escape_html)) at++;
        bytes_add(out, text.start + from, at - from);
        if (at == text.length) break;
        from = at;
        uint32_t c = utf8_next(text, &at);
        const char *escape = escape_html && c == '"' ? NULL : short_escape(c);
        bool breaks = c == 0x85 || c == 0x2028 || c == 0x2029; /* line ends that scripts would see */
        bool surrogate = c >= 0xd800 && c < 0xe000;
        if (escape) bytes_add_string(out, escape);
        else if (c < 0x20 || breaks || surrogate || (c >= 0x80 && escape_non_ascii) || (escape_html && is_html(c))) add_escaped(out, c);
        else bytes_add(out, text.start + from, at - from);
    }
    bytes_add_byte(out, '"');
}

void json_add_text(struct bytes *out, struct text text) { write_scalar_text(out, text, false, false); }

/* The shortest digits without exponent. */
static void add_long_double(struct bytes *out, double real) {
    char digits[32];
    int exponent, count = decimal_shortest_digits(fabs(real), digits, &exponent);
    if (real < 0) bytes_add_byte(out, '-');
    int whole = count < exponent ? count : exponent;
    bytes_add(out, digits, (size_t)whole);
    bytes_add_repeat(out, '0', (size_t)(exponent - whole));
    bytes_add_byte(out, '.');
    if (count > whole) bytes_add(out, digits + whole, (size_t)(count - whole));
    else bytes_add_byte(out, '0');
}

/* A whole number keeps its point: 1.0. Up to 17 digits stand without exponent. */
static void add_double(struct bytes *out, double real) {
    if (isnan(real) || isinf(real)) {
        bytes_add_string(out, isnan(real) ? "\"NaN\"" : real < 0 ? "\"-Infinity\"" : "\"Infinity\"");
        return;
    }
    if (fabs(real) >= 1e15 && fabs(real) < 1e17) {
        add_long_double(out, real);
        return;
    }
    size_t start = out->length;
    decimal_add_double(out, real);
    struct text digits = text_slice(bytes_text(out), start, out->length);
    if (text_find_byte(digits, '.', 0) == TEXT_NOT_FOUND && text_find_byte(digits, 'E', 0) == TEXT_NOT_FOUND)
        bytes_add_string(out, ".0");
}

static void add_single(struct bytes *out, float real) {
    if (isnan(real) || isinf(real)) {
        add_double(out, real);
        return;
    }
    size_t start = out->length;
    decimal_add_float(out, real);
    struct text digits = text_slice(bytes_text(out), start, out->length);
    if (text_find_byte(digits, '.', 0) == TEXT_NOT_FOUND && text_find_byte(digits, 'E', 0) == TEXT_NOT_FOUND)
        bytes_add_string(out, ".0");
}

static void add_decimal(struct bytes *out, struct decimal number) {
    decimal_add(out, number);
    if (number.scale == 0) bytes_add_string(out, ".0");
}

static void add_date(struct bytes *out, int64_t ticks) {
    struct calendar_date date;
    calendar_split(ticks, &date);
    bytes_add_format(out, "\"%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day, date.hour, date.minute,
                     date.second);
    if (!date.fraction) return;
    bytes_add_format(out, ".%07d", date.fraction);
    while (out->data[out->length - 1] == '0') bytes_truncate(out, out->length - 1);
}

static void add_offset(struct bytes *out, int minutes) {
    int size = minutes < 0 ? -minutes : minutes;
    bytes_add_format(out, "%c%02d:%02d\"", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

/* On the wire every date is UTC, as Graph wants it. */
static void add_datetime(struct bytes *out, struct value v, bool as_wire) {
    int64_t ticks = v.integer;
    if (v.small == 2 && as_wire) {
        add_date(out, ticks - (int64_t)calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND);
        bytes_add_string(out, "Z\"");
        return;
    }
    add_date(out, ticks);
    if (v.small == 2) add_offset(out, calendar_offset_local(ticks, NULL) / 60);
    else bytes_add_string(out, v.small == 1 || as_wire ? "Z\"" : "\"");
}

static void add_datetimeoffset(struct bytes *out, struct value v) {
    int64_t ticks;
    int32_t minutes;
    value_datetimeoffset_of(v, &ticks, &minutes);
    add_date(out, ticks + (int64_t)minutes * 60 * CALENDAR_TICKS_PER_SECOND);
    add_offset(out, minutes);
}

static void add_guid(struct bytes *out, struct value v) {
    bytes_add_byte(out, '"');
    guid_add(out, value_guid_of(v), 'D');
    bytes_add_byte(out, '"');
}

bool write_scalar_add(struct bytes *out, struct value v, bool as_wire) {
    switch (v.kind) {
    case VALUE_UNSET:
    case VALUE_NULL:
    case VALUE_VOID: bytes_add_string(out, "null"); return true;
    case VALUE_BOOL: bytes_add_string(out, v.boolean ? "true" : "false"); return true;
    case VALUE_UINT64: decimal_add_uint64(out, v.uinteger); return true;
    case VALUE_SINGLE: add_single(out, (float)v.real); return true;
    case VALUE_DOUBLE: add_double(out, v.real); return true;
    case VALUE_DECIMAL: add_decimal(out, number_decimal_of(v)); return true;
    case VALUE_BIGINT: bigint_add_text(out, v); return true;
    case VALUE_DATETIME: add_datetime(out, v, as_wire); return true;
    case VALUE_DATETIMEOFFSET: add_datetimeoffset(out, v); return true;
    case VALUE_GUID: add_guid(out, v); return true;
    default:
        if (!value_is_integer(v)) return false;
        decimal_add_int64(out, v.integer);
        return true;
    }
}
