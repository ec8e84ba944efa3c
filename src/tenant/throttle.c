#include "throttle_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "router_private.h"

struct bucket { double level, size, per_second; };
struct throttle {
    pthread_mutex_t lock;
    bool realistic;
    struct bucket units, writes;
    int64_t filled; /* steady nanoseconds */
};

static void fill_up(struct throttle *throttle) {
    throttle->units = (struct bucket){8000, 8000, 800};
    throttle->writes = (struct bucket){3000, 3000, 20};
    throttle->filled = clock_steady();
}

struct throttle *throttle_new(bool realistic) {
    struct throttle *throttle = ALLOC_NEW(struct throttle);
    pthread_mutex_init(&throttle->lock, NULL);
    throttle->realistic = realistic;
    fill_up(throttle);
    return throttle;
}

void throttle_free(struct throttle *throttle) {
    if (!throttle) return;
    pthread_mutex_destroy(&throttle->lock);
    alloc_free(throttle);
}

void throttle_set(struct throttle *throttle, bool realistic) {
    pthread_mutex_lock(&throttle->lock);
    throttle->realistic = realistic;
    fill_up(throttle);
    pthread_mutex_unlock(&throttle->lock);
}

bool throttle_is_realistic(struct throttle *throttle) {
    pthread_mutex_lock(&throttle->lock);
    bool realistic = throttle->realistic;
    pthread_mutex_unlock(&throttle->lock);
    return realistic;
}

static void pour(struct bucket *bucket, double seconds) {
    bucket->level += seconds * bucket->per_second;
    if (bucket->level > bucket->size) bucket->level = bucket->size;
}

/* Seconds until the bucket holds as much; 0 when it does. */
static int wait_for(const struct bucket *bucket, double much) {
    return bucket->level >= much ? 0 : (int)((much - bucket->level) / bucket->per_second) + 1;
}

static int take(struct throttle *throttle, int units, int writes, bool *write_limit) {
    int64_t now = clock_steady();
    double seconds = (double)(now - throttle->filled) / 1e9;
    pour(&throttle->units, seconds);
    pour(&throttle->writes, seconds);
    throttle->filled = now;
    int for_writes = wait_for(&throttle->writes, writes), for_units = wait_for(&throttle->units, units);
    *write_limit = for_writes > 0;
    if (!for_writes && !for_units) {
        throttle->units.level -= units;
        throttle->writes.level -= writes;
    }
    return for_writes > for_units ? for_writes : for_units;
}

bool throttle_admit(struct throttle *throttle, struct exchange *exchange) {
    bool write_limit = false;
    pthread_mutex_lock(&throttle->lock);
    int wait = throttle->realistic && exchange->route->units ? take(throttle, exchange->route->units, exchange->route->writes, &write_limit) : 0;
    pthread_mutex_unlock(&throttle->lock);
    if (!wait) return true;
    exchange_reply_header_format(exchange, "Retry-After", "%d", wait);
    exchange_reply_header_format(exchange, "x-ms-throttle-scope", "Tenant_Application/%s/%.*s/%s", write_limit ? "Write" : "ReadWrite",
                                 TEXT_ARGUMENT(exchange->principal.client), exchange->tenant->id);
    exchange_reply_header(exchange, "x-ms-throttle-information", write_limit ? TEXT("WriteLimitExceeded") : TEXT("ResourceUnitLimitExceeded"));
    return error_reply(exchange, 429, "TooManyRequests", "Please retry again later.");
}
