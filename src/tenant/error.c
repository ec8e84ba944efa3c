/* Errors as Graph words and shapes them. */
#include <stdarg.h>
#include "exchange_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"

void error_add_inner(struct exchange *exchange, struct bytes *out) {
    struct bytes date = {0};
    calendar_add_iso(&date, clock_now(NULL) / CALENDAR_TICKS_PER_SECOND * CALENDAR_TICKS_PER_SECOND);
    if (date.length && date.data[date.length - 1] == 'Z') bytes_truncate(&date, date.length - 1);
    bytes_add_byte(out, '{');
    json_name_text(out, "date", bytes_text(&date));
    json_name_text(out, "request-id", text_of(exchange->request_id));
    struct text client = exchange->client_request_id.length ? exchange->client_request_id : text_of(exchange->request_id);
    json_name_text(out, "client-request-id", client);
    bytes_add_byte(out, '}');
    bytes_free(&date);
}

static void begin(struct exchange *exchange, int status, const char *code, struct text message) {
    exchange->status = status;
    exchange->content_type = "application/json";
    bytes_clear(&exchange->reply);
    bytes_add_string(&exchange->reply, "{\"error\":{");
    json_name_text(&exchange->reply, "code", text_of(code));
    json_name_text(&exchange->reply, "message", message);
}

static bool finish(struct exchange *exchange) {
    json_name(&exchange->reply, "innerError");
    error_add_inner(exchange, &exchange->reply);
    bytes_add_string(&exchange->reply, "}}");
    return false;
}

bool error_reply(struct exchange *exchange, int status, const char *code, const char *format, ...) {
    struct bytes message = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    begin(exchange, status, code, bytes_text(&message));
    bytes_free(&message);
    return finish(exchange);
}

bool error_reply_detail(struct exchange *exchange, int status, const char *code, const char *detail_code,
                        const char *target, const char *message) {
    begin(exchange, status, code, text_of(message));
    struct bytes *out = &exchange->reply;
    bytes_add_string(out, ",\"details\":[{");
    json_name_text(out, "code", text_of(detail_code));
    json_name_text(out, "message", text_of(message));
    json_name_text(out, "target", text_of(target));
    bytes_add_string(out, "}]");
    return finish(exchange);
}

bool error_not_found(struct exchange *exchange, struct text id) {
    return error_reply(exchange, 404, "Request_ResourceNotFound",
                       "Resource '%.*s' does not exist or one of its queried reference-property objects are not present.",
                       TEXT_ARGUMENT(id));
}

bool error_bad_request(struct exchange *exchange, const char *message) {
    return error_reply(exchange, 400, "Request_BadRequest", "%s", message);
}
