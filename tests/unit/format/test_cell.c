#include "format_test.h"
#include "column_private.h"

static void assert_cell(struct realm *realm, struct value v, enum cell_place place, const char *expected) {
    struct bytes text = {0};
    cell_add(realm, &text, v, place);
    assert_string_equal(text.data ? text.data : "", expected);
    bytes_free(&text);
    value_release(v);
}

static void texts_of_values(void **state) {
    struct realm *realm = *state;
    struct decimal half;
    assert_true(decimal_read(TEXT("2.50"), &half));
    assert_cell(realm, value_double(0.1 + 0.2), CELL_TABLE, "0.300");
    assert_cell(realm, value_double(0.1 + 0.2), CELL_LINE, "0.3");
    assert_cell(realm, number_decimal(half), CELL_TABLE, "2.500");
    assert_cell(realm, value_null(), CELL_LINE, "");
    assert_cell(realm, value_bool(true), CELL_TABLE, "True");
    struct value items[] = {value_int32(1), string_of("two"), value_null(), value_double(3.5)};
    assert_cell(realm, array_of(realm, items, 4), CELL_TABLE, "{1, two, $null, 3.5}");
    realm->enumeration_limit = 2;
    assert_cell(realm, array_of(realm, items, 4), CELL_TABLE, "{1, two\xe2\x80\xa6}");
    realm->enumeration_limit = 4;
    value_release(items[1]);
    struct value table = table_new(realm, TABLE_ORDERED, true, NULL);
    table_put_text(table, "k", value_int32(1));
    assert_cell(realm, table, CELL_LINE, "{[k, 1]}");
    assert_cell(realm, array_new(realm, NULL, 0), CELL_LINE, "{}");
}

static void assert_fitted(const char *text, int width, enum align align, const char *expected) {
    struct bytes out = {0};
    cell_add_fitted(&out, text_of(text), width, align, false);
    assert_string_equal(out.data, expected);
    bytes_free(&out);
}

static void cutting_and_padding(void **state) {
    (void)state;
    assert_fitted("ab", 4, ALIGN_LEFT, "ab  ");
    assert_fitted("ab", 4, ALIGN_RIGHT, "  ab");
    assert_fitted("a", 5, ALIGN_CENTER, "  a  ");
    assert_fitted("abcdef", 4, ALIGN_LEFT, "abc\xe2\x80\xa6");
    assert_fitted("1234567", 5, ALIGN_RIGHT, "\xe2\x80\xa6" "4567");
    assert_fitted("one\ntwo", 7, ALIGN_LEFT, "one\xe2\x80\xa6   ");
    assert_fitted("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, ALIGN_LEFT, "\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6");
}

static void keep(void *context, struct text line) {
    keep_line(context, line);
}

static void wrapping(void **state) {
    (void)state;
    static const struct { const char *text; int width; const char *expected; } rows[] = {
        {"aaaa bbbb  cccc-dddd eeee", 10, "aaaa bbbb||cccc-dddd|eeee|"}, {"abcdefgh", 3, "abc|def|gh|"},
        {"a\n\nb", 5, "a||b|"}, {"", 5, "|"}, {"x\r\ny", 5, "x|y|"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bytes out = {0};
        cell_wrap(text_of(rows[i].text), rows[i].width, keep, &out);
        assert_string_equal(out.data, rows[i].expected);
        bytes_free(&out);
    }
}

static void fitting_columns(void **state) {
    (void)state;
    int wide[] = {50, 50, 50}, many[14], open[] = {30, 0}, none[] = {3, 4};
    column_fit(wide, 3, 79);
    assert_int_equal(wide[0], 50);
    assert_int_equal(wide[1], 28);
    assert_int_equal(wide[2], -1);
    for (int i = 0; i < 14; i++) many[i] = i < 9 ? 7 : 8;
    column_fit(many, 14, 79);
    assert_int_equal(many[9], 7);
    assert_int_equal(many[10], -1);
    column_fit(open, 2, 79);
    assert_int_equal(open[1], 48);
    column_fit(none, 2, 79);
    assert_int_equal(none[1], 4);
}

int run_cell(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_values), cmocka_unit_test(cutting_and_padding), cmocka_unit_test(wrapping), cmocka_unit_test(fitting_columns),
    };
    return cmocka_run_group_tests_name("cell", tests, start, stop);
}
