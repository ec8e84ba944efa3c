/* [math], with the overloads as PowerShell finds them: Round, Floor, Ceiling and Truncate of whole numbers are decimals, of
 * texts doubles; Max(2, 2.5) takes the kind of its first argument and is 2. */
#include <math.h>

#include "argument_private.h"

#define ROW_TYPE "System.Math"

static enum status read_number(struct realm *realm, const char *method, struct value argument, struct value *number) {
    struct value base = value_base(argument);
    if (value_is_number(base)) {
        *number = value_keep(base);
        return STATUS_OK;
    }
    double real;
    TRY(member_argument_double(realm, method, argument, &real));
    *number = value_double(real);
    return STATUS_OK;
}

static bool is_real(struct value v) {
    return v.kind == VALUE_DOUBLE || v.kind == VALUE_SINGLE;
}

/* --- functions of doubles --- */
#define REAL_FUNCTION(function, name, expression)                                                            \
    MEMBER(function) {                                                                                       \
        double x;                                                                                            \
        TRY(member_argument_double(realm, name, arguments[0], &x));                                          \
        return argument_give(out, value_double(expression));                                                 \
    }
REAL_FUNCTION(get_sqrt, "Sqrt", sqrt(x))
REAL_FUNCTION(get_cbrt, "Cbrt", cbrt(x))
REAL_FUNCTION(get_sin, "Sin", sin(x))
REAL_FUNCTION(get_cos, "Cos", cos(x))
REAL_FUNCTION(get_tan, "Tan", tan(x))
REAL_FUNCTION(get_asin, "Asin", asin(x))
REAL_FUNCTION(get_acos, "Acos", acos(x))
REAL_FUNCTION(get_atan, "Atan", atan(x))
REAL_FUNCTION(get_sinh, "Sinh", sinh(x))
REAL_FUNCTION(get_cosh, "Cosh", cosh(x))
REAL_FUNCTION(get_tanh, "Tanh", tanh(x))
REAL_FUNCTION(get_asinh, "Asinh", asinh(x))
REAL_FUNCTION(get_acosh, "Acosh", acosh(x))
REAL_FUNCTION(get_atanh, "Atanh", atanh(x))
REAL_FUNCTION(get_exp, "Exp", exp(x))
REAL_FUNCTION(get_log10, "Log10", log10(x))
REAL_FUNCTION(get_log2, "Log2", log2(x))

#define REAL_PAIR(function, name, expression)                                                                \
    MEMBER(function) {                                                                                       \
        double x, y;                                                                                         \
        TRY(member_argument_double(realm, name, arguments[0], &x));                                          \
        TRY(member_argument_double(realm, name, arguments[1], &y));                                          \
        return argument_give(out, value_double(expression));                                                 \
    }
REAL_PAIR(get_pow, "Pow", pow(x, y))
REAL_PAIR(get_atan2, "Atan2", atan2(x, y))
REAL_PAIR(get_remainder, "IEEERemainder", remainder(x, y))
REAL_PAIR(get_copy_sign, "CopySign", copysign(x, y))

MEMBER(get_log) {
    double x, base;
    TRY(member_argument_double(realm, "Log", arguments[0], &x));
    if (count == 1) return argument_give(out, value_double(log(x)));
    TRY(member_argument_double(realm, "Log", arguments[1], &base));
    if (base == 1) return argument_give(out, value_double(NAN));
    return argument_give(out, value_double(log(x) / log(base)));
}

MEMBER(get_pi) {
    return argument_give(out, value_double(M_PI));
}

MEMBER(get_e) {
    return argument_give(out, value_double(M_E));
}

MEMBER(get_tau) {
    return argument_give(out, value_double(2 * M_PI));
}

/* --- rounding --- */
enum { TO_EVEN, AWAY_FROM_ZERO, TO_ZERO, DOWNWARDS, UPWARDS }; /* System.MidpointRounding */

static double round_real(double number, int64_t mode) {
    switch (mode) {
        case AWAY_FROM_ZERO: return trunc(number + copysign(0.49999999999999994, number));
        case TO_ZERO: return trunc(number);
        case DOWNWARDS: return floor(number);
        case UPWARDS: return ceil(number);
        default: return nearbyint(number);
    }
}

static struct value round_value(struct value number, int places, int64_t mode) {
    static const uint8_t modes[] = {DECIMAL_HALF_EVEN, DECIMAL_HALF_AWAY, DECIMAL_DOWN, DECIMAL_FLOOR, DECIMAL_CEILING};
    struct decimal whole;
    if (!is_real(number) && number_to_decimal(number, &whole))
        return number_decimal(decimal_round(whole, places, (enum decimal_rounding)modes[mode]));
    double real = number_to_double(number);
    if (fabs(real) >= 1e16) return value_double(real);
    double power = pow(10, places);
    return value_double(places ? round_real(real * power, mode) / power : round_real(real, mode));
}

static enum status round_to(struct realm *realm, const char *method, const struct value *arguments, int places, int64_t mode,
                            struct value *out) {
    struct value number;
    TRY(read_number(realm, method, arguments[0], &number));
    *out = round_value(number, places, mode);
    value_release(number);
    return STATUS_OK;
}

MEMBER(get_round) {
    int32_t places = 0;
    int64_t mode = TO_EVEN;
    for (uint32_t i = 1; i < count; i++) {
        bool is_mode = i == 2 || value_base(arguments[i]).kind == VALUE_ENUM; /* a text alone is the digits */
        if (is_mode) TRY(argument_enum(realm, "Round", arguments[i], "System.MidpointRounding", &mode));
        else TRY(member_argument_int32(realm, "Round", arguments[i], &places));
    }
    struct value base = value_base(arguments[0]);
    if (places < 0 || places > (is_real(base) ? 15 : 28) || mode < 0 || mode > UPWARDS)
        return member_raise(realm, "Round", count, "System.ArgumentOutOfRangeException", "Rounding to %d places is not possible.", places);
    return round_to(realm, "Round", arguments, places, mode, out);
}

MEMBER(get_floor) {
    return round_to(realm, "Floor", arguments, 0, DOWNWARDS, out);
}

MEMBER(get_ceiling) {
    return round_to(realm, "Ceiling", arguments, 0, UPWARDS, out);
}

MEMBER(get_truncate) {
    return round_to(realm, "Truncate", arguments, 0, TO_ZERO, out);
}

/* --- functions of every kind --- */
static int sign_of(struct value v) {
    struct value zero;
    struct decimal d;
    int order;
    if (v.kind == VALUE_BIGINT) {
        zero = bigint_from_int64(0);
        order = bigint_compare(v, zero);
        value_release(zero);
    } else if (v.kind == VALUE_DECIMAL) {
        d = number_decimal_of(v);
        order = decimal_is_zero(d) ? 0 : d.negative ? -1 : 1;
    } else if (v.kind == VALUE_UINT64) order = v.uinteger > 0;
    else if (is_real(v)) order = (v.real > 0) - (v.real < 0);
    else order = (v.integer > 0) - (v.integer < 0);
    return (order > 0) - (order < 0);
}

MEMBER(get_sign) {
    struct value number;
    TRY(read_number(realm, "Sign", arguments[0], &number));
    bool nan = is_real(number) && isnan(number.real);
    *out = value_int32(sign_of(number));
    value_release(number);
    if (nan) return member_raise(realm, "Sign", 1, "System.ArithmeticException", "NaN has no sign.");
    return STATUS_OK;
}

MEMBER(get_abs) {
    struct value number;
    struct decimal d;
    TRY(read_number(realm, "Abs", arguments[0], &number));
    if (number.kind == VALUE_DECIMAL) {
        d = number_decimal_of(number);
        d.negative = false;
        *out = number_decimal(d);
    } else if (is_real(number)) {
        *out = number;
        out->real = fabs(number.real);
    } else if (number.kind == VALUE_BYTE) *out = value_integer(VALUE_INT16, number.integer);
    else if (sign_of(number) >= 0) *out = value_keep(number);
    else if (number.kind == VALUE_BIGINT) {
        struct value zero = bigint_from_int64(0);
        bigint_operate('-', zero, number, out);
        value_release(zero);
    }
    else if (number_fits((enum value_kind)number.kind, -(number.integer + 1)) && number.integer != INT64_MIN &&
             number_fits((enum value_kind)number.kind, -number.integer))
        *out = value_integer((enum value_kind)number.kind, -number.integer);
    else return member_raise(realm, "Abs", 1, "System.OverflowException", "The smallest number has no positive counterpart.");
    value_release(number);
    return STATUS_OK;
}

/* The kind of the overload that two arguments choose. VALUE_UNSET: neither says. */
static enum value_kind number_kind(struct value v) {
    struct value base = value_base(v);
    return value_is_number(base) ? (enum value_kind)base.kind : VALUE_UNSET;
}

static bool is_real_kind(enum value_kind kind) {
    return kind == VALUE_DOUBLE || kind == VALUE_SINGLE;
}

static enum value_kind common_kind(struct value x, struct value y) {
    enum value_kind a = number_kind(x), b = number_kind(y);
    if (a == b) return a == VALUE_UNSET ? VALUE_DOUBLE : a;
    if (a == VALUE_DECIMAL || b == VALUE_DECIMAL) return VALUE_DECIMAL;
    if (a == VALUE_UNSET || b == VALUE_UNSET) return a == VALUE_UNSET ? b : a;
    if (is_real_kind(a) || is_real_kind(b)) return a;
    if (a == VALUE_BIGINT || b == VALUE_BIGINT) return VALUE_BIGINT;
    if (a == VALUE_INT64 || b == VALUE_INT64) return VALUE_INT64;
    return a;
}

static enum status to_kind(struct realm *realm, const char *method, enum value_kind kind, struct value argument, struct value *out) {
    if (convert_try(realm, argument, type_of_kind(realm, kind), out)) return STATUS_OK;
    return member_raise_argument(realm, method, argument, type_of_kind(realm, kind));
}

static int compare_numbers(struct value a, struct value b) {
    struct decimal x, y;
    if (a.kind == VALUE_BIGINT && b.kind == VALUE_BIGINT) return bigint_compare(a, b);
    if (!is_real(a) && !is_real(b) && number_to_decimal(a, &x) && number_to_decimal(b, &y)) return decimal_compare(x, y);
    double p = number_to_double(a), q = number_to_double(b);
    return (p > q) - (p < q);
}

static enum status choose(struct realm *realm, const char *method, bool larger, enum value_kind kind, const struct value *arguments,
                          struct value *out) {
    struct value a, b;
    TRY(to_kind(realm, method, kind, arguments[0], &a));
    enum status status = to_kind(realm, method, kind, arguments[1], &b);
    if (status != STATUS_OK) {
        value_release(a);
        return status;
    }
    bool nan = is_real(a) && isnan(a.real);
    bool second = !nan && (larger ? compare_numbers(b, a) > 0 : compare_numbers(b, a) < 0);
    if (is_real(b) && isnan(b.real)) second = true;
    *out = value_keep(second ? b : a);
    value_release(a);
    value_release(b);
    return STATUS_OK;
}

MEMBER(get_max) {
    return choose(realm, "Max", true, common_kind(arguments[0], arguments[1]), arguments, out);
}

MEMBER(get_min) {
    return choose(realm, "Min", false, common_kind(arguments[0], arguments[1]), arguments, out);
}

MEMBER(get_clamp) {
    struct value low;
    enum value_kind kind = common_kind(arguments[1], arguments[0]);
    TRY(choose(realm, "Clamp", true, kind, arguments, &low));
    struct value pair[2] = {low, arguments[2]};
    enum status status = choose(realm, "Clamp", false, kind, pair, out);
    value_release(low);
    return status;
}

MEMBER(get_big_product) {
    int64_t a, b;
    TRY(member_argument_int64(realm, "BigMul", arguments[0], &a));
    TRY(member_argument_int64(realm, "BigMul", arguments[1], &b));
    return argument_give(out, value_int64(a * b));
}

MEMBER(get_quotient) {
    struct value a, b;
    TRY(read_number(realm, "DivRem", arguments[0], &a));
    TRY(read_number(realm, "DivRem", arguments[1], &b));
    if (!value_is_integer(a) || !value_is_integer(b) || b.integer == 0)
        return member_raise(realm, "DivRem", count, "System.DivideByZeroException", "DivRem takes two whole numbers, the second not zero.");
    enum value_kind kind = common_kind(a, b);
    bool least = b.integer == -1;
    struct value quotient = value_integer(kind, least ? (int64_t)(0 - (uint64_t)a.integer) : a.integer / b.integer);
    struct value rest = value_integer(kind, least ? 0 : a.integer % b.integer);
    if (count == 3) {
        *out = quotient;
        return argument_set_reference(realm, "DivRem", arguments[2], rest);
    }
    const struct type *item = type_of_kind(realm, kind);
    struct value tuple = object_new(realm, type_generic(realm, type_known(realm, "System.ValueTuple`2"), item, item), 2);
    object_add(realm, tuple, TEXT("Item1"), MEMBER_PROPERTY, quotient);
    object_add(realm, tuple, TEXT("Item2"), MEMBER_PROPERTY, rest);
    return argument_give(out, tuple);
}

#define REAL_ROW(name, function) ROW_STATIC_CALL(name, 1, 1, function, "static double " name "(double d)")
static const struct member_row rows[] = {
    ROW_STATIC("PI", get_pi, "static double"), ROW_STATIC("E", get_e, "static double"), ROW_STATIC("Tau", get_tau, "static double"),
    ROW_STATIC_CALL("Abs", 1, 1, get_abs, "static double Abs(double value), static int Abs(int value), static long Abs(long value), static decimal Abs(decimal value)"),
    REAL_ROW("Acos", get_acos), REAL_ROW("Acosh", get_acosh), REAL_ROW("Asin", get_asin), REAL_ROW("Asinh", get_asinh),
    REAL_ROW("Atan", get_atan), REAL_ROW("Atanh", get_atanh), REAL_ROW("Cbrt", get_cbrt), REAL_ROW("Cos", get_cos),
    REAL_ROW("Cosh", get_cosh), REAL_ROW("Exp", get_exp), REAL_ROW("Log10", get_log10), REAL_ROW("Log2", get_log2),
    REAL_ROW("Sin", get_sin), REAL_ROW("Sinh", get_sinh), REAL_ROW("Sqrt", get_sqrt), REAL_ROW("Tan", get_tan),
    REAL_ROW("Tanh", get_tanh),
    ROW_STATIC_CALL("Atan2", 2, 2, get_atan2, "static double Atan2(double y, double x)"),
    ROW_STATIC_CALL("BigMul", 2, 2, get_big_product, "static long BigMul(int a, int b)"),
    ROW_STATIC_CALL("Ceiling", 1, 1, get_ceiling, "static decimal Ceiling(decimal d), static double Ceiling(double a)"),
    ROW_STATIC_CALL("Clamp", 3, 3, get_clamp, "static int Clamp(int value, int min, int max)"),
    ROW_STATIC_CALL("CopySign", 2, 2, get_copy_sign, "static double CopySign(double x, double y)"),
    ROW_STATIC_CALL("DivRem", 2, 3, get_quotient, "static int DivRem(int a, int b, [ref] int result)"),
    ROW_STATIC_CALL("Floor", 1, 1, get_floor, "static decimal Floor(decimal d), static double Floor(double d)"),
    ROW_STATIC_CALL("IEEERemainder", 2, 2, get_remainder, "static double IEEERemainder(double x, double y)"),
    ROW_STATIC_CALL("Log", 1, 2, get_log, "static double Log(double d), static double Log(double a, double newBase)"),
    ROW_STATIC_CALL("Max", 2, 2, get_max, "static int Max(int val1, int val2), static double Max(double val1, double val2)"),
    ROW_STATIC_CALL("Min", 2, 2, get_min, "static int Min(int val1, int val2), static double Min(double val1, double val2)"),
    ROW_STATIC_CALL("Pow", 2, 2, get_pow, "static double Pow(double x, double y)"),
    ROW_STATIC_CALL("Round", 1, 3, get_round, "static decimal Round(decimal d), static decimal Round(decimal d, int decimals), static double Round(double a), static double Round(double value, int digits), static double Round(double value, int digits, System.MidpointRounding mode)"),
    ROW_STATIC_CALL("Sign", 1, 1, get_sign, "static int Sign(double value), static int Sign(int value)"),
    ROW_STATIC_CALL("Truncate", 1, 1, get_truncate, "static decimal Truncate(decimal d), static double Truncate(double d)"),
};
const struct member_table math_member_table = TABLE_OF(rows);
