#include "compiler_private.h"

#include "m365sh/value/string.h"

int32_t compile_slot(struct compiler *compiler, struct node *node) {
    if (node->kind != NODE_VARIABLE || (compiler->chunk->flags & CHUNK_BY_NAME)) return -1;
    struct node_variable *variable = NODE_AS(variable, node);
    if (variable->splat) return -1;
    if (variable->scope.length && !text_equal_fold(variable->scope, TEXT("local"))) return -1;
    name_id name = intern_find(compiler->realm->names, variable->name);
    return name ? chunk_slot(compiler->chunk, name) : -1;
}

bool compile_is_variable(struct node *node, const char *name) {
    return node->kind == NODE_VARIABLE && text_equal_fold(NODE_AS(variable, node)->name, text_of(name));
}

/* May running the node change a variable? */
static bool is_harmless(struct node *node) {
    switch (node->kind) {
    case NODE_NUMBER: case NODE_STRING: case NODE_VARIABLE: case NODE_TYPE_EXPRESSION: case NODE_BLOCK_EXPRESSION: return true;
    case NODE_BINARY: return is_harmless(NODE_AS(binary, node)->left) && is_harmless(NODE_AS(binary, node)->right);
    case NODE_MEMBER: return is_harmless(NODE_AS(member, node)->target) && is_harmless(NODE_AS(member, node)->name);
    case NODE_INDEX: return is_harmless(NODE_AS(index, node)->target) && is_harmless(NODE_AS(index, node)->index);
    case NODE_CONVERT: return is_harmless(NODE_AS(convert, node)->operand);
    case NODE_PAREN: {
        struct node *pure = compile_pure(NODE_AS(paren, node)->pipeline);
        return pure && is_harmless(pure);
    }
    case NODE_UNARY:
        return NODE_AS(unary, node)->operator_id != OPERATOR_INCREMENT && NODE_AS(unary, node)->operator_id != OPERATOR_DECREMENT &&
               is_harmless(NODE_AS(unary, node)->operand);
    default: return false;
    }
}

uint16_t compile_value(struct compiler *compiler, struct node *node) {
    uint16_t reg = emit_temporary(compiler);
    compile_into(compiler, node, reg);
    return reg;
}

uint16_t compile_operand(struct compiler *compiler, struct node *node) {
    bool is_local = node->kind == NODE_VARIABLE && NODE_AS(variable, node)->scope.length; /* $local:x does not look outwards */
    int32_t slot = is_local ? -1 : compile_slot(compiler, node);
    return slot >= 0 ? (uint16_t)slot : compile_value(compiler, node);
}

uint16_t compile_operand_before(struct compiler *compiler, struct node *node, struct node *later) {
    return is_harmless(later) ? compile_operand(compiler, node) : compile_value(compiler, node);
}

static const struct { const char *scope; uint16_t which; bool is_drive; } scopes[] = {
    {"global", 1, false}, {"script", 2, false}, {"local", 3, false}, {"private", 4, false}, {"using", 5, false},
    {"env", 1, true}, {"function", 2, true}, {"alias", 3, true}, {"variable", 4, true},
};

/* Which scope or drive a prefix names; 0: none known, as text of a drive that does not exist. */
static uint16_t scope_of(struct text scope, bool *is_drive) {
    *is_drive = false;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (!text_equal_fold(scope, text_of(scopes[i].scope))) continue;
        *is_drive = scopes[i].is_drive;
        return scopes[i].which;
    }
    return 0;
}

static bool load_automatic(struct compiler *compiler, enum automatic which, uint16_t target) {
    switch (which) {
    case AUTOMATIC_NONE: case AUTOMATIC_FOREACH: case AUTOMATIC_SWITCH: return false;
    case AUTOMATIC_TRUE: emit(compiler, OP_LOAD_BOOL, target, 0, 0, 1, 0); return true;
    case AUTOMATIC_FALSE: emit(compiler, OP_LOAD_BOOL, target, 0, 0, 0, 0); return true;
    case AUTOMATIC_NULL: emit(compiler, OP_LOAD_NULL, target, 0, 0, 0, 0); return true;
    case AUTOMATIC_UNDERSCORE: emit(compiler, OP_GET_UNDERSCORE, target, 0, 0, 0, 0); return true;
    default: emit(compiler, OP_GET_AUTOMATIC, target, (uint16_t)which, 0, 0, 0); return true;
    }
}

void compile_variable(struct compiler *compiler, struct node_variable *node, uint16_t target) {
    bool is_drive;
    if (node->scope.length == 0 && load_automatic(compiler, scope_plan_automatic(node->name), target)) return;
    int32_t slot = node->scope.length ? -1 : compile_slot(compiler, &node->head);
    if (slot >= 0) {
        emit(compiler, OP_COPY, target, (uint16_t)slot, 0, 0, 0);
        return;
    }
    name_id name = emit_name(compiler, node->name);
    if (node->scope.length == 0) {
        emit(compiler, OP_GET_NAMED, target, 0, 0, (int32_t)name, emit_cache(compiler));
        return;
    }
    uint16_t which = scope_of(node->scope, &is_drive);
    if (is_drive) emit(compiler, OP_GET_DRIVE, target, which, 0, (int32_t)name, 0);
    else if (which && which != 3 && which != 5) emit(compiler, OP_GET_SCOPED, target, which, 0, (int32_t)name, emit_cache(compiler));
    else if (which == 3) emit(compiler, OP_GET_SCOPED, target, 3, 0, (int32_t)name, emit_cache(compiler));
    else if (which == 5) emit(compiler, OP_GET_NAMED, target, 0, 0, (int32_t)name, emit_cache(compiler));
    else emit(compiler, OP_LOAD_NULL, target, 0, 0, 0, 0);
}

static void compile_number(struct compiler *compiler, struct node *node, uint16_t target) {
    struct number_literal *number = &NODE_AS(number, node)->number;
    if (number->kind == LITERAL_INT32) emit(compiler, OP_LOAD_INT, target, 0, 0, (int32_t)number->integer, 0);
    else emit(compiler, OP_LOAD_CONSTANT, target, 0, 0, emit_constant_take(compiler, fold_number(number)), 0);
}

/* A long list is made piece by piece: registers are numbered by 16 bits. */
static void compile_items(struct compiler *compiler, const struct node_list *items, uint16_t target) {
    uint16_t start = compiler->top, list = items->count > COMPILER_PARTS ? emit_temporary(compiler) : target, first = compiler->top;
    for (uint32_t done = 0; done == 0 || done < items->count;) {
        uint32_t count = items->count - done < COMPILER_PARTS ? items->count - done : COMPILER_PARTS;
        for (uint32_t i = 0; i < count; i++) compile_value(compiler, items->items[done + i]);
        emit(compiler, done ? OP_ARRAY_MORE : OP_ARRAY, list, first, 0, (int32_t)count, 0);
        compiler->top = first;
        done += count;
        if (!items->count) break;
    }
    if (list != target) emit(compiler, OP_TAKE, target, list, 0, 0, 0);
    compiler->top = start;
}

/* @( ): statements collected; a lone expression need not be. */
static void compile_array_expression(struct compiler *compiler, struct node_array_expression *node, uint16_t target) {
    struct node_block *block = node->block ? NODE_AS(block, node->block) : NULL;
    if (!block || (block->statements.count == 0 && block->traps.count == 0)) {
        emit(compiler, OP_ARRAY, target, 0, 0, 0, 0);
        return;
    }
    struct node *only = block->statements.count == 1 && !block->traps.count ? compile_pure(block->statements.items[0]) : NULL;
    if (!only || only->kind == NODE_POSTFIX || only->kind == NODE_UNARY) {
        compile_captured(compiler, node->block, target, true);
        return;
    }
    if (only->kind == NODE_ARRAY_LITERAL) {
        compile_items(compiler, &NODE_AS(array_literal, only)->items, target);
        return;
    }
    emit(compiler, OP_ARRAY_OF, target, compile_value(compiler, only), 0, 0, 0);
}

/* A parenthesis holds an expression, an assignment that shows its value, or a command whose output is collected. */
static void compile_paren(struct compiler *compiler, struct node *inner, uint16_t target) {
    struct node *pure = compile_pure(inner);
    if (pure) {
        compile_into(compiler, pure, target);
    } else if (inner && inner->kind == NODE_ASSIGNMENT) {
        compile_assignment(compiler, NODE_AS(assignment, inner), target);
    } else {
        compile_captured(compiler, inner, target, false);
    }
}

static void compile_convert(struct compiler *compiler, struct node_convert *node, uint16_t target) {
    struct text type = compile_type_text(node->type);
    struct node *operand = node->operand;
    if (text_equal_fold(type, TEXT("ref")) && operand->kind == NODE_VARIABLE && scope_plan_automatic(NODE_AS(variable, operand)->name) == AUTOMATIC_NONE) {
        emit(compiler, OP_REFERENCE, target, 0, 0, (int32_t)emit_name(compiler, NODE_AS(variable, operand)->name), 0);
        return;
    }
    bool ordered = text_equal_fold(type, TEXT("ordered")) || text_equal_fold(type, TEXT("System.Collections.Specialized.OrderedDictionary"));
    bool is_object = text_equal_fold(type, TEXT("pscustomobject")) || text_equal_fold(type, TEXT("System.Management.Automation.PSCustomObject"));
    if (operand->kind == NODE_HASHTABLE && (ordered || is_object)) {
        compile_hashtable(compiler, NODE_AS(hashtable, operand), target, true);
        if (ordered) return;
        emit(compiler, OP_CONVERT, target, target, 0, emit_type(compiler, TEXT("System.Management.Automation.PSCustomObject")), emit_cache(compiler));
        return;
    }
    uint16_t value = compile_operand(compiler, operand);
    /* As a type the short name is PSObject, to which tables are left alone; as a cast it makes objects of them. */
    if (is_object) type = TEXT("System.Management.Automation.PSCustomObject");
    emit(compiler, OP_CONVERT, target, value, 0, emit_type(compiler, type), emit_cache(compiler));
}

static void compile_ternary(struct compiler *compiler, struct node_ternary *node, uint16_t target) {
    struct label otherwise = LABEL_NEW, end = LABEL_NEW;
    compile_jump_if(compiler, node->condition, false, &otherwise);
    compile_into(compiler, node->then_value, target);
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &end);
    emit_label(compiler, &otherwise);
    compile_into(compiler, node->else_value, target);
    emit_label(compiler, &end);
}

void compile_hashtable(struct compiler *compiler, struct node_hashtable *node, uint16_t target, bool ordered) {
    uint16_t table = emit_temporary(compiler);
    emit(compiler, OP_TABLE, table, 0, 0, ordered, node->pairs.count);
    for (uint32_t i = 0; i < node->pairs.count; i++) {
        struct node_pair *pair = NODE_AS(pair, node->pairs.items[i]);
        uint16_t top = compiler->top, key = compile_value(compiler, pair->key), value = emit_temporary(compiler);
        struct node *pure = compile_pure(pair->value);
        if (pure) compile_into(compiler, pure, value);
        else if (pair->value && pair->value->kind == NODE_ASSIGNMENT) compile_assignment(compiler, NODE_AS(assignment, pair->value), value);
        else compile_captured(compiler, pair->value, value, false);
        emit(compiler, OP_TABLE_ADD, table, key, value, 0, 0);
        compiler->top = top;
    }
    emit(compiler, OP_TAKE, target, table, 0, 0, 0);
}

static void compile_block_expression(struct compiler *compiler, struct node_block_expression *node, uint16_t target) {
    struct chunk *nested = compile_body(compiler, node->body, NULL, CHUNK_BLOCK, TEXT_NONE, node->head.span);
    emit(compiler, OP_BLOCK, target, 0, 0, emit_nested_take(compiler, nested), 0);
}

void compile_text(struct compiler *compiler, struct node_expandable *node, uint16_t target) {
    uint16_t first = compiler->top;
    for (uint32_t i = 0; i < node->parts.count; i++) {
        /* What is joined so far becomes the first part of the next piece. */
        if (i && i % COMPILER_PARTS == 0) {
            emit(compiler, OP_JOIN_TEXT, first, first, 0, compiler->top - first, 0);
            compiler->top = (uint16_t)(first + 1);
        }
        compile_value(compiler, node->parts.items[i]);
    }
    emit(compiler, OP_JOIN_TEXT, target, first, 0, compiler->top - first, 0);
    compiler->top = first;
}

static void compile_other(struct compiler *compiler, struct node *node, uint16_t target) {
    switch (node->kind) {
    case NODE_CONVERT: compile_convert(compiler, NODE_AS(convert, node), target); break;
    case NODE_ATTRIBUTED: compile_into(compiler, NODE_AS(attributed, node)->operand, target); break;
    case NODE_BLOCK_EXPRESSION: compile_block_expression(compiler, NODE_AS(block_expression, node), target); break;
    case NODE_TYPE_EXPRESSION:
        emit(compiler, OP_LOAD_TYPE, target, 0, 0, emit_type(compiler, compile_type_text(node)), emit_cache(compiler));
        break;
    case NODE_TERNARY: compile_ternary(compiler, NODE_AS(ternary, node), target); break;
    case NODE_MEMBER: case NODE_INVOKE_MEMBER: case NODE_INDEX: compile_member(compiler, node, target); break;
    case NODE_PIPELINE: case NODE_EXPRESSION_STAGE: case NODE_ASSIGNMENT: case NODE_CHAIN: compile_paren(compiler, node, target); break;
    default: compile_captured(compiler, node, target, false); break;
    }
}

void compile_into(struct compiler *compiler, struct node *node, uint16_t target) {
    uint16_t top = compiler->top;
    struct span outer = compiler->span;
    if (!node) {
        emit(compiler, OP_LOAD_NULL, target, 0, 0, 0, 0);
        return;
    }
    if (compiler_gives_up(compiler, node)) return;
    compiler->span = node->span;
    switch (node->kind) {
    case NODE_NUMBER: compile_number(compiler, node, target); break;
    case NODE_STRING: emit_text_constant(compiler, target, NODE_AS(string, node)->text); break;
    case NODE_EXPANDABLE: compile_text(compiler, NODE_AS(expandable, node), target); break;
    case NODE_VARIABLE: compile_variable(compiler, NODE_AS(variable, node), target); break;
    case NODE_ARRAY_LITERAL: compile_items(compiler, &NODE_AS(array_literal, node)->items, target); break;
    case NODE_ARRAY_EXPRESSION: compile_array_expression(compiler, NODE_AS(array_expression, node), target); break;
    case NODE_SUBEXPRESSION: compile_captured(compiler, NODE_AS(subexpression, node)->block, target, false); break;
    case NODE_PAREN: compile_paren(compiler, NODE_AS(paren, node)->pipeline, target); break;
    case NODE_HASHTABLE: compile_hashtable(compiler, NODE_AS(hashtable, node), target, false); break;
    case NODE_UNARY: case NODE_POSTFIX: compile_unary(compiler, node, target); break;
    case NODE_BINARY: compile_operator(compiler, NODE_AS(binary, node), target); break;
    default: compile_other(compiler, node, target); break;
    }
    compiler->span = outer;
    compiler->top = top;
}
