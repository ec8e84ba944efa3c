#include "graph_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "m365sh/json/json.h"
#include "m365sh/net/percent.h"
#include "m365sh/net/url.h"
#include "m365sh/value/string.h"

struct graph_client *graph_client_new(struct realm *realm, struct net *net, const struct graph_connector *connector) {
    struct graph_client *client = ALLOC_NEW(struct graph_client);
    client->realm = realm;
    client->net = net;
    client->connector = *connector;
    client->in_flight = GRAPH_BATCHES_IN_FLIGHT;
    client->lane = lane_new(net, GRAPH_BATCHES_IN_FLIGHT + 2); /* beside the batches a page can be on its way */
    client->decoder = decoder_new(realm);
    client->generation = 1;
    return client;
}

void graph_client_free(struct graph_client *client) {
    if (!client) return;
    decoder_free(client->decoder);
    lane_free(client->lane);
    alloc_free(client);
}

enum status graph_client_connect(struct graph_client *client) {
    /* The practice tenant is a child that may have ended; asking costs next to nothing. */
    if (client->account && !client->account->is_practice) return STATUS_OK;
    return client->connector.connect(client->connector.context, client->realm, &client->account);
}

void graph_client_disconnect(struct graph_client *client) {
    client->account = NULL;
    client->generation++;
}

struct account *graph_client_account(struct graph_client *client) { return client->account; }
uint8_t graph_client_generation(const struct graph_client *client) { return client->generation; }
bool graph_client_sign_in_failed(const struct graph_client *client) { return client->sign_in_failed; }
struct net *graph_client_net(struct graph_client *client) { return client->net; }
struct lane *graph_client_lane(struct graph_client *client) { return client->lane; }
struct decoder *graph_client_decoder(struct graph_client *client) { return client->decoder; }
struct realm *graph_client_realm(struct graph_client *client) { return client->realm; }
int graph_client_in_flight(const struct graph_client *client) { return client->in_flight; }

void graph_client_set_in_flight(struct graph_client *client, int batches) {
    client->in_flight = batches < 1 ? 1 : batches > 16 ? 16 : batches;
    lane_set_limit(client->lane, client->in_flight + 2);
}

void graph_add_segment(struct bytes *out, struct text segment) {
    percent_add(out, segment, PERCENT_SEGMENT);
}

void graph_add_url(struct graph_client *client, struct bytes *out, const char *version, struct text path) {
    bool absolute = text_find(path, TEXT("://"), 0) != TEXT_NOT_FOUND && (text_starts_fold(path, TEXT("http://")) || text_starts_fold(path, TEXT("https://")));
    if (!absolute) {
        bytes_add_string(out, client->account->graph);
        bytes_add_byte(out, '/');
        if (!version || *version) bytes_add_format(out, "%s/", version ? version : "v1.0");
        while (path.length && path.start[0] == '/') path = text_slice(path, 1, path.length);
    }
    for (size_t i = 0; i < path.length; i++) { /* what a person typed into Invoke-Graph may hold blanks */
        unsigned char byte = (unsigned char)path.start[i];
        if (byte <= ' ' || byte >= 0x7f || byte == '"') bytes_add_format(out, "%%%02X", byte);
        else bytes_add_byte(out, (char)byte);
    }
}

/* A token goes only to the account's own endpoint, and only where nobody listens. */
static enum status check_address(struct graph_client *client, struct text url) {
    struct account *account = client->account;
    if (!url_same_origin(url, text_of(account->graph)))
        return realm_raise(client->realm, "System.Security.SecurityException", "Graph.ForeignAddress", ERROR_SECURITY_ERROR,
                           "The address %.*s is not the tenant's service %s: no token is sent there.", TEXT_ARGUMENT(url), account->graph);
    if (account->socket_path || url_is_private(url)) return STATUS_OK;
    return realm_raise(client->realm, "System.Security.SecurityException", "Graph.NotPrivate", ERROR_SECURITY_ERROR,
                       "The address %s is neither https nor on this machine: no token is sent there.", account->graph);
}

static void note_sign_in(struct graph_client *client, enum status status) {
    struct value id = status == STATUS_ERROR ? error_record_get(client->realm->raised, ERROR_ID) : value_null();
    client->sign_in_failed = id.kind == VALUE_STRING && text_starts(string_text(id), TEXT("SignIn."));
}

static enum status authorize(struct graph_client *client, struct exchange *exchange, bool fresh) {
    struct text token;
    bool renewed;
    enum status status = sign_in_token(client->realm, client->net, client->account, fresh, &token, &renewed);
    note_sign_in(client, status);
    if (status != STATUS_OK) return status;
    if (renewed && client->connector.renewed) client->connector.renewed(client->connector.context, client->account);
    struct bytes line = {0};
    bytes_add_string(&line, "Bearer ");
    bytes_add_text(&line, token);
    headers_set(&exchange->headers, TEXT("Authorization"), bytes_text(&line));
    secret_wipe(line.data, line.length);
    bytes_free(&line);
    return STATUS_OK;
}

static void add_headers(struct graph_client *client, const struct graph_request *request, struct exchange *exchange) {
    struct guid id;
    struct bytes text = {0};
    random_guid(&client->realm->random, id.bytes);
    guid_add(&text, &id, 'D');
    headers_add(&exchange->headers, TEXT("client-request-id"), bytes_text(&text));
    bytes_free(&text);
    headers_add(&exchange->headers, TEXT("Accept"), TEXT("application/json"));
    if (request->advanced) headers_add(&exchange->headers, TEXT("ConsistencyLevel"), TEXT("eventual"));
    if (request->body.length)
        headers_add(&exchange->headers, TEXT("Content-Type"), text_of(request->content_type ? request->content_type : "application/json"));
    for (size_t i = 0; request->headers && i < request->headers->count; i++)
        headers_set(&exchange->headers, text_of(request->headers->items[i].name), text_of(request->headers->items[i].value));
}

static void announce(const struct graph_request *request, struct text url) {
    if (!request->watch || !request->watch->line) return;
    struct bytes line = {0};
    bytes_add_format(&line, "%s %.*s", request->method, TEXT_ARGUMENT(url));
    if (request->parts) bytes_add_format(&line, " (%d requests)", request->parts);
    request->watch->line(request->watch->context, bytes_text(&line));
    bytes_free(&line);
}

enum status graph_begin(struct graph_client *client, const struct graph_request *request, struct graph_pending **out) {
    enum status status = graph_client_connect(client);
    if (status != STATUS_OK) return status;
    struct bytes url = {0};
    graph_add_url(client, &url, request->version, request->path);
    status = check_address(client, bytes_text(&url));
    struct exchange *exchange = exchange_new(request->method, bytes_text(&url));
    if (status == STATUS_OK) status = authorize(client, exchange, false);
    if (status != STATUS_OK) {
        bytes_free(&url);
        exchange_free(exchange);
        return status;
    }
    add_headers(client, request, exchange);
    bytes_add_text(&exchange->body, request->body);
    exchange->write = request->write;
    exchange->parts = request->parts;
    exchange->lane = request->outside_lane ? NULL : client->lane;
    if (client->account->socket_path) exchange->socket_path = alloc_text(client->account->socket_path, strlen(client->account->socket_path));
    announce(request, bytes_text(&url));
    bytes_free(&url);
    struct fault fault = {0};
    if (transfer_submit(client->net, exchange, &fault) != STATUS_OK) {
        exchange_free(exchange);
        return realm_raise_fault(client->realm, &fault, "Graph.NoLibrary");
    }
    struct graph_pending *pending = ALLOC_NEW(struct graph_pending);
    pending->client = client;
    pending->exchange = exchange;
    *out = pending;
    return STATUS_OK;
}

enum status graph_await(struct graph_pending *pending, bool patient) {
    struct graph_client *client = pending->client;
    enum status status = transfer_wait(client->net, pending->exchange, patient);
    if (status != STATUS_OK) return status;
    bool renewable = client->account && (client->account->refresh_token || client->account->client_secret);
    if (pending->exchange->status != 401 || pending->renewed || !renewable) return STATUS_OK;
    pending->renewed = true;
    status = authorize(client, pending->exchange, true);
    if (status != STATUS_OK) return status;
    if (transfer_submit(client->net, pending->exchange, NULL) != STATUS_OK) return STATUS_OK;
    return transfer_wait(client->net, pending->exchange, patient);
}

struct exchange *graph_exchange(struct graph_pending *pending) { return pending->exchange; }

void graph_pending_free(struct graph_pending *pending) {
    if (!pending) return;
    transfer_cancel(pending->client->net, pending->exchange);
    exchange_free(pending->exchange);
    alloc_free(pending);
}

static struct text describe(const struct graph_request *request, struct bytes *out) {
    bytes_add_format(out, "%s %.*s", request->method, TEXT_ARGUMENT(request->path));
    return bytes_text(out);
}

enum status graph_fetch(struct graph_client *client, const struct graph_request *request, struct value *answer) {
    struct graph_pending *pending = NULL;
    *answer = value_null();
    enum status status = graph_begin(client, request, &pending);
    if (status != STATUS_OK) return status;
    status = graph_await(pending, false);
    struct exchange *exchange = pending->exchange;
    if (status == STATUS_OK && !exchange_succeeded(exchange)) {
        struct bytes what = {0};
        status = error_raise(client->realm, exchange, describe(request, &what));
        bytes_free(&what);
    } else if (status == STATUS_OK && exchange->answer.length) {
        const struct json_read_options options = {.keep_dates_text = true};
        status = json_read(client->realm, bytes_text(&exchange->answer), &options, answer);
    }
    graph_pending_free(pending);
    return status;
}

enum status graph_get(struct graph_client *client, enum graph_resource resource, const struct graph_request *request, struct value *object) {
    struct value answer;
    *object = value_null();
    enum status status = graph_fetch(client, request, &answer);
    if (status == STATUS_OK) *object = decode_object_take(client->decoder, resource, NULL, answer, client->generation);
    return status;
}
