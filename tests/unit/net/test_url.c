#include "test.h"

#include "m365sh/net/percent.h"
#include "m365sh/net/url.h"

static void url_is_taken_apart(void **state) {
    (void)state;
    struct url url;
    assert_true(url_read(TEXT("https://Graph.Microsoft.com:8443/v1.0/users?$top=5#x"), &url));
    assert_text(url.host, "Graph.Microsoft.com");
    assert_text(url.port, "8443");
    assert_text(url.path, "/v1.0/users");
    assert_text(url.query, "$top=5");
    assert_true(url_read(TEXT("http://[::1]:80/"), &url));
    assert_text(url.host, "::1");
    assert_false(url_read(TEXT("ftp://x/"), &url));
    assert_false(url_read(TEXT("http://user@x/"), &url));
    assert_false(url_read(TEXT("http:///users"), &url));
    assert_false(url_read(TEXT("http://x/a b"), &url));
    assert_false(url_read(TEXT("/v1.0/users"), &url));
}

static void secrets_travel_only_where_nobody_listens(void **state) {
    (void)state;
    assert_true(url_is_private(TEXT("https://login.microsoftonline.com/x")));
    assert_true(url_is_private(TEXT("http://127.0.0.1:8080/x")));
    assert_true(url_is_private(TEXT("http://localhost/x")));
    assert_true(url_is_private(TEXT("http://[::1]:9/x")));
    assert_false(url_is_private(TEXT("http://10.0.0.1/x")));
    assert_false(url_is_private(TEXT("http://127.0.0.1.example.com/x")));
    assert_false(url_is_private(TEXT("http://localhost.example.com/x")));
}

static void origin_is_scheme_host_and_port(void **state) {
    (void)state;
    assert_true(url_same_origin(TEXT("https://graph.microsoft.com/v1.0/a"), TEXT("HTTPS://GRAPH.microsoft.com:443/b")));
    assert_false(url_same_origin(TEXT("https://graph.microsoft.com/"), TEXT("http://graph.microsoft.com/")));
    assert_false(url_same_origin(TEXT("http://127.0.0.1:1/"), TEXT("http://127.0.0.1:2/")));
}

static void parts_are_encoded_as_they_need(void **state) {
    (void)state;
    struct bytes out = {0};
    percent_add(&out, TEXT("a.b_c#EXT#@x.com"), PERCENT_SEGMENT);
    assert_bytes(&out, "a.b_c%23EXT%23@x.com");
    percent_add(&out, TEXT("a/b?c"), PERCENT_SEGMENT);
    assert_bytes(&out, "a%2Fb%3Fc");
    percent_add(&out, TEXT("displayName eq 'O''Neil & S\xc3\xb6hne+1'"), PERCENT_QUERY);
    assert_bytes(&out, "displayName%20eq%20'O''Neil%20%26%20S%C3%B6hne%2B1'");
    percent_add_field(&out, "a", TEXT("x y"));
    percent_add_field(&out, "b", TEXT("&="));
    assert_bytes(&out, "a=x%20y&b=%26%3D");
    percent_decode(&out, TEXT("a%20b%2"));
    assert_bytes(&out, "a b%2");
    percent_decode(&out, TEXT("%41%zz%42"));
    assert_bytes(&out, "A%zzB");
    bytes_free(&out);
}

TEST_GROUP(url, cmocka_unit_test(url_is_taken_apart), cmocka_unit_test(secrets_travel_only_where_nobody_listens),
           cmocka_unit_test(origin_is_scheme_host_and_port), cmocka_unit_test(parts_are_encoded_as_they_need))
