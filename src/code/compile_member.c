#include "compiler_private.h"

#include "m365sh/value/string.h"

/* The name of a member when it stands there as a word. */
static bool static_name(struct compiler *compiler, struct node *name, int32_t *out) {
    if (name->kind != NODE_STRING) return false;
    *out = (int32_t)emit_name(compiler, NODE_AS(string, name)->text);
    return true;
}

/* Keys of tables with case are found by the spelling that stands here. */
static uint16_t compile_spelling(struct compiler *compiler, struct text name) {
    if (emit_spells_name(compiler, name)) return 0;
    int32_t constant = emit_constant_take(compiler, string_new(name));
    return constant < UINT16_MAX ? (uint16_t)(constant + 1) : 0;
}

static void compile_index(struct compiler *compiler, struct node_index *node, uint16_t target, struct label *null) {
    uint16_t object = compile_operand_before(compiler, node->target, node->index);
    if (node->null_conditional) emit_jump(compiler, OP_JUMP_NULL, 0, object, 0, 0, null);
    if (node->index->kind == NODE_ARRAY_LITERAL) {
        const struct node_list *items = &NODE_AS(array_literal, node->index)->items;
        uint16_t first = compiler->top;
        for (uint32_t i = 0; i < items->count; i++) compile_value(compiler, items->items[i]);
        emit(compiler, OP_INDEX_MANY, target, object, first, (int32_t)items->count, 0);
        return;
    }
    uint16_t index = compile_operand(compiler, node->index);
    emit(compiler, OP_INDEX, target, object, index, 0, 0);
}

static void compile_property(struct compiler *compiler, struct node_member *node, uint16_t target, struct label *null) {
    uint16_t object = compile_operand_before(compiler, node->target, node->name);
    int32_t name;
    if (node->null_conditional) emit_jump(compiler, OP_JUMP_NULL, 0, object, 0, 0, null);
    if (static_name(compiler, node->name, &name)) {
        if (node->is_static) emit(compiler, OP_STATIC_GET, target, object, 0, name, 0);
        else emit(compiler, OP_MEMBER_GET, target, object, compile_spelling(compiler, NODE_AS(string, node->name)->text), name, emit_cache(compiler));
        return;
    }
    uint16_t by = compile_operand(compiler, node->name);
    emit(compiler, node->is_static ? OP_STATIC_GET_BY : OP_MEMBER_GET_BY, target, object, by, 0, 0);
}

static void compile_call(struct compiler *compiler, struct node_invoke_member *node, uint16_t target, struct label *null) {
    int32_t name = 0;
    bool is_static_name = static_name(compiler, node->name, &name);
    uint16_t object = compile_value(compiler, node->target);
    if (node->null_conditional) emit_jump(compiler, OP_JUMP_NULL, 0, object, 0, 0, null);
    uint16_t first = compiler->top;
    if (!is_static_name) compile_value(compiler, node->name);
    for (uint32_t i = 0; i < node->arguments.count; i++) compile_value(compiler, node->arguments.items[i]);
    enum opcode op = is_static_name ? (node->is_static ? OP_CALL_STATIC : OP_CALL_METHOD) : (node->is_static ? OP_CALL_STATIC_BY : OP_CALL_METHOD_BY);
    bool alone = is_static_name && !node->arguments.count; /* no register behind the object is meant then */
    emit(compiler, op, target, object, alone ? object : first, name, node->arguments.count);
}

/* ([Base]$object).Method(…) calls the method of the base class, if it is one of a script's. */
static bool compile_base_call(struct compiler *compiler, struct node_invoke_member *node, uint16_t target) {
    struct node *inner = node->target->kind == NODE_PAREN ? compile_pure(NODE_AS(paren, node->target)->pipeline) : NULL;
    if (!inner || inner->kind != NODE_CONVERT || node->is_static || node->null_conditional || NODE_AS(convert, inner)->operand->kind != NODE_VARIABLE) return false;
    int32_t name;
    if (!static_name(compiler, node->name, &name)) return false;
    uint16_t first = compiler->top;
    uint16_t type = emit_temporary(compiler);
    emit(compiler, OP_LOAD_TYPE, type, 0, 0, emit_type(compiler, compile_type_text(NODE_AS(convert, inner)->type)), emit_cache(compiler));
    compile_value(compiler, NODE_AS(convert, inner)->operand);
    for (uint32_t i = 0; i < node->arguments.count; i++) compile_value(compiler, node->arguments.items[i]);
    emit(compiler, OP_CALL_BASE, target, 0, first, name, node->arguments.count);
    return true;
}

void compile_member(struct compiler *compiler, struct node *node, uint16_t target) {
    struct label null = LABEL_NEW, end = LABEL_NEW;
    if (node->kind == NODE_INVOKE_MEMBER) {
        if (!compile_base_call(compiler, NODE_AS(invoke_member, node), target))
            compile_call(compiler, NODE_AS(invoke_member, node), target, &null);
    } else if (node->kind == NODE_INDEX) {
        compile_index(compiler, NODE_AS(index, node), target, &null);
    } else {
        compile_property(compiler, NODE_AS(member, node), target, &null);
    }
    if (null.chain < 0) return;
    emit_jump(compiler, OP_JUMP, 0, 0, 0, 0, &end);
    emit_label(compiler, &null);
    emit(compiler, OP_LOAD_NULL, target, 0, 0, 0, 0);
    emit_label(compiler, &end);
}
