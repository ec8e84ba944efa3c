#include "test.h"
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/clock.h"
#include "m365sh/base/file.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/library.h"
#include "m365sh/base/log.h"
#include "m365sh/base/path.h"
#include "m365sh/base/process.h"
#include "m365sh/base/random.h"

static void files_are_replaced_whole(void **state) {
    (void)state;
    char *folder = test_make_folder();
    struct bytes path = {0}, content = {0};
    struct fault fault = {0};
    bytes_add_format(&path, "%s/a/b", folder);
    assert_int_equal(file_make_folders(path.data, 0700, &fault), STATUS_OK);
    assert_int_equal(file_make_folders(path.data, 0700, &fault), STATUS_OK);
    bytes_add_string(&path, "/file");
    assert_int_equal(file_replace(path.data, "one", 3, 0600, &fault), STATUS_OK);
    assert_int_equal(file_replace(path.data, "two\n", 4, 0600, &fault), STATUS_OK);
    assert_int_equal(file_append(path.data, "three", 5, 0600, &fault), STATUS_OK);
    assert_int_equal(file_read(path.data, 100, &content, &fault), STATUS_OK);
    assert_bytes(&content, "two\nthree");
    assert_int_equal(file_read(path.data, 8, &content, &fault), STATUS_ERROR);
    assert_int_equal(fault.kind, FAULT_LIMIT);
    struct stat facts;
    assert_int_equal(stat(path.data, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(file_read(folder, 100, &content, &fault), STATUS_ERROR);
    assert_int_equal(fault.kind, FAULT_IS_FOLDER);
    assert_int_equal(file_read("/does/not/exist", 100, &content, &fault), STATUS_ERROR);
    assert_int_equal(fault.kind, FAULT_NOT_FOUND);
    assert_true(file_exists(path.data) && !file_is_folder(path.data) && file_is_folder(folder));
    fault_clear(&fault);
    bytes_free(&path);
    bytes_free(&content);
    test_remove_folder(folder);
}

static void paths_as_text(void **state) {
    (void)state;
    static const struct { const char *path, *expected; } resolved[] = {
        {"a", "/base/dir/a"},     {"../x", "/base/x"}, {"../../../..", "/"},       {"/a//b/./c/", "/a/b/c"},
        {"\\a\\b", "/a/b"},       {".", "/base/dir"},  {"~", "/home/somebody"},    {"~/x/..", "/home/somebody"},
        {"~x", "/base/dir/~x"},   {"", "/base/dir"},   {"a/../b\\c", "/base/dir/b/c"},
    };
    setenv("HOME", "/home/somebody", 1);
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof resolved / sizeof *resolved; i++) {
        path_resolve(text_of(resolved[i].path), TEXT("/base/dir"), &out);
        assert_bytes(&out, resolved[i].expected);
    }
    assert_text(path_parent(TEXT("/a/b/")), "/a");
    assert_text(path_parent(TEXT("/a")), "/");
    assert_text(path_parent(TEXT("/")), "");
    assert_text(path_parent(TEXT("a")), "");
    assert_text(path_leaf(TEXT("/a/b.txt")), "b.txt");
    assert_text(path_extension(TEXT("/a.b/c.tar.gz")), ".gz");
    assert_text(path_extension(TEXT("/a.b/c")), "");
    path_join(TEXT("/a/"), TEXT("/b"), &out);
    assert_bytes(&out, "/a/b");
    setenv("M365SH_HOME", "/m", 1);
    path_of_place(PATH_STATE, &out);
    assert_bytes(&out, "/m/state");
    unsetenv("M365SH_HOME");
    setenv("XDG_CONFIG_HOME", "/c", 1);
    path_of_place(PATH_CONFIGURATION, &out);
    assert_bytes(&out, "/c/m365sh");
    unsetenv("XDG_CONFIG_HOME");
    bytes_free(&out);
}

static void programs_run(void **state) {
    (void)state;
    struct bytes program = {0}, output = {0};
    struct fault fault = {0};
    assert_true(process_find(TEXT("sh"), &program));
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const char *const arguments[] = {"sh", "-c", "pwd; exit 7", NULL};
    struct process_start start = {program.data, arguments, "/", NULL, -1, ends[1], -1, false, false};
    pid_t pid;
    assert_int_equal(process_begin(&start, &pid, &fault), STATUS_OK);
    close(ends[1]);
    assert_int_equal(file_read_descriptor(ends[0], 100, &output, &fault), STATUS_OK);
    close(ends[0]);
    assert_int_equal(process_wait(pid), 7);
    assert_bytes(&output, "/\n");
    start.program = "/does/not/exist";
    start.output = -1;
    assert_int_equal(process_begin(&start, &pid, &fault), STATUS_ERROR);
    assert_int_equal(fault.kind, FAULT_NOT_FOUND);
    bytes_clear(&program);
    assert_false(process_find(TEXT("no-such-program-anywhere"), &program));
    assert_true(process_self(&program));
    fault_clear(&fault);
    bytes_free(&program);
    bytes_free(&output);
}

static void a_signal_ends_a_sleep(void **state) {
    (void)state;
    interrupt_install();
    raise(SIGINT);
    assert_true(interrupt_pending());
    assert_false(clock_sleep(5000000000));
    interrupt_clear();
    int64_t before = clock_steady();
    assert_true(clock_sleep(1000000));
    assert_true(clock_steady() - before >= 1000000);
    struct clock_source fixed = {42};
    assert_int_equal(clock_now(&fixed), 42);
    assert_true(clock_now(NULL) > 638000000000000000);
}

static void guids(void **state) {
    (void)state;
    struct guid guid;
    struct bytes out = {0};
    assert_true(guid_read(TEXT("{0123ABCD-4567-89ab-cdef-0123456789ab}"), &guid));
    guid_add(&out, &guid, 'D');
    assert_bytes(&out, "0123abcd-4567-89ab-cdef-0123456789ab");
    guid_add(&out, &guid, 'P');
    assert_bytes(&out, "(0123abcd-4567-89ab-cdef-0123456789ab)");
    assert_true(guid_read(TEXT("0123abcd456789abcdef0123456789ab"), &guid));
    assert_false(guid_read(TEXT("{0123abcd-4567-89ab-cdef-0123456789ab)"), &guid));
    assert_false(guid_read(TEXT("0123abcd-4567-89ab-cdef-0123456789ag"), &guid));
    random_guid(NULL, guid.bytes);
    assert_int_equal(guid.bytes[6] >> 4, 4);
    assert_int_equal(guid.bytes[8] >> 6, 2);
    bytes_free(&out);
}

static void seeded_numbers_repeat(void **state) {
    (void)state;
    struct random a, b;
    random_seed(&a, 5);
    random_seed(&b, 5);
    for (int i = 0; i < 100; i++) {
        uint64_t number = random_below(&a, 10);
        assert_true(number < 10);
        assert_int_equal(number, random_below(&b, 10));
        double fraction = random_fraction(&a);
        assert_true(fraction >= 0 && fraction < 1);
        random_fraction(&b);
    }
}

static void log_lines_are_json(void **state) {
    (void)state;
    struct bytes out = {0};
    log_add_json_text(&out, TEXT("a\"b\\\n\x01\xc3\xa9"));
    assert_bytes(&out, "\"a\\\"b\\\\\\n\\u0001\xc3\xa9\"");
    char *folder = test_make_folder();
    struct bytes path = {0};
    bytes_add_format(&path, "%s/log", folder);
    struct log_file *log = log_open(path.data, NULL);
    log_line(log, TEXT("{}"));
    log_close(log);
    assert_int_equal(file_read(path.data, 100, &out, NULL), STATUS_OK);
    assert_bytes(&out, "{}\n");
    bytes_free(&path);
    bytes_free(&out);
    test_remove_folder(folder);
}

static void a_missing_library_names_its_package(void **state) {
    (void)state;
    struct fault fault = {0};
    const char *const names[] = {"libdoes-not-exist.so.1", NULL};
    assert_int_equal(library_load(names, "libnothing", NULL, 0, &fault), STATUS_ERROR);
    assert_int_equal(fault.kind, FAULT_LIBRARY);
    assert_non_null(strstr(fault.message, "libnothing"));
    fault_clear(&fault);
}

TEST_GROUP(system, cmocka_unit_test(files_are_replaced_whole), cmocka_unit_test(paths_as_text),
           cmocka_unit_test(programs_run), cmocka_unit_test(a_signal_ends_a_sleep), cmocka_unit_test(guids),
           cmocka_unit_test(seeded_numbers_repeat), cmocka_unit_test(log_lines_are_json),
           cmocka_unit_test(a_missing_library_names_its_package))
