/* POST /token: client credentials, device code, authorization code with PKCE, refresh. */
#include "identity_private.h"
#include "json_write_private.h"
#include "sha256_private.h"
#include "token_private.h"

enum { REFRESH_SECONDS = 90 * 24 * 3600 };

static bool same(struct text a, struct text b) { return a.length == b.length && sha256_same(a.start, b.start, a.length); }

/* client_id and client_secret, in the body or by Basic. */
static bool read_client(struct exchange *exchange, struct text *client, struct text *secret) {
    struct text header = exchange_header(exchange, "Authorization");
    *client = form_value(exchange, "client_id");
    *secret = form_value(exchange, "client_secret");
    if (text_starts_fold(header, TEXT("Basic "))) {
        struct bytes pair = {0};
        sha256_read_base64url(text_slice(header, 6, header.length), &pair);
        struct text both = text_make(arena_text(exchange->arena, pair.data ? pair.data : "", pair.length), pair.length);
        size_t colon = text_find_byte(both, ':', 0);
        if (colon != TEXT_NOT_FOUND) {
            *client = exchange_decode(exchange, text_slice(both, 0, colon), true);
            *secret = exchange_decode(exchange, text_slice(both, colon + 1, both.length), true);
        }
        bytes_free(&pair);
    }
    return identity_knows_client(exchange, *client);
}

static struct text issuer_of(struct exchange *exchange) {
    struct text base = exchange_base(exchange);
    return exchange_format(exchange, "%.*s/%s/v2.0", TEXT_ARGUMENT(base), exchange->tenant->id);
}

static void begin_answer(struct exchange *exchange, const struct token_claims *claims) {
    struct bytes *out = &exchange->reply, token = {0};
    token_add(exchange->tenant, claims, &token);
    bytes_add_string(out, "{\"token_type\":\"Bearer\"");
    bytes_add_format(out, ",\"expires_in\":%d,\"ext_expires_in\":%d", claims->seconds, claims->seconds);
    json_name_text(out, "access_token", bytes_text(&token));
    bytes_free(&token);
    exchange_reply_header(exchange, "Cache-Control", TEXT("no-store, no-cache"));
}

static void answer_application(struct exchange *exchange, struct text client, struct text secret) {
    if (secret.length == 0) {
        identity_error(exchange, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        return;
    }
    if (!same(secret, text_of(exchange->tenant->client_secret))) {
        identity_error(exchange, "invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%.*s'.", TEXT_ARGUMENT(client));
        return;
    }
    struct text scope = form_value(exchange, "scope");
    if (!text_ends_fold(scope, TEXT("/.default"))) {
        identity_error(exchange, "invalid_scope", 1002012, "The provided value for scope %.*s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).", TEXT_ARGUMENT(scope));
        return;
    }
    struct token_claims claims = {.application = true, .client = text_of(exchange->tenant->client_id), .permissions = text_of(exchange->tenant->permissions),
                                  .issuer = issuer_of(exchange), .audience = TEXT("https://graph.microsoft.com"), .seconds = atomic_load(&exchange->tenant->token_seconds)};
    begin_answer(exchange, &claims);
    bytes_add_byte(&exchange->reply, '}');
}

static void add_id_token(struct exchange *exchange, const struct token_claims *claims, struct text nonce) {
    struct bytes payload = {0}, token = {0};
    long long now = (long long)identity_now();
    bytes_add_byte(&payload, '{');
    json_name_text(&payload, "aud", claims->client);
    json_name_text(&payload, "iss", claims->issuer);
    bytes_add_format(&payload, ",\"iat\":%lld,\"nbf\":%lld,\"exp\":%lld", now, now, now + 3600);
    json_name_text(&payload, "name", claims->name);
    if (nonce.length) json_name_text(&payload, "nonce", nonce);
    json_name_text(&payload, "oid", claims->user);
    json_name_text(&payload, "preferred_username", claims->upn);
    json_name_text(&payload, "sub", claims->user);
    json_name_text(&payload, "tid", text_of(exchange->tenant->id));
    json_name_text(&payload, "ver", TEXT("2.0"));
    bytes_add_byte(&payload, '}');
    token_add_signed(exchange->tenant, bytes_text(&payload), &token);
    json_name_text(&exchange->reply, "id_token", bytes_text(&token));
    bytes_free(&payload);
    bytes_free(&token);
}

static void add_client_info(struct exchange *exchange, struct text user) {
    struct bytes info = {0};
    struct text plain = exchange_format(exchange, "{\"uid\":\"%.*s\",\"utid\":\"%s\"}", TEXT_ARGUMENT(user), exchange->tenant->id);
    sha256_add_base64url(&info, plain);
    json_name_text(&exchange->reply, "client_info", bytes_text(&info));
    bytes_free(&info);
}

static bool read_person(struct exchange *exchange, struct token_claims *claims) {
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT user_principal_name, display_name FROM users WHERE id=? AND deleted IS NULL AND account_enabled=1");
    store_bind_text(row, 1, claims->user);
    bool found = store_row(exchange->db, row);
    if (found) {
        struct text upn = store_text(row, 0), name = store_text(row, 1);
        claims->upn = text_make(arena_text(exchange->arena, upn.start, upn.length), upn.length);
        claims->name = text_make(arena_text(exchange->arena, name.start, name.length), name.length);
    }
    sqlite3_reset(row);
    return found || identity_error(exchange, "invalid_grant", 50057, "The user account is disabled.");
}

static void answer_person(struct exchange *exchange, const struct grant *grant, struct text scope) {
    struct text scopes = identity_scopes(exchange, scope);
    if (scopes.length == 0) scopes = TEXT("User.Read");
    struct token_claims claims = {.client = grant->client, .user = grant->user, .permissions = scopes, .issuer = issuer_of(exchange),
                                  .audience = TEXT("https://graph.microsoft.com"), .seconds = atomic_load(&exchange->tenant->token_seconds)};
    if (!read_person(exchange, &claims)) return;
    begin_answer(exchange, &claims);
    json_name_text(&exchange->reply, "scope", scopes);
    if (identity_wishes(grant->scope, "offline_access")) {
        struct grant refresh = {.code = identity_random(exchange, 48), .kind = TEXT("refresh"), .client = grant->client, .scope = grant->scope, .user = grant->user,
                                .state = TEXT("approved"), .expires = identity_now() + REFRESH_SECONDS};
        grant_add(exchange, &refresh);
        json_name_text(&exchange->reply, "refresh_token", refresh.code);
    }
    if (identity_wishes(grant->scope, "openid")) add_id_token(exchange, &claims, grant->nonce);
    add_client_info(exchange, grant->user);
    bytes_add_byte(&exchange->reply, '}');
}

static void answer_device(struct exchange *exchange) {
    struct grant grant = {0};
    struct text code = form_value(exchange, "device_code");
    if (!grant_find(exchange, "device", code, &grant)) {
        identity_error(exchange, "bad_verification_code", 70018, "Invalid verification code. User typed in a wrong code.");
        return;
    }
    if (grant.expires < identity_now()) {
        identity_error(exchange, "expired_token", 70020, "The provided value for the input parameter 'device_code' is not valid. This device code has expired.");
        return;
    }
    if (text_equal(grant.state, TEXT("pending")) && atomic_load(&exchange->tenant->automatic_approval)) {
        grant.user = identity_user(exchange, TEXT_NONE);
        grant.state = TEXT("approved");
    }
    if (text_equal(grant.state, TEXT("pending")))
        identity_error(exchange, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");
    else if (text_equal(grant.state, TEXT("declined"))) identity_error(exchange, "authorization_declined", 70000, "The user declined to sign in.");
    else {
        grant_remove(exchange, code);
        answer_person(exchange, &grant, grant.scope);
    }
}

static void answer_code(struct exchange *exchange) {
    struct grant grant = {0};
    struct text code = form_value(exchange, "code"), verifier = form_value(exchange, "code_verifier");
    if (!grant_find(exchange, "code", code, &grant) || grant.expires < identity_now()) {
        identity_error(exchange, "invalid_grant", 70000, "The provided authorization code is invalid or has expired.");
        return;
    }
    grant_remove(exchange, code);
    if (!text_equal(grant.redirect, form_value(exchange, "redirect_uri"))) {
        identity_error(exchange, "invalid_grant", 50011, "The redirect URI does not match the one of the authorization request.");
        return;
    }
    if (grant.challenge.length) {
        uint8_t digest[32];
        struct bytes challenge = {0};
        sha256_digest(verifier, digest);
        sha256_add_base64url(&challenge, text_make((const char *)digest, sizeof digest));
        bool fits = same(bytes_text(&challenge), grant.challenge);
        bytes_free(&challenge);
        if (!fits) {
            identity_error(exchange, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
            return;
        }
    }
    answer_person(exchange, &grant, grant.scope);
}

static void answer_refresh(struct exchange *exchange) {
    struct grant grant = {0};
    struct text token = form_value(exchange, "refresh_token"), scope = form_value(exchange, "scope");
    if (!grant_find(exchange, "refresh", token, &grant)) {
        identity_error(exchange, "invalid_grant", 50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed.");
        return;
    }
    if (grant.expires < identity_now()) {
        identity_error(exchange, "invalid_grant", 700082, "The refresh token has expired due to inactivity.");
        return;
    }
    answer_person(exchange, &grant, scope.length ? scope : grant.scope);
}

void identity_token(struct exchange *exchange) {
    struct text client, secret, grant = form_value(exchange, "grant_type");
    if (grant.length == 0) {
        identity_error(exchange, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.");
        return;
    }
    if (!read_client(exchange, &client, &secret)) return;
    store_begin(exchange->db);
    if (text_equal(grant, TEXT("client_credentials"))) answer_application(exchange, client, secret);
    else if (text_equal(grant, TEXT("urn:ietf:params:oauth:grant-type:device_code")) || text_equal(grant, TEXT("device_code"))) /* MSAL's old spelling */
        answer_device(exchange);
    else if (text_equal(grant, TEXT("authorization_code"))) answer_code(exchange);
    else if (text_equal(grant, TEXT("refresh_token"))) answer_refresh(exchange);
    else identity_error(exchange, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '%.*s'.", TEXT_ARGUMENT(grant));
    store_commit(exchange->db);
}
