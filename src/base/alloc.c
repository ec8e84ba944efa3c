#include "m365sh/base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "m365sh/base/interrupt.h"

/* Large enough to unwind, run `finally` blocks and print an error after the system has said no. */
#define RESERVE_BYTES ((size_t)4 << 20)

void alloc_start(void) {
    if (!process_signals.memory_reserve) process_signals.memory_reserve = malloc(RESERVE_BYTES);
}

static bool release_reserve(void) {
    void *reserve = __atomic_exchange_n(&process_signals.memory_reserve, NULL, __ATOMIC_ACQ_REL);
    if (!reserve) return false;
    free(reserve);
    process_signals.memory_pressure = 1;
    return true;
}

static void __attribute__((noreturn)) end_process(void) {
    static const char sentence[] = "m365sh: out of memory; the program ends.\n";
    ssize_t ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)ignored;
    _exit(1);
}

static void *resize_or_end(void *block, size_t size) {
    for (;;) {
        void *result = realloc(block, size);
        if (result) return result;
        if (!release_reserve()) end_process();
    }
}

void *alloc_bytes(size_t size) {
    void *result = malloc(size ? size : 1);
    return __builtin_expect(result != NULL, 1) ? result : resize_or_end(NULL, size ? size : 1);
}

void *alloc_zeroed(size_t count, size_t size) {
    if (!count || !size) count = size = 1;
    void *result = calloc(count, size);
    if (__builtin_expect(result != NULL, 1)) return result;
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) end_process();
    return memset(resize_or_end(NULL, total), 0, total);
}

void *alloc_resize(void *block, size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) end_process();
    return resize_or_end(block, total ? total : 1);
}

void *alloc_try(size_t size) {
    return size > PTRDIFF_MAX ? NULL : malloc(size ? size : 1);
}

void *alloc_try_resize(void *block, size_t size) {
    return size > PTRDIFF_MAX ? NULL : realloc(block, size ? size : 1);
}

void alloc_free(void *block) {
    free(block);
}

char *alloc_text(const char *start, size_t length) {
    char *copy = alloc_bytes(length + 1);
    if (length) memcpy(copy, start, length);
    copy[length] = '\0';
    return copy;
}
