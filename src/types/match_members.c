/* Match, Group, Capture and their collections. */
#include "regex_value_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"

#define NAMES "System.Text.RegularExpressions."

static void release_match(void *payload) {
    struct match_data *data = payload;
    if (data->regex) regex_release(data->regex);
    value_release(data->subject);
    value_release(data->name);
    alloc_free(data->groups);
}

static const struct native_class match_class = {"System.Text.RegularExpressions.Match", release_match, NULL};

struct match_data *match_data_of(struct value v) {
    struct value base = value_base(v);
    if (base.kind != VALUE_OBJECT) return NULL;
    return native_payload(object_block(base)->hidden, &match_class);
}

static struct value new_object(struct realm *realm, const char *type_name, struct match_data **data) {
    struct value object = object_new(realm, type_known(realm, type_name), 0);
    struct value native = native_new(realm, &match_class, NULL, sizeof(struct match_data));
    *data = native_payload(native, &match_class);
    object_block(object)->hidden = native;
    return object;
}

struct value regex_value_match(struct realm *realm, struct regex *regex, struct value subject, const struct regex_match *match) {
    struct match_data *data;
    struct value object = new_object(realm, NAMES "Match", &data);
    data->regex = regex_keep(regex);
    data->subject = value_keep(subject);
    data->group_count = match->group_count;
    data->groups = ALLOC_ARRAY(struct regex_span, match->group_count ? match->group_count : 1);
    memcpy(data->groups, match->groups, match->group_count * sizeof *data->groups);
    data->span = match->groups[0];
    return object;
}

static struct value no_match(struct realm *realm, struct regex *regex, struct value subject) {
    struct match_data *data;
    struct value object = new_object(realm, NAMES "Match", &data);
    data->regex = regex_keep(regex);
    data->subject = value_keep(subject);
    return object;
}

enum status match_raise(struct realm *realm, const char *method, struct fault *fault) {
    if (fault->kind == FAULT_INTERRUPTED) {
        fault_clear(fault);
        return STATUS_INTERRUPTED;
    }
    bool slow = fault->kind == FAULT_LIMIT;
    enum status status = member_raise(realm, method, 1, slow ? "System.Text.RegularExpressions.RegexMatchTimeoutException" : "System.Text.RegularExpressions.RegexParseException",
                                      "%s", fault->message ? fault->message : "The pattern cannot be used.");
    fault_clear(fault);
    return status;
}

enum status match_next(struct realm *realm, struct regex *regex, struct value subject, size_t from, struct value *out) {
    struct regex_match match = {0};
    struct fault fault = {0};
    bool found = false;
    if (from <= string_text(subject).length && regex_find(regex, string_text(subject), from, &match, &found, &fault) != STATUS_OK) {
        regex_match_free(&match);
        return match_raise(realm, "Match", &fault);
    }
    *out = found ? regex_value_match(realm, regex, subject, &match) : no_match(realm, regex, subject);
    regex_match_free(&match);
    return STATUS_OK;
}

struct value match_group(struct realm *realm, struct value match, uint32_t index) {
    struct match_data *data = match_data_of(match), *part;
    if (index == 0 && data->group_count) return value_keep(value_base(match));
    struct value object = new_object(realm, NAMES "Group", &part);
    part->subject = value_keep(data->subject);
    if (index < data->group_count) {
        part->span = data->groups[index];
        part->name = string_new(regex_group_name(data->regex, index));
    } else part->name = string_of("0");
    return object;
}

/* --- properties --- */
MEMBER(get_success) {
    return argument_give(out, value_bool(match_data_of(self)->span.matched));
}

MEMBER(get_value) {
    struct match_data *data = match_data_of(self);
    if (!data->span.matched) return argument_give(out, string_empty());
    return argument_give(out, string_new(text_slice(string_text(data->subject), data->span.start, data->span.end - data->span.start)));
}

static int32_t units_between(struct match_data *data, size_t start, size_t end) {
    if (!data->span.matched) return 0;
    struct text part = text_slice(string_text(data->subject), start, end - start);
    return string_is_ascii(data->subject) ? (int32_t)part.length : (int32_t)utf8_units(part);
}

/* A span cannot be a value of a script: PowerShell shows nothing. */
MEMBER(get_value_span) {
    return argument_give(out, value_null());
}

MEMBER(get_index) {
    struct match_data *data = match_data_of(self);
    return argument_give(out, value_int32(units_between(data, 0, data->span.start)));
}

MEMBER(get_length) {
    struct match_data *data = match_data_of(self);
    return argument_give(out, value_int32(units_between(data, data->span.start, data->span.end)));
}

MEMBER(get_name) {
    struct match_data *data = match_data_of(self);
    return argument_give(out, data->name.kind == VALUE_STRING ? value_keep(data->name) : string_of("0"));
}

MEMBER(get_groups) {
    struct match_data *data = match_data_of(self);
    struct value list = list_new(realm, type_known(realm, NAMES "GroupCollection"), data->group_count + 1);
    uint32_t groups = data->group_count ? data->group_count : 1;
    for (uint32_t i = 0; i < groups; i++) array_push_take(list, match_group(realm, self, i));
    return argument_give(out, list);
}

/* One capture, the group itself: what a repeated group matched before is not kept (docs/language.md). */
MEMBER(get_captures) {
    struct value list = list_new(realm, type_known(realm, NAMES "CaptureCollection"), 1);
    if (match_data_of(self)->span.matched) array_push(list, value_base(self));
    return argument_give(out, list);
}

MEMBER(next_match) {
    struct match_data *data = match_data_of(self);
    size_t from = data->span.end;
    if (!data->span.matched) return argument_give(out, value_keep(value_base(self)));
    if (data->span.end == data->span.start) { /* an empty match: one character on */
        struct text text = string_text(data->subject);
        if (from >= text.length) return argument_give(out, no_match(realm, data->regex, data->subject));
        utf8_next(text, &from);
    }
    return match_next(realm, data->regex, data->subject, from, out);
}

MEMBER(get_result) {
    struct match_data *data = match_data_of(self);
    struct value replacement;
    struct regex_match match = {.groups = data->groups, .group_count = data->group_count};
    struct bytes text = {0};
    TRY(member_argument_text(realm, "Result", arguments[0], &replacement));
    if (data->group_count) regex_add_replacement(&text, data->regex, string_text(data->subject), &match, string_text(replacement));
    value_release(replacement);
    return argument_give_bytes(out, &text);
}

/* --- collections --- */
/* A group by its name or number; one without success if the pattern has none such. */
MEMBER(get_group) {
    struct value list = value_base(self), wanted = value_base(arguments[0]), name;
    uint32_t items = array_count(list);
    if (value_is_integer(wanted)) {
        if (wanted.integer >= 0 && wanted.integer < items) return argument_give(out, value_keep(array_at(list, (uint32_t)wanted.integer)));
    } else {
        TRY(member_argument_text(realm, "Item", arguments[0], &name));
        for (uint32_t i = 0; i < items; i++) {
            struct match_data *data = match_data_of(array_at(list, i));
            struct text own = data->name.kind == VALUE_STRING ? string_text(data->name) : TEXT("0");
            if (!text_equal(own, string_text(name))) continue;
            value_release(name);
            return argument_give(out, value_keep(array_at(list, i)));
        }
        value_release(name);
    }
    struct match_data *data;
    struct value none = new_object(realm, NAMES "Group", &data);
    data->subject = string_empty();
    data->name = string_of("0");
    return argument_give(out, none);
}

MEMBER(has_group) {
    struct value name;
    bool found = false;
    struct value list = value_base(self);
    TRY(member_argument_text(realm, "ContainsKey", arguments[0], &name));
    for (uint32_t i = 0; i < array_count(list) && !found; i++) {
        struct match_data *data = match_data_of(array_at(list, i));
        found = text_equal(data->name.kind == VALUE_STRING ? string_text(data->name) : TEXT("0"), string_text(name));
    }
    value_release(name);
    return argument_give(out, value_bool(found));
}

MEMBER(get_keys) {
    struct value list = value_base(self), keys = argument_new_array(realm, "System.String", array_count(list));
    for (uint32_t i = 0; i < array_count(list); i++) {
        struct value name;
        TRY(get_name(realm, type, array_at(list, i), NULL, 0, &name));
        array_push_take(keys, name);
    }
    return argument_give(out, keys);
}

MEMBER(get_item) {
    struct value list = value_base(self);
    int32_t at;
    TRY(member_argument_int32(realm, "Item", arguments[0], &at));
    if (at < 0 || (uint32_t)at >= array_count(list))
        return member_raise(realm, "Item", 1, "System.ArgumentOutOfRangeException", "There is no item %d.", at);
    return argument_give(out, value_keep(array_at(list, (uint32_t)at)));
}

MEMBER(get_count) {
    return argument_give(out, value_int32((int32_t)array_count(value_base(self))));
}

static const struct member_row rows[] = {
#define ROW_TYPE NAMES "Capture"
    ROW_PROPERTY("Index", get_index, "int"), ROW_PROPERTY("Length", get_length, "int"), ROW_PROPERTY("Value", get_value, "string"),
    ROW_PROPERTY("ValueSpan", get_value_span, "System.ReadOnlySpan[char]"),
    ROW_CALL("ToString", 0, 0, get_value, "string ToString()"),
#undef ROW_TYPE
#define ROW_TYPE NAMES "Group"
    ROW_PROPERTY("Success", get_success, "bool"), ROW_PROPERTY("Name", get_name, "string"),
    ROW_PROPERTY("Captures", get_captures, "System.Text.RegularExpressions.CaptureCollection"),
#undef ROW_TYPE
#define ROW_TYPE NAMES "Match"
    ROW_PROPERTY("Groups", get_groups, "System.Text.RegularExpressions.GroupCollection"),
    ROW_CALL("NextMatch", 0, 0, next_match, "System.Text.RegularExpressions.Match NextMatch()"),
    ROW_CALL("Result", 1, 1, get_result, "string Result(string replacement)"),
#undef ROW_TYPE
#define ROW_TYPE NAMES "GroupCollection"
    ROW_PROPERTY("Count", get_count, "int"), ROW_PROPERTY("Keys", get_keys, "System.Collections.Generic.IEnumerable[string]"),
    ROW_CALL("Item", 1, 1, get_group, "System.Text.RegularExpressions.Group Item(int groupnum) {get;}, System.Text.RegularExpressions.Group Item(string groupname) {get;}"),
    ROW_CALL("get_Item", 1, 1, get_group, "System.Text.RegularExpressions.Group get_Item(string groupname)"),
    ROW_CALL("ContainsKey", 1, 1, has_group, "bool ContainsKey(string key)"),
#undef ROW_TYPE
#define ROW_TYPE NAMES "MatchCollection"
    ROW_PROPERTY("Count", get_count, "int"), ROW_CALL("Item", 1, 1, get_item, "System.Text.RegularExpressions.Match Item(int i) {get;}"),
#undef ROW_TYPE
#define ROW_TYPE NAMES "CaptureCollection"
    ROW_PROPERTY("Count", get_count, "int"), ROW_CALL("Item", 1, 1, get_item, "System.Text.RegularExpressions.Capture Item(int i) {get;}"),
#undef ROW_TYPE
};
const struct member_table match_member_table = TABLE_OF(rows);
