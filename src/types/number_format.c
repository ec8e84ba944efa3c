#include "number_format_private.h"

#include <math.h>

bool number_group_ends(const struct culture *culture, int position) {
    int first = culture->group_sizes[0], next = culture->group_sizes[1] ? culture->group_sizes[1] : first;
    if (position < first || first == 0) return false;
    return (position - first) % next == 0;
}

void number_add_exponent(struct bytes *out, char letter, int exponent, int least, bool plus, const struct culture *culture) {
    bytes_add_byte(out, letter);
    if (exponent < 0) bytes_add_string(out, culture->negative_sign);
    else if (plus) bytes_add_byte(out, '+');
    bytes_add_format(out, "%0*d", least, exponent < 0 ? -exponent : exponent);
}

/* The digits with `places` after the point, without sign. */
static void add_fixed(struct bytes *out, const struct digits *digits, int places, bool groups, const char *point,
                      const char *group, const struct culture *culture) {
    if (digits->scale <= 0) bytes_add_byte(out, '0');
    for (int i = 0; i < digits->scale; i++) {
        bytes_add_byte(out, digits_at(digits, i));
        if (groups && i + 1 < digits->scale && number_group_ends(culture, digits->scale - i - 1)) bytes_add_string(out, group);
    }
    if (places <= 0) return;
    bytes_add_string(out, point);
    for (int i = 0; i < places; i++) bytes_add_byte(out, digits_at(digits, digits->scale + i));
}

/* pattern: n digits, $ and % the symbol, - the sign. */
static void add_pattern(struct bytes *out, const char *pattern, struct text number, const char *symbol, const char *sign) {
    for (; *pattern; pattern++) {
        if (*pattern == 'n') bytes_add_text(out, number);
        else if (*pattern == '$' || *pattern == '%') bytes_add_string(out, symbol);
        else if (*pattern == '-') bytes_add_string(out, sign);
        else bytes_add_byte(out, *pattern);
    }
}

static void format_fixed(struct bytes *out, struct value v, char letter, int places, const struct culture *culture) {
    bool currency = letter == 'C', percent = letter == 'P';
    if (places < 0)
        places = currency ? culture->currency_digits : percent ? culture->percent_digits : culture->number_digits;
    struct digits digits = {0};
    digits_of(&digits, v, DIGITS_PLACES, percent ? places + 2 : places);
    if (percent && !digits_is_zero(&digits)) digits.scale += 2;
    if (!digits.is_real) digits_round(&digits, digits.scale + places);
    struct bytes number = {0};
    add_fixed(&number, &digits, places, letter != 'F', currency ? culture->currency_decimal : culture->decimal,
              currency ? culture->currency_group : culture->group, culture);
    const char *pattern = currency ? (digits.negative ? culture->currency_negative : culture->currency_positive)
                          : percent ? (digits.negative ? culture->percent_negative : culture->percent_positive)
                                    : (digits.negative ? "-n" : "n");
    add_pattern(out, pattern, bytes_text(&number), currency ? culture->currency_symbol : "%", culture->negative_sign);
    bytes_free(&number);
    digits_free(&digits);
}

static void add_scientific(struct bytes *out, const struct digits *digits, int places, char letter, int least,
                           const struct culture *culture) {
    if (digits->negative) bytes_add_string(out, culture->negative_sign);
    bytes_add_byte(out, digits_at(digits, 0));
    if (places > 0) bytes_add_string(out, culture->decimal);
    for (int i = 1; i <= places; i++) bytes_add_byte(out, digits_at(digits, i));
    number_add_exponent(out, letter, digits_is_zero(digits) ? 0 : digits->scale - 1, least, true, culture);
}

static void format_scientific(struct bytes *out, struct value v, char letter, int places, const struct culture *culture) {
    if (places < 0) places = 6;
    struct digits digits = {0};
    digits_of(&digits, v, DIGITS_SIGNIFICANT, places + 1);
    if (!digits.is_real) digits_round(&digits, places + 1);
    add_scientific(out, &digits, places, letter, 3, culture);
    digits_free(&digits);
}

/* "G": the shorter of fixed and scientific. */
static void format_general(struct bytes *out, struct value v, char letter, int precision, const struct culture *culture) {
    struct digits digits = {0};
    bool real = v.kind == VALUE_DOUBLE || v.kind == VALUE_SINGLE;
    if (precision <= 0 && v.kind == VALUE_DECIMAL) { /* keeps trailing zeros, never scientific */
        struct decimal number = number_decimal_of(v);
        digits_of(&digits, v, DIGITS_ALL, 0);
        if (digits.negative) bytes_add_string(out, culture->negative_sign);
        add_fixed(out, &digits, number.scale, false, culture->decimal, "", culture);
        digits_free(&digits);
        return;
    }
    digits_of(&digits, v, precision > 0 ? DIGITS_SIGNIFICANT : DIGITS_ALL, precision);
    int most = precision;
    if (precision <= 0) {
        int pretty = v.kind == VALUE_DOUBLE ? 15 : 7;
        most = (int)digits.run.length;
        if (!real) most = digits.scale;
        else if (most < pretty) most = pretty;
    } else if (!real) digits_round(&digits, precision);
    int shown = (int)digits.run.length;
    if (digits.scale > most || digits.scale < -3) add_scientific(out, &digits, shown - 1, letter, 2, culture);
    else {
        if (digits.negative) bytes_add_string(out, culture->negative_sign);
        add_fixed(out, &digits, shown - digits.scale, false, culture->decimal, "", culture);
    }
    digits_free(&digits);
}

static int bits_of(enum value_kind kind) {
    switch (kind) {
        case VALUE_SBYTE: case VALUE_BYTE: return 8;
        case VALUE_INT16: case VALUE_UINT16: return 16;
        case VALUE_INT32: case VALUE_UINT32: return 32;
        default: return 64;
    }
}

/* "X" and "B": two's complement of the kind's width. */
static void format_bits(struct bytes *out, struct value v, int digit_bits, int least, bool upper) {
    int width = bits_of(v.kind), count = 0;
    uint64_t number = v.uinteger & (width == 64 ? UINT64_MAX : (1ULL << width) - 1);
    char text[64];
    do {
        text[count++] = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[number & ((1u << digit_bits) - 1)];
        number >>= digit_bits;
    } while (number);
    if (least > count) bytes_add_repeat(out, '0', (size_t)(least - count));
    while (count) bytes_add_byte(out, text[--count]);
}

/* BigInteger's "X": the fewest digits that keep the sign, so 255 is 0FF and -1 is FF. */
static void format_big_hexadecimal(struct bytes *out, struct value v, int least, bool upper) {
    struct value zero = bigint_from_int64(0), mask = bigint_from_int64(255), rest = value_keep(v), part;
    bool negative = bigint_compare(v, zero) < 0;
    struct bytes reversed = {0};
    int64_t byte = 0, end = negative ? -1 : 0, left = 0;
    for (;;) {
        if (bigint_operate('&', rest, mask, &part)) {
            bigint_to_int64(part, &byte);
            value_release(part);
        }
        const char *letters = upper ? "0123456789ABCDEF" : "0123456789abcdef";
        bytes_add_byte(&reversed, letters[byte & 15]);
        bytes_add_byte(&reversed, letters[byte >> 4]);
        value_set_take(&rest, bigint_shift(rest, -8));
        if (bigint_to_int64(rest, &left) && left == end && (byte >= 128) == negative) break;
    }
    char fill = negative ? (upper ? 'F' : 'f') : '0';
    while (reversed.length > 1 && reversed.data[reversed.length - 1] == fill) {
        char next = reversed.data[reversed.length - 2]; /* the sign must still show in the first digit */
        bool next_negative = next >= '8';
        if (next_negative != negative) break;
        bytes_truncate(&reversed, reversed.length - 1);
    }
    if ((size_t)(least < 0 ? 0 : least) > reversed.length) bytes_add_repeat(out, fill, (size_t)least - reversed.length);
    for (size_t i = reversed.length; i > 0; i--) bytes_add_byte(out, reversed.data[i - 1]);
    bytes_free(&reversed);
    value_release(zero);
    value_release(mask);
    value_release(rest);
}

static void format_whole(struct bytes *out, struct value v, int least, const struct culture *culture) {
    struct digits digits = {0};
    digits_of(&digits, v, DIGITS_ALL, 0);
    if (digits.negative) bytes_add_string(out, culture->negative_sign);
    int count = digits.scale < 1 ? 1 : digits.scale;
    if (least > count) bytes_add_repeat(out, '0', (size_t)(least - count));
    add_fixed(out, &digits, 0, false, "", "", culture);
    digits_free(&digits);
}

/* One letter and up to nine digits. *precision -1 where none is given. */
static bool is_standard(struct text format, char *letter, int *precision) {
    if (format.length == 0 || format.length > 10) return false;
    char c = format.start[0];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return false;
    *letter = c;
    *precision = -1;
    for (size_t i = 1; i < format.length; i++) {
        if (format.start[i] < '0' || format.start[i] > '9') return false;
        *precision = (*precision < 0 ? 0 : *precision) * 10 + (format.start[i] - '0');
    }
    return true;
}

static bool format_standard(struct bytes *out, struct value v, char letter, int precision, const struct culture *culture) {
    bool integer = value_is_integer(v), big = v.kind == VALUE_BIGINT, upper = letter >= 'A' && letter <= 'Z';
    char kind = (char)(letter & ~0x20), exponent = upper ? 'E' : 'e';
    switch (kind) {
        case 'C': case 'F': case 'N': case 'P': format_fixed(out, v, kind, precision, culture); return true;
        case 'E': format_scientific(out, v, exponent, precision, culture); return true;
        case 'R': format_general(out, v, exponent, 0, culture); return true;
        case 'G':
            if (big || (integer && precision <= 0)) format_whole(out, v, 0, culture);
            else format_general(out, v, exponent, precision, culture);
            return true;
        case 'D':
            if (!integer && !big) return false;
            format_whole(out, v, precision, culture);
            return true;
        case 'X':
            if (big) format_big_hexadecimal(out, v, precision, upper);
            else if (integer) format_bits(out, v, 4, precision, upper);
            return integer || big;
        case 'B':
            if (integer) format_bits(out, v, 1, precision, upper);
            return integer;
        default: return false;
    }
}

bool number_format(struct bytes *out, struct value v, struct text format, const struct culture *culture) {
    culture = culture_or_invariant(culture);
    if (v.kind == VALUE_DOUBLE || v.kind == VALUE_SINGLE) {
        if (isnan(v.real)) {
            bytes_add_string(out, culture->not_a_number);
            return true;
        }
        if (isinf(v.real)) {
            if (v.real < 0) bytes_add_string(out, culture->negative_sign);
            bytes_add_string(out, culture->infinity);
            return true;
        }
    }
    char letter;
    int precision;
    if (format.length == 0) return format_standard(out, v, 'G', -1, culture);
    if (is_standard(format, &letter, &precision)) return format_standard(out, v, letter, precision, culture);
    number_custom(out, v, format, culture);
    return true;
}
