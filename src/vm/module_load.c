/* Reading modules: .psm1 and .ps1 files, manifests, blocks; by path or by name along PSModulePath. */
#include "engine_private.h"

#include "m365sh/base/file.h"

static enum status drop_output(void *context, struct value v) {
    struct value *last = context;
    if (last) array_push(*last, v);
    return STATUS_OK;
}

/* Runs a chunk as the body of a module. */
static enum status run_body(struct engine *engine, struct module *module, struct chunk *chunk, struct value arguments, struct value output) {
    struct frame *frame = frame_push(engine, chunk);
    if (!frame) return STATUS_ERROR;
    if (frame->caller) frame->streams = frame->caller->streams;
    frame->scope = &module->scope;
    frame->output = (struct emitter){drop_output, output.kind == VALUE_ARRAY ? &output : NULL};
    struct module *outer = engine->loading;
    engine->loading = module;
    arguments = value_base(arguments);
    uint32_t count = value_is_array_like(arguments) ? array_count(arguments) : 0, at = 0;
    for (uint32_t i = 0; i < chunk->parameter_count; i++) {
        const struct parameter_site *site = &chunk->parameters[i];
        bool is_switch;
        const struct type *type = attribute_type(engine, site->attributes, site->attribute_count, &is_switch);
        if (at < count) frame_set_parameter(engine, frame, i, value_keep(array_at(arguments, at++)));
        else if (!site->has_default) frame_set_parameter(engine, frame, i, parameter_initial(engine, type, is_switch));
    }
    frame->args = array_of(engine->realm, count > at ? array_items(arguments) + at : NULL, count - at);
    enum status status = engine->realm->raised.kind == VALUE_UNSET ? frame_run(engine, frame, chunk->entries[ENTRY_PROLOGUE]) : STATUS_ERROR;
    engine->loading = outer;
    frame_pop(engine, frame);
    return status == STATUS_RETURN ? STATUS_OK : status;
}

static enum status read_chunk(struct engine *engine, const char *path, struct chunk **out) {
    struct source *source;
    struct fault fault = {0};
    if (source_read(path, &source, &fault) != STATUS_OK) return realm_raise_fault(engine->realm, &fault, NULL);
    *out = requires_check(engine, source) == STATUS_OK ? block_compile_source(engine, source, COMPILE_IN_SCOPE) : NULL;
    source_release(source);
    return *out ? STATUS_OK : STATUS_ERROR;
}

static struct value manifest_text(struct engine *engine, struct value table, const char *name) {
    struct value *found = table_find_text(table, text_of(name));
    return found && !value_is_nothing(*found) ? convert_text(engine->realm, *found) : VALUE_UNSET_INIT;
}

enum status module_read_manifest(struct engine *engine, struct module *module, const char *path) {
    struct chunk *chunk;
    enum status status = read_chunk(engine, path, &chunk);
    if (status != STATUS_OK) return status;
    struct value output = array_new(engine->realm, NULL, 1);
    struct module *scratch = module_new(engine, TEXT("manifest"));
    status = run_body(engine, scratch, chunk, value_null(), output);
    if (status == STATUS_OK && array_count(output) && array_at(output, 0).kind == VALUE_TABLE) module->manifest = value_keep(array_at(output, 0));
    module_release(scratch);
    value_release(output);
    chunk_release(chunk);
    return status;
}

static enum status load_script_file(struct engine *engine, struct module *module, const char *path, struct value arguments) {
    struct chunk *chunk;
    enum status status = read_chunk(engine, path, &chunk);
    if (status != STATUS_OK) return status;
    status = run_body(engine, module, chunk, arguments, VALUE_UNSET_INIT);
    chunk_release(chunk);
    return status;
}

static void path_beside(struct bytes *out, const char *path, struct text file) {
    bytes_clear(out);
    if (path_is_absolute(file)) bytes_add_text(out, file);
    else path_resolve(file, path_parent(text_of(path)), out);
    if (!file_exists(out->data) && !path_extension(file).length) bytes_add_string(out, ".psm1");
}

static enum status load_manifest(struct engine *engine, struct module *module, const char *path, struct value arguments) {
    enum status status = module_read_manifest(engine, module, path);
    if (status != STATUS_OK || module->manifest.kind != VALUE_TABLE) return status;
    struct bytes file = {0};
    struct value *nested = table_find_text(module->manifest, TEXT("NestedModules"));
    struct value list = nested ? value_base(*nested) : value_null();
    uint32_t count = value_is_array_like(list) ? array_count(list) : value_is_nothing(list) ? 0 : 1;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        struct value name = convert_text(engine->realm, value_is_array_like(list) ? array_at(list, i) : list);
        path_beside(&file, path, string_text(name));
        if (file_exists(file.data)) status = load_script_file(engine, module, file.data, value_null());
        value_release(name);
    }
    struct value root = manifest_text(engine, module->manifest, "RootModule");
    if (root.kind == VALUE_UNSET) root = manifest_text(engine, module->manifest, "ModuleToProcess");
    if (status == STATUS_OK && root.kind == VALUE_STRING && string_text(root).length) {
        path_beside(&file, path, string_text(root));
        module->has_root = true;
        status = load_script_file(engine, module, file.data, arguments);
    }
    value_release(root);
    bytes_free(&file);
    return status;
}

static enum status not_found(struct engine *engine, struct text name, bool other_version) {
    struct value target = string_new(name);
    struct bytes sentence = {0};
    if (other_version) bytes_add_format(&sentence, "The module '%.*s' is not here in the version asked for.", TEXT_ARGUMENT(name));
    else if (!service_of_module(name, &sentence))
        bytes_add_format(&sentence, "The module '%.*s' is in none of the folders where modules are looked for.", TEXT_ARGUMENT(name));
    enum status status = realm_raise_target(engine->realm, "System.IO.FileNotFoundException", other_version ? "Modules_ModuleWithVersionNotFound" : "Modules_ModuleNotFound",
                                            ERROR_RESOURCE_UNAVAILABLE, target, "%s", sentence.data);
    bytes_free(&sentence);
    value_release(target);
    return status;
}

static bool option_set(struct value options, const char *name) {
    struct value *found = options.kind == VALUE_TABLE ? table_find_text(options, text_of(name)) : NULL;
    return found && value_truth(*found);
}

static struct scope *importing_scope(struct engine *engine, struct value options) {
    struct scope *scope = scope_current(engine);
    struct value *where = options.kind == VALUE_TABLE ? table_find_text(options, TEXT("Scope")) : NULL;
    if (where && where->kind == VALUE_STRING && text_equal_fold(string_text(*where), TEXT("Local"))) return scope;
    if (option_set(options, "Global") || !scope->module) return &engine->global;
    return &scope->module->scope;
}

/* Modules whose commands are built in. Those of other services are not: services.def. */
static const char *const built_in[] = {"Microsoft.PowerShell.", "Microsoft.Graph", "PSReadLine", "PowerShellGet", "PackageManagement", "CimCmdlets",
                                       "ThreadJob", "Microsoft.WSMan.", "PSDiagnostics"};

static bool is_built_in(struct text name) {
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (text_starts_fold(name, text_of(built_in[i]))) return true;
    }
    return false;
}

static struct module *built_in_module(struct engine *engine, struct text name) {
    struct module *module = module_find(engine, name);
    if (module) return module;
    module = module_new(engine, name);
    module->is_built_in = true;
    module_add(engine, module);
    module_release(module);
    return module;
}

static void note_nested(struct engine *engine, struct module *module) {
    struct module *outer = engine->loading ? engine->loading : scope_current(engine)->module;
    if (!outer || outer == module) return;
    if (outer->nested.kind != VALUE_ARRAY) outer->nested = array_new(engine->realm, NULL, 1);
    module->is_nested = true;
    array_push_take(outer->nested, string_new(module->name));
}

static enum status import_file(struct engine *engine, const char *path, struct value options, struct module **out) {
    struct text leaf = path_leaf(text_of(path));
    struct text name = text_slice(leaf, 0, leaf.length - path_extension(leaf).length);
    struct module *old = module_find(engine, name);
    if (old && (!old->path || strcmp(old->path, path) != 0)) old = NULL;
    if (old && !option_set(options, "Force")) {
        *out = old;
        return STATUS_OK;
    }
    if (old) module_unload(engine, old);
    struct module *module = module_new(engine, name);
    module->path = alloc_text(path, strlen(path));
    struct value *given = options.kind == VALUE_TABLE ? table_find_text(options, TEXT("ArgumentList")) : NULL;
    struct value arguments = given ? *given : value_null();
    enum status status = text_ends_fold(leaf, TEXT(".psd1")) ? load_manifest(engine, module, path, arguments) : load_script_file(engine, module, path, arguments);
    if (status == STATUS_OK) {
        module_finish_exports(engine, module);
        note_nested(engine, module);
        module->options = value_keep(options);
        module_add(engine, module);
        *out = module;
    } else {
        module_drop_object(module);
    }
    module_release(module);
    return status;
}

static bool asks_version(struct value options) {
    return options.kind == VALUE_TABLE && (table_find_text(options, TEXT("MinimumVersion")) || table_find_text(options, TEXT("RequiredVersion")));
}

static enum status import_named(struct engine *engine, struct text name, struct value options, struct module **out) {
    struct bytes path = {0};
    enum status status = STATUS_OK;
    if (module_file(engine, name, &path)) status = import_file(engine, path.data, options, out);
    else if (is_built_in(name)) *out = built_in_module(engine, name);
    else if (!(*out = module_find(engine, name))) status = not_found(engine, name, asks_version(options));
    bytes_free(&path);
    return status;
}

/* `what`: a name, a path, a module, or @{ModuleName = …}. *out: the module's object. */
enum status module_import(struct engine *engine, struct value what, struct value options, struct value *out) {
    struct module *module = module_of(what);
    enum status status = STATUS_OK;
    *out = value_void();
    if (module) {
        module->is_dynamic = false;
        if (!module_find(engine, module->name)) module_add(engine, module);
    } else {
        struct value base = value_base(what);
        struct value *named = base.kind == VALUE_OBJECT ? object_find_text(engine->realm, base, TEXT("Name")) : base.kind == VALUE_TABLE ? table_find_text(base, TEXT("ModuleName")) : NULL;
        struct value name = convert_text(engine->realm, named ? *named : base);
        status = import_named(engine, string_text(name), options, &module);
        value_release(name);
    }
    if (status != STATUS_OK) return status;
    module_import_into(engine, module, importing_scope(engine, options), options);
    *out = module_object(engine, module);
    return STATUS_OK;
}

/* -AsCustomObject: functions as methods, variables as properties. */
static struct value custom_object(struct engine *engine, struct module *module) {
    struct realm *realm = engine->realm;
    struct value object = object_new(realm, NULL, 4);
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&module->exported_functions, &position, &name, &item)) {
        const struct command *command = item;
        object_add(realm, object, command->spelling, MEMBER_SCRIPT_METHOD, command->block);
    }
    position = 0;
    while (name_table_next(&module->exported_variables, &position, &name, &item)) {
        struct text text = intern_text(realm->names, name);
        struct value both = array_new(realm, NULL, 2);
        struct bytes code = {0};
        struct chunk *chunk;
        bytes_add_format(&code, "$script:%.*s", TEXT_ARGUMENT(text));
        if ((chunk = block_compile_text(engine, bytes_text(&code), TEXT_NONE, COMPILE_IN_SCOPE))) {
            array_push_take(both, block_new(engine, chunk, module));
            chunk_release(chunk);
        }
        bytes_add_string(&code, " = $args[0]");
        if ((chunk = block_compile_text(engine, bytes_text(&code), TEXT_NONE, COMPILE_IN_SCOPE))) {
            array_push_take(both, block_new(engine, chunk, module));
            chunk_release(chunk);
        }
        object_add(realm, object, text, MEMBER_SCRIPT, both);
        value_release(both);
        bytes_free(&code);
    }
    return object;
}

enum status module_from_block(struct engine *engine, struct value name, struct value block, struct value arguments, struct value options, struct value *out) {
    static const struct text unnamed = {"__DynamicModule", 15};
    struct module *module = module_new(engine, name.kind == VALUE_STRING && string_text(name).length ? string_text(name) : unnamed);
    module->is_dynamic = true;
    struct value output = array_new(engine->realm, NULL, 1);
    struct block *body = block_of(block);
    if (!body) return STATUS_OK;
    enum status status = run_body(engine, module, body->chunk, arguments, output);
    if (status == STATUS_OK) {
        struct value *only = options.kind == VALUE_TABLE ? table_find_text(options, TEXT("Function")) : NULL;
        if (only && !module->exports_said) module_export(engine, module, *only, value_null(), value_null());
        module_finish_exports(engine, module);
        bool as_object = option_set(options, "AsCustomObject");
        if (!as_object) {
            module_import_into(engine, module, scope_current(engine)->module ? &scope_current(engine)->module->scope : &engine->global, value_null());
            module_add(engine, module);
        }
        if (option_set(options, "ReturnResult")) *out = value_keep(output);
        else *out = as_object ? custom_object(engine, module) : module_object(engine, module);
    }
    value_release(output);
    module_release(module);
    return status;
}
