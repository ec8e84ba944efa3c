#include "compiler_private.h"

#define CHAIN_DEPTH 16          /* shorter chains are compiled as the tree has them */

bool compile_small_integer(const struct node *node, int32_t *out) {
    if (node->kind != NODE_NUMBER || NODE_AS(number, node)->number.kind != LITERAL_INT32) return false;
    *out = (int32_t)NODE_AS(number, node)->number.integer;
    return true;
}

/* The comparisons with instructions of their own. c and i forms differ in the id that the instruction carries. */
enum opcode compile_comparison(enum operator_id id) {
    switch (id) {
    case OPERATOR_EQ: case OPERATOR_IEQ: case OPERATOR_CEQ: return OP_EQUAL;
    case OPERATOR_NE: case OPERATOR_INE: case OPERATOR_CNE: return OP_NOT_EQUAL;
    case OPERATOR_LT: case OPERATOR_ILT: case OPERATOR_CLT: return OP_LESS;
    case OPERATOR_LE: case OPERATOR_ILE: case OPERATOR_CLE: return OP_LESS_EQUAL;
    case OPERATOR_GT: case OPERATOR_IGT: case OPERATOR_CGT: return OP_GREATER;
    case OPERATOR_GE: case OPERATOR_IGE: case OPERATOR_CGE: return OP_GREATER_EQUAL;
    default: return OP_NOP;
    }
}

static enum opcode arithmetic(enum operator_id id, bool small) {
    switch (id) {
    case OPERATOR_PLUS: return small ? OP_ADD_INT : OP_ADD;
    case OPERATOR_MINUS: return small ? OP_SUBTRACT_INT : OP_SUBTRACT;
    case OPERATOR_TIMES: return small ? OP_MULTIPLY_INT : OP_MULTIPLY;
    case OPERATOR_MODULO: return small ? OP_REMAINDER_INT : OP_REMAINDER;
    case OPERATOR_OVER: return small ? OP_NOP : OP_DIVIDE;
    default: return OP_NOP;
    }
}

static void compile_logical(struct compiler *compiler, struct node_binary *node, uint16_t target) {
    struct label otherwise = LABEL_NEW, end = LABEL_NEW;
    compile_jump_if(compiler, &node->head, false, &otherwise);
    emit(compiler, OP_LOAD_BOOL, target, 0, 0, 1, 0);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &end);
    emit_label(compiler, &otherwise);
    emit(compiler, OP_LOAD_BOOL, target, 0, 0, 0, 0);
    emit_label(compiler, &end);
}

static void compile_coalesce(struct compiler *compiler, struct node_binary *node, uint16_t target) {
    struct label end = LABEL_NEW;
    uint16_t value = compile_value(compiler, node->left);
    emit_jump(compiler, OP_JUMP_NOT_NULL, 0, value, 0, 0, &end);
    compile_into(compiler, node->right, value);
    emit_label(compiler, &end);
    emit(compiler, OP_TAKE, target, value, 0, 0, 0);
}

static bool is_type_test(int id) { return id == OPERATOR_IS || id == OPERATOR_ISNOT; }

static bool is_plain(int id) { return id != OPERATOR_AND && id != OPERATOR_OR && id != OPERATOR_COALESCE; }

/* a + b + c + …: from the innermost outwards, each result in one temporary, so that a long chain needs neither C stack nor
 * registers. True if the node was one. */
static bool compile_long_chain(struct compiler *compiler, struct node_binary *node, uint16_t target) {
    struct node_binary *at = node;
    uint32_t depth = 0;
    while (is_plain(at->operator_id) && at->left->kind == NODE_BINARY && is_plain(NODE_AS(binary, at->left)->operator_id)) {
        at = NODE_AS(binary, at->left);
        depth++;
    }
    if (depth < CHAIN_DEPTH) return false;
    struct node_binary **chain = ALLOC_ARRAY(struct node_binary *, depth);
    for (uint32_t i = depth; i > 0; i--) chain[i - 1] = i == depth ? node : NODE_AS(binary, chain[i]->left);
    uint16_t result = emit_temporary(compiler);
    compile_operator(compiler, NODE_AS(binary, chain[0]->left), result);
    for (uint32_t i = 0; i < depth && !compiler_gives_up(compiler, &chain[i]->head); i++) {
        uint16_t top = compiler->top, right = compile_operand(compiler, chain[i]->right);
        enum operator_id id = (enum operator_id)chain[i]->operator_id;
        enum opcode op = arithmetic(id, false);
        if (op == OP_NOP) op = compile_comparison(id);
        if (op == OP_NOP) op = id == OPERATOR_XOR ? OP_XOR : OP_BINARY;
        if (is_type_test(id)) emit(compiler, OP_IS_TYPE, result, result, right, id == OPERATOR_ISNOT, 0);
        else emit(compiler, op, result, result, right, 0, id);
        compiler->top = top;
    }
    emit(compiler, OP_TAKE, target, result, 0, 0, 0);
    alloc_free(chain);
    return true;
}

void compile_operator(struct compiler *compiler, struct node_binary *node, uint16_t target) {
    enum operator_id id = (enum operator_id)node->operator_id;
    if (compile_long_chain(compiler, node, target)) return;
    if (id == OPERATOR_AND || id == OPERATOR_OR) {
        compile_logical(compiler, node, target);
        return;
    }
    if (id == OPERATOR_COALESCE) {
        compile_coalesce(compiler, node, target);
        return;
    }
    int32_t small;
    enum opcode op = compile_small_integer(node->right, &small) ? arithmetic(id, true) : OP_NOP;
    if (op != OP_NOP) {
        uint16_t left = compile_operand(compiler, node->left);
        emit(compiler, op, target, left, 0, small, id);
        return;
    }
    uint16_t left = compile_operand_before(compiler, node->left, node->right);
    uint16_t right = compile_operand(compiler, node->right);
    op = arithmetic(id, false);
    if (op == OP_NOP) op = compile_comparison(id);
    if (op == OP_NOP && id == OPERATOR_XOR) op = OP_XOR;
    if (is_type_test(id)) emit(compiler, OP_IS_TYPE, target, left, right, id == OPERATOR_ISNOT, 0);
    else emit(compiler, op == OP_NOP ? OP_BINARY : op, target, left, right, 0, id);
}

void compile_step(struct compiler *compiler, struct node *operand, int step, bool before, uint16_t target) {
    uint16_t top = compiler->top;
    int32_t slot = compile_slot(compiler, operand);
    while (operand->kind == NODE_PAREN && compile_pure(NODE_AS(paren, operand)->pipeline)) operand = compile_pure(NODE_AS(paren, operand)->pipeline);
    if (slot >= 0 && !before && target != REGISTER_NONE) {
        /* The old value of an unset variable is 0. */
        emit(compiler, OP_STEP_VALUE, target, (uint16_t)slot, 0, 0, 0);
        emit(compiler, OP_STEP, (uint16_t)slot, 0, 0, step, 0);
        return;
    }
    if (slot >= 0) {
        emit(compiler, OP_STEP, (uint16_t)slot, 0, 0, step, 0);
        if (target != REGISTER_NONE) emit(compiler, OP_COPY, target, (uint16_t)slot, 0, 0, 0);
        return;
    }
    uint16_t old = compile_value(compiler, operand), new = emit_temporary(compiler);
    if (target != REGISTER_NONE && !before) {
        emit(compiler, OP_KEEP, new, old, 0, 0, 0);
        emit(compiler, OP_STEP_VALUE, target, new, 0, 0, 0);
    }
    emit(compiler, OP_STEP_VALUE, new, old, 0, step, 0);
    if (target != REGISTER_NONE && before) emit(compiler, OP_KEEP, target, new, 0, 0, 0);
    compile_store(compiler, operand, new);
    compiler->top = top;
}

void compile_unary(struct compiler *compiler, struct node *node, uint16_t target) {
    if (node->kind == NODE_POSTFIX) {
        struct node_postfix *postfix = NODE_AS(postfix, node);
        compile_step(compiler, postfix->operand, postfix->operator_id == OPERATOR_POST_INCREMENT ? 1 : -1, false, target);
        return;
    }
    struct node_unary *unary = NODE_AS(unary, node);
    switch (unary->operator_id) {
    case OPERATOR_INCREMENT: case OPERATOR_DECREMENT:
        compile_step(compiler, unary->operand, unary->operator_id == OPERATOR_INCREMENT ? 1 : -1, true, target);
        return;
    case OPERATOR_UNARY_NOT: case OPERATOR_UNARY_BANG:
        emit(compiler, OP_NOT, target, compile_operand(compiler, unary->operand), 0, 0, 0);
        return;
    case OPERATOR_UNARY_COMMA:
        emit(compiler, OP_ARRAY, target, compile_value(compiler, unary->operand), 0, 1, 0);
        return;
    case OPERATOR_UNARY_MINUS: {
        struct value constant;
        if (unary->operand->kind == NODE_NUMBER && fold_constant(compiler, node, &constant)) {
            emit(compiler, OP_LOAD_CONSTANT, target, 0, 0, emit_constant_take(compiler, constant), 0);
            return;
        }
        break;
    }
    }
    emit(compiler, OP_UNARY, target, compile_operand(compiler, unary->operand), 0, 0, (uint32_t)unary->operator_id);
}
