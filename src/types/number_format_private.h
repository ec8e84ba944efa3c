/* Numbers as .NET's standard ("N2", "X8") and custom ("#,##0.00") formats write them. Nothing is raised: false means the
 * format does not suit the kind, and the caller raises FormatException. */
#ifndef M365SH_TYPES_NUMBER_FORMAT_PRIVATE_H
#define M365SH_TYPES_NUMBER_FORMAT_PRIVATE_H

#include "culture_private.h"
#include "number_digits_private.h"

bool number_format(struct bytes *out, struct value v, struct text format, const struct culture *culture);
/* The custom format alone; `v` is finite. */
void number_custom(struct bytes *out, struct value v, struct text format, const struct culture *culture);
/* Is there a group separator before the `position` last digits of the whole part? */
bool number_group_ends(const struct culture *culture, int position);
/* "E+05": at least `least` digits. */
void number_add_exponent(struct bytes *out, char letter, int exponent, int least, bool plus, const struct culture *culture);

#endif
