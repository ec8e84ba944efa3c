/* Numbers and text. Double conversion gives the shortest digits that read back the same, as .NET Core 3 and later.
 * `struct decimal` is .NET's System.Decimal: 96-bit integer, scale 0 to 28, sign. */
#ifndef M365SH_BASE_DECIMAL_H
#define M365SH_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

struct decimal {
    uint32_t low, middle, high;
    uint8_t scale;    /* digits after the point, 0..28 */
    bool negative;
};

/* The whole text must be the number (no blanks); false if not, or out of range. */
bool decimal_read_int64(struct text text, int64_t *out);
bool decimal_read_uint64(struct text text, uint64_t *out);
bool decimal_read_double(struct text text, double *out); /* digits, point, exponent; Infinity and NaN too */
void decimal_add_int64(struct bytes *out, int64_t number);
void decimal_add_uint64(struct bytes *out, uint64_t number);
/* As .NET's double.ToString(): the shortest digits; 1E+17 form from 18 digits before the point on, and below 1E-05. */
void decimal_add_double(struct bytes *out, double number);
void decimal_add_float(struct bytes *out, float number); /* 1E+09 form from 10 digits before the point on */
/* .NET's "G<digits>": at most that many significant digits, 1E+15 form where more stand before the point. PowerShell
 * puts a double into a text ("$x", [string]) as G15 and a float as G7, unlike ToString(). */
void decimal_add_general(struct bytes *out, double number, int digits);
/* Shortest digits of a finite positive number: fills digits (at most 17, no NUL), returns their count; the value is
 * 0.DIGITS * 10^*exponent. */
int decimal_shortest_digits(double number, char digits[32], int *exponent);
/* Exactly `count` significant digits, correctly rounded (ties to even on the exact value), same form. */
int decimal_exact_digits(double number, int count, char digits[], int *exponent);

bool decimal_read(struct text text, struct decimal *out); /* digits, point, exponent; rounds past 28 places */
void decimal_add(struct bytes *out, struct decimal number); /* keeps trailing zeros: 1.50 */
struct decimal decimal_from_int64(int64_t number);
struct decimal decimal_from_uint64(uint64_t number);
bool decimal_from_double(double number, struct decimal *out); /* false: out of range; 15 digits as .NET does */
double decimal_to_double(struct decimal number);
bool decimal_to_int64(struct decimal number, int64_t *out);   /* rounds half to even, as PowerShell casts; false: out of range */
/* Arithmetic: false on overflow (or division by zero). */
bool decimal_sum(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_difference(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_product(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_quotient(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_remainder(struct decimal a, struct decimal b, struct decimal *out);
int decimal_compare(struct decimal a, struct decimal b);
bool decimal_is_zero(struct decimal a);
enum decimal_rounding { DECIMAL_HALF_EVEN, DECIMAL_HALF_AWAY, DECIMAL_DOWN /* to zero */, DECIMAL_FLOOR, DECIMAL_CEILING };
struct decimal decimal_round(struct decimal a, int places, enum decimal_rounding rounding);

#endif
