#include "test.h"
#include "m365sh/cmdlets/families.h"
#include <strings.h>

/* What every row must have, so that help, completion and the tests of examples can rely on it. */
static void rows_are_complete(void **state) {
    (void)state;
    size_t position = 0, count;
    const char *family;
    const struct cmdlet_row *const *rows;
    while (families_next(&position, &family, &rows, &count)) {
        if (!strcmp(family, "mg")) continue; /* made from a table: help there is by path */
        for (size_t i = 0; i < count; i++) {
            const struct cmdlet_row *row = rows[i];
            if (!row->synopsis || !row->description || row->example_count < 2) print_error("%s lacks help or examples\n", row->name);
            assert_non_null(row->synopsis);
            assert_non_null(row->description);
            assert_true(row->example_count >= 2);
            assert_non_null(strchr(row->name, '-'));
            for (size_t k = 0; k < row->parameter_count; k++) {
                if (!row->parameters[k].help) print_error("%s -%s has no help\n", row->name, row->parameters[k].name);
                assert_non_null(row->parameters[k].help);
                for (size_t other = 0; other < k; other++) assert_int_not_equal(strcasecmp(row->parameters[k].name, row->parameters[other].name), 0);
            }
        }
    }
}

TEST_GROUP(families, cmocka_unit_test(rows_are_complete))
