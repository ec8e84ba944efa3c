/* [datetime]::ParseExact: the text must be what the format says. */
#include "date_parse_private.h"

#include "date_format_private.h"

struct match {
    struct text text;
    size_t at;
    const struct culture *culture;
    struct date_parts *parts;
};

static char peek(const struct match *m) {
    return m->at < m->text.length ? m->text.start[m->at] : 0;
}

/* Exactly `run` digits; where run is 1, one or two. */
static bool take_digits(struct match *m, int run, int *number) {
    int least = run, most = run == 1 ? 2 : run, count = 0;
    *number = 0;
    while (count < most && peek(m) >= '0' && peek(m) <= '9') {
        *number = *number * 10 + (peek(m) - '0');
        m->at++;
        count++;
    }
    return count >= least;
}

static bool take_part(struct match *m, int run, int *part) {
    int number;
    if (!take_digits(m, run > 2 ? 2 : run, &number)) return false;
    if (*part >= 0 && *part != number) return false;
    *part = number;
    return true;
}

static bool take_year(struct match *m, int run) {
    int number;
    if (!take_digits(m, run, &number)) return false;
    if (run <= 2) number += number < 50 ? 2000 : 1900;
    m->parts->year = number;
    return true;
}

static bool take_name(struct match *m, const char *first, const char *second, int *index) {
    struct text rest = text_slice(m->text, m->at, m->text.length);
    size_t length, other;
    int a = date_match_name(rest, first, &length), b = date_match_name(rest, second, &other);
    if (a < 0 && b < 0) return false;
    *index = a >= 0 && length >= other ? a : b;
    m->at += length > other ? length : other;
    return true;
}

static bool take_fraction(struct match *m, int run, bool optional) {
    int ticks = 0, count = 0;
    if (run > 7) return false;
    for (; count < run && peek(m) >= '0' && peek(m) <= '9'; count++, m->at++) ticks = ticks * 10 + (peek(m) - '0');
    if (count < run && !optional) return false;
    for (int i = count; i < 7; i++) ticks *= 10;
    m->parts->fraction = ticks;
    return true;
}

static bool take_text(struct match *m, struct text literal) {
    if (!text_starts(text_slice(m->text, m->at, m->text.length), literal)) return false;
    m->at += literal.length;
    return true;
}

static bool take_half(struct match *m, int run) {
    struct text rest = text_slice(m->text, m->at, m->text.length);
    const char *names[2] = {m->culture->morning, m->culture->afternoon};
    for (int i = 0; i < 2; i++) {
        struct text name = text_of(names[i]);
        if (run == 1 && name.length) name.length = 1;
        if (name.length == 0 || !text_starts_fold(rest, name)) continue;
        m->parts->half = i;
        m->at += name.length;
        return true;
    }
    return false;
}

static bool take_offset(struct match *m, int run) {
    char sign = peek(m);
    int hours, minutes = 0;
    if (sign != '+' && sign != '-') return false;
    m->at++;
    if (!take_digits(m, run == 1 ? 1 : 2, &hours)) return false;
    if (run >= 3) {
        if (peek(m) == ':') m->at++;
        if (!take_digits(m, 2, &minutes)) return false;
    }
    if (hours > 14 || minutes > 59) return false;
    m->parts->has_zone = true;
    m->parts->offset_minutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool take_universal(struct match *m) {
    if (peek(m) != 'Z' && peek(m) != 'z') return false;
    m->at++;
    m->parts->has_zone = m->parts->zone_is_universal = true;
    return true;
}

static bool take_specifier(struct match *m, char letter, int run) {
    const struct culture *c = m->culture;
    struct date_parts *p = m->parts;
    int index;
    switch (letter) {
        case 'y': return take_year(m, run);
        case 'M':
            if (run <= 2) return take_part(m, run, &p->month);
            if (!take_name(m, run == 3 ? c->short_months : c->months, run == 3 ? c->short_genitive_months : c->genitive_months, &index))
                return false;
            p->month = index + 1;
            return true;
        case 'd':
            if (run <= 2) return take_part(m, run, &p->day);
            return take_name(m, run == 3 ? c->short_days : c->days, "", &p->weekday);
        case 'h':
            if (!take_part(m, run, &p->hour)) return false;
            return p->hour >= 1 && p->hour <= 12;
        case 'H': return take_part(m, run, &p->hour);
        case 'm': return take_part(m, run, &p->minute);
        case 's': return take_part(m, run, &p->second);
        case 'f': case 'F': return take_fraction(m, run, letter == 'F');
        case 't': return take_half(m, run);
        case 'z': return take_offset(m, run);
        case 'K': return take_universal(m) || (peek(m) != '+' && peek(m) != '-') || take_offset(m, 3);
        case 'Z': return take_universal(m);
        case ':': return take_text(m, text_of(c->time_separator));
        case '/': return take_text(m, text_of(c->date_separator));
        default: return false;
    }
}

/* A point before F may lack together with the digits. */
static bool take_point(struct match *m, struct text format, size_t *at) {
    if (take_text(m, TEXT("."))) return true;
    if (*at >= format.length || format.start[*at] != 'F') return false;
    while (*at < format.length && format.start[*at] == 'F') (*at)++;
    return true;
}

static bool take_quoted(struct match *m, struct text format, size_t *at) {
    char quote = format.start[*at];
    size_t end = text_find_byte(format, quote, *at + 1);
    if (end == TEXT_NOT_FOUND) return false;
    struct text literal = text_slice(format, *at + 1, end - *at - 1);
    *at = end + 1;
    return take_text(m, literal);
}

static void skip_blanks(struct match *m) {
    while (peek(m) == ' ' || peek(m) == '\t') m->at++;
}

static bool take_format(struct match *m, struct text format, unsigned styles) {
    for (size_t at = 0; at < format.length;) {
        if (styles & DATE_ALLOW_INNER) skip_blanks(m);
        char c = format.start[at];
        bool percent = c == '%';
        if (percent) {
            if (++at == format.length || format.start[at] == '%') return false;
            c = format.start[at];
        }
        if (c && strchr("yMdHhmsfFtzKZ:/", c)) {
            int run = 1;
            while (!percent && at + (size_t)run < format.length && format.start[at + (size_t)run] == c) run++;
            at += (size_t)run;
            if (!take_specifier(m, c, run)) return false;
        } else if (c == '\'' || c == '"') {
            if (!take_quoted(m, format, &at)) return false;
        } else if (c == '.') {
            at++;
            if (!take_point(m, format, &at)) return false;
        } else {
            if (c == '\\' && ++at == format.length) return false;
            if (c == ' ' && (styles & DATE_ALLOW_INNER)) {
                at++;
                continue;
            }
            if (!take_text(m, text_slice(format, at, 1))) return false;
            at++;
        }
    }
    return true;
}

bool date_read_exact(struct text text, struct text format, const struct culture *culture, unsigned styles,
                     struct date_parts *parts) {
    culture = culture_or_invariant(culture);
    struct bytes room = {0};
    struct text pattern = format;
    date_parts_clear(parts);
    if (format.length == 1) {
        pattern = date_standard_pattern(format.start[0], culture, &room);
        if (strchr("oOrRsu", format.start[0])) culture = culture_invariant();
    }
    if (styles & (DATE_ALLOW_LEADING | DATE_ALLOW_TRAILING)) text = text_trim(text);
    struct match m = {text, 0, culture, parts};
    bool good = pattern.length > 0 && take_format(&m, pattern, styles) && m.at == text.length;
    bytes_free(&room);
    return good;
}
