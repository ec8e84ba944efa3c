/* Parameters that many item cmdlets declare alike. */
#ifndef M365SH_CMDLETS_ITEM_ROWS_PRIVATE_H
#define M365SH_CMDLETS_ITEM_ROWS_PRIVATE_H

#include "item_private.h"

#define ROW_PATH(help) \
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", help}
#define ROW_LITERAL \
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."}
#define ROW_FILTER {"Filter", "string", -1, 0, NULL, NULL, NULL, NULL, "Only names that fit * and ?."}
#define ROW_INCLUDE {"Include", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only names that fit one of these patterns."}
#define ROW_EXCLUDE {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "No names that fit one of these patterns."}
#define ROW_FORCE(help) {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, help}
#define ROW_PASS_THRU {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the item back."}
#define ROW_ENCODING {"Encoding", "object", -1, 0, NULL, NULL, NULL, NULL, "utf8, utf8BOM, ascii, unicode, latin1, ansi …; utf8 unless said."}

#endif
