/* CultureInfo and its parts as values: objects whose rows look the culture up by its name. */
#ifndef M365SH_TYPES_CULTURE_VALUE_PRIVATE_H
#define M365SH_TYPES_CULTURE_VALUE_PRIVATE_H

#include "culture_private.h"

struct value culture_value_new(struct realm *realm, const struct culture *culture); /* owned */
/* The culture of a CultureInfo, NumberFormatInfo or DateTimeFormatInfo; NULL for anything else. */
const struct culture *culture_value_of(struct value v);

#endif
