#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, LIST, ALL, REFRESH, SPECIFICATION };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "Names; wildcards allowed."},
    {"ListAvailable", "switch", -1, 0, NULL, NULL, NULL, NULL, "Those that could be imported, too."},
    {"All", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Refresh", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"FullyQualifiedName", "object[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

/* Scripts ask for these before they go on; their commands are built in here (stdlib and cmdlets/directory). */
static const char *const built_in[] = {"Microsoft.Graph", "Microsoft.Graph.Authentication", "Microsoft.Graph.Users", "Microsoft.Graph.Users.Actions",
                                       "Microsoft.Graph.Groups", "Microsoft.Graph.Identity.DirectoryManagement", "Microsoft.Graph.Reports", "Microsoft.Graph.Beta"};

static bool wanted(struct invocation *call, struct text name) {
    struct value list = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), name, true)) return true;
    }
    return list.kind != VALUE_ARRAY;
}

static enum status give_available(struct invocation *call) {
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in && status == STATUS_OK; i++) {
        if (!wanted(call, text_of(built_in[i]))) continue;
        struct value module = object_new(call->realm, type_find(call->realm, TEXT("System.Management.Automation.PSModuleInfo")), 6);
        object_put_take(call->realm, module, "Name", string_of(built_in[i]));
        object_put_take(call->realm, module, "Version", value_version(2, 30, 0, -1));
        object_put_take(call->realm, module, "ModuleType", string_of("Manifest"));
        object_put_take(call->realm, module, "Path", string_of(built_in[i]));
        status = invocation_emit_take(call, module);
    }
    return status;
}

static enum status process(struct invocation *call) {
    struct value modules = value_void();
    struct host *host = call->host;
    enum status status = host->ask_engine ? host->ask_engine(host, TEXT("modules"), NULL, 0, &modules) : STATUS_OK;
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; value_is_array_like(modules) && i < array_count(modules) && status == STATUS_OK; i++) {
        struct value *name = object_find_text(call->realm, array_at(modules, i), TEXT("Name"));
        if (name && name->kind == VALUE_STRING && wanted(call, string_text(*name))) status = invocation_emit(call, array_at(modules, i));
    }
    value_release(modules);
    return status == STATUS_OK && invocation_switch(call, LIST) ? give_available(call) : status;
}

static const struct example_row example_rows[] = {
    {"Get-Module", "Modules in use."},
    {"Get-Module -ListAvailable -Name Microsoft.Graph.*", "Graph modules count as there."},
};

CMDLET(get_module) = {
    .name = "Get-Module", .aliases = "gmo", .synopsis = "Lists modules.", .description = "The Graph modules count as installed: their commands are built in.",
    PARAMETERS, .process = process, EXAMPLES,
};
