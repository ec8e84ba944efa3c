/* .NET's pattern language to PCRE2's, in two passes: the first finds the groups, so that the second knows what \1, \k<n>
 * and (?(n)…) mean. What PCRE2 has and .NET lacks (possessive quantifiers, \K, \Q, (*VERB)) is refused as .NET does. */
#include <stdio.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/utf8.h"
#include "regex_private.h"

enum status regex_translate_fail(struct regex_translator *t, size_t at, const char *sentence) {
    return fault_set(t->fault, FAULT_INVALID, 0, "The pattern '%.*s' is not valid at offset %zu: %s.",
                     TEXT_ARGUMENT(t->pattern), utf8_units(text_slice(t->pattern, 0, at)), sentence);
}

/* Options are restored where a group closes. */
struct frame { uint32_t options; size_t lookbehind; /* where its body starts in the output; 0: it is none */ };
struct frames { struct frame *items; size_t count, capacity; };

static char peek(const struct regex_translator *t, size_t ahead) {
    return t->at + ahead < t->pattern.length ? t->pattern.start[t->at + ahead] : '\0';
}

static void open_group(struct regex_translator *t, struct frames *frames, const char *start) {
    ALLOC_GROW(frames->items, frames->capacity, frames->count + 1);
    bytes_add_string(&t->out, start);
    bool lookbehind = !strncmp(start, "(?<", 3);
    frames->items[frames->count++] = (struct frame){t->options, lookbehind ? t->out.length : 0};
    t->quantifiable = false;
}

static void add_capture(struct regex_translator *t, struct text name, int64_t number) {
    t->next_capture++;
    if (t->numbered) return;
    struct regex_groups *groups = t->groups;
    ALLOC_GROW(groups->captures, groups->capture_capacity, groups->capture_count + 1);
    groups->captures[groups->capture_count++] =
        (struct regex_capture){.name = name.length ? alloc_text(name.start, name.length) : NULL, .number = number};
}

static bool is_name(struct text name) {
    for (size_t at = 0; at < name.length;) {
        uint32_t c = utf8_next(name, &at);
        if (c != '_' && !utf8_is_letter(c) && !utf8_is_digit(c)) return false;
    }
    return name.length > 0;
}

/* `t->at` is behind the opening < or '. */
static enum status open_named(struct regex_translator *t, struct frames *frames, char close) {
    size_t start = t->at, end = text_find_byte(t->pattern, close, start);
    if (end == TEXT_NOT_FOUND) return regex_translate_fail(t, start, "the name of a group is not closed");
    struct text name = text_slice(t->pattern, start, end - start);
    if (text_find_byte(name, '-', 0) != TEXT_NOT_FOUND)
        return regex_translate_fail(t, start, "balancing groups (?<a-b>…) are not supported");
    if (!is_name(name)) return regex_translate_fail(t, start, "the name of a group holds letters, digits and _ only");
    int64_t number = -1;
    bool is_number = name.start[0] >= '0' && name.start[0] <= '9';
    if (is_number && (!decimal_read_int64(name, &number) || number == 0 || number > INT32_MAX))
        return regex_translate_fail(t, start, "a group's number is out of range");
    t->at = end + 1;
    open_group(t, frames, "(");
    add_capture(t, is_number ? TEXT_NONE : name, number);
    return STATUS_OK;
}

/* Every capture that feeds the group, as alternatives: .NET merges groups of one name. */
static enum status add_reference(struct regex_translator *t, size_t start, struct text name) {
    t->quantifiable = true;
    if (!t->numbered) return STATUS_OK;
    int32_t group = regex_groups_find(t->groups, name);
    if (group < 0) return regex_translate_fail(t, start, "it refers to a group that is not there");
    const char *between = "(?:";
    for (size_t i = 0; i < t->groups->capture_count; i++) {
        if ((int32_t)t->groups->captures[i].group != group) continue;
        bytes_add_format(&t->out, "%s\\g{%zu}", between, i + 1);
        between = "|";
    }
    bytes_add_string(&t->out, group == 0 ? "(?!)" : ")");
    return STATUS_OK;
}

/* (?( has been read: a group's name or number, or an expression that is looked for ahead. */
static enum status open_condition(struct regex_translator *t, struct frames *frames) {
    size_t end = text_find_byte(t->pattern, ')', t->at);
    if (end == TEXT_NOT_FOUND) return regex_translate_fail(t, t->at, "a condition is not closed");
    struct text name = text_slice(t->pattern, t->at, end - t->at);
    if (peek(t, 0) == '?') { /* (?(?=…)…): read as a group of its own */
        t->at--;
        open_group(t, frames, "(?");
        return STATUS_OK;
    }
    if (!t->numbered) {
        open_group(t, frames, "(?:");
        if (is_name(name)) t->at = end + 1;
        else open_group(t, frames, "(?=");
        return STATUS_OK;
    }
    int32_t group = regex_groups_find(t->groups, name);
    if (group < 0) {
        open_group(t, frames, "(?");
        open_group(t, frames, "(?=");
        return STATUS_OK;
    }
    t->at = end + 1;
    if (group == 0) { /* the whole match is never complete while it is sought */
        open_group(t, frames, "(?(?!)");
        return STATUS_OK;
    }
    size_t capture = 0;
    while ((int32_t)t->groups->captures[capture].group != group) capture++;
    char start[32];
    snprintf(start, sizeof start, "(?(%zu)", capture + 1);
    open_group(t, frames, start);
    return STATUS_OK;
}

static uint32_t option_of(char letter) {
    switch (letter | 32) {
    case 'i': return REGEX_IGNORE_CASE;
    case 'm': return REGEX_MULTILINE;
    case 'n': return REGEX_EXPLICIT_CAPTURE;
    case 's': return REGEX_SINGLELINE;
    case 'x': return REGEX_IGNORE_WHITESPACE;
    default: return 0;
    }
}

/* (?imnsx-imnsx) and (?imnsx-imnsx:…): n and x are dealt with here, the rest is handed on. */
static enum status read_options(struct regex_translator *t, struct frames *frames) {
    size_t start = t->at;
    uint32_t options = t->options;
    bool off = false;
    struct bytes kept = {0};
    for (; peek(t, 0) != ')' && peek(t, 0) != ':'; t->at++) {
        char letter = peek(t, 0);
        uint32_t option = option_of(letter);
        if (!option && letter != '-' && letter != '+') {
            bytes_free(&kept);
            return regex_translate_fail(t, start, "there is no such kind of group");
        }
        if (!option) off = letter == '-';
        else options = off ? options & ~option : options | option;
        if (letter == '-' || (option && option != REGEX_EXPLICIT_CAPTURE && option != REGEX_IGNORE_WHITESPACE))
            bytes_add_byte(&kept, (char)(letter | 32));
    }
    bool group = t->pattern.start[t->at++] == ':';
    if (group) {
        open_group(t, frames, "(?");
    } else if (kept.length) {
        bytes_add_string(&t->out, "(?");
    }
    bytes_add_text(&t->out, bytes_text(&kept));
    if (group || kept.length) bytes_add_byte(&t->out, group ? ':' : ')');
    bytes_free(&kept);
    t->options = options;
    t->quantifiable = false;
    return STATUS_OK;
}

static enum status open_parenthesis(struct regex_translator *t, struct frames *frames) {
    size_t start = t->at++;
    if (peek(t, 0) != '?') {
        bool captures = !(t->options & REGEX_EXPLICIT_CAPTURE);
        open_group(t, frames, captures ? "(" : "(?:");
        if (captures) add_capture(t, TEXT_NONE, -1);
        return STATUS_OK;
    }
    t->at++;
    char kind = peek(t, 0), after = peek(t, 1);
    switch (kind) {
    case ':': t->at++; open_group(t, frames, "(?:"); return STATUS_OK;
    case '=': t->at++; open_group(t, frames, "(?="); return STATUS_OK;
    case '!': t->at++; open_group(t, frames, "(?!"); return STATUS_OK;
    case '>': t->at++; open_group(t, frames, "(?>"); return STATUS_OK;
    case '\'': t->at++; return open_named(t, frames, '\'');
    case '(': t->at++; return open_condition(t, frames);
    case '#': {
        size_t end = text_find_byte(t->pattern, ')', t->at);
        if (end == TEXT_NOT_FOUND) return regex_translate_fail(t, start, "a comment is not closed");
        t->at = end + 1;
        return STATUS_OK;
    }
    case '<':
        if (after == '=' || after == '!') {
            t->at += 2;
            open_group(t, frames, after == '=' ? "(?<=" : "(?<!");
            return STATUS_OK;
        }
        t->at++;
        return open_named(t, frames, '>');
    default: return read_options(t, frames);
    }
}

static enum status read_named_reference(struct regex_translator *t, size_t start) {
    char open = peek(t, 0), close = open == '<' ? '>' : open == '\'' ? '\'' : '\0';
    size_t end = close ? text_find_byte(t->pattern, close, t->at + 1) : TEXT_NOT_FOUND;
    if (end == TEXT_NOT_FOUND) return regex_translate_fail(t, start, "\\k wants a name in < >");
    struct text name = text_slice(t->pattern, t->at + 1, end - t->at - 1);
    t->at = end + 1;
    return add_reference(t, start, name);
}

/* \1 to \9 are references always; \10 and on only if there is such a group, else octal. */
static enum status read_number(struct regex_translator *t, size_t start) {
    size_t end = t->at;
    while (end < t->pattern.length && t->pattern.start[end] >= '0' && t->pattern.start[end] <= '9') end++;
    struct text digits = text_slice(t->pattern, t->at, end - t->at);
    bool known = t->numbered && regex_groups_find(t->groups, digits) >= 0;
    if (digits.length == 1 || known) {
        t->at = end;
        return add_reference(t, start, digits);
    }
    uint32_t code_point;
    enum status status = regex_class_escape(t, false, &code_point);
    if (status == STATUS_OK) regex_class_add(t, &t->out, code_point);
    return status;
}

static enum status read_escape(struct regex_translator *t) {
    size_t start = t->at++;
    char letter = peek(t, 0);
    if (t->at >= t->pattern.length) return regex_translate_fail(t, start, "a backslash ends the pattern");
    t->quantifiable = true;
    switch (letter) {
    case 'd': case 'D': case 's': case 'S': case 'b': case 'B': case 'A': case 'Z': case 'z': case 'G':
        t->at++;
        bytes_add_byte(&t->out, '\\');
        bytes_add_byte(&t->out, letter);
        return STATUS_OK;
    case 'w':
    case 'W':
        t->at++;
        if (t->ascii) bytes_add_string(&t->out, letter == 'w' ? "\\w" : "\\W");
        else bytes_add_format(&t->out, "[%s\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]", letter == 'W' ? "^" : "");
        return STATUS_OK;
    case 'p':
    case 'P': t->at++; return regex_class_property(t, &t->out, letter == 'P', false);
    case 'k': t->at++; return read_named_reference(t, start);
    default: break;
    }
    if (letter >= '1' && letter <= '9') return read_number(t, start);
    uint32_t code_point;
    enum status status = regex_class_escape(t, false, &code_point);
    if (status == STATUS_OK) regex_class_add(t, &t->out, code_point);
    return status;
}

/* Bytes of a quantifier at `at`: * + ? {n} {n,} {n,m}; 0 if there is none. */
static size_t quantifier_length(const struct regex_translator *t) {
    char c = peek(t, 0);
    if (c == '*' || c == '+' || c == '?') return 1;
    if (c != '{') return 0;
    size_t at = 1, digits = 0;
    for (; peek(t, at) >= '0' && peek(t, at) <= '9'; at++) digits++;
    if (!digits) return 0;
    if (peek(t, at) == ',')
        for (at++; peek(t, at) >= '0' && peek(t, at) <= '9';) at++;
    return peek(t, at) == '}' ? at + 1 : 0;
}

static enum status read_quantifier(struct regex_translator *t, size_t length) {
    if (!t->quantifiable) return regex_translate_fail(t, t->at, "a quantifier follows nothing that could be repeated");
    bytes_add(&t->out, t->pattern.start + t->at, length);
    t->at += length;
    if (peek(t, 0) == '?') {
        t->at++;
        bytes_add_byte(&t->out, '?');
    }
    if (quantifier_length(t)) return regex_translate_fail(t, t->at, "a quantifier follows another");
    t->quantifiable = false;
    return STATUS_OK;
}

static bool skip_blank(struct regex_translator *t) {
    if (!(t->options & REGEX_IGNORE_WHITESPACE)) return false;
    char c = peek(t, 0);
    if (c == '#') {
        while (t->at < t->pattern.length && peek(t, 0) != '\n') t->at++;
        return true;
    }
    if (c != ' ' && !(c >= '\t' && c <= '\r')) return false;
    t->at++;
    return true;
}

static enum status read_literal(struct regex_translator *t) {
    size_t start = t->at;
    uint32_t code_point = utf8_next(t->pattern, &t->at);
    t->quantifiable = code_point != '|';
    if (code_point >= 0x80) t->needs_unicode = true;
    if (code_point == '{') bytes_add_byte(&t->out, '\\');
    bytes_add(&t->out, t->pattern.start + start, t->at - start);
    return STATUS_OK;
}

static enum status close_parenthesis(struct regex_translator *t, struct frames *frames) {
    if (!frames->count) return regex_translate_fail(t, t->at, "a ) closes nothing");
    struct frame frame = frames->items[--frames->count];
    if (frame.lookbehind && t->numbered) regex_lookbehind_expand(&t->out, frame.lookbehind);
    t->options = frame.options;
    t->at++;
    t->quantifiable = true;
    bytes_add_byte(&t->out, ')');
    return STATUS_OK;
}

static enum status read_part(struct regex_translator *t, struct frames *frames) {
    size_t length = quantifier_length(t);
    if (length) return read_quantifier(t, length);
    switch (peek(t, 0)) {
    case '\\': return read_escape(t);
    case '(': return open_parenthesis(t, frames);
    case '[':
        t->at++;
        t->quantifiable = true;
        return regex_class_translate(t, &t->out, 0);
    case ')': return close_parenthesis(t, frames);
    default: return read_literal(t);
    }
}

static enum status pass(struct regex_translator *t) {
    struct frames frames = {0};
    enum status status = STATUS_OK;
    while (status == STATUS_OK && t->at < t->pattern.length)
        if (!skip_blank(t)) status = read_part(t, &frames);
    if (status == STATUS_OK && frames.count) status = regex_translate_fail(t, t->pattern.length, "a ( is not closed");
    alloc_free(frames.items);
    return status;
}

enum status regex_translate(struct text pattern, uint32_t options, bool ascii, struct regex_groups *groups,
                            struct bytes *out, bool *needs_unicode, struct fault *fault) {
    struct regex_translator t = {.pattern = pattern, .options = options, .ascii = ascii, .groups = groups, .fault = fault};
    enum status status = STATUS_OK;
    if (!groups->group_count) {
        status = pass(&t);
        if (status == STATUS_OK) regex_groups_number(groups);
        bytes_clear(&t.out);
        t.at = t.next_capture = 0;
        t.options = options;
        t.quantifiable = false;
    }
    t.numbered = true;
    if (status == STATUS_OK) status = pass(&t);
    if (status != STATUS_OK) {
        bytes_free(&t.out);
        return status;
    }
    *out = t.out;
    *needs_unicode = t.needs_unicode;
    return STATUS_OK;
}
