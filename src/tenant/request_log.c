#include "request_log_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"

void request_log_write(struct exchange *exchange, int64_t milliseconds) {
    if (!exchange->tenant->request_log) return;
    struct bytes line = {0};
    struct calendar_date now;
    calendar_split(clock_now(NULL), &now);
    bytes_add_format(&line, "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", now.year, now.month, now.day, now.hour, now.minute, now.second,
                     now.fraction / 10000);
    json_name_text(&line, "method", exchange->method);
    json_name_text(&line, "path", exchange->path);
    /* Outside Graph a query may hold codes of a sign-in. */
    if (exchange->query.length && exchange->version.length) json_name_text(&line, "query", exchange->query);
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
}
