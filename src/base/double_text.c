/* Doubles as text and back, and between double and decimal. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "decimal_private.h"

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool read_special(struct text text, double *out) {
    if (text_equal_fold(text, TEXT("nan")) || text_equal_fold(text, TEXT("-nan"))) *out = NAN;
    else if (text_equal_fold(text, TEXT("infinity")) || text_equal_fold(text, TEXT("+infinity"))) *out = INFINITY;
    else if (text_equal_fold(text, TEXT("-infinity"))) *out = -INFINITY;
    else if (text_equal(text, TEXT("\xe2\x88\x9e"))) *out = INFINITY;
    else if (text_equal(text, TEXT("-\xe2\x88\x9e"))) *out = -INFINITY;
    else return false;
    return true;
}

/* What a scan of the text has found; strtod alone would take hexadecimal, blanks and words too. */
struct scan {
    uint64_t digits; /* all of them, if there are at most 18 */
    int count, places, exponent;
    bool negative;
};

static bool scan_number(struct text text, struct scan *scan) {
    size_t at = 0;
    bool point = false, any = false;
    *scan = (struct scan){0};
    scan->negative = text.length && text.start[0] == '-';
    if (scan->negative || (text.length && text.start[0] == '+')) at++;
    for (; at < text.length; at++) {
        char byte = text.start[at];
        if (byte == '.' && !point) {
            point = true;
            continue;
        }
        if ((unsigned)(byte - '0') >= 10u) break;
        any = true;
        if (scan->count || byte != '0') scan->count++;
        if (scan->count <= 18) scan->digits = scan->digits * 10 + (unsigned)(byte - '0');
        scan->places += point;
    }
    if (!any) return false;
    if (at == text.length) return true;
    if ((text.start[at++] | 32) != 'e') return false;
    bool negative = at < text.length && text.start[at] == '-';
    if (negative || (at < text.length && text.start[at] == '+')) at++;
    if (at == text.length) return false;
    for (; at < text.length; at++) {
        if ((unsigned)(text.start[at] - '0') >= 10u) return false;
        if (scan->exponent < 100000) scan->exponent = scan->exponent * 10 + (text.start[at] - '0');
    }
    if (negative) scan->exponent = -scan->exponent;
    return true;
}

bool decimal_read_double(struct text text, double *out) {
    struct scan scan;
    if (!scan_number(text, &scan)) return read_special(text, out);
    int exponent = scan.exponent - scan.places;
    if (scan.count <= 15 && exponent >= -22 && exponent <= 22) { /* both factors are exact, so is the result */
        double number = (double)scan.digits;
        number = exponent < 0 ? number / powers_of_ten[-exponent] : number * powers_of_ten[exponent];
        *out = scan.negative ? -number : number;
        return true;
    }
    char buffer[64];
    struct bytes longer = {0};
    char *copy = buffer;
    if (text.length < sizeof buffer) {
        memcpy(buffer, text.start, text.length);
        buffer[text.length] = '\0';
    } else {
        bytes_add_text(&longer, text);
        copy = longer.data;
    }
    *out = strtod(copy, NULL);
    bytes_free(&longer);
    return true;
}

/* Splits what printf wrote as "d.ddde±xx". */
static int split_scientific(const char *text, char *digits, int *exponent) {
    int count = 0;
    for (; *text && *text != 'e'; text++)
        if (*text != '.') digits[count++] = *text;
    *exponent = (int)strtol(text + 1, NULL, 10) + 1;
    return count;
}

int decimal_exact_digits(double number, int count, char digits[], int *exponent) {
    char text[400];
    if (count > 350) count = 350;
    snprintf(text, sizeof text, "%.*e", count - 1, fabs(number));
    return split_scientific(text, digits, exponent);
}

static int strip_zeros(const char *digits, int count) {
    while (count > 1 && digits[count - 1] == '0') count--;
    return count;
}

static int digits_of_integer(uint64_t integer, char *digits) {
    char reversed[20];
    int count = 0;
    do reversed[count++] = (char)('0' + integer % 10);
    while (integer /= 10);
    for (int i = 0; i < count; i++) digits[i] = reversed[count - 1 - i];
    return count;
}

/* Numbers as people write them: with at most 15 digits and few places. A text of so few digits that reads back to the
 * number is the only one of its length, so the first found is the shortest. 0 if there is none. */
static int short_digits(double number, char *digits, int *exponent) {
    if (number >= 1e15 || number < 1e-5) return 0;
    for (int places = 0; places <= 20; places++) {
        double scaled = number * powers_of_ten[places];
        if (scaled >= 1e15) return 0;
        uint64_t whole = (uint64_t)(scaled + 0.5);
        if ((double)whole / powers_of_ten[places] != number) continue;
        int count = digits_of_integer(whole, digits);
        *exponent = count - places;
        return strip_zeros(digits, count);
    }
    return 0;
}

int decimal_shortest_digits(double number, char digits[32], int *exponent) {
    int count = short_digits(number, digits, exponent);
    if (count) return count;
    for (int precision = number < 2.3e-308 ? 1 : 15; precision < 17; precision++) {
        char text[40];
        snprintf(text, sizeof text, "%.*e", precision - 1, number);
        if (strtod(text, NULL) != number) continue;
        count = split_scientific(text, digits, exponent);
        return strip_zeros(digits, count);
    }
    count = decimal_exact_digits(number, 17, digits, exponent);
    return strip_zeros(digits, count);
}

static int shortest_float_digits(float number, char *digits, int *exponent) {
    for (int precision = number < 1.2e-38f ? 1 : 6; precision < 9; precision++) {
        char text[40];
        snprintf(text, sizeof text, "%.*e", precision - 1, (double)number);
        if (strtof(text, NULL) != number) continue;
        int count = split_scientific(text, digits, exponent);
        return strip_zeros(digits, count);
    }
    int count = decimal_exact_digits((double)number, 9, digits, exponent);
    return strip_zeros(digits, count);
}

/* 0.DIGITS * 10^exponent as .NET's G form: scientific past `widest` digits before the point and below 0.0001. */
static void add_digits(struct bytes *out, const char *digits, int count, int exponent, int widest) {
    if (exponent > widest || exponent < -3) {
        bytes_add_byte(out, digits[0]);
        if (count > 1) {
            bytes_add_byte(out, '.');
            bytes_add(out, digits + 1, (size_t)(count - 1));
        }
        int power = exponent - 1;
        bytes_add_format(out, "E%c%02d", power < 0 ? '-' : '+', power < 0 ? -power : power);
        return;
    }
    if (exponent <= 0) {
        bytes_add_string(out, "0.");
        bytes_add_repeat(out, '0', (size_t)-exponent);
        bytes_add(out, digits, (size_t)count);
        return;
    }
    int whole = count < exponent ? count : exponent;
    bytes_add(out, digits, (size_t)whole);
    bytes_add_repeat(out, '0', (size_t)(exponent - whole));
    if (count > whole) {
        bytes_add_byte(out, '.');
        bytes_add(out, digits + whole, (size_t)(count - whole));
    }
}

/* Sign, zero, infinity and NaN; true if that was all. */
static bool add_special(struct bytes *out, double number) {
    if (isnan(number)) {
        bytes_add_string(out, "NaN");
        return true;
    }
    if (signbit(number)) bytes_add_byte(out, '-');
    if (isinf(number)) bytes_add_string(out, "Infinity");
    else if (number == 0) bytes_add_byte(out, '0');
    else return false;
    return true;
}

/* Whole numbers that have no use for an exponent; zero is left out, it may be negative. */
static bool is_plain_integer(double number) {
    return fabs(number) < 1e15 && (double)(int64_t)number == number && number != 0;
}

void decimal_add_double(struct bytes *out, double number) {
    if (is_plain_integer(number)) {
        decimal_add_int64(out, (int64_t)number);
        return;
    }
    if (add_special(out, number)) return;
    char digits[32];
    int exponent, count = decimal_shortest_digits(fabs(number), digits, &exponent);
    add_digits(out, digits, count, exponent, 17);
}

void decimal_add_float(struct bytes *out, float number) {
    if (add_special(out, (double)number)) return;
    char digits[32];
    int exponent, count = shortest_float_digits(fabsf(number), digits, &exponent);
    add_digits(out, digits, count, exponent, 9);
}

void decimal_add_general(struct bytes *out, double number, int digits) {
    if (digits >= 15 && is_plain_integer(number)) {
        decimal_add_int64(out, (int64_t)number);
        return;
    }
    if (add_special(out, number)) return;
    char found[352];
    int exponent, count = 0;
    if (digits >= 15) count = short_digits(fabs(number), found, &exponent);
    if (!count) count = decimal_exact_digits(number, digits, found, &exponent);
    add_digits(out, found, strip_zeros(found, count), exponent, digits);
}

bool decimal_from_double(double number, struct decimal *out) {
    if (isnan(number) || isinf(number) || fabs(number) >= 0x1p96) return false;
    if (fabs(number) < 1e-29) {
        *out = (struct decimal){0};
        return true;
    }
    char text[40];
    snprintf(text, sizeof text, "%.14e", number);
    struct text read = text_of(text);
    if (!decimal_read(read, out)) return false;
    /* The fifteen digits come without the zeros at their end. */
    decimal_magnitude magnitude = decimal_magnitude_of(*out);
    int scale = out->scale;
    for (; scale > 0 && magnitude % 10 == 0; scale--) magnitude /= 10;
    *out = decimal_make(magnitude, scale, out->negative);
    return true;
}
