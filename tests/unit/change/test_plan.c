#include "test.h"

#include "change_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/graph/decode.h"
#include "m365sh/json/json.h"
#include "m365sh/value/object.h"

#define E3 "05e9a617-0261-4cee-bb44-138d3ef5d965"
#define E5 "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
#define F3 "66b55226-6b4f-492c-910c-a3b7a3c9d993"
#define STATE(sku, group, plans) "{\"SkuId\":\"" sku "\",\"AssignedByGroup\":" group ",\"DisabledPlans\":[" plans "]}"
#define USER(states) "{\"Id\":\"u\",\"LicenseAssignmentStates\":[" states "]}"

static struct value read_user(struct realm *realm, const char *json) {
    struct value v;
    const struct json_read_options options = {.keep_dates_text = true};
    assert_int_equal(json_read(realm, text_of(json), &options, &v), STATUS_OK);
    return v;
}

struct plan_case { struct realm *realm; struct changes changes; struct change_queue queue; struct change_item item; };

static void start(struct plan_case *test, const char *user) {
    memset(test, 0, sizeof *test);
    test->realm = realm_new();
    test->changes.realm = test->realm;
    test->changes.group_names = map_new(MAP_FOLD);
    map_put(test->changes.group_names, TEXT("g"), (void *)"Field");
    test->queue.changes = &test->changes;
    test->item.kind = ITEM_LICENSE;
    test->item.state = ITEM_READ;
    test->item.user = read_user(test->realm, user);
    bytes_add_string(&test->item.name, "u@x.com");
}

static void finish(struct plan_case *test) {
    map_free(test->changes.group_names, NULL);
    value_release(test->item.user);
    value_release(test->item.error);
    bytes_free(&test->item.name);
    sku_list_free(&test->item.remove);
    sku_list_free(&test->item.sent_remove);
    sku_list_free(&test->item.sent_add);
    sku_list_free(&test->item.inherited);
    realm_free(test->realm);
}

static void removals(void **state) {
    (void)state;
    struct plan_case test;
    start(&test, USER(STATE(E3, "null", "") "," STATE(E5, "\"g\"", "")));
    sku_list_add(&test.item.remove, TEXT(E3));
    sku_list_add(&test.item.remove, TEXT(F3));
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.state, ITEM_PLANNED);
    assert_int_equal(test.item.sent_remove.count, 1);
    assert_string_equal(test.item.sent_remove.items[0].text, E3);
    struct bytes body = {0};
    apply_add_body(&body, test.realm, &test.item);
    assert_bytes(&body, "{\"addLicenses\":[],\"removeLicenses\":[\"" E3 "\"]}");
    bytes_free(&body);
    finish(&test);
}

static void an_inherited_one_is_refused_with_its_group(void **state) {
    (void)state;
    struct plan_case test;
    start(&test, USER(STATE(E5, "\"g\"", "")));
    sku_list_add(&test.item.remove, TEXT(E5));
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.status, CHANGE_REFUSED);
    assert_true(text_find(error_record_message(test.item.error), TEXT("'Field'"), 0) != TEXT_NOT_FOUND);
    finish(&test);
    start(&test, USER(STATE(E5, "\"g\"", "") "," STATE(E5, "null", "")));
    test.item.remove_all = true;
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.state, ITEM_PLANNED); /* the direct one goes, and the error says that the other stays */
    assert_int_equal(test.item.sent_remove.count, 1);
    finish(&test);
}

static void what_is_absent_is_fine(void **state) {
    (void)state;
    struct plan_case test;
    start(&test, USER(""));
    sku_list_add(&test.item.remove, TEXT(E3));
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.state, ITEM_FINAL);
    assert_int_equal(test.item.status, CHANGE_ALREADY_ABSENT);
    finish(&test);
}

static void additions(void **state) {
    (void)state;
    struct plan_case test;
    struct sku_add add = {.id = {E3}};
    start(&test, USER(STATE(E3, "null", "\"p1\"")));
    test.item.add = &add;
    test.item.add_count = 1;
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.status, CHANGE_ALREADY_PRESENT);
    test.item.state = ITEM_READ; /* other disabled plans replace those that are */
    add.sets_plans = true;
    plan_item(&test.queue, &test.item);
    assert_int_equal(test.item.state, ITEM_PLANNED);
    assert_false(!plan_holds(test.realm, &test.item));
    finish(&test);
}

static void statuses_make_the_exit_code(void **state) {
    (void)state;
    struct change_totals totals = {0};
    report_count(&totals, CHANGE_DONE);
    report_count(&totals, CHANGE_ALREADY_ABSENT);
    report_count(&totals, CHANGE_SKIPPED);
    assert_true(changes_all_well(&totals));
    static const enum change_status bad[] = {CHANGE_FAILED, CHANGE_REFUSED, CHANGE_UNKNOWN, CHANGE_NOT_BEGUN};
    for (size_t i = 0; i < 4; i++) {
        struct change_totals one = {0};
        report_count(&one, bad[i]);
        assert_false(changes_all_well(&one));
    }
    for (int i = 0; i < CHANGE_STATUS_COUNT; i++) assert_non_null(change_status_name((enum change_status)i));
}

TEST_GROUP(plan, cmocka_unit_test(removals), cmocka_unit_test(an_inherited_one_is_refused_with_its_group), cmocka_unit_test(what_is_absent_is_fine),
           cmocka_unit_test(additions), cmocka_unit_test(statuses_make_the_exit_code))
