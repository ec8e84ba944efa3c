/* The line around a span with a caret below, for messages. Long lines are cut around the span, tabs become blanks. */
#ifndef M365SH_SOURCE_EXCERPT_H
#define M365SH_SOURCE_EXCERPT_H

#include "m365sh/base/bytes.h"
#include "m365sh/source/source.h"

/* Adds "  12 | Get-Foo -Bar\n     |         ^~~~\n" within `width` cells. */
void excerpt_add(struct bytes *out, const struct source *source, struct span span, size_t width);

#endif
