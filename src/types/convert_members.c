/* [convert] and [BitConverter]. */
#include "argument_private.h"
#include "number_parse_private.h"
#include "base64_private.h"

#define ROW_TYPE "System.Convert"

/* Text is read strictly ("2.5" is no int), other values as PowerShell casts them. */
static enum status to_kind(struct realm *realm, const char *method, enum value_kind kind, const struct value *arguments,
                           uint32_t count, struct value *out) {
    struct value base = value_base(arguments[0]);
    enum number_outcome outcome;
    int32_t radix = 10;
    bool has_radix = count > 1 && value_is_integer(value_base(arguments[1]));
    if (value_is_nothing(base)) return convert_to(realm, value_int32(0), type_of_kind(realm, kind), out);
    if (base.kind != VALUE_STRING && !has_radix) {
        if (convert_try(realm, arguments[0], type_of_kind(realm, kind), out)) return STATUS_OK;
        if (value_is_number(base))
            return member_raise(realm, method, count, "System.OverflowException", "The number is too large or too small.");
        return member_raise(realm, method, count, "System.InvalidCastException", "The value is no number.");
    }
    struct value text;
    TRY(member_argument_text(realm, method, arguments[0], &text));
    if (has_radix) TRY(member_argument_int32(realm, method, arguments[1], &radix));
    if (has_radix && radix != 2 && radix != 8 && radix != 10 && radix != 16) {
        value_release(text);
        return member_raise(realm, method, count, "System.ArgumentException", "The base is 2, 8, 10 or 16.");
    }
    if (radix != 10) outcome = number_parse_base(string_text(text), radix, kind, out);
    else outcome = number_parse(string_text(text), kind, number_default_styles(kind), realm->culture, out);
    enum status status = STATUS_OK;
    if (outcome == NUMBER_FORMAT)
        status = member_raise(realm, method, count, "System.FormatException", "\"%s\" is not such a number.", string_chars(text));
    else if (outcome == NUMBER_OVERFLOW)
        status = member_raise(realm, method, count, "System.OverflowException", "\"%s\" is too large or too small.", string_chars(text));
    value_release(text);
    return status;
}

#define TO_KIND(function, name, kind)                                                                        \
    MEMBER(function) { return to_kind(realm, name, kind, arguments, count, out); }
TO_KIND(to_sbyte, "ToSByte", VALUE_SBYTE)
TO_KIND(to_byte, "ToByte", VALUE_BYTE)
TO_KIND(to_int16, "ToInt16", VALUE_INT16)
TO_KIND(to_uint16, "ToUInt16", VALUE_UINT16)
TO_KIND(to_int32, "ToInt32", VALUE_INT32)
TO_KIND(to_uint32, "ToUInt32", VALUE_UINT32)
TO_KIND(to_int64, "ToInt64", VALUE_INT64)
TO_KIND(to_uint64, "ToUInt64", VALUE_UINT64)
TO_KIND(to_single, "ToSingle", VALUE_SINGLE)
TO_KIND(to_double, "ToDouble", VALUE_DOUBLE)
TO_KIND(to_decimal, "ToDecimal", VALUE_DECIMAL)

MEMBER(to_boolean) {
    struct value base = value_base(arguments[0]);
    if (value_is_nothing(base)) return argument_give(out, value_bool(false));
    if (base.kind == VALUE_STRING) {
        struct text text = text_trim(string_text(base));
        bool yes = text_equal_fold(text, TEXT("true"));
        if (!yes && !text_equal_fold(text, TEXT("false")))
            return member_raise(realm, "ToBoolean", count, "System.FormatException", "\"%s\" is neither True nor False.", string_chars(base));
        return argument_give(out, value_bool(yes));
    }
    return argument_give(out, value_bool(value_truth(base)));
}

MEMBER(to_char) {
    uint32_t unit;
    TRY(argument_char(realm, "ToChar", arguments[0], &unit));
    return argument_give(out, value_char((uint16_t)unit));
}

MEMBER(to_date) {
    struct value base = value_base(arguments[0]);
    if (base.kind == VALUE_STRING) {
        if (date_parse(realm, string_text(base), count > 1 ? argument_culture(realm, arguments[1]) : realm->culture, out)) return STATUS_OK;
        return member_raise(realm, "ToDateTime", count, "System.FormatException", "\"%s\" is not a date.", string_chars(base));
    }
    return convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DATETIME), out);
}

static void add_base(struct bytes *out, uint64_t bits, int base) {
    char text[64];
    int count = 0;
    do text[count++] = "0123456789abcdef"[bits % (unsigned)base];
    while (bits /= (unsigned)base);
    while (count) bytes_add_byte(out, text[--count]);
}

MEMBER(to_text) {
    struct value base = value_base(arguments[0]);
    bool has_base = count > 1 && value_is_integer(value_base(arguments[1])) && value_is_integer(base);
    if (!has_base) {
        if (value_is_nothing(base)) return argument_give(out, string_empty());
        return convert_dot_text(realm, arguments[0], out);
    }
    int64_t radix = value_base(arguments[1]).integer;
    struct bytes text = {0};
    if (radix == 10) decimal_add_int64(&text, base.integer);
    else if (radix == 2 || radix == 8 || radix == 16) {
        int width = number_kind_bits((enum value_kind)base.kind);
        add_base(&text, width == 64 ? base.uinteger : base.uinteger & ((1ULL << width) - 1), (int)radix);
    } else return member_raise(realm, "ToString", count, "System.ArgumentException", "The base is 2, 8, 10 or 16.");
    return argument_give_bytes(out, &text);
}

MEMBER(change_type) {
    struct value target = value_base(arguments[1]);
    if (target.kind == VALUE_TYPE) return convert_to(realm, arguments[0], target.type, out);
    return member_raise(realm, "ChangeType", count, "System.InvalidCastException", "The second argument is a type.");
}

MEMBER(is_db_null) {
    const struct type *of = type_of(realm, arguments[0]);
    return argument_give(out, value_bool(of && strcmp(of->full_name, "System.DBNull") == 0));
}

/* --- base 64 and hexadecimal --- */
MEMBER(to_base64) {
    struct bytes bytes = {0}, text = {0};
    int64_t options = 0;
    int32_t start = 0, length;
    enum status status = argument_bytes(realm, "ToBase64String", arguments[0], &bytes);
    length = (int32_t)bytes.length;
    if (status == STATUS_OK && count >= 3) {
        status = member_argument_int32(realm, "ToBase64String", arguments[1], &start);
        if (status == STATUS_OK) status = member_argument_int32(realm, "ToBase64String", arguments[2], &length);
    } else if (status == STATUS_OK && count == 2)
        status = argument_enum(realm, "ToBase64String", arguments[1], "System.Base64FormattingOptions", &options);
    if (status == STATUS_OK && (start < 0 || length < 0 || (size_t)start + (size_t)length > bytes.length))
        status = member_raise(realm, "ToBase64String", count, "System.ArgumentOutOfRangeException", "The array has no such range.");
    if (status == STATUS_OK) {
        base64_add(&text, bytes_text(&bytes).start + start, (size_t)length, options == 1);
        status = argument_give_bytes(out, &text);
    }
    bytes_free(&bytes);
    return status;
}

MEMBER(from_base64) {
    struct value text;
    struct bytes bytes = {0};
    TRY(member_argument_text(realm, "FromBase64String", arguments[0], &text));
    bool good = base64_read(string_text(text), &bytes);
    value_release(text);
    if (good) *out = argument_byte_array(realm, bytes.data, bytes.length);
    bytes_free(&bytes);
    if (good) return STATUS_OK;
    return member_raise(realm, "FromBase64String", 1, "System.FormatException", "The text is not Base64: it holds other characters or its length is no multiple of 4.");
}

static enum status give_hexadecimal(struct realm *realm, const char *method, const char *digits, const char *between,
                                    const struct value *arguments, struct value *out) {
    struct bytes bytes = {0}, text = {0};
    enum status status = argument_bytes(realm, method, arguments[0], &bytes);
    for (size_t i = 0; status == STATUS_OK && i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (i) bytes_add_string(&text, between);
        bytes_add_byte(&text, digits[byte >> 4]);
        bytes_add_byte(&text, digits[byte & 15]);
    }
    bytes_free(&bytes);
    if (status == STATUS_OK) return argument_give_bytes(out, &text);
    return status;
}

MEMBER(to_hexadecimal) {
    return give_hexadecimal(realm, "ToHexString", "0123456789ABCDEF", "", arguments, out);
}

MEMBER(to_hexadecimal_lower) {
    return give_hexadecimal(realm, "ToHexStringLower", "0123456789abcdef", "", arguments, out);
}

MEMBER(from_hexadecimal) {
    struct value text, byte;
    struct bytes bytes = {0};
    TRY(member_argument_text(realm, "FromHexString", arguments[0], &text));
    struct text digits = string_text(text);
    bool good = digits.length % 2 == 0;
    for (size_t i = 0; good && i < digits.length; i += 2) {
        good = number_parse_base(text_slice(digits, i, 2), 16, VALUE_BYTE, &byte) == NUMBER_GOOD;
        if (good) bytes_add_byte(&bytes, (char)byte.integer);
    }
    value_release(text);
    if (good) *out = argument_byte_array(realm, bytes.data, bytes.length);
    bytes_free(&bytes);
    if (good) return STATUS_OK;
    return member_raise(realm, "FromHexString", 1, "System.FormatException", "The text is not made of pairs of hexadecimal digits.");
}

/* --- BitConverter --- */
MEMBER(bits_to_text) {
    return give_hexadecimal(realm, "ToString", "0123456789ABCDEF", "-", arguments, out);
}

MEMBER(get_bytes) {
    struct value base = value_base(arguments[0]);
    float single = (float)base.real;
    if (base.kind == VALUE_SINGLE) return argument_give(out, argument_byte_array(realm, &single, 4));
    if (base.kind == VALUE_BOOL) return argument_give(out, argument_byte_array(realm, &base.boolean, 1));
    if (base.kind == VALUE_CHAR) return argument_give(out, argument_byte_array(realm, &base.integer, 2));
    if (!value_is_integer(base) && base.kind != VALUE_DOUBLE)
        return member_raise(realm, "GetBytes", 1, "System.ArgumentException", "Only numbers have bytes.");
    size_t width = base.kind == VALUE_BYTE || base.kind == VALUE_SBYTE ? 2 : (size_t)number_kind_bits((enum value_kind)base.kind) / 8;
    return argument_give(out, argument_byte_array(realm, &base.integer, width));
}

static enum status from_bytes(struct realm *realm, const char *method, enum value_kind kind, const struct value *arguments,
                              uint32_t count, struct value *out) {
    struct bytes bytes = {0};
    int32_t start = 0;
    size_t width = (size_t)number_kind_bits(kind) / 8;
    if (kind == VALUE_SINGLE) width = 4;
    if (count > 1) TRY(member_argument_int32(realm, method, arguments[1], &start));
    enum status status = argument_bytes(realm, method, arguments[0], &bytes);
    if (status == STATUS_OK && (start < 0 || (size_t)start + width > bytes.length))
        status = member_raise(realm, method, count, "System.ArgumentException", "The array is too short for this number.");
    if (status == STATUS_OK) {
        uint64_t bits = 0;
        float single;
        memcpy(&bits, bytes.data + start, width);
        memcpy(&single, &bits, sizeof single);
        if (kind == VALUE_SINGLE) *out = value_single(single);
        else if (kind == VALUE_DOUBLE) *out = (struct value){.kind = VALUE_DOUBLE, .uinteger = bits};
        else *out = number_of_bits(kind, bits);
    }
    bytes_free(&bytes);
    return status;
}

#define FROM_BYTES(function, name, kind)                                                                     \
    MEMBER(function) { return from_bytes(realm, name, kind, arguments, count, out); }
FROM_BYTES(bits_to_int16, "ToInt16", VALUE_INT16)
FROM_BYTES(bits_to_uint16, "ToUInt16", VALUE_UINT16)
FROM_BYTES(bits_to_int32, "ToInt32", VALUE_INT32)
FROM_BYTES(bits_to_uint32, "ToUInt32", VALUE_UINT32)
FROM_BYTES(bits_to_int64, "ToInt64", VALUE_INT64)
FROM_BYTES(bits_to_uint64, "ToUInt64", VALUE_UINT64)
FROM_BYTES(bits_to_single, "ToSingle", VALUE_SINGLE)
FROM_BYTES(bits_to_double, "ToDouble", VALUE_DOUBLE)

MEMBER(is_little_endian) {
    return argument_give(out, value_bool(true));
}

#define TO_ROW(name, function) ROW_STATIC_CALL(name, 1, 2, function, "static " name "(System.Object value), static " name "(string value, int fromBase)")
#define BITS_ROW(name, function) {"System.BitConverter", name, ROW_STATIC_METHOD, 1, 2, function, NULL, "static " name "(byte[] value, int startIndex)"}
static const struct member_row rows[] = {
    TO_ROW("ToSByte", to_sbyte), TO_ROW("ToByte", to_byte), TO_ROW("ToInt16", to_int16), TO_ROW("ToUInt16", to_uint16),
    TO_ROW("ToInt32", to_int32), TO_ROW("ToUInt32", to_uint32), TO_ROW("ToInt64", to_int64), TO_ROW("ToUInt64", to_uint64),
    TO_ROW("ToSingle", to_single), TO_ROW("ToDouble", to_double), TO_ROW("ToDecimal", to_decimal),
    TO_ROW("ToBoolean", to_boolean), TO_ROW("ToChar", to_char), TO_ROW("ToDateTime", to_date), TO_ROW("ToString", to_text),
    ROW_STATIC_CALL("ChangeType", 2, 3, change_type, "static System.Object ChangeType(System.Object value, type conversionType)"),
    ROW_STATIC_CALL("FromBase64String", 1, 1, from_base64, "static byte[] FromBase64String(string s)"),
    ROW_STATIC_CALL("FromHexString", 1, 1, from_hexadecimal, "static byte[] FromHexString(string s)"),
    ROW_STATIC_CALL("IsDBNull", 1, 1, is_db_null, "static bool IsDBNull(System.Object value)"),
    ROW_STATIC_CALL("ToBase64String", 1, 4, to_base64, "static string ToBase64String(byte[] inArray), static string ToBase64String(byte[] inArray, System.Base64FormattingOptions options), static string ToBase64String(byte[] inArray, int offset, int length)"),
    ROW_STATIC_CALL("ToHexString", 1, 1, to_hexadecimal, "static string ToHexString(byte[] inArray)"),
    ROW_STATIC_CALL("ToHexStringLower", 1, 1, to_hexadecimal_lower, "static string ToHexStringLower(byte[] inArray)"),
    {"System.BitConverter", "IsLittleEndian", ROW_STATIC_GET, 0, 0, is_little_endian, NULL, "static bool IsLittleEndian {get;}"},
    {"System.BitConverter", "GetBytes", ROW_STATIC_METHOD, 1, 1, get_bytes, NULL, "static byte[] GetBytes(int value)"},
    BITS_ROW("ToString", bits_to_text), BITS_ROW("ToInt16", bits_to_int16), BITS_ROW("ToUInt16", bits_to_uint16),
    BITS_ROW("ToInt32", bits_to_int32), BITS_ROW("ToUInt32", bits_to_uint32), BITS_ROW("ToInt64", bits_to_int64),
    BITS_ROW("ToUInt64", bits_to_uint64), BITS_ROW("ToSingle", bits_to_single), BITS_ROW("ToDouble", bits_to_double),
};
const struct member_table convert_member_table = TABLE_OF(rows);
