#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#include "m365sh/net/transfer.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include "curl_table_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/random.h"
#include "net_private.h"

#define MILLISECOND 1000000LL
#define WAIT_SLICE_MS 40 /* how late a waiter may notice Ctrl-C */
#define SUCCESSES_PER_STEP 8

struct lane {
    struct net *net;
    int limit, window, under_way, successes, refused;
    int64_t not_before;        /* steady time */
    bool gone;
};

struct net {
    struct net_settings settings;
    struct curl_table table;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    pthread_t thread;
    bool loaded, running, stopping;
    void *multi;
    struct exchange *waiting;  /* submitted or to be tried again, in order of submission */
    struct exchange *active;   /* with libcurl */
    void *spare[16];           /* handles to be used again */
    int spare_count;
    struct random random;
};

struct net *net_new(const struct net_settings *settings) {
    struct net *net = ALLOC_NEW(struct net);
    pthread_condattr_t attributes;
    net->settings = *settings;
    if (settings->agent) net->settings.agent = alloc_text(settings->agent, strlen(settings->agent));
    if (settings->authorities_path) net->settings.authorities_path = alloc_text(settings->authorities_path, strlen(settings->authorities_path));
    pthread_mutex_init(&net->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&net->finished, &attributes);
    pthread_condattr_destroy(&attributes);
    random_seed_system(&net->random);
    return net;
}

void net_trust(struct net *net, const char *authorities_path) {
    pthread_mutex_lock(&net->lock);
    alloc_free((void *)net->settings.authorities_path);
    net->settings.authorities_path = authorities_path && *authorities_path ? alloc_text(authorities_path, strlen(authorities_path)) : NULL;
    pthread_mutex_unlock(&net->lock);
}

/* --- lanes -------------------------------------------------------------------------------------------------------- */

struct lane *lane_new(struct net *net, int limit) {
    struct lane *lane = ALLOC_NEW(struct lane);
    lane->net = net;
    lane->limit = lane->window = limit;
    return lane;
}

void lane_free(struct lane *lane) {
    alloc_free(lane);
}

void lane_set_limit(struct lane *lane, int limit) {
    pthread_mutex_lock(&lane->net->lock);
    lane->limit = lane->window = limit < 1 ? 1 : limit;
    pthread_mutex_unlock(&lane->net->lock);
}

static void pause_locked(struct lane *lane, int64_t milliseconds) {
    int64_t until = clock_steady() + milliseconds * MILLISECOND;
    if (until > lane->not_before) lane->not_before = until;
    lane->window = lane->window > 1 ? lane->window / 2 : 1;
    lane->successes = 0;
}

void lane_pause(struct lane *lane, int64_t milliseconds) {
    pthread_mutex_lock(&lane->net->lock);
    pause_locked(lane, milliseconds);
    pthread_mutex_unlock(&lane->net->lock);
}

int64_t lane_pause_left(struct lane *lane) {
    pthread_mutex_lock(&lane->net->lock);
    int64_t left = (lane->not_before - clock_steady()) / MILLISECOND;
    pthread_mutex_unlock(&lane->net->lock);
    return left > 0 ? left : 0;
}

bool lane_is_gone(struct lane *lane) {
    pthread_mutex_lock(&lane->net->lock);
    bool gone = lane->gone;
    pthread_mutex_unlock(&lane->net->lock);
    return gone;
}

static void note_success(struct lane *lane) {
    lane->refused = 0;
    lane->gone = false;
    if (lane->window < lane->limit && ++lane->successes >= SUCCESSES_PER_STEP) lane->window++, lane->successes = 0;
}

/* --- the network thread (lock held but where it says otherwise) ------------------------------------------------------ */

static void unlink_from(struct exchange **list, struct exchange *exchange) {
    while (*list && *list != exchange) list = &(*list)->next;
    if (*list) *list = exchange->next;
    exchange->next = NULL;
}

static void append_to(struct exchange **list, struct exchange *exchange) {
    while (*list) list = &(*list)->next;
    exchange->next = NULL;
    *list = exchange;
}

static void finish(struct net *net, struct exchange *exchange, enum retry_verdict verdict) {
    exchange->verdict = verdict;
    exchange->queued = false;
    exchange->done = true;
    pthread_cond_broadcast(&net->finished);
}

static void give_back_handle(struct net *net, struct exchange *exchange) {
    net->table.curl_multi_remove_handle(net->multi, exchange->handle);
    if (net->spare_count < (int)(sizeof net->spare / sizeof *net->spare)) net->spare[net->spare_count++] = exchange->handle;
    else net->table.curl_easy_cleanup(exchange->handle);
    exchange->handle = NULL;
    if (exchange->lane) exchange->lane->under_way--;
}

static void interrupt_exchange(struct net *net, struct exchange *exchange) {
    fault_clear(&exchange->fault);
    fault_set(&exchange->fault, FAULT_INTERRUPTED, 0, "The request was interrupted.");
    exchange->status = 0;
    finish(net, exchange, exchange->write && exchange->sent ? RETRY_UNKNOWN : RETRY_GIVE_UP);
}

static bool may_start(const struct exchange *exchange, int64_t now) {
    const struct lane *lane = exchange->lane;
    if (exchange->due > now) return false;
    return !lane || (lane->not_before <= now && lane->under_way < lane->window);
}

static void start_exchange(struct net *net, struct exchange *exchange, int64_t now) {
    void *handle = net->spare_count ? net->spare[--net->spare_count] : net->table.curl_easy_init();
    net->table.curl_easy_reset(handle);
    settings_apply(&net->table, &net->settings, handle);
    exchange->handle = handle;
    exchange->attempts++;
    exchange->attempt_begun = now;
    if (!exchange->begun) exchange->begun = now;
    exchange_prepare(&net->table, exchange, handle);
    if (exchange->lane) exchange->lane->under_way++;
    append_to(&net->active, exchange);
    net->table.curl_multi_add_handle(net->multi, handle);
}

/* Starts what may start and ends what was cancelled. Returns the time of the next thing due, or 0. */
static int64_t serve_waiting(struct net *net) {
    int64_t now = clock_steady(), next_due = 0;
    for (struct exchange *exchange = net->waiting, *next; exchange; exchange = next) {
        next = exchange->next;
        if (exchange->cancelled || net->stopping) {
            unlink_from(&net->waiting, exchange);
            interrupt_exchange(net, exchange);
        } else if (exchange->lane && exchange->lane->gone && exchange->attempts) {
            unlink_from(&net->waiting, exchange); /* it had its try; the service is gone since */
            finish(net, exchange, exchange->write && exchange->sent ? RETRY_UNKNOWN : RETRY_GIVE_UP);
        } else if (may_start(exchange, now)) {
            unlink_from(&net->waiting, exchange);
            start_exchange(net, exchange, now);
        } else {
            int64_t due = exchange->due;
            if (exchange->lane && exchange->lane->not_before > due) due = exchange->lane->not_before;
            if (due > now && (!next_due || due < next_due)) next_due = due;
        }
    }
    for (struct exchange *exchange = net->active, *next; exchange; exchange = next) {
        next = exchange->next;
        if (!exchange->cancelled && !net->stopping) continue;
        unlink_from(&net->active, exchange);
        net->table.curl_slist_free_all(exchange->header_list);
        exchange->header_list = NULL;
        give_back_handle(net, exchange);
        interrupt_exchange(net, exchange);
    }
    return next_due;
}

static struct retry_question question_of(struct net *net, const struct exchange *exchange, int64_t now) {
    const struct lane *lane = exchange->lane;
    return (struct retry_question){
        .status = exchange->status, .fault = exchange->status ? FAULT_NONE : exchange->fault.kind, .sent = exchange->sent,
        .write = exchange->write, .attempt = exchange->attempts, .attempts_most = exchange->attempts_most,
        .refused_in_row = lane ? lane->refused : exchange->attempts,
        .retry_after_ms = retry_after_ms(headers_get(&exchange->answer_headers, TEXT("Retry-After")), (int64_t)time(NULL)),
        .elapsed_ms = (now - exchange->begun) / MILLISECOND, .window_ms = exchange->window_ms,
        .jitter = random_fraction(&net->random),
    };
}

static void end_attempt(struct net *net, struct exchange *exchange, int code) {
    int64_t now = clock_steady();
    struct lane *lane = exchange->lane;
    exchange_conclude(&net->table, exchange, code);
    unlink_from(&net->active, exchange);
    give_back_handle(net, exchange);
    if (lane && exchange->status) note_success(lane);
    if (lane && !exchange->status && exchange->fault.kind == FAULT_CONNECT) lane->gone = ++lane->refused >= RETRY_REFUSED_MOST;
    struct retry_question question = question_of(net, exchange, now);
    struct retry_decision decision = retry_decide(&question);
    bool again = decision.verdict == RETRY_AGAIN && !exchange->cancelled && !net->stopping;
    trace_attempt(&net->settings, exchange, (now - exchange->attempt_begun) / MILLISECOND, again ? decision.delay_ms : -1);
    if (!again) {
        finish(net, exchange, decision.verdict == RETRY_AGAIN ? RETRY_GIVE_UP : decision.verdict);
        return;
    }
    if (decision.pause_all && lane) pause_locked(lane, decision.delay_ms);
    if (exchange->status) exchange->sent = false; /* refused with an answer: it was not done */
    exchange->waited_ms += decision.delay_ms;
    exchange->due = now + decision.delay_ms * MILLISECOND;
    exchange->next = net->waiting; /* before those that were never tried */
    net->waiting = exchange;
}

/* True when something ended, so that a place in a lane may be free. */
static bool read_messages(struct net *net) {
    int left;
    bool ended = false;
    CURLMsg *message;
    while ((message = net->table.curl_multi_info_read(net->multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        char *place = NULL;
        int code = (int)message->data.result;
        net->table.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &place);
        end_attempt(net, (struct exchange *)place, code);
        ended = true;
    }
    return ended;
}

static int poll_milliseconds(int64_t next_due) {
    if (!next_due) return 1000;
    int64_t left = (next_due - clock_steady()) / MILLISECOND + 1;
    return left < 0 ? 0 : left > 1000 ? 1000 : (int)left;
}

static void *serve(void *context) {
    struct net *net = context;
    pthread_mutex_lock(&net->lock);
    for (;;) {
        int64_t next_due = serve_waiting(net);
        if (net->stopping) break;
        /* libcurl calls back into exchanges that only this thread may touch: the lock can be let go. */
        pthread_mutex_unlock(&net->lock);
        int running = 0;
        net->table.curl_multi_perform(net->multi, &running);
        pthread_mutex_lock(&net->lock);
        if (read_messages(net) && net->waiting) continue;
        pthread_mutex_unlock(&net->lock);
        net->table.curl_multi_poll(net->multi, NULL, 0, poll_milliseconds(next_due), NULL);
        pthread_mutex_lock(&net->lock);
    }
    pthread_mutex_unlock(&net->lock);
    return NULL;
}

/* --- callers -------------------------------------------------------------------------------------------------------- */

static enum status start_thread(struct net *net, struct fault *fault) {
    if (!net->loaded) {
        if (settings_load_curl(&net->table, fault) != STATUS_OK) return STATUS_ERROR;
        net->multi = net->table.curl_multi_init();
        int most = net->settings.connections_most ? net->settings.connections_most : 8;
        net->table.curl_multi_setopt(net->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)most);
        net->table.curl_multi_setopt(net->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
        net->loaded = true;
    }
    sigset_t all, before; /* signals are the interpreter's */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int code = pthread_create(&net->thread, NULL, serve, net);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (code) return fault_set(fault, fault_kind_of_errno(code), code, "cannot start the network thread: %s", strerror(code));
    net->running = true;
    return STATUS_OK;
}

enum status transfer_submit(struct net *net, struct exchange *exchange, struct fault *fault) {
    if (!net->running && start_thread(net, fault) != STATUS_OK) return STATUS_ERROR;
    pthread_mutex_lock(&net->lock);
    exchange->done = exchange->cancelled = false;
    exchange->attempts = 0;
    exchange->begun = exchange->due = 0;
    exchange->sent = false;
    exchange->queued = true;
    append_to(&net->waiting, exchange);
    pthread_mutex_unlock(&net->lock);
    net->table.curl_multi_wakeup(net->multi);
    return STATUS_OK;
}

bool transfer_is_done(struct net *net, const struct exchange *exchange) {
    pthread_mutex_lock(&net->lock);
    bool done = exchange->done;
    pthread_mutex_unlock(&net->lock);
    return done;
}

static void wait_slice(struct net *net) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += WAIT_SLICE_MS * MILLISECOND;
    if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
    pthread_cond_timedwait(&net->finished, &net->lock, &until);
}

static enum status wait_for(struct net *net, struct exchange *const *exchanges, size_t count, size_t *which, int interrupts_most) {
    enum status status = STATUS_OK;
    pthread_mutex_lock(&net->lock);
    for (;;) {
        for (*which = 0; *which < count && !exchanges[*which]->done;) ++*which;
        if (*which < count || count == 0) break;
        if (process_signals.interrupted >= interrupts_most || process_signals.terminate) {
            status = STATUS_INTERRUPTED;
            break;
        }
        wait_slice(net);
    }
    pthread_mutex_unlock(&net->lock);
    return status;
}

enum status transfer_wait(struct net *net, struct exchange *exchange, bool patient) {
    size_t which;
    return wait_for(net, &exchange, 1, &which, patient ? process_signals.interrupted + (process_signals.interrupted ? 1 : 2) : 1);
}

enum status transfer_wait_any(struct net *net, struct exchange *const *exchanges, size_t count, size_t *which) {
    return wait_for(net, exchanges, count, which, 1);
}

bool transfer_withdraw(struct net *net, struct exchange *exchange) {
    pthread_mutex_lock(&net->lock);
    bool mine = exchange->queued && !exchange->done && !exchange->handle && !(exchange->write && exchange->sent);
    if (mine) {
        unlink_from(&net->waiting, exchange);
        interrupt_exchange(net, exchange);
    }
    pthread_mutex_unlock(&net->lock);
    return mine;
}

void transfer_cancel(struct net *net, struct exchange *exchange) {
    if (!net->running) return;
    pthread_mutex_lock(&net->lock);
    bool wait = exchange->queued && !exchange->done;
    exchange->cancelled = wait;
    pthread_mutex_unlock(&net->lock);
    if (!wait) return;
    net->table.curl_multi_wakeup(net->multi);
    pthread_mutex_lock(&net->lock);
    while (!exchange->done) wait_slice(net);
    pthread_mutex_unlock(&net->lock);
}

void net_free(struct net *net) {
    if (!net) return;
    if (net->running) {
        pthread_mutex_lock(&net->lock);
        net->stopping = true;
        pthread_mutex_unlock(&net->lock);
        net->table.curl_multi_wakeup(net->multi);
        pthread_join(net->thread, NULL);
    }
    for (int i = 0; i < net->spare_count; i++) net->table.curl_easy_cleanup(net->spare[i]);
    if (net->multi) net->table.curl_multi_cleanup(net->multi);
    pthread_cond_destroy(&net->finished);
    pthread_mutex_destroy(&net->lock);
    alloc_free((void *)net->settings.agent);
    alloc_free((void *)net->settings.authorities_path);
    alloc_free(net);
}
