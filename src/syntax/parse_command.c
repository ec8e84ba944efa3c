#include "parse_private.h"

static bool ends_command(const struct token *token) {
    switch (token->kind) {
    case TOKEN_END: case TOKEN_NEWLINE: case TOKEN_SEMICOLON: case TOKEN_RIGHT_CURLY: case TOKEN_RIGHT_PAREN:
    case TOKEN_PIPE: case TOKEN_AMPERSAND: case TOKEN_AND_AND: case TOKEN_OR_OR:
        return true;
    default:
        return false;
    }
}

static struct node *word(struct parser *parser) {
    struct token token = parse_take(parser, LEX_COMMAND);
    return parse_string(parser, &token);
}

/* @name alone; with a member after it or in a list it is an error. */
static struct node *splat(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    uint32_t next = lexer_peek(&parser->lexer, token->end);
    if (next == '.' || next == '[' || next == ':') return parse_primary(parser, LEX_COMMAND);
    struct token taken = parse_take(parser, LEX_COMMAND);
    return parse_variable_node(parser, &taken);
}

static void forbid_splats(struct parser *parser, struct node_list list) {
    for (uint32_t i = 0; i < list.count; i++)
        if (list.items[i]->kind == NODE_VARIABLE && NODE_AS(variable, list.items[i])->splat)
            parse_late_error(parser, "SplattingNotPermittedInArgumentList", list.items[i]->span, "A splatted variable cannot be part of a list");
}

/* G: argument = word | variable | primary-expression ; */
static struct node *single_argument(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    switch (token->kind) {
    case TOKEN_SPLAT: return splat(parser);
    case TOKEN_WORD: case TOKEN_PARAMETER: case TOKEN_MINUS_MINUS: case TOKEN_DOT:
        return word(parser);
    case TOKEN_UNKNOWN: {
        struct token unknown = parse_take(parser, LEX_COMMAND);
        return parse_error_node(parser, unknown.start);
    }
    default:
        return parse_primary(parser, LEX_COMMAND);
    }
}

/* G: argument-list = argument { "," newlines argument } ; */
static struct node *argument_list(struct parser *parser) {
    struct node *first = single_argument(parser);
    if (first == NULL || parse_peek(parser, LEX_COMMAND)->kind != TOKEN_COMMA) return first;
    size_t begin = parse_list_begin(parser);
    parse_list_add(parser, first);
    while (parse_accept(parser, LEX_COMMAND, TOKEN_COMMA)) {
        parse_skip_newlines(parser);
        struct node *next = single_argument(parser);
        if (next == NULL) {
            parse_lacks(parser, "MissingExpression", "An argument must follow ','");
            break;
        }
        parse_list_add(parser, next);
    }
    struct node_array_literal *list = PARSE_NODE(parser, ARRAY_LITERAL, array_literal, 0, 0);
    list->items = parse_list_end(parser, begin);
    forbid_splats(parser, list->items);
    list->head.span.start = first->span.start;
    parse_end_here(parser, &list->head);
    return &list->head;
}

/* G: command-parameter = parameter-name [ argument-list ] ? after a colon ? | "--" ; */
static struct node *parameter(struct parser *parser) {
    struct token token = parse_take(parser, LEX_COMMAND);
    struct node_parameter_argument *node = PARSE_NODE(parser, PARAMETER_ARGUMENT, parameter_argument, token.start, token.end);
    node->name = token.name;
    if (token.has_colon) {
        node->argument = argument_list(parser);
        if (node->argument != NULL && node->argument->kind == NODE_VARIABLE && NODE_AS(variable, node->argument)->splat)
            parse_late_error(parser, "SplattingNotPermitted", node->argument->span, "A splatted variable cannot be the argument of a parameter");
        if (node->argument == NULL && parse_peek(parser, LEX_COMMAND)->kind != TOKEN_COMMA)
            parse_error(parser, "ParameterRequiresArgument", token.start, token.end, "An argument must follow '-%.*s:'", TEXT_ARGUMENT(token.name));
    }
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* G: verbatim-argument = "--%" { any character but newline and "|" } ; */
static void verbatim(struct parser *parser) {
    parse_take(parser, LEX_COMMAND);
    const struct lexer *lexer = &parser->lexer;
    uint32_t start = parser->at, at;
    while (start < lexer->end && (lexer->text[start] == ' ' || lexer->text[start] == '\t')) start++;
    bool quoted = false;
    for (at = start; at < lexer->end; at++) {
        char c = lexer->text[at];
        if (c == '"') quoted = !quoted;
        if (c == '\n' || c == '\r' || (!quoted && (c == '|' || (c == '&' && at + 1 < lexer->end && lexer->text[at + 1] == '&')))) break;
    }
    struct node_verbatim *node = PARSE_NODE(parser, VERBATIM, verbatim, start, at);
    node->text = text_trim(lexer_slice(lexer, start, at));
    parse_take_range(parser, start, at, TOKEN_VERBATIM);
    parse_list_add(parser, &node->head);
}

/* After the first "--" what begins with a dash is an argument. */
static void element(struct parser *parser, bool *parameters_ended) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (token->kind == TOKEN_PARAMETER && !*parameters_ended) {
        parse_list_add(parser, parameter(parser));
    } else if (token->kind == TOKEN_MINUS_MINUS && !*parameters_ended) {
        *parameters_ended = true;
        struct token end = parse_take(parser, LEX_COMMAND);
        struct node_parameter_argument *node = PARSE_NODE(parser, PARAMETER_ARGUMENT, parameter_argument, end.start, end.end);
        node->name = lexer_slice(&parser->lexer, end.end - 1, end.end);
        parse_list_add(parser, &node->head);
    } else if (token->kind == TOKEN_STOP_PARSING) {
        verbatim(parser);
    } else if (token->kind == TOKEN_COMMA) {
        struct token comma = parse_take(parser, LEX_COMMAND);
        parse_error(parser, "MissingArgument", comma.start, comma.end, "An argument must stand before ','");
        parse_skip_newlines(parser);
    } else {
        struct node *argument = argument_list(parser);
        if (argument != NULL) {
            parse_list_add(parser, argument);
        } else {
            struct token stray = parse_take(parser, LEX_COMMAND);
            if (stray.error == NULL) parse_unexpected(parser, &stray);
        }
    }
}

/* Redirections may stand anywhere among the arguments; they make a list of their own. */
static void elements(struct parser *parser, struct node_command *command, struct node *name) {
    size_t begin = parse_list_begin(parser);
    bool parameters_ended = false;
    parse_list_add(parser, name);
    for (;;) {
        const struct token *token = parse_peek(parser, LEX_COMMAND);
        if (ends_command(token)) break;
        if (!parse_redirection(parser, LEX_COMMAND, begin)) element(parser, &parameters_ended);
    }
    struct node_list all = parse_list_end(parser, begin);
    uint32_t kept = 0;
    size_t redirections = parse_list_begin(parser);
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i]->kind == NODE_REDIRECTION) parse_list_add(parser, all.items[i]);
        else all.items[kept++] = all.items[i];
    }
    command->elements = (struct node_list){all.items, kept};
    command->redirections = parse_list_end(parser, redirections);
}

static bool begins_command(const struct token *token) {
    switch (token->kind) {
    case TOKEN_WORD: case TOKEN_DOT: case TOKEN_AMPERSAND: case TOKEN_NUMBER: case TOKEN_PARAMETER: case TOKEN_MINUS_MINUS:
    case TOKEN_STOP_PARSING: case TOKEN_REDIRECT_FILE: case TOKEN_REDIRECT_MERGE: case TOKEN_REDIRECT_INPUT:
        return true;
    default:
        return false;
    }
}

/* Behind & and . the name may hold variables. */
static struct node *command_name(struct parser *parser, bool invoked) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (token->kind == TOKEN_WORD) parser->next_class = CLASS_COMMAND;
    if (token->kind == TOKEN_WORD && !invoked) {
        struct token name = parse_take(parser, LEX_COMMAND);
        return parse_command_name(parser, &name);
    }
    switch (token->kind) {
    case TOKEN_WORD: case TOKEN_PARAMETER: case TOKEN_MINUS_MINUS: case TOKEN_STOP_PARSING:
    case TOKEN_REDIRECT_FILE: case TOKEN_REDIRECT_MERGE: case TOKEN_REDIRECT_INPUT: /* nothing there to redirect: a name */
        return word(parser);
    default:
        return parse_primary(parser, LEX_COMMAND);
    }
}

/* G: command = [ "&" | "." ] ( word | primary-expression ) { command-parameter | argument-list | verbatim-argument | redirection } ; */
struct node *parse_command(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_COMMAND);
    if (!begins_command(token)) return NULL;
    struct node_command *command = PARSE_NODE(parser, COMMAND, command, token->start, token->end);
    struct node *name;
    if (token->kind == TOKEN_AMPERSAND || token->kind == TOKEN_DOT) {
        struct token operator = parse_take(parser, LEX_COMMAND);
        command->invocation = operator.kind == TOKEN_DOT ? INVOKE_DOT : INVOKE_CALL;
        name = command_name(parser, true);
        if (name == NULL) {
            parse_error(parser, "MissingExpression", operator.start, operator.end, "A command must follow '%s'", operator.kind == TOKEN_DOT ? "." : "&");
            return parse_error_node(parser, operator.start);
        }
    } else {
        name = command_name(parser, false);
    }
    elements(parser, command, name);
    parse_end_here(parser, &command->head);
    return &command->head;
}
