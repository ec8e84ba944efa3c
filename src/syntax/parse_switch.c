#include "parse_private.h"

static const struct {
    const char *name;
    int flag;
} flags[] = {{"regex", SWITCH_REGEX}, {"wildcard", SWITCH_WILDCARD}, {"exact", SWITCH_EXACT}, {"casesensitive", SWITCH_CASE},
             {"parallel", SWITCH_PARALLEL}, {"file", SWITCH_FILE}};

/* Flags may be cut short: -c, -ca, -case. */
static int flag_of(struct text name) {
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (name.length != 0 && text_starts_fold(text_of(flags[i].name), name)) return flags[i].flag;
    return 0;
}

static struct node *file_condition(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (token->kind == TOKEN_WORD) {
        struct token word = parse_take(parser, LEX_COMMAND);
        return parse_string(parser, &word);
    }
    return parse_primary(parser, LEX_COMMAND);
}

static struct node *switch_flags(struct parser *parser, struct node_switch *statement) {
    for (;;) {
        parse_skip_newlines(parser);
        const struct token *token = parse_peek(parser, LEX_COMMAND);
        if (token->kind != TOKEN_PARAMETER) return NULL;
        struct token flag = parse_take(parser, LEX_COMMAND);
        int bit = flag_of(flag.name);
        if (bit == 0) {
            parse_error(parser, "InvalidSwitchFlag", flag.start, flag.end, "'switch' has no flag '-%.*s'", TEXT_ARGUMENT(flag.name));
            continue;
        }
        if (bit == SWITCH_REGEX || bit == SWITCH_WILDCARD || bit == SWITCH_EXACT) /* the last one counts; exact is what there is without */
            statement->switch_flags &= ~(SWITCH_REGEX | SWITCH_WILDCARD);
        if (bit == SWITCH_PARALLEL)
            parse_error(parser, "KeywordParameterReservedForFutureUse", flag.start, flag.end, "'-parallel' is reserved; use ForEach-Object -Parallel");
        if (bit != SWITCH_EXACT) statement->switch_flags |= bit;
        if (bit != SWITCH_FILE) continue;
        struct node *file = file_condition(parser);
        if (file == NULL) {
            parse_lacks(parser, "MissingFilenameOption", "A file name must follow '-file'");
            return parse_error_node(parser, flag.start);
        }
        statement->condition = file;
    }
}

static bool is_default(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    return token->kind == TOKEN_WORD && token->keyword == KEYWORD_DEFAULT;
}

static struct node *clause_condition(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (token->kind == TOKEN_WORD || token->kind == TOKEN_DOT) {
        struct token word = parse_take(parser, LEX_COMMAND);
        word.kind = TOKEN_WORD;
        return parse_string(parser, &word);
    }
    return parse_primary(parser, LEX_COMMAND);
}

static struct node *clause(struct parser *parser) {
    uint32_t start = parse_here(parser);
    struct node *condition = clause_condition(parser);
    if (condition == NULL) {
        parse_lacks(parser, "MissingSwitchConditionExpression", "A clause of 'switch' begins with a value to compare");
        return NULL;
    }
    struct node_clause *made = PARSE_NODE(parser, CLAUSE, clause, start, start);
    made->condition = condition;
    made->body = parse_required_block(parser, "MissingSwitchStatementClause", "the value of a 'switch' clause");
    parse_end_here(parser, &made->head);
    return &made->head;
}

static void default_clause(struct parser *parser, struct node_switch *statement) {
    parser->next_class = CLASS_KEYWORD;
    struct token word = parse_take(parser, LEX_COMMAND);
    struct node *body = parse_required_block(parser, "MissingSwitchStatementClause", "'default'");
    if (statement->default_body != NULL)
        parse_error(parser, "MultipleSwitchDefaultClauses", word.start, word.end, "A switch has one 'default' at most");
    else statement->default_body = body;
}

static void clauses(struct parser *parser, struct node_switch *statement, const struct token *open) {
    size_t begin = parse_list_begin(parser);
    parse_skip_newlines(parser);
    if (parse_peek(parser, LEX_SIGNED)->kind == TOKEN_RIGHT_CURLY)
        parse_error(parser, "MissingSwitchConditionExpression", parser->at, parser->at + 1, "'switch' needs clauses in its braces");
    for (;;) {
        parse_skip_separators(parser);
        const struct token *token = parse_peek(parser, LEX_COMMAND);
        if (token->kind == TOKEN_RIGHT_CURLY || token->kind == TOKEN_RIGHT_PAREN) break;
        if (token->kind == TOKEN_END && (parse_list_begin(parser) != begin || statement->default_body != NULL)) break;
        size_t errors = parse_error_count(parser);
        if (is_default(parser)) default_clause(parser, statement);
        else parse_list_add(parser, clause(parser));
        if (errors != parse_error_count(parser)) break;
    }
    statement->clauses = parse_list_end(parser, begin);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_CURLY)) parse_unclosed(parser, "MissingEndCurlyBrace", open, "The '{' of this switch has no '}'");
}

static bool switch_value(struct parser *parser, struct node_switch *statement) {
    if (statement->switch_flags & SWITCH_FILE) return true;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, "PipelineValueRequired", "'switch' needs a value in parentheses");
        return false;
    }
    parse_skip_newlines(parser);
    statement->condition = parse_pipeline_statement(parser);
    if (statement->condition == NULL) parse_lacks(parser, "PipelineValueRequired", "'switch' needs a value in parentheses");
    parse_skip_newlines(parser);
    if (parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN)) return true;
    parse_lacks(parser, "MissingEndParenthesisInSwitchStatement", "The '(' after 'switch' has no ')'");
    return false;
}

/* G: switch-statement = "switch" { "-regex" | "-wildcard" | "-exact" | "-casesensitive" | "-parallel" | "-file" argument }
   G:     [ "(" pipeline-statement ")" ] newlines "{" { switch-clause | "default" statement-block } "}" ;
   G: switch-clause = ( word | primary-expression ) statement-block ; */
struct node *parse_switch(struct parser *parser, struct text label, uint32_t start) {
    struct node_switch *statement = PARSE_NODE(parser, SWITCH, switch, start, start);
    parse_accept_keyword(parser, KEYWORD_SWITCH);
    statement->label = label;
    switch_flags(parser, statement);
    if (switch_value(parser, statement)) {
        parse_skip_newlines(parser);
        struct token open = *parse_peek(parser, LEX_SIGNED);
        if (parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_CURLY)) {
            if (parse_enter(parser)) clauses(parser, statement, &open);
            parse_leave(parser);
        } else {
            parse_lacks(parser, "MissingCurlyBraceInSwitchStatement", "'{' must follow the value of 'switch'");
        }
    }
    parse_end_here(parser, &statement->head);
    return &statement->head;
}
