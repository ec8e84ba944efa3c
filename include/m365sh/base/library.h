/* Libraries that are loaded when first needed, because linking alone would slow every start (docs/decisions). One
 * X-macro table of functions a library stands in the one file that may include its header; these calls fill it. */
#ifndef M365SH_BASE_LIBRARY_H
#define M365SH_BASE_LIBRARY_H

#include <stddef.h>
#include "m365sh/fault.h"

struct library_symbol { const char *name; void **slot; };
/* Tries each name (NULL-ended list) in turn, then fills every slot. FAULT_LIBRARY names `package` when it fails.
 * A library is never closed. */
enum status library_load(const char *const *names, const char *package, const struct library_symbol *symbols,
                         size_t count, struct fault *fault);

#endif
