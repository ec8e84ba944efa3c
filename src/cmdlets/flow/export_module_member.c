#include "engine_private.h"

enum { FUNCTION, CMDLET_NAMES, VARIABLE, ALIAS };

static const struct parameter_row parameter_rows[] = {
    {"Function", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Functions to show; wildcards allowed."},
    {"Cmdlet", "string[]", -1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Variable", "string[]", -1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Variables to show."},
    {"Alias", "string[]", -1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Aliases to show."},
};

static struct value given(struct invocation *call, uint32_t which) {
    return invocation_has(call, which) ? invocation_argument(call, which) : value_null();
}

static enum status process(struct invocation *call) {
    struct value arguments[3] = {given(call, FUNCTION), given(call, VARIABLE), given(call, ALIAS)};
    return engine_ask(call, "export-member", arguments, 3, true);
}

static const struct example_row example_rows[] = {
    {"New-Module m { function a { 1 }; function b { 2 }; Export-ModuleMember -Function a } | Import-Module; a", "Only one of two."},
    {"New-Module m { $x = 5; Export-ModuleMember -Variable x } | Import-Module; $x", "A variable."},
};

CMDLET(export_module_member) = {
    .name = "Export-ModuleMember", .synopsis = "Says what of a module can be seen outside.", .description = "Without it, all functions and no variables.",
    PARAMETERS, .process = process, EXAMPLES,
};
