#include "test.h"
#include <math.h>
#include "m365sh/base/decimal.h"
#include "m365sh/base/random.h"

static void doubles_as_dotnet_prints_them(void **state) {
    (void)state;
    static const struct { double number; const char *plain, *general; } rows[] = {
        {1.5, "1.5", "1.5"},
        {100, "100", "100"},
        {0.1, "0.1", "0.1"},
        {0.30000000000000004, "0.30000000000000004", "0.3"},
        {1e-5, "1E-05", "1E-05"},
        {0.0001, "0.0001", "0.0001"},
        {9.99e-5, "9.99E-05", "9.99E-05"},
        {1e14, "100000000000000", "100000000000000"},
        {1e15, "1000000000000000", "1E+15"},
        {1.5e16, "15000000000000000", "1.5E+16"},
        {1e17, "1E+17", "1E+17"},
        {1234567890123456.7, "1234567890123456.8", "1.23456789012346E+15"},
        {12345678901234567890.0, "1.2345678901234567E+19", "1.23456789012346E+19"},
        {5e-324, "5E-324", "4.94065645841247E-324"},
        {1.7976931348623157e308, "1.7976931348623157E+308", "1.79769313486232E+308"},
        {-0.0, "-0", "-0"},
        {INFINITY, "Infinity", "Infinity"},
        {NAN, "NaN", "NaN"},
        {-123456789.125, "-123456789.125", "-123456789.125"},
    };
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        decimal_add_double(&out, rows[i].number);
        assert_bytes(&out, rows[i].plain);
        decimal_add_general(&out, rows[i].number, 15);
        assert_bytes(&out, rows[i].general);
    }
    static const struct { float number; const char *plain, *general; } floats[] = {
        {1e7f, "10000000", "1E+07"}, {1.5e8f, "150000000", "1.5E+08"}, {1e9f, "1E+09", "1E+09"},
        {123456792, "123456790", "1.234568E+08"}, {0.1f, "0.1", "0.1"}, {16777216, "16777216", "1.677722E+07"},
    };
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++) {
        decimal_add_float(&out, floats[i].number);
        assert_bytes(&out, floats[i].plain);
        decimal_add_general(&out, (double)floats[i].number, 7);
        assert_bytes(&out, floats[i].general);
    }
    bytes_free(&out);
}

static void every_double_reads_back(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 1);
    struct bytes out = {0};
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = random_next(&random);
        double number, back;
        memcpy(&number, &bits, sizeof number);
        if (i % 2) number = (double)(int64_t)(bits % 100000000) / 1000.0;
        if (isnan(number) || isinf(number)) continue;
        decimal_add_double(&out, number);
        assert_true(decimal_read_double(bytes_text(&out), &back));
        assert_true(back == number);
        bytes_clear(&out);
    }
    bytes_free(&out);
    double number;
    assert_true(decimal_read_double(TEXT("1e400"), &number) && isinf(number));
    assert_true(decimal_read_double(TEXT("-.5E1"), &number) && number == -5);
    static const char *const wrong[] = {"", " 1", "0x10", "1e", "1.2.3", ".", "-", "1f", "infinit"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimal_read_double(text_of(wrong[i]), &number));
}

static void integers(void **state) {
    (void)state;
    int64_t number;
    uint64_t natural;
    assert_true(decimal_read_int64(TEXT("-9223372036854775808"), &number) && number == INT64_MIN);
    assert_false(decimal_read_int64(TEXT("9223372036854775808"), &number));
    assert_true(decimal_read_uint64(TEXT("18446744073709551615"), &natural) && natural == UINT64_MAX);
    assert_false(decimal_read_uint64(TEXT("18446744073709551616"), &natural));
    assert_false(decimal_read_int64(TEXT("-"), &number));
    struct bytes out = {0};
    decimal_add_int64(&out, INT64_MIN);
    assert_bytes(&out, "-9223372036854775808");
    bytes_free(&out);
}

static struct decimal number_of(const char *text) {
    struct decimal number;
    assert_true(decimal_read(text_of(text), &number));
    return number;
}

typedef bool operation(struct decimal, struct decimal, struct decimal *);

static void arithmetic_is_that_of_system_decimal(void **state) {
    (void)state;
    static const struct { operation *apply; const char *a, *b, *expected; } rows[] = {
        {decimal_sum, "1.10", "2.205", "3.305"},
        {decimal_sum, "79228162514264337593543950335", "0.4", "79228162514264337593543950335"},
        {decimal_difference, "1", "1.00", "0.00"},
        {decimal_product, "1.0", "1.00", "1.000"},
        {decimal_product, "9999999999999999999999999999", "1.5", "14999999999999999999999999998"},
        {decimal_product, "12345678901234567890", "0.00000000001", "123456789.01234567890"},
        {decimal_product, "1.123456789012345678", "1.123456789012345678", "1.2621551567779301925279682998"},
        {decimal_quotient, "1", "3", "0.3333333333333333333333333333"},
        {decimal_quotient, "2", "3", "0.6666666666666666666666666667"},
        {decimal_quotient, "10", "4", "2.5"},
        {decimal_quotient, "100", "10", "10"},
        {decimal_quotient, "5.00", "2.5", "2.0"},
        {decimal_quotient, "6", "0.3", "20"},
        {decimal_quotient, "1", "7", "0.1428571428571428571428571429"},
        {decimal_quotient, "79228162514264337593543950335", "3", "26409387504754779197847983445"},
        {decimal_quotient, "1e-28", "3", "0"},
        {decimal_remainder, "-7", "3", "-1"},
        {decimal_remainder, "7.5", "2.0", "1.5"},
        {decimal_remainder, "7", "0.3", "0.1"},
    };
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decimal result;
        assert_true(rows[i].apply(number_of(rows[i].a), number_of(rows[i].b), &result));
        decimal_add(&out, result);
        assert_bytes(&out, rows[i].expected);
    }
    struct decimal result, most = number_of("79228162514264337593543950335");
    assert_false(decimal_sum(most, most, &result));
    assert_false(decimal_product(most, number_of("2"), &result));
    assert_false(decimal_quotient(most, number_of("0.1"), &result));
    assert_false(decimal_quotient(most, number_of("0.00"), &result));
    assert_true(decimal_compare(number_of("1.0"), number_of("1.00")) == 0);
    assert_true(decimal_compare(number_of("-1"), number_of("0.5")) < 0);
    bytes_free(&out);
}

static void decimal_text_and_rounding(void **state) {
    (void)state;
    static const struct { const char *text, *expected; } read[] = {
        {"1.50", "1.50"}, {"-0.0", "0.0"}, {"1e3", "1000"}, {"1.5e-3", "0.0015"}, {".5", "0.5"},
        {"0.12345678901234567890123456789", "0.1234567890123456789012345679"},
        {"1234567890123456789012345678.95", "1234567890123456789012345679.0"},
    };
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        decimal_add(&out, number_of(read[i].text));
        assert_bytes(&out, read[i].expected);
    }
    struct decimal number;
    assert_false(decimal_read(TEXT("79228162514264337593543950336"), &number));
    assert_false(decimal_read(TEXT("1e29"), &number));
    static const struct { const char *text; int places; enum decimal_rounding rounding; const char *expected; } rounds[] = {
        {"2.5", 0, DECIMAL_HALF_EVEN, "2"}, {"2.345", 2, DECIMAL_HALF_EVEN, "2.34"}, {"2.5", 0, DECIMAL_HALF_AWAY, "3"},
        {"-2.5", 0, DECIMAL_FLOOR, "-3"}, {"-2.5", 0, DECIMAL_DOWN, "-2"}, {"2.1", 0, DECIMAL_CEILING, "3"},
        {"1.5000", 3, DECIMAL_HALF_EVEN, "1.500"}, {"1.50", 4, DECIMAL_HALF_EVEN, "1.50"},
    };
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
        decimal_add(&out, decimal_round(number_of(rounds[i].text), rounds[i].places, rounds[i].rounding));
        assert_bytes(&out, rounds[i].expected);
    }
    static const struct { double number; const char *expected; } from[] = {
        {0.1, "0.1"}, {1e20, "100000000000000000000"}, {123456789.123456789, "123456789.123457"}, {1.0 / 3, "0.333333333333333"},
        {1.5e-10, "0.00000000015"}, {-2, "-2"}, {0, "0"},
    };
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        assert_true(decimal_from_double(from[i].number, &number));
        decimal_add(&out, number);
        assert_bytes(&out, from[i].expected);
    }
    assert_false(decimal_from_double(1e29, &number));
    int64_t whole;
    assert_true(decimal_to_int64(number_of("-2.5"), &whole) && whole == -2);
    assert_false(decimal_to_int64(number_of("9223372036854775808"), &whole));
    assert_true(decimal_to_double(number_of("-0.25")) == -0.25);
    bytes_free(&out);
}

TEST_GROUP(decimal, cmocka_unit_test(doubles_as_dotnet_prints_them), cmocka_unit_test(every_double_reads_back),
           cmocka_unit_test(integers), cmocka_unit_test(arithmetic_is_that_of_system_decimal),
           cmocka_unit_test(decimal_text_and_rounding))
