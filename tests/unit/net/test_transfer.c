/* Against a real server: a thread that answers each connection's request with the next prepared answer. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#include "m365sh/base/clock.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/net/transfer.h"

struct server {
    int listener, port;
    pthread_t thread;
    const char *const *answers;  /* "" cuts the connection after the request was read; NULL ends */
    char requests[16][2048];
    int count;
};

static void answer_one(struct server *server, int connection, const char *answer) {
    char *place = server->requests[server->count];
    size_t got = 0;
    ssize_t more;
    while (got < sizeof server->requests[0] - 1 && (more = read(connection, place + got, sizeof server->requests[0] - 1 - got)) > 0) {
        got += (size_t)more;
        place[got] = '\0';
        char *blank = strstr(place, "\r\n\r\n"), *length = strstr(place, "Content-Length: ");
        if (blank && (!length || got >= (size_t)(blank + 4 - place) + (size_t)strtol(length + 16, NULL, 10))) break;
    }
    server->count++;
    ssize_t ignored = write(connection, answer, strlen(answer));
    (void)ignored;
    close(connection);
}

static void *serve(void *context) {
    struct server *server = context;
    for (int i = 0; server->answers[i]; i++) {
        int connection = accept(server->listener, NULL, NULL);
        if (connection < 0) break;
        answer_one(server, connection, server->answers[i]);
    }
    close(server->listener);
    return NULL;
}

static void server_start(struct server *server, const char *const *answers) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    memset(server, 0, sizeof *server);
    server->answers = answers;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->listener, 16), 0);
    getsockname(server->listener, (struct sockaddr *)&address, &length);
    server->port = ntohs(address.sin_port);
    pthread_create(&server->thread, NULL, serve, server);
}

static struct exchange *request_to(int port, const char *method) {
    struct bytes url = {0};
    bytes_add_format(&url, "http://127.0.0.1:%d/v1.0/users?$top=1", port);
    struct exchange *exchange = exchange_new(method, bytes_text(&url));
    bytes_free(&url);
    return exchange;
}

static struct net *new_net(void) {
    struct net_settings settings = {.trace_descriptor = -1};
    return net_new(&settings);
}

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nrequest-id: r1\r\nConnection: close\r\n\r\n{}"
#define BUSY "HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define BROKEN "HTTP/1.1 504 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static void run_one(const char *const *answers, const char *method, bool write, struct server *server, struct exchange **out) {
    server_start(server, answers);
    struct net *net = new_net();
    struct lane *lane = lane_new(net, 4);
    struct exchange *exchange = request_to(server->port, method);
    exchange->lane = lane;
    exchange->write = write;
    headers_add(&exchange->headers, TEXT("Authorization"), TEXT("Bearer t"));
    if (write) bytes_add_string(&exchange->body, "{\"a\":1}");
    assert_int_equal(transfer_submit(net, exchange, NULL), STATUS_OK);
    assert_int_equal(transfer_wait(net, exchange, false), STATUS_OK);
    pthread_join(server->thread, NULL);
    lane_free(lane);
    net_free(net);
    *out = exchange;
}

static void an_answer_arrives(void **state) {
    (void)state;
    static const char *const answers[] = {OK, NULL};
    struct server server;
    struct exchange *exchange;
    run_one(answers, "GET", false, &server, &exchange);
    assert_int_equal(exchange->status, 200);
    assert_int_equal(exchange->verdict, RETRY_FINAL);
    assert_text(bytes_text(&exchange->answer), "{}");
    assert_text(headers_get(&exchange->answer_headers, TEXT("Request-Id")), "r1");
    assert_non_null(strstr(server.requests[0], "GET /v1.0/users?$top=1 HTTP/1.1\r\n"));
    assert_non_null(strstr(server.requests[0], "Authorization: Bearer t\r\n"));
    exchange_free(exchange);
}

static void throttled_and_broken_reads_are_repeated(void **state) {
    (void)state;
    static const char *const answers[] = {BUSY, "", BROKEN, OK, NULL};
    struct server server;
    struct exchange *exchange;
    run_one(answers, "GET", false, &server, &exchange);
    assert_int_equal(exchange->status, 200);
    assert_int_equal(exchange->attempts, 4);
    exchange_free(exchange);
}

static void a_write_cut_off_is_unknown_and_not_repeated(void **state) {
    (void)state;
    static const char *const cut[] = {"", NULL}, *const broken[] = {BROKEN, NULL}, *const busy[] = {BUSY, OK, NULL};
    struct server server;
    struct exchange *exchange;
    run_one(cut, "POST", true, &server, &exchange);
    assert_int_equal(exchange->verdict, RETRY_UNKNOWN);
    assert_int_equal(exchange->attempts, 1);
    assert_true(exchange->sent);
    assert_non_null(strstr(server.requests[0], "\r\n\r\n{\"a\":1}"));
    exchange_free(exchange);
    run_one(broken, "POST", true, &server, &exchange);
    assert_int_equal(exchange->verdict, RETRY_UNKNOWN);
    assert_int_equal(exchange->status, 504);
    exchange_free(exchange);
    run_one(busy, "POST", true, &server, &exchange);
    assert_int_equal(exchange->verdict, RETRY_FINAL);
    assert_int_equal(exchange->status, 200);
    exchange_free(exchange);
}

static void a_dead_service_fails_soon(void **state) {
    (void)state;
    static const char *const nothing[] = {NULL};
    struct server server;
    server_start(&server, nothing);
    pthread_join(server.thread, NULL);
    struct net *net = new_net();
    struct lane *lane = lane_new(net, 2);
    struct exchange *exchanges[6];
    int64_t begun = clock_steady();
    for (int i = 0; i < 6; i++) {
        exchanges[i] = request_to(server.port, "POST");
        exchanges[i]->lane = lane;
        exchanges[i]->write = true;
        transfer_submit(net, exchanges[i], NULL);
    }
    for (int i = 0; i < 6; i++) {
        assert_int_equal(transfer_wait(net, exchanges[i], false), STATUS_OK);
        assert_int_equal(exchanges[i]->verdict, RETRY_GIVE_UP);
        assert_int_equal(exchanges[i]->fault.kind, FAULT_CONNECT);
        assert_false(exchanges[i]->sent);
        exchange_free(exchanges[i]);
    }
    assert_true(lane_is_gone(lane));
    assert_true(clock_steady() - begun < 5000000000LL);
    lane_free(lane);
    net_free(net);
}

static void waiting_ends_with_an_interrupt(void **state) {
    (void)state;
    static const char *const nothing[] = {OK, NULL};
    struct server server;
    server_start(&server, nothing);
    struct net *net = new_net();
    struct exchange *exchange = request_to(server.port, "GET"), *last = request_to(server.port, "GET");
    exchange->due = 0;
    struct lane *lane = lane_new(net, 1);
    lane_pause(lane, 60000);
    exchange->lane = lane;
    transfer_submit(net, exchange, NULL);
    interrupt_raise();
    int64_t begun = clock_steady();
    assert_int_equal(transfer_wait(net, exchange, false), STATUS_INTERRUPTED);
    assert_true(clock_steady() - begun < 100000000LL);
    interrupt_clear();
    transfer_cancel(net, exchange);
    assert_int_equal(exchange->fault.kind, FAULT_INTERRUPTED);
    transfer_submit(net, last, NULL);
    assert_int_equal(transfer_wait(net, last, true), STATUS_OK);
    assert_int_equal(last->status, 200);
    pthread_join(server.thread, NULL);
    exchange_free(exchange);
    exchange_free(last);
    net_free(net);
    lane_free(lane);
}

TEST_GROUP(transfer, cmocka_unit_test(an_answer_arrives), cmocka_unit_test(throttled_and_broken_reads_are_repeated),
           cmocka_unit_test(a_write_cut_off_is_unknown_and_not_repeated), cmocka_unit_test(a_dead_service_fails_soon),
           cmocka_unit_test(waiting_ends_with_an_interrupt))
