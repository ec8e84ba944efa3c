/* The variables that are there before the first program runs. */
#include "engine_private.h"

#include <stdlib.h>
#include <unistd.h>
#include "m365sh/limits.h"

static void set_take(struct engine *engine, const char *name, struct value v) {
    engine_set_global(engine, name, v);
    value_release(v);
}

static void set_constant(struct engine *engine, const char *name, struct value v, uint32_t flags) {
    set_take(engine, name, v);
    name_id id = intern_name(engine->realm->names, text_of(name));
    bool used = engine->attributes_used;
    variable_own_attributes(engine, &engine->global, id, scope_place(engine, &engine->global, id))->flags = flags;
    engine->attributes_used = used;
}

static struct value version_table(struct engine *engine) {
    struct realm *realm = engine->realm;
    struct value table = table_new(realm, TABLE_ORDERED, true, NULL);
    struct value compatible = array_new(realm, NULL, 7);
    static const int8_t versions[7][2] = {{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {5, 1}, {6, 0}};
    for (int i = 0; i < 7; i++) array_push_take(compatible, value_version(versions[i][0], versions[i][1], -1, -1));
    array_push_take(compatible, value_version(7, 0, -1, -1));
    struct value text = string_of("7.6.9"), version;
    const struct type *semantic = type_find(realm, TEXT("System.Management.Automation.SemanticVersion"));
    if (!semantic || member_construct(realm, semantic, &text, 1, &version) != STATUS_OK) version = value_version(7, 6, 9, -1);
    table_put_text_take(table, "PSVersion", version);
    value_release(text);
    table_put_text_take(table, "PSEdition", string_of("Core"));
    table_put_text_take(table, "GitCommitId", string_of("7.6.9"));
    table_put_text_take(table, "OS", string_of("Linux"));
    table_put_text_take(table, "Platform", string_of("Unix"));
    table_put_text_take(table, "PSCompatibleVersions", compatible);
    table_put_text_take(table, "PSRemotingProtocolVersion", value_version(2, 4, -1, -1));
    table_put_text_take(table, "SerializationVersion", value_version(1, 1, 0, 1));
    table_put_text_take(table, "WSManStackVersion", value_version(3, 0, -1, -1));
    return table;
}

static void set_preferences(struct engine *engine) {
    static const struct { const char *name; int action; } preferences[] = {
        {"ErrorActionPreference", ACTION_CONTINUE}, {"WarningPreference", ACTION_CONTINUE}, {"VerbosePreference", ACTION_SILENT},
        {"DebugPreference", ACTION_SILENT}, {"InformationPreference", ACTION_SILENT}, {"ProgressPreference", ACTION_CONTINUE},
    };
    const struct type *type = type_find(engine->realm, TEXT("System.Management.Automation.ActionPreference"));
    for (size_t i = 0; i < sizeof preferences / sizeof *preferences; i++) {
        set_constant(engine, preferences[i].name, type ? value_enum(type->index, preferences[i].action) : string_of("Continue"), 0);
        name_id id = intern_name(engine->realm->names, text_of(preferences[i].name));
        struct variable_attributes *attributes = name_table_get(&engine->global.attributes, id);
        attributes->type = type;
    }
    const struct type *impact = type_find(engine->realm, TEXT("System.Management.Automation.ConfirmImpact"));
    set_take(engine, "ConfirmPreference", impact ? value_enum(impact->index, 3) : string_of("High"));
    set_take(engine, "WhatIfPreference", value_bool(false));
    set_take(engine, "NestedPromptLevel", value_int32(0));
}

static struct value utf8_encoding(struct engine *engine) {
    const struct type *type = type_find(engine->realm, TEXT("System.Text.Encoding"));
    struct value v = value_null();
    bool found;
    if (type && member_static_get(engine->realm, type, intern_name(engine->realm->names, TEXT("UTF8")), &found, &v) != STATUS_OK)
        value_release(realm_take_raised(engine->realm));
    return v;
}

void variables_start(struct engine *engine) {
    struct bytes home = {0}, modules = {0};
    path_home(&home);
    bytes_add_format(&modules, "%s/.local/share/powershell/Modules:/usr/local/share/powershell/Modules", home.data ? home.data : "");
    setenv("PSModulePath", modules.data, 0);
    bytes_free(&modules);
    set_constant(engine, "HOME", string_from_bytes(&home), VARIABLE_READ_ONLY);
    bytes_free(&home);
    set_constant(engine, "PID", value_int32(getpid()), VARIABLE_CONSTANT);
    set_constant(engine, "PSVersionTable", version_table(engine), VARIABLE_READ_ONLY);
    set_constant(engine, "PSEdition", string_of("Core"), VARIABLE_CONSTANT);
    set_constant(engine, "IsLinux", value_bool(true), VARIABLE_CONSTANT);
    set_constant(engine, "IsWindows", value_bool(false), VARIABLE_CONSTANT);
    set_constant(engine, "IsMacOS", value_bool(false), VARIABLE_CONSTANT);
    set_constant(engine, "IsCoreCLR", value_bool(true), VARIABLE_CONSTANT);
    set_constant(engine, "Host", host_object_new(engine), VARIABLE_CONSTANT);
    set_constant(engine, "ShellId", string_of("Microsoft.PowerShell"), VARIABLE_CONSTANT);
    set_take(engine, "LASTEXITCODE", value_null());
    set_take(engine, "MaximumHistoryCount", value_int32(4096));
    set_take(engine, "FormatEnumerationLimit", value_int32(4));
    set_take(engine, "PSDefaultParameterValues", table_new(engine->realm, TABLE_HASH, true, type_find(engine->realm, TEXT("System.Management.Automation.DefaultParameterDictionary"))));
    set_take(engine, "PSNativeCommandArgumentPassing", string_of("Standard"));
    set_take(engine, "PSNativeCommandUseErrorActionPreference", value_bool(false));
    set_take(engine, "ErrorView", string_of("ConciseView"));
    set_take(engine, "OutputEncoding", utf8_encoding(engine));
    set_take(engine, "PSModuleAutoLoadingPreference", value_null());
    const char *culture = "en-US";
    set_take(engine, "PSCulture", string_of(culture));
    set_take(engine, "PSUICulture", string_of(culture));
    set_constant(engine, "Error", value_keep(engine->errors), VARIABLE_CONSTANT);
    set_preferences(engine);
}
