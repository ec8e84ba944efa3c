/* Numbers in text as PowerShell's own literals are read: "0x1F", "0b101", "12l", "1.5d", "1kb", "1e3". */
#include <math.h>
#include <string.h>
#include "convert_private.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* 1 << shift of "kb", "mb" …; takes it off the end. */
static int take_multiplier(struct text *text) {
    static const char units[] = "kmgtp";
    if (text->length < 3 || (text->start[text->length - 1] | 32) != 'b') return 0;
    const char *unit = strchr(units, text->start[text->length - 2] | 32);
    if (!unit || !*unit) return 0;
    text->length -= 2;
    return (int)(unit - units + 1) * 10;
}

/* Takes a type suffix off the end: "l", "ul", "uy", "d" …, lower case in out. */
static void take_suffix(struct text *text, bool hex, char out[3]) {
    memset(out, 0, 3);
    const char *letters = hex ? "lsuny" : "lsudny";
    char last = text->length > 1 ? (char)(text->start[text->length - 1] | 32) : '0';
    if (!strchr(letters, last)) return;
    text->length--;
    out[0] = last;
    if (strchr("lsy", last) && text->length > 1 && (text->start[text->length - 1] | 32) == 'u') {
        text->length--;
        out[0] = 'u';
        out[1] = last;
    }
}

/* Digits of base 2 or 16 to two's complement of 32 or 64 bits, as `0xFFFFFFFF` is -1 in text. */
static bool read_bits(struct text digits, int shift, bool suffixed, struct value *out) {
    uint64_t bits = 0;
    size_t significant = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.start[i];
        int digit = is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
        if (digit >= 1 << shift) return false;
        if (significant || digit) significant += (size_t)shift;
        bits = bits << shift | (uint64_t)digit;
    }
    if (significant > 64) return false;
    if (!suffixed && bits <= UINT32_MAX && digits.length <= (shift == 4 ? 8u : 32u)) *out = value_int32((int32_t)(uint32_t)bits);
    else *out = value_int64((int64_t)bits);
    return true;
}

static bool is_real(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.start[i] == '.' || (text.start[i] | 32) == 'e') return true;
    return false;
}

/* Digits, one point, an exponent with digits: nothing else may stand in a number. */
static bool is_plain(struct text text) {
    size_t i = 0, digits = 0;
    for (; i < text.length && is_digit(text.start[i]); i++) digits++;
    if (i < text.length && text.start[i] == '.')
        for (i++; i < text.length && is_digit(text.start[i]); i++) digits++;
    if (!digits) return false;
    if (i < text.length && (text.start[i] | 32) == 'e') {
        if (++i < text.length && (text.start[i] == '+' || text.start[i] == '-')) i++;
        if (i == text.length) return false;
        while (i < text.length && is_digit(text.start[i])) i++;
    }
    return i == text.length;
}

static struct value narrowest(int64_t n) {
    return n >= INT32_MIN && n <= INT32_MAX ? value_int32((int32_t)n) : value_int64(n);
}

static bool read_plain(struct text text, bool negative, struct value *out) {
    int64_t whole;
    struct decimal decimal;
    double real;
    if (!is_plain(text)) return false;
    if (!is_real(text)) {
        if (decimal_read_int64(text, &whole)) {
            *out = narrowest(negative ? -whole : whole);
            return true;
        }
        if (decimal_read(text, &decimal)) {
            decimal.negative = negative;
            *out = number_decimal(decimal);
            return true;
        }
    }
    if (!decimal_read_double(text, &real)) return false;
    *out = value_double(negative ? -real : real);
    return true;
}

static bool apply_suffix(const char *suffix, struct text text, bool negative, struct value plain, struct value *out) {
    static const struct { char name[3]; uint8_t kind; } kinds[] = {
        {"l", VALUE_INT64}, {"s", VALUE_INT16}, {"y", VALUE_SBYTE}, {"ul", VALUE_UINT64}, {"us", VALUE_UINT16}, {"uy", VALUE_BYTE},
    };
    struct decimal decimal;
    if (suffix[0] == 'n') {
        if (bigint_read(text, 10, out)) return true;
        *out = bigint_from_double(nearbyint(number_to_double(plain)));
        return true;
    }
    if (suffix[0] == 'd') {
        if (!decimal_read(text, &decimal)) return false;
        decimal.negative = negative;
        *out = number_decimal(decimal);
        return true;
    }
    int64_t whole;
    if (!number_to_decimal(plain, &decimal) || !decimal_to_int64(decimal, &whole)) return false;
    if (!strcmp(suffix, "u")) {
        if (whole < 0) return false;
        *out = value_integer(whole <= UINT32_MAX ? VALUE_UINT32 : VALUE_UINT64, whole);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(kinds[i].name, suffix) && number_fits(kinds[i].kind, whole)) {
            *out = value_integer(kinds[i].kind, whole);
            return true;
        }
    return false;
}

static bool multiply(struct value v, int shift, struct value *out) {
    double real = number_to_double(v) * (double)(1LL << shift);
    if (v.kind == VALUE_DECIMAL) {
        struct decimal product;
        if (!decimal_product(number_decimal_of(v), decimal_from_int64(1LL << shift), &product)) return false;
        value_release(v);
        *out = number_decimal(product);
    } else if (value_is_integer(v) && fabs(real) < 9e18) {
        *out = v.kind == VALUE_INT32 ? narrowest((int64_t)real) : value_integer(v.kind, (int64_t)real);
    } else {
        *out = value_double(real);
    }
    return true;
}

static struct value negated(struct value v) {
    if (v.kind == VALUE_INT32) return narrowest(-v.integer);
    if (v.kind == VALUE_INT64) return value_int64((int64_t)(0 - v.uinteger));
    return v;
}

bool number_text_read(struct text text, struct value *out) {
    bool negative = false;
    if (text.length && (text.start[0] == '-' || text.start[0] == '+')) {
        negative = text.start[0] == '-';
        text = text_slice(text, 1, text.length);
    }
    if (!text.length) return false;
    int shift = take_multiplier(&text);
    char suffix[3];
    bool hex = text.length >= 2 && text.start[0] == '0' && (text.start[1] | 32) == 'x';
    bool binary = text.length >= 2 && text.start[0] == '0' && (text.start[1] | 32) == 'b';
    take_suffix(&text, hex, suffix);
    struct value plain;
    if (hex || binary) {
        if (!read_bits(text_slice(text, 2, text.length), hex ? 4 : 1, suffix[0] == 'l', &plain)) return false;
        if (negative) plain = negated(plain);
        *out = plain;
    } else {
        if (!read_plain(text, negative, &plain)) return false;
        *out = plain;
        if (*suffix) {
            bool ok = apply_suffix(suffix, text, negative, plain, out);
            value_release(plain);
            if (!ok) return false;
        }
    }
    return !shift || multiply(*out, shift, out);
}

/* Leading '#' and "&h" mean hexadecimal to .NET's converters. */
static bool read_hash(struct text text, struct value *out) {
    size_t skip = text.length > 1 && text.start[0] == '#' ? 1 : text_starts_fold(text, TEXT("&h")) ? 2 : 0;
    return skip && read_bits(text_slice(text, skip, text.length), 4, false, out);
}

bool number_text_clean(struct text text, struct bytes *out) {
    size_t i = 0;
    if (text.length && (text.start[0] == '-' || text.start[0] == '+')) {
        if (text.start[0] == '-') bytes_add_byte(out, '-');
        i = 1;
    }
    if (i == text.length || text.start[i] == ',') return false;
    bool fraction = false;
    for (; i < text.length; i++) {
        if (text.start[i] == ',' && !fraction) continue;
        if (text.start[i] == '.') fraction = true;
        bytes_add_byte(out, text.start[i]);
    }
    struct text rest = bytes_text(out);
    if (rest.length && rest.start[0] == '-') rest = text_slice(rest, 1, rest.length);
    return is_plain(rest);
}

bool convert_text_to_number(struct realm *realm, struct text text, struct value *out) {
    (void)realm;
    text = text_trim(text);
    if (!text.length) {
        *out = value_int32(0);
        return true;
    }
    if (number_text_read(text, out) || read_hash(text, out)) return true;
    struct bytes clean = {0}; /* "1,234.5": the thousands' commas go, and the rest becomes a whole number */
    bool ok = text_find_byte(text, ',', 0) != TEXT_NOT_FOUND && number_text_clean(text, &clean);
    double real = 0;
    ok = ok && decimal_read_double(bytes_text(&clean), &real) && fabs(real) < 9e18;
    if (ok) *out = narrowest((int64_t)nearbyint(real));
    bytes_free(&clean);
    return ok;
}
