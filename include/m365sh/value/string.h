/* Strings: UTF-8 bytes (lone surrogates as WTF-8) with .NET's lengths and indexes on demand. Immutable to others;
 * string_append grows in place when the caller's reference is the only one. */
#ifndef M365SH_VALUE_STRING_H
#define M365SH_VALUE_STRING_H

#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"
#include "m365sh/value/value.h"

struct string {
    struct counted head;
    uint32_t length;        /* bytes */
    uint32_t capacity;      /* bytes, without the NUL */
    uint32_t hash;          /* ordinal; 0 not computed */
    int32_t units;          /* UTF-16 length; -1 not counted. Equal to length means: all ASCII */
    uint32_t cursor_unit, cursor_offset; /* last index asked for: walking forward is linear */
    char bytes[];           /* NUL-ended */
};

struct value string_new(struct text text);
struct value string_of(const char *c_string);
struct value string_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct value string_from_bytes(const struct bytes *bytes);     /* copies */
/* Uninitialised room for `length` bytes; the caller fills it before anyone looks. VALUE_NULL when too large. */
struct value string_reserve(size_t length);
static inline struct string *string_block(struct value v) { return (struct string *)v.counted; }
static inline struct text string_text(struct value v) {        /* borrowed; v must be a VALUE_STRING */
    return text_make(string_block(v)->bytes, string_block(v)->length);
}
static inline const char *string_chars(struct value v) { return string_block(v)->bytes; }
uint32_t string_units(struct value v);                          /* Length */
bool string_is_ascii(struct value v);
size_t string_offset(struct value v, uint32_t unit);            /* byte offset of a unit index <= units */
uint16_t string_unit_at(struct value v, uint32_t unit);         /* unit < units */
struct value string_slice_units(struct value v, uint32_t start, uint32_t length); /* Substring; in range */
uint32_t string_hash(struct value v);
/* *place holds a string; adds text to it, in place when possible. False: too long (LIMIT_TEXT_BYTES). */
bool string_append(struct value *place, struct text more);
struct value string_empty(void);                                /* a fresh owned '' */

#endif
