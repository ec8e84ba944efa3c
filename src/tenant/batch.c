/* $batch: at most twenty parts, each an exchange of its own with its own status; dependsOn orders them and a failed
 * predecessor makes 424. After Graph's json-batching page. */
#include "exchange_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "m365sh/base/clock.h"
#include "m365sh/limits.h"
#include "request_log_private.h"
#include "router_private.h"
#include "sha256_private.h"

enum part_state { PART_WAITING, PART_DONE, PART_FAILED };
struct part {
    const cJSON *json;
    const char *id, *method, *url;
    enum part_state state;
};
struct batch {
    struct exchange *outer;
    struct part parts[LIMIT_BATCH_PARTS];
    int count, written;
};

static bool bad_request(struct exchange *exchange, const char *message) {
    return error_reply(exchange, 400, "BadRequest", "%s", message);
}

static struct part *find_part(struct batch *batch, const char *id) {
    for (int i = 0; id && i < batch->count; i++)
        if (text_equal_fold(text_of(batch->parts[i].id), text_of(id))) return &batch->parts[i];
    return NULL;
}

static bool read_part(struct batch *batch, const cJSON *json) {
    struct part part = {.json = json};
    part.id = cJSON_GetStringValue(cJSON_GetObjectItem(json, "id"));
    part.method = cJSON_GetStringValue(cJSON_GetObjectItem(json, "method"));
    part.url = cJSON_GetStringValue(cJSON_GetObjectItem(json, "url"));
    if (!part.id || !*part.id) return bad_request(batch->outer, "Batch request id cannot be null or empty.");
    if (!part.method || !part.url) return bad_request(batch->outer, "Invalid batch request: method and url are required.");
    if (find_part(batch, part.id)) return bad_request(batch->outer, "Batch request ids must be unique.");
    if (strstr(part.url, "://")) return bad_request(batch->outer, "Batch request url must be relative.");
    batch->parts[batch->count++] = part;
    return true;
}

static bool read_parts(struct batch *batch, const cJSON *requests) {
    const cJSON *item;
    if (!cJSON_IsArray(requests) || cJSON_GetArraySize(requests) == 0) return bad_request(batch->outer, "Invalid batch payload format.");
    if (cJSON_GetArraySize(requests) > LIMIT_BATCH_PARTS)
        return error_reply(batch->outer, 400, "MaximumValueExceeded", "Number of batch request steps exceeds the maximum value of %d.", LIMIT_BATCH_PARTS);
    cJSON_ArrayForEach(item, requests)
        if (!read_part(batch, item)) return false;
    for (int i = 0; i < batch->count; i++) {
        cJSON_ArrayForEach(item, cJSON_GetObjectItem(batch->parts[i].json, "dependsOn"))
            if (!find_part(batch, cJSON_GetStringValue(item))) return bad_request(batch->outer, "Batch request depends on an id that is not in the batch.");
    }
    return true;
}

static void add_headers(struct batch *batch, struct part *part, struct exchange *exchange) {
    const cJSON *header;
    exchange->client_request_id = batch->outer->client_request_id;
    cJSON_ArrayForEach(header, cJSON_GetObjectItem(part->json, "headers"))
        if (cJSON_IsString(header)) exchange_add_header(exchange, text_of(header->string), text_of(header->valuestring));
    exchange_add_header(exchange, TEXT("Host"), exchange_header(batch->outer, "Host"));
}

static void add_base64(struct bytes *out, struct text data) {
    struct bytes url = {0};
    sha256_add_base64url(&url, data);
    for (size_t i = 0; i < url.length; i++) bytes_add_byte(out, url.data[i] == '-' ? '+' : url.data[i] == '_' ? '/' : url.data[i]);
    while (url.length++ % 4) bytes_add_byte(out, '=');
    bytes_free(&url);
}

static void add_body(const struct exchange *exchange, struct bytes *out) {
    if (exchange->reply.length == 0) return;
    json_name(out, "body");
    if (text_starts(text_of(exchange->content_type), TEXT("application/json"))) {
        bytes_add_text(out, bytes_text(&exchange->reply));
        return;
    }
    bytes_add_byte(out, '"');
    add_base64(out, bytes_text(&exchange->reply));
    bytes_add_byte(out, '"');
}

static void add_response(struct batch *batch, struct part *part, struct exchange *exchange) {
    struct bytes *out = &batch->outer->reply;
    if (batch->written++) bytes_add_byte(out, ',');
    bytes_add_byte(out, '{');
    json_name_text(out, "id", text_of(part->id));
    json_name(out, "status");
    bytes_add_format(out, "%d", exchange->status);
    json_name(out, "headers");
    bytes_add_byte(out, '{');
    for (int i = 0; i < exchange->reply_header_count; i++) json_name_text(out, exchange->reply_headers[i].name.start, exchange->reply_headers[i].value);
    json_name_text(out, "request-id", text_of(exchange->request_id));
    json_name_text(out, "Cache-Control", TEXT("no-cache"));
    if (exchange->reply.length) json_name_text(out, "Content-Type", text_of(exchange->content_type));
    bytes_add_byte(out, '}');
    add_body(exchange, out);
    bytes_add_byte(out, '}');
}

static bool depends_on_failure(struct batch *batch, struct part *part, bool *waiting) {
    const cJSON *item;
    bool failed = false;
    *waiting = false;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(part->json, "dependsOn")) {
        struct part *before = find_part(batch, cJSON_GetStringValue(item));
        *waiting |= before->state == PART_WAITING;
        failed |= before->state == PART_FAILED;
    }
    return failed;
}

static void add_request_body(const cJSON *body, struct bytes *out) {
    char *printed = body && !cJSON_IsString(body) ? cJSON_PrintUnformatted(body) : NULL;
    bytes_add_string(out, cJSON_IsString(body) ? body->valuestring : printed ? printed : "");
    cJSON_free(printed);
}

static void run_part(struct batch *batch, struct part *part, bool skip) {
    struct exchange exchange;
    const cJSON *body = cJSON_GetObjectItem(part->json, "body");
    struct bytes target = {0}, text = {0};
    int64_t began = clock_steady();
    bytes_add_format(&target, "/%.*s%s%s", TEXT_ARGUMENT(batch->outer->version), part->url[0] == '/' ? "" : "/", part->url);
    exchange_begin(&exchange, batch->outer->tenant, text_of(part->method), bytes_text(&target));
    exchange.batch = text_of(batch->outer->request_id);
    exchange.part = text_of(part->id);
    add_request_body(body, &text);
    exchange.body = text.data ? bytes_text(&text) : TEXT_NONE;
    add_headers(batch, part, &exchange);
    exchange.path = exchange.target;
    if (skip) error_reply(&exchange, 424, "FailedDependency", "A request that this one depends on failed.");
    else if (body && exchange_header(&exchange, "Content-Type").length == 0)
        error_reply(&exchange, 400, "BadRequest", "Write request id : %s does not contain Content-Type header or body.", part->id);
    else if (strstr(part->url, "$batch")) error_reply(&exchange, 400, "BadRequest", "Batch requests cannot be nested.");
    else router_answer(&exchange, &batch->outer->principal);
    if (exchange.cut) batch->outer->cut = true;
    part->state = exchange.status < 400 ? PART_DONE : PART_FAILED;
    request_log_write(&exchange, (clock_steady() - began) / 1000000);
    add_response(batch, part, &exchange);
    exchange_end(&exchange);
    bytes_free(&target);
    bytes_free(&text);
}

/* Runs what can run until nothing is left; false when the rest waits in a circle. */
static bool run_all(struct batch *batch) {
    for (int left = batch->count, before = 0; left != before;) {
        before = left;
        for (int i = 0; i < batch->count; i++) {
            bool waiting, failed;
            if (batch->parts[i].state != PART_WAITING) continue;
            failed = depends_on_failure(batch, &batch->parts[i], &waiting);
            if (waiting) continue;
            run_part(batch, &batch->parts[i], failed);
            left--;
        }
        if (left == 0) return true;
    }
    return false;
}

void batch_run(struct exchange *exchange) {
    struct batch batch = {.outer = exchange};
    const cJSON *body = exchange_object(exchange);
    if (!body || !read_parts(&batch, cJSON_GetObjectItem(body, "requests"))) return;
    bytes_add_string(&exchange->reply, "{\"responses\":[");
    if (run_all(&batch)) bytes_add_string(&exchange->reply, "]}");
    else bad_request(exchange, "Batch requests depend on each other in a circle.");
    exchange->content_type = exchange->status == 200 ? "application/json" : exchange->content_type;
}
