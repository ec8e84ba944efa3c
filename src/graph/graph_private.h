/* What the files of this room share. */
#ifndef M365SH_GRAPH_PRIVATE_H
#define M365SH_GRAPH_PRIVATE_H

#include "m365sh/graph/client.h"
#include "m365sh/graph/error.h"

struct graph_client {
    struct realm *realm;
    struct net *net;
    struct lane *lane;
    struct decoder *decoder;
    struct graph_connector connector;
    struct account *account;     /* borrowed from the connector */
    int in_flight;
    uint8_t generation;
    bool sign_in_failed;         /* the last try to get a token failed */
};

struct graph_pending {
    struct graph_client *client;
    struct exchange *exchange;
    bool renewed;                /* a fresh token was tried */
};

#endif
