#include "directory_private.h"

#include "m365sh/graph/decode.h"

enum { URI, METHOD, BODY, HEADERS, CONSISTENCY, ALL, RAW, CONTENT_TYPE };
static const struct parameter_row parameter_rows[] = {
    {"Uri", "string", 0, PARAMETER_MANDATORY | PARAMETER_NOT_EMPTY, "Path", NULL, NULL, NULL, "What to ask for, below the version or with it: users?$top=5, /beta/users, or a next link."},
    {"Method", "string", 1, 0, NULL, NULL, "GET|POST|PATCH|PUT|DELETE", NULL, "The HTTP method; GET without it."},
    {"Body", "object", 2, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "What to send: a table or object becomes JSON, a text is sent as it is."},
    {"Headers", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "More headers."},
    {"ConsistencyLevel", "string", -1, 0, NULL, NULL, "eventual", NULL, "For advanced queries."},
    {"All", "switch", -1, 0, NULL, NULL, NULL, NULL, "Follows the next links and gives the items one by one."},
    {"Raw", "switch", -1, 0, NULL, NULL, NULL, NULL, "Property names as the service spells them."},
    {"ContentType", "string", -1, 0, NULL, NULL, NULL, NULL, "Of the body; application/json without it."},
};
static const struct example_row example_rows[] = {
    {"Invoke-Graph 'users?$top=2&$select=displayName'", "The items of a list."},
    {"Invoke-Graph organization -All", "All of them, page by page."},
    {"Invoke-Graph users -Method POST -Body @{displayName = 'x'} -WhatIf", "A request that changes something goes through the same gate as any other change."},
};

/* "/v1.0/users" and "beta/users" name the version; "users" does not. */
static struct text split_version(struct text path, const char **version) {
    while (path.length && path.start[0] == '/') path = text_slice(path, 1, path.length);
    *version = NULL;
    if (text_starts(path, TEXT("v1.0/"))) return *version = "v1.0", text_slice(path, 5, path.length);
    if (text_starts(path, TEXT("beta/"))) return *version = "beta", text_slice(path, 5, path.length);
    return path;
}

static enum status add_body(struct invocation *call, struct bytes *out) {
    struct value body = invocation_argument(call, BODY);
    if (body.kind == VALUE_UNSET) return STATUS_OK;
    struct value base = value_base(body);
    if (base.kind != VALUE_STRING) return encode_body(call->realm, body, out);
    bytes_add_text(out, string_text(base));
    return STATUS_OK;
}

static void add_headers(struct invocation *call, struct headers *headers) {
    struct value table = value_base(invocation_argument(call, HEADERS));
    uint32_t position = 0;
    for (struct table_entry *entry; table.kind == VALUE_TABLE && (entry = table_next(table, &position));) {
        struct value text = convert_text(call->realm, entry->value);
        if (entry->key.kind == VALUE_STRING) headers_set(headers, string_text(entry->key), string_text(text));
        value_release(text);
    }
}

static struct value decoded(struct invocation *call, struct value json) {
    struct graph_client *client = directory_client(call);
    if (invocation_switch(call, RAW)) return json;
    return decode_object_take(graph_client_decoder(client), GRAPH_OTHER, NULL, json, graph_client_generation(client));
}

/* A list gives its items, an object itself, no content nothing. */
static enum status emit_answer(struct invocation *call, struct value answer) {
    struct value list = answer.kind == VALUE_OBJECT ? decode_get(call->realm, answer, "value") : value_null();
    if (answer.kind == VALUE_NULL) return STATUS_OK;
    if (list.kind != VALUE_ARRAY || invocation_switch(call, RAW)) return invocation_emit_take(call, decoded(call, value_keep(answer)));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(list) && status == STATUS_OK; i++) status = invocation_emit_take(call, decoded(call, value_keep(array_at(list, i))));
    return status;
}

static const char *method_of(struct invocation *call) {
    static const char *const methods[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (text_equal_fold(invocation_text(call, METHOD), text_of(methods[i]))) return methods[i];
    return "GET";
}

static enum status run_all(struct invocation *call, struct text path, const char *version, bool advanced, struct graph_watch *watch) {
    const struct graph_query query = {.resource = GRAPH_OTHER, .path = path, .version = version, .no_page_size = true, .watch = watch,
                                      .advanced = advanced && text_find(path, TEXT("$count"), 0) == TEXT_NOT_FOUND};
    return page_read(directory_client(call), &query, invocation_output(call));
}

static enum status process(struct invocation *call) {
    struct graph_watch watch = directory_watch(call);
    struct bytes body = {0};
    struct headers headers = {0};
    struct value answer = value_null();
    const char *version, *method = method_of(call);
    struct text path = split_version(invocation_text(call, URI), &version);
    bool advanced = invocation_has(call, CONSISTENCY), is_read = strcmp(method, "GET") == 0, done = true;
    enum status status = add_body(call, &body);
    add_headers(call, &headers);
    const struct graph_request request = {.method = method, .path = path, .version = version, .body = bytes_text(&body), .advanced = advanced, .headers = &headers,
                                          .content_type = invocation_has(call, CONTENT_TYPE) ? string_chars(value_base(invocation_argument(call, CONTENT_TYPE))) : NULL, .watch = &watch};
    if (status == STATUS_OK && is_read && invocation_switch(call, ALL)) status = run_all(call, path, version, advanced, &watch);
    else if (status == STATUS_OK && is_read) status = graph_fetch(directory_client(call), &request, &answer);
    else if (status == STATUS_OK) status = change_raw(directory_services(call)->changes, call, &request, &answer, &done);
    if (status == STATUS_OK && done) status = emit_answer(call, answer);
    value_release(answer);
    headers_free(&headers);
    bytes_free(&body);
    return status;
}

CMDLET(invoke_graph) = {
    .name = "Invoke-Graph", .synopsis = "Sends one request of your own to the service.",
    .description = "For what has no command yet. The address is below the tenant's service, whose token goes along; foreign addresses are refused. Requests that change something are previewed by -WhatIf and counted like any change.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .process = process,
};
