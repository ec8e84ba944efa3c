#include "test.h"

#include "m365sh/graph/filter.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

static bool comparison(struct bytes *out, const char *property, const char *operation, struct value operand, bool *advanced) {
    *advanced = false;
    bool fits = filter_add_comparison(out, GRAPH_USER, text_of(property), text_of(operation), operand, advanced);
    value_release(operand);
    return fits;
}

static void what_the_service_can_compare(void **state) {
    (void)state;
    struct bytes out = {0};
    bool advanced;
    assert_true(comparison(&out, "Department", "eq", string_of("O'Neil"), &advanced));
    assert_bytes(&out, "department eq 'O''Neil'");
    assert_false(advanced);
    assert_true(comparison(&out, "displayname", "like", string_of("A*"), &advanced));
    assert_bytes(&out, "startsWith(displayName,'A')");
    assert_true(comparison(&out, "mail", "like", string_of("*@x.com"), &advanced));
    assert_bytes(&out, "endsWith(mail,'@x.com')");
    assert_true(advanced);
    assert_true(comparison(&out, "accountEnabled", "untruth", value_null(), &advanced));
    assert_bytes(&out, "accountEnabled eq false");
    assert_true(comparison(&out, "companyName", "eq", value_null(), &advanced));
    assert_bytes(&out, "companyName eq null");
    assert_true(advanced);
    assert_true(comparison(&out, "createdDateTime", "gt", string_of("2026-01-02T03:04:05Z"), &advanced));
    assert_bytes(&out, "createdDateTime ge 2026-01-02T03:04:05Z"); /* wider; filtered again */
    bytes_free(&out);
}

static void what_stays_here(void **state) {
    (void)state;
    static const struct { const char *property, *operation, *text; } rows[] = {
        {"department", "ne", "Sales"}, {"department", "like", "*a*"}, {"department", "like", "a?c*"}, {"department", "match", "x"},
        {"department", "lt", "x"}, {"nothing", "eq", "x"}, {"accountEnabled", "eq", "true"}, {"licenseAssignmentStates", "eq", "x"},
        {"createdDateTime", "le", "2026-01-01T00:00:00Z"}, {"department", "like", "*"}};
    struct bytes out = {0};
    bool advanced;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(comparison(&out, rows[i].property, rows[i].operation, string_of(rows[i].text), &advanced));
        assert_int_equal(out.length, 0);
    }
    assert_false(comparison(&out, "onPremisesSyncEnabled", "untruth", value_null(), &advanced)); /* null is untrue too */
    bytes_free(&out);
}

static void lists_have_a_limit(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct bytes out = {0};
    bool advanced = false;
    struct value list = array_new(realm, NULL, 2);
    array_push_take(list, string_of("a"));
    array_push_take(list, string_of("b'"));
    assert_true(filter_add_comparison(&out, GRAPH_USER, TEXT("city"), TEXT("in"), list, &advanced));
    assert_bytes(&out, "city in ('a','b''')");
    for (int i = 0; i < 14; i++) array_push_take(list, string_of("c"));
    assert_false(filter_add_comparison(&out, GRAPH_USER, TEXT("city"), TEXT("in"), list, &advanced));
    value_release(list);
    bytes_free(&out);
    realm_free(realm);
}

static void the_table_is_sound(void **state) {
    (void)state;
    for (size_t i = 0; resource_property_at(i); i++) {
        const struct property_row *row = resource_property_at(i);
        assert_int_equal(strlen(row->tests), 8);
        assert_int_equal(strspn(row->tests, "DA-"), 8);
        assert_ptr_equal(resource_property(row->resource, text_of(row->name)), row); /* unique */
    }
    for (int i = 0; i < GRAPH_RESOURCE_COUNT; i++) assert_true(*resource_row((enum graph_resource)i)->entity != '\0');
}

TEST_GROUP(filter, cmocka_unit_test(what_the_service_can_compare), cmocka_unit_test(what_stays_here), cmocka_unit_test(lists_have_a_limit),
           cmocka_unit_test(the_table_is_sound))
