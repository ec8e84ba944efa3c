/* $PSCmdlet: a handle to the call that a function runs as. */
#include "engine_private.h"

struct cmdlet_handle { struct frame *frame; };
static const struct native_class cmdlet_class = {"System.Management.Automation.PSScriptCmdlet", NULL, NULL};

struct value cmdlet_object(struct engine *engine, struct frame *frame) {
    if (!frame->call || !(frame->chunk->flags & CHUNK_CMDLET_BINDING)) return value_null();
    struct value v = native_new(engine->realm, &cmdlet_class, NULL, sizeof(struct cmdlet_handle));
    ((struct cmdlet_handle *)native_payload(v, &cmdlet_class))->frame = frame;
    return v;
}

/* The call behind the handle while it lasts. */
static struct frame *live_frame(struct engine *engine, struct value v) {
    struct cmdlet_handle *handle = native_payload(v, &cmdlet_class);
    if (!handle) return NULL;
    for (struct frame *frame = engine->frame; frame; frame = frame->caller) {
        if (frame == handle->frame) return frame;
    }
    return NULL;
}

/* The set's name as the attribute spells it. */
static struct text set_spelling(struct engine *engine, const struct chunk *chunk, name_id set) {
    struct text name = intern_text(engine->realm->names, set);
    for (uint32_t i = 0; i < chunk->parameter_count; i++) {
        for (uint32_t k = 0; k < chunk->parameters[i].attribute_count; k++) {
            const struct attribute_site *site = &chunk->parameters[i].attributes[k];
            for (uint32_t j = 0; j < site->argument_count; j++) {
                struct value v = site->arguments[j].value;
                if (v.kind == VALUE_STRING && text_equal_fold(site->arguments[j].name, TEXT("ParameterSetName")) && text_equal_fold(string_text(v), name))
                    return string_text(v);
            }
        }
    }
    return name;
}

bool cmdlet_property(struct engine *engine, struct value v, name_id name, struct value *out) {
    if (!native_payload(v, &cmdlet_class)) return false;
    struct frame *frame = live_frame(engine, v);
    struct text text = intern_text(engine->realm->names, name);
    *out = value_null();
    if (!frame) return true;
    if (text_equal_fold(text, TEXT("ParameterSetName"))) {
        name_id set = frame->call->binding.set;
        if (!set) set = frame->call->binding.signature->default_set;
        *out = set ? string_new(set_spelling(engine, frame->chunk, set)) : string_of("__AllParameterSets");
    } else if (text_equal_fold(text, TEXT("MyInvocation"))) {
        *out = invocation_info(engine, frame);
    } else if (text_equal_fold(text, TEXT("CommandRuntime"))) {
        *out = value_keep(v);
    } else if (text_equal_fold(text, TEXT("SessionState"))) {
        *out = intrinsics_session(engine, frame->scope->module);
    } else if (text_equal_fold(text, TEXT("Stopping"))) {
        *out = value_bool(false);
    } else if (text_equal_fold(text, TEXT("CommandOrigin"))) {
        *out = string_of("Internal");
    } else if (text_equal_fold(text, TEXT("InvokeCommand"))) {
        *out = intrinsics_invoke(engine, frame->scope->module);
    } else {
        return false;
    }
    return true;
}

static struct text argument_text(struct value *held, struct realm *realm, const struct value *arguments, uint32_t count, uint32_t index) {
    *held = index < count ? convert_text(realm, arguments[index]) : string_empty();
    return string_text(*held);
}

/* "record,function" as PowerShell completes the id of a record that a function reports. */
static void complete_id(struct engine *engine, struct frame *frame, struct value record) {
    struct value id = error_record_get(record, ERROR_ID);
    if (id.kind == VALUE_STRING && text_find_byte(string_text(id), ',', 0) != TEXT_NOT_FOUND) return;
    struct bytes full = {0};
    if (id.kind == VALUE_STRING) bytes_add_text(&full, string_text(id));
    bytes_add_byte(&full, ',');
    bytes_add_text(&full, frame->call->command->spelling);
    struct value text = string_from_bytes(&full);
    error_record_set(record, ERROR_ID, text);
    value_release(text);
    bytes_free(&full);
    error_record_set_activity(engine->realm, record, frame->call->command->spelling);
}

static enum status should_process(struct engine *engine, struct frame *frame, const struct value *arguments, uint32_t count, struct value *out) {
    struct value target, action;
    argument_text(&target, engine->realm, arguments, count, 0);
    argument_text(&action, engine->realm, arguments, count, 1);
    struct text verb = count > 1 ? string_text(action) : frame->call->command->spelling;
    bool go_on = false;
    enum status status = invocation_should_process(frame->call, string_text(target), verb, &go_on);
    value_release(target);
    value_release(action);
    *out = value_bool(go_on);
    return status;
}

static enum status write_stream(struct frame *frame, int stream, const struct value *arguments, uint32_t count) {
    return count ? invocation_write(frame->call, stream, arguments[0]) : STATUS_OK;
}

static enum status throw_record(struct engine *engine, struct frame *frame, struct value record) {
    complete_id(engine, frame, record);
    enum status status = error_throw(engine, frame, record);
    engine->fatal = false;
    struct value stack = error_stack(engine);
    struct frame *inner = engine->frame;
    engine->frame = frame->caller ? frame->caller : frame; /* the place is where the function was called */
    error_place(engine, engine->realm->raised, frame->call);
    engine->frame = inner;
    error_record_set(engine->realm->raised, ERROR_STACK_TRACE, stack);
    value_release(stack);
    frame->propagates = true;
    return status;
}

/* GetVariableValue(name) or (name, what to give without it). */
static struct value variable_value(struct engine *engine, const struct value *arguments, uint32_t count) {
    struct value held;
    struct text name = argument_text(&held, engine->realm, arguments, count, 0);
    struct value v = engine->host->variable_get(engine->host, name, SCOPE_CURRENT);
    value_release(held);
    if (v.kind != VALUE_UNSET) return v;
    return count > 1 ? value_keep(arguments[1]) : value_null();
}

bool cmdlet_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out) {
    if (!native_payload(v, &cmdlet_class)) return false;
    struct frame *frame = live_frame(engine, v);
    struct text text = intern_text(engine->realm->names, name);
    *status = STATUS_OK;
    *out = value_void();
    if (!frame) return true;
    if (text_equal_fold(text, TEXT("ShouldProcess"))) *status = should_process(engine, frame, arguments, count, out);
    else if (text_equal_fold(text, TEXT("ShouldContinue"))) *out = value_bool(true);
    else if (text_equal_fold(text, TEXT("GetVariableValue")) && count) *out = variable_value(engine, arguments, count);
    else if (text_equal_fold(text, TEXT("ThrowTerminatingError")) && count) *status = throw_record(engine, frame, arguments[0]);
    else if (text_equal_fold(text, TEXT("WriteError")) && count) {
        complete_id(engine, frame, arguments[0]);
        *status = invocation_error_take(frame->call, value_keep(arguments[0]));
    } else if (text_equal_fold(text, TEXT("WriteObject")) && count) {
        *status = count > 1 && value_truth(arguments[1]) ? invocation_emit_each(frame->call, arguments[0]) : invocation_emit(frame->call, arguments[0]);
    } else if (text_equal_fold(text, TEXT("WriteWarning"))) *status = write_stream(frame, STREAM_WARNING, arguments, count);
    else if (text_equal_fold(text, TEXT("WriteVerbose"))) *status = write_stream(frame, STREAM_VERBOSE, arguments, count);
    else if (text_equal_fold(text, TEXT("WriteDebug"))) *status = write_stream(frame, STREAM_DEBUG, arguments, count);
    else if (text_equal_fold(text, TEXT("WriteInformation"))) *status = write_stream(frame, STREAM_INFORMATION, arguments, count);
    else if (text_equal_fold(text, TEXT("GetUnresolvedProviderPathFromPSPath")) && count) {
        struct value path;
        struct bytes full = {0};
        invocation_path(frame->call, argument_text(&path, engine->realm, arguments, count, 0), &full);
        *out = string_from_bytes(&full);
        bytes_free(&full);
        value_release(path);
    } else return false;
    return true;
}
