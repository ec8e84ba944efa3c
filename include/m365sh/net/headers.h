/* A list of HTTP headers, names without case. Owns its texts; zero-initialise, headers_free at the end. */
#ifndef M365SH_NET_HEADERS_H
#define M365SH_NET_HEADERS_H

#include "m365sh/base/text.h"

struct header { char *name, *value; };
struct headers { struct header *items; size_t count, capacity; };

void headers_free(struct headers *headers);
void headers_clear(struct headers *headers);
/* Copies. A value with a line end is cut there, so that nothing can smuggle in a second header. */
void headers_add(struct headers *headers, struct text name, struct text value);
/* Replaces all of that name. */
void headers_set(struct headers *headers, struct text name, struct text value);
struct text headers_get(const struct headers *headers, struct text name); /* the first; empty if none */
void headers_copy(struct headers *to, const struct headers *from);

#endif
