#include "test.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/string.h"

static void finds_without_case_and_removes(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value table = table_new(realm, TABLE_HASH, true, NULL);
    char name[32];
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "Key%d", i);
        table_put_text_take(table, name, value_int32(i));
    }
    assert_int_equal(table_find_text(table, TEXT("kEY1234"))->integer, 1234);
    for (int i = 0; i < 2000; i += 2) {
        snprintf(name, sizeof name, "KEY%d", i);
        struct value key = string_of(name);
        assert_true(table_remove(table, key));
        assert_false(table_remove(table, key));
        value_release(key);
    }
    assert_int_equal(table_count(table), 1000);
    assert_null(table_find_text(table, TEXT("key1234")));
    assert_text(string_text(table_at(table, 3)->key), "Key7");
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "New%d", i);
        table_put_text_take(table, name, value_null());
    }
    uint32_t position = 0, count = 0;
    while (table_next(table, &position)) count++;
    assert_int_equal(count, 4000);
    assert_int_equal(table_find_text(table, TEXT("key1"))->integer, 1);
    assert_null(table_find(table, value_int32(1)));
    table_put(table, value_int32(1), value_bool(true));
    assert_null(table_find(table, value_int64(1))); /* kinds differ, as in .NET */
    value_release(table);
    realm_free(realm);
}

static void check_order(struct realm *realm, uint32_t expect, const int *keys, size_t count, const char *expected) {
    struct value table = table_new(realm, TABLE_HASH, true, NULL);
    if (expect) table_expect(table, expect);
    for (size_t i = 0; i < count; i++) table_put(table, value_int32(keys[i]), value_null());
    struct bytes out = {0};
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(table, &position));) bytes_add_format(&out, "%d ", (int)entry->key.integer);
    assert_bytes(&out, expected);
    bytes_free(&out);
    value_release(table);
}

/* Recorded from PowerShell 7.6.9. */
static void integer_keys_are_walked_by_bucket(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    check_order(realm, 5, (int[]){10, 20, 30, 40, 50}, 5, "20 40 10 30 50 ");
    check_order(realm, 0, (int[]){7, 14, 21, 28, 35, 42, 49, 56, 63, 70}, 10, "49 14 63 28 42 7 56 21 70 35 ");
    check_order(realm, 0, (int[]){100, 3, 17, 6, 9, 20, 31, 1024, 55, 2, 77}, 11, "100 31 55 77 9 20 6 1024 3 2 17 ");
    check_order(realm, 0, (int[]){-1, -5, 3, 0, -100}, 5, "-5 3 -100 -1 0 ");
    realm_free(realm);
}

static void ordered_inserts_and_sorted_sorts(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value ordered = table_new(realm, TABLE_ORDERED, true, NULL), sorted = table_new(realm, TABLE_SORTED, false, NULL);
    for (int i = 9; i >= 0; i--) {
        char name[4] = {(char)('a' + i), 0};
        table_put_text_take(ordered, name, value_int32(i));
        table_put_text_take(sorted, name, value_int32(i));
    }
    struct value key = string_of("new");
    assert_true(table_insert_at(ordered, 1, key, value_int32(99)));
    assert_false(table_insert_at(ordered, 1, key, value_int32(99)));
    assert_int_equal(table_at(ordered, 0)->value.integer, 9);
    assert_int_equal(table_at(ordered, 1)->value.integer, 99);
    assert_int_equal(table_find_text(ordered, TEXT("A"))->integer, 0);
    for (uint32_t i = 0; i < 10; i++) assert_int_equal(table_at(sorted, i)->value.integer, i);
    value_release(key);
    value_release(ordered);
    value_release(sorted);
    realm_free(realm);
}

static void sets_hold_each_item_once(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value set = set_new(realm, NULL, true);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 100; i++) assert_int_equal(set_add(set, value_int32(i)), round == 0);
    struct value word = string_of("Word"), other = string_of("wORD");
    assert_true(set_add(set, word));
    assert_true(set_contains(set, other));
    assert_true(set_remove(set, value_int32(5)));
    assert_false(set_contains(set, value_int32(5)));
    assert_true(set_contains(set, value_int32(6)));
    assert_int_equal(array_count(set), 100);
    value_release(word);
    value_release(other);
    value_release(set);
    realm_free(realm);
}

TEST_GROUP(hashtable, cmocka_unit_test(finds_without_case_and_removes), cmocka_unit_test(integer_keys_are_walked_by_bucket),
           cmocka_unit_test(ordered_inserts_and_sorted_sorts), cmocka_unit_test(sets_hold_each_item_once))
