#include "lexer_private.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/decimal.h"
#include <limits.h>
#include <math.h>

/* What the text of a number says before its value is known. */
struct shape {
    uint32_t digits_start, digits_end;  /* without sign, prefix and suffix */
    unsigned radix;
    bool real;                          /* has a point or an exponent */
    bool negative;
    bool is_long;                       /* a pattern of 64 bits is no int32, however small its value */
    bool is_unsigned;
    char suffix;                        /* 'l' 's' 'y' 'n' 'd' or 0 */
    unsigned kilos;                     /* multiplier: 1024 to this power */
};

static uint32_t letter(const struct lexer *lexer, uint32_t at) {
    uint32_t c = lexer_peek(lexer, at);
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool is_digit_of(uint32_t c, unsigned radix) {
    if (radix == 2) return c == '0' || c == '1';
    if (radix == 16 && c >= 'a' && c <= 'f') return true;
    return lexer_is_digit(c);
}

/* G: digits = digit { digit } ;
   G: digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" ;
   G: exponent = "e" [ "+" | "-" ] digits ; */
static uint32_t scan_decimal(const struct lexer *lexer, uint32_t at, struct shape *shape) {
    while (lexer_is_digit(lexer_peek(lexer, at))) at++;
    if (lexer_peek(lexer, at) == '.' && lexer_peek(lexer, at + 1) != '.') {
        shape->real = true;
        for (at++; lexer_is_digit(lexer_peek(lexer, at));) at++;
    }
    if (letter(lexer, at) == 'e') {
        uint32_t after = at + 1, sign = lexer_peek(lexer, after);
        if (sign == '+' || sign == '-') {
            uint32_t width;
            lexer_character(lexer, after, &width);
            after += width;
        }
        if (lexer_is_digit(lexer_peek(lexer, after))) {
            shape->real = true;
            while (lexer_is_digit(lexer_peek(lexer, after))) after++;
            at = after;
        }
    }
    return at;
}

/* G: type-suffix = [ "u" ] ( "y" | "s" | "l" ) | "u" | "d" | "n" ;
   G: multiplier = "kb" | "mb" | "gb" | "tb" | "pb" ; */
static uint32_t scan_suffix(const struct lexer *lexer, uint32_t at, struct shape *shape) {
    if (letter(lexer, at) == 'u') {
        shape->is_unsigned = true;
        at++;
    }
    uint32_t c = letter(lexer, at);
    if (c == 'l' || c == 's' || c == 'y' || (!shape->is_unsigned && (c == 'n' || (c == 'd' && shape->radix != 16)))) {
        shape->suffix = (char)c;
        at++;
    }
    static const char powers[] = "kmgtp";
    const char *power = (c = letter(lexer, at)) < 0x80 && c != 0 ? strchr(powers, (int)c) : NULL;
    if (power != NULL && letter(lexer, at + 1) == 'b') {
        shape->kilos = (unsigned)(power - powers) + 1;
        at += 2;
    }
    return at;
}

/* G: hexadecimal-digits = { digit | "a" | "b" | "c" | "d" | "e" | "f" } ;
   G: bits = { "0" | "1" } ; */
static uint32_t scan(const struct lexer *lexer, uint32_t at, struct shape *shape) {
    uint32_t width, c = lexer_character(lexer, at, &width);
    if (c == '-' || c == '+') {
        shape->negative = c == '-';
        at += width;
    }
    uint32_t prefix = lexer_peek(lexer, at) == '0' ? letter(lexer, at + 1) : 0;
    shape->radix = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 10;
    if (shape->radix != 10) {
        if (prefix == 'b' && !is_digit_of(lexer_peek(lexer, at + 2), 2)) shape->radix = 10;
        else at += 2;
    }
    shape->digits_start = at;
    if (shape->radix == 10) at = scan_decimal(lexer, at, shape);
    else while (is_digit_of(letter(lexer, at), shape->radix)) at++;
    shape->digits_end = at;
    return scan_suffix(lexer, at, shape);
}

/* digits = digits * factor + add, in decimal. */
static void multiply(struct bytes *digits, unsigned factor, unsigned add) {
    unsigned carry = add;
    for (size_t i = digits->length; i-- > 0;) {
        unsigned value = (unsigned)(digits->data[i] - '0') * factor + carry;
        digits->data[i] = (char)('0' + value % 10);
        carry = value / 10;
    }
    char front[12];
    size_t length = 0;
    for (; carry != 0; carry /= 10) front[length++] = (char)('0' + carry % 10);
    for (size_t i = 0; i < length; i++) bytes_insert(digits, 0, &front[i], 1);
}

static unsigned digit_value(char c) {
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
}

/* 0xFFFFFFFF is -1: as many digits as a type has bits are a bit pattern, whose first bit is the sign. */
static bool is_negative_pattern(const struct lexer *lexer, const struct shape *shape) {
    if (shape->radix == 10 || shape->is_unsigned || shape->digits_end == shape->digits_start) return false;
    uint32_t count = shape->digits_end - shape->digits_start;
    unsigned first = digit_value(lexer->text[shape->digits_start]);
    if (shape->radix == 2) return first == 1 && (count == 8 || count == 16 || count == 32 || count == 64 || count == 96 || count == 128);
    if (first < 8) return false;
    switch (shape->suffix) {
    case 'y': return count == 2;
    case 's': return count == 4;
    case 'l': return count == 16;
    default: return count == 8 || count == 16;
    }
}

/* The magnitude as decimal digits without leading zeros; a negative pattern turns the sign. */
static void integer_digits(const struct lexer *lexer, struct shape *shape, struct bytes *digits) {
    bool pattern = is_negative_pattern(lexer, shape);
    if (shape->radix == 10) bytes_add_text(digits, lexer_slice(lexer, shape->digits_start, shape->digits_end));
    for (uint32_t at = shape->digits_start; shape->radix != 10 && at < shape->digits_end; at++) {
        unsigned digit = digit_value(lexer->text[at]);
        multiply(digits, shape->radix, pattern ? shape->radix - 1 - digit : digit);
    }
    if (pattern) {
        multiply(digits, 1, 1);
        shape->negative = !shape->negative;
        shape->is_long = shape->digits_end - shape->digits_start == (shape->radix == 16 ? 16 : 64);
    }
    for (unsigned i = 0; i < shape->kilos; i++) multiply(digits, 1024, 0);
    size_t zeros = 0;
    while (zeros + 1 < digits->length && digits->data[zeros] == '0') zeros++;
    bytes_remove(digits, 0, zeros);
    if (digits->length == 0) bytes_add_byte(digits, '0');
}

static const struct {
    char suffix;
    bool is_unsigned;
    uint8_t kind;
    int64_t low;
    uint64_t high;
} ranges[] = {
    {'y', false, LITERAL_SBYTE, INT8_MIN, INT8_MAX},   {'y', true, LITERAL_BYTE, 0, UINT8_MAX},
    {'s', false, LITERAL_INT16, INT16_MIN, INT16_MAX}, {'s', true, LITERAL_UINT16, 0, UINT16_MAX},
    {'l', false, LITERAL_INT64, INT64_MIN, INT64_MAX}, {'l', true, LITERAL_UINT64, 0, UINT64_MAX},
    {0, true, LITERAL_UINT32, 0, UINT32_MAX},          {0, true, LITERAL_UINT64, 0, UINT64_MAX},
    {0, false, LITERAL_INT32, INT32_MIN, INT32_MAX},   {0, false, LITERAL_INT64, INT64_MIN, INT64_MAX},
};

static bool in_range(size_t row, uint64_t magnitude, bool negative) {
    if (!negative) return magnitude <= ranges[row].high;
    return magnitude == 0 || (ranges[row].low < 0 && magnitude <= (uint64_t)0 - (uint64_t)ranges[row].low);
}

/* False if the suffix asks for a kind that cannot hold the value, or if no integer kind can. */
static bool fits_integer(const struct shape *shape, uint64_t magnitude, struct number_literal *out) {
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (ranges[i].suffix != shape->suffix || ranges[i].is_unsigned != shape->is_unsigned || !in_range(i, magnitude, shape->negative)) continue;
        if (shape->is_long && ranges[i].kind == LITERAL_INT32) continue;
        out->kind = ranges[i].kind;
        out->integer = shape->negative ? (int64_t)((uint64_t)0 - magnitude) : (int64_t)magnitude;
        return true;
    }
    return false;
}

static void set_digits(const struct lexer *lexer, const struct shape *shape, struct bytes *digits, uint8_t kind, struct number_literal *out) {
    if (shape->negative) bytes_insert(digits, 0, "-", 1);
    out->kind = kind;
    out->digits = text_make(arena_text(lexer->arena, digits->data, digits->length), digits->length);
}

/* .NET cuts a big integer off when it becomes a double, it does not round. */
static double cut_to_double(const struct bytes *digits) {
    double value;
    if (!decimal_read_double(bytes_text(digits), &value) || isinf(value)) return INFINITY;
    struct bytes exact = {0};
    bytes_add_format(&exact, "%.0f", value);
    bool above = exact.length > digits->length || (exact.length == digits->length && memcmp(exact.data, digits->data, exact.length) > 0);
    bytes_free(&exact);
    return above ? nextafter(value, 0) : value;
}

/* What no integer kind holds: decimal up to 28 digits or so, then double. Bit patterns have no wider kind. */
static bool wide(const struct lexer *lexer, const struct shape *shape, struct bytes *digits, struct number_literal *out) {
    if (shape->suffix != 0 || shape->is_unsigned || shape->radix != 10) return false;
    struct decimal number;
    if (decimal_read(bytes_text(digits), &number)) {
        set_digits(lexer, shape, digits, LITERAL_DECIMAL, out);
        return true;
    }
    out->kind = LITERAL_DOUBLE;
    out->real = cut_to_double(digits);
    if (shape->negative) out->real = -out->real;
    return true;
}

static bool integer(const struct lexer *lexer, struct shape *shape, struct number_literal *out) {
    struct bytes digits = {0};
    bool good = true;
    uint64_t magnitude;
    integer_digits(lexer, shape, &digits);
    if (shape->suffix == 'n' || shape->suffix == 'd') {
        struct decimal number;
        good = shape->suffix == 'n' || decimal_read(bytes_text(&digits), &number);
        if (good) set_digits(lexer, shape, &digits, shape->suffix == 'n' ? LITERAL_BIGINT : LITERAL_DECIMAL, out);
    } else if (!decimal_read_uint64(bytes_text(&digits), &magnitude) || !fits_integer(shape, magnitude, out)) {
        good = wide(lexer, shape, &digits, out);
    }
    bytes_free(&digits);
    return good;
}

static bool real_as_decimal(const struct lexer *lexer, const struct shape *shape, struct text text, struct number_literal *out) {
    struct decimal number, factor = decimal_from_int64(1024);
    if (!decimal_read(text, &number)) return false;
    for (unsigned i = 0; i < shape->kilos; i++)
        if (!decimal_product(number, factor, &number)) return false;
    struct bytes digits = {0};
    decimal_add(&digits, number);
    set_digits(lexer, shape, &digits, LITERAL_DECIMAL, out);
    bytes_free(&digits);
    return true;
}

static bool real(const struct lexer *lexer, const struct shape *shape, struct number_literal *out) {
    struct text text = lexer_slice(lexer, shape->digits_start, shape->digits_end);
    struct bytes ascii = {0};
    for (size_t i = 0; i < text.length; i++) { /* a typographic dash in the exponent */
        if ((unsigned char)text.start[i] < 0x80) bytes_add_byte(&ascii, text.start[i]);
        else if (((unsigned char)text.start[i] & 0xc0) == 0xc0) bytes_add_byte(&ascii, '-');
    }
    if (ascii.data[ascii.length - 1] == '.') bytes_truncate(&ascii, ascii.length - 1);
    double value = 0;
    bool good = true;
    if (shape->suffix == 'd') {
        good = real_as_decimal(lexer, shape, bytes_text(&ascii), out);
        bytes_free(&ascii);
        return good;
    }
    if (!decimal_read_double(bytes_text(&ascii), &value)) value = INFINITY;
    bytes_free(&ascii);
    for (unsigned i = 0; i < shape->kilos; i++) value *= 1024;
    if (shape->suffix == 0 && !shape->is_unsigned) {
        out->kind = LITERAL_DOUBLE;
        out->real = shape->negative ? -value : value;
        return true;
    }
    value = nearbyint(value);
    if (shape->suffix == 'n') {
        if (isinf(value)) return false;
        struct bytes digits = {0};
        bytes_add_format(&digits, "%.0f", value);
        set_digits(lexer, shape, &digits, LITERAL_BIGINT, out);
        bytes_free(&digits);
        return true;
    }
    return value < 18446744073709551616.0 && fits_integer(shape, (uint64_t)value, out);
}

bool lex_number(const struct lexer *lexer, struct token *out) {
    struct shape shape = {0};
    uint32_t end = scan(lexer, out->start, &shape), next = lexer_peek(lexer, end);
    if (shape.digits_end == shape.digits_start && shape.radix == 10) return false;
    if (shape.digits_end == shape.digits_start + 1 && lexer->text[shape.digits_start] == '.') return false;
    if (out->mode == LEX_COMMAND ? !lexer_ends_word(next) : !lexer_ends_number(next)) return false;
    out->kind = TOKEN_NUMBER;
    out->end = end;
    if (shape.digits_end - shape.digits_start > 20000 || !(shape.real ? real(lexer, &shape, &out->number) : integer(lexer, &shape, &out->number)))
        lexer_error(out, "BadNumericConstant", out->start, end, false, "The number does not fit the type its suffix names");
    return true;
}
