/* Pipelines: arguments, redirections and input from registers, then pipeline_run. */
#include "engine_private.h"

struct call_parts {             /* of one pipeline; freed in one go */
    struct stage *stages;
    struct stage_redirections *redirections;
    struct argument **arguments;
    struct value *held;         /* what splats and files keep alive */
    uint32_t held_count, held_capacity;
    uint32_t count;
};

static struct value hold(struct call_parts *parts, struct value v) {
    ALLOC_GROW(parts->held, parts->held_capacity, parts->held_count + 1);
    parts->held[parts->held_count++] = v;
    return v;
}

struct argument_list { struct argument *items; uint32_t count; size_t capacity; };

static void add(struct argument_list *list, struct argument argument) {
    ALLOC_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count++] = argument;
}

/* $args passed on: what was "-Name" there is a name here again; as in PowerShell the colon of "-Switch:" is lost. */
static void add_splatted_item(struct argument_list *list, struct value item) {
    if (item.kind == VALUE_STRING && item.small == 1) {
        struct text name = string_text(item);
        bool colon = name.length && name.start[name.length - 1] == ':';
        size_t dash = name.length > 3 && name.start[0] != '-' ? 3 : 1; /* a typographic one is three bytes */
        add(list, (struct argument){.kind = ARGUMENT_NAME, .name = text_slice(name, dash, name.length - dash - colon), .value = item, .from_splat = true});
        return;
    }
    add(list, (struct argument){.kind = ARGUMENT_VALUE, .value = item, .from_splat = true});
}

static void add_splat(struct engine *engine, struct call_parts *parts, struct argument_list *list, struct value v) {
    v = value_base(v);
    if (v.kind == VALUE_TABLE) {
        uint32_t position = 0;
        struct table_entry *entry;
        while ((entry = table_next(v, &position))) {
            struct value key = hold(parts, convert_text(engine->realm, entry->key));
            add(list, (struct argument){.kind = ARGUMENT_NAME_VALUE, .name = string_text(key), .value = entry->value, .from_splat = true});
        }
    } else if (value_is_array_like(v)) {
        for (uint32_t i = 0; i < array_count(v); i++) add_splatted_item(list, array_at(v, i));
    } else if (v.kind == VALUE_STRING) { /* text is a list of characters to a splat */
        for (uint32_t i = 0; i < string_units(v); i++) add(list, (struct argument){.kind = ARGUMENT_VALUE, .value = value_char(string_unit_at(v, i)), .from_splat = true});
    } else if (!value_is_nothing(v)) {
        add(list, (struct argument){.kind = ARGUMENT_VALUE, .value = v, .from_splat = true});
    }
}

/* What stands behind --% is cut at blanks and given as it is; %NAME% is not expanded on Linux. */
static void add_verbatim(struct call_parts *parts, struct argument_list *list, struct text text) {
    struct text part;
    while (text_split_next(&text, ' ', &part)) {
        if (part.length) add(list, (struct argument){.kind = ARGUMENT_VALUE, .value = hold(parts, string_new(part))});
    }
}

static enum status build_arguments(struct engine *engine, struct frame *frame, const struct command_site *site, struct call_parts *parts, uint32_t index) {
    struct argument_list list = {0};
    bool in_module = site->reg != REGISTER_NONE && module_of(frame->registers[site->reg]); /* the first argument is the block */
    for (uint32_t i = in_module; i < site->argument_count; i++) {
        const struct argument_site *from = &site->arguments[i];
        struct argument argument = {.name = from->name, .is_bare = from->is_bare, .span = {from->span.start, from->span.end}};
        if (from->reg != REGISTER_NONE) {
            argument.value = frame->registers[from->reg];
            argument.value.spare = 0;
            if (argument.value.kind == VALUE_VOID || argument.value.kind == VALUE_UNSET) argument.value = value_null();
        }
        if (from->is_bare && text_equal(from->name, TEXT("--%")) && argument.value.kind == VALUE_STRING) {
            add_verbatim(parts, &list, string_text(argument.value));
            continue;
        }
        switch (from->kind) {
        case SITE_SPLAT: add_splat(engine, parts, &list, argument.value); continue;
        case SITE_NAME: argument.kind = ARGUMENT_NAME; break;
        case SITE_NAME_VALUE: argument.kind = ARGUMENT_NAME_VALUE; break;
        default: argument.kind = ARGUMENT_VALUE; break;
        }
        add(&list, argument);
    }
    parts->arguments[index] = list.items;
    parts->stages[index].arguments = list.items;
    parts->stages[index].argument_count = list.count;
    return STATUS_OK;
}

static void build_redirections(struct engine *engine, struct frame *frame, const struct command_site *site, struct call_parts *parts, uint32_t index) {
    struct stage_redirections *out = &parts->redirections[index];
    for (uint32_t i = 0; i < site->redirection_count && out->count < 8; i++) {
        const struct redirection_site *from = &site->redirections[i];
        struct value file = value_null();
        if (from->reg != REGISTER_NONE && !value_is_nothing(frame->registers[from->reg]))
            file = hold(parts, convert_text(engine->realm, frame->registers[from->reg]));
        out->items[out->count].from = from->from;
        out->items[out->count].to = from->to;
        out->items[out->count].append = from->append;
        out->items[out->count++].file = file;
    }
    parts->stages[index].redirections = out->count ? out : NULL;
}

static enum status build_stage(struct engine *engine, struct frame *frame, const struct command_site *site, struct call_parts *parts, uint32_t index) {
    struct stage *stage = &parts->stages[index];
    struct text name;
    enum status status = command_of_site(engine, frame, site, &stage->command, &name);
    if (status != STATUS_OK) return status;
    if (site->like_method && scope_strict(engine, frame->scope) >= 2)
        return realm_raise(engine->realm, "RuntimeException", "StrictModeFunctionCallWithParens", ERROR_INVALID_OPERATION,
                           "Arguments of a command stand without brackets and commas: %.*s 1 2. Strict mode makes this an error.", TEXT_ARGUMENT(name));
    stage->called_as = site->invocation == INVOKE_DOT ? TEXT(".") : site->invocation == INVOKE_CALL ? TEXT("&") : name;
    stage->span_start = site->span.start;
    stage->span_end = site->span.end;
    stage->call_site = frame->chunk;
    build_redirections(engine, frame, site, parts, index);
    return build_arguments(engine, frame, site, parts, index);
}

static void free_parts(struct call_parts *parts) {
    for (uint32_t i = 0; i < parts->count; i++) {
        if (parts->stages[i].command) command_release(parts->stages[i].command);
        alloc_free(parts->arguments[i]);
    }
    for (uint32_t i = 0; i < parts->held_count; i++) value_release(parts->held[i]);
    alloc_free(parts->held);
}

/* 1..1000000 | … is made item by item. */
struct range_source { struct engine *engine; int64_t from, to; };

static enum status generate_range(void *context, struct emitter into) {
    struct range_source *range = context;
    int64_t step = range->from <= range->to ? 1 : -1;
    for (int64_t i = range->from;; i += step) {
        enum status status = into.emit(into.context, value_int32((int32_t)i));
        if (status != STATUS_OK || i == range->to) return status;
        if ((i & 4095) == 0) {
            if (heap_wants_collection(range->engine->realm->heap)) heap_collect(range->engine->realm->heap);
            if (interrupt_pending() && (status = realm_poll(range->engine->realm)) != STATUS_OK) return status;
        }
    }
}

static enum status prepare_input(struct engine *engine, struct frame *frame, const struct pipeline_site *site, struct pipeline_input *input,
                                 struct range_source *range, struct call_parts *parts) {
    if (site->input == REGISTER_NONE) return STATUS_OK;
    struct value v = frame->registers[site->input];
    input->has_source = true;
    if (site->input_is_range) {
        struct value end = frame->registers[site->input + 1];
        if (v.kind == VALUE_INT32 && end.kind == VALUE_INT32) {
            *range = (struct range_source){engine, v.integer, end.integer};
            *input = (struct pipeline_input){.generate = generate_range, .generate_context = range};
            return STATUS_OK;
        }
        struct value all;
        enum status status = ops_binary(engine->realm, OPERATION_RANGE, false, v, end, &all);
        if (status != STATUS_OK) return status;
        v = hold(parts, all);
    }
    v.spare = 0;
    input->source = v;
    return STATUS_OK;
}

static void release_registers(struct frame *frame, const struct pipeline_site *site) {
    if (site->input != REGISTER_NONE) {
        operand_done(frame, site->input);
        if (site->input_is_range) operand_done(frame, (uint16_t)(site->input + 1));
    }
    for (uint32_t i = 0; i < site->count; i++) {
        const struct command_site *command = &site->commands[i];
        if (command->reg != REGISTER_NONE) operand_done(frame, command->reg);
        for (uint32_t k = 0; k < command->argument_count; k++) {
            if (command->arguments[k].reg != REGISTER_NONE) operand_done(frame, command->arguments[k].reg);
        }
        for (uint32_t k = 0; k < command->redirection_count; k++) {
            if (command->redirections[k].reg != REGISTER_NONE) operand_done(frame, command->redirections[k].reg);
        }
    }
}

#define STAGES_INLINE 4

enum status call_pipeline(struct engine *engine, struct frame *frame, const struct instruction *instruction) {
    const struct pipeline_site *site = &frame->chunk->pipelines[instruction->d];
    struct stage stages[STAGES_INLINE];
    struct stage_redirections redirections[STAGES_INLINE];
    struct argument *arguments[STAGES_INLINE];
    struct call_parts parts = {stages, redirections, arguments, NULL, 0, 0, site->count};
    bool is_large = site->count > STAGES_INLINE;
    if (is_large) {
        parts.stages = ALLOC_ARRAY(struct stage, site->count);
        parts.redirections = ALLOC_ARRAY(struct stage_redirections, site->count);
        parts.arguments = ALLOC_ARRAY(struct argument *, site->count);
    } else {
        memset(stages, 0, sizeof *stages * site->count);
        memset(arguments, 0, sizeof arguments);
        for (uint32_t i = 0; i < site->count; i++) redirections[i].count = 0;
    }
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < site->count && status == STATUS_OK; i++) status = build_stage(engine, frame, &site->commands[i], &parts, i);
    struct pipeline_input input = {0};
    struct range_source range;
    if (status == STATUS_OK) status = prepare_input(engine, frame, site, &input, &range, &parts);
    if (status == STATUS_OK) {
        struct output_target target = {engine, frame, instruction->a != REGISTER_NONE ? &frame->registers[instruction->a] : frame->capture};
        struct stream_set streams = *frame->streams;
        streams.sinks[STREAM_OUTPUT] = output_emitter(&target);
        bool succeeded = false;
        status = pipeline_run(engine->realm, engine->host, parts.stages, site->count, &input, &streams, &succeeded);
        engine->succeeded = succeeded && status == STATUS_OK;
    }
    free_parts(&parts);
    if (is_large) {
        alloc_free(parts.stages);
        alloc_free(parts.redirections);
        alloc_free(parts.arguments);
    }
    release_registers(frame, site);
    return status;
}
