/* When to try again, as a pure function of what came back and of the attempt. What the numbers rest on: Microsoft's
 * throttling guidance (Retry-After exactly; 503 likewise) and common practice for the rest. */
#ifndef M365SH_NET_RETRY_H
#define M365SH_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

#define RETRY_ATTEMPTS_MOST 8          /* further tries after the first */
#define RETRY_REFUSED_MOST 3           /* refused connections in a row until the service counts as gone */
#define RETRY_WINDOW_MS (300 * 1000)   /* no new try later than this after the first */

struct retry_question {
    int status;                /* HTTP status; 0 when no answer came */
    enum fault_kind fault;     /* FAULT_NONE when an answer came */
    bool sent;                 /* the request may have reached the service */
    bool write;                /* repeating it blindly could do something twice */
    int attempt;               /* how many tries there were, from 1 */
    int attempts_most;         /* further tries allowed; -1: RETRY_ATTEMPTS_MOST */
    int refused_in_row;        /* connections refused in a row at this service, this one included */
    int64_t retry_after_ms;    /* from the answer; -1: not given */
    int64_t elapsed_ms;        /* since the first try */
    int64_t window_ms;         /* 0: RETRY_WINDOW_MS */
    double jitter;             /* [0, 1) */
};
enum retry_verdict {
    RETRY_FINAL,               /* what came is the answer, or a failure that another try does not mend */
    RETRY_AGAIN,
    RETRY_GIVE_UP,             /* tries or time are used up, or the service is gone */
    RETRY_UNKNOWN,             /* a write that may have been done: look before sending it again */
};
struct retry_decision {
    enum retry_verdict verdict;
    int64_t delay_ms;
    bool pause_all;            /* the service asks everybody to wait, not only this request */
    bool fresh_connection;
};
struct retry_decision retry_decide(const struct retry_question *question);
/* Retry-After: seconds or an HTTP date; now in Unix seconds. -1: none or unreadable. */
int64_t retry_after_ms(struct text header, int64_t now_seconds);

#endif
