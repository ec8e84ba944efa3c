#include "directory_private.h"

#include "m365sh/graph/filter.h"
#include "m365sh/net/percent.h"

enum { GROUP, TRANSITIVE, TOP };
static const struct parameter_row parameter_rows[] = {
    {"Group", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, "GroupId|Id|Name|DisplayName|Identity", NULL, NULL, "group", "Groups: from Get-Group, or by id or display name."},
    {"Transitive", "switch", -1, 0, "Recursive", NULL, NULL, NULL, "Members of groups inside the group too."},
    {"Top", "int", -1, 0, "First|Limit", NULL, NULL, NULL, "At most so many of each group."},
};
static const struct example_row example_rows[] = {
    {"Get-Group -Top 1 | Get-GroupMember", "Who is in a group."},
    {"Get-Group -Top 1 | Get-GroupMember | Get-User | Get-License", "Their licences."},
};
#define MEMBER_SELECT "id,displayName,userPrincipalName,mail,accountEnabled,userType,usageLocation,department,jobTitle,assignedLicenses,licenseAssignmentStates"

static enum status keep_id(void *context, struct value group) {
    array_push(*(struct value *)context, group);
    return STATUS_OK;
}

/* The id of the group that a text or object means. Raises when there is none of that name, or several. */
static enum status group_id(struct invocation *call, struct value item, struct graph_watch *watch, struct bytes *id) {
    struct value base = value_base(item);
    struct text key = base.kind == VALUE_STRING ? text_trim(string_text(base)) : decode_text(call->realm, item, "Id");
    if (directory_is_guid(key)) {
        bytes_add_text(id, key);
        return STATUS_OK;
    }
    struct value found = array_new(call->realm, NULL, 2);
    struct bytes filter = {0};
    bytes_add_string(&filter, "displayName eq ");
    filter_add_text(&filter, key);
    const struct graph_query query = {.resource = GRAPH_GROUP, .select = TEXT("id,displayName"), .filter = bytes_text(&filter), .watch = watch};
    enum status status = page_read(directory_client(call), &query, (struct emitter){keep_id, &found});
    if (status == STATUS_OK && array_count(found) == 1) bytes_add_text(id, decode_text(call->realm, array_at(found, 0), "Id"));
    else if (status == STATUS_OK)
        status = realm_raise_target(call->realm, "System.ArgumentException", array_count(found) ? "AmbiguousGroup" : "UnknownGroup", ERROR_OBJECT_NOT_FOUND, item,
                                    array_count(found) ? "More than one group is named '%.*s': give the id." : "There is no group '%.*s' in the tenant.", TEXT_ARGUMENT(key));
    bytes_free(&filter);
    value_release(found);
    return status;
}

static enum status list_members(struct invocation *call, struct value item) {
    struct graph_watch watch = directory_watch(call);
    struct bytes id = {0}, path = {0};
    enum status status = group_id(call, item, &watch, &id);
    if (status == STATUS_OK) {
        bytes_add_string(&path, "groups/");
        percent_add(&path, bytes_text(&id), PERCENT_SEGMENT);
        bytes_add_string(&path, invocation_switch(call, TRANSITIVE) ? "/transitiveMembers" : "/members");
        const struct graph_query query = {.resource = GRAPH_MEMBER, .path = bytes_text(&path), .select = TEXT(MEMBER_SELECT), .limit = invocation_integer(call, TOP, 0), .watch = &watch};
        status = page_read(directory_client(call), &query, invocation_output(call));
    }
    bytes_free(&id);
    bytes_free(&path);
    return status == STATUS_ERROR ? invocation_error_raised(call) : status;
}

static enum status process(struct invocation *call) {
    struct value groups = value_base(invocation_argument(call, GROUP));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; groups.kind == VALUE_ARRAY && i < array_count(groups) && status == STATUS_OK; i++) status = list_members(call, array_at(groups, i));
    return status;
}

CMDLET(get_group_member) = {
    .name = "Get-GroupMember", .aliases = "Get-GroupMembers", .synopsis = "Shows who is in a group.",
    .description = "Members come as users, groups or devices. Users carry what the licensing commands need.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_NEEDS_TENANT, .process = process, .emits = "M365.User", .permissions = "GroupMember.Read.All",
};
