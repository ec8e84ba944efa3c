#include "engine_private.h"

#include "m365sh/limits.h"
#include "m365sh/source/excerpt.h"

static struct span frame_span(const struct frame *frame) { return frame->chunk->spans[frame->pc - frame->chunk->code]; }

/* The statement around it: what PowerShell's InvocationInfo points at. */
static struct span statement_span(const struct frame *frame) {
    uint32_t pc = (uint32_t)(frame->pc - frame->chunk->code);
    for (uint32_t i = 0; i < frame->chunk->region_count; i++) {
        const struct region *region = &frame->chunk->regions[i];
        if (region->kind == REGION_STATEMENT && pc >= region->start && pc < region->end) return region->span;
    }
    return frame_span(frame);
}

static struct text frame_name(const struct frame *frame) {
    if (frame->chunk->kind == CHUNK_FUNCTION || frame->chunk->kind == CHUNK_FILTER || frame->chunk->kind == CHUNK_METHOD) return frame->chunk->name_text;
    return TEXT("<ScriptBlock>");
}

static struct text frame_file(const struct frame *frame) {
    struct text name = source_name(frame->chunk->source);
    return name.length && name.start[0] == '/' ? name : TEXT("<No file>");
}

struct value error_stack(struct engine *engine) {
    struct bytes text = {0};
    int depth = 0;
    for (struct frame *frame = engine->frame; frame && depth < 100; frame = frame->caller, depth++) {
        uint32_t line, column;
        source_position(frame->chunk->source, frame_span(frame).start, &line, &column);
        bytes_add_format(&text, "%sat %.*s, %.*s: line %u", text.length ? "\n" : "", TEXT_ARGUMENT(frame_name(frame)),
                         TEXT_ARGUMENT(frame_file(frame)), line);
    }
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    return v;
}

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value position_message(struct source *source, struct span span, uint32_t line, uint32_t column) {
    struct bytes text = {0};
    struct text name = source_name(source), shown = source_line(source, line);
    bytes_add_format(&text, "At %.*s:%u char:%u\n+ ", TEXT_ARGUMENT(name.length ? name : TEXT("line")), line, column);
    bytes_add_text(&text, shown);
    bytes_add_string(&text, "\n+ ");
    bytes_add_repeat(&text, ' ', column - 1);
    uint32_t length = span.end > span.start ? span.end - span.start : 1;
    bytes_add_repeat(&text, '~', length > shown.length ? shown.length : length);
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    return v;
}

/* System.Management.Automation.InvocationInfo for a place in a source. */
static struct value place_info(struct engine *engine, struct source *source, struct span span, struct text invocation_name) {
    struct realm *realm = engine->realm;
    struct value info = object_new(realm, type_find(realm, TEXT("System.Management.Automation.InvocationInfo")), 12);
    uint32_t line, column;
    source_position(source, span.start, &line, &column);
    struct text name = source_name(source);
    put(realm, info, "MyCommand", value_null());
    put(realm, info, "BoundParameters", table_new(realm, TABLE_DICTIONARY, true, type_find(realm, TEXT("System.Collections.Generic.Dictionary[string,object]"))));
    put(realm, info, "UnboundArguments", list_new(realm, NULL, 0));
    put(realm, info, "ScriptLineNumber", value_int32((int32_t)line));
    put(realm, info, "OffsetInLine", value_int32((int32_t)column));
    put(realm, info, "HistoryId", value_int64(1));
    put(realm, info, "ScriptName", name.length && name.start[0] == '/' ? string_new(name) : string_empty());
    put(realm, info, "Line", string_format("%.*s\n", TEXT_ARGUMENT(source_line(source, line))));
    put(realm, info, "Statement", string_new(source_slice(source, span)));
    put(realm, info, "PositionMessage", position_message(source, span, line, column));
    put(realm, info, "PSScriptRoot", name.length && name.start[0] == '/' ? string_new(path_parent(name)) : string_empty());
    put(realm, info, "PSCommandPath", name.length && name.start[0] == '/' ? string_new(name) : value_null());
    put(realm, info, "InvocationName", string_new(invocation_name));
    put(realm, info, "PipelineLength", value_int32(1));
    put(realm, info, "PipelinePosition", value_int32(1));
    put(realm, info, "ExpectingInput", value_bool(false));
    return info;
}

struct value error_chunk_position(struct engine *engine, struct chunk *chunk, struct span span) {
    return place_info(engine, chunk->source, span, TEXT_NONE);
}

/* A command that was not found is named by the record's InvocationInfo. */
static void name_unknown_command(struct engine *engine, struct value record, struct value info) {
    struct value id = error_record_get(record, ERROR_ID), target = error_record_get(record, ERROR_TARGET);
    if (id.kind != VALUE_STRING || !text_equal(string_text(id), TEXT("CommandNotFoundException")) || target.kind != VALUE_STRING) return;
    value_set(object_find_text(engine->realm, info, TEXT("InvocationName")), target);
    struct value exception = error_record_get(record, ERROR_EXCEPTION);
    if (exception.kind == VALUE_OBJECT) exception_set(engine->realm, exception, "CommandName", target);
}

/* Where an error arose, for the record: once, by whoever sees it first. */
void error_place(struct engine *engine, struct value record, const struct invocation *call) {
    struct frame *frame = engine->frame;
    if (record.kind != VALUE_OBJECT || !frame || error_record_get(record, ERROR_STACK_TRACE).kind == VALUE_STRING) return;
    struct span span = frame_span(frame);
    if (call && call->call_site == frame->chunk && call->position.end) span = (struct span){call->position.start, call->position.end};
    struct value stack = error_stack(engine);
    error_record_set(record, ERROR_STACK_TRACE, stack);
    value_release(stack);
    struct value info = place_info(engine, frame->chunk->source, call ? span : statement_span(frame), call ? call->called_as : TEXT_NONE);
    bool speaks_for_caller = call && call->command->row && strcmp(call->command->row->name, "Write-Error") == 0;
    if (speaks_for_caller) {
        struct frame *owner = frame_function(engine, frame);
        value_set_take(object_find_text(engine->realm, info, TEXT("MyCommand")), command_object(engine, owner->command, owner->chunk));
    } else if (call && call->command) {
        struct block *block = block_of(call->command->block);
        struct value command = command_object(engine, call->command, block ? block->chunk : NULL);
        struct value *place = object_find_text(engine->realm, info, TEXT("MyCommand"));
        value_set_take(place, command);
    }
    name_unknown_command(engine, record, info);
    error_record_set(record, ERROR_INVOCATION, info);
    value_release(info);
    struct bytes text = {0};
    uint32_t line, column;
    source_position(frame->chunk->source, span.start, &line, &column);
    struct text name = source_name(frame->chunk->source);
    bytes_add_format(&text, "%.*s:%u:%u\n", TEXT_ARGUMENT(name.length ? name : TEXT("line")), line, column);
    excerpt_add(&text, frame->chunk->source, span, 80);
    struct value shown = string_from_bytes(&text);
    error_record_set(record, ERROR_POSITION, shown);
    value_release(shown);
    bytes_free(&text);
}

void error_remember(struct engine *engine, struct value record) {
    if (engine->errors.kind == VALUE_UNSET) return;
    if (array_count(engine->errors) && array_at(engine->errors, 0).counted == record.counted) return;
    array_insert(engine->errors, 0, record);
    if (array_count(engine->errors) > LIMIT_ERROR_HISTORY) array_remove(engine->errors, array_count(engine->errors) - 1, 1);
}

void error_note(struct engine *engine, int stream, const struct invocation *call, struct value v) {
    for (struct frame *frame = engine->frame; frame; frame = frame->caller) {
        struct invocation *function = frame->call ? frame->call : frame->around;
        if (!function || function == call) continue;
        struct value list = stream == STREAM_ERROR         ? function->error_variable
                            : stream == STREAM_WARNING     ? function->warning_variable
                            : stream == STREAM_INFORMATION ? function->information_variable
                                                           : VALUE_UNSET_INIT;
        if (list.kind != VALUE_UNSET) array_push(list, v);
    }
}

enum status error_write(struct engine *engine, struct frame *frame, struct value record) {
    const struct emitter *sink = &frame->streams->sinks[STREAM_ERROR];
    error_note(engine, STREAM_ERROR, NULL, record);
    enum status status = sink->emit ? sink->emit(sink->context, record) : STATUS_OK;
    value_release(record);
    return status;
}

enum action_preference error_preference(struct engine *engine) {
    struct value *v = scope_lookup(engine, scope_current(engine), intern_name(engine->realm->names, TEXT("ErrorActionPreference")));
    enum action_preference action;
    return v && action_preference_read(engine->realm, *v, &action) ? action : ACTION_CONTINUE;
}

/* throw: a record or exception as it is, anything else inside a RuntimeException. */
enum status error_throw(struct engine *engine, struct frame *frame, struct value v) {
    struct realm *realm = engine->realm;
    struct value base = value_base(v), record;
    (void)frame;
    engine->fatal = true;
    if (value_is_error_record(base)) return realm_raise_record_take(realm, value_keep(base));
    if (value_is_exception(base)) {
        /* An exception that was reported before keeps its record's id. */
        for (uint32_t i = 0; i < array_count(engine->errors) && i < 16; i++) {
            struct value old = array_at(engine->errors, i);
            if (!value_is_error_record(old) || error_record_get(old, ERROR_EXCEPTION).counted != base.counted) continue;
            struct value old_id = error_record_get(old, ERROR_ID);
            record = error_record_new(realm, base, old_id.kind == VALUE_STRING ? string_text(old_id) : TEXT_NONE, error_record_category(old), error_record_get(old, ERROR_TARGET));
            return realm_raise_record_take(realm, record);
        }
        struct value message = exception_message(base);
        struct text id = message.kind == VALUE_STRING ? string_text(message) : TEXT_NONE;
        record = error_record_new(realm, base, id, ERROR_OPERATION_STOPPED, value_null());
        return realm_raise_record_take(realm, record);
    }
    struct value text = value_is_nothing(v) ? string_of("ScriptHalted") : convert_text(realm, v);
    struct value exception = exception_new(realm, "RuntimeException", string_text(text), VALUE_UNSET_INIT);
    record = error_record_new(realm, exception, string_text(text), ERROR_OPERATION_STOPPED, v.kind == VALUE_UNSET ? value_null() : v);
    value_release(exception);
    value_release(text);
    return realm_raise_record_take(realm, record);
}

static bool exception_matches(struct engine *engine, struct value exception, struct text name) {
    const struct type *wanted = type_resolve(engine, name);
    const struct type *type = type_of(engine->realm, exception);
    if (wanted && type && type_is(type, wanted)) return true;
    struct text own = exception_type_name(exception);
    if (text_equal_fold(own, name)) return true;
    return wanted && text_equal_fold(own, text_of(wanted->full_name));
}

bool error_matches(struct engine *engine, struct value exception, const struct text *types, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (exception_matches(engine, exception, types[i])) return true;
    }
    return false;
}
