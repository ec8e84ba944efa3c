#include "test.h"

#include <sys/stat.h>
#include "m365sh/auth/sign_in.h"
#include "m365sh/auth/token_store.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/file.h"
#include "m365sh/base/path.h"
#include "m365sh/value/string.h"

static void profiles_survive_and_are_private(void **state) {
    (void)state;
    char *folder = test_make_folder(), path[512];
    struct realm *realm = realm_new();
    setenv("M365SH_HOME", folder, 1);
    assert_null(token_store_load(realm, TEXT_NONE));
    struct account *account = account_new(), *again;
    account_set(&account->profile, TEXT("contoso.com"));
    account_set(&account->graph, TEXT("https://graph.microsoft.com"));
    account->flow = ACCOUNT_DEVICE;
    account->expires = 42;
    account_set_secret(&account->refresh_token, TEXT("r\"1"));
    account_set_secret(&account->client_secret, TEXT("never stored"));
    assert_int_equal(token_store_save(realm, account, NULL), STATUS_OK);
    again = token_store_load(realm, TEXT_NONE);
    assert_non_null(again);
    assert_string_equal(again->profile, "contoso.com");
    assert_int_equal(again->flow, ACCOUNT_DEVICE);
    assert_int_equal(again->expires, 42);
    assert_text(secret_reveal(again->refresh_token), "r\"1");
    assert_null(again->client_secret);
    account_free(again);
    struct stat facts;
    struct bytes text = {0}, place = {0};
    path_of_place(PATH_CONFIGURATION, &place);
    snprintf(path, sizeof path, "%s/profiles.json", place.data);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    file_read(path, 65536, &text, NULL);
    assert_true(text_find(bytes_text(&text), TEXT("never stored"), 0) == TEXT_NOT_FOUND);
    assert_int_equal(token_store_forget(realm, TEXT("contoso.com"), NULL), STATUS_OK);
    assert_null(token_store_load(realm, TEXT("contoso.com")));
    bytes_free(&text);
    bytes_free(&place);
    account_free(account);
    realm_free(realm);
    unsetenv("M365SH_HOME");
    test_remove_folder(folder);
}

static void a_token_is_used_until_it_nearly_ends(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct net_settings settings = {.trace_descriptor = -1};
    struct net *net = net_new(&settings);
    struct account *account = account_new();
    struct text token;
    bool renewed;
    account->flow = ACCOUNT_SECRET;
    account_set(&account->login, TEXT("http://192.0.2.1"));
    account_set(&account->graph, TEXT("https://graph.microsoft.com"));
    account_set(&account->client_id, TEXT("c"));
    account_set_secret(&account->access_token, TEXT("t"));
    account->expires = clock_now(NULL) + 600 * 10000000LL;
    assert_int_equal(sign_in_token(realm, net, account, false, &token, &renewed), STATUS_OK);
    assert_text(token, "t");
    assert_false(renewed);
    account->expires = 1; /* over, and nothing to renew it with */
    assert_int_equal(sign_in_token(realm, net, account, false, &token, &renewed), STATUS_ERROR);
    value_release(realm_take_raised(realm));
    account_set_secret(&account->client_secret, TEXT("s")); /* there is, but the address is not private */
    assert_int_equal(sign_in_token(realm, net, account, false, &token, &renewed), STATUS_ERROR);
    assert_text(string_text(error_record_get(realm->raised, ERROR_ID)), "SignIn.NotPrivate");
    value_release(realm_take_raised(realm));
    account_free(account);
    net_free(net);
    realm_free(realm);
}

TEST_GROUP(token, cmocka_unit_test(profiles_survive_and_are_private), cmocka_unit_test(a_token_is_used_until_it_nearly_ends))
