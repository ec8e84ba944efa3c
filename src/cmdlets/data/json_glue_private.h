/* How json reaches properties and texts of objects: through types' members. */
#ifndef M365SH_CMDLETS_JSON_GLUE_PRIVATE_H
#define M365SH_CMDLETS_JSON_GLUE_PRIVATE_H

#include "../cmdlet_private.h"
#include "m365sh/json/json.h"

extern const struct json_properties json_glue;

#endif
