/* Names to commands: aliases, functions, cmdlets, scripts and programs, in PowerShell's order. */
#include "engine_private.h"

#include <stdlib.h>
#include <unistd.h>
#include "m365sh/base/file.h"

static name_id alias_target(struct engine *engine, name_id name) {
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) {
        struct command *alias = name_table_get(&scope->aliases, name);
        if (alias) return alias->path.kind == VALUE_STRING ? intern_name(engine->realm->names, string_text(alias->path)) : 0;
    }
    return engine->host->commands ? command_table_alias(engine->host->commands, name) : 0;
}

static struct command *find_function(struct engine *engine, name_id name) {
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) {
        struct command *found = name_table_get(&scope->functions, name);
        if (found) return found;
    }
    return NULL;
}

static struct command *application(struct engine *engine, struct text name, const char *path) {
    struct command *command = command_new(COMMAND_APPLICATION, engine->realm, name);
    command->class_of = &pipeline_native_class;
    command->path = string_of(path);
    command->signature = ALLOC_NEW(struct signature);
    command->signature->flags = CMDLET_RAW_ARGUMENTS;
    command->signature->takes_rest = true;
    signature_finish(engine->realm, command->signature);
    return command;
}

static bool is_script(struct text path) {
    return text_ends_fold(path, TEXT(".ps1")) || text_ends_fold(path, TEXT(".m365"));
}

/* A file that a path names: a script is read when it runs. */
struct command *command_of_file(struct engine *engine, struct text path) {
    struct bytes full = {0};
    struct host *host = engine->host;
    path_resolve(path, host->folder ? host->folder(host) : TEXT("/"), &full);
    struct command *command = NULL;
    if (file_exists(full.data) && !file_is_folder(full.data)) {
        if (is_script(bytes_text(&full))) {
            command = command_new(COMMAND_SCRIPT, engine->realm, path_leaf(bytes_text(&full)));
            command->path = string_of(full.data);
        } else if (access(full.data, X_OK) == 0) {
            command = application(engine, path_leaf(bytes_text(&full)), full.data);
        }
    } else {
        bytes_add_string(&full, ".ps1");
        if (file_exists(full.data)) {
            command = command_new(COMMAND_SCRIPT, engine->realm, path_leaf(bytes_text(&full)));
            command->path = string_of(full.data);
        }
    }
    bytes_free(&full);
    return command;
}

static struct command *find_on_path(struct engine *engine, struct text name) {
    struct text rest = text_of(getenv("PATH")), folder;
    struct bytes path = {0};
    struct command *command = NULL;
    while (!command && text_split_next(&rest, ':', &folder)) {
        bytes_clear(&path);
        path_join(folder, name, &path);
        if (path.data && file_exists(path.data) && !file_is_folder(path.data) && access(path.data, X_OK) == 0)
            command = application(engine, name, path.data);
    }
    bytes_free(&path);
    return command;
}

static struct command *find_named(struct engine *engine, name_id name) {
    struct command *function = find_function(engine, name);
    if (function) return command_keep(function);
    struct command *cmdlet = engine->host->commands ? command_table_find(engine->host->commands, name) : NULL;
    return cmdlet ? command_keep(cmdlet) : NULL;
}

/* Owned; NULL when there is none. */
struct command *command_resolve(struct engine *engine, name_id name, struct text text) {
    for (int depth = 0; depth < 10; depth++) {
        name_id target = alias_target(engine, name);
        if (!target || target == name) break;
        name = target;
        text = intern_text(engine->realm->names, name);
    }
    struct command *found = find_named(engine, name);
    if (found || !text.length) return found;
    size_t slash = text_find_last(text, TEXT("\\"));
    if (slash != TEXT_NOT_FOUND && text.start[0] != '.' && text.start[0] != '\\') {
        if ((found = module_function(engine, text_slice(text, 0, slash), text_slice(text, slash + 1, text.length)))) return command_keep(found);
        found = find_named(engine, intern_name(engine->realm->names, text_slice(text, slash + 1, text.length)));
        if (found) return found;
    }
    if (text_find_byte(text, '/', 0) != TEXT_NOT_FOUND || slash != TEXT_NOT_FOUND || text.start[0] == '~') return command_of_file(engine, text);
    if ((found = find_on_path(engine, text))) return found;
    if (engine->host->command_load && engine->host->command_load(engine->host, text) && (found = find_named(engine, name))) return found;
    struct bytes full = {0};
    bytes_add_format(&full, "Get-%.*s", TEXT_ARGUMENT(text));
    name_id get = intern_find(engine->realm->names, bytes_text(&full));
    bytes_free(&full);
    return get ? find_named(engine, get) : NULL;
}

static enum status not_found(struct engine *engine, struct text name) {
    struct text near[3];
    struct bytes sentence = {0};
    if (!service_of_command(name, &sentence)) {
        size_t count = engine->host->commands ? command_table_near(engine->host->commands, name, near, 3) : 0;
        bytes_add_format(&sentence, "'%.*s' is no command, function, script or program here.", TEXT_ARGUMENT(name));
        for (size_t i = 0; i < count; i++) bytes_add_format(&sentence, "%s%.*s", i ? ", " : " Did you mean ", TEXT_ARGUMENT(near[i]));
        if (count) bytes_add_byte(&sentence, '?');
    }
    struct value target = string_new(name);
    enum status status = realm_raise_target(engine->realm, "System.Management.Automation.CommandNotFoundException", "CommandNotFoundException",
                                            ERROR_OBJECT_NOT_FOUND, target, "%s", sentence.data);
    value_release(target);
    bytes_free(&sentence);
    return status;
}

/* The script file behind a command, compiled. */
static enum status load_script(struct engine *engine, struct command *command, bool dotted) {
    struct source *source;
    struct fault fault = {0};
    if (source_read(string_chars(command->path), &source, &fault) != STATUS_OK) return realm_raise_fault(engine->realm, &fault, NULL);
    struct chunk *chunk = requires_check(engine, source) == STATUS_OK ? block_compile_source(engine, source, dotted ? COMPILE_IN_SCOPE : COMPILE_SCRIPT) : NULL;
    source_release(source);
    if (!chunk) return STATUS_ERROR;
    struct scope *scope = scope_current(engine);
    command->block = block_new(engine, chunk, scope->module && !scope->module->is_closure && dotted ? scope->module : NULL);
    command->class_of = dotted ? &dotted_class : &function_class;
    command->signature = function_signature(engine, chunk);
    chunk_release(chunk);
    return STATUS_OK;
}

static struct command *dotted_copy(struct engine *engine, struct command *command) {
    struct command *copy = command_of_block(engine, command->block, command->spelling, command->kind);
    copy->class_of = &dotted_class;
    command_release(command);
    return copy;
}

/* & (Get-Item x.ps1) */
static struct text file_path(struct engine *engine, struct value v) {
    const struct type *type = type_of(engine->realm, v);
    bool found = false;
    struct value path;
    if (!type || strcmp(type->full_name, "System.IO.FileInfo") != 0) return TEXT_NONE;
    if (member_get(engine->realm, v, intern_name(engine->realm->names, TEXT("FullName")), &found, &path) != STATUS_OK || !found) return TEXT_NONE;
    struct text text = intern_text(engine->realm->names, intern_name(engine->realm->names, string_text(path)));
    value_release(path);
    return text;
}

static struct command *command_of_value(struct engine *engine, struct value v, struct text *name) {
    struct realm *realm = engine->realm;
    v = value_base(v);
    if (v.kind == VALUE_SCRIPT_BLOCK) {
        *name = TEXT_NONE;
        return command_of_block(engine, v, TEXT_NONE, COMMAND_FUNCTION);
    }
    if (v.kind == VALUE_OBJECT) {
        struct value *block = object_find_text(realm, v, TEXT("ScriptBlock")), *own = object_find_text(realm, v, TEXT("Name")),
                     *path = object_find_text(realm, v, TEXT("Path"));
        if (path && path->kind == VALUE_STRING) *name = string_text(*path);
        else if (own && own->kind == VALUE_STRING) *name = string_text(*own);
        if (block && block->kind == VALUE_SCRIPT_BLOCK) return command_of_block(engine, *block, *name, COMMAND_FUNCTION);
        if (!name->length) *name = file_path(engine, v);
    } else if (v.kind == VALUE_STRING) {
        *name = string_text(v);
    } else if (value_is_number(v)) {
        struct value text = convert_text(realm, v);
        *name = intern_text(realm->names, intern_name(realm->names, string_text(text)));
        value_release(text);
    }
    return name->length ? command_resolve(engine, intern_name(realm->names, *name), *name) : NULL;
}

static enum status bad_command_value(struct engine *engine, struct value v) {
    return realm_raise(engine->realm, "RuntimeException", value_is_nothing(v) ? "BadExpression" : "BadExpression", ERROR_INVALID_OPERATION,
                       "What stands behind '&' or '.' gives no command: a name, a script block or what Get-Command gives is needed.");
}

/* & $module { … }: the block, bound to the module. & $module name: a command that the module sees. */
static struct command *command_in_module(struct engine *engine, struct frame *frame, const struct command_site *site, struct module *module, struct text *name) {
    struct value first = site->argument_count && site->arguments[0].reg != REGISTER_NONE ? frame->registers[site->arguments[0].reg] : value_null();
    struct block *block = block_of(first);
    if (!block && value_base(first).kind == VALUE_STRING) {
        *name = string_text(value_base(first));
        struct command *found = name_table_get(&module->scope.functions, intern_name(engine->realm->names, *name));
        return found ? command_keep(found) : command_resolve(engine, intern_name(engine->realm->names, *name), *name);
    }
    if (!block) return NULL;
    struct value bound = block_new(engine, block->chunk, module);
    struct command *command = command_of_block(engine, bound, TEXT_NONE, COMMAND_FUNCTION);
    if (site->invocation == INVOKE_DOT) command->class_of = &dotted_class;
    value_release(bound);
    return command;
}

/* The command of a site in this frame; owned. */
enum status command_of_site(struct engine *engine, struct frame *frame, const struct command_site *site, struct command **out, struct text *name) {
    struct inline_cache *cache = &frame->chunk->caches[site->cache];
    *name = site->name_text;
    struct command *command;
    if (site->reg == REGISTER_NONE) {
        if (cache->key && cache->epoch == engine->epoch && cache->value == frame->scope->module && site->invocation != INVOKE_DOT) {
            *out = command_keep((struct command *)cache->key);
            return STATUS_OK;
        }
        if (!site->name_text.length) return bad_command_value(engine, value_null());
        command = command_resolve(engine, site->name, site->name_text);
        if (!command) return not_found(engine, site->name_text);
        if ((command->kind == COMMAND_CMDLET || command->kind == COMMAND_FUNCTION || command->kind == COMMAND_FILTER) && command->references > 1) {
            cache->key = command;
            cache->epoch = engine->epoch;
            cache->value = frame->scope->module;
        }
    } else {
        struct value *v = operand(engine, frame, site->reg);
        if (!v) return STATUS_ERROR;
        struct module *module = module_of(*v);
        command = module ? command_in_module(engine, frame, site, module, name) : command_of_value(engine, *v, name);
        if (!command) return name->length ? not_found(engine, *name) : bad_command_value(engine, *v);
    }
    if (command->kind == COMMAND_SCRIPT && command->block.kind == VALUE_UNSET && load_script(engine, command, site->invocation == INVOKE_DOT) != STATUS_OK) {
        command_release(command);
        return STATUS_ERROR;
    }
    if (site->invocation == INVOKE_DOT && command->class_of == &function_class) command = dotted_copy(engine, command);
    *out = command;
    return STATUS_OK;
}

struct command *command_for_host(struct engine *engine, struct text name) {
    struct command *command = command_resolve(engine, intern_name(engine->realm->names, name), name);
    if (command && command->kind == COMMAND_SCRIPT && command->block.kind == VALUE_UNSET && load_script(engine, command, false) != STATUS_OK) {
        command_release(command);
        return NULL;
    }
    return command;
}
