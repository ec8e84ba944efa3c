#include "test.h"
#include "text_reader_private.h"
#include "m365sh/base/file.h"

static void lines_of_text(void **state) {
    (void)state;
    struct text_reader *reader = text_reader_over(TEXT("one\r\ntwo\n\nthree\rfour"));
    static const char *const expected[] = {"one", "two", "", "three", "four"};
    struct text line;
    for (int i = 0; i < 5; i++) {
        assert_true(text_reader_line(reader, &line));
        assert_text(line, expected[i]);
        assert_int_equal(text_reader_ended(reader), i < 4);
    }
    assert_false(text_reader_line(reader, &line));
    text_reader_free(reader);
    reader = text_reader_over(TEXT("a;b;;c;"));
    static const char *const parts[] = {"a", "b", "", "c"};
    for (int i = 0; i < 4; i++) {
        assert_true(text_reader_part(reader, TEXT(";"), &line));
        assert_text(line, parts[i]);
    }
    assert_false(text_reader_part(reader, TEXT(";"), &line));
    text_reader_free(reader);
}

/* Lines cross the blocks in which a file is read, also between CR and LF. */
static void lines_of_a_large_file(void **state) {
    (void)state;
    char *folder = test_make_folder();
    struct bytes path = {0}, content = {0};
    bytes_add_format(&path, "%s/large.txt", folder);
    bytes_add_string(&content, "\xEF\xBB\xBF");
    for (int i = 0; i < 20000; i++) bytes_add_format(&content, "line %d\r\n", i);
    assert_int_equal(file_append(path.data, content.data, content.length, 0600, NULL), STATUS_OK);
    struct text_reader *reader = text_reader_open(path.data, FILE_UTF8, NULL);
    struct text line;
    int count = 0;
    char wanted[32];
    for (; text_reader_line(reader, &line); count++) {
        snprintf(wanted, sizeof wanted, "line %d", count);
        assert_text(line, wanted);
    }
    assert_int_equal(count, 20000);
    text_reader_free(reader);
    assert_null(text_reader_open(folder, FILE_UTF8, NULL));
    assert_null(text_reader_open("/nowhere/at/all", FILE_UTF8, NULL));
    bytes_free(&path);
    bytes_free(&content);
    test_remove_folder(folder);
}

TEST_GROUP(text_reader, cmocka_unit_test(lines_of_text), cmocka_unit_test(lines_of_a_large_file))
