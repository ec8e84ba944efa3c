#include "types_test.h"

static void names_lead_to_types(void **state) {
    struct realm *realm = *state;
    assert_string_equal(find(realm, "INT")->full_name, "System.Int32");
    assert_string_equal(find(realm, "datetime")->name, "DateTime");
    assert_ptr_equal(find(realm, "System.Int32"), find(realm, "int32"));
    assert_ptr_equal(find(realm, "IO.FileMode"), find(realm, "System.IO.FileMode"));
    assert_null(find(realm, "NoSuchType"));
    assert_string_equal(find(realm, "int[]")->full_name, "System.Int32[]");
    assert_string_equal(find(realm, "int[,]")->name, "Int32[,]");
    assert_string_equal(find(realm, "Collections.Generic.List[string]")->full_name, "System.Collections.Generic.List`1[System.String]");
    assert_ptr_equal(find(realm, "System.Collections.Generic.Dictionary[string,int]"),
                     find(realm, "System.Collections.Generic.Dictionary`2[[System.String, mscorlib],[System.Int32, mscorlib]]"));
    assert_string_equal(type_display_name(find(realm, "System.Collections.Generic.List[int[]]")).start, "System.Collections.Generic.List[int[]]");
    assert_null(find(realm, "List[int"));
    assert_null(find(realm, "[]"));
}

static void ancestors(void **state) {
    struct realm *realm = *state;
    assert_true(type_is(find(realm, "System.IO.FileNotFoundException"), find(realm, "System.IO.IOException")));
    assert_true(type_is(find(realm, "System.DayOfWeek"), find(realm, "System.ValueType")));
    assert_true(type_is(find(realm, "hashtable"), find(realm, "System.Collections.IDictionary")));
    assert_true(type_is(find(realm, "string[]"), find(realm, "object[]")));
    assert_false(type_is(find(realm, "int[]"), find(realm, "object[]")));
    assert_false(type_is(find(realm, "string"), find(realm, "int")));
    assert_true(type_matches(realm, value_int32(5), find(realm, "Nullable[int]")));
}

static void enums_read_as_their_names(void **state) {
    struct realm *realm = *state;
    assert_text(realm, value_enum(find(realm, "DayOfWeek")->index, 5), "Friday");
    assert_text(realm, value_enum(find(realm, "System.IO.FileAttributes")->index, 3), "ReadOnly, Hidden");
    assert_text(realm, value_enum(find(realm, "DayOfWeek")->index, 77), "77");
}

static void scripts_define_types_anew(void **state) {
    struct realm *realm = *state;
    struct type *first = type_define(realm, TEXT("Level"), TYPE_ENUM, NULL);
    type_define_enum(realm, first, find(realm, "int"), (struct enum_member[]){{"High", 9}, {"Low", 1}}, 2);
    assert_text(realm, value_enum(first->index, 9), "High");
    assert_string_equal(first->members[0].name, "Low");
    const struct type *array = find(realm, "Level[]");
    struct type *second = type_define(realm, TEXT("level"), TYPE_ENUM, NULL);
    assert_ptr_equal(find(realm, "Level"), second);
    assert_ptr_not_equal(find(realm, "Level[]"), array);
}

int run_type(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_lead_to_types, start, stop),
        cmocka_unit_test_setup_teardown(ancestors, start, stop),
        cmocka_unit_test_setup_teardown(enums_read_as_their_names, start, stop),
        cmocka_unit_test_setup_teardown(scripts_define_types_anew, start, stop),
    };
    return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
