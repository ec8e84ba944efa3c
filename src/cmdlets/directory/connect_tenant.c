#include "directory_private.h"

#include <stdlib.h>
#include "context_private.h"
#include "m365sh/auth/cloud.h"

enum { TENANT, CLIENT_ID, SECRET, SCOPES, ENVIRONMENT, GRAPH_ENDPOINT, LOGIN_ENDPOINT, CA_FILE, NAME, ACCESS_TOKEN, NO_STORE };
static const struct parameter_row parameter_rows[] = {
    {"TenantId", "string", 0, 0, "Tenant|Domain", NULL, NULL, NULL, "The tenant: a domain such as contoso.onmicrosoft.com, or its id."},
    {"ClientId", "string", -1, 0, "AppId|ApplicationId", NULL, NULL, NULL, "The application to sign in with; without it Microsoft's own for command lines."},
    {"Secret", "switch", -1, 0, NULL, NULL, NULL, NULL, "Signs in as the application itself. The secret is asked for without echo, or taken from M365SH_CLIENT_SECRET."},
    {"Scopes", "string[]", -1, 0, "Scope", NULL, NULL, NULL, "Permissions to ask for with a device code."},
    {"Environment", "string", -1, 0, "NationalCloud", NULL, "Global|USGov|USGovDoD|China", NULL, "The cloud that the tenant is in."},
    {"GraphEndpoint", "string", -1, 0, NULL, NULL, NULL, NULL, "Another address of the service."},
    {"LoginEndpoint", "string", -1, 0, NULL, NULL, NULL, NULL, "Another address of the sign-in service."},
    {"CaFile", "string", -1, 0, NULL, NULL, NULL, "path", "Certificate authorities to trust, as a PEM file."},
    {"Name", "string", -1, 0, "Profile", NULL, NULL, NULL, "Name of the profile; without it the tenant's domain or id."},
    {"AccessToken", "switch", -1, 0, NULL, NULL, NULL, NULL, "Takes a token from M365SH_ACCESS_TOKEN."},
    {"NoStore", "switch", -1, 0, NULL, NULL, NULL, NULL, "Keeps nothing for later sessions."},
};
static const struct example_row example_rows[] = {
    {"Get-Help Connect-Tenant", "Connect-Tenant contoso.onmicrosoft.com signs in a person by device code: open the page that it names and type the code."},
    {"Get-Context", "Who is signed in, and where."},
};
#define DEFAULT_CLIENT "14d82eec-204b-4c2f-b7e8-296a70dab67e" /* Microsoft Graph Command Line Tools */
static const char default_scopes[] = "User.ReadWrite.All LicenseAssignment.ReadWrite.All Group.Read.All Directory.Read.All";

static void show_code(void *context, struct text address, struct text code) {
    struct invocation *call = context;
    struct bytes line = {0};
    bytes_add_format(&line, "To sign in, open %.*s in a browser and type the code %.*s\n", TEXT_ARGUMENT(address), TEXT_ARGUMENT(code));
    if (call->host->print_error && call->host->print_error(call->host, bytes_text(&line)) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
    bytes_free(&line);
}

static void add_scope(struct bytes *out, const struct account *account, struct text scope) {
    if (out->length) bytes_add_byte(out, ' ');
    bool is_whole = text_find(scope, TEXT("://"), 0) != TEXT_NOT_FOUND;
    bool is_public = text_find(text_of(account->graph), TEXT("microsoft"), 0) != TEXT_NOT_FOUND || text_find(text_of(account->graph), TEXT("chinacloudapi"), 0) != TEXT_NOT_FOUND;
    if (!is_whole) bytes_add_format(out, "%s/", is_public ? account->graph : "https://graph.microsoft.com");
    bytes_add_text(out, scope);
}

static enum status sign_in_person(struct invocation *call, struct account *account) {
    struct bytes scopes = {0};
    struct value list = value_base(invocation_argument(call, SCOPES));
    if (list.kind == VALUE_ARRAY) {
        for (uint32_t i = 0; i < array_count(list); i++) {
            struct text rest = string_text(array_at(list, i)), one;
            while (text_split_next(&rest, ',', &one)) add_scope(&scopes, account, text_trim(one));
        }
    } else {
        struct text rest = text_of(default_scopes), one;
        while (text_split_next(&rest, ' ', &one)) add_scope(&scopes, account, one);
    }
    bytes_add_string(&scopes, " openid profile offline_access");
    const struct sign_in_prompt prompt = {show_code, call};
    enum status status = sign_in_device(call->realm, directory_services(call)->net, account, bytes_text(&scopes), &prompt);
    bytes_free(&scopes);
    return status;
}

static enum status take_secret(struct invocation *call, struct account *account) {
    struct text given = text_of(getenv("M365SH_CLIENT_SECRET"));
    if (given.length) {
        account_set_secret(&account->client_secret, given);
        return STATUS_OK;
    }
    struct value line = VALUE_UNSET_INIT;
    if (!call->host->read_line) return invocation_throw(call, "System.InvalidOperationException", "SignIn.NoSecret", ERROR_AUTHENTICATION_ERROR, value_null(), "Nobody is there to type the secret: put it into M365SH_CLIENT_SECRET.");
    enum status status = call->host->read_line(call->host, TEXT("Client secret: "), true, &line);
    if (status == STATUS_OK && line.kind == VALUE_STRING) account_set_secret(&account->client_secret, string_text(line));
    if (line.kind == VALUE_STRING) secret_wipe((char *)string_text(line).start, string_text(line).length);
    value_release(line);
    return status;
}

static enum status sign_in_application(struct invocation *call, struct account *account) {
    struct text token;
    enum status status = take_secret(call, account);
    return status == STATUS_OK ? sign_in_token(call->realm, directory_services(call)->net, account, true, &token, NULL) : status;
}

static void set_endpoint(char **place, struct text given, const char *usual) {
    while (text_ends(given, TEXT("/"))) given = text_slice(given, 0, given.length - 1);
    account_set(place, given.length ? given : text_of(usual));
}

static struct account *new_account(struct invocation *call) {
    struct account *account = account_new();
    const struct cloud *cloud = invocation_has(call, ENVIRONMENT) ? cloud_find(invocation_text(call, ENVIRONMENT)) : NULL;
    if (!cloud) cloud = cloud_at(0);
    account_set(&account->environment, text_of(cloud->name));
    struct text graph = invocation_text(call, GRAPH_ENDPOINT), login = invocation_text(call, LOGIN_ENDPOINT), client = invocation_text(call, CLIENT_ID);
    set_endpoint(&account->graph, graph.length ? graph : text_of(getenv("M365SH_GRAPH_ENDPOINT")), cloud->graph);
    set_endpoint(&account->login, login.length ? login : text_of(getenv("M365SH_LOGIN_ENDPOINT")), cloud->login);
    account_set(&account->tenant_id, invocation_text(call, TENANT));
    account_set(&account->client_id, client.length ? client : text_of(DEFAULT_CLIENT));
    return account;
}

static void name_profile(struct invocation *call, struct account *account) {
    struct text name = invocation_text(call, NAME);
    if (!name.length) name = text_of(account->tenant_id);
    if (!name.length) name = text_of(account->user);
    account_set(&account->profile, name.length ? name : TEXT("tenant"));
}

/* The tenant's name for the prompt; not every sign-in may read it. */
static void read_tenant_name(struct invocation *call, struct account *account) {
    struct graph_watch watch = directory_watch(call);
    const struct graph_request request = {.method = "GET", .path = TEXT("organization?$select=id,displayName"), .watch = &watch};
    struct value answer;
    if (graph_fetch(directory_client(call), &request, &answer) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
    struct value list = decode_get(call->realm, answer, "value");
    if (list.kind == VALUE_ARRAY && array_count(list)) account_set(&account->tenant_name, decode_text(call->realm, array_at(list, 0), "displayName"));
    value_release(answer);
}

static enum status end(struct invocation *call) {
    const struct services *services = directory_services(call);
    struct account *account = new_account(call);
    struct bytes ca_file = {0};
    enum status status = STATUS_OK;
    if (invocation_has(call, CA_FILE)) {
        invocation_path(call, invocation_text(call, CA_FILE), &ca_file);
        net_trust(services->net, ca_file.data);
        bytes_free(&ca_file);
    }
    if (invocation_switch(call, ACCESS_TOKEN)) {
        account->flow = ACCOUNT_TOKEN;
        account_set_secret(&account->access_token, text_of(getenv("M365SH_ACCESS_TOKEN")));
        if (!account->access_token) status = invocation_throw(call, "System.ArgumentException", "SignIn.NoToken", ERROR_AUTHENTICATION_ERROR, value_null(), "-AccessToken takes the token from M365SH_ACCESS_TOKEN, which is empty.");
        else sign_in_read_claims(call->realm, account);
    } else {
        status = invocation_switch(call, SECRET) ? sign_in_application(call, account) : sign_in_person(call, account);
    }
    if (status != STATUS_OK) {
        account_free(account);
        return status;
    }
    name_profile(call, account);
    status = services->tenant.use_take(services->tenant.context, account, false);
    if (status != STATUS_OK) return status;
    read_tenant_name(call, account);
    bool store = !invocation_switch(call, NO_STORE) && account->flow == ACCOUNT_DEVICE;
    if (store) {
        status = context_store(call);
        if (status == STATUS_OK) status = invocation_verbose(call, "The tokens are kept in the profiles file, readable by you alone.");
    }
    return status == STATUS_OK ? invocation_emit_take(call, context_object(call, account)) : status;
}

CMDLET(connect_tenant) = {
    .name = "Connect-Tenant", .synopsis = "Signs in to a tenant of Microsoft 365.",
    .description = "Without more a person signs in by device code: a page to open and a code to type there. -Secret signs in an application. The tokens are kept in a file of your own, "
                   "mode 0600; a client secret never is. Secrets travel only over https, or to this machine.",
    PARAMETERS, EXAMPLES, .end = end, .emits = "M365.Context",
};
