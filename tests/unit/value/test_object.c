#include "test.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

static void objects_of_one_form_share_a_shape(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value a = object_new(realm, NULL, 0), b = object_new(realm, NULL, 4);
    object_put(realm, a, TEXT("Name"), value_int32(1));
    object_put(realm, a, TEXT("Id"), value_int32(2));
    object_put(realm, b, TEXT("Name"), value_int32(3));
    object_put(realm, b, TEXT("Id"), value_int32(4));
    assert_ptr_equal(object_block(a)->shape, object_block(b)->shape);
    assert_int_equal(object_find_text(realm, a, TEXT("nAME"))->integer, 1);
    object_put(realm, b, TEXT("name"), value_int32(5)); /* found without case, spelling stays */
    assert_string_equal(object_block(b)->shape->entries[0].spelling, "Name");
    object_add(realm, b, TEXT("Name"), MEMBER_SCRIPT, value_null());
    assert_int_equal(object_block(b)->shape->entries[0].kind, MEMBER_SCRIPT);
    assert_int_equal(object_block(a)->shape->entries[0].kind, MEMBER_NOTE);
    assert_true(object_remove(realm, a, TEXT("NAME")));
    assert_null(object_find_text(realm, a, TEXT("Name")));
    assert_int_equal(object_find_text(realm, a, TEXT("Id"))->integer, 2);
    value_release(a);
    value_release(b);
    realm_free(realm);
}

static void many_names_and_many_forms(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value wide = object_new(realm, NULL, 0);
    char name[32];
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "p%d", i);
        object_put_take(realm, wide, name, string_of(name));
        struct value narrow = object_new(realm, NULL, 0);
        object_put_take(realm, narrow, name, value_int32(i));
        object_put_take(realm, narrow, "last", value_int32(i));
        assert_int_equal(object_find_text(realm, narrow, TEXT("LAST"))->integer, i);
        value_release(narrow);
    }
    assert_text(string_text(*object_find_text(realm, wide, TEXT("P2999"))), "p2999");
    assert_null(object_find_text(realm, wide, TEXT("last")));
    value_release(wide);
    realm_free(realm);
}

static void truth_is_powershells(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value zero = value_int32(0), pair[] = {value_int32(0), value_int32(0)};
    struct value one = array_of(realm, &zero, 1), two = array_of(realm, pair, 2), none = array_new(realm, NULL, 0);
    struct value nested_two = array_of(realm, &two, 1), nested_none = array_of(realm, &none, 1), empty = string_empty();
    assert_false(value_truth(one));
    assert_true(value_truth(two));
    assert_false(value_truth(none));
    assert_true(value_truth(nested_two));
    assert_false(value_truth(nested_none));
    assert_false(value_truth(empty));
    struct value extended = extended_new(realm, empty);
    assert_false(value_truth(extended));
    struct value all[] = {one, two, none, nested_two, nested_none, empty, extended};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) value_release(all[i]);
    realm_free(realm);
}

TEST_GROUP(object, cmocka_unit_test(objects_of_one_form_share_a_shape), cmocka_unit_test(many_names_and_many_forms),
           cmocka_unit_test(truth_is_powershells))
