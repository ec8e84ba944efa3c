#include "variable_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, FORCE, PASS, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, "variable", "Names; wildcards allowed."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Clears a read-only one, too."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the variable."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},
};

static bool gather(void *context, const struct variable_info *info) {
    array_push_take(*(struct value *)context, string_new(info->name));
    return true;
}

static enum status clear_one(struct invocation *call, struct text name, int scope) {
    struct variable_info info = {.name = name, .value = value_null()};
    bool force = invocation_switch(call, FORCE);
    enum status status = force ? call->host->variable_change(call->host, scope, &info, true, false)
                               : call->host->variable_set(call->host, name, scope, value_null());
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    return status == STATUS_OK && invocation_switch(call, PASS) ? invocation_emit_take(call, variable_object(call, &info)) : status;
}

static enum status process(struct invocation *call) {
    int scope;
    enum status status = variable_scope_read(call, SCOPE, &scope);
    struct value names = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(names); i++) {
        struct text pattern = string_text(array_at(names, i));
        struct value list = list_new(call->realm, NULL, 2);
        variable_each(call, scope, pattern, gather, &list);
        if (!array_count(list) && !wildcard_has(pattern)) status = variable_not_found(call, pattern);
        for (uint32_t k = 0; k < array_count(list) && status == STATUS_OK; k++) status = clear_one(call, string_text(array_at(list, k)), scope);
        value_release(list);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"$kept = 5; Clear-Variable kept; $null -eq $kept", "It is there and holds nothing."},
    {"Clear-Variable tmp* -ErrorAction SilentlyContinue", "All that begin like this."},
};

CMDLET(clear_variable) = {
    .name = "Clear-Variable", .aliases = "clv", .synopsis = "Empties variables.", .description = "They stay, and hold null.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .process = process, EXAMPLES,
};
