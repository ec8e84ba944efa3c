/* A readable record of exchanges. Headers and bodies never appear: they hold tokens and people's data; of sign-in
 * requests the query is left out too. */
#include "net_private.h"

#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/file.h"
#include "m365sh/base/log.h"

void trace_add_url(struct bytes *out, const struct exchange *exchange) {
    struct text url = bytes_text(&exchange->url);
    size_t mark = exchange->hidden ? text_find_byte(url, '?', 0) : TEXT_NOT_FOUND;
    bytes_add_text(out, mark == TEXT_NOT_FOUND ? url : text_slice(url, 0, mark));
}

static void add_trace_line(struct bytes *line, const struct exchange *exchange, int64_t milliseconds, int64_t delay_ms) {
    bytes_add_format(line, "http %s ", exchange->method);
    trace_add_url(line, exchange);
    if (exchange->parts) bytes_add_format(line, " (%d parts)", exchange->parts);
    if (exchange->status) bytes_add_format(line, " -> %d", exchange->status);
    else bytes_add_format(line, " -> no answer: %s", exchange->fault.message ? exchange->fault.message : "unknown");
    bytes_add_format(line, ", %zu bytes, %lld ms", exchange->answer.length, (long long)milliseconds);
    struct text id = headers_get(&exchange->answer_headers, TEXT("request-id"));
    if (id.length) bytes_add_format(line, ", request-id %.*s", TEXT_ARGUMENT(id));
    if (delay_ms >= 0) bytes_add_format(line, ", again in %lld ms", (long long)delay_ms);
    bytes_add_byte(line, '\n');
}

static void add_event(struct bytes *line, const struct exchange *exchange, int64_t milliseconds, int64_t delay_ms) {
    bytes_add_string(line, "{\"event\":\"request\",\"time\":\"");
    calendar_add_iso(line, clock_now(NULL));
    bytes_add_format(line, "\",\"method\":\"%s\",\"url\":", exchange->method);
    struct bytes url = {0};
    trace_add_url(&url, exchange);
    log_add_json_text(line, bytes_text(&url));
    bytes_free(&url);
    bytes_add_format(line, ",\"status\":%d,\"attempt\":%d,\"milliseconds\":%lld", exchange->status, exchange->attempts, (long long)milliseconds);
    if (exchange->parts) bytes_add_format(line, ",\"parts\":%d", exchange->parts);
    if (delay_ms >= 0) bytes_add_format(line, ",\"againIn\":%lld", (long long)delay_ms);
    static const char *const names[] = {"request-id", "client-request-id"};
    for (int i = 0; i < 2; i++) {
        struct text id = headers_get(i ? &exchange->headers : &exchange->answer_headers, text_of(names[i]));
        if (!id.length) continue;
        bytes_add_format(line, ",\"%s\":", names[i]);
        log_add_json_text(line, id);
    }
    bytes_add_byte(line, '}');
}

void trace_attempt(const struct net_settings *settings, const struct exchange *exchange, int64_t milliseconds, int64_t delay_ms) {
    struct bytes line = {0};
    if (settings->trace_descriptor >= 0) {
        add_trace_line(&line, exchange, milliseconds, delay_ms);
        (void)!file_write_descriptor(settings->trace_descriptor, line.data, line.length, NULL);
        bytes_clear(&line);
    }
    if (settings->log) {
        add_event(&line, exchange, milliseconds, delay_ms);
        log_line(settings->log, bytes_text(&line));
    }
    bytes_free(&line);
}
