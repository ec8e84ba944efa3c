/* One copy of each name, keyed without case, with a stable number from 1. One table per interpreter.
 * The spelling kept is the first one seen. */
#ifndef M365SH_BASE_INTERN_H
#define M365SH_BASE_INTERN_H

#include <stdint.h>
#include "m365sh/base/text.h"

typedef uint32_t name_id; /* 0 is no name */
struct intern;
struct intern *intern_new(void);
void intern_free(struct intern *table);
name_id intern_name(struct intern *table, struct text name);       /* adds it if new */
name_id intern_find(const struct intern *table, struct text name); /* 0 if never seen */
struct text intern_text(const struct intern *table, name_id name); /* lives as long as the table; NUL-ended */

#endif
