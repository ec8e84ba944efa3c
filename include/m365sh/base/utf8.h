/* UTF-8 and what .NET sees of it. Text may hold lone surrogates as three bytes (WTF-8), because .NET strings can.
 * Units are UTF-16 code units: what Length, indexes and columns count. */
#ifndef M365SH_BASE_UTF8_H
#define M365SH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "m365sh/base/text.h"

/* Decodes one code point at `at` (< length) and moves `at` on. A malformed byte gives U+FFFD and moves one byte. */
uint32_t utf8_next(struct text text, size_t *at);
/* Decodes the code point that ends before `at` (> 0) and moves `at` back. */
uint32_t utf8_previous(struct text text, size_t *at);
size_t utf8_encode(uint32_t code_point, char out[4]); /* bytes written */
bool utf8_is_ascii(struct text text);
bool utf8_is_valid(struct text text);                 /* strict UTF-8, no surrogates */
size_t utf8_units(struct text text);                  /* UTF-16 length */
size_t utf8_offset_of_unit(struct text text, size_t unit); /* byte offset; inside a pair: of the pair's start */
size_t utf8_unit_of_offset(struct text text, size_t offset);
uint16_t utf8_unit_at(struct text text, size_t unit); /* the code unit itself, halves of pairs too */
size_t utf8_width(struct text text);                  /* terminal cells: wide 2, combining 0, controls 0 */
size_t utf8_width_of(uint32_t code_point);
bool utf8_is_letter(uint32_t code_point);             /* .NET char classes: L* */
bool utf8_is_digit(uint32_t code_point);              /* Nd */
bool utf8_is_space(uint32_t code_point);              /* Char.IsWhiteSpace */
bool utf8_is_upper(uint32_t code_point);
bool utf8_is_lower(uint32_t code_point);
bool utf8_is_punctuation(uint32_t code_point);
bool utf8_is_symbol(uint32_t code_point);
bool utf8_is_control(uint32_t code_point);

#endif
