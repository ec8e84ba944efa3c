#include "item_rows_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, LITERAL_NAME, PROVIDER, SCOPE };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Name", NULL, NULL, "Only drives of this name."},
    {"LiteralName", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, "LiteralName", NULL, NULL, "The same, without wildcards."},
    {"PSProvider", "string[]", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Only drives of this kind."},
    {"Scope", "string", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Accepted; drives are the same everywhere."},
};

static const struct { const char *name, *provider, *root, *description; enum item_drive kind; } drives[] = {
    {"/", "FileSystem", "/", "", DRIVE_FILES},
    {"Alias", "Alias", "", "The aliases.", DRIVE_ALIAS},
    {"Env", "Environment", "", "The variables of the environment.", DRIVE_ENVIRONMENT},
    {"Function", "Function", "", "The functions.", DRIVE_FUNCTION},
    {"Temp", "FileSystem", "/tmp/", "The folder for temporary files.", DRIVE_FILES},
    {"Variable", "Variable", "", "The variables.", DRIVE_VARIABLE},
};

static bool named(struct invocation *call, uint32_t parameter, const char *name) {
    struct value names = invocation_argument(call, parameter);
    bool literal = parameter == LITERAL_NAME, given = item_count(names) > 0;
    for (uint32_t i = 0; i < item_count(names); i++) {
        struct text one = item_at(names, i);
        if (literal ? text_equal_fold(one, text_of(name)) : wildcard_match(one, text_of(name), true)) return true;
    }
    return !given;
}

static void add(struct invocation *call, struct value drive, const char *name, const char *text) {
    struct value v = string_of(text);
    object_add(call->realm, drive, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static enum status emit_drive(struct invocation *call, size_t index) {
    struct value drive = object_new(call->realm, type_known(call->realm, "System.Management.Automation.PSDriveInfo"), 6);
    struct value here = string_new(call->host->folder ? call->host->folder(call->host) : TEXT("/"));
    add(call, drive, "Name", drives[index].name);
    struct value provider = item_provider(call->realm, drives[index].kind);
    object_add(call->realm, drive, TEXT("Provider"), MEMBER_PROPERTY, provider);
    value_release(provider);
    add(call, drive, "Root", drives[index].root);
    add(call, drive, "Description", drives[index].description);
    if (index == 0) object_add(call->realm, drive, TEXT("CurrentLocation"), MEMBER_PROPERTY, here);
    else add(call, drive, "CurrentLocation", "");
    value_release(here);
    return invocation_emit_take(call, drive);
}

static enum status process(struct invocation *call) {
    enum status status = STATUS_OK;
    bool any = false;
    for (size_t i = 0; status == STATUS_OK && i < sizeof drives / sizeof *drives; i++) {
        if (!named(call, invocation_has(call, LITERAL_NAME) ? LITERAL_NAME : NAME, drives[i].name) || !named(call, PROVIDER, drives[i].provider)) continue;
        any = true;
        status = emit_drive(call, i);
    }
    struct value names = invocation_argument(call, NAME);
    if (any || status != STATUS_OK || item_count(names) != 1 || wildcard_has(item_at(names, 0))) return status;
    return invocation_error(call, "System.Management.Automation.DriveNotFoundException", "GetLocationNoMatchingDrive", ERROR_OBJECT_NOT_FOUND, names,
                            "There is no drive named '%.*s'.", TEXT_ARGUMENT(item_at(names, 0)));
}

static const struct example_row example_rows[] = {
    {"Get-PSDrive", "What may stand before a colon."},
    {"Get-ChildItem Env: | Select-Object -First 3", "One of them."},
};

CMDLET(get_ps_drive) = {
    .name = "Get-PSDrive", .aliases = "gdr", .synopsis = "Lists the drives.", .description = "Files have one root here; Env:, Variable:, Function: and Alias: can be listed as folders are.",
    PARAMETERS, .default_set = "Name", .process = process, EXAMPLES,
};
