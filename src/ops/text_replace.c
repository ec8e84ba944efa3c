/* -replace: by a text with $1 and the like, or by a script block that gets each match in $_. */
#include "m365sh/base/utf8.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/callable.h"
#include "ops_private.h"

struct replacing {
    struct regex *regex;
    struct value pattern, with;  /* with: text, or a script block */
    struct regex_match match;
};

/* The Match objects of a subject, as [regex]::Matches gives them: the block sees the same in $_. */
static enum status match_objects(struct realm *realm, struct replacing *replacing, struct text subject, struct value *out) {
    struct value arguments[] = {string_new(subject), string_new(regex_source(replacing->regex)),
                                value_int32((int32_t)regex_option_bits(replacing->regex))};
    const struct type *type = type_known(realm, "System.Text.RegularExpressions.Regex");
    enum status status = member_static_call(realm, type, intern_name(realm->names, TEXT("Matches")), arguments, 3, out);
    value_release(arguments[0]);
    value_release(arguments[1]);
    return status;
}

static enum status add_block_result(struct realm *realm, struct bytes *out, struct value block, struct value match) {
    struct block_call call = {.block = block, .dollar_underscore = match, .scope = BLOCK_CALLER_SCOPE};
    struct value result;
    enum status status = callable_call_collect(realm, &call, &result);
    if (status != STATUS_OK) return status;
    if (!value_is_nothing(result)) convert_add_text(realm, out, result);
    value_release(result);
    return STATUS_OK;
}

/* Finds matches one after another; an empty one moves on by a character. */
static enum status replace_each(struct realm *realm, struct replacing *replacing, struct text subject, struct bytes *out,
                                struct enumeration *objects) {
    size_t copied = 0, from = 0;
    bool found = true;
    struct fault fault = {0};
    struct regex_match *match = &replacing->match;
    while (from <= subject.length) {
        if (regex_find(replacing->regex, subject, from, match, &found, &fault) != STATUS_OK)
            return realm_raise_fault(realm, &fault, "RegexMatchTimeout");
        if (!found) break;
        struct regex_span whole = match->groups[0];
        bytes_add(out, subject.start + copied, whole.start - copied);
        if (objects) {
            struct value object;
            bool more;
            enum status status = enumeration_next(realm, objects, &more, &object);
            if (status == STATUS_OK && more) status = add_block_result(realm, out, replacing->with, object);
            if (status != STATUS_OK) return status;
        } else {
            regex_add_replacement(out, replacing->regex, subject, match, string_text(replacing->with));
        }
        copied = from = whole.end;
        if (whole.end == whole.start && from < subject.length) utf8_next(subject, &from);
        else if (whole.end == whole.start) break;
    }
    bytes_add(out, subject.start + copied, subject.length - copied);
    return STATUS_OK;
}

static enum status replace_by_block(struct realm *realm, struct replacing *replacing, struct text subject, struct bytes *out) {
    struct value matches;
    enum status status = match_objects(realm, replacing, subject, &matches);
    if (status != STATUS_OK) return status;
    struct enumeration objects;
    enumeration_start(realm, &objects, matches);
    status = replace_each(realm, replacing, subject, out, &objects);
    enumeration_end(&objects);
    value_release(matches);
    return status;
}

static enum status replace_one(struct realm *realm, struct replacing *replacing, struct value v, struct value *out) {
    struct bytes buffer = {0}, result = {0};
    struct text subject = operand_text(realm, value_base(v), &buffer);
    enum status status = replacing->with.kind == VALUE_SCRIPT_BLOCK ? replace_by_block(realm, replacing, subject, &result)
                                                                    : replace_each(realm, replacing, subject, &result, NULL);
    if (status == STATUS_OK) *out = string_from_bytes(&result);
    bytes_free(&buffer);
    bytes_free(&result);
    return status;
}

static enum status replace_all(struct realm *realm, struct replacing *replacing, struct value a, struct value *out) {
    if (!value_is_array_like(a) && (a.kind < VALUE_NATIVE || !convert_is_enumerable(realm, a)))
        return replace_one(realm, replacing, a, out);
    struct enumeration it;
    struct value item, replaced;
    bool more = false;
    *out = array_new(realm, NULL, 0);
    enumeration_start(realm, &it, a);
    enum status status;
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        if ((status = replace_one(realm, replacing, item, &replaced)) != STATUS_OK) break;
        array_push_take(*out, replaced);
    }
    enumeration_end(&it);
    if (status != STATUS_OK) value_release(*out);
    return status;
}

enum status text_replace(struct realm *realm, struct value a, struct value b, bool keep_case, struct value *out) {
    struct replacing replacing = {.pattern = b, .with = value_null()};
    if (value_is_array_like(b)) {
        if (array_count(b) > 2)
            return realm_raise_target(realm, "RuntimeException", "BadReplaceArgument", ERROR_INVALID_OPERATION, b,
                                      "-replace takes a pattern and a replacement, not %u operands.", array_count(b));
        replacing.pattern = array_count(b) > 0 ? value_base(array_at(b, 0)) : value_null();
        if (array_count(b) > 1) replacing.with = value_base(array_at(b, 1));
    }
    enum status status = text_match_pattern(realm, replacing.pattern, keep_case ? 0 : REGEX_IGNORE_CASE, &replacing.regex);
    if (status != STATUS_OK) return status;
    if (replacing.with.kind == VALUE_SCRIPT_BLOCK) value_keep(replacing.with);
    else replacing.with = value_is_nothing(replacing.with) ? string_empty() : convert_text(realm, replacing.with);
    status = replace_all(realm, &replacing, a, out);
    value_release(replacing.with);
    regex_match_free(&replacing.match);
    regex_release(replacing.regex);
    return status;
}
