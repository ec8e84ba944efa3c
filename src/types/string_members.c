/* System.String: what its instances do, but for searching (string_search_members.c) and Split (string_split_members.c). */
#include "argument_private.h"
#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"

#define ROW_TYPE "System.String"

static struct text text_of_self(struct value self) {
    return string_text(value_base(self));
}

static enum status raise_range(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.ArgumentOutOfRangeException",
                        "The position or length lies outside the text.");
}

MEMBER(get_length) {
    return argument_give(out, value_int32((int32_t)string_units(value_base(self))));
}

MEMBER(get_chars) {
    struct value text = value_base(self);
    int32_t at;
    TRY(member_argument_int32(realm, "Chars", arguments[0], &at));
    if (at < 0 || (uint32_t)at >= string_units(text))
        return member_raise(realm, "get_Chars", 1, "System.IndexOutOfRangeException", "The text has no character %d.", at);
    return argument_give(out, value_char(string_unit_at(text, (uint32_t)at)));
}

MEMBER(substring) {
    struct value text = value_base(self);
    int32_t start, length = 0, units = (int32_t)string_units(text);
    TRY(member_argument_int32(realm, "Substring", arguments[0], &start));
    if (count > 1) TRY(member_argument_int32(realm, "Substring", arguments[1], &length));
    if (start < 0 || start > units) return raise_range(realm, "Substring", count);
    if (count == 1) length = units - start;
    if (length < 0 || length > units - start) return raise_range(realm, "Substring", count);
    return argument_give(out, string_slice_units(text, (uint32_t)start, (uint32_t)length));
}

MEMBER(insert) {
    struct value text = value_base(self), more;
    int32_t at;
    TRY(member_argument_int32(realm, "Insert", arguments[0], &at));
    if (at < 0 || (uint32_t)at > string_units(text)) return raise_range(realm, "Insert", count);
    TRY(member_argument_text(realm, "Insert", arguments[1], &more));
    size_t offset = string_offset(text, (uint32_t)at);
    struct bytes result = {0};
    bytes_add(&result, string_chars(text), offset);
    bytes_add_text(&result, string_text(more));
    bytes_add_text(&result, text_slice(string_text(text), offset, string_text(text).length));
    value_release(more);
    return argument_give_bytes(out, &result);
}

MEMBER(remove_part) {
    struct value text = value_base(self);
    int32_t start, length = 0, units = (int32_t)string_units(text);
    TRY(member_argument_int32(realm, "Remove", arguments[0], &start));
    if (count > 1) TRY(member_argument_int32(realm, "Remove", arguments[1], &length));
    if (start < 0 || start > units || (count == 1 && start == units && units == 0 && start != 0)) return raise_range(realm, "Remove", count);
    if (count == 1) length = units - start;
    if (length < 0 || length > units - start) return raise_range(realm, "Remove", count);
    size_t from = string_offset(text, (uint32_t)start), to = string_offset(text, (uint32_t)(start + length));
    struct bytes result = {0};
    bytes_add(&result, string_chars(text), from);
    bytes_add_text(&result, text_slice(string_text(text), to, string_text(text).length));
    return argument_give_bytes(out, &result);
}

MEMBER(to_upper) {
    struct bytes result = {0};
    fold_add_upper(&result, text_of_self(self));
    return argument_give_bytes(out, &result);
}

MEMBER(to_lower) {
    struct bytes result = {0};
    fold_add_lower(&result, text_of_self(self));
    return argument_give_bytes(out, &result);
}

/* --- trimming --- */
enum { TRIM_START = 1, TRIM_END = 2 };

/* The characters named: chars, texts (each of their characters), arrays of them. */
static enum status add_set(struct realm *realm, const char *method, struct value argument, struct bytes *set) {
    struct value base = value_base(argument), text;
    if (value_is_array_like(base)) {
        for (uint32_t i = 0; i < array_count(base); i++) TRY(add_set(realm, method, array_at(base, i), set));
        return STATUS_OK;
    }
    if (value_is_nothing(base)) return STATUS_OK;
    TRY(member_argument_text(realm, method, argument, &text));
    bytes_add_text(set, string_text(text));
    value_release(text);
    return STATUS_OK;
}

static bool in_set(uint32_t point, struct text set) {
    if (set.length == 0) return utf8_is_space(point);
    for (size_t at = 0; at < set.length;)
        if (utf8_next(set, &at) == point) return true;
    return false;
}

static enum status trim(struct realm *realm, struct value self, const char *method, int ends, const struct value *arguments,
                        uint32_t count, struct value *out) {
    struct bytes set = {0};
    for (uint32_t i = 0; i < count; i++) {
        enum status status = add_set(realm, method, arguments[i], &set);
        if (status != STATUS_OK) {
            bytes_free(&set);
            return status;
        }
    }
    struct text text = text_of_self(self);
    size_t start = 0, end = text.length, next;
    while ((ends & TRIM_START) && start < end && (next = start, in_set(utf8_next(text, &next), bytes_text(&set)))) start = next;
    while ((ends & TRIM_END) && end > start && (next = end, in_set(utf8_previous(text, &next), bytes_text(&set)))) end = next;
    bytes_free(&set);
    return argument_give(out, string_new(text_slice(text, start, end - start)));
}

MEMBER(trim_both) {
    return trim(realm, self, "Trim", TRIM_START | TRIM_END, arguments, count, out);
}

MEMBER(trim_start) {
    return trim(realm, self, "TrimStart", TRIM_START, arguments, count, out);
}

MEMBER(trim_end) {
    return trim(realm, self, "TrimEnd", TRIM_END, arguments, count, out);
}

static enum status pad(struct realm *realm, struct value self, const char *method, bool left, const struct value *arguments,
                       uint32_t count, struct value *out) {
    struct value text = value_base(self);
    int32_t width;
    uint32_t unit = ' ';
    TRY(member_argument_int32(realm, method, arguments[0], &width));
    if (count > 1) TRY(argument_char(realm, method, arguments[1], &unit));
    if (width < 0) return raise_range(realm, method, count);
    struct bytes result = {0};
    int64_t missing = width - (int64_t)string_units(text);
    if (!left) bytes_add_text(&result, string_text(text));
    for (; missing > 0; missing--) bytes_add_code_point(&result, unit);
    if (left) bytes_add_text(&result, string_text(text));
    return argument_give_bytes(out, &result);
}

MEMBER(pad_left) {
    return pad(realm, self, "PadLeft", true, arguments, count, out);
}

MEMBER(pad_right) {
    return pad(realm, self, "PadRight", false, arguments, count, out);
}

MEMBER(to_char_array) {
    struct value text = value_base(self);
    int32_t start = 0, length = (int32_t)string_units(text);
    if (count == 2) {
        TRY(member_argument_int32(realm, "ToCharArray", arguments[0], &start));
        TRY(member_argument_int32(realm, "ToCharArray", arguments[1], &length));
        if (start < 0 || length < 0 || (int64_t)start + length > (int64_t)string_units(text))
            return raise_range(realm, "ToCharArray", count);
    }
    struct value array = argument_new_array(realm, "System.Char", (uint32_t)length);
    for (int32_t i = 0; i < length; i++) array_push_take(array, value_char(string_unit_at(text, (uint32_t)(start + i))));
    return argument_give(out, array);
}

/* Stands for the CharEnumerator: its elements are what a loop over it sees. */
MEMBER(get_enumerator) {
    struct value text = value_base(self), list = list_new(realm, type_known(realm, "System.CharEnumerator"), string_units(text));
    for (uint32_t i = 0; i < string_units(text); i++) array_push_take(list, value_char(string_unit_at(text, i)));
    return argument_give(out, list);
}

MEMBER(replace) {
    struct value old, new_text = VALUE_UNSET_INIT;
    int64_t comparison = 0;
    TRY(member_argument_text(realm, "Replace", arguments[0], &old));
    enum status status = member_argument_text(realm, "Replace", arguments[1], &new_text);
    struct text from = string_text(old), text = text_of_self(self);
    bool fold = count > 2 && ((argument_is_enum(realm, arguments[2], "System.StringComparison", &comparison) && (comparison & 1)) ||
                              (value_base(arguments[2]).kind == VALUE_BOOL && value_base(arguments[2]).boolean));
    if (status == STATUS_OK && from.length == 0)
        status = member_raise(realm, "Replace", count, "System.ArgumentException", "The text to replace is empty.");
    if (status == STATUS_OK) {
        struct bytes result = {0};
        size_t at = 0, found;
        while ((found = fold ? text_find_fold(text, from, at) : text_find(text, from, at)) != TEXT_NOT_FOUND) {
            bytes_add(&result, text.start + at, found - at);
            bytes_add_text(&result, string_text(new_text));
            at = found + from.length;
        }
        bytes_add(&result, text.start + at, text.length - at);
        status = argument_give_bytes(out, &result);
    }
    value_release(old);
    value_release(new_text);
    return status;
}

/* --- comparing --- */
MEMBER(compare_to) {
    struct value other;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_int32(1));
    if (value_base(arguments[0]).kind != VALUE_STRING)
        return member_raise(realm, "CompareTo", 1, "System.ArgumentException", "A text is compared with a text only.");
    TRY(member_argument_text(realm, "CompareTo", arguments[0], &other));
    int order = collate_compare(realm->collator, text_of_self(self), string_text(other), false);
    value_release(other);
    return argument_give(out, value_int32((order > 0) - (order < 0)));
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]), converted = VALUE_UNSET_INIT;
    int64_t comparison = 4;
    if (count > 1) TRY(argument_enum(realm, "Equals", arguments[1], "System.StringComparison", &comparison));
    if (count > 1 && other.kind != VALUE_STRING) {
        TRY(member_argument_text(realm, "Equals", arguments[0], &converted));
        other = converted;
    }
    bool equal = other.kind == VALUE_STRING;
    if (equal) {
        struct text a = text_of_self(self), b = string_text(other);
        equal = comparison & 1 ? text_equal_fold(a, b) : text_equal(a, b);
    }
    value_release(converted);
    return argument_give(out, value_bool(equal));
}

MEMBER(same) {
    return argument_give(out, value_keep(value_base(self)));
}

MEMBER(normalize) {
    int64_t form = 1;
    if (count) TRY(argument_enum(realm, "Normalize", arguments[0], "System.Text.NormalizationForm", &form));
    struct bytes result = {0};
    if (!fold_normalize(&result, text_of_self(self), form == 1 ? 'C' : form == 2 ? 'D' : form == 5 ? 'c' : 'd')) {
        bytes_free(&result);
        return member_raise(realm, "Normalize", count, "System.ArgumentException", "The text is not valid Unicode.");
    }
    return argument_give_bytes(out, &result);
}

MEMBER(is_normalized) {
    struct bytes result = {0};
    bool same_text = fold_normalize(&result, text_of_self(self), 'C') && text_equal(bytes_text(&result), text_of_self(self));
    bytes_free(&result);
    return argument_give(out, value_bool(same_text));
}

MEMBER(get_hash_code) {
    return argument_give(out, value_int32((int32_t)string_hash(value_base(self))));
}

MEMBER(replace_line_endings) {
    struct text text = text_of_self(self);
    struct value with = VALUE_UNSET_INIT;
    if (count) TRY(member_argument_text(realm, "ReplaceLineEndings", arguments[0], &with));
    struct bytes result = {0};
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] != '\n' && text.start[i] != '\r') {
            bytes_add_byte(&result, text.start[i]);
            continue;
        }
        if (text.start[i] == '\r' && i + 1 < text.length && text.start[i + 1] == '\n') i++;
        if (count) bytes_add_text(&result, string_text(with));
        else bytes_add_byte(&result, '\n');
    }
    value_release(with);
    return argument_give_bytes(out, &result);
}

MEMBER(get_type_code) {
    return argument_give(out, argument_enum_value(realm, "System.TypeCode", 18));
}

static const struct member_row rows[] = {
    ROW_PROPERTY("Length", get_length, "int"),
    ROW_CALL("Chars", 1, 1, get_chars, "char Chars(int index) {get;}"),
    ROW_CALL("get_Chars", 1, 1, get_chars, "char get_Chars(int index)"),
    ROW_CALL("Clone", 0, 0, same, "System.Object Clone(), System.Object ICloneable.Clone()"),
    ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.Object value), int CompareTo(string strB)"),
    ROW_CALL("Equals", 1, 2, equals, "bool Equals(System.Object obj), bool Equals(string value), bool Equals(string value, System.StringComparison comparisonType)"),
    ROW_CALL("GetEnumerator", 0, 0, get_enumerator, "System.CharEnumerator GetEnumerator()"),
    ROW_CALL("GetHashCode", 0, 0, get_hash_code, "int GetHashCode()"),
    ROW_CALL("GetTypeCode", 0, 0, get_type_code, "System.TypeCode GetTypeCode()"),
    ROW_CALL("Insert", 2, 2, insert, "string Insert(int startIndex, string value)"),
    ROW_CALL("IsNormalized", 0, 1, is_normalized, "bool IsNormalized(), bool IsNormalized(System.Text.NormalizationForm normalizationForm)"),
    ROW_CALL("Normalize", 0, 1, normalize, "string Normalize(), string Normalize(System.Text.NormalizationForm normalizationForm)"),
    ROW_CALL("PadLeft", 1, 2, pad_left, "string PadLeft(int totalWidth), string PadLeft(int totalWidth, char paddingChar)"),
    ROW_CALL("PadRight", 1, 2, pad_right, "string PadRight(int totalWidth), string PadRight(int totalWidth, char paddingChar)"),
    ROW_CALL("Remove", 1, 2, remove_part, "string Remove(int startIndex, int count), string Remove(int startIndex)"),
    ROW_CALL("Replace", 2, 4, replace, "string Replace(string oldValue, string newValue, System.StringComparison comparisonType), string Replace(char oldChar, char newChar), string Replace(string oldValue, string newValue)"),
    ROW_CALL("ReplaceLineEndings", 0, 1, replace_line_endings, "string ReplaceLineEndings(), string ReplaceLineEndings(string replacementText)"),
    ROW_CALL("Substring", 1, 2, substring, "string Substring(int startIndex), string Substring(int startIndex, int length)"),
    ROW_CALL("ToCharArray", 0, 2, to_char_array, "char[] ToCharArray(), char[] ToCharArray(int startIndex, int length)"),
    ROW_CALL("ToLower", 0, 1, to_lower, "string ToLower(), string ToLower(cultureinfo culture)"),
    ROW_CALL("ToLowerInvariant", 0, 0, to_lower, "string ToLowerInvariant()"),
    ROW_CALL("ToString", 0, 1, same, "string ToString(), string ToString(System.IFormatProvider provider)"),
    ROW_CALL("ToUpper", 0, 1, to_upper, "string ToUpper(), string ToUpper(cultureinfo culture)"),
    ROW_CALL("ToUpperInvariant", 0, 0, to_upper, "string ToUpperInvariant()"),
    ROW_CALL("Trim", 0, -1, trim_both, "string Trim(), string Trim(char trimChar), string Trim(Params char[] trimChars)"),
    ROW_CALL("TrimEnd", 0, -1, trim_end, "string TrimEnd(), string TrimEnd(char trimChar), string TrimEnd(Params char[] trimChars)"),
    ROW_CALL("TrimStart", 0, -1, trim_start, "string TrimStart(), string TrimStart(char trimChar), string TrimStart(Params char[] trimChars)"),
};
const struct member_table string_member_table = TABLE_OF(rows);
