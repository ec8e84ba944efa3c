#include "parse_private.h"

static struct node *extended(struct parser *parser, enum node_kind kind, size_t size, const struct node *target) {
    struct node *node = parse_node(parser, kind, size, 0, 0);
    node->span = target->span;
    parse_end_here(parser, node);
    return node;
}

/* G: element-access = [ "?" ] "[" newlines expression newlines "]" ; */
static struct node *element(struct parser *parser, struct node *target, bool null_conditional) {
    uint32_t at = parser->at;
    parse_take_range(parser, at, at + (null_conditional ? 2 : 1), null_conditional ? TOKEN_QUESTION_BRACKET : TOKEN_LEFT_BRACKET);
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    parse_skip_newlines(parser);
    struct node *index = parse_enter(parser) ? parse_expression(parser) : NULL;
    parse_leave(parser);
    if (index == NULL) {
        parse_lacks(parser, "MissingArrayIndexExpression", "An index must stand in '[ ]'");
        index = parse_error_node(parser, at);
    }
    parser->no_comma = no_comma;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_BRACKET)) parse_lacks(parser, "MissingEndSquareBracket", "The '[' has no ']'");
    struct node_index *node = (struct node_index *)extended(parser, NODE_INDEX, sizeof *node, target);
    node->target = target;
    node->index = index;
    node->null_conditional = null_conditional;
    return &node->head;
}

/* G: member-name = name | string-literal | expandable-string | variable | parenthesized-expression | sub-expression | script-block-expression ; */
static struct node *member_name(struct parser *parser) {
    parse_skip_newlines(parser);
    const struct lexer *lexer = &parser->lexer;
    uint32_t start = parse_here(parser), at = start, width;
    while (lexer_is_word(lexer_character(lexer, at, &width))) at += width;
    if (lexer_is_digit(lexer_peek(lexer, start)) && parse_peek(parser, LEX_EXPRESSION)->kind == TOKEN_NUMBER) { /* $table.5 has the number 5 as key */
        struct token number = parse_take(parser, LEX_EXPRESSION);
        return parse_number_node(parser, &number);
    }
    if (at > start) {
        struct node_string *name = PARSE_NODE(parser, STRING, string, start, at);
        name->text = lexer_slice(lexer, start, at);
        name->quote = QUOTE_BARE;
        parse_take_range(parser, start, at, TOKEN_MEMBER_NAME);
        return &name->head;
    }
    struct token token = *parse_peek(parser, LEX_SIGNED);
    switch (token.kind) {
    case TOKEN_STRING_SINGLE: case TOKEN_STRING_DOUBLE:
        token = parse_take(parser, LEX_SIGNED);
        return parse_string(parser, &token);
    case TOKEN_SPLAT:
        parse_late_error(parser, "SplattingNotPermitted", parse_span(parser, token.start, token.end), "A member name cannot be splatted");
        /* fall through */
    case TOKEN_VARIABLE:
        token = parse_take(parser, LEX_SIGNED);
        return parse_variable_node(parser, &token);
    case TOKEN_LEFT_PAREN: return parse_paren(parser);
    case TOKEN_LEFT_BRACKET: return parse_unary(parser);
    case TOKEN_DOLLAR_PAREN: case TOKEN_LEFT_CURLY: return parse_atom(parser, LEX_SIGNED);
    default: return NULL;
    }
}

/* "[int, string](" after a name: the end of the brackets, or 0 if they are an index. */
static uint32_t type_arguments_end(const struct lexer *lexer, uint32_t at) {
    unsigned open = 0;
    uint32_t first = lexer_peek(lexer, at + 1);
    if (lexer_peek(lexer, at) != '[' || !(lexer_is_letter(first) || first == '[' || first == ' ')) return 0;
    for (; at < lexer->end; at++) {
        uint32_t c = (unsigned char)lexer->text[at];
        if (c == '[') open++;
        else if (c == ']' && --open == 0) return lexer_peek(lexer, at + 1) == '(' ? at + 1 : 0;
        else if (c < 0x80 && !lexer_is_word(c) && c != '.' && c != ',' && c != ' ' && c != '+' && c != '`') return 0;
    }
    return 0;
}

static struct node_list type_arguments(struct parser *parser) {
    uint32_t end = type_arguments_end(&parser->lexer, parser->at);
    size_t begin = parse_list_begin(parser);
    if (end != 0) {
        parse_take_range(parser, parser->at, parser->at + 1, TOKEN_LEFT_BRACKET);
        do {
            struct node *type = parse_type_name(parser);
            if (type == NULL) break;
            parse_list_add(parser, type);
        } while (parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA));
        parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_BRACKET);
    }
    return parse_list_end(parser, begin);
}

static struct node_list call_arguments(struct parser *parser) {
    size_t begin = parse_list_begin(parser);
    bool no_comma = parser->no_comma, comma = false;
    parser->no_comma = true;
    parse_take_range(parser, parser->at, parser->at + 1, TOKEN_LEFT_PAREN);
    for (;;) {
        parse_skip_newlines(parser);
        struct node *argument = parse_enter(parser) ? parse_expression(parser) : NULL;
        parse_leave(parser);
        if (argument == NULL) {
            if (comma) parse_lacks(parser, "MissingExpressionAfterToken", "An argument must follow ','");
            break;
        }
        parse_list_add(parser, argument);
        parse_skip_newlines(parser);
        comma = parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA);
        if (!comma) break;
    }
    parser->no_comma = no_comma;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInMethodCall", "The '(' of this call has no ')'");
    return parse_list_end(parser, begin);
}

static struct node_list block_argument(struct parser *parser) {
    size_t begin = parse_list_begin(parser);
    uint32_t start = parser->at;
    struct node *body = parse_braced_script_block(parser);
    struct node_block_expression *block = PARSE_NODE(parser, BLOCK_EXPRESSION, block_expression, start, parser->previous_end);
    block->body = body;
    parse_list_add(parser, &block->head);
    return parse_list_end(parser, begin);
}

/* G: method-call = ( "." | "::" | "?." ) newlines member-name [ "[" type-name { "," type-name } "]" ]
   G:     ( "(" newlines [ expression { "," newlines expression } ] newlines ")" | script-block-expression ) ; */
static struct node *call(struct parser *parser, struct node *target, struct node *name) {
    struct node_list types = type_arguments(parser);
    struct node_list arguments = lexer_peek(&parser->lexer, parser->at) == '{' ? block_argument(parser) : call_arguments(parser);
    struct node_invoke_member *node = (struct node_invoke_member *)extended(parser, NODE_INVOKE_MEMBER, sizeof *node, target);
    node->target = target;
    node->name = name;
    node->arguments = arguments;
    node->type_arguments = types;
    return &node->head;
}

/* G: member-access = ( "." | "::" | "?." ) newlines member-name ; */
static struct node *named(struct parser *parser, struct node *target, enum token_kind kind) {
    parse_take_range(parser, parser->at, parser->at + (kind == TOKEN_DOT ? 1 : 2), kind);
    struct node *name = member_name(parser);
    if (name == NULL) {
        parse_lacks(parser, "MissingPropertyName", "A name must follow '%s'", kind == TOKEN_DOT ? "." : kind == TOKEN_COLON_COLON ? "::" : "?.");
        name = parse_error_node(parser, parser->previous_end);
    }
    uint32_t next = lexer_peek(&parser->lexer, parser->at);
    if (next == '(' || next == '{' || (next == '[' && type_arguments_end(&parser->lexer, parser->at) != 0)) {
        struct node *node = call(parser, target, name);
        NODE_AS(invoke_member, node)->is_static = kind == TOKEN_COLON_COLON;
        NODE_AS(invoke_member, node)->null_conditional = kind == TOKEN_QUESTION_DOT;
        return node;
    }
    struct node_member *node = (struct node_member *)extended(parser, NODE_MEMBER, sizeof *node, target);
    node->target = target;
    node->name = name;
    node->is_static = kind == TOKEN_COLON_COLON;
    node->null_conditional = kind == TOKEN_QUESTION_DOT;
    return &node->head;
}

struct node *parse_member(struct parser *parser, struct node *target, enum lex_mode mode) {
    uint32_t c = lexer_peek(&parser->lexer, parser->at), next = lexer_peek(&parser->lexer, parser->at + 1);
    switch (c) {
    case '[': return element(parser, target, false);
    case '.':
        if (next == '.' || (mode == LEX_COMMAND && lexer_ends_word(next) && next != '(' && next != '{')) return NULL;
        return named(parser, target, TOKEN_DOT);
    case ':': return next == ':' ? named(parser, target, TOKEN_COLON_COLON) : NULL;
    case '?':
        if (next == '.') return named(parser, target, TOKEN_QUESTION_DOT);
        return next == '[' ? element(parser, target, true) : NULL;
    default: return NULL;
    }
}
