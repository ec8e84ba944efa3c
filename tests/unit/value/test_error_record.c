#include "test.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/realm.h"
#include "m365sh/value/string.h"

static void raising_fills_a_record(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value target = string_of("x.txt");
    enum status status = realm_raise_target(realm, "ItemNotFoundException", "PathNotFound", ERROR_OBJECT_NOT_FOUND, target,
                                            "There is no %s.", "x.txt");
    assert_int_equal(status, STATUS_ERROR);
    struct value record = realm_take_raised(realm);
    assert_int_equal(realm->raised.kind, VALUE_UNSET);
    assert_true(value_is_error_record(record) && !value_is_exception(record));
    assert_text(error_record_message(record), "There is no x.txt.");
    assert_text(string_text(error_record_get(record, ERROR_ID)), "PathNotFound");
    assert_int_equal(error_record_category(record), ERROR_OBJECT_NOT_FOUND);
    assert_string_equal(error_category_name(ERROR_NOT_ENABLED), "NotEnabled");
    struct value exception = error_record_get(record, ERROR_EXCEPTION);
    assert_true(value_is_exception(exception));
    assert_text(exception_type_name(exception), "System.Management.Automation.ItemNotFoundException");
    value_release(record);
    value_release(target);
    realm_free(realm);
}

static void a_block_without_host_is_an_error(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value out;
    assert_int_equal(callable_call_collect(realm, &(struct block_call){.block = value_null()}, &out), STATUS_ERROR);
    assert_int_equal(error_record_category(realm->raised), ERROR_INVALID_OPERATION);
    struct fault fault = {0};
    fault_set(&fault, FAULT_DENIED, 0, "no");
    assert_int_equal(realm_raise_fault(realm, &fault, NULL), STATUS_ERROR);
    assert_text(exception_type_name(error_record_get(realm->raised, ERROR_EXCEPTION)), "System.UnauthorizedAccessException");
    realm_free(realm);
}

TEST_GROUP(error_record, cmocka_unit_test(raising_fills_a_record), cmocka_unit_test(a_block_without_host_is_an_error))
