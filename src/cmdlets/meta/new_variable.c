#include "variable_private.h"

enum { NAME, VALUE, DESCRIPTION, OPTION, VISIBILITY, FORCE, PASS, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "The name."},
    {"Value", "object", 1, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "What it is to hold."},
    {"Description", "string", -1, 0, NULL, NULL, NULL, NULL, "What it is for."},
    {"Option", "string", -1, 0, NULL, NULL, NULL, NULL, "None, ReadOnly, Constant, Private."},
    {"Visibility", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Replaces one that is there."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the variable."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},
};

static bool has_option(struct invocation *call, const char *name) {
    return text_find_fold(invocation_text(call, OPTION), text_of(name), 0) != TEXT_NOT_FOUND;
}

static enum status process(struct invocation *call) {
    int scope;
    enum status status = variable_scope_read(call, SCOPE, &scope);
    if (status != STATUS_OK) return status;
    if (scope == SCOPE_CURRENT) scope = SCOPE_LOCAL;
    struct variable_info info = {.name = invocation_text(call, NAME), .value = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null(),
                                 .description = invocation_text(call, DESCRIPTION), .constant = has_option(call, "Constant"),
                                 .read_only = has_option(call, "ReadOnly"), .private_to_scope = has_option(call, "Private")};
    status = call->host->variable_change(call->host, scope, &info, invocation_switch(call, FORCE), true);
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    if (status == STATUS_OK && invocation_switch(call, PASS)) status = invocation_emit_take(call, variable_object(call, &info));
    return status;
}

static const struct example_row example_rows[] = {
    {"New-Variable total 0; $total", "A new variable."},
    {"New-Variable pi 3.14159 -Option Constant", "One that never changes."},
};

CMDLET(new_variable) = {
    .name = "New-Variable", .aliases = "nv", .synopsis = "Makes a variable.", .description = "An error if it is there already.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_IMPACT_LOW, .process = process, EXAMPLES,
};
