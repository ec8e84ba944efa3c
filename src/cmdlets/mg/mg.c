#include "mg_private.h"

#include "m365sh/net/percent.h"

static void show_line(void *context, struct text line) {
    struct invocation *call = context;
    if (invocation_verbose_on(call) && invocation_verbose(call, "%.*s", TEXT_ARGUMENT(line)) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
}

struct graph_watch mg_watch(struct invocation *call) {
    return (struct graph_watch){show_line, call};
}

void mg_add_path(struct bytes *out, struct invocation *call, const char *template) {
    for (const char *at = template; *at; at++) {
        if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            percent_add(out, invocation_text(call, (uint32_t)(at[1] - '0')), PERCENT_SEGMENT);
            at += 2;
        } else {
            bytes_add_byte(out, *at);
        }
    }
}

/* "Get-MgUser" → "GetMgUser"; beta commands have a namespace of their own. */
static void add_class(struct bytes *out, struct text name) {
    bool is_beta = text_find(name, TEXT("MgBeta"), 0) != TEXT_NOT_FOUND;
    bytes_add_string(out, is_beta ? "Microsoft.Graph.Beta.PowerShell.Cmdlets." : "Microsoft.Graph.PowerShell.Cmdlets.");
    for (size_t i = 0; i < name.length; i++)
        if (name.start[i] != '-') bytes_add_byte(out, name.start[i]);
}

enum status mg_error(struct invocation *call, const char *set) {
    struct value record = realm_take_raised(call->realm), id = error_record_get(record, ERROR_ID);
    struct text code = id.kind == VALUE_STRING ? string_text(id) : TEXT_NONE;
    struct bytes full = {0};
    if (!text_starts(code, TEXT("Graph."))) return invocation_error_take(call, record); /* sign-in and the like keep their ids */
    bytes_add_format(&full, "%.*s,", TEXT_ARGUMENT(text_slice(code, 6, code.length)));
    add_class(&full, text_of(call->command->row->name));
    bytes_add_format(&full, "_%s", set);
    struct value text = string_from_bytes(&full);
    error_record_set(record, ERROR_ID, text);
    value_release(text);
    bytes_clear(&full);
    bytes_add_format(&full, "[%.*s] : %.*s", TEXT_ARGUMENT(text_slice(code, 6, code.length)), TEXT_ARGUMENT(error_record_message(record)));
    text = string_from_bytes(&full);
    exception_set(call->realm, error_record_get(record, ERROR_EXCEPTION), "Message", text); /* scripts look for the code there */
    value_release(text);
    bytes_free(&full);
    return invocation_error_take(call, record);
}
