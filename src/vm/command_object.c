/* Commands as $MyInvocation.MyCommand and error records show them. */
#include "engine_private.h"

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

struct kind_name { const char *type, *kind; };

static struct kind_name kind_of(const struct command *command, const struct chunk *chunk) {
    static const struct kind_name kinds[] = {
        [COMMAND_CMDLET] = {"System.Management.Automation.CmdletInfo", "Cmdlet"},
        [COMMAND_FUNCTION] = {"System.Management.Automation.FunctionInfo", "Function"},
        [COMMAND_FILTER] = {"System.Management.Automation.FilterInfo", "Filter"},
        [COMMAND_SCRIPT] = {"System.Management.Automation.ExternalScriptInfo", "ExternalScript"},
        [COMMAND_APPLICATION] = {"System.Management.Automation.ApplicationInfo", "Application"},
        [COMMAND_ALIAS] = {"System.Management.Automation.AliasInfo", "Alias"},
    };
    static const struct kind_name script = {"System.Management.Automation.ScriptInfo", "Script"};
    bool is_file = chunk && chunk->kind == CHUNK_SCRIPT && source_name(chunk->source).length && source_name(chunk->source).start[0] == '/';
    if (chunk && !is_file && (!command || !command->spelling.length || chunk->kind == CHUNK_SCRIPT)) return script;
    if (is_file) return kinds[COMMAND_SCRIPT];
    return kinds[command ? command->kind : COMMAND_FUNCTION];
}

static struct value kind_value(struct engine *engine, const char *name) {
    const struct type *kinds = type_find(engine->realm, TEXT("System.Management.Automation.CommandTypes"));
    struct value kind = string_of(name), converted;
    if (!kinds || !convert_try(engine->realm, kind, kinds, &converted)) return kind;
    value_release(kind);
    return converted;
}

static struct value parameters_of(struct engine *engine, const struct signature *signature) {
    struct realm *realm = engine->realm;
    struct value table = table_new(realm, TABLE_ORDERED, true, type_find(realm, TEXT("System.Collections.Generic.Dictionary[string,object]")));
    for (uint32_t i = 0; signature && i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        struct value info = object_new(realm, type_find(realm, TEXT("System.Management.Automation.ParameterMetadata")), 3), key = string_new(parameter->spelling);
        put(realm, info, "Name", value_keep(key));
        put(realm, info, "ParameterType", parameter->type ? value_type(parameter->type) : value_type(type_of_kind(realm, VALUE_OBJECT)));
        put(realm, info, "SwitchParameter", value_bool(parameter->is_switch));
        table_put(table, key, info);
        value_release(key);
        value_release(info);
    }
    return table;
}

/* `chunk` is what runs, NULL for cmdlets. Owned. */
struct value command_object(struct engine *engine, struct command *command, struct chunk *chunk) {
    struct realm *realm = engine->realm;
    struct kind_name kind = kind_of(command, chunk);
    struct value object = object_new(realm, type_find(realm, text_of(kind.type)), 10);
    bool is_file = strcmp(kind.kind, "ExternalScript") == 0;
    struct text file = chunk ? source_name(chunk->source) : TEXT_NONE;
    struct block *block = command ? block_of(command->block) : NULL;
    struct module *module = block && block->module && !block->module->is_closure ? block->module : NULL;
    struct value text = !chunk ? string_empty() : is_file ? string_new(file) : command && block ? block_text(engine, realm, command->block) : string_new(source_slice(chunk->source, chunk->span));
    put(realm, object, "Name", is_file ? string_new(path_leaf(file)) : command ? string_new(command->spelling) : string_empty());
    put(realm, object, "CommandType", kind_value(engine, kind.kind));
    put(realm, object, "Definition", text);
    put(realm, object, "Source", is_file ? string_new(file) : module ? string_new(module->name) : string_of(command && command->kind == COMMAND_CMDLET ? "m365sh" : ""));
    put(realm, object, "Version", value_null());
    put(realm, object, "ModuleName", module ? string_new(module->name) : string_of(command && command->kind == COMMAND_CMDLET ? "m365sh" : ""));
    put(realm, object, "Module", module ? module_object(engine, module) : value_null());
    put(realm, object, "Visibility", string_of("Public"));
    if (is_file) put(realm, object, "Path", string_new(file));
    else if (command && command->path.kind == VALUE_STRING) put(realm, object, "Path", value_keep(command->path));
    if (chunk) put(realm, object, "ScriptBlock", command && block ? value_keep(command->block) : block_new(engine, chunk, NULL));
    if (chunk && command) put(realm, object, "Parameters", parameters_of(engine, command->signature));
    return object;
}
