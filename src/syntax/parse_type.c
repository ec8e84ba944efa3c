#include "parse_private.h"

/* Type names are read by character: "int", "System.Collections.Generic.List[string]", "int[]", "int[,]", "Foo, Assembly". */
struct reader {
    struct parser *parser;
    uint32_t at;
    struct bytes text;
    const char *failed;         /* ErrorId */
};

static uint32_t skip_blanks(struct reader *reader) {
    uint32_t width, c;
    while ((c = lexer_character(&reader->parser->lexer, reader->at, &width)) == ' ' || c == '\t' || c == '\n' || c == '\r') reader->at += width;
    return c;
}

static bool is_name(uint32_t c) {
    return lexer_is_word(c) || c == '.' || c == '+' || c == '`';
}

static bool read_type(struct reader *reader, unsigned depth);

static void name(struct reader *reader) {
    const struct lexer *lexer = &reader->parser->lexer;
    uint32_t width, start = reader->at;
    while (is_name(lexer_character(lexer, reader->at, &width))) reader->at += width;
    bytes_add_text(&reader->text, lexer_slice(lexer, start, reader->at));
}

/* Inside [ ]: nothing or commas make an array, types make a generic. Both may follow each other. */
static bool suffix(struct reader *reader, unsigned depth) {
    uint32_t c = skip_blanks(reader);
    if (c == ']' || c == ',') {
        for (; (c = skip_blanks(reader)) == ','; reader->at++) bytes_add_byte(&reader->text, ',');
    } else {
        for (;;) {
            bool outer = skip_blanks(reader) == '['; /* [[string],[int]] */
            if (outer) reader->at++;
            if (!read_type(reader, depth + 1)) {
                reader->failed = "MissingTypename";
                return false;
            }
            if (outer && skip_blanks(reader) == ']') reader->at++;
            if (skip_blanks(reader) != ',') break;
            bytes_add_byte(&reader->text, ',');
            reader->at++;
        }
    }
    return skip_blanks(reader) == ']';
}

static bool read_type(struct reader *reader, unsigned depth) {
    if (depth > 100 || !(lexer_is_letter(skip_blanks(reader)))) return false;
    name(reader);
    while (lexer_peek(&reader->parser->lexer, reader->at) == '[') {
        reader->at++;
        bytes_add_byte(&reader->text, '[');
        if (!suffix(reader, depth)) {
            if (reader->failed == NULL) reader->failed = "EndSquareBracketExpectedAtEndOfType";
            return true;
        }
        bytes_add_byte(&reader->text, ']');
        reader->at++;
    }
    return true;
}

/* G: type-name = name { "." name } [ "[" ( { "," } | type-name { "," type-name } ) "]" ] ; */
struct node *parse_type_name(struct parser *parser) {
    struct reader reader = {.parser = parser, .at = parser->at};
    skip_blanks(&reader);
    uint32_t start = reader.at;
    if (!read_type(&reader, 0)) {
        bytes_free(&reader.text);
        return NULL;
    }
    struct node_type_name *node = PARSE_NODE(parser, TYPE_NAME, type_name, start, reader.at);
    node->text = text_make(arena_text(parser->arena, reader.text.data, reader.text.length), reader.text.length);
    bytes_free(&reader.text);
    parse_take_range(parser, start, reader.at, TOKEN_TYPE_NAME);
    if (reader.failed != NULL) parse_lacks(parser, reader.failed, "The '[' in this type has no ']'");
    return &node->head;
}

/* G: attribute-argument = expression | name [ "=" expression ] ; */
static void attribute_argument(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind == TOKEN_IDENTIFIER) {
        struct token word = parse_take(parser, LEX_SIGNED);
        struct node_named_argument *argument = PARSE_NODE(parser, NAMED_ARGUMENT, named_argument, word.start, word.end);
        argument->name = lexer_slice(&parser->lexer, word.start, word.end);
        parse_skip_newlines(parser);
        token = parse_peek(parser, LEX_EXPRESSION);
        if (token->kind == TOKEN_ASSIGNMENT_OPERATOR && token->operator_id == OPERATOR_ASSIGN) {
            parse_take(parser, LEX_EXPRESSION);
            parse_skip_newlines(parser);
            argument->value = parse_expression(parser);
            if (argument->value == NULL) parse_lacks(parser, "MissingExpressionInNamedArgument", "A value must follow '=' in an attribute");
        }
        parse_end_here(parser, &argument->head);
        parse_list_add(parser, &argument->head);
        return;
    }
    parse_list_add(parser, parse_expression(parser));
}

static void attribute_arguments(struct parser *parser, struct node_attribute *attribute) {
    size_t begin = parse_list_begin(parser);
    bool no_comma = parser->no_comma;
    parser->no_comma = true;
    parse_take(parser, LEX_EXPRESSION);
    for (;;) {
        parse_skip_newlines(parser);
        size_t count = parser->scratch_count;
        attribute_argument(parser);
        bool none = count == parser->scratch_count;
        if (none && count != begin) parse_lacks(parser, "MissingExpressionAfterToken", "An argument must follow ','");
        parse_skip_newlines(parser);
        if (none || !parse_accept(parser, LEX_EXPRESSION, TOKEN_COMMA)) break;
    }
    parser->no_comma = no_comma;
    struct node_list all = parse_list_end(parser, begin);
    size_t named = parse_list_begin(parser);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        if (all.items[i]->kind == NODE_NAMED_ARGUMENT) parse_list_add(parser, all.items[i]);
        else all.items[kept++] = all.items[i];
    }
    attribute->positional = (struct node_list){all.items, kept};
    attribute->named = parse_list_end(parser, named);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInExpression", "The '(' of this attribute has no ')'");
}

/* "Name, Assembly, Version=…": all up to the bracket belongs to the name. */
static void assembly_part(struct parser *parser, struct node *type) {
    const struct lexer *lexer = &parser->lexer;
    uint32_t at = parser->at;
    while (at < lexer->end && lexer->text[at] != ']' && lexer->text[at] != '\n') at++;
    parse_take_range(parser, parser->at, at, TOKEN_TYPE_NAME);
    parse_end_here(parser, type);
}

/* G: type-literal = "[" newlines type-name newlines "]" ;
   G: attribute = "[" newlines type-name "(" [ attribute-argument { "," attribute-argument } ] ")" newlines "]" ; */
struct node *parse_bracketed(struct parser *parser) {
    if (parse_peek(parser, LEX_SIGNED)->kind != TOKEN_LEFT_BRACKET) return NULL;
    struct token open = parse_take(parser, LEX_SIGNED);
    struct node *type = parse_type_name(parser), *made;
    if (type == NULL) {
        parse_lacks(parser, "MissingTypename", "A type must follow '['");
        type = &PARSE_NODE(parser, TYPE_NAME, type_name, open.end, open.end)->head;
    }
    parse_skip_newlines(parser);
    const struct token *token = parse_peek(parser, LEX_EXPRESSION);
    if (token->kind == TOKEN_LEFT_PAREN) {
        struct node_attribute *attribute = PARSE_NODE(parser, ATTRIBUTE, attribute, open.start, open.end);
        attribute->type = type;
        attribute_arguments(parser, attribute);
        made = &attribute->head;
    } else {
        struct node_type_constraint *constraint = PARSE_NODE(parser, TYPE_CONSTRAINT, type_constraint, open.start, open.end);
        constraint->type = type;
        made = &constraint->head;
        if (token->kind == TOKEN_COMMA) assembly_part(parser, type);
    }
    parse_skip_newlines(parser);
    if (!parse_accept(parser, LEX_EXPRESSION, TOKEN_RIGHT_BRACKET) && NODE_AS(type_name, type)->text.length != 0)
        parse_error(parser, "EndSquareBracketExpectedAtEndOfAttribute", parser->previous_end, parser->previous_end, "The '[' of this type has no ']'");
    parse_end_here(parser, made);
    return made;
}

/* G: attributes = { ( attribute | type-literal ) newlines } ; */
struct node_list parse_attributes(struct parser *parser) {
    size_t begin = parse_list_begin(parser);
    for (;;) {
        uint32_t at = parser->at, previous_end = parser->previous_end;
        parse_skip_newlines(parser);
        struct node *next = parse_bracketed(parser);
        if (next == NULL) {
            if (parse_list_begin(parser) == begin) parse_rewind(parser, at, previous_end);
            break;
        }
        parse_list_add(parser, next);
    }
    return parse_list_end(parser, begin);
}

enum keyword parse_keyword_after_attributes(struct parser *parser, uint32_t at) {
    const struct lexer *lexer = &parser->lexer;
    struct token unused = {0}, word;
    while (lexer_peek(lexer, at) == '[') {
        unsigned open = 0;
        for (; at < lexer->end; at++) {
            if (lexer->text[at] == '[') open++;
            else if (lexer->text[at] == ']' && --open == 0) break;
        }
        at = at < lexer->end ? at + 1 : at;
        do {
            at = lex_trivia_skip(lexer, at, &unused);
        } while (lexer_is_newline(lexer_peek(lexer, at)) && ++at);
    }
    lexer_next(lexer, at, LEX_SIGNED, &word);
    if (word.kind != TOKEN_IDENTIFIER || !lexer_ends_word(lexer_peek(lexer, word.end))) return KEYWORD_NONE;
    return (enum keyword)word.keyword;
}
