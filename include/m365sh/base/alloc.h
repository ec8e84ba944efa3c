/* Checked allocation. These functions never return NULL: when the system refuses, the reserve kept by
 * alloc_start is released, ALLOC_PRESSURE is raised among the process signals (base/interrupt.h) and the
 * request is tried again; engines look at that signal at the same places where they look for Ctrl-C and
 * raise System.OutOfMemoryException. When even the reserve is used up the process says so and ends with
 * code 1. For sizes that come from a user's data (text * 1000000, a file, an answer of the service)
 * use alloc_try, which returns NULL, and report the failure. */
#ifndef M365SH_BASE_ALLOC_H
#define M365SH_BASE_ALLOC_H

#include <stddef.h>

/* Takes the reserve. Called once by main; without it everything works but the first refusal ends the process. */
void alloc_start(void);
void *alloc_bytes(size_t size) __attribute__((malloc, returns_nonnull, alloc_size(1)));
void *alloc_zeroed(size_t count, size_t size) __attribute__((malloc, returns_nonnull, alloc_size(1, 2)));
/* count * size is checked for overflow. */
void *alloc_resize(void *block, size_t count, size_t size) __attribute__((returns_nonnull));
/* NULL when refused; the caller reports it. */
void *alloc_try(size_t size) __attribute__((malloc, alloc_size(1)));
void *alloc_try_resize(void *block, size_t size);
void alloc_free(void *block);
/* A NUL-ended copy of `length` bytes. */
char *alloc_text(const char *start, size_t length) __attribute__((malloc, returns_nonnull));

#define ALLOC_NEW(type) ((type *)alloc_zeroed(1, sizeof(type)))
#define ALLOC_ARRAY(type, count) ((type *)alloc_zeroed((count), sizeof(type)))
/* Grows `pointer` (with its `capacity`) so that it holds at least `needed` elements. */
#define ALLOC_GROW(pointer, capacity, needed)                                                               \
    do {                                                                                                    \
        if ((size_t)(needed) > (size_t)(capacity)) {                                                        \
            size_t alloc_grow_new = (size_t)(capacity) < 8 ? 8 : (size_t)(capacity) * 2;                    \
            if (alloc_grow_new < (size_t)(needed)) alloc_grow_new = (size_t)(needed);                       \
            (pointer) = alloc_resize((pointer), alloc_grow_new, sizeof *(pointer));                         \
            (capacity) = alloc_grow_new;                                                                    \
        }                                                                                                   \
    } while (0)

#endif
