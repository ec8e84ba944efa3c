#include "variable_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, VALUE_ONLY, INCLUDE, EXCLUDE, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, "variable", "Names; wildcards allowed."},
    {"ValueOnly", "switch", -1, 0, NULL, NULL, NULL, NULL, "Only what they hold."},
    {"Include", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Of those, only these."},
    {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Not these."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},
};

struct giving { struct invocation *call; enum status status; struct value list; };

static bool passes(struct invocation *call, uint32_t which, struct text name, bool without) {
    struct value list = value_base(invocation_argument(call, which));
    if (list.kind != VALUE_ARRAY) return without;
    for (uint32_t i = 0; i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), name, true)) return true;
    }
    return false;
}

/* Gathered first: what runs behind this stage may change variables. */
static bool gather(void *context, const struct variable_info *info) {
    struct giving *giving = context;
    struct invocation *call = giving->call;
    if (!passes(call, INCLUDE, info->name, true) || passes(call, EXCLUDE, info->name, false)) return true;
    array_push_take(giving->list, invocation_switch(call, VALUE_ONLY) ? value_keep(info->value) : variable_object(call, info));
    return true;
}

static enum status give(struct invocation *call, struct text name, int scope) {
    struct giving giving = {call, STATUS_OK, list_new(call->realm, NULL, 4)};
    size_t found = variable_each(call, scope, name, gather, &giving);
    enum status status = STATUS_OK;
    if (!found && call->realm->raised.kind != VALUE_UNSET) status = STATUS_ERROR;
    else if (!found && !wildcard_has(name)) status = variable_not_found(call, name);
    for (uint32_t i = 0; i < array_count(giving.list) && status == STATUS_OK; i++) status = invocation_emit(call, array_at(giving.list, i));
    value_release(giving.list);
    return status;
}

static enum status process(struct invocation *call) {
    int scope;
    enum status status = variable_scope_read(call, SCOPE, &scope);
    if (status != STATUS_OK) return status;
    struct value names = value_base(invocation_argument(call, NAME));
    if (names.kind != VALUE_ARRAY) return give(call, TEXT("*"), scope);
    for (uint32_t i = 0; i < array_count(names) && status == STATUS_OK; i++) status = give(call, string_text(array_at(names, i)), scope);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Variable PSV*", "Variables whose names begin like this."},
    {"$count = 3; Get-Variable count -ValueOnly", "What one holds."},
};

CMDLET(get_variable) = {
    .name = "Get-Variable", .aliases = "gv", .synopsis = "Lists variables.", .description = "Those of the scopes that can be seen from here.",
    PARAMETERS, .process = process, EXAMPLES,
};
