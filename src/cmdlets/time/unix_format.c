#include "unix_format_private.h"

#include "m365sh/base/calendar.h"

static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

/* ISO 8601: the week belongs to the year of its Thursday. */
static int iso_week(const struct calendar_date *date, int *year) {
    int weekday = date->weekday ? date->weekday : 7, thursday = date->year_day - weekday + 4, length = calendar_is_leap(date->year) ? 366 : 365;
    *year = date->year;
    if (thursday < 1) {
        *year -= 1;
        thursday += calendar_is_leap(*year) ? 366 : 365;
    } else if (thursday > length) {
        *year += 1;
        thursday -= length;
    }
    return (thursday - 1) / 7 + 1;
}

static int hour_of_twelve(int hour) { return hour % 12 ? hour % 12 : 12; }

static void add_offset(struct bytes *out, int64_t ticks, int64_t utc_ticks, bool utc) {
    int minutes = utc ? 0 : (int)((ticks - utc_ticks) / (CALENDAR_TICKS_PER_SECOND * 60));
    bytes_add_format(out, "%c%02d", minutes < 0 ? '-' : '+', (minutes < 0 ? -minutes : minutes) / 60);
}

static void add_calendar(struct bytes *out, char letter, const struct calendar_date *d) {
    int iso_year, week = iso_week(d, &iso_year);
    switch (letter) {
    case 'A': bytes_add_string(out, days[d->weekday]); break;
    case 'a': bytes_add_format(out, "%.3s", days[d->weekday]); break;
    case 'B': bytes_add_string(out, months[d->month - 1]); break;
    case 'b': case 'h': bytes_add_format(out, "%.3s", months[d->month - 1]); break;
    case 'C': bytes_add_format(out, "%d", d->year / 100); break;
    case 'c': bytes_add_format(out, "%.3s %02d %.3s %d %02d:%02d:%02d", days[d->weekday], d->day, months[d->month - 1], d->year, d->hour, d->minute, d->second); break;
    case 'D': case 'x': bytes_add_format(out, "%02d/%02d/%02d", d->month, d->day, d->year % 100); break;
    case 'd': bytes_add_format(out, "%02d", d->day); break;
    case 'e': bytes_add_format(out, "%2d", d->day); break;
    case 'F': bytes_add_format(out, "%04d-%02d-%02d", d->year, d->month, d->day); break;
    case 'G': bytes_add_format(out, "%d", iso_year); break;
    case 'g': bytes_add_format(out, "%02d", iso_year % 100); break;
    case 'j': bytes_add_format(out, "%03d", d->year_day); break;
    case 'm': bytes_add_format(out, "%02d", d->month); break;
    case 'U': case 'W': bytes_add_format(out, "%d", d->year_day / 7); break;
    case 'u': bytes_add_format(out, "%d", d->weekday ? d->weekday : 7); break;
    case 'V': bytes_add_format(out, "%02d", week); break;
    case 'w': bytes_add_format(out, "%d", d->weekday); break;
    case 'Y': bytes_add_format(out, "%d", d->year); break;
    case 'y': bytes_add_format(out, "%02d", d->year % 100); break;
    default: bytes_add_byte(out, letter);
    }
}

void unix_format_add(struct bytes *out, struct text format, int64_t ticks, int64_t utc_ticks, bool utc) {
    struct calendar_date d;
    calendar_split(ticks, &d);
    if (format.length && format.start[0] == '+') format = text_slice(format, 1, format.length);
    for (size_t i = 0; i < format.length; i++) {
        if (format.start[i] != '%' || i + 1 == format.length) {
            bytes_add_byte(out, format.start[i]);
            continue;
        }
        char letter = format.start[++i];
        switch (letter) {
        case 'H': bytes_add_format(out, "%02d", d.hour); break;
        case 'I': bytes_add_format(out, "%02d", hour_of_twelve(d.hour)); break;
        case 'k': bytes_add_format(out, "%2d", d.hour); break;
        case 'l': bytes_add_format(out, "%2d", hour_of_twelve(d.hour)); break;
        case 'M': bytes_add_format(out, "%02d", d.minute); break;
        case 'n': bytes_add_byte(out, '\n'); break;
        case 'p': bytes_add_string(out, d.hour < 12 ? "AM" : "PM"); break;
        case 'R': bytes_add_format(out, "%02d:%02d", d.hour, d.minute); break;
        case 'r': bytes_add_format(out, "%02d:%02d:%02d %s", hour_of_twelve(d.hour), d.minute, d.second, d.hour < 12 ? "AM" : "PM"); break;
        case 'S': bytes_add_format(out, "%02d", d.second); break;
        case 's': bytes_add_format(out, "%lld", (long long)calendar_to_unix(utc_ticks, NULL)); break;
        case 'T': case 'X': bytes_add_format(out, "%02d:%02d:%02d", d.hour, d.minute, d.second); break;
        case 't': bytes_add_byte(out, '\t'); break;
        case 'Z': add_offset(out, ticks, utc_ticks, utc); break;
        default: add_calendar(out, letter, &d);
        }
    }
}
