#include "m365sh/base/decimal.h"

#include "decimal_private.h"

/* A magnitude of 256 bits, least part first: the exact result of an operation before it is rounded to 96. */
struct wide {
    uint32_t part[8];
};

static struct wide wide_of(decimal_magnitude magnitude) {
    struct wide wide = {{0}};
    for (int i = 0; i < 4; i++) wide.part[i] = (uint32_t)(magnitude >> (32 * i));
    return wide;
}

static void wide_multiply(struct wide *wide, uint32_t factor) {
    uint64_t carry = 0;
    for (int i = 0; i < 8; i++) {
        carry += (uint64_t)wide->part[i] * factor;
        wide->part[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static uint32_t wide_divide(struct wide *wide, uint32_t divisor) {
    uint64_t rest = 0;
    for (int i = 7; i >= 0; i--) {
        rest = rest << 32 | wide->part[i];
        wide->part[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

static void wide_scale_up(struct wide *wide, int places) {
    for (; places >= 9; places -= 9) wide_multiply(wide, 1000000000);
    for (; places > 0; places--) wide_multiply(wide, 10);
}

static int wide_compare(const struct wide *a, const struct wide *b) {
    for (int i = 7; i >= 0; i--)
        if (a->part[i] != b->part[i]) return a->part[i] < b->part[i] ? -1 : 1;
    return 0;
}

static void wide_add(struct wide *a, const struct wide *b) {
    uint64_t carry = 0;
    for (int i = 0; i < 8; i++) {
        carry += (uint64_t)a->part[i] + b->part[i];
        a->part[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void wide_subtract(struct wide *a, const struct wide *b) {
    int64_t borrow = 0;
    for (int i = 0; i < 8; i++) {
        borrow += (int64_t)a->part[i] - b->part[i];
        a->part[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
}

static bool wide_fits(const struct wide *wide) {
    return !(wide->part[3] | wide->part[4] | wide->part[5] | wide->part[6] | wide->part[7]);
}

static void wide_increment(struct wide *wide) {
    for (int i = 0; i < 8 && ++wide->part[i] == 0; i++) {}
}

/* Drops places until the number fits, rounding once, half to even. False: too large even without places. */
static bool narrow(struct wide wide, int scale, bool negative, struct decimal *out) {
    uint32_t dropped = 0;
    bool sticky = false; /* something not zero was dropped before `dropped` */
    while (scale > DECIMAL_MAX_SCALE || !wide_fits(&wide)) {
        if (scale == 0) return false;
        sticky |= dropped != 0;
        dropped = wide_divide(&wide, 10);
        scale--;
    }
    if (dropped > 5 || (dropped == 5 && (sticky || (wide.part[0] & 1)))) {
        wide_increment(&wide);
        if (!wide_fits(&wide)) {
            if (scale == 0) return false;
            wide_divide(&wide, 10);
            wide_increment(&wide); /* 2^96 ends in 6, so the shorter number is rounded up */
            scale--;
        }
    }
    *out = (struct decimal){wide.part[0], wide.part[1], wide.part[2], (uint8_t)scale, negative};
    return true;
}

struct decimal decimal_from_uint64(uint64_t number) {
    return decimal_make(number, 0, false);
}

struct decimal decimal_from_int64(int64_t number) {
    return decimal_make(number < 0 ? 0 - (uint64_t)number : (uint64_t)number, 0, number < 0);
}

bool decimal_is_zero(struct decimal a) {
    return !(a.low | a.middle | a.high);
}

double decimal_to_double(struct decimal number) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
                                    1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28};
    double low = (double)((uint64_t)number.middle << 32 | number.low);
    double result = (low + number.high * 0x1p64) / powers[number.scale];
    return number.negative ? -result : result;
}

bool decimal_to_int64(struct decimal number, int64_t *out) {
    decimal_magnitude magnitude = decimal_magnitude_of(decimal_round(number, 0, DECIMAL_HALF_EVEN));
    decimal_magnitude limit = (decimal_magnitude)1 << 63;
    if (magnitude > limit || (magnitude == limit && !number.negative)) return false;
    *out = (int64_t)(number.negative ? 0 - (uint64_t)magnitude : (uint64_t)magnitude);
    return true;
}

/* Both as integers of the larger scale. */
static int align(struct decimal a, struct decimal b, struct wide *left, struct wide *right) {
    int scale = a.scale > b.scale ? a.scale : b.scale;
    *left = wide_of(decimal_magnitude_of(a));
    *right = wide_of(decimal_magnitude_of(b));
    wide_scale_up(left, scale - a.scale);
    wide_scale_up(right, scale - b.scale);
    return scale;
}

bool decimal_sum(struct decimal a, struct decimal b, struct decimal *out) {
    struct wide left, right;
    int scale = align(a, b, &left, &right);
    if (a.negative == b.negative) {
        wide_add(&left, &right);
        return narrow(left, scale, a.negative, out);
    }
    int order = wide_compare(&left, &right);
    if (order >= 0) {
        wide_subtract(&left, &right);
        return narrow(left, scale, order ? a.negative : false, out);
    }
    wide_subtract(&right, &left);
    return narrow(right, scale, b.negative, out);
}

bool decimal_difference(struct decimal a, struct decimal b, struct decimal *out) {
    b.negative = !b.negative;
    return decimal_sum(a, b, out);
}

bool decimal_product(struct decimal a, struct decimal b, struct decimal *out) {
    uint32_t left[3] = {a.low, a.middle, a.high}, right[3] = {b.low, b.middle, b.high};
    struct wide wide = {{0}};
    for (int i = 0; i < 3; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < 3; j++) {
            carry += (uint64_t)left[i] * right[j] + wide.part[i + j];
            wide.part[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        wide.part[i + 3] = (uint32_t)carry;
    }
    return narrow(wide, a.scale + b.scale, a.negative != b.negative, out);
}

/* .NET: as many places as fit, then the zeros that this added at the end are dropped again. */
bool decimal_quotient(struct decimal a, struct decimal b, struct decimal *out) {
    decimal_magnitude divisor = decimal_magnitude_of(b);
    if (!divisor) return false;
    decimal_magnitude quotient = decimal_magnitude_of(a) / divisor, rest = decimal_magnitude_of(a) % divisor;
    int scale = a.scale - b.scale;
    bool inexact = rest != 0;
    while (scale < 0 || (rest && scale < DECIMAL_MAX_SCALE)) {
        decimal_magnitude longer = quotient * 10 + rest * 10 / divisor;
        if (longer >= DECIMAL_MAGNITUDE_LIMIT) {
            if (scale < 0) return false;
            break;
        }
        quotient = longer;
        rest = rest * 10 % divisor;
        scale++;
    }
    if (rest * 2 > divisor || (rest * 2 == divisor && (quotient & 1))) {
        if (++quotient >= DECIMAL_MAGNITUDE_LIMIT) {
            if (scale == 0) return false;
            quotient = quotient / 10 + 1;
            scale--;
        }
    }
    if (inexact)
        for (; scale > 0 && quotient % 10 == 0; scale--) quotient /= 10;
    *out = decimal_make(quotient, scale, a.negative != b.negative);
    return true;
}

bool decimal_remainder(struct decimal a, struct decimal b, struct decimal *out) {
    if (decimal_is_zero(b)) return false;
    struct wide left, right;
    int scale = align(a, b, &left, &right);
    if (wide_compare(&left, &right) < 0) {
        *out = a;
        return true;
    }
    decimal_magnitude rest;
    if (b.scale < scale) {
        /* The divisor was scaled up and is still no larger than 96 bits of `a`: both fit. */
        decimal_magnitude divisor = decimal_magnitude_of(b);
        for (int i = b.scale; i < scale; i++) divisor *= 10;
        rest = decimal_magnitude_of(a) % divisor;
    } else {
        decimal_magnitude divisor = decimal_magnitude_of(b);
        rest = decimal_magnitude_of(a) % divisor;
        for (int i = a.scale; i < scale; i++) rest = rest * 10 % divisor;
    }
    *out = decimal_make(rest, scale, a.negative && rest);
    return true;
}

int decimal_compare(struct decimal a, struct decimal b) {
    bool a_zero = decimal_is_zero(a), b_zero = decimal_is_zero(b);
    if (a_zero && b_zero) return 0;
    bool a_negative = a.negative && !a_zero, b_negative = b.negative && !b_zero;
    if (a_negative != b_negative) return a_negative ? -1 : 1;
    struct wide left, right;
    align(a, b, &left, &right);
    int order = wide_compare(&left, &right);
    return a_negative ? -order : order;
}

/* Whether cutting `rest` of `unit` off a magnitude must be made good by adding one. */
static bool rounds_up(decimal_magnitude kept, decimal_magnitude rest, decimal_magnitude unit, bool negative,
                      enum decimal_rounding rounding) {
    switch (rounding) {
    case DECIMAL_HALF_EVEN: return rest > unit / 2 || (rest == unit / 2 && (kept & 1));
    case DECIMAL_HALF_AWAY: return rest >= unit / 2;
    case DECIMAL_FLOOR: return rest && negative;
    case DECIMAL_CEILING: return rest && !negative;
    default: return false;
    }
}

struct decimal decimal_round(struct decimal a, int places, enum decimal_rounding rounding) {
    if (places < 0) places = 0;
    if (a.scale <= places) return a;
    decimal_magnitude unit = 1, magnitude = decimal_magnitude_of(a);
    for (int i = places; i < a.scale; i++) unit *= 10;
    decimal_magnitude kept = magnitude / unit, rest = magnitude % unit;
    kept += rounds_up(kept, rest, unit, a.negative, rounding);
    return decimal_make(kept, places, a.negative);
}
