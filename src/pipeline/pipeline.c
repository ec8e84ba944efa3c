#include "pipeline_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/array.h"

static enum status push_to_stage(void *context, struct value v);
static enum status push_to_outer(void *context, struct value v);

/* The pipeline's last output: a stop there stops everything. */
static enum status push_to_outer(void *context, struct value v) {
    struct running_pipeline *pipeline = context;
    if (pipeline->sink_stopped) return STATUS_STOP;
    const struct emitter *sink = &pipeline->outer.sinks[STREAM_OUTPUT];
    if (!sink->emit) return STATUS_OK;
    enum status status = sink->emit(sink->context, v);
    if (status == STATUS_STOP) pipeline->sink_stopped = true;
    return status;
}

static bool nobody_behind(const struct running_stage *stage) {
    const struct running_pipeline *pipeline = stage->pipeline;
    if (stage->index + 1 == pipeline->count) return pipeline->sink_stopped;
    return pipeline->stages[stage->index + 1].wants_no_more;
}

/* What a stage answered; an error that only passes through a cmdlet is told so. */
static enum status answered(struct invocation *call, enum status status) {
    if (__builtin_expect(status != STATUS_ERROR, 1) || !call->host || !call->host->error_passes || call->realm->raised.kind != VALUE_OBJECT) return status;
    if (call->command->row || (call->command->signature && call->command->signature->is_advanced))
        call->host->error_passes(call->host, call, call->realm->raised);
    return status;
}

static enum status begin_stage(struct running_stage *stage) {
    stage->begun = true;
    enum status status = stage->call.command->class_of->begin ? answered(&stage->call, stage->call.command->class_of->begin(&stage->call)) : STATUS_OK;
    if (status != STATUS_STOP) return status;
    stage->wants_no_more = true;
    return STATUS_OK;
}

/* One item through one stage. A stage that answers STOP of its own accord (Select-Object -First) is marked: those before
 * it end without their end block, those behind it run theirs. */
static enum status process_item(struct running_stage *stage, struct value item) {
    struct invocation *call = &stage->call;
    enum status status = STATUS_OK;
    if (__builtin_expect(!stage->begun, 0)) { /* the stage before emits from its own begin */
        status = begin_stage(stage);
        if (status != STATUS_OK || stage->wants_no_more) return status == STATUS_OK ? STATUS_STOP : status;
    }
    call->item_number++;
    call->input = item;
    if (call->has_input) {
        status = bind_input(call->realm, call->host, call->command, &call->binding, item);
        if (status == STATUS_ERROR) return invocation_error_raised(call);
    }
    if (status == STATUS_OK) status = answered(call, call->command->class_of->process(call));
    if (status == STATUS_STOP) stage->wants_no_more = true;
    return status;
}

static enum status push_to_stage(void *context, struct value v) {
    struct running_stage *stage = context;
    if (stage->wants_no_more) return STATUS_STOP;
    if (__builtin_expect(stage->index > 0 && stage->pipeline->stages[stage->index - 1].call.pipeline_variable != NULL, 0)) {
        enum status status = preference_publish(&stage->pipeline->stages[stage->index - 1], v);
        if (status != STATUS_OK) return status;
    }
    if (__builtin_expect(realm_stack_low(stage->call.realm), 0))
        return realm_raise(stage->call.realm, "System.InsufficientExecutionStackException", "CallDepthOverflow", ERROR_INVALID_OPERATION,
                           "Calls are nested too deeply. A pipeline or function probably calls itself without an end.");
    return process_item(stage, v);
}

/* The last stage writes to the terminal's own emitter where that is its sink, so that a program can see it and write
 * there itself. */
static struct emitter last_output(struct running_pipeline *pipeline) {
    const struct emitter *sink = &pipeline->outer.sinks[STREAM_OUTPUT];
    bool terminal = pipeline->host && sink->emit && sink->emit == pipeline->host->terminal.emit;
    return terminal ? *sink : (struct emitter){push_to_outer, pipeline};
}

static void connect_stage(struct running_pipeline *pipeline, uint32_t index) {
    struct running_stage *stage = &pipeline->stages[index];
    stage->call.streams = pipeline->outer;
    stage->call.streams.sinks[STREAM_OUTPUT] = index + 1 == pipeline->count
                                                   ? last_output(pipeline)
                                                   : (struct emitter){push_to_stage, &pipeline->stages[index + 1]};
}

static enum status bind_stage(struct running_pipeline *pipeline, uint32_t index, const struct stage *given) {
    struct running_stage *stage = &pipeline->stages[index];
    struct invocation *call = &stage->call;
    stage->pipeline = pipeline;
    stage->index = index;
    call->realm = pipeline->realm;
    call->host = pipeline->host;
    call->command = command_keep(given->command);
    call->called_as = given->called_as;
    call->has_input = index > 0 || pipeline->expects_input;
    call->position.start = given->span_start;
    call->position.end = given->span_end;
    call->call_site = given->call_site;
    connect_stage(pipeline, index);
    enum status status = bind_arguments(call->realm, call->host, call->command, given->arguments, given->argument_count,
                                        call->has_input, &call->binding);
    if (status == STATUS_OK) status = preference_read(stage);
    else if (status == STATUS_ERROR && call->host && call->host->error_place) call->host->error_place(call->host, call, call->realm->raised);
    if (status == STATUS_OK) status = redirect_apply(stage, given->redirections);
    return status;
}

static enum status begin_stages(struct running_pipeline *pipeline) {
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < pipeline->count && status == STATUS_OK; i++)
        if (!pipeline->stages[i].begun) status = begin_stage(&pipeline->stages[i]);
    return status;
}

enum status pipeline_open(struct realm *realm, struct host *host, const struct stage *stages, uint32_t count, bool expects_input,
                          const struct stream_set *streams, struct running_pipeline **out) {
    struct running_pipeline *pipeline = alloc_zeroed(1, sizeof *pipeline + count * sizeof *pipeline->stages);
    pipeline->realm = realm;
    pipeline->host = host;
    pipeline->count = count;
    pipeline->expects_input = expects_input;
    pipeline->outer = *streams;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) status = bind_stage(pipeline, i, &stages[i]);
    if (status == STATUS_OK) status = begin_stages(pipeline);
    if (status != STATUS_OK) {
        bool succeeded;
        return pipeline_close(pipeline, status, &succeeded);
    }
    *out = pipeline;
    return STATUS_OK;
}

enum status pipeline_push(struct running_pipeline *pipeline, struct value item) {
    return push_to_stage(&pipeline->stages[0], item);
}

/* End blocks from first to last; a stage whose later stages want no more is passed over. */
static enum status end_stages(struct running_pipeline *pipeline) {
    uint32_t first = 0;
    for (uint32_t i = 0; i < pipeline->count; i++) {
        if (pipeline->stages[i].wants_no_more && !nobody_behind(&pipeline->stages[i])) first = i;
    }
    for (uint32_t i = first; i < pipeline->count; i++) {
        struct running_stage *stage = &pipeline->stages[i];
        if (nobody_behind(stage) && stage->wants_no_more) continue;
        stage->call.input = VALUE_UNSET_INIT;
        const struct command_class *class_of = stage->call.command->class_of;
        enum status status = class_of->end ? answered(&stage->call, class_of->end(&stage->call)) : STATUS_OK;
        if (status != STATUS_OK && status != STATUS_STOP) return status;
    }
    return STATUS_OK;
}

/* Clean must not lose the error that brought it about. */
static void clean_stages(struct running_pipeline *pipeline, bool *succeeded) {
    struct value raised = pipeline->realm->raised;
    pipeline->realm->raised = VALUE_UNSET_INIT;
    for (uint32_t i = 0; i < pipeline->count; i++) {
        struct running_stage *stage = &pipeline->stages[i];
        if (!stage->call.command) continue;
        if (stage->begun && stage->call.command->class_of->clean) stage->call.command->class_of->clean(&stage->call);
        if (stage->call.had_error) *succeeded = false;
        preference_write(stage);
        binding_free(&stage->call.binding);
        command_release(stage->call.command);
    }
    if (raised.kind != VALUE_UNSET) value_set_take(&pipeline->realm->raised, raised);
}

enum status pipeline_close(struct running_pipeline *pipeline, enum status so_far, bool *succeeded) {
    *succeeded = true;
    bool stopped = so_far == STATUS_STOP;
    if (so_far == STATUS_OK || stopped) so_far = end_stages(pipeline);
    for (uint32_t i = 0; i < pipeline->count; i++) so_far = redirect_close(&pipeline->stages[i], so_far);
    clean_stages(pipeline, succeeded);
    if (so_far == STATUS_OK && pipeline->sink_stopped) so_far = STATUS_STOP;
    if (so_far == STATUS_ERROR) *succeeded = false;
    alloc_free(pipeline);
    return so_far;
}

/* A collection that changed while the pipeline drew from it. */
static enum status raise_enumeration(struct realm *realm) {
    struct value raised = realm_take_raised(realm), cause = error_record_get(raised, ERROR_EXCEPTION);
    struct value exception = exception_new(realm, "RuntimeException", TEXT("The collection was changed while its items went through the pipeline."), cause);
    struct value record = error_record_new(realm, exception, TEXT("BadEnumeration"), ERROR_INVALID_OPERATION, value_null());
    value_release(exception);
    value_release(raised);
    return realm_raise_record_take(realm, record);
}

static enum status feed_value(struct running_pipeline *pipeline, struct value source) {
    struct emitter first = {push_to_stage, &pipeline->stages[0]};
    if (source.kind == VALUE_VOID) return STATUS_OK;
    if (!convert_is_enumerable(pipeline->realm, source)) return first.emit(first.context, source);
    struct enumeration it;
    enumeration_start(pipeline->realm, &it, source);
    bool more = false;
    struct value item;
    enum status status;
    for (;;) {
        status = enumeration_next(pipeline->realm, &it, &more, &item);
        if (status == STATUS_ERROR) status = raise_enumeration(pipeline->realm);
        if (status != STATUS_OK || !more) break;
        if (__builtin_expect(interrupt_pending(), 0) && (status = realm_poll(pipeline->realm)) != STATUS_OK) break;
        struct value held = value_keep(item);
        status = first.emit(first.context, held);
        value_release(held);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    return status;
}

static enum status feed(struct running_pipeline *pipeline, const struct pipeline_input *input) {
    if (input && input->generate) return input->generate(input->generate_context, (struct emitter){push_to_stage, &pipeline->stages[0]});
    if (input && input->has_source) return feed_value(pipeline, input->source);
    /* No input: the first stage is called once. */
    return pipeline->stages[0].wants_no_more ? STATUS_STOP : process_item(&pipeline->stages[0], VALUE_UNSET_INIT);
}

enum status pipeline_run(struct realm *realm, struct host *host, const struct stage *stages, uint32_t count,
                         const struct pipeline_input *input, const struct stream_set *streams, bool *succeeded) {
    struct running_pipeline *pipeline = NULL;
    bool has_input = input && (input->has_source || input->generate);
    *succeeded = false;
    enum status status = pipeline_open(realm, host, stages, count, has_input, streams, &pipeline);
    if (status != STATUS_OK) return status;
    status = feed(pipeline, input);
    return pipeline_close(pipeline, status, succeeded);
}
