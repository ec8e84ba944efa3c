/* Numbers and small values that do not fit inline, and widening between kinds. */
#ifndef M365SH_VALUE_NUMBER_H
#define M365SH_VALUE_NUMBER_H

#include "m365sh/base/decimal.h"
#include "m365sh/base/guid.h"
#include "m365sh/value/value.h"

struct value number_decimal(struct decimal d);
struct decimal number_decimal_of(struct value v);        /* v is VALUE_DECIMAL */
double number_to_double(struct value v);                 /* any number, bool, char, enum */
bool number_to_decimal(struct value v, struct decimal *out); /* false: NaN, infinity, out of range */
bool number_fits(enum value_kind kind, int64_t n);       /* is n within that integer kind? */

/* System.Numerics.BigInteger, over GMP (value/bigint.c is the only file that sees it). */
struct value bigint_from_int64(int64_t n);
struct value bigint_from_uint64(uint64_t n);
struct value bigint_from_double(double d);               /* truncates */
bool bigint_read(struct text digits, int base, struct value *out); /* optional sign */
void bigint_add_text(struct bytes *out, struct value v); /* decimal */
bool bigint_to_int64(struct value v, int64_t *out);
double bigint_to_double(struct value v);
int bigint_compare(struct value a, struct value b);
/* op: + - * / % & | ^ ; false: division by zero. */
bool bigint_operate(char op, struct value a, struct value b, struct value *out);
struct value bigint_power(struct value a, uint32_t exponent);
struct value bigint_shift(struct value a, int64_t bits); /* left if positive */

struct value value_guid(const struct guid *guid);
const struct guid *value_guid_of(struct value v);
/* System.Version: parts are -1 where not given. */
struct value value_version(int32_t major, int32_t minor, int32_t build, int32_t revision);
const int32_t *value_version_of(struct value v);         /* 4 parts */
struct value value_datetimeoffset(int64_t utc_ticks, int32_t offset_minutes);
void value_datetimeoffset_of(struct value v, int64_t *utc_ticks, int32_t *offset_minutes);

#endif
