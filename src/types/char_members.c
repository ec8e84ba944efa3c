/* [char] and [bool]. */
#include "argument_private.h"
#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"

#define ROW_TYPE "System.Char"

/* The character asked about: a char or a text of one, or a text and an index. */
static enum status read_character(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, uint32_t *point) {
    struct value base = value_base(arguments[0]);
    if (count < 2) return argument_char(realm, method, arguments[0], point);
    int32_t at;
    TRY(member_argument_int32(realm, method, arguments[1], &at));
    if (base.kind != VALUE_STRING || at < 0 || (uint32_t)at >= string_units(base))
        return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "The text has no such character.");
    size_t offset = string_offset(base, (uint32_t)at);
    *point = utf8_next(string_text(base), &offset);
    return STATUS_OK;
}

static bool is_letter_or_digit(uint32_t c) {
    return utf8_is_letter(c) || utf8_is_digit(c);
}

/* Nd, Nl and No: the fractions and circled digits that text of administrators holds. */
static bool is_number(uint32_t c) {
    return utf8_is_digit(c) || c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0xbc && c <= 0xbe) || (c >= 0x2070 && c <= 0x2089) ||
           (c >= 0x2150 && c <= 0x2189) || (c >= 0x2460 && c <= 0x249b) || (c >= 0x2776 && c <= 0x2793);
}

static bool is_separator(uint32_t c) {
    return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

static bool is_ascii(uint32_t c) { return c < 0x80; }
static bool is_high(uint32_t c) { return c >= 0xd800 && c <= 0xdbff; }
static bool is_low(uint32_t c) { return c >= 0xdc00 && c <= 0xdfff; }
static bool is_surrogate(uint32_t c) { return c >= 0xd800 && c <= 0xdfff; }
static bool is_ascii_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_ascii_upper(uint32_t c) { return c >= 'A' && c <= 'Z'; }
static bool is_ascii_lower(uint32_t c) { return c >= 'a' && c <= 'z'; }
static bool is_ascii_letter(uint32_t c) { return is_ascii_upper(c) || is_ascii_lower(c); }
static bool is_ascii_letter_or_digit(uint32_t c) { return is_ascii_letter(c) || is_ascii_digit(c); }
static bool is_ascii_hexadecimal(uint32_t c) { return is_ascii_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

#define TEST(function, name, test)                                                                           \
    MEMBER(function) {                                                                                       \
        uint32_t point;                                                                                      \
        TRY(read_character(realm, name, arguments, count, &point));                                          \
        return argument_give(out, value_bool(test(point)));                                                  \
    }
TEST(test_letter, "IsLetter", utf8_is_letter)
TEST(test_digit, "IsDigit", utf8_is_digit)
TEST(test_number, "IsNumber", is_number)
TEST(test_letter_or_digit, "IsLetterOrDigit", is_letter_or_digit)
TEST(test_space, "IsWhiteSpace", utf8_is_space)
TEST(test_upper, "IsUpper", utf8_is_upper)
TEST(test_lower, "IsLower", utf8_is_lower)
TEST(test_punctuation, "IsPunctuation", utf8_is_punctuation)
TEST(test_symbol, "IsSymbol", utf8_is_symbol)
TEST(test_control, "IsControl", utf8_is_control)
TEST(test_separator, "IsSeparator", is_separator)
TEST(test_ascii, "IsAscii", is_ascii)
TEST(test_high, "IsHighSurrogate", is_high)
TEST(test_low, "IsLowSurrogate", is_low)
TEST(test_surrogate, "IsSurrogate", is_surrogate)
TEST(test_ascii_digit, "IsAsciiDigit", is_ascii_digit)
TEST(test_ascii_letter, "IsAsciiLetter", is_ascii_letter)
TEST(test_ascii_upper, "IsAsciiLetterUpper", is_ascii_upper)
TEST(test_ascii_lower, "IsAsciiLetterLower", is_ascii_lower)
TEST(test_ascii_letter_or_digit, "IsAsciiLetterOrDigit", is_ascii_letter_or_digit)
TEST(test_ascii_hexadecimal, "IsAsciiHexDigit", is_ascii_hexadecimal)

MEMBER(upper) {
    uint32_t unit;
    TRY(argument_char(realm, "ToUpper", arguments[0], &unit));
    return argument_give(out, value_char((uint16_t)fold_upper(unit)));
}

MEMBER(lower) {
    uint32_t unit;
    TRY(argument_char(realm, "ToLower", arguments[0], &unit));
    return argument_give(out, value_char((uint16_t)fold_lower(unit)));
}

MEMBER(numeric_value) {
    static const struct { uint16_t point; double number; } fractions[] = {{0xbc, 0.25}, {0xbd, 0.5}, {0xbe, 0.75}, {0xb2, 2}, {0xb3, 3}, {0xb9, 1}};
    uint32_t point;
    TRY(read_character(realm, "GetNumericValue", arguments, count, &point));
    double number = is_ascii_digit(point) ? (double)(point - '0') : -1.0;
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++)
        if (fractions[i].point == point) number = fractions[i].number;
    return argument_give(out, value_double(number));
}

MEMBER(parse) {
    uint32_t unit;
    if (!argument_is_char(arguments[0], &unit))
        return member_raise(realm, "Parse", 1, "System.FormatException", "The text is not one character long.");
    return argument_give(out, value_char((uint16_t)unit));
}

MEMBER(from_code_point) {
    int32_t point;
    TRY(member_argument_int32(realm, "ConvertFromUtf32", arguments[0], &point));
    if (point < 0 || point > 0x10ffff || is_surrogate((uint32_t)point))
        return member_raise(realm, "ConvertFromUtf32", 1, "System.ArgumentOutOfRangeException", "%d is no code point.", point);
    struct bytes text = {0};
    bytes_add_code_point(&text, (uint32_t)point);
    return argument_give_bytes(out, &text);
}

MEMBER(to_code_point) {
    uint32_t point;
    TRY(read_character(realm, "ConvertToUtf32", arguments, count, &point));
    return argument_give(out, value_int32((int32_t)point));
}

MEMBER(largest) {
    return argument_give(out, value_char(0xffff));
}

MEMBER(smallest) {
    return argument_give(out, value_char(0));
}

MEMBER(to_string) {
    return argument_give(out, convert_text(realm, count ? arguments[0] : value_base(self)));
}

MEMBER(compare_to) {
    uint32_t unit;
    TRY(argument_char(realm, "CompareTo", arguments[0], &unit));
    return argument_give(out, value_int32((int32_t)(value_base(self).integer - (int64_t)unit)));
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]), own = value_base(self);
    return argument_give(out, value_bool(other.kind == own.kind && other.integer == own.integer));
}

/* --- bool --- */
static int read_bool(struct text text) {
    text = text_trim(text);
    return text_equal_fold(text, TEXT("true")) ? 1 : text_equal_fold(text, TEXT("false")) ? 0 : -1;
}

MEMBER(parse_bool) {
    struct value text;
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    int answer = read_bool(string_text(text));
    enum status status = STATUS_OK;
    *out = value_bool(answer == 1);
    if (answer < 0) status = member_raise(realm, "Parse", 1, "System.FormatException", "\"%s\" is neither True nor False.", string_chars(text));
    value_release(text);
    return status;
}

MEMBER(try_parse_bool) {
    struct value text;
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    int answer = read_bool(string_text(text));
    value_release(text);
    *out = value_bool(answer >= 0);
    return argument_set_reference(realm, "TryParse", arguments[1], value_bool(answer == 1));
}

MEMBER(true_text) {
    return argument_give(out, string_of("True"));
}

MEMBER(false_text) {
    return argument_give(out, string_of("False"));
}

MEMBER(compare_bool) {
    struct value other = value_base(arguments[0]);
    return argument_give(out, value_int32((int)value_base(self).boolean - (int)(other.kind == VALUE_BOOL && other.boolean)));
}

#define TEST_ROW(name, function) ROW_STATIC_CALL(name, 1, 2, function, "static bool " name "(char c), static bool " name "(string s, int index)")
static const struct member_row rows[] = {
    TEST_ROW("IsAscii", test_ascii), TEST_ROW("IsAsciiDigit", test_ascii_digit), TEST_ROW("IsAsciiHexDigit", test_ascii_hexadecimal),
    TEST_ROW("IsAsciiLetter", test_ascii_letter), TEST_ROW("IsAsciiLetterLower", test_ascii_lower),
    TEST_ROW("IsAsciiLetterOrDigit", test_ascii_letter_or_digit), TEST_ROW("IsAsciiLetterUpper", test_ascii_upper),
    TEST_ROW("IsControl", test_control), TEST_ROW("IsDigit", test_digit), TEST_ROW("IsHighSurrogate", test_high),
    TEST_ROW("IsLetter", test_letter), TEST_ROW("IsLetterOrDigit", test_letter_or_digit), TEST_ROW("IsLower", test_lower),
    TEST_ROW("IsLowSurrogate", test_low), TEST_ROW("IsNumber", test_number), TEST_ROW("IsPunctuation", test_punctuation),
    TEST_ROW("IsSeparator", test_separator), TEST_ROW("IsSurrogate", test_surrogate), TEST_ROW("IsSymbol", test_symbol),
    TEST_ROW("IsUpper", test_upper), TEST_ROW("IsWhiteSpace", test_space),
    ROW_STATIC("MaxValue", largest, "static char"), ROW_STATIC("MinValue", smallest, "static char"),
    ROW_STATIC_CALL("ConvertFromUtf32", 1, 1, from_code_point, "static string ConvertFromUtf32(int utf32)"),
    ROW_STATIC_CALL("ConvertToUtf32", 1, 2, to_code_point, "static int ConvertToUtf32(string s, int index)"),
    ROW_STATIC_CALL("GetNumericValue", 1, 2, numeric_value, "static double GetNumericValue(char c)"),
    ROW_STATIC_CALL("Parse", 1, 1, parse, "static char Parse(string s)"),
    ROW_STATIC_CALL("ToLower", 1, 2, lower, "static char ToLower(char c)"),
    ROW_STATIC_CALL("ToLowerInvariant", 1, 1, lower, "static char ToLowerInvariant(char c)"),
    ROW_STATIC_CALL("ToString", 1, 1, to_string, "static string ToString(char c)"),
    ROW_STATIC_CALL("ToUpper", 1, 2, upper, "static char ToUpper(char c)"),
    ROW_STATIC_CALL("ToUpperInvariant", 1, 1, upper, "static char ToUpperInvariant(char c)"),
    ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.Object value), int CompareTo(char value)"),
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object obj)"),
    {"System.Boolean", "FalseString", ROW_STATIC_GET, 0, 0, false_text, NULL, "static string FalseString {get;}"},
    {"System.Boolean", "TrueString", ROW_STATIC_GET, 0, 0, true_text, NULL, "static string TrueString {get;}"},
    {"System.Boolean", "Parse", ROW_STATIC_METHOD, 1, 1, parse_bool, NULL, "static bool Parse(string value)"},
    {"System.Boolean", "TryParse", ROW_STATIC_METHOD, 2, 2, try_parse_bool, NULL, "static bool TryParse(string value, [ref] bool result)"},
    {"System.Boolean", "CompareTo", ROW_METHOD, 1, 1, compare_bool, NULL, "int CompareTo(System.Object obj), int CompareTo(bool value)"},
};
const struct member_table char_member_table = TABLE_OF(rows);
