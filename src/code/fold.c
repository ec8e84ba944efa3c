#include "compiler_private.h"

#include "m365sh/value/array.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

struct value fold_number(const struct number_literal *number) {
    struct value v = value_null();
    struct decimal decimal;
    switch (number->kind) {
    case LITERAL_INT32: return value_int32((int32_t)number->integer);
    case LITERAL_INT64: return value_int64(number->integer);
    case LITERAL_DOUBLE: return value_double(number->real);
    case LITERAL_DECIMAL: return decimal_read(number->digits, &decimal) ? number_decimal(decimal) : value_double(number->real);
    case LITERAL_BIGINT: return bigint_read(number->digits, 10, &v) ? v : value_null();
    case LITERAL_SBYTE: return value_integer(VALUE_SBYTE, number->integer);
    case LITERAL_BYTE: return value_integer(VALUE_BYTE, number->integer);
    case LITERAL_INT16: return value_integer(VALUE_INT16, number->integer);
    case LITERAL_UINT16: return value_integer(VALUE_UINT16, number->integer);
    case LITERAL_UINT32: return value_integer(VALUE_UINT32, number->integer);
    default: return value_integer(VALUE_UINT64, number->integer);
    }
}

static bool fold_array(struct compiler *compiler, const struct node_list *items, struct value *out) {
    struct value array = array_new(compiler->realm, NULL, items->count);
    for (uint32_t i = 0; i < items->count; i++) {
        struct value item;
        if (!fold_constant(compiler, items->items[i], &item)) {
            value_release(array);
            return false;
        }
        array_push_take(array, item);
    }
    *out = array;
    return true;
}

static bool fold_negative(struct compiler *compiler, struct node *operand, struct value *out) {
    struct value v;
    if (!fold_constant(compiler, operand, &v)) return false;
    bool known = true;
    if (v.kind == VALUE_INT32 && v.integer != INT32_MIN) *out = value_int32((int32_t)-v.integer);
    else if (v.kind == VALUE_INT64 && v.integer != INT64_MIN) *out = value_int64(-v.integer);
    else if (v.kind == VALUE_DOUBLE) *out = value_double(-v.real);
    else known = false;
    value_release(v);
    return known;
}

static bool fold_block(struct compiler *compiler, struct node *block, struct value *out) {
    struct node_block *body = NODE_AS(block, block);
    if (!block || block->kind != NODE_BLOCK || body->traps.count) return false;
    if (body->statements.count == 0) {
        *out = array_new(compiler->realm, NULL, 0);
        return true;
    }
    struct node *only = body->statements.count == 1 ? compile_pure(body->statements.items[0]) : NULL;
    if (!only) return false;
    if (only->kind == NODE_ARRAY_LITERAL) return fold_constant(compiler, only, out);
    struct node *one[1] = {only};
    struct node_list list = {one, 1};
    return fold_array(compiler, &list, out);
}

bool fold_constant(struct compiler *compiler, struct node *node, struct value *out) {
    if (!node) return false;
    switch (node->kind) {
    case NODE_NUMBER: *out = fold_number(&NODE_AS(number, node)->number); return true;
    case NODE_STRING: *out = string_new(NODE_AS(string, node)->text); return true;
    case NODE_VARIABLE:
        switch (scope_plan_automatic(NODE_AS(variable, node)->name)) {
        case AUTOMATIC_TRUE: *out = value_bool(true); return true;
        case AUTOMATIC_FALSE: *out = value_bool(false); return true;
        case AUTOMATIC_NULL: *out = value_null(); return true;
        default: return false;
        }
    case NODE_UNARY:
        return NODE_AS(unary, node)->operator_id == OPERATOR_UNARY_MINUS && fold_negative(compiler, NODE_AS(unary, node)->operand, out);
    case NODE_PAREN: return fold_constant(compiler, compile_pure(NODE_AS(paren, node)->pipeline), out);
    case NODE_ARRAY_LITERAL: return fold_array(compiler, &NODE_AS(array_literal, node)->items, out);
    case NODE_ARRAY_EXPRESSION: return fold_block(compiler, NODE_AS(array_expression, node)->block, out);
    case NODE_EXPANDABLE:
        if (NODE_AS(expandable, node)->parts.count > 1) return false;
        if (!NODE_AS(expandable, node)->parts.count) *out = string_empty();
        else if (NODE_AS(expandable, node)->parts.items[0]->kind == NODE_STRING) return fold_constant(compiler, NODE_AS(expandable, node)->parts.items[0], out);
        else return false;
        return true;
    case NODE_MEMBER: /* [ValidateRangeKind]::Positive: the text converts to the enum */
        if (!NODE_AS(member, node)->is_static || NODE_AS(member, node)->name->kind != NODE_STRING) return false;
        return fold_constant(compiler, NODE_AS(member, node)->name, out);
    case NODE_CONVERT: return fold_constant(compiler, NODE_AS(convert, node)->operand, out);
    default: return false;
    }
}
