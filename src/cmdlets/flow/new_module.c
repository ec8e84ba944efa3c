#include "engine_private.h"

enum { NAME, BLOCK, FUNCTION, CMDLET_NAMES, RETURN_RESULT, AS_OBJECT, ARGUMENTS };

static const struct parameter_row parameter_rows[] = {
    {"Name", "object", 0, 0, NULL, NULL, NULL, NULL, "Its name; may be left out."},
    {"ScriptBlock", "scriptblock", 1, 0, NULL, NULL, NULL, NULL, "What it holds."},
    {"Function", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these functions."},
    {"Cmdlet", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"ReturnResult", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives what the block gives."},
    {"AsCustomObject", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives an object with the functions as methods."},
    {"ArgumentList", "object[]", -1, 0, "Args", NULL, NULL, NULL, "Its arguments."},
};

static enum status process(struct invocation *call) {
    struct value options = table_new(call->realm, TABLE_HASH, true, NULL);
    for (uint32_t i = FUNCTION; i <= AS_OBJECT; i++) {
        if (invocation_has(call, i)) table_put_text(options, parameter_rows[i].name, invocation_argument(call, i));
    }
    struct value first = value_base(invocation_argument(call, NAME)); /* New-Module { … } has no name */
    bool unnamed = first.kind == VALUE_SCRIPT_BLOCK && !invocation_has(call, BLOCK);
    struct value name = unnamed || first.kind == VALUE_UNSET ? string_empty() : convert_text(call->realm, first);
    struct value arguments[4] = {name, unnamed ? first : invocation_argument(call, BLOCK),
                                 invocation_has(call, ARGUMENTS) ? invocation_argument(call, ARGUMENTS) : value_null(), options};
    enum status status = engine_ask(call, "new-module", arguments, 4, true);
    value_release(options);
    value_release(name);
    return status;
}

static const struct example_row example_rows[] = {
    {"New-Module tools { function twice($n) { 2 * $n } } | Import-Module; twice 4", "A module from a block."},
    {"New-Module counter { $n = 0; function next { ($script:n++); $n } } -AsCustomObject", "An object with methods."},
};

CMDLET(new_module) = {
    .name = "New-Module", .aliases = "nmo", .synopsis = "Makes a module from a script block.", .description = "It has a scope of its own, which its functions share.",
    PARAMETERS, .process = process, EXAMPLES,
};
