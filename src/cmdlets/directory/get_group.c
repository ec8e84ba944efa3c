#include "directory_private.h"

enum { ID, FILTER, TOP, PROPERTY, ALL };
static const struct parameter_row parameter_rows[] = {
    {"Id", "object[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "GroupId|Name|DisplayName|Identity", "Id", NULL, "group", "Groups by id or display name."},
    {"Filter", "object", -1, 0, NULL, "List", NULL, NULL, "An OData expression or a script block."},
    {"Top", "int", -1, 0, "First|Limit", "List", NULL, NULL, "At most so many."},
    {"Property", "string[]", -1, 0, "Select", NULL, NULL, "property", "Properties to read beside the usual ones."},
    {"All", "switch", -1, 0, NULL, "List", NULL, NULL, "All groups; that is so anyway, without -Top."},
};
static const struct example_row example_rows[] = {
    {"Get-Group | Sort-Object DisplayName", "All groups."},
    {"Get-Group -Filter { DisplayName -like 'S*' }", "Groups whose name begins with S."},
};

struct state { struct user_query query; struct user_reader *reader; bool by_id; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->query = (struct user_query){.call = call, .resource = GRAPH_GROUP, .watch = directory_watch(call), .limit = invocation_integer(call, TOP, 0)};
    user_query_select(&state->query, invocation_argument(call, PROPERTY));
    state->reader = user_reader_new(call, GRAPH_GROUP, NULL, bytes_text(&state->query.select));
    return STATUS_OK;
}

static enum status add_key(struct invocation *call, struct value item) {
    struct state *state = call->state;
    struct value base = value_base(item);
    struct text key = base.kind == VALUE_STRING ? text_trim(string_text(base)) : decode_text(call->realm, item, "Id");
    if (!key.length) key = decode_text(call->realm, item, "DisplayName");
    if (!key.length)
        return invocation_error(call, "System.ArgumentException", "NoGroup", ERROR_INVALID_ARGUMENT, item, "This names no group: it is no text and has neither Id nor DisplayName.");
    return user_reader_add(state->reader, key);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (!invocation_has(call, ID)) return STATUS_OK;
    state->by_id = true;
    struct value ids = value_base(invocation_argument(call, ID));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(ids) && status == STATUS_OK; i++) status = add_key(call, array_at(ids, i));
    return status == STATUS_OK ? user_reader_emit(state->reader, invocation_output(call)) : status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    if (state->by_id) return user_reader_finish(state->reader, invocation_output(call));
    if (call->has_input) return STATUS_OK;
    enum status status = invocation_has(call, FILTER) ? user_query_filter(&state->query, invocation_argument(call, FILTER)) : STATUS_OK;
    return status == STATUS_OK ? user_query_run(&state->query, invocation_output(call)) : status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    user_reader_free(state->reader);
    user_query_free(&state->query);
}

CMDLET(get_group) = {
    .name = "Get-Group", .aliases = "Get-Groups", .synopsis = "Reads groups of the tenant.", .description = "Lists groups, or reads those that are named.",
    PARAMETERS, EXAMPLES, .default_set = "List", .flags = CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean,
    .emits = "M365.Group", .permissions = "Group.Read.All",
};
