#include "parse_private.h"

static bool is_flow_end(const struct token *token) {
    return token->kind == TOKEN_END || token->kind == TOKEN_RIGHT_CURLY || token->kind == TOKEN_RIGHT_PAREN;
}

/* Traps stand apart in a block: they guard all of its statements. */
static void split_traps(struct parser *parser, struct node_block *block, struct node_list all) {
    uint32_t traps = 0;
    for (uint32_t i = 0; i < all.count; i++) traps += all.items[i]->kind == NODE_TRAP;
    if (traps == 0) {
        block->statements = all;
        return;
    }
    block->traps.items = ARENA_ARRAY(parser->arena, struct node *, traps);
    block->statements.items = all.items;
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i]->kind == NODE_TRAP) block->traps.items[block->traps.count++] = all.items[i];
        else block->statements.items[block->statements.count++] = all.items[i];
    }
}

/* G: statement-list = { statement | ";" | newline } ; */
struct node *parse_statements(struct parser *parser, uint32_t start, enum token_kind close) {
    struct node_block *block = PARSE_NODE(parser, BLOCK, block, start, start);
    size_t begin = parse_list_begin(parser);
    for (;;) {
        parse_skip_separators(parser);
        const struct token *token = parse_peek(parser, LEX_SIGNED);
        if (token->kind == close || token->kind == TOKEN_END) break;
        if (is_flow_end(token) && close != TOKEN_END) break;
        uint32_t at = token->start;
        struct node *statement = parse_statement(parser);
        parse_list_add(parser, statement);
        if (parser->at > at) continue;
        struct token stray = parse_take(parser, LEX_SIGNED);
        if (stray.error == NULL) parse_unexpected(parser, &stray);
    }
    split_traps(parser, block, parse_list_end(parser, begin));
    if (block->statements.count != 0) block->head.span.start = block->statements.items[0]->span.start;
    parse_end_here(parser, &block->head);
    return &block->head;
}

/* G: statement-block = newlines "{" statement-list "}" ; */
struct node *parse_block(struct parser *parser) {
    uint32_t at = parser->at, previous_end = parser->previous_end;
    parse_skip_newlines(parser);
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_LEFT_CURLY) {
        parse_rewind(parser, at, previous_end);
        return NULL;
    }
    struct token open = parse_take(parser, LEX_SIGNED);
    struct node *block = NULL;
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    if (parse_enter(parser)) block = parse_statements(parser, open.end, TOKEN_RIGHT_CURLY);
    parse_leave(parser);
    parser->no_comma = no_comma;
    if (block == NULL) block = &PARSE_NODE(parser, BLOCK, block, open.start, open.end)->head;
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_CURLY)) parse_unclosed(parser, "MissingEndCurlyBrace", &open, "The '{' of this block has no '}'");
    block->span.start = parse_span(parser, open.start, open.end).start;
    parse_end_here(parser, block);
    return block;
}

struct node *parse_required_block(struct parser *parser, const char *id, const char *what) {
    struct node *block = parse_block(parser);
    if (block != NULL) return block;
    parse_lacks(parser, id, "A block { … } must follow %s", what);
    return &PARSE_NODE(parser, BLOCK, block, parser->previous_end, parser->previous_end)->head;
}

static struct node *definition(struct parser *parser) {
    uint32_t start = parse_here(parser);
    struct node_list attributes = parse_attributes(parser);
    parse_skip_newlines(parser);
    if (parse_peek_keyword(parser) == KEYWORD_ENUM) return parse_enum(parser, attributes, start);
    return parse_class(parser, attributes, start);
}

static struct node *loop(struct parser *parser, enum keyword keyword, struct text label, uint32_t start) {
    switch (keyword) {
    case KEYWORD_FOR: return parse_for(parser, label, start);
    case KEYWORD_FOREACH: return parse_foreach(parser, label, start);
    case KEYWORD_WHILE: return parse_while(parser, label, start);
    case KEYWORD_DO: return parse_do(parser, label, start);
    case KEYWORD_SWITCH: return parse_switch(parser, label, start);
    default: return NULL;
    }
}

/* G: labeled-statement = [ ":" name ] ( for-statement | foreach-statement | while-statement | do-statement | switch-statement ) ; */
static struct node *labeled(struct parser *parser) {
    uint32_t at = parser->at, previous_end = parser->previous_end;
    struct token label = parse_take(parser, LEX_SIGNED);
    parse_skip_newlines(parser);
    struct node *statement = loop(parser, parse_peek_keyword(parser), label.name, label.start);
    if (statement != NULL) return statement;
    parse_rewind(parser, at, previous_end); /* ":name" is a command then */
    return parse_pipeline_statement(parser);
}

static struct node *reserved(struct parser *parser, enum keyword keyword) {
    struct token word = parse_take(parser, LEX_SIGNED);
    const char *id = keyword == KEYWORD_WORKFLOW ? "WorkflowNotSupportedInPowerShellCore"
                     : keyword == KEYWORD_FROM || keyword == KEYWORD_DEFINE || keyword == KEYWORD_VAR ? "ReservedKeywordNotAllowed" : "UnexpectedKeyword";
    parse_error(parser, id, word.start, word.end, "'%s' is reserved and means nothing yet", token_keyword_spelling(keyword));
    return parse_error_node(parser, word.start);
}

/* G: statement = if-statement | labeled-statement | try-statement | trap-statement | data-statement | function-statement
   G:     | class-statement | enum-statement | using-statement | flow-control-statement | pipeline-statement ; */
struct node *parse_statement(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    uint32_t start = token->start;
    if (token->kind == TOKEN_LABEL) return labeled(parser);
    if (token->kind == TOKEN_LEFT_BRACKET) {
        enum keyword defined = parse_keyword_after_attributes(parser, start);
        if (defined == KEYWORD_CLASS || defined == KEYWORD_ENUM) return definition(parser);
    }
    enum keyword keyword = parse_peek_keyword(parser);
    switch (keyword) {
    case KEYWORD_IF: return parse_if(parser);
    case KEYWORD_FOR: case KEYWORD_FOREACH: case KEYWORD_WHILE: case KEYWORD_DO: case KEYWORD_SWITCH:
        return loop(parser, keyword, TEXT_NONE, start);
    case KEYWORD_TRY: return parse_try(parser);
    case KEYWORD_TRAP: return parse_trap(parser);
    case KEYWORD_DATA: return parse_data(parser);
    case KEYWORD_FUNCTION: case KEYWORD_FILTER: return parse_function(parser);
    case KEYWORD_CLASS: return parse_class(parser, (struct node_list){0}, start);
    case KEYWORD_ENUM: return parse_enum(parser, (struct node_list){0}, start);
    case KEYWORD_USING: {
        struct node *using = parse_using(parser);
        parse_late_error(parser, "UsingMustBeAtStartOfScript", using->span, "'using' must stand before all other statements");
        return using;
    }
    case KEYWORD_BREAK: case KEYWORD_CONTINUE: case KEYWORD_RETURN: case KEYWORD_EXIT: case KEYWORD_THROW:
        return parse_jump(parser, keyword);
    case KEYWORD_FROM: case KEYWORD_DEFINE: case KEYWORD_VAR: case KEYWORD_WORKFLOW: case KEYWORD_PARALLEL: case KEYWORD_SEQUENCE:
        return reserved(parser, keyword);
    default: return parse_pipeline_statement(parser);
    }
}
