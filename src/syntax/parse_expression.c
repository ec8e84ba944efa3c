#include "parse_private.h"

static struct node *over(struct parser *parser, enum node_kind kind, size_t size, struct span first, struct span last) {
    struct node *node = parse_node(parser, kind, size, 0, 0);
    node->span = parse_span_join(first, last);
    return node;
}

bool parse_starts_expression(const struct token *token) {
    switch (token->kind) {
    case TOKEN_VARIABLE: case TOKEN_SPLAT: case TOKEN_NUMBER: case TOKEN_STRING_SINGLE: case TOKEN_STRING_DOUBLE:
    case TOKEN_HERE_SINGLE: case TOKEN_HERE_DOUBLE: case TOKEN_LEFT_PAREN: case TOKEN_LEFT_CURLY: case TOKEN_LEFT_BRACKET:
    case TOKEN_AT_PAREN: case TOKEN_AT_CURLY: case TOKEN_DOLLAR_PAREN: case TOKEN_COMMA:
        return true;
    default:
        return token->unary_id != OPERATOR_NONE;
    }
}

static struct node *missing_value(struct parser *parser, const char *id, const char *spelling) {
    parse_lacks(parser, id, "A value must follow '%s'", spelling);
    return parse_error_node(parser, parser->previous_end);
}

/* G: binary-expression = array-literal { binary-operator newlines array-literal } ;
   G: binary-operator = ? an operator of arity 2 in operators.def; the precedence stands there, all group to the left ? ; */
static struct node *binary(struct parser *parser, unsigned minimum) {
    struct node *left = parse_array_literal(parser);
    if (left == NULL) return NULL;
    for (;;) {
        const struct token *token = parse_peek(parser, LEX_EXPRESSION);
        if (token->kind == TOKEN_PARAMETER) parse_unexpected(parser, token); /* "$a -foo $b": no such operator */
        if (token->kind != TOKEN_BINARY_OPERATOR || token->operator_id == OPERATOR_NONE) return left;
        const struct operator_row *row = operator_row((enum operator_id)token->operator_id);
        if (row->precedence < minimum) return left;
        struct token operator = parse_take(parser, LEX_EXPRESSION);
        parse_skip_newlines(parser);
        struct node *right = binary(parser, row->precedence + 1u);
        if (right == NULL) right = missing_value(parser, "ExpectedValueExpression", row->spelling);
        struct node_binary *node = (struct node_binary *)over(parser, NODE_BINARY, sizeof *node, left->span, right->span);
        node->left = left;
        node->operator_id = operator.operator_id;
        node->right = right;
        left = &node->head;
    }
}

static struct node *ternary(struct parser *parser, struct node *condition) {
    parse_take(parser, LEX_EXPRESSION);
    parse_skip_newlines(parser);
    struct node *then_value = parse_expression(parser), *else_value;
    if (then_value == NULL) return missing_value(parser, "ExpectedValueExpression", "?");
    parse_skip_newlines(parser);
    if (parse_accept(parser, LEX_EXPRESSION, TOKEN_COLON)) {
        parse_skip_newlines(parser);
        else_value = parse_expression(parser);
        if (else_value == NULL) else_value = missing_value(parser, "ExpectedValueExpression", ":");
    } else {
        parse_lacks(parser, "MissingColonInTernaryExpression", "A '?' needs a ':' and a second value");
        else_value = parse_error_node(parser, parser->previous_end);
    }
    struct node_ternary *node = (struct node_ternary *)over(parser, NODE_TERNARY, sizeof *node, condition->span, else_value->span);
    node->condition = condition;
    node->then_value = then_value;
    node->else_value = else_value;
    return &node->head;
}

/* G: expression = ternary-expression ;
   G: ternary-expression = binary-expression [ "?" newlines expression newlines ":" newlines expression ] ; */
struct node *parse_expression(struct parser *parser) {
    struct node *value = binary(parser, 1);
    if (value == NULL || parse_peek(parser, LEX_EXPRESSION)->kind != TOKEN_QUESTION) return value;
    if (parse_enter(parser)) value = ternary(parser, value);
    parse_leave(parser);
    return value;
}

/* G: array-literal = unary-expression { "," newlines unary-expression } ; */
struct node *parse_array_literal(struct parser *parser) {
    struct node *first = parse_unary(parser);
    if (first == NULL || parser->no_comma || parse_peek(parser, LEX_EXPRESSION)->kind != TOKEN_COMMA) return first;
    size_t begin = parse_list_begin(parser);
    parse_list_add(parser, first);
    while (parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA)) {
        parse_skip_newlines(parser);
        struct node *next = parse_unary(parser);
        if (next == NULL) next = missing_value(parser, "MissingExpressionAfterToken", ",");
        parse_list_add(parser, next);
        if (next->kind == NODE_ERROR) break;
    }
    struct node_array_literal *list = PARSE_NODE(parser, ARRAY_LITERAL, array_literal, 0, 0);
    list->items = parse_list_end(parser, begin);
    list->head.span = parse_span_join(first->span, list->items.items[list->items.count - 1]->span);
    return &list->head;
}

/* ++ and -- need something that holds a value. */
static void require_place(struct parser *parser, const struct node *operand, enum operator_id operator) {
    if (operand->kind == NODE_ERROR || (operand->kind != NODE_ARRAY_LITERAL && check_assignable(operand))) return;
    parse_late_error(parser, "OperatorRequiresVariableOrProperty", operand->span, "'%s' needs a variable, a property or an element",
                     operator_row(operator)->spelling);
}

static struct node *prefixed(struct parser *parser) {
    struct token operator = parse_take(parser, LEX_SIGNED);
    parse_skip_newlines(parser);
    struct node *operand = parse_unary(parser);
    struct span first = parse_span(parser, operator.start, operator.end);
    if (operand == NULL) {
        parse_lacks(parser, "MissingExpressionAfterOperator", "A value must follow '%.*s'",
                    TEXT_ARGUMENT(lexer_slice(&parser->lexer, operator.start, operator.end)));
        return parse_error_node(parser, operator.start);
    }
    if (operator.kind == TOKEN_COMMA) {
        struct node_array_literal *list = (struct node_array_literal *)over(parser, NODE_ARRAY_LITERAL, sizeof *list, first, operand->span);
        size_t begin = parse_list_begin(parser);
        parse_list_add(parser, operand);
        list->items = parse_list_end(parser, begin);
        return &list->head;
    }
    if (operator.unary_id == OPERATOR_INCREMENT || operator.unary_id == OPERATOR_DECREMENT)
        require_place(parser, operand, (enum operator_id)operator.unary_id);
    struct node_unary *node = (struct node_unary *)over(parser, NODE_UNARY, sizeof *node, first, operand->span);
    node->operator_id = operator.unary_id;
    node->operand = operand;
    return &node->head;
}

static bool member_follows(struct parser *parser) {
    uint32_t c = lexer_peek(&parser->lexer, parser->at), next = lexer_peek(&parser->lexer, parser->at + 1);
    return (c == ':' && next == ':') || (c == '.' && next != '.') || (c == '?' && (next == '.' || next == '['));
}

static struct node *type_expression(struct parser *parser, struct node *constraint) {
    struct node_type_expression *node = PARSE_NODE(parser, TYPE_EXPRESSION, type_expression, 0, 0);
    node->head.span = constraint->span;
    node->type = NODE_AS(type_constraint, constraint)->type;
    return parse_postfix_chain(parser, &node->head, LEX_EXPRESSION);
}

/* G: cast-expression = type-literal unary-expression ;
   G: attributed-expression = attribute newlines unary-expression ; */
static struct node *bracketed(struct parser *parser) {
    uint32_t start = parse_here(parser);
    struct node *bracket = parse_bracketed(parser);
    if (bracket == NULL) return NULL;
    uint32_t end = parser->previous_end;
    if (bracket->kind == NODE_ATTRIBUTE) {
        parse_skip_newlines(parser);
        struct node *operand = parse_unary(parser);
        if (operand == NULL || operand->kind == NODE_TYPE_EXPRESSION) {
            struct token whole = {.start = start, .end = end};
            parse_unclosed(parser, "UnexpectedAttribute", &whole, "An attribute must stand before a variable or a parameter");
            return parse_error_node(parser, start);
        }
        struct node_attributed *node = (struct node_attributed *)over(parser, NODE_ATTRIBUTED, sizeof *node, bracket->span, operand->span);
        node->attribute = bracket;
        node->operand = operand;
        return &node->head;
    }
    if (bracket->kind != NODE_TYPE_CONSTRAINT) return bracket;
    if (member_follows(parser)) return type_expression(parser, bracket);
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    struct node *operand = token->kind != TOKEN_COMMA && parse_starts_expression(token) ? parse_unary(parser) : NULL;
    if (operand == NULL) return type_expression(parser, bracket);
    struct node_convert *node = (struct node_convert *)over(parser, NODE_CONVERT, sizeof *node, bracket->span, operand->span);
    node->type = NODE_AS(type_constraint, bracket)->type;
    node->operand = operand;
    return &node->head;
}

/* G: postfix-expression = primary-expression [ "++" | "--" ] ; */
static struct node *postfix(struct parser *parser, struct node *operand) {
    const struct token *token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind != TOKEN_PLUS_PLUS && token->kind != TOKEN_MINUS_MINUS) return operand;
    struct token operator = parse_take(parser, LEX_EXPRESSION);
    require_place(parser, operand, (enum operator_id)operator.operator_id);
    struct node_postfix *node = (struct node_postfix *)over(parser, NODE_POSTFIX, sizeof *node, operand->span, parse_span(parser, operator.start, operator.end));
    node->operand = operand;
    node->operator_id = operator.operator_id;
    return &node->head;
}

/* G: unary-expression = ( "!" | "-not" | "-bnot" | "-" | "+" | "-split" | "-isplit" | "-csplit" | "-join" | "," | "++" | "--" ) newlines unary-expression
   G:     | cast-expression | attributed-expression | postfix-expression ; */
struct node *parse_unary(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    struct node *node = NULL;
    if (token->kind == TOKEN_COMMA && parser->no_comma) return NULL;
    bool prefix = token->kind == TOKEN_COMMA || token->unary_id != OPERATOR_NONE;
    if (!prefix && token->kind != TOKEN_LEFT_BRACKET) {
        node = parse_primary(parser, LEX_SIGNED);
    } else {
        if (parse_enter(parser)) node = prefix ? prefixed(parser) : bracketed(parser);
        parse_leave(parser);
        if (prefix) return node;
    }
    return node != NULL ? postfix(parser, node) : NULL;
}
