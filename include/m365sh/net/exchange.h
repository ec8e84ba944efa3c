/* One request and its answer. Plain data without values, so that it may cross to the network thread: between
 * transfer_submit and its end only that thread touches it. Owned by whoever made it; exchange_free when it is done. */
#ifndef M365SH_NET_EXCHANGE_H
#define M365SH_NET_EXCHANGE_H

#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"
#include "m365sh/net/headers.h"
#include "m365sh/net/retry.h"

struct lane;

struct exchange {
    /* the request */
    const char *method;          /* static text: "GET" … */
    struct bytes url;            /* absolute */
    struct headers headers;
    struct bytes body;           /* sent when the method has one */
    char *socket_path;           /* owned; a Unix socket instead of TCP; NULL none */
    struct lane *lane;           /* pace shared with others; NULL: none */
    bool write;                  /* see retry_question */
    bool hidden;                 /* sign-in: neither bodies nor queries are traced */
    int attempts_most;           /* further tries; -1 the usual number */
    int64_t window_ms;           /* 0 the usual time */
    int parts;                   /* requests inside a batch, for the log; 0 no batch */

    /* the answer */
    int status;                  /* 0: none came */
    struct headers answer_headers;
    struct bytes answer;
    struct fault fault;          /* why no answer came */
    enum retry_verdict verdict;  /* RETRY_FINAL for an answer; else why it was given up */
    bool sent;                   /* some attempt may have reached the service */
    int attempts;
    int64_t waited_ms;           /* spent waiting because the service asked for it */

    /* the network thread's */
    struct exchange *next;
    int64_t begun, due, attempt_begun;
    size_t offered;              /* bytes of the body that libcurl has taken */
    void *handle, *header_list;
    char error_text[256];
    volatile bool done, cancelled;
    bool queued;
};

struct exchange *exchange_new(const char *method, struct text url);
void exchange_free(struct exchange *exchange);
bool exchange_succeeded(const struct exchange *exchange); /* an answer came, 200 to 299 */

#endif
