#include "test.h"
#include "m365sh/base/intern.h"
#include "m365sh/base/map.h"

static void map_finds_replaces_and_keeps_order(void **state) {
    (void)state;
    struct map *map = map_new(MAP_FOLD);
    static int values[5000];
    char key[32];
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "Key-%d", i);
        assert_null(map_put(map, text_of(key), &values[i]));
    }
    assert_ptr_equal(map_get(map, TEXT("kEY-4321")), &values[4321]);
    assert_null(map_get(map, TEXT("key-5000")));
    for (int i = 0; i < 5000; i += 2) {
        snprintf(key, sizeof key, "key-%d", i);
        assert_ptr_equal(map_remove(map, text_of(key)), &values[i]);
    }
    assert_ptr_equal(map_put(map, TEXT("key-1"), &values[0]), &values[1]);
    assert_null(map_put(map, TEXT("key-0"), &values[2])); /* comes last now */
    size_t position = 0, count = 0;
    struct text found;
    void *value = NULL;
    while (map_next(map, &position, &found, &value)) {
        if (count == 0) assert_text(found, "Key-1");
        count++;
    }
    assert_ptr_equal(value, &values[2]);
    assert_int_equal(count, 2501);
    assert_int_equal(map_count(map), 2501);
    map_free(map, NULL);
}

static void ordinal_keys_differ_by_case(void **state) {
    (void)state;
    struct map *map = map_new(MAP_ORDINAL);
    int a, b;
    map_put(map, TEXT("x"), &a);
    map_put(map, TEXT("X"), &b);
    assert_ptr_equal(map_get(map, TEXT("x")), &a);
    for (int i = 0; i < 1000; i++) { /* removed places are used again */
        map_put(map, TEXT("y"), &a);
        map_remove(map, TEXT("y"));
    }
    assert_int_equal(map_count(map), 2);
    map_free(map, NULL);
}

static void interned_names_keep_number_and_spelling(void **state) {
    (void)state;
    struct intern *table = intern_new();
    name_id first = intern_name(table, TEXT("Name"));
    char name[32];
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "n%d", i);
        assert_int_equal(intern_name(table, text_of(name)), first + 1 + (name_id)i);
    }
    assert_int_equal(intern_name(table, TEXT("nAME")), first);
    assert_text(intern_text(table, first), "Name");
    assert_int_equal(intern_find(table, TEXT("N2999")), first + 3000);
    assert_int_equal(intern_find(table, TEXT("n3000")), 0);
    intern_free(table);
}

TEST_GROUP(map, cmocka_unit_test(map_finds_replaces_and_keeps_order), cmocka_unit_test(ordinal_keys_differ_by_case),
           cmocka_unit_test(interned_names_keep_number_and_spelling))
