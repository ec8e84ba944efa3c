/* Members of texts, numbers, matches and addresses, with the overloads as PowerShell finds them. */
#include "m365sh/types/format_text.h"
#include "types_test.h"

static struct value static_call(struct realm *realm, const char *type, const char *name, uint32_t count, const struct value *arguments) {
    struct value out = value_null();
    assert_non_null(find(realm, type));
    if (member_static_call(realm, find(realm, type), name_of(realm, name), arguments, count, &out) != STATUS_OK) {
        struct value record = realm_take_raised(realm);
        out = value_keep(error_record_get(record, ERROR_ID));
        value_release(record);
    }
    return out;
}

static void splitting(void **state) {
    struct realm *realm = *state;
    struct value text = string_of("a,b;c"), comma = string_of(","), semicolon = string_of(";"), two = value_int32(2);
    assert_text(realm, call(realm, text, "Split", 1, &comma), "a b;c");
    assert_text(realm, call(realm, text, "Split", 2, (struct value[]){semicolon, two}), "a,b c");
    /* A second text is the count of parts. */
    assert_text(realm, call(realm, text, "Split", 2, (struct value[]){comma, semicolon}), "MethodArgumentConversionInvalidCastArgument");
    assert_text(realm, call(realm, text, "Split", 2, (struct value[]){value_char(','), value_char(';')}), "a b c");
    assert_text(realm, call(realm, text, "IndexOf", 1, &semicolon), "3");
    assert_text(realm, call(realm, text, "Substring", 1, (struct value[]){value_int32(9)}), "ArgumentOutOfRangeException");
    value_release(text);
    value_release(comma);
    value_release(semicolon);
}

static void numbers(void **state) {
    struct realm *realm = *state;
    struct value mode = string_of("AwayFromZero"), text = string_of("2.5");
    assert_text(realm, static_call(realm, "math", "Max", 2, (struct value[]){value_int32(2), value_double(2.5)}), "2");
    assert_text(realm, static_call(realm, "math", "Max", 2, (struct value[]){value_double(2.5), value_int32(2)}), "2.5");
    assert_text(realm, static_call(realm, "math", "Round", 1, (struct value[]){value_double(2.5)}), "2");
    assert_text(realm, static_call(realm, "math", "Round", 2, (struct value[]){value_double(2.5), mode}), "MethodArgumentConversionInvalidCastArgument");
    assert_text(realm, static_call(realm, "math", "Round", 3, (struct value[]){value_double(1.25), value_int32(1), mode}), "1.3");
    assert_text(realm, static_call(realm, "int", "Parse", 1, &text), "FormatException");
    assert_text(realm, static_call(realm, "double", "Parse", 1, &text), "2.5");
    assert_text(realm, static_call(realm, "int", "Max", 2, (struct value[]){value_int32(1), value_int32(7)}), "7");
    value_release(mode);
    value_release(text);
}

static void matches(void **state) {
    struct realm *realm = *state;
    struct value arguments[2] = {string_of("key=value"), string_of("(?<k>\\w+)=(?<v>\\w+)")}, name = string_of("v");
    struct value match = static_call(realm, "regex", "Match", 2, arguments), groups = get(realm, match, "Groups");
    struct value group = call(realm, groups, "Item", 1, &name);
    assert_text(realm, get(realm, match, "Length"), "9");
    assert_text(realm, get(realm, group, "Value"), "value");
    assert_text(realm, get(realm, group, "Index"), "4");
    value_release(group);
    value_release(groups);
    value_release(match);
    value_release(arguments[0]);
    value_release(arguments[1]);
    value_release(name);
}

static void addresses(void **state) {
    struct realm *realm = *state;
    struct value uri = cast(realm, string_of("https://u@Example.com:8443/a/../b c?q=1#f"), "uri"), name = string_of("b\xc3\xbc" "cher.example");
    assert_text(realm, get(realm, uri, "AbsoluteUri"), "https://u@example.com:8443/b%20c?q=1#f");
    assert_text(realm, get(realm, uri, "Authority"), "example.com:8443");
    value_release(uri);
    struct value mapping = value_null();
    assert_int_equal(member_construct(realm, find(realm, "System.Globalization.IdnMapping"), NULL, 0, &mapping), STATUS_OK);
    struct value ascii = call(realm, mapping, "GetAscii", 1, &name);
    assert_string_equal(string_chars(ascii), "xn--bcher-kva.example");
    assert_text(realm, call(realm, mapping, "GetUnicode", 1, &ascii), "b\xc3\xbc" "cher.example");
    value_release(ascii);
    value_release(mapping);
    value_release(name);
}

int run_text_members(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitting), cmocka_unit_test(numbers), cmocka_unit_test(matches), cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests_name("text_members", tests, start, stop);
}
