#include "fixture.h"

static void rows_are_found_with_aliases_and_near_names(void **state) {
    (void)state;
    struct fixture f;
    fixture_start(&f);
    name_id alias = command_table_alias(f.table, intern_name(f.realm->names, TEXT("GET-THINGS")));
    assert_ptr_equal(command_table_find(f.table, alias), f.command);
    assert_null(command_table_find(f.table, intern_name(f.realm->names, TEXT("Get-Other"))));
    struct text near[3];
    assert_int_equal(command_table_near(f.table, TEXT("Get-Thign"), near, 3), 1);
    assert_text(near[0], "Get-Thing");
    assert_int_equal(command_table_near(f.table, TEXT("Remove-Item"), near, 3), 0);
    fixture_stop(&f);
}

TEST_GROUP(command_table, cmocka_unit_test(rows_are_found_with_aliases_and_near_names))
