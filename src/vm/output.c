#include "engine_private.h"

/* A pair: the value or the array so far, and how many there are. */
void capture_start(struct value *pair) {
    value_release(pair[0]);
    value_release(pair[1]);
    pair[0] = value_void();
    pair[1] = value_int32(0);
}

void capture_add(struct engine *engine, struct value *pair, struct value v) {
    if (v.kind == VALUE_VOID) return;
    v.spare = 0;
    int64_t count = pair[1].integer++;
    if (count == 0) {
        pair[0] = value_keep(v);
        return;
    }
    if (count == 1) {
        struct value array = array_new(engine->realm, NULL, 8);
        array_push_take(array, pair[0]);
        pair[0] = array;
    }
    array_push(pair[0], v);
}

struct value capture_take(struct engine *engine, struct value *pair, bool as_array) {
    struct value v = pair[0];
    int64_t count = pair[1].integer;
    pair[0] = VALUE_UNSET_INIT;
    pair[1] = VALUE_UNSET_INIT;
    if (!as_array || count > 1) return count ? v : value_void();
    struct value array = array_new(engine->realm, NULL, (uint32_t)count);
    if (count) array_push_take(array, v);
    return array;
}

static enum status put(struct engine *engine, struct frame *frame, struct value *pair, struct value v) {
    if (pair) {
        capture_add(engine, pair, v);
        return STATUS_OK;
    }
    return frame->output.emit && v.kind != VALUE_VOID ? frame->output.emit(frame->output.context, v) : STATUS_OK;
}

enum status output_value(struct engine *engine, struct frame *frame, struct value v) {
    return put(engine, frame, frame->capture, v);
}

static enum status put_each(struct engine *engine, struct frame *frame, struct value *pair, struct value v) {
    struct enumeration it;
    enumeration_start(engine->realm, &it, v);
    bool more = false;
    struct value item;
    enum status status;
    while ((status = enumeration_next(engine->realm, &it, &more, &item)) == STATUS_OK && more) {
        struct value held = value_keep(item);
        status = put(engine, frame, pair, held);
        value_release(held);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    return status;
}

enum status output_each(struct engine *engine, struct frame *frame, struct value *pair, struct value v) {
    if (v.kind <= VALUE_STRING || v.kind == VALUE_TABLE) return put(engine, frame, pair, v);
    if (v.kind == VALUE_ARRAY && !array_block(v)->rank_lengths[0] && pair) {
        for (uint32_t i = 0; i < array_count(v); i++) capture_add(engine, pair, array_at(v, i));
        return STATUS_OK;
    }
    if (!convert_is_enumerable(engine->realm, v)) return put(engine, frame, pair, v);
    return put_each(engine, frame, pair, v);
}

static enum status emit_to_target(void *context, struct value v) {
    struct output_target *target = context;
    return put(target->engine, target->frame, target->pair, v);
}

/* The emitter behind a pipeline whose results go where the frame's go, or to a capture. */
struct emitter output_emitter(struct output_target *target) {
    if (!target->pair && target->frame->output.emit) return target->frame->output;
    return (struct emitter){emit_to_target, target};
}
