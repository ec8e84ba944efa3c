/* System.String.Split, with the overloads as PowerShell finds them: after one text or char[] a second text is the count of
 * parts (so 'a,b'.Split(',', ';') fails to convert), options must be of their type; four texts are separators each. */
#include "argument_private.h"
#include "m365sh/base/utf8.h"

#define ROW_TYPE "System.String"
enum { SPLIT_REMOVE_EMPTY = 1, SPLIT_TRIM = 2 };

struct split {
    struct value separators;    /* array of texts; empty: white space */
    int64_t most;
    int64_t options;
};

static enum status add_separator(struct realm *realm, struct split *split, struct value argument) {
    struct value text;
    TRY(member_argument_text(realm, "Split", argument, &text));
    array_push_take(split->separators, text);
    return STATUS_OK;
}

static enum status add_separators(struct realm *realm, struct split *split, struct value argument) {
    struct value base = value_base(argument);
    if (value_is_nothing(base)) return STATUS_OK;
    const struct type *type = base.kind == VALUE_ARRAY ? type_of(realm, base) : NULL;
    uint8_t element = type && type->element ? type->element->value_kind : VALUE_UNSET;
    if (element != VALUE_CHAR && element != VALUE_STRING) return add_separator(realm, split, argument); /* object[] as one text */
    for (uint32_t i = 0; i < array_count(base); i++) TRY(add_separator(realm, split, array_at(base, i)));
    return STATUS_OK;
}

/* string[]: only options may follow it. */
static bool is_text_array(struct realm *realm, struct value v) {
    const struct type *type = value_base(v).kind == VALUE_ARRAY ? type_of(realm, v) : NULL;
    return type && type->element && type->element->value_kind == VALUE_STRING;
}

static enum status read_split(struct realm *realm, const struct value *arguments, uint32_t count, struct split *split) {
    uint32_t last = count;
    struct value second = count > 1 ? value_base(arguments[1]) : value_null();
    bool chars = count > 3 || second.kind == VALUE_CHAR;
    if (count == 2 && (second.kind == VALUE_ENUM || is_text_array(realm, arguments[0]))) {
        TRY(argument_enum(realm, "Split", arguments[1], "System.StringSplitOptions", &split->options));
        last = 1;
    } else if ((count == 2 || count == 3) && !chars) {
        int32_t most;
        TRY(member_argument_int32(realm, "Split", arguments[1], &most));
        if (most < 0) return member_raise(realm, "Split", count, "System.ArgumentOutOfRangeException", "The count of parts is negative.");
        if (count == 3) TRY(argument_enum(realm, "Split", arguments[2], "System.StringSplitOptions", &split->options));
        split->most = most;
        last = 1;
    }
    for (uint32_t i = 0; i < last; i++) TRY(add_separators(realm, split, arguments[i]));
    return STATUS_OK;
}

/* The next separator from `from` on: its place and length. */
static bool next_separator(const struct split *split, struct text text, size_t from, size_t *at, size_t *length) {
    uint32_t kinds = array_count(split->separators);
    *at = TEXT_NOT_FOUND;
    if (kinds == 0) {
        while (from < text.length) {
            size_t next = from;
            if (utf8_is_space(utf8_next(text, &next))) {
                *at = from;
                *length = next - from;
                return true;
            }
            from = next;
        }
        return false;
    }
    for (uint32_t i = 0; i < kinds; i++) {
        struct text separator = string_text(array_at(split->separators, i));
        if (separator.length == 0) continue;
        size_t found = text_find(text, separator, from);
        if (found == TEXT_NOT_FOUND || found > *at || (found == *at && separator.length <= *length)) continue;
        *at = found;
        *length = separator.length;
    }
    return *at != TEXT_NOT_FOUND;
}

static void add_part(const struct split *split, struct value parts, struct text part) {
    if (split->options & SPLIT_TRIM) {
        size_t next;
        while (part.length && (next = 0, utf8_is_space(utf8_next(part, &next)))) part = text_slice(part, next, part.length);
        while (part.length && (next = part.length, utf8_is_space(utf8_previous(part, &next)))) part.length = next;
    }
    if (part.length == 0 && (split->options & SPLIT_REMOVE_EMPTY)) return;
    array_push_take(parts, string_new(part));
}

static bool would_drop(const struct split *split, struct text part) {
    if (!(split->options & SPLIT_REMOVE_EMPTY)) return false;
    return part.length == 0 || ((split->options & SPLIT_TRIM) && text_is_blank(part));
}

static void split_text(const struct split *split, struct text text, struct value parts) {
    size_t from = 0, at, length = 0;
    if (split->most == 0) return;
    while (next_separator(split, text, from, &at, &length)) {
        if (array_count(parts) + 1 >= (uint64_t)split->most && !would_drop(split, text_slice(text, from, at - from))) break;
        add_part(split, parts, text_slice(text, from, at - from));
        from = at + length;
    }
    add_part(split, parts, text_slice(text, from, text.length));
}

MEMBER(split_self) {
    struct split split = {.separators = array_new(realm, NULL, 4), .most = INT32_MAX};
    enum status status = read_split(realm, arguments, count, &split);
    if (status == STATUS_OK) {
        *out = argument_new_array(realm, "System.String", 8);
        split_text(&split, string_text(value_base(self)), *out);
    }
    value_release(split.separators);
    return status;
}

static const struct member_row rows[] = {
    ROW_CALL("Split", 0, -1, split_self, "string[] Split(char separator, System.StringSplitOptions options), string[] Split(char separator, int count, System.StringSplitOptions options), string[] Split(Params char[] separator), string[] Split(char[] separator, int count), string[] Split(char[] separator, System.StringSplitOptions options), string[] Split(char[] separator, int count, System.StringSplitOptions options), string[] Split(string separator, System.StringSplitOptions options), string[] Split(string separator, int count, System.StringSplitOptions options), string[] Split(string[] separator, System.StringSplitOptions options), string[] Split(string[] separator, int count, System.StringSplitOptions options)"),
};
const struct member_table string_split_member_table = TABLE_OF(rows);
