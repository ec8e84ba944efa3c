#include "test.h"
#include "m365sh/ops/ops.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* Operands in short: 5  5L  5u (uint32)  5U (uint64)  5b (byte)  2.5r  1.5d  7n (bigint)  'text'  c'x'  $null $true
 * (a,b,…)  t36000000000 (TimeSpan)  D0 (DateTime). The expected side is value_inspect's picture; "!Id" an error's id. */
static struct value operand(struct realm *realm, struct text *rest);

static struct value list(struct realm *realm, struct text *rest) {
    struct value v = array_new(realm, NULL, 0);
    while (rest->length && rest->start[0] != ')') {
        array_push_take(v, operand(realm, rest));
        if (rest->length && rest->start[0] == ',') *rest = text_slice(*rest, 1, rest->length);
    }
    *rest = text_slice(*rest, 1, rest->length);
    return v;
}

static struct value number(struct text digits, char suffix) {
    int64_t n = 0;
    double real = 0;
    struct decimal decimal;
    struct value big;
    decimal_read_int64(digits, &n);
    switch (suffix) {
    case 'L': return value_int64(n);
    case 'u': return value_integer(VALUE_UINT32, n);
    case 'U': {
        uint64_t u = 0;
        decimal_read_uint64(digits, &u);
        return (struct value){.kind = VALUE_UINT64, .uinteger = u};
    }
    case 'b': return value_integer(VALUE_BYTE, n);
    case 'r': decimal_read_double(digits, &real); return value_double(real);
    case 'd': decimal_read(digits, &decimal); return number_decimal(decimal);
    case 'n': bigint_read(digits, 10, &big); return big;
    default: return value_int32((int32_t)n);
    }
}

static struct value operand(struct realm *realm, struct text *rest) {
    char c = rest->start[0];
    bool character = c == 'c';
    if (character || c == 't' || c == 'D' || c == '(') *rest = text_slice(*rest, 1, rest->length);
    if (c == '(') return list(realm, rest);
    if (character || c == '\'') {
        size_t end = text_find_byte(*rest, '\'', 1);
        struct text inner = text_slice(*rest, 1, end - 1);
        *rest = text_slice(*rest, end + 1, rest->length);
        return character ? value_char((uint8_t)inner.start[0]) : string_new(inner);
    }
    if (c == '$') {
        bool null = text_starts(*rest, TEXT("$null")), truth = text_starts(*rest, TEXT("$true"));
        *rest = text_slice(*rest, null || truth ? 5 : 6, rest->length);
        return null ? value_null() : value_bool(truth);
    }
    size_t length = 0;
    while (length < rest->length && strchr("-.0123456789", rest->start[length])) length++;
    struct text digits = text_slice(*rest, 0, length);
    char suffix = length < rest->length && strchr("LuUbrdn", rest->start[length]) ? rest->start[length] : 0;
    *rest = text_slice(*rest, length + (suffix != 0), rest->length);
    struct value v = number(digits, c == 't' || c == 'D' ? 'L' : suffix);
    return c == 't' ? value_timespan(v.integer) : c == 'D' ? value_datetime(v.integer, 0) : v;
}

struct row { const char *left; enum operation operation; const char *right, *expected; };
#define R(left, operation, right, expected) {left, OPERATION_##operation, right, expected}
/* Recorded from PowerShell 7.6.9. */
static const struct row rows[] = {
    R("2147483647", ADD, "1", "2.14748e+09r"), R("9223372036854775807L", ADD, "1", "9.22337e+18r"), R("200b", ADD, "100b", "300"),
    R("4294967295u", ADD, "1u", "4.29497e+09r"), R("5u", ADD, "-7", "-2L"), R("5u", SUBTRACT, "7", "-2r"), R("5U", ADD, "-7", "-2d"),
    R("5U", SUBTRACT, "7L", "-2r"), R("1d", ADD, "2.5r", "3.5d"), R("5n", ADD, "2.5r", "7n"), R("$true", ADD, "1", "2"),
    R("$null", ADD, "1", "1"), R("1", ADD, "$null", "1"), R("$null", SUBTRACT, "1", "-1"), R("'5'", ADD, "2", "'52'"),
    R("5", ADD, "'2'", "7"), R("5", ADD, "'2.5'", "7.5r"), R("5", ADD, "'abc'", "!InvalidCastFromStringToInteger"), R("5", ADD, "''", "5"),
    R("c'a'", ADD, "1", "'a1'"), R("1", ADD, "c'a'", "98"), R("(1,2)", ADD, "3", "(1, 2, 3)"), R("(1,2)", ADD, "(3,4)", "(1, 2, 3, 4)"),
    R("1", ADD, "(2,3)", "!MethodNotFound"), R("(1,2)", ADD, "$null", "(1, 2, $null)"), R("(1,2)", SUBTRACT, "3", "!MethodNotFound"),
    R("t10", ADD, "t5", "15"), R("D10", SUBTRACT, "D4", "6"), R("t10", MULTIPLY, "1.5r", "15"), R("t10", DIVIDE, "t4", "2.5r"),
    R("'x'", SUBTRACT, "1.5r", "!InvalidCastFromStringToDoubleOrSingle"), R("'x'", SUBTRACT, "1d", "!InvalidCastFromStringToDecimal"),
    R("'ab'", MULTIPLY, "3", "'ababab'"), R("'ab'", MULTIPLY, "-1", "!System.ArgumentOutOfRangeException"), R("(1,2)", MULTIPLY, "2", "(1, 2, 1, 2)"),
    R("$true", MULTIPLY, "1", "!NotADefinedOperationForType"), R("$null", MULTIPLY, "3", "$null"), R("2147483647", MULTIPLY, "2", "4.29497e+09r"),
    R("7", DIVIDE, "2", "3.5r"), R("6", DIVIDE, "2", "3"), R("7", DIVIDE, "0", "!RuntimeException"), R("7r", DIVIDE, "0", "infr"),
    R("7n", DIVIDE, "0", "!DotNetMethodException"), R("-2147483648", DIVIDE, "-1", "2.14748e+09r"), R("-7", REMAINDER, "3", "-1"), R("7.5r", REMAINDER, "2", "1.5r"),
    R("1", EQUAL, "'1.0'", "$true"), R("'1.0'", EQUAL, "1r", "$false"), R("1", EQUAL, "'abc'", "$false"), R("1", LESS, "'abc'", "!InvalidCastFromStringToInteger"),
    R("'abc'", EQUAL, "'ABC'", "$true"), R("'abc'", LESS, "'ABD'", "$true"), R("$null", EQUAL, "0", "$false"), R("$null", LESS, "0", "$true"),
    R("$null", GREATER, "-1", "$true"), R("$true", EQUAL, "'False'", "$true"), R("2", EQUAL, "$true", "$false"), R("c'a'", EQUAL, "'A'", "$true"),
    R("18446744073709551615U", GREATER, "-1", "$true"), R("5n", LESS, "5.5r", "$false"), R("(1,2,3)", GREATER, "1", "(2, 3)"),
    R("(1,$null,2)", NOT_EQUAL, "$null", "(1, 2)"), R("1", LESS, "(1,2)", "!ComparisonFailure"), R("('a','B','A')", EQUAL, "'a'", "('a', 'A')"),
    R("'10'", GREATER, "9", "$false"), R("10", GREATER, "'9'", "$true"), R("1", IN, "(1,2)", "$true"), R("(1,2)", CONTAINS, "'1'", "$true"),
    R("$null", IN, "()", "$false"), R("'abc'", CONTAINS, "'ABC'", "$true"), R("(1,2)", NOT_CONTAINS, "3", "$true"),
    R("'abc'", LIKE, "'A*'", "$true"), R("('a','b')", LIKE, "'A*'", "('a')"), R("'a'", LIKE, "'[a'", "!RuntimeException"), R("12", LIKE, "'1*'", "$true"),
    R("'abc'", MATCH, "'('", "!System.Text.RegularExpressions.RegexParseException"), R("(1,12,3)", MATCH, "'1'", "(1, 12)"), R("'x'", NOT_MATCH, "'y'", "$true"),
    R("'abc'", REPLACE, "('B','<$0>')", "'a<b>c'"), R("'abc'", REPLACE, "'b'", "'ac'"), R("('abc','bcd')", REPLACE, "('b','x')", "('axc', 'xcd')"),
    R("'abc'", REPLACE, "('b','c','d')", "!BadReplaceArgument"), R("'aab'", REPLACE, "('x*','-')", "'-a-a-b-'"),
    R("'a,b,c'", SPLIT, "(',',2)", "('a', 'b,c')"), R("'a,b,c,d'", SPLIT, "(',',-3)", "('a,b', 'c', 'd')"), R("'a1b2c3'", SPLIT, "('(\\d)',-2)", "('a1b2c', '3', '')"),
    R("'abc'", SPLIT, "''", "('', 'a', 'b', 'c', '')"), R("'a.b'", SPLIT, "('.',0,'simplematch')", "('a', 'b')"), R("''", SPLIT, "','", "('')"),
    R("(1,$null,2)", JOIN, "'-'", "'1--2'"), R("1", RANGE, "3", "(1, 2, 3)"), R("'c'", RANGE, "'a'", "([char]99, [char]98, [char]97)"), R("'1'", RANGE, "'3'", "(1, 2, 3)"),
    R("1.5r", RANGE, "3.5r", "(2, 3, 4)"), R("1", RANGE, "'x'", "!System.FormatException"), R("5", BIT_AND, "3L", "1L"), R("5.7r", BIT_AND, "3", "2ul"),
    R("4294967295u", BIT_AND, "-1", "4294967295"), R("1", SHIFT_LEFT, "33", "2"), R("255b", SHIFT_LEFT, "4", "240"), R("-8", SHIFT_RIGHT, "1", "-4"),
    R("1.5r", SHIFT_LEFT, "1", "4"), R("1n", SHIFT_LEFT, "70", "1180591620717411303424n"), R("'x'", BIT_AND, "1", "!InvalidCastFromStringToInteger"),
};

static struct realm *start(void) {
    struct realm *realm = realm_new();
    types_start(realm);
    realm->patterns = pattern_cache_new();
    return realm;
}

static void stop(struct realm *realm) {
    pattern_cache_free(realm->patterns);
    types_stop(realm);
    realm_free(realm);
}

static void picture(struct realm *realm, enum status status, struct value v, struct bytes *out) {
    if (status == STATUS_OK) {
        value_inspect(out, v, 4);
        value_release(v);
        return;
    }
    struct value record = realm_take_raised(realm);
    bytes_add_byte(out, '!');
    bytes_add_text(out, string_text(error_record_get(record, ERROR_ID)));
    value_release(record);
}

static void binary_operations(void **state) {
    (void)state;
    struct realm *realm = start();
    struct bytes got = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text left = text_of(rows[i].left), right = text_of(rows[i].right);
        struct value a = operand(realm, &left), b = operand(realm, &right), out;
        picture(realm, ops_binary(realm, rows[i].operation, false, a, b, &out), out, &got);
        if (!text_equal(bytes_text(&got), text_of(rows[i].expected)))
            fail_msg("%s op %d %s: %s, not %s", rows[i].left, rows[i].operation, rows[i].right, got.data, rows[i].expected);
        bytes_clear(&got);
        value_release(a);
        value_release(b);
    }
    bytes_free(&got);
    stop(realm);
}

static void match_leaves_its_groups(void **state) {
    (void)state;
    struct realm *realm = start();
    struct value subject = string_of("2024-05"), pattern = string_of("(?<y>\\d+)-(\\d+)"), out;
    assert_int_equal(ops_binary(realm, OPERATION_MATCH, false, subject, pattern, &out), STATUS_OK);
    assert_text(string_text(*table_find_text(realm->set_matches, TEXT("Y"))), "2024");
    assert_text(string_text(*table_find(realm->set_matches, value_int32(1))), "05");
    assert_int_equal(table_count(realm->set_matches), 3);
    value_release(subject);
    value_release(pattern);
    stop(realm);
}

static void indexing(void **state) {
    (void)state;
    struct realm *realm = start();
    struct text three = TEXT("(1,2,3)"), slice = TEXT("(-1,9,0)");
    struct value v = operand(realm, &three), indexes = operand(realm, &slice), text = string_of("abc"), out;
    struct bytes got = {0};
    picture(realm, ops_index(realm, v, indexes, &out), out, &got);
    picture(realm, ops_index(realm, v, value_int32(5), &out), out, &got);
    picture(realm, ops_index(realm, v, value_null(), &out), out, &got);
    picture(realm, ops_index(realm, value_null(), value_int32(0), &out), out, &got);
    picture(realm, ops_index(realm, text, value_int32(-1), &out), out, &got);
    picture(realm, ops_index(realm, value_int32(5), value_int32(0), &out), out, &got);
    assert_bytes(&got, "(3, 1)$null!NullArrayIndex!NullArray[char]995");
    assert_int_equal(ops_index_set(realm, v, value_int32(-1), text), STATUS_OK);
    assert_true(value_same(array_at(v, 2), text));
    picture(realm, ops_index_set(realm, v, value_int32(3), text), value_null(), &got);
    picture(realm, ops_index_set(realm, text, value_int32(0), text), value_null(), &got);
    assert_bytes(&got, "!System.IndexOutOfRangeException!CannotIndex");
    bytes_free(&got);
    value_release(v);
    value_release(indexes);
    value_release(text);
    stop(realm);
}

TEST_GROUP(ops, cmocka_unit_test(binary_operations), cmocka_unit_test(match_leaves_its_groups), cmocka_unit_test(indexing))
