/* A growable byte buffer: the only string builder in the program. Zero-initialise, bytes_free at the end.
 * `data` is NUL-ended after every call that adds (NULL while nothing was added). */
#ifndef M365SH_BASE_BYTES_H
#define M365SH_BASE_BYTES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "m365sh/base/text.h"

struct bytes {
    char *data;
    size_t length;
    size_t capacity;
};

void bytes_free(struct bytes *bytes);
void bytes_clear(struct bytes *bytes);                    /* keeps the memory */
void bytes_reserve(struct bytes *bytes, size_t more);
void bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_add_byte(struct bytes *bytes, char byte);
void bytes_add_text(struct bytes *bytes, struct text text);
void bytes_add_string(struct bytes *bytes, const char *c_string);
void bytes_add_repeat(struct bytes *bytes, char byte, size_t count);
void bytes_add_code_point(struct bytes *bytes, uint32_t code_point); /* UTF-8; surrogates as WTF-8 */
void bytes_add_format(struct bytes *bytes, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bytes_add_format_list(struct bytes *bytes, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));
void bytes_truncate(struct bytes *bytes, size_t length);
void bytes_insert(struct bytes *bytes, size_t at, const void *data, size_t length);
void bytes_remove(struct bytes *bytes, size_t at, size_t length);
struct text bytes_text(const struct bytes *bytes);        /* borrowed; valid until the next change */
char *bytes_take(struct bytes *bytes);                    /* hands over the NUL-ended block; the buffer is empty again */

#endif
