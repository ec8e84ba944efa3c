/* -band -bor -bxor -bnot -shl -shr. */
#include "m365sh/types/convert.h"
#include "ops_private.h"

static uint64_t combine(enum operation operation, uint64_t x, uint64_t y) {
    return operation == OPERATION_BIT_AND ? x & y : operation == OPERATION_BIT_OR ? x | y : x ^ y;
}

/* Reals take part rounded; only two negative ones give a signed result. */
static enum status reals(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out) {
    double x = number_to_double(a), y = number_to_double(b);
    int64_t left = 0, right = 0;
    enum status status = STATUS_OK;
    if (x >= 9.2e18) left = (int64_t)(uint64_t)x;
    else status = convert_to_int64(realm, a, &left);
    if (status == STATUS_OK && y >= 9.2e18) right = (int64_t)(uint64_t)y;
    else if (status == STATUS_OK) status = convert_to_int64(realm, b, &right);
    if (status != STATUS_OK) return operand_wrap_raised(realm);
    uint64_t bits = combine(operation, (uint64_t)left, (uint64_t)right);
    *out = value_integer(x < 0 && y < 0 ? VALUE_INT64 : VALUE_UINT64, (int64_t)bits);
    return STATUS_OK;
}

static enum status big(enum operation operation, struct value a, struct value b, struct value *out) {
    struct value x = arithmetic_to_bigint(a), y = arithmetic_to_bigint(b);
    bigint_operate(operation == OPERATION_BIT_AND ? '&' : operation == OPERATION_BIT_OR ? '|' : '^', x, y, out);
    value_release(x);
    value_release(y);
    return STATUS_OK;
}

static enum value_kind wider(struct value a, struct value b) {
    if (a.kind == VALUE_UINT64 || b.kind == VALUE_UINT64) return VALUE_UINT64;
    if (a.kind == VALUE_INT64 || b.kind == VALUE_INT64) return VALUE_INT64;
    return a.kind == VALUE_UINT32 || b.kind == VALUE_UINT32 ? VALUE_UINT32 : VALUE_INT32;
}

static enum status numbers(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out) {
    enum number_group left = arithmetic_group(a, a), right = arithmetic_group(b, b), group = left > right ? left : right;
    if (group == GROUP_BIG) return big(operation, a, b, out);
    if (group == GROUP_REAL || ((a.kind == VALUE_DECIMAL || b.kind == VALUE_DECIMAL))) return reals(realm, operation, a, b, out);
    enum value_kind kind = wider(a, b);
    uint64_t bits = combine(operation, a.uinteger, b.uinteger);
    *out = value_integer(kind, kind == VALUE_UINT32 ? (int64_t)(uint32_t)bits : kind == VALUE_INT32 ? (int32_t)bits : (int64_t)bits);
    return STATUS_OK;
}

/* 1.5 -shl 1 shifts 2: whatever has no bits becomes an int. */
static enum status shift(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out) {
    bool left = operation == OPERATION_SHIFT_LEFT;
    int32_t count;
    enum status status = operand_int32(realm, b, &count);
    if (status != STATUS_OK) return status;
    if (a.kind == VALUE_BIGINT) {
        *out = bigint_shift(a, left ? count : -(int64_t)count);
        return STATUS_OK;
    }
    int32_t whole;
    if (!value_is_integer(a)) {
        status = operand_int32(realm, a, &whole);
        if (status != STATUS_OK) return status;
        a = value_int32(whole);
    }
    bool wide = a.kind == VALUE_INT64 || a.kind == VALUE_UINT64;
    uint32_t bits = (uint32_t)count & (wide ? 63 : 31);
    int64_t n = left ? (int64_t)(a.uinteger << bits) : a.kind == VALUE_UINT64 ? (int64_t)(a.uinteger >> bits) : a.integer >> bits;
    switch (a.kind) {
    case VALUE_SBYTE: n = (int8_t)n; break;
    case VALUE_BYTE: n = (uint8_t)n; break;
    case VALUE_INT16: n = (int16_t)n; break;
    case VALUE_UINT16: n = (uint16_t)n; break;
    case VALUE_INT32: n = (int32_t)n; break;
    case VALUE_UINT32: n = (uint32_t)n; break;
    default: break;
    }
    *out = value_integer(a.kind, n);
    return STATUS_OK;
}

/* [IO.FileAttributes]::Hidden -bor 'ReadOnly': the other operand becomes the enum. */
static enum status enums(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out) {
    struct value first = a.kind == VALUE_ENUM ? a : b, second = a.kind == VALUE_ENUM ? b : a, converted;
    if (value_is_nothing(second)) second = value_int32(0);
    enum status status = convert_to(realm, second, type_of(realm, first), &converted);
    if (status != STATUS_OK) return operand_wrap_raised(realm);
    *out = value_enum(first.type_index, (int64_t)combine(operation, first.uinteger, converted.uinteger));
    value_release(converted);
    return STATUS_OK;
}

static const char *method_of(enum operation operation) {
    return operation == OPERATION_BIT_AND ? "op_BitwiseAnd" : operation == OPERATION_BIT_OR ? "op_BitwiseOr" : "op_ExclusiveOr";
}

enum status bitwise_binary(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out) {
    bool shifts = operation == OPERATION_SHIFT_LEFT || operation == OPERATION_SHIFT_RIGHT;
    if (!shifts && (a.kind == VALUE_ENUM || (b.kind == VALUE_ENUM && a.kind == VALUE_STRING))) return enums(realm, operation, a, b, out);
    bool left_fits, right_fits = true;
    struct value x = VALUE_UNSET_INIT, y = VALUE_UNSET_INIT;
    enum status status = operand_number(realm, a, b, &left_fits, &x);
    if (status == STATUS_OK && !shifts) status = operand_number(realm, b, a, &right_fits, &y);
    if (status == STATUS_OK) {
        if (!left_fits || !right_fits)
            status = operand_raise_method(realm, shifts ? "op_LeftShift" : method_of(operation), a, b);
        else status = shifts ? shift(realm, operation, x, b, out) : numbers(realm, operation, x, y, out);
    }
    value_release(x);
    value_release(y);
    return status;
}

enum status bitwise_not(struct realm *realm, struct value v, struct value *out) {
    bool is_number;
    struct value number = VALUE_UNSET_INIT;
    if (v.kind == VALUE_ENUM) {
        *out = value_enum(v.type_index, ~v.integer);
        return STATUS_OK;
    }
    enum status status = operand_number(realm, v, value_null(), &is_number, &number);
    if (status == STATUS_OK && !is_number) status = operand_raise_method(realm, "op_OnesComplement", v, value_null());
    if (status != STATUS_OK) return status;
    if (number.kind == VALUE_BIGINT) {
        struct value minus_one = bigint_from_int64(-1);
        bigint_operate('-', minus_one, number, out);
        value_release(minus_one);
    } else if (number.kind == VALUE_UINT32 || number.kind == VALUE_INT64 || number.kind == VALUE_UINT64) {
        *out = value_integer(number.kind, number.kind == VALUE_UINT32 ? (int64_t)(uint32_t)~number.integer : ~number.integer);
    } else {
        int32_t whole;
        status = operand_int32(realm, number, &whole);
        if (status == STATUS_OK) *out = value_int32(~whole);
    }
    value_release(number);
    return status;
}
