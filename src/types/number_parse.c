#include "number_parse_private.h"

#include <math.h>
#include "m365sh/value/number.h"

int number_kind_bits(enum value_kind kind) {
    switch (kind) {
        case VALUE_SBYTE: case VALUE_BYTE: return 8;
        case VALUE_INT16: case VALUE_UINT16: return 16;
        case VALUE_INT32: case VALUE_UINT32: return 32;
        default: return 64;
    }
}

static bool is_signed(enum value_kind kind) {
    return kind == VALUE_SBYTE || kind == VALUE_INT16 || kind == VALUE_INT32 || kind == VALUE_INT64;
}

void number_kind_range(enum value_kind kind, int64_t *least, uint64_t *most) {
    int bits = number_kind_bits(kind) - is_signed(kind);
    *most = bits == 64 ? UINT64_MAX : (1ULL << bits) - 1;
    *least = is_signed(kind) ? -(int64_t)*most - 1 : 0;
}

struct value number_of_bits(enum value_kind kind, uint64_t bits) {
    switch (kind) {
        case VALUE_SBYTE: return value_integer(kind, (int8_t)bits);
        case VALUE_BYTE: return value_integer(kind, (uint8_t)bits);
        case VALUE_INT16: return value_integer(kind, (int16_t)bits);
        case VALUE_UINT16: return value_integer(kind, (uint16_t)bits);
        case VALUE_INT32: return value_integer(kind, (int32_t)bits);
        case VALUE_UINT32: return value_integer(kind, (uint32_t)bits);
        default: return value_integer(kind, (int64_t)bits);
    }
}

unsigned number_default_styles(enum value_kind kind) {
    unsigned integer = NUMBER_LEADING_WHITE | NUMBER_TRAILING_WHITE | NUMBER_LEADING_SIGN;
    if (kind == VALUE_DECIMAL) return integer | NUMBER_TRAILING_SIGN | NUMBER_POINT | NUMBER_THOUSANDS;
    if (kind == VALUE_DOUBLE || kind == VALUE_SINGLE) return integer | NUMBER_POINT | NUMBER_THOUSANDS | NUMBER_EXPONENT;
    return integer;
}

/* --- from the culture's spelling to plain digits --- */
struct spelling {
    struct text text;
    size_t at;
    unsigned styles;
    const struct culture *culture;
    bool negative, parenthesis, signed_already;
};

static bool is_white(char c) {
    return c == ' ' || (c >= 9 && c <= 13);
}

static bool take(struct spelling *s, const char *word) {
    struct text want = text_of(word);
    if (want.length == 0 || !text_starts(text_slice(s->text, s->at, s->text.length), want)) return false;
    s->at += want.length;
    return true;
}

static bool take_sign(struct spelling *s) {
    if (s->signed_already) return false;
    bool minus = take(s, s->culture->negative_sign) || take(s, "-") || take(s, "\xe2\x88\x92");
    if (!minus && !take(s, "+")) return false;
    s->negative = minus;
    return s->signed_already = true;
}

static void take_front(struct spelling *s) {
    for (;;) {
        if (s->at < s->text.length && is_white(s->text.start[s->at]) && (s->styles & NUMBER_LEADING_WHITE)) s->at++;
        else if ((s->styles & NUMBER_LEADING_SIGN) && take_sign(s)) continue;
        else if ((s->styles & NUMBER_PARENTHESES) && !s->signed_already && take(s, "("))
            s->parenthesis = s->negative = s->signed_already = true;
        else if ((s->styles & NUMBER_CURRENCY) && take(s, s->culture->currency_symbol)) continue;
        else return;
    }
}

static void take_back(struct spelling *s) {
    for (;;) {
        if (s->at < s->text.length && is_white(s->text.start[s->at]) && (s->styles & NUMBER_TRAILING_WHITE)) s->at++;
        else if ((s->styles & NUMBER_TRAILING_SIGN) && take_sign(s)) continue;
        else if (s->parenthesis && take(s, ")")) s->parenthesis = false;
        else if ((s->styles & NUMBER_CURRENCY) && take(s, s->culture->currency_symbol)) continue;
        else return;
    }
}

static bool is_digit_at(const struct spelling *s, size_t at) {
    return at < s->text.length && s->text.start[at] >= '0' && s->text.start[at] <= '9';
}

/* Digits, groups, point, exponent, as plain text. */
static bool take_digits(struct spelling *s, struct bytes *plain) {
    bool any = false, point = false, currency = s->styles & NUMBER_CURRENCY;
    for (;;) {
        if (is_digit_at(s, s->at)) {
            bytes_add_byte(plain, s->text.start[s->at++]);
            any = true;
        } else if (!point && (s->styles & NUMBER_POINT) &&
                   (take(s, s->culture->decimal) || (currency && take(s, s->culture->currency_decimal)))) {
            point = true;
            if (plain->length == 0) bytes_add_byte(plain, '0');
            bytes_add_byte(plain, '.');
        } else if (any && !point && (s->styles & NUMBER_THOUSANDS) && take(s, s->culture->group)) continue;
        else break;
    }
    if (plain->length && plain->data[plain->length - 1] == '.') bytes_truncate(plain, plain->length - 1);
    if (!any || !(s->styles & NUMBER_EXPONENT) || s->at >= s->text.length || (s->text.start[s->at] | 0x20) != 'e') return any;
    size_t digits = s->at + 1;
    char sign = digits < s->text.length && (s->text.start[digits] == '-' || s->text.start[digits] == '+') ? s->text.start[digits++] : '+';
    if (!is_digit_at(s, digits)) return any;
    bytes_add_format(plain, "e%c", sign);
    for (s->at = digits; is_digit_at(s, s->at); s->at++) bytes_add_byte(plain, s->text.start[s->at]);
    return any;
}

/* --- from plain digits to the kind --- */
static enum number_outcome to_integer(struct text plain, enum value_kind kind, struct value *out) {
    struct decimal whole;
    if (memchr(plain.start, '.', plain.length) || memchr(plain.start, 'e', plain.length)) {
        double real;
        if (!decimal_read_double(plain, &real)) return NUMBER_FORMAT;
        if (real != trunc(real)) return NUMBER_OVERFLOW;
        if (!decimal_from_double(real, &whole)) return NUMBER_OVERFLOW;
    } else if (!decimal_read(plain, &whole)) return NUMBER_OVERFLOW;
    int64_t least;
    uint64_t most;
    number_kind_range(kind, &least, &most);
    if (decimal_compare(whole, decimal_from_int64(least)) < 0 || decimal_compare(whole, decimal_from_uint64(most)) > 0)
        return NUMBER_OVERFLOW;
    struct decimal rounded = decimal_round(whole, 0, DECIMAL_HALF_EVEN);
    uint64_t bits = ((uint64_t)rounded.middle << 32) | rounded.low;
    *out = number_of_bits(kind, rounded.negative ? 0 - bits : bits);
    return NUMBER_GOOD;
}

static enum number_outcome to_kind(struct text plain, enum value_kind kind, struct value *out) {
    struct decimal number;
    double real;
    switch (kind) {
        case VALUE_DECIMAL:
            if (!decimal_read(plain, &number)) return NUMBER_OVERFLOW;
            *out = number_decimal(number);
            return NUMBER_GOOD;
        case VALUE_DOUBLE: case VALUE_SINGLE:
            if (!decimal_read_double(plain, &real)) return NUMBER_FORMAT;
            *out = kind == VALUE_SINGLE ? value_single((float)real) : value_double(real);
            return NUMBER_GOOD;
        case VALUE_BIGINT: return bigint_read(plain, 10, out) ? NUMBER_GOOD : NUMBER_FORMAT;
        default: return to_integer(plain, kind, out);
    }
}

static bool special_real(struct text text, const struct culture *culture, double *out) {
    text = text_trim(text);
    if (text_equal_fold(text, text_of(culture->not_a_number)) || text_equal_fold(text, TEXT("NaN"))) *out = NAN;
    else {
        bool negative = text.length && text.start[0] == '-';
        if (text.length && (negative || text.start[0] == '+')) text = text_slice(text, 1, text.length);
        if (!text_equal_fold(text, text_of(culture->infinity)) && !text_equal_fold(text, TEXT("Infinity"))) return false;
        *out = negative ? -INFINITY : INFINITY;
    }
    return true;
}

enum number_outcome number_parse_base(struct text text, int base, enum value_kind kind, struct value *out) {
    uint64_t number = 0;
    int width = number_kind_bits(kind);
    if (base == 16 && text_starts_fold(text, TEXT("0x"))) text = text_slice(text, 2, text.length);
    if (text.length == 0) return NUMBER_FORMAT;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i], low = (char)(c | 0x20);
        int digit = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'z' ? low - 'a' + 10 : 99;
        if (digit >= base) return NUMBER_FORMAT;
        if (__builtin_mul_overflow(number, (uint64_t)base, &number) || __builtin_add_overflow(number, (uint64_t)digit, &number))
            return NUMBER_OVERFLOW;
    }
    if (width < 64 && number >> width) return NUMBER_OVERFLOW;
    *out = number_of_bits(kind, number);
    return NUMBER_GOOD;
}

enum number_outcome number_parse(struct text text, enum value_kind kind, unsigned styles, const struct culture *culture,
                                 struct value *out) {
    double special;
    culture = culture_or_invariant(culture);
    if (styles & (NUMBER_HEXADECIMAL | NUMBER_BINARY)) {
        struct text digits = text_trim(text);
        if (digits.length > 1 && (digits.start[1] | 0x20) == 'x') return NUMBER_FORMAT;
        return number_parse_base(digits, styles & NUMBER_BINARY ? 2 : 16, kind, out);
    }
    bool real = kind == VALUE_DOUBLE || kind == VALUE_SINGLE;
    if (real && special_real(text, culture, &special)) {
        *out = kind == VALUE_SINGLE ? value_single((float)special) : value_double(special);
        return NUMBER_GOOD;
    }
    struct spelling s = {.text = text, .styles = styles, .culture = culture};
    struct bytes plain = {0};
    take_front(&s);
    bool good = take_digits(&s, &plain);
    take_back(&s);
    enum number_outcome outcome = NUMBER_FORMAT;
    if (good && s.at == text.length && !s.parenthesis) {
        if (s.negative) bytes_insert(&plain, 0, "-", 1);
        outcome = to_kind(bytes_text(&plain), kind, out);
    }
    bytes_free(&plain);
    return outcome;
}
