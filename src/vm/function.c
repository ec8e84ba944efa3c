/* Script functions, filters, scripts and blocks as a stage of a pipeline. */
#include "engine_private.h"

struct value parameter_initial(struct engine *engine, const struct type *type, bool is_switch) {
    struct value out;
    if (is_switch) return value_switch(false);
    if (!type) return value_null();
    if (type->value_kind == VALUE_STRING && !type->element) return string_empty();
    if (type->element || !(type->flags & (TYPE_VALUE | TYPE_NUMERIC)) || (type->flags & TYPE_ENUM)) return value_null();
    if (type->value_kind == VALUE_BOOL) return value_bool(false);
    if (type->flags & TYPE_NUMERIC) return convert_try(engine->realm, value_int32(0), type, &out) ? out : value_null();
    return value_null();
}

/* Converts and validates as the parameter asks, unless the binder has done so. The frame may run in a scope that is not
 * its own (dot-sourced): then the variable is set there, and the register only says that it was. */
static void put_parameter(struct engine *engine, struct frame *frame, const struct parameter_site *site, struct value v) {
    struct value *slot = &frame->registers[site->slot];
    v.spare = 0;
    if (v.kind == VALUE_VOID || v.kind == VALUE_UNSET) v = value_null();
    if (frame->owns_scope) {
        value_set_take(slot, v);
        if (site->attribute_set >= 0) slot->spare = (uint16_t)(site->attribute_set + 1);
        return;
    }
    value_set(slot, v);
    if (scope_assign_take(engine, frame->scope, site->name, v) != STATUS_OK) return;
}

void frame_set_parameter(struct engine *engine, struct frame *frame, uint32_t index, struct value v) {
    const struct parameter_site *site = &frame->chunk->parameters[index];
    bool is_switch;
    const struct type *type = attribute_type(engine, site->attributes, site->attribute_count, &is_switch);
    if (type && !is_switch && !(value_is_nothing(v) && !(type->flags & TYPE_VALUE) && type->value_kind != VALUE_STRING)) {
        struct value converted;
        enum status status = convert_to(engine->realm, v, type, &converted);
        value_release(v);
        if (status != STATUS_OK) return;
        v = converted;
    }
    if (is_switch) value_set_take(&v, value_switch(value_truth(v)));
    put_parameter(engine, frame, site, v);
}

/* Output leaves in the caller's name: blocks behind run in the scope where the pipeline stands. An error from behind is
 * not the function's to catch: it stops, and the error goes on when it has ended. */
static enum status stage_emit(void *context, struct value v) {
    struct invocation *call = context;
    struct engine *engine = call->host->context;
    struct frame *frame = call->state, *inner = engine->frame;
    engine->frame = frame->caller;
    enum status status = invocation_emit(call, v);
    engine->frame = inner;
    if (status == STATUS_OK || status == STATUS_STOP) return status;
    frame->passing = status;
    if (status == STATUS_ERROR) {
        frame->passing_error = realm_take_raised(engine->realm);
        frame->passing_fatal = engine->fatal || (engine->written.kind != VALUE_UNSET && frame->passing_error.counted == engine->written.counted);
        engine->fatal = false;
    }
    return STATUS_STOP;
}

static void bind_values(struct engine *engine, struct frame *frame, struct invocation *call, bool only_input) {
    const struct signature *signature = call->binding.signature;
    for (uint32_t i = 0; i < frame->chunk->parameter_count; i++) {
        struct value v = call->binding.values[i];
        bool is_delayed = i < 64 && (frame->delayed >> i & 1);
        if (only_input && call->binding.how[i] != BOUND_PIPELINE && !is_delayed) continue;
        if (!only_input && i < 64 && v.kind == VALUE_UNSET && call->binding.how[i] == BOUND_EXPLICIT) frame->delayed |= 1ull << i;
        if (v.kind != VALUE_UNSET) put_parameter(engine, frame, &frame->chunk->parameters[i], value_keep(v));
        else if (!signature->parameters[i].has_default || only_input)
            put_parameter(engine, frame, &frame->chunk->parameters[i],
                          parameter_initial(engine, signature->parameters[i].type, signature->parameters[i].is_switch));
    }
}

static bool set_preference(struct engine *engine, struct frame *frame, const char *name, struct value v) {
    return scope_assign_take(engine, frame->scope, intern_name(engine->realm->names, text_of(name)), v) == STATUS_OK;
}

/* Common parameters of an advanced function become preferences of its scope. */
static void set_preferences(struct engine *engine, struct frame *frame, const struct invocation *call) {
    static const char *const names[] = {"ErrorActionPreference", "WarningPreference", "InformationPreference", "VerbosePreference", "DebugPreference"};
    const enum action_preference actions[] = {call->error_action, call->warning_action, call->information_action, call->verbose_action,
                                              call->debug_action};
    const struct type *type = NULL;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (actions[i] == ACTION_UNSET) continue;
        if (!type) type = type_find(engine->realm, TEXT("System.Management.Automation.ActionPreference"));
        struct value v = value_enum(type ? type->index : 0, actions[i]);
        if (scope_assign_take(engine, frame->scope, intern_name(engine->realm->names, text_of(names[i])), v) != STATUS_OK) return;
    }
    if (call->what_if >= 0 && !set_preference(engine, frame, "WhatIfPreference", value_bool(call->what_if))) return;
    if (call->confirm < 0) return;
    const struct type *impact = type_find(engine->realm, TEXT("System.Management.Automation.ConfirmImpact"));
    struct value name = string_of(call->confirm ? "Low" : "None"), v;
    if (impact && convert_try(engine->realm, name, impact, &v)) set_preference(engine, frame, "ConfirmPreference", v);
    value_release(name);
}

static struct frame *new_stage_frame(struct engine *engine, struct invocation *call, bool dotted) {
    struct block *block = block_of(call->command->block);
    struct frame *frame = frame_new(engine, block->chunk);
    struct scope *parent = block_scope_parent(engine, block->module);
    if (dotted && (block->chunk->flags & CHUNK_BY_NAME)) frame->scope = parent;
    else frame_own_scope(engine, frame, parent);
    if (block->module && frame->owns_scope) frame->own.module = block->module;
    if (block->chunk->kind == CHUNK_SCRIPT && frame->owns_scope) frame->own.is_script = true;
    frame->call = call;
    frame->command = command_keep(call->command);
    frame->streams = &call->streams;
    frame->output = (struct emitter){stage_emit, call};
    frame->args = call->binding.rest.kind == VALUE_UNSET ? array_new(engine->realm, NULL, 0) : value_keep(call->binding.rest);
    frame->args.small = 0;
    frame->caller = engine->frame;
    call->state = frame;
    return frame;
}

/* `return` ends the function; `exit` ends a script that another one called, with $LASTEXITCODE. */
static enum status leave(struct invocation *call, enum status status) {
    struct engine *engine = call->host->context;
    struct frame *frame = call->state;
    if (frame->passing != STATUS_OK) {
        status = frame->passing;
        frame->passing = STATUS_OK;
        if (status == STATUS_ERROR) {
            engine->fatal = frame->passing_fatal;
            value_set_take(&engine->realm->raised, frame->passing_error);
            frame->passing_error = VALUE_UNSET_INIT;
        }
        return status;
    }
    if (status == STATUS_RETURN) return STATUS_OK;
    if (status != STATUS_EXIT || frame->chunk->kind != CHUNK_SCRIPT || call->command->class_of == &program_class) return status;
    int32_t code = 0;
    if (!value_is_nothing(engine->realm->exit_value) && convert_to_int32(engine->realm, engine->realm->exit_value, &code) != STATUS_OK)
        value_release(realm_take_raised(engine->realm));
    engine_set_global(engine, "LASTEXITCODE", value_int32(code));
    if (code) call->had_error = true;
    return STATUS_OK;
}

enum stage_scope { STAGE_OWN_SCOPE, STAGE_DOTTED, STAGE_GLOBAL };

static enum status function_start(struct invocation *call, enum stage_scope scope) {
    struct engine *engine = call->host->context;
    struct frame *frame = new_stage_frame(engine, call, scope == STAGE_DOTTED);
    if (scope == STAGE_GLOBAL) scope_adopt(engine, frame);
    struct frame *outer = engine->frame;
    engine->frame = frame;
    bind_values(engine, frame, call, false);
    if (frame->owns_scope) set_preferences(engine, frame, call);
    engine->frame = outer;
    if (engine->realm->raised.kind != VALUE_UNSET) return STATUS_ERROR;
    if (call->has_input && frame->chunk->entries[ENTRY_PROCESS] < 0) frame->input = array_new(engine->realm, NULL, 0);
    if (!(frame->chunk->flags & CHUNK_NAMED_BLOCKS)) return STATUS_OK;
    enum status status = leave(call, frame_run(engine, frame, frame->chunk->entries[ENTRY_PROLOGUE]));
    return status == STATUS_OK ? leave(call, frame_run(engine, frame, frame->chunk->entries[ENTRY_BEGIN])) : status;
}

static enum status function_begin(struct invocation *call) { return function_start(call, STAGE_OWN_SCOPE); }
static enum status dotted_begin(struct invocation *call) { return function_start(call, STAGE_DOTTED); }
static enum status program_begin(struct invocation *call) { return function_start(call, STAGE_GLOBAL); }

/* What one item bound is not the next one's: the parameter has its default again. */
static void restore_initial(struct engine *engine, struct frame *frame, const struct invocation *call) {
    const struct chunk *chunk = frame->chunk;
    if (!frame->owns_scope || call->binding.signature->only_input >= 0) return;
    bool first = frame->initial.kind != VALUE_ARRAY;
    if (first) frame->initial = array_new(engine->realm, NULL, chunk->parameter_count);
    for (uint32_t i = 0; i < chunk->parameter_count; i++) {
        struct value v = frame->registers[chunk->parameters[i].slot];
        v.spare = 0;
        if (first) array_push(frame->initial, v.kind == VALUE_UNSET ? value_null() : v);
        else if (call->binding.how[i] == BOUND_NOT && call->binding.turn[i])
            put_parameter(engine, frame, &chunk->parameters[i], value_keep(array_at(frame->initial, i)));
    }
}

static enum status function_process(struct invocation *call) {
    struct engine *engine = call->host->context;
    struct frame *frame = call->state;
    if (!frame) return STATUS_OK;
    if (call->has_input && (call->binding.expects_input || frame->delayed)) {
        restore_initial(engine, frame, call);
        bind_values(engine, frame, call, true);
    }
    bool has_item = call->has_input && call->input.kind != VALUE_UNSET;
    if (frame->input.kind == VALUE_ARRAY) {
        if (has_item) array_push(frame->input, call->input);
        return STATUS_OK;
    }
    if (frame->chunk->entries[ENTRY_PROCESS] < 0) return STATUS_OK;
    struct value saved = value_keep(engine->underscore);
    if (has_item) value_set(&engine->underscore, call->input);
    enum status status = leave(call, frame_run(engine, frame, frame->chunk->entries[ENTRY_PROCESS]));
    value_set_take(&frame->last_item, engine->underscore);
    engine->underscore = saved;
    return status;
}

static enum status function_end(struct invocation *call) {
    struct engine *engine = call->host->context;
    struct frame *frame = call->state;
    if (!frame) return STATUS_OK;
    const int32_t *entries = frame->chunk->entries;
    if (!(frame->chunk->flags & CHUNK_NAMED_BLOCKS)) return leave(call, frame_run(engine, frame, entries[ENTRY_PROLOGUE]));
    if (entries[ENTRY_END] < 0) return STATUS_OK;
    /* $_ is still the last item. */
    struct value saved = value_keep(engine->underscore);
    if (frame->last_item.kind != VALUE_UNSET) value_set(&engine->underscore, frame->last_item);
    enum status status = leave(call, frame_run(engine, frame, entries[ENTRY_END]));
    value_set_take(&engine->underscore, saved);
    return status;
}

static void function_clean(struct invocation *call) {
    struct engine *engine = call->host->context;
    struct frame *frame = call->state;
    if (!frame) return;
    struct value raised = realm_take_raised(engine->realm);
    if (frame->chunk->entries[ENTRY_CLEAN] >= 0) {
        frame->output = pipeline_discard();
        enum status status = frame_run(engine, frame, frame->chunk->entries[ENTRY_CLEAN]);
        if (status == STATUS_ERROR) {
            struct value record = realm_take_raised(engine->realm);
            error_remember(engine, record);
            if (error_write(engine, frame, record) != STATUS_OK) value_release(realm_take_raised(engine->realm));
        }
    }
    call->state = NULL;
    if (call->command->class_of == &dotted_class && frame->owns_scope) scope_copy_out(engine, &frame->own);
    if (engine->global.slots == frame->registers) scope_give_back(engine);
    frame_free(engine, frame);
    engine->realm->raised = raised;
}

const struct command_class function_class = {function_begin, function_process, function_end, function_clean};
const struct command_class dotted_class = {dotted_begin, function_process, function_end, function_clean};
const struct command_class program_class = {program_begin, function_process, function_end, function_clean};

struct command *command_of_block(struct engine *engine, struct value v, struct text name, enum command_kind kind) {
    struct block *block = block_of(v);
    struct command *command = command_new(kind, engine->realm, name);
    command->class_of = &function_class;
    command->block = value_keep(v);
    command->signature = function_signature(engine, block->chunk);
    return command;
}

void function_define(struct engine *engine, struct scope *scope, name_id name, struct command *command) {
    struct command *old = name_table_get(&scope->functions, name);
    name_table_put(&scope->functions, name, command);
    command_release(old);
    engine->epoch++;
}
