/* Install-Module and its like. Scripts install what they need first; the Graph modules are built in, so they go on. Nothing
 * is ever fetched from a gallery: modules of one's own lie in a folder of $env:PSModulePath. */
#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Names of modules."},
    {"MinimumVersion", "object", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"RequiredVersion", "object", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"MaximumVersion", "object", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Repository", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Scope", "string", -1, 0, NULL, NULL, "CurrentUser|AllUsers", NULL, "Accepted for scripts."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"AllowClobber", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"AllowPrerelease", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"SkipPublisherCheck", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"AcceptLicense", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"AllVersions", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"InstallationPolicy", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"ForceBootstrap", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

static bool is_built_in(struct text name) { return text_starts_fold(name, TEXT("Microsoft.Graph")) || text_equal_fold(name, TEXT("PowerShellGet")); }

/* "describe-absence" knows the services that are out of reach. */
static enum status absent(struct invocation *call, struct text name, const char *id) {
    struct value target = string_new(name), sentence = value_void();
    struct host *host = call->host;
    if (host->ask_engine && host->ask_engine(host, TEXT("describe-absence"), &target, 1, &sentence) != STATUS_OK) value_release(realm_take_raised(call->realm));
    enum status status = invocation_error(call, "System.Exception", id, ERROR_OBJECT_NOT_FOUND, target, "%s",
                                          sentence.kind == VALUE_STRING ? string_chars(sentence)
                                                                        : "There is no gallery here. Put the module's folder into one of those that $env:PSModulePath names.");
    value_release(sentence);
    value_release(target);
    return status;
}

static bool is_available(struct invocation *call, struct value name) {
    struct value list = array_of(call->realm, &name, 1), found = value_void();
    struct host *host = call->host;
    if (host->ask_engine && host->ask_engine(host, TEXT("available-modules"), &list, 1, &found) != STATUS_OK) value_release(realm_take_raised(call->realm));
    bool any = value_is_array_like(found) && array_count(found);
    value_release(found);
    value_release(list);
    return any;
}

static enum status install(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; names.kind == VALUE_ARRAY && i < array_count(names) && status == STATUS_OK; i++) {
        struct text name = string_text(array_at(names, i));
        if (is_built_in(name)) status = invocation_verbose(call, "The commands of %.*s are built in.", TEXT_ARGUMENT(name));
        else if (!is_available(call, array_at(names, i)))
            status = absent(call, name, "NoMatchFoundForCriteria");
    }
    return status;
}

static enum status accept_all(struct invocation *call) {
    (void)call;
    return STATUS_OK;
}

static enum status give(struct invocation *call, struct text name) {
    struct value info = object_new(call->realm, NULL, 6);
    object_put_take(call->realm, info, "Version", string_of("2.30.0"));
    object_put_take(call->realm, info, "Name", string_new(name));
    object_put_take(call->realm, info, "Repository", string_of("PSGallery"));
    object_put_take(call->realm, info, "Description", string_of("Built into this shell."));
    return invocation_emit_take(call, info);
}

static enum status list_installed(struct invocation *call) {
    static const char *const built_in[] = {"Microsoft.Graph", "Microsoft.Graph.Authentication", "Microsoft.Graph.Groups", "Microsoft.Graph.Users"};
    struct value names = value_base(invocation_argument(call, NAME));
    enum status status = STATUS_OK;
    uint32_t count = names.kind == VALUE_ARRAY ? array_count(names) : 0;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct text name = string_text(array_at(names, i));
        if (wildcard_has(name)) {
            for (size_t k = 0; k < sizeof built_in / sizeof *built_in && status == STATUS_OK; k++)
                if (wildcard_match(name, text_of(built_in[k]), true)) status = give(call, text_of(built_in[k]));
        } else if (is_built_in(name) || is_available(call, array_at(names, i))) status = give(call, name);
        else status = absent(call, name, "NoMatchFound");
    }
    for (size_t k = 0; !count && k < sizeof built_in / sizeof *built_in && status == STATUS_OK; k++) status = give(call, text_of(built_in[k]));
    return status;
}

static const struct example_row example_rows[] = {
    {"Install-Module Microsoft.Graph -Scope CurrentUser -Force", "Is built in: scripts that ask for it go on."},
    {"Get-InstalledModule Microsoft.Graph", "Counts as there."},
};

#define FAMILY_OF_MODULES PARAMETERS, .description = "Nothing is fetched: the Graph modules are built in, others lie along $env:PSModulePath.", EXAMPLES
CMDLET(install_module) = {.name = "Install-Module", .aliases = "inmo", .synopsis = "Accepts what is built in.", FAMILY_OF_MODULES, .process = install};
CMDLET(update_module) = {.name = "Update-Module", .aliases = "upmo", .synopsis = "Accepts what is built in.", FAMILY_OF_MODULES, .process = install};
CMDLET(find_module) = {.name = "Find-Module", .synopsis = "Names what is built in.", FAMILY_OF_MODULES, .process = list_installed};
CMDLET(get_installed_module) = {.name = "Get-InstalledModule", .synopsis = "Names what is built in.", FAMILY_OF_MODULES, .process = list_installed};
CMDLET(uninstall_module) = {.name = "Uninstall-Module", .synopsis = "Changes nothing.", FAMILY_OF_MODULES, .process = accept_all};
CMDLET(install_package_provider) = {.name = "Install-PackageProvider", .synopsis = "Accepted for scripts.", FAMILY_OF_MODULES, .process = accept_all};
CMDLET(set_ps_repository) = {.name = "Set-PSRepository", .synopsis = "Accepted for scripts.", FAMILY_OF_MODULES, .process = accept_all};
