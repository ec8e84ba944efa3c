/* Dates in the manner of the `date` program, as Get-Date -UFormat writes them. */
#ifndef M365SH_CMDLETS_UNIX_FORMAT_PRIVATE_H
#define M365SH_CMDLETS_UNIX_FORMAT_PRIVATE_H

#include <stdbool.h>
#include "m365sh/base/bytes.h"

/* `ticks` as the clock shows it, `utc_ticks` the moment; `utc`: the date itself is one of UTC. */
void unix_format_add(struct bytes *out, struct text format, int64_t ticks, int64_t utc_ticks, bool utc);

#endif
