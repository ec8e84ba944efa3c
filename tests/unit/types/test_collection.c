#include "types_test.h"

static struct value construct(struct realm *realm, const char *type, uint32_t count, const struct value *arguments) {
    struct value out = value_null();
    assert_int_equal(member_construct(realm, find(realm, type), arguments, count, &out), STATUS_OK);
    return out;
}
static struct value text_argument(struct value *place, const char *text) { return *place = string_of(text); }

static void lists(void **state) {
    struct realm *realm = *state;
    struct value list = construct(realm, "System.Collections.Generic.List[int]", 0, NULL), text;
    value_release(call(realm, list, "Add", 1, (struct value[]){text_argument(&text, "5")})); /* converted */
    value_release(text);
    assert_text(realm, call(realm, list, "Add", 1, (struct value[]){text_argument(&text, "x")}), "MethodArgumentConversionInvalidCastArgument");
    value_release(text);
    value_release(call(realm, list, "Add", 1, (struct value[]){value_int32(3)}));
    value_release(call(realm, list, "Sort", 0, NULL));
    assert_text(realm, value_keep(list), "3 5");
    assert_text(realm, call(realm, list, "RemoveAt", 1, (struct value[]){value_int32(9)}), "ArgumentOutOfRangeException");
    struct enumeration it;
    struct value item;
    bool more;
    enumeration_start(realm, &it, list);
    assert_int_equal(enumeration_next(realm, &it, &more, &item), STATUS_OK);
    value_release(call(realm, list, "Clear", 0, NULL));
    assert_int_equal(enumeration_next(realm, &it, &more, &item), STATUS_ERROR); /* changed meanwhile */
    value_release(realm_take_raised(realm));
    enumeration_end(&it);
    value_release(list);
}

static void sets_queues_stacks(void **state) {
    struct realm *realm = *state;
    struct value numbers = array_of(realm, (struct value[]){value_int32(1), value_int32(2), value_int32(2)}, 3);
    struct value set = cast(realm, value_keep(numbers), "System.Collections.Generic.HashSet[int]");
    assert_text(realm, get(realm, set, "Count"), "2");
    assert_text(realm, call(realm, set, "Add", 1, (struct value[]){value_int32(2)}), "False");
    assert_text(realm, call(realm, set, "IsSubsetOf", 1, &numbers), "True");
    value_release(set);
    struct value stack = cast(realm, value_keep(numbers), "System.Collections.Stack");
    value_release(call(realm, stack, "Push", 1, (struct value[]){value_int32(9)}));
    assert_text(realm, value_keep(stack), "9 2 2 1");
    assert_text(realm, call(realm, stack, "Pop", 0, NULL), "9");
    value_release(stack);
    struct value queue = construct(realm, "System.Collections.Queue", 1, &numbers);
    assert_text(realm, call(realm, queue, "Dequeue", 0, NULL), "1");
    value_release(call(realm, queue, "Clear", 0, NULL));
    assert_text(realm, call(realm, queue, "Dequeue", 0, NULL), "InvalidOperationException");
    value_release(queue);
    value_release(numbers);
}

static void tables(void **state) {
    struct realm *realm = *state;
    struct value table = construct(realm, "System.Collections.Generic.Dictionary[string,int]", 0, NULL), pair[2] = {string_of("a"), string_of("4")};
    value_release(call(realm, table, "Add", 2, pair));
    assert_text(realm, call(realm, table, "Add", 2, pair), "ArgumentException");
    assert_string_equal(type_of(realm, get(realm, table, "a"))->name, "Int32");
    assert_text(realm, call(realm, table, "ContainsKey", 1, pair), "True");
    struct value walker = call(realm, table, "GetEnumerator", 0, NULL), item;
    struct enumeration it;
    bool more;
    enumeration_start(realm, &it, walker);
    assert_int_equal(enumeration_next(realm, &it, &more, &item), STATUS_OK);
    assert_text(realm, value_keep(item), "[a, 4]");
    enumeration_end(&it);
    value_release(walker);
    value_release(table);
    value_release(pair[0]);
    value_release(pair[1]);
}

static void arrays(void **state) {
    struct realm *realm = *state;
    struct value array = construct(realm, "int[]", 1, (struct value[]){value_int32(3)});
    assert_text(realm, value_keep(array), "0 0 0");
    assert_text(realm, call(realm, array, "Add", 1, (struct value[]){value_int32(3)}), "NotSupportedException");
    value_release(array);
}

int run_collection(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists, start, stop),
        cmocka_unit_test_setup_teardown(sets_queues_stacks, start, stop),
        cmocka_unit_test_setup_teardown(tables, start, stop),
        cmocka_unit_test_setup_teardown(arrays, start, stop),
    };
    return cmocka_run_group_tests_name("collection", tests, NULL, NULL);
}
