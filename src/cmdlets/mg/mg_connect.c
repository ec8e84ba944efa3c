/* Connect-MgGraph and its like. Inside this program somebody is always connected: to the practice tenant, or to the tenant that
 * Connect-Tenant or the environment chose. A script's Connect-MgGraph is content with that unless it names another tenant. */
#include "mg_private.h"

#include "m365sh/auth/cloud.h"

enum { SCOPES, TENANT, CLIENT_ID, CREDENTIAL, ACCESS_TOKEN, ENVIRONMENT, NO_WELCOME, DEVICE_CODE, CONTEXT_SCOPE, TIMEOUT, THUMBPRINT, CERTIFICATE_NAME, CERTIFICATE, IDENTITY, ENVIRONMENT_VARIABLE };
static const struct parameter_row connect_parameters[] = {
    {"Scopes", "string[]", 0, 0, NULL, NULL, NULL, NULL, "Permissions to ask for."},
    {"TenantId", "string", -1, 0, "Tenant|Audience", NULL, NULL, NULL, "The tenant."},
    {"ClientId", "string", -1, 0, "AppId|ApplicationId", NULL, NULL, NULL, "The application."},
    {"ClientSecretCredential", "object", -1, 0, "SecretCredential|Credential", NULL, NULL, NULL, "The application's id and secret as a credential."},
    {"AccessToken", "object", -1, PARAMETER_SECRET, NULL, NULL, NULL, NULL, "A token as a secure string."},
    {"Environment", "string", -1, 0, "NationalCloud|EnvironmentName", NULL, NULL, NULL, "The cloud."},
    {"NoWelcome", "switch", -1, 0, NULL, NULL, NULL, NULL, "Says nothing."},
    {"UseDeviceCode", "switch", -1, 0, "UseDeviceAuthentication|DeviceCode|DeviceAuth|Device", NULL, NULL, NULL, "By device code, as always here."},
    {"ContextScope", "string", -1, 0, NULL, NULL, "Process|CurrentUser", NULL, "Process: nothing is kept."},
    {"ClientTimeout", "double", -1, 0, NULL, NULL, NULL, NULL, "Seconds."},
    {"CertificateThumbprint", "string", -1, 0, NULL, NULL, NULL, NULL, "Not supported yet."},
    {"CertificateSubjectName", "string", -1, 0, "CertificateSubject|CertificateName", NULL, NULL, NULL, "Not supported yet."},
    {"Certificate", "object", -1, 0, NULL, NULL, NULL, NULL, "Not supported yet."},
    {"Identity", "switch", -1, 0, "ManagedIdentity|ManagedServiceIdentity|MSI", NULL, NULL, NULL, "Not supported yet."},
    {"EnvironmentVariable", "switch", -1, 0, NULL, NULL, NULL, NULL, "Signs in by the environment."},
};

static enum status read_credential(struct invocation *call, struct value credential, struct account *account) {
    struct value network = VALUE_UNSET_INIT, name = VALUE_UNSET_INIT, password = VALUE_UNSET_INIT;
    struct intern *names = call->realm->names;
    bool found = false;
    enum status status = member_call(call->realm, credential, intern_name(names, TEXT("GetNetworkCredential")), NULL, 0, &network);
    if (status == STATUS_OK) status = member_get(call->realm, network, intern_name(names, TEXT("UserName")), &found, &name);
    if (status == STATUS_OK) status = member_get(call->realm, network, intern_name(names, TEXT("Password")), &found, &password);
    if (status == STATUS_OK && name.kind == VALUE_STRING) account_set(&account->client_id, string_text(name));
    if (status == STATUS_OK && password.kind == VALUE_STRING) account_set_secret(&account->client_secret, string_text(password));
    value_release(network);
    value_release(name);
    value_release(password);
    return status;
}

static bool is_current(const struct services *services, struct text tenant) {
    const struct account *account = services->tenant.current(services->tenant.context);
    if (!tenant.length) return true;
    if (!account) return false;
    return text_equal_fold(tenant, text_of(account->tenant_id)) || text_equal_fold(tenant, text_of(account->profile)) || text_equal_fold(tenant, text_of(account->tenant_name));
}

static enum status sign_in_secret(struct invocation *call, struct account *account) {
    struct text token;
    enum status status = read_credential(call, invocation_argument(call, CREDENTIAL), account);
    return status == STATUS_OK ? sign_in_token(call->realm, mg_services(call)->net, account, true, &token, NULL) : status;
}

static enum status switch_tenant(struct invocation *call) {
    const struct services *services = mg_services(call);
    struct text tenant = invocation_text(call, TENANT);
    if (!invocation_has(call, CREDENTIAL)) {
        if (is_current(services, tenant)) return STATUS_OK;
        return invocation_throw(call, "System.InvalidOperationException", "SignIn.OtherTenant", ERROR_AUTHENTICATION_ERROR, value_null(),
                                "This session is not in the tenant %.*s. Sign in first: Connect-Tenant %.*s (with -Secret for an application).", TEXT_ARGUMENT(tenant), TEXT_ARGUMENT(tenant));
    }
    const struct cloud *cloud = invocation_has(call, ENVIRONMENT) ? cloud_find(invocation_text(call, ENVIRONMENT)) : NULL;
    const struct account *now = services->tenant.current(services->tenant.context);
    struct account *account = account_new();
    bool same = is_current(services, tenant) && now && !now->is_practice;
    if (!cloud) cloud = cloud_at(0);
    account_set(&account->environment, text_of(cloud->name));
    account_set(&account->graph, text_of(same ? now->graph : cloud->graph));
    account_set(&account->login, text_of(same ? now->login : cloud->login));
    account_set(&account->tenant_id, tenant);
    account_set(&account->profile, tenant.length ? tenant : TEXT("tenant"));
    enum status status = sign_in_secret(call, account);
    if (status == STATUS_OK) return services->tenant.use_take(services->tenant.context, account, false);
    account_free(account);
    return status;
}

static enum status refuse_flow(struct invocation *call) {
    static const int others[] = {THUMBPRINT, CERTIFICATE_NAME, CERTIFICATE, IDENTITY, ACCESS_TOKEN};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (invocation_has(call, (uint32_t)others[i]) && !is_current(mg_services(call), invocation_text(call, TENANT)))
            return invocation_throw(call, "System.NotSupportedException", "SignIn.NotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                    "Connect-MgGraph -%s is not supported here. Connect-Tenant signs in by device code or client secret; M365SH_ACCESS_TOKEN passes a token.", connect_parameters[others[i]].name);
    return STATUS_OK;
}

static enum status connect_end(struct invocation *call) {
    enum status status = refuse_flow(call);
    if (status == STATUS_OK) status = switch_tenant(call);
    if (status == STATUS_OK) status = graph_client_connect(mg_client(call));
    if (status != STATUS_OK || invocation_switch(call, NO_WELCOME)) return status;
    const struct account *account = graph_client_account(mg_client(call));
    return invocation_emit_take(call, string_format("Connected to %s via %s access using %s", account->is_practice ? "the practice tenant" : account->profile,
                                                    account->flow == ACCOUNT_DEVICE ? "delegated" : "apponly", account->client_id ? account->client_id : "a token"));
}

static struct value scopes_of(struct realm *realm, const struct account *account) {
    struct value scopes = array_new(realm, NULL, 8);
    struct text rest = text_of(account->scopes), scope;
    while (text_split_next(&rest, ' ', &scope))
        if (scope.length) array_push_take(scopes, string_new(scope));
    return scopes;
}

static void put(struct realm *realm, struct value object, const char *name, const char *text) {
    object_put_take(realm, object, name, text ? string_of(text) : value_null());
}

static struct value context_of(struct realm *realm, const struct account *account) {
    static const char *const types[] = {"AppOnly", "Delegated", "UserProvidedAccessToken"}, *const credentials[] = {"ClientSecret", "DeviceCode", "UserProvidedAccessToken"};
    struct value context = object_new(realm, NULL, 18), names = array_new(realm, NULL, 1);
    put(realm, context, "ClientId", account->client_id);
    put(realm, context, "TenantId", account->tenant_id);
    object_put_take(realm, context, "Scopes", scopes_of(realm, account));
    put(realm, context, "AuthType", types[account->flow]);
    put(realm, context, "TokenCredentialType", credentials[account->flow]);
    static const char *const unused[] = {"CertificateThumbprint", "CertificateSubjectName", "SendCertificateChain"};
    for (size_t i = 0; i < sizeof unused / sizeof *unused; i++) put(realm, context, unused[i], NULL);
    put(realm, context, "Account", account->user);
    put(realm, context, "AppName", account->is_practice ? "m365sh practice" : NULL);
    put(realm, context, "ContextScope", account->flow == ACCOUNT_DEVICE ? "CurrentUser" : "Process");
    put(realm, context, "Certificate", NULL);
    put(realm, context, "PSHostVersion", "7.6.9");
    put(realm, context, "ManagedIdentityId", NULL);
    put(realm, context, "ClientSecret", NULL);
    put(realm, context, "Environment", account->is_practice ? "Global" : account->environment);
    array_push_take(names, string_of("Microsoft.Graph.PowerShell.Authentication.AuthContext"));
    value_set_take(&object_block(context)->type_names, names);
    return context;
}

static enum status emit_context(struct invocation *call) {
    struct graph_client *client = mg_client(call);
    enum status status = graph_client_connect(client);
    if (status != STATUS_OK) return status;
    struct text token;
    struct account *account = graph_client_account(client);
    if (!account->access_token) status = sign_in_token(call->realm, mg_services(call)->net, account, false, &token, NULL);
    return status == STATUS_OK ? invocation_emit_take(call, context_of(call->realm, account)) : status;
}

/* Ends what the script began. What the session itself is signed in to stays. */
static enum status disconnect_end(struct invocation *call) {
    return emit_context(call);
}

static enum status profile_end(struct invocation *call) {
    return invocation_warn(call, "%s has no effect: beta commands are named Get-MgBeta….", call->command->row->name);
}

static const struct parameter_row anything[] = {
    {"Name", "object", 0, PARAMETER_REMAINING, "ProfileName", NULL, NULL, NULL, "Passed over."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
};
static const struct parameter_row request_context[] = {
    {"MaxRetry", "int", -1, 0, NULL, NULL, NULL, NULL, "Passed over: this program paces itself."},
    {"RetryDelay", "int", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
    {"RetriesTimeLimit", "object", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
    {"ClientTimeout", "double", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
};
#define ROWS(table) .parameters = table, .parameter_count = sizeof table / sizeof *table
#define TYPE "Microsoft.Graph.PowerShell.Authentication.AuthContext"

CMDLET(connect_mg_graph) = {
    .name = "Connect-MgGraph", .aliases = "Connect-Graph", .synopsis = "As the Graph PowerShell SDK's: here it is content with the tenant that the session is in.",
    .description = "A script that connects first runs unchanged. -ClientSecretCredential with -TenantId signs in an application; another tenant needs Connect-Tenant before.",
    ROWS(connect_parameters), .end = connect_end,
};
CMDLET(get_mg_context) = {.name = "Get-MgContext", .synopsis = "Shows who is signed in, as the Graph PowerShell SDK does.", .description = "The token is never shown.", .end = emit_context, .emits = TYPE};
CMDLET(disconnect_mg_graph) = {.name = "Disconnect-MgGraph", .aliases = "Disconnect-Graph", .synopsis = "As the Graph PowerShell SDK's: gives the context; the session stays in its tenant.",
    .description = "Disconnect-Tenant signs out.", .end = disconnect_end, .emits = TYPE};
CMDLET(select_mg_profile) = {.name = "Select-MgProfile", .synopsis = "Gone since version 2 of the SDK: passed over with a warning.", .description = "Beta commands are named Get-MgBeta….", ROWS(anything), .end = profile_end};
CMDLET(set_mg_request_context) = {.name = "Set-MgRequestContext", .synopsis = "Passed over: this program paces itself.", .description = "Retries are built in.", ROWS(request_context)};
