/* The token endpoint: requests, answers, what its errors mean. Microsoft promises only the field `error`; its numbers
 * are used for the hint alone. */
#include "auth_private.h"

#include "m365sh/auth/jwt.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/calendar.h"
#include "m365sh/json/json.h"
#include "m365sh/net/percent.h"
#include "m365sh/net/url.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define REFRESH_AHEAD_TICKS (5 * 60 * CALENDAR_TICKS_PER_SECOND)
#define EXCEPTION "System.Security.Authentication.AuthenticationException"

struct text token_field(struct realm *realm, struct value answer, const char *name) {
    struct value *place = answer.kind == VALUE_OBJECT ? object_find_text(realm, answer, text_of(name)) : NULL;
    return place && place->kind == VALUE_STRING ? string_text(*place) : TEXT_NONE;
}

int64_t token_number(struct realm *realm, struct value answer, const char *name, int64_t fallback) {
    struct value *place = answer.kind == VALUE_OBJECT ? object_find_text(realm, answer, text_of(name)) : NULL;
    if (!place) return fallback;
    if (value_is_integer(*place)) return place->integer;
    if (place->kind != VALUE_STRING) return fallback;
    int64_t number = 0; /* some issuers send digits as text */
    struct text digits = string_text(*place);
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.start[i] < '0' || digits.start[i] > '9' || number > INT32_MAX) return fallback;
        number = number * 10 + (digits.start[i] - '0');
    }
    return digits.length ? number : fallback;
}

struct hint { int64_t number; const char *sentence; };
static const struct hint hints[] = {
    {7000215, "The client secret is wrong; give the secret's value, not its id."},
    {7000222, "The client secret has expired; make a new one in the application's registration."},
    {700016, "No application with this client id is known in the tenant."},
    {7000218, "The application wants a secret or certificate; for device code its registration must allow public client flows."},
    {7000112, "The application is disabled in the tenant."},
    {90002, "There is no tenant of that name; check the tenant id and the -Environment."},
    {900023, "The tenant must be a GUID or a domain name."},
    {5000224, "The tenant no longer exists."},
    {50194, "The application belongs to one tenant; name it with -TenantId."},
    {9001023, "An application signs in to one tenant; name it with -TenantId."},
    {53003, "Conditional Access of the tenant blocks this way of signing in; the device code flow is often forbidden."},
    {530036, "Conditional Access of the tenant forbids the device code flow."},
    {50076, "The tenant asks for another factor; sign in again."},
    {50079, "The account must set up another factor first."},
    {50055, "The password has expired."},
    {50057, "The account is disabled."},
    {50173, "The sign-in was revoked or the password changed; sign in again."},
    {700082, "The sign-in was not used for too long; sign in again."},
    {70008, "The sign-in has expired; sign in again."},
    {70043, "The tenant's policy wants a new sign-in."},
    {65001, "Nobody has consented to the permissions that were asked for."},
    {65004, "The person declined the consent."},
    {90094, "An administrator must consent to these permissions."},
    {70011, "A scope that was asked for does not exist."},
    {500011, "The service of that name is not known in the tenant; check the -Environment."},
    {50020, "The account does not belong to this tenant."},
    {50034, "There is no such account in this tenant."},
    {50105, "The account is not assigned to the application."},
    {50126, "User name or password is wrong."},
};
static const struct { const char *error, *sentence; } general[] = {
    {"invalid_client", "The application could not prove who it is."},
    {"unauthorized_client", "The application may not sign in this way."},
    {"invalid_grant", "The sign-in is no longer good; sign in again with Connect-Tenant."},
    {"interaction_required", "A person must sign in again with Connect-Tenant."},
    {"invalid_scope", "The permissions that were asked for are not valid."},
    {"authorization_declined", "The person declined the sign-in."},
    {"access_denied", "The person declined the sign-in."},
    {"expired_token", "The code was not used in time; start again with Connect-Tenant."},
    {"bad_verification_code", "The sign-in service does not know this device code."},
};

static const char *sentence_of(struct realm *realm, struct value answer, int64_t *number) {
    struct value *codes = object_find_text(realm, answer, TEXT("error_codes"));
    *number = 0;
    for (uint32_t i = 0; codes && codes->kind == VALUE_ARRAY && i < array_count(*codes); i++) {
        struct value code = array_at(*codes, i);
        if (!value_is_integer(code)) continue;
        if (!*number) *number = code.integer;
        for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
            if (hints[k].number == code.integer) return *number = code.integer, hints[k].sentence;
    }
    struct text error = token_field(realm, answer, "error");
    for (size_t i = 0; i < sizeof general / sizeof *general; i++)
        if (text_equal(error, text_of(general[i].error))) return general[i].sentence;
    return "The sign-in service refused.";
}

enum status token_raise(struct realm *realm, struct account *account, struct value answer) {
    int64_t number;
    const char *sentence = sentence_of(realm, answer, &number);
    struct text error = token_field(realm, answer, "error"), trace = token_field(realm, answer, "correlation_id");
    struct bytes id = {0}, message = {0};
    bytes_add_format(&id, "SignIn.%.*s", TEXT_ARGUMENT(error.length ? error : TEXT("failed")));
    bytes_add_format(&message, "Signing in to %s failed. %s", account->tenant_id ? account->tenant_id : "the tenant", sentence);
    if (number) bytes_add_format(&message, " (AADSTS%lld", (long long)number);
    else if (error.length) bytes_add_format(&message, " (%.*s", TEXT_ARGUMENT(error));
    if (number || error.length) bytes_add_format(&message, trace.length ? ", correlation id %.*s)" : ")", TEXT_ARGUMENT(trace));
    enum status status = realm_raise(realm, EXCEPTION, id.data, ERROR_AUTHENTICATION_ERROR, "%s", message.data);
    bytes_free(&id);
    bytes_free(&message);
    return status;
}

static struct exchange *token_exchange(struct account *account, const char *leaf, struct bytes *form) {
    struct bytes url = {0};
    bytes_add_format(&url, "%s/", account->login);
    percent_add(&url, text_of(account->tenant_id ? account->tenant_id : "organizations"), PERCENT_SEGMENT);
    bytes_add_format(&url, "/oauth2/v2.0/%s", leaf);
    struct exchange *exchange = exchange_new("POST", bytes_text(&url));
    bytes_free(&url);
    exchange->hidden = true;
    if (account->socket_path) exchange->socket_path = alloc_text(account->socket_path, strlen(account->socket_path));
    headers_add(&exchange->headers, TEXT("Content-Type"), TEXT("application/x-www-form-urlencoded"));
    headers_add(&exchange->headers, TEXT("Accept"), TEXT("application/json"));
    bytes_add_text(&exchange->body, bytes_text(form));
    if (form->data) secret_wipe(form->data, form->length);
    bytes_clear(form);
    return exchange;
}

static enum status read_answer(struct realm *realm, struct account *account, struct exchange *exchange, struct value *answer) {
    if (!exchange->status)
        return realm_raise(realm, "System.Net.Http.HttpRequestException", "Graph.NoConnection", ERROR_CONNECTION_ERROR,
                           "The sign-in service at %s cannot be reached. %s", account->login, exchange->fault.message ? exchange->fault.message : "");
    const struct json_read_options options = {.keep_dates_text = true};
    if (json_read(realm, bytes_text(&exchange->answer), &options, answer) == STATUS_OK && answer->kind == VALUE_OBJECT) return STATUS_OK;
    value_release(realm_take_raised(realm));
    value_release(*answer);
    *answer = VALUE_UNSET_INIT;
    return realm_raise(realm, EXCEPTION, "SignIn.BadAnswer", ERROR_PROTOCOL_ERROR,
                       "What answered at %s is no sign-in service (HTTP status %d).", account->login, exchange->status);
}

enum status token_post(struct realm *realm, struct net *net, struct account *account, const char *leaf, struct bytes *form, struct value *answer) {
    *answer = VALUE_UNSET_INIT;
    if (!account->socket_path && !url_is_private(text_of(account->login))) {
        secret_wipe(form->data, form->length);
        return realm_raise(realm, EXCEPTION, "SignIn.NotPrivate", ERROR_SECURITY_ERROR,
                           "The sign-in address %s is neither https nor on this machine: no secret is sent there.", account->login);
    }
    struct exchange *exchange = token_exchange(account, leaf, form);
    struct fault fault = {0};
    enum status status = transfer_submit(net, exchange, &fault);
    if (status != STATUS_OK) {
        exchange_free(exchange);
        return realm_raise_fault(realm, &fault, "SignIn.NoLibrary");
    }
    status = transfer_wait(net, exchange, false);
    if (status == STATUS_OK) status = read_answer(realm, account, exchange, answer);
    else transfer_cancel(net, exchange);
    exchange_free(exchange);
    return status;
}

enum status token_accept(struct realm *realm, struct account *account, struct value answer) {
    struct text token = token_field(realm, answer, "access_token"), refresh = token_field(realm, answer, "refresh_token");
    struct text scope = token_field(realm, answer, "scope");
    if (!token.length)
        return realm_raise(realm, EXCEPTION, "SignIn.BadAnswer", ERROR_PROTOCOL_ERROR, "The sign-in service sent no token.");
    account_set_secret(&account->access_token, token);
    if (refresh.length) account_set_secret(&account->refresh_token, refresh);
    if (scope.length) account_set(&account->scopes, scope);
    int64_t seconds = token_number(realm, answer, "expires_in", 3600);
    account->expires = clock_now(&realm->clock) + seconds * CALENDAR_TICKS_PER_SECOND;
    sign_in_read_claims(realm, account);
    return STATUS_OK;
}

enum status token_by_refresh(struct realm *realm, struct net *net, struct account *account) {
    struct bytes form = {0};
    struct value answer = VALUE_UNSET_INIT;
    percent_add_field(&form, "grant_type", TEXT("refresh_token"));
    percent_add_field(&form, "client_id", text_of(account->client_id));
    percent_add_field(&form, "refresh_token", secret_reveal(account->refresh_token));
    if (account->client_secret) percent_add_field(&form, "client_secret", secret_reveal(account->client_secret));
    enum status status = token_post(realm, net, account, "token", &form, &answer);
    bytes_free(&form);
    if (status == STATUS_OK) status = token_field(realm, answer, "error").length ? token_raise(realm, account, answer) : token_accept(realm, account, answer);
    value_release(answer);
    return status;
}

static enum status obtain(struct realm *realm, struct net *net, struct account *account) {
    if (account->refresh_token) return token_by_refresh(realm, net, account);
    if (account->client_secret) return token_by_secret(realm, net, account);
    const char *what = account->access_token ? "The token has expired, and there is nothing to renew it with" : "Nobody is signed in";
    return realm_raise(realm, EXCEPTION, "SignIn.Needed", ERROR_AUTHENTICATION_ERROR, "%s. Use Connect-Tenant.", what);
}

enum status sign_in_token(struct realm *realm, struct net *net, struct account *account, bool fresh, struct text *token, bool *renewed) {
    bool given = account->flow == ACCOUNT_TOKEN && account->expires == 0; /* a token without readable expiry: the service will say */
    int64_t now = clock_now(&realm->clock);
    if (renewed) *renewed = false;
    bool good = account->access_token && (given || account->expires - REFRESH_AHEAD_TICKS > now);
    bool renewable = account->refresh_token || account->client_secret;
    if (!good && !renewable && account->access_token && account->expires > now) good = true; /* its last minutes */
    if (!good || fresh) {
        enum status status = obtain(realm, net, account);
        if (status != STATUS_OK) return status;
        if (renewed) *renewed = true;
    }
    *token = secret_reveal(account->access_token);
    return STATUS_OK;
}

static void read_text(struct realm *realm, struct value claims, const char *name, char **place) {
    struct text text = token_field(realm, claims, name);
    if (text.length) account_set(place, text);
}

static void read_roles(struct realm *realm, struct value claims, struct account *account) {
    struct value *roles = object_find_text(realm, claims, TEXT("roles"));
    if (!roles || roles->kind != VALUE_ARRAY) return;
    struct bytes joined = {0};
    for (uint32_t i = 0; i < array_count(*roles); i++) {
        struct value role = array_at(*roles, i);
        if (role.kind != VALUE_STRING) continue;
        if (joined.length) bytes_add_byte(&joined, ' ');
        bytes_add_text(&joined, string_text(role));
    }
    account_set(&account->scopes, bytes_text(&joined));
    bytes_free(&joined);
}

void sign_in_read_claims(struct realm *realm, struct account *account) {
    if (!account->access_token) return;
    struct value claims = jwt_claims(realm, secret_reveal(account->access_token));
    if (claims.kind != VALUE_OBJECT) {
        value_release(claims);
        return;
    }
    if (!account->tenant_id) read_text(realm, claims, "tid", &account->tenant_id);
    if (!account->client_id) read_text(realm, claims, "appid", &account->client_id);
    read_text(realm, claims, "unique_name", &account->user);
    read_text(realm, claims, "upn", &account->user);
    read_text(realm, claims, "scp", &account->scopes);
    read_roles(realm, claims, account);
    int64_t until = token_number(realm, claims, "exp", 0);
    if (account->flow == ACCOUNT_TOKEN && until) account->expires = calendar_from_unix(until, 0);
    value_release(claims);
}
