#include "parse_private.h"

/* "(" statement ")" after a keyword. */
static struct node *condition(struct parser *parser, const char *keyword, const char *open_id, const char *missing_id) {
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, open_id, "'(' must follow '%s'", keyword);
        return NULL;
    }
    parse_skip_newlines(parser);
    struct node *value = parse_pipeline_statement(parser);
    if (value == NULL) {
        parse_lacks(parser, missing_id, "'%s' needs a condition in its parentheses", keyword);
        value = parse_error_node(parser, parser->previous_end);
    }
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisAfterStatement", "The '(' after '%s' has no ')'", keyword);
    return value;
}

static struct node *if_clause(struct parser *parser, const char *keyword) {
    struct node_clause *clause = PARSE_NODE(parser, CLAUSE, clause, parser->previous_end, parser->previous_end);
    clause->condition = condition(parser, keyword, "MissingOpenParenthesisInIfStatement", "IfStatementMissingCondition");
    if (clause->condition == NULL) return &clause->head;
    clause->head.span.start = clause->condition->span.start;
    clause->body = parse_required_block(parser, "MissingStatementBlock", "the condition");
    parse_end_here(parser, &clause->head);
    return &clause->head;
}

/* G: if-statement = "if" clause { "elseif" clause } [ "else" statement-block ] ;
   G: clause = "(" pipeline-statement ")" statement-block ; */
struct node *parse_if(struct parser *parser) {
    struct node_if *statement = PARSE_NODE(parser, IF, if, parse_here(parser), parse_here(parser));
    parse_accept_keyword(parser, KEYWORD_IF);
    size_t begin = parse_list_begin(parser);
    parse_list_add(parser, if_clause(parser, "if"));
    size_t errors = parse_error_count(parser);
    while (errors == parse_error_count(parser) && parse_accept_keyword_below(parser, KEYWORD_ELSEIF))
        parse_list_add(parser, if_clause(parser, "elseif"));
    statement->clauses = parse_list_end(parser, begin);
    if (parse_accept_keyword_below(parser, KEYWORD_ELSE))
        statement->else_body = parse_required_block(parser, "MissingStatementBlockAfterElse", "'else'");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

/* G: while-statement = "while" clause ; */
struct node *parse_while(struct parser *parser, struct text label, uint32_t start) {
    struct node_while *statement = PARSE_NODE(parser, WHILE, while, start, start);
    parse_accept_keyword(parser, KEYWORD_WHILE);
    statement->label = label;
    statement->condition = condition(parser, "while", "MissingOpenParenthesisAfterKeyword", "MissingExpressionAfterKeyword");
    if (statement->condition != NULL) statement->body = parse_required_block(parser, "MissingLoopStatement", "the condition");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

/* G: do-statement = "do" statement-block ( "while" | "until" ) "(" pipeline-statement ")" ; */
struct node *parse_do(struct parser *parser, struct text label, uint32_t start) {
    struct node_do_while *statement = PARSE_NODE(parser, DO_WHILE, do_while, start, start);
    parse_accept_keyword(parser, KEYWORD_DO);
    statement->label = label;
    statement->body = parse_block(parser);
    if (statement->body == NULL) {
        parse_lacks(parser, "MissingLoopStatement", "A block { … } must follow 'do'");
    } else if (parse_accept_keyword_below(parser, KEYWORD_WHILE)) {
        statement->condition = condition(parser, "while", "MissingOpenParenthesisAfterKeyword", "MissingExpressionAfterKeyword");
    } else if (parse_accept_keyword_below(parser, KEYWORD_UNTIL)) {
        statement->head.kind = NODE_DO_UNTIL; /* the same fields */
        statement->condition = condition(parser, "until", "MissingOpenParenthesisAfterKeyword", "MissingExpressionAfterKeyword");
    } else {
        parse_lacks(parser, "MissingWhileOrUntilInDoWhile", "'while' or 'until' must follow the block of 'do'");
    }
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

static struct node *for_part(struct parser *parser) {
    parse_skip_newlines(parser);
    return parse_pipeline_statement(parser);
}

/* A part of `for` ends with a semicolon or a line end; what lacks is allowed. */
static bool for_separator(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_SEMICOLON && token->kind != TOKEN_NEWLINE) return false;
    parse_take(parser, LEX_SIGNED);
    return true;
}

/* G: for-statement = "for" "(" [ pipeline-statement ] [ ";" [ pipeline-statement ] ] [ ";" [ pipeline-statement ] ] ")" statement-block ; */
struct node *parse_for(struct parser *parser, struct text label, uint32_t start) {
    struct node_for *statement = PARSE_NODE(parser, FOR, for, start, start);
    parse_accept_keyword(parser, KEYWORD_FOR);
    statement->label = label;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, "MissingOpenParenthesisAfterKeyword", "'(' must follow 'for'");
        parse_end_here(parser, &statement->head);
        return &statement->head;
    }
    statement->initializer = for_part(parser);
    if (for_separator(parser)) {
        statement->condition = for_part(parser);
        if (for_separator(parser)) statement->iterator = for_part(parser);
    }
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisAfterStatement", "The '(' after 'for' has no ')'");
    else statement->body = parse_required_block(parser, "MissingLoopStatement", "'for (…)'");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

static void foreach_flags(struct parser *parser) {
    while (parse_peek(parser, LEX_COMMAND)->kind == TOKEN_PARAMETER) {
        struct token flag = parse_take(parser, LEX_COMMAND);
        bool parallel = text_starts_fold(TEXT("parallel"), flag.name) || text_starts_fold(TEXT("throttlelimit"), flag.name);
        parse_error(parser, parallel ? "KeywordParameterReservedForFutureUse" : "InvalidForeachFlag", flag.start, flag.end,
                    "'foreach' has no '-%.*s'; ForEach-Object has -Parallel", TEXT_ARGUMENT(flag.name));
        if (text_starts_fold(TEXT("throttlelimit"), flag.name)) parse_primary(parser, LEX_COMMAND);
    }
}

static void foreach_head(struct parser *parser, struct node_foreach *statement) {
    foreach_flags(parser);
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, "MissingOpenParenthesisAfterKeyword", "'(' must follow 'foreach'");
        return;
    }
    parse_skip_newlines(parser);
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_VARIABLE) {
        parse_lacks(parser, "MissingVariableNameAfterForeach", "'foreach' needs a variable: foreach ($item in $list) { … }");
        return;
    }
    struct token variable = parse_take(parser, LEX_SIGNED);
    statement->variable = parse_variable_node(parser, &variable);
    parse_skip_newlines(parser);
    if (!parse_accept_keyword(parser, KEYWORD_IN)) {
        parse_lacks(parser, "MissingInInForeach", "'in' must follow the variable of 'foreach'");
        return;
    }
    parse_skip_newlines(parser);
    statement->condition = parse_pipeline_statement(parser);
    if (statement->condition == NULL) {
        parse_lacks(parser, "MissingForeachExpression", "'foreach' needs something to go through after 'in'");
        return;
    }
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN)) {
        parse_lacks(parser, "MissingEndParenthesisAfterForeach", "The '(' after 'foreach' has no ')'");
        return;
    }
    statement->body = parse_required_block(parser, "MissingForeachStatement", "'foreach (…)'");
}

/* G: foreach-statement = "foreach" "(" variable "in" pipeline-statement ")" statement-block ; */
struct node *parse_foreach(struct parser *parser, struct text label, uint32_t start) {
    struct node_foreach *statement = PARSE_NODE(parser, FOREACH, foreach, start, start);
    parse_accept_keyword(parser, KEYWORD_FOREACH);
    statement->label = label;
    foreach_head(parser, statement);
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

static struct node *catch_clause(struct parser *parser) {
    struct node_catch *clause = PARSE_NODE(parser, CATCH, catch, parser->previous_end - 5, parser->previous_end);
    size_t begin = parse_list_begin(parser);
    bool comma = false;
    for (;;) {
        uint32_t at = parser->at, previous_end = parser->previous_end;
        parse_skip_newlines(parser);
        struct node *type = parse_bracketed(parser);
        if (type == NULL) {
            if (comma) parse_lacks(parser, "MissingTypeLiteralToken", "A type must follow ',' in 'catch'");
            else parse_rewind(parser, at, previous_end);
            break;
        }
        parse_list_add(parser, type);
        parse_skip_newlines(parser);
        comma = parse_accept(parser, LEX_SIGNED, TOKEN_COMMA);
        if (!comma) break;
    }
    clause->types = parse_list_end(parser, begin);
    clause->body = parse_required_block(parser, "MissingCatchHandlerBlock", "'catch'");
    parse_end_here(parser, &clause->head);
    return &clause->head;
}

/* G: try-statement = "try" statement-block { catch-clause } [ "finally" statement-block ] ;
   G: catch-clause = "catch" [ type-literal { "," type-literal } ] statement-block ; */
struct node *parse_try(struct parser *parser) {
    struct node_try *statement = PARSE_NODE(parser, TRY, try, parse_here(parser), parse_here(parser));
    parse_accept_keyword(parser, KEYWORD_TRY);
    statement->body = parse_block(parser);
    if (statement->body == NULL) {
        parse_lacks(parser, "MissingTryStatementBlock", "A block { … } must follow 'try'");
        parse_end_here(parser, &statement->head);
        return &statement->head;
    }
    size_t begin = parse_list_begin(parser);
    while (parse_accept_keyword_below(parser, KEYWORD_CATCH)) parse_list_add(parser, catch_clause(parser));
    statement->catches = parse_list_end(parser, begin);
    if (parse_accept_keyword_below(parser, KEYWORD_FINALLY))
        statement->finally_body = parse_required_block(parser, "MissingFinallyStatementBlock", "'finally'");
    if (statement->catches.count == 0 && statement->finally_body == NULL)
        parse_lacks(parser, "MissingCatchOrFinally", "'try' needs 'catch' or 'finally' after its block");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

/* G: trap-statement = "trap" [ type-literal ] statement-block ; */
struct node *parse_trap(struct parser *parser) {
    struct node_trap *statement = PARSE_NODE(parser, TRAP, trap, parse_here(parser), parse_here(parser));
    parse_accept_keyword(parser, KEYWORD_TRAP);
    uint32_t at = parser->at, previous_end = parser->previous_end;
    parse_skip_newlines(parser);
    statement->type = parse_bracketed(parser);
    if (statement->type == NULL) parse_rewind(parser, at, previous_end);
    statement->body = parse_required_block(parser, "MissingTrapStatement", "'trap'");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

/* G: data-statement = "data" [ name ] [ "-SupportedCommand" word { "," word } ] statement-block ; */
struct node *parse_data(struct parser *parser) {
    struct node_data *statement = PARSE_NODE(parser, DATA, data, parse_here(parser), parse_here(parser));
    parse_accept_keyword(parser, KEYWORD_DATA);
    parse_skip_newlines(parser);
    if (parse_peek(parser, LEX_COMMAND)->kind == TOKEN_WORD) {
        struct token name = parse_take(parser, LEX_COMMAND);
        statement->variable = lexer_slice(&parser->lexer, name.start, name.end);
    }
    parse_skip_newlines(parser);
    size_t begin = parse_list_begin(parser);
    const struct token *flag = parse_peek(parser, LEX_COMMAND);
    if (flag->kind == TOKEN_PARAMETER && !text_starts_fold(TEXT("SupportedCommand"), flag->name))
        parse_error(parser, "InvalidParameterForDataSectionStatement", flag->start, flag->end, "'data' has no '-%.*s'", TEXT_ARGUMENT(flag->name));
    if (parse_accept(parser, LEX_COMMAND, TOKEN_PARAMETER)) {
        do {
            parse_skip_newlines(parser);
            const struct token *token = parse_peek(parser, LEX_COMMAND);
            if (token->kind != TOKEN_WORD && token->kind != TOKEN_STRING_SINGLE && token->kind != TOKEN_STRING_DOUBLE) break;
            struct token word = parse_take(parser, LEX_COMMAND);
            parse_list_add(parser, parse_string(parser, &word));
        } while (parse_accept(parser, LEX_COMMAND, TOKEN_COMMA));
    }
    statement->allowed = parse_list_end(parser, begin);
    statement->body = parse_required_block(parser, "MissingStatementBlockForDataSection", "'data'");
    parse_end_here(parser, &statement->head);
    return &statement->head;
}

static struct node *jump_label(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind == TOKEN_IDENTIFIER) {
        struct token word = parse_take(parser, LEX_COMMAND);
        return parse_string(parser, &word);
    }
    bool label = token->kind == TOKEN_VARIABLE || token->kind == TOKEN_STRING_SINGLE || token->kind == TOKEN_STRING_DOUBLE ||
                 token->kind == TOKEN_DOLLAR_PAREN || token->kind == TOKEN_LEFT_PAREN;
    return label ? parse_unary(parser) : NULL;
}

/* G: flow-control-statement = ( "break" | "continue" ) [ name | primary-expression ] | ( "return" | "exit" | "throw" ) [ pipeline-statement ] ; */
struct node *parse_jump(struct parser *parser, enum keyword keyword) {
    uint32_t start = parse_here(parser);
    parse_accept_keyword(parser, keyword);
    struct node_return *statement = PARSE_NODE(parser, RETURN, return, start, parser->previous_end);
    if (keyword == KEYWORD_BREAK || keyword == KEYWORD_CONTINUE) {
        statement->head.kind = keyword == KEYWORD_BREAK ? NODE_BREAK : NODE_CONTINUE;
        statement->value = jump_label(parser);
    } else {
        if (keyword == KEYWORD_EXIT) statement->head.kind = NODE_EXIT;
        if (keyword == KEYWORD_THROW) statement->head.kind = NODE_THROW;
        statement->value = parse_pipeline_statement(parser);
    }
    parse_end_here(parser, &statement->head);
    return &statement->head;
}
