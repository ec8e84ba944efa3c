#include "m365sh/value/string.h"

#include <stdarg.h>
#include <stdlib.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"
#include "m365sh/limits.h"
#include "string_hash_private.h"
#include "value_private.h"

static struct string *block_start(struct string *string, size_t length, size_t capacity) {
    counted_start(&string->head, VALUE_STRING);
    string->length = (uint32_t)length;
    string->capacity = (uint32_t)capacity;
    string->hash = 0;
    string->units = -1;
    string->cursor_unit = string->cursor_offset = 0;
    string->bytes[length] = 0;
    return string;
}

struct value string_reserve(size_t length) {
    if (length > LIMIT_TEXT_BYTES - sizeof(struct string) - 1) return value_null();
    struct string *string = length < 65536 ? alloc_bytes(sizeof *string + length + 1)
                                           : alloc_try(sizeof *string + length + 1);
    return string ? value_counted_take(&block_start(string, length, length)->head) : value_null();
}

struct value string_new(struct text text) {
    struct value v = string_reserve(text.length);
    if (v.kind == VALUE_NULL) return string_empty(); /* beyond every limit: callers with user-sized texts reserve themselves */
    if (text.length) memcpy(string_block(v)->bytes, text.start, text.length);
    return v;
}

struct value string_of(const char *c_string) { return string_new(text_of(c_string)); }
struct value string_empty(void) { return string_new(TEXT_NONE); }
struct value string_from_bytes(const struct bytes *bytes) { return string_new(bytes_text(bytes)); }

struct value string_format(const char *format, ...) {
    struct bytes bytes = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&bytes, format, list);
    va_end(list);
    struct value v = string_from_bytes(&bytes);
    bytes_free(&bytes);
    return v;
}

uint32_t string_units(struct value v) {
    struct string *string = string_block(v);
    if (string->units < 0) string->units = (int32_t)utf8_units(string_text(v));
    return (uint32_t)string->units;
}

bool string_is_ascii(struct value v) { return string_units(v) == string_block(v)->length; }

/* Walks from the last place asked for, so that a loop over indexes is linear. */
size_t string_offset(struct value v, uint32_t unit) {
    struct string *string = string_block(v);
    if (string_is_ascii(v)) return unit;
    if (unit < string->cursor_unit) string->cursor_unit = string->cursor_offset = 0;
    size_t at = string->cursor_offset;
    uint32_t passed = string->cursor_unit;
    while (passed < unit && at < string->length) {
        size_t before = at;
        uint32_t width = utf8_next(string_text(v), &at) >= 0x10000 ? 2 : 1;
        if (passed + width > unit) { /* the second half of a pair */
            at = before;
            break;
        }
        passed += width;
    }
    string->cursor_unit = passed;
    string->cursor_offset = (uint32_t)at;
    return at;
}

/* 1 when the unit is the second half of a surrogate pair; *offset is then that of the pair. */
static bool inside_pair(struct value v, uint32_t unit, size_t *offset) {
    *offset = string_offset(v, unit);
    return !string_is_ascii(v) && string_block(v)->cursor_unit != unit;
}

uint16_t string_unit_at(struct value v, uint32_t unit) {
    size_t at;
    if (string_is_ascii(v)) return (uint8_t)string_block(v)->bytes[unit];
    bool second = inside_pair(v, unit, &at);
    uint32_t code_point = utf8_next(string_text(v), &at);
    if (code_point < 0x10000) return (uint16_t)code_point;
    return (uint16_t)(second ? 0xdc00 + ((code_point - 0x10000) & 0x3ff) : 0xd800 + ((code_point - 0x10000) >> 10));
}

struct value string_slice_units(struct value v, uint32_t start, uint32_t length) {
    if (string_is_ascii(v)) return string_new(text_make(string_chars(v) + start, length));
    if (!length) return string_empty();
    size_t from, to;
    bool splits_first = inside_pair(v, start, &from);
    struct bytes bytes = {0};
    if (splits_first) {
        bytes_add_code_point(&bytes, string_unit_at(v, start));
        utf8_next(string_text(v), &from);
    }
    bool splits_last = inside_pair(v, start + length, &to);
    if (to > from) bytes_add(&bytes, string_chars(v) + from, to - from);
    if (splits_last && !(splits_first && length == 1)) bytes_add_code_point(&bytes, string_unit_at(v, start + length - 1));
    struct value slice = string_from_bytes(&bytes);
    bytes_free(&bytes);
    return slice;
}

uint32_t string_hash(struct value v) {
    struct string *string = string_block(v);
    if (!string->hash) string->hash = string_hash_text(string_text(v), false);
    return string->hash;
}

/* Room for `more` bytes behind the text, in a block that nobody else holds. False: too long. */
static bool make_room(struct value *place, size_t more) {
    struct string *old = string_block(*place);
    size_t needed = (size_t)old->length + more;
    if (needed > LIMIT_TEXT_BYTES - sizeof *old - 1) return false;
    if (old->head.count == 1 && needed <= old->capacity) return true;
    size_t capacity = old->length ? needed + needed / 2 + 16 : needed;
    if (capacity > LIMIT_TEXT_BYTES - sizeof *old - 1) capacity = needed;
    struct string *string;
    if (old->head.count == 1) {
        string = alloc_try_resize(old, sizeof *old + capacity + 1);
        if (!string) return false;
        string->capacity = (uint32_t)capacity;
    } else {
        string = alloc_try(sizeof *old + capacity + 1);
        if (!string) return false;
        block_start(string, old->length, capacity);
        memcpy(string->bytes, old->bytes, old->length);
        string->units = old->units;
        old->head.count--;
    }
    place->counted = &string->head;
    return true;
}

static bool is_half(const char *bytes, uint8_t low, uint8_t high) {
    return (uint8_t)bytes[0] == 0xed && (uint8_t)bytes[1] >= low && (uint8_t)bytes[1] <= high;
}

/* A first half at the end and a second half at the start become the one code point that they are in UTF-16. */
static bool joins_pair(struct text first, struct text more) {
    return first.length >= 3 && more.length >= 3 && is_half(first.start + first.length - 3, 0xa0, 0xaf) &&
           is_half(more.start, 0xb0, 0xbf);
}

static uint32_t half_bits(const char *bytes) { return ((bytes[1] & 0x0fu) << 6) | (bytes[2] & 0x3fu); }

bool string_append(struct value *place, struct text more) {
    if (!more.length) return true;
    struct bytes pair = {0};
    size_t dropped = 0;
    struct text own = string_text(*place);
    if (joins_pair(own, more)) {
        bytes_add_code_point(&pair, 0x10000 + (half_bits(own.start + own.length - 3) << 10) + half_bits(more.start));
        bytes_add(&pair, more.start + 3, more.length - 3);
        more = bytes_text(&pair);
        dropped = 3;
    }
    bool aliased = more.start >= own.start && more.start <= own.start + own.length;
    size_t alias_offset = aliased ? (size_t)(more.start - own.start) : 0;
    bool fits = make_room(place, more.length);
    if (fits) {
        struct string *string = string_block(*place);
        if (aliased) more.start = string->bytes + alias_offset;
        bool ascii = !dropped && string->units >= 0 && utf8_is_ascii(more);
        string->units = ascii ? string->units + (int32_t)more.length : -1;
        if (dropped) string->cursor_unit = string->cursor_offset = 0;
        memmove(string->bytes + string->length - dropped, more.start, more.length);
        string->length += (uint32_t)(more.length - dropped);
        string->bytes[string->length] = 0;
        string->hash = 0;
    }
    bytes_free(&pair);
    return fits;
}
