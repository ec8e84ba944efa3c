/* -split in all its forms, and -join. */
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/callable.h"
#include "ops_private.h"

enum split_flags { SPLIT_SIMPLE = 1 << 16 };

struct splitting {
    struct value delimiter;  /* pattern or script block */
    int32_t limit;           /* 0 all; negative: that many from the end */
    uint32_t options;        /* enum regex_options and SPLIT_SIMPLE */
    struct regex *regex;
    struct regex_match match;
};

static const struct { const char *name; uint32_t option; } option_rows[] = {
    {"SimpleMatch", SPLIT_SIMPLE}, {"RegexMatch", 0}, {"CultureInvariant", REGEX_CULTURE_INVARIANT},
    {"IgnorePatternWhitespace", REGEX_IGNORE_WHITESPACE}, {"Multiline", REGEX_MULTILINE}, {"Singleline", REGEX_SINGLELINE},
    {"IgnoreCase", REGEX_IGNORE_CASE}, {"ExplicitCapture", REGEX_EXPLICIT_CAPTURE}};

static enum status read_options(struct realm *realm, struct text rest, uint32_t *options) {
    struct text name;
    while (text_split_next(&rest, ',', &name)) {
        name = text_trim(name);
        size_t row = 0, count = sizeof option_rows / sizeof *option_rows;
        while (row < count && !text_equal_fold(name, text_of(option_rows[row].name))) row++;
        if (row == count && name.length)
            return operand_raise_inner(realm, "RuntimeException", "InvalidCastFromStringToEnum", ERROR_INVALID_ARGUMENT, "PSInvalidCastException",
                                       "'%.*s' is no option of -split.", TEXT_ARGUMENT(name));
        if (row < count) *options |= option_rows[row].option;
    }
    return STATUS_OK;
}

/* --- where the delimiters are: flat list of start and end, with the groups that matched as further parts --- */
struct cut { size_t start, end; uint32_t first_group, group_count; };
struct cuts {
    struct cut *items;
    size_t count, capacity;
    struct regex_span *groups;
    size_t group_count, group_capacity;
};

static void add_cut(struct cuts *cuts, const struct regex_match *match) {
    ALLOC_GROW(cuts->items, cuts->capacity, cuts->count + 1);
    struct cut *cut = &cuts->items[cuts->count++];
    *cut = (struct cut){match->groups[0].start, match->groups[0].end, (uint32_t)cuts->group_count, 0};
    for (uint32_t i = 1; i < match->group_count; i++) {
        if (!match->groups[i].matched) continue;
        ALLOC_GROW(cuts->groups, cuts->group_capacity, cuts->group_count + 1);
        cuts->groups[cuts->group_count++] = match->groups[i];
        cut->group_count++;
    }
}

static enum status find_cuts(struct realm *realm, struct splitting *splitting, struct text subject, struct cuts *cuts) {
    struct fault fault = {0};
    size_t from = 0;
    bool found = true;
    size_t most = splitting->limit > 0 ? (size_t)splitting->limit - 1 : SIZE_MAX;
    while (from <= subject.length && cuts->count < most) {
        if (regex_find(splitting->regex, subject, from, &splitting->match, &found, &fault) != STATUS_OK)
            return realm_raise_fault(realm, &fault, "RegexMatchTimeout");
        if (!found) break;
        add_cut(cuts, &splitting->match);
        struct regex_span whole = splitting->match.groups[0];
        from = whole.end;
        if (whole.start == whole.end) {
            if (from == subject.length) break;
            utf8_next(subject, &from);
        }
    }
    return STATUS_OK;
}

static void push_part(struct value out, struct text subject, size_t start, size_t end) {
    array_push_take(out, string_new(text_slice(subject, start, end - start)));
}

static void push_parts(struct value out, struct text subject, const struct splitting *splitting, const struct cuts *cuts) {
    size_t first = 0, at = 0;
    if (splitting->limit < 0) {
        size_t most = (size_t)-(int64_t)splitting->limit - 1;
        if (cuts->count > most) first = cuts->count - most;
    }
    for (size_t i = first; i < cuts->count; i++) {
        const struct cut *cut = &cuts->items[i];
        push_part(out, subject, at, cut->start);
        for (uint32_t j = 0; j < cut->group_count; j++) {
            struct regex_span group = cuts->groups[cut->first_group + j];
            push_part(out, subject, group.start, group.end);
        }
        at = cut->end;
    }
    push_part(out, subject, at, subject.length);
}

static enum status split_by_regex(struct realm *realm, struct splitting *splitting, struct text subject, struct value out) {
    struct cuts cuts = {0};
    enum status status = find_cuts(realm, splitting, subject, &cuts);
    if (status == STATUS_OK) push_parts(out, subject, splitting, &cuts);
    alloc_free(cuts.items);
    alloc_free(cuts.groups);
    return status;
}

/* The block is asked about each character, which it has in $_. */
static enum status is_delimiter(struct realm *realm, struct value block, struct text character, bool *out) {
    struct value c = string_new(character), answer;
    struct block_call call = {.block = block, .dollar_underscore = c, .scope = BLOCK_CALLER_SCOPE};
    enum status status = callable_call_collect(realm, &call, &answer);
    value_release(c);
    if (status != STATUS_OK) return status;
    *out = value_truth(answer);
    value_release(answer);
    return STATUS_OK;
}

static enum status split_by_block(struct realm *realm, struct splitting *splitting, struct text subject, struct value out) {
    struct cuts cuts = {0};
    enum status status = STATUS_OK;
    size_t most = splitting->limit > 0 ? (size_t)splitting->limit - 1 : SIZE_MAX;
    for (size_t at = 0; at < subject.length && cuts.count < most && status == STATUS_OK;) {
        size_t start = at;
        bool cut = false;
        utf8_next(subject, &at);
        status = is_delimiter(realm, splitting->delimiter, text_slice(subject, start, at - start), &cut);
        struct regex_span span = {start, at, true};
        if (cut) add_cut(&cuts, &(struct regex_match){.groups = &span, .group_count = 1});
    }
    if (status == STATUS_OK) push_parts(out, subject, splitting, &cuts);
    alloc_free(cuts.items);
    alloc_free(cuts.groups);
    return status;
}

static enum status split_one(struct realm *realm, struct splitting *splitting, struct value v, struct value out) {
    struct bytes buffer = {0};
    struct text subject = operand_text(realm, value_base(v), &buffer);
    enum status status = splitting->delimiter.kind == VALUE_SCRIPT_BLOCK ? split_by_block(realm, splitting, subject, out)
                                                                         : split_by_regex(realm, splitting, subject, out);
    bytes_free(&buffer);
    return status;
}

static struct value new_texts(struct realm *realm) {
    return array_new(realm, type_array_of(realm, type_of_kind(realm, VALUE_STRING)), 4);
}

static enum status split_all(struct realm *realm, struct splitting *splitting, struct value a, struct value *out) {
    *out = new_texts(realm);
    enum status status = STATUS_OK;
    if (value_is_array_like(a)) {
        for (uint32_t i = 0; i < array_count(a) && status == STATUS_OK; i++)
            status = split_one(realm, splitting, array_at(a, i), *out);
    } else {
        status = split_one(realm, splitting, a, *out);
    }
    if (status != STATUS_OK) value_release(*out);
    return status;
}

static enum status compile(struct realm *realm, struct splitting *splitting) {
    if (splitting->delimiter.kind == VALUE_SCRIPT_BLOCK) return STATUS_OK;
    uint32_t options = splitting->options & ~(uint32_t)SPLIT_SIMPLE;
    if (!(splitting->options & SPLIT_SIMPLE)) return text_match_pattern(realm, splitting->delimiter, options, &splitting->regex);
    struct bytes buffer = {0}, escaped = {0};
    regex_escape(&escaped, operand_text(realm, splitting->delimiter, &buffer));
    struct value pattern = string_from_bytes(&escaped);
    enum status status = text_match_pattern(realm, pattern, options, &splitting->regex);
    value_release(pattern);
    bytes_free(&buffer);
    bytes_free(&escaped);
    return status;
}

static enum status read_right(struct realm *realm, struct value b, struct splitting *splitting) {
    if (!value_is_array_like(b)) {
        splitting->delimiter = b;
        return STATUS_OK;
    }
    uint32_t count = array_count(b);
    enum status status = STATUS_OK;
    splitting->delimiter = count > 0 ? value_base(array_at(b, 0)) : value_null();
    if (count > 1) status = operand_int32(realm, value_base(array_at(b, 1)), &splitting->limit);
    if (status == STATUS_OK && count > 2) {
        struct bytes buffer = {0};
        status = read_options(realm, operand_text(realm, value_base(array_at(b, 2)), &buffer), &splitting->options);
        bytes_free(&buffer);
    }
    return status;
}

enum status split_binary(struct realm *realm, struct value a, struct value b, bool keep_case, struct value *out) {
    struct splitting splitting = {.options = keep_case ? 0 : REGEX_IGNORE_CASE};
    enum status status = read_right(realm, b, &splitting);
    if (status == STATUS_OK) status = compile(realm, &splitting);
    if (status == STATUS_OK) status = split_all(realm, &splitting, a, out);
    regex_match_free(&splitting.match);
    regex_release(splitting.regex);
    return status;
}

static void push_words(struct value out, struct text text) {
    size_t start = 0;
    bool inside = false;
    for (size_t at = 0; at <= text.length;) {
        size_t before = at;
        bool blank = at == text.length || utf8_is_space(utf8_next(text, &at));
        if (at == before) at++;
        if (inside && blank) push_part(out, text, start, before);
        else if (!inside && !blank) start = before;
        inside = !blank;
    }
}

enum status split_unary(struct realm *realm, struct value v, struct value *out) {
    struct bytes buffer = {0};
    uint32_t count = value_is_array_like(v) ? array_count(v) : 1;
    *out = new_texts(realm);
    for (uint32_t i = 0; i < count; i++)
        push_words(*out, operand_text(realm, value_base(value_is_array_like(v) ? array_at(v, i) : v), &buffer));
    if (!array_count(*out) && count) array_push_take(*out, string_empty());
    bytes_free(&buffer);
    return STATUS_OK;
}

/* Items as .ToString() gives them (a nested array is "System.Object[]"); null is nothing. */
static enum status add_item(struct realm *realm, struct bytes *out, struct value item) {
    item = value_base(item);
    if (value_is_nothing(item)) return STATUS_OK;
    if (item.kind == VALUE_STRING) {
        bytes_add_text(out, string_text(item));
        return STATUS_OK;
    }
    if (item.kind == VALUE_INT32 || item.kind == VALUE_INT64) {
        decimal_add_int64(out, item.integer);
        return STATUS_OK;
    }
    struct value text;
    enum status status = convert_dot_text(realm, item, &text);
    if (status != STATUS_OK) return status;
    bytes_add_text(out, string_text(text));
    value_release(text);
    return STATUS_OK;
}

enum status join_binary(struct realm *realm, struct value a, struct value b, struct value *out) {
    /* An enumerator ($input) is one value to -join, whose text is its items. */
    const struct type *enumerator = value_base(a).kind == VALUE_NATIVE ? type_find(realm, TEXT("System.Collections.IEnumerator")) : NULL;
    bool is_single = enumerator && type_matches(realm, a, enumerator);
    if (!value_is_array_like(a) && ((is_single && enumerator_sequence(value_base(a)).kind == VALUE_UNSET) || value_is_nothing(a) || !convert_is_enumerable(realm, a))) {
        *out = value_is_nothing(a) ? string_empty() : convert_text(realm, a);
        return STATUS_OK;
    }
    struct bytes joined = {0}, buffer = {0};
    struct text separator = operand_text(realm, b, &buffer);
    struct enumeration it;
    struct value item;
    bool more = false, any = false;
    enum status status;
    enumeration_start(realm, &it, a);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        if (any) bytes_add_text(&joined, separator);
        any = true;
        if ((status = add_item(realm, &joined, item)) != STATUS_OK) break;
    }
    enumeration_end(&it);
    if (status == STATUS_OK) *out = string_from_bytes(&joined);
    bytes_free(&joined);
    bytes_free(&buffer);
    return status;
}
