#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#include "curl_table_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/secret.h"
#include "m365sh/limits.h"
#include "m365sh/net/url.h"

struct exchange *exchange_new(const char *method, struct text url) {
    struct exchange *exchange = ALLOC_NEW(struct exchange);
    exchange->method = method;
    exchange->attempts_most = -1;
    bytes_add_text(&exchange->url, url);
    return exchange;
}

void exchange_free(struct exchange *exchange) {
    if (!exchange) return;
    bytes_free(&exchange->url);
    headers_free(&exchange->headers);
    if (exchange->body.data && exchange->hidden) secret_wipe(exchange->body.data, exchange->body.length);
    bytes_free(&exchange->body);
    alloc_free(exchange->socket_path);
    headers_free(&exchange->answer_headers);
    if (exchange->answer.data && exchange->hidden) secret_wipe(exchange->answer.data, exchange->answer.length);
    bytes_free(&exchange->answer);
    fault_clear(&exchange->fault);
    alloc_free(exchange);
}

bool exchange_succeeded(const struct exchange *exchange) {
    return exchange->status >= 200 && exchange->status < 300;
}

static size_t take_body(char *data, size_t size, size_t count, void *context) {
    struct exchange *exchange = context;
    if (exchange->answer.length + size * count > LIMIT_RESPONSE_BYTES) return 0; /* ends the transfer with CURLE_WRITE_ERROR */
    bytes_add(&exchange->answer, data, size * count);
    return size * count;
}

static size_t take_header(char *data, size_t size, size_t count, void *context) {
    struct exchange *exchange = context;
    struct text line = text_make(data, size * count);
    if (text_starts(line, TEXT("HTTP/"))) { /* a new answer: interim ones (100, 103) and a proxy's come before */
        headers_clear(&exchange->answer_headers);
        return size * count;
    }
    size_t colon = text_find_byte(line, ':', 0);
    if (colon != TEXT_NOT_FOUND)
        headers_add(&exchange->answer_headers, text_slice(line, 0, colon), text_slice(line, colon + 1, line.length));
    return size * count;
}

static struct curl_slist *header_lines(const struct curl_table *table, const struct exchange *exchange) {
    struct curl_slist *list = NULL;
    struct bytes line = {0};
    for (size_t i = 0; i < exchange->headers.count; i++) {
        bytes_add_format(&line, "%s: %s", exchange->headers.items[i].name, exchange->headers.items[i].value);
        list = table->curl_slist_append(list, line.data);
        secret_wipe(line.data, line.length);
        bytes_clear(&line);
    }
    bytes_free(&line);
    return table->curl_slist_append(list, "Expect:"); /* no 100-continue: it costs a round trip */
}

static size_t give_body(char *room, size_t size, size_t count, void *context) {
    struct exchange *exchange = context;
    size_t left = exchange->body.length - exchange->offered, part = left < size * count ? left : size * count;
    if (part) memcpy(room, exchange->body.data + exchange->offered, part);
    exchange->offered += part;
    exchange->sent |= part > 0;
    return part;
}

static int refuse_rewind(void *context, curl_off_t offset, int origin) {
    (void)offset, (void)origin;
    ((struct exchange *)context)->sent = true;
    return CURL_SEEKFUNC_FAIL;
}

static void prepare_body(const struct curl_table *table, struct exchange *exchange, void *handle) {
    bool is_get = text_equal(text_of(exchange->method), TEXT("GET"));
    bool has_body = exchange->body.length || text_equal(text_of(exchange->method), TEXT("POST"));
    if (is_get && !exchange->body.length) {
        table->curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (has_body && exchange->write) { /* libcurl repeats a request on its own when a kept connection breaks: not a write */
        exchange->offered = 0;
        table->curl_easy_setopt(handle, CURLOPT_POST, 1L);
        table->curl_easy_setopt(handle, CURLOPT_READFUNCTION, give_body);
        table->curl_easy_setopt(handle, CURLOPT_READDATA, exchange);
        table->curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, refuse_rewind);
        table->curl_easy_setopt(handle, CURLOPT_SEEKDATA, exchange);
        table->curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body.length);
    } else if (has_body) {
        table->curl_easy_setopt(handle, CURLOPT_POST, 1L);
        table->curl_easy_setopt(handle, CURLOPT_POSTFIELDS, exchange->body.data ? exchange->body.data : "");
        table->curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body.length);
    }
    table->curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, exchange->method);
}

void exchange_prepare(const struct curl_table *table, struct exchange *exchange, void *handle) {
    struct url url;
    bool local = exchange->socket_path || (url_read(bytes_text(&exchange->url), &url) && url_is_loopback(&url));
    exchange->status = 0;
    exchange->error_text[0] = '\0';
    headers_clear(&exchange->answer_headers);
    bytes_clear(&exchange->answer);
    fault_clear(&exchange->fault);
    exchange->header_list = header_lines(table, exchange);
    table->curl_easy_setopt(handle, CURLOPT_URL, exchange->url.data);
    table->curl_easy_setopt(handle, CURLOPT_HTTPHEADER, exchange->header_list);
    table->curl_easy_setopt(handle, CURLOPT_PRIVATE, exchange);
    table->curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, exchange->error_text);
    table->curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    table->curl_easy_setopt(handle, CURLOPT_WRITEDATA, exchange);
    table->curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
    table->curl_easy_setopt(handle, CURLOPT_HEADERDATA, exchange);
    if (!local) table->curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, ""); /* packing costs more than it saves on one machine */
    if (exchange->socket_path) table->curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, exchange->socket_path);
    if (local) table->curl_easy_setopt(handle, CURLOPT_PROXY, "");
    prepare_body(table, exchange, handle);
}

static enum fault_kind fault_of(int code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY: case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_CONNECT: return FAULT_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return FAULT_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR: case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CERTPROBLEM: case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_ISSUER_ERROR: return FAULT_TLS;
    case CURLE_URL_MALFORMAT: case CURLE_UNSUPPORTED_PROTOCOL: return FAULT_INVALID;
    case CURLE_WRITE_ERROR: return FAULT_LIMIT;
    case CURLE_OUT_OF_MEMORY: return FAULT_MEMORY;
    default: return FAULT_IO; /* cut, reset, nothing came back, broken frames */
    }
}

static void set_fault(const struct curl_table *table, struct exchange *exchange, int code) {
    struct url url = {0};
    url_read(bytes_text(&exchange->url), &url);
    const char *detail = exchange->error_text[0] ? exchange->error_text : table->curl_easy_strerror((CURLcode)code);
    struct text where = exchange->socket_path ? TEXT("the practice tenant") : url.authority;
    enum fault_kind kind = fault_of(code);
    switch (kind) {
    case FAULT_CONNECT:
        fault_set(&exchange->fault, kind, code, "No connection to %.*s: %s.", TEXT_ARGUMENT(where), detail);
        break;
    case FAULT_TLS:
        fault_set(&exchange->fault, kind, code, "The identity of %.*s could not be verified: %s.", TEXT_ARGUMENT(where), detail);
        break;
    case FAULT_TIMEOUT:
        fault_set(&exchange->fault, kind, code, "%.*s did not answer in time: %s.", TEXT_ARGUMENT(where), detail);
        break;
    case FAULT_LIMIT:
        fault_set(&exchange->fault, kind, code, "The answer of %.*s is too large.", TEXT_ARGUMENT(where));
        break;
    default:
        fault_set(&exchange->fault, kind, code, "The connection to %.*s broke off: %s.", TEXT_ARGUMENT(where), detail);
    }
}

void exchange_conclude(const struct curl_table *table, struct exchange *exchange, int code) {
    void *handle = exchange->handle;
    table->curl_slist_free_all(exchange->header_list);
    exchange->header_list = NULL;
    if (code == CURLE_OK) {
        long status = 0;
        table->curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        exchange->status = (int)status;
        exchange->sent = true;
        return;
    }
    exchange->status = 0;
    curl_off_t pretransfer = 0; /* 0 until the connection stood and the request could begin to leave */
    table->curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &pretransfer);
    set_fault(table, exchange, code);
    if (exchange->fault.kind == FAULT_TIMEOUT && pretransfer == 0) exchange->fault.kind = FAULT_CONNECT;
    if (exchange->fault.kind != FAULT_CONNECT && exchange->fault.kind != FAULT_TLS && pretransfer > 0) exchange->sent = true;
}
