/* What goes now and what waits: a stream of parts, packed by twenties, several batches in flight. */
#include "batch_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/graph/write.h"

#define IN_FLIGHT_MOST 16
#define FIRST_PAUSE_MS 2000
#define LONGEST_PAUSE_MS 60000

struct batch_stream {
    struct graph_client *client;
    batch_deliver deliver;
    void *context;
    const struct graph_watch *watch;
    bool write, stopped, began;
    struct graph_part *first, **last;  /* waiting to be sent */
    int waiting;
    struct batch flight[IN_FLIGHT_MOST];
    int in_flight;
    int64_t waited_ms;
    enum status failed;                /* the first status that ended it */
};

static struct batch_stream *stream_new(struct graph_client *client, bool write, batch_deliver deliver, void *context, const struct graph_watch *watch) {
    struct batch_stream *stream = ALLOC_NEW(struct batch_stream);
    stream->client = client;
    stream->write = write;
    stream->deliver = deliver;
    stream->context = context;
    stream->watch = watch;
    stream->last = &stream->first;
    return stream;
}

struct batch_stream *batch_stream_reads(struct graph_client *client, batch_deliver deliver, void *context, const struct graph_watch *watch) {
    return stream_new(client, false, deliver, context, watch);
}

struct batch_stream *write_stream(struct graph_client *client, batch_deliver deliver, void *context, const struct graph_watch *watch) {
    return stream_new(client, true, deliver, context, watch);
}

static void enqueue(struct batch_stream *stream, struct graph_part *part, bool at_front) {
    part->next = at_front ? stream->first : NULL;
    if (at_front) {
        stream->first = part;
        if (!part->next) stream->last = &part->next;
    } else {
        *stream->last = part;
        stream->last = &part->next;
    }
    stream->waiting++;
}

static struct graph_part *dequeue(struct batch_stream *stream) {
    struct graph_part *part = stream->first;
    stream->first = part->next;
    if (!stream->first) stream->last = &stream->first;
    part->next = NULL;
    stream->waiting--;
    return part;
}

static void note_failure(struct batch_stream *stream, enum status status) {
    if (status == STATUS_OK) return;
    if (stream->failed == STATUS_OK) stream->failed = status;
    else if (status == STATUS_ERROR && stream->client->realm->raised.kind != VALUE_UNSET && stream->failed != STATUS_ERROR)
        value_release(realm_take_raised(stream->client->realm));
    stream->stopped = true;
}

static void deliver(struct batch_stream *stream, struct graph_part *part) {
    note_failure(stream, stream->deliver(stream->context, part));
}

static void send_one(struct batch_stream *stream) {
    struct batch *batch = &stream->flight[stream->in_flight];
    *batch = (struct batch){0};
    while (stream->first && batch->count < LIMIT_BATCH_PARTS) batch->parts[batch->count++] = dequeue(stream);
    enum status status = batch_begin(stream->client, batch, stream->write, stream->watch);
    if (status == STATUS_OK) {
        stream->in_flight++;
        return;
    }
    note_failure(stream, status);
    for (int i = 0; i < batch->count; i++) deliver(stream, batch->parts[i]); /* as PART_NOT_SENT */
}

static int64_t pause_of(int attempts, int64_t asked) {
    if (asked >= 0) return asked;
    int64_t pause = FIRST_PAUSE_MS;
    for (int i = 1; i < attempts && pause < LONGEST_PAUSE_MS; i++) pause *= 2;
    return pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
}

static void settle(struct batch_stream *stream, struct batch *batch) {
    int64_t asked, pause = 0;
    batch_read(stream->client, batch, stream->write, &asked);
    struct exchange *exchange = graph_exchange(batch->pending);
    stream->waited_ms += exchange->waited_ms;
    if (exchange->status || exchange->sent) stream->began = true;
    graph_pending_free(batch->pending);
    if (lane_is_gone(stream->client->lane)) stream->stopped = true;
    for (int i = batch->count - 1; i >= 0; i--) { /* backwards, so that what goes to the front keeps its order */
        struct graph_part *part = batch->parts[i];
        bool doubtful = part->status == 500 || part->status == 502 || part->status == 504;
        if (stream->write && doubtful && part->outcome == PART_ANSWERED) part->outcome = PART_UNKNOWN;
        if (!batch_part_wants_retry(part, stream->write)) continue;
        if (part->attempts > RETRY_ATTEMPTS_MOST || stream->stopped) {
            part->outcome = PART_GIVEN_UP;
            continue;
        }
        int64_t wait = pause_of(part->attempts, asked);
        if (wait > pause) pause = wait;
        enqueue(stream, part, true);
        batch->parts[i] = NULL;
    }
    if (pause) {
        lane_pause(stream->client->lane, pause);
        stream->waited_ms += pause;
    }
    for (int i = 0; i < batch->count; i++)
        if (batch->parts[i]) deliver(stream, batch->parts[i]);
}

/* Takes one finished batch out of the flight. False: none is finished (`wait`: all were interrupted). */
static bool land_one(struct batch_stream *stream, bool wait) {
    struct exchange *exchanges[IN_FLIGHT_MOST];
    size_t which = 0, count = (size_t)stream->in_flight;
    if (!count) return false;
    for (size_t i = 0; i < count; i++) exchanges[i] = graph_exchange(stream->flight[i].pending);
    if (wait) {
        if (transfer_wait_any(stream->client->net, exchanges, count, &which) != STATUS_OK) {
            note_failure(stream, STATUS_INTERRUPTED);
            return false;
        }
    } else {
        while (which < count && !transfer_is_done(stream->client->net, exchanges[which])) which++;
        if (which == count) return false;
    }
    struct batch batch = stream->flight[which];
    if (graph_await(batch.pending, true) == STATUS_ERROR) value_release(realm_take_raised(stream->client->realm)); /* answers a 401 */
    stream->flight[which] = stream->flight[--stream->in_flight];
    settle(stream, &batch);
    return true;
}

static void launch(struct batch_stream *stream, int least) {
    int most = stream->client->in_flight < IN_FLIGHT_MOST ? stream->client->in_flight : IN_FLIGHT_MOST;
    while (!stream->stopped && stream->waiting >= least && stream->first) {
        if (stream->in_flight < most) send_one(stream);
        else if (!land_one(stream, true)) return;
    }
}

enum status batch_stream_poll(struct batch_stream *stream) {
    while (!stream->stopped && land_one(stream, false)) {}
    return stream->failed;
}

enum status batch_stream_add_take(struct batch_stream *stream, struct graph_part *part) {
    enqueue(stream, part, false);
    launch(stream, LIMIT_BATCH_PARTS);
    return batch_stream_poll(stream);
}

void batch_stream_stop(struct batch_stream *stream) {
    stream->stopped = true;
}

/* Nothing new is sent. What the service cannot have seen is taken back, the rest awaited; a second Ctrl-C ends that too. */
static void wind_up(struct batch_stream *stream) {
    for (int i = 0; i < stream->in_flight; i++) transfer_withdraw(stream->client->net, graph_exchange(stream->flight[i].pending));
    while (stream->in_flight) {
        struct batch batch = stream->flight[--stream->in_flight];
        if (transfer_wait(stream->client->net, graph_exchange(batch.pending), true) != STATUS_OK)
            transfer_cancel(stream->client->net, graph_exchange(batch.pending));
        settle(stream, &batch);
    }
    while (stream->first) {
        struct graph_part *part = dequeue(stream);
        if (part->outcome == PART_ANSWERED) part->outcome = PART_GIVEN_UP; /* throttled, and not sent again */
        deliver(stream, part);
    }
}

enum status batch_stream_finish(struct batch_stream *stream) {
    while (!stream->stopped && (stream->first || stream->in_flight)) {
        launch(stream, 1);
        if (!stream->stopped) land_one(stream, true);
    }
    wind_up(stream);
    return stream->failed;
}

bool batch_stream_began(const struct batch_stream *stream) { return stream->began; }
int64_t batch_stream_waited_ms(const struct batch_stream *stream) { return stream->waited_ms; }

void batch_stream_free(struct batch_stream *stream) {
    if (!stream) return;
    stream->stopped = true;
    while (stream->in_flight) {
        struct batch *batch = &stream->flight[--stream->in_flight];
        graph_pending_free(batch->pending);
        for (int i = 0; i < batch->count; i++) part_free(batch->parts[i]);
    }
    while (stream->first) part_free(dequeue(stream));
    alloc_free(stream);
}
