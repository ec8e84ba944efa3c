#include "compiler_private.h"

static uint32_t add_catch(struct compiler *compiler, const struct text *types, uint32_t count, uint32_t handler) {
    struct chunk *chunk = compiler->chunk;
    ALLOC_GROW(chunk->catches, compiler->catch_capacity, chunk->catch_count + 1);
    chunk->catches[chunk->catch_count] = (struct catch_clause){types, count, handler};
    return chunk->catch_count++;
}

static const struct text *catch_types(struct compiler *compiler, const struct node_list *types) {
    if (!types->count) return NULL;
    struct text *texts = ARENA_ARRAY(compiler->chunk->arena, struct text, types->count);
    for (uint32_t i = 0; i < types->count; i++) texts[i] = emit_keep_text(compiler, compile_type_text(types->items[i]));
    return texts;
}

static void compile_catch(struct compiler *compiler, struct node_catch *node, uint32_t index, uint16_t error, struct label *after) {
    uint16_t saved = emit_temporary(compiler), shown = emit_temporary(compiler), outer = compiler->caught;
    compiler->chunk->catches[index].handler = emit_here(compiler);
    compiler->chunk->flags |= CHUNK_SETS_UNDERSCORE;
    emit(compiler, OP_SAVE_UNDERSCORE, saved, 0, 0, 0, 0);
    emit(compiler, OP_KEEP, shown, error, 0, 0, 0);
    emit(compiler, OP_SET_UNDERSCORE, shown, 0, 0, 0, 0);
    struct guard guard = {compiler->guards, false, saved};
    compiler->guards = &guard;
    compiler->caught = error;
    compile_block(compiler, node->body);
    compiler->caught = outer;
    compiler->guards = guard.outer;
    emit(compiler, OP_RESTORE_UNDERSCORE, saved, 0, 0, 0, 0);
    emit(compiler, OP_DROP, error, 0, 0, 0, 0);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, after);
    compiler->top = saved;
}

void compile_try(struct compiler *compiler, struct node_try *node) {
    uint16_t top = compiler->top;
    uint16_t error = emit_temporary(compiler), pending = emit_temporaries(compiler, 2), inside = compiler->top;
    struct label after = LABEL_NEW;
    struct guard guard = {compiler->guards, true, 0};
    if (node->finally_body) compiler->guards = &guard;
    uint32_t start = emit_here(compiler);
    compile_block(compiler, node->body);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &after);
    uint32_t body_end = emit_here(compiler), first = compiler->chunk->catch_count;
    for (uint32_t i = 0; i < node->catches.count; i++) {
        struct node_catch *clause = NODE_AS(catch, node->catches.items[i]);
        add_catch(compiler, catch_types(compiler, &clause->types), clause->types.count, 0);
    }
    if (node->catches.count)
        emit_region(compiler, (struct region){.start = start, .end = body_end, .kind = REGION_CATCH, .temporaries = inside,
                                              .pending = error, .first_catch = first, .catch_count = node->catches.count});
    for (uint32_t i = 0; i < node->catches.count; i++)
        compile_catch(compiler, NODE_AS(catch, node->catches.items[i]), first + i, error, &after);
    /* An error in a catch block ends the whole try statement, as if a try without catches stood around it. */
    if (node->catches.count)
        emit_region(compiler, (struct region){.start = body_end, .end = emit_here(compiler), .kind = REGION_CATCH, .temporaries = inside, .pending = error});
    emit_label(compiler, &after);
    if (node->finally_body) {
        compiler->guards = guard.outer;
        uint32_t end = emit_here(compiler);
        emit(compiler, OP_ENTER_FINALLY, pending, 0, 0, 0, 0);
        emit_region(compiler, (struct region){.start = start, .end = end, .kind = REGION_FINALLY, .temporaries = inside,
                                              .pending = pending, .handler = emit_here(compiler)});
        uint16_t outer = compiler->capture;
        compile_block(compiler, node->finally_body);
        compiler->capture = outer;
        emit(compiler, OP_END_FINALLY, pending, 0, 0, 0, 0);
    }
    compiler->top = top;
}

/* A trap is a block of its own, run in this scope with $_ as the error. */
void compile_traps(struct compiler *compiler, struct node_block *block, uint32_t start, uint32_t end) {
    uint32_t first = compiler->chunk->catch_count;
    for (uint32_t i = 0; i < block->traps.count; i++) {
        struct node_trap *trap = NODE_AS(trap, block->traps.items[i]);
        struct node_list types = {&trap->type, trap->type ? 1 : 0};
        struct chunk *body = compile_body(compiler, trap->body, NULL, CHUNK_TRAP, TEXT_NONE, trap->body->span);
        uint32_t nested = (uint32_t)emit_nested_take(compiler, body);
        add_catch(compiler, catch_types(compiler, &types), types.count, nested);
    }
    emit_region(compiler, (struct region){.start = start, .end = end, .kind = REGION_TRAP, .temporaries = compiler->top,
                                          .first_catch = first, .catch_count = block->traps.count});
}

/* Jumps within the block are direct when no finally block stands between; else the VM unwinds. */
static bool jump_direct(struct compiler *compiler, struct loop *loop, bool is_break) {
    if (!loop) return false;
    for (struct guard *guard = compiler->guards; guard != loop->guards; guard = guard->outer) {
        if (guard->is_finally) return false;
    }
    for (struct guard *guard = compiler->guards; guard != loop->guards; guard = guard->outer)
        emit(compiler, OP_RESTORE_UNDERSCORE, guard->saved, 0, 0, 0, 0);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, is_break ? &loop->leave : &loop->go_on);
    return true;
}

static void compile_break(struct compiler *compiler, struct node *label, bool is_break) {
    enum opcode op = is_break ? OP_BREAK : OP_CONTINUE;
    if (!label) {
        if (!jump_direct(compiler, compiler->loops, is_break)) emit(compiler, op, REGISTER_NONE, 0, 0, 0, 0);
        return;
    }
    if (label->kind == NODE_STRING) {
        name_id name = emit_name(compiler, NODE_AS(string, label)->text);
        if (compiler->loops && compiler->loops->label == name && jump_direct(compiler, compiler->loops, is_break)) return;
        emit(compiler, op, REGISTER_NONE, 0, 0, (int32_t)name, 0);
        return;
    }
    emit(compiler, op, compile_value(compiler, label), 0, 0, 0, 0);
}

static bool inside_finally(const struct compiler *compiler) {
    for (struct guard *guard = compiler->guards; guard; guard = guard->outer) {
        if (guard->is_finally) return true;
    }
    return false;
}

static void compile_return(struct compiler *compiler, struct node *value) {
    struct node *pure = compile_pure(value);
    uint16_t outer = compiler->capture;
    compiler->capture = REGISTER_NONE; /* `return` inside $( ) gives its value to the function's output */
    bool unwinds = inside_finally(compiler) || compiler->chunk->kind == CHUNK_TRAP;
    if (compiler->chunk->kind == CHUNK_METHOD && value) {
        uint16_t result = emit_temporary(compiler);
        if (pure) compile_into(compiler, pure, result);
        else compile_captured(compiler, value, result, false);
        emit(compiler, OP_METHOD_RESULT, result, 0, 0, 0, 0);
        emit(compiler, unwinds ? OP_RETURN_FINALLY : OP_RETURN, 0, 0, 0, 0, 0);
    } else if (pure && !unwinds) {
        emit(compiler, OP_RETURN_VALUE, compile_operand(compiler, pure), 0, 0, 0, 0);
    } else {
        if (value) compile_statement(compiler, value);
        emit(compiler, unwinds ? OP_RETURN_FINALLY : OP_RETURN, 0, 0, 0, 0, 0);
    }
    compiler->capture = outer;
}

void compile_jump_out(struct compiler *compiler, struct node *node) {
    struct node *value = NULL;
    switch (node->kind) {
    case NODE_BREAK: compile_break(compiler, NODE_AS(break, node)->label, true); return;
    case NODE_CONTINUE: compile_break(compiler, NODE_AS(continue, node)->label, false); return;
    case NODE_RETURN: compile_return(compiler, NODE_AS(return, node)->value); return;
    case NODE_EXIT: value = NODE_AS(exit, node)->value; break;
    default: value = NODE_AS(throw, node)->value; break;
    }
    uint16_t reg = REGISTER_NONE;
    if (value) {
        reg = emit_temporary(compiler);
        if (compile_pure(value)) compile_into(compiler, compile_pure(value), reg);
        else compile_captured(compiler, value, reg, false);
    } else if (node->kind == NODE_THROW && compiler->caught != REGISTER_NONE) {
        reg = emit_temporary(compiler);
        emit(compiler, OP_KEEP, reg, compiler->caught, 0, 0, 0);
    }
    emit(compiler, node->kind == NODE_EXIT ? OP_EXIT : OP_THROW, reg, 0, 0, 0, 0);
}
