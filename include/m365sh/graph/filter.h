/* Comparisons to OData's $filter, with quoting. What is made is never narrower than the comparison meant: Graph compares
 * text without case as PowerShell does, dates only by ge and le. Callers filter again by the exact rule. */
#ifndef M365SH_GRAPH_FILTER_H
#define M365SH_GRAPH_FILTER_H

#include "m365sh/base/bytes.h"
#include "m365sh/graph/resource.h"
#include "m365sh/value/value.h"

#define FILTER_IN_MOST 15 /* Graph: most clauses of `in` and `or` in its default engine */

/* A literal in quotes, quotes within doubled. */
void filter_add_text(struct bytes *out, struct text text);
/* operation: PowerShell's without the dash and without c or i: eq ge gt le lt like in truth untruth. False: it cannot be
 * asked of the service (nothing is added then). *advanced is set when it needs an advanced query, never cleared. */
bool filter_add_comparison(struct bytes *out, enum graph_resource resource, struct text property, struct text operation,
                           struct value operand, bool *advanced);

#endif
