/* Replacement text with its $ parts, and escaping of patterns. */
#include "m365sh/base/utf8.h"
#include "m365sh/pattern/regex.h"
#include "regex_private.h"

static void add_group(struct bytes *out, struct text subject, const struct regex_match *match, uint32_t group) {
    const struct regex_span *span = &match->groups[group];
    if (span->matched) bytes_add(out, subject.start + span->start, span->end - span->start);
}

/* All digits together name the group; 0 if there is no such group ($11 is never $1 and a 1). */
static size_t number_length(const struct regex *regex, struct text rest, int32_t *group) {
    size_t length = 0;
    while (length < rest.length && rest.start[length] >= '0' && rest.start[length] <= '9') length++;
    *group = length ? regex_group_index(regex, text_slice(rest, 0, length)) : -1;
    return *group < 0 ? 0 : length;
}

static void add_last_group(struct bytes *out, struct text subject, const struct regex_match *match) {
    if (match->group_count > 1) add_group(out, subject, match, match->group_count - 1);
    else add_group(out, subject, match, 0);
}

/* Adds what stands behind a `$`; returns the bytes it took, 0 when the dollar is just a dollar. */
static size_t add_part(struct bytes *out, const struct regex *regex, struct text subject,
                       const struct regex_match *match, struct text rest) {
    int32_t group = -1;
    if (!rest.length) return 0;
    switch (rest.start[0]) {
    case '$': bytes_add_byte(out, '$'); return 1;
    case '&': add_group(out, subject, match, 0); return 1;
    case '`': bytes_add_text(out, text_slice(subject, 0, match->groups[0].start)); return 1;
    case '\'': bytes_add_text(out, text_slice(subject, match->groups[0].end, subject.length)); return 1;
    case '_': bytes_add_text(out, subject); return 1;
    case '+': add_last_group(out, subject, match); return 1;
    case '{': {
        size_t end = text_find_byte(rest, '}', 0);
        if (end == TEXT_NOT_FOUND) return 0;
        group = regex_group_index(regex, text_slice(rest, 1, end - 1));
        if (group < 0) return 0;
        add_group(out, subject, match, (uint32_t)group);
        return end + 1;
    }
    default: {
        size_t length = number_length(regex, rest, &group);
        if (length) add_group(out, subject, match, (uint32_t)group);
        return length;
    }
    }
}

void regex_add_replacement(struct bytes *out, const struct regex *regex, struct text subject,
                           const struct regex_match *match, struct text replacement) {
    size_t at = 0;
    while (at < replacement.length) {
        size_t dollar = text_find_byte(replacement, '$', at);
        if (dollar == TEXT_NOT_FOUND) dollar = replacement.length;
        bytes_add(out, replacement.start + at, dollar - at);
        if (dollar == replacement.length) break;
        size_t taken = add_part(out, regex, subject, match, text_slice(replacement, dollar + 1, replacement.length));
        if (!taken) bytes_add_byte(out, '$');
        at = dollar + 1 + taken;
    }
}

void regex_escape(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        switch (c) {
        case '\n': bytes_add_string(out, "\\n"); break;
        case '\r': bytes_add_string(out, "\\r"); break;
        case '\t': bytes_add_string(out, "\\t"); break;
        case '\f': bytes_add_string(out, "\\f"); break;
        default:
            if (c && strchr("\\*+?|{[()^$.# ", c)) bytes_add_byte(out, '\\');
            bytes_add_byte(out, c);
        }
    }
}

void regex_unescape(struct bytes *out, struct text text) {
    struct regex_translator t = {.pattern = text};
    while (t.at < text.length) {
        if (text.start[t.at] != '\\' || t.at + 1 == text.length) {
            bytes_add_byte(out, text.start[t.at++]);
            continue;
        }
        uint32_t code_point;
        size_t letter = ++t.at;
        if (regex_class_escape(&t, true, &code_point) == STATUS_OK) {
            bytes_add_code_point(out, code_point);
        } else {
            bytes_add_byte(out, text.start[letter]);
            t.at = letter + 1;
        }
    }
}
