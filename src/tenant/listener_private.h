/* HTTP by libmicrohttpd, loaded when the service starts: one thread a connection, so that the latency of one never
 * delays another. Loopback TCP or a private Unix socket, nothing else. */
#ifndef M365SH_TENANT_LISTENER_PRIVATE_H
#define M365SH_TENANT_LISTENER_PRIVATE_H

#include "m365sh/fault.h"
#include "tenant_private.h"

struct listener;
/* NULL and a fault when it cannot listen. */
struct listener *listener_start(struct tenant *tenant, const struct tenant_options *options, struct fault *fault);
int listener_port(const struct listener *listener); /* 0 for a socket file */
void listener_stop(struct listener *listener);      /* waits for what is under way */
#endif
