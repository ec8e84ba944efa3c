/* What every unit test needs: cmocka with the headers it wants first, scratch folders, comparing text.
 * A room's tests are one binary: each test_<file>.c defines `int run_<file>(void)` with TEST_GROUP, main.c calls them all. */
#ifndef M365SH_TESTS_TEST_H
#define M365SH_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

/* Defines run_<name>: runs the tests listed under that name and returns how many failed. */
#define TEST_GROUP(name, ...)                                                                               \
    int run_##name(void);                                                                                   \
    int run_##name(void) {                                                                                  \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                                    \
        return cmocka_run_group_tests_name(#name, tests, NULL, NULL);                                       \
    }

#define assert_text(actual, expected)                                                                       \
    do {                                                                                                    \
        struct text assert_text_actual = (actual);                                                          \
        char *assert_text_copy = test_copy(assert_text_actual);                                             \
        assert_string_equal(assert_text_copy, (expected));                                                  \
        free(assert_text_copy);                                                                             \
    } while (0)

/* The buffer's content; empties it, so that one buffer serves a whole test. */
#define assert_bytes(buffer, expected)                                                                      \
    do {                                                                                                    \
        assert_text(bytes_text(buffer), (expected));                                                        \
        bytes_clear(buffer);                                                                                \
    } while (0)

static inline char *test_copy(struct text text) {
    char *copy = malloc(text.length + 1);
    memcpy(copy, text.start, text.length);
    copy[text.length] = '\0';
    return copy;
}

/* A new empty folder; free the name with test_remove_folder. */
static inline char *test_make_folder(void) {
    const char *parent = getenv("TMPDIR");
    char *path = malloc(256);
    snprintf(path, 256, "%s/m365sh-test-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(path)) abort();
    return path;
}

static inline int test_remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

static inline void test_remove_folder(char *path) {
    nftw(path, test_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(path);
}

#endif
