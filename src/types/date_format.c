#include "date_format_private.h"

#include <stdio.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/number.h"

#define TICKS_PER_MINUTE (60 * CALENDAR_TICKS_PER_SECOND)

/* A moment in parts, with what the zone specifiers need. */
struct moment {
    struct calendar_date date;
    int kind;               /* DateTimeKind; -1 for DateTimeOffset */
    int offset_minutes;
};

static struct moment split(struct value v) {
    struct moment m = {0};
    int64_t ticks = v.integer;
    if (v.kind == VALUE_DATETIMEOFFSET) {
        int64_t utc;
        int32_t minutes;
        value_datetimeoffset_of(v, &utc, &minutes);
        m.kind = -1;
        m.offset_minutes = minutes;
        ticks = utc + minutes * TICKS_PER_MINUTE;
    } else {
        m.kind = v.small;
        if (v.small != 1) m.offset_minutes = calendar_offset_local(ticks, NULL) / 60;
    }
    calendar_split(ticks, &m.date);
    return m;
}

static struct text two(struct bytes *room, const char *first, const char *second) {
    bytes_add_string(room, first);
    bytes_add_byte(room, ' ');
    bytes_add_string(room, second);
    return bytes_text(room);
}

struct text date_standard_pattern(char letter, const struct culture *culture, struct bytes *room) {
    switch (letter) {
        case 'd': return text_of(culture->short_date);
        case 'D': return text_of(culture->long_date);
        case 'f': return two(room, culture->long_date, culture->short_time);
        case 'F': case 'U': return two(room, culture->long_date, culture->long_time);
        case 'g': return two(room, culture->short_date, culture->short_time);
        case 'G': return two(room, culture->short_date, culture->long_time);
        case 'm': case 'M': return text_of(culture->month_day);
        case 'o': case 'O': return TEXT("yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK");
        case 'r': case 'R': return TEXT("ddd, dd MMM yyyy HH':'mm':'ss 'GMT'");
        case 's': return TEXT("yyyy'-'MM'-'dd'T'HH':'mm':'ss");
        case 't': return text_of(culture->short_time);
        case 'T': return text_of(culture->long_time);
        case 'u': return TEXT("yyyy'-'MM'-'dd HH':'mm':'ss'Z'");
        case 'y': case 'Y': return text_of(culture->year_month);
        default: return TEXT_NONE;
    }
}

/* Letters o r s u are the same in every culture. */
static bool is_invariant_letter(char letter) {
    return strchr("oOrRsu", letter) != NULL;
}

bool date_pattern_has_day(struct text pattern) {
    for (size_t i = 0; i < pattern.length;) {
        char c = pattern.start[i];
        if (c == '\'' || c == '"') {
            size_t end = text_find_byte(pattern, c, i + 1);
            if (end == TEXT_NOT_FOUND) return false;
            i = end + 1;
        } else if (c == '\\') i += 2;
        else if (c == 'd') {
            size_t run = 0;
            while (i < pattern.length && pattern.start[i] == 'd') i++, run++;
            if (run <= 2) return true;
        } else i++;
    }
    return false;
}

static void add_fraction(struct bytes *out, int ticks, int digits, bool trimmed) {
    char text[16];
    snprintf(text, sizeof text, "%07d", ticks);
    if (trimmed)
        while (digits > 0 && text[digits - 1] == '0') digits--;
    if (trimmed && digits == 0 && out->length && out->data[out->length - 1] == '.') bytes_truncate(out, out->length - 1);
    bytes_add(out, text, (size_t)digits);
}

static void add_offset(struct bytes *out, int minutes, int letters) {
    char sign = minutes < 0 ? '-' : '+';
    if (minutes < 0) minutes = -minutes;
    if (letters == 1) bytes_add_format(out, "%c%d", sign, minutes / 60);
    else bytes_add_format(out, "%c%02d", sign, minutes / 60);
    if (letters >= 3) bytes_add_format(out, ":%02d", minutes % 60);
}

static void add_number(struct bytes *out, int number, int letters) {
    bytes_add_format(out, "%0*d", letters > 2 ? 2 : letters, number);
}

static void add_month(struct bytes *out, const struct moment *m, int letters, bool genitive, const struct culture *culture) {
    if (letters < 3) {
        add_number(out, m->date.month, letters);
        return;
    }
    const char *list = letters == 3 ? (genitive ? culture->short_genitive_months : culture->short_months)
                                    : (genitive ? culture->genitive_months : culture->months);
    bytes_add_text(out, culture_list_item(list, m->date.month - 1));
}

static void add_half_day(struct bytes *out, const struct moment *m, int letters, const struct culture *culture) {
    struct text name = text_of(m->date.hour < 12 ? culture->morning : culture->afternoon);
    size_t first = 0;
    if (letters == 1 && name.length) {
        utf8_next(name, &first);
        name.length = first;
    }
    bytes_add_text(out, name);
}

/* One run of a letter. False: no such specifier. */
static bool add_part(struct bytes *out, const struct moment *m, char letter, int run, bool genitive,
                     const struct culture *culture) {
    const struct calendar_date *d = &m->date;
    int hour12 = d->hour % 12 ? d->hour % 12 : 12;
    switch (letter) {
        case 'y':
            if (run <= 2) add_number(out, d->year % 100, run);
            else bytes_add_format(out, "%0*d", run, d->year);
            return true;
        case 'M': add_month(out, m, run, genitive, culture); return true;
        case 'd':
            if (run <= 2) add_number(out, d->day, run);
            else bytes_add_text(out, culture_list_item(run == 3 ? culture->short_days : culture->days, d->weekday));
            return true;
        case 'H': add_number(out, d->hour, run); return true;
        case 'h': add_number(out, hour12, run); return true;
        case 'm': add_number(out, d->minute, run); return true;
        case 's': add_number(out, d->second, run); return true;
        case 'f': case 'F':
            if (run > 7) return false;
            add_fraction(out, d->fraction, run, letter == 'F');
            return true;
        case 't': add_half_day(out, m, run, culture); return true;
        case 'z': add_offset(out, m->offset_minutes, run); return true;
        case 'K':
            for (int i = 0; i < run; i++) {
                if (m->kind == 1) bytes_add_byte(out, 'Z');
                else if (m->kind != 0) add_offset(out, m->offset_minutes, 3);
            }
            return true;
        case 'g': bytes_add_string(out, "AD"); return true;
        case ':': while (run--) bytes_add_string(out, culture->time_separator); return true;
        case '/': while (run--) bytes_add_string(out, culture->date_separator); return true;
        default: return false;
    }
}

/* Literal text at `at`: quotes, escapes, other characters. False: unfinished. */
static bool add_literal(struct bytes *out, struct text pattern, size_t *at) {
    char c = pattern.start[*at];
    if (c == '\'' || c == '"') {
        for ((*at)++; *at < pattern.length && pattern.start[*at] != c; (*at)++) {
            if (pattern.start[*at] == '\\' && ++*at == pattern.length) return false;
            bytes_add_byte(out, pattern.start[*at]);
        }
        if (*at == pattern.length) return false;
        (*at)++;
        return true;
    }
    if (c == '\\' && ++*at == pattern.length) return false;
    bytes_add_byte(out, pattern.start[(*at)++]);
    return true;
}

static bool add_pattern(struct bytes *out, const struct moment *m, struct text pattern, const struct culture *culture) {
    bool genitive = date_pattern_has_day(pattern);
    for (size_t at = 0; at < pattern.length;) {
        char c = pattern.start[at];
        bool percent = c == '%';
        if (percent) { /* one specifier alone */
            if (++at == pattern.length || pattern.start[at] == '%') return false;
            c = pattern.start[at];
        }
        if (strchr("yMdHhmsfFtzKg:/", c) && c) {
            int run = 1;
            while (!percent && at + (size_t)run < pattern.length && pattern.start[at + (size_t)run] == c) run++;
            if (!add_part(out, m, c, run, genitive, culture)) return false;
            at += (size_t)run;
        } else if (!add_literal(out, pattern, &at)) return false;
    }
    return true;
}

/* R, u and U show universal time where the value knows its offset. */
static struct value to_shown(struct value v, char letter) {
    if (v.kind == VALUE_DATETIMEOFFSET && strchr("rRu", letter)) {
        int64_t utc;
        int32_t minutes;
        value_datetimeoffset_of(v, &utc, &minutes);
        return value_datetime(utc, 1);
    }
    if (letter == 'U' && v.kind == VALUE_DATETIME && v.small != 1)
        return value_datetime(v.integer - calendar_offset_local(v.integer, NULL) * CALENDAR_TICKS_PER_SECOND, 1);
    return v;
}

bool date_format(struct bytes *out, struct value v, struct text format, const struct culture *culture) {
    culture = culture_or_invariant(culture);
    struct bytes room = {0};
    struct text pattern = format;
    if (format.length == 0) {
        pattern = date_standard_pattern('G', culture, &room);
        if (v.kind == VALUE_DATETIMEOFFSET) {
            bytes_add_string(&room, " zzz");
            pattern = bytes_text(&room);
        }
    } else if (format.length == 1) {
        char letter = format.start[0];
        if (letter == 'U' && v.kind == VALUE_DATETIMEOFFSET) return false;
        pattern = date_standard_pattern(letter, culture, &room);
        if (pattern.length == 0) return false;
        if (is_invariant_letter(letter)) culture = culture_invariant();
        v = to_shown(v, letter);
    }
    struct moment m = split(v);
    bool good = add_pattern(out, &m, pattern, culture);
    bytes_free(&room);
    return good;
}

/* --- spans --- */
struct span {
    bool negative;
    int64_t days;
    int hours, minutes, seconds, fraction;
};

static struct span split_span(int64_t ticks) {
    struct span s = {.negative = ticks < 0};
    uint64_t rest = s.negative ? 0 - (uint64_t)ticks : (uint64_t)ticks;
    s.fraction = (int)(rest % CALENDAR_TICKS_PER_SECOND);
    rest /= CALENDAR_TICKS_PER_SECOND;
    s.seconds = (int)(rest % 60);
    s.minutes = (int)(rest / 60 % 60);
    s.hours = (int)(rest / 3600 % 24);
    s.days = (int64_t)(rest / 86400);
    return s;
}

static void add_constant(struct bytes *out, const struct span *s) {
    if (s->negative) bytes_add_byte(out, '-');
    if (s->days) bytes_add_format(out, "%lld.", (long long)s->days);
    bytes_add_format(out, "%02d:%02d:%02d", s->hours, s->minutes, s->seconds);
    if (s->fraction) bytes_add_format(out, ".%07d", s->fraction);
}

static void add_general(struct bytes *out, const struct span *s, bool full, const struct culture *culture) {
    if (s->negative) bytes_add_byte(out, '-');
    if (s->days || full) bytes_add_format(out, "%lld:", (long long)s->days);
    bytes_add_format(out, full ? "%02d:%02d:%02d" : "%d:%02d:%02d", s->hours, s->minutes, s->seconds);
    if (s->fraction == 0 && !full) return;
    bytes_add_string(out, culture->decimal);
    add_fraction(out, s->fraction, 7, !full);
}

static bool add_span_part(struct bytes *out, const struct span *s, char letter, int run) {
    switch (letter) {
        case 'd':
            if (run > 8) return false;
            bytes_add_format(out, "%0*lld", run, (long long)s->days);
            return true;
        case 'f': case 'F':
            if (run > 7) return false;
            add_fraction(out, s->fraction, run, letter == 'F');
            return true;
        default:
            if (run > 2) return false;
            add_number(out, letter == 'h' ? s->hours : letter == 'm' ? s->minutes : s->seconds, run);
            return true;
    }
}

/* Custom span formats take no bare literals: separators must be escaped or quoted. */
static bool add_span_pattern(struct bytes *out, const struct span *s, struct text pattern) {
    for (size_t at = 0; at < pattern.length;) {
        char c = pattern.start[at];
        bool percent = c == '%';
        if (percent) {
            if (++at == pattern.length || pattern.start[at] == '%') return false;
            c = pattern.start[at];
        }
        if (c && strchr("dhmsfF", c)) {
            int run = 1;
            while (!percent && at + (size_t)run < pattern.length && pattern.start[at + (size_t)run] == c) run++;
            if (!add_span_part(out, s, c, run)) return false;
            at += (size_t)run;
        } else if (c == '\\' || c == '\'' || c == '"') {
            if (!add_literal(out, pattern, &at)) return false;
        } else return false;
    }
    return true;
}

bool timespan_format(struct bytes *out, int64_t ticks, struct text format, const struct culture *culture) {
    culture = culture_or_invariant(culture);
    struct span s = split_span(ticks);
    if (format.length > 1) return add_span_pattern(out, &s, format);
    switch (format.length ? format.start[0] : 'c') {
        case 'c': case 't': case 'T': add_constant(out, &s); return true;
        case 'g': add_general(out, &s, false, culture); return true;
        case 'G': add_general(out, &s, true, culture); return true;
        default: return false;
    }
}
