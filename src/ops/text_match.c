/* -like and -match. A collection on the left is filtered; only a single text sets $Matches. */
#include "m365sh/base/alloc.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/pattern/wildcard.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/native.h"
#include "ops_private.h"

struct like { struct text pattern; bool keep_case, wanted; };

static enum status is_like(struct realm *realm, void *context, struct value item, bool *out) {
    const struct like *like = context;
    struct bytes buffer = {0};
    *out = wildcard_match(like->pattern, operand_text(realm, value_base(item), &buffer), !like->keep_case) == like->wanted;
    bytes_free(&buffer);
    return STATUS_OK;
}

static bool is_collection(struct realm *realm, struct value v) {
    return value_is_array_like(v) || (v.kind >= VALUE_NATIVE && convert_is_enumerable(realm, v));
}

enum status text_match_like(struct realm *realm, struct value a, struct value b, bool keep_case, bool wanted, struct value *out) {
    struct bytes buffer = {0};
    struct like like = {operand_text(realm, b, &buffer), keep_case, wanted};
    bool result;
    enum status status;
    if (!wildcard_is_valid(like.pattern)) {
        status = realm_raise(realm, "WildcardPatternException", "RuntimeException", ERROR_NOT_SPECIFIED,
                             "The wildcard pattern '%.*s' is not valid.", TEXT_ARGUMENT(like.pattern));
    } else if (is_collection(realm, a)) {
        status = filter_collection(realm, a, is_like, &like, out);
    } else {
        status = is_like(realm, &like, a, &result);
        *out = value_bool(result);
    }
    bytes_free(&buffer);
    return status;
}

static bool is_regex(struct value v) {
    return v.kind == VALUE_NATIVE &&
           !strcmp(((struct native *)v.counted)->class_of->type_name, "System.Text.RegularExpressions.Regex");
}

/* A [regex] brings its own options. */
static uint32_t options_of(struct realm *realm, struct value v, uint32_t options) {
    bool found = false;
    struct value own = VALUE_UNSET_INIT;
    if (!is_regex(v)) return options;
    if (member_get(realm, v, intern_name(realm->names, TEXT("Options")), &found, &own) != STATUS_OK || !found) return options;
    options = (uint32_t)own.integer;
    value_release(own);
    return options;
}

enum status text_match_pattern(struct realm *realm, struct value v, uint32_t options, struct regex **out) {
    struct bytes buffer = {0};
    struct fault fault = {0};
    options = options_of(realm, v, options);
    struct text text = operand_text(realm, v, &buffer);
    enum status status = pattern_cache_get(realm->patterns, text, options, out, &fault);
    if (status == STATUS_OK && realm->patterns) regex_keep(*out);
    bytes_free(&buffer);
    if (status == STATUS_OK) return status;
    const char *exception = "System.Text.RegularExpressions.RegexParseException";
    status = realm_raise(realm, exception, exception, ERROR_OPERATION_STOPPED, "%s", fault.message);
    fault_clear(&fault);
    return status;
}

static enum status find(struct realm *realm, const struct regex *regex, struct text subject, struct regex_match *match, bool *found) {
    struct fault fault = {0};
    enum status status = regex_find(regex, subject, 0, match, found, &fault);
    if (status == STATUS_OK) return status;
    return realm_raise_fault(realm, &fault, "RegexMatchTimeout");
}

static void set_matches(struct realm *realm, const struct regex *regex, struct text subject, const struct regex_match *match) {
    struct value table = table_new(realm, TABLE_HASH, true, NULL);
    for (uint32_t i = 0; i < match->group_count; i++) {
        if (!match->groups[i].matched) continue;
        struct text name = regex_group_name(regex, i);
        int64_t number;
        struct value key = decimal_read_int64(name, &number) ? value_int32((int32_t)number) : string_new(name);
        struct value part = string_new(text_slice(subject, match->groups[i].start, match->groups[i].end - match->groups[i].start));
        table_put(table, key, part);
        value_release(key);
        value_release(part);
    }
    value_set_take(&realm->set_matches, table);
}

struct matching { struct regex *regex; struct regex_match *match; bool wanted; };

static enum status is_match(struct realm *realm, void *context, struct value item, bool *out) {
    struct matching *matching = context;
    struct bytes buffer = {0};
    bool found;
    enum status status = find(realm, matching->regex, operand_text(realm, value_base(item), &buffer), matching->match, &found);
    *out = found == matching->wanted;
    bytes_free(&buffer);
    return status;
}

static enum status match_one(struct realm *realm, struct matching *matching, struct value a, struct value *out) {
    struct bytes buffer = {0};
    struct text subject = operand_text(realm, a, &buffer);
    bool found;
    enum status status = find(realm, matching->regex, subject, matching->match, &found);
    if (status == STATUS_OK && found) set_matches(realm, matching->regex, subject, matching->match);
    if (status == STATUS_OK) *out = value_bool(found == matching->wanted);
    bytes_free(&buffer);
    return status;
}

enum status text_match_regex(struct realm *realm, struct value a, struct value b, bool keep_case, bool wanted, struct value *out) {
    struct regex_match own = {0};
    struct matching matching = {.match = realm->patterns ? pattern_cache_match(realm->patterns) : &own, .wanted = wanted};
    enum status status = text_match_pattern(realm, b, keep_case ? 0 : REGEX_IGNORE_CASE, &matching.regex);
    if (status != STATUS_OK) return status;
    status = is_collection(realm, a) ? filter_collection(realm, a, is_match, &matching, out) : match_one(realm, &matching, a, out);
    regex_match_free(&own);
    regex_release(matching.regex);
    return status;
}
