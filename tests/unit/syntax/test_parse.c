#include "test.h"
#include "m365sh/base/bytes.h"
#include "m365sh/limits.h"
#include "m365sh/syntax/parse.h"

/* The ids of what is wrong with a text, in order, blank between; a ~ behind one that more text could cure. */
static struct bytes errors_of(struct text text) {
    struct source *source;
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    struct bytes out = {0};
    assert_int_equal(source_new(TEXT(""), text, &source, NULL), STATUS_OK);
    parse_program(source, &tree, &diagnostics);
    for (size_t i = 0; i < diagnostics.count; i++)
        bytes_add_format(&out, "%s%s%s", i == 0 ? "" : " ", diagnostics.items[i].id, diagnostics.items[i].incomplete ? "~" : "");
    if (out.data == NULL) bytes_add_string(&out, "");
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    source_release(source);
    return out;
}

static void assert_errors(struct text text, const char *expected) {
    struct bytes found = errors_of(text);
    if (found.data == NULL ? expected[0] != '\0' : strcmp(found.data, expected) != 0)
        fail_msg("%.*s: %s", text.length > 60 ? 60 : (int)text.length, text.start, found.data);
    bytes_free(&found);
}

static void unfinished_is_told_from_wrong(void **state) {
    (void)state;
    assert_errors(TEXT("if ($a) {"), "MissingEndCurlyBrace~");
    assert_errors(TEXT("1 +"), "ExpectedValueExpression~");
    assert_errors(TEXT("'abc"), "TerminatorExpectedAtEndOfString~");
    assert_errors(TEXT("A |"), "EmptyPipeElement~");
    assert_errors(TEXT("@'\nabc"), "TerminatorExpectedAtEndOfString~");
    assert_errors(TEXT("foreach ($x in 1)"), "MissingForeachStatement~");
    assert_errors(TEXT("<# abc"), "MissingTerminatorMultiLineComment~");
    assert_errors(TEXT("A `"), "IncompleteString~");
    assert_errors(TEXT("1 2"), "UnexpectedToken");
    assert_errors(TEXT("if () { }"), "IfStatementMissingCondition");
    assert_errors(TEXT("$x.("), "ExpectedExpression~ MissingEndParenthesisInExpression~");
}

static void repeated(struct bytes *out, const char *part, size_t count) {
    for (size_t i = 0; i < count; i++) bytes_add_string(out, part);
}

static void assert_repeated(const char *start, const char *part, size_t count, const char *end, const char *expected) {
    struct bytes text = {0};
    bytes_add_string(&text, start);
    repeated(&text, part, count);
    bytes_add_string(&text, end);
    assert_errors(bytes_text(&text), expected);
    bytes_free(&text);
}

static void deep_nesting_is_an_error(void **state) {
    (void)state;
    static const char *const openers[] = {"(", "{", "@(", "$(", "@{a=", "$x=", "-", "!", "[int]", "$x[", "$x.a(", "if(1){", "function f{", "A (", "switch(1){1{"};
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) assert_repeated("", openers[i], 100000, "1", "DeepNesting");
    struct bytes text = {0};
    repeated(&text, "(", LIMIT_PARSE_DEPTH);
    bytes_add_byte(&text, '1');
    repeated(&text, ")", LIMIT_PARSE_DEPTH);
    assert_errors(bytes_text(&text), "");
    bytes_insert(&text, 0, "(", 1);
    bytes_add_byte(&text, ')');
    assert_errors(bytes_text(&text), "DeepNesting");
    bytes_free(&text);
}

static void long_chains_are_flat(void **state) {
    (void)state;
    assert_repeated("1", "+1", 100000, "", "");
    assert_repeated("if (1) { }", " elseif (1) { }", 100000, "", "");
    assert_repeated("A", "|B", 100000, "", "");
    assert_repeated("A", " && B", 100000, "", "");
    assert_repeated("$x", ".y", 100000, "", "");
    assert_repeated("1", ",1", 100000, "", "");
}

static bool count_node(void *context, struct node *node) {
    ++*(size_t *)context;
    return node->kind != NODE_BLOCK_EXPRESSION;
}

static void walking_can_leave_out_children(void **state) {
    (void)state;
    struct source *source;
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    size_t count = 0;
    source_new(TEXT(""), TEXT("{ 1; 2; 3 }"), &source, NULL);
    parse_program(source, &tree, &diagnostics);
    tree_walk(&tree.root->head, count_node, &count);
    assert_int_equal(count, 5); /* script block, block, pipeline, stage, block expression */
    tree_free(&tree);
    source_release(source);
}

static void add_token(void *context, const struct token_view *token) {
    bytes_add_format(context, "%s%s ", token->kind, token->command_mode ? "*" : "");
}

static void tokens_come_as_the_modes_saw_them(void **state) {
    (void)state;
    struct source *source;
    struct bytes out = {0};
    source_new(TEXT(""), TEXT("if ($a) { Get-Thing -Name 5 } # end"), &source, NULL);
    parse_tokens(source, add_token, &out);
    assert_string_equal(out.data, "KEYWORD LEFT_PAREN VARIABLE RIGHT_PAREN LEFT_CURLY WORD* PARAMETER* NUMBER* RIGHT_CURLY COMMENT ");
    bytes_free(&out);
    source_release(source);
}

static void add_section(void *context, struct text keyword, struct text argument, struct text body) {
    bytes_add_format(context, "%.*s(%.*s)=%.*s;", TEXT_ARGUMENT(keyword), TEXT_ARGUMENT(argument), TEXT_ARGUMENT(body));
}

static void add_line(void *context, struct text line) {
    bytes_add_text(context, line);
    bytes_add_byte(context, ';');
}

static void help_and_requirements(void **state) {
    (void)state;
    struct bytes out = {0};
    assert_true(parse_help(TEXT("<#\n.SYNOPSIS\n  Short.\n.PARAMETER Name\nWho.\n#>"), add_section, &out));
    assert_string_equal(out.data, "SYNOPSIS()=  Short.;PARAMETER(Name)=Who.;");
    assert_false(parse_help(TEXT("# plain\n# .SYNOPSIS"), NULL, NULL));
    bytes_clear(&out);
    struct source *source;
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    source_new(TEXT(""), TEXT("#Requires -Version 7.0\n# .SYNOPSIS\n# Does.\nfunction F { }\nfunction G {\n <# .x #>\n # .SYNOPSIS\n # Inside.\n param($a) }"), &source, NULL);
    parse_requires(source, add_line, &out);
    assert_string_equal(out.data, "-Version 7.0;");
    parse_program(source, &tree, &diagnostics);
    struct node_list statements = NODE_AS(block, tree.root->end_block)->statements;
    struct node *second = NODE_AS(function, statements.items[1])->body;
    assert_true(text_starts(NODE_AS(script_block, second)->help, TEXT("# .SYNOPSIS\n # Inside.")));
    tree_free(&tree);
    source_release(source);
    bytes_free(&out);
}

static void any_bytes_are_read(void **state) {
    (void)state;
    char bytes[4096];
    unsigned seed = 1;
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
        struct bytes found = errors_of(text_make(bytes, sizeof bytes));
        bytes_free(&found);
    }
}

TEST_GROUP(parse, cmocka_unit_test(unfinished_is_told_from_wrong), cmocka_unit_test(deep_nesting_is_an_error), cmocka_unit_test(long_chains_are_flat),
           cmocka_unit_test(walking_can_leave_out_children), cmocka_unit_test(tokens_come_as_the_modes_saw_them),
           cmocka_unit_test(help_and_requirements), cmocka_unit_test(any_bytes_are_read))
