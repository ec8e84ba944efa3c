/* Equality that needs no conversion: used by hashtables, sets and tests. The operators' rules (-eq …) are in ops. */
#ifndef M365SH_VALUE_COMPARE_H
#define M365SH_VALUE_COMPARE_H

#include "m365sh/value/value.h"

/* .NET's Equals for keys: same kind and same value; strings ordinal, without case if fold. */
bool value_equals(struct value a, struct value b, bool fold);
uint32_t value_hash(struct value v, bool fold);

#endif
