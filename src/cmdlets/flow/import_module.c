#include "engine_private.h"

enum { NAME, GLOBAL, PREFIX, FUNCTION, CMDLET_NAMES, VARIABLE, ALIAS, FORCE, PASS, MINIMUM, REQUIRED, MAXIMUM, ARGUMENTS, NO_CLOBBER, SCOPE, DISABLE, SKIP, WINDOWS };

static const struct parameter_row parameter_rows[] = {
    {"Name", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, "ModuleInfo", NULL, NULL, "path", "Names or paths of modules, or modules themselves."},
    {"Global", "switch", -1, 0, NULL, NULL, NULL, NULL, "For the whole session."},
    {"Prefix", "string", -1, 0, NULL, NULL, NULL, NULL, "Stands before the noun of each command."},
    {"Function", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these functions."},
    {"Cmdlet", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these cmdlets."},
    {"Variable", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these variables."},
    {"Alias", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these aliases."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Again, even if it is there."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the module."},
    {"MinimumVersion", "version", -1, 0, "Version", NULL, NULL, NULL, "At least this version."},
    {"RequiredVersion", "version", -1, 0, NULL, NULL, NULL, NULL, "This version."},
    {"MaximumVersion", "string", -1, 0, NULL, NULL, NULL, NULL, "At the most this version."},
    {"ArgumentList", "object[]", -1, 0, "Args", NULL, NULL, NULL, "Arguments of the module's param block."},
    {"NoClobber", "switch", -1, 0, "NoOverwrite", NULL, NULL, NULL, "Leaves commands of the same name alone."},
    {"Scope", "string", -1, 0, NULL, NULL, "Local|Global", NULL, "Where its commands can be seen."},
    {"DisableNameChecking", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"SkipEditionCheck", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"UseWindowsPowerShell", "switch", -1, 0, "UseWinPS", NULL, NULL, NULL, "Accepted for scripts."},
};

/* The parameters given, by name: the engine reads those that it knows. */
static struct value options_table(struct invocation *call) {
    struct value table = table_new(call->realm, TABLE_HASH, true, NULL);
    for (uint32_t i = GLOBAL; i <= WINDOWS; i++) {
        if (invocation_has(call, i)) table_put_text(table, parameter_rows[i].name, invocation_argument(call, i));
    }
    return table;
}

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; names.kind == VALUE_ARRAY && i < array_count(names) && status == STATUS_OK; i++) {
        struct value arguments[2] = {value_keep(array_at(names, i)), options_table(call)};
        status = engine_ask(call, "import-module", arguments, 2, false);
        value_release(arguments[0]);
        value_release(arguments[1]);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Import-Module Microsoft.Graph.Users", "Is built in: scripts that ask for it go on."},
    {"Import-Module ./tools.psm1 -ErrorAction SilentlyContinue", "A module of your own."},
};

CMDLET(import_module) = {
    .name = "Import-Module", .aliases = "ipmo", .synopsis = "Brings in the commands of a module.", .description = "Files .psm1, .psd1 and .m365; the Graph modules are built in.",
    PARAMETERS, .process = process, EXAMPLES,
};
