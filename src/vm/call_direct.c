/* A simple function called alone: its arguments go from registers to slots, its results where the caller's go, without a
 * pipeline. How is worked out once for each call site and remembered in a plan. */
#include "engine_private.h"

struct plan_argument {
    uint16_t reg, slot;         /* REGISTER_NONE: a switch that is given */
    uint8_t kind;               /* values of this kind need no conversion */
    uint16_t mark;              /* for the slot */
    const struct type *type;    /* NULL: takes anything */
    struct text written;        /* a bare number as it was written, for text parameters */
};
struct plan_unbound { uint16_t slot, mark; struct value initial; };
struct call_plan {
    uint32_t epoch;
    const struct module *module;
    bool direct;
    struct command *command;
    struct chunk *chunk;
    struct module *own_module;
    uint32_t argument_count, unbound_count, rest_count;
    struct plan_argument *arguments;
    struct plan_unbound *unbound;
    uint16_t *rest;
};

void call_plan_free(void *item) {
    struct call_plan *plan = item;
    if (!plan) return;
    for (uint32_t i = 0; i < plan->unbound_count; i++) value_release(plan->unbound[i].initial);
    alloc_free(plan->arguments);
    alloc_free(plan->unbound);
    alloc_free(plan->rest);
    alloc_free(plan);
}

/* All that a chunk's sites and sets have learnt. */
static void release_learnt(void *item) {
    struct chunk *chunk = item;
    for (uint32_t i = 0; i < chunk->pipeline_count; i++) {
        for (uint32_t k = 0; k < chunk->pipelines[i].count; k++) call_plan_free(chunk->pipelines[i].commands[k].binding);
    }
    for (uint32_t i = 0; i < chunk->attribute_set_count; i++) {
        if (chunk->attribute_sets[i].resolved) variable_attributes_free(chunk->attribute_sets[i].resolved);
    }
}

void chunk_learns(struct chunk *chunk) { chunk->vm_part_release = release_learnt; }

static bool is_simple(const struct command *command, struct chunk **chunk) {
    if (command->kind != COMMAND_FUNCTION || command->class_of != &function_class) return false;
    *chunk = block_of(command->block)->chunk;
    return !((*chunk)->flags & (CHUNK_NAMED_BLOCKS | CHUNK_CMDLET_BINDING | CHUNK_USES_BOUND | CHUNK_BY_NAME)) && (*chunk)->kind == CHUNK_FUNCTION;
}

static bool has_validators(const struct signature *signature) {
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        if (parameter->validator_count || parameter->flags || parameter->part_count > 1 || parameter->alias_count) return true;
        if (parameter->type && parameter->type->value_kind == VALUE_REFERENCE) return true;
    }
    return false;
}

static uint16_t mark_of(const struct parameter_site *site) { return site->attribute_set >= 0 ? (uint16_t)(site->attribute_set + 1) : 0; }

static void plan_store(struct call_plan *plan, uint32_t index, uint16_t reg, struct text written) {
    const struct parameter *parameter = &plan->command->signature->parameters[index];
    const struct parameter_site *site = &plan->chunk->parameters[index];
    struct plan_argument *argument = &plan->arguments[plan->argument_count++];
    *argument = (struct plan_argument){.reg = reg, .slot = site->slot, .mark = mark_of(site), .type = parameter->is_switch ? NULL : parameter->type, .written = written};
    if (parameter->type && !parameter->type->element && !(parameter->type->flags & TYPE_ENUM)) argument->kind = parameter->type->value_kind;
    if (argument->kind >= VALUE_SCRIPT_BLOCK) argument->kind = VALUE_UNSET;
}

/* Names first; false when something about them needs the binder. */
static bool plan_names(struct engine *engine, struct call_plan *plan, const struct command_site *site, uint8_t *bound, uint8_t *used) {
    for (uint32_t i = 0; i < site->argument_count; i++) {
        const struct argument_site *argument = &site->arguments[i];
        if (argument->kind == SITE_SPLAT) return false;
        if (argument->kind == SITE_VALUE) continue;
        int index = signature_find(plan->command->signature, engine->realm, argument->name);
        if (index < 0 || bound[index]) return false;
        bool is_switch = plan->command->signature->parameters[index].is_switch;
        used[i] = bound[index] = 1;
        if (argument->kind == SITE_NAME_VALUE) {
            if (is_switch) return false;
            plan_store(plan, (uint32_t)index, argument->reg, TEXT_NONE);
        } else if (is_switch) {
            plan_store(plan, (uint32_t)index, REGISTER_NONE, TEXT_NONE);
        } else {
            if (i + 1 >= site->argument_count || site->arguments[i + 1].kind != SITE_VALUE || used[i + 1]) return false;
            used[i + 1] = 1;
            plan_store(plan, (uint32_t)index, site->arguments[i + 1].reg, site->arguments[i + 1].is_bare ? site->arguments[i + 1].name : TEXT_NONE);
        }
    }
    return true;
}

static void plan_positions(struct call_plan *plan, const struct command_site *site, uint8_t *bound, uint8_t *used) {
    const struct signature *signature = plan->command->signature;
    uint32_t next = 0;
    for (uint32_t i = 0; i < site->argument_count; i++) {
        if (used[i]) continue;
        while (next < signature->count && (bound[next] || signature->parameters[next].is_switch)) next++;
        if (next < signature->count) {
            bound[next] = 1;
            plan_store(plan, next, site->arguments[i].reg, site->arguments[i].is_bare ? site->arguments[i].name : TEXT_NONE);
        } else {
            plan->rest[plan->rest_count++] = site->arguments[i].reg;
        }
    }
}

static void plan_unbound(struct engine *engine, struct call_plan *plan, const uint8_t *bound) {
    for (uint32_t i = 0; i < plan->chunk->parameter_count; i++) {
        const struct parameter_site *site = &plan->chunk->parameters[i];
        const struct parameter *parameter = &plan->command->signature->parameters[i];
        if (bound[i] || site->has_default) continue;
        plan->unbound[plan->unbound_count++] =
            (struct plan_unbound){site->slot, mark_of(site), parameter_initial(engine, parameter->type, parameter->is_switch)};
    }
}

static bool has_bare_dash(const struct command_site *site) {
    for (uint32_t i = 0; i < site->argument_count; i++) {
        if (site->arguments[i].kind == SITE_VALUE && site->arguments[i].is_bare && text_equal(site->arguments[i].name, TEXT("--%"))) return true;
        if (site->arguments[i].kind == SITE_NAME && text_equal(site->arguments[i].name, TEXT("-"))) return true;
    }
    return false;
}

static void work_out(struct engine *engine, struct call_plan *plan, const struct command_site *site) {
    if (site->invocation == INVOKE_DOT || site->like_method || site->reg != REGISTER_NONE || has_bare_dash(site)) return;
    struct command *command = command_resolve(engine, site->name, site->name_text);
    if (!command) return;
    bool owned_elsewhere = command->references > 1;
    command_release(command);
    if (!owned_elsewhere || !is_simple(command, &plan->chunk) || command->signature->conflict || has_validators(command->signature)) return;
    plan->command = command;
    plan->own_module = block_of(command->block)->module;
    uint32_t parameters = plan->chunk->parameter_count;
    plan->arguments = ALLOC_ARRAY(struct plan_argument, site->argument_count + 1);
    plan->unbound = ALLOC_ARRAY(struct plan_unbound, parameters + 1);
    plan->rest = ALLOC_ARRAY(uint16_t, site->argument_count + 1);
    uint8_t *bound = alloc_zeroed(parameters + site->argument_count + 2, 1), *used = bound + parameters + 1;
    plan->direct = plan_names(engine, plan, site, bound, used);
    if (plan->direct) {
        plan_positions(plan, site, bound, used);
        plan_unbound(engine, plan, bound);
    }
    alloc_free(bound);
}

static struct call_plan *plan_for(struct engine *engine, struct frame *frame, struct command_site *site) {
    struct call_plan *plan = site->binding;
    if (plan && plan->epoch == engine->epoch && plan->module == frame->scope->module) return plan;
    call_plan_free(plan);
    plan = ALLOC_NEW(struct call_plan);
    plan->epoch = engine->epoch;
    plan->module = frame->scope->module;
    site->binding = plan;
    chunk_learns(frame->chunk);
    work_out(engine, plan, site);
    return plan;
}

/* Conversions happen in the caller's registers, so that the binder can still take over when one fails. */
static bool convert_arguments(struct engine *engine, struct frame *frame, const struct call_plan *plan) {
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct plan_argument *argument = &plan->arguments[i];
        if (!argument->type) continue;
        struct value *v = &frame->registers[argument->reg], converted;
        if (v->kind == argument->kind) continue;
        bool to_text = argument->type->value_kind == VALUE_STRING || (argument->type->rank == 1 && argument->type->element->value_kind == VALUE_STRING);
        if (argument->written.length && to_text && value_is_number(*v)) {
            value_set_take(v, string_new(argument->written));
            if (argument->kind == VALUE_STRING) continue;
        }
        if (argument->type->value_kind == VALUE_BOOL && !value_is_number(*v)) return false; /* text is no flag */
        if (value_is_nothing(*v) && !(argument->type->flags & TYPE_VALUE) && argument->type->value_kind != VALUE_STRING) continue;
        if (!convert_try(engine->realm, *v, argument->type, &converted)) return false;
        value_set_take(v, converted);
    }
    return true;
}

static struct value take_argument(struct frame *frame, uint16_t reg) {
    struct value v = frame->registers[reg];
    frame->registers[reg].kind = VALUE_UNSET;
    if (v.kind == VALUE_VOID || v.kind == VALUE_UNSET) v = value_null();
    return v;
}

static void fill_slots(struct engine *engine, struct frame *frame, struct frame *callee, const struct call_plan *plan) {
    struct value *slots = callee->registers;
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct plan_argument *argument = &plan->arguments[i];
        struct value *slot = &slots[argument->slot];
        *slot = argument->reg == REGISTER_NONE ? value_switch(true) : take_argument(frame, argument->reg);
        slot->spare = argument->mark;
    }
    for (uint32_t i = 0; i < plan->unbound_count; i++) {
        slots[plan->unbound[i].slot] = value_keep(plan->unbound[i].initial);
        slots[plan->unbound[i].slot].spare = plan->unbound[i].mark;
    }
    if (!plan->rest_count && !(callee->chunk->flags & CHUNK_USES_ARGS)) return;
    callee->args = array_new(engine->realm, NULL, plan->rest_count);
    for (uint32_t i = 0; i < plan->rest_count; i++) array_push_take(callee->args, take_argument(frame, plan->rest[i]));
}

struct frame *call_direct(struct engine *engine, struct frame *frame, const struct instruction *instruction, enum status *status) {
    struct command_site *site = &frame->chunk->pipelines[instruction->d].commands[0];
    struct call_plan *plan = plan_for(engine, frame, site);
    *status = STATUS_OK;
    if (!plan->direct || !convert_arguments(engine, frame, plan)) return NULL;
    struct frame *callee = frame_push(engine, plan->chunk);
    if (!callee) {
        *status = STATUS_ERROR;
        return NULL;
    }
    struct module *module = plan->own_module;
    scope_open(&callee->own, module && module != frame->scope->module ? &module->scope : frame->scope, plan->chunk, callee->registers);
    if (!module && frame->scope->module) callee->own.parent = &engine->global;
    callee->own.module = module;
    callee->scope = &callee->own;
    callee->owns_scope = true;
    callee->capture = instruction->a != REGISTER_NONE ? &frame->registers[instruction->a] : frame->capture;
    callee->output = frame->output;
    callee->streams = frame->streams;
    callee->site = site;
    callee->command = command_keep(plan->command);
    fill_slots(engine, frame, callee, plan);
    if (plan->chunk->flags & CHUNK_SETS_UNDERSCORE) {
        callee->saves_underscore = true;
        callee->saved_underscore = value_keep(engine->underscore);
    }
    callee->pc = plan->chunk->code + plan->chunk->entries[ENTRY_PROLOGUE];
    return callee;
}

void call_direct_done(struct engine *engine, struct frame *callee) {
    frame_pop(engine, callee);
    engine->succeeded = true;
}
