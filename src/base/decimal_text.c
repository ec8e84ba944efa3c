/* Decimals and integers as text. */
#include <limits.h>
#include "decimal_private.h"

static bool is_digit(char byte) {
    return (unsigned)(byte - '0') < 10u;
}

bool decimal_read_uint64(struct text text, uint64_t *out) {
    if (text.length && text.start[0] == '+') text = text_slice(text, 1, text.length);
    if (!text.length) return false;
    uint64_t number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.start[i])) return false;
        if (__builtin_mul_overflow(number, 10, &number)) return false;
        if (__builtin_add_overflow(number, (unsigned)(text.start[i] - '0'), &number)) return false;
    }
    *out = number;
    return true;
}

bool decimal_read_int64(struct text text, int64_t *out) {
    bool negative = text.length && text.start[0] == '-';
    if (negative && text.length > 1 && text.start[1] == '+') return false;
    uint64_t magnitude;
    if (!decimal_read_uint64(text_slice(text, negative, text.length), &magnitude)) return false;
    if (magnitude > (uint64_t)INT64_MAX + negative) return false;
    *out = (int64_t)(negative ? 0 - magnitude : magnitude);
    return true;
}

void decimal_add_uint64(struct bytes *out, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    bytes_add(out, digits + at, sizeof digits - at);
}

void decimal_add_int64(struct bytes *out, int64_t number) {
    if (number < 0) bytes_add_byte(out, '-');
    decimal_add_uint64(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* What has been read of a decimal: digits that fit, and what the first that did not says about rounding. */
struct reading {
    decimal_magnitude magnitude;
    int scale;      /* may leave 0..28 until the exponent has been added */
    int dropped;    /* first digit that did not fit, or -1 */
    bool sticky;    /* a digit that is not zero came after it */
    bool any;
};

static void read_digit(struct reading *reading, int digit, bool fraction) {
    reading->any = true;
    bool full = reading->magnitude > (DECIMAL_MAGNITUDE_LIMIT - 1 - (unsigned)digit) / 10;
    if (full || reading->dropped >= 0) {
        if (reading->dropped < 0) reading->dropped = digit;
        else reading->sticky |= digit != 0;
        if (!fraction) reading->scale--;
        return;
    }
    reading->magnitude = reading->magnitude * 10 + (unsigned)digit;
    if (fraction) reading->scale++;
}

/* Drops the last digit that was kept. */
static void drop_digit(struct reading *reading) {
    reading->sticky |= reading->dropped > 0;
    reading->dropped = (int)(reading->magnitude % 10);
    reading->magnitude /= 10;
    reading->scale--;
}

/* Brings the scale to 0..28 and rounds. .NET's parser rounds half away from zero. */
static bool settle(struct reading *reading) {
    if (!reading->magnitude && reading->dropped <= 0 && !reading->sticky) {
        if (reading->scale < 0) reading->scale = 0;
        if (reading->scale > DECIMAL_MAX_SCALE) reading->scale = DECIMAL_MAX_SCALE;
        return true;
    }
    while (reading->scale < 0) {
        if (reading->dropped >= 0 || reading->magnitude > (DECIMAL_MAGNITUDE_LIMIT - 1) / 10) return false;
        reading->magnitude *= 10;
        reading->scale++;
    }
    for (int places = reading->scale - DECIMAL_MAX_SCALE; places > 0; places--) {
        if (places > 60) {
            reading->magnitude = 0;
            reading->dropped = 0;
            reading->scale = DECIMAL_MAX_SCALE;
            return true;
        }
        drop_digit(reading);
    }
    if (reading->dropped >= 5 && ++reading->magnitude >= DECIMAL_MAGNITUDE_LIMIT) {
        if (!reading->scale) return false;
        reading->magnitude = reading->magnitude / 10 + 1;
        reading->scale--;
    }
    return true;
}

/* The exponent after e or E, limited so that it cannot overflow; false if malformed. */
static bool read_exponent(struct text text, size_t at, int *out) {
    bool negative = at < text.length && text.start[at] == '-';
    if (negative || (at < text.length && text.start[at] == '+')) at++;
    if (at == text.length) return false;
    int exponent = 0;
    for (; at < text.length; at++) {
        if (!is_digit(text.start[at])) return false;
        if (exponent < 100000) exponent = exponent * 10 + (text.start[at] - '0');
    }
    *out = negative ? -exponent : exponent;
    return true;
}

bool decimal_read(struct text text, struct decimal *out) {
    struct reading reading = {.dropped = -1};
    size_t at = 0;
    bool negative = text.length && text.start[0] == '-', fraction = false;
    if (negative || (text.length && text.start[0] == '+')) at++;
    for (; at < text.length; at++) {
        char byte = text.start[at];
        if (byte == '.' && !fraction) fraction = true;
        else if (is_digit(byte)) read_digit(&reading, byte - '0', fraction);
        else break;
    }
    if (!reading.any) return false;
    if (at < text.length) {
        int exponent;
        if ((text.start[at] | 32) != 'e' || !read_exponent(text, at + 1, &exponent)) return false;
        reading.scale -= exponent;
    }
    if (!settle(&reading)) return false;
    *out = decimal_make(reading.magnitude, reading.scale, negative);
    return true;
}

void decimal_add(struct bytes *out, struct decimal number) {
    char digits[40];
    size_t at = sizeof digits;
    decimal_magnitude magnitude = decimal_magnitude_of(number);
    bool zero = !magnitude;
    for (int place = 0; magnitude || place <= number.scale; place++) {
        if (place && place == number.scale) digits[--at] = '.';
        digits[--at] = (char)('0' + (int)(magnitude % 10));
        magnitude /= 10;
    }
    if (number.negative && !zero) bytes_add_byte(out, '-');
    bytes_add(out, digits + at, sizeof digits - at);
}
