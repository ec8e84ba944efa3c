#include "test.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/string.h"

static void lengths_and_indexes_are_those_of_utf16(void **state) {
    (void)state;
    struct value v = string_of("a\xc3\xa9\xf0\x9f\x98\x80z"); /* a é emoji z */
    assert_int_equal(string_units(v), 5);
    assert_int_equal(string_unit_at(v, 1), 0xe9);
    assert_int_equal(string_unit_at(v, 2), 0xd83d);
    assert_int_equal(string_unit_at(v, 3), 0xde00);
    assert_int_equal(string_unit_at(v, 4), 'z');
    assert_int_equal(string_unit_at(v, 0), 'a');
    struct value whole = string_slice_units(v, 1, 3), half = string_slice_units(v, 3, 2);
    assert_text(string_text(whole), "\xc3\xa9\xf0\x9f\x98\x80");
    assert_text(string_text(half), "\xed\xb8\x80z");
    struct value first = string_slice_units(v, 2, 1);
    assert_true(string_append(&first, text_make(string_chars(half), 3)));
    assert_text(string_text(first), "\xf0\x9f\x98\x80");
    assert_int_equal(string_units(first), 2);
    value_release(v);
    value_release(whole);
    value_release(half);
    value_release(first);
}

static void append_grows_in_place_only_when_alone(void **state) {
    (void)state;
    struct value v = string_of("x");
    for (int i = 0; i < 1000; i++) assert_true(string_append(&v, TEXT("ab")));
    assert_int_equal(string_units(v), 2001);
    struct value other = value_keep(v);
    string_append(&v, TEXT("!"));
    assert_int_equal(string_units(other), 2001);
    assert_int_equal(string_units(v), 2002);
    assert_false(value_same(v, other));
    assert_true(string_append(&v, string_text(v))); /* its own text */
    assert_int_equal(string_units(v), 4004);
    value_release(v);
    value_release(other);
}

static void hashes_agree_with_equality(void **state) {
    (void)state;
    const char *pairs[][2] = {{"Hello, World of keys", "hELLO, wORLD OF KEYS"}, {"\xc3\xa9t\xc3\xa9", "\xc3\x89T\xc3\x89"}, {"", ""}};
    for (size_t i = 0; i < 3; i++) {
        struct value a = string_of(pairs[i][0]), b = string_of(pairs[i][1]);
        assert_true(value_equals(a, b, true));
        assert_int_equal(value_hash(a, true), value_hash(b, true));
        assert_true(i == 2 || !value_equals(a, b, false));
        value_release(a);
        value_release(b);
    }
}

TEST_GROUP(string, cmocka_unit_test(lengths_and_indexes_are_those_of_utf16),
           cmocka_unit_test(append_grows_in_place_only_when_alone), cmocka_unit_test(hashes_agree_with_equality))
