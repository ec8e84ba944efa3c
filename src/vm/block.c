#include "engine_private.h"

#include "m365sh/source/excerpt.h"

static void release_block(void *payload) {
    struct block *block = payload;
    chunk_release(block->chunk);
    module_release(block->module);
}

static const struct native_class block_class = {"System.Management.Automation.ScriptBlock", release_block, NULL};

struct value block_new(struct engine *engine, struct chunk *chunk, struct module *module) {
    struct value v = callable_new(engine->realm, &block_class, sizeof(struct block));
    struct block *block = callable_payload(v);
    block->chunk = chunk_keep(chunk);
    block->module = module ? module_keep(module) : NULL;
    block->is_filter = chunk->kind == CHUNK_FILTER;
    return v;
}

struct block *block_of(struct value v) {
    v = value_base(v);
    return v.kind == VALUE_SCRIPT_BLOCK ? callable_payload(v) : NULL;
}

/* The scope that a block of this module sees around it: the caller's, or the module's when the caller is not of it. */
struct scope *block_scope_parent(struct engine *engine, struct module *module) {
    struct scope *current = scope_current(engine);
    if (current->module == module) return current;
    for (struct frame *frame = engine->frame; frame; frame = frame->caller) {
        if (frame->scope->module == module) return frame->scope;
    }
    return module ? &module->scope : &engine->global;
}

static enum status bind_positions(struct engine *engine, struct frame *frame, const struct block_call *call) {
    struct chunk *chunk = frame->chunk;
    uint32_t at = 0;
    for (uint32_t i = 0; i < chunk->parameter_count; i++) {
        const struct parameter_site *site = &chunk->parameters[i];
        bool is_switch;
        const struct type *type = attribute_type(engine, site->attributes, site->attribute_count, &is_switch);
        if (at < call->argument_count && !is_switch) frame_set_parameter(engine, frame, i, value_keep(call->arguments[at++]));
        else if (!site->has_default) frame_set_parameter(engine, frame, i, parameter_initial(engine, type, is_switch));
        if (engine->realm->raised.kind != VALUE_UNSET) return STATUS_ERROR;
    }
    uint32_t rest = call->argument_count - at;
    frame->args = array_of(engine->realm, call->arguments + at, rest);
    return STATUS_OK;
}

static enum status run_process(struct engine *engine, struct frame *frame, struct value input) {
    int32_t entry = frame->chunk->entries[ENTRY_PROCESS];
    if (input.kind != VALUE_ARRAY) return frame_run(engine, frame, entry);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(input); i++) {
        value_set(&engine->underscore, array_at(input, i));
        status = frame_run(engine, frame, entry);
    }
    return status;
}

static enum status run_blocks(struct engine *engine, struct frame *frame, struct value input) {
    const int32_t *entries = frame->chunk->entries;
    if (!(frame->chunk->flags & CHUNK_NAMED_BLOCKS)) return frame_run(engine, frame, entries[ENTRY_PROLOGUE]);
    enum status status = frame_run(engine, frame, entries[ENTRY_PROLOGUE]);
    if (status == STATUS_OK) status = frame_run(engine, frame, entries[ENTRY_BEGIN]);
    if (status == STATUS_OK && entries[ENTRY_PROCESS] >= 0) status = run_process(engine, frame, input);
    if (status == STATUS_OK) status = frame_run(engine, frame, entries[ENTRY_END]);
    if (entries[ENTRY_CLEAN] >= 0) {
        struct value raised = realm_take_raised(engine->realm);
        enum status cleaned = frame_run(engine, frame, entries[ENTRY_CLEAN]);
        if (cleaned == STATUS_ERROR) value_release(realm_take_raised(engine->realm));
        engine->realm->raised = raised;
    }
    return status;
}

enum status block_call(void *context, struct realm *realm, const struct block_call *call) {
    struct engine *engine = context;
    struct block *block = block_of(call->block);
    if (!block) return realm_raise(realm, "RuntimeException", "NotAScriptBlock", ERROR_INVALID_TYPE, "What is to be run is no script block.");
    struct frame *frame = frame_push(engine, block->chunk);
    if (!frame) return STATUS_ERROR;
    engine->frame = frame->caller;
    struct scope *parent = block_scope_parent(engine, block->module);
    engine->frame = frame;
    if (call->scope == BLOCK_CALLER_SCOPE && (block->chunk->flags & CHUNK_BY_NAME) && !(block->module && block->module->is_closure)) frame->scope = parent;
    else frame_own_scope(engine, frame, parent);
    if (block->module) frame->scope->module = block->module;
    frame->output = call->output;
    /* Messages go where the cmdlet's go, errors where its caller's do: so PowerShell does with ForEach-Object's block. */
    struct stream_set streams;
    if (frame->caller) frame->streams = frame->caller->streams;
    if (call->around) {
        streams = call->around->streams;
        streams.sinks[STREAM_ERROR] = frame->streams->sinks[STREAM_ERROR];
        frame->streams = &streams;
        frame->around = call->around;
    }
    frame->input = call->input.kind == VALUE_UNSET ? VALUE_UNSET_INIT : value_keep(call->input);
    if (call->this_object.kind != VALUE_UNSET) frame->this_object = value_keep(call->this_object);
    struct value saved = value_keep(engine->underscore);
    if (call->dollar_underscore.kind != VALUE_UNSET) value_set(&engine->underscore, call->dollar_underscore);
    struct value held = value_keep(call->block);
    enum status status = bind_positions(engine, frame, call);
    if (status == STATUS_OK) status = run_blocks(engine, frame, call->input);
    frame_pop(engine, frame);
    value_release(held);
    value_set_take(&engine->underscore, saved);
    return status == STATUS_RETURN ? STATUS_OK : status;
}

struct value block_text(void *context, struct realm *realm, struct value v) {
    (void)context;
    (void)realm;
    struct block *block = block_of(v);
    if (!block) return string_empty();
    struct text text = source_slice(block->chunk->source, block->chunk->span);
    size_t open = block->chunk->kind == CHUNK_SCRIPT ? TEXT_NOT_FOUND : text_find_byte(text, '{', 0);
    if (open == TEXT_NOT_FOUND || text.start[text.length - 1] != '}') return string_new(text);
    return string_new(text_slice(text, open + 1, text.length - open - 2));
}

struct chunk *block_compile(struct engine *engine, struct source *source, enum compile_mode mode, struct diagnostic_list *diagnostics) {
    struct tree tree;
    parse_program(source, &tree, diagnostics);
    struct chunk *chunk = diagnostic_any_error(diagnostics) ? NULL : compile_tree(engine->realm, &tree, mode, diagnostics);
    tree_free(&tree);
    return chunk;
}

struct chunk *block_compile_source(struct engine *engine, struct source *source, enum compile_mode mode) {
    struct diagnostic_list diagnostics = {0};
    struct chunk *chunk = block_compile(engine, source, mode, &diagnostics);
    if (!chunk) block_create_raise(engine, source, &diagnostics);
    diagnostic_list_free(&diagnostics);
    return chunk;
}

struct chunk *block_compile_text(struct engine *engine, struct text text, struct text name, enum compile_mode mode) {
    struct source *source;
    struct fault fault = {0};
    if (source_new(name, text, &source, &fault) != STATUS_OK) {
        realm_raise_fault(engine->realm, &fault, NULL);
        return NULL;
    }
    struct chunk *chunk = block_compile_source(engine, source, mode);
    source_release(source);
    return chunk;
}

enum status block_from_text(struct host *host, struct text text, struct value *out) {
    struct engine *engine = host->context;
    struct chunk *chunk = block_compile_text(engine, text, TEXT_NONE, COMPILE_IN_SCOPE);
    if (!chunk) return STATUS_ERROR;
    *out = block_new(engine, chunk, scope_current(engine)->module);
    chunk_release(chunk);
    return STATUS_OK;
}

static void copy_scope(struct engine *engine, struct scope *from, struct scope *to) {
    for (uint32_t i = 0; from->layout && i < from->layout->slot_count; i++) {
        struct value *slot = &from->slots[i];
        if (slot->kind == VALUE_UNSET || scope_find(to, from->layout->slot_names[i])) continue;
        struct value v = slot->spare == SLOT_BOXED ? *reference_place(*slot) : *slot;
        if (scope_assign_take(engine, to, from->layout->slot_names[i], value_keep(v)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
    }
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&from->extra, &position, &name, &item)) {
        struct variable *variable = item;
        if (variable->value.kind == VALUE_UNSET || scope_find(to, name)) continue;
        if (scope_assign_take(engine, to, name, value_keep(variable->value)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
    }
}

/* GetNewClosure: a module of its own that holds copies of the variables of the current scope. */
enum status block_closure(struct engine *engine, struct value v, struct value *out) {
    struct block *block = block_of(v);
    struct module *module = module_new(engine, TEXT("__DynamicModule"));
    module->is_closure = true;
    struct scope *scope = scope_current(engine);
    /* Around it stands the real module that the block is of, never another closure: those come and go. */
    struct module *around = scope->module;
    while (around && around->is_closure) around = around->outer;
    module->outer = module_keep(around);
    module->scope.parent = around ? &around->scope : &engine->global;
    copy_scope(engine, scope, &module->scope);
    *out = block_new(engine, block->chunk, module);
    module_release(module);
    return STATUS_OK;
}

static enum status invoke_member(struct engine *engine, struct value v, const struct value *arguments, uint32_t count, bool raw, struct value *out) {
    struct block_call call = {.block = v, .arguments = arguments, .argument_count = count, .scope = BLOCK_NEW_SCOPE};
    (void)raw;
    return callable_call_collect(engine->realm, &call, out);
}

/* The methods of a script block that only the engine can do. */
bool block_member(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out) {
    struct text text = intern_text(engine->realm->names, name);
    if (text_equal_fold(text, TEXT("Invoke")) || text_equal_fold(text, TEXT("InvokeReturnAsIs"))) {
        *status = invoke_member(engine, v, arguments, count, false, out);
        return true;
    }
    if (text_equal_fold(text, TEXT("GetNewClosure")) && count == 0) {
        *status = block_closure(engine, v, out);
        return true;
    }
    return false;
}

bool block_property(struct engine *engine, struct value v, name_id name, struct value *out) {
    struct text text = intern_text(engine->realm->names, name);
    struct block *block = block_of(v);
    if (text_equal_fold(text, TEXT("Module"))) *out = block->module ? value_keep(block->module->object) : value_null();
    else if (text_equal_fold(text, TEXT("File"))) {
        struct text file = source_name(block->chunk->source);
        *out = file.length && file.start[0] == '/' ? string_new(file) : value_null();
    } else if (text_equal_fold(text, TEXT("IsFilter"))) *out = value_bool(block->is_filter);
    else if (text_equal_fold(text, TEXT("StartPosition"))) *out = error_chunk_position(engine, block->chunk, block->chunk->span);
    else return false;
    return true;
}
