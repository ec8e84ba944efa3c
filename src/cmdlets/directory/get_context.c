#include "context_private.h"

#include "m365sh/auth/token_store.h"

static const struct example_row example_rows[] = {
    {"Get-Context", "The tenant, who is signed in, with which permissions, until when."},
    {"(Get-Context).Scopes", "The permissions alone."},
};

static void put(struct realm *realm, struct value object, const char *name, const char *text) {
    object_put_take(realm, object, name, text ? string_of(text) : value_null());
}

struct value context_object(struct invocation *call, const struct account *account) {
    static const char *const flows[] = {"AppOnly", "Delegated", "UserProvidedAccessToken"};
    struct realm *realm = call->realm;
    struct value context = object_new(realm, NULL, 12), scopes = array_new(realm, NULL, 8);
    struct text rest = text_of(account->scopes), scope;
    while (text_split_next(&rest, ' ', &scope))
        if (scope.length) array_push_take(scopes, string_new(scope));
    put(realm, context, "Tenant", account->tenant_name ? account->tenant_name : account->is_practice ? "practice" : account->profile);
    put(realm, context, "Kind", account->is_practice ? "Practice" : "Production");
    put(realm, context, "Account", account->user);
    put(realm, context, "TenantId", account->tenant_id);
    put(realm, context, "ClientId", account->client_id);
    put(realm, context, "AuthType", flows[account->flow]);
    object_put_take(realm, context, "Scopes", scopes);
    object_put_take(realm, context, "Expires", account->expires ? value_datetime(account->expires, 1) : value_null());
    put(realm, context, "Environment", account->environment);
    put(realm, context, "GraphEndpoint", account->graph);
    put(realm, context, "LoginEndpoint", account->login);
    directory_set_type(realm, context, "M365.Context");
    return context;
}

enum status context_store(struct invocation *call) {
    const struct services *services = directory_services(call);
    struct account *account = graph_client_account(services->client);
    struct fault fault = {0};
    if (!account) return STATUS_OK;
    if (token_store_save(call->realm, account, &fault) == STATUS_OK) return STATUS_OK;
    return realm_raise_fault(call->realm, &fault, "ProfileNotStored");
}

static enum status end(struct invocation *call) {
    struct graph_client *client = directory_client(call);
    enum status status = graph_client_connect(client);
    if (status != STATUS_OK) return status;
    struct account *account = graph_client_account(client);
    struct text token;
    if (!account->access_token) status = sign_in_token(call->realm, directory_services(call)->net, account, false, &token, NULL);
    return status == STATUS_OK ? invocation_emit_take(call, context_object(call, account)) : status;
}

CMDLET(get_context) = {
    .name = "Get-Context", .synopsis = "Shows the tenant and who is signed in.", .description = "Tenant, account or application, permissions, expiry. The token itself is never shown.",
    EXAMPLES, .flags = CMDLET_NEEDS_TENANT, .end = end, .emits = "M365.Context",
};
