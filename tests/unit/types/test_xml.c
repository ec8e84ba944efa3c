#include "types_test.h"

static struct value document_of(struct realm *realm, const char *text) { return cast(realm, string_of(text), "xml"); }

static void children_and_attributes_are_properties(void **state) {
    struct realm *realm = *state;
    struct value document = document_of(realm, "<items><item qty='2'>pen</item><item qty='5'>ink &amp; nib</item><empty/><t>x</t></items>");
    struct value items = get(realm, document, "ITEMS"), pair = get(realm, items, "item");
    assert_int_equal(array_count(pair), 2);
    assert_text(realm, get(realm, array_at(pair, 1), "#text"), "ink & nib");
    assert_text(realm, get(realm, pair, "qty"), "2 5");
    assert_text(realm, get(realm, items, "t"), "x");
    assert_text(realm, get(realm, items, "empty"), "");
    assert_text(realm, get(realm, items, "nope"), "");
    value_release(pair);
    value_release(items);
    value_release(document);
    assert_text(realm, document_of(realm, "<broken>"), "InvalidCastToXmlDocument");
}

static void changing_and_writing(void **state) {
    struct realm *realm = *state;
    struct value document = document_of(realm, "<?xml version=\"1.0\" encoding=\"utf-8\"?><r><u id=\"1\"><n>ann</n></u></r>"), root = get(realm, document, "r");
    struct value user = get(realm, root, "u"), name = string_of("v"), made = call(realm, document, "CreateElement", 1, &name), pair[2] = {string_of("id"), value_int32(3)};
    assert_int_equal(member_set(realm, user, name_of(realm, "n"), pair[0]), STATUS_OK);
    value_release(call(realm, made, "SetAttribute", 2, pair));
    value_release(call(realm, root, "AppendChild", 1, &made));
    assert_text(realm, get(realm, document, "OuterXml"), "<?xml version=\"1.0\" encoding=\"utf-8\"?><r><u id=\"1\"><n>id</n></u><v id=\"3\" /></r>");
    struct value path = string_of("//*[@id='3']"), found = call(realm, document, "SelectNodes", 1, &path);
    assert_int_equal(array_count(found), 1);
    value_release(call(realm, root, "RemoveChild", 1, &made));
    value_release(root);
    value_release(document); /* nodes keep their document */
    assert_text(realm, get(realm, made, "OuterXml"), "<v id=\"3\" />");
    value_release(found);
    value_release(path);
    value_release(user);
    value_release(made);
    value_release(name);
    value_release(pair[0]);
}

int run_xml(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(children_and_attributes_are_properties, start, stop),
        cmocka_unit_test_setup_teardown(changing_and_writing, start, stop),
    };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
