/* What cmdlets get from the session beside the host: the tenant, its changes, names of products. Reached as
 * call->host->services; filled by session before the first cmdlet runs, released by it. */
#ifndef M365SH_CMDLETS_SERVICES_H
#define M365SH_CMDLETS_SERVICES_H

#include "m365sh/change/change.h"
#include "m365sh/graph/client.h"

/* Which tenant is current: session owns the accounts. */
struct tenant_switch {
    void *context;
    /* The account that requests would use now; NULL: the practice tenant, not started yet. Borrowed. */
    const struct account *(*current)(void *context);
    /* Works in that tenant from now on (taken over); `store`: its profile is kept for later sessions. */
    enum status (*use_take)(void *context, struct account *account, bool store);
    /* Back to the practice tenant; the profile's tokens are forgotten. */
    enum status (*leave)(void *context);
};
struct lookup;
struct services {
    struct graph_client *client;
    struct changes *changes;
    struct lookup *lookup;      /* made by lookup_new, cmdlets/lookup.h */
    struct net *net;
    struct tenant_switch tenant;
};

#endif
