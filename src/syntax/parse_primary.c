#include "parse_private.h"

/* G: variable = variable-name | "@" variable-characters ; */
struct node *parse_variable_node(struct parser *parser, const struct token *token) {
    struct node_variable *node = PARSE_NODE(parser, VARIABLE, variable, token->start, token->end);
    node->scope = token->scope;
    node->name = token->name;
    node->splat = token->kind == TOKEN_SPLAT;
    return &node->head;
}

/* G: numeric-literal = [ "+" | "-" ] ( digits [ "." [ digits ] ] | "." digits | "0x" hexadecimal-digits | "0b" bits ) [ exponent ] [ type-suffix ] [ multiplier ] ; */
struct node *parse_number_node(struct parser *parser, const struct token *token) {
    struct node_number *node = PARSE_NODE(parser, NUMBER, number, token->start, token->end);
    node->number = token->number;
    return &node->head;
}

/* G: parenthesized-expression = "(" newlines pipeline-statement newlines ")" ; */
struct node *parse_paren(struct parser *parser) {
    struct token open = parse_take(parser, LEX_SIGNED);
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    struct node_paren *node = PARSE_NODE(parser, PAREN, paren, open.start, open.end);
    parse_skip_newlines(parser);
    if (parse_enter(parser)) node->pipeline = parse_pipeline_statement(parser);
    parse_leave(parser);
    if (node->pipeline == NULL) {
        const struct token *token = parse_peek(parser, LEX_SIGNED);
        if (token->kind == TOKEN_END) parse_lacks(parser, "ExpectedExpression", "A value must follow '('");
        else parse_error(parser, "ExpectedExpression", token->start, token->end, "A value must follow '('");
        node->pipeline = parse_error_node(parser, open.end);
    }
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInExpression", "The '(' has no ')'");
    parser->no_comma = no_comma;
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* G: sub-expression = "$(" statement-list ")" ;
   G: array-expression = "@(" statement-list ")" ; */
static struct node *statements_in_parentheses(struct parser *parser, enum lex_mode mode) {
    struct token open = parse_take(parser, mode);
    struct node_subexpression *node = PARSE_NODE(parser, SUBEXPRESSION, subexpression, open.start, open.end);
    if (open.kind == TOKEN_AT_PAREN) node->head.kind = NODE_ARRAY_EXPRESSION; /* the same fields */
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    if (parse_enter(parser)) node->block = parse_statements(parser, open.end, TOKEN_RIGHT_PAREN);
    else node->block = &PARSE_NODE(parser, BLOCK, block, open.end, open.end)->head;
    parse_leave(parser);
    parser->no_comma = no_comma;
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInSubexpression", "The '%s' has no ')'", open.kind == TOKEN_AT_PAREN ? "@(" : "$(");
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* A bare name as key: letters, digits and _, keywords too. */
static struct node *bare_key(struct parser *parser) {
    struct token token = parse_take(parser, LEX_SIGNED);
    return parse_string(parser, &token);
}

/* G: hash-pair = ( name | unary-expression ) "=" newlines statement ; */
static struct node *pair(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    struct node *key = NULL;
    if (token->kind == TOKEN_IDENTIFIER) key = bare_key(parser);
    else if (token->kind != TOKEN_COMMA && parse_starts_expression(token)) key = parse_unary(parser);
    if (key == NULL) return NULL;
    struct node_pair *node = PARSE_NODE(parser, PAIR, pair, 0, 0);
    node->head.span = key->span;
    node->key = key;
    token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind != TOKEN_ASSIGNMENT_OPERATOR || token->operator_id != OPERATOR_ASSIGN) {
        parse_error(parser, "MissingEqualsInHashLiteral", parser->previous_end, parser->previous_end, "'=' must follow the key of a hashtable");
        return &node->head;
    }
    parse_take(parser, LEX_EXPRESSION);
    parse_skip_newlines(parser);
    node->value = parse_statement(parser);
    if (node->value == NULL) parse_lacks(parser, "MissingStatementInHashLiteral", "A value must follow '=' in a hashtable");
    parse_end_here(parser, &node->head);
    return &node->head;
}

static void pairs(struct parser *parser) {
    parse_skip_newlines(parser);
    for (;;) {
        size_t errors = parse_error_count(parser);
        struct node *next = pair(parser);
        if (next == NULL) return;
        parse_list_add(parser, next);
        const struct token *token = parse_peek(parser, LEX_EXPRESSION);
        if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON && errors == parse_error_count(parser)) return;
        if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON) return;
        parse_skip_separators(parser);
    }
}

/* G: hash-literal = "@{" newlines [ hash-pair { ( newline | ";" ) hash-pair } ] "}" ; */
struct node *parse_hashtable(struct parser *parser) {
    struct token open = parse_take(parser, LEX_SIGNED);
    struct node_hashtable *node = PARSE_NODE(parser, HASHTABLE, hashtable, open.start, open.end);
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    size_t begin = parse_list_begin(parser);
    if (parse_enter(parser)) pairs(parser);
    parse_leave(parser);
    node->pairs = parse_list_end(parser, begin);
    parser->no_comma = no_comma;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_CURLY)) parse_unclosed(parser, "MissingEndCurlyBrace", &open, "The '@{' has no '}'");
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* G: script-block-expression = "{" script-block "}" ; */
static struct node *block_expression(struct parser *parser) {
    uint32_t start = parse_here(parser);
    struct node *body = parse_braced_script_block(parser);
    struct node_block_expression *node = PARSE_NODE(parser, BLOCK_EXPRESSION, block_expression, start, parser->previous_end);
    node->body = body;
    return &node->head;
}

/* A splat stands alone among the arguments of a command; parse_command takes those. */
static struct node *splat(struct parser *parser, enum lex_mode mode) {
    struct token token = parse_take(parser, mode);
    parse_late_error(parser, "SplattingNotPermitted", parse_span(parser, token.start, token.end),
                     "'@%.*s' can only be an argument of a command; use $%.*s for the value", TEXT_ARGUMENT(token.name), TEXT_ARGUMENT(token.name));
    return parse_variable_node(parser, &token);
}

struct node *parse_postfix_chain(struct parser *parser, struct node *node, enum lex_mode mode) {
    struct node *next;
    while ((next = parse_member(parser, node, mode)) != NULL) node = next;
    return node;
}

/* G: primary-expression = ( variable | numeric-literal | string-literal | expandable-string | parenthesized-expression | sub-expression
   G:     | array-expression | hash-literal | script-block-expression ) { member-access | method-call | element-access } ; */
struct node *parse_atom(struct parser *parser, enum lex_mode mode) {
    const struct token *token = parse_peek(parser, mode);
    struct node *node;
    switch (token->kind) {
    case TOKEN_SPLAT: node = splat(parser, mode); break;
    case TOKEN_VARIABLE: {
        struct token variable = parse_take(parser, mode);
        node = parse_variable_node(parser, &variable);
        break;
    }
    case TOKEN_NUMBER: {
        struct token number = parse_take(parser, mode);
        node = parse_number_node(parser, &number);
        break;
    }
    case TOKEN_STRING_SINGLE: case TOKEN_STRING_DOUBLE: case TOKEN_HERE_SINGLE: case TOKEN_HERE_DOUBLE: {
        struct token string = parse_take(parser, mode);
        node = parse_string(parser, &string);
        break;
    }
    case TOKEN_LEFT_PAREN: node = parse_paren(parser); break;
    case TOKEN_DOLLAR_PAREN: case TOKEN_AT_PAREN: node = statements_in_parentheses(parser, mode); break;
    case TOKEN_AT_CURLY: node = parse_hashtable(parser); break;
    case TOKEN_LEFT_CURLY: node = block_expression(parser); break;
    default: return NULL;
    }
    return node;
}

struct node *parse_primary(struct parser *parser, enum lex_mode mode) {
    struct node *node = parse_atom(parser, mode);
    return node != NULL ? parse_postfix_chain(parser, node, mode) : NULL;
}
