/* What stands around a user: groups, manager, direct reports. One code for the three; the row says which. */
#include "directory_private.h"

enum { USER };
static const struct parameter_row parameter_rows[] = {
    {"User", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "UserId|UserPrincipalName|Id|Identity", NULL, NULL, "user", "Users: from Get-User, or by id or user principal name."},
};

static enum status read_related(struct invocation *call, struct value item, const char *relation, bool single) {
    struct graph_watch watch = directory_watch(call);
    struct bytes key = {0}, path = {0};
    enum status status;
    if (directory_user_key(call, item, &key)) {
        bytes_add_string(&path, "users/");
        graph_add_segment(&path, bytes_text(&key));
        bytes_add_format(&path, "/%s", relation);
        const struct graph_query query = {.resource = GRAPH_MEMBER, .path = bytes_text(&path), .watch = &watch};
        const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .watch = &watch};
        struct value object = value_null();
        status = single ? graph_get(directory_client(call), GRAPH_MEMBER, &request, &object) : page_read(directory_client(call), &query, invocation_output(call));
        if (single && status == STATUS_OK) status = invocation_emit(call, object);
        value_release(object);
    } else {
        status = invocation_error_take(call, directory_no_key(call, item));
    }
    bytes_free(&key);
    bytes_free(&path);
    if (status != STATUS_ERROR || call->realm->raised.kind == VALUE_UNSET) return status;
    if (single && error_record_category(call->realm->raised) == ERROR_OBJECT_NOT_FOUND) { /* nobody is set: no error */
        value_release(realm_take_raised(call->realm));
        return STATUS_OK;
    }
    return invocation_error_raised(call);
}

static enum status read_all(struct invocation *call, const char *relation, bool single) {
    struct value users = invocation_argument(call, USER), base = value_base(users);
    if (!value_is_array_like(base)) return read_related(call, users, relation, single);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(base) && status == STATUS_OK; i++) status = read_related(call, array_at(base, i), relation, single);
    return status;
}

static enum status groups_process(struct invocation *call) { return read_all(call, "memberOf", false); }
static enum status manager_process(struct invocation *call) { return read_all(call, "manager", true); }
static enum status reports_process(struct invocation *call) { return read_all(call, "directReports", false); }

static const struct example_row group_examples[] = {
    {"Get-User -Top 1 | Get-UserGroup", "The groups and roles of one user."},
    {"Get-User -Filter admins | Get-UserGroup | Select-Object DisplayName -Unique", "What administrators belong to."},
};
static const struct example_row manager_examples[] = {
    {"Get-User -Filter joiners -Top 3 | Get-Manager", "To whom newcomers report."},
    {"Get-User -Top 5 | ForEach-Object { '{0}: {1}' -f $_.DisplayName, (Get-Manager $_).DisplayName }", "Users with their managers."},
};
static const struct example_row report_examples[] = {
    {"Get-User -Top 2 | Get-DirectReport", "Who reports to these."},
    {"Get-User -Top 5 | Select-Object DisplayName, @{n = 'Reports'; e = { @(Get-DirectReport $_).Count }}", "How many report to each."},
};
#define EXAMPLE_ROWS(table) .examples = table, .example_count = sizeof table / sizeof *table

CMDLET(get_user_group) = {
    .name = "Get-UserGroup", .aliases = "Get-UserGroups", .synopsis = "Shows the groups and roles of a user.", .description = "Direct memberships only.",
    PARAMETERS, EXAMPLE_ROWS(group_examples), .flags = CMDLET_NEEDS_TENANT, .process = groups_process, .emits = "M365.Group", .permissions = "Directory.Read.All",
};
CMDLET(get_manager) = {
    .name = "Get-Manager", .aliases = "Get-Managers", .synopsis = "Shows a user's manager.", .description = "Nothing when none is set.",
    PARAMETERS, EXAMPLE_ROWS(manager_examples), .flags = CMDLET_NEEDS_TENANT, .process = manager_process, .emits = "M365.User", .permissions = "User.Read.All",
};
CMDLET(get_direct_report) = {
    .name = "Get-DirectReport", .aliases = "Get-DirectReports", .synopsis = "Shows who reports to a user.", .description = "Users whose manager this one is.",
    PARAMETERS, EXAMPLE_ROWS(report_examples), .flags = CMDLET_NEEDS_TENANT, .process = reports_process, .emits = "M365.User", .permissions = "User.Read.All",
};
