/* Upper and lower case as .NET's invariant culture has it: simple mappings, one code point to one. */
#ifndef M365SH_BASE_FOLD_H
#define M365SH_BASE_FOLD_H

#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

uint32_t fold_upper(uint32_t code_point);
uint32_t fold_lower(uint32_t code_point);
void fold_add_upper(struct bytes *out, struct text text);
void fold_add_lower(struct bytes *out, struct text text);
/* Unicode normalization for [string].Normalize(): 'C' composed, 'D' decomposed; K forms 'c','d'. False if not valid UTF-8. */
bool fold_normalize(struct bytes *out, struct text text, char form);

#endif
