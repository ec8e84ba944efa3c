/* What the files of operators share. Operands come as value_base gave them; results are owned. */
#ifndef M365SH_OPS_PRIVATE_H
#define M365SH_OPS_PRIVATE_H

#include "m365sh/ops/ops.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* --- operand.c: operands as numbers, and the errors of operands that do not fit --- */
/* Numbers, null (0), bool, char, enums and text that reads as a number. *is_number false: another kind of thing, nothing
 * raised. Text that is no number raises by the kind that the other operand asks for. Owned. */
enum status operand_number(struct realm *realm, struct value v, struct value other, bool *is_number, struct value *out);
bool operand_is_numeric(struct value v); /* number, bool, char or enum */
/* RuntimeException around another exception, as PowerShell wraps what conversion and arithmetic throw. */
enum status operand_raise_inner(struct realm *realm, const char *outer, const char *id, enum error_category category,
                                const char *inner, const char *format, ...) __attribute__((format(printf, 6, 7)));
enum status operand_raise_method(struct realm *realm, const char *operation, struct value a, struct value b);
/* Turns the error that a conversion raised into the one operators give: RuntimeException around it, same id. */
enum status operand_wrap_raised(struct realm *realm);
/* Text of an operand without a copy where it is a string: the buffer is used otherwise. */
struct text operand_text(struct realm *realm, struct value v, struct bytes *buffer);
/* Counts of repetition, ranges, limits: [int]v. */
enum status operand_int32(struct realm *realm, struct value v, int32_t *out);

/* --- arithmetic.c --- */
enum number_group { GROUP_INT, GROUP_UINT, GROUP_LONG, GROUP_ULONG, GROUP_REAL, GROUP_DECIMAL, GROUP_BIG };
enum number_group arithmetic_group(struct value a, struct value b); /* both numbers, bools, chars or enums */
enum status arithmetic_numbers(struct realm *realm, char op, struct value a, struct value b, struct value *out);
enum status arithmetic_binary(struct realm *realm, char op, struct value a, struct value b, struct value *out);
struct value arithmetic_to_bigint(struct value v);
int arithmetic_compare(struct value a, struct value b); /* of two numbers; NaN is below everything */
bool arithmetic_equal(struct value a, struct value b);
/* --- arithmetic_other.c: what + - * / do with text, collections, tables and times --- */
enum status arithmetic_other(struct realm *realm, char op, struct value a, struct value b, bool *done, struct value *out);

/* --- comparison.c --- */
enum status comparison_binary(struct realm *realm, enum operation operation, bool keep_case, struct value a, struct value b,
                              struct value *out);
/* --- filter.c: an operator over a collection on the left keeps the items for which it holds --- */
typedef enum status filter_test(struct realm *realm, void *context, struct value item, bool *holds);
enum status filter_collection(struct realm *realm, struct value collection, filter_test *test, void *context, struct value *out);

enum status bitwise_binary(struct realm *realm, enum operation operation, struct value a, struct value b, struct value *out);
enum status bitwise_not(struct realm *realm, struct value v, struct value *out);
enum status containment_find(struct realm *realm, struct value collection, struct value item, bool keep_case, bool *found);
enum status text_match_like(struct realm *realm, struct value a, struct value b, bool keep_case, bool wanted, struct value *out);
enum status text_match_regex(struct realm *realm, struct value a, struct value b, bool keep_case, bool wanted, struct value *out);
enum status text_replace(struct realm *realm, struct value a, struct value b, bool keep_case, struct value *out);
/* A regex given as value ([regex] or text). Owned. Raises RegexParseException. */
struct regex;
enum status text_match_pattern(struct realm *realm, struct value pattern, uint32_t options, struct regex **out);
enum status split_binary(struct realm *realm, struct value a, struct value b, bool keep_case, struct value *out);
enum status split_unary(struct realm *realm, struct value v, struct value *out);
enum status join_binary(struct realm *realm, struct value a, struct value b, struct value *out);
enum status range_make(struct realm *realm, struct value a, struct value b, struct value *out);
enum status type_test_is(struct realm *realm, struct value a, struct value b, bool *out);
enum status type_test_as(struct realm *realm, struct value a, struct value b, struct value *out);
enum status format_operator(struct realm *realm, struct value a, struct value b, struct value *out);

#endif
