#include "code_support.h"

static void spoil(struct realm *realm, void (*change)(struct chunk *chunk), const char *expected) {
    struct chunk *chunk = compile_program(realm, "$x = 1; if ($x) { 'a' }", COMPILE_SCRIPT);
    struct bytes problem = {0};
    assert_true(verify_chunk(chunk, &problem));
    change(chunk);
    assert_false(verify_chunk(chunk, &problem));
    assert_true(text_find(bytes_text(&problem), text_of(expected), 0) != TEXT_NOT_FOUND);
    bytes_free(&problem);
    chunk->constant_count = chunk->constant_count > 100 ? 0 : chunk->constant_count;
    chunk_release(chunk);
}

static void bad_opcode(struct chunk *chunk) { chunk->code[0].op = OP_COUNT; }
static void bad_register(struct chunk *chunk) { chunk->code[0].a = 999; }
static void no_return(struct chunk *chunk) { chunk->code[chunk->code_count - 1].op = OP_NOP; }
static void bad_jump(struct chunk *chunk) {
    for (uint32_t i = 0; i < chunk->code_count; i++) {
        if (opcode_row((enum opcode)chunk->code[i].op)->operands[3] == 'j') chunk->code[i].d = 9999;
    }
}

static void test_verify(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    spoil(realm, bad_opcode, "no opcode");
    spoil(realm, bad_register, "no register");
    spoil(realm, bad_jump, "jump out of the code");
    spoil(realm, no_return, "code ends with");
    realm_free(realm);
}

static void test_rows(void **state) {
    (void)state;
    for (int i = 0; i < OP_COUNT; i++) {
        const struct opcode_row *row = opcode_row((enum opcode)i);
        assert_int_equal(strlen(row->operands), 5);
        assert_true(strspn(row->operands, "wrpoiknjctsx.") == 5);
        assert_true(*row->sentence);
    }
}

TEST_GROUP(verify, cmocka_unit_test(test_verify), cmocka_unit_test(test_rows))
