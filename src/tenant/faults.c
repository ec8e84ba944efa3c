#include "faults_private.h"
#include "json_write_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/random.h"

enum { ORDERS = 64 };
struct pending {
    char *match;
    struct fault_order order;
    int skip, count;
};
struct faults {
    pthread_mutex_t lock;
    struct random random;
    double rate;
    struct pending pending[ORDERS];
    int count;
};

struct faults *faults_new(uint64_t seed, double rate) {
    struct faults *faults = ALLOC_NEW(struct faults);
    pthread_mutex_init(&faults->lock, NULL);
    random_seed(&faults->random, seed ^ 0xfa017);
    faults->rate = rate;
    return faults;
}

void faults_clear(struct faults *faults) {
    pthread_mutex_lock(&faults->lock);
    while (faults->count > 0) alloc_free(faults->pending[--faults->count].match);
    pthread_mutex_unlock(&faults->lock);
}

void faults_free(struct faults *faults) {
    if (!faults) return;
    faults_clear(faults);
    pthread_mutex_destroy(&faults->lock);
    alloc_free(faults);
}

void faults_set_rate(struct faults *faults, double rate) {
    pthread_mutex_lock(&faults->lock);
    faults->rate = rate;
    pthread_mutex_unlock(&faults->lock);
}

double faults_rate(struct faults *faults) {
    pthread_mutex_lock(&faults->lock);
    double rate = faults->rate;
    pthread_mutex_unlock(&faults->lock);
    return rate;
}

void faults_reseed(struct faults *faults, uint64_t seed) {
    pthread_mutex_lock(&faults->lock);
    random_seed(&faults->random, seed ^ 0xfa017);
    pthread_mutex_unlock(&faults->lock);
}

bool faults_add(struct faults *faults, const char *match, struct fault_order order, int skip, int count) {
    pthread_mutex_lock(&faults->lock);
    bool room = faults->count < ORDERS;
    if (room) faults->pending[faults->count++] = (struct pending){alloc_text(match, strlen(match)), order, skip, count};
    pthread_mutex_unlock(&faults->lock);
    return room;
}

static void remove_pending(struct faults *faults, int place) {
    alloc_free(faults->pending[place].match);
    memmove(&faults->pending[place], &faults->pending[place + 1], (size_t)(--faults->count - place) * sizeof faults->pending[0]);
}

static struct fault_order take_pending(struct faults *faults, struct text line) {
    for (int i = 0; i < faults->count; i++) {
        struct pending *pending = &faults->pending[i];
        if (text_find(line, text_of(pending->match), 0) == TEXT_NOT_FOUND) continue;
        if (pending->skip > 0) {
            pending->skip--;
            continue;
        }
        struct fault_order order = pending->order;
        if (--pending->count <= 0) remove_pending(faults, i);
        return order;
    }
    return (struct fault_order){0};
}

static struct fault_order draw(struct faults *faults, bool part) {
    static const struct fault_order kinds[] = {{429, 1, 0}, {503, 1, 0}, {500, -1, 0}, {504, -1, 0}, {0, -1, FAULT_CUT_BEFORE}, {0, -1, FAULT_CUT_AFTER}};
    if (faults->rate <= 0 || random_fraction(&faults->random) >= faults->rate) return (struct fault_order){0};
    return kinds[random_below(&faults->random, part ? 4 : 6)]; /* a part cannot lose its connection alone */
}

struct fault_order faults_next(struct faults *faults, struct exchange *exchange) {
    struct bytes line = {0};
    bytes_add_format(&line, "%.*s %.*s", TEXT_ARGUMENT(exchange->method), TEXT_ARGUMENT(exchange->target));
    pthread_mutex_lock(&faults->lock);
    struct fault_order order = take_pending(faults, bytes_text(&line));
    if (!order.status && !order.cut) order = draw(faults, exchange->part.length > 0);
    pthread_mutex_unlock(&faults->lock);
    bytes_free(&line);
    return order;
}

bool faults_reply(struct exchange *exchange, const struct fault_order *order) {
    if (!order->status) return false;
    if (order->retry_after >= 0 && (order->status == 429 || order->status == 503))
        exchange_reply_header_format(exchange, "Retry-After", "%d", order->retry_after);
    switch (order->status) {
    case 429: error_reply(exchange, 429, "TooManyRequests", "Please retry again later."); break;
    case 503: error_reply(exchange, 503, "serviceNotAvailable", "The service is temporarily unavailable. Please retry later."); break;
    case 504: error_reply(exchange, 504, "UnknownError", "The upstream service did not answer in time."); break;
    case 500: error_reply(exchange, 500, "InternalServerError", "An internal server error occurred. The operation could not be completed."); break;
    default: error_reply(exchange, order->status, "UnknownError", "This failure was asked for."); break;
    }
    return true;
}
