#include "m365sh/base/bytes.h"

#include <stdio.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"

void bytes_free(struct bytes *bytes) {
    alloc_free(bytes->data);
    *bytes = (struct bytes){0};
}

void bytes_clear(struct bytes *bytes) {
    bytes->length = 0;
    if (bytes->data) bytes->data[0] = '\0';
}

static void __attribute__((noinline)) grow(struct bytes *bytes, size_t needed) {
    size_t capacity = bytes->capacity < 32 ? 64 : bytes->capacity * 2;
    if (capacity < needed) capacity = needed;
    bytes->data = alloc_resize(bytes->data, capacity, 1);
    bytes->capacity = capacity;
}

/* Room for `more` bytes and the NUL. */
static inline void make_room(struct bytes *bytes, size_t more) {
    size_t needed;
    if (__builtin_add_overflow(bytes->length, more, &needed)) needed = (size_t)-2; /* refused by alloc_resize */
    if (__builtin_expect(needed + 1 > bytes->capacity, 0)) grow(bytes, needed + 1);
}

void bytes_reserve(struct bytes *bytes, size_t more) {
    make_room(bytes, more);
    bytes->data[bytes->length] = '\0';
}

void bytes_add(struct bytes *bytes, const void *data, size_t length) {
    make_room(bytes, length);
    if (length) memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
    bytes->data[bytes->length] = '\0';
}

void bytes_add_byte(struct bytes *bytes, char byte) {
    make_room(bytes, 1);
    bytes->data[bytes->length++] = byte;
    bytes->data[bytes->length] = '\0';
}

void bytes_add_text(struct bytes *bytes, struct text text) {
    bytes_add(bytes, text.start, text.length);
}

void bytes_add_string(struct bytes *bytes, const char *c_string) {
    bytes_add(bytes, c_string, c_string ? strlen(c_string) : 0);
}

void bytes_add_repeat(struct bytes *bytes, char byte, size_t count) {
    make_room(bytes, count);
    memset(bytes->data + bytes->length, byte, count);
    bytes->length += count;
    bytes->data[bytes->length] = '\0';
}

void bytes_add_code_point(struct bytes *bytes, uint32_t code_point) {
    char encoded[4];
    bytes_add(bytes, encoded, utf8_encode(code_point, encoded));
}

void bytes_add_format(struct bytes *bytes, const char *format, ...) {
    va_list list;
    va_start(list, format);
    bytes_add_format_list(bytes, format, list);
    va_end(list);
}

void bytes_add_format_list(struct bytes *bytes, const char *format, va_list list) {
    va_list again;
    va_copy(again, list);
    make_room(bytes, 64);
    size_t room = bytes->capacity - bytes->length;
    int length = vsnprintf(bytes->data + bytes->length, room, format, list);
    if (length >= 0 && (size_t)length >= room) {
        make_room(bytes, (size_t)length);
        length = vsnprintf(bytes->data + bytes->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    if (length > 0) bytes->length += (size_t)length;
    bytes->data[bytes->length] = '\0';
}

void bytes_truncate(struct bytes *bytes, size_t length) {
    if (length >= bytes->length) return;
    bytes->length = length;
    bytes->data[length] = '\0';
}

void bytes_insert(struct bytes *bytes, size_t at, const void *data, size_t length) {
    make_room(bytes, length);
    if (at > bytes->length) at = bytes->length;
    memmove(bytes->data + at + length, bytes->data + at, bytes->length - at);
    if (length) memcpy(bytes->data + at, data, length);
    bytes->length += length;
    bytes->data[bytes->length] = '\0';
}

void bytes_remove(struct bytes *bytes, size_t at, size_t length) {
    if (at >= bytes->length) return;
    if (length > bytes->length - at) length = bytes->length - at;
    memmove(bytes->data + at, bytes->data + at + length, bytes->length - at - length);
    bytes_truncate(bytes, bytes->length - length);
}

struct text bytes_text(const struct bytes *bytes) {
    return bytes->data ? text_make(bytes->data, bytes->length) : TEXT_NONE;
}

char *bytes_take(struct bytes *bytes) {
    bytes_reserve(bytes, 0);
    char *data = bytes->data;
    *bytes = (struct bytes){0};
    return data;
}
