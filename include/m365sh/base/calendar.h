/* Civil dates as .NET counts them: ticks of 100 ns since 0001-01-01 00:00, proleptic Gregorian. Nothing here knows
 * the machine's clock; time zones come from the C library's zone files. */
#ifndef M365SH_BASE_CALENDAR_H
#define M365SH_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

#define CALENDAR_TICKS_PER_SECOND 10000000LL
#define CALENDAR_TICKS_PER_DAY 864000000000LL
#define CALENDAR_UNIX_EPOCH 621355968000000000LL /* ticks at 1970-01-01 */
#define CALENDAR_MAX_TICKS 3155378975999999999LL

struct calendar_date {
    int year, month, day;          /* 1..9999, 1..12, 1..31 */
    int hour, minute, second;
    int fraction;                  /* ticks within the second, 0..9999999 */
    int weekday;                   /* 0 Sunday .. 6; filled by calendar_split only */
    int year_day;                  /* 1..366; filled by calendar_split only */
};

void calendar_split(int64_t ticks, struct calendar_date *out);
bool calendar_join(const struct calendar_date *date, int64_t *ticks); /* false: no such date */
bool calendar_is_leap(int year);
int calendar_month_days(int year, int month);
/* Adds whole months, the day clamped to the month's last; false: out of range. */
bool calendar_add_months(int64_t ticks, int64_t months, int64_t *out);
int64_t calendar_from_unix(int64_t seconds, int32_t nanoseconds);
int64_t calendar_to_unix(int64_t ticks, int32_t *nanoseconds);
/* Offset from UTC in seconds of the local zone at that moment. `zone` is an IANA name, or NULL for the machine's (TZ). */
int calendar_offset_at(int64_t utc_ticks, const char *zone);
int calendar_offset_local(int64_t local_ticks, const char *zone);
/* ISO 8601 with T or blank, optional fraction, Z or offset. *offset_minutes is INT32_MIN where none stands. */
bool calendar_read_iso(struct text text, int64_t *ticks, int32_t *offset_minutes);
void calendar_add_iso(struct bytes *out, int64_t utc_ticks); /* 2026-01-31T08:00:00Z, fraction only if not zero */

#endif
