#include "test.h"
#include "m365sh/tenant/tenant.h"

/* What serve makes of a line with blanks between its words; options borrow from `line`. */
static enum status read_line(char *line, struct tenant_options *options, struct fault *fault) {
    char *arguments[32];
    int count = 0;
    for (char *rest = line, *word; (word = strsep(&rest, " ")) != NULL;) arguments[count++] = word;
    return tenant_options_read(count, arguments, options, fault);
}

static void what_serve_takes(void **state) {
    (void)state;
    struct tenant_options options;
    assert_int_equal(tenant_options_read(0, NULL, &options, NULL), STATUS_OK);
    assert_int_equal(options.port, 0);
    assert_int_equal(read_line((char[]){"--port 8080 --users=500 --seed 18446744073709551615 --throttling Realistic --faults 0.25 --latency 120 --quiet"}, &options, NULL), STATUS_OK);
    assert_int_equal(options.port, 8080);
    assert_int_equal(options.users, 500);
    assert_true(options.seed == UINT64_MAX);
    assert_true(options.throttling_realistic && options.quiet && options.fault_rate == 0.25);
    char line[] = "--socket /tmp/x --permissions A,B";
    assert_int_equal(read_line(line, &options, NULL), STATUS_OK);
    assert_int_equal(options.port, -1);
    assert_string_equal(options.permissions, "A,B");
}

static void wrong_use_names_the_option(void **state) {
    (void)state;
    struct tenant_options options;
    struct fault fault = {0};
    assert_int_equal(read_line((char[]){"--latency soon"}, &options, &fault), STATUS_ERROR);
    assert_non_null(strstr(fault.message, "--latency"));
    fault_clear(&fault);
    assert_int_equal(read_line((char[]){"--bogus"}, &options, &fault), STATUS_ERROR);
    assert_non_null(strstr(fault.message, "--bogus"));
    fault_clear(&fault);
    assert_int_equal(read_line((char[]){"--socket a --port 1"}, &options, &fault), STATUS_ERROR);
    fault_clear(&fault);
}

TEST_GROUP(options, cmocka_unit_test(what_serve_takes), cmocka_unit_test(wrong_use_names_the_option))
