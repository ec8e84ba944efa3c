#include "test.h"
#include "catalog_private.h"
#include "embedded_private.h"
#include "license_private.h"
#include "m365sh/base/guid.h"

static void tables_are_whole(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    assert_true(catalog->product_count >= 49);
    assert_true(catalog->plan_count >= 190 && catalog->plan_count < CATALOG_PLANS);
    assert_int_equal(catalog->dependency_count, 5);
    assert_true(catalog->exclusion_count >= 12);
    for (int i = 0; i < catalog->product_count; i++) {
        struct guid guid;
        assert_true(guid_read(catalog->products[i].id, &guid));
        assert_int_equal(catalog_find(catalog, catalog->products[i].id), i);
        assert_int_equal(catalog_find_part(catalog, catalog->products[i].part_number), i);
        assert_true(catalog->products[i].plan_count < CATALOG_PRODUCT_PLANS);
    }
    int e3 = catalog_find_part(catalog, TEXT("spe_e3"));
    assert_int_equal(e3, 0); /* stores keep this number */
    assert_true(catalog->products[e3].plan_count >= 50);
    assert_int_equal(catalog_plan_in(catalog, e3, catalog_find_plan(catalog, TEXT("00000000-0000-0000-0000-000000000000"))), -1);
    catalog_free(catalog);
}

/* No product excludes itself; those that depend on another are the add-ons. */
static void products_by_themselves(void **state) {
    (void)state;
    struct catalog *catalog = catalog_load();
    for (int i = 0; i < catalog->product_count; i++) {
        struct holding holding = {0};
        assert_true(license_put_path(&holding, i, 0, (struct plan_bits){{0}}));
        struct license_problem problem = license_judge(catalog, &holding);
        assert_int_not_equal(problem.kind, LICENSE_EXCLUSION);
        if (problem.kind == LICENSE_DEPENDENCY) assert_true(catalog->products[i].plan_count < 10);
    }
    catalog_free(catalog);
}

static void rows_of_a_table(void **state) {
    (void)state;
    struct text rest = TEXT("# comment\na\tb\tc\n\nd\n"), fields[2];
    int count;
    assert_true(embedded_row(&rest, fields, 2, &count));
    assert_int_equal(count, 2);
    assert_text(fields[1], "b");
    assert_true(embedded_row(&rest, fields, 2, &count));
    assert_int_equal(count, 1);
    assert_false(embedded_row(&rest, fields, 2, &count));
    assert_int_equal(embedded_file("no/such").length, 0);
    assert_int_equal(embedded_file("").length, 0);
    assert_true(embedded_file("schema.sql").length > 0);
}

TEST_GROUP(catalog, cmocka_unit_test(tables_are_whole), cmocka_unit_test(products_by_themselves), cmocka_unit_test(rows_of_a_table))
