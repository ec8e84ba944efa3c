#include "m365sh/base/calendar.h"

#define SECONDS_PER_DAY 86400

/* Days since 0001-01-01. Years are counted from March, so that the leap day comes last (H. Hinnant's method). */
static int64_t days_of(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 306;
}

static void date_of(int64_t days, int *year, int *month, int *day) {
    days += 306;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

bool calendar_is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int calendar_month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    return days[month - 1] + (month == 2 && calendar_is_leap(year));
}

void calendar_split(int64_t ticks, struct calendar_date *out) {
    int64_t days = ticks / CALENDAR_TICKS_PER_DAY, of_day = ticks % CALENDAR_TICKS_PER_DAY;
    if (of_day < 0) days--, of_day += CALENDAR_TICKS_PER_DAY;
    date_of(days, &out->year, &out->month, &out->day);
    int64_t second = of_day / CALENDAR_TICKS_PER_SECOND;
    out->fraction = (int)(of_day % CALENDAR_TICKS_PER_SECOND);
    out->hour = (int)(second / 3600);
    out->minute = (int)(second / 60 % 60);
    out->second = (int)(second % 60);
    out->weekday = (int)(((days + 1) % 7 + 7) % 7); /* 0001-01-01 was a Monday */
    out->year_day = (int)(days - days_of(out->year, 1, 1) + 1);
}

bool calendar_join(const struct calendar_date *date, int64_t *ticks) {
    if (date->year < 1 || date->year > 9999 || date->month < 1 || date->month > 12) return false;
    if (date->day < 1 || date->day > calendar_month_days(date->year, date->month)) return false;
    if (date->hour < 0 || date->hour > 23 || date->minute < 0 || date->minute > 59) return false;
    if (date->second < 0 || date->second > 59) return false;
    if (date->fraction < 0 || date->fraction >= CALENDAR_TICKS_PER_SECOND) return false;
    int64_t seconds = days_of(date->year, date->month, date->day) * SECONDS_PER_DAY + date->hour * 3600 +
                      date->minute * 60 + date->second;
    *ticks = seconds * CALENDAR_TICKS_PER_SECOND + date->fraction;
    return true;
}

bool calendar_add_months(int64_t ticks, int64_t months, int64_t *out) {
    if (months < -120000 || months > 120000) return false;
    struct calendar_date date;
    calendar_split(ticks, &date);
    int64_t month = date.year * 12 + (date.month - 1) + months;
    if (month < 12 || month >= 10000 * 12) return false;
    date.year = (int)(month / 12);
    date.month = (int)(month % 12) + 1;
    int last = calendar_month_days(date.year, date.month);
    if (date.day > last) date.day = last;
    return calendar_join(&date, out);
}

int64_t calendar_from_unix(int64_t seconds, int32_t nanoseconds) {
    return CALENDAR_UNIX_EPOCH + seconds * CALENDAR_TICKS_PER_SECOND + nanoseconds / 100;
}

int64_t calendar_to_unix(int64_t ticks, int32_t *nanoseconds) {
    int64_t since = ticks - CALENDAR_UNIX_EPOCH;
    int64_t seconds = since / CALENDAR_TICKS_PER_SECOND, fraction = since % CALENDAR_TICKS_PER_SECOND;
    if (fraction < 0) seconds--, fraction += CALENDAR_TICKS_PER_SECOND;
    if (nanoseconds) *nanoseconds = (int32_t)(fraction * 100);
    return seconds;
}

/* Two to nine digits at *at; false if fewer than `least`. At most `most` are taken. */
static bool read_digits(struct text text, size_t *at, int least, int most, int *out) {
    int count = 0, number = 0;
    while (count < most && *at < text.length && (unsigned)(text.start[*at] - '0') < 10u) {
        number = number * 10 + (text.start[(*at)++] - '0');
        count++;
    }
    *out = number;
    return count >= least;
}

static bool take(struct text text, size_t *at, char byte) {
    if (*at >= text.length || text.start[*at] != byte) return false;
    ++*at;
    return true;
}

/* The fraction of a second, rounded to ticks; .NET rounds further digits. */
static bool read_fraction(struct text text, size_t *at, int *ticks) {
    int count = 0, number = 0;
    bool up = false;
    while (*at < text.length && (unsigned)(text.start[*at] - '0') < 10u) {
        int digit = text.start[(*at)++] - '0';
        if (count < 7) number = number * 10 + digit;
        else if (count == 7) up = digit >= 5;
        count++;
    }
    if (!count) return false;
    for (; count < 7; count++) number *= 10;
    *ticks = number + (up && number < 9999999);
    return true;
}

static bool read_time(struct text text, size_t *at, struct calendar_date *date) {
    if (!read_digits(text, at, 2, 2, &date->hour) || !take(text, at, ':')) return false;
    if (!read_digits(text, at, 2, 2, &date->minute)) return false;
    if (!take(text, at, ':')) return true;
    if (!read_digits(text, at, 2, 2, &date->second)) return false;
    return !take(text, at, '.') || read_fraction(text, at, &date->fraction);
}

static bool read_offset(struct text text, size_t *at, int32_t *minutes) {
    *minutes = INT32_MIN;
    if (*at == text.length) return true;
    if (take(text, at, 'Z') || take(text, at, 'z')) {
        *minutes = 0;
        return *at == text.length;
    }
    bool west = text.start[*at] == '-';
    if (!west && text.start[*at] != '+') return false;
    ++*at;
    int hours, rest = 0;
    if (!read_digits(text, at, 2, 2, &hours)) return false;
    if (*at < text.length) {
        take(text, at, ':');
        if (!read_digits(text, at, 2, 2, &rest)) return false;
    }
    if (hours > 14 || rest > 59) return false;
    *minutes = (west ? -1 : 1) * (hours * 60 + rest);
    return *at == text.length;
}

bool calendar_read_iso(struct text text, int64_t *ticks, int32_t *offset_minutes) {
    struct calendar_date date = {0};
    size_t at = 0;
    if (!read_digits(text, &at, 4, 4, &date.year) || !take(text, &at, '-')) return false;
    if (!read_digits(text, &at, 2, 2, &date.month) || !take(text, &at, '-')) return false;
    if (!read_digits(text, &at, 2, 2, &date.day)) return false;
    *offset_minutes = INT32_MIN;
    if (at < text.length) {
        if (!take(text, &at, 'T') && !take(text, &at, 't') && !take(text, &at, ' ')) return false;
        if (!read_time(text, &at, &date) || !read_offset(text, &at, offset_minutes)) return false;
    }
    return calendar_join(&date, ticks);
}

void calendar_add_iso(struct bytes *out, int64_t utc_ticks) {
    struct calendar_date date;
    calendar_split(utc_ticks, &date);
    bytes_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day, date.hour, date.minute,
                     date.second);
    if (date.fraction) {
        bytes_add_format(out, ".%07d", date.fraction);
        while (out->data[out->length - 1] == '0') bytes_truncate(out, out->length - 1);
    }
    bytes_add_byte(out, 'Z');
}
