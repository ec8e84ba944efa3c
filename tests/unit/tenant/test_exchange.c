#include "test.h"
#include "exchange_private.h"
#include "json_write_private.h"
#include "m365sh/base/alloc.h"

static void join_segments(const char *target, const char *expected) {
    struct tenant tenant = {0};
    struct exchange exchange;
    struct bytes joined = {0};
    exchange_begin(&exchange, &tenant, TEXT("GET"), text_of(target));
    assert_true(exchange_read_target(&exchange));
    bytes_add_text(&joined, exchange.version);
    for (int i = 0; i < exchange.segment_count; i++) {
        bytes_add_byte(&joined, '|');
        bytes_add_text(&joined, exchange.segments[i]);
    }
    assert_bytes(&joined, expected);
    bytes_free(&joined);
    exchange_end(&exchange);
}

static void targets_become_segments(void **state) {
    (void)state;
    join_segments("/v1.0/users", "v1.0|users");
    join_segments("/beta//users/", "beta|users");
    join_segments("/v1.0/users('a@b')/assignLicense", "v1.0|users|a@b|assignLicense");
    join_segments("/v1.0/users/a%23EXT%23%40b", "v1.0|users|a#EXT#@b");
    join_segments("/v1.0/groups(uniqueName='x')", "v1.0|groups|uniqueName='x'");
    join_segments("/v1.0/users/delta()", "v1.0|users|delta");
    join_segments("/v1.0/users/v1.0", "v1.0|users|v1.0");
    join_segments("/practice?x=1", "|practice");
    join_segments("/v1.0/users/%zz%4", "v1.0|users|%zz%4");
    join_segments("", "");
}

static void options_are_decoded(void **state) {
    (void)state;
    struct tenant tenant = {0};
    struct exchange exchange;
    exchange_begin(&exchange, &tenant, TEXT("GET"), TEXT("/v1.0/users?$filter=surname%20eq+'O''Brien'&%24top=5&count=true&&flag"));
    assert_true(exchange_read_target(&exchange));
    assert_text(exchange_option(&exchange, "filter"), "surname eq 'O''Brien'");
    assert_text(exchange_option(&exchange, "TOP"), "5");
    assert_text(exchange_option(&exchange, "count"), "true");
    assert_true(exchange_has_option(&exchange, "flag"));
    assert_false(exchange_has_option(&exchange, "select"));
    exchange_end(&exchange);
}

static void too_many_of_anything_is_an_error(void **state) {
    (void)state;
    struct tenant tenant = {0};
    struct exchange exchange;
    struct bytes target = {0};
    for (int i = 0; i < 100; i++) bytes_add_string(&target, "/a");
    exchange_begin(&exchange, &tenant, TEXT("GET"), bytes_text(&target));
    assert_false(exchange_read_target(&exchange));
    assert_int_equal(exchange.status, 400);
    exchange_end(&exchange);
    bytes_clear(&target);
    bytes_add_string(&target, "/v1.0/users?");
    for (int i = 0; i < 100; i++) bytes_add_string(&target, "a=b&");
    exchange_begin(&exchange, &tenant, TEXT("GET"), bytes_text(&target));
    assert_false(exchange_read_target(&exchange));
    for (int i = 0; i < 100; i++) exchange_add_header(&exchange, TEXT("x"), TEXT("y"));
    exchange_end(&exchange);
    bytes_free(&target);
}

static void hosts_that_are_none_are_not_repeated(void **state) {
    (void)state;
    struct tenant tenant = {0};
    struct exchange exchange;
    exchange_begin(&exchange, &tenant, TEXT("GET"), TEXT("/"));
    exchange_add_header(&exchange, TEXT("Host"), TEXT("a\"b"));
    assert_text(exchange_base(&exchange), "http://localhost");
    exchange_end(&exchange);
}

static void json_texts(void **state) {
    (void)state;
    struct bytes out = {0};
    json_text(&out, text_make("a\"\\\n\x01\xc3\xa9", 7));
    assert_bytes(&out, "\"a\\\"\\\\\\n\\u0001\xc3\xa9\"");
    json_list(&out, TEXT("a\nb\n"), '\n');
    assert_bytes(&out, "[\"a\",\"b\"]");
    bytes_add_byte(&out, '{');
    json_name_text(&out, "a", TEXT("b"));
    json_name(&out, "c");
    json_string(&out, NULL);
    assert_bytes(&out, "{\"a\":\"b\",\"c\":null");
    bytes_free(&out);
}

TEST_GROUP(exchange, cmocka_unit_test(targets_become_segments), cmocka_unit_test(options_are_decoded),
           cmocka_unit_test(too_many_of_anything_is_an_error), cmocka_unit_test(hosts_that_are_none_are_not_repeated), cmocka_unit_test(json_texts))
