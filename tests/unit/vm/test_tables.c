#include "vm_support.h"

#include "engine_private.h"

static void test_name_table(void **state) {
    (void)state;
    struct name_table table = {0};
    int things[200];
    for (name_id i = 1; i < 200; i++) name_table_put(&table, i, &things[i]);
    for (name_id i = 1; i < 200; i += 2) assert_ptr_equal(name_table_remove(&table, i), &things[i]);
    assert_int_equal(table.count, 99);
    for (name_id i = 1; i < 200; i++) assert_ptr_equal(name_table_get(&table, i), i % 2 ? NULL : (void *)&things[i]);
    uint32_t position = 0, seen = 0;
    name_id name;
    void *item;
    while (name_table_next(&table, &position, &name, &item)) seen++;
    assert_int_equal(seen, 99);
    name_table_free(&table, NULL);
}

static void test_memory_stays(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    shell_run(&shell, "for ($i = 0; $i -lt 30000; $i++) { $h = @{}; $h.self = $h }");
    heap_collect_all(shell.realm->heap);
    assert_in_range(heap_live_containers(shell.realm->heap), 0, 500);
    shell_stop(&shell);
}

TEST_GROUP(tables, cmocka_unit_test(test_name_table), cmocka_unit_test(test_memory_stays))
