/* [regex]: statics take the pattern after the input, instances have it. */
#include "regex_value_private.h"

#include "m365sh/base/utf8.h"
#include "m365sh/value/callable.h"

#define ROW_TYPE "System.Text.RegularExpressions.Regex"
#define MATCHES_TYPE "System.Text.RegularExpressions.MatchCollection"

struct regex_payload { struct regex *regex; };

static void release_payload(void *payload) {
    regex_release(((struct regex_payload *)payload)->regex);
}

static const struct native_class regex_class = {ROW_TYPE, release_payload, NULL};

struct regex *regex_value_of(struct value v) {
    struct regex_payload *payload = native_payload(v, &regex_class);
    return payload ? payload->regex : NULL;
}

enum status regex_value_new(struct realm *realm, struct text pattern, uint32_t options, struct value *out) {
    struct regex *regex;
    struct fault fault = {0};
    if (regex_compile(pattern, options, &regex, &fault) != STATUS_OK) return match_raise(realm, ".ctor", &fault);
    *out = native_new(realm, &regex_class, type_known(realm, ROW_TYPE), sizeof(struct regex_payload));
    ((struct regex_payload *)native_payload(*out, &regex_class))->regex = regex;
    return STATUS_OK;
}

MEMBER(construct) {
    struct value pattern;
    int64_t options = 0;
    if (count > 1) TRY(argument_enum(realm, "Regex", arguments[1], "System.Text.RegularExpressions.RegexOptions", &options));
    TRY(member_argument_text(realm, "Regex", arguments[0], &pattern));
    enum status status = regex_value_new(realm, string_text(pattern), (uint32_t)options, out);
    value_release(pattern);
    return status;
}

/* What a call works on. Statics: input, pattern, [what the method takes], options; instances have the regex. */
struct call {
    struct regex *regex;        /* kept */
    struct value input;         /* owned string */
    const struct value *rest;   /* arguments after input and pattern */
    uint32_t rest_count;
};

static void call_end(struct call *call) {
    if (call->regex) regex_release(call->regex);
    value_release(call->input);
}

/* `taken`: arguments that the method takes after them; the next one of a static are options. */
static enum status call_begin(struct realm *realm, const char *method, struct value self, const struct value *arguments,
                              uint32_t count, uint32_t taken, struct call *call) {
    struct regex *regex = regex_value_of(self);
    struct fault fault = {0};
    struct value pattern;
    int64_t options = 0;
    *call = (struct call){.rest = arguments + 1, .rest_count = count - 1};
    TRY(member_argument_text(realm, method, arguments[0], &call->input));
    if (regex) {
        call->regex = regex_keep(regex);
        return STATUS_OK;
    }
    enum status status = member_argument_text(realm, method, arguments[1], &pattern);
    call->rest++;
    call->rest_count--;
    if (status == STATUS_OK && call->rest_count > taken)
        status = argument_enum(realm, method, call->rest[taken], "System.Text.RegularExpressions.RegexOptions", &options);
    if (status == STATUS_OK && pattern_cache_get(realm->patterns, string_text(pattern), (uint32_t)options, &regex, &fault) != STATUS_OK)
        status = match_raise(realm, method, &fault);
    if (status == STATUS_OK) call->regex = realm->patterns ? regex_keep(regex) : regex;
    value_release(pattern);
    if (status != STATUS_OK) call_end(call);
    return status;
}

/* Instances may start later: units to a byte offset. */
static enum status read_start(struct realm *realm, const char *method, struct value self, const struct call *call, size_t *from) {
    int32_t start = 0;
    *from = 0;
    if (!regex_value_of(self) || call->rest_count == 0) return STATUS_OK;
    TRY(member_argument_int32(realm, method, call->rest[0], &start));
    if (start < 0 || (uint32_t)start > string_units(call->input))
        return member_raise(realm, method, 2, "System.ArgumentOutOfRangeException", "The place to start lies outside the text.");
    *from = string_offset(call->input, (uint32_t)start);
    return STATUS_OK;
}

MEMBER(is_match) {
    struct call call;
    struct regex_match match = {0};
    struct fault fault = {0};
    bool found = false;
    size_t from;
    TRY(call_begin(realm, "IsMatch", self, arguments, count, 0, &call));
    enum status status = read_start(realm, "IsMatch", self, &call, &from);
    if (status == STATUS_OK && regex_find(call.regex, string_text(call.input), from, &match, &found, &fault) != STATUS_OK)
        status = match_raise(realm, "IsMatch", &fault);
    regex_match_free(&match);
    call_end(&call);
    *out = value_bool(found);
    return status;
}

MEMBER(match_one) {
    struct call call;
    size_t from;
    TRY(call_begin(realm, "Match", self, arguments, count, 0, &call));
    enum status status = read_start(realm, "Match", self, &call, &from);
    if (status == STATUS_OK) status = match_next(realm, call.regex, call.input, from, out);
    call_end(&call);
    return status;
}

/* Visits each match; `visit` may stop early by STATUS_STOP. */
typedef enum status (*match_visitor)(struct realm *realm, const struct call *call, const struct regex_match *match, void *context);

static enum status each_match(struct realm *realm, const struct call *call, size_t from, match_visitor visit, void *context) {
    struct text text = string_text(call->input);
    struct regex_match match = {0};
    struct fault fault = {0};
    enum status status = STATUS_OK;
    bool found;
    while (status == STATUS_OK && from <= text.length) {
        if (regex_find(call->regex, text, from, &match, &found, &fault) != STATUS_OK) {
            status = match_raise(realm, "Match", &fault);
            break;
        }
        if (!found) break;
        status = visit(realm, call, &match, context);
        from = match.groups[0].end;
        if (match.groups[0].start != match.groups[0].end) continue;
        if (from >= text.length) break;
        utf8_next(text, &from);
    }
    regex_match_free(&match);
    return status == STATUS_STOP ? STATUS_OK : status;
}

static enum status push_match(struct realm *realm, const struct call *call, const struct regex_match *match, void *context) {
    array_push_take(*(struct value *)context, regex_value_match(realm, call->regex, call->input, match));
    return realm_poll(realm);
}

MEMBER(matches) {
    struct call call;
    size_t from;
    TRY(call_begin(realm, "Matches", self, arguments, count, 0, &call));
    enum status status = read_start(realm, "Matches", self, &call, &from);
    if (status == STATUS_OK) {
        *out = list_new(realm, type_known(realm, MATCHES_TYPE), 8);
        status = each_match(realm, &call, from, push_match, out);
        if (status != STATUS_OK) value_release(*out);
    }
    call_end(&call);
    return status;
}

MEMBER(count_matches) {
    struct value list;
    TRY(matches(realm, type, self, arguments, count, &list));
    *out = value_int32((int32_t)array_count(list));
    value_release(list);
    return STATUS_OK;
}

/* --- Replace --- */
struct replacing {
    struct bytes text;
    size_t copied;          /* bytes of the input that are done */
    int64_t left;           /* replacements still allowed; -1 all */
    struct value with;      /* string, or script block that gets the Match */
};

static enum status add_evaluated(struct realm *realm, const struct call *call, const struct regex_match *match, struct replacing *r) {
    struct value object = regex_value_match(realm, call->regex, call->input, match), result;
    struct block_call block = {.block = value_base(r->with), .arguments = &object, .argument_count = 1, .scope = BLOCK_NEW_SCOPE};
    block.dollar_underscore = object;
    enum status status = callable_call_collect(realm, &block, &result);
    value_release(object);
    if (status != STATUS_OK) return status;
    convert_add_text(realm, &r->text, result);
    value_release(result);
    return STATUS_OK;
}

static enum status replace_match(struct realm *realm, const struct call *call, const struct regex_match *match, void *context) {
    struct replacing *r = context;
    struct text text = string_text(call->input);
    if (r->left == 0) return STATUS_STOP;
    if (r->left > 0) r->left--;
    bytes_add(&r->text, text.start + r->copied, match->groups[0].start - r->copied);
    r->copied = match->groups[0].end;
    if (r->with.kind != VALUE_STRING) return add_evaluated(realm, call, match, r);
    regex_add_replacement(&r->text, call->regex, text, match, string_text(r->with));
    return STATUS_OK;
}

MEMBER(replace) {
    struct call call;
    struct replacing r = {.left = -1};
    TRY(call_begin(realm, "Replace", self, arguments, count, 1, &call));
    enum status status = STATUS_OK;
    if (call.rest_count == 0) status = member_raise(realm, "Replace", count, "System.ArgumentNullException", "The replacement lacks.");
    else if (value_base(call.rest[0]).kind == VALUE_SCRIPT_BLOCK) r.with = value_keep(value_base(call.rest[0]));
    else status = member_argument_text(realm, "Replace", call.rest[0], &r.with);
    if (status == STATUS_OK && regex_value_of(self) && call.rest_count > 1)
        status = member_argument_int64(realm, "Replace", call.rest[1], &r.left);
    if (status == STATUS_OK) status = each_match(realm, &call, 0, replace_match, &r);
    if (status == STATUS_OK) {
        bytes_add_text(&r.text, text_slice(string_text(call.input), r.copied, string_text(call.input).length));
        *out = string_from_bytes(&r.text);
    }
    bytes_free(&r.text);
    value_release(r.with);
    call_end(&call);
    return status;
}

/* --- Split --- */
struct splitting {
    struct value parts;
    size_t done;
    int64_t most;
};

static enum status split_match(struct realm *realm, const struct call *call, const struct regex_match *match, void *context) {
    struct splitting *s = context;
    struct text text = string_text(call->input);
    (void)realm;
    if (s->most > 0 && s->most == 1) return STATUS_STOP;
    if (s->most > 0) s->most--;
    array_push_take(s->parts, string_new(text_slice(text, s->done, match->groups[0].start - s->done)));
    s->done = match->groups[0].end;
    for (uint32_t i = 1; i < match->group_count; i++)
        if (match->groups[i].matched)
            array_push_take(s->parts, string_new(text_slice(text, match->groups[i].start, match->groups[i].end - match->groups[i].start)));
    return STATUS_OK;
}

MEMBER(split) {
    struct call call;
    struct splitting s = {0};
    TRY(call_begin(realm, "Split", self, arguments, count, 0, &call));
    enum status status = STATUS_OK;
    if (regex_value_of(self) && call.rest_count) status = member_argument_int64(realm, "Split", call.rest[0], &s.most);
    s.parts = argument_new_array(realm, "System.String", 8);
    if (status == STATUS_OK) status = each_match(realm, &call, 0, split_match, &s);
    if (status == STATUS_OK) {
        array_push_take(s.parts, string_new(text_slice(string_text(call.input), s.done, string_text(call.input).length)));
        *out = value_keep(s.parts);
    }
    value_release(s.parts);
    call_end(&call);
    return status;
}

/* --- the rest --- */
static enum status give_changed(struct realm *realm, const char *method, struct value argument,
                                void (*change)(struct bytes *out, struct text text), struct value *out) {
    struct value text;
    struct bytes result = {0};
    TRY(member_argument_text(realm, method, argument, &text));
    change(&result, string_text(text));
    value_release(text);
    return argument_give_bytes(out, &result);
}

MEMBER(escape) { return give_changed(realm, "Escape", arguments[0], regex_escape, out); }
MEMBER(unescape) { return give_changed(realm, "Unescape", arguments[0], regex_unescape, out); }

MEMBER(to_string) {
    return argument_give(out, string_new(regex_source(regex_value_of(self))));
}

MEMBER(get_options) {
    return argument_give(out, argument_enum_value(realm, "System.Text.RegularExpressions.RegexOptions", regex_option_bits(regex_value_of(self))));
}

MEMBER(get_group_names) {
    struct regex *regex = regex_value_of(self);
    struct value names = argument_new_array(realm, "System.String", regex_group_count(regex));
    for (uint32_t i = 0; i < regex_group_count(regex); i++) array_push_take(names, string_new(regex_group_name(regex, i)));
    return argument_give(out, names);
}

MEMBER(get_group_numbers) {
    uint32_t groups = regex_group_count(regex_value_of(self));
    struct value numbers = argument_new_array(realm, "System.Int32", groups);
    for (uint32_t i = 0; i < groups; i++) array_push_take(numbers, value_int32((int32_t)i));
    return argument_give(out, numbers);
}

MEMBER(name_from_number) {
    int32_t number;
    TRY(member_argument_int32(realm, "GroupNameFromNumber", arguments[0], &number));
    bool good = number >= 0 && (uint32_t)number < regex_group_count(regex_value_of(self));
    return argument_give(out, good ? string_new(regex_group_name(regex_value_of(self), (uint32_t)number)) : string_empty());
}

MEMBER(number_from_name) {
    struct value name;
    TRY(member_argument_text(realm, "GroupNumberFromName", arguments[0], &name));
    *out = value_int32(regex_group_index(regex_value_of(self), string_text(name)));
    value_release(name);
    return STATUS_OK;
}

MEMBER(get_right_to_left) {
    return argument_give(out, value_bool(regex_option_bits(regex_value_of(self)) & REGEX_RIGHT_TO_LEFT));
}

MEMBER(get_time_limit) {
    return argument_give(out, value_timespan(-10000)); /* Regex.InfiniteMatchTimeout */
}

#define BOTH(name, least, static_most, most, function, tail)                                                 \
    ROW_STATIC_CALL(name, (least) + 1, static_most, function, "static " tail),                               \
    ROW_CALL(name, least, most, function, tail)
static const struct member_row rows[] = {
    ROW_PROPERTY("Options", get_options, "System.Text.RegularExpressions.RegexOptions"),
    ROW_PROPERTY("RightToLeft", get_right_to_left, "bool"), ROW_PROPERTY("MatchTimeout", get_time_limit, "timespan"),
    ROW_NEW(1, 3, construct, "regex new(string pattern), regex new(string pattern, System.Text.RegularExpressions.RegexOptions options)"),
    BOTH("Count", 1, 3, 2, count_matches, "int Count(string input)"),
    BOTH("IsMatch", 1, 4, 2, is_match, "bool IsMatch(string input)"),
    BOTH("Match", 1, 4, 2, match_one, "System.Text.RegularExpressions.Match Match(string input)"),
    BOTH("Matches", 1, 4, 2, matches, "System.Text.RegularExpressions.MatchCollection Matches(string input)"),
    BOTH("Replace", 2, 5, 4, replace, "string Replace(string input, string replacement), string Replace(string input, System.Text.RegularExpressions.MatchEvaluator evaluator)"),
    BOTH("Split", 1, 4, 3, split, "string[] Split(string input)"),
    ROW_STATIC_CALL("Escape", 1, 1, escape, "static string Escape(string str)"),
    ROW_STATIC_CALL("Unescape", 1, 1, unescape, "static string Unescape(string str)"),
    ROW_CALL("GetGroupNames", 0, 0, get_group_names, "string[] GetGroupNames()"),
    ROW_CALL("GetGroupNumbers", 0, 0, get_group_numbers, "int[] GetGroupNumbers()"),
    ROW_CALL("GroupNameFromNumber", 1, 1, name_from_number, "string GroupNameFromNumber(int i)"),
    ROW_CALL("GroupNumberFromName", 1, 1, number_from_name, "int GroupNumberFromName(string name)"),
    ROW_CALL("ToString", 0, 0, to_string, "string ToString()"),
};
const struct member_table regex_member_table = TABLE_OF(rows);
