#include "identity_private.h"
#include <stdarg.h>
#include "handlers_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "sha256_private.h"

int64_t identity_now(void) { return calendar_to_unix(clock_now(NULL), NULL); }

struct text form_value(struct exchange *exchange, const char *name) {
    struct text rest = text_equal(exchange->method, TEXT("GET")) ? exchange->query : exchange->body, pair;
    while (text_split_next(&rest, '&', &pair)) {
        size_t equals = text_find_byte(pair, '=', 0);
        if (equals == TEXT_NOT_FOUND) continue;
        if (text_equal(exchange_decode(exchange, text_slice(pair, 0, equals), true), text_of(name)))
            return exchange_decode(exchange, text_slice(pair, equals + 1, pair.length), true);
    }
    return TEXT_NONE;
}

bool identity_error(struct exchange *exchange, const char *error, int number, const char *format, ...) {
    struct bytes text = {0}, time = {0}, *out = &exchange->reply;
    va_list list;
    va_start(list, format);
    bytes_add_format(&text, "AADSTS%d: ", number);
    bytes_add_format_list(&text, format, list);
    va_end(list);
    calendar_add_iso(&time, clock_now(NULL) / CALENDAR_TICKS_PER_SECOND * CALENDAR_TICKS_PER_SECOND);
    bytes_add_format(&text, " Trace ID: %s Correlation ID: %s Timestamp: %s", exchange->request_id, exchange->request_id, time.data);
    exchange->status = text_equal(text_of(error), TEXT("invalid_client")) ? 401 : 400;
    bytes_clear(out);
    bytes_add_byte(out, '{');
    json_name_text(out, "error", text_of(error));
    json_name_text(out, "error_description", bytes_text(&text));
    bytes_add_format(out, ",\"error_codes\":[%d]", number);
    json_name_text(out, "timestamp", bytes_text(&time));
    json_name_text(out, "trace_id", text_of(exchange->request_id));
    json_name_text(out, "correlation_id", text_of(exchange->request_id));
    bytes_add_byte(out, '}');
    bytes_free(&text);
    bytes_free(&time);
    return false;
}

bool identity_knows_client(struct exchange *exchange, struct text client) {
    if (client.length == 0) return identity_error(exchange, "invalid_request", 900144, "The request body must contain the following parameter: 'client_id'.");
    /* Microsoft Graph Command Line Tools is at home in every tenant. */
    if (text_equal_fold(client, text_of(exchange->tenant->client_id)) || text_equal_fold(client, TEXT("14d82eec-204b-4c2f-b7e8-296a70dab67e"))) return true;
    return identity_error(exchange, "unauthorized_client", 700016, "Application with identifier '%.*s' was not found in the directory 'Contoso'.", TEXT_ARGUMENT(client));
}

bool identity_wishes(struct text scopes, const char *name) {
    struct text one;
    while (text_split_next(&scopes, ' ', &one))
        if (text_equal_fold(one, text_of(name))) return true;
    return false;
}

static struct text short_name(struct text scope) {
    size_t slash = text_find_last(scope, TEXT("/"));
    return slash == TEXT_NOT_FOUND ? scope : text_slice(scope, slash + 1, scope.length);
}

struct text identity_scopes(struct exchange *exchange, struct text wished) {
    struct bytes out = {0};
    struct text one;
    struct text all = text_of(exchange->tenant->permissions);
    while (text_split_next(&wished, ' ', &one)) {
        one = short_name(one);
        bool whole = text_equal_fold(one, TEXT(".default"));
        if (!whole && !identity_wishes(all, exchange_format(exchange, "%.*s", TEXT_ARGUMENT(one)).start)) continue;
        if (out.length) bytes_add_byte(&out, ' ');
        bytes_add_text(&out, whole ? all : one);
    }
    struct text kept = text_make(arena_text(exchange->arena, out.data ? out.data : "", out.length), out.length);
    bytes_free(&out);
    return kept;
}

struct text identity_random(struct exchange *exchange, size_t count) {
    uint8_t data[64];
    struct bytes text = {0};
    random_secure(data, count < sizeof data ? count : sizeof data);
    sha256_add_base64url(&text, text_make((const char *)data, count < sizeof data ? count : sizeof data));
    struct text kept = text_make(arena_text(exchange->arena, text.data, text.length), text.length);
    bytes_free(&text);
    return kept;
}

struct text identity_user(struct exchange *exchange, struct text name) {
    sqlite3_stmt *row = store_statement(exchange->db, name.length ? "SELECT id FROM users WHERE user_principal_name=? AND deleted IS NULL AND account_enabled=1"
                                                                  : "SELECT id FROM users WHERE deleted IS NULL AND account_enabled=1 ORDER BY number LIMIT 1");
    struct text id = TEXT_NONE;
    if (name.length) store_bind_text(row, 1, name);
    if (store_row(exchange->db, row)) id = store_text(row, 0);
    id = text_make(arena_text(exchange->arena, id.start, id.length), id.length);
    sqlite3_reset(row);
    return id;
}

static bool knows_tenant(struct exchange *exchange, struct text name) {
    static const char *const names[] = {"contoso.com", "contoso.onmicrosoft.com", "common", "organizations"};
    bool known = text_equal_fold(name, text_of(exchange->tenant->id));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) known |= text_equal_fold(name, text_of(names[i]));
    return known || identity_error(exchange, "invalid_request", 90002, "Tenant '%.*s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.", TEXT_ARGUMENT(name));
}

static bool path_is(const struct exchange *exchange, const char *pattern) {
    struct text rest = text_of(pattern), want;
    int at = 1;
    while (text_split_next(&rest, '/', &want)) {
        if (at >= exchange->segment_count || !text_equal_fold(exchange->segments[at], want)) return false;
        at++;
    }
    return at == exchange->segment_count;
}

void identity_answer(struct exchange *exchange) {
    static const struct { const char *method, *path; void (*handler)(struct exchange *); } rows[] = {
        {"POST", "oauth2/v2.0/token", identity_token}, {"POST", "oauth2/v2.0/devicecode", identity_device_code},
        {"GET", "oauth2/v2.0/authorize", identity_authorize}, {"POST", "oauth2/v2.0/authorize", identity_authorize},
        {"GET", "v2.0/.well-known/openid-configuration", identity_discovery}, {"GET", "discovery/instance", identity_instance},
    };
    if (text_equal_fold(exchange->segments[0], TEXT("device")) && exchange->segment_count == 1) {
        identity_device_page(exchange);
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!path_is(exchange, rows[i].path)) continue;
        if (!text_equal(exchange->method, text_of(rows[i].method)))
            identity_error(exchange, "invalid_request", 900561, "The endpoint only accepts %s requests. Received a %.*s request.", rows[i].method, TEXT_ARGUMENT(exchange->method));
        else if (knows_tenant(exchange, exchange->segments[0])) rows[i].handler(exchange);
        return;
    }
    if (path_is(exchange, "discovery/v2.0/keys")) bytes_add_string(&exchange->reply, "{\"keys\":[]}");
    else error_reply(exchange, 404, "NotFound", "There is nothing at this address.");
}
