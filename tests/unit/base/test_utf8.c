#include "test.h"
#include "m365sh/base/utf8.h"

#define MIXED TEXT("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z") /* a é € 😀 z: 1 1 1 2 1 units */

static void walks_both_ways(void **state) {
    (void)state;
    static const uint32_t expected[] = {'a', 0xe9, 0x20ac, 0x1f600, 'z'};
    size_t at = 0;
    for (int i = 0; i < 5; i++) assert_int_equal(utf8_next(MIXED, &at), expected[i]);
    for (int i = 5; i-- > 0;) assert_int_equal(utf8_previous(MIXED, &at), expected[i]);
    assert_int_equal(at, 0);
}

static void malformed_bytes_are_replaced_one_by_one(void **state) {
    (void)state;
    static const char *const broken[] = {"\x80", "\xc0\x80", "\xc3", "\xe2\x82", "\xf8", "\xf4\x90\x80\x80", "\xe0\x80\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        size_t at = 0;
        assert_int_equal(utf8_next(text_of(broken[i]), &at), 0xfffd);
        assert_int_equal(at, 1);
        assert_false(utf8_is_valid(text_of(broken[i])));
    }
    size_t at = 0;
    assert_int_equal(utf8_next(TEXT("\xed\xa0\xbd"), &at), 0xd83d); /* a lone surrogate, as .NET strings may hold */
    assert_false(utf8_is_valid(TEXT("\xed\xa0\xbd")));
    assert_true(utf8_is_valid(MIXED));
}

static void units_are_those_of_utf16(void **state) {
    (void)state;
    assert_int_equal(utf8_units(MIXED), 6);
    assert_int_equal(utf8_offset_of_unit(MIXED, 3), 6);
    assert_int_equal(utf8_offset_of_unit(MIXED, 4), 6); /* inside the pair */
    assert_int_equal(utf8_offset_of_unit(MIXED, 5), 10);
    assert_int_equal(utf8_offset_of_unit(MIXED, 99), 11);
    assert_int_equal(utf8_unit_of_offset(MIXED, 10), 5);
    assert_int_equal(utf8_unit_at(MIXED, 3), 0xd83d);
    assert_int_equal(utf8_unit_at(MIXED, 4), 0xde00);
    assert_int_equal(utf8_unit_at(MIXED, 5), 'z');
    assert_int_equal(utf8_units(TEXT("0123456789abcdef\xc3\xa9")), 17);
}

static void widths(void **state) {
    (void)state;
    assert_int_equal(utf8_width(TEXT("abc")), 3);
    assert_int_equal(utf8_width(TEXT("\xe6\xbc\xa2\xe5\xad\x97")), 4);
    assert_int_equal(utf8_width(TEXT("e\xcc\x81")), 1);
    assert_int_equal(utf8_width(TEXT("\x1b")), 0);
}

static void classes_are_those_of_dotnet(void **state) {
    (void)state;
    assert_true(utf8_is_letter(0xe9) && utf8_is_letter('z') && !utf8_is_letter('1'));
    assert_true(utf8_is_digit(0x663) && !utf8_is_digit(0xb2));
    assert_true(utf8_is_space(0x85) && utf8_is_space(0xa0) && utf8_is_space(0x2028) && !utf8_is_space(0x200b));
    assert_true(utf8_is_punctuation('!') && !utf8_is_punctuation('+') && utf8_is_symbol('+'));
    assert_true(utf8_is_upper(0xc4) && utf8_is_lower(0xdf) && utf8_is_control(0x9f));
}

TEST_GROUP(utf8, cmocka_unit_test(walks_both_ways), cmocka_unit_test(malformed_bytes_are_replaced_one_by_one),
           cmocka_unit_test(units_are_those_of_utf16), cmocka_unit_test(widths),
           cmocka_unit_test(classes_are_those_of_dotnet))
