/* What operators do with values: PowerShell's coercions, overflow, filtering over collections. One function per
 * operation; grammar/operators.def maps spellings to them. Results are owned. */
#ifndef M365SH_OPS_OPS_H
#define M365SH_OPS_OPS_H

#include "m365sh/value/realm.h"
#include "m365sh/types/type.h"

enum operation {
    OPERATION_NONE,
#define OPERATION(name) OPERATION_##name,
    /* binary */
    OPERATION(ADD) OPERATION(SUBTRACT) OPERATION(MULTIPLY) OPERATION(DIVIDE) OPERATION(REMAINDER)
    OPERATION(EQUAL) OPERATION(NOT_EQUAL) OPERATION(LESS) OPERATION(LESS_EQUAL) OPERATION(GREATER) OPERATION(GREATER_EQUAL)
    OPERATION(LIKE) OPERATION(NOT_LIKE) OPERATION(MATCH) OPERATION(NOT_MATCH) OPERATION(REPLACE)
    OPERATION(CONTAINS) OPERATION(NOT_CONTAINS) OPERATION(IN) OPERATION(NOT_IN) OPERATION(SPLIT) OPERATION(JOIN)
    OPERATION(IS) OPERATION(IS_NOT) OPERATION(AS) OPERATION(FORMAT) OPERATION(RANGE)
    OPERATION(BIT_AND) OPERATION(BIT_OR) OPERATION(BIT_XOR) OPERATION(SHIFT_LEFT) OPERATION(SHIFT_RIGHT)
    OPERATION(AND) OPERATION(OR) OPERATION(XOR) /* AND and OR short-circuit in the compiler; listed for tables */
    /* unary */
    OPERATION(NEGATE) OPERATION(PLUS) OPERATION(NOT) OPERATION(BIT_NOT) OPERATION(SPLIT_UNARY) OPERATION(JOIN_UNARY)
#undef OPERATION
    OPERATION_COUNT
};
/* Case of the textual operators: -eq and -ieq ignore, -ceq keeps. */
enum status ops_binary(struct realm *realm, enum operation operation, bool keep_case, struct value a, struct value b,
                       struct value *out);
enum status ops_unary(struct realm *realm, enum operation operation, struct value v, struct value *out);
/* Quick forms used by sort, group, switch, Where-Object. */
enum status ops_equal(struct realm *realm, struct value a, struct value b, bool keep_case, bool *out); /* scalars, -eq's rule */
enum status ops_order(struct realm *realm, struct value a, struct value b, bool keep_case, int *out);  /* Compare(); Sort-Object's rule: raises nothing for mixed kinds, falls back to text */
/* ++ and --. */
enum status ops_step(struct realm *realm, struct value v, int step, struct value *out);

/* v[index]: arrays (negative, slices, ranges), strings, tables, lists, matches, objects with Item; null gives
 * NullArray error. `index` may be an array. Missing index: $null (strict mode raises in vm). */
enum status ops_index(struct realm *realm, struct value v, struct value index, struct value *out);
enum status ops_index_set(struct realm *realm, struct value v, struct value index, struct value item);
/* v[i, j] of multi-dimensional arrays. */
enum status ops_index_many(struct realm *realm, struct value v, const struct value *indexes, uint32_t count, struct value *out);

/* One regex replacement with a script block (-replace 'x', { … }) goes through callable_call. */
#endif
