#include "../cmdlet_private.h"

enum { INPUT, BEGIN, PROCESS, END, REMAINING, MEMBER, ARGUMENTS, PARALLEL, THROTTLE, TIMEOUT, AS_JOB, USE_NEW };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects to work on; usually they come from the pipeline."},
    {"Begin", "scriptblock", -1, PARAMETER_ALLOW_NULL, NULL, "ScriptBlockSet", NULL, NULL, "A block that runs once before the first object."},
    {"Process", "scriptblock[]", 0, PARAMETER_MANDATORY | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, "ScriptBlockSet", NULL, NULL,
     "The block that runs for each object; $_ is the object."},
    {"End", "scriptblock", -1, PARAMETER_ALLOW_NULL, NULL, "ScriptBlockSet", NULL, NULL, "A block that runs once after the last object."},
    {"RemainingScripts", "scriptblock[]", -1, PARAMETER_REMAINING | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, "ScriptBlockSet", NULL, NULL,
     "Further blocks: the first given is then Begin, the last End."},
    {"MemberName", "string", 0, PARAMETER_MANDATORY, NULL, "PropertyAndMethodSet", NULL, "property", "A property to read, or a method to call."},
    {"ArgumentList", "object[]", -1, PARAMETER_REMAINING, "Args", "PropertyAndMethodSet", NULL, NULL, "Arguments of the method."},
    {"Parallel", "scriptblock", -1, PARAMETER_MANDATORY, NULL, "ParallelParameterSet", NULL, NULL, "A block that shares nothing with the others; $using:name reads a variable of the caller."},
    {"ThrottleLimit", "int", -1, 0, NULL, "ParallelParameterSet", NULL, NULL, "How many blocks may run at once. Here they run one after another."},
    {"TimeoutSeconds", "int", -1, 0, NULL, "ParallelParameterSet", NULL, NULL, "Accepted for scripts."},
    {"AsJob", "switch", -1, 0, NULL, "ParallelParameterSet", NULL, NULL, "Accepted for scripts."},
    {"UseNewRunspace", "switch", -1, 0, NULL, "ParallelParameterSet", NULL, NULL, "Accepted for scripts."},
};

struct state {
    struct value begin, end;         /* borrowed blocks; VALUE_UNSET none */
    struct value blocks[32];         /* process blocks, borrowed */
    uint32_t count;
    name_id member;
};

/* With several blocks by position the first is Begin and the last End, unless those were named. */
static void deal_blocks(struct invocation *call, struct state *state) {
    struct value given[34];
    uint32_t count = 0;
    for (uint32_t which = PROCESS; which <= REMAINING; which++) {
        if (which == END) continue;
        struct value list = value_base(invocation_argument(call, which));
        for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list) && count < 34; i++) given[count++] = array_at(list, i);
    }
    uint32_t first = 0;
    state->begin = invocation_argument(call, BEGIN);
    state->end = invocation_argument(call, END);
    if (state->begin.kind == VALUE_UNSET && count > 1) state->begin = given[first++];
    if (state->end.kind == VALUE_UNSET && count - first > 1) state->end = given[--count];
    for (; first < count && state->count < 32; first++) state->blocks[state->count++] = given[first];
}

static enum status run(struct invocation *call, struct value block, struct value item) {
    if (block.kind != VALUE_SCRIPT_BLOCK) return STATUS_OK;
    return invocation_block(call, block, item, invocation_output(call));
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, PARALLEL)) return STATUS_OK;
    if (invocation_has(call, MEMBER)) {
        state->member = intern_name(call->realm->names, invocation_text(call, MEMBER));
        return STATUS_OK;
    }
    deal_blocks(call, state);
    return run(call, state->begin, value_null());
}

static enum status read_member(struct invocation *call, struct value item) {
    struct state *state = call->state;
    struct value out = value_null();
    bool found = false;
    enum status status = STATUS_OK;
    if (!invocation_has(call, ARGUMENTS)) status = member_get(call->realm, item, state->member, &found, &out);
    if (found && member_is_method(out)) { /* a method's name calls it */
        value_release(out);
        found = false;
    }
    if (status == STATUS_OK && !found) {
        struct value list = value_base(invocation_argument(call, ARGUMENTS));
        bool has = list.kind == VALUE_ARRAY;
        status = member_call(call->realm, item, state->member, has ? array_items(list) : NULL, has ? array_count(list) : 0, &out);
        /* A name that is neither property nor method gives nothing, outside strict mode. */
        if (status == STATUS_ERROR && !has) {
            value_release(realm_take_raised(call->realm));
            out = value_null();
            status = STATUS_OK;
        }
    }
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    if (status != STATUS_OK) return status;
    status = invocation_emit_each(call, out);
    value_release(out);
    return status;
}

static enum status run_parallel(struct invocation *call, struct value item) {
    struct block_call request = {.block = invocation_argument(call, PARALLEL), .dollar_underscore = item, .scope = BLOCK_NEW_SCOPE,
                                 .output = invocation_output(call)};
    return callable_call(call->realm, &request);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) item = value_null();
    if (invocation_has(call, PARALLEL)) return run_parallel(call, item);
    if (state->member) return value_is_nothing(item) ? STATUS_OK : read_member(call, item);
    for (uint32_t i = 0; i < state->count; i++) {
        enum status status = run(call, state->blocks[i], item);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    return run(call, state->end, value_null());
}

static const struct example_row example_rows[] = {
    {"1..3 | ForEach-Object { $_ * $_ }", "Squares three numbers."},
    {"'a b', 'c' | ForEach-Object Length", "Reads one property of each object."},
};

CMDLET(foreach_object) = {
    .name = "ForEach-Object", .aliases = "%|foreach", .synopsis = "Does something with each object.",
    .description = "Runs a block for each object of the pipeline, or reads one property, or calls one method.",
    PARAMETERS, .default_set = "ScriptBlockSet", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, EXAMPLES,
};
