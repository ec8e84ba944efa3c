/* Arithmetic and comparison of int, long and double without a call. Each says whether it knew the answer; ops knows the
 * rest. As in PowerShell, what overflows becomes a double. */
#ifndef M365SH_VM_FAST_PRIVATE_H
#define M365SH_VM_FAST_PRIVATE_H

#include "engine_private.h"

static inline bool fast_both_int32(const struct value *a, const struct value *b) {
    return a->kind == VALUE_INT32 && b->kind == VALUE_INT32;
}
static inline bool fast_is_int(const struct value *v) { return v->kind == VALUE_INT32 || v->kind == VALUE_INT64; }
static inline struct value fast_int32_result(int64_t n) {
    return n == (int32_t)n ? value_int32((int32_t)n) : value_double((double)n);
}
/* Doubles with doubles or ints. */
static inline bool fast_reals(const struct value *a, const struct value *b, double *x, double *y) {
    if (a->kind == VALUE_DOUBLE) *x = a->real;
    else if (fast_is_int(a)) *x = (double)a->integer;
    else return false;
    if (b->kind == VALUE_DOUBLE) *y = b->real;
    else if (fast_is_int(b)) *y = (double)b->integer;
    else return false;
    return a->kind == VALUE_DOUBLE || b->kind == VALUE_DOUBLE;
}
#define FAST_ARITHMETIC(name, sign, overflows)                                                              \
    static inline bool fast_##name(const struct value *a, const struct value *b, struct value *out) {       \
        double x, y;                                                                                        \
        int64_t n;                                                                                          \
        if (__builtin_expect(fast_both_int32(a, b), 1)) *out = fast_int32_result(a->integer sign b->integer); \
        else if (fast_reals(a, b, &x, &y)) *out = value_double(x sign y);                                   \
        else if (fast_is_int(a) && fast_is_int(b)) {                                                        \
            if (overflows(a->integer, b->integer, &n)) return false;                                        \
            *out = value_int64(n);                                                                          \
        } else return false;                                                                                \
        return true;                                                                                        \
    }
FAST_ARITHMETIC(add, +, __builtin_add_overflow)
FAST_ARITHMETIC(subtract, -, __builtin_sub_overflow)
FAST_ARITHMETIC(multiply, *, __builtin_mul_overflow)
#undef FAST_ARITHMETIC

static inline bool fast_divide(const struct value *a, const struct value *b, struct value *out) {
    double x, y;
    if (fast_both_int32(a, b)) {
        if (b->integer == 0 || b->integer == -1) return false;
        if (a->integer % b->integer == 0) *out = value_int32((int32_t)(a->integer / b->integer));
        else *out = value_double((double)a->integer / (double)b->integer);
        return true;
    }
    if (!fast_reals(a, b, &x, &y)) return false;
    *out = value_double(x / y);
    return true;
}

static inline bool fast_remainder(const struct value *a, const struct value *b, struct value *out) {
    if (!fast_both_int32(a, b) || b->integer == 0 || b->integer == -1) return false;
    *out = value_int32((int32_t)a->integer % (int32_t)b->integer);
    return true;
}

/* -2: not known here; else the sign of the comparison, 3 for NaN (all comparisons but -ne are false). */
static inline int fast_order(const struct value *a, const struct value *b) {
    double x, y;
    if (fast_is_int(a) && fast_is_int(b)) return (a->integer > b->integer) - (a->integer < b->integer);
    if (!fast_reals(a, b, &x, &y)) return -2;
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : 3;
}

#endif
