/* A program as a chunk, for the tests of this room. */
#ifndef M365SH_TESTS_CODE_SUPPORT_H
#define M365SH_TESTS_CODE_SUPPORT_H

#include "test.h"

#include "m365sh/code/compile.h"
#include "m365sh/syntax/parse.h"

static inline struct chunk *compile_program(struct realm *realm, const char *program, enum compile_mode mode) {
    struct source *source;
    struct fault fault = {0};
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    assert_int_equal(source_new(TEXT("test"), text_of(program), &source, &fault), STATUS_OK);
    parse_program(source, &tree, &diagnostics);
    assert_int_equal(diagnostics.count, 0);
    struct chunk *chunk = compile_tree(realm, &tree, mode, &diagnostics);
    tree_free(&tree);
    source_release(source);
    diagnostic_list_free(&diagnostics);
    return chunk;
}

#endif
