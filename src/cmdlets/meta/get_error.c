#include "../cmdlet_private.h"

enum { NEWEST, INPUT };

static const struct parameter_row parameter_rows[] = {
    {"Newest", "int", -1, 0, "Last", "Newest", NULL, NULL, "So many of the last errors."},
    {"InputObject", "object", 0, PARAMETER_PIPELINE, NULL, "Error", NULL, NULL, "The error to show."},
};

/* Everything a record knows, a property a line. */
static enum status give(struct invocation *call, struct value record) {
    struct value object = object_new(call->realm, NULL, 8);
    static const char *const names[] = {"Exception", "TargetObject", "CategoryInfo", "FullyQualifiedErrorId", "ErrorDetails", "InvocationInfo", "ScriptStackTrace"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct value v;
        bool found;
        if (member_get(call->realm, record, intern_name(call->realm->names, text_of(names[i])), &found, &v) != STATUS_OK) {
            value_release(realm_take_raised(call->realm));
            continue;
        }
        if (found) object_put_take(call->realm, object, names[i], v);
    }
    return invocation_emit_take(call, object);
}

static enum status process(struct invocation *call) {
    if (invocation_has(call, INPUT)) return give(call, invocation_argument(call, INPUT));
    struct value errors = call->host->variable_get(call->host, TEXT("Error"), SCOPE_GLOBAL);
    int64_t newest = invocation_integer(call, NEWEST, 1);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; value_is_array_like(errors) && i < array_count(errors) && i < newest && status == STATUS_OK; i++)
        status = give(call, array_at(errors, i));
    value_release(errors);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Item nowhere -ErrorAction SilentlyContinue; Get-Error", "The whole of the last error."},
    {"Get-Error -Newest 2", "The last two."},
};

CMDLET(get_error) = {
    .name = "Get-Error", .synopsis = "Shows everything about an error.", .description = "The last one unless said otherwise.",
    PARAMETERS, .default_set = "Newest", .process = process, EXAMPLES,
};
