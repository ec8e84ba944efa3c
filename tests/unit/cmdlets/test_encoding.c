#include "test.h"
#include "encoding_private.h"

static void there_and_back(void **state) {
    (void)state;
    static const struct { enum file_encoding encoding; const char *text, *bytes; size_t length; } rows[] = {
        {FILE_UTF8, "é€", "\xC3\xA9\xE2\x82\xAC", 5}, {FILE_UTF16, "é😀", "\xE9\0\x3D\xD8\0\xDE", 6}, {FILE_UTF16_BIG, "é", "\0\xE9", 2},
        {FILE_UTF32, "€", "\xAC\x20\0\0", 4},         {FILE_LATIN1, "é", "\xE9", 1},                  {FILE_ANSI, "€é", "\x80\xE9", 2},
    };
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        encoding_encode(&out, text_of(rows[i].text), rows[i].encoding);
        assert_int_equal(out.length, rows[i].length);
        assert_memory_equal(out.data, rows[i].bytes, rows[i].length);
        bytes_clear(&out);
        encoding_decode(&out, text_make(rows[i].bytes, rows[i].length), rows[i].encoding);
        assert_bytes(&out, rows[i].text);
    }
    bytes_free(&out);
}

static void marks_and_what_does_not_fit(void **state) {
    (void)state;
    struct bytes out = {0};
    encoding_encode(&out, TEXT("é€😀a"), FILE_ASCII);
    assert_bytes(&out, "????a");
    encoding_decode(&out, TEXT("\xFF\xFE" "A\0"), FILE_UTF8);
    assert_bytes(&out, "A");
    encoding_decode(&out, TEXT("\xEF\xBB\xBFx"), FILE_LATIN1);
    assert_bytes(&out, "x");
    encoding_decode(&out, TEXT("a\xFF"), FILE_UTF8);
    assert_bytes(&out, "a\xEF\xBF\xBD");
    assert_false(encoding_is_plain(TEXT("\xFF\xFE" "A\0"), FILE_UTF8));
    assert_true(encoding_is_plain(TEXT("A"), FILE_UTF8));
    bytes_free(&out);
}

TEST_GROUP(encoding, cmocka_unit_test(there_and_back), cmocka_unit_test(marks_and_what_does_not_fit))
