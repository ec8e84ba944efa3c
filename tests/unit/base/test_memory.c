#include "test.h"
#include "m365sh/base/alloc.h"
#include <sys/resource.h>
#include <unistd.h>
#include "m365sh/base/arena.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/process.h"
#include "m365sh/base/secret.h"
#include "m365sh/fault.h"

static void allocation_keeps_its_promises(void **state) {
    (void)state;
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        ALLOC_GROW(numbers, capacity, (size_t)i + 1);
        numbers[i] = i;
    }
    assert_int_equal(numbers[999], 999);
    alloc_free(numbers);
    volatile size_t absurd = (size_t)-1;
    assert_null(alloc_try(absurd));
    char *copy = alloc_text("abc", 2);
    assert_string_equal(copy, "ab");
    alloc_free(copy);
    alloc_free(alloc_zeroed(0, 0));
}

#if !defined(__SANITIZE_ADDRESS__)
/* In a process of its own: with little memory the first refusal raises the flag and goes on, the second ends it. */
static void refusal_raises_a_flag_then_ends(void **state) {
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {(rlim_t)64 << 20, (rlim_t)64 << 20};
        alloc_start();
        setrlimit(RLIMIT_AS, &limit);
        close(2);
        bool flagged = false;
        for (int i = 0; i < 1000; i++) {
            memset(alloc_bytes(1 << 20), 1, 1 << 20);
            flagged = process_signals.memory_pressure;
            if (flagged && i < 10) _exit(3);
        }
        _exit(flagged ? 4 : 5); /* a thousand megabytes in 64: cannot be */
    }
    assert_int_equal(process_wait(child), 1);
    child = fork();
    if (child == 0) {
        struct rlimit limit = {(rlim_t)64 << 20, (rlim_t)64 << 20};
        alloc_start();
        setrlimit(RLIMIT_AS, &limit);
        while (!process_signals.memory_pressure) alloc_bytes(1 << 20);
        alloc_bytes(1 << 20); /* there is room to unwind in */
        _exit(interrupt_pending() ? 42 : 6);
    }
    assert_int_equal(process_wait(child), 42);
}
#endif

static void arena_blocks_are_zeroed_and_stay(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char *first = arena_text(arena, "first", 5);
    for (int i = 0; i < 3000; i++) {
        unsigned char *piece = arena_take(arena, (size_t)i % 97 + 1);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        assert_int_equal(piece[i % 97], 0);
        piece[0] = 1;
    }
    arena_take(arena, 5000000);
    assert_string_equal(first, "first");
    assert_true(arena_used(arena) > 5000000);
    arena_free(arena);
}

static void bytes_grow_and_change(void **state) {
    (void)state;
    struct bytes bytes = {0};
    assert_int_equal(bytes_text(&bytes).length, 0);
    bytes_add_string(&bytes, "world");
    bytes_insert(&bytes, 0, "hello ", 6);
    bytes_add_format(&bytes, " %d", 42);
    assert_bytes(&bytes, "hello world 42");
    bytes_add_format(&bytes, "%0200d", 7);
    assert_int_equal(bytes.length, 200);
    bytes_clear(&bytes);
    bytes_add_string(&bytes, "abcdef");
    bytes_remove(&bytes, 1, 2);
    bytes_truncate(&bytes, 3);
    assert_bytes(&bytes, "ade");
    bytes_add_code_point(&bytes, 0x20ac);
    bytes_add_repeat(&bytes, '-', 3);
    assert_bytes(&bytes, "\xe2\x82\xac---");
    char *taken = bytes_take(&bytes);
    assert_string_equal(taken, "");
    assert_null(bytes.data);
    alloc_free(taken);
}

static void faults_tell_the_whole_road(void **state) {
    (void)state;
    struct fault fault = {0};
    assert_int_equal(fault_set(&fault, FAULT_DENIED, 13, "no %s", "entry"), STATUS_ERROR);
    fault_prefix(&fault, "file %d", 7);
    assert_string_equal(fault.message, "file 7: no entry");
    assert_int_equal(fault.kind, FAULT_DENIED);
    fault_clear(&fault);
    assert_int_equal(fault_set(NULL, FAULT_IO, 0, "x"), STATUS_ERROR);
    assert_int_equal(fault_kind_of_errno(2), FAULT_NOT_FOUND);
}

static void secrets_hold_a_copy(void **state) {
    (void)state;
    char password[] = "correct horse";
    struct secret *secret = secret_new(text_of(password));
    secret_wipe(password, sizeof password);
    assert_text(secret_reveal(secret), "correct horse");
    secret_free(secret);
}

#if defined(__SANITIZE_ADDRESS__)
#define REFUSAL
#else
#define REFUSAL cmocka_unit_test(refusal_raises_a_flag_then_ends),
#endif

TEST_GROUP(memory, REFUSAL cmocka_unit_test(allocation_keeps_its_promises), cmocka_unit_test(arena_blocks_are_zeroed_and_stay),
           cmocka_unit_test(bytes_grow_and_change), cmocka_unit_test(faults_tell_the_whole_road),
           cmocka_unit_test(secrets_hold_a_copy))
