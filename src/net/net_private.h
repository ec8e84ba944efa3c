/* What the files of this room share about one exchange. */
#ifndef M365SH_NET_NET_PRIVATE_H
#define M365SH_NET_NET_PRIVATE_H

#include "m365sh/net/exchange.h"
#include "m365sh/net/settings.h"

/* trace.c: one line when an attempt ends, secrets removed. `delay_ms` of the next try, -1 none. */
void trace_attempt(const struct net_settings *settings, const struct exchange *exchange, int64_t milliseconds, int64_t delay_ms);
void trace_add_url(struct bytes *out, const struct exchange *exchange);

#endif
