#include "compiler_private.h"

static void open_loop(struct compiler *compiler, struct loop *loop, struct text label) {
    *loop = (struct loop){.outer = compiler->loops, .label = label.length ? emit_name(compiler, label) : 0,
                          .go_on = LABEL_NEW, .leave = LABEL_NEW, .guards = compiler->guards};
    compiler->loops = loop;
}

static void close_loop(struct compiler *compiler, struct loop *loop, uint32_t start, uint32_t end, uint16_t temporaries, bool is_switch) {
    emit_label(compiler, &loop->leave);
    emit_region(compiler, (struct region){.start = start, .end = end, .kind = is_switch ? REGION_SWITCH : REGION_LOOP,
                                          .temporaries = temporaries, .handler = (uint32_t)loop->leave.place,
                                          .other = (uint32_t)loop->go_on.place, .label = loop->label});
    compiler->loops = loop->outer;
}

static bool jump_comparison(struct compiler *compiler, struct node_binary *node, bool sense, struct label *label) {
    enum opcode op = compile_comparison((enum operator_id)node->operator_id);
    if (op == OP_NOP) return false;
    uint16_t top = compiler->top;
    int32_t small;
    uint16_t id = (uint16_t)node->operator_id;
    if (compile_small_integer(node->right, &small)) {
        uint16_t left = compile_operand(compiler, node->left);
        emit_jump(compiler, (enum opcode)(op - OP_EQUAL + OP_JUMP_EQUAL_INT), id, left, sense, (uint32_t)small, label);
    } else {
        uint16_t left = compile_operand_before(compiler, node->left, node->right);
        uint16_t right = compile_operand(compiler, node->right);
        emit_jump(compiler, (enum opcode)(op - OP_EQUAL + OP_JUMP_EQUAL), id, left, right, sense, label);
    }
    compiler->top = top;
    return true;
}

/* (a and b) is false if a is; (a or b) is true if a is. A chain of one of them is taken from its innermost on: all but
 * the last jump the same way. */
static void jump_logical(struct compiler *compiler, struct node_binary *node, bool sense, struct label *label) {
    bool short_on = node->operator_id == OPERATOR_OR;
    uint32_t depth = 0;
    struct node *first = node->left;
    while (first->kind == NODE_BINARY && NODE_AS(binary, first)->operator_id == node->operator_id) {
        first = NODE_AS(binary, first)->left;
        depth++;
    }
    struct node_binary **chain = ALLOC_ARRAY(struct node_binary *, depth + 1);
    chain[depth] = node;
    for (uint32_t i = depth; i > 0; i--) chain[i - 1] = NODE_AS(binary, chain[i]->left);
    struct label over = LABEL_NEW, *early = short_on == sense ? label : &over;
    compile_jump_if(compiler, first, short_on, early);
    for (uint32_t i = 0; i < depth; i++) compile_jump_if(compiler, chain[i]->right, short_on, early);
    compile_jump_if(compiler, node->right, sense, label);
    emit_label(compiler, &over);
    alloc_free(chain);
}

void compile_jump_if(struct compiler *compiler, struct node *condition, bool sense, struct label *label) {
    uint16_t top = compiler->top;
    if (compiler_gives_up(compiler, condition)) return;
    struct node *pure = compile_pure(condition);
    while (pure && pure->kind == NODE_PAREN && compile_pure(NODE_AS(paren, pure)->pipeline)) pure = compile_pure(NODE_AS(paren, pure)->pipeline);
    if (pure && pure->kind == NODE_BINARY) {
        struct node_binary *binary = NODE_AS(binary, pure);
        if (binary->operator_id == OPERATOR_AND || binary->operator_id == OPERATOR_OR) {
            jump_logical(compiler, binary, sense, label);
            return;
        }
        if (jump_comparison(compiler, binary, sense, label)) return;
    }
    if (pure && pure->kind == NODE_UNARY) {
        struct node_unary *unary = NODE_AS(unary, pure);
        if (unary->operator_id == OPERATOR_UNARY_NOT || unary->operator_id == OPERATOR_UNARY_BANG) {
            compile_jump_if(compiler, unary->operand, !sense, label);
            return;
        }
    }
    uint16_t reg;
    if (pure) {
        reg = compile_operand(compiler, pure);
    } else {
        reg = emit_temporary(compiler);
        if (condition->kind == NODE_ASSIGNMENT) compile_assignment(compiler, NODE_AS(assignment, condition), reg);
        else compile_captured(compiler, condition, reg, false);
    }
    emit_jump(compiler, sense ? OP_JUMP_TRUE : OP_JUMP_FALSE, 0, reg, 0, 0, label);
    compiler->top = top;
}

static void compile_if(struct compiler *compiler, struct node_if *node) {
    struct label end = LABEL_NEW;
    for (uint32_t i = 0; i < node->clauses.count; i++) {
        struct node_clause *clause = NODE_AS(clause, node->clauses.items[i]);
        struct label next = LABEL_NEW;
        compile_jump_if(compiler, clause->condition, false, &next);
        compile_block(compiler, clause->body);
        if (i + 1 < node->clauses.count || node->else_body) emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &end);
        emit_label(compiler, &next);
    }
    if (node->else_body) compile_block(compiler, node->else_body);
    emit_label(compiler, &end);
}

/* Parts of a `for` give no output. */
static void compile_quiet(struct compiler *compiler, struct node *node) {
    if (!node) return;
    uint16_t top = compiler->top;
    struct node *pure = compile_pure(node);
    if (node->kind == NODE_ASSIGNMENT || (pure && (pure->kind == NODE_POSTFIX || pure->kind == NODE_UNARY))) {
        uint16_t outer = compiler->capture, pair = emit_temporaries(compiler, 2);
        if (pure && pure->kind == NODE_UNARY) emit(compiler, OP_CAPTURE, pair, 0, 0, 0, 0);
        compiler->capture = pair;
        compile_statement(compiler, node);
        compiler->capture = outer;
    } else {
        uint16_t value = emit_temporary(compiler);
        compile_captured(compiler, node, value, false);
        emit(compiler, OP_DROP, value, 0, 0, 0, 0);
    }
    compiler->top = top;
}

static void compile_for(struct compiler *compiler, struct node_for *node) {
    struct loop loop;
    struct label body = LABEL_NEW, test = LABEL_NEW;
    uint16_t top = compiler->top;
    compile_quiet(compiler, node->initializer);
    open_loop(compiler, &loop, node->label);
    if (node->condition) emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &test);
    uint32_t start = emit_here(compiler);
    emit_label(compiler, &body);
    compile_block(compiler, node->body);
    emit_label(compiler, &loop.go_on);
    compile_quiet(compiler, node->iterator);
    uint32_t end = emit_here(compiler);
    emit_label(compiler, &test);
    if (node->condition) compile_jump_if(compiler, node->condition, true, &body);
    else emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &body);
    if (end == start) end = emit_here(compiler);
    close_loop(compiler, &loop, start, emit_here(compiler), top, false);
}

static void compile_while(struct compiler *compiler, struct node_while *node) {
    struct loop loop;
    struct label body = LABEL_NEW;
    uint16_t top = compiler->top;
    open_loop(compiler, &loop, node->label);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &loop.go_on);
    uint32_t start = emit_here(compiler);
    emit_label(compiler, &body);
    compile_block(compiler, node->body);
    emit_label(compiler, &loop.go_on);
    compile_jump_if(compiler, node->condition, true, &body);
    close_loop(compiler, &loop, start, emit_here(compiler), top, false);
}

static void compile_do(struct compiler *compiler, struct text label, struct node *condition, struct node *block, bool again) {
    struct loop loop;
    struct label body = LABEL_NEW;
    uint16_t top = compiler->top;
    open_loop(compiler, &loop, label);
    uint32_t start = emit_here(compiler);
    emit_label(compiler, &body);
    compile_block(compiler, block);
    emit_label(compiler, &loop.go_on);
    compile_jump_if(compiler, condition, again, &body);
    close_loop(compiler, &loop, start, emit_here(compiler), top, false);
}

void compile_flow(struct compiler *compiler, struct node *node) {
    switch (node->kind) {
    case NODE_IF: compile_if(compiler, NODE_AS(if, node)); break;
    case NODE_FOR: compile_for(compiler, NODE_AS(for, node)); break;
    case NODE_WHILE: compile_while(compiler, NODE_AS(while, node)); break;
    case NODE_DO_WHILE: {
        struct node_do_while *loop = NODE_AS(do_while, node);
        compile_do(compiler, loop->label, loop->condition, loop->body, true);
        break;
    }
    case NODE_DO_UNTIL: {
        struct node_do_until *loop = NODE_AS(do_until, node);
        compile_do(compiler, loop->label, loop->condition, loop->body, false);
        break;
    }
    default: break;
    }
}

/* The range that a foreach walks without making it, or NULL. */
static struct node_binary *range_of(struct node *node) {
    struct node *pure = compile_pure(node);
    while (pure && pure->kind == NODE_PAREN && compile_pure(NODE_AS(paren, pure)->pipeline)) pure = compile_pure(NODE_AS(paren, pure)->pipeline);
    return pure && pure->kind == NODE_BINARY && NODE_AS(binary, pure)->operator_id == OPERATOR_RANGE ? NODE_AS(binary, pure) : NULL;
}

static bool is_shown(struct compiler *compiler, const char *name) {
    name_id id = intern_find(compiler->realm->names, text_of(name));
    return id && chunk_slot(compiler->chunk, id) >= 0;
}

/* Bit 1 of the last operand: null counts as an item; bit 2: the enumerator is shown. */
static void compile_iterator(struct compiler *compiler, struct node *condition, uint16_t pair, uint32_t flags) {
    uint16_t top = compiler->top;
    struct node_binary *range = range_of(condition);
    if (range) {
        uint16_t from = compile_value(compiler, range->left), to = compile_value(compiler, range->right);
        emit(compiler, OP_FOREACH, pair, from, to, 1, flags);
    } else if (compile_pure(condition)) {
        uint16_t value = compile_value(compiler, compile_pure(condition));
        emit(compiler, OP_FOREACH, pair, value, 0, 0, flags);
    } else {
        uint16_t value = emit_temporary(compiler);
        compile_captured(compiler, condition, value, false);
        emit(compiler, OP_FOREACH, pair, value, 0, 0, flags);
    }
    compiler->top = top;
}

/* $foreach and $switch show the enumerator, if the block speaks of them. Gives the register of what they were before. */
static uint16_t show_iterator(struct compiler *compiler, const char *name, uint16_t pair) {
    if (!is_shown(compiler, name)) return REGISTER_NONE;
    struct node_variable variable = {.head = {NODE_VARIABLE, compiler->span}, .name = text_of(name)};
    uint16_t before = compile_value(compiler, &variable.head);
    uint16_t held = emit_temporary(compiler);
    emit(compiler, OP_KEEP, held, pair, 0, 0, 0);
    compile_store(compiler, &variable.head, held);
    compiler->top = held;
    return before;
}

static void unshow_iterator(struct compiler *compiler, const char *name, uint16_t before) {
    if (before == REGISTER_NONE) return;
    struct node_variable variable = {.head = {NODE_VARIABLE, compiler->span}, .name = text_of(name)};
    compile_store(compiler, &variable.head, before);
}

void compile_foreach(struct compiler *compiler, struct node_foreach *node) {
    struct loop loop;
    uint16_t top = compiler->top;
    uint16_t pair = emit_temporaries(compiler, 2);
    compile_iterator(compiler, node->condition, pair, is_shown(compiler, "foreach") ? 2 : 0);
    uint16_t before = show_iterator(compiler, "foreach", pair);
    open_loop(compiler, &loop, node->label);
    uint32_t start = emit_here(compiler);
    emit_label(compiler, &loop.go_on);
    struct label done = LABEL_NEW;
    int32_t slot = compile_slot(compiler, node->variable);
    if (slot >= 0) {
        emit_jump(compiler, OP_FOREACH_NEXT, pair, (uint16_t)slot, 0, 0, &done);
    } else {
        uint16_t item = emit_temporary(compiler);
        emit_jump(compiler, OP_FOREACH_NEXT, pair, item, 0, 0, &done);
        compile_store(compiler, node->variable, item);
        compiler->top = item;
    }
    compile_block(compiler, node->body);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &loop.go_on);
    emit_label(compiler, &done);
    close_loop(compiler, &loop, start, emit_here(compiler), (uint16_t)(before == REGISTER_NONE ? pair + 2 : before + 1), false);
    unshow_iterator(compiler, "foreach", before);
    emit(compiler, OP_DROP, pair, 0, 0, 0, 0);
    compiler->top = top;
}

static void compile_clause(struct compiler *compiler, struct node_clause *clause, int flags, uint16_t item, uint16_t matched) {
    struct label next = LABEL_NEW;
    uint16_t top = compiler->top;
    uint16_t condition = compile_operand(compiler, clause->condition);
    uint16_t found = emit_temporary(compiler);
    emit(compiler, OP_SWITCH_TEST, found, item, condition, flags, 0);
    emit_jump(compiler, OP_JUMP_FALSE, 0, found, 0, 0, &next);
    compiler->top = top;
    emit(compiler, OP_LOAD_BOOL, matched, 0, 0, 1, 0);
    compile_block(compiler, clause->body);
    emit_label(compiler, &next);
}

void compile_switch(struct compiler *compiler, struct node_switch *node) {
    struct loop loop;
    uint16_t top = compiler->top;
    uint16_t pair = emit_temporaries(compiler, 2), item = emit_temporary(compiler), matched = emit_temporary(compiler),
             saved = emit_temporary(compiler), shown = emit_temporary(compiler);
    if (node->switch_flags & SWITCH_FILE) {
        uint16_t file = compile_value(compiler, node->condition);
        emit(compiler, OP_SWITCH_FILE, item, file, 0, 0, 0);
        emit(compiler, OP_FOREACH, pair, item, 0, 0, 1);
    } else {
        compile_iterator(compiler, node->condition, pair, is_shown(compiler, "switch") ? 3 : 1);
    }
    uint16_t before = show_iterator(compiler, "switch", pair);
    compiler->chunk->flags |= CHUNK_SETS_UNDERSCORE;
    emit(compiler, OP_SAVE_UNDERSCORE, saved, 0, 0, 0, 0);
    open_loop(compiler, &loop, node->label);
    uint32_t start = emit_here(compiler);
    struct label done = LABEL_NEW;
    emit_label(compiler, &loop.go_on);
    emit_jump(compiler, OP_FOREACH_NEXT, pair, item, 0, 0, &done);
    emit(compiler, OP_KEEP, shown, item, 0, 0, 0);
    emit(compiler, OP_SET_UNDERSCORE, shown, 0, 0, 0, 0);
    emit(compiler, OP_LOAD_BOOL, matched, 0, 0, 0, 0);
    for (uint32_t i = 0; i < node->clauses.count; i++)
        compile_clause(compiler, NODE_AS(clause, node->clauses.items[i]), node->switch_flags, item, matched);
    if (node->default_body) {
        emit_jump(compiler, OP_JUMP_TRUE, 0, matched, 0, 0, &loop.go_on);
        compile_block(compiler, node->default_body);
    }
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &loop.go_on);
    emit_label(compiler, &done);
    close_loop(compiler, &loop, start, emit_here(compiler), (uint16_t)(before == REGISTER_NONE ? shown + 1 : before + 1), true);
    unshow_iterator(compiler, "switch", before);
    emit(compiler, OP_RESTORE_UNDERSCORE, saved, 0, 0, 0, 0);
    emit(compiler, OP_DROP, item, 0, 0, 0, 0);
    emit(compiler, OP_DROP, pair, 0, 0, 0, 0);
    compiler->top = top;
}
