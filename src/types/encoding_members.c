/* [System.Text.Encoding] and its kinds. */
#include "argument_private.h"
#include "m365sh/base/utf8.h"
#include "text_encoding_private.h"

struct encoding_row { const char *type, *web_name, *title; int code_page; bool mark; };
static const struct encoding_row encodings[TEXT_ENCODING_COUNT] = {
    [TEXT_UTF8] = {"System.Text.UTF8Encoding", "utf-8", "Unicode (UTF-8)", 65001, true},
    [TEXT_ASCII] = {"System.Text.ASCIIEncoding", "us-ascii", "US-ASCII", 20127, false},
    [TEXT_UTF16] = {"System.Text.UnicodeEncoding", "utf-16", "Unicode", 1200, true},
    [TEXT_UTF16_BIG] = {"System.Text.UnicodeEncoding", "utf-16BE", "Unicode (Big-Endian)", 1201, true},
    [TEXT_UTF32] = {"System.Text.UTF32Encoding", "utf-32", "Unicode (UTF-32)", 12000, true},
    [TEXT_UTF32_BIG] = {"System.Text.UTF32Encoding", "utf-32BE", "Unicode (UTF-32 Big-Endian)", 12001, true},
    [TEXT_LATIN1] = {"System.Text.Latin1Encoding", "iso-8859-1", "Western European (ISO)", 28591, false},
    [TEXT_WINDOWS1252] = {"System.Text.Latin1Encoding", "windows-1252", "Western European (Windows)", 1252, false},
};

/* The slots of an Encoding: what is hidden tells which one it is. */
static struct value new_encoding(struct realm *realm, enum text_encoding encoding, bool mark, bool sealed) {
    const struct encoding_row *row = &encodings[encoding];
    const struct type *type = type_find(realm, text_of(encoding == TEXT_UTF8 && sealed ? "System.Text.UTF8Encoding+UTF8EncodingSealed" : row->type));
    struct value object = object_new(realm, type ? type : type_known(realm, "System.Text.Encoding"), 8);
    struct value name = string_of(row->web_name), title = string_of(row->title);
    object_add(realm, object, TEXT("Preamble"), MEMBER_PROPERTY, value_null()); /* a span: PowerShell shows nothing */
    object_add(realm, object, TEXT("BodyName"), MEMBER_PROPERTY, name);
    object_add(realm, object, TEXT("EncodingName"), MEMBER_PROPERTY, title);
    object_add(realm, object, TEXT("HeaderName"), MEMBER_PROPERTY, name);
    object_add(realm, object, TEXT("WebName"), MEMBER_PROPERTY, name);
    object_add(realm, object, TEXT("IsSingleByte"), MEMBER_PROPERTY, value_bool(encoding == TEXT_ASCII || encoding >= TEXT_LATIN1));
    object_add(realm, object, TEXT("CodePage"), MEMBER_PROPERTY, value_int32(row->code_page));
    object_block(object)->hidden = value_int32((int32_t)encoding << 1 | mark);
    value_release(name);
    value_release(title);
    return object;
}

bool text_encoding_of(struct realm *realm, struct value v, enum text_encoding *encoding, bool *mark) {
    struct value base = value_base(v);
    const struct type *type = base.kind == VALUE_OBJECT ? type_of(realm, base) : NULL;
    if (!type || !type_is(type, type_known(realm, "System.Text.Encoding"))) return false;
    int64_t hidden = object_block(base)->hidden.integer;
    *encoding = (enum text_encoding)(hidden >> 1);
    *mark = hidden & 1;
    return true;
}

static enum text_encoding own(struct realm *realm, struct value self) {
    enum text_encoding encoding = TEXT_UTF8;
    bool mark;
    text_encoding_of(realm, self, &encoding, &mark);
    return encoding;
}

#define KIND(function, encoding, mark)                                                                       \
    MEMBER(function) { return argument_give(out, new_encoding(realm, encoding, mark, true)); }
KIND(get_utf8, TEXT_UTF8, true)
KIND(get_default, TEXT_UTF8, false)
KIND(get_ascii, TEXT_ASCII, false)
KIND(get_utf16, TEXT_UTF16, true)
KIND(get_utf16_big, TEXT_UTF16_BIG, true)
KIND(get_utf32, TEXT_UTF32, true)
KIND(get_latin1, TEXT_LATIN1, false)

static bool flag(const struct value *arguments, uint32_t count, uint32_t index, bool otherwise) {
    return count > index ? value_truth(value_base(arguments[index])) : otherwise;
}

MEMBER(new_utf8) { return argument_give(out, new_encoding(realm, TEXT_UTF8, flag(arguments, count, 0, false), false)); }
MEMBER(new_utf16) {
    return argument_give(out, new_encoding(realm, flag(arguments, count, 0, false) ? TEXT_UTF16_BIG : TEXT_UTF16, flag(arguments, count, 1, true), false));
}
MEMBER(new_utf32) {
    return argument_give(out, new_encoding(realm, flag(arguments, count, 0, false) ? TEXT_UTF32_BIG : TEXT_UTF32, flag(arguments, count, 1, true), false));
}

static int find_by_name(struct text name) {
    static const struct { const char *name; uint8_t encoding; } more[] = {
        {"utf8", TEXT_UTF8}, {"unicode", TEXT_UTF16}, {"utf-16LE", TEXT_UTF16}, {"ascii", TEXT_ASCII}, {"latin1", TEXT_LATIN1},
        {"iso8859-1", TEXT_LATIN1}, {"unicodeFFFE", TEXT_UTF16_BIG}, {"utf-32LE", TEXT_UTF32},
    };
    for (int i = 0; i < TEXT_ENCODING_COUNT; i++)
        if (text_equal_fold(name, text_of(encodings[i].web_name))) return i;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        if (text_equal_fold(name, text_of(more[i].name))) return more[i].encoding;
    return -1;
}

MEMBER(get_encoding) {
    struct value base = value_base(arguments[0]), name;
    int found = -1;
    if (value_is_integer(base)) {
        for (int i = 0; i < TEXT_ENCODING_COUNT; i++)
            if (encodings[i].code_page == base.integer) found = i;
        if (base.integer == 0) found = TEXT_UTF8;
    } else {
        TRY(member_argument_text(realm, "GetEncoding", arguments[0], &name));
        found = find_by_name(string_text(name));
        value_release(name);
    }
    if (found < 0) return member_raise(realm, "GetEncoding", 1, "System.ArgumentException", "There is no such encoding here; utf-8, utf-16, utf-32, us-ascii, iso-8859-1 and Windows-1252 are.");
    return argument_give(out, new_encoding(realm, (enum text_encoding)found, encodings[found].mark, true));
}

MEMBER(get_bytes) {
    struct value text = VALUE_UNSET_INIT, base = value_base(arguments[0]);
    struct bytes bytes = {0}, joined = {0};
    if (value_is_array_like(base)) {
        for (uint32_t i = 0; i < array_count(base); i++) convert_add_text(realm, &joined, array_at(base, i));
        text = string_from_bytes(&joined);
        bytes_free(&joined);
    } else TRY(member_argument_text(realm, "GetBytes", arguments[0], &text));
    text_encode(&bytes, string_text(text), own(realm, self));
    *out = argument_byte_array(realm, bytes.data, bytes.length);
    bytes_free(&bytes);
    value_release(text);
    return STATUS_OK;
}

MEMBER(get_byte_count) {
    struct value bytes;
    TRY(get_bytes(realm, type, self, arguments, count, &bytes));
    *out = value_int32((int32_t)array_count(bytes));
    value_release(bytes);
    return STATUS_OK;
}

MEMBER(get_string) {
    struct bytes bytes = {0}, text = {0};
    int32_t start = 0, length;
    enum status status = argument_bytes(realm, "GetString", arguments[0], &bytes);
    length = (int32_t)bytes.length;
    if (status == STATUS_OK && count == 3) {
        status = member_argument_int32(realm, "GetString", arguments[1], &start);
        if (status == STATUS_OK) status = member_argument_int32(realm, "GetString", arguments[2], &length);
        if (status == STATUS_OK && (start < 0 || length < 0 || (size_t)start + (size_t)length > bytes.length))
            status = member_raise(realm, "GetString", 3, "System.ArgumentOutOfRangeException", "The array has no such range.");
    }
    if (status == STATUS_OK) {
        text_decode(&text, text_slice(bytes_text(&bytes), (size_t)start, (size_t)length), own(realm, self));
        status = argument_give_bytes(out, &text);
    }
    bytes_free(&bytes);
    return status;
}

MEMBER(get_chars) {
    struct value text;
    TRY(get_string(realm, type, self, arguments, count, &text));
    struct value chars = argument_new_array(realm, "System.Char", string_units(text));
    for (uint32_t i = 0; i < string_units(text); i++) array_push_take(chars, value_char(string_unit_at(text, i)));
    value_release(text);
    return argument_give(out, chars);
}

MEMBER(get_preamble) {
    enum text_encoding encoding;
    bool mark;
    text_encoding_of(realm, self, &encoding, &mark);
    return argument_give(out, argument_byte_array(realm, text_encoding_preamble(encoding).start, mark ? text_encoding_preamble(encoding).length : 0));
}

MEMBER(register_provider) {
    return argument_give(out, value_void());
}

static const struct member_row rows[] = {
#define ROW_TYPE "System.Text.Encoding"
    ROW_STATIC("ASCII", get_ascii, "static System.Text.Encoding"), ROW_STATIC("BigEndianUnicode", get_utf16_big, "static System.Text.Encoding"),
    ROW_STATIC("Default", get_default, "static System.Text.Encoding"), ROW_STATIC("Latin1", get_latin1, "static System.Text.Encoding"),
    ROW_STATIC("Unicode", get_utf16, "static System.Text.Encoding"), ROW_STATIC("UTF32", get_utf32, "static System.Text.Encoding"),
    ROW_STATIC("UTF8", get_utf8, "static System.Text.Encoding"),
    ROW_STATIC_CALL("GetEncoding", 1, 3, get_encoding, "static System.Text.Encoding GetEncoding(int codepage), static System.Text.Encoding GetEncoding(string name)"),
    ROW_STATIC_CALL("RegisterProvider", 1, 1, register_provider, "static void RegisterProvider(System.Text.EncodingProvider provider)"),
    ROW_CALL("GetByteCount", 1, 1, get_byte_count, "int GetByteCount(string s)"),
    ROW_CALL("GetBytes", 1, 1, get_bytes, "byte[] GetBytes(string s), byte[] GetBytes(char[] chars)"),
    ROW_CALL("GetChars", 1, 3, get_chars, "char[] GetChars(byte[] bytes)"),
    ROW_CALL("GetPreamble", 0, 0, get_preamble, "byte[] GetPreamble()"),
    ROW_CALL("GetString", 1, 3, get_string, "string GetString(byte[] bytes), string GetString(byte[] bytes, int index, int count)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Text.UTF8Encoding"
    ROW_NEW(0, 2, new_utf8, "System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Text.ASCIIEncoding"
    ROW_NEW(0, 0, get_ascii, "System.Text.ASCIIEncoding new()"),
#undef ROW_TYPE
#define ROW_TYPE "System.Text.UnicodeEncoding"
    ROW_NEW(0, 3, new_utf16, "System.Text.UnicodeEncoding new(bool bigEndian, bool byteOrderMark)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Text.UTF32Encoding"
    ROW_NEW(0, 3, new_utf32, "System.Text.UTF32Encoding new(bool bigEndian, bool byteOrderMark)"),
#undef ROW_TYPE
};
const struct member_table encoding_member_table = TABLE_OF(rows);
