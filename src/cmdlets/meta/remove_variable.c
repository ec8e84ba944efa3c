#include "variable_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, INCLUDE, EXCLUDE, FORCE, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, "variable", "Names; wildcards allowed."},
    {"Include", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Removes a read-only one, too."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},
};

static bool gather(void *context, const struct variable_info *info) {
    array_push_take(*(struct value *)context, string_new(info->name));
    return true;
}

static enum status remove_matching(struct invocation *call, struct text pattern, int scope) {
    struct value list = list_new(call->realm, NULL, 2);
    variable_each(call, scope, pattern, gather, &list);
    enum status status = STATUS_OK;
    if (!array_count(list) && !wildcard_has(pattern)) status = variable_not_found(call, pattern);
    for (uint32_t i = 0; i < array_count(list) && status == STATUS_OK; i++) {
        status = call->host->variable_remove(call->host, string_text(array_at(list, i)), scope, invocation_switch(call, FORCE));
        if (status == STATUS_ERROR) status = invocation_error_raised(call);
    }
    value_release(list);
    return status;
}

static enum status process(struct invocation *call) {
    int scope;
    enum status status = variable_scope_read(call, SCOPE, &scope);
    struct value names = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; status == STATUS_OK && names.kind == VALUE_ARRAY && i < array_count(names); i++)
        status = remove_matching(call, string_text(array_at(names, i)), scope);
    return status;
}

static const struct example_row example_rows[] = {
    {"$old = 1; Remove-Variable old", "Takes a variable away."},
    {"Remove-Variable tmp* -ErrorAction SilentlyContinue", "All that begin like this."},
};

CMDLET(remove_variable) = {
    .name = "Remove-Variable", .aliases = "rv", .synopsis = "Takes variables away.", .description = "Names without the dollar sign.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .process = process, EXAMPLES,
};
