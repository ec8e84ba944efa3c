#include "batch_private.h"

#include <time.h>
#include "m365sh/base/alloc.h"
#include "m365sh/json/json.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

struct graph_part *part_new(const char *method, struct text url, void *context) {
    struct graph_part *part = ALLOC_NEW(struct graph_part);
    part->method = method;
    part->context = context;
    part->outcome = PART_NOT_SENT;
    part->answer = value_null();
    bytes_add_text(&part->url, url);
    return part;
}

void part_free(struct graph_part *part) {
    if (!part) return;
    bytes_free(&part->url);
    bytes_free(&part->body);
    bytes_free(&part->request_id);
    bytes_free(&part->client_request_id);
    bytes_free(&part->fault);
    value_release(part->answer);
    alloc_free(part);
}

bool part_succeeded(const struct graph_part *part) {
    return part->outcome == PART_ANSWERED && part->status >= 200 && part->status < 300;
}

struct value part_error(struct realm *realm, const struct graph_part *part, struct value target) {
    struct graph_failure failure = {
        .status = part->status, .body = part->answer, .request_id = bytes_text(&part->request_id),
        .client_request_id = bytes_text(&part->client_request_id), .what = bytes_text(&part->url),
        .fault = bytes_text(&part->fault), .fault_kind = part->fault_kind,
    };
    return error_record_of(realm, &failure, target);
}

static void add_part(struct bytes *out, const struct graph_part *part, int id) {
    bytes_add_format(out, "%s{\"id\":\"%d\",\"method\":\"%s\",\"url\":", id ? "," : "", id + 1, part->method);
    json_add_text(out, bytes_text(&part->url));
    if (part->body.length || part->advanced) {
        bytes_add_string(out, ",\"headers\":{");
        if (part->body.length) bytes_add_string(out, "\"Content-Type\":\"application/json\"");
        if (part->advanced) bytes_add_format(out, "%s\"ConsistencyLevel\":\"eventual\"", part->body.length ? "," : "");
        bytes_add_byte(out, '}');
    }
    if (part->body.length) {
        bytes_add_string(out, ",\"body\":");
        bytes_add_text(out, bytes_text(&part->body));
    }
    bytes_add_byte(out, '}');
}

enum status batch_begin(struct graph_client *client, struct batch *batch, bool write, const struct graph_watch *watch) {
    struct bytes body = {0};
    bytes_add_string(&body, "{\"requests\":[");
    for (int i = 0; i < batch->count; i++) {
        batch->parts[i]->attempts++;
        add_part(&body, batch->parts[i], i);
    }
    bytes_add_string(&body, "]}");
    const struct graph_request request = {.method = "POST", .path = TEXT("$batch"), .body = bytes_text(&body), .write = write,
                                          .parts = batch->count, .watch = watch};
    enum status status = graph_begin(client, &request, &batch->pending);
    bytes_free(&body);
    return status;
}

/* No batch answer: what happened to its parts is the same for all. */
static void fail_parts(struct batch *batch, bool write, const struct exchange *exchange) {
    enum part_outcome outcome = PART_NOT_SENT;
    if (exchange->verdict == RETRY_UNKNOWN || (write && exchange->sent && !exchange->status)) outcome = PART_UNKNOWN;
    else if (exchange->status) outcome = PART_GIVEN_UP;
    for (int i = 0; i < batch->count; i++) {
        struct graph_part *part = batch->parts[i];
        part->outcome = outcome;
        part->status = exchange->status;
        part->fault_kind = exchange->fault.kind;
        bytes_clear(&part->fault);
        if (exchange->fault.message) bytes_add_string(&part->fault, exchange->fault.message);
        else bytes_add_format(&part->fault, "The batch was refused with status %d.", exchange->status);
    }
}

static struct text text_of_member(struct realm *realm, struct value object, const char *name) {
    struct value *place = object.kind == VALUE_OBJECT ? object_find_text(realm, object, text_of(name)) : NULL;
    return place && place->kind == VALUE_STRING ? string_text(*place) : TEXT_NONE;
}

static int number_of(struct text digits) {
    int number = 0;
    for (size_t i = 0; i < digits.length && i < 4; i++) {
        if (digits.start[i] < '0' || digits.start[i] > '9') return 0;
        number = number * 10 + (digits.start[i] - '0');
    }
    return number;
}

struct batch_answer {
    struct graph_client *client;
    struct batch *batch;
    int64_t retry_after_ms;
    struct text outer_id, client_id;
};

static enum status take_response(void *context, struct value response) {
    struct batch_answer *answer = context;
    struct realm *realm = answer->client->realm;
    int id = number_of(text_of_member(realm, response, "id"));
    struct value *status = response.kind == VALUE_OBJECT ? object_find_text(realm, response, TEXT("status")) : NULL;
    if (id < 1 || id > answer->batch->count || !status || !value_is_integer(*status)) return STATUS_OK;
    struct graph_part *part = answer->batch->parts[id - 1];
    struct value *body = object_find_text(realm, response, TEXT("body")), *headers = object_find_text(realm, response, TEXT("headers"));
    part->outcome = PART_ANSWERED;
    part->status = (int)status->integer;
    value_set(&part->answer, body ? *body : value_null());
    struct text own_id = headers ? text_of_member(realm, *headers, "request-id") : TEXT_NONE;
    bytes_clear(&part->request_id);
    bytes_add_text(&part->request_id, own_id.length ? own_id : answer->outer_id);
    bytes_clear(&part->client_request_id);
    bytes_add_text(&part->client_request_id, answer->client_id);
    if (part->status == 429 || part->status == 503) {
        int64_t wait = headers ? retry_after_ms(text_of_member(realm, *headers, "Retry-After"), (int64_t)time(NULL)) : -1;
        if (wait > answer->retry_after_ms) answer->retry_after_ms = wait;
    }
    return STATUS_OK;
}

void batch_read(struct graph_client *client, struct batch *batch, bool write, int64_t *retry_after) {
    struct exchange *exchange = graph_exchange(batch->pending);
    *retry_after = -1;
    if (!exchange_succeeded(exchange)) {
        fail_parts(batch, write, exchange);
        return;
    }
    for (int i = 0; i < batch->count; i++) batch->parts[i]->outcome = write ? PART_UNKNOWN : PART_NOT_SENT;
    struct batch_answer answer = {.client = client, .batch = batch, .retry_after_ms = -1,
                                  .outer_id = headers_get(&exchange->answer_headers, TEXT("request-id")),
                                  .client_id = headers_get(&exchange->headers, TEXT("client-request-id"))};
    const struct json_read_options options = {.keep_dates_text = true};
    const struct emitter responses = {take_response, &answer};
    if (json_scan(client->realm, bytes_text(&exchange->answer), TEXT("responses"), &options, responses, NULL) != STATUS_OK)
        value_release(realm_take_raised(client->realm));
    *retry_after = answer.retry_after_ms;
}

bool batch_part_wants_retry(const struct graph_part *part, bool write) {
    if (part->outcome != PART_ANSWERED) return !write && part->outcome == PART_NOT_SENT && part->status == 200;
    if (part->status == 429 || part->status == 503) return true;
    return !write && (part->status == 500 || part->status == 502 || part->status == 504);
}
