/* The engine's part of struct host: what commands may ask of it. */
#include "engine_private.h"

#include <stdlib.h>

static struct engine *engine_of(struct host *host) { return host->context; }

/* Scopes by the numbers of enum variable_scope; NULL: no parent so far up. */
static struct scope *scope_of(struct engine *engine, int scope) {
    struct scope *current = scope_current(engine);
    switch (scope) {
    case SCOPE_CURRENT: case SCOPE_LOCAL: return current;
    case SCOPE_SCRIPT: return scope_script(engine, current);
    case SCOPE_GLOBAL: return &engine->global;
    default:
        for (int up = scope - SCOPE_PARENT; up > 0 && current; up--) current = current->parent;
        return current;
    }
}

static struct value get_variable(struct host *host, struct text text, int scope) {
    struct engine *engine = engine_of(host);
    name_id name = intern_name(engine->realm->names, text);
    struct value *place = NULL, special;
    if (scope == SCOPE_CURRENT) place = scope_lookup(engine, scope_current(engine), name);
    else {
        struct scope *at = scope_of(engine, scope);
        place = at ? scope_find(at, name) : NULL;
    }
    if (place) {
        struct value v = value_keep(*place);
        v.spare = 0;
        return v;
    }
    return automatic_by_name(engine, name, &special) ? special : VALUE_UNSET_INIT;
}

static enum status set_variable(struct host *host, struct text text, int scope, struct value v) {
    struct engine *engine = engine_of(host);
    struct scope *at = scope_of(engine, scope);
    if (!at) return realm_raise(engine->realm, "System.ArgumentOutOfRangeException", "ArgumentOutOfRange", ERROR_INVALID_ARGUMENT, "There is no scope so far up.");
    if (text_equal_fold(text, TEXT("OFS"))) value_set(&engine->realm->output_separator, v);
    return scope_assign_take(engine, at, intern_name(engine->realm->names, text), value_keep(v));
}

static uint32_t flags_of(const struct variable_info *info) {
    return (info->constant ? VARIABLE_CONSTANT : 0) | (info->read_only ? VARIABLE_READ_ONLY : 0) | (info->private_to_scope ? VARIABLE_PRIVATE : 0);
}

static enum status refuse_change(struct engine *engine, const char *id, struct text name) {
    return realm_raise(engine->realm, "System.Management.Automation.SessionStateException", id, strcmp(id, "VariableAlreadyExists") == 0 ? ERROR_RESOURCE_EXISTS : ERROR_WRITE_ERROR,
                       "The variable '%.*s' is there already, read-only, or constant.", TEXT_ARGUMENT(name));
}

static enum status change_variable(struct host *host, int scope, const struct variable_info *info, bool force, bool create_new) {
    struct engine *engine = engine_of(host);
    struct scope *at = scope_of(engine, scope);
    if (!at) return realm_raise(engine->realm, "System.ArgumentOutOfRangeException", "ArgumentOutOfRange", ERROR_INVALID_ARGUMENT, "There is no scope so far up.");
    name_id name = intern_name(engine->realm->names, info->name);
    struct value *old = scope_find(at, name);
    struct variable_attributes *attributes = name_table_get(&at->attributes, name);
    uint32_t locks = attributes ? attributes->flags : 0;
    if (old && create_new && !force) return refuse_change(engine, "VariableAlreadyExists", info->name);
    if (old && ((locks & VARIABLE_CONSTANT) || ((locks & VARIABLE_READ_ONLY) && !force))) return refuse_change(engine, "VariableNotWritable", info->name);
    if (attributes) attributes->flags = 0;
    if (info->value.kind != VALUE_UNSET) {
        enum status status = scope_assign_take(engine, at, name, value_keep(info->value));
        if (status != STATUS_OK) return status;
    }
    if (!flags_of(info) && !info->description.length && !info->type && !attributes) return STATUS_OK;
    struct variable_attributes *own = variable_own_attributes(engine, at, name, scope_place(engine, at, name));
    own->flags = flags_of(info);
    if (info->type) own->type = info->type;
    if (info->description.length) value_set_take(&own->description, string_new(info->description));
    return STATUS_OK;
}

static enum status remove_variable(struct host *host, struct text text, int scope, bool force) {
    struct engine *engine = engine_of(host);
    struct scope *at = scope_of(engine, scope);
    name_id name = intern_name(engine->realm->names, text);
    if (scope == SCOPE_CURRENT) {
        while (at && !scope_find(at, name)) at = at->parent;
    }
    if (!at || !scope_find(at, name)) return STATUS_OK;
    const struct variable_attributes *attributes = name_table_get(&at->attributes, name);
    if (attributes && ((attributes->flags & VARIABLE_CONSTANT) || ((attributes->flags & VARIABLE_READ_ONLY) && !force)))
        return refuse_change(engine, "VariableNotRemovable", text);
    scope_remove(engine, at, name);
    if (text_equal_fold(text, TEXT("OFS"))) {
        struct value *separator = scope_lookup(engine, at, name);
        value_set(&engine->realm->output_separator, separator ? *separator : VALUE_UNSET_INIT);
    }
    return STATUS_OK;
}

struct found_variable { struct scope *scope; name_id name; struct value *place; int depth; };
struct variable_walker {
    struct found_variable *found;       /* sorted by name before they are shown */
    size_t count, capacity;
    struct engine *engine;
    bool (*visit)(void *context, const struct variable_info *info);
    void *context;
    struct name_table seen;
    bool stopped;
};

static void visit_one(struct variable_walker *walker, struct scope *scope, name_id name, struct value *place, bool inherited) {
    struct value *v = place->spare == SLOT_BOXED ? reference_place(*place) : place;
    if (walker->stopped || v->kind == VALUE_UNSET || name_table_get(&walker->seen, name)) return;
    const struct variable_attributes *attributes = variable_attributes(walker->engine, scope, name, place);
    struct variable_info info = {.name = intern_text(walker->engine->realm->names, name), .value = *v};
    info.value.spare = 0;
    if (attributes) {
        if (inherited && (attributes->flags & VARIABLE_PRIVATE)) return;
        info.constant = attributes->flags & VARIABLE_CONSTANT;
        info.read_only = attributes->flags & VARIABLE_READ_ONLY;
        info.private_to_scope = attributes->flags & VARIABLE_PRIVATE;
        info.type = attributes->type;
        if (attributes->description.kind == VALUE_STRING) info.description = string_text(attributes->description);
    }
    name_table_put(&walker->seen, name, scope);
    if (!walker->visit(walker->context, &info)) walker->stopped = true;
}

static void find_one(struct variable_walker *walker, struct scope *scope, name_id name, struct value *place, int depth) {
    ALLOC_GROW(walker->found, walker->capacity, walker->count + 1);
    walker->found[walker->count++] = (struct found_variable){scope, name, place, depth};
}

static void walk_scope(struct variable_walker *walker, struct scope *scope, int depth) {
    for (uint32_t i = 0; scope->layout && i < scope->layout->slot_count; i++) find_one(walker, scope, scope->layout->slot_names[i], &scope->slots[i], depth);
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&scope->extra, &position, &name, &item)) find_one(walker, scope, name, &((struct variable *)item)->value, depth);
}

/* By name; of one name the inner scope's first. */
static int compare_found(const void *a, const void *b, void *context) {
    const struct found_variable *left = a, *right = b;
    const struct realm *realm = context;
    int order = left->name == right->name ? 0 : text_compare_fold(intern_text(realm->names, left->name), intern_text(realm->names, right->name));
    return order ? order : left->depth - right->depth;
}

static void walk_variables(struct host *host, int scope, bool (*visit)(void *context, const struct variable_info *info), void *context) {
    struct engine *engine = engine_of(host);
    struct variable_walker walker = {.engine = engine, .visit = visit, .context = context};
    struct scope *at = scope_of(engine, scope);
    if (!at) {
        realm_raise(engine->realm, "System.Management.Automation.PSArgumentOutOfRangeException", "ArgumentOutOfRange", ERROR_INVALID_ARGUMENT, "There is no scope so far up.");
        return;
    }
    walk_scope(&walker, at, 0);
    int depth = 1;
    for (at = scope == SCOPE_CURRENT ? at->parent : NULL; at; at = at->parent) walk_scope(&walker, at, depth++);
    if (walker.count) qsort_r(walker.found, walker.count, sizeof *walker.found, compare_found, engine->realm);
    for (size_t i = 0; i < walker.count; i++) visit_one(&walker, walker.found[i].scope, walker.found[i].name, walker.found[i].place, walker.found[i].depth > 0);
    alloc_free(walker.found);
    name_table_free(&walker.seen, NULL);
}

static struct command *find_command(struct host *host, struct text name) { return command_for_host(engine_of(host), name); }

static void walk_functions(struct host *host, bool (*visit)(void *context, struct command *command), void *context) {
    struct engine *engine = engine_of(host);
    struct name_table seen = {0};
    bool more = true;
    for (struct scope *scope = scope_current(engine); scope && more; scope = scope->parent) {
        uint32_t position = 0;
        name_id name;
        void *item;
        while (more && name_table_next(&scope->functions, &position, &name, &item)) {
            if (name_table_get(&seen, name)) continue;
            name_table_put(&seen, name, item);
            more = visit(context, item);
        }
    }
    name_table_free(&seen, NULL);
}

static void walk_aliases(struct host *host, bool (*visit)(void *context, struct text alias, struct text target), void *context) {
    struct engine *engine = engine_of(host);
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) {
        uint32_t position = 0;
        name_id name;
        void *item;
        while (name_table_next(&scope->aliases, &position, &name, &item)) {
            const struct command *alias = item;
            if (alias->path.kind == VALUE_STRING && !visit(context, alias->spelling, string_text(alias->path))) return;
        }
    }
    if (host->commands) command_table_walk_aliases(host->commands, visit, context);
}

static enum status set_alias(struct host *host, struct text alias, struct text target, int scope, bool force) {
    struct engine *engine = engine_of(host);
    struct scope *at = scope_of(engine, scope);
    if (!at) at = &engine->global;
    (void)force;
    name_id name = intern_name(engine->realm->names, alias);
    struct command *command = command_new(COMMAND_ALIAS, engine->realm, alias);
    command->path = string_new(target);
    struct command *old = name_table_get(&at->aliases, name);
    name_table_put(&at->aliases, name, command);
    command_release(old);
    engine->epoch++;
    return STATUS_OK;
}

static enum status remove_alias(struct host *host, struct text alias, bool force) {
    struct engine *engine = engine_of(host);
    name_id name = intern_name(engine->realm->names, alias);
    (void)force;
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) {
        struct command *old = name_table_remove(&scope->aliases, name);
        if (!old) continue;
        command_release(old);
        engine->epoch++;
        return STATUS_OK;
    }
    if (!host->commands || !command_table_alias(host->commands, name)) return STATUS_OK;
    /* A built-in one is hidden by an alias without a target. */
    struct command *command = command_new(COMMAND_ALIAS, engine->realm, alias);
    name_table_put(&engine->global.aliases, name, command);
    engine->epoch++;
    return STATUS_OK;
}

static enum status remove_function(struct host *host, struct text text) {
    struct engine *engine = engine_of(host);
    name_id name = intern_name(engine->realm->names, text);
    for (struct scope *scope = scope_current(engine); scope; scope = scope->parent) {
        struct command *old = name_table_remove(&scope->functions, name);
        if (!old) continue;
        command_release(old);
        engine->epoch++;
        return STATUS_OK;
    }
    return STATUS_OK;
}

static enum status invoke_command(struct host *host, struct text name, struct value named, const struct value *positional, uint32_t count,
                                  struct value input, struct emitter output) {
    struct engine *engine = engine_of(host);
    struct command *command = command_for_host(engine, name);
    if (!command) {
        if (engine->realm->raised.kind != VALUE_UNSET) return STATUS_ERROR;
        return realm_raise(engine->realm, "System.Management.Automation.CommandNotFoundException", "CommandNotFoundException", ERROR_OBJECT_NOT_FOUND,
                           "'%.*s' is no command here.", TEXT_ARGUMENT(name));
    }
    uint32_t named_count = named.kind == VALUE_TABLE ? table_count(named) : 0, total = 0, position = 0;
    struct argument *arguments = ALLOC_ARRAY(struct argument, count + named_count + 1);
    struct value *keys = ALLOC_ARRAY(struct value, named_count + 1);
    struct table_entry *entry;
    while (named_count && (entry = table_next(named, &position))) {
        keys[total] = convert_text(engine->realm, entry->key);
        arguments[total] = (struct argument){.kind = ARGUMENT_NAME_VALUE, .name = string_text(keys[total]), .value = entry->value};
        total++;
    }
    named_count = total;
    for (uint32_t i = 0; i < count; i++) arguments[total++] = (struct argument){.kind = ARGUMENT_VALUE, .value = positional[i]};
    struct stage stage = {.command = command, .called_as = command->spelling, .arguments = arguments, .argument_count = total};
    struct pipeline_input from = {.source = input, .has_source = input.kind != VALUE_UNSET};
    struct stream_set streams = engine->frame ? *engine->frame->streams : *engine->streams;
    streams.sinks[STREAM_OUTPUT] = output;
    bool succeeded;
    enum status status = pipeline_run(engine->realm, host, &stage, 1, &from, &streams, &succeeded);
    for (uint32_t i = 0; i < named_count; i++) value_release(keys[i]);
    alloc_free(keys);
    alloc_free(arguments);
    command_release(command);
    return status;
}

static enum status run_text(struct host *host, struct text text, struct text name, bool new_scope, struct emitter output) {
    struct engine *engine = engine_of(host);
    struct chunk *chunk = block_compile_text(engine, text, name, new_scope ? COMPILE_SCRIPT : COMPILE_IN_SCOPE);
    if (!chunk) return STATUS_ERROR;
    struct scope *scope = scope_current(engine);
    struct frame *frame = frame_push(engine, chunk);
    chunk_release(chunk);
    if (!frame) return STATUS_ERROR;
    if (new_scope) frame_own_scope(engine, frame, scope);
    else frame->scope = scope;
    frame->output = output;
    if (frame->caller) frame->streams = frame->caller->streams;
    enum status status = frame_run(engine, frame, frame->chunk->entries[ENTRY_PROLOGUE]);
    if (status == STATUS_OK && (frame->chunk->flags & CHUNK_NAMED_BLOCKS)) {
        for (int entry = ENTRY_BEGIN; entry <= ENTRY_END && status == STATUS_OK; entry++) status = frame_run(engine, frame, frame->chunk->entries[entry]);
    }
    frame_pop(engine, frame);
    return status == STATUS_RETURN ? STATUS_OK : status;
}

/* Write-Error speaks for the function or script that calls it. */
static void complete_id(struct engine *engine, struct invocation *call, struct value record) {
    if (!call || !call->command->row || strcmp(call->command->row->name, "Write-Error") != 0 || !engine->frame) return;
    struct value id = error_record_get(record, ERROR_ID);
    struct frame *frame = frame_function(engine, engine->frame);
    struct text caller = frame->chunk->name_text, file = source_name(frame->chunk->source);
    if (!caller.length && frame->chunk->kind == CHUNK_SCRIPT && file.length && file.start[0] == '/') caller = path_leaf(file);
    enum { WRITE_ERROR_RECORD = 2 };
    bool has_command = invocation_has(call, WRITE_ERROR_RECORD) && id.kind == VALUE_STRING && text_find_byte(string_text(id), ',', 0) != TEXT_NOT_FOUND;
    if (!caller.length || id.kind != VALUE_STRING || has_command) return;
    struct value full = string_format("%s,%.*s", string_chars(id), TEXT_ARGUMENT(caller));
    error_record_set(record, ERROR_ID, full);
    value_release(full);
}

static void place_error(struct host *host, struct invocation *call, struct value record) {
    struct engine *engine = engine_of(host);
    if (call && call->had_error) complete_id(engine, call, record);
    error_place(engine, record, call);
    if (call && call->had_error && error_preference(engine) != ACTION_IGNORE) error_note(engine, STREAM_ERROR, call, record);
    if (call && call->had_error) value_set(&engine->written, record);
}

static void pass_error(struct host *host, struct invocation *call, struct value record) {
    struct engine *engine = engine_of(host);
    enum { PASSED = 2 }; /* mark of the raised record: a command has it already */
    struct value id = error_record_get(record, ERROR_ID);
    if (engine->fatal || id.kind != VALUE_STRING || record.small == PASSED) return;
    bool speaks_for_caller = call->had_error && call->command->row && strcmp(call->command->row->name, "Write-Error") == 0;
    if (speaks_for_caller) return; /* a block has no name to add */
    size_t comma = text_find_byte(string_text(id), ',', 0);
    /* What a command could not bind is no error of its own yet: the command around it takes it over. */
    bool binding = text_find(exception_type_name(error_record_get(record, ERROR_EXCEPTION)), TEXT("ParameterBinding"), 0) != TEXT_NOT_FOUND;
    if (comma != TEXT_NOT_FOUND && !binding) return;
    engine->realm->raised.small = PASSED;
    struct bytes full = {0};
    bytes_add_format(&full, "%.*s,", TEXT_ARGUMENT(text_slice(string_text(id), 0, comma)));
    command_add_error_name(&full, call->command);
    struct value text = string_from_bytes(&full);
    error_record_set(record, ERROR_ID, text);
    value_release(text);
    bytes_free(&full);
    error_record_set_activity(engine->realm, record, call->command->spelling);
}

static void note_message(struct host *host, int stream, struct invocation *call, struct value record) { error_note(engine_of(host), stream, call, record); }

static void remember_error(struct host *host, struct value record) { error_remember(engine_of(host), record); }

void host_start(struct engine *engine) {
    struct host *host = engine->host;
    host->context = engine;
    host->variable_get = get_variable;
    host->variable_set = set_variable;
    host->variable_change = change_variable;
    host->variable_remove = remove_variable;
    host->variable_walk = walk_variables;
    host->command_find = find_command;
    host->function_walk = walk_functions;
    host->alias_walk = walk_aliases;
    host->alias_set = set_alias;
    host->alias_remove = remove_alias;
    host->function_remove = remove_function;
    host->invoke = invoke_command;
    host->run_text = run_text;
    host->block_from_text = block_from_text;
    host->block_condition = condition_of_block;
    host->command_help = command_help;
    host->ask_engine = host_ask;
    host->error_place = place_error;
    host->error_remember = remember_error;
    host->stream_note = note_message;
    host->error_passes = pass_error;
}
