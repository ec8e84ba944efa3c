/* The documented limits of the identity service, for one application in one large tenant: 8,000 resource units per 10 s and
 * 3,000 writes per 150 s, as buckets that fill steadily. Off unless asked for. */
#ifndef M365SH_TENANT_THROTTLE_PRIVATE_H
#define M365SH_TENANT_THROTTLE_PRIVATE_H

#include "exchange_private.h"

struct throttle;
struct throttle *throttle_new(bool realistic);
void throttle_free(struct throttle *throttle);
void throttle_set(struct throttle *throttle, bool realistic);
bool throttle_is_realistic(struct throttle *throttle);
/* Takes what the route costs. False: 429 is the reply. */
bool throttle_admit(struct throttle *throttle, struct exchange *exchange);
#endif
