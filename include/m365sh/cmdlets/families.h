/* Which cmdlets there are. A family is a folder under src/cmdlets with a table of its rows; families.def names the
 * families, and nothing else knows them all. Rows are static. */
#ifndef M365SH_CMDLETS_FAMILIES_H
#define M365SH_CMDLETS_FAMILIES_H

#include "m365sh/command/command_table.h"

/* Adds every row of every family to the table. */
void families_add(struct command_table *table);
/* Walks the families for tests and documentation: false at the end. */
bool families_next(size_t *position, const char **family, const struct cmdlet_row *const **rows, size_t *count);

#endif
