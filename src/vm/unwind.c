#include "engine_private.h"

static bool covers(const struct region *region, uint32_t pc) { return pc >= region->start && pc < region->end; }

static uint32_t pc_of(const struct frame *frame) { return (uint32_t)(frame->pc - frame->chunk->code); }

/* Does a try or trap stand around, in this frame behind region `from` or in the frames that called? */
static const struct frame *find_encloser(const struct frame *frame, uint32_t from) {
    for (; frame; frame = frame->caller, from = 0) {
        uint32_t pc = pc_of(frame);
        for (uint32_t i = from; i < frame->chunk->region_count; i++) {
            const struct region *region = &frame->chunk->regions[i];
            if (!covers(region, pc)) continue;
            if (region->kind == REGION_CATCH || region->kind == REGION_FINALLY || (region->kind == REGION_TRAP && !frame->traps_running)) return frame;
        }
        if (frame->propagates) return frame;
    }
    return NULL;
}

static bool is_enclosed(struct engine *engine, const struct frame *frame, uint32_t from) {
    const struct counted *error = engine->realm->raised.counted;
    if (engine->encloser && engine->enclosed == error && frame != engine->encloser) return true;
    engine->encloser = find_encloser(frame, from);
    engine->enclosed = error;
    return engine->encloser != NULL;
}

static void empty_temporaries(struct frame *frame, uint16_t from) {
    for (uint32_t i = from; i < frame->chunk->register_count; i++) {
        struct value v = frame->registers[i];
        frame->registers[i] = VALUE_UNSET_INIT;
        value_release(v);
    }
}

static void go_to(struct frame *frame, const struct region *region, uint32_t pc) {
    empty_temporaries(frame, region->temporaries);
    frame->pc = frame->chunk->code + pc;
}

static bool was_promoted(const struct engine *engine) {
    return engine->written.kind != VALUE_UNSET && engine->realm->raised.counted == engine->written.counted;
}

/* An error ends only its statement unless it was thrown, promoted by Stop, or somebody further out handles it. */
static bool resume_statement(struct engine *engine, struct frame *frame, const struct region *region, uint32_t index) {
    if (is_enclosed(engine, frame, index + 1)) return false;
    enum action_preference preference = error_preference(engine);
    bool quiet = preference == ACTION_SILENT || preference == ACTION_IGNORE;
    if (preference == ACTION_STOP || ((engine->fatal || was_promoted(engine)) && !quiet)) {
        engine->fatal = true;
        return false;
    }
    struct value record = realm_take_raised(engine->realm);
    if (preference != ACTION_IGNORE) error_remember(engine, record);
    engine->fatal = false;
    value_set_take(&engine->written, VALUE_UNSET_INIT);
    engine->encloser = NULL;
    engine->succeeded = false;
    if (!quiet && error_write(engine, frame, record) == STATUS_ERROR) return false;
    if (quiet) value_release(record);
    /* An assignment that failed leaves its variable set here, to null if it was not. */
    if (region->other && frame->registers[region->other - 1].kind == VALUE_UNSET) frame->registers[region->other - 1].kind = VALUE_NULL;
    go_to(frame, region, region->end);
    return true;
}

/* The clause for an error: for its exception, then for those inside it, one after the other. */
static const struct catch_clause *find_clause(struct engine *engine, const struct frame *frame, const struct region *region, struct value *matched) {
    struct value chain[8];
    uint32_t length = 0;
    for (struct value exception = error_record_get(engine->realm->raised, ERROR_EXCEPTION); exception.kind == VALUE_OBJECT && length < 8;) {
        chain[length++] = exception;
        struct value *inner = object_find_text(engine->realm, exception, TEXT("InnerException"));
        exception = inner ? *inner : value_null();
    }
    if (!length) return NULL;
    /* A RuntimeException is but a wrapper: what it holds is asked first. */
    bool wrapped = length > 1 && text_equal(exception_type_name(chain[0]), TEXT("System.Management.Automation.RuntimeException"));
    struct value outer = chain[0];
    if (wrapped) {
        chain[0] = chain[1];
        chain[1] = outer;
    }
    for (uint32_t depth = 0; depth < length; depth++) {
        for (uint32_t i = 0; i < region->catch_count; i++) {
            const struct catch_clause *clause = &frame->chunk->catches[region->first_catch + i];
            if (!clause->type_count || !error_matches(engine, chain[depth], clause->types, clause->type_count)) continue;
            *matched = chain[depth].counted == outer.counted ? VALUE_UNSET_INIT : chain[depth];
            return clause;
        }
    }
    *matched = VALUE_UNSET_INIT;
    for (uint32_t i = 0; i < region->catch_count; i++) {
        const struct catch_clause *clause = &frame->chunk->catches[region->first_catch + i];
        if (!clause->type_count) return clause;
    }
    return NULL;
}

/* A clause for an inner exception sees a record of that one. */
static struct value record_of_inner(struct engine *engine, struct value record, struct value exception) {
    struct value id = error_record_get(record, ERROR_ID);
    struct value made = error_record_new(engine->realm, exception, id.kind == VALUE_STRING ? string_text(id) : TEXT_NONE, error_record_category(record),
                                         error_record_get(record, ERROR_TARGET));
    error_record_set(made, ERROR_STACK_TRACE, error_record_get(record, ERROR_STACK_TRACE));
    error_record_set(made, ERROR_INVOCATION, error_record_get(record, ERROR_INVOCATION));
    error_record_set(made, ERROR_POSITION, error_record_get(record, ERROR_POSITION));
    value_release(record);
    return made;
}

static bool enter_catch(struct engine *engine, struct frame *frame, const struct region *region) {
    struct value inner;
    const struct catch_clause *clause = find_clause(engine, frame, region, &inner);
    if (clause) {
        struct value record = realm_take_raised(engine->realm);
        if (inner.kind != VALUE_UNSET) record = record_of_inner(engine, record, inner);
        engine->fatal = false;
        value_set_take(&engine->written, VALUE_UNSET_INIT);
        engine->encloser = NULL;
        engine->succeeded = false;
        error_note(engine, STREAM_ERROR, NULL, record);
        error_remember(engine, record);
        go_to(frame, region, clause->handler);
        value_set_take(&frame->registers[region->pending], record);
        return true;
    }
    return false;
}

static bool enter_finally(struct engine *engine, struct frame *frame, const struct region *region, enum status status) {
    go_to(frame, region, region->handler);
    struct value *pair = &frame->registers[region->pending];
    value_release(pair[0]);
    pair[0] = VALUE_UNSET_INIT;
    pair[1] = value_int32((int32_t)status);
    if (status == STATUS_ERROR) {
        pair[0] = realm_take_raised(engine->realm);
        pair[0].small = engine->fatal || (engine->written.kind != VALUE_UNSET && pair[0].counted == engine->written.counted);
        engine->fatal = false;
    } else if (status == STATUS_BREAK || status == STATUS_CONTINUE) {
        pair[0] = value_int64(engine->realm->jump_label);
    }
    return true;
}

static enum status run_trap(struct engine *engine, struct frame *frame, struct chunk *chunk, struct value record) {
    struct frame *trap = frame_push(engine, chunk);
    if (!trap) return STATUS_ERROR;
    trap->scope = frame->scope;
    trap->capture = frame->capture;
    trap->output = frame->output;
    trap->streams = frame->streams;
    trap->propagates = true; /* an error in a trap ends the block */
    struct value saved = engine->underscore;
    engine->underscore = value_keep(record);
    frame->traps_running = true;
    enum status status = frame_run(engine, trap, chunk->entries[ENTRY_END]);
    frame->traps_running = false;
    frame_pop(engine, trap);
    value_set_take(&engine->underscore, saved);
    return status;
}

/* The statement of the trap's own block in which the error arose: the last one before the trap's region. */
static const struct region *trapped_statement(const struct frame *frame, uint32_t index) {
    uint32_t pc = pc_of(frame);
    while (index-- > 0) {
        const struct region *region = &frame->chunk->regions[index];
        if (region->kind == REGION_STATEMENT && covers(region, pc)) return region;
    }
    return NULL;
}

static bool enter_trap(struct engine *engine, struct frame *frame, const struct region *region, uint32_t index, enum status *status) {
    struct value inner;
    const struct catch_clause *clause = find_clause(engine, frame, region, &inner);
    const struct region *statement = trapped_statement(frame, index);
    if (!clause || !statement || frame->traps_running) return false;
    struct value record = realm_take_raised(engine->realm);
    error_remember(engine, record);
    engine->fatal = false;
    value_set_take(&engine->written, VALUE_UNSET_INIT);
    enum status ended = run_trap(engine, frame, frame->chunk->nested[clause->handler], record);
    if (ended == STATUS_OK || ended == STATUS_CONTINUE) {
        if (ended == STATUS_OK) ended = error_write(engine, frame, record);
        else value_release(record);
        engine->succeeded = false;
        go_to(frame, statement, statement->end);
        return true;
    }
    if (ended == STATUS_BREAK) {
        engine->fatal = true;
        realm_raise_record_take(engine->realm, record);
        return false;
    }
    value_release(record);
    *status = ended;
    return false;
}

static bool jump_matches(struct engine *engine, const struct region *region, enum status status) {
    if (status != STATUS_BREAK && status != STATUS_CONTINUE) return false;
    return !engine->realm->jump_label || engine->realm->jump_label == region->label;
}

bool unwind_frame(struct engine *engine, struct frame *frame, enum status *status) {
    uint32_t pc = pc_of(frame);
    if (*status == STATUS_ERROR) error_place(engine, engine->realm->raised, NULL);
    for (uint32_t i = 0; i < frame->chunk->region_count; i++) {
        const struct region *region = &frame->chunk->regions[i];
        if (!covers(region, pc)) continue;
        bool error = *status == STATUS_ERROR;
        switch (region->kind) {
        case REGION_STATEMENT:
            if (error && resume_statement(engine, frame, region, i)) return true;
            break;
        case REGION_CATCH:
            if (error && enter_catch(engine, frame, region)) return true;
            break;
        case REGION_FINALLY: return enter_finally(engine, frame, region, *status);
        case REGION_TRAP:
            if (error && enter_trap(engine, frame, region, i, status)) return true;
            break;
        default:
            if (!jump_matches(engine, region, *status)) break;
            go_to(frame, region, *status == STATUS_BREAK ? region->handler : region->other);
            return true;
        }
    }
    if (engine->encloser == frame) engine->encloser = NULL; /* it is left: who is next must be asked anew */
    return false;
}
