#include "types_test.h"
#include <math.h>

struct row { const char *text, *type, *expected; };

/* What [type]'text' gives in PowerShell 7.6, or the id of its error. */
static const struct row text_rows[] = {
    {"42", "int", "42"}, {" 42 ", "int", "42"}, {"+7", "int", "7"}, {"0x1F", "int", "31"}, {"1e3", "int", "1000"},
    {"1,234", "int", "1234"}, {"", "int", "0"}, {"3.0", "int", "3"}, {"12.6", "int", "13"}, {"0b101", "int", "5"},
    {"1kb", "int", "1024"}, {"-0x10", "int", "-16"}, {"10L", "int", "10"}, {"#FF", "int", "255"},
    {"abc", "int", "InvalidCastFromStringToInteger"}, {"1 2", "int", "InvalidCastFromStringToInteger"},
    {"99999999999", "int", "InvalidCastFromStringToInteger"}, {"99999999999", "long", "99999999999"},
    {"0xFFFFFFFF", "int", "-1"}, {"4294967295", "uint32", "4294967295"}, {"18446744073709551615", "uint64", "18446744073709551615"},
    {"1.5", "double", "1.5"}, {"1,000.5", "double", "1000.5"}, {".5", "double", "0.5"}, {"5.", "double", "5"}, {"0x10", "double", "16"},
    {"1e400", "double", "Infinity"}, {"NaN", "double", "NaN"}, {"1.2.3", "double", "InvalidCastFromStringToDoubleOrSingle"},
    {"1.10", "decimal", "1.1"}, {"1e2", "decimal", "100"}, {"x", "decimal", "InvalidCastFromStringToDecimal"},
    {"12345678901234567890123456789", "bigint", "12345678901234567890123456789"}, {"123456789012345678901234567890", "bigint", "123456789012345677877719597056"},
    {"B", "char", "B"}, {"ab", "char", "InvalidCastParseTargetInvocation"}, {"false", "bool", "True"}, {"", "bool", "False"},
    {"monday", "DayOfWeek", "Monday"}, {"fri", "DayOfWeek", "Friday"}, {"3", "DayOfWeek", "Wednesday"},
    {"S", "DayOfWeek", "SubstringDisambiguationEnumParseThrewAnException"}, {"12", "DayOfWeek", "EnumParseUndefined"},
    {"ReadOnly, Hidden", "System.IO.FileAttributes", "ReadOnly, Hidden"},
    {"1.2.3", "version", "1.2.3"}, {"1", "version", "InvalidCastParseTargetInvocation"},
    {"12345678123412341234123456789ABC", "guid", "12345678-1234-1234-1234-123456789abc"},
    {"nope", "guid", "InvalidCastParseTargetInvocationWithFormatProvider"},
    {"2024-03-05", "datetime", "03/05/2024 00:00:00"}, {"not", "datetime", "InvalidCastParseTargetInvocationWithFormatProvider"},
    {"1.02:03:04", "timespan", "1.02:03:04"}, {"2024-01-01T00:00:00+02:00", "datetimeoffset", "01/01/2024 00:00:00 +02:00"},
    {"int", "type", "int"}, {"No.Such", "type", "InvalidCastFromStringToType"}, {"1", "scriptblock", "ConvertToFinalInvalidCastException"},
    {"abc", "char[]", "a b c"}, {"7", "int[]", "7"}, {"x", "int[]", "InvalidCastExceptionScalarToArray"},
    {"12", "Nullable[int]", "12"}, {"a", "System.Collections.Generic.List[string]", "a"},
    {"x", "System.Collections.ArrayList", "ConvertToFinalInvalidCastException"}, {"boo", "System.ArgumentException", "System.ArgumentException: boo"},
    {"[", "regex", "InvalidCastFromStringToRegex"}, {"s", "hashtable", "ConvertToFinalInvalidCastException"},
};

static void from_text(void **state) {
    struct realm *realm = *state;
    for (size_t i = 0; i < sizeof text_rows / sizeof text_rows[0]; i++) {
        struct value made = cast(realm, string_of(text_rows[i].text), text_rows[i].type), text = convert_text(realm, made);
        if (strcmp(string_chars(text), text_rows[i].expected))
            fail_msg("[%s]'%s' is %s, not %s", text_rows[i].type, text_rows[i].text, string_chars(text), text_rows[i].expected);
        value_release(text);
        value_release(made);
    }
}

static void between_kinds(void **state) {
    struct realm *realm = *state;
    assert_text(realm, cast(realm, value_double(2.5), "int"), "2");
    assert_text(realm, cast(realm, value_double(1e12), "int"), "InvalidCastIConvertible");
    assert_text(realm, cast(realm, value_double(NAN), "long"), "InvalidCastIConvertible");
    assert_text(realm, cast(realm, value_bool(true), "int"), "1");
    assert_text(realm, cast(realm, value_char('A'), "byte"), "65");
    assert_text(realm, cast(realm, value_int32(-1), "char"), "InvalidCastIConvertible");
    assert_text(realm, cast(realm, value_double(65), "char"), "InvalidCastIConvertible");
    assert_text(realm, cast(realm, value_null(), "int"), "0");
    assert_text(realm, cast(realm, value_null(), "datetime"), "nullToObjectInvalidCast");
    assert_text(realm, cast(realm, value_int32(9), "DayOfWeek"), "UndefinedIntegerToEnum");
    assert_text(realm, cast(realm, value_int32(5), "version"), "InvalidCastParseTargetInvocation");
    assert_text(realm, cast(realm, value_switch(true), "int"), "ConvertToFinalInvalidCastException");
    assert_string_equal(type_of(realm, cast(realm, value_bool(true), "switch"))->name, "SwitchParameter");
}

static void texts(void **state) {
    struct realm *realm = *state;
    assert_text(realm, value_double(1.0 / 3), "0.333333333333333");
    assert_text(realm, value_double(0.1 + 0.2), "0.3");
    assert_text(realm, value_double(1e15), "1E+15");
    assert_text(realm, value_double(123456789.123456789), "123456789.123457");
    assert_text(realm, value_double(1e-5), "1E-05");
    assert_text(realm, value_double(0.0001), "0.0001");
    assert_text(realm, value_double(-0.0), "-0");
    assert_text(realm, value_single(0.1f), "0.1");
    struct value inner = array_of(realm, (struct value[]){value_int32(2), value_int32(3)}, 2);
    struct value outer = array_of(realm, (struct value[]){value_int32(1), inner, value_null()}, 3);
    value_release(inner);
    assert_text(realm, outer, "1 System.Object[] ");
    struct value object = object_new(realm, NULL, 0);
    object_put(realm, object, TEXT("a"), value_int32(1));
    object_put_take(realm, object, "b", string_of("x y"));
    assert_text(realm, object, "@{a=1; b=x y}");
}

int run_convert(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_text, start, stop),
        cmocka_unit_test_setup_teardown(between_kinds, start, stop),
        cmocka_unit_test_setup_teardown(texts, start, stop),
    };
    return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
