#include "format_test.h"

/* An object of name, value, name, value … ; the values are taken over. */
static struct value object(struct realm *realm, const char *first, ...) {
    struct value v = object_new(realm, NULL, 4);
    va_list list;
    va_start(list, first);
    for (const char *name = first; name; name = va_arg(list, const char *)) object_put_take(realm, v, name, va_arg(list, struct value));
    va_end(list);
    return v;
}

/* Shows the values, which are released. */
static void assert_shown(struct realm *realm, struct format_request request, uint32_t count, struct value *values, const char *expected) {
    struct bytes lines = {0};
    request.width = request.width ? request.width : 79;
    struct formatter *formatter = formatter_new(realm, &request, (struct format_sink){keep_line, &lines});
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(formatter_add(formatter, values[i]), STATUS_OK);
        value_release(values[i]);
    }
    assert_int_equal(formatter_end(formatter), STATUS_OK);
    formatter_free(formatter);
    assert_string_equal(lines.data ? lines.data : "", expected);
    bytes_free(&lines);
}
#define SHOWN(request, expected, ...)                                                                        \
    do {                                                                                                     \
        struct value shown_values[] = {__VA_ARGS__};                                                         \
        assert_shown(realm, request, sizeof shown_values / sizeof shown_values[0], shown_values, expected);  \
    } while (0)
#define PLAIN ((struct format_request){0})

static void tables_and_lists(void **state) {
    struct realm *realm = *state;
    SHOWN(PLAIN, "|Name   Age|----   ---|Ann     30|Robert   5||", object(realm, "Name", string_of("Ann"), "Age", value_int32(30), NULL),
          object(realm, "Name", string_of("Robert"), "Age", value_int32(5), NULL));
    SHOWN(PLAIN, "|A : 1|B : 2|C : 3|D : 4|E :||", object(realm, "A", value_int32(1), "B", value_int32(2), "C", value_int32(3), "D", value_int32(4), "E", value_null(), NULL));
    /* Alignment follows the first object; what lacks is empty. */
    SHOWN(PLAIN, "|A    B|-    -||1|text 7||", object(realm, "A", value_null(), "B", value_null(), NULL), object(realm, "A", value_int32(1), NULL),
          object(realm, "A", string_of("text"), "B", value_int32(7), NULL));
}

static void texts_between(void **state) {
    struct realm *realm = *state;
    SHOWN(PLAIN, "before||N|-|a|x|y|bcd||42||", string_of("before"), object(realm, "N", string_of("a"), NULL), string_of("x\ny"),
          object(realm, "N", string_of("bcd"), NULL), value_null(), object(realm, NULL), value_int32(42));
}

static void views(void **state) {
    struct realm *realm = *state;
    struct value table = table_new(realm, TABLE_ORDERED, true, NULL);
    table_put_text(table, "a", value_int32(1));
    SHOWN(PLAIN, "|Name                           Value|----                           -----|a                              1||A : 1|||",
          table, object(realm, "A", value_int32(1), NULL));
    SHOWN(PLAIN, "|Major  Minor  Build  Revision|-----  -----  -----  --------|1      2      -1     -1||", value_version(1, 2, -1, -1));
    SHOWN(PLAIN, "|Friday, March 1, 2024 12:00:00\xe2\x80\xaf" "AM||", value_datetime(638448480000000000LL, 0));
}

static void requests(void **state) {
    struct realm *realm = *state;
    struct value name = string_of("A"), group = string_of("G");
    struct format_request list = {.layout = FORMAT_LIST, .properties = name}, hidden = {.layout = FORMAT_TABLE, .hide_headers = true};
    struct format_request grouped = {.layout = FORMAT_TABLE, .properties = name, .group_by = group}, wide = {.layout = FORMAT_WIDE, .columns = 3};
    SHOWN(list, "|A : 1||", object(realm, "A", value_int32(1), "B", value_int32(2), NULL));
    SHOWN(hidden, "|1 x||", object(realm, "A", value_int32(1), "B", string_of("x"), NULL));
    SHOWN(grouped, "||   G: x||A|-|1||   G: y||A|-|2||" + 1, object(realm, "A", value_int32(1), "G", string_of("x"), NULL),
          object(realm, "A", value_int32(2), "G", string_of("y"), NULL));
    SHOWN(wide, "|alpha                      beta||", object(realm, "Name", string_of("alpha"), NULL), object(realm, "Name", string_of("beta"), NULL));
    value_release(name);
    value_release(group);
}

static void wrapped(void **state) {
    struct realm *realm = *state;
    struct format_request table = {.layout = FORMAT_TABLE};
    struct value one = object(realm, "A", value_int32(1), NULL), items = array_of(realm, &one, 1);
    struct value held = format_wrap(realm, &table, items);
    assert_true(format_is_wrapped(held));
    assert_false(format_is_wrapped(one));
    SHOWN(PLAIN, "x||A|-|1||y|", string_of("x"), held, string_of("y"));
    value_release(items);
    value_release(one);
}

int run_formatter(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_and_lists), cmocka_unit_test(texts_between), cmocka_unit_test(views), cmocka_unit_test(requests),
        cmocka_unit_test(wrapped),
    };
    return cmocka_run_group_tests_name("formatter", tests, start, stop);
}
