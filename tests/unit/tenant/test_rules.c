#include "test.h"
#include "license_private.h"

static int sku(const struct catalog *catalog, const char *part_number) {
    int place = catalog_find_part(catalog, text_of(part_number));
    assert_true(place >= 0);
    return place;
}

static struct plan_bits plans(const struct catalog *catalog, int product, const char *ids) {
    struct plan_bits bits;
    assert_true(license_read_plans(catalog, product, text_of(ids), ',', &bits));
    return bits;
}

static const struct plan_bits none = {{0}};

static void paths_are_one_per_way(void **state) {
    (void)state;
    struct holding holding = {0};
    assert_true(license_put_path(&holding, 3, 0, none));
    assert_true(license_put_path(&holding, 3, 7, none));
    assert_true(license_put_path(&holding, 3, 0, (struct plan_bits){{1, 0}}));
    assert_int_equal(holding.count, 2);
    assert_int_equal(license_path_of(&holding, 3, 0)->disabled.bits[0], 1);
    license_remove_path(&holding, 3, 0);
    assert_true(license_consumes(&holding, 3));
    license_path_of(&holding, 3, 7)->active = false;
    assert_false(license_consumes(&holding, 3));
    for (int i = holding.count; i < HOLDING_PATHS; i++) assert_true(license_put_path(&holding, i + 10, 0, none));
    assert_false(license_put_path(&holding, 5, 0, none));
}

static void check(const struct catalog *catalog, const struct holding *holding, const char *expected) {
    struct bytes words = {0};
    struct license_problem problem = license_judge(catalog, holding);
    bytes_add_format(&words, "%s: ", license_problem_name(problem.kind));
    if (problem.kind) license_add_problem(catalog, &problem, &words);
    assert_bytes(&words, expected);
    bytes_free(&words);
}

static void exclusions_over_the_union(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct holding holding = {0};
    int e3 = sku(catalog, "SPE_E3"), e1 = sku(catalog, "STANDARDPACK");
    license_put_path(&holding, e3, 0, none);
    license_put_path(&holding, e1, 9, none);
    check(catalog, &holding, "MutuallyExclusiveViolation: License assignment failed because service plans 5dbe027f-2339-4123-9542-606e4d348a72, "
                             "c7699d2e-19aa-44de-8edf-1736da088ca1 are mutually exclusive.");
    license_put_path(&holding, e1, 9, plans(catalog, e1, "c7699d2e-19aa-44de-8edf-1736da088ca1,"));
    check(catalog, &holding, "None: ");
    license_put_path(&holding, e1, 0, none); /* a plan is on when one path turns it on */
    check(catalog, &holding, "MutuallyExclusiveViolation: License assignment failed because service plans 5dbe027f-2339-4123-9542-606e4d348a72, "
                             "c7699d2e-19aa-44de-8edf-1736da088ca1 are mutually exclusive.");
    license_path_of(&holding, e1, 0)->active = false;
    check(catalog, &holding, "None: ");
    catalog_free(catalog);
}

static void dependencies_want_one_of_several(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct holding holding = {0};
    int analytics = sku(catalog, "WORKPLACE_ANALYTICS"), kiosk = sku(catalog, "EXCHANGEDESKLESS"), plan1 = sku(catalog, "EXCHANGESTANDARD");
    license_put_path(&holding, analytics, 0, none);
    check(catalog, &holding, "DependencyViolation: License assignment failed because service plan f477b0f0-3bb1-4890-940c-40fcee6ce05f depends on the "
                             "service plan(s) 9aaf7827-d63c-4b61-89c3-182f06f82e5c, efb87545-963c-4e0d-99df-69c6916d9eb0");
    license_put_path(&holding, kiosk, 0, none);
    assert_int_equal(license_judge(catalog, &holding).kind, LICENSE_DEPENDENCY);
    license_remove_path(&holding, kiosk, 0);
    license_put_path(&holding, plan1, 0, none);
    check(catalog, &holding, "None: ");
    catalog_free(catalog);
}

static void plan_ids_there_and_back(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    struct bytes ids = {0};
    int e5 = sku(catalog, "SPE_E5");
    struct plan_bits bits = {{1, 1ull << 15}}, back;
    license_add_plan_ids(catalog, e5, bits, &ids);
    assert_true(license_read_plans(catalog, e5, bytes_text(&ids), ',', &back));
    assert_memory_equal(&bits, &back, sizeof bits);
    assert_false(license_read_plans(catalog, e5, TEXT("rubbish"), ',', &back));
    bytes_free(&ids);
    catalog_free(catalog);
}

TEST_GROUP(rules, cmocka_unit_test(paths_are_one_per_way), cmocka_unit_test(exclusions_over_the_union), cmocka_unit_test(dependencies_want_one_of_several),
           cmocka_unit_test(plan_ids_there_and_back))
