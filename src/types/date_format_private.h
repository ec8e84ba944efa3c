/* Dates and spans as .NET's standard and custom formats write them. False: not a format; the caller raises
 * FormatException. */
#ifndef M365SH_TYPES_DATE_FORMAT_PRIVATE_H
#define M365SH_TYPES_DATE_FORMAT_PRIVATE_H

#include "culture_private.h"

/* v is a VALUE_DATETIME or VALUE_DATETIMEOFFSET. */
bool date_format(struct bytes *out, struct value v, struct text format, const struct culture *culture);
bool timespan_format(struct bytes *out, int64_t ticks, struct text format, const struct culture *culture);
/* The custom pattern that a standard letter stands for; TEXT_NONE if it is none. Shared with date_parse.c. */
struct text date_standard_pattern(char letter, const struct culture *culture, struct bytes *room);
/* Does the pattern show a day number? Then month names stand in the genitive. */
bool date_pattern_has_day(struct text pattern);

#endif
