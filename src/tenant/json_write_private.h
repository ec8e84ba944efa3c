/* JSON onto a byte buffer. The caller writes braces and commas. */
#ifndef M365SH_TENANT_JSON_WRITE_PRIVATE_H
#define M365SH_TENANT_JSON_WRITE_PRIVATE_H

#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

void json_text(struct bytes *out, struct text text);     /* with quotes */
void json_string(struct bytes *out, const char *text);   /* NULL gives null */
/* `"name":` after a comma unless an object or array has just begun. */
void json_name(struct bytes *out, const char *name);
void json_name_text(struct bytes *out, const char *name, struct text text);
void json_comma(struct bytes *out);                      /* unless something has just begun */
/* Items that end in `separator` as an array of strings. */
void json_list(struct bytes *out, struct text items, char separator);
#endif
