#include "parse_help_private.h"
#include "parse_private.h"

/* G: script-parameter = attributes variable [ "=" expression ] ; */
static struct node *parameter(struct parser *parser, bool comma) {
    uint32_t start = parse_here(parser);
    struct node_list attributes = parse_attributes(parser);
    parse_skip_newlines(parser);
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_VARIABLE) {
        if (attributes.count != 0) parse_lacks(parser, "InvalidFunctionParameter", "A parameter is a variable: [string] $Name");
        else if (comma) parse_lacks(parser, "MissingExpressionAfterToken", "A parameter must follow ','");
        return NULL;
    }
    struct node_parameter *node = PARSE_NODE(parser, PARAMETER, parameter, start, start);
    struct token variable = parse_take(parser, LEX_SIGNED);
    node->attributes = attributes;
    node->variable = parse_variable_node(parser, &variable);
    uint32_t at = parser->at, previous_end = parser->previous_end;
    parse_skip_newlines(parser);
    token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind == TOKEN_ASSIGNMENT_OPERATOR && token->operator_id == OPERATOR_ASSIGN) {
        parse_take(parser, LEX_EXPRESSION);
        parse_skip_newlines(parser);
        node->default_value = parse_expression(parser);
        if (node->default_value == NULL) parse_lacks(parser, "MissingExpressionAfterToken", "A value must follow '='");
    } else {
        parse_rewind(parser, at, previous_end);
    }
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* G: parameter-list = "(" newlines [ script-parameter { newlines "," newlines script-parameter } ] newlines ")" ; */
struct node_list parse_parameters(struct parser *parser, const char *missing_id) {
    size_t begin = parse_list_begin(parser);
    bool no_comma = parser->no_comma, comma = false;
    parser->no_comma = true;
    for (;;) {
        parse_skip_newlines(parser);
        struct node *next = parameter(parser, comma);
        if (next == NULL) break;
        parse_list_add(parser, next);
        parse_skip_newlines(parser);
        comma = parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA);
        if (!comma) break;
    }
    parser->no_comma = no_comma;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_PAREN)) parse_lacks(parser, missing_id, "The '(' of the parameters has no ')'");
    return parse_list_end(parser, begin);
}

/* G: param-block = attributes "param" newlines parameter-list ; */
static struct node *param_block(struct parser *parser) {
    uint32_t at = parser->at, previous_end = parser->previous_end, start = parse_here(parser);
    if (parse_keyword_after_attributes(parser, start) != KEYWORD_PARAM) return NULL;
    struct node_list attributes = parse_attributes(parser);
    parse_skip_newlines(parser);
    if (parse_accept_keyword(parser, KEYWORD_PARAM)) {
        parse_skip_newlines(parser);
        if (parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN)) {
            struct node_param_block *block = PARSE_NODE(parser, PARAM_BLOCK, param_block, start, start);
            block->attributes = attributes;
            block->parameters = parse_parameters(parser, "MissingEndParenthesisInFunctionParameterList");
            parse_end_here(parser, &block->head);
            return &block->head;
        }
    }
    parse_rewind(parser, at, previous_end);
    return NULL;
}

static struct node **named_slot(struct node_script_block *script, enum keyword keyword) {
    switch (keyword) {
    case KEYWORD_BEGIN: return &script->begin_block;
    case KEYWORD_PROCESS: return &script->process_block;
    case KEYWORD_END: return &script->end_block;
    case KEYWORD_CLEAN: return &script->clean_block;
    case KEYWORD_DYNAMICPARAM: return &script->dynamic_block;
    default: return NULL;
    }
}

/* G: named-blocks = { ( "begin" | "process" | "end" | "clean" | "dynamicparam" ) statement-block | ";" | newline } ; */
static void named_blocks(struct parser *parser, struct node_script_block *script, enum token_kind close) {
    script->named_blocks = true;
    for (;;) {
        parse_skip_separators(parser);
        struct node **slot = named_slot(script, parse_peek_keyword(parser));
        const struct token *token = parse_peek(parser, LEX_SIGNED);
        if (slot == NULL) {
            if (token->kind != close && token->kind != TOKEN_END) {
                parse_error(parser, "MissingNamedBlocks", token->start, token->end,
                            "Beside 'begin', 'process', 'end', 'clean' and 'dynamicparam' blocks no other statement may stand");
                parse_statements(parser, token->start, close);
            }
            return;
        }
        struct token word = *token;
        parse_accept_keyword(parser, parse_peek_keyword(parser));
        struct node *block = parse_required_block(parser, "MissingNamedStatementBlock", token_keyword_spelling((enum keyword)word.keyword));
        if (*slot != NULL)
            parse_error(parser, "DuplicateScriptCommandClause", word.start, word.end, "There is a '%s' block already", token_keyword_spelling((enum keyword)word.keyword));
        else *slot = block;
    }
}

static void usings(struct parser *parser, struct node_script_block *script, bool whole) {
    size_t begin = parse_list_begin(parser);
    parse_skip_separators(parser);
    while (parse_peek_keyword(parser) == KEYWORD_USING) {
        parse_list_add(parser, parse_using(parser));
        parse_skip_separators(parser);
    }
    script->usings = parse_list_end(parser, begin);
    for (uint32_t i = 0; i < script->usings.count && !whole; i++)
        parse_late_error(parser, "UsingMustBeAtStartOfScript", script->usings.items[i]->span, "'using' stands at the start of a script, not inside");
}

/* G: script-block = { using-statement } [ param-block ] ( named-blocks | statement-list ) ; */
struct node *parse_script_block(struct parser *parser, uint32_t start, enum token_kind close) {
    struct node_script_block *script = PARSE_NODE(parser, SCRIPT_BLOCK, script_block, start, start);
    bool no_comma = parser->no_comma;
    parser->no_comma = false;
    if (parse_enter(parser)) {
        parse_skip_separators(parser);
        script->help = help_between(&parser->lexer, parser->previous_end, parse_here(parser));
        usings(parser, script, close == TOKEN_END);
        script->parameters = param_block(parser);
        parse_skip_separators(parser);
        if (script->help.length == 0) script->help = help_between(&parser->lexer, parser->previous_end, parse_here(parser));
        if (named_slot(script, parse_peek_keyword(parser)) != NULL) named_blocks(parser, script, close);
        else script->end_block = parse_statements(parser, parser->previous_end > start ? parser->previous_end : start, close);
        if (script->help.length == 0 && !parser->abandoned)
            script->help = help_between(&parser->lexer, parser->previous_end, parse_here(parser));
    }
    parse_leave(parser);
    parser->no_comma = no_comma;
    parse_end_here(parser, &script->head);
    return &script->head;
}

struct node *parse_braced_script_block(struct parser *parser) {
    struct token open = parse_take(parser, LEX_SIGNED);
    struct node *script = parse_script_block(parser, open.start, TOKEN_RIGHT_CURLY);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_CURLY)) parse_unclosed(parser, "MissingEndCurlyBrace", &open, "The '{' of this block has no '}'");
    parse_end_here(parser, script);
    return script;
}

static bool function_name(struct parser *parser, struct node_function *function, const char *keyword) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    switch (token->kind) {
    case TOKEN_WORD: case TOKEN_NUMBER: case TOKEN_DOT: case TOKEN_PARAMETER: {
        struct token word = parse_take(parser, LEX_COMMAND);
        function->name = lexer_slice(&parser->lexer, word.start, word.end);
        return true;
    }
    default:
        parse_lacks(parser, "MissingNameAfterKeyword", "A name must follow '%s'", keyword);
        return false;
    }
}

static void function_body(struct parser *parser, struct node_function *function) {
    parse_skip_newlines(parser);
    bool listed = parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_PAREN);
    if (listed) function->parameters = parse_parameters(parser, "MissingEndParenthesisInFunctionParameterList");
    parse_skip_newlines(parser);
    if (parse_peek(parser, LEX_SIGNED)->kind != TOKEN_LEFT_CURLY) {
        parse_lacks(parser, "MissingFunctionBody", "A body { … } must follow the name of a function");
        return;
    }
    function->body = parse_braced_script_block(parser);
    struct node_script_block *body = NODE_AS(script_block, function->body);
    if (function->is_filter && !body->named_blocks) { /* a filter's statements run for each object */
        body->process_block = body->end_block;
        body->end_block = NULL;
        body->named_blocks = true;
    }
    struct node *inner = body->parameters;
    if (listed && function->parameters.count != 0 && inner != NULL && parser->map == NULL)
        parse_error(parser, "OnlyOneParameterListAllowed", inner->span.start, inner->span.end,
                    "The parameters stand after the name already; a 'param' block cannot be added");
}

/* G: function-statement = ( "function" | "filter" ) word [ parameter-list ] newlines "{" script-block "}" ; */
struct node *parse_function(struct parser *parser) {
    uint32_t start = parse_here(parser);
    struct text help = help_between(&parser->lexer, parser->previous_end, start);
    struct node_function *function = PARSE_NODE(parser, FUNCTION, function, start, start);
    function->is_filter = parse_peek_keyword(parser) == KEYWORD_FILTER;
    const char *keyword = function->is_filter ? "filter" : "function";
    parse_accept_keyword(parser, function->is_filter ? KEYWORD_FILTER : KEYWORD_FUNCTION);
    if (function_name(parser, function, keyword)) function_body(parser, function);
    if (function->body == NULL) function->body = &PARSE_NODE(parser, SCRIPT_BLOCK, script_block, parser->previous_end, parser->previous_end)->head;
    if (NODE_AS(script_block, function->body)->help.length == 0) NODE_AS(script_block, function->body)->help = help;
    parse_end_here(parser, &function->head);
    return &function->head;
}

static const struct {
    enum keyword keyword;
    enum using_kind kind;
} using_kinds[] = {{KEYWORD_NAMESPACE, USING_NAMESPACE}, {KEYWORD_MODULE, USING_MODULE}, {KEYWORD_ASSEMBLY, USING_ASSEMBLY},
                   {KEYWORD_TYPE, USING_TYPE}, {KEYWORD_COMMAND, USING_COMMAND}};

static struct node *using_name(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (token->kind == TOKEN_WORD) {
        struct token word = parse_take(parser, LEX_COMMAND);
        return parse_string(parser, &word);
    }
    if (token->kind == TOKEN_AT_CURLY || token->kind == TOKEN_STRING_SINGLE || token->kind == TOKEN_STRING_DOUBLE)
        return parse_primary(parser, LEX_COMMAND);
    return NULL;
}

/* G: using-statement = "using" ( "namespace" | "module" | "assembly" | "type" | "command" ) ( word | string-literal | hash-literal ) [ "=" word ] ; */
struct node *parse_using(struct parser *parser) {
    struct node_using *node = PARSE_NODE(parser, USING, using, parse_here(parser), parse_here(parser));
    parse_accept_keyword(parser, KEYWORD_USING);
    enum keyword keyword = parse_peek_keyword(parser);
    bool known = false;
    for (size_t i = 0; i < sizeof using_kinds / sizeof using_kinds[0]; i++) {
        if (using_kinds[i].keyword != keyword) continue;
        node->using_kind = using_kinds[i].kind;
        known = true;
    }
    if (!known) {
        parse_lacks(parser, "MissingUsingStatementDirective", "'namespace', 'module' or 'assembly' must follow 'using'");
    } else {
        parse_accept_keyword(parser, keyword);
        node->name = using_name(parser);
        if (node->name == NULL) parse_lacks(parser, "MissingUsingItemName", "A name must follow 'using %s'", token_keyword_spelling(keyword));
        const struct token *token = parse_peek(parser, LEX_EXPRESSION);
        if (token->kind == TOKEN_ASSIGNMENT_OPERATOR && token->operator_id == OPERATOR_ASSIGN) {
            parse_take(parser, LEX_EXPRESSION);
            node->alias = using_name(parser);
        }
        token = parse_peek(parser, LEX_SIGNED);
        if (node->name != NULL && token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON && token->kind != TOKEN_END && token->kind != TOKEN_RIGHT_CURLY)
            parse_error(parser, "MissingStatementTerminator", token->start, token->end, "A new line or ';' must follow what 'using' names");
    }
    parse_end_here(parser, &node->head);
    return &node->head;
}
