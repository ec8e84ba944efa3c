#include "engine_private.h"

#include "m365sh/limits.h"

static size_t frame_size(const struct chunk *chunk) {
    return sizeof(struct frame) + chunk->register_count * sizeof(struct value);
}

static struct frame *open_frame(struct engine *engine, void *memory, struct chunk *chunk) {
    struct frame *frame = memory;
    memset(frame, 0, frame_size(chunk));
    frame->registers = (struct value *)(frame + 1);
    frame->chunk = chunk_keep(chunk);
    frame->scope = &engine->global;
    frame->streams = engine->frame ? engine->frame->streams : engine->streams;
    return frame;
}

static enum status too_deep(struct engine *engine) {
    return realm_raise(engine->realm, "System.Management.Automation.ScriptCallDepthException", "CallDepthOverflow", ERROR_INVALID_OPERATION,
                       "Calls are nested too deeply. A function or block probably calls itself without an end.");
}

struct frame *frame_push(struct engine *engine, struct chunk *chunk) {
    size_t size = frame_size(chunk);
    uint32_t depth = engine->frame ? engine->frame->depth + 1 : 0;
    if ((size_t)(engine->stack_end - engine->stack_next) < size || realm_stack_low(engine->realm) || depth > LIMIT_CALL_DEPTH) {
        too_deep(engine);
        return NULL;
    }
    struct frame *frame = open_frame(engine, engine->stack_next, chunk);
    engine->stack_next += (size + 15) & ~(size_t)15;
    frame->caller = engine->frame;
    frame->depth = depth;
    engine->frame = frame;
    return frame;
}

struct frame *frame_new(struct engine *engine, struct chunk *chunk) {
    struct frame *frame = open_frame(engine, alloc_bytes(frame_size(chunk)), chunk);
    frame->is_heap = true;
    return frame;
}

void frame_own_scope(struct engine *engine, struct frame *frame, struct scope *parent) {
    (void)engine;
    scope_open(&frame->own, parent, frame->chunk, frame->registers);
    frame->scope = &frame->own;
    frame->owns_scope = true;
}

void frame_clear(struct engine *engine, struct frame *frame) {
    struct value *registers = frame->registers;
    for (uint32_t i = 0; i < frame->chunk->register_count; i++) {
        if (!value_is_counted(registers[i])) continue;
        struct value old = registers[i];
        registers[i].kind = VALUE_UNSET;
        value_release(old);
    }
    if (frame->owns_scope) scope_close(engine, &frame->own);
    value_release(frame->args);
    value_release(frame->input);
    value_release(frame->this_object);
    value_release(frame->bound);
    value_release(frame->result);
    value_release(frame->last_item);
    value_release(frame->initial);
    value_release(frame->passing_error);
    if (frame->command) command_release(frame->command);
    if (frame->saves_underscore) value_set_take(&engine->underscore, frame->saved_underscore);
    if (frame->chunk->flags & CHUNK_USES_OFS) {
        struct value *separator = scope_lookup(engine, frame->caller ? frame->caller->scope : &engine->global, intern_name(engine->realm->names, TEXT("OFS")));
        value_set(&engine->realm->output_separator, separator ? *separator : VALUE_UNSET_INIT);
    }
}

void frame_pop(struct engine *engine, struct frame *frame) {
    frame_clear(engine, frame);
    struct chunk *chunk = frame->chunk;
    engine->frame = frame->caller;
    engine->stack_next = (char *)frame;
    chunk_release(chunk);
}

void frame_free(struct engine *engine, struct frame *frame) {
    frame_clear(engine, frame);
    chunk_release(frame->chunk);
    alloc_free(frame);
}

enum status frame_run(struct engine *engine, struct frame *frame, int32_t entry) {
    if (entry < 0) return STATUS_OK;
    if (realm_stack_low(engine->realm)) return too_deep(engine);
    struct frame *outer = engine->frame;
    if (frame != outer) frame->caller = outer;
    engine->frame = frame;
    frame->pc = frame->chunk->code + entry;
    frame->is_base = true;
    enum status status = dispatch_run(engine, frame);
    engine->frame = frame == outer ? frame : outer;
    return status;
}
