#include "test.h"

#include "m365sh/graph/error.h"
#include "m365sh/json/json.h"
#include "m365sh/value/string.h"

static void codes_and_sentences(void **state) {
    (void)state;
    static const struct { int status; const char *body, *id, *part; enum error_category category; } rows[] = {
        {403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"x\"}}", "Graph.Authorization_RequestDenied", "permission", ERROR_PERMISSION_DENIED},
        {400, "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"License assignment cannot be done for user with invalid usage location.\"}}", "Graph.Request_BadRequest", "-UsageLocation", ERROR_INVALID_ARGUMENT},
        {400, "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"Something new\"}}", "Graph.Request_BadRequest", "Something new", ERROR_INVALID_ARGUMENT},
        {404, "{\"error\":{\"code\":\"Request_ResourceNotFound\",\"message\":\"x\"}}", "Graph.Request_ResourceNotFound", "no user", ERROR_OBJECT_NOT_FOUND},
        {503, "not json", "Graph.UnknownError", "not available", ERROR_RESOURCE_UNAVAILABLE},
    };
    struct realm *realm = realm_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value body = VALUE_UNSET_INIT;
        const struct json_read_options options = {0};
        if (json_read(realm, text_of(rows[i].body), &options, &body) != STATUS_OK) value_release(realm_take_raised(realm));
        const struct graph_failure failure = {.status = rows[i].status, .body = body, .request_id = TEXT("r-1"), .what = TEXT("GET users/x")};
        struct value record = error_record_of(realm, &failure, value_null());
        assert_text(string_text(error_record_get(record, ERROR_ID)), rows[i].id);
        assert_true(text_find(error_record_message(record), text_of(rows[i].part), 0) != TEXT_NOT_FOUND);
        assert_true(text_find(error_record_message(record), TEXT("r-1"), 0) != TEXT_NOT_FOUND);
        assert_int_equal(error_record_category(record), rows[i].category);
        value_release(record);
        value_release(body);
    }
    realm_free(realm);
}

static void licence_texts(void **state) {
    (void)state;
    assert_int_equal(error_license(TEXT("User does not have a corresponding license.")), LICENSE_NOT_HELD);
    assert_int_equal(error_license(TEXT("USER LICENSE IS INHERITED FROM A GROUP MEMBERSHIP and")), LICENSE_INHERITED);
    assert_int_equal(error_license(TEXT("anything else")), LICENSE_FAILURE_NONE);
}

TEST_GROUP(error, cmocka_unit_test(codes_and_sentences), cmocka_unit_test(licence_texts))
