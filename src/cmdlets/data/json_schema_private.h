/* JSON Schema, the vocabulary that people use: type, properties, required, items, enum, const, bounds, pattern, allOf,
 * anyOf, oneOf, not, local $ref. Both sides are values read with as_table. */
#ifndef M365SH_CMDLETS_JSON_SCHEMA_PRIVATE_H
#define M365SH_CMDLETS_JSON_SCHEMA_PRIVATE_H

#include "../cmdlet_private.h"

/* False: `reason` says where and why. */
bool json_schema_accepts(struct realm *realm, struct value schema, struct value instance, struct bytes *reason);

#endif
