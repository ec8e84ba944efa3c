#include "test.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/number.h"

static void bigint_computes(void **state) {
    (void)state;
    struct value a, b, sum, quotient, none;
    struct bytes out = {0};
    assert_true(bigint_read(TEXT("123456789012345678901234567890"), 10, &a));
    assert_true(bigint_read(TEXT("-7"), 10, &b));
    assert_false(bigint_read(TEXT("12x"), 10, &none));
    assert_false(bigint_read(TEXT("+-1"), 10, &none));
    assert_true(bigint_operate('+', a, b, &sum));
    bigint_add_text(&out, sum);
    assert_bytes(&out, "123456789012345678901234567883");
    assert_true(bigint_operate('/', a, b, &quotient)); /* towards zero */
    bigint_add_text(&out, quotient);
    assert_bytes(&out, "-17636684144620811271604938270");
    struct value zero = bigint_from_int64(0);
    assert_false(bigint_operate('%', a, zero, &none));
    struct value power = bigint_power(b, 3), shifted = bigint_shift(b, -1);
    int64_t n;
    assert_true(bigint_to_int64(power, &n) && n == -343);
    assert_true(bigint_to_int64(shifted, &n) && n == -4);
    assert_false(bigint_to_int64(a, &n));
    struct value all[] = {a, b, sum, quotient, zero, power, shifted};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) value_release(all[i]);
    bytes_free(&out);
}

static void equality_is_by_kind_and_value(void **state) {
    (void)state;
    struct decimal d;
    decimal_read(TEXT("1.50"), &d);
    struct value a = number_decimal(d);
    decimal_read(TEXT("1.5"), &d);
    struct value b = number_decimal(d);
    assert_true(value_equals(a, b, false));
    assert_int_equal(value_hash(a, false), value_hash(b, false));
    assert_false(value_equals(value_int32(1), value_int64(1), false));
    assert_true(number_fits(VALUE_BYTE, 255) && !number_fits(VALUE_BYTE, 256) && !number_fits(VALUE_UINT32, -1));
    value_release(a);
    value_release(b);
}

TEST_GROUP(number, cmocka_unit_test(bigint_computes), cmocka_unit_test(equality_is_by_kind_and_value))
