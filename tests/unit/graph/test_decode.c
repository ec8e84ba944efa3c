#include "test.h"

#include "m365sh/graph/decode.h"
#include "m365sh/json/json.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

static struct value decoded(struct decoder *decoder, struct realm *realm, const char *json, uint8_t generation) {
    struct value v;
    const struct json_read_options options = {.keep_dates_text = true};
    assert_int_equal(json_read(realm, text_of(json), &options, &v), STATUS_OK);
    return decode_object_take(decoder, GRAPH_USER, NULL, v, generation);
}

static void names_and_kinds(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct decoder *decoder = decoder_new(realm);
    struct value one = decoded(decoder, realm, "{\"id\":\"1\",\"displayName\":\"2026-01-01T00:00:00Z\",\"createdDateTime\":\"2026-01-01T00:00:00Z\",\"assignedLicenses\":[{\"skuId\":\"s\"}]}", 1);
    struct value two = decoded(decoder, realm, "{\"id\":\"2\",\"displayName\":\"b\",\"createdDateTime\":null,\"assignedLicenses\":[]}", 1);
    assert_string_equal(object_block(one)->shape->entries[1].spelling, "DisplayName");
    assert_ptr_equal(object_block(one)->shape, object_block(two)->shape);
    assert_int_equal(decode_get(realm, one, "DisplayName").kind, VALUE_STRING); /* only moments become dates */
    assert_int_equal(decode_get(realm, one, "CreatedDateTime").kind, VALUE_DATETIME);
    assert_text(decode_text(realm, array_at(decode_get(realm, one, "AssignedLicenses"), 0), "SkuId"), "s");
    assert_text(string_text(array_at(object_block(one)->type_names, 0)), "M365.User");
    struct value group = decoded(decoder, realm, "{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"3\",\"x@odata.y\":1,\"z\":2}", 1);
    assert_text(string_text(array_at(object_block(group)->type_names, 0)), "M365.Group");
    assert_int_equal(object_block(group)->shape->count, 2);
    assert_int_equal(decode_get(realm, group, "Z").integer, 2);
    value_release(one);
    value_release(two);
    value_release(group);
    decoder_free(decoder);
    realm_free(realm);
}

static void age_and_tenant(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct decoder *decoder = decoder_new(realm);
    struct value user = decoded(decoder, realm, "{\"id\":\"1\"}", 3), other = object_new(realm, NULL, 1);
    assert_true(decode_age(user, 3) >= 0);
    assert_int_equal(decode_age(user, 4), -1);
    assert_int_equal(decode_age(other, 3), -1);
    assert_int_equal(decode_age(value_null(), 3), -1);
    value_release(user);
    value_release(other);
    decoder_free(decoder);
    realm_free(realm);
}

TEST_GROUP(decode, cmocka_unit_test(names_and_kinds), cmocka_unit_test(age_and_tenant))
