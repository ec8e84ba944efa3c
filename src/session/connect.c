#include "session_private.h"

#include <stdlib.h>
#include "m365sh/auth/cloud.h"
#include "m365sh/auth/token_store.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/log.h"
#include "m365sh/cmdlets/lookup.h"
#include "m365sh/cmdlets/services.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/string.h"
#include "tenant_link_private.h"

/* Everything between the cmdlets and a tenant. services.client is made at once, since that costs nothing; the first request
 * starts the practice tenant or signs in. */
struct link {
    struct services services;
    struct session *session;
    struct practice practice;
    struct account *account;         /* signed in; owned; NULL: the practice tenant */
    bool is_stored;                  /* its profile is kept in the file */
    struct log_file *log;
};

static struct link *link_of(struct session *session) {
    return (struct link *)session->services;
}

static struct text environment(const char *name) {
    return text_of(getenv(name));
}

static void set_endpoint(char **place, const char *variable, const char *usual) {
    struct text given = environment(variable);
    while (text_ends(given, TEXT("/"))) given = text_slice(given, 0, given.length - 1);
    account_set(place, given.length ? given : text_of(usual));
}

/* Unattended runs: M365SH_TENANT_ID and what goes with it. */
static struct account *account_of_environment(void) {
    struct text tenant = environment("M365SH_TENANT_ID");
    if (!tenant.length) return NULL;
    struct account *account = account_new();
    account->flow = environment("M365SH_ACCESS_TOKEN").length ? ACCOUNT_TOKEN : ACCOUNT_SECRET;
    account_set(&account->profile, tenant);
    account_set(&account->environment, TEXT("Global"));
    account_set(&account->tenant_id, tenant);
    account_set(&account->client_id, environment("M365SH_CLIENT_ID"));
    account_set_secret(&account->client_secret, environment("M365SH_CLIENT_SECRET"));
    account_set_secret(&account->access_token, environment("M365SH_ACCESS_TOKEN"));
    set_endpoint(&account->graph, "M365SH_GRAPH_ENDPOINT", cloud_at(0)->graph);
    set_endpoint(&account->login, "M365SH_LOGIN_ENDPOINT", cloud_at(0)->login);
    return account;
}

static bool wants_practice(const struct session *session) {
    return session->options.tenant && text_equal_fold(text_of(session->options.tenant), TEXT("practice"));
}

/* Which tenant the session begins in: --tenant, the environment, the profile of the last Connect-Tenant, else practice. */
static enum status choose_account(struct link *link, struct realm *realm) {
    struct session *session = link->session;
    const char *name = session->options.tenant;
    if (link->account || wants_practice(session)) return STATUS_OK;
    if (!name && (link->account = account_of_environment())) {
        sign_in_read_claims(realm, link->account);
        return STATUS_OK;
    }
    link->account = token_store_load(realm, text_of(name));
    link->is_stored = link->account != NULL;
    if (link->account || !name) return STATUS_OK;
    return realm_raise(realm, "System.ArgumentException", "SignIn.UnknownTenant", ERROR_OBJECT_NOT_FOUND,
                       "There is no profile named %s. Connect-Tenant makes one; without --tenant the practice tenant is used.", name);
}

static enum status connect(void *context, struct realm *realm, struct account **account) {
    struct link *link = context;
    enum status status = choose_account(link, realm);
    if (status != STATUS_OK) return status;
    if (!link->account && !practice_is_running(&link->practice)) status = practice_start(&link->practice, realm);
    *account = link->account ? link->account : link->practice.account;
    return status;
}

static void renewed(void *context, struct account *account) {
    struct link *link = context;
    if (link->is_stored && account == link->account) (void)!token_store_save(link->session->realm, account, NULL);
}

static const struct account *current(void *context) {
    struct link *link = context;
    if (choose_account(link, link->session->realm) == STATUS_ERROR) value_release(realm_take_raised(link->session->realm));
    return link->account ? link->account : link->practice.account;
}

static void start_anew(struct link *link) {
    graph_client_disconnect(link->services.client);
    changes_forget(link->services.changes);
}

static enum status use_take(void *context, struct account *account, bool store) {
    struct link *link = context;
    start_anew(link);
    account_free(link->account);
    link->account = account;
    link->is_stored = store;
    if (!store) return STATUS_OK;
    struct fault fault = {0};
    enum status status = token_store_save(link->session->realm, account, &fault);
    return status == STATUS_OK ? status : realm_raise_fault(link->session->realm, &fault, "ProfileNotStored");
}

static enum status leave(void *context) {
    struct link *link = context;
    struct fault fault = {0};
    enum status status = STATUS_OK;
    start_anew(link);
    if (link->account && link->is_stored) status = token_store_forget(link->session->realm, text_of(link->account->profile), &fault);
    account_free(link->account);
    link->account = NULL;
    link->session->options.tenant = "practice";
    return status == STATUS_OK ? status : realm_raise_fault(link->session->realm, &fault, "ProfileNotStored");
}

void connect_start(struct session *session) {
    struct link *link = ALLOC_NEW(struct link);
    struct services *services = &link->services;
    struct fault fault = {0};
    link->session = session;
    if (session->options.log_path && !(link->log = log_open(session->options.log_path, &fault))) {
        enum status status = output_print_error(session, text_of(fault.message));
        (void)status;
        fault_clear(&fault);
    }
    const struct net_settings settings = {.authorities_path = session->options.ca_file, .trace_descriptor = session->options.trace ? 2 : -1, .log = link->log};
    const struct graph_connector connector = {connect, renewed, link};
    services->net = net_new(&settings);
    services->client = graph_client_new(session->realm, services->net, &connector);
    services->changes = changes_new(session->realm, services->client);
    services->lookup = lookup_new(services->client);
    services->changes->product_name = lookup_add_name;
    services->changes->plan_name = lookup_add_plan_name;
    services->changes->names_context = services->lookup;
    services->tenant = (struct tenant_switch){link, current, use_take, leave};
    session->services = services;
    session->host.services = services;
}

void connect_stop(struct session *session) {
    struct link *link = link_of(session);
    if (!link) return;
    net_free(link->services.net);
    lookup_free(link->services.lookup);
    changes_free(link->services.changes);
    graph_client_free(link->services.client);
    practice_stop(&link->practice);
    account_free(link->account);
    log_close(link->log);
    alloc_free(link);
    session->services = NULL;
    session->host.services = NULL;
}

int connect_outcome(struct session *session) {
    struct change_totals *totals = &link_of(session)->services.changes->totals;
    if (graph_client_sign_in_failed(link_of(session)->services.client)) return EXIT_SIGN_IN;
    int code = totals->guard_stopped ? EXIT_REFUSED : changes_all_well(totals) ? EXIT_DONE : EXIT_ITEMS;
    return code;
}

int connect_failure(struct session *session, struct value record) {
    struct value id = error_record_get(record, ERROR_ID);
    int changes = connect_outcome(session);
    if (id.kind == VALUE_STRING && text_starts(string_text(id), TEXT("SignIn."))) return EXIT_SIGN_IN;
    if (id.kind == VALUE_STRING && text_starts(string_text(id), TEXT("NobodyToAsk"))) return EXIT_REFUSED;
    return changes == EXIT_DONE ? EXIT_FAILED : changes;
}

struct text session_tenant_name(struct session *session) {
    const struct account *account = current(link_of(session));
    if (!account || account->is_practice) return TEXT("practice");
    return text_of(account->tenant_name ? account->tenant_name : account->profile);
}

bool session_is_practice(struct session *session) {
    const struct account *account = current(link_of(session));
    return !account || account->is_practice;
}

/* The user's `prompt` function decides; without one the tenant's name stands there. */
struct value session_prompt(struct session *session) {
    struct host *host = &session->host;
    struct command *command = host->command_find ? host->command_find(host, TEXT("prompt")) : NULL;
    if (command) {
        struct collector collector = {.realm = session->realm};
        bool is_function = command->kind == COMMAND_FUNCTION;
        command_release(command);
        if (is_function && host->invoke(host, TEXT("prompt"), value_null(), NULL, 0, VALUE_UNSET_INIT, collector_emitter(&collector)) == STATUS_OK) {
            struct value result = collector_take(&collector);
            struct value text = convert_text(session->realm, result);
            value_release(result);
            return text;
        }
        collector_free(&collector);
        value_release(realm_take_raised(session->realm));
    }
    struct text name = session_tenant_name(session);
    return string_format("%.*s> ", TEXT_ARGUMENT(name));
}
