#include "fixture.h"

#define BIND(f, has_input, ...) fixture_bind(f, (struct argument[]){__VA_ARGS__}, sizeof((struct argument[]){__VA_ARGS__}) / sizeof(struct argument), has_input)

static void positions_follow_names(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    assert_int_equal(BIND(&f, false, named("Force"), plain(string_of("ann")), plain(string_of("7"))), STATUS_OK);
    assert_text(string_text(array_at(f.binding.values[F_NAME], 0)), "ann");
    assert_int_equal(f.binding.values[F_COUNT].kind, VALUE_INT32);
    assert_int_equal(f.binding.values[F_COUNT].integer, 7);
    assert_true(value_truth(f.binding.values[F_FORCE]));
    assert_text(intern_text(f.realm->names, f.binding.set), "ByName");
    fixture_stop(&f);
}

static void a_named_parameter_chooses_its_set(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    struct argument id = {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Id"), .value = string_of("11111111-2222-3333-4444-555555555555")};
    assert_int_equal(BIND(&f, false, id), STATUS_OK);
    assert_text(intern_text(f.realm->names, f.binding.set), "ById");
    assert_int_equal(f.binding.values[F_ID].kind, VALUE_GUID);
    fixture_stop(&f);
}

static void errors_have_powershells_ids(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    assert_int_equal(BIND(&f, false, plain(string_of("a")), named("Nope")), STATUS_ERROR);
    assert_raised(&f, "NamedParameterNotFound");
    assert_int_equal(BIND(&f, false, plain(string_of("a")), named("Fo")), STATUS_ERROR);
    assert_raised(&f, "AmbiguousParameter");
    assert_int_equal(BIND(&f, false, plain(string_of("a")), plain(string_of("1")), plain(string_of("b"))), STATUS_ERROR);
    assert_raised(&f, "PositionalParameterNotFound");
    assert_int_equal(BIND(&f, false, plain(string_of("a")), named("Count")), STATUS_ERROR);
    assert_raised(&f, "MissingArgument");
    assert_int_equal(BIND(&f, false, named("Name"), plain(string_of("a")), named("Name"), plain(string_of("b"))), STATUS_ERROR);
    assert_raised(&f, "ParameterAlreadyBound");
    assert_int_equal(BIND(&f, false, plain(string_of("a")), named("Count"), plain(string_of("many"))), STATUS_ERROR);
    assert_raised(&f, "CannotConvertArgumentNoMessage");
    assert_int_equal(BIND(&f, false, plain(string_of("a")), named("Mode"), plain(string_of("lazy"))), STATUS_ERROR);
    assert_raised(&f, "ParameterArgumentValidationError");
    assert_int_equal(BIND(&f, false, plain(string_empty())), STATUS_ERROR);
    assert_raised(&f, "ParameterArgumentValidationErrorEmptyStringNotAllowed");
    assert_int_equal(BIND(&f, false, named("Force")), STATUS_ERROR);
    assert_raised(&f, "MissingMandatoryParameter");
    fixture_stop(&f);
}

static void input_binds_by_value_and_by_name(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    assert_int_equal(BIND(&f, true, named("Force")), STATUS_OK);
    assert_true(f.binding.expects_input);
    struct value text = string_of("bob"), object = object_new(f.realm, NULL, 1);
    object_put_take(f.realm, object, "Who", string_of("carl"));
    assert_int_equal(bind_input(f.realm, NULL, f.command, &f.binding, text), STATUS_OK);
    assert_text(string_text(array_at(f.binding.values[F_NAME], 0)), "bob");
    assert_int_equal(bind_input(f.realm, NULL, f.command, &f.binding, object), STATUS_OK);
    assert_text(string_text(array_at(f.binding.values[F_NAME], 0)), "carl");
    assert_int_equal(f.binding.how[F_NAME], BOUND_PIPELINE);
    value_release(text);
    value_release(object);
    fixture_stop(&f);
}

static void an_explicit_value_wins_over_a_splat(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    struct argument splat = {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Count"), .value = value_int32(1), .from_splat = true};
    assert_int_equal(BIND(&f, false, splat, plain(string_of("a")), named("Count"), plain(value_int32(2))), STATUS_OK);
    assert_int_equal(f.binding.values[F_COUNT].integer, 2);
    fixture_stop(&f);
}

TEST_GROUP(bind, cmocka_unit_test(positions_follow_names), cmocka_unit_test(a_named_parameter_chooses_its_set),
           cmocka_unit_test(errors_have_powershells_ids), cmocka_unit_test(input_binds_by_value_and_by_name),
           cmocka_unit_test(an_explicit_value_wins_over_a_splat))
