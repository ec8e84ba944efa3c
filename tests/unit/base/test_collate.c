#include "test.h"
#include "m365sh/base/collate.h"

/* Recorded from PowerShell: Sort-Object -CaseSensitive of these words gives them in this order. */
static const char *const sorted[] = {
    "",      "_a",    "-",     "--",    "-a",    "'",     "1",     "10",    "2",     "a",    "A",     "a b",
    "a-",    "a-'b",  "a-b",   "a'-b",  "a1",    "A1",    "a10",   "a2",    "ab",    "aB",   "Ab",    "AB",
    "b",     "B",     "co op", "co_op", "co-op", "Co-op", "CO-OP", "co'op", "coop",  "coOp", "coop'", "it's",
    "item",  "its",   "resume", "Resume", "r\xc3\xa9sum\xc3\xa9", "x_y", "x.y",  "xy",
};
/* The single characters of ASCII in their order; case makes no difference here. */
static const char singles[] = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

static int sign(int number) {
    return (number > 0) - (number < 0);
}

static void the_order_is_that_of_powershell(void **state) {
    (void)state;
    struct collator *collator = collate_new();
    int count = sizeof sorted / sizeof *sorted;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            assert_int_equal(sign(collate_compare(collator, text_of(sorted[i]), text_of(sorted[j]), false)),
                             (i > j) - (i < j));
    for (size_t i = 0; i + 2 < sizeof singles; i++)
        assert_true(collate_compare(collator, text_make(singles + i, 1), text_make(singles + i + 1, 1), true) < 0);
    collate_free(collator);
}

static void what_is_equal(void **state) {
    (void)state;
    struct collator *collator = collate_new();
    assert_true(collate_equal(collator, TEXT("co-Op"), TEXT("CO-oP"), true));
    assert_false(collate_equal(collator, TEXT("co-Op"), TEXT("CO-oP"), false));
    assert_false(collate_equal(collator, TEXT("co-op"), TEXT("coop"), true));
    assert_true(collate_equal(collator, text_make("a\0b", 3), TEXT("ab"), true)); /* controls do not count */
    assert_false(collate_equal(collator, TEXT("a"), TEXT("a\n"), true));
    assert_true(collate_equal(collator, TEXT("e\xcc\x81"), TEXT("\xc3\xa9"), false));
    assert_true(collate_equal(collator, TEXT("\xc3\x89t\xc3\xa9"), TEXT("\xc3\xa9T\xc3\x89"), true));
    assert_false(collate_equal(collator, TEXT("ss"), TEXT("\xc3\x9f"), true));
    assert_true(collate_compare(collator, TEXT("ss"), TEXT("\xc3\x9f"), true) < 0);
    assert_true(collate_compare(collator, TEXT("\xc3\xa4" "b"), TEXT("ac"), true) < 0);
    collate_free(collator);
}

TEST_GROUP(collate, cmocka_unit_test(the_order_is_that_of_powershell), cmocka_unit_test(what_is_equal))
