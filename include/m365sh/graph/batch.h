/* Many requests as $batch requests of up to 20, several in flight. What the service throttles is sent again after the wait
 * it asked for, only those. Answers are matched by id; parts are delivered as they end, each exactly once. */
#ifndef M365SH_GRAPH_BATCH_H
#define M365SH_GRAPH_BATCH_H

#include "m365sh/graph/client.h"

enum part_outcome {
    PART_ANSWERED,   /* status and body say how it went */
    PART_UNKNOWN,    /* a write that may have been done: no answer came */
    PART_NOT_SENT,   /* stopped, or the service was gone before it was sent */
    PART_GIVEN_UP,   /* refused by throttling or failing to the last try; not done */
};
struct graph_part {
    /* the request, owned by the part */
    const char *method;
    struct bytes url;            /* relative, encoded: "/users/x?$select=id" */
    struct bytes body;           /* JSON; empty none */
    bool advanced;
    void *context;               /* the caller's */
    /* the answer */
    enum part_outcome outcome;
    int status;
    struct value answer;         /* JSON of the body, undecoded; VALUE_NULL none. Owned */
    struct bytes request_id, client_request_id, fault;
    enum fault_kind fault_kind;
    /* the stream's */
    int attempts;
    struct graph_part *next;
};
struct graph_part *part_new(const char *method, struct text url, void *context);
void part_free(struct graph_part *part);
bool part_succeeded(const struct graph_part *part);
/* The failure as an error record (owned); `what` for its sentence. */
struct value part_error(struct realm *realm, const struct graph_part *part, struct value target);

struct batch_stream;
/* Called with each part that has ended; the part is taken over by the callee (part_free). */
typedef enum status (*batch_deliver)(void *context, struct graph_part *part);
/* Reads only; writes go through graph/write.h. */
struct batch_stream *batch_stream_reads(struct graph_client *client, batch_deliver deliver, void *context, const struct graph_watch *watch);
/* Takes the part. Sends when a batch is full, delivers what has ended meanwhile; waits when enough are in flight. */
enum status batch_stream_add_take(struct batch_stream *stream, struct graph_part *part);
/* Delivers what has ended, without waiting. */
enum status batch_stream_poll(struct batch_stream *stream);
/* Sends the rest, waits for all, delivers all. On Ctrl-C or an error of deliver: nothing new is sent; what is in flight is
 * awaited (a second Ctrl-C does not wait) and delivered, then the first such status is returned. */
enum status batch_stream_finish(struct batch_stream *stream);
/* From now on nothing new is sent: what waits is delivered as PART_NOT_SENT by finish. */
void batch_stream_stop(struct batch_stream *stream);
bool batch_stream_began(const struct batch_stream *stream);     /* was any batch answered, or may it have been seen? */
int64_t batch_stream_waited_ms(const struct batch_stream *stream); /* because the service asked for it */
void batch_stream_free(struct batch_stream *stream);

#endif
