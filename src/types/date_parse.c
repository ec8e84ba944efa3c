/* [datetime]::Parse and casts: free-form dates. The text is taken apart into numbers, names and a time; which number is
 * the day follows from the lengths, the names and the culture's short date. */
#include "date_parse_private.h"

#include <stdlib.h>
#include "m365sh/base/clock.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/number.h"

#define TICKS_PER_MINUTE (60 * CALENDAR_TICKS_PER_SECOND)

void date_parts_clear(struct date_parts *parts) {
    *parts = (struct date_parts){-1, -1, -1, -1, -1, -1, -1, -1, -1, false, false, 0};
}

int date_match_name(struct text text, const char *list, size_t *length) {
    int found = -1;
    *length = 0;
    struct text rest = text_of(list), name;
    for (int i = 0; text_split_next(&rest, ',', &name); i++) {
        if (name.length <= *length || !text_starts_fold(text, name)) continue;
        found = i;
        *length = name.length;
    }
    return found;
}

/* --- the reader --- */
struct reader {
    struct text text;
    size_t at;
    const struct culture *culture;
    struct date_parts *parts;
    struct { int number, digits; } numbers[3];
    int count;
    int before_month;       /* numbers seen before the month's name */
};

static char peek(const struct reader *r) {
    return r->at < r->text.length ? r->text.start[r->at] : 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool read_number(struct reader *r, int *number, int *digits) {
    *number = *digits = 0;
    while (is_digit(peek(r))) {
        if (++*digits > 8) return false;
        *number = *number * 10 + (peek(r) - '0');
        r->at++;
    }
    return *digits > 0;
}

/* Digits after the point; beyond seven they round. */
static bool read_fraction(struct reader *r, int *fraction) {
    int ticks = 0, digits = 0;
    for (; is_digit(peek(r)); r->at++, digits++) {
        if (digits < 7) ticks = ticks * 10 + (peek(r) - '0');
        else if (digits == 7 && peek(r) >= '5') ticks++;
    }
    for (int i = digits; i < 7; i++) ticks *= 10;
    *fraction = ticks;
    return digits > 0;
}

static void skip_blanks(struct reader *r) {
    while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n' || peek(r) == '\r') r->at++;
}

/* The hour has been read and a colon follows. */
static bool read_time(struct reader *r, int hour) {
    struct date_parts *p = r->parts;
    int digits;
    if (p->hour >= 0) return false;
    p->hour = hour;
    r->at++;
    if (!read_number(r, &p->minute, &digits) || digits > 2) return false;
    if (peek(r) != ':') return true;
    r->at++;
    if (!read_number(r, &p->second, &digits) || digits > 2) return false;
    if (peek(r) != '.' && peek(r) != ',') return true;
    r->at++;
    return read_fraction(r, &p->fraction);
}

static bool read_offset(struct reader *r) {
    struct date_parts *p = r->parts;
    int sign = peek(r) == '-' ? -1 : 1, hours, minutes = 0, digits;
    if (p->has_zone && p->offset_minutes != 0) return false;
    r->at++;
    if (!read_number(r, &hours, &digits) || digits > 4) return false;
    if (digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (peek(r) == ':') {
        r->at++;
        if (!read_number(r, &minutes, &digits)) return false;
    }
    if (hours > 14 || minutes > 59) return false;
    p->has_zone = true;
    p->offset_minutes = sign * (hours * 60 + minutes);
    return true;
}

static bool push_number(struct reader *r, int number, int digits) {
    if (r->count == 3 || digits > 4) return false;
    r->numbers[r->count].number = number;
    r->numbers[r->count++].digits = digits;
    return true;
}

/* AM, PM, A or P of the culture or of English at the place. */
static bool read_half(struct reader *r) {
    struct text rest = text_slice(r->text, r->at, r->text.length);
    const char *halves[4] = {r->culture->morning, r->culture->afternoon, "AM", "PM"};
    for (int i = 0; i < 4; i++) {
        struct text name = text_of(halves[i]);
        if (name.length == 0 || !text_starts_fold(rest, name)) continue;
        size_t after = r->at + name.length;
        if (after < r->text.length) {
            uint32_t next = utf8_next(r->text, &after);
            if (utf8_is_letter(next)) continue;
        }
        if (r->parts->half >= 0) return false;
        r->parts->half = i % 2;
        r->at += name.length;
        return true;
    }
    return false;
}

static bool after_blanks_half(const struct reader *r) {
    struct reader probe = *r;
    struct date_parts parts = *r->parts;
    probe.parts = &parts;
    skip_blanks(&probe);
    return read_half(&probe);
}

static bool read_digits(struct reader *r) {
    int number, digits;
    if (!read_number(r, &number, &digits)) return false;
    if (peek(r) == ':') return digits <= 2 && read_time(r, number);
    if (r->parts->hour < 0 && digits <= 2 && after_blanks_half(r)) {
        r->parts->hour = number;
        return true;
    }
    if (!push_number(r, number, digits)) return false;
    char c = peek(r);
    if (c == '/' || c == '-' || c == '.') {
        size_t next = r->at + 1;
        bool dotted = c == '.' && next < r->text.length && r->text.start[next] == ' '; /* "5. März" */
        r->at++;
        return dotted || (next < r->text.length && r->text.start[next] != ' ');
    }
    if ((c == 'T' || c == 't') && r->count >= 2) {
        size_t next = r->at + 1;
        if (next < r->text.length && is_digit(r->text.start[next])) {
            r->at++;
            return true;
        }
    }
    return true;
}

static bool set_zone(struct reader *r, size_t length) {
    if ((r->parts->hour < 0 && r->count == 0) || r->parts->has_zone) return false;
    r->parts->has_zone = r->parts->zone_is_universal = true;
    r->at += length;
    return true;
}

/* A word that the culture's long date holds as a literal: "de", "den". */
static bool skip_filler(struct reader *r, struct text rest) {
    size_t start = 0;
    struct text pattern = text_of(r->culture->long_date);
    while ((start = text_find_byte(pattern, '\'', start)) != TEXT_NOT_FOUND) {
        size_t end = text_find_byte(pattern, '\'', start + 1);
        if (end == TEXT_NOT_FOUND) return false;
        struct text word = text_slice(pattern, start + 1, end - start - 1);
        if (text_starts_fold(rest, word)) {
            r->at += word.length;
            return true;
        }
        start = end + 1;
    }
    return false;
}

static bool read_word(struct reader *r) {
    const struct culture *c = r->culture;
    struct date_parts *p = r->parts;
    struct text rest = text_slice(r->text, r->at, r->text.length);
    size_t length = 0, other;
    int month = -1, day;
    const char *months[4] = {c->months, c->genitive_months, c->short_months, c->short_genitive_months};
    for (int i = 0; i < 4; i++) {
        int found = date_match_name(rest, months[i], &other);
        if (found >= 0 && other > length) month = found, length = other;
    }
    day = date_match_name(rest, c->days, &other);
    if (day < 0) day = date_match_name(rest, c->short_days, &other);
    if (month >= 0 && length >= other) {
        if (p->month >= 0) return false;
        p->month = month + 1;
        r->before_month = r->count;
        r->at += length;
        if (peek(r) == '-' || peek(r) == '.' || peek(r) == '/') r->at++;
        return true;
    }
    if (day >= 0) {
        if (p->weekday >= 0) return false;
        p->weekday = day;
        r->at += other;
        return true;
    }
    if (read_half(r)) return true;
    if (text_starts_fold(rest, TEXT("GMT")) || text_starts_fold(rest, TEXT("UTC"))) return set_zone(r, 3);
    if (text_starts_fold(rest, TEXT("Z"))) return set_zone(r, 1);
    return skip_filler(r, rest);
}

/* --- what the numbers mean --- */
static int full_year(int number, int digits) {
    if (digits > 2) return number;
    return number < 50 ? 2000 + number : 1900 + number;
}

/* Place of a letter among d, M, y in a pattern: which comes first. */
static bool comes_before(const char *pattern, char first, char second) {
    const char *a = strchr(pattern, first), *b = strchr(pattern, second);
    return a && b && a < b;
}

static void set_date(struct date_parts *p, int year_at, int month_at, int day_at, const struct reader *r) {
    p->year = full_year(r->numbers[year_at].number, r->numbers[year_at].digits);
    p->month = r->numbers[month_at].number;
    p->day = r->numbers[day_at].number;
}

static bool place_three(struct reader *r) {
    const char *order = r->culture->short_date;
    bool day_first = comes_before(order, 'd', 'M'), year_first = comes_before(order, 'y', 'M');
    if (r->numbers[0].digits > 2) set_date(r->parts, 0, 1, 2, r);
    else if (r->numbers[2].digits > 2 || !year_first) set_date(r->parts, 2, day_first, !day_first, r);
    else set_date(r->parts, 0, 1, 2, r);
    return r->numbers[1].digits <= 2;
}

static bool place_two(struct reader *r) {
    struct date_parts *p = r->parts;
    bool long_first = r->numbers[0].digits > 2, long_second = r->numbers[1].digits > 2;
    if (long_first && long_second) return false;
    if (long_first || long_second) {
        int year = long_first ? 0 : 1;
        p->year = r->numbers[year].number;
        p->month = r->numbers[1 - year].number;
        p->day = 1;
        return true;
    }
    bool day_first = comes_before(r->culture->month_day, 'd', 'M');
    p->month = r->numbers[day_first].number;
    p->day = r->numbers[!day_first].number;
    return true;
}

static bool place_with_month(struct reader *r) {
    struct date_parts *p = r->parts;
    if (r->count == 0 || r->count > 2) return false;
    if (r->count == 1) {
        int number = r->numbers[0].number, digits = r->numbers[0].digits;
        bool year = digits > 2 || (r->before_month == 1 && comes_before(r->culture->year_month, 'y', 'M'));
        if (year) p->year = full_year(number, digits);
        p->day = year ? 1 : number;
        return true;
    }
    int year = r->numbers[0].digits > 2 ? 0 : 1;
    p->year = full_year(r->numbers[year].number, r->numbers[year].digits);
    p->day = r->numbers[1 - year].number;
    return r->numbers[1 - year].digits <= 2;
}

static bool place_numbers(struct reader *r) {
    if (r->parts->month >= 0) return place_with_month(r);
    if (r->count == 3) return place_three(r);
    if (r->count == 2) return place_two(r);
    return r->count == 0 && r->parts->hour >= 0 && r->parts->weekday < 0;
}

bool date_read(struct text text, const struct culture *culture, struct date_parts *parts) {
    struct reader r = {.text = text, .culture = culture_or_invariant(culture), .parts = parts};
    date_parts_clear(parts);
    for (;;) {
        char c = peek(&r);
        if (c == 0) break;
        bool good = true;
        /* .NET itself writes the narrow blank before AM and PM. */
        struct text rest = text_slice(text, r.at, text.length);
        if (text_starts(rest, TEXT("\u202F"))) r.at += 3;
        else if (text_starts(rest, TEXT("\u00A0"))) r.at += 2;
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',') r.at++;
        else if (is_digit(c)) good = read_digits(&r);
        else if ((c == '+' || c == '-') && parts->hour >= 0) good = read_offset(&r);
        else good = read_word(&r);
        if (!good) return false;
    }
    return r.at == text.length && place_numbers(&r);
}

/* --- from parts to a moment --- */
static bool join_hour(const struct date_parts *p, int *hour) {
    *hour = p->hour < 0 ? 0 : p->hour;
    if (p->half < 0) return *hour < 24;
    if (*hour > 12) return false;
    *hour = *hour % 12 + (p->half == 1 ? 12 : 0);
    return true;
}

bool date_parts_join(struct realm *realm, const struct date_parts *p, bool today, int64_t *ticks) {
    struct calendar_date now, date = {0};
    int64_t utc = clock_now(realm ? &realm->clock : NULL);
    calendar_split(utc + calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND, &now);
    bool any = p->year >= 0 || p->month >= 0 || p->day >= 0;
    date.year = p->year >= 0 ? p->year : today ? now.year : 1;
    date.month = p->month >= 0 ? p->month : any || !today ? 1 : now.month;
    date.day = p->day >= 0 ? p->day : any || !today ? 1 : now.day;
    date.minute = p->minute < 0 ? 0 : p->minute;
    date.second = p->second < 0 ? 0 : p->second;
    if (!join_hour(p, &date.hour) || date.minute > 59 || date.second > 59 || date.year < 1) return false;
    if (!calendar_join(&date, ticks)) return false;
    if (p->fraction > 0) *ticks += p->fraction;
    if (p->weekday < 0) return true;
    calendar_split(*ticks, &date);
    return date.weekday == p->weekday;
}

bool date_finish(struct realm *realm, const struct date_parts *p, unsigned styles, struct value *out) {
    int64_t ticks;
    if (!date_parts_join(realm, p, !(styles & DATE_NO_CURRENT), &ticks)) return false;
    bool universal = p->has_zone || (styles & DATE_ASSUME_UNIVERSAL);
    int kind = 0;
    if (universal) {
        ticks -= p->has_zone ? p->offset_minutes * TICKS_PER_MINUTE : 0;
        bool keep = (styles & DATE_TO_UNIVERSAL) || ((styles & DATE_ROUND_TRIP) && p->zone_is_universal);
        kind = keep ? 1 : 2;
        if (!keep) ticks += calendar_offset_at(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    } else if (styles & DATE_ASSUME_LOCAL) {
        kind = 2;
        if (styles & DATE_TO_UNIVERSAL) {
            kind = 1;
            ticks -= calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
        }
    }
    if (ticks < 0 || ticks > CALENDAR_MAX_TICKS) return false;
    *out = value_datetime(ticks, kind);
    return true;
}

bool date_finish_offset(struct realm *realm, const struct date_parts *p, unsigned styles, struct value *out) {
    int64_t ticks;
    if (!date_parts_join(realm, p, true, &ticks)) return false;
    int minutes = p->has_zone ? p->offset_minutes
                  : styles & DATE_ASSUME_UNIVERSAL ? 0 : calendar_offset_local(ticks, NULL) / 60;
    ticks -= minutes * TICKS_PER_MINUTE;
    if (ticks < 0 || ticks > CALENDAR_MAX_TICKS) return false;
    *out = value_datetimeoffset(ticks, styles & DATE_TO_UNIVERSAL ? 0 : minutes);
    return true;
}

bool date_parse(struct realm *realm, struct text text, const struct culture *culture, struct value *out) {
    struct date_parts parts;
    return date_read(text, culture, &parts) && date_finish(realm, &parts, 0, out);
}

bool date_parse_exact(struct realm *realm, struct text text, struct text format, const struct culture *culture,
                      struct value *out) {
    struct date_parts parts;
    return date_read_exact(text, format, culture, 0, &parts) && date_finish(realm, &parts, 0, out);
}
