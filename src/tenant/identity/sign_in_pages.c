/* Device codes, the pages on which a person (or a test) approves, and the discovery documents. */
#include "identity_private.h"
#include "json_write_private.h"
#include "m365sh/base/random.h"

enum { DEVICE_SECONDS = 900, DEVICE_INTERVAL = 1, CODE_SECONDS = 600 };

static struct text new_user_code(struct exchange *exchange) {
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    uint8_t data[9];
    char *code = arena_take(exchange->arena, sizeof data + 1);
    random_secure(data, sizeof data);
    for (size_t i = 0; i < sizeof data; i++) code[i] = letters[data[i] % (sizeof letters - 1)];
    return text_make(code, sizeof data);
}

void identity_device_code(struct exchange *exchange) {
    struct text client = form_value(exchange, "client_id"), scope = form_value(exchange, "scope"), base = exchange_base(exchange);
    if (!identity_knows_client(exchange, client)) return;
    struct grant grant = {.code = identity_random(exchange, 48), .kind = TEXT("device"), .client = client, .scope = scope, .state = TEXT("pending"),
                          .user_code = new_user_code(exchange), .expires = identity_now() + DEVICE_SECONDS};
    grant_add(exchange, &grant);
    struct bytes *out = &exchange->reply;
    struct text page = exchange_format(exchange, "%.*s/device", TEXT_ARGUMENT(base));
    bytes_add_byte(out, '{');
    json_name_text(out, "user_code", grant.user_code);
    json_name_text(out, "device_code", grant.code);
    json_name_text(out, "verification_uri", page);
    bytes_add_format(out, ",\"expires_in\":%d,\"interval\":%d", DEVICE_SECONDS, DEVICE_INTERVAL);
    json_name_text(out, "message", exchange_format(exchange, "To sign in, use a web browser to open the page %.*s and enter the code %.*s to authenticate.",
                                                   TEXT_ARGUMENT(page), TEXT_ARGUMENT(grant.user_code)));
    bytes_add_byte(out, '}');
}

static void add_html(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.start[i];
        if (byte == '<') bytes_add_string(out, "&lt;");
        else if (byte == '&') bytes_add_string(out, "&amp;");
        else if (byte == '"') bytes_add_string(out, "&quot;");
        else bytes_add_byte(out, byte);
    }
}

static void begin_page(struct exchange *exchange) {
    exchange->content_type = "text/html; charset=utf-8";
    bytes_add_string(&exchange->reply, "<!doctype html><meta charset=utf-8><title>Sign in to the practice tenant</title>"
                                       "<style>body{font:16px system-ui;max-width:28rem;margin:4rem auto}input,button{font:inherit;padding:.4rem;margin:.2rem}</style>"
                                       "<h1>Practice tenant</h1>");
}

/* GET shows a form; POST user_code=…[&user=principal name][&decline=1] settles it. */
void identity_device_page(struct exchange *exchange) {
    struct text code = form_value(exchange, "user_code");
    struct bytes *out = &exchange->reply;
    struct grant grant = {0};
    begin_page(exchange);
    if (!text_equal(exchange->method, TEXT("POST"))) {
        bytes_add_string(out, "<form method=post action=/device><p>Enter the code that the program shows.<p><input name=user_code autofocus value=\"");
        add_html(out, code);
        bytes_add_string(out, "\"><p><input name=user placeholder=\"admin@contoso.com\"><p><button>Sign in</button><button name=decline value=1>Decline</button></form>");
        return;
    }
    if (!grant_find_user_code(exchange, code, &grant) || grant.expires < identity_now()) {
        exchange->status = 404;
        bytes_add_string(out, "<p>That code is not known, or it has expired.");
        return;
    }
    struct text user = identity_user(exchange, form_value(exchange, "user"));
    bool declined = form_value(exchange, "decline").length > 0;
    if (user.length == 0) {
        exchange->status = 404;
        bytes_add_string(out, "<p>There is no such account, or it is blocked.");
        return;
    }
    grant_set_state(exchange, grant.code, declined ? "declined" : "approved", user);
    bytes_add_string(out, declined ? "<p>Declined. You can close this page." : "<p>You are signed in. You can close this page.");
}

static bool loopback_redirect(struct text redirect) {
    static const char *const starts[] = {"http://localhost", "http://127.0.0.1", "http://[::1]"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i]);
        if (text_starts(redirect, text_of(starts[i])) && (redirect.length == length || redirect.start[length] == ':' || redirect.start[length] == '/')) return true;
    }
    return false;
}

static void add_percent(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.start[i];
        bool plain = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte && strchr("-._~", byte));
        if (plain) bytes_add_byte(out, (char)byte);
        else bytes_add_format(out, "%%%02X", byte);
    }
}

/* GET shows who may sign in; with automatic approval, or ?login_hint=, it goes straight back with a code. */
void identity_authorize(struct exchange *exchange) {
    struct text client = form_value(exchange, "client_id"), redirect = form_value(exchange, "redirect_uri"), state = form_value(exchange, "state");
    if (!identity_knows_client(exchange, client)) return;
    if (!loopback_redirect(redirect)) {
        identity_error(exchange, "invalid_request", 50011, "The redirect URI '%.*s' specified in the request does not match the redirect URIs configured for the application.", TEXT_ARGUMENT(redirect));
        return;
    }
    struct text hint = form_value(exchange, "login_hint");
    if (hint.length == 0 && !atomic_load(&exchange->tenant->automatic_approval)) {
        begin_page(exchange);
        bytes_add_string(&exchange->reply, "<p><a id=approve href=\"");
        add_html(&exchange->reply, exchange->target);
        bytes_add_string(&exchange->reply, "&amp;login_hint=admin%40contoso.com\">Sign in as admin@contoso.com</a>");
        return;
    }
    struct grant grant = {.code = identity_random(exchange, 32), .kind = TEXT("code"), .client = client, .scope = form_value(exchange, "scope"),
                          .user = identity_user(exchange, hint), .state = TEXT("approved"), .challenge = form_value(exchange, "code_challenge"),
                          .redirect = redirect, .nonce = form_value(exchange, "nonce"), .expires = identity_now() + CODE_SECONDS};
    struct bytes location = {0};
    bytes_add_text(&location, redirect);
    bytes_add_byte(&location, text_find_byte(redirect, '?', 0) == TEXT_NOT_FOUND ? '?' : '&');
    if (grant.user.length == 0) {
        bytes_add_string(&location, "error=access_denied");
    } else {
        grant_add(exchange, &grant);
        bytes_add_string(&location, "code=");
        add_percent(&location, grant.code);
    }
    bytes_add_string(&location, "&state=");
    add_percent(&location, state);
    exchange->status = 302;
    exchange_reply_header(exchange, "Location", bytes_text(&location));
    bytes_free(&location);
}

void identity_discovery(struct exchange *exchange) {
    struct text base = exchange_base(exchange), root = exchange_format(exchange, "%.*s/%s", TEXT_ARGUMENT(base), exchange->tenant->id);
    static const struct { const char *name, *path; } rows[] = {{"token_endpoint", "/oauth2/v2.0/token"}, {"authorization_endpoint", "/oauth2/v2.0/authorize"},
        {"device_authorization_endpoint", "/oauth2/v2.0/devicecode"}, {"jwks_uri", "/discovery/v2.0/keys"}, {"issuer", "/v2.0"}, {"end_session_endpoint", "/oauth2/v2.0/logout"}};
    struct bytes *out = &exchange->reply;
    bytes_add_byte(out, '{');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) json_name_text(out, rows[i].name, exchange_format(exchange, "%.*s%s", TEXT_ARGUMENT(root), rows[i].path));
    bytes_add_string(out, ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"client_secret_basic\"],\"response_modes_supported\":[\"query\"],"
                          "\"subject_types_supported\":[\"pairwise\"],\"id_token_signing_alg_values_supported\":[\"HS256\"],\"response_types_supported\":[\"code\"],"
                          "\"scopes_supported\":[\"openid\",\"profile\",\"email\",\"offline_access\"],\"tenant_region_scope\":null,\"cloud_instance_name\":\"practice\"}");
}

void identity_instance(struct exchange *exchange) {
    struct text base = exchange_base(exchange), host = exchange_header(exchange, "Host");
    struct bytes *out = &exchange->reply;
    bytes_add_byte(out, '{');
    json_name_text(out, "tenant_discovery_endpoint", exchange_format(exchange, "%.*s/%s/v2.0/.well-known/openid-configuration", TEXT_ARGUMENT(base), exchange->tenant->id));
    bytes_add_string(out, ",\"api-version\":\"1.1\",\"metadata\":[{");
    json_name_text(out, "preferred_network", host);
    json_name_text(out, "preferred_cache", host);
    json_name(out, "aliases");
    bytes_add_byte(out, '[');
    json_text(out, host);
    bytes_add_string(out, "]}]}");
}
