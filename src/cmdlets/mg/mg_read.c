#include "mg_private.h"

/* The parameters behind the path's. */
enum { PROPERTY, EXPAND, FILTER, SEARCH, SORT, TOP, PAGE_SIZE, ALL, CONSISTENCY, COUNT_VARIABLE, HEADERS };
#define ID(name) {name, "string", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Part of the path."},
#define MG_PATH(identifier, ids)                                                                                                                     \
    static const struct parameter_row identifier##_parameters[] = {                                                                                  \
        ids                                                                                                                                          \
        {"Property", "string[]", -1, 0, "Select", NULL, NULL, "property", "Properties to read."},                                                    \
        {"ExpandProperty", "string[]", -1, 0, "Expand", NULL, NULL, NULL, "Relations to read along."},                                               \
        {"Filter", "string", -1, 0, NULL, NULL, NULL, NULL, "OData filter."},                                                                        \
        {"Search", "string", -1, 0, NULL, NULL, NULL, NULL, "Search words."},                                                                        \
        {"Sort", "string[]", -1, 0, "OrderBy", NULL, NULL, NULL, "Properties to sort by."},                                                          \
        {"Top", "int", -1, 0, "Limit", NULL, NULL, NULL, "At most so many."},                                                                        \
        {"PageSize", "int", -1, 0, NULL, NULL, NULL, NULL, "Objects a page."},                                                                       \
        {"All", "switch", -1, 0, NULL, NULL, NULL, NULL, "All pages; one without it."},                                                              \
        {"ConsistencyLevel", "string", -1, 0, NULL, NULL, NULL, NULL, "eventual: an advanced query."},                                               \
        {"CountVariable", "string", -1, 0, "CV", NULL, NULL, NULL, "Name of a variable that gets the number of all."},                               \
        {"Headers", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "More headers."},                                                                    \
    };
#include "mg_paths.def"
#undef MG_PATH

#define PAGE_MOST 999
#define PAGE_USUAL 100

struct state { struct bytes path, select, expand, sort, search; };

static const struct mg_read *read_of(const struct invocation *call) {
    return (const struct mg_read *)call->command->row;
}

static uint32_t place(const struct invocation *call, int parameter) {
    return (uint32_t)(read_of(call)->paths + parameter);
}

static void join(struct invocation *call, int parameter, struct bytes *out) {
    struct value list = value_base(invocation_argument(call, place(call, parameter)));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (array_at(list, i).kind != VALUE_STRING) continue;
        if (out->length) bytes_add_byte(out, ',');
        bytes_add_text(out, string_text(array_at(list, i)));
    }
}

static bool is_wanted(const struct invocation *call, int parameter) {
    return invocation_has(call, place(call, parameter));
}

/* One item when the last path parameter is given and the item has a path; a list otherwise. */
static bool asks_for_item(const struct invocation *call) {
    const struct mg_read *read = read_of(call);
    if (!*read->list) return true;
    return *read->item && read->paths > 0 && invocation_has(call, (uint32_t)read->paths - 1);
}

static bool is_directory_object(const struct mg_read *read) {
    return text_ends(text_of(read->type), TEXT(".MicrosoftGraphDirectoryObject"));
}

/* Directory objects keep what their type does not declare in AdditionalProperties, by the service's names. */
static struct value directory_object_take(struct invocation *call, struct value json, const char *type) {
    struct realm *realm = call->realm;
    struct value object = object_new(realm, NULL, 3), more = table_new(realm, TABLE_DICTIONARY, false, NULL), names = array_new(realm, NULL, 1);
    const struct shape *shape = object_block(json)->shape;
    object_put(realm, object, TEXT("Id"), decode_get(realm, json, "id"));
    object_put(realm, object, TEXT("DeletedDateTime"), decode_get(realm, json, "deletedDateTime"));
    for (uint32_t i = 0; i < shape->count; i++) {
        struct text name = text_of(shape->entries[i].spelling);
        if (!text_equal(name, TEXT("id")) && !text_equal(name, TEXT("deletedDateTime"))) table_put_text(more, shape->entries[i].spelling, object_block(json)->slots[i]);
    }
    object_put(realm, object, TEXT("AdditionalProperties"), more);
    array_push_take(names, string_of(type));
    value_set_take(&object_block(object)->type_names, names);
    value_release(more);
    value_release(json);
    return object;
}

static struct value convert_item(void *context, struct value json) {
    struct invocation *call = context;
    return directory_object_take(call, json, read_of(call)->type);
}

static void add_options(struct invocation *call, struct state *state) {
    join(call, PROPERTY, &state->select);
    join(call, EXPAND, &state->expand);
    join(call, SORT, &state->sort);
    struct text search = invocation_text(call, place(call, SEARCH));
    bool quoted = search.length && search.start[0] == '"';
    if (search.length) bytes_add_format(&state->search, quoted ? "%.*s" : "\"%.*s\"", TEXT_ARGUMENT(search));
}

static enum status set_count(struct invocation *call, int64_t total) {
    struct text name = invocation_text(call, place(call, COUNT_VARIABLE));
    if (total < 0 || !call->host->variable_set) return STATUS_OK;
    return call->host->variable_set(call->host, name, SCOPE_GLOBAL, total > INT32_MAX ? value_int64(total) : value_int32((int32_t)total));
}

static enum status read_list(struct invocation *call, struct state *state) {
    const struct mg_read *read = read_of(call);
    struct graph_watch watch = mg_watch(call);
    int64_t total = -1, top = invocation_integer(call, place(call, TOP), 0), size = invocation_integer(call, place(call, PAGE_SIZE), 0);
    bool all = invocation_switch(call, place(call, ALL)) || size > 0, counts = is_wanted(call, COUNT_VARIABLE);
    bool bad = (is_wanted(call, PAGE_SIZE) && (size < 1 || size > PAGE_MOST)) || (is_wanted(call, TOP) && top < 1);
    if (bad) return invocation_throw(call, "System.ArgumentOutOfRangeException", "BadPageSize", ERROR_INVALID_ARGUMENT, value_null(), "-PageSize is 1 to %d, -Top at least 1.", PAGE_MOST);
    mg_add_path(&state->path, call, read->list);
    add_options(call, state);
    struct graph_query query = {
        .resource = GRAPH_OTHER, .type_name = read->type, .path = bytes_text(&state->path), .version = read->version, .select = bytes_text(&state->select),
        .filter = invocation_text(call, place(call, FILTER)), .order_by = bytes_text(&state->sort), .search = bytes_text(&state->search), .expand = bytes_text(&state->expand),
        .limit = top, .page_size = (int)size, .consistency = is_wanted(call, CONSISTENCY), .counts = counts, .total = counts ? &total : NULL, .watch = &watch,
        .no_page_size = !top && !size, .single_page = !all && (!top || top <= PAGE_MOST)};
    if (is_directory_object(read)) query.convert = convert_item, query.convert_context = call;
    enum status status = page_read(mg_client(call), &query, invocation_output(call));
    if (status == STATUS_ERROR && call->realm->raised.kind != VALUE_UNSET) return mg_error(call, "List");
    if (counts && (status == STATUS_OK || status == STATUS_STOP)) {
        enum status set = set_count(call, total);
        if (set != STATUS_OK) return set;
    }
    return status;
}

static enum status read_item(struct invocation *call, struct state *state) {
    const struct mg_read *read = read_of(call);
    struct graph_watch watch = mg_watch(call);
    mg_add_path(&state->path, call, read->item);
    add_options(call, state);
    const struct graph_query options = {.resource = GRAPH_OTHER, .path = bytes_text(&state->path), .select = bytes_text(&state->select), .expand = bytes_text(&state->expand), .no_page_size = true};
    struct bytes path = {0};
    page_add_path(&path, &options);
    const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .version = read->version, .advanced = is_wanted(call, CONSISTENCY), .watch = &watch};
    struct value answer;
    enum status status = graph_fetch(mg_client(call), &request, &answer);
    bytes_free(&path);
    if (status == STATUS_ERROR) return mg_error(call, "Get");
    if (status != STATUS_OK) return status;
    if (answer.kind == VALUE_OBJECT && is_directory_object(read)) return invocation_emit_take(call, directory_object_take(call, answer, read->type));
    return invocation_emit_take(call, decode_object_take(graph_client_decoder(mg_client(call)), GRAPH_OTHER, read->type, answer, graph_client_generation(mg_client(call))));
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct bytes *texts[] = {&state->path, &state->select, &state->expand, &state->sort, &state->search};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) bytes_clear(texts[i]);
    return asks_for_item(call) ? read_item(call, state) : read_list(call, state);
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    struct bytes *texts[] = {&state->path, &state->select, &state->expand, &state->sort, &state->search};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) bytes_free(texts[i]);
}

const struct mg_read mg_reads[] = {
#define MG_READ(identifier, command, api, list_path, item_path, type_name, least, set, count)                                                        \
    {.row = {.name = command, .synopsis = "Reads " list_path item_path " as the Graph PowerShell SDK's command of that name.",                      \
             .description = "One page without -All. The objects have the SDK's type and property names.", .parameters = set##_parameters,            \
             .parameter_count = sizeof set##_parameters / sizeof *set##_parameters, .flags = CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state), \
             .process = process, .clean = clean, .emits = type_name, .permissions = least},                                                          \
     .version = api, .list = list_path, .item = item_path, .type = type_name, .paths = count},
#include "mg_reads.def"
#undef MG_READ
};
const size_t mg_read_count = sizeof mg_reads / sizeof *mg_reads;
