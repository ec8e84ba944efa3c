#include "compiler_private.h"

#include "m365sh/value/string.h"

struct node *compile_pure(struct node *node) {
    if (!node) return NULL;
    switch (node->kind) {
    case NODE_PIPELINE: {
        struct node_pipeline *pipeline = NODE_AS(pipeline, node);
        return pipeline->elements.count == 1 && !pipeline->background ? compile_pure(pipeline->elements.items[0]) : NULL;
    }
    case NODE_EXPRESSION_STAGE: {
        struct node_expression_stage *stage = NODE_AS(expression_stage, node);
        return stage->redirections.count ? NULL : stage->expression;
    }
    case NODE_NUMBER: case NODE_STRING: case NODE_EXPANDABLE: case NODE_VARIABLE: case NODE_ARRAY_LITERAL: case NODE_ARRAY_EXPRESSION:
    case NODE_SUBEXPRESSION: case NODE_PAREN: case NODE_HASHTABLE: case NODE_BLOCK_EXPRESSION: case NODE_TYPE_EXPRESSION: case NODE_CONVERT:
    case NODE_ATTRIBUTED: case NODE_UNARY: case NODE_POSTFIX: case NODE_BINARY: case NODE_TERNARY: case NODE_MEMBER: case NODE_INVOKE_MEMBER:
    case NODE_INDEX:
        return node;
    default:
        return NULL;
    }
}

void compile_emit(struct compiler *compiler, uint16_t reg) {
    if (compiler->capture == REGISTER_NONE) emit(compiler, OP_EMIT, reg, 0, 0, 0, 0);
    else emit(compiler, OP_EMIT_CAPTURE, reg, compiler->capture, 0, 0, 0);
}

static void dispatch(struct compiler *compiler, struct node *node);

void compile_captured(struct compiler *compiler, struct node *node, uint16_t target, bool as_array) {
    uint16_t top = compiler->top, outer = compiler->capture;
    uint16_t pair = emit_temporaries(compiler, 2);
    emit(compiler, OP_CAPTURE, pair, 0, 0, 0, 0);
    compiler->capture = pair;
    if (node && node->kind == NODE_BLOCK) compile_block(compiler, node);
    else if (node) dispatch(compiler, node); /* part of a statement: an error in it ends that one */
    compiler->capture = outer;
    emit(compiler, as_array ? OP_CAPTURED_ARRAY : OP_CAPTURED, pair, target, 0, 0, 0);
    compiler->top = top;
}

/* ($i++) and the like in a statement's place give no value. */
static bool compile_silent(struct compiler *compiler, struct node *node) {
    if (node->kind == NODE_POSTFIX) {
        struct node_postfix *postfix = NODE_AS(postfix, node);
        compile_step(compiler, postfix->operand, postfix->operator_id == OPERATOR_POST_INCREMENT ? 1 : -1, false, REGISTER_NONE);
        return true;
    }
    if (node->kind == NODE_UNARY) {
        struct node_unary *unary = NODE_AS(unary, node);
        if (unary->operator_id != OPERATOR_INCREMENT && unary->operator_id != OPERATOR_DECREMENT) return false;
        compile_step(compiler, unary->operand, unary->operator_id == OPERATOR_INCREMENT ? 1 : -1, true, REGISTER_NONE);
        return true;
    }
    return false;
}

/* $? is kept where the program speaks of it, and at the outermost level, where the last statement decides -c's exit code. */
static bool sets_success(const struct compiler *compiler) {
    return compiler->watches_success || (!compiler->outer && !compiler->loops);
}

static void compile_expression_statement(struct compiler *compiler, struct node *node) {
    if (!compile_silent(compiler, node)) {
        if (node->kind == NODE_SUBEXPRESSION && NODE_AS(subexpression, node)->block) {
            compile_block(compiler, NODE_AS(subexpression, node)->block); /* its output is ours */
            return;
        }
        compile_emit(compiler, compile_operand(compiler, node));
    }
    bool is_command = node->kind == NODE_PAREN && !compile_pure(NODE_AS(paren, node)->pipeline);
    if (sets_success(compiler) && !is_command) emit(compiler, OP_SUCCEED, 0, 0, 0, 0, 0);
}

static void compile_data(struct compiler *compiler, struct node_data *node) {
    if (!node->variable.length) {
        compile_block(compiler, node->body);
        return;
    }
    uint16_t value = emit_temporary(compiler);
    compile_captured(compiler, node->body, value, false);
    struct node_variable variable = {.head = {NODE_VARIABLE, node->head.span}, .name = node->variable};
    compile_store(compiler, &variable.head, value);
}

static void dispatch(struct compiler *compiler, struct node *node) {
    struct node *pure = compile_pure(node);
    if (pure) {
        compile_expression_statement(compiler, pure);
        return;
    }
    switch (node->kind) {
    case NODE_BLOCK: compile_block(compiler, node); break;
    case NODE_ASSIGNMENT:
        compile_assignment(compiler, NODE_AS(assignment, node), REGISTER_NONE);
        if (sets_success(compiler) && compile_pure(NODE_AS(assignment, node)->value)) emit(compiler, OP_SUCCEED, 0, 0, 0, 0, 0);
        break;
    case NODE_PIPELINE: case NODE_COMMAND: case NODE_EXPRESSION_STAGE: {
        struct node *one[1] = {node};
        struct node_pipeline wrapped = {.head = {NODE_PIPELINE, node->span}, .elements = {one, 1}};
        compile_pipeline(compiler, node->kind == NODE_PIPELINE ? NODE_AS(pipeline, node) : &wrapped);
        break;
    }
    case NODE_CHAIN: compile_chain(compiler, NODE_AS(chain, node)); break;
    case NODE_IF: case NODE_FOR: case NODE_WHILE: case NODE_DO_WHILE: case NODE_DO_UNTIL: compile_flow(compiler, node); break;
    case NODE_FOREACH: compile_foreach(compiler, NODE_AS(foreach, node)); break;
    case NODE_SWITCH: compile_switch(compiler, NODE_AS(switch, node)); break;
    case NODE_TRY: compile_try(compiler, NODE_AS(try, node)); break;
    case NODE_DATA: compile_data(compiler, NODE_AS(data, node)); break;
    case NODE_BREAK: case NODE_CONTINUE: case NODE_RETURN: case NODE_EXIT: case NODE_THROW: compile_jump_out(compiler, node); break;
    case NODE_FUNCTION: compile_function(compiler, NODE_AS(function, node)); break;
    case NODE_CLASS: compile_class(compiler, NODE_AS(class, node)); break;
    case NODE_ENUM: compile_enum(compiler, NODE_AS(enum, node)); break;
    default: break;
    }
}

void compile_statement(struct compiler *compiler, struct node *node) {
    uint16_t top = compiler->top;
    struct span outer = compiler->span;
    uint32_t start = emit_here(compiler), assigned = 0;
    if (node->kind == NODE_ASSIGNMENT && compile_slot(compiler, NODE_AS(assignment, node)->target) >= 0)
        assigned = (uint32_t)compile_slot(compiler, NODE_AS(assignment, node)->target) + 1;
    compiler->span = node->span;
    dispatch(compiler, node);
    compiler->span = outer;
    compiler->top = top;
    emit_region(compiler, (struct region){.other = assigned, .start = start, .end = emit_here(compiler), .kind = REGION_STATEMENT, .temporaries = top, .span = node->span});
}

/* Functions of a block are defined where they stand, classes before anything else runs. */
void compile_block(struct compiler *compiler, struct node *node) {
    struct node_block *block = NODE_AS(block, node);
    uint32_t start = emit_here(compiler);
    for (uint32_t i = 0; i < block->statements.count; i++) {
        uint16_t kind = block->statements.items[i]->kind;
        if (kind == NODE_CLASS || kind == NODE_ENUM) compile_statement(compiler, block->statements.items[i]);
    }
    for (uint32_t i = 0; i < block->statements.count; i++) {
        uint16_t kind = block->statements.items[i]->kind;
        if (kind != NODE_CLASS && kind != NODE_ENUM) compile_statement(compiler, block->statements.items[i]);
    }
    if (block->traps.count) compile_traps(compiler, block, start, emit_here(compiler));
}
