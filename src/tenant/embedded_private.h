/* Files that the program carries: schema, seed tables, the page for the eyes. By their path below src/tenant. */
#ifndef M365SH_TENANT_EMBEDDED_PRIVATE_H
#define M365SH_TENANT_EMBEDDED_PRIVATE_H

#include <stdbool.h>
#include "m365sh/base/text.h"

/* NUL-ended, lives as long as the program; empty when there is no such file. */
struct text embedded_file(const char *name);
/* Walks the lines of a table: comments skipped, up to `limit` fields cut at tabs. Start with *rest = the file. */
bool embedded_row(struct text *rest, struct text fields[], int limit, int *count);
#endif
