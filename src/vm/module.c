/* Modules: a scope of their own, what they show, and bringing that into another scope. */
#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

struct module *module_new(struct engine *engine, struct text name) {
    struct module *module = ALLOC_NEW(struct module);
    module->references = 1;
    module->engine = engine;
    module->name = text_make(alloc_text(name.start, name.length), name.length);
    scope_open(&module->scope, &engine->global, NULL, NULL);
    module->scope.module = module;
    module->scope.is_script = true;
    return module;
}

struct module *module_keep(struct module *module) {
    if (module) module->references++;
    return module;
}

/* Functions of a module hold it, and it holds them: module_close breaks the ring. */
static void close_module(struct module *module) {
    module->references++;
    scope_close(module->engine, &module->scope);
    name_table_free(&module->exported_functions, NULL);
    name_table_free(&module->exported_variables, NULL);
    name_table_free(&module->exported_aliases, NULL);
    module->references--;
}

void module_release(struct module *module) {
    if (!module || --module->references) return;
    close_module(module);
    module_release(module->outer);
    value_release(module->manifest);
    value_release(module->on_remove);
    value_release(module->nested);
    value_release(module->options);
    alloc_free((char *)module->name.start);
    alloc_free(module->path);
    alloc_free(module);
}

/* --- module objects -------------------------------------------------------------------------------------------------- */
static void release_handle(void *payload) {
    struct module **handle = payload;
    if (*handle) (*handle)->object = VALUE_UNSET_INIT;
    module_release(*handle);
}
static const struct native_class handle_class = {"System.Management.Automation.ModuleHandle", release_handle, NULL};

struct module *module_of(struct value v) {
    v = value_base(v);
    if (v.kind != VALUE_OBJECT) return NULL;
    struct module **handle = native_payload(object_block(v)->hidden, &handle_class);
    return handle ? *handle : NULL;
}

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value name_dictionary(struct engine *engine, const struct name_table *names, bool of_functions) {
    struct realm *realm = engine->realm;
    struct value table = table_new(realm, TABLE_ORDERED, true, type_find(realm, TEXT("System.Collections.Generic.Dictionary[string,object]")));
    uint32_t count = 0, position = 0;
    name_id name;
    void *item;
    name_id *sorted = ALLOC_ARRAY(name_id, names->count + 1);
    while (name_table_next(names, &position, &name, &item)) sorted[count++] = name;
    for (uint32_t i = 1; i < count; i++) {
        name_id moved = sorted[i];
        uint32_t at = i;
        for (; at > 0 && text_compare_fold(intern_text(realm->names, sorted[at - 1]), intern_text(realm->names, moved)) > 0; at--) sorted[at] = sorted[at - 1];
        sorted[at] = moved;
    }
    for (uint32_t i = 0; i < count; i++) {
        item = name_table_get(names, sorted[i]);
        struct text spelling = of_functions && item ? ((struct command *)item)->spelling : intern_text(realm->names, sorted[i]);
        struct value key = string_new(spelling);
        table_put(table, key, key);
        value_release(key);
    }
    alloc_free(sorted);
    return table;
}

static struct value manifest_part(const struct module *module, const char *name, struct value fallback) {
    struct value *found = module->manifest.kind == VALUE_TABLE ? table_find_text(module->manifest, text_of(name)) : NULL;
    if (!found) return fallback;
    value_release(fallback);
    return value_keep(*found);
}

static struct value version_of(struct engine *engine, const struct module *module) {
    struct value text = manifest_part(module, "ModuleVersion", string_of(module->is_built_in ? "2.30.0" : "0.0")), version;
    if (!convert_try(engine->realm, text, type_of_kind(engine->realm, VALUE_VERSION), &version)) return text;
    value_release(text);
    return version;
}

/* Names that a manifest lists, while nothing is loaded. */
static void add_listed(struct engine *engine, struct value table, struct value list) {
    struct value base = value_base(list);
    uint32_t count = value_is_array_like(base) ? array_count(base) : value_is_nothing(base) ? 0 : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct value name = convert_text(engine->realm, value_is_array_like(base) ? array_at(base, i) : base);
        if (!wildcard_has(string_text(name)) && string_text(name).length) table_put(table, name, name);
        value_release(name);
    }
    value_release(list);
}

/* What a module says of itself; written again when loading has ended. */
static void describe(struct engine *engine, struct module *module, struct value object) {
    struct realm *realm = engine->realm;
    bool has_path = module->path != NULL;
    put(realm, object, "Name", string_new(module->name));
    put(realm, object, "Path", has_path ? string_of(module->path) : string_empty());
    put(realm, object, "Description", manifest_part(module, "Description", string_empty()));
    struct value guid_text = manifest_part(module, "GUID", string_of("00000000-0000-0000-0000-000000000000")), guid;
    put(realm, object, "Guid", convert_try(realm, guid_text, type_of_kind(realm, VALUE_GUID), &guid) ? guid : value_null());
    value_release(guid_text);
    put(realm, object, "Version", version_of(engine, module));
    put(realm, object, "ModuleBase", has_path ? string_new(path_parent(text_of(module->path))) : string_empty());
    bool is_manifest = module->is_built_in || (module->manifest.kind == VALUE_TABLE && !module->has_root);
    put(realm, object, "ModuleType", string_of(is_manifest ? "Manifest" : "Script"));
    put(realm, object, "PrivateData", manifest_part(module, "PrivateData", value_null()));
    put(realm, object, "Author", manifest_part(module, "Author", string_empty()));
    put(realm, object, "CompanyName", manifest_part(module, "CompanyName", string_empty()));
    put(realm, object, "RootModule", manifest_part(module, "RootModule", value_null()));
    put(realm, object, "NestedModules", module->nested.kind == VALUE_ARRAY ? value_keep(module->nested) : array_new(realm, NULL, 0));
    struct value functions = name_dictionary(engine, &module->exported_functions, true);
    if (!table_count(functions)) add_listed(engine, functions, manifest_part(module, "FunctionsToExport", value_null()));
    put(realm, object, "ExportedFunctions", value_keep(functions));
    struct value commands = name_dictionary(engine, &module->exported_functions, true), aliases = name_dictionary(engine, &module->exported_aliases, true);
    uint32_t position = 0;
    struct table_entry *entry;
    while ((entry = table_next(functions, &position))) table_put(commands, entry->key, entry->value);
    for (position = 0; (entry = table_next(aliases, &position));) table_put(commands, entry->key, entry->value);
    put(realm, object, "ExportedCommands", commands);
    value_release(functions);
    value_release(aliases);
    put(realm, object, "ExportedVariables", name_dictionary(engine, &module->exported_variables, false));
    put(realm, object, "ExportedAliases", name_dictionary(engine, &module->exported_aliases, false));
    put(realm, object, "ExportedCmdlets", table_new(realm, TABLE_ORDERED, true, NULL));
    put(realm, object, "AccessMode", string_of("ReadWrite"));
}

struct value module_object(struct engine *engine, struct module *module) {
    struct realm *realm = engine->realm;
    if (module->object.kind == VALUE_OBJECT) return value_keep(module->object);
    struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.PSModuleInfo")), 16);
    describe(engine, module, object);
    put(realm, object, "OnRemove", value_null());
    struct value handle = native_new(realm, &handle_class, NULL, sizeof(struct module *));
    *(struct module **)native_payload(handle, &handle_class) = module_keep(module);
    object_block(object)->hidden = handle;
    module->object = object;
    /* A loading or loaded module keeps its object: scripts set OnRemove on it. module_unload and modules_stop let go. */
    if (!module->is_closure && !module->is_dynamic) module->held = value_keep(object);
    return object;
}

/* --- exports --------------------------------------------------------------------------------------------------------- */
static bool matches(struct engine *engine, struct value patterns, struct text name) {
    patterns = value_base(patterns);
    if (value_is_nothing(patterns)) return false;
    uint32_t count = value_is_array_like(patterns) ? array_count(patterns) : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct value pattern = convert_text(engine->realm, value_is_array_like(patterns) ? array_at(patterns, i) : patterns);
        bool fits = wildcard_match(string_text(pattern), name, true);
        value_release(pattern);
        if (fits) return true;
    }
    return false;
}

static void export_functions(struct engine *engine, struct module *module, struct value patterns) {
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&module->scope.functions, &position, &name, &item)) {
        const struct command *command = item;
        if (matches(engine, patterns, command->spelling)) name_table_put(&module->exported_functions, name, item);
    }
}

static void export_aliases(struct engine *engine, struct module *module, struct value patterns) {
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&module->scope.aliases, &position, &name, &item)) {
        const struct command *command = item;
        if (matches(engine, patterns, command->spelling)) name_table_put(&module->exported_aliases, name, item);
    }
}

static void export_variables(struct engine *engine, struct module *module, struct value patterns) {
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&module->scope.extra, &position, &name, &item)) {
        if (matches(engine, patterns, intern_text(engine->realm->names, name))) name_table_put(&module->exported_variables, name, item);
    }
}

void module_export(struct engine *engine, struct module *module, struct value functions, struct value variables, struct value aliases) {
    module->exports_said = true;
    export_functions(engine, module, functions);
    export_variables(engine, module, variables);
    export_aliases(engine, module, aliases);
}

/* Keeps of a table of names those that a manifest lists; `items`: commands, named by their spelling. */
static void narrow(struct engine *engine, struct name_table *names, const struct value *wanted, bool commands) {
    if (!wanted) return;
    struct name_table kept = {0};
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(names, &position, &name, &item)) {
        struct text spelling = commands ? ((struct command *)item)->spelling : intern_text(engine->realm->names, name);
        if (matches(engine, *wanted, spelling)) name_table_put(&kept, name, item);
    }
    name_table_free(names, NULL);
    *names = kept;
}

static const struct value *listed(const struct module *module, const char *name) {
    return module->manifest.kind == VALUE_TABLE ? table_find_text(module->manifest, text_of(name)) : NULL;
}

/* Without Export-ModuleMember: all functions, and the aliases of files. A manifest narrows. */
void module_finish_exports(struct engine *engine, struct module *module) {
    const struct value *variables = listed(module, "VariablesToExport");
    if (!module->exports_said) {
        struct value all = string_of("*");
        export_functions(engine, module, all);
        if (module->path) export_aliases(engine, module, all);
        if (variables) export_variables(engine, module, *variables);
        value_release(all);
    }
    narrow(engine, &module->exported_functions, listed(module, "FunctionsToExport"), true);
    narrow(engine, &module->exported_aliases, listed(module, "AliasesToExport"), true);
    narrow(engine, &module->exported_variables, variables, false);
    if (module->object.kind == VALUE_OBJECT) describe(engine, module, module->object);
}

/* --- import ---------------------------------------------------------------------------------------------------------- */
static struct value option(struct value options, const char *name) {
    struct value *found = options.kind == VALUE_TABLE ? table_find_text(options, text_of(name)) : NULL;
    return found ? *found : value_null();
}

static name_id prefixed(struct engine *engine, struct text spelling, struct value prefix, struct bytes *out) {
    bytes_clear(out);
    size_t dash = prefix.kind == VALUE_STRING ? text_find_byte(spelling, '-', 0) : TEXT_NOT_FOUND;
    if (dash == TEXT_NOT_FOUND) {
        bytes_add_text(out, spelling);
    } else {
        bytes_add_text(out, text_slice(spelling, 0, dash + 1));
        bytes_add_text(out, string_text(prefix));
        bytes_add_text(out, text_slice(spelling, dash + 1, spelling.length));
    }
    return intern_name(engine->realm->names, bytes_text(out));
}

static bool wanted(struct engine *engine, struct value only, struct text name) {
    return value_is_nothing(only) || matches(engine, only, name);
}

static void import_functions(struct engine *engine, struct module *module, struct scope *scope, struct value options, bool narrowed) {
    uint32_t position = 0;
    name_id name;
    void *item;
    struct bytes spelling = {0};
    struct value only = option(options, "Function");
    while (name_table_next(&module->exported_functions, &position, &name, &item)) {
        struct command *command = item;
        if (narrowed && value_is_nothing(only)) break;
        if (!wanted(engine, only, command->spelling)) continue;
        name_id as = prefixed(engine, command->spelling, option(options, "Prefix"), &spelling);
        struct command *copy = command_of_block(engine, command->block, bytes_text(&spelling), command->kind);
        copy->module = intern_name(engine->realm->names, module->name);
        function_define(engine, scope, as, copy);
    }
    bytes_free(&spelling);
}

static void import_variables(struct engine *engine, struct module *module, struct scope *scope, struct value options, bool narrowed) {
    uint32_t position = 0;
    name_id name;
    void *item;
    struct value only = option(options, "Variable");
    while (name_table_next(&module->exported_variables, &position, &name, &item)) {
        struct value *place = scope_find(&module->scope, name);
        if (!place || (narrowed && value_is_nothing(only)) || !wanted(engine, only, intern_text(engine->realm->names, name))) continue;
        if (scope_assign_take(engine, scope, name, value_keep(*place)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
    }
}

static void import_aliases(struct engine *engine, struct module *module, struct scope *scope, struct value options, bool narrowed) {
    uint32_t position = 0;
    name_id name;
    void *item;
    struct value only = option(options, "Alias");
    while (name_table_next(&module->exported_aliases, &position, &name, &item)) {
        struct command *alias = item;
        if ((narrowed && value_is_nothing(only)) || !wanted(engine, only, alias->spelling)) continue;
        command_release(name_table_get(&scope->aliases, name));
        name_table_put(&scope->aliases, name, command_keep(alias));
        engine->epoch++;
    }
}

/* Brings what a module shows into a scope. */
void module_import_into(struct engine *engine, struct module *module, struct scope *scope, struct value options) {
    bool narrowed = !value_is_nothing(option(options, "Function")) || !value_is_nothing(option(options, "Variable")) || !value_is_nothing(option(options, "Alias"));
    import_functions(engine, module, scope, options, narrowed);
    import_variables(engine, module, scope, options, narrowed);
    import_aliases(engine, module, scope, options, narrowed);
}

/* Takes a module's commands out of a scope again. */
static void remove_from(struct engine *engine, struct module *module, struct scope *scope) {
    name_id own = intern_name(engine->realm->names, module->name);
    for (bool again = true; again;) {
        again = false;
        uint32_t position = 0;
        name_id name;
        void *item;
        while (name_table_next(&scope->functions, &position, &name, &item)) {
            struct command *command = item;
            struct block *block = block_of(command->block);
            if (command->module != own || !block || block->module != module) continue;
            name_table_remove(&scope->functions, name);
            command_release(command);
            again = true;
            break;
        }
    }
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&module->exported_aliases, &position, &name, &item)) command_release(name_table_remove(&scope->aliases, name));
    engine->epoch++;
}

void module_unload(struct engine *engine, struct module *module) {
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) remove_from(engine, module, scope);
    remove_from(engine, module, &engine->global);
    for (uint32_t i = 0; i < engine->module_count; i++) {
        if (engine->modules[i] != module) continue;
        memmove(&engine->modules[i], &engine->modules[i + 1], (engine->module_count - i - 1) * sizeof *engine->modules);
        engine->module_count--;
        module_drop_object(module);
        module_release(module);
        return;
    }
}

void module_drop_object(struct module *module) {
    struct value held = module->held;
    module->held = VALUE_UNSET_INIT;
    value_release(held);
}

/* Module\Name: a function that this module shows; borrowed. */
struct command *module_function(struct engine *engine, struct text module_name, struct text name) {
    struct module *module = module_find(engine, module_name);
    return module ? name_table_get(&module->exported_functions, intern_name(engine->realm->names, name)) : NULL;
}

struct module *module_find(struct engine *engine, struct text name) {
    for (uint32_t i = engine->module_count; i-- > 0;) {
        if (text_equal_fold(engine->modules[i]->name, name)) return engine->modules[i];
    }
    return NULL;
}

void module_add(struct engine *engine, struct module *module) {
    engine->modules = alloc_resize(engine->modules, engine->module_count + 1, sizeof *engine->modules);
    engine->modules[engine->module_count++] = module_keep(module);
}

void modules_stop(struct engine *engine) {
    for (uint32_t i = 0; i < engine->module_count; i++) {
        close_module(engine->modules[i]);
        module_drop_object(engine->modules[i]);
        module_release(engine->modules[i]);
    }
    alloc_free(engine->modules);
    engine->modules = NULL;
    engine->module_count = 0;
}
