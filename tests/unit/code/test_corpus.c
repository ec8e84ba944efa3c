#include "test.h"

#include <dirent.h>
#include "m365sh/base/file.h"
#include "m365sh/code/compile.h"
#include "m365sh/syntax/parse.h"

struct compiled {
    struct realm *realm;
    struct source *source;
    struct tree tree;
    struct diagnostic_list diagnostics;
    struct chunk *chunk;
};

static bool compile(struct compiled *c, struct text program) {
    *c = (struct compiled){.realm = realm_new()};
    realm_set_stack(c->realm);
    assert_int_equal(source_new(TEXT_NONE, program, &c->source, NULL), STATUS_OK);
    parse_program(c->source, &c->tree, &c->diagnostics);
    if (!diagnostic_any_error(&c->diagnostics)) c->chunk = compile_tree(c->realm, &c->tree, COMPILE_SCRIPT, &c->diagnostics);
    return c->chunk != NULL;
}

static void done(struct compiled *c) {
    if (c->chunk) chunk_release(c->chunk);
    tree_free(&c->tree);
    diagnostic_list_free(&c->diagnostics);
    source_release(c->source);
    realm_free(c->realm);
}

static void assert_code(const char *program, const char *expected) {
    struct compiled c;
    struct bytes dump = {0};
    assert_true(compile(&c, text_of(program)));
    disassemble(&dump, c.chunk);
    if (!strstr(dump.data, expected)) fail_msg("%s\nlacks\n%s\nin\n%s", program, expected, dump.data);
    bytes_free(&dump);
    done(&c);
}

/* A loop over ints is four instructions a turn: no names, no calls. */
static void loops_use_slots_and_joined_instructions(void **state) {
    (void)state;
    assert_code("for ($i = 0; $i -lt 9; $i++) { $s = ($s + $i) % 7 }", "ADD");
    assert_code("for ($i = 0; $i -lt 9; $i++) { $s = ($s + $i) % 7 }", "REMAINDER_INT");
    assert_code("for ($i = 0; $i -lt 9; $i++) { $s = ($s + $i) % 7 }", "JUMP_LESS_INT");
    assert_code("function f($n) { f ($n - 1) }", "SUBTRACT_INT");
}

static void long_lists_and_texts_come_in_pieces(void **state) {
    (void)state;
    struct bytes program = {0};
    for (int i = 0; i < 2500; i++) bytes_add_format(&program, "%s%d", i ? "," : "", i);
    struct compiled c;
    struct bytes dump = {0}, problem = {0};
    assert_true(compile(&c, bytes_text(&program)));
    disassemble(&dump, c.chunk);
    assert_non_null(strstr(dump.data, "ARRAY_MORE"));
    assert_true(verify_chunk(c.chunk, &problem));
    done(&c);
    bytes_free(&dump);
    bytes_free(&problem);
    bytes_free(&program);
}

static void what_is_too_deep_is_a_diagnostic(void **state) {
    (void)state;
    struct bytes program = {0};
    bytes_add_string(&program, "$x");
    for (int i = 0; i < 300000; i++) bytes_add_string(&program, ".a");
    struct compiled c;
    assert_false(compile(&c, bytes_text(&program)));
    assert_true(c.diagnostics.count > 0);
    assert_string_equal(c.diagnostics.items[0].id, "DeepNesting");
    done(&c);
    bytes_free(&program);
}

/* Every program of the conformance corpus that parses compiles to code that the verifier accepts: jumps land, slots exist. */
static void verify_cases(struct text rest) {
    for (struct text part; rest.length;) {
        size_t start = text_find(rest, TEXT("=== "), 0), end = start == TEXT_NOT_FOUND ? TEXT_NOT_FOUND : text_find(rest, TEXT("\n---\n"), start);
        if (end == TEXT_NOT_FOUND) return;
        size_t line = text_find_byte(rest, '\n', start);
        part = text_slice(rest, line + 1, end > line ? end - line - 1 : 0);
        rest = text_slice(rest, end + 5, rest.length);
        struct compiled c;
        struct bytes problem = {0};
        if (compile(&c, part) && !verify_chunk(c.chunk, &problem)) fail_msg("%.*s\n%s", (int)part.length, part.start, problem.data);
        bytes_free(&problem);
        done(&c);
    }
}

static void the_corpus_passes_the_verifier(void **state) {
    (void)state;
    DIR *folder = opendir("tests/conformance");
    if (!folder) skip();
    int files = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!text_ends(text_of(entry->d_name), TEXT(".cases"))) continue;
        char path[512];
        struct bytes text = {0};
        snprintf(path, sizeof path, "tests/conformance/%s", entry->d_name);
        assert_int_equal(file_read(path, 1 << 24, &text, NULL), STATUS_OK);
        verify_cases(bytes_text(&text));
        bytes_free(&text);
        files++;
    }
    closedir(folder);
    assert_true(files > 20);
}

TEST_GROUP(corpus, cmocka_unit_test(loops_use_slots_and_joined_instructions), cmocka_unit_test(long_lists_and_texts_come_in_pieces),
           cmocka_unit_test(what_is_too_deep_is_a_diagnostic), cmocka_unit_test(the_corpus_passes_the_verifier))
