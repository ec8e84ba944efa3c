/* The clouds of Microsoft 365 and where each has Graph and its sign-in service. Rows are static. */
#ifndef M365SH_AUTH_CLOUD_H
#define M365SH_AUTH_CLOUD_H

#include "m365sh/base/text.h"

struct cloud { const char *name, *graph, *login; };
/* By the Graph SDK's names (Global, USGov, USGovDoD, China), without case; NULL if unknown. */
const struct cloud *cloud_find(struct text name);
const struct cloud *cloud_at(size_t index); /* NULL behind the last */

#endif
