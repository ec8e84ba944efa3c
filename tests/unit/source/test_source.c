#include "test.h"
#include "m365sh/source/diagnostic.h"
#include "m365sh/source/excerpt.h"
#include "m365sh/source/source.h"

static void positions_count_utf16_columns(void **state) {
    (void)state;
    struct source *source;
    assert_int_equal(source_new(TEXT("a.ps1"), TEXT("\xef\xbb\xbf" "one\r\ntw\xf0\x9f\x98\x80o\rthree\n"), &source, NULL), STATUS_OK);
    uint32_t line, column;
    source_position(source, 5 + 6, &line, &column); /* the o after the emoji */
    assert_int_equal(line, 2);
    assert_int_equal(column, 5);
    assert_int_equal(source_line_count(source), 4);
    assert_text(source_line(source, 1), "one");
    assert_text(source_line(source, 3), "three");
    assert_text(source_line(source, 4), "");
    assert_text(source_slice(source, (struct span){0, 3}), "one");
    source_position(source, 999, &line, &column);
    assert_int_equal(line, 4);
    source_release(source_keep(source));
    source_release(source);
    assert_int_equal(source_new(TEXT(""), text_make("\xff\xfe" "a\0\x3d\xd8\x00\xde", 8), &source, NULL), STATUS_OK);
    assert_text(source_content(source), "a\xf0\x9f\x98\x80");
    source_release(source);
}

static void diagnostics_and_excerpts(void **state) {
    (void)state;
    struct source *source;
    struct diagnostic_list list = {0};
    struct bytes out = {0};
    source_new(TEXT(""), TEXT("if ($a) {\n\tGet-Thing -Bar 1\n"), &source, NULL);
    struct span span = {21, 25};
    diagnostic_add(&list, "MissingEndCurlyBrace", span, true, "This %s is not closed.", "brace");
    assert_true(diagnostic_any_error(&list) && diagnostic_all_incomplete(&list));
    diagnostic_add_line(&out, source, &list.items[0]);
    assert_bytes(&out, "<text>:2:12: error MissingEndCurlyBrace: This brace is not closed.");
    excerpt_add(&out, source, span, 80);
    assert_bytes(&out, "   2 |  Get-Thing -Bar 1\n     |            ^~~~\n");
    for (int i = 0; i < 200; i++) diagnostic_add(&list, "X", span, false, "x");
    assert_int_equal(list.count, 100);
    assert_int_equal(list.dropped, 101);
    diagnostic_list_free(&list);
    assert_false(diagnostic_all_incomplete(&list));
    source_release(source);
    struct bytes text = {0};
    bytes_add_repeat(&text, 'x', 300);
    source_new(TEXT(""), bytes_text(&text), &source, NULL);
    excerpt_add(&out, source, (struct span){150, 152}, 40);
    char *first = test_copy(bytes_text(&out));
    assert_true(strchr(first, '\n') - first < 60); /* cut at both ends */
    assert_non_null(strstr(first, "…"));
    free(first);
    source_release(source);
    bytes_free(&text);
    bytes_free(&out);
}

TEST_GROUP(source, cmocka_unit_test(positions_count_utf16_columns), cmocka_unit_test(diagnostics_and_excerpts))
