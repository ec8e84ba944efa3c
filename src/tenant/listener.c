#include "listener_private.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "certificate_private.h"
#include "exchange_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/file.h"
#include "m365sh/base/library.h"
#include "m365sh/limits.h"
#include "request_log_private.h"
#include "router_private.h"

#define MICROHTTPD(X) \
    X(MHD_start_daemon) X(MHD_stop_daemon) X(MHD_create_response_from_buffer) X(MHD_add_response_header) \
    X(MHD_queue_response) X(MHD_destroy_response) X(MHD_get_connection_values) X(MHD_is_feature_supported)

struct microhttpd {
#define SLOT(function) __typeof__(function) *function;
    MICROHTTPD(SLOT)
#undef SLOT
};

struct listener {
    struct microhttpd http;
    struct tenant *tenant;
    struct MHD_Daemon *daemon;
    char *socket_path;
    int port;
    struct bytes certificate, key;
};

/* What is known of a request before it is complete. */
struct incoming {
    struct bytes target, body;
    bool begun, too_large;
};

enum { CONNECTIONS = 1000, IDLE_SECONDS = 300, CONNECTION_MEMORY = 128 << 10, STACK_BYTES = 1 << 20 };

static void *begin_request(void *context, const char *uri, struct MHD_Connection *connection) {
    (void)context, (void)connection;
    struct incoming *incoming = ALLOC_NEW(struct incoming);
    bytes_add_string(&incoming->target, uri);
    return incoming;
}

static void end_request(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
    (void)context, (void)connection, (void)code;
    struct incoming *incoming = *state;
    if (!incoming) return;
    bytes_free(&incoming->target);
    bytes_free(&incoming->body);
    alloc_free(incoming);
    *state = NULL;
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    exchange_add_header(context, text_of(name), text_of(value));
    return MHD_YES;
}

static void add_header(struct listener *listener, struct MHD_Response *response, struct text name, struct text value) {
    char *value_text = alloc_text(value.start, value.length);
    listener->http.MHD_add_response_header(response, name.start, value_text);
    alloc_free(value_text);
}

static enum MHD_Result send_reply(struct listener *listener, struct MHD_Connection *connection, struct exchange *exchange) {
    struct microhttpd *http = &listener->http;
    struct MHD_Response *response = http->MHD_create_response_from_buffer(
        exchange->reply.length, exchange->reply.data ? exchange->reply.data : (char *)"", MHD_RESPMEM_MUST_COPY);
    if (exchange->reply.length) add_header(listener, response, TEXT("Content-Type"), text_of(exchange->content_type));
    add_header(listener, response, TEXT("request-id"), text_of(exchange->request_id));
    struct text client = exchange->client_request_id.length ? exchange->client_request_id : text_of(exchange->request_id);
    add_header(listener, response, TEXT("client-request-id"), client);
    for (int i = 0; i < exchange->reply_header_count; i++)
        add_header(listener, response, exchange->reply_headers[i].name, exchange->reply_headers[i].value);
    if (exchange->version.length) {
        add_header(listener, response, TEXT("Cache-Control"), TEXT("no-cache"));
        add_header(listener, response, TEXT("OData-Version"), TEXT("4.0"));
        add_header(listener, response, TEXT("x-ms-ags-diagnostic"),
                   TEXT("{\"ServerInfo\":{\"DataCenter\":\"Practice\",\"Slice\":\"E\",\"Ring\":\"0\",\"ScaleUnit\":\"000\",\"RoleInstance\":\"m365sh\"}}"));
    }
    enum MHD_Result result = http->MHD_queue_response(connection, (unsigned)exchange->status, response);
    http->MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(struct listener *listener, struct MHD_Connection *connection, const char *method, struct incoming *incoming) {
    struct exchange exchange;
    int64_t began = clock_steady();
    exchange_begin(&exchange, listener->tenant, text_of(method), bytes_text(&incoming->target));
    listener->http.MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, &exchange);
    exchange.body = bytes_text(&incoming->body);
    if (incoming->too_large) error_reply(&exchange, 413, "RequestEntityTooLarge", "The request body is larger than 4 MiB.");
    else router_answer(&exchange, NULL);
    int latency = atomic_load(&listener->tenant->latency_ms);
    if (latency > 0) clock_sleep((int64_t)latency * 1000000 - (clock_steady() - began));
    request_log_write(&exchange, (clock_steady() - began) / 1000000);
    enum MHD_Result result = exchange.cut ? MHD_NO : send_reply(listener, connection, &exchange);
    exchange_end(&exchange);
    return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state) {
    (void)url, (void)version;
    struct incoming *incoming = *state;
    if (!incoming->begun) {
        incoming->begun = true;
        return MHD_YES;
    }
    if (*size) {
        if (incoming->body.length + *size > LIMIT_BODY_BYTES) incoming->too_large = true;
        else bytes_add(&incoming->body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    return answer(context, connection, method, incoming);
}

static enum status load(struct listener *listener, struct fault *fault) {
    static const char *const names[] = {"libmicrohttpd.so.12", "libmicrohttpd.so", NULL};
    struct microhttpd *http = &listener->http;
    const struct library_symbol symbols[] = {
#define SYMBOL(function) {#function, (void **)&http->function},
        MICROHTTPD(SYMBOL)
#undef SYMBOL
    };
    return library_load(names, "libmicrohttpd12", symbols, sizeof symbols / sizeof *symbols, fault);
}

static int open_tcp(struct listener *listener, int port, struct fault *fault) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (descriptor >= 0) setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 || listen(descriptor, 256) < 0 ||
        getsockname(descriptor, (struct sockaddr *)&address, &length) < 0) {
        fault_set(fault, fault_kind_of_errno(errno), errno, "cannot listen on port %d of this machine", port);
        if (descriptor >= 0) close(descriptor);
        return -1;
    }
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* the accepted connections inherit it */
    listener->port = ntohs(address.sin_port);
    return descriptor;
}

/* A socket file that nobody answers any more is taken over; one that somebody answers is not. */
static bool take_over(const struct sockaddr_un *address, struct fault *fault) {
    struct stat there;
    if (lstat(address->sun_path, &there) < 0) return true;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool alive = !S_ISSOCK(there.st_mode) || (probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0);
    if (probe >= 0) close(probe);
    if (!alive) return unlink(address->sun_path) == 0;
    fault_set(fault, FAULT_BUSY, EADDRINUSE, "%s is in use", address->sun_path);
    return false;
}

static int open_socket(struct listener *listener, const char *path, struct fault *fault) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length >= sizeof address.sun_path) {
        fault_set(fault, FAULT_LIMIT, 0, "the path of the socket has %zu bytes, %zu are possible", length, sizeof address.sun_path - 1);
        return -1;
    }
    memcpy(address.sun_path, path, length + 1);
    if (!take_over(&address, fault)) return -1;
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t before = umask(0177);
    bool fine = descriptor >= 0 && bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    umask(before);
    if (!fine || listen(descriptor, 256) < 0) {
        fault_set(fault, fault_kind_of_errno(errno), errno, "cannot listen on the socket %s", path);
        if (descriptor >= 0) close(descriptor);
        return -1;
    }
    listener->socket_path = alloc_text(path, length);
    return descriptor;
}

static enum status read_certificate(struct listener *listener, const struct tenant_options *options, struct fault *fault) {
    if (!options->certificate_path) return STATUS_OK;
    if (listener->http.MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return fault_set(fault, FAULT_TLS, 0, "this libmicrohttpd has no TLS");
    enum status status = file_read(options->certificate_path, 1 << 20, &listener->certificate, fault);
    return status == STATUS_OK ? file_read(options->key_path, 1 << 20, &listener->key, fault) : status;
}

static struct MHD_Daemon *start_daemon(struct listener *listener, int descriptor) {
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
    struct MHD_OptionItem items[3] = {{MHD_OPTION_END, 0, NULL}};
    if (listener->certificate.length) {
        flags |= MHD_USE_TLS;
        items[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, listener->certificate.data};
        items[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, listener->key.data};
        items[2] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    return listener->http.MHD_start_daemon(
        flags, 0, NULL, NULL, handle, listener, MHD_OPTION_LISTEN_SOCKET, descriptor, MHD_OPTION_URI_LOG_CALLBACK, begin_request,
        listener, MHD_OPTION_NOTIFY_COMPLETED, end_request, listener, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

struct listener *listener_start(struct tenant *tenant, const struct tenant_options *options, struct fault *fault) {
    struct listener *listener = ALLOC_NEW(struct listener);
    listener->tenant = tenant;
    int descriptor = -1;
    if (load(listener, fault) == STATUS_OK && read_certificate(listener, options, fault) == STATUS_OK)
        descriptor = options->socket_path ? open_socket(listener, options->socket_path, fault) : open_tcp(listener, options->port, fault);
    if (descriptor >= 0) {
        tenant->tls = listener->certificate.length > 0;
        tenant->host = certificate_host(bytes_text(&listener->certificate));
        listener->daemon = start_daemon(listener, descriptor);
        if (listener->daemon) return listener;
        close(descriptor);
        fault_set(fault, tenant->tls ? FAULT_TLS : FAULT_IO, errno, "the HTTP service does not start%s",
                  tenant->tls ? ": certificate and key must be PEM and fit each other" : "");
    }
    listener_stop(listener);
    return NULL;
}

int listener_port(const struct listener *listener) { return listener->port; }

void listener_stop(struct listener *listener) {
    if (!listener) return;
    if (listener->daemon) listener->http.MHD_stop_daemon(listener->daemon);
    if (listener->socket_path) unlink(listener->socket_path);
    alloc_free(listener->socket_path);
    bytes_free(&listener->certificate);
    if (listener->key.data) memset(listener->key.data, 0, listener->key.length);
    bytes_free(&listener->key);
    alloc_free(listener);
}
