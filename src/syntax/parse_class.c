#include "parse_private.h"

/* The text of a name that is no keyword here: letters, digits, _ and, for classes, what a word may hold. */
static bool take_name(struct parser *parser, struct text *name) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_IDENTIFIER) return false;
    struct token word = parse_take(parser, LEX_SIGNED);
    *name = lexer_slice(&parser->lexer, word.start, word.end);
    return true;
}

static bool open_body(struct parser *parser, struct token *open) {
    parse_skip_newlines(parser);
    *open = *parse_peek(parser, LEX_SIGNED);
    if (parse_accept(parser, LEX_SIGNED, TOKEN_LEFT_CURLY)) return true;
    parse_lacks(parser, "MissingTypeBody", "A body { … } must follow the name of a type");
    return false;
}

static void close_body(struct parser *parser, const struct token *open) {
    parse_skip_separators(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_CURLY)) parse_unclosed(parser, "MissingEndCurlyBrace", open, "The '{' of this type has no '}'");
}

struct modifiers {
    struct node_list attributes;
    struct node *type;          /* TYPE_CONSTRAINT, the last one */
    int flags;
    uint32_t start;
};

/* G: member-modifiers = { attribute | type-literal | "static" | "hidden" | newline } ; */
static struct modifiers modifiers(struct parser *parser) {
    struct modifiers made = {.start = parse_here(parser)};
    size_t begin = parse_list_begin(parser);
    for (;;) {
        parse_skip_newlines(parser);
        enum keyword keyword = parse_peek_keyword(parser);
        if (keyword == KEYWORD_STATIC || keyword == KEYWORD_HIDDEN) {
            int flag = keyword == KEYWORD_STATIC ? MEMBER_FLAG_STATIC : MEMBER_FLAG_IS_HIDDEN;
            if (made.flags & flag) parse_lacks(parser, "DuplicateQualifier", "'%s' stands twice", token_keyword_spelling(keyword));
            made.flags |= flag;
            parse_accept_keyword(parser, keyword);
            continue;
        }
        struct node *next = parse_bracketed(parser);
        if (next == NULL) break;
        if (next->kind == NODE_TYPE_CONSTRAINT) made.type = NODE_AS(type_constraint, next)->type;
        else parse_list_add(parser, next);
    }
    made.attributes = parse_list_end(parser, begin);
    return made;
}

/* G: property-member = member-modifiers variable [ "=" expression ] ; */
static struct node *property(struct parser *parser, const struct modifiers *modifiers) {
    struct token variable = parse_take(parser, LEX_SIGNED);
    struct node_property *node = PARSE_NODE(parser, PROPERTY, property, modifiers->start, variable.end);
    node->attributes = modifiers->attributes;
    node->type = modifiers->type;
    node->member_flags = modifiers->flags;
    node->name = variable.name;
    const struct token *token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind == TOKEN_ASSIGNMENT_OPERATOR && token->operator_id == OPERATOR_ASSIGN) {
        parse_take(parser, LEX_EXPRESSION);
        parse_skip_newlines(parser);
        node->default_value = parse_expression(parser);
        if (node->default_value == NULL) parse_lacks(parser, "ExpectedValueExpression", "A value must follow '='");
    }
    token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON && token->kind != TOKEN_RIGHT_CURLY)
        parse_lacks(parser, "MissingPropertyTerminator", "A property ends with a new line or ';'");
    parse_end_here(parser, &node->head);
    return &node->head;
}

/* G: base-call = ":" "base" "(" [ expression { "," expression } ] ")" ; */
static void base_call(struct parser *parser, struct node_method *method) {
    parse_skip_newlines(parser);
    const struct token *token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind != TOKEN_COLON) return;
    parse_take(parser, LEX_EXPRESSION);
    parse_skip_newlines(parser);
    if (!parse_accept_keyword(parser, KEYWORD_BASE)) {
        parse_lacks(parser, "MissingBaseCtorCall", "'base' must follow ':'");
        return;
    }
    method->calls_base = true;
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, "MissingMethodParameterList", "'(' must follow 'base'");
        return;
    }
    size_t begin = parse_list_begin(parser);
    parser->no_comma = true;
    do {
        parse_skip_newlines(parser);
        parse_list_add(parser, parse_expression(parser));
        parse_skip_newlines(parser);
    } while (parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA));
    parser->no_comma = false;
    method->base_arguments = parse_list_end(parser, begin);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInMethodCall", "The '(' after 'base' has no ')'");
}

/* G: method-member = member-modifiers name parameter-list [ base-call ] newlines statement-block ; */
static struct node *method(struct parser *parser, const struct modifiers *modifiers, struct text class_name) {
    struct node_method *node = PARSE_NODE(parser, METHOD, method, modifiers->start, modifiers->start);
    node->attributes = modifiers->attributes;
    node->return_type = modifiers->type;
    node->member_flags = modifiers->flags;
    take_name(parser, &node->name);
    node->is_constructor = text_equal_fold(node->name, class_name);
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_LEFT_PAREN)) {
        parse_lacks(parser, "MissingMethodParameterList", "'(' must follow the name of a method");
        parse_end_here(parser, &node->head);
        return &node->head;
    }
    node->parameters = parse_parameters(parser, "MissingEndParenthesisInFunctionParameterList");
    if (node->is_constructor) base_call(parser, node);
    node->body = parse_required_block(parser, "MissingFunctionBody", "the parameters of a method");
    parse_end_here(parser, &node->head);
    return &node->head;
}

static struct node *member(struct parser *parser, struct text class_name) {
    struct modifiers found = modifiers(parser);
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind == TOKEN_VARIABLE) return property(parser, &found);
    if (token->kind == TOKEN_IDENTIFIER) return method(parser, &found, class_name);
    if (found.attributes.count != 0 || found.flags != 0 || found.type != NULL) {
        parse_lacks(parser, "IncompleteMemberDefinition", "A property ($Name) or a method (Name() { … }) must follow");
        return parse_error_node(parser, found.start);
    }
    return NULL;
}

static bool ends_body(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    return token->kind == TOKEN_RIGHT_CURLY || token->kind == TOKEN_END;
}

static void members(struct parser *parser, struct node_class *class) {
    size_t begin = parse_list_begin(parser);
    for (;;) {
        parse_skip_separators(parser);
        if (ends_body(parser)) break;
        struct node *next = member(parser, class->name);
        if (next == NULL) break;
        parse_list_add(parser, next);
    }
    class->members = parse_list_end(parser, begin);
}

static struct node_list bases(struct parser *parser) {
    size_t begin = parse_list_begin(parser);
    parse_skip_newlines(parser);
    if (parse_accept(parser, LEX_EXPRESSION, TOKEN_COLON)) {
        do {
            struct node *type = parse_type_name(parser);
            if (type == NULL) {
                parse_lacks(parser, "TypeNameExpected", "A type must follow");
                break;
            }
            parse_list_add(parser, type);
            parse_skip_newlines(parser);
        } while (parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA));
    }
    return parse_list_end(parser, begin);
}

/* G: class-statement = attributes "class" name [ ":" type-name { "," type-name } ] newlines "{" { property-member | method-member | ";" | newline } "}" ; */
struct node *parse_class(struct parser *parser, struct node_list attributes, uint32_t start) {
    struct node_class *class = PARSE_NODE(parser, CLASS, class, start, start);
    class->attributes = attributes;
    parse_accept_keyword(parser, KEYWORD_CLASS);
    parse_skip_newlines(parser);
    if (!take_name(parser, &class->name)) {
        parse_lacks(parser, "MissingNameAfterKeyword", "A name must follow 'class'");
    } else {
        class->bases = bases(parser);
        struct token open;
        if (open_body(parser, &open)) {
            bool no_comma = parser->no_comma;
            parser->no_comma = false;
            if (parse_enter(parser)) members(parser, class);
            parse_leave(parser);
            parser->no_comma = no_comma;
            close_body(parser, &open);
        }
    }
    parse_end_here(parser, &class->head);
    return &class->head;
}

/* G: enum-member = name [ "=" expression ] ; */
static struct node *enum_member(struct parser *parser) {
    struct node_enum_member *member = PARSE_NODE(parser, ENUM_MEMBER, enum_member, parse_here(parser), parse_here(parser));
    if (!take_name(parser, &member->name)) return NULL;
    const struct token *token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind == TOKEN_ASSIGNMENT_OPERATOR && token->operator_id == OPERATOR_ASSIGN) {
        parse_take(parser, LEX_EXPRESSION);
        parse_skip_newlines(parser);
        member->value = parse_expression(parser);
        if (member->value == NULL) parse_lacks(parser, "ExpectedValueExpression", "A value must follow '='");
    }
    token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON && token->kind != TOKEN_RIGHT_CURLY)
        parse_lacks(parser, "MissingPropertyTerminator", "A member of an enum ends with a new line or ';'");
    parse_end_here(parser, &member->head);
    return &member->head;
}

static void enum_members(struct parser *parser, struct node_enum *node) {
    size_t begin = parse_list_begin(parser);
    for (;;) {
        parse_skip_separators(parser);
        if (ends_body(parser)) break;
        struct node *next = enum_member(parser);
        if (next == NULL) break;
        parse_list_add(parser, next);
    }
    node->members = parse_list_end(parser, begin);
}

/* G: enum-statement = attributes "enum" name [ ":" type-name ] newlines "{" { enum-member | ";" | newline } "}" ; */
struct node *parse_enum(struct parser *parser, struct node_list attributes, uint32_t start) {
    struct node_enum *node = PARSE_NODE(parser, ENUM, enum, start, start);
    node->attributes = attributes;
    parse_accept_keyword(parser, KEYWORD_ENUM);
    parse_skip_newlines(parser);
    if (!take_name(parser, &node->name)) {
        parse_lacks(parser, "MissingNameAfterKeyword", "A name must follow 'enum'");
    } else {
        parse_skip_newlines(parser);
        if (parse_accept(parser, LEX_EXPRESSION, TOKEN_COLON)) {
            node->underlying = parse_type_name(parser);
            if (node->underlying == NULL) parse_lacks(parser, "TypeNameExpected", "A type must follow ':'");
        }
        struct token open;
        if (open_body(parser, &open)) {
            enum_members(parser, node);
            close_body(parser, &open);
        }
    }
    parse_end_here(parser, &node->head);
    return &node->head;
}
