/* Borrowed text: a start and a length in bytes, UTF-8, not NUL-ended. Whoever holds one must know that the
 * bytes outlive it. Compare functions named _fold ignore case as .NET's OrdinalIgnoreCase does. */
#ifndef M365SH_BASE_TEXT_H
#define M365SH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *start;
    size_t length;
};

#define TEXT(literal) ((struct text){"" literal "", sizeof(literal) - 1})
#define TEXT_NONE ((struct text){"", 0})
#define TEXT_NOT_FOUND ((size_t)-1)
/* For printf: "%.*s", TEXT_ARGUMENT(text) */
#define TEXT_ARGUMENT(text) (int)(text).length, (text).start

static inline struct text text_make(const char *start, size_t length) {
    return (struct text){start, length};
}
static inline struct text text_of(const char *c_string) {
    return (struct text){c_string ? c_string : "", c_string ? strlen(c_string) : 0};
}
static inline bool text_equal(struct text a, struct text b) {
    return a.length == b.length && memcmp(a.start, b.start, a.length) == 0;
}
bool text_equal_fold(struct text a, struct text b);
int text_compare(struct text a, struct text b);      /* by code point; <0, 0, >0 */
int text_compare_fold(struct text a, struct text b); /* ordinal, ignoring case */
bool text_starts(struct text whole, struct text start);
bool text_starts_fold(struct text whole, struct text start);
bool text_ends(struct text whole, struct text end);
bool text_ends_fold(struct text whole, struct text end);
size_t text_find(struct text whole, struct text part, size_t from); /* byte offset or TEXT_NOT_FOUND */
size_t text_find_fold(struct text whole, struct text part, size_t from);
size_t text_find_last(struct text whole, struct text part);
size_t text_find_byte(struct text whole, char byte, size_t from);
struct text text_slice(struct text whole, size_t start, size_t length); /* clamped */
struct text text_trim(struct text text);                                /* ASCII blanks at both ends */
/* Takes the next part up to `separator` off `rest`; false when nothing is left. */
bool text_split_next(struct text *rest, char separator, struct text *part);
bool text_is_blank(struct text text);
uint32_t text_hash(struct text text);
uint32_t text_hash_fold(struct text text);
/* Levenshtein distance without case, capped at `limit`; for "did you mean". */
size_t text_distance(struct text a, struct text b, size_t limit);

#endif
