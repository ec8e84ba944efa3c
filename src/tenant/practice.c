/* /practice: control of the practice tenant itself, for the shell's own cmdlets and for tests. Any token of this tenant
 * will do.
 *   GET  /practice           what it is: story, users, seed, settings
 *   POST /practice/reset     the story again, as it was; {"users":N,"seed":N,"story":"…"} tells another
 *   POST /practice/settings  {"latencyMs":N,"throttling":"off|realistic","faultRate":N,"seed":N,"groupDelayMs":N,"automaticApproval":B,"tokenSeconds":N}
 *   POST /practice/faults    {"next":[{"match":"…","status":429,"retryAfter":1,"count":3,"skip":0,"cut":"before|after"}],"clear":true} */
#include <stdio.h>
#include "embedded_private.h"
#include "faults_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/decimal.h"
#include "seed_private.h"
#include "throttle_private.h"

static void add_setting(struct exchange *exchange, const char *name, const char *as, bool number) {
    struct bytes value = {0};
    store_setting(exchange->db, name, &value);
    json_name(&exchange->reply, as);
    if (number) bytes_add_string(&exchange->reply, value.data ? value.data : "0");
    else json_text(&exchange->reply, value.data ? bytes_text(&value) : TEXT_NONE);
    bytes_free(&value);
}

static void describe(struct exchange *exchange) {
    struct tenant *tenant = exchange->tenant;
    struct bytes *out = &exchange->reply;
    bytes_add_byte(out, '{');
    json_name_text(out, "tenantId", text_of(tenant->id));
    json_name_text(out, "displayName", TEXT("Contoso"));
    add_setting(exchange, "story", "story", false);
    add_setting(exchange, "users", "users", true);
    add_setting(exchange, "seed", "seed", true);
    add_setting(exchange, "seeded", "seeded", false);
    bytes_add_format(out, ",\"usersNow\":%lld", (long long)store_number(exchange->db, "SELECT count(*) FROM users WHERE deleted IS NULL", 0, 0, 0));
    bytes_add_format(out, ",\"latencyMs\":%d,\"groupDelayMs\":%d,\"tokenSeconds\":%d,\"automaticApproval\":%s", atomic_load(&tenant->latency_ms),
                     atomic_load(&tenant->group_delay_ms), atomic_load(&tenant->token_seconds), atomic_load(&tenant->automatic_approval) ? "true" : "false");
    json_name_text(out, "throttling", throttle_is_realistic(tenant->throttle) ? TEXT("realistic") : TEXT("off"));
    bytes_add_format(out, ",\"faultRate\":%g}", faults_rate(tenant->faults));
}

static bool bad_value(struct exchange *exchange, const char *name) {
    return error_reply(exchange, 400, "BadRequest", "The value of '%s' is not possible here.", name);
}

static bool read_count(struct exchange *exchange, const cJSON *body, const char *name, double least, double most, double *out) {
    const cJSON *value = cJSON_GetObjectItem(body, name);
    if (!value) return true;
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= least && value->valuedouble <= most)) return bad_value(exchange, name);
    *out = value->valuedouble;
    return true;
}

static void reset(struct exchange *exchange) {
    struct bytes story = {0};
    store_setting(exchange->db, "story", &story);
    struct seed_wishes wishes = {.story = story.data};
    double users = (double)store_setting_number(exchange->db, "users", 1000), seed = (double)store_setting_number(exchange->db, "seed", 1);
    const cJSON *body = exchange->body.length ? exchange_object(exchange) : NULL, *told = cJSON_GetObjectItem(body, "story");
    int64_t began = clock_steady();
    bool fine = exchange->body.length == 0 || body;
    fine = fine && read_count(exchange, body, "users", 20, 2000000, &users) && read_count(exchange, body, "seed", 0, 9e15, &seed);
    if (fine && told) fine = (cJSON_IsString(told) && seed_knows_story(told->valuestring)) || bad_value(exchange, "story");
    if (fine) {
        wishes.users = (int)users;
        wishes.seed = (uint64_t)seed;
        if (told) wishes.story = told->valuestring;
        if (seed_tell(exchange->db, exchange->tenant->catalog, &wishes)) {
            faults_clear(exchange->tenant->faults);
            bytes_add_format(&exchange->reply, "{\"users\":%d,\"milliseconds\":%lld}", wishes.users, (long long)((clock_steady() - began) / 1000000));
        }
    }
    bytes_free(&story);
}

static bool set_words(struct exchange *exchange, const cJSON *body) {
    const cJSON *throttling = cJSON_GetObjectItem(body, "throttling"), *approval = cJSON_GetObjectItem(body, "automaticApproval");
    if (throttling) {
        bool realistic = cJSON_IsString(throttling) && text_equal_fold(text_of(throttling->valuestring), TEXT("realistic"));
        if (!realistic && !(cJSON_IsString(throttling) && text_equal_fold(text_of(throttling->valuestring), TEXT("off")))) return bad_value(exchange, "throttling");
        throttle_set(exchange->tenant->throttle, realistic);
    }
    if (approval && !cJSON_IsBool(approval)) return bad_value(exchange, "automaticApproval");
    if (approval) atomic_store(&exchange->tenant->automatic_approval, cJSON_IsTrue(approval));
    return true;
}

static void set(struct exchange *exchange) {
    struct tenant *tenant = exchange->tenant;
    const cJSON *body = exchange_object(exchange);
    if (!body) return;
    double latency = atomic_load(&tenant->latency_ms), delay = atomic_load(&tenant->group_delay_ms), seconds = atomic_load(&tenant->token_seconds);
    double rate = faults_rate(tenant->faults), seed = -1;
    if (!read_count(exchange, body, "latencyMs", 0, 600000, &latency) || !read_count(exchange, body, "groupDelayMs", 0, 3600000, &delay) ||
        !read_count(exchange, body, "tokenSeconds", 1, 86400, &seconds) || !read_count(exchange, body, "faultRate", 0, 1, &rate) ||
        !read_count(exchange, body, "seed", 0, 9e15, &seed) || !set_words(exchange, body))
        return;
    atomic_store(&tenant->latency_ms, (int)latency);
    atomic_store(&tenant->group_delay_ms, (int)delay);
    atomic_store(&tenant->token_seconds, (int)seconds);
    faults_set_rate(tenant->faults, rate);
    if (seed >= 0) faults_reseed(tenant->faults, (uint64_t)seed);
    describe(exchange);
}

static bool add_order(struct exchange *exchange, const cJSON *item) {
    struct fault_order order = {.retry_after = -1};
    const char *match = cJSON_GetStringValue(cJSON_GetObjectItem(item, "match")), *cut = cJSON_GetStringValue(cJSON_GetObjectItem(item, "cut"));
    double status = 0, retry = -1, count = 1, skip = 0;
    if (!read_count(exchange, item, "status", 400, 599, &status) || !read_count(exchange, item, "retryAfter", 0, 3600, &retry) ||
        !read_count(exchange, item, "count", 1, 1e9, &count) || !read_count(exchange, item, "skip", 0, 1e9, &skip)) return false;
    order.status = (int)status;
    order.retry_after = (int)retry;
    if (cut) order.cut = text_equal(text_of(cut), TEXT("after")) ? FAULT_CUT_AFTER : FAULT_CUT_BEFORE;
    if (!order.status && !order.cut) return bad_value(exchange, "status");
    return faults_add(exchange->tenant->faults, match ? match : "", order, (int)skip, (int)count) || bad_value(exchange, "next");
}

static void order_faults(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange), *item;
    if (!body) return;
    if (cJSON_IsTrue(cJSON_GetObjectItem(body, "clear"))) faults_clear(exchange->tenant->faults);
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(body, "next"))
        if (!add_order(exchange, item)) return;
    bytes_add_string(&exchange->reply, "{}");
}

void practice_control(struct exchange *exchange) {
    static const struct { const char *method, *name; void (*handler)(struct exchange *); } rows[] = {
        {"GET", "", describe}, {"POST", "reset", reset}, {"POST", "settings", set}, {"GET", "settings", describe}, {"POST", "faults", order_faults}};
    struct text name = exchange->segment_count > 1 ? exchange->segments[1] : TEXT_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!text_equal(name, text_of(rows[i].name)) || !text_equal(exchange->method, text_of(rows[i].method))) continue;
        rows[i].handler(exchange);
        return;
    }
    error_reply(exchange, 404, "NotFound", "There is nothing at this address.");
}

void practice_page(struct exchange *exchange) {
    struct text name = exchange->segment_count > 1 ? exchange->segments[1] : TEXT("index.html");
    struct text page = embedded_file(exchange_format(exchange, "web/%.*s", TEXT_ARGUMENT(name)).start);
    exchange->content_type = text_ends(name, TEXT(".js")) ? "text/javascript; charset=utf-8" : text_ends(name, TEXT(".css")) ? "text/css; charset=utf-8" : "text/html; charset=utf-8";
    exchange_reply_header(exchange, "Content-Security-Policy", TEXT("default-src 'self'; frame-ancestors 'none'"));
    exchange_reply_header(exchange, "X-Content-Type-Options", TEXT("nosniff"));
    if (page.length) bytes_add_text(&exchange->reply, page);
    else error_reply(exchange, 404, "NotFound", "There is nothing at this address.");
}
