#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, LIST, ALL, REFRESH, SPECIFICATION };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "Names; wildcards allowed."},
    {"ListAvailable", "switch", -1, 0, NULL, NULL, NULL, NULL, "Those that could be imported instead of those in use."},
    {"All", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Refresh", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"FullyQualifiedName", "object[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

/* Scripts ask for these before they go on; their commands are built in here (cmdlets/mg and cmdlets/directory). Any other
 * Microsoft.Graph.… counts as there when it is asked for by its name. */
static const char *const built_in[] = {"Microsoft.Graph", "Microsoft.Graph.Applications", "Microsoft.Graph.Authentication", "Microsoft.Graph.Beta", "Microsoft.Graph.Groups",
                                       "Microsoft.Graph.Identity.DirectoryManagement", "Microsoft.Graph.Identity.Governance", "Microsoft.Graph.Identity.SignIns",
                                       "Microsoft.Graph.Mail", "Microsoft.Graph.Reports", "Microsoft.Graph.Sites", "Microsoft.Graph.Teams", "Microsoft.Graph.Users",
                                       "Microsoft.Graph.Users.Actions", "Microsoft.PowerShell.Management", "Microsoft.PowerShell.Security", "Microsoft.PowerShell.Utility",
                                       "PowerShellGet"};

static bool wanted(struct invocation *call, struct text name) {
    struct value list = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), name, true)) return true;
    }
    return list.kind != VALUE_ARRAY;
}

static enum status give_built_in(struct invocation *call, struct text name) {
    bool graph = text_starts_fold(name, TEXT("Microsoft.Graph"));
    struct value module = object_new(call->realm, type_find(call->realm, TEXT("System.Management.Automation.PSModuleInfo")), 6);
    object_put_take(call->realm, module, "Name", string_new(name));
    object_put_take(call->realm, module, "Version", graph ? value_version(2, 30, 0, -1) : value_version(7, 0, 0, 0));
    object_put_take(call->realm, module, "ModuleType", string_of("Manifest"));
    object_put_take(call->realm, module, "Path", string_new(name));
    object_put_take(call->realm, module, "ModuleBase", string_new(name));
    object_put_take(call->realm, module, "Description", string_of("Built into this shell."));
    object_put_take(call->realm, module, "ExportedCommands", table_new(call->realm, TABLE_ORDERED, true, NULL));
    return invocation_emit_take(call, module);
}

static bool is_listed(struct text name) {
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (text_equal_fold(text_of(built_in[i]), name)) return true;
    }
    return false;
}

static enum status give_available(struct invocation *call) {
    struct value list = invocation_has(call, NAME) ? value_base(invocation_argument(call, NAME)) : value_null(), found = value_void();
    struct host *host = call->host;
    enum status status = host->ask_engine ? host->ask_engine(host, TEXT("available-modules"), &list, 1, &found) : STATUS_OK;
    if (status == STATUS_OK) status = invocation_emit_each(call, found);
    value_release(found);
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in && status == STATUS_OK; i++) {
        if (wanted(call, text_of(built_in[i]))) status = give_built_in(call, text_of(built_in[i]));
    }
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list) && status == STATUS_OK; i++) {
        struct text name = string_text(array_at(list, i));
        if (text_starts_fold(name, TEXT("Microsoft.Graph.")) && !wildcard_has(name) && !is_listed(name)) status = give_built_in(call, name);
    }
    return status;
}

static enum status process(struct invocation *call) {
    struct value modules = value_void();
    struct host *host = call->host;
    if (invocation_switch(call, LIST)) return give_available(call);
    enum status status = host->ask_engine ? host->ask_engine(host, TEXT("modules"), NULL, 0, &modules) : STATUS_OK;
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; value_is_array_like(modules) && i < array_count(modules) && status == STATUS_OK; i++) {
        struct value *name = object_find_text(call->realm, array_at(modules, i), TEXT("Name"));
        if (name && name->kind == VALUE_STRING && wanted(call, string_text(*name))) status = invocation_emit(call, array_at(modules, i));
    }
    value_release(modules);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Module", "Modules in use."},
    {"Get-Module -ListAvailable -Name Microsoft.Graph.*", "Graph modules count as there."},
};

CMDLET(get_module) = {
    .name = "Get-Module", .aliases = "gmo", .synopsis = "Lists modules.", .description = "The Graph modules count as installed: their commands are built in.",
    PARAMETERS, .process = process, EXAMPLES,
};
