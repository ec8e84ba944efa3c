#include "compiler_private.h"

static const char *const scope_names[] = {"global", "script", "local", "private", "using"};
static const char *const drive_names[] = {"env", "function", "alias", "variable"};

static uint16_t number_of(const char *const *names, size_t count, struct text name) {
    for (size_t i = 0; i < count; i++) {
        if (text_equal_fold(name, text_of(names[i]))) return (uint16_t)(i + 1);
    }
    return 0;
}

static void store_variable(struct compiler *compiler, struct node_variable *node, uint16_t value) {
    name_id name = emit_name(compiler, node->name);
    int32_t slot = compile_slot(compiler, &node->head);
    enum automatic automatic = node->scope.length ? AUTOMATIC_NONE : scope_plan_automatic(node->name);
    uint16_t scope = number_of(scope_names, 5, node->scope), drive = number_of(drive_names, 4, node->scope);
    if (automatic == AUTOMATIC_UNDERSCORE) {
        compiler->chunk->flags |= CHUNK_SETS_UNDERSCORE;
        emit(compiler, OP_SET_UNDERSCORE, value, 0, 0, 0, 0);
    } else if (automatic == AUTOMATIC_NULL) {
        emit(compiler, OP_DROP, value, 0, 0, 0, 0);
    } else if (automatic == AUTOMATIC_TRUE || automatic == AUTOMATIC_FALSE || automatic == AUTOMATIC_SUCCEEDED) {
        emit(compiler, OP_REFUSE, value, 0, 0, (int32_t)name, 0);
    } else if (slot >= 0) {
        emit(compiler, OP_TAKE, (uint16_t)slot, value, 0, 0, 0);
    } else if (drive) {
        emit(compiler, OP_SET_DRIVE, value, drive, 0, (int32_t)name, 0);
    } else if (scope && scope != 3) {
        emit(compiler, OP_SET_SCOPED, value, scope, 0, (int32_t)name, emit_cache(compiler));
    } else {
        emit(compiler, OP_SET_NAMED, value, 0, 0, (int32_t)name, emit_cache(compiler));
    }
    if (text_equal_fold(node->name, TEXT("OFS"))) emit(compiler, OP_SYNC_OFS, 0, 0, 0, 0, 0);
}

/* [ValidateRange(1,5)][int]$x = …: the attributes from the outside in. */
static void store_attributed(struct compiler *compiler, struct node *target, uint16_t value) {
    struct node *attributes[16];
    uint32_t count = 0;
    while ((target->kind == NODE_CONVERT || target->kind == NODE_ATTRIBUTED) && count < 16) {
        if (target->kind == NODE_CONVERT) {
            attributes[count++] = NODE_AS(convert, target)->type;
            target = NODE_AS(convert, target)->operand;
        } else {
            attributes[count++] = NODE_AS(attributed, target)->attribute;
            target = NODE_AS(attributed, target)->operand;
        }
    }
    if (target->kind != NODE_VARIABLE) {
        struct text type = compile_type_text(attributes[count - 1]);
        emit(compiler, OP_CONVERT, value, value, 0, emit_type(compiler, type), emit_cache(compiler));
        compile_store(compiler, target, value);
        return;
    }
    struct node_variable *variable = NODE_AS(variable, target);
    int32_t set = compile_attribute_set(compiler, attributes, count);
    int32_t slot = compile_slot(compiler, target);
    uint16_t scope = number_of(scope_names, 5, variable->scope);
    emit(compiler, OP_SET_TYPED, slot >= 0 ? (uint16_t)slot : REGISTER_NONE, value, scope, (int32_t)emit_name(compiler, variable->name), (uint32_t)set);
}

static void store_member(struct compiler *compiler, struct node_member *node, uint16_t value) {
    uint16_t object = compile_operand(compiler, node->target);
    if (node->name->kind == NODE_STRING && (node->is_static || emit_spells_name(compiler, NODE_AS(string, node->name)->text))) {
        int32_t name = (int32_t)emit_name(compiler, NODE_AS(string, node->name)->text);
        if (node->is_static) emit(compiler, OP_STATIC_SET, value, object, 0, name, 0);
        else emit(compiler, OP_MEMBER_SET, value, object, 0, name, emit_cache(compiler));
        return;
    }
    uint16_t name = compile_operand(compiler, node->name);
    emit(compiler, OP_MEMBER_SET_BY, value, object, name, 0, 0);
}

static void store_index(struct compiler *compiler, struct node_index *node, uint16_t value) {
    uint16_t object = compile_operand_before(compiler, node->target, node->index);
    if (node->index->kind == NODE_ARRAY_LITERAL) {
        const struct node_list *items = &NODE_AS(array_literal, node->index)->items;
        uint16_t first = compiler->top;
        for (uint32_t i = 0; i < items->count; i++) compile_value(compiler, items->items[i]);
        emit(compiler, OP_INDEX_SET_MANY, value, object, first, (int32_t)items->count, 0);
        return;
    }
    emit(compiler, OP_INDEX_SET, value, object, compile_operand(compiler, node->index), 0, 0);
}

/* $a, $b, $rest = …: the last takes what is left. The list of targets asks for its parts by index. */
static void store_list(struct compiler *compiler, struct node_array_literal *node, uint16_t value) {
    uint16_t parts = emit_temporaries(compiler, node->items.count);
    emit(compiler, OP_SPREAD, parts, value, 0, (int32_t)node->items.count, 0);
    for (uint32_t i = 0; i < node->items.count; i++) compile_store(compiler, node->items.items[i], (uint16_t)(parts + i));
}

void compile_store(struct compiler *compiler, struct node *target, uint16_t value) {
    uint16_t top = compiler->top;
    while (target->kind == NODE_PAREN && compile_pure(NODE_AS(paren, target)->pipeline)) target = compile_pure(NODE_AS(paren, target)->pipeline);
    switch (target->kind) {
    case NODE_VARIABLE: store_variable(compiler, NODE_AS(variable, target), value); break;
    case NODE_CONVERT: case NODE_ATTRIBUTED: store_attributed(compiler, target, value); break;
    case NODE_MEMBER: store_member(compiler, NODE_AS(member, target), value); break;
    case NODE_INDEX: store_index(compiler, NODE_AS(index, target), value); break;
    case NODE_ARRAY_LITERAL: store_list(compiler, NODE_AS(array_literal, target), value); break;
    default: emit(compiler, OP_DROP, value, 0, 0, 0, 0); break;
    }
    compiler->top = top;
}

/* What stands right of = in a temporary. */
static void compile_right(struct compiler *compiler, struct node *value, uint16_t reg) {
    struct node *pure = compile_pure(value);
    if (pure) compile_into(compiler, pure, reg);
    else if (value->kind == NODE_ASSIGNMENT) compile_assignment(compiler, NODE_AS(assignment, value), reg);
    else compile_captured(compiler, value, reg, false);
}

static enum operator_id operator_of(int assignment) {
    switch (assignment) {
    case OPERATOR_ASSIGN_PLUS: return OPERATOR_PLUS;
    case OPERATOR_ASSIGN_MINUS: return OPERATOR_MINUS;
    case OPERATOR_ASSIGN_TIMES: return OPERATOR_TIMES;
    case OPERATOR_ASSIGN_OVER: return OPERATOR_OVER;
    default: return OPERATOR_MODULO;
    }
}

static enum opcode opcode_of(enum operator_id id) {
    switch (id) {
    case OPERATOR_PLUS: return OP_ADD;
    case OPERATOR_MINUS: return OP_SUBTRACT;
    case OPERATOR_TIMES: return OP_MULTIPLY;
    case OPERATOR_OVER: return OP_DIVIDE;
    default: return OP_REMAINDER;
    }
}

static bool is_plain_name(struct compiler *compiler, struct node *target) {
    return target->kind == NODE_VARIABLE && !NODE_AS(variable, target)->scope.length && (compiler->chunk->flags & CHUNK_BY_NAME) &&
           scope_plan_automatic(NODE_AS(variable, target)->name) == AUTOMATIC_NONE;
}

/* Unlike $x = $x + 1, $x += 1 looks at this scope only: what it does not have is null. */
static void compile_compound_variable(struct compiler *compiler, struct node *target, struct node *value, int assignment) {
    enum operator_id id = operator_of(assignment);
    int32_t slot = compile_slot(compiler, target);
    uint16_t right = emit_temporary(compiler);
    compile_right(compiler, value, right);
    if (slot >= 0) {
        emit(compiler, opcode_of(id), (uint16_t)slot, (uint16_t)slot, right, 0, (uint32_t)assignment);
    } else if (is_plain_name(compiler, target) && id == OPERATOR_PLUS) {
        emit(compiler, OP_ADD_NAMED, 0, right, 0, (int32_t)emit_name(compiler, NODE_AS(variable, target)->name), emit_cache(compiler));
    } else {
        uint16_t left = emit_temporary(compiler);
        if (is_plain_name(compiler, target)) emit(compiler, OP_GET_SCOPED, left, 3, 0, (int32_t)emit_name(compiler, NODE_AS(variable, target)->name), emit_cache(compiler));
        else compile_into(compiler, target, left);
        emit(compiler, opcode_of(id), left, left, right, 0, id);
        compile_store(compiler, target, left);
    }
}

/* a.b += c evaluates a once. The object stays in its register until the member is set. */
static void compile_compound_member(struct compiler *compiler, struct node_member *node, struct node *value, enum operator_id id) {
    uint16_t object = compile_value(compiler, node->target), again = emit_temporary(compiler), old = emit_temporary(compiler),
             right = emit_temporary(compiler);
    uint16_t by = REGISTER_NONE, by_again = REGISTER_NONE;
    int32_t name = 0;
    if (node->name->kind == NODE_STRING && (node->is_static || emit_spells_name(compiler, NODE_AS(string, node->name)->text))) {
        name = (int32_t)emit_name(compiler, NODE_AS(string, node->name)->text);
    } else {
        by = compile_value(compiler, node->name);
        by_again = emit_temporary(compiler);
        emit(compiler, OP_KEEP, by_again, by, 0, 0, 0);
    }
    emit(compiler, OP_KEEP, again, object, 0, 0, 0);
    if (by != REGISTER_NONE) emit(compiler, OP_MEMBER_GET_BY, old, again, by_again, 0, 0);
    else if (node->is_static) emit(compiler, OP_STATIC_GET, old, again, 0, name, 0);
    else emit(compiler, OP_MEMBER_GET, old, again, 0, name, emit_cache(compiler));
    compile_right(compiler, value, right);
    emit(compiler, opcode_of(id), old, old, right, 0, id);
    if (by != REGISTER_NONE) emit(compiler, OP_MEMBER_SET_BY, old, object, by, 0, 0);
    else if (node->is_static) emit(compiler, OP_STATIC_SET, old, object, 0, name, 0);
    else emit(compiler, OP_MEMBER_SET, old, object, 0, name, emit_cache(compiler));
}

static void compile_compound_index(struct compiler *compiler, struct node_index *node, struct node *value, enum operator_id id) {
    uint16_t object = compile_value(compiler, node->target), again = emit_temporary(compiler), index = compile_value(compiler, node->index),
             index_again = emit_temporary(compiler), old = emit_temporary(compiler), right = emit_temporary(compiler);
    emit(compiler, OP_KEEP, again, object, 0, 0, 0);
    emit(compiler, OP_KEEP, index_again, index, 0, 0, 0);
    emit(compiler, OP_INDEX, old, again, index_again, 0, 0);
    compile_right(compiler, value, right);
    emit(compiler, opcode_of(id), old, old, right, 0, id);
    emit(compiler, OP_INDEX_SET, old, object, index, 0, 0);
}

static void compile_coalesce_assignment(struct compiler *compiler, struct node *target, struct node *value) {
    struct label end = LABEL_NEW;
    uint16_t old = compile_value(compiler, target);
    emit_jump(compiler, OP_JUMP_NOT_NULL, 0, old, 0, 0, &end);
    uint16_t right = emit_temporary(compiler);
    compile_right(compiler, value, right);
    compile_store(compiler, target, right);
    emit_label(compiler, &end);
    emit(compiler, OP_DROP, old, 0, 0, 0, 0);
}

static struct node *bare_target(struct node *target) {
    while (target->kind == NODE_PAREN && compile_pure(NODE_AS(paren, target)->pipeline)) target = compile_pure(NODE_AS(paren, target)->pipeline);
    return target;
}

static void compile_plain(struct compiler *compiler, struct node_assignment *node, uint16_t target) {
    int32_t slot = compile_slot(compiler, node->target);
    struct node *pure = compile_pure(node->value);
    if (slot >= 0 && pure && target == REGISTER_NONE && (pure->kind == NODE_BINARY || pure->kind == NODE_NUMBER) &&
        !(pure->kind == NODE_BINARY && (NODE_AS(binary, pure)->operator_id == OPERATOR_AND || NODE_AS(binary, pure)->operator_id == OPERATOR_OR))) {
        compile_into(compiler, pure, (uint16_t)slot); /* the last instruction writes the slot */
        if (compile_is_variable(node->target, "OFS")) emit(compiler, OP_SYNC_OFS, 0, 0, 0, 0, 0);
        return;
    }
    uint16_t value = emit_temporary(compiler);
    compile_right(compiler, node->value, value);
    if (target != REGISTER_NONE && node->target->kind != NODE_CONVERT) emit(compiler, OP_KEEP, target, value, 0, 0, 0);
    compile_store(compiler, node->target, value);
    if (target != REGISTER_NONE && node->target->kind == NODE_CONVERT) {
        struct node *variable = node->target;
        while (variable->kind == NODE_CONVERT) variable = NODE_AS(convert, variable)->operand;
        compile_into(compiler, variable, target);
    }
}

void compile_assignment(struct compiler *compiler, struct node_assignment *node, uint16_t target) {
    uint16_t top = compiler->top;
    struct node *place = bare_target(node->target);
    if (node->operator_id == OPERATOR_ASSIGN) {
        compile_plain(compiler, node, target);
    } else {
        enum operator_id id = operator_of(node->operator_id);
        if (node->operator_id == OPERATOR_ASSIGN_COALESCE) compile_coalesce_assignment(compiler, place, node->value);
        else if (place->kind == NODE_MEMBER) compile_compound_member(compiler, NODE_AS(member, place), node->value, id);
        else if (place->kind == NODE_INDEX && NODE_AS(index, place)->index->kind != NODE_ARRAY_LITERAL)
            compile_compound_index(compiler, NODE_AS(index, place), node->value, id);
        else compile_compound_variable(compiler, place, node->value, node->operator_id);
        if (target != REGISTER_NONE) {
            compiler->top = top;
            compile_into(compiler, place, target);
        }
    }
    compiler->top = top;
}
