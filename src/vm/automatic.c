/* Variables that the engine makes when they are read, and the drives env: function: alias: variable:. */
#include "engine_private.h"

#include <stdlib.h>

/* Blocks that run in a caller's scope belong to the function or script that owns it. */
struct frame *frame_function(struct engine *engine, struct frame *frame) {
    (void)engine;
    struct scope *scope = frame->scope;
    struct frame *program = frame;
    for (struct frame *at = frame; at; at = at->caller) {
        if (at->owns_scope ? &at->own == scope : at->scope == scope && at->call) return at;
        if (at->scope == scope && at->chunk->kind == CHUNK_SCRIPT) program = at;
    }
    return program;
}

/* Parameters in the order in which they were bound; -1 behind the last. */
static int next_bound(const struct binding *binding, int64_t *turn) {
    int found = -1;
    for (uint32_t i = 0; i < binding->signature->count; i++) {
        if (binding->values[i].kind == VALUE_UNSET || binding->how[i] == BOUND_NOT || binding->turn[i] <= *turn) continue;
        if (found < 0 || binding->turn[i] < binding->turn[found]) found = (int)i;
    }
    if (found >= 0) *turn = binding->turn[found];
    return found;
}

struct value bound_parameters(struct engine *engine, struct frame *frame) {
    struct realm *realm = engine->realm;
    if (frame->bound.kind == VALUE_TABLE) return value_keep(frame->bound);
    struct value table = table_new(realm, TABLE_DICTIONARY, true, type_find(realm, TEXT("System.Management.Automation.PSBoundParametersDictionary")));
    if (frame->call) {
        const struct signature *signature = frame->call->binding.signature;
        int64_t turn = 0;
        for (int index; (index = next_bound(&frame->call->binding, &turn)) >= 0;) {
            struct value key = string_new(signature->parameters[index].spelling);
            table_put(table, key, frame->call->binding.values[index]);
            value_release(key);
        }
    }
    if (!frame->call || !frame->call->has_input) frame->bound = value_keep(table);
    return table;
}

struct value invocation_info(struct engine *engine, struct frame *frame) {
    struct realm *realm = engine->realm;
    struct span span = {0, 0};
    struct chunk *chunk = frame->caller ? frame->caller->chunk : frame->chunk;
    if (frame->caller) span = chunk->spans[frame->caller->pc - chunk->code];
    if (frame->call && frame->call->call_site == chunk) span = (struct span){frame->call->position.start, frame->call->position.end};
    struct value info = error_chunk_position(engine, chunk, span);
    struct text name = frame->command ? frame->command->spelling : TEXT_NONE;
    bool is_script = frame->chunk->kind == CHUNK_SCRIPT;
    struct text file = source_name(frame->chunk->source);
    value_set_take(object_find_text(realm, info, TEXT("MyCommand")), command_object(engine, frame->command, frame->chunk));
    value_set_take(object_find_text(realm, info, TEXT("BoundParameters")), bound_parameters(engine, frame));
    value_set_take(object_find_text(realm, info, TEXT("UnboundArguments")), frame->args.kind == VALUE_ARRAY ? value_keep(frame->args) : array_new(realm, NULL, 0));
    struct text called = frame->call ? frame->call->called_as : is_script ? file : frame->site && frame->site->invocation == INVOKE_CALL ? TEXT("&") : name;
    value_set_take(object_find_text(realm, info, TEXT("InvocationName")), string_new(called));
    value_set_take(object_find_text(realm, info, TEXT("ExpectingInput")), value_bool(frame->call && frame->call->has_input));
    return info;
}

static struct value script_path(struct frame *frame, bool folder) {
    for (; frame; frame = frame->caller) {
        struct text name = source_name(frame->chunk->source);
        if (!name.length || name.start[0] != '/') continue;
        return string_new(folder ? path_parent(name) : name);
    }
    return string_empty();
}

static struct value own_script_path(struct frame *frame, bool folder) {
    struct text name = source_name(frame->chunk->source);
    if (name.length && name.start[0] == '/') return string_new(folder ? path_parent(name) : name);
    return script_path(frame->caller, folder);
}

static struct value folder_object(struct engine *engine) {
    struct realm *realm = engine->realm;
    struct host *host = engine->host;
    struct value path = string_new(host->folder ? host->folder(host) : TEXT("/"));
    struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.PathInfo")), 4);
    object_add(realm, object, TEXT("Drive"), MEMBER_PROPERTY, value_null());
    object_add(realm, object, TEXT("Provider"), MEMBER_PROPERTY, value_null());
    object_add(realm, object, TEXT("ProviderPath"), MEMBER_PROPERTY, path);
    object_add(realm, object, TEXT("Path"), MEMBER_PROPERTY, path);
    value_release(path);
    return object;
}

/* $input is an enumerator: what has been read is gone. Advanced functions have a list of it. */
static enum status input_of(struct engine *engine, struct frame *frame, struct value *out) {
    struct realm *realm = engine->realm;
    struct frame *owner = frame->input.kind != VALUE_UNSET ? frame : frame_function(engine, frame);
    bool has_item = owner->call && owner->call->has_input && owner->call->input.kind != VALUE_UNSET && owner->chunk->flags & CHUNK_NAMED_BLOCKS;
    if (owner->input.kind != VALUE_UNSET && owner->input.kind != VALUE_ARRAY) {
        *out = value_keep(owner->input);
        return STATUS_OK;
    }
    bool is_advanced = owner->call && owner->call->binding.signature && owner->call->binding.signature->is_advanced;
    if (is_advanced && owner->input.kind == VALUE_ARRAY) {
        *out = value_keep(owner->input);
        return STATUS_OK;
    }
    struct value list = owner->input.kind == VALUE_ARRAY ? value_keep(owner->input)
                        : has_item                       ? array_of(realm, &owner->call->input, 1)
                                                         : array_new(realm, NULL, 0);
    if (is_advanced) {
        *out = list;
        return STATUS_OK;
    }
    enum status status = member_call(realm, list, intern_name(realm->names, TEXT("GetEnumerator")), NULL, 0, out);
    value_release(list);
    if (status == STATUS_OK && owner->input.kind == VALUE_ARRAY) value_set(&owner->input, *out);
    return status;
}

static struct value this_of(struct frame *frame) {
    for (; frame; frame = frame->caller) {
        if (frame->this_object.kind != VALUE_UNSET) return value_keep(frame->this_object);
        if (frame->chunk->kind != CHUNK_BLOCK && frame->chunk->kind != CHUNK_METHOD) break;
    }
    return value_null();
}

static struct value args_of(struct engine *engine, struct frame *frame) {
    if (frame->args.kind == VALUE_ARRAY) return value_keep(frame->args);
    struct frame *owner = frame_function(engine, frame);
    return owner->args.kind == VALUE_ARRAY ? value_keep(owner->args) : array_new(engine->realm, NULL, 0);
}

enum status automatic_get(struct engine *engine, struct frame *frame, uint16_t which, struct value *out) {
    struct frame *owner = frame_function(engine, frame);
    switch (which) {
    case AUTOMATIC_ARGS: *out = args_of(engine, frame); break;
    case AUTOMATIC_INPUT: return input_of(engine, frame, out);
    case AUTOMATIC_THIS: *out = this_of(frame); break;
    case AUTOMATIC_BOUND: *out = bound_parameters(engine, owner); break;
    case AUTOMATIC_MY_INVOCATION: *out = invocation_info(engine, owner); break;
    case AUTOMATIC_CMDLET: *out = cmdlet_object(engine, owner); break;
    case AUTOMATIC_SCRIPT_ROOT: *out = own_script_path(frame, true); break;
    case AUTOMATIC_COMMAND_PATH: *out = own_script_path(frame, false); break;
    case AUTOMATIC_SUCCEEDED: *out = value_bool(engine->succeeded); break;
    case AUTOMATIC_FOLDER: *out = folder_object(engine); break;
    case AUTOMATIC_CONTEXT: *out = intrinsics_object(engine); break;
    case AUTOMATIC_STACK: *out = string_empty(); break;
    default: *out = value_null(); break;
    }
    return STATUS_OK;
}

static const struct { const char *name; enum automatic which; } names[] = {
    {"true", AUTOMATIC_TRUE}, {"false", AUTOMATIC_FALSE}, {"null", AUTOMATIC_NULL}, {"_", AUTOMATIC_UNDERSCORE}, {"PSItem", AUTOMATIC_UNDERSCORE},
    {"PWD", AUTOMATIC_FOLDER}, {"?", AUTOMATIC_SUCCEEDED}, {"PSScriptRoot", AUTOMATIC_SCRIPT_ROOT}, {"PSCommandPath", AUTOMATIC_COMMAND_PATH},
    {"MyInvocation", AUTOMATIC_MY_INVOCATION}, {"PSBoundParameters", AUTOMATIC_BOUND}, {"args", AUTOMATIC_ARGS}, {"input", AUTOMATIC_INPUT},
    {"this", AUTOMATIC_THIS}, {"PSCmdlet", AUTOMATIC_CMDLET}, {"ExecutionContext", AUTOMATIC_CONTEXT},
};

/* Reached when no variable of that name is there: Get-Variable, "${variable:…}" and nested blocks. */
bool automatic_by_name(struct engine *engine, name_id name, struct value *out) {
    if (!engine->automatic_types.count) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            name_table_put(&engine->automatic_types, intern_name(engine->realm->names, text_of(names[i].name)), (void *)(intptr_t)names[i].which);
    }
    intptr_t which = (intptr_t)name_table_get(&engine->automatic_types, name);
    if (!which) return false;
    if (which == AUTOMATIC_TRUE || which == AUTOMATIC_FALSE) *out = value_bool(which == AUTOMATIC_TRUE);
    else if (which == AUTOMATIC_UNDERSCORE) *out = engine->underscore.kind == VALUE_UNSET ? value_null() : value_keep(engine->underscore);
    else if (which == AUTOMATIC_NULL) *out = value_null();
    else if (!engine->frame && which != AUTOMATIC_FOLDER) *out = value_null();
    else if (automatic_get(engine, engine->frame, (uint16_t)which, out) != STATUS_OK) return false;
    return true;
}
