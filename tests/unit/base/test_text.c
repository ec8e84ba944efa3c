#include "test.h"
#include "m365sh/base/fold.h"

static void equality_without_case(void **state) {
    (void)state;
    assert_true(text_equal_fold(TEXT("Get-Process-List"), TEXT("gET-pROCESS-lIST")));
    assert_false(text_equal_fold(TEXT("Get-Process"), TEXT("Get-Processes")));
    assert_false(text_equal_fold(TEXT("[{@`"), TEXT("{[`@")));
    assert_false(text_equal_fold(TEXT("a@a@a@a@"), TEXT("a`a`a`a`"))); /* neighbours of the letters */
    assert_true(text_equal_fold(TEXT("\xc3\x84rger"), TEXT("\xc3\xa4RGER")));
    assert_true(text_equal_fold(TEXT("\xf0\x90\x90\x80"), TEXT("\xf0\x90\x90\xa8"))); /* Deseret, as .NET */
    assert_false(text_equal_fold(TEXT("\xc5\xbf"), TEXT("s")));     /* long s */
    assert_false(text_equal_fold(TEXT("\xe2\x84\xaa"), TEXT("k"))); /* kelvin */
    assert_false(text_equal_fold(TEXT("\xc4\xb1"), TEXT("i")));     /* dotless i */
}

static void order(void **state) {
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("B"), TEXT("a")) < 0);
    assert_true(text_compare_fold(TEXT("B"), TEXT("a")) > 0);
    assert_true(text_compare_fold(TEXT("abc"), TEXT("ABCd")) < 0);
    assert_true(text_compare_fold(TEXT("_"), TEXT("a")) > 0); /* folded to upper case, as .NET does */
}

static void search(void **state) {
    (void)state;
    assert_int_equal(text_find(TEXT("banana"), TEXT("an"), 2), 3);
    assert_int_equal(text_find(TEXT("banana"), TEXT("x"), 0), TEXT_NOT_FOUND);
    assert_int_equal(text_find_fold(TEXT("banANa"), TEXT("Ana"), 2), 3);
    assert_int_equal(text_find_last(TEXT("banana"), TEXT("an")), 3);
    assert_true(text_starts_fold(TEXT("\xc3\x84" "bc"), TEXT("\xc3\xa4" "B")));
    assert_true(text_ends_fold(TEXT("report.CSV"), TEXT(".csv")));
    assert_false(text_ends(TEXT("v"), TEXT(".csv")));
}

static void parts(void **state) {
    (void)state;
    assert_text(text_trim(TEXT(" \t a b \r\n")), "a b");
    assert_text(text_slice(TEXT("abc"), 1, 99), "bc");
    struct text rest = TEXT("a,,b"), part;
    assert_true(text_split_next(&rest, ',', &part));
    assert_text(part, "a");
    assert_true(text_split_next(&rest, ',', &part));
    assert_text(part, "");
    assert_true(text_split_next(&rest, ',', &part));
    assert_text(part, "b");
    assert_false(text_split_next(&rest, ',', &part));
}

static void hashes(void **state) {
    (void)state;
    assert_int_equal(text_hash_fold(TEXT("UserPrincipalName")), text_hash_fold(TEXT("userprincipalNAME")));
    assert_int_equal(text_hash_fold(TEXT("gr\xc3\xbc\xc3\x9f")), text_hash_fold(TEXT("GR\xc3\x9c\xc3\x9f")));
    assert_int_not_equal(text_hash(TEXT("a")), text_hash(TEXT("A")));
}

static void distance(void **state) {
    (void)state;
    assert_int_equal(text_distance(TEXT("Get-Usr"), TEXT("get-user"), 5), 1);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3);
    assert_int_equal(text_distance(TEXT("abc"), TEXT("xyz"), 2), 2);
}

static void casing(void **state) {
    (void)state;
    struct bytes out = {0};
    fold_add_upper(&out, TEXT("stra\xc3\x9f" "e \xc3\xa4"));
    assert_bytes(&out, "STRA\xc3\x9f" "E \xc3\x84");
    fold_add_lower(&out, TEXT("\xc3\x84 \xe2\x84\xaa"));
    assert_bytes(&out, "\xc3\xa4 k");
    assert_int_equal(fold_lower(0x130), 0x130);
    assert_true(fold_normalize(&out, TEXT("e\xcc\x81"), 'C'));
    assert_bytes(&out, "\xc3\xa9");
    assert_true(fold_normalize(&out, TEXT("\xef\xac\x81"), 'd'));
    assert_bytes(&out, "fi");
    assert_false(fold_normalize(&out, TEXT("\xff"), 'C'));
    bytes_free(&out);
}

TEST_GROUP(text, cmocka_unit_test(equality_without_case), cmocka_unit_test(order), cmocka_unit_test(search),
           cmocka_unit_test(parts), cmocka_unit_test(hashes), cmocka_unit_test(distance), cmocka_unit_test(casing))
