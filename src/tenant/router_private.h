/* From method and path to a handler: routes.def for Graph, a few fixed paths for the sign-in service, the control of the
 * practice tenant and the page for the eyes. */
#ifndef M365SH_TENANT_ROUTER_PRIVATE_H
#define M365SH_TENANT_ROUTER_PRIVATE_H

#include "exchange_private.h"

struct route {
    const char *method, *pattern;
    void (*handler)(struct exchange *exchange);
    const char *permissions;
    int units, writes;
};

/* Answers the exchange completely: reads the target, checks token, permission, pace and asked-for failures, calls the
 * handler. `inherited` is the principal of a batch, NULL for a request of its own. */
void router_answer(struct exchange *exchange, const struct principal *inherited);
/* Runs the handler of another Graph path in this exchange, as /me does with /users/{id}. */
void router_redirect(struct exchange *exchange);
/* Every permission that a route or a property asks for, blanks between. */
void router_add_permissions(struct bytes *out);
#endif
