/* What the tenant has beside users and groups: its own record, domains, roles, deleted users. */
#include "directory_private.h"

#include "m365sh/pattern/wildcard.h"

static enum status list(struct invocation *call, enum graph_resource resource, const char *type_name, const char *path, struct emitter out) {
    struct graph_watch watch = directory_watch(call);
    const struct graph_query query = {.resource = resource, .type_name = type_name, .path = text_of(path), .no_page_size = true, .watch = &watch};
    return page_read(directory_client(call), &query, out);
}

static enum status organization_end(struct invocation *call) {
    return list(call, GRAPH_ORGANIZATION, NULL, "organization", invocation_output(call));
}

static enum status domain_end(struct invocation *call) {
    return list(call, GRAPH_OTHER, "M365.Domain", "domains", invocation_output(call));
}

static enum status deleted_end(struct invocation *call) {
    return list(call, GRAPH_USER, NULL, "directory/deletedItems/microsoft.graph.user", invocation_output(call));
}

enum { ROLE };
static const struct parameter_row role_parameters[] = {
    {"Role", "string", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, "DisplayName|Name", NULL, NULL, NULL, "The role's name; wildcards allowed."},
};

struct role_walk { struct invocation *call; bool members; };

static enum status take_role(void *context, struct value role) {
    struct role_walk *walk = context;
    struct invocation *call = walk->call;
    struct text wanted = invocation_text(call, ROLE);
    if (wanted.length && !wildcard_match(wanted, decode_text(call->realm, role, "DisplayName"), true)) return STATUS_OK;
    if (!walk->members) return invocation_emit(call, role);
    struct bytes path = {0};
    bytes_add_string(&path, "directoryRoles/");
    graph_add_segment(&path, decode_text(call->realm, role, "Id"));
    bytes_add_string(&path, "/members");
    enum status status = list(call, GRAPH_MEMBER, NULL, path.data, invocation_output(call));
    bytes_free(&path);
    return status;
}

static enum status role_process(struct invocation *call) {
    struct role_walk walk = {call, false};
    return list(call, GRAPH_ROLE, NULL, "directoryRoles", (struct emitter){take_role, &walk});
}

static enum status role_member_process(struct invocation *call) {
    struct role_walk walk = {call, true};
    return list(call, GRAPH_ROLE, NULL, "directoryRoles", (struct emitter){take_role, &walk});
}

#define ROWS(parameter_table) .parameters = parameter_table, .parameter_count = sizeof parameter_table / sizeof *parameter_table
#define SHOWS(table) .examples = table, .example_count = sizeof table / sizeof *table
static const struct example_row organization_examples[] = {{"Get-Organization", "The tenant's own record."}, {"(Get-Organization).VerifiedDomains", "Its domains."}};
static const struct example_row domain_examples[] = {{"Get-Domain", "The tenant's domains."}, {"Get-Domain | Where-Object IsDefault", "The one that new users get."}};
static const struct example_row deleted_examples[] = {{"Get-DeletedUser", "Users deleted in the last 30 days; they can be restored."}, {"(Get-DeletedUser | Measure-Object).Count", "How many."}};
static const struct example_row role_examples[] = {{"Get-Role", "The roles that somebody holds."}, {"Get-Role *License*", "Roles by name."}};
static const struct example_row role_member_examples[] = {{"Get-RoleMember 'Global Administrator'", "Who may do everything."}, {"Get-RoleMember *Administrator | Select-Object DisplayName -Unique", "All administrators."}};

CMDLET(get_organization) = {.name = "Get-Organization", .synopsis = "Shows the tenant's own record.", .description = "Name, domains, country, default usage location.",
    SHOWS(organization_examples), .flags = CMDLET_NEEDS_TENANT, .end = organization_end, .emits = "M365.Organization", .permissions = "Organization.Read.All"};
CMDLET(get_domain) = {.name = "Get-Domain", .aliases = "Get-Domains", .synopsis = "Shows the tenant's domains.", .description = "With what each is used for.",
    SHOWS(domain_examples), .flags = CMDLET_NEEDS_TENANT, .end = domain_end, .emits = "M365.Domain", .permissions = "Domain.Read.All"};
CMDLET(get_deleted_user) = {.name = "Get-DeletedUser", .aliases = "Get-DeletedUsers", .synopsis = "Shows deleted users that can still be restored.", .description = "After 30 days they are gone.",
    SHOWS(deleted_examples), .flags = CMDLET_NEEDS_TENANT, .end = deleted_end, .emits = "M365.User", .permissions = "User.Read.All"};
CMDLET(get_role) = {.name = "Get-Role", .aliases = "Get-Roles", .synopsis = "Shows the administrator roles in use.", .description = "Roles that were never assigned do not appear.",
    ROWS(role_parameters), SHOWS(role_examples), .flags = CMDLET_NEEDS_TENANT, .process = role_process, .emits = "M365.Role", .permissions = "RoleManagement.Read.Directory"};
CMDLET(get_role_member) = {.name = "Get-RoleMember", .aliases = "Get-RoleMembers", .synopsis = "Shows who holds a role.", .description = "Members of each role whose name fits; of all roles without a name.",
    ROWS(role_parameters), SHOWS(role_member_examples), .flags = CMDLET_NEEDS_TENANT, .process = role_member_process, .emits = "M365.User", .permissions = "RoleManagement.Read.Directory"};
