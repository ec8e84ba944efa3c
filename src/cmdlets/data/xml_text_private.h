/* Text as XML wants it: what stands between tags or in an attribute. Cannot fail. */
#ifndef M365SH_CMDLETS_XML_TEXT_PRIVATE_H
#define M365SH_CMDLETS_XML_TEXT_PRIVATE_H

#include <stdbool.h>
#include "m365sh/base/bytes.h"

void xml_add_text(struct bytes *out, struct text text, bool attribute);

#endif
