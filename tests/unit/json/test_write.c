#include "test.h"
#include "m365sh/json/json.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

static struct value text_of_deep(void *context, struct realm *realm, struct value v) {
    (void)context, (void)realm, (void)v;
    return string_of("deep");
}
static const struct json_properties properties = {.text = text_of_deep};

static void check(struct realm *realm, struct value v, struct json_write_options options, const char *expected) {
    struct bytes out = {0};
    assert_int_equal(json_write(realm, v, &options, &properties, &out), STATUS_OK);
    assert_bytes(&out, expected);
    bytes_free(&out);
    value_release(v);
}

/* Recorded from PowerShell 7.6.9. */
static void scalars(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct json_write_options plain = {.depth = 2};
    struct decimal decimal;
    decimal_read(TEXT("1.50"), &decimal);
    check(realm, value_double(1), plain, "1.0");
    check(realm, value_double(1e15), plain, "1000000000000000.0");
    check(realm, value_double(15e15), plain, "15000000000000000.0");
    check(realm, value_double(-1234567890123456.7), plain, "-1234567890123456.8");
    check(realm, value_double(1e20), plain, "1E+20");
    check(realm, value_double(1e-7), plain, "1E-07");
    check(realm, value_double(123456789.123456789), plain, "123456789.12345679");
    check(realm, value_single(1.1f), plain, "1.1");
    check(realm, value_double(-1.0 / 0.0), plain, "\"-Infinity\"");
    check(realm, number_decimal(decimal), plain, "1.50");
    check(realm, number_decimal(decimal_from_int64(3)), plain, "3.0");
    check(realm, value_char('x'), plain, "\"x\"");
    check(realm, value_null(), plain, "null");
    check(realm, value_datetime(638397614450000000 + 1200000, 1), plain, "\"2024-01-02T03:04:05.12Z\"");
    check(realm, value_datetime(638397614450000000, 0), plain, "\"2024-01-02T03:04:05\"");
    check(realm, string_of("a\"b\\/<>&'\xc3\xa9\t\x01\x7f\xc2\x85\xe2\x80\xa8"), plain, "\"a\\\"b\\\\/<>&'\xc3\xa9\\t\\u0001\x7f\\u0085\\u2028\"");
    check(realm, string_of("<\xc3\xa9&'\">"), (struct json_write_options){.escape_html = true}, "\"\\u003c\xc3\xa9\\u0026\\u0027\\u0022\\u003e\"");
    check(realm, string_of("<\xc3\xa9\">\xf0\x9f\x98\x80"), (struct json_write_options){.escape_non_ascii = true}, "\"<\\u00e9\\\">\\ud83d\\ude00\"");
    realm_free(realm);
}

static void nesting(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    const char *text = "{\"a\":null,\"b\":[],\"c\":{},\"d\":[1,[2,[3,[4]]]]}";
    struct value v;
    assert_int_equal(json_read(realm, text_of(text), NULL, &v), STATUS_OK);
    bool truncated;
    check(realm, value_keep(v), (struct json_write_options){.depth = 5, .compress = true, .truncated = &truncated}, text);
    assert_false(truncated);
    check(realm, v, (struct json_write_options){.depth = 1, .truncated = &truncated},
          "{\n  \"a\": null,\n  \"b\": [],\n  \"c\": {},\n  \"d\": [\n    1,\n    \"deep\"\n  ]\n}");
    assert_true(truncated);
    struct value number = extended_new(realm, value_int32(5));
    object_put(realm, extended_members(number), TEXT("n"), value_int32(6));
    check(realm, number, (struct json_write_options){.depth = 2, .compress = true}, "{\"value\":5,\"n\":6}");
    struct value table = table_new(realm, TABLE_HASH, true, NULL), loop = array_new(realm, NULL, 1);
    struct bytes out = {0};
    table_put(table, value_int32(1), value_null());
    assert_int_equal(json_write(realm, table, &(struct json_write_options){.depth = 2}, NULL, &out), STATUS_ERROR);
    array_push(loop, loop);
    assert_int_equal(json_write(realm, loop, &(struct json_write_options){.as_wire = true}, NULL, &out), STATUS_ERROR);
    bytes_free(&out);
    value_release(table);
    array_clear(loop);
    value_release(loop);
    realm_free(realm);
}

TEST_GROUP(write, cmocka_unit_test(scalars), cmocka_unit_test(nesting))
