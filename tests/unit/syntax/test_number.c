/* Kinds and values of numbers, as PowerShell 7.6 has them. */
#include "test.h"
#include "m365sh/base/decimal.h"
#include "m365sh/syntax/parse.h"

static const struct {
    const char *text;
    enum literal_kind kind;
    const char *value;
} numbers[] = {
    {"0", LITERAL_INT32, "0"}, {"007", LITERAL_INT32, "7"}, {"2147483647", LITERAL_INT32, "2147483647"}, {"2147483648", LITERAL_INT64, "2147483648"},
    {"-2147483648", LITERAL_INT32, "-2147483648"}, {"9223372036854775807", LITERAL_INT64, "9223372036854775807"},
    {"9223372036854775808", LITERAL_DECIMAL, "9223372036854775808"}, {"79228162514264337593543950336", LITERAL_DOUBLE, "7.922816251426434E+28"},
    {"1kb", LITERAL_INT32, "1024"}, {"2GB", LITERAL_INT64, "2147483648"}, {"1.5mb", LITERAL_DOUBLE, "1572864"}, {"1dkb", LITERAL_DECIMAL, "1024"},
    {"0x", LITERAL_INT32, "0"}, {"0xFF", LITERAL_INT32, "255"}, {"0xFFFFFFFF", LITERAL_INT32, "-1"}, {"0x0FFFFFFFF", LITERAL_INT64, "4294967295"},
    {"0xFFFFFFFFFFFFFFFF", LITERAL_INT64, "-1"}, {"-0x80000000", LITERAL_INT64, "2147483648"}, {"0xFFFFFFFFkb", LITERAL_INT32, "-1024"},
    {"0xFFFFFFFFl", LITERAL_INT64, "4294967295"}, {"0xFFFFFFFFu", LITERAL_UINT32, "4294967295"}, {"0x80y", LITERAL_SBYTE, "-128"},
    {"0b101", LITERAL_INT32, "5"}, {"0b11111111", LITERAL_INT32, "-1"}, {"0b011111111", LITERAL_INT32, "255"},
    {"5y", LITERAL_SBYTE, "5"}, {"5uy", LITERAL_BYTE, "5"}, {"5s", LITERAL_INT16, "5"}, {"5us", LITERAL_UINT16, "5"}, {"5u", LITERAL_UINT32, "5"},
    {"5ul", LITERAL_UINT64, "5"}, {"18446744073709551615ul", LITERAL_UINT64, "18446744073709551615"}, {"5l", LITERAL_INT64, "5"},
    {"1.50d", LITERAL_DECIMAL, "1.50"}, {"123456789012345678901234567890n", LITERAL_BIGINT, "123456789012345678901234567890"},
    {"0xFFn", LITERAL_BIGINT, "255"}, {"1.5", LITERAL_DOUBLE, "1.5"}, {".5", LITERAL_DOUBLE, "0.5"}, {"5.", LITERAL_DOUBLE, "5"},
    {"1e3", LITERAL_DOUBLE, "1000"}, {"1E-2", LITERAL_DOUBLE, "0.01"}, {"2.5l", LITERAL_INT64, "2"}, {"-1.5", LITERAL_DOUBLE, "-1.5"},
};

static const struct number_literal *only_number(const struct tree *tree) {
    struct node *node = NODE_AS(block, tree->root->end_block)->statements.items[0];
    node = NODE_AS(pipeline, node)->elements.items[0];
    node = NODE_AS(expression_stage, node)->expression;
    assert_int_equal(node->kind, NODE_NUMBER);
    return &NODE_AS(number, node)->number;
}

static void add_value(struct bytes *out, const struct number_literal *number) {
    if (number->kind == LITERAL_DOUBLE) decimal_add_double(out, number->real);
    else if (number->kind == LITERAL_DECIMAL || number->kind == LITERAL_BIGINT) bytes_add_text(out, number->digits);
    else if (number->kind == LITERAL_UINT64) decimal_add_uint64(out, (uint64_t)number->integer);
    else decimal_add_int64(out, number->integer);
}

static void kinds_and_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct source *source;
        struct tree tree;
        struct diagnostic_list diagnostics = {0};
        struct bytes value = {0};
        source_new(TEXT(""), text_of(numbers[i].text), &source, NULL);
        parse_program(source, &tree, &diagnostics);
        if (diagnostics.count != 0) fail_msg("%s: %s", numbers[i].text, diagnostics.items[0].id);
        const struct number_literal *number = only_number(&tree);
        add_value(&value, number);
        if (number->kind != numbers[i].kind || strcmp(value.data, numbers[i].value) != 0) fail_msg("%s: kind %d, %s", numbers[i].text, number->kind, value.data);
        bytes_free(&value);
        diagnostic_list_free(&diagnostics);
        tree_free(&tree);
        source_release(source);
    }
}

TEST_GROUP(number, cmocka_unit_test(kinds_and_values))
