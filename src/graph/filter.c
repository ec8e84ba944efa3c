#include "m365sh/graph/filter.h"

#include "m365sh/base/calendar.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

void filter_add_text(struct bytes *out, struct text text) {
    bytes_add_byte(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == '\'') bytes_add_byte(out, '\'');
        bytes_add_byte(out, text.start[i]);
    }
    bytes_add_byte(out, '\'');
}

static bool add_moment(struct bytes *out, struct value v) {
    if (v.kind == VALUE_STRING) {
        int64_t ticks;
        int32_t offset;
        if (!calendar_read_iso(string_text(v), &ticks, &offset)) return false;
        if (offset != INT32_MIN) ticks -= offset * 60 * CALENDAR_TICKS_PER_SECOND;
        calendar_add_iso(out, ticks);
        return true;
    }
    if (v.kind != VALUE_DATETIME) return false;
    int64_t ticks = v.integer;
    if (v.small != 1) ticks -= calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND; /* unspecified counts as local */
    calendar_add_iso(out, ticks);
    return true;
}

static bool add_literal(struct bytes *out, const struct property_row *property, struct value operand) {
    struct value v = value_base(operand);
    switch (property->kind) {
    case PROPERTY_WORDS:
        if (v.kind != VALUE_STRING) return false;
        filter_add_text(out, string_text(v));
        return true;
    case PROPERTY_FLAG:
        if (v.kind != VALUE_BOOL) return false;
        bytes_add_string(out, v.integer ? "true" : "false");
        return true;
    case PROPERTY_MOMENT: return add_moment(out, v);
    }
    return false;
}

static bool allowed(const struct property_row *property, enum property_test test, bool *advanced) {
    char letter = property->tests[test];
    if (letter == 'A') *advanced = true;
    return letter != '-';
}

static bool add_simple(struct bytes *out, const struct property_row *property, enum property_test test, const char *word,
                       struct value operand, bool *advanced) {
    bool is_null = operand.kind == VALUE_NULL;
    if (is_null && test != TEST_EQ) return false;
    if (!allowed(property, is_null ? TEST_NULL : test, advanced)) return false;
    bytes_add_format(out, "%s %s ", property->name, word);
    if (is_null) bytes_add_string(out, "null");
    else if (!add_literal(out, property, operand)) return false;
    return true;
}

/* Only patterns with one star at an end, or none: the service knows no others. */
static bool add_like(struct bytes *out, const struct property_row *property, struct value operand, bool *advanced) {
    struct value v = value_base(operand);
    if (v.kind != VALUE_STRING || property->kind != PROPERTY_WORDS) return false;
    struct text pattern = string_text(v), words = pattern;
    bool starts = text_ends(pattern, TEXT("*")), ends = text_starts(pattern, TEXT("*"));
    if (starts) words = text_slice(words, 0, words.length - 1);
    if (ends && words.length) words = text_slice(words, 1, words.length);
    for (size_t i = 0; i < words.length; i++)
        if (strchr("*?[]`", words.start[i])) return false;
    if ((starts && ends) || !words.length) return false;
    if (!starts && !ends) return add_simple(out, property, TEST_EQ, "eq", operand, advanced);
    if (!allowed(property, starts ? TEST_STARTS : TEST_ENDS, advanced)) return false;
    bytes_add_format(out, "%s(%s,", starts ? "startsWith" : "endsWith", property->name);
    filter_add_text(out, words);
    bytes_add_byte(out, ')');
    return true;
}

static bool add_in(struct bytes *out, const struct property_row *property, struct value operand, bool *advanced) {
    struct value list = value_base(operand);
    if (!value_is_array_like(list)) return add_simple(out, property, TEST_EQ, "eq", operand, advanced);
    if (array_count(list) == 0 || array_count(list) > FILTER_IN_MOST || !allowed(property, TEST_IN, advanced)) return false;
    bytes_add_format(out, "%s in (", property->name);
    for (uint32_t i = 0; i < array_count(list); i++) {
        if (i) bytes_add_byte(out, ',');
        if (!add_literal(out, property, array_at(list, i))) return false;
    }
    bytes_add_byte(out, ')');
    return true;
}

static bool add_by_operation(struct bytes *out, const struct property_row *property, struct text operation, struct value operand, bool *advanced) {
    if (text_equal_fold(operation, TEXT("eq"))) return add_simple(out, property, TEST_EQ, "eq", operand, advanced);
    if (text_equal_fold(operation, TEXT("ge")) || text_equal_fold(operation, TEXT("gt")))
        return property->kind == PROPERTY_MOMENT && add_simple(out, property, TEST_GE, "ge", operand, advanced);
    if (text_equal_fold(operation, TEXT("le")) || text_equal_fold(operation, TEXT("lt")))
        return false; /* null is less than everything in PowerShell; the service leaves null out */
    if (text_equal_fold(operation, TEXT("like"))) return add_like(out, property, operand, advanced);
    if (text_equal_fold(operation, TEXT("in"))) return add_in(out, property, operand, advanced);
    bool truth = text_equal_fold(operation, TEXT("truth")), untruth = text_equal_fold(operation, TEXT("untruth"));
    if (property->kind != PROPERTY_FLAG || (!truth && !untruth)) return false;
    /* Only accountEnabled is never null, so that "not" can be asked as "eq false". */
    if (untruth && !text_equal(text_of(property->name), TEXT("accountEnabled"))) return false;
    return add_simple(out, property, TEST_EQ, "eq", value_bool(truth), advanced);
}

bool filter_add_comparison(struct bytes *out, enum graph_resource resource, struct text name, struct text operation,
                           struct value operand, bool *advanced) {
    const struct property_row *property = resource_property(resource, name);
    size_t before = out->length;
    bool more = false;
    if (property && add_by_operation(out, property, operation, operand, &more)) {
        *advanced |= more;
        return true;
    }
    bytes_truncate(out, before);
    return false;
}
