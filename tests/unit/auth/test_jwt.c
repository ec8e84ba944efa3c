#include "test.h"

#include "m365sh/auth/cloud.h"
#include "m365sh/auth/jwt.h"
#include "m365sh/auth/sign_in.h"
#include "m365sh/base/calendar.h"

/* {"alg":"none"} . {"tid":"t-1","appid":"a-1","roles":["User.Read.All","Group.Read.All"],"exp":1900000000} */
#define TOKEN "eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ0LTEiLCJhcHBpZCI6ImEtMSIsInJvbGVzIjpbIlVzZXIuUmVhZC5BbGwiLCJHcm91cC5SZWFkLkFsbCJdLCJleHAiOjE5MDAwMDAwMDB9.x"

static void parts_are_base64url(void **state) {
    (void)state;
    struct bytes out = {0};
    assert_true(jwt_decode_part(TEXT("YWI_Pg"), &out));
    assert_bytes(&out, "ab?>");
    assert_false(jwt_decode_part(TEXT("a b"), &out));
    bytes_free(&out);
}

static void claims_are_shown(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct account *account = account_new();
    account->flow = ACCOUNT_TOKEN;
    account_set_secret(&account->access_token, TEXT(TOKEN));
    sign_in_read_claims(realm, account);
    assert_string_equal(account->tenant_id, "t-1");
    assert_string_equal(account->client_id, "a-1");
    assert_string_equal(account->scopes, "User.Read.All Group.Read.All");
    assert_true(account->expires == calendar_from_unix(1900000000, 0));
    account_set_secret(&account->access_token, TEXT("opaque"));
    sign_in_read_claims(realm, account); /* not a JWT: nothing is read, nothing breaks */
    account_free(account);
    realm_free(realm);
}

static void clouds_have_names(void **state) {
    (void)state;
    assert_string_equal(cloud_find(TEXT("usgov"))->graph, "https://graph.microsoft.us");
    assert_null(cloud_find(TEXT("nowhere")));
    for (size_t i = 0; cloud_at(i); i++) {
        assert_true(text_starts(text_of(cloud_at(i)->graph), TEXT("https://")));
        assert_true(text_starts(text_of(cloud_at(i)->login), TEXT("https://")));
    }
}

TEST_GROUP(jwt, cmocka_unit_test(parts_are_base64url), cmocka_unit_test(claims_are_shown), cmocka_unit_test(clouds_have_names))
