#include "directory_private.h"

enum { ID, FILTER, LICENSE, TOP, PROPERTY, ALL, SEARCH };

static const struct parameter_row parameter_rows[] = {
    {"Id", "object[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "UserId|UserPrincipalName|Identity|UPN", "Id", NULL, "user", "Users by id, user principal name or display name; several are read by batch."},
    {"Filter", "object", -1, 0, NULL, "List", NULL, "filter", "A name (leavers, joiners, guests, disabled, unlicensed, inactive, synced, admins), an OData expression, or a script block."},
    {"License", "string[]", -1, 0, "Product", "List", NULL, "product", "Only users of these products, directly or by a group."},
    {"Top", "int", -1, 0, "First|Limit", "List", NULL, NULL, "At most so many."},
    {"Property", "string[]", -1, 0, "Select", NULL, NULL, "property", "Properties to read beside the usual ones."},
    {"All", "switch", -1, 0, NULL, "List", NULL, NULL, "All users; that is so anyway, without -Top."},
    {"Search", "string", -1, 0, NULL, "List", NULL, NULL, "Words in the display name or the start of the mail address."},
};
static const struct example_row example_rows[] = {
    {"Get-User -Filter leavers", "Everybody who has left: members who are blocked, or whose last day has passed."},
    {"Get-User -License E3 -Top 5 | Select-Object DisplayName, Department", "Five users of a product. Only one page is asked for."},
    {"Get-User -Filter { Department -eq 'Sales' -and AccountEnabled } | Measure-Object", "A script block: what the service can test goes to it."},
    {"Get-User -Filter \"startsWith(displayName,'A')\" -Property City", "OData, and one property more."},
};

struct state {
    struct user_query query;
    struct user_reader *reader;
    bool by_id;
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->query = (struct user_query){.call = call, .resource = GRAPH_USER, .watch = directory_watch(call), .limit = invocation_integer(call, TOP, 0)};
    user_query_select(&state->query, invocation_argument(call, PROPERTY));
    if (invocation_has(call, TOP) && state->query.limit <= 0)
        return invocation_throw(call, "System.ArgumentOutOfRangeException", "BadTop", ERROR_INVALID_ARGUMENT, invocation_argument(call, TOP), "-Top counts users: give a number above zero.");
    return STATUS_OK;
}

static enum status add_key(struct state *state, struct invocation *call, struct value item) {
    struct bytes key = {0};
    if (!state->reader) state->reader = user_reader_new(call, GRAPH_USER, NULL, bytes_text(&state->query.select));
    enum status status = directory_user_key(call, item, &key) ? user_reader_add(state->reader, bytes_text(&key)) : invocation_error_take(call, directory_no_key(call, item));
    bytes_free(&key);
    return status == STATUS_OK ? user_reader_emit(state->reader, invocation_output(call)) : status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (!invocation_has(call, ID)) return STATUS_OK;
    state->by_id = true;
    struct value ids = value_base(invocation_argument(call, ID));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(ids) && status == STATUS_OK; i++) status = add_key(state, call, array_at(ids, i));
    return status;
}

static void add_search(struct user_query *query, struct text words) {
    if (!words.length) return;
    bool whole = words.start[0] == '"';
    bytes_add_format(&query->search, whole ? "%.*s" : "\"displayName:%.*s\" OR \"mail:%.*s\"", TEXT_ARGUMENT(words), TEXT_ARGUMENT(words));
    query->advanced = true;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct user_query *query = &state->query;
    if (state->by_id) return user_reader_finish(state->reader, invocation_output(call));
    if (call->has_input) return STATUS_OK; /* nothing came down the pipeline: nobody was asked for */
    enum status status = invocation_has(call, FILTER) ? user_query_filter(query, invocation_argument(call, FILTER)) : STATUS_OK;
    if (status == STATUS_OK && invocation_has(call, LICENSE)) status = user_query_license(query, invocation_argument(call, LICENSE));
    if (status != STATUS_OK) return status;
    add_search(query, invocation_text(call, SEARCH));
    return user_query_run(query, invocation_output(call));
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    user_reader_free(state->reader);
    user_query_free(&state->query);
}

CMDLET(get_user) = {
    .name = "Get-User", .aliases = "Get-Users|gu", .synopsis = "Reads users of the tenant.",
    .description = "Lists users, or reads those that are named. The list streams: the first users flow while the next page is on its way, and a later Select-Object -First stops it. "
                   "Each user comes with what the licensing commands need, so that nothing is read twice.",
    PARAMETERS, EXAMPLES, .default_set = "List", .flags = CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean,
    .emits = "M365.User", .permissions = "User.Read.All",
};
