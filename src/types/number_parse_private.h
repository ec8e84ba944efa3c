/* [int]::Parse and its kin: text to a number of one kind, by .NET's NumberStyles. Nothing is raised. */
#ifndef M365SH_TYPES_NUMBER_PARSE_PRIVATE_H
#define M365SH_TYPES_NUMBER_PARSE_PRIVATE_H

#include "culture_private.h"

enum number_styles {
    NUMBER_LEADING_WHITE = 1, NUMBER_TRAILING_WHITE = 2, NUMBER_LEADING_SIGN = 4, NUMBER_TRAILING_SIGN = 8,
    NUMBER_PARENTHESES = 16, NUMBER_POINT = 32, NUMBER_THOUSANDS = 64, NUMBER_EXPONENT = 128, NUMBER_CURRENCY = 256,
    NUMBER_HEXADECIMAL = 512, NUMBER_BINARY = 1024,
};
enum number_outcome { NUMBER_GOOD, NUMBER_FORMAT, NUMBER_OVERFLOW };
/* What Parse uses when no styles are given. */
unsigned number_default_styles(enum value_kind kind);
enum number_outcome number_parse(struct text text, enum value_kind kind, unsigned styles, const struct culture *culture,
                                 struct value *out);
/* Digits of base 2, 8 or 16 as [convert]::ToInt32(text, base) reads them, into the bits of the kind. */
enum number_outcome number_parse_base(struct text text, int base, enum value_kind kind, struct value *out);
/* Smallest and largest of an integer kind. */
void number_kind_range(enum value_kind kind, int64_t *least, uint64_t *most);
/* The kind's value of these bits: sign-extended where it is signed. */
struct value number_of_bits(enum value_kind kind, uint64_t bits);
int number_kind_bits(enum value_kind kind);

#endif
