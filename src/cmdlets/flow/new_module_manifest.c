#include "../cmdlet_private.h"

#include <stdio.h>
#include "m365sh/base/file.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"

enum { PATH, NESTED, GUID, AUTHOR, COMPANY, COPYRIGHT, ROOT, VERSION, DESCRIPTION, ENGINE, REQUIRED, TYPES, FORMATS, SCRIPTS, ASSEMBLIES, FILES, MODULES, FUNCTIONS,
       ALIASES, VARIABLES, CMDLETS, EDITIONS, TAGS, PROJECT, LICENSE, ICON, NOTES, PRERELEASE, PRIVATE, HELP, PREFIX, PASS };

#define FIELD(name, type, help) {name, type, -1, PARAMETER_ALLOW_EMPTY | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, help}
static const struct parameter_row parameter_rows[] = {
    {"Path", "string", 0, PARAMETER_MANDATORY, NULL, NULL, NULL, "path", "The .psd1 file to write."},
    FIELD("NestedModules", "object[]", "Modules loaded with this one."),
    FIELD("Guid", "guid", "Its own number; made if left out."),
    FIELD("Author", "string", "Who wrote it."),
    FIELD("CompanyName", "string", "For whom."),
    FIELD("Copyright", "string", "Whose it is."),
    {"RootModule", "string", -1, PARAMETER_ALLOW_EMPTY, "ModuleToProcess", NULL, NULL, NULL, "The file with the code."},
    FIELD("ModuleVersion", "string", "Its version; 0.0.1 if left out."),
    FIELD("Description", "string", "What it is for."),
    FIELD("PowerShellVersion", "string", "The least version of the language."),
    FIELD("RequiredModules", "object[]", "Modules that must be there."),
    FIELD("TypesToProcess", "string[]", "Files of type data."),
    FIELD("FormatsToProcess", "string[]", "Files of formats."),
    FIELD("ScriptsToProcess", "string[]", "Scripts that run first."),
    FIELD("RequiredAssemblies", "string[]", "Accepted for scripts."),
    FIELD("FileList", "string[]", "The files that belong to it."),
    FIELD("ModuleList", "object[]", "The modules that belong to it."),
    FIELD("FunctionsToExport", "string[]", "Functions it shows."),
    FIELD("AliasesToExport", "string[]", "Aliases it shows."),
    FIELD("VariablesToExport", "string[]", "Variables it shows."),
    FIELD("CmdletsToExport", "string[]", "Cmdlets it shows."),
    FIELD("CompatiblePSEditions", "string[]", "Desktop, Core."),
    FIELD("Tags", "string[]", "Words to find it by."),
    FIELD("ProjectUri", "string", "Its site."),
    FIELD("LicenseUri", "string", "Its licence."),
    FIELD("IconUri", "string", "Its picture."),
    FIELD("ReleaseNotes", "string", "What is new."),
    FIELD("Prerelease", "string", "The part behind the version."),
    FIELD("PrivateData", "object", "A table of its own."),
    FIELD("HelpInfoUri", "string", "Where its help is."),
    FIELD("DefaultCommandPrefix", "string", "Stands before the noun of each command."),
    FIELD("PassThru", "switch", "Gives the text, too."),
};

static void add_quoted(struct bytes *out, struct text text) {
    bytes_add_byte(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == '\'') bytes_add_byte(out, '\'');
        bytes_add_byte(out, text.start[i]);
    }
    bytes_add_byte(out, '\'');
}

static void add_value(struct invocation *call, struct bytes *out, struct value v);

static void add_table(struct invocation *call, struct bytes *out, struct value table) {
    uint32_t position = 0;
    struct table_entry *entry;
    bytes_add_string(out, "@{");
    for (bool any = false; (entry = table_next(table, &position)); any = true) {
        bytes_add_string(out, any ? "; " : " ");
        add_value(call, out, entry->key);
        bytes_add_string(out, " = ");
        add_value(call, out, entry->value);
    }
    bytes_add_string(out, " }");
}

/* Nesting is bounded by the stack: scripts give a table or two. */
static void add_value(struct invocation *call, struct bytes *out, struct value v) {
    struct value base = value_base(v);
    if (realm_stack_low(call->realm) || value_is_nothing(base)) bytes_add_string(out, "$null");
    else if (base.kind == VALUE_BOOL) bytes_add_string(out, base.boolean ? "$true" : "$false");
    else if (value_is_table(base)) add_table(call, out, base);
    else if (value_is_array_like(base)) {
        if (!array_count(base)) bytes_add_string(out, "@()");
        bool wrapped = array_count(base) > 0 && value_is_table(value_base(array_at(base, 0)));
        if (wrapped) bytes_add_string(out, "@(");
        for (uint32_t i = 0; i < array_count(base); i++) {
            if (i) bytes_add_string(out, ", ");
            add_value(call, out, array_at(base, i));
        }
        if (wrapped) bytes_add_byte(out, ')');
    } else {
        struct value text = convert_text(call->realm, base);
        add_quoted(out, string_text(text));
        value_release(text);
    }
}

/* "Key = value"; a comment with an empty one when nothing is said. */
static void add_field(struct invocation *call, struct bytes *out, uint32_t which, const char *fallback, const char *indent) {
    const struct parameter_row *row = &parameter_rows[which];
    if (!invocation_has(call, which) && !fallback) {
        bool list = row->type[strlen(row->type) - 1] == ']';
        bytes_add_format(out, "%s# %s = %s\n", indent, row->name, list ? "@()" : "''");
        return;
    }
    bytes_add_format(out, "%s%s = ", indent, row->name);
    if (invocation_has(call, which)) add_value(call, out, invocation_argument(call, which));
    else bytes_add_string(out, fallback);
    bytes_add_string(out, "\n");
}

static void add_private(struct invocation *call, struct bytes *out) {
    static const uint32_t fields[] = {TAGS, LICENSE, PROJECT, ICON, NOTES, PRERELEASE};
    bytes_add_string(out, "\n# What galleries read of it, and data of its own\nPrivateData = @{\n    PSData = @{\n");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add_field(call, out, fields[i], NULL, "        ");
    bytes_add_string(out, "    }\n");
    struct value own = value_base(invocation_argument(call, PRIVATE));
    uint32_t position = 0;
    struct table_entry *entry;
    while (value_is_table(own) && (entry = table_next(own, &position))) {
        struct value key = convert_text(call->realm, entry->key);
        bytes_add_format(out, "    %s = ", string_chars(key));
        value_release(key);
        add_value(call, out, entry->value);
        bytes_add_byte(out, '\n');
    }
    bytes_add_string(out, "}\n");
}

static void add_manifest(struct invocation *call, struct bytes *out, struct text name) {
    struct guid guid;
    char number[64], rights[200];
    struct value author = invocation_has(call, AUTHOR) ? convert_text(call->realm, invocation_argument(call, AUTHOR)) : string_of("Unknown");
    random_guid(&call->realm->random, guid.bytes);
    struct value guid_text = convert_text(call->realm, value_guid(&guid));
    snprintf(number, sizeof number, "'%s'", string_chars(guid_text));
    snprintf(rights, sizeof rights, "'(c) %.100s. All rights reserved.'", string_chars(author));
    value_release(guid_text);
    bytes_add_format(out, "# The manifest of the module '%.*s'. Only constants may stand here.\n@{\n", TEXT_ARGUMENT(name));
    static const struct { uint32_t which; const char *fallback; } fields[] = {
        {ROOT, NULL}, {VERSION, "'0.0.1'"}, {EDITIONS, NULL}, {GUID, ""}, {AUTHOR, "'Unknown'"}, {COMPANY, "'Unknown'"}, {COPYRIGHT, ""}, {DESCRIPTION, NULL},
        {ENGINE, NULL}, {REQUIRED, NULL}, {ASSEMBLIES, NULL}, {SCRIPTS, NULL}, {TYPES, NULL}, {FORMATS, NULL}, {NESTED, NULL},
        {FUNCTIONS, "'*'"}, {CMDLETS, "@()"}, {VARIABLES, "'*'"}, {ALIASES, "'*'"}, {MODULES, NULL}, {FILES, NULL},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add_field(call, out, fields[i].which, fields[i].which == GUID ? number : fields[i].which == COPYRIGHT ? rights : fields[i].fallback, "");
    add_private(call, out);
    add_field(call, out, HELP, NULL, "");
    add_field(call, out, PREFIX, NULL, "");
    bytes_add_string(out, "}\n");
    value_release(author);
}

static enum status process(struct invocation *call) {
    struct bytes path = {0}, text = {0};
    struct fault fault = {0};
    invocation_path(call, invocation_text(call, PATH), &path);
    if (!text_ends_fold(bytes_text(&path), TEXT(".psd1"))) {
        bytes_free(&path);
        return invocation_throw(call, "System.InvalidOperationException", "Modules_InvalidModuleManifestPath", ERROR_INVALID_ARGUMENT, invocation_argument(call, PATH),
                                "A manifest's name ends in .psd1.");
    }
    struct text leaf = bytes_text(&path);
    size_t slash = text_find_last(leaf, TEXT("/"));
    leaf = text_slice(leaf, slash + 1, leaf.length - slash - 6);
    add_manifest(call, &text, leaf);
    enum status status = file_replace(path.data, text.data, text.length, 0666, &fault);
    if (status != STATUS_OK) status = realm_raise_fault(call->realm, &fault, NULL);
    else if (invocation_switch(call, PASS)) status = invocation_emit_take(call, string_from_bytes(&text));
    bytes_free(&path);
    bytes_free(&text);
    return status;
}

static const struct example_row example_rows[] = {
    {"New-ModuleManifest tools.psd1 -RootModule tools.psm1 -ModuleVersion 1.0", "A manifest for tools.psm1."},
    {"New-ModuleManifest tools.psd1 -FunctionsToExport Get-Tool; (Import-PowerShellDataFile tools.psd1).FunctionsToExport", "What it shows."},
};

CMDLET(new_module_manifest) = {
    .name = "New-ModuleManifest", .synopsis = "Writes the manifest of a module.", .description = "A .psd1 file that says its version, its author and what it shows.",
    PARAMETERS, .process = process, EXAMPLES,
};
