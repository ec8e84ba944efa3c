#include "m365sh/net/retry.h"

#include <time.h>

#define LONGEST_WAIT_MS (180 * 1000)

/* base, twice base, four times … up to most, the last half of each left to chance so that clients do not march in step. */
static int64_t backoff(int64_t base, int64_t most, int attempt, double jitter) {
    int64_t delay = base;
    for (int i = 1; i < attempt && delay < most; i++) delay *= 2;
    if (delay > most) delay = most;
    return delay / 2 + (int64_t)((double)(delay / 2) * jitter);
}

static struct retry_decision again(const struct retry_question *question, int64_t delay, bool pause_all, bool fresh) {
    int most = question->attempts_most < 0 ? RETRY_ATTEMPTS_MOST : question->attempts_most;
    int64_t window = question->window_ms > 0 ? question->window_ms : RETRY_WINDOW_MS;
    if (question->attempt > most || question->elapsed_ms + delay > window) return (struct retry_decision){.verdict = RETRY_GIVE_UP};
    return (struct retry_decision){RETRY_AGAIN, delay, pause_all, fresh};
}

static struct retry_decision after_throttle(const struct retry_question *question, bool pause_all) {
    int64_t asked = question->retry_after_ms;
    int64_t delay = asked >= 0 ? asked + (int64_t)(question->jitter * 100) : backoff(2000, 60000, question->attempt, question->jitter);
    if (delay > LONGEST_WAIT_MS) return (struct retry_decision){.verdict = RETRY_GIVE_UP};
    return again(question, delay, pause_all, !pause_all);
}

static struct retry_decision after_fault(const struct retry_question *question) {
    if (question->fault == FAULT_CONNECT && !question->sent) {
        if (question->refused_in_row >= RETRY_REFUSED_MOST) return (struct retry_decision){.verdict = RETRY_GIVE_UP};
        return again(question, backoff(400, 4000, question->attempt, question->jitter), false, true);
    }
    if (question->fault != FAULT_CONNECT && question->fault != FAULT_TIMEOUT && question->fault != FAULT_IO)
        return (struct retry_decision){.verdict = RETRY_FINAL};
    if (question->write && question->sent) return (struct retry_decision){.verdict = RETRY_UNKNOWN};
    return again(question, backoff(500, 30000, question->attempt, question->jitter), false, true);
}

struct retry_decision retry_decide(const struct retry_question *question) {
    if (question->fault != FAULT_NONE) return after_fault(question);
    switch (question->status) {
    case 429: return after_throttle(question, true);
    case 503: return after_throttle(question, false);
    case 500: case 502: case 504: case 509:
        if (question->write) return (struct retry_decision){.verdict = RETRY_UNKNOWN};
        return again(question, backoff(500, 30000, question->attempt, question->jitter), false, question->status != 500);
    default: return (struct retry_decision){.verdict = RETRY_FINAL};
    }
}

int64_t retry_after_ms(struct text header, int64_t now_seconds) {
    header = text_trim(header);
    if (header.length == 0) return -1;
    int64_t seconds = 0;
    size_t digits = 0;
    while (digits < header.length && header.start[digits] >= '0' && header.start[digits] <= '9' && digits < 9)
        seconds = seconds * 10 + (header.start[digits++] - '0');
    if (digits == header.length) return seconds * 1000;
    char date[64];
    if (header.length >= sizeof date) return -1;
    memcpy(date, header.start, header.length);
    date[header.length] = '\0';
    struct tm parts = {0};
    if (!strptime(date, "%a, %d %b %Y %H:%M:%S GMT", &parts)) return -1;
    int64_t wait = (int64_t)timegm(&parts) - now_seconds;
    return wait > 0 ? wait * 1000 : 0;
}
