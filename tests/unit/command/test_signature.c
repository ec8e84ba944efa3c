#include "fixture.h"

static void names_are_found_by_prefix_and_alias(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    const struct signature *signature = command_signature(f.realm, f.command);
    assert_int_equal(signature_find(signature, f.realm, TEXT("NAME")), F_NAME);
    assert_int_equal(signature_find(signature, f.realm, TEXT("who")), F_NAME);
    assert_int_equal(signature_find(signature, f.realm, TEXT("c")), F_COUNT);
    assert_int_equal(signature_find(signature, f.realm, TEXT("Fo")), -2);
    assert_int_equal(signature_find(signature, f.realm, TEXT("For")), -2);
    assert_int_equal(signature_find(signature, f.realm, TEXT("Forc")), F_FORCE);
    assert_int_equal(signature_find(signature, f.realm, TEXT("Nothing")), -1);
    assert_true(signature_find(signature, f.realm, TEXT("ea")) >= (int)signature->common_start);
    fixture_stop(&f);
}

static void sets_are_numbered_with_the_default_first(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    const struct signature *signature = command_signature(f.realm, f.command);
    assert_int_equal(signature->set_count, 2);
    assert_int_equal(signature->parameters[F_NAME].mask, 1);
    assert_int_equal(signature->parameters[F_ID].mask, 2);
    assert_true(signature->parameters[F_COUNT].mask == ~0ull);
    fixture_stop(&f);
}

TEST_GROUP(signature, cmocka_unit_test(names_are_found_by_prefix_and_alias), cmocka_unit_test(sets_are_numbered_with_the_default_first))
