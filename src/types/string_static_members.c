/* System.String: statics and constructors. */
#include "argument_private.h"
#include "m365sh/base/utf8.h"

#define ROW_TYPE "System.String"

MEMBER(get_empty) {
    return argument_give(out, string_empty());
}

MEMBER(is_null_or_empty) {
    struct value text;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_bool(true));
    TRY(member_argument_text(realm, "IsNullOrEmpty", arguments[0], &text));
    bool empty = string_text(text).length == 0;
    value_release(text);
    return argument_give(out, value_bool(empty));
}

MEMBER(is_null_or_white_space) {
    struct value text;
    bool blank = true;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_bool(true));
    TRY(member_argument_text(realm, "IsNullOrWhiteSpace", arguments[0], &text));
    for (size_t at = 0; blank && at < string_text(text).length;) blank = utf8_is_space(utf8_next(string_text(text), &at));
    value_release(text);
    return argument_give(out, value_bool(blank));
}

static enum status add_text(struct realm *realm, const char *method, struct bytes *result, struct value item) {
    struct value text;
    if (value_is_nothing(value_base(item))) return STATUS_OK;
    if (value_is_array_like(value_base(item))) TRY(convert_dot_text(realm, item, &text)); /* System.Object[] */
    else TRY(member_argument_text(realm, method, item, &text));
    bytes_add_text(result, string_text(text));
    value_release(text);
    return STATUS_OK;
}

static enum status add_joined(struct realm *realm, const char *method, struct bytes *result, struct text separator,
                              const struct value *items, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (i) bytes_add_text(result, separator);
        TRY(add_text(realm, method, result, items[i]));
    }
    return STATUS_OK;
}

/* Several values, or the elements of the one collection given. */
static enum status add_all(struct realm *realm, const char *method, struct bytes *result, struct text separator,
                           const struct value *arguments, uint32_t count) {
    if (count != 1 || !convert_is_enumerable(realm, arguments[0]))
        return add_joined(realm, method, result, separator, arguments, count);
    struct enumeration it;
    struct value item;
    bool more, first = true;
    enum status status;
    enumeration_start(realm, &it, arguments[0]);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        if (!first) bytes_add_text(result, separator);
        first = false;
        if ((status = add_text(realm, method, result, item)) != STATUS_OK) break;
    }
    enumeration_end(&it);
    return status;
}

MEMBER(join) {
    struct value separator;
    if (count == 2 && value_is_nothing(value_base(arguments[1])))
        return member_raise(realm, "Join", 2, "System.ArgumentNullException", "There is nothing to join.");
    TRY(member_argument_text(realm, "Join", arguments[0], &separator));
    struct bytes result = {0};
    enum status status;
    /* Three ints after the separator are one value, a start and a count to PowerShell. */
    bool ranged = count == 4;
    for (uint32_t i = 1; i < 4 && ranged; i++) ranged = value_base(arguments[i]).kind == VALUE_INT32;
    if (ranged) {
        int64_t start = value_base(arguments[2]).integer, length = value_base(arguments[3]).integer;
        if (start < 0 || length < 0 || start + length > 1)
            status = member_raise(realm, "Join", count, "System.ArgumentOutOfRangeException", "The array has no such range.");
        else status = add_joined(realm, "Join", &result, string_text(separator), arguments + 1 + start, (uint32_t)length);
    } else status = add_all(realm, "Join", &result, string_text(separator), arguments + 1, count - 1);
    value_release(separator);
    if (status == STATUS_OK) return argument_give_bytes(out, &result);
    bytes_free(&result);
    return status;
}

MEMBER(concat) {
    struct bytes result = {0};
    enum status status = add_all(realm, "Concat", &result, TEXT_NONE, arguments, count);
    if (status == STATUS_OK) return argument_give_bytes(out, &result);
    bytes_free(&result);
    return status;
}

/* The error of -f becomes the FormatException of a method call. */
static enum status raise_as_method(struct realm *realm, uint32_t count) {
    struct value record = realm_take_raised(realm);
    struct value message = string_new(error_record_message(record));
    value_release(record);
    enum status status = member_raise(realm, "Format", count, "System.FormatException", "%s", string_chars(message));
    value_release(message);
    return status;
}

MEMBER(format) {
    const struct culture *culture = culture_or_invariant(realm->culture);
    uint32_t first = 0;
    struct value pattern;
    if (count > 1 && value_base(arguments[0]).kind == VALUE_OBJECT) culture = argument_culture(realm, arguments[first++]);
    TRY(member_argument_text(realm, "Format", arguments[first++], &pattern));
    const struct value *items = arguments + first;
    uint32_t item_count = count - first;
    struct value base = item_count == 1 ? value_base(items[0]) : value_null();
    if (item_count == 1 && value_is_nothing(base)) {
        value_release(pattern);
        return member_raise(realm, "Format", count, "System.ArgumentNullException", "The arguments are null.");
    }
    if (base.kind == VALUE_ARRAY) {
        items = array_items(base);
        item_count = array_count(base);
    }
    struct bytes result = {0};
    enum status status = format_composite(realm, &result, string_text(pattern), items, item_count, culture);
    value_release(pattern);
    if (status == STATUS_OK) return argument_give_bytes(out, &result);
    bytes_free(&result);
    return status == STATUS_ERROR ? raise_as_method(realm, count) : status;
}

/* Compare(a, b), (a, b, ignoreCase), (a, b, comparison), (a, b, culture, options). */
static enum status read_comparison(struct realm *realm, const struct value *arguments, uint32_t count, bool *fold, bool *ordinal) {
    int64_t comparison = 0;
    *fold = *ordinal = false;
    if (count < 3) return STATUS_OK;
    struct value how = value_base(arguments[2]);
    if (how.kind == VALUE_BOOL) *fold = how.boolean;
    else if (how.kind != VALUE_OBJECT) {
        TRY(argument_enum(realm, "Compare", arguments[2], "System.StringComparison", &comparison));
        *fold = comparison & 1;
        *ordinal = comparison >= 4;
    }
    return STATUS_OK;
}

static enum status compare_texts(struct realm *realm, const char *method, const struct value *arguments, bool fold, bool ordinal,
                                 int *order) {
    bool left_null = value_is_nothing(value_base(arguments[0])), right_null = value_is_nothing(value_base(arguments[1]));
    struct value a, b;
    if (left_null || right_null) {
        *order = right_null - left_null;
        return STATUS_OK;
    }
    TRY(member_argument_text(realm, method, arguments[0], &a));
    enum status status = member_argument_text(realm, method, arguments[1], &b);
    if (status != STATUS_OK) {
        value_release(a);
        return status;
    }
    struct text x = string_text(a), y = string_text(b);
    *order = !ordinal ? collate_compare(realm->collator, x, y, fold) : fold ? text_compare_fold(x, y) : text_compare(x, y);
    value_release(a);
    value_release(b);
    return STATUS_OK;
}

MEMBER(compare) {
    bool fold, ordinal;
    int order;
    TRY(read_comparison(realm, arguments, count, &fold, &ordinal));
    TRY(compare_texts(realm, "Compare", arguments, fold, ordinal, &order));
    return argument_give(out, value_int32((order > 0) - (order < 0)));
}

MEMBER(compare_ordinal) {
    struct value a, b;
    int32_t difference = 0;
    TRY(member_argument_text(realm, "CompareOrdinal", arguments[0], &a));
    TRY(member_argument_text(realm, "CompareOrdinal", arguments[1], &b));
    uint32_t i = 0, units_a = string_units(a), units_b = string_units(b);
    while (i < units_a && i < units_b && string_unit_at(a, i) == string_unit_at(b, i)) i++;
    if (i < units_a && i < units_b) difference = string_unit_at(a, i) - string_unit_at(b, i);
    else difference = (int32_t)units_a - (int32_t)units_b;
    value_release(a);
    value_release(b);
    return argument_give(out, value_int32(difference));
}

MEMBER(equals) {
    int64_t comparison = 4;
    int order;
    if (count > 2) TRY(argument_enum(realm, "Equals", arguments[2], "System.StringComparison", &comparison));
    TRY(compare_texts(realm, "Equals", arguments, comparison & 1, true, &order));
    return argument_give(out, value_bool(order == 0));
}

/* new(char, count), new(char[]), new(char[], start, length), new(text). */
MEMBER(construct) {
    struct value base = value_base(arguments[0]);
    struct bytes result = {0};
    uint32_t unit;
    int32_t start = 0, length;
    if (value_is_array_like(base)) {
        length = (int32_t)array_count(base);
        if (count == 3) {
            TRY(member_argument_int32(realm, "String", arguments[1], &start));
            TRY(member_argument_int32(realm, "String", arguments[2], &length));
            if (start < 0 || length < 0 || (int64_t)start + length > array_count(base))
                return member_raise(realm, ".ctor", 3, "System.ArgumentOutOfRangeException", "The array has no such range.");
        }
        for (int32_t i = 0; i < length; i++) {
            enum status status = argument_char(realm, "String", array_at(base, (uint32_t)(start + i)), &unit);
            if (status != STATUS_OK) {
                bytes_free(&result);
                return status;
            }
            bytes_add_code_point(&result, unit);
        }
        struct value joined = string_from_bytes(&result); /* halves of pairs that met become one */
        bytes_free(&result);
        return argument_give(out, joined);
    }
    if (count == 2) {
        TRY(argument_char(realm, "String", arguments[0], &unit));
        TRY(member_argument_int32(realm, "String", arguments[1], &length));
        if (length < 0) return member_raise(realm, ".ctor", 2, "System.ArgumentOutOfRangeException", "The count is negative.");
        while (length-- > 0) bytes_add_code_point(&result, unit);
        return argument_give_bytes(out, &result);
    }
    return member_argument_text(realm, "String", arguments[0], out);
}

MEMBER(copy) {
    return member_argument_text(realm, "Copy", arguments[0], out);
}

static const struct member_row rows[] = {
    ROW_STATIC("Empty", get_empty, "string"),
    ROW_NEW(1, 3, construct, "string new(char[] value), string new(char[] value, int startIndex, int length), string new(char c, int count)"),
    ROW_STATIC_CALL("Compare", 2, 5, compare, "static int Compare(string strA, string strB), static int Compare(string strA, string strB, bool ignoreCase), static int Compare(string strA, string strB, System.StringComparison comparisonType)"),
    ROW_STATIC_CALL("CompareOrdinal", 2, 2, compare_ordinal, "static int CompareOrdinal(string strA, string strB)"),
    ROW_STATIC_CALL("Concat", 1, -1, concat, "static string Concat(System.Object arg0), static string Concat(Params System.Object[] args)"),
    ROW_STATIC_CALL("Copy", 1, 1, copy, "static string Copy(string str)"),
    ROW_STATIC_CALL("Equals", 2, 3, equals, "static bool Equals(string a, string b), static bool Equals(string a, string b, System.StringComparison comparisonType)"),
    ROW_STATIC_CALL("Format", 1, -1, format, "static string Format(string format, System.Object arg0), static string Format(string format, Params System.Object[] args)"),
    ROW_STATIC_CALL("IsNullOrEmpty", 1, 1, is_null_or_empty, "static bool IsNullOrEmpty(string value)"),
    ROW_STATIC_CALL("IsNullOrWhiteSpace", 1, 1, is_null_or_white_space, "static bool IsNullOrWhiteSpace(string value)"),
    ROW_STATIC_CALL("Join", 1, -1, join, "static string Join(char separator, Params string[] value), static string Join(string separator, Params System.Object[] values)"),
};
const struct member_table string_static_member_table = TABLE_OF(rows);
