#include "code_support.h"

static bool has(struct realm *realm, const char *program, enum compile_mode mode, const char *part) {
    struct chunk *chunk = compile_program(realm, program, mode);
    struct bytes text = {0}, problem = {0};
    assert_true(verify_chunk(chunk, &problem));
    disassemble(&text, chunk);
    bool found = text_find(bytes_text(&text), text_of(part), 0) != TEXT_NOT_FOUND;
    if (!found) print_error("%s\n", text.data);
    bytes_free(&text);
    chunk_release(chunk);
    return found;
}

#define assert_code(program, part) assert_true(has(realm, program, COMPILE_SCRIPT, part))

static void test_loops(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    assert_code("for ($i = 0; $i -lt 9; $i++) { }", "STEP             $i 1");
    assert_code("for ($i = 0; $i -lt 9; $i++) { }", "JUMP_LESS_INT    -lt $i");
    assert_code("$s = ($s + $i) % 7", "REMAINDER_INT    $s");
    assert_code("while ($a -gt $b) { }", "JUMP_GREATER     -gt $a $b");
    assert_code("foreach ($x in 1..3) { $x }", "FOREACH          t0 t2 t3 1");
    assert_code(":a while ($true) { while ($true) { break a } }", "BREAK            - a");
    realm_free(realm);
}

static void test_variables(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    assert_code("$x = 1; $x", "EMIT             $x");
    assert_true(has(realm, "$x = 1; $x", COMPILE_IN_SCOPE, "SET_NAMED        t0 x"));
    assert_code("& { $y }", "GET_NAMED        t0 y");
    assert_code("function f($p) { $p }", "function f slots 1");
    assert_code("$i + $i++", "COPY             t1 $i"); /* the left side is read before the right changes it */
    assert_code("$a, $b = 1, 2", "SPREAD");
    assert_code("$x += 1", "ADD              $x $x t0 +=");
    assert_code("$true = 1", "REFUSE");
    realm_free(realm);
}

static void test_values(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    assert_code("$x = Get-Thing", "CAPTURED");
    assert_code("$x = 1 + 2", "ADD_INT          $x t0 2 +");
    assert_code("\"a$b\"", "JOIN_TEXT        t0 t1 2");
    assert_code("@(1, 2)", "ARRAY            t0 t1 2");
    assert_code("1..3 | Get-Thing", "PIPELINE");
    assert_code("try { 1 } catch [X] { 2 } finally { 3 }", "catch ");
    assert_code("class A { [int] F() { return 1 } }", "METHOD_RESULT");
    realm_free(realm);
}

TEST_GROUP(compile, cmocka_unit_test(test_loops), cmocka_unit_test(test_variables), cmocka_unit_test(test_values))
