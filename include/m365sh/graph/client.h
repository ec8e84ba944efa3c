/* Graph as a client: one tenant at a time, through one lane of the network. Connects when the first request is made: the
 * connector then starts the practice tenant or signs in. Belongs to one interpreter. Failures are raised error records. */
#ifndef M365SH_GRAPH_CLIENT_H
#define M365SH_GRAPH_CLIENT_H

#include "m365sh/auth/sign_in.h"
#include "m365sh/graph/decode.h"
#include "m365sh/net/transfer.h"

#define GRAPH_BATCHES_IN_FLIGHT 4

struct graph_client;
/* Session's: gives the account to use (owned by whoever answers; it must outlive its use by the client). */
struct graph_connector {
    enum status (*connect)(void *context, struct realm *realm, struct account **account);
    void (*renewed)(void *context, struct account *account); /* the profile's tokens changed: store them; may be NULL */
    void *context;
};
struct graph_client *graph_client_new(struct realm *realm, struct net *net, const struct graph_connector *connector);
void graph_client_free(struct graph_client *client);
/* Makes sure that there is an account. */
enum status graph_client_connect(struct graph_client *client);
struct account *graph_client_account(struct graph_client *client);   /* NULL before the first request */
void graph_client_disconnect(struct graph_client *client);           /* the next request connects anew; what was read is old */
uint8_t graph_client_generation(const struct graph_client *client);  /* changes with each disconnect */
bool graph_client_sign_in_failed(const struct graph_client *client); /* the last try to get a token: exit code 3 */
struct net *graph_client_net(struct graph_client *client);
struct lane *graph_client_lane(struct graph_client *client);
struct decoder *graph_client_decoder(struct graph_client *client);
struct realm *graph_client_realm(struct graph_client *client);
int graph_client_in_flight(const struct graph_client *client);
void graph_client_set_in_flight(struct graph_client *client, int batches);

/* Who wants to see request lines (-Verbose). */
struct graph_watch { void (*line)(void *context, struct text line); void *context; };

/* One request. Texts are borrowed while it is begun. */
struct graph_request {
    const char *method;          /* "GET" */
    struct text path;            /* below the version with query, encoded: "users/x?$select=id"; absolute URLs of our own
                                    endpoint too (next links) */
    const char *version;         /* NULL: "v1.0" */
    struct text body;            /* JSON; empty none */
    const char *content_type;    /* NULL: application/json */
    bool advanced;               /* ConsistencyLevel: eventual */
    bool write;
    bool outside_lane;           /* the practice tenant's controls: not Graph, beside its pace */
    const struct headers *headers; /* more; NULL */
    int parts;                   /* of a batch */
    const struct graph_watch *watch;
};
struct graph_pending;
/* STATUS_ERROR raised when it cannot be sent at all. */
enum status graph_begin(struct graph_client *client, const struct graph_request *request, struct graph_pending **pending);
/* Waits. A 401 is answered once with a fresh token. STATUS_INTERRUPTED leaves it under way. */
enum status graph_await(struct graph_pending *pending, bool patient);
struct exchange *graph_exchange(struct graph_pending *pending);       /* the answer, when awaited */
void graph_pending_free(struct graph_pending *pending);               /* cancels what is under way */
/* begin, await; raises when no answer came or its status is 400 or more. *answer is the JSON value (owned; VALUE_NULL for an
 * empty body), undecoded. */
enum status graph_fetch(struct graph_client *client, const struct graph_request *request, struct value *answer);
/* The same, decoded as an object of the resource. */
enum status graph_get(struct graph_client *client, enum graph_resource resource, const struct graph_request *request, struct value *object);
/* Adds one segment of a path, encoded: ids and names of people go into paths through here. */
void graph_add_segment(struct bytes *out, struct text segment);
/* Adds the absolute address of a path. */
void graph_add_url(struct graph_client *client, struct bytes *out, const char *version, struct text path);

#endif
