#include "mg_private.h"

#include "m365sh/json/json.h"

enum { METHOD, URI, BODY, OUTPUT_TYPE, HEADERS, CONTENT_TYPE, STATUS_VARIABLE, HEADERS_VARIABLE, SKIP_CHECK, OUTPUT_FILE, PASS_THRU };
static const struct parameter_row parameter_rows[] = {
    {"Method", "string", 0, 0, NULL, NULL, "GET|POST|PUT|PATCH|DELETE", NULL, "The HTTP method; GET without it."},
    {"Uri", "string", 1, PARAMETER_MANDATORY | PARAMETER_NOT_EMPTY, NULL, NULL, NULL, NULL, "Address, with the version: /v1.0/users."},
    {"Body", "object", 2, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "A table becomes JSON."},
    {"OutputType", "string", -1, 0, NULL, NULL, "HashTable|PSObject|Json|HttpResponseMessage", NULL, "HashTable without it."},
    {"Headers", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "More headers."},
    {"ContentType", "string", -1, 0, NULL, NULL, NULL, NULL, "application/json without it."},
    {"StatusCodeVariable", "string", -1, 0, NULL, NULL, NULL, NULL, "Variable that gets the status."},
    {"ResponseHeadersVariable", "string", -1, 0, "RHV", NULL, NULL, NULL, "Passed over."},
    {"SkipHttpErrorCheck", "switch", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
    {"OutputFilePath", "string", -1, 0, NULL, NULL, NULL, "path", "Passed over."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Passed over."},
};

static struct text path_of(struct text uri, const char **version) {
    *version = NULL;
    if (text_find(uri, TEXT("://"), 0) != TEXT_NOT_FOUND) {
        /* Scripts write the public address; in the practice tenant and in other clouds the current one is meant. */
        static const char *const hosts[] = {"https://graph.microsoft.com/", "https://graph.microsoft.us/", "https://dod-graph.microsoft.us/"};
        bool known = false;
        for (size_t i = 0; i < sizeof hosts / sizeof *hosts && !known; i++)
            if (text_starts_fold(uri, text_of(hosts[i]))) uri = text_slice(uri, strlen(hosts[i]) - 1, uri.length), known = true;
        if (!known) return uri;
    }
    while (uri.length && uri.start[0] == '/') uri = text_slice(uri, 1, uri.length);
    if (text_starts_fold(uri, TEXT("v1.0/"))) return *version = "v1.0", text_slice(uri, 5, uri.length);
    if (text_starts_fold(uri, TEXT("beta/"))) return *version = "beta", text_slice(uri, 5, uri.length);
    return uri;
}

static const char *method_of(const struct invocation *call) {
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (text_equal_fold(invocation_text(call, METHOD), text_of(methods[i]))) return methods[i];
    return "GET";
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

/* JSON text of the answer again, then as the caller wants it: keys keep the service's spelling. */
static enum status emit_answer(struct invocation *call, struct value answer) {
    struct text type = invocation_text(call, OUTPUT_TYPE);
    if (answer.kind == VALUE_NULL) return STATUS_OK;
    if (text_equal_fold(type, TEXT("PSObject")) || text_equal_fold(type, TEXT("HttpResponseMessage"))) return invocation_emit(call, answer);
    struct bytes text = {0};
    enum status status = encode_body(call->realm, answer, &text);
    if (status == STATUS_OK && text_equal_fold(type, TEXT("Json"))) status = invocation_emit_take(call, string_from_bytes(&text));
    else if (status == STATUS_OK) {
        const struct json_read_options options = {.as_table = true, .keep_dates_text = true};
        struct value table = value_null();
        status = json_read(call->realm, bytes_text(&text), &options, &table);
        if (status == STATUS_OK) status = invocation_emit_take(call, table);
    }
    bytes_free(&text);
    return status;
}

static enum status process(struct invocation *call) {
    struct graph_watch watch = mg_watch(call);
    struct bytes body = {0};
    struct headers headers = {0};
    struct value answer = value_null(), given = value_base(invocation_argument(call, BODY));
    const char *version, *method = method_of(call);
    struct text path = path_of(invocation_text(call, URI), &version);
    bool done = true, is_read = strcmp(method, "GET") == 0;
    enum status status = STATUS_OK;
    add_headers(call, &headers);
    if (given.kind == VALUE_STRING) bytes_add_text(&body, string_text(given));
    else if (given.kind != VALUE_UNSET && !is_read) status = encode_body(call->realm, given, &body);
    const struct graph_request request = {.method = method, .path = path, .version = version ? version : "", .body = bytes_text(&body), .headers = &headers, .watch = &watch,
                                          .content_type = invocation_has(call, CONTENT_TYPE) ? string_chars(value_base(invocation_argument(call, CONTENT_TYPE))) : NULL};
    if (status == STATUS_OK) status = is_read ? graph_fetch(mg_client(call), &request, &answer) : change_raw(mg_services(call)->changes, call, &request, &answer, &done);
    if (status == STATUS_OK && invocation_has(call, STATUS_VARIABLE) && call->host->variable_set)
        status = call->host->variable_set(call->host, invocation_text(call, STATUS_VARIABLE), SCOPE_GLOBAL, value_int32(answer.kind == VALUE_NULL ? 204 : 200));
    if (status == STATUS_OK && done) status = emit_answer(call, answer);
    value_release(answer);
    headers_free(&headers);
    bytes_free(&body);
    return status;
}

CMDLET(invoke_mg_graph_request) = {
    .name = "Invoke-MgGraphRequest", .aliases = "Invoke-GraphRequest", .synopsis = "One request of your own, as the Graph PowerShell SDK sends it.",
    .description = "The answer is a hashtable with the service's names; lists are under value.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .process = process,
};
