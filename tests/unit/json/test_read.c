#include "test.h"
#include "m365sh/json/json.h"
#include "m365sh/value/array.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

struct row { const char *text, *picture; }; /* "!": refused */
static const struct row rows[] = {
    {"1", "1L"}, {"-0", "0L"}, {"9223372036854775807", "9223372036854775807L"}, {"9223372036854775808", "9223372036854775808n"},
    {"1.5", "1.5r"}, {"1e3", "1000r"}, {".5", "0.5r"}, {"012", "10L"}, {"0x1F", "31L"}, {"NaN", "nanr"}, {"-Infinity", "-infr"},
    {"", "$null"}, {" ", "$null"}, {"undefined", "$null"}, {"true", "$true"}, {"// c\n1", "1L"}, {"/* c */ [1]", "(1L)"},
    {"{a:1}", "{a: 1L}"}, {"{'a':'b'}", "{a: 'b'}"}, {"[1,]", "(1L)"}, {"{\"a\":1,}", "{a: 1L}"}, {"{}", "{}"}, {"[]", "()"},
    {"{\"a\":1,\"a\":2}", "{a: 2L}"}, {"\"\\u00e9\\ud83d\\ude00\\n\"", "'\xc3\xa9\xf0\x9f\x98\x80\n'"},
    {"[{\"a\":1,\"b\":2},{\"a\":3,\"c\":4},{\"a\":5},{\"a\":6,\"c\":7}]", "({a: 1L, b: 2L}, {a: 3L, c: 4L}, {a: 5L}, {a: 6L, c: 7L})"},
    {"\"2024-01-02\"", "'2024-01-02'"}, {"\"2024-01-02T03:04:05Z\"", "638397614450000000"},
    {"\"2024-01-02T03:04:05.12345678Z\"", "'2024-01-02T03:04:05.12345678Z'"},
    {"[1,2", "(1L, 2L)"}, {"[[1,2]", "((1L, 2L))"}, {"{\"a\":[1,2", "!"}, {"[1,", "!"}, {"[1,2]]", "!"},
    {"nul", "!"}, {"True", "!"}, {"1 2", "!"}, {"+1", "!"}, {"{\"a\" 1}", "!"}, {"[1 2]", "!"}, {"\"abc", "!"}, {"\"\\q\"", "!"},
    {"{\"a\":1,\"A\":2}", "!"}, {"{\"\":1}", "!"}, {"2021-05-06", "!"}, {"[", "!"}, {"{\"a\":", "!"},
};

static void reads_what_powershell_reads(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct bytes picture = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value v;
        if (json_read(realm, text_of(rows[i].text), NULL, &v) == STATUS_OK) {
            value_inspect(&picture, v, 5);
            value_release(v);
        } else {
            bytes_add_string(&picture, "!");
            value_release(realm_take_raised(realm));
        }
        if (!text_equal(bytes_text(&picture), text_of(rows[i].picture))) fail_msg("%s: %s", rows[i].text, picture.data);
        bytes_clear(&picture);
    }
    bytes_free(&picture);
    assert_int_equal(heap_live_containers(realm->heap), 0);
    realm_free(realm);
}

static void options_and_errors(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value v;
    struct json_read_options table = {.as_table = true}, shallow = {.depth = 1}, text = {.keep_dates_text = true};
    assert_int_equal(json_read(realm, TEXT("{\"a\":1,\"A\":{\"\":2}}"), &table, &v), STATUS_OK);
    struct bytes picture = {0};
    value_inspect(&picture, v, 5);
    assert_bytes(&picture, "@{'a' = 1L; 'A' = @{'' = 2L}}");
    value_release(v);
    assert_int_equal(json_read(realm, TEXT("[[1]]"), &shallow, &v), STATUS_ERROR);
    assert_int_equal(json_read(realm, TEXT("\"2024-01-02T03:04:05Z\""), &text, &v), STATUS_OK);
    assert_int_equal(v.kind, VALUE_STRING);
    value_release(v);
    assert_int_equal(json_read(realm, TEXT("{\n  \"a\": 1\n  \"b\": 2}"), NULL, &v), STATUS_ERROR);
    assert_non_null(strstr(error_record_message(realm->raised).start, "line 3, column 3"));
    bytes_add_repeat(&picture, '[', 100000);
    assert_int_equal(json_read(realm, bytes_text(&picture), NULL, &v), STATUS_ERROR);
    bytes_free(&picture);
    realm_free(realm);
}

static enum status add_item(void *context, struct value v) {
    value_inspect(context, v, 3);
    return text_find(bytes_text(context), TEXT("stop"), 0) == TEXT_NOT_FOUND ? STATUS_OK : STATUS_STOP;
}

static void scanning_gives_items_one_by_one(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct bytes seen = {0};
    struct emitter items = {add_item, &seen};
    struct value rest;
    assert_int_equal(json_scan(realm, TEXT("{\"@odata.nextLink\":\"x\",\"value\":[{\"id\":1},{\"id\":2}],\"n\":3}"), TEXT("value"),
                               NULL, items, &rest), STATUS_OK);
    assert_bytes(&seen, "{id: 1L}{id: 2L}");
    value_inspect(&seen, rest, 3);
    assert_bytes(&seen, "{@odata.nextLink: 'x', n: 3L}");
    value_release(rest);
    assert_int_equal(json_scan(realm, TEXT("[1,\"stop\",2]"), TEXT(""), NULL, items, NULL), STATUS_STOP);
    assert_bytes(&seen, "1L'stop'");
    assert_int_equal(json_scan(realm, TEXT("{\"value\":[1,2"), TEXT("value"), NULL, items, &rest), STATUS_ERROR);
    bytes_free(&seen);
    realm_free(realm);
}

TEST_GROUP(read, cmocka_unit_test(reads_what_powershell_reads), cmocka_unit_test(options_and_errors),
           cmocka_unit_test(scanning_gives_items_one_by_one))
