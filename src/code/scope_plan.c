#include "compiler_private.h"

static const struct { const char *name; enum automatic which; } automatics[] = {
    {"_", AUTOMATIC_UNDERSCORE}, {"psitem", AUTOMATIC_UNDERSCORE}, {"args", AUTOMATIC_ARGS}, {"input", AUTOMATIC_INPUT},
    {"this", AUTOMATIC_THIS}, {"psboundparameters", AUTOMATIC_BOUND}, {"myinvocation", AUTOMATIC_MY_INVOCATION},
    {"pscmdlet", AUTOMATIC_CMDLET}, {"psscriptroot", AUTOMATIC_SCRIPT_ROOT}, {"pscommandpath", AUTOMATIC_COMMAND_PATH},
    {"?", AUTOMATIC_SUCCEEDED}, {"pwd", AUTOMATIC_FOLDER}, {"true", AUTOMATIC_TRUE}, {"false", AUTOMATIC_FALSE},
    {"null", AUTOMATIC_NULL}, {"stacktrace", AUTOMATIC_STACK}, {"foreach", AUTOMATIC_FOREACH}, {"switch", AUTOMATIC_SWITCH},
};

enum automatic scope_plan_automatic(struct text name) {
    for (size_t i = 0; i < sizeof automatics / sizeof *automatics; i++) {
        if (text_equal_fold(name, text_of(automatics[i].name))) return automatics[i].which;
    }
    return AUTOMATIC_NONE;
}

void scope_plan_add(struct compiler *compiler, name_id name) {
    struct chunk *chunk = compiler->chunk;
    for (uint32_t i = 0; i < chunk->slot_count; i++) {
        if (chunk->slot_names[i] == name) return;
    }
    if ((chunk->slot_count & 7) == 0) chunk->slot_names = alloc_resize(chunk->slot_names, chunk->slot_count + 8, sizeof(name_id));
    chunk->slot_names[chunk->slot_count++] = name;
}

static bool is_unscoped(struct text scope) { return scope.length == 0 || text_equal_fold(scope, TEXT("local")); }

static void plan_operator(struct compiler *compiler, int id) {
    switch (id) {
    case OPERATOR_MATCH: case OPERATOR_IMATCH: case OPERATOR_CMATCH:
    case OPERATOR_NOTMATCH: case OPERATOR_INOTMATCH: case OPERATOR_CNOTMATCH:
        scope_plan_add(compiler, emit_name(compiler, TEXT("Matches")));
    }
}

/* Nested blocks and functions plan for themselves. */
static bool enter(void *context, struct node *node) {
    struct compiler *compiler = context;
    switch (node->kind) {
    case NODE_BLOCK_EXPRESSION: case NODE_FUNCTION: case NODE_CLASS: case NODE_ENUM:
        return false;
    case NODE_VARIABLE: {
        struct node_variable *variable = NODE_AS(variable, node);
        if (is_unscoped(variable->scope) && scope_plan_automatic(variable->name) == AUTOMATIC_NONE)
            scope_plan_add(compiler, emit_name(compiler, variable->name));
        else if (scope_plan_automatic(variable->name) == AUTOMATIC_FOREACH || scope_plan_automatic(variable->name) == AUTOMATIC_SWITCH)
            scope_plan_add(compiler, emit_name(compiler, variable->name));
        break;
    }
    case NODE_DATA:
        if (NODE_AS(data, node)->variable.length) scope_plan_add(compiler, emit_name(compiler, NODE_AS(data, node)->variable));
        break;
    case NODE_BINARY:
        plan_operator(compiler, NODE_AS(binary, node)->operator_id);
        break;
    case NODE_SWITCH:
        if (NODE_AS(switch, node)->switch_flags & SWITCH_REGEX) scope_plan_add(compiler, emit_name(compiler, TEXT("Matches")));
        break;
    }
    return true;
}

void scope_plan(struct compiler *compiler, const struct node_list *parameters, struct node *body) {
    for (uint32_t i = 0; parameters && i < parameters->count; i++) {
        struct node_parameter *parameter = NODE_AS(parameter, parameters->items[i]);
        scope_plan_add(compiler, emit_name(compiler, NODE_AS(variable, parameter->variable)->name));
    }
    for (uint32_t i = 0; parameters && i < parameters->count; i++) {
        struct node_parameter *parameter = NODE_AS(parameter, parameters->items[i]);
        if (parameter->default_value) tree_walk(parameter->default_value, enter, compiler);
    }
    if (body) tree_walk(body, enter, compiler);
}

/* The hash from names to slots. */
void scope_plan_finish(struct compiler *compiler) {
    struct chunk *chunk = compiler->chunk;
    uint32_t size = 4;
    while (size < chunk->slot_count * 2) size *= 2;
    if (!chunk->slot_count) return;
    chunk->slot_index = ALLOC_ARRAY(uint32_t, size);
    chunk->slot_index_size = size;
    for (uint32_t slot = 0; slot < chunk->slot_count; slot++) {
        uint32_t i = chunk->slot_names[slot] * 2654435761u & (size - 1);
        while (chunk->slot_index[i]) i = (i + 1) & (size - 1);
        chunk->slot_index[i] = slot + 1;
    }
}
