/* Numbers. The wider kind decides; what does not fit becomes a double, never a wrapped integer. */
#include <math.h>
#include "ops_private.h"

static enum number_group group_of(struct value v) {
    switch (v.kind) {
    case VALUE_UINT32: return GROUP_UINT;
    case VALUE_INT64: return GROUP_LONG;
    case VALUE_UINT64: return GROUP_ULONG;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return GROUP_REAL;
    case VALUE_DECIMAL: return GROUP_DECIMAL;
    case VALUE_BIGINT: return GROUP_BIG;
    default: return GROUP_INT;
    }
}

static bool is_negative(struct value v) { return v.kind != VALUE_UINT64 && v.integer < 0; }

/* An unsigned kind and a negative number meet in the next kind that holds both. */
enum number_group arithmetic_group(struct value a, struct value b) {
    enum number_group left = group_of(a), right = group_of(b), group = left > right ? left : right;
    if (group == GROUP_UINT && (is_negative(a) || is_negative(b))) return GROUP_LONG;
    if (group == GROUP_ULONG && (is_negative(a) || is_negative(b))) return GROUP_DECIMAL;
    return group;
}

static enum status raise_zero(struct realm *realm) {
    return operand_raise_inner(realm, "RuntimeException", "RuntimeException", ERROR_NOT_SPECIFIED,
                               "System.DivideByZeroException", "Nothing can be divided by zero.");
}

static struct value real(char op, double x, double y) {
    switch (op) {
    case '+': return value_double(x + y);
    case '-': return value_double(x - y);
    case '*': return value_double(x * y);
    case '/': return value_double(x / y);
    default: return value_double(fmod(x, y));
    }
}

/* .NET multiplies through BigInteger, whose double drops what lies behind the 53rd bit instead of rounding it. */
static struct value long_product(bool negative, unsigned __int128 product) {
    int dropped = 0;
    for (; product >> 53; dropped++) product >>= 1;
    double size = ldexp((double)(uint64_t)product, dropped);
    return value_double(negative ? -size : size);
}

static unsigned __int128 magnitude(int64_t n) { return n < 0 ? -(unsigned __int128)n : (unsigned __int128)n; }

/* int32, uint32 and int64: computed in 64 bits, kept in `kind` if it fits there. */
static enum status signed_numbers(struct realm *realm, char op, enum value_kind kind, int64_t x, int64_t y, struct value *out) {
    int64_t result = 0;
    bool overflow = false;
    switch (op) {
    case '+': overflow = __builtin_add_overflow(x, y, &result); break;
    case '-': overflow = __builtin_sub_overflow(x, y, &result); break;
    case '*': overflow = __builtin_mul_overflow(x, y, &result); break;
    default:
        if (y == 0) return raise_zero(realm);
        if (op == '%') result = y == -1 ? 0 : x % y;
        else if (y == -1) overflow = __builtin_sub_overflow(0, x, &result);
        else if (x % y) overflow = true; /* the quotient is no integer */
        else result = x / y;
    }
    if (overflow && op == '*') *out = long_product((x < 0) != (y < 0), magnitude(x) * magnitude(y));
    else *out = overflow || !number_fits(kind, result) ? real(op, (double)x, (double)y) : value_integer(kind, result);
    return STATUS_OK;
}

static enum status unsigned_numbers(struct realm *realm, char op, uint64_t x, uint64_t y, struct value *out) {
    uint64_t result = 0;
    bool overflow = false;
    switch (op) {
    case '+': overflow = __builtin_add_overflow(x, y, &result); break;
    case '-': overflow = __builtin_sub_overflow(x, y, &result); break;
    case '*': overflow = __builtin_mul_overflow(x, y, &result); break;
    default:
        if (y == 0) return raise_zero(realm);
        if (op == '/' && x % y) overflow = true;
        else result = op == '%' ? x % y : x / y;
    }
    *out = overflow ? real(op, (double)x, (double)y) : (struct value){.kind = VALUE_UINT64, .uinteger = result};
    return STATUS_OK;
}

static enum status raise_too_large(struct realm *realm) {
    return operand_raise_inner(realm, "RuntimeException", "RuntimeException", ERROR_NOT_SPECIFIED, "System.OverflowException",
                               "The result is too large or too small for a decimal.");
}

static enum status decimals(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    struct decimal x, y, result;
    if (!number_to_decimal(a, &x) || !number_to_decimal(b, &y)) return raise_too_large(realm);
    if ((op == '/' || op == '%') && decimal_is_zero(y)) return raise_zero(realm);
    bool fits = op == '+'   ? decimal_sum(x, y, &result)
                : op == '-' ? decimal_difference(x, y, &result)
                : op == '*' ? decimal_product(x, y, &result)
                : op == '/' ? decimal_quotient(x, y, &result)
                            : decimal_remainder(x, y, &result);
    if (!fits) return raise_too_large(realm);
    *out = number_decimal(result);
    return STATUS_OK;
}

struct value arithmetic_to_bigint(struct value v) {
    switch (v.kind) {
    case VALUE_BIGINT: return value_keep(v);
    case VALUE_UINT64: return bigint_from_uint64(v.uinteger);
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return bigint_from_double(v.real);
    case VALUE_DECIMAL: {
        struct bytes digits = {0};
        struct value out;
        decimal_add(&digits, decimal_round(number_decimal_of(v), 0, DECIMAL_DOWN));
        if (!bigint_read(bytes_text(&digits), 10, &out)) out = bigint_from_double(number_to_double(v));
        bytes_free(&digits);
        return out;
    }
    default: return bigint_from_int64(v.integer);
    }
}

static enum status big_numbers(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    struct value x = arithmetic_to_bigint(a), y = arithmetic_to_bigint(b);
    bool done = bigint_operate(op, x, y, out);
    value_release(x);
    value_release(y);
    if (done) return STATUS_OK;
    return operand_raise_inner(realm, "MethodInvocationException", "DotNetMethodException", ERROR_NOT_SPECIFIED,
                               "System.DivideByZeroException", "Nothing can be divided by zero.");
}

enum status arithmetic_numbers(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    switch (arithmetic_group(a, b)) {
    case GROUP_INT: return signed_numbers(realm, op, VALUE_INT32, a.integer, b.integer, out);
    case GROUP_UINT: return signed_numbers(realm, op, VALUE_UINT32, a.integer, b.integer, out);
    case GROUP_LONG: return signed_numbers(realm, op, VALUE_INT64, a.integer, b.integer, out);
    case GROUP_ULONG: return unsigned_numbers(realm, op, a.uinteger, b.uinteger, out);
    case GROUP_REAL: *out = real(op, number_to_double(a), number_to_double(b)); return STATUS_OK;
    case GROUP_DECIMAL: return decimals(realm, op, a, b, out);
    default: return big_numbers(realm, op, a, b, out);
    }
}

static int compare_reals(double x, double y) {
    if (isnan(x) || isnan(y)) return isnan(x) ? (isnan(y) ? 0 : -1) : 1;
    return x < y ? -1 : x > y;
}

int arithmetic_compare(struct value a, struct value b) {
    switch (arithmetic_group(a, b)) {
    case GROUP_INT:
    case GROUP_UINT:
    case GROUP_LONG: return a.integer < b.integer ? -1 : a.integer > b.integer;
    case GROUP_ULONG: return a.uinteger < b.uinteger ? -1 : a.uinteger > b.uinteger;
    case GROUP_REAL: return compare_reals(number_to_double(a), number_to_double(b));
    case GROUP_DECIMAL: {
        struct decimal x, y;
        if (number_to_decimal(a, &x) && number_to_decimal(b, &y)) return decimal_compare(x, y);
        return compare_reals(number_to_double(a), number_to_double(b));
    }
    default: {
        struct value x = arithmetic_to_bigint(a), y = arithmetic_to_bigint(b);
        int order = bigint_compare(x, y);
        value_release(x);
        value_release(y);
        return order;
    }
    }
}

bool arithmetic_equal(struct value a, struct value b) {
    if (arithmetic_group(a, b) == GROUP_REAL) return number_to_double(a) == number_to_double(b);
    return arithmetic_compare(a, b) == 0;
}

/* An enum on the left stays one: [DayOfWeek]::Monday + 1. */
static void as_enum(struct value a, struct value *out) {
    if (a.kind == VALUE_ENUM && value_is_integer(*out)) *out = value_enum(a.type_index, out->integer);
}

static const char *method_of(char op) {
    return op == '+' ? "op_Addition" : op == '-' ? "op_Subtraction" : op == '*' ? "op_Multiply" : op == '/' ? "op_Division" : "op_Modulus";
}

static enum status mixed(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    bool left_fits, right_fits = false;
    struct value x = VALUE_UNSET_INIT, y = VALUE_UNSET_INIT;
    enum status status = operand_number(realm, a, b, &left_fits, &x);
    if (status == STATUS_OK && left_fits) status = operand_number(realm, b, a, &right_fits, &y);
    if (status == STATUS_OK)
        status = left_fits && right_fits ? arithmetic_numbers(realm, op, x, y, out)
                                         : operand_raise_method(realm, method_of(op), a, b);
    if (status == STATUS_OK) as_enum(a, out);
    value_release(x);
    value_release(y);
    return status;
}

enum status arithmetic_binary(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    if (a.kind == VALUE_INT32 && b.kind == VALUE_INT32)
        return signed_numbers(realm, op, VALUE_INT32, a.integer, b.integer, out);
    if (value_is_number(a) && value_is_number(b)) return arithmetic_numbers(realm, op, a, b, out);
    bool done = false;
    enum status status = arithmetic_other(realm, op, a, b, &done, out);
    return done || status != STATUS_OK ? status : mixed(realm, op, a, b, out);
}
