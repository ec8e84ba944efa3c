/* Texts, numbers and dates. What PowerShell's reader (Newtonsoft's) allows beyond the standard is allowed: single quotes,
 * raw line ends in texts, hexadecimal and octal integers, NaN, Infinity. */
#include <math.h>
#include "json_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_unit(struct json_reader *reader, uint32_t *unit) {
    *unit = 0;
    if (reader->end - reader->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*reader->at++);
        if (digit < 0) return false;
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

/* A pair of halves is one code point; a lone half stays one. */
static bool read_code_point(struct json_reader *reader, uint32_t *code_point) {
    uint32_t low;
    if (!read_unit(reader, code_point)) return false;
    bool high = *code_point >= 0xd800 && *code_point < 0xdc00;
    if (!high || reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u') return true;
    const char *before = reader->at;
    reader->at += 2;
    if (read_unit(reader, &low) && low >= 0xdc00 && low < 0xe000)
        *code_point = 0x10000 + ((*code_point - 0xd800) << 10) + (low - 0xdc00);
    else reader->at = before;
    return true;
}

static enum status read_escape(struct json_reader *reader) {
    static const char from[] = "\"\\/bfnrt'", to[] = "\"\\/\b\f\n\r\t'";
    char letter = reader->at < reader->end ? *reader->at : '\0';
    const char *known = letter ? strchr(from, letter) : NULL;
    if (known) {
        reader->at++;
        bytes_add_byte(&reader->scratch, to[known - from]);
        return STATUS_OK;
    }
    uint32_t code_point;
    if (letter != 'u') return json_reader_fail(reader, "there is no such escape in a text");
    reader->at++;
    if (!read_code_point(reader, &code_point)) return json_reader_fail(reader, "\\u wants four hexadecimal digits");
    bytes_add_code_point(&reader->scratch, code_point);
    return STATUS_OK;
}

static const char *find_end(const char *at, const char *end, char quote) {
    while (at < end && *at != quote && *at != '\\') at++;
    return at;
}

static enum status read_escaped(struct json_reader *reader, char quote, struct text *out) {
    bytes_clear(&reader->scratch);
    for (;;) {
        const char *stop = find_end(reader->at, reader->end, quote);
        bytes_add(&reader->scratch, reader->at, (size_t)(stop - reader->at));
        reader->at = stop;
        if (stop == reader->end) return json_reader_fail(reader, "a text is not closed");
        reader->at++;
        if (*stop == quote) break;
        enum status status = read_escape(reader);
        if (status != STATUS_OK) return status;
    }
    *out = reader->scratch.data ? bytes_text(&reader->scratch) : TEXT_NONE;
    return STATUS_OK;
}

enum status json_reader_text(struct json_reader *reader, struct text *out) {
    char quote = *reader->at++;
    const char *stop = find_end(reader->at, reader->end, quote);
    if (stop < reader->end && *stop == quote) {
        *out = text_make(reader->at, (size_t)(stop - reader->at));
        reader->at = stop + 1;
        return STATUS_OK;
    }
    return read_escaped(reader, quote, out);
}

static enum status read_radix(struct json_reader *reader, struct text digits, int base, bool negative, struct value *out) {
    struct value number;
    int64_t small;
    if (!bigint_read(digits, base, &number)) return json_reader_fail(reader, "a number is not well formed");
    bool fits = bigint_to_int64(number, &small);
    value_release(number);
    if (!fits) return json_reader_fail(reader, "a number is too large");
    *out = value_int64(negative ? -small : small);
    return STATUS_OK;
}

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Up to 15 digits and a small power of ten are exact in a double: one operation rounds rightly. */
static bool short_double(struct text text, double *out) {
    uint64_t digits = 0;
    int count = 0, places = 0;
    bool point = false;
    size_t at = text.start[0] == '-';
    for (; at < text.length && count < 16; at++) {
        char c = text.start[at];
        if (c == '.' && !point) point = true;
        else if (c < '0' || c > '9') return false;
        else {
            digits = digits * 10 + (uint64_t)(c - '0');
            count += digits > 0;
            places += point;
        }
    }
    if (count > 15 || places > 22 || at < text.length) return false;
    *out = (double)digits / powers_of_ten[places];
    if (text.start[0] == '-') *out = -*out;
    return true;
}

static enum status read_real(struct json_reader *reader, struct text text, struct value *out) {
    double real;
    if (!short_double(text, &real) && !decimal_read_double(text, &real))
        return json_reader_fail(reader, "a number is not well formed");
    *out = value_double(real);
    return STATUS_OK;
}

static bool read_word_number(struct json_reader *reader, struct text word, struct value *out) {
    if (text_equal(word, TEXT("NaN"))) *out = value_double(NAN);
    else if (text_equal(word, TEXT("Infinity"))) *out = value_double(INFINITY);
    else if (text_equal(word, TEXT("-Infinity"))) *out = value_double(-INFINITY);
    else return false;
    reader->at += word.length;
    return true;
}

static bool ends_number(char c) {
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '/' || c == ':';
}

enum status json_reader_number(struct json_reader *reader, struct value *out) {
    const char *start = reader->at, *stop = start;
    bool real = false, negative = *start == '-';
    uint64_t sum = 0;
    for (; stop < reader->end && !ends_number(*stop); stop++) {
        if (*stop >= '0' && *stop <= '9') sum = sum * 10 + (uint64_t)(*stop - '0');
        else if (stop != start || !negative) real = true;
    }
    struct text text = text_make(start, (size_t)(stop - start)), digits = text_slice(text, negative, text.length);
    if (read_word_number(reader, text, out)) return STATUS_OK;
    if (!digits.length || *start == '+') return json_reader_fail(reader, "a value was expected");
    bool zero = digits.start[0] == '0' && digits.length > 1;
    if (zero && (digits.start[1] | 32) == 'x')
        return reader->at = stop, read_radix(reader, text_slice(digits, 2, digits.length), 16, negative, out);
    if (zero && !real) return reader->at = stop, read_radix(reader, digits, 8, negative, out);
    if (real) {
        enum status status = read_real(reader, text, out);
        if (status == STATUS_OK) reader->at = stop;
        return status;
    }
    reader->at = stop;
    int64_t number;
    if (digits.length <= 18) *out = value_int64(negative ? -(int64_t)sum : (int64_t)sum);
    else if (decimal_read_int64(text, &number)) *out = value_int64(number);
    else if (!bigint_read(text, 10, out)) return json_reader_fail(reader, "a number is not well formed");
    return STATUS_OK;
}

/* --- dates: yyyy-MM-ddTHH:mm:ss, up to 7 digits of fraction, Z or an offset; nothing else becomes a date --- */
static bool read_digits(const char **at, const char *end, int count, int *out) {
    *out = 0;
    for (; count > 0; count--, ++*at) {
        if (*at == end || **at < '0' || **at > '9') return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

static bool read_literal(const char **at, const char *end, char c) {
    if (*at == end || **at != c) return false;
    ++*at;
    return true;
}

static bool read_fraction(const char **at, const char *end, int *fraction) {
    int digits = 0;
    *fraction = 0;
    if (!read_literal(at, end, '.')) return true;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at, digits++) *fraction = digits < 7 ? *fraction * 10 + (**at - '0') : 0;
    if (digits == 0 || digits > 7) return false;
    for (; digits < 7; digits++) *fraction *= 10;
    return true;
}

/* *offset in minutes, INT32_MIN when none stands. */
static bool read_offset(const char **at, const char *end, int32_t *offset) {
    int hours, minutes = 0;
    *offset = INT32_MIN;
    if (*at == end) return true;
    if (read_literal(at, end, 'Z')) {
        *offset = 0;
        return *at == end;
    }
    int sign = **at == '-' ? -1 : **at == '+' ? 1 : 0;
    if (!sign) return false;
    ++*at;
    if (!read_digits(at, end, 2, &hours)) return false;
    read_literal(at, end, ':');
    if (*at < end && !read_digits(at, end, 2, &minutes)) return false;
    *offset = sign * (hours * 60 + minutes);
    return *at == end && hours < 24 && minutes < 60;
}

static bool read_unix_date(struct text text, struct value *out) {
    int64_t milliseconds;
    if (!text_starts(text, TEXT("/Date(")) || !text_ends(text, TEXT(")/"))) return false;
    if (!decimal_read_int64(text_slice(text, 6, text.length - 8), &milliseconds)) return false;
    *out = value_datetime(CALENDAR_UNIX_EPOCH + milliseconds * 10000, 1);
    return true;
}

bool json_reader_date(struct json_reader *reader, struct text text, struct value *out) {
    (void)reader;
    if (text.length && text.start[0] == '/') return read_unix_date(text, out);
    if (text.length < 19 || text.length > 33 || text.start[10] != 'T') return false;
    const char *at = text.start, *end = at + text.length;
    struct calendar_date date = {0};
    int32_t offset;
    int64_t ticks;
    if (!read_digits(&at, end, 4, &date.year) || !read_literal(&at, end, '-') || !read_digits(&at, end, 2, &date.month) ||
        !read_literal(&at, end, '-') || !read_digits(&at, end, 2, &date.day) || !read_literal(&at, end, 'T') ||
        !read_digits(&at, end, 2, &date.hour) || !read_literal(&at, end, ':') || !read_digits(&at, end, 2, &date.minute) ||
        !read_literal(&at, end, ':') || !read_digits(&at, end, 2, &date.second) || !read_fraction(&at, end, &date.fraction) ||
        !read_offset(&at, end, &offset) || !calendar_join(&date, &ticks))
        return false;
    bool utc = text.start[text.length - 1] == 'Z';
    if (offset == INT32_MIN) {
        *out = value_datetime(ticks, 0);
    } else {
        ticks -= (int64_t)offset * 60 * CALENDAR_TICKS_PER_SECOND;
        if (!utc) ticks += (int64_t)calendar_offset_at(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
        *out = value_datetime(ticks, utc ? 1 : 2);
    }
    return ticks >= 0 && ticks <= CALENDAR_MAX_TICKS;
}
