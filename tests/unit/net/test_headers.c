#include "test.h"

#include "m365sh/net/headers.h"

static void names_have_no_case(void **state) {
    (void)state;
    struct headers headers = {0};
    headers_add(&headers, TEXT("Retry-After"), TEXT(" 7 "));
    headers_add(&headers, TEXT("X"), TEXT("1"));
    headers_add(&headers, TEXT("x"), TEXT("2"));
    assert_text(headers_get(&headers, TEXT("retry-after")), "7");
    assert_text(headers_get(&headers, TEXT("X")), "1");
    headers_set(&headers, TEXT("x"), TEXT("3"));
    assert_int_equal(headers.count, 2);
    assert_text(headers_get(&headers, TEXT("X")), "3");
    assert_text(headers_get(&headers, TEXT("none")), "");
    headers_free(&headers);
}

static void a_value_cannot_smuggle_a_header(void **state) {
    (void)state;
    struct headers headers = {0};
    headers_add(&headers, TEXT("A"), TEXT("one\r\nB: two"));
    assert_text(headers_get(&headers, TEXT("A")), "one");
    headers_free(&headers);
}

TEST_GROUP(headers, cmocka_unit_test(names_have_no_case), cmocka_unit_test(a_value_cannot_smuggle_a_header))
