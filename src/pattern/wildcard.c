/* PowerShell's wildcards. A [set] has no negation: [^a] holds ^ and a. `?` stands for one UTF-16 unit, so that a
 * character beyond the first plane needs two. */
#include "m365sh/pattern/wildcard.h"

#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"

/* One element of a pattern. */
enum part_kind { PART_END, PART_TEXT, PART_ONE, PART_MANY, PART_SET };
struct part { enum part_kind kind; uint32_t code_point; struct text set; };

static struct part next_part(struct text pattern, size_t *at) {
    if (*at >= pattern.length) return (struct part){.kind = PART_END};
    uint32_t c = utf8_next(pattern, at);
    if (c == '*') return (struct part){.kind = PART_MANY};
    if (c == '?') return (struct part){.kind = PART_ONE};
    if (c == '`' && *at < pattern.length) return (struct part){.kind = PART_TEXT, .code_point = utf8_next(pattern, at)};
    if (c != '[') return (struct part){.kind = PART_TEXT, .code_point = c};
    size_t start = *at, end = start;
    while (end < pattern.length && (pattern.start[end] != ']' || end == start)) end += pattern.start[end] == '`' ? 2 : 1;
    if (end >= pattern.length) return (struct part){.kind = PART_TEXT, .code_point = c}; /* not valid: told elsewhere */
    *at = end + 1;
    return (struct part){.kind = PART_SET, .set = text_slice(pattern, start, end - start)};
}

static uint32_t set_character(struct text set, size_t *at) {
    uint32_t c = utf8_next(set, at);
    return c == '`' && *at < set.length ? utf8_next(set, at) : c;
}

static bool is_range(struct text set, size_t at) { return at + 1 < set.length && set.start[at] == '-'; }

static bool set_holds(struct text set, uint32_t c, bool ignore_case) {
    uint32_t upper = fold_upper(c), lower = fold_lower(c);
    for (size_t at = 0; at < set.length;) {
        uint32_t first = set_character(set, &at), last = first;
        if (is_range(set, at)) {
            at++;
            last = set_character(set, &at);
        }
        if (c >= first && c <= last) return true;
        if (ignore_case && ((upper >= first && upper <= last) || (lower >= first && lower <= last))) return true;
        if (ignore_case && first == last && fold_upper(first) == upper) return true;
    }
    return false;
}

static bool same_character(uint32_t a, uint32_t b, bool ignore_case) {
    if (a == b) return true;
    if (!ignore_case) return false;
    if ((a | b) < 0x80) return (a | 32) == (b | 32) && (a | 32) >= 'a' && (a | 32) <= 'z';
    return fold_upper(a) == fold_upper(b);
}

/* Where a match stands in the text. `half`: the first unit of the pair at `at` is taken. */
struct place { size_t at; bool half; };

static bool take_one(struct text text, struct place *place) {
    if (place->at >= text.length) return false;
    size_t next = place->at;
    uint32_t c = utf8_next(text, &next);
    if (c >= 0x10000 && !place->half) {
        place->half = true;
        return true;
    }
    *place = (struct place){next, false};
    return true;
}

static bool take_part(const struct part *part, struct text text, struct place *place, bool ignore_case) {
    if (part->kind == PART_ONE) return take_one(text, place);
    if (place->half || place->at >= text.length || part->kind == PART_END) return false;
    uint32_t c = utf8_next(text, &place->at);
    return part->kind == PART_SET ? set_holds(part->set, c, ignore_case) : same_character(part->code_point, c, ignore_case);
}

/* Only the last * need be tried again: what an earlier one could take, the last one can skip. */
bool wildcard_match(struct text pattern, struct text text, bool ignore_case) {
    size_t at = 0, after_star = 0;
    struct place place = {0}, star_place = {0};
    bool star = false;
    for (;;) {
        struct part part = next_part(pattern, &at);
        if (part.kind == PART_MANY) {
            if (at == pattern.length) return true;
            star = true;
            after_star = at;
            star_place = place;
            continue;
        }
        bool done = place.at >= text.length;
        if (part.kind == PART_END && done) return true;
        if (take_part(&part, text, &place, ignore_case)) continue;
        if (!star || !take_one(text, &star_place)) return false;
        place = star_place;
        at = after_star;
    }
}

static bool set_is_valid(struct text set) {
    for (size_t at = 0; at < set.length;) {
        uint32_t first = set_character(set, &at);
        if (!is_range(set, at)) continue;
        at++;
        if (set_character(set, &at) < first) return false;
    }
    return true;
}

bool wildcard_is_valid(struct text pattern) {
    for (size_t at = 0; at < pattern.length;) {
        size_t start = at;
        struct part part = next_part(pattern, &at);
        if (part.kind == PART_TEXT && part.code_point == '[' && pattern.start[start] == '[') return false;
        if (part.kind == PART_SET && !set_is_valid(part.set)) return false;
    }
    return true;
}

bool wildcard_has(struct text pattern) {
    for (size_t i = 0; i < pattern.length; i++) {
        char c = pattern.start[i];
        if (c == '`') i++;
        else if (c == '*' || c == '?' || c == '[' || c == ']') return true;
    }
    return false;
}

void wildcard_escape(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] && strchr("*?[]`", text.start[i])) bytes_add_byte(out, '`');
        bytes_add_byte(out, text.start[i]);
    }
}

void wildcard_unescape(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        bool escape = text.start[i] == '`' && i + 1 < text.length && text.start[i + 1] && strchr("*?[]`", text.start[i + 1]);
        bytes_add_byte(out, text.start[escape ? ++i : i]);
    }
}
