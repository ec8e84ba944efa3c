#include "types_test.h"

static void own_and_every_values_members(void **state) {
    struct realm *realm = *state;
    struct value text = string_of("abc");
    assert_text(realm, get(realm, text, "length"), "3");
    assert_text(realm, get(realm, value_int32(5), "Count"), "1");
    assert_text(realm, get(realm, value_null(), "Count"), "0");
    assert_text(realm, call(realm, text, "ToUpper", 0, NULL), "ABC");
    assert_text(realm, call(realm, text, "Nope", 0, NULL), "MethodNotFound");
    assert_text(realm, call(realm, value_null(), "Foo", 0, NULL), "InvokeMethodOnNull");
    assert_text(realm, call(realm, text, "Substring", 0, NULL), "MethodCountCouldNotFindBest");
    assert_text(realm, call(realm, value_int32(5), "CompareTo", 1, (struct value[]){value_int32(3)}), "1");
    assert_text(realm, call(realm, value_int32(5), "GetType", 0, NULL), "int");
    value_release(text);
}

static void members_of_elements(void **state) {
    struct realm *realm = *state;
    struct value a = object_new(realm, NULL, 0), b = object_new(realm, NULL, 0);
    object_put(realm, a, TEXT("n"), value_int32(1));
    struct value both = array_of(realm, (struct value[]){a, b}, 2);
    struct value names = get(realm, both, "n"); /* a custom object without the property counts as null */
    assert_int_equal(array_count(names), 2);
    value_release(names);
    assert_text(realm, get(realm, both, "Count"), "2");
    value_release(both);
    value_release(a);
    value_release(b);
}

static void psobject(void **state) {
    struct realm *realm = *state;
    struct value object = object_new(realm, NULL, 0);
    object_put(realm, object, TEXT("a"), value_int32(1));
    object_put(realm, object, TEXT("ab"), value_int32(2));
    struct value shell = get(realm, object, "psobject"), properties = get(realm, shell, "Properties"), key = string_of("AB");
    assert_text(realm, get(realm, properties, "Name"), "a ab");
    struct value one = call(realm, properties, "Item", 1, &key);
    assert_text(realm, get(realm, one, "Value"), "2");
    assert_text(realm, get(realm, one, "MemberType"), "NoteProperty");
    assert_int_equal(member_set(realm, one, name_of(realm, "Value"), value_int32(7)), STATUS_OK);
    assert_text(realm, get(realm, object, "ab"), "7");
    value_release(call(realm, properties, "Remove", 1, &key));
    assert_text(realm, get(realm, properties, "Count"), "1");
    struct value names = get(realm, shell, "TypeNames");
    assert_text(realm, get(realm, names, "Count"), "2");
    value_release(names);
    value_release(one);
    value_release(key);
    value_release(properties);
    value_release(shell);
    value_release(object);
}

static void setting(void **state) {
    struct realm *realm = *state;
    struct value object = object_new(realm, NULL, 0), table = table_new(realm, TABLE_HASH, true, NULL), record, text = string_of("x");
    assert_int_equal(member_set(realm, object, name_of(realm, "b"), value_int32(1)), STATUS_ERROR);
    record = realm_take_raised(realm);
    assert_text(realm, value_keep(error_record_get(record, ERROR_ID)), "ExceptionWhenSetting");
    value_release(record);
    assert_int_equal(member_set(realm, text, name_of(realm, "Length"), value_int32(1)), STATUS_ERROR);
    record = realm_take_raised(realm);
    assert_text(realm, value_keep(error_record_get(record, ERROR_ID)), "PropertyAssignmentException");
    value_release(record);
    assert_int_equal(member_set(realm, table, name_of(realm, "k"), value_int32(4)), STATUS_OK);
    assert_text(realm, get(realm, table, "K"), "4");
    value_release(table);
    value_release(object);
    value_release(text);
}

static void statics(void **state) {
    struct realm *realm = *state;
    struct value out, arguments[2] = {value_type(find(realm, "DayOfWeek")), string_of("friday")};
    bool found;
    assert_int_equal(member_static_get(realm, find(realm, "DayOfWeek"), name_of(realm, "Monday"), &found, &out), STATUS_OK);
    assert_text(realm, out, "Monday");
    assert_int_equal(member_static_call(realm, find(realm, "enum"), name_of(realm, "GetNames"), arguments, 1, &out), STATUS_OK);
    assert_int_equal(array_count(out), 7);
    value_release(out);
    assert_int_equal(member_static_call(realm, find(realm, "enum"), name_of(realm, "Parse"), arguments, 2, &out), STATUS_ERROR);
    value_release(realm_take_raised(realm));
    value_release(arguments[1]);
}

static void type_data(void **state) {
    struct realm *realm = *state;
    struct value length = string_of("Length"), text = string_of("four");
    member_add_type_data(realm, TEXT("System.String"), TEXT("Size"), MEMBER_ALIAS, length);
    assert_text(realm, get(realm, text, "Size"), "4");
    value_release(length);
    value_release(text);
}

int run_member(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(own_and_every_values_members, start, stop),
        cmocka_unit_test_setup_teardown(members_of_elements, start, stop),
        cmocka_unit_test_setup_teardown(psobject, start, stop),
        cmocka_unit_test_setup_teardown(setting, start, stop),
        cmocka_unit_test_setup_teardown(statics, start, stop),
        cmocka_unit_test_setup_teardown(type_data, start, stop),
    };
    return cmocka_run_group_tests_name("member", tests, NULL, NULL);
}
