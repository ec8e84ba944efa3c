/* PowerShell's wildcard patterns: * ? [a-z] and ` as escape. */
#ifndef M365SH_PATTERN_WILDCARD_H
#define M365SH_PATTERN_WILDCARD_H

#include <stdbool.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

bool wildcard_match(struct text pattern, struct text text, bool ignore_case);
/* False for a pattern such as "[a": id of the error is WildcardPatternException's. */
bool wildcard_is_valid(struct text pattern);
bool wildcard_has(struct text pattern);                        /* any of * ? [ outside an escape */
void wildcard_escape(struct bytes *out, struct text text);     /* [WildcardPattern]::Escape */
void wildcard_unescape(struct bytes *out, struct text text);

#endif
