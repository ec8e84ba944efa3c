/* The table of operations: which function does what. */
#include "ops_private.h"

static enum status add_negation(enum status status, bool negate, bool result, struct value *out) {
    if (status == STATUS_OK) *out = value_bool(result != negate);
    return status;
}

static enum status contains(struct realm *realm, enum operation operation, bool keep_case, struct value a, struct value b,
                            struct value *out) {
    bool in = operation == OPERATION_IN || operation == OPERATION_NOT_IN;
    bool negate = operation == OPERATION_NOT_CONTAINS || operation == OPERATION_NOT_IN;
    bool found;
    enum status status = containment_find(realm, in ? b : a, in ? a : b, keep_case, &found);
    return add_negation(status, negate, found, out);
}

static enum status is_type(struct realm *realm, bool negate, struct value a, struct value b, struct value *out) {
    bool is;
    enum status status = type_test_is(realm, a, b, &is);
    return add_negation(status, negate, is, out);
}

enum status ops_binary(struct realm *realm, enum operation operation, bool keep_case, struct value a, struct value b,
                       struct value *out) {
    struct value whole = a;
    a = value_base(a);
    b = value_base(b);
    switch (operation) {
    case OPERATION_ADD: return arithmetic_binary(realm, '+', a, b, out);
    case OPERATION_SUBTRACT: return arithmetic_binary(realm, '-', a, b, out);
    case OPERATION_MULTIPLY: return arithmetic_binary(realm, '*', a, b, out);
    case OPERATION_DIVIDE: return arithmetic_binary(realm, '/', a, b, out);
    case OPERATION_REMAINDER: return arithmetic_binary(realm, '%', a, b, out);
    case OPERATION_EQUAL: case OPERATION_NOT_EQUAL: case OPERATION_LESS:
    case OPERATION_LESS_EQUAL: case OPERATION_GREATER: case OPERATION_GREATER_EQUAL:
        return comparison_binary(realm, operation, keep_case, a, b, out);
    case OPERATION_LIKE: return text_match_like(realm, a, b, keep_case, true, out);
    case OPERATION_NOT_LIKE: return text_match_like(realm, a, b, keep_case, false, out);
    case OPERATION_MATCH: return text_match_regex(realm, a, b, keep_case, true, out);
    case OPERATION_NOT_MATCH: return text_match_regex(realm, a, b, keep_case, false, out);
    case OPERATION_REPLACE: return text_replace(realm, a, b, keep_case, out);
    case OPERATION_CONTAINS: case OPERATION_NOT_CONTAINS: case OPERATION_IN: case OPERATION_NOT_IN:
        return contains(realm, operation, keep_case, a, b, out);
    case OPERATION_SPLIT: return split_binary(realm, a, b, keep_case, out);
    case OPERATION_JOIN: return join_binary(realm, a, b, out);
    case OPERATION_IS: return is_type(realm, false, whole, b, out);
    case OPERATION_IS_NOT: return is_type(realm, true, whole, b, out);
    case OPERATION_AS: return type_test_as(realm, whole, b, out);
    case OPERATION_FORMAT: return format_operator(realm, a, b, out);
    case OPERATION_RANGE: return range_make(realm, a, b, out);
    case OPERATION_BIT_AND: case OPERATION_BIT_OR: case OPERATION_BIT_XOR:
    case OPERATION_SHIFT_LEFT: case OPERATION_SHIFT_RIGHT:
        return bitwise_binary(realm, operation, a, b, out);
    case OPERATION_AND: *out = value_bool(value_truth(a) && value_truth(b)); return STATUS_OK;
    case OPERATION_OR: *out = value_bool(value_truth(a) || value_truth(b)); return STATUS_OK;
    case OPERATION_XOR: *out = value_bool(value_truth(a) != value_truth(b)); return STATUS_OK;
    default:
        return realm_raise(realm, "InvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION,
                           "There is no such binary operation.");
    }
}

/* -x is 0 - x and +x is 0 + x; a span is turned round. */
static enum status signed_value(struct realm *realm, char op, struct value v, struct value *out) {
    if (v.kind == VALUE_TIMESPAN) {
        *out = value_timespan(op == '-' ? -v.integer : v.integer);
        return STATUS_OK;
    }
    if (v.kind == VALUE_DOUBLE || v.kind == VALUE_SINGLE) { /* 0 - 0.0 would lose the sign */
        *out = (struct value){.kind = v.kind, .real = op == '-' ? -v.real : v.real};
        return STATUS_OK;
    }
    return arithmetic_binary(realm, op, value_int32(0), v, out);
}

enum status ops_unary(struct realm *realm, enum operation operation, struct value v, struct value *out) {
    v = value_base(v);
    switch (operation) {
    case OPERATION_NEGATE: return signed_value(realm, '-', v, out);
    case OPERATION_PLUS: return signed_value(realm, '+', v, out);
    case OPERATION_NOT: *out = value_bool(!value_truth(v)); return STATUS_OK;
    case OPERATION_BIT_NOT: return bitwise_not(realm, v, out);
    case OPERATION_SPLIT_UNARY: return split_unary(realm, v, out);
    case OPERATION_JOIN_UNARY: return join_binary(realm, v, value_null(), out);
    default:
        return realm_raise(realm, "InvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION,
                           "There is no such unary operation.");
    }
}

enum status ops_step(struct realm *realm, struct value v, int step, struct value *out) {
    v = value_base(v);
    bool fits = value_is_nothing(v) || (value_is_number(v) && v.kind != VALUE_BIGINT) || v.kind == VALUE_ENUM;
    if (!fits)
        return realm_raise(realm, "RuntimeException", "OperatorRequiresNumber", ERROR_INVALID_OPERATION,
                           "Only a number can be counted up or down by one.");
    return arithmetic_binary(realm, '+', value_is_nothing(v) ? value_int32(0) : v, value_int32(step), out);
}
