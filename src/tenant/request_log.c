#include "request_log_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"

void request_log_write(struct exchange *exchange, int64_t milliseconds) {
    if (!exchange->tenant->request_log) return;
    struct bytes line = {0}, time = {0};
    calendar_add_iso(&time, clock_now(NULL) / 10000 * 10000);
    bytes_add_byte(&line, '{');
    json_name_text(&line, "time", bytes_text(&time));
    json_name_text(&line, "method", exchange->method);
    json_name_text(&line, "path", exchange->path);
    if (exchange->query.length) json_name_text(&line, "query", exchange->query);
    json_name(&line, "status");
    bytes_add_format(&line, "%d", exchange->cut ? 0 : exchange->status);
    if (exchange->cut) bytes_add_string(&line, ",\"cut\":true");
    json_name_text(&line, "request-id", text_of(exchange->request_id));
    json_name_text(&line, "client-request-id", exchange->client_request_id);
    if (exchange->batch.length) {
        json_name_text(&line, "batch", exchange->batch);
        json_name_text(&line, "part", exchange->part);
    }
    json_name(&line, "milliseconds");
    bytes_add_format(&line, "%lld", (long long)milliseconds);
    bytes_add_byte(&line, '}');
    log_line(exchange->tenant->request_log, bytes_text(&line));
    bytes_free(&line);
    bytes_free(&time);
}
