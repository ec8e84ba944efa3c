/* What a culture says about numbers and dates. Rows stand in culture.c, as ICU gives them to .NET on Linux; they are
 * constants: nothing here is owned or can fail. */
#ifndef M365SH_TYPES_CULTURE_PRIVATE_H
#define M365SH_TYPES_CULTURE_PRIVATE_H

#include "m365sh/types/format_text.h"

struct culture {
    const char *name, *english_name, *native_name, *two_letters;
    int lcid;
    /* Numbers. The patterns hold n for the digits, $ or % for the symbol and - for the sign. */
    int number_digits, currency_digits, percent_digits;
    const char *decimal, *group, *currency_decimal, *currency_group;
    uint8_t group_sizes[2];     /* the first group, and those after it; 0: as the first */
    const char *currency_symbol, *currency_positive, *currency_negative, *percent_positive, *percent_negative;
    const char *negative_sign, *infinity, *not_a_number;
    /* Dates. Names are lists parted by commas, from Sunday and January. */
    const char *short_date, *long_date, *short_time, *long_time, *month_day, *year_month;
    const char *date_separator, *time_separator, *morning, *afternoon;
    const char *days, *short_days, *months, *short_months, *genitive_months, *short_genitive_months;
};

/* The culture given, or the invariant one for NULL. */
const struct culture *culture_or_invariant(const struct culture *culture);
/* Item `index` of one of the lists of names. */
struct text culture_list_item(const char *list, int index);
/* True if the culture is one of the rows. */
bool culture_is_known(struct text name);

#endif
