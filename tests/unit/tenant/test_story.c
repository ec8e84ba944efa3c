/* The story over a store in memory of the file system: what is drawn from a seed, and what the store keeps. */
#include "test.h"
#include "seed_private.h"

static struct store *tell(struct catalog *catalog, int users, uint64_t seed, const char *story) {
    struct store *store = store_open(NULL, NULL);
    assert_non_null(store);
    struct connection *db = store_take(store);
    assert_true(seed_tell(db, catalog, &(struct seed_wishes){users, seed, story, false}));
    store_give(db);
    return store;
}

static int64_t ask(struct store *store, const char *sql) {
    struct connection *db = store_take(store);
    int64_t number = store_number(db, sql, 0, 0, -1);
    assert_false(db->failed);
    store_give(db);
    return number;
}

static void kinds_of_people(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct store *store = tell(catalog, 1000, 1, "contoso");
    assert_int_equal(ask(store, "SELECT count(*) FROM users WHERE deleted IS NULL"), 1000);
    assert_in_range(ask(store, "SELECT count(*) FROM users WHERE user_type='Guest' AND deleted IS NULL"), 25, 70);
    assert_in_range(ask(store, "SELECT count(*) FROM users WHERE user_type='Member' AND account_enabled=0"), 60, 130);
    assert_in_range(ask(store, "SELECT count(*) FROM users WHERE employee_leave<strftime('%Y-%m-%dT%H:%M:%SZ','now')"), 40, 110);
    assert_in_range(ask(store, "SELECT count(*) FROM users WHERE usage_location IS NULL AND user_type='Member'"), 5, 60);
    assert_in_range(ask(store, "SELECT count(DISTINCT l.user) FROM licenses l JOIN users u ON u.number=l.user WHERE u.account_enabled=0 AND l.group_number<>0 AND l.sku=0"), 2, 30);
    assert_int_equal(ask(store, "SELECT count(*) FROM licenses l JOIN users u ON u.number=l.user WHERE l.group_number=0 AND u.usage_location IS NULL AND u.deleted IS NULL"), 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM users u WHERE manager=number"), 0);
    assert_int_equal(ask(store, "SELECT count(*) FROM products WHERE consumed>enabled+warning"), 0);
    assert_true(ask(store, "SELECT count(*) FROM products WHERE consumed=enabled AND consumed>0") > 0);
    store_close(store);
    catalog_free(catalog);
}

static void stories_differ_by_what_is_owned(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct store *one = tell(catalog, 200, 1, "contoso"), *both = tell(catalog, 200, 1, "contoso-both");
    assert_int_equal(ask(both, "SELECT count(*) FROM products") - ask(one, "SELECT count(*) FROM products"), 1);
    assert_true(seed_knows_story("Contoso") && !seed_knows_story("other"));
    store_close(one);
    store_close(both);
    catalog_free(catalog);
}

static void names_never_clash(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct store *store = tell(catalog, 30000, 5, "contoso"); /* more than there are pairs of names; also told in bulk */
    assert_int_equal(ask(store, "SELECT count(DISTINCT user_principal_name) FROM users WHERE deleted IS NULL"), 30000);
    assert_int_equal(ask(store, "SELECT count(*) FROM sqlite_master WHERE name='licenses_by_sku'"), 1);
    store_close(store);
    catalog_free(catalog);
}

static void a_failed_transaction_leaves_no_trace(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct store *store = tell(catalog, 50, 1, "contoso");
    struct connection *db = store_take(store);
    store_begin(db);
    store_set(db, "story", "other");
    store_run(db, "INSERT INTO nothing VALUES (1)");
    assert_false(store_commit(db));
    assert_true(db->failed);
    store_give(db);
    db = store_take(store);
    struct bytes told = {0};
    assert_true(store_setting(db, "story", &told));
    assert_bytes(&told, "contoso");
    store_begin(db);
    store_set(db, "story", "left open");
    store_give(db); /* given back in the middle of a change: undone */
    db = store_take(store);
    store_setting(db, "story", &told);
    assert_bytes(&told, "contoso");
    bytes_free(&told);
    store_give(db);
    store_close(store);
    catalog_free(catalog);
}

TEST_GROUP(story, cmocka_unit_test(kinds_of_people), cmocka_unit_test(stories_differ_by_what_is_owned), cmocka_unit_test(names_never_clash),
           cmocka_unit_test(a_failed_transaction_leaves_no_trace))
