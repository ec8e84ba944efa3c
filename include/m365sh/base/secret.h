/* Text that is wiped on release and that nothing prints. Never becomes a plain value by accident. */
#ifndef M365SH_BASE_SECRET_H
#define M365SH_BASE_SECRET_H

#include "m365sh/base/text.h"

struct secret;
struct secret *secret_new(struct text text); /* copies; the caller wipes its own copy */
void secret_free(struct secret *secret);     /* wipes */
struct text secret_reveal(const struct secret *secret); /* borrowed; only for the wire */
void secret_wipe(void *data, size_t length); /* not optimised away */

#endif
