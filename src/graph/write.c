#include "m365sh/graph/write.h"

#include "graph_private.h"
#include "m365sh/json/json.h"

enum status write_one(struct graph_client *client, const struct graph_request *request, struct value *answer, bool *unknown, struct bytes *request_id) {
    struct graph_pending *pending = NULL;
    *answer = value_null();
    *unknown = false;
    enum status status = graph_begin(client, request, &pending);
    if (status != STATUS_OK) return status;
    status = graph_await(pending, true); /* once it is on the wire its outcome is waited for */
    struct exchange *exchange = graph_exchange(pending);
    if (status == STATUS_INTERRUPTED) {
        transfer_cancel(client->net, exchange);
        *unknown = exchange->sent;
    } else if (status == STATUS_OK) {
        bytes_add_text(request_id, headers_get(&exchange->answer_headers, TEXT("request-id")));
        *unknown = exchange->verdict == RETRY_UNKNOWN;
        struct bytes what = {0};
        bytes_add_format(&what, "%s %.*s", request->method, TEXT_ARGUMENT(request->path));
        const struct json_read_options options = {.keep_dates_text = true};
        if (!exchange_succeeded(exchange)) status = error_raise(client->realm, exchange, bytes_text(&what));
        else if (exchange->answer.length && json_read(client->realm, bytes_text(&exchange->answer), &options, answer) != STATUS_OK)
            value_release(realm_take_raised(client->realm)); /* not JSON: it is done all the same */
        bytes_free(&what);
    }
    graph_pending_free(pending);
    return status;
}
