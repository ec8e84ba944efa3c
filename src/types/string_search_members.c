/* System.String: finding texts and characters within. Positions are UTF-16 units. */
#include "argument_private.h"
#include "m365sh/base/utf8.h"

#define ROW_TYPE "System.String"

/* What a call of the IndexOf family asks. Offsets are bytes. */
struct search {
    struct value text, wanted;
    size_t from, to;
    bool fold;
};

static bool comparison_folds(int64_t comparison) {
    return comparison & 1; /* CurrentCultureIgnoreCase, InvariantCultureIgnoreCase, OrdinalIgnoreCase are the odd ones */
}

/* Arguments after the text: start, count, comparison in .NET's orders. */
static enum status read_search(struct realm *realm, const char *method, bool last, struct value self,
                               const struct value *arguments, uint32_t count, struct search *search) {
    int32_t numbers[2], given = 0, units = (int32_t)string_units(value_base(self));
    int64_t comparison;
    search->text = value_base(self);
    search->fold = false;
    for (uint32_t i = 1; i < count; i++) {
        struct value base = value_base(arguments[i]);
        bool is_comparison = base.kind == VALUE_ENUM && /* a text here is a number to PowerShell */
                             argument_is_enum(realm, arguments[i], "System.StringComparison", &comparison);
        if (is_comparison) search->fold = comparison_folds(comparison);
        else if (given < 2) TRY(member_argument_int32(realm, method, arguments[i], &numbers[given++]));
    }
    int32_t from = 0, to = units;
    if (last) {
        if (given > 0) to = numbers[0] + 1 > units ? units : numbers[0] + 1;
        if (given > 1) from = to - numbers[1];
    } else {
        if (given > 0) from = numbers[0];
        if (given > 1) to = from + numbers[1];
    }
    if (from < 0 || to > units || from > to || (given && (numbers[0] > units || (numbers[0] < 0 && units > 0))))
        return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "The place to search from lies outside the text.");
    search->from = string_offset(search->text, (uint32_t)from);
    search->to = string_offset(search->text, (uint32_t)to);
    return member_argument_text(realm, method, arguments[0], &search->wanted);
}

static int32_t unit_of(struct value text, size_t offset) {
    return string_is_ascii(text) ? (int32_t)offset : (int32_t)utf8_unit_of_offset(string_text(text), offset);
}

MEMBER(index_of) {
    struct search search;
    TRY(read_search(realm, "IndexOf", false, self, arguments, count, &search));
    struct text whole = text_slice(string_text(search.text), 0, search.to), part = string_text(search.wanted);
    size_t found = search.fold ? text_find_fold(whole, part, search.from) : text_find(whole, part, search.from);
    value_release(search.wanted);
    return argument_give(out, value_int32(found == TEXT_NOT_FOUND ? -1 : unit_of(search.text, found)));
}

MEMBER(last_index_of) {
    struct search search;
    TRY(read_search(realm, "LastIndexOf", true, self, arguments, count, &search));
    struct text whole = text_slice(string_text(search.text), search.from, search.to - search.from), part = string_text(search.wanted);
    size_t found = TEXT_NOT_FOUND;
    if (search.fold) {
        for (size_t at = 0; (at = text_find_fold(whole, part, at)) != TEXT_NOT_FOUND && part.length; at++) found = at;
    } else found = text_find_last(whole, part);
    if (part.length == 0) found = whole.length;
    value_release(search.wanted);
    return argument_give(out, value_int32(found == TEXT_NOT_FOUND ? -1 : unit_of(search.text, search.from + found)));
}

/* Is the character among those of the argument (a text, a char[])? */
static bool names_unit(struct value set, uint32_t unit) {
    struct value base = value_base(set);
    uint32_t item;
    if (base.kind == VALUE_STRING) {
        for (uint32_t i = 0; i < string_units(base); i++)
            if (string_unit_at(base, i) == unit) return true;
        return false;
    }
    if (!value_is_array_like(base)) return argument_is_char(base, &item) && item == unit;
    for (uint32_t i = 0; i < array_count(base); i++)
        if (names_unit(array_at(base, i), unit)) return true;
    return false;
}

MEMBER(index_of_any) {
    struct value text = value_base(self);
    int32_t start = 0;
    if (count > 1) TRY(member_argument_int32(realm, "IndexOfAny", arguments[1], &start));
    for (uint32_t i = start < 0 ? 0 : (uint32_t)start; i < string_units(text); i++)
        if (names_unit(arguments[0], string_unit_at(text, i))) return argument_give(out, value_int32((int32_t)i));
    return argument_give(out, value_int32(-1));
}

MEMBER(last_index_of_any) {
    struct value text = value_base(self);
    for (uint32_t i = string_units(text); i > 0; i--)
        if (names_unit(arguments[0], string_unit_at(text, i - 1))) return argument_give(out, value_int32((int32_t)i - 1));
    return argument_give(out, value_int32(-1));
}

/* StartsWith and EndsWith: a comparison, or a flag and a culture. */
static enum status read_fold(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, bool *fold) {
    int64_t comparison = 0;
    *fold = false;
    if (count < 2) return STATUS_OK;
    if (value_base(arguments[1]).kind == VALUE_BOOL) {
        *fold = value_base(arguments[1]).boolean;
        return STATUS_OK;
    }
    TRY(argument_enum(realm, method, arguments[1], "System.StringComparison", &comparison));
    *fold = comparison_folds(comparison);
    return STATUS_OK;
}

MEMBER(contains) {
    struct value wanted;
    bool fold;
    TRY(read_fold(realm, "Contains", arguments, count, &fold));
    TRY(member_argument_text(realm, "Contains", arguments[0], &wanted));
    struct text text = string_text(value_base(self));
    size_t found = fold ? text_find_fold(text, string_text(wanted), 0) : text_find(text, string_text(wanted), 0);
    value_release(wanted);
    return argument_give(out, value_bool(found != TEXT_NOT_FOUND));
}

MEMBER(starts_with) {
    struct value wanted;
    bool fold;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_bool(false)); /* the char 0 */
    TRY(read_fold(realm, "StartsWith", arguments, count, &fold));
    TRY(member_argument_text(realm, "StartsWith", arguments[0], &wanted));
    struct text text = string_text(value_base(self));
    bool starts = fold ? text_starts_fold(text, string_text(wanted)) : text_starts(text, string_text(wanted));
    value_release(wanted);
    return argument_give(out, value_bool(starts));
}

MEMBER(ends_with) {
    struct value wanted;
    bool fold;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_bool(false));
    TRY(read_fold(realm, "EndsWith", arguments, count, &fold));
    TRY(member_argument_text(realm, "EndsWith", arguments[0], &wanted));
    struct text text = string_text(value_base(self));
    bool ends = fold ? text_ends_fold(text, string_text(wanted)) : text_ends(text, string_text(wanted));
    value_release(wanted);
    return argument_give(out, value_bool(ends));
}

static const struct member_row rows[] = {
    ROW_CALL("Contains", 1, 2, contains, "bool Contains(string value), bool Contains(string value, System.StringComparison comparisonType), bool Contains(char value), bool Contains(char value, System.StringComparison comparisonType)"),
    ROW_CALL("EndsWith", 1, 3, ends_with, "bool EndsWith(string value), bool EndsWith(string value, System.StringComparison comparisonType), bool EndsWith(string value, bool ignoreCase, cultureinfo culture), bool EndsWith(char value)"),
    ROW_CALL("IndexOf", 1, 4, index_of, "int IndexOf(char value), int IndexOf(char value, int startIndex), int IndexOf(char value, System.StringComparison comparisonType), int IndexOf(char value, int startIndex, int count), int IndexOf(string value), int IndexOf(string value, int startIndex), int IndexOf(string value, int startIndex, int count), int IndexOf(string value, System.StringComparison comparisonType)"),
    ROW_CALL("IndexOfAny", 1, 3, index_of_any, "int IndexOfAny(char[] anyOf), int IndexOfAny(char[] anyOf, int startIndex), int IndexOfAny(char[] anyOf, int startIndex, int count)"),
    ROW_CALL("LastIndexOf", 1, 4, last_index_of, "int LastIndexOf(char value), int LastIndexOf(char value, int startIndex), int LastIndexOf(string value), int LastIndexOf(string value, int startIndex), int LastIndexOf(string value, System.StringComparison comparisonType)"),
    ROW_CALL("LastIndexOfAny", 1, 3, last_index_of_any, "int LastIndexOfAny(char[] anyOf), int LastIndexOfAny(char[] anyOf, int startIndex)"),
    ROW_CALL("StartsWith", 1, 3, starts_with, "bool StartsWith(string value), bool StartsWith(string value, System.StringComparison comparisonType), bool StartsWith(string value, bool ignoreCase, cultureinfo culture), bool StartsWith(char value)"),
};
const struct member_table string_search_member_table = TABLE_OF(rows);
