#include "variable_private.h"

enum { NAME, VALUE, INCLUDE, EXCLUDE, DESCRIPTION, OPTION, FORCE, VISIBILITY, PASS, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, "variable", "Names of the variables."},
    {"Value", "object", 1, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "What they are to hold."},
    {"Include", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Description", "string", -1, 0, NULL, NULL, NULL, NULL, "What it is for."},
    {"Option", "string", -1, 0, NULL, NULL, NULL, NULL, "None, ReadOnly, Constant, Private."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Changes a read-only one, too."},
    {"Visibility", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the variable."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},
};

struct state { struct value values; };

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (state->values.kind == VALUE_UNSET) state->values = list_new(call->realm, NULL, 2);
    if (invocation_has(call, VALUE)) array_push(state->values, invocation_argument(call, VALUE));
    return STATUS_OK;
}

static bool has_option(struct invocation *call, const char *name) {
    return text_find_fold(invocation_text(call, OPTION), text_of(name), 0) != TEXT_NOT_FOUND;
}

static enum status set_one(struct invocation *call, struct text name, int scope, struct value v) {
    struct host *host = call->host;
    struct variable_info info = {.name = name, .value = v, .description = invocation_text(call, DESCRIPTION), .constant = has_option(call, "Constant"),
                                 .read_only = has_option(call, "ReadOnly"), .private_to_scope = has_option(call, "Private")};
    bool plain = !invocation_has(call, OPTION) && !invocation_has(call, DESCRIPTION) && !invocation_switch(call, FORCE);
    enum status status = plain ? host->variable_set(host, name, scope, v) : host->variable_change(host, scope, &info, invocation_switch(call, FORCE), false);
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    if (status == STATUS_OK && invocation_switch(call, PASS)) status = invocation_emit_take(call, variable_object(call, &info));
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    int scope;
    enum status status = variable_scope_read(call, SCOPE, &scope);
    if (status != STATUS_OK) return status;
    if (scope == SCOPE_CURRENT) scope = SCOPE_LOCAL;
    bool many = state->values.kind != VALUE_UNSET && array_count(state->values) > 1;
    struct value v = many ? array_of(call->realm, array_items(state->values), array_count(state->values))
                          : state->values.kind != VALUE_UNSET && array_count(state->values) ? value_keep(array_at(state->values, 0)) : value_null();
    struct value names = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; i < array_count(names) && status == STATUS_OK; i++) status = set_one(call, string_text(array_at(names, i)), scope, v);
    value_release(v);
    return status;
}

static void clean(struct invocation *call) {
    value_release(((struct state *)call->state)->values);
}

static const struct example_row example_rows[] = {
    {"Set-Variable -Name count -Value 3; $count", "A variable by its name."},
    {"Set-Variable limit 100 -Option ReadOnly", "One that cannot be changed by mistake."},
};

CMDLET(set_variable) = {
    .name = "Set-Variable", .aliases = "sv|set", .synopsis = "Sets a variable by its name.", .description = "Made when it is not there.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .state_size = sizeof(struct state), .process = process, .end = end, .clean = clean, EXAMPLES,
};
