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
    {"MinimumVersion", "object", -1, 0, "Version", NULL, NULL, NULL, "At least this version."},
    {"RequiredVersion", "object", -1, 0, NULL, NULL, NULL, NULL, "This version."},
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

static bool is_approved(struct text verb) {
    static const char *const approved[] = {
#define VERB_ROW(name, prefix, group, meaning) name,
#include "../meta/verbs.def"
#undef VERB_ROW
    };
    for (size_t i = 0; i < sizeof approved / sizeof *approved; i++) {
        if (text_equal_fold(text_of(approved[i]), verb)) return true;
    }
    return false;
}

/* PowerShell warns of verbs that are not approved. */
static enum status check_names(struct invocation *call, struct value module) {
    struct value *functions = object_find_text(call->realm, module, TEXT("ExportedFunctions")), *name = object_find_text(call->realm, module, TEXT("Name"));
    uint32_t position = 0;
    struct table_entry *entry;
    if (!functions || !name || functions->kind != VALUE_TABLE || invocation_switch(call, DISABLE)) return STATUS_OK;
    while ((entry = table_next(*functions, &position))) {
        struct text spelling = string_text(entry->key);
        size_t dash = text_find_byte(spelling, '-', 0);
        if (dash == TEXT_NOT_FOUND || is_approved(text_slice(spelling, 0, dash))) continue;
        return invocation_warn(call, "The module %s has commands whose verbs are not approved; Get-Verb lists those that are.", string_chars(*name));
    }
    return STATUS_OK;
}

static enum status import_one(struct invocation *call, struct value what) {
    struct host *host = call->host;
    struct value arguments[2] = {what, options_table(call)}, module = value_void();
    if (!host || !host->ask_engine) return STATUS_OK;
    enum status status = host->ask_engine(host, TEXT("import-module"), arguments, 2, &module);
    value_release(arguments[1]);
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    if (status == STATUS_OK && module.kind == VALUE_OBJECT) status = check_names(call, module);
    if (status == STATUS_OK && invocation_switch(call, PASS)) status = invocation_emit(call, module);
    value_release(module);
    return status;
}

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; names.kind == VALUE_ARRAY && i < array_count(names) && status == STATUS_OK; i++) {
        struct value what = value_keep(array_at(names, i));
        status = import_one(call, what);
        value_release(what);
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
