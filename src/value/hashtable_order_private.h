/* The order in which .NET walks a Hashtable: from its last bucket to its first. Known only for keys whose hash is their
 * value; .NET's hash of text is random per process, so tables with such keys are walked as they were filled. */
#ifndef M365SH_VALUE_HASHTABLE_ORDER_PRIVATE_H
#define M365SH_VALUE_HASHTABLE_ORDER_PRIVATE_H

#include "m365sh/value/hashtable.h"

bool hashtable_order_knows(struct value key);
uint32_t *hashtable_order_make(const struct table *table); /* entry numbers; the caller frees */
int hashtable_order_compare(struct value a, struct value b); /* SortedDictionary's order of keys */

#endif
