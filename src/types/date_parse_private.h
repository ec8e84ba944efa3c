/* Reading dates and spans, with the styles that scripts may give. Nothing is raised. */
#ifndef M365SH_TYPES_DATE_PARSE_PRIVATE_H
#define M365SH_TYPES_DATE_PARSE_PRIVATE_H

#include "m365sh/base/calendar.h"
#include "culture_private.h"

enum date_styles { /* System.Globalization.DateTimeStyles' numbers */
    DATE_ALLOW_LEADING = 1, DATE_ALLOW_TRAILING = 2, DATE_ALLOW_INNER = 4, DATE_NO_CURRENT = 8, DATE_TO_UNIVERSAL = 16,
    DATE_ASSUME_LOCAL = 32, DATE_ASSUME_UNIVERSAL = 64, DATE_ROUND_TRIP = 128,
};
/* What a text gave. Parts that it did not hold are -1. */
struct date_parts {
    int year, month, day, hour, minute, second, fraction;
    int weekday;            /* 0 Sunday; must agree with the date */
    int half;               /* 0 morning, 1 afternoon */
    bool has_zone, zone_is_universal;
    int offset_minutes;
};
void date_parts_clear(struct date_parts *parts);
/* The moment of the parts, as local time of their own zone; what lacks is taken from today. False: no such date. */
bool date_parts_join(struct realm *realm, const struct date_parts *parts, bool today, int64_t *ticks);
bool date_read(struct text text, const struct culture *culture, struct date_parts *parts);
bool date_read_exact(struct text text, struct text format, const struct culture *culture, unsigned styles,
                     struct date_parts *parts);
/* DateTime of the parts after the styles. */
bool date_finish(struct realm *realm, const struct date_parts *parts, unsigned styles, struct value *out);
/* DateTimeOffset of the parts: without a zone the local one. */
bool date_finish_offset(struct realm *realm, const struct date_parts *parts, unsigned styles, struct value *out);
/* A name of the list at the start of the text, without case, the longest first: its index, or -1. */
int date_match_name(struct text text, const char *list, size_t *length);

enum timespan_outcome { TIMESPAN_GOOD, TIMESPAN_FORMAT, TIMESPAN_OVERFLOW };
enum timespan_outcome timespan_read(struct text text, int64_t *ticks);

#endif
