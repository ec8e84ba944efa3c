/* Statics and methods that all number types share: MaxValue, Parse, TryParse, ToString, CompareTo. */
#include <float.h>
#include <math.h>

#include "argument_private.h"
#include "number_parse_private.h"

static enum value_kind kind_of(const struct type *type) {
    return (enum value_kind)type->value_kind;
}

static struct value extreme(enum value_kind kind, bool largest) {
    struct decimal most = {UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, !largest};
    int64_t least;
    uint64_t top;
    if (kind == VALUE_DOUBLE) return value_double(largest ? DBL_MAX : -DBL_MAX);
    if (kind == VALUE_SINGLE) return value_single(largest ? FLT_MAX : -FLT_MAX);
    if (kind == VALUE_DECIMAL) return number_decimal(most);
    number_kind_range(kind, &least, &top);
    return value_integer(kind, largest ? (int64_t)top : least);
}

MEMBER(get_max) {
    return argument_give(out, extreme(kind_of(type), true));
}

MEMBER(get_min) {
    return argument_give(out, extreme(kind_of(type), false));
}

static struct value of_real(const struct type *type, double number) {
    return kind_of(type) == VALUE_SINGLE ? value_single((float)number) : value_double(number);
}

MEMBER(get_not_a_number) {
    return argument_give(out, of_real(type, NAN));
}

MEMBER(get_infinity) {
    return argument_give(out, of_real(type, INFINITY));
}

MEMBER(get_negative_infinity) {
    return argument_give(out, of_real(type, -INFINITY));
}

MEMBER(get_epsilon) {
    return argument_give(out, kind_of(type) == VALUE_SINGLE ? value_single(0x1p-149f) : value_double(0x1p-1074));
}

static struct value small(const struct type *type, int64_t number) {
    switch (kind_of(type)) {
        case VALUE_DECIMAL: return number_decimal(decimal_from_int64(number));
        case VALUE_BIGINT: return bigint_from_int64(number);
        case VALUE_DOUBLE: case VALUE_SINGLE: return of_real(type, (double)number);
        default: return value_integer(kind_of(type), number);
    }
}

MEMBER(get_zero) {
    return argument_give(out, small(type, 0));
}

MEMBER(get_one) {
    return argument_give(out, small(type, 1));
}

MEMBER(get_minus_one) {
    return argument_give(out, small(type, -1));
}

/* Styles and provider, in any of .NET's overloads. */
static enum status read_styles(struct realm *realm, const char *method, enum value_kind kind, const struct value *arguments,
                               uint32_t count, unsigned *styles, const struct culture **culture) {
    int64_t given;
    *styles = number_default_styles(kind);
    *culture = culture_or_invariant(realm->culture);
    for (uint32_t i = 0; i < count; i++) {
        struct value base = value_base(arguments[i]);
        if (base.kind == VALUE_OBJECT || value_is_nothing(base)) *culture = argument_culture(realm, arguments[i]);
        else {
            TRY(argument_enum(realm, method, arguments[i], "System.Globalization.NumberStyles", &given));
            *styles = (unsigned)given;
        }
    }
    return STATUS_OK;
}

MEMBER(parse) {
    unsigned styles;
    const struct culture *culture;
    struct value text;
    TRY(read_styles(realm, "Parse", kind_of(type), arguments + 1, count - 1, &styles, &culture));
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    enum number_outcome outcome = number_parse(string_text(text), kind_of(type), styles, culture, out);
    enum status status = STATUS_OK;
    if (outcome == NUMBER_FORMAT)
        status = member_raise(realm, "Parse", count, "System.FormatException", "\"%s\" is not a number of this type.", string_chars(text));
    else if (outcome == NUMBER_OVERFLOW)
        status = member_raise(realm, "Parse", count, "System.OverflowException", "\"%s\" is too large or too small for %s.",
                              string_chars(text), type->name);
    value_release(text);
    return status;
}

MEMBER(try_parse) {
    unsigned styles;
    const struct culture *culture;
    struct value text, parsed;
    TRY(read_styles(realm, "TryParse", kind_of(type), arguments + 1, count - 2, &styles, &culture));
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    struct value number = small(type, 0);
    bool good = number_parse(string_text(text), kind_of(type), styles, culture, &parsed) == NUMBER_GOOD;
    value_release(text);
    if (good) value_set_take(&number, parsed);
    enum status status = argument_set_reference(realm, "TryParse", arguments[count - 1], number);
    value_release(number);
    *out = value_bool(good);
    return status;
}

/* ToString(), ToString(format), ToString(provider), ToString(format, provider) of everything that has formats. */
MEMBER(to_string) {
    const struct culture *culture = culture_or_invariant(realm->culture);
    struct value format = VALUE_UNSET_INIT;
    if (count && value_base(arguments[count - 1]).kind != VALUE_STRING) culture = argument_culture(realm, arguments[--count]);
    if (count) TRY(member_argument_text(realm, "ToString", arguments[0], &format));
    struct bytes text = {0};
    enum status status = format_value(realm, &text, self, format.kind == VALUE_STRING ? string_text(format) : TEXT_NONE, culture);
    value_release(format);
    if (status == STATUS_OK) return argument_give_bytes(out, &text);
    bytes_free(&text);
    return status;
}

static int compare_numbers(struct value a, struct value b) {
    struct decimal x, y;
    if (a.kind == VALUE_BIGINT) return bigint_compare(a, b);
    if (value_is_integer(a) && a.kind != VALUE_UINT64) return (a.integer > b.integer) - (a.integer < b.integer);
    if (a.kind != VALUE_DOUBLE && a.kind != VALUE_SINGLE && number_to_decimal(a, &x) && number_to_decimal(b, &y))
        return decimal_compare(x, y);
    double p = number_to_double(a), q = number_to_double(b);
    if (isnan(p) || isnan(q)) return isnan(q) - isnan(p);
    return (p > q) - (p < q);
}

MEMBER(compare_to) {
    struct value other = value_base(arguments[0]), base = value_base(self);
    if (value_is_nothing(other)) return argument_give(out, value_int32(1));
    if (other.kind != base.kind)
        return member_raise(realm, "CompareTo", 1, "System.ArgumentException", "A number is compared with one of its own type only.");
    return argument_give(out, value_int32(compare_numbers(base, other)));
}

MEMBER(equals) {
    struct value base = value_base(self), other = value_base(arguments[0]);
    return argument_give(out, value_bool(other.kind == base.kind && compare_numbers(base, other) == 0));
}

MEMBER(get_type_code) {
    static const struct { uint8_t kind, code; } codes[] = {
        {VALUE_SBYTE, 5}, {VALUE_BYTE, 6}, {VALUE_INT16, 7}, {VALUE_UINT16, 8}, {VALUE_INT32, 9}, {VALUE_UINT32, 10},
        {VALUE_INT64, 11}, {VALUE_UINT64, 12}, {VALUE_SINGLE, 13}, {VALUE_DOUBLE, 14}, {VALUE_DECIMAL, 15}, {0, 1},
    };
    size_t i = 0;
    while (codes[i].kind && codes[i].kind != value_base(self).kind) i++;
    return argument_give(out, argument_enum_value(realm, "System.TypeCode", codes[i].code));
}

static enum status read_real(struct realm *realm, const char *method, struct value argument, double *number) {
    return member_argument_double(realm, method, argument, number);
}

MEMBER(is_not_a_number) {
    double number;
    TRY(read_real(realm, "IsNaN", arguments[0], &number));
    return argument_give(out, value_bool(isnan(number)));
}

MEMBER(is_infinity) {
    double number;
    TRY(read_real(realm, "IsInfinity", arguments[0], &number));
    return argument_give(out, value_bool(isinf(number)));
}

MEMBER(is_positive_infinity) {
    double number;
    TRY(read_real(realm, "IsPositiveInfinity", arguments[0], &number));
    return argument_give(out, value_bool(isinf(number) && number > 0));
}

MEMBER(is_negative_infinity) {
    double number;
    TRY(read_real(realm, "IsNegativeInfinity", arguments[0], &number));
    return argument_give(out, value_bool(isinf(number) && number < 0));
}

MEMBER(is_finite) {
    double number;
    TRY(read_real(realm, "IsFinite", arguments[0], &number));
    return argument_give(out, value_bool(isfinite(number)));
}

MEMBER(construct) {
    return convert_to(realm, count ? arguments[0] : value_int32(0), type, out);
}

/* --- BigInteger and Decimal --- */
MEMBER(big_pow) {
    struct value base;
    int32_t exponent;
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_BIGINT), &base));
    enum status status = member_argument_int32(realm, "Pow", arguments[1], &exponent);
    if (status == STATUS_OK && exponent < 0)
        status = member_raise(realm, "Pow", 2, "System.ArgumentOutOfRangeException", "The exponent is negative.");
    if (status == STATUS_OK) *out = bigint_power(base, (uint32_t)exponent);
    value_release(base);
    return status;
}

/* Two arguments of one type; owned when both could be converted. */
static enum status convert_two(struct realm *realm, const struct value *arguments, const struct type *type, struct value *a, struct value *b) {
    TRY(convert_to(realm, arguments[0], type, a));
    enum status status = convert_to(realm, arguments[1], type, b);
    if (status != STATUS_OK) value_release(*a);
    return status;
}

static enum status big_operation(struct realm *realm, const char *method, char operation, const struct value *arguments, struct value *out) {
    struct value a, b;
    const struct type *big = type_of_kind(realm, VALUE_BIGINT);
    TRY(convert_two(realm, arguments, big, &a, &b));
    bool good = bigint_operate(operation, a, b, out);
    value_release(a);
    value_release(b);
    if (good) return STATUS_OK;
    return member_raise(realm, method, 2, "System.DivideByZeroException", "A number cannot be divided by zero.");
}

MEMBER(big_add) {
    return big_operation(realm, "Add", '+', arguments, out);
}

MEMBER(big_subtract) {
    return big_operation(realm, "Subtract", '-', arguments, out);
}

MEMBER(big_multiply) {
    return big_operation(realm, "Multiply", '*', arguments, out);
}

MEMBER(big_divide) {
    return big_operation(realm, "Divide", '/', arguments, out);
}

MEMBER(big_remainder) {
    return big_operation(realm, "Remainder", '%', arguments, out);
}

MEMBER(big_sign) {
    struct value zero = bigint_from_int64(0);
    int order = bigint_compare(value_base(self), zero);
    value_release(zero);
    return argument_give(out, value_int32((order > 0) - (order < 0)));
}

MEMBER(big_is_even) {
    struct value one = bigint_from_int64(1), bit;
    int64_t low = 0;
    if (bigint_operate('&', value_base(self), one, &bit)) {
        bigint_to_int64(bit, &low);
        value_release(bit);
    }
    value_release(one);
    return argument_give(out, value_bool(low == 0));
}

MEMBER(decimal_round_static) {
    struct value number;
    int32_t places = 0;
    int64_t mode = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (value_is_number(value_base(arguments[i]))) TRY(member_argument_int32(realm, "Round", arguments[i], &places));
        else TRY(argument_enum(realm, "Round", arguments[i], "System.MidpointRounding", &mode));
    }
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DECIMAL), &number));
    struct decimal rounded = decimal_round(number_decimal_of(number), places, mode == 1 ? DECIMAL_HALF_AWAY : DECIMAL_HALF_EVEN);
    value_release(number);
    return argument_give(out, number_decimal(rounded));
}

/* What numbers inherit from INumber: [int]::Max(1, 2), [double]::Round(2.5). [math] knows how; the kind is the type's. */
static enum status as_math(struct realm *realm, const struct type *type, const char *name, const struct value *arguments, uint32_t count,
                           struct value *out) {
    struct value own[3], result;
    uint32_t made = 0;
    enum status status = STATUS_OK;
    for (; made < count && made < 3; made++) {
        bool number = made == 0 || strcmp(name, "Round") != 0;
        status = number ? convert_to(realm, arguments[made], type, &own[made]) : STATUS_OK;
        if (status != STATUS_OK) break;
        if (!number) own[made] = value_keep(arguments[made]);
    }
    if (status == STATUS_OK)
        status = member_static_call(realm, type_known(realm, "System.Math"), intern_name(realm->names, text_of(name)), own, count, &result);
    while (made) value_release(own[--made]);
    if (status != STATUS_OK) return status;
    if (strcmp(name, "Sign") == 0) *out = result;
    else {
        status = convert_to(realm, result, type, out);
        value_release(result);
    }
    return status;
}

#define AS_MATH(function, name)                                                                              \
    MEMBER(function) { return as_math(realm, type, name, arguments, count, out); }
AS_MATH(larger, "Max")
AS_MATH(smaller, "Min")
AS_MATH(absolute, "Abs")
AS_MATH(clamped, "Clamp")
AS_MATH(sign, "Sign")
AS_MATH(rounded, "Round")
AS_MATH(floored, "Floor")
AS_MATH(ceiled, "Ceiling")
AS_MATH(truncated, "Truncate")
AS_MATH(square_root, "Sqrt")

/* --- decimal's own arithmetic --- */
static enum status decimal_operation(struct realm *realm, const char *method, const struct value *arguments,
                                     bool (*operate)(struct decimal a, struct decimal b, struct decimal *out), struct value *out) {
    struct value a, b;
    struct decimal result;
    const struct type *decimal = type_of_kind(realm, VALUE_DECIMAL);
    TRY(convert_two(realm, arguments, decimal, &a, &b));
    bool zero = decimal_is_zero(number_decimal_of(b)), good = operate(number_decimal_of(a), number_decimal_of(b), &result);
    value_release(a);
    value_release(b);
    if (good) return argument_give(out, number_decimal(result));
    return member_raise(realm, method, 2, zero ? "System.DivideByZeroException" : "System.OverflowException", "The result is no decimal.");
}

MEMBER(decimal_add_two) { return decimal_operation(realm, "Add", arguments, decimal_sum, out); }
MEMBER(decimal_subtract_two) { return decimal_operation(realm, "Subtract", arguments, decimal_difference, out); }
MEMBER(decimal_multiply_two) { return decimal_operation(realm, "Multiply", arguments, decimal_product, out); }
MEMBER(decimal_divide_two) { return decimal_operation(realm, "Divide", arguments, decimal_quotient, out); }
MEMBER(decimal_remainder_two) { return decimal_operation(realm, "Remainder", arguments, decimal_remainder, out); }

MEMBER(decimal_negate) {
    struct value zero[2] = {value_int32(0), arguments[0]};
    return decimal_operation(realm, "Negate", zero, decimal_difference, out);
}

MEMBER(decimal_compare_two) {
    struct value difference;
    TRY(decimal_operation(realm, "Compare", arguments, decimal_difference, &difference));
    struct decimal d = number_decimal_of(difference);
    *out = value_int32(decimal_is_zero(d) ? 0 : d.negative ? -1 : 1);
    value_release(difference);
    return STATUS_OK;
}

MEMBER(decimal_to_int) {
    struct value number;
    TRY(as_math(realm, type_of_kind(realm, VALUE_DECIMAL), "Truncate", arguments, 1, &number));
    enum status status = convert_to(realm, number, type_of_kind(realm, VALUE_INT32), out);
    value_release(number);
    return status;
}

/* --- BigInteger's --- */
MEMBER(big_negate) {
    struct value zero[2] = {value_int32(0), arguments[0]};
    return big_operation(realm, "Negate", '-', zero, out);
}

MEMBER(big_is_zero) {
    int64_t n;
    return argument_give(out, value_bool(bigint_to_int64(value_base(self), &n) && n == 0));
}

MEMBER(big_is_one) {
    int64_t n;
    return argument_give(out, value_bool(bigint_to_int64(value_base(self), &n) && n == 1));
}

/* Euclid's way. */
MEMBER(big_common_divisor) {
    struct value a, b, rest;
    const struct type *big = type_of_kind(realm, VALUE_BIGINT);
    TRY(convert_two(realm, arguments, big, &a, &b));
    struct value zero = bigint_from_int64(0);
    while (bigint_compare(b, zero) != 0) {
        if (!bigint_operate('%', a, b, &rest)) break;
        value_set_take(&a, b);
        b = rest;
    }
    enum status status = as_math(realm, big, "Abs", &a, 1, out);
    value_release(a);
    value_release(b);
    value_release(zero);
    return status;
}

/* *place * factor % modulus; the modulus is not zero. */
static void multiply_modulo(struct value *place, struct value factor, struct value modulus) {
    struct value product, rest;
    if (!bigint_operate('*', *place, factor, &product)) return;
    if (bigint_operate('%', product, modulus, &rest)) value_set_take(place, rest);
    value_release(product);
}

MEMBER(big_power_modulo) {
    struct value base, exponent, modulus, part;
    const struct type *big = type_of_kind(realm, VALUE_BIGINT);
    TRY(convert_to(realm, arguments[2], big, &modulus));
    enum status converted = convert_two(realm, arguments, big, &base, &exponent);
    if (converted != STATUS_OK) {
        value_release(modulus);
        return converted;
    }
    struct value result = bigint_from_int64(1), zero = bigint_from_int64(0), one = bigint_from_int64(1);
    bool good = bigint_compare(modulus, zero) != 0 && bigint_compare(exponent, zero) >= 0;
    while (good && bigint_compare(exponent, zero) > 0) {
        if (bigint_operate('&', exponent, one, &part)) {
            if (bigint_compare(part, one) == 0) multiply_modulo(&result, base, modulus);
            value_release(part);
        }
        multiply_modulo(&base, base, modulus);
        value_set_take(&exponent, bigint_shift(exponent, -1));
    }
    value_release(base);
    value_release(exponent);
    value_release(modulus);
    value_release(zero);
    value_release(one);
    *out = result;
    if (good) return STATUS_OK;
    value_release(result);
    return member_raise(realm, "ModPow", 3, "System.DivideByZeroException", "The modulus is zero or the exponent negative.");
}

#define NUMBER_STATICS                                                                                       \
    ROW_STATIC_CALL("Max", 2, 2, larger, "static Max(x, y)"), ROW_STATIC_CALL("Min", 2, 2, smaller, "static Min(x, y)"), \
    ROW_STATIC_CALL("Abs", 1, 1, absolute, "static Abs(value)"), ROW_STATIC_CALL("Clamp", 3, 3, clamped, "static Clamp(value, min, max)"), \
    ROW_STATIC_CALL("Sign", 1, 1, sign, "static int Sign(value)")
#define REAL_STATICS                                                                                         \
    ROW_STATIC_CALL("Round", 1, 3, rounded, "static Round(x, int digits)"), ROW_STATIC_CALL("Floor", 1, 1, floored, "static Floor(x)"), \
    ROW_STATIC_CALL("Ceiling", 1, 1, ceiled, "static Ceiling(x)"), ROW_STATIC_CALL("Truncate", 1, 1, truncated, "static Truncate(x)"), \
    ROW_STATIC_CALL("Sqrt", 1, 1, square_root, "static Sqrt(x)")
#define METHODS                                                                                              \
    ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.Object value)"),                           \
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object obj)"),                                      \
    ROW_CALL("GetTypeCode", 0, 0, get_type_code, "System.TypeCode GetTypeCode()"),                           \
    ROW_CALL("ToString", 0, 2, to_string, "string ToString(), string ToString(string format), string ToString(System.IFormatProvider provider), string ToString(string format, System.IFormatProvider provider)"), \
    ROW_STATIC_CALL("Parse", 1, 3, parse, "static Parse(string s), static Parse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider)"), \
    ROW_STATIC_CALL("TryParse", 2, 4, try_parse, "static bool TryParse(string s, [ref] result), static bool TryParse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider, [ref] result)")
#define WHOLE ROW_NEW(0, 0, construct, "new()"), RANGE
#define RANGE ROW_STATIC("MaxValue", get_max, "static"), ROW_STATIC("MinValue", get_min, "static")
#define CONSTANTS ROW_STATIC("Zero", get_zero, "static"), ROW_STATIC("One", get_one, "static"), ROW_STATIC("MinusOne", get_minus_one, "static")
#define REAL                                                                                                 \
    ROW_STATIC("NaN", get_not_a_number, "static"), ROW_STATIC("PositiveInfinity", get_infinity, "static"),   \
    ROW_STATIC("NegativeInfinity", get_negative_infinity, "static"), ROW_STATIC("Epsilon", get_epsilon, "static"), \
    ROW_STATIC_CALL("IsNaN", 1, 1, is_not_a_number, "static bool IsNaN(double d)"),                          \
    ROW_STATIC_CALL("IsInfinity", 1, 1, is_infinity, "static bool IsInfinity(double d)"),                    \
    ROW_STATIC_CALL("IsPositiveInfinity", 1, 1, is_positive_infinity, "static bool IsPositiveInfinity(double d)"), \
    ROW_STATIC_CALL("IsNegativeInfinity", 1, 1, is_negative_infinity, "static bool IsNegativeInfinity(double d)"), \
    ROW_STATIC_CALL("IsFinite", 1, 1, is_finite, "static bool IsFinite(double d)")

static const struct member_row rows[] = {
#define ROW_TYPE "System.SByte"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.Byte"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.Int16"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.UInt16"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.Int32"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.UInt32"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.Int64"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.UInt64"
    METHODS, WHOLE, NUMBER_STATICS,
#undef ROW_TYPE
#define ROW_TYPE "System.Single"
    METHODS, WHOLE, NUMBER_STATICS, REAL_STATICS, REAL,
#undef ROW_TYPE
#define ROW_TYPE "System.Double"
    METHODS, WHOLE, NUMBER_STATICS, REAL_STATICS, REAL,
#undef ROW_TYPE
#define ROW_TYPE "System.Decimal"
    METHODS, RANGE, CONSTANTS, ROW_NEW(0, 1, construct, "decimal new(double value)"), NUMBER_STATICS,
    ROW_STATIC_CALL("Floor", 1, 1, floored, "static decimal Floor(decimal d)"), ROW_STATIC_CALL("Ceiling", 1, 1, ceiled, "static decimal Ceiling(decimal d)"),
    ROW_STATIC_CALL("Truncate", 1, 1, truncated, "static decimal Truncate(decimal d)"),
    ROW_STATIC_CALL("Add", 2, 2, decimal_add_two, "static decimal Add(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("Subtract", 2, 2, decimal_subtract_two, "static decimal Subtract(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("Multiply", 2, 2, decimal_multiply_two, "static decimal Multiply(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("Divide", 2, 2, decimal_divide_two, "static decimal Divide(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("Remainder", 2, 2, decimal_remainder_two, "static decimal Remainder(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("Negate", 1, 1, decimal_negate, "static decimal Negate(decimal d)"),
    ROW_STATIC_CALL("Compare", 2, 2, decimal_compare_two, "static int Compare(decimal d1, decimal d2)"),
    ROW_STATIC_CALL("ToInt32", 1, 1, decimal_to_int, "static int ToInt32(decimal d)"),
    ROW_STATIC_CALL("Round", 1, 3, decimal_round_static, "static decimal Round(decimal d, int decimals, System.MidpointRounding mode)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Numerics.BigInteger"
    METHODS, CONSTANTS, ROW_NEW(0, 1, construct, "bigint new(long value)"), ROW_PROPERTY("Sign", big_sign, "int"), ROW_PROPERTY("IsEven", big_is_even, "bool"),
    ROW_PROPERTY("IsZero", big_is_zero, "bool"), ROW_PROPERTY("IsOne", big_is_one, "bool"), NUMBER_STATICS,
    ROW_STATIC_CALL("Negate", 1, 1, big_negate, "static bigint Negate(bigint value)"),
    ROW_STATIC_CALL("GreatestCommonDivisor", 2, 2, big_common_divisor, "static bigint GreatestCommonDivisor(bigint left, bigint right)"),
    ROW_STATIC_CALL("ModPow", 3, 3, big_power_modulo, "static bigint ModPow(bigint value, bigint exponent, bigint modulus)"),
    ROW_STATIC_CALL("Pow", 2, 2, big_pow, "static bigint Pow(bigint value, int exponent)"),
    ROW_STATIC_CALL("Add", 2, 2, big_add, "static bigint Add(bigint left, bigint right)"),
    ROW_STATIC_CALL("Subtract", 2, 2, big_subtract, "static bigint Subtract(bigint left, bigint right)"),
    ROW_STATIC_CALL("Multiply", 2, 2, big_multiply, "static bigint Multiply(bigint left, bigint right)"),
    ROW_STATIC_CALL("Divide", 2, 2, big_divide, "static bigint Divide(bigint dividend, bigint divisor)"),
    ROW_STATIC_CALL("Remainder", 2, 2, big_remainder, "static bigint Remainder(bigint dividend, bigint divisor)"),
#undef ROW_TYPE
};
const struct member_table number_member_table = TABLE_OF(rows);

/* Dates, spans and guids have the same ToString. */
#define FORMATTABLE(name) {name, "ToString", ROW_METHOD, 0, 2, to_string, NULL, "string ToString(), string ToString(string format), string ToString(string format, System.IFormatProvider formatProvider)"}
static const struct member_row formattable_rows[] = {
    FORMATTABLE("System.DateTime"), FORMATTABLE("System.DateTimeOffset"), FORMATTABLE("System.TimeSpan"),
    FORMATTABLE("System.Guid"),
};
const struct member_table formattable_member_table = TABLE_OF(formattable_rows);
