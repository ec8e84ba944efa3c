#include "token_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/random.h"
#include "sha256_private.h"

enum { SEAL_BYTES = 12 };

static struct text key_of(const struct tenant *tenant) {
    return text_make((const char *)tenant->key, sizeof tenant->key);
}

static void add_signature(const struct tenant *tenant, struct text text, size_t length, struct bytes *out) {
    uint8_t digest[32];
    sha256_hmac(key_of(tenant), text, digest);
    sha256_add_base64url(out, text_make((const char *)digest, length));
}

void token_add_seal(const struct tenant *tenant, struct text text, struct bytes *out) {
    add_signature(tenant, text, SEAL_BYTES, out);
}

void token_add_signed(const struct tenant *tenant, struct text payload, struct bytes *out) {
    size_t start = out->length;
    sha256_add_base64url(out, TEXT("{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"practice\"}"));
    bytes_add_byte(out, '.');
    sha256_add_base64url(out, payload);
    struct bytes signature = {0};
    add_signature(tenant, text_make(out->data + start, out->length - start), 32, &signature);
    bytes_add_byte(out, '.');
    bytes_add_text(out, bytes_text(&signature));
    bytes_free(&signature);
}

static void add_person(const struct token_claims *claims, struct bytes *out) {
    json_name_text(out, "oid", claims->user);
    json_name_text(out, "upn", claims->upn);
    json_name_text(out, "unique_name", claims->upn);
    json_name_text(out, "name", claims->name);
    json_name_text(out, "scp", claims->permissions);
    json_name_text(out, "idtyp", TEXT("user"));
}

void token_add(const struct tenant *tenant, const struct token_claims *claims, struct bytes *out) {
    struct bytes payload = {0};
    long long now = (long long)calendar_to_unix(clock_now(NULL), NULL);
    bytes_add_byte(&payload, '{');
    json_name_text(&payload, "aud", claims->audience);
    json_name_text(&payload, "iss", claims->issuer);
    bytes_add_format(&payload, ",\"iat\":%lld,\"nbf\":%lld,\"exp\":%lld", now, now, now + claims->seconds);
    json_name_text(&payload, "appid", claims->client);
    json_name_text(&payload, "tid", text_of(tenant->id));
    json_name_text(&payload, "ver", TEXT("1.0"));
    if (claims->application) {
        json_name_text(&payload, "oid", claims->client);
        json_name_text(&payload, "idtyp", TEXT("app"));
        json_name(&payload, "roles");
        json_list(&payload, claims->permissions, ' ');
    } else {
        add_person(claims, &payload);
    }
    uint64_t unique;
    random_secure(&unique, sizeof unique);
    bytes_add_format(&payload, ",\"uti\":\"%016llx\"}", (unsigned long long)unique);
    token_add_signed(tenant, bytes_text(&payload), out);
    bytes_free(&payload);
}

static bool refuse(struct exchange *exchange, const char *message) {
    exchange_reply_header_format(exchange, "WWW-Authenticate",
        "Bearer realm=\"\", authorization_uri=\"%.*s/%s/oauth2/v2.0/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"",
        TEXT_ARGUMENT(exchange_base(exchange)), exchange->tenant->id);
    return error_reply(exchange, 401, "InvalidAuthenticationToken", "%s", message);
}

static struct text keep(struct exchange *exchange, const char *text) {
    size_t length = text ? strlen(text) : 0;
    return text_make(arena_text(exchange->arena, text ? text : "", length), length);
}

static void read_roles(struct exchange *exchange, const cJSON *roles) {
    struct bytes all = {0};
    const cJSON *role;
    cJSON_ArrayForEach(role, roles) {
        if (!cJSON_IsString(role)) continue;
        if (all.length) bytes_add_byte(&all, ' ');
        bytes_add_string(&all, role->valuestring);
    }
    exchange->principal.permissions = text_make(arena_text(exchange->arena, all.data ? all.data : "", all.length), all.length);
    bytes_free(&all);
}

static bool read_claims(struct exchange *exchange, const cJSON *claims) {
    const cJSON *expires = cJSON_GetObjectItemCaseSensitive(claims, "exp");
    if (!cJSON_IsNumber(expires)) return refuse(exchange, "CompactToken parsing failed with error code: 80049217");
    if (expires->valuedouble < (double)calendar_to_unix(clock_now(NULL), NULL))
        return refuse(exchange, "Lifetime validation failed, the token is expired.");
    struct principal *principal = &exchange->principal;
    principal->client = keep(exchange, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, "appid")));
    const char *scopes = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, "scp"));
    principal->application = !scopes;
    if (scopes) principal->permissions = keep(exchange, scopes);
    else read_roles(exchange, cJSON_GetObjectItemCaseSensitive(claims, "roles"));
    if (scopes) principal->user = keep(exchange, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, "oid")));
    return true;
}

bool token_read(struct exchange *exchange) {
    struct text header = exchange_header(exchange, "Authorization");
    if (!text_starts_fold(header, TEXT("Bearer "))) return refuse(exchange, "Access token is empty.");
    struct text token = text_trim(text_slice(header, 7, header.length));
    if (token.length == 0) return refuse(exchange, "Access token is empty.");
    size_t first = text_find_byte(token, '.', 0), last = text_find_last(token, TEXT("."));
    if (first == TEXT_NOT_FOUND || first == last) return refuse(exchange, "CompactToken parsing failed with error code: 80049217");
    struct bytes signature = {0}, payload = {0};
    add_signature(exchange->tenant, text_slice(token, 0, last), 32, &signature);
    struct text given = text_slice(token, last + 1, token.length);
    bool fine = given.length == signature.length && sha256_same(given.start, signature.data, given.length) &&
                sha256_read_base64url(text_slice(token, first + 1, last - first - 1), &payload);
    cJSON *claims = fine ? cJSON_ParseWithLength(payload.data, payload.length) : NULL;
    bytes_free(&signature);
    bytes_free(&payload);
    if (!claims) return refuse(exchange, "CompactToken parsing failed with error code: 80049217");
    fine = read_claims(exchange, claims);
    cJSON_Delete(claims);
    return fine;
}
