#include "parse_private.h"

static struct node *over(struct parser *parser, enum node_kind kind, size_t size, struct span first) {
    struct node *node = parse_node(parser, kind, size, 0, 0);
    node->span = first;
    parse_end_here(parser, node);
    return node;
}

/* G: assignment = expression ( "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "??=" ) newlines statement ; */
static struct node *assignment(struct parser *parser, struct node *target) {
    struct token operator = parse_take(parser, LEX_EXPRESSION);
    if (target->kind != NODE_ERROR && !check_assignable(target))
        parse_late_error(parser, "InvalidLeftHandSide", target->span,
                         "What stands left of '%s' cannot be assigned to; a variable, a property or an element can",
                         operator_row((enum operator_id)operator.operator_id)->spelling);
    parse_skip_newlines(parser);
    struct node *value = parse_enter(parser) ? parse_statement(parser) : NULL;
    parse_leave(parser);
    if (value == NULL) {
        parse_lacks(parser, "ExpectedValueExpression", "A value must follow '%s'", operator_row((enum operator_id)operator.operator_id)->spelling);
        value = parse_error_node(parser, parser->previous_end);
    }
    struct node_assignment *node = (struct node_assignment *)over(parser, NODE_ASSIGNMENT, sizeof *node, target->span);
    node->target = target;
    node->operator_id = operator.operator_id;
    node->value = value;
    return &node->head;
}

static bool already_redirected(struct parser *parser, size_t begin, const struct token *token) {
    for (size_t i = begin; i < parser->scratch_count; i++) {
        if (parser->scratch[i]->kind != NODE_REDIRECTION) continue;
        int from = NODE_AS(redirection, parser->scratch[i])->from_stream;
        if (from == token->from_stream || from == STREAM_ALL || token->from_stream == STREAM_ALL) return true;
    }
    return false;
}

/* The file behind > is one argument, never a list. */
static struct node *redirection_file(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    switch (token->kind) {
    case TOKEN_WORD: case TOKEN_DOT: case TOKEN_PARAMETER: case TOKEN_MINUS_MINUS: {
        struct token word = parse_take(parser, LEX_COMMAND);
        return parse_string(parser, &word);
    }
    default: return parse_primary(parser, LEX_COMMAND);
    }
}

static bool is_redirection(const struct token *token) {
    return token->kind == TOKEN_REDIRECT_FILE || token->kind == TOKEN_REDIRECT_MERGE || token->kind == TOKEN_REDIRECT_INPUT;
}

bool parse_redirection(struct parser *parser, enum lex_mode mode, size_t begin) {
    if (!is_redirection(parse_peek(parser, mode))) return false;
    struct token token = parse_take(parser, mode);
    if (token.kind == TOKEN_REDIRECT_INPUT) {
        parse_error(parser, "RedirectionNotSupported", token.start, token.end, "'<' is reserved; use Get-Content to read a file into a pipeline");
        return true;
    }
    struct node_redirection *node = PARSE_NODE(parser, REDIRECTION, redirection, token.start, token.end);
    node->from_stream = token.from_stream;
    node->append = token.append;
    node->to_stream = token.to_stream;
    if (token.kind == TOKEN_REDIRECT_MERGE && (token.to_stream != 1 || token.from_stream == 1)) {
        parse_error(parser, "RedirectionNotSupported", token.start, token.end, "Streams can be joined to the output stream only: 2>&1");
    }
    if (already_redirected(parser, begin, &token))
        parse_error(parser, "StreamAlreadyRedirected", token.start, token.end, "This stream is redirected already");
    if (token.kind == TOKEN_REDIRECT_FILE) {
        node->file = redirection_file(parser);
        if (node->file == NULL) {
            parse_lacks(parser, "MissingFileSpecification", "A file must follow the redirection");
            node->file = parse_error_node(parser, token.start);
        }
    }
    parse_end_here(parser, &node->head);
    parse_list_add(parser, &node->head);
    return true;
}

/* G: redirection = ( ">" | ">>" | n ">" | n ">>" | "*>" | "*>>" ) argument | ( n ">&1" | "*>&1" ) ; */
struct node_list parse_redirections(struct parser *parser, enum lex_mode mode) {
    size_t begin = parse_list_begin(parser);
    while (parse_redirection(parser, mode, begin)) continue;
    return parse_list_end(parser, begin);
}

/* G: expression-stage = expression { redirection } ; */
static struct node *expression_stage(struct parser *parser, struct node *expression) {
    struct node_list redirections = parse_redirections(parser, LEX_EXPRESSION);
    struct node_expression_stage *stage =
        (struct node_expression_stage *)over(parser, NODE_EXPRESSION_STAGE, sizeof *stage, expression->span);
    stage->expression = expression;
    stage->redirections = redirections;
    return &stage->head;
}

/* A pipe that begins the next line continues the pipeline; comment lines may stand between, empty ones not. */
static bool pipe_below(struct parser *parser) {
    const struct lexer *lexer = &parser->lexer;
    if (parse_peek(parser, LEX_EXPRESSION)->kind != TOKEN_NEWLINE) return false;
    uint32_t at = parser->token.end;
    for (;;) {
        uint32_t c;
        while ((c = lexer_peek(lexer, at)) == ' ' || c == '\t') at++;
        if (c == '|') break;
        uint32_t comment = lex_trivia_comment_end(lexer, at);
        if (comment == at) return false;
        at = comment;
        while ((c = lexer_peek(lexer, at)) == ' ' || c == '\t') at++;
        if (c == '\r') at++;
        if (lexer_peek(lexer, at) == '\n') at++;
        else if (c != '|') return false;
    }
    parse_skip_newlines(parser);
    return true;
}

static void later_elements(struct parser *parser) {
    for (;;) {
        const struct token *token = parse_peek(parser, LEX_EXPRESSION);
        if (token->kind == TOKEN_NEWLINE && !pipe_below(parser)) return;
        if (parse_peek(parser, LEX_EXPRESSION)->kind != TOKEN_PIPE) return;
        struct token pipe = parse_take(parser, LEX_EXPRESSION);
        parse_skip_newlines(parser);
        uint32_t start = parse_here(parser);
        struct node *element = NULL;
        if (parse_starts_expression(parse_peek(parser, LEX_SIGNED))) {
            element = parse_expression(parser);
            if (element != NULL) {
                parse_error(parser, "ExpressionsMustBeFirstInPipeline", start, parser->previous_end,
                            "A value can only begin a pipeline; behind '|' a command is needed");
                element = expression_stage(parser, element);
            }
        } else {
            element = parse_command(parser);
        }
        if (element == NULL) {
            if (parse_peek(parser, LEX_SIGNED)->kind == TOKEN_END) parse_lacks(parser, "EmptyPipeElement", "A command must follow '|'");
            else parse_error(parser, "EmptyPipeElement", pipe.start, pipe.end, "A command must follow '|'");
            if (parse_peek(parser, LEX_EXPRESSION)->kind != TOKEN_PIPE) return;
        }
        parse_list_add(parser, element);
    }
}

/* "1:30" and "2>x" at the start of a statement are the names of commands. */
static bool is_word_like(struct parser *parser, const struct token *token) {
    uint32_t next = lexer_peek(&parser->lexer, token->end);
    return token->kind == TOKEN_NUMBER && (next == ':' || next == '?' || (next == '>' && token->end == token->start + 1));
}

static struct node *first_element(struct parser *parser, bool may_assign) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (!parse_starts_expression(token) || is_word_like(parser, token)) return parse_command(parser);
    struct node *expression = parse_expression(parser);
    if (expression == NULL) return parse_command(parser);
    if (may_assign && parse_peek(parser, LEX_EXPRESSION)->kind == TOKEN_ASSIGNMENT_OPERATOR) return assignment(parser, expression);
    return expression_stage(parser, expression);
}

/* G: pipeline = ( expression-stage | command ) { "|" newlines command } ; */
static struct node *pipeline(struct parser *parser, bool may_assign) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind == TOKEN_PIPE) {
        struct token pipe = parse_take(parser, LEX_SIGNED);
        parse_error(parser, "EmptyPipeElement", pipe.start, pipe.end, "A command must stand before '|'");
        return parse_error_node(parser, pipe.start);
    }
    struct node *first = first_element(parser, may_assign);
    if (first == NULL || first->kind == NODE_ASSIGNMENT) return first;
    size_t begin = parse_list_begin(parser);
    parse_list_add(parser, first);
    later_elements(parser);
    struct node_list elements = parse_list_end(parser, begin);
    struct node_pipeline *node = (struct node_pipeline *)over(parser, NODE_PIPELINE, sizeof *node, first->span);
    node->elements = elements;
    return &node->head;
}

static bool is_statement_end(const struct token *token) {
    switch (token->kind) {
    case TOKEN_END: case TOKEN_NEWLINE: case TOKEN_SEMICOLON: case TOKEN_RIGHT_CURLY: case TOKEN_RIGHT_PAREN: return true;
    default: return false;
    }
}

static struct node *chain(struct parser *parser, struct node *left) {
    struct token operator = parse_take(parser, LEX_EXPRESSION);
    parse_skip_newlines(parser);
    struct node *right = pipeline(parser, false);
    if (right == NULL) {
        parse_lacks(parser, "EmptyPipelineChainElement", "A command must follow '%s'", operator_row((enum operator_id)operator.operator_id)->spelling);
        right = parse_error_node(parser, operator.start);
    }
    struct node_chain *node = (struct node_chain *)over(parser, NODE_CHAIN, sizeof *node, left->span);
    node->left = left;
    node->operator_id = operator.operator_id;
    node->right = right;
    return &node->head;
}

static void background(struct parser *parser, struct node *node) {
    parse_take(parser, LEX_EXPRESSION);
    if (node->kind == NODE_PIPELINE) NODE_AS(pipeline, node)->background = true;
    if (node->kind == NODE_CHAIN) NODE_AS(chain, node)->background = true;
    parse_end_here(parser, node);
}

/* G: pipeline-statement = assignment | pipeline-chain [ "&" ] ;
   G: pipeline-chain = pipeline { ( "&&" | "||" ) newlines pipeline } ; */
struct node *parse_pipeline_statement(struct parser *parser) {
    struct node *node = pipeline(parser, true);
    if (node == NULL) return NULL;
    if (node->kind == NODE_ASSIGNMENT) return node;
    const struct token *token;
    while ((token = parse_peek(parser, LEX_EXPRESSION))->kind == TOKEN_AND_AND || token->kind == TOKEN_OR_OR) node = chain(parser, node);
    if (token->kind == TOKEN_AMPERSAND) background(parser, node);
    else if (!is_statement_end(token) && token->error == NULL) parse_unexpected(parser, token);
    return node;
}
