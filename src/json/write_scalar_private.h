/* Texts, numbers and dates as JSON has them. */
#ifndef M365SH_JSON_WRITE_SCALAR_PRIVATE_H
#define M365SH_JSON_WRITE_SCALAR_PRIVATE_H

#include "m365sh/json/json.h"

void write_scalar_text(struct bytes *out, struct text text, bool escape_html, bool escape_non_ascii);
/* False: v is no scalar. Enums and chars are the caller's. */
bool write_scalar_add(struct bytes *out, struct value v, bool as_wire);

#endif
