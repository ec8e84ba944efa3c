#include "lexer_private.h"

/* Runs to a character that always starts a new token; quoted parts, escapes and variables belong to the word. */
/* G: word = { single-quoted | double-quoted | escape | variable-name | string-sub-expression | ? a character that starts no token ? } ; */
void lex_word(const struct lexer *lexer, struct token *out) {
    uint32_t at = out->start, width;
    bool closed;
    out->kind = TOKEN_WORD;
    out->plain = true;
    for (;;) {
        uint32_t c = lexer_character(lexer, at, &width);
        if (lexer_ends_word(c)) break;
        switch (c) {
        case '`':
            out->plain = false;
            at += width;
            lexer_character(lexer, at, &width);
            at += width;
            break;
        case '\'':
        case '"':
            out->plain = false;
            if (!out->unterminated) out->quote_start = at;
            at = c == '\'' ? lex_string_single_end(lexer, at, &closed) : lex_string_double_end(lexer, at, &closed, out);
            out->unterminated = out->unterminated || !closed;
            break;
        case '$': {
            struct token variable = {0};
            if (lexer_peek(lexer, at + 1) == '(') {
                out->expandable = true;
                uint32_t start = at;
                at = lex_string_subexpression_end(lexer, at, &closed);
                if (!closed) lexer_error(out, "IncompleteDollarSubexpressionReference", start, start + 2, true, "The '$(' in the word has no ')'");
            } else if (lex_variable(lexer, at, &variable)) {
                out->expandable = true;
                at = variable.end;
            } else {
                at++;
            }
            break;
        }
        default:
            at += width;
        }
    }
    out->end = at;
    if (out->expandable) out->plain = false;
    if (out->plain) out->keyword = (uint8_t)token_keyword(lexer_slice(lexer, out->start, at));
}

static bool ends_parameter(uint32_t c) {
    return lexer_ends_word(c) || c == '.' || c == '[';
}

/* G: parameter-name = "-" ( letter | "?" ) { ? any but blanks, quotes and &(),;{|}.[ ? } [ ":" ] ; */
static void parameter(const struct lexer *lexer, uint32_t start, struct token *out) {
    uint32_t at = start, width, c;
    while (!ends_parameter(c = lexer_character(lexer, at, &width)) && c != ':') {
        if (c == '\'' || c == '"') {
            lex_word(lexer, out);
            return;
        }
        at += width;
    }
    out->kind = TOKEN_PARAMETER;
    out->name = lexer_slice(lexer, start, at);
    if (c == ':') {
        out->has_colon = true;
        at++;
    }
    out->end = at;
}

/* -eq, -not, -split … in an expression; a parameter if there is no such operator. */
static void word_operator(const struct lexer *lexer, uint32_t start, struct token *out) {
    uint32_t at = start, width;
    while (lexer_is_word(lexer_character(lexer, at, &width))) at += width;
    struct text word = lexer_slice(lexer, start, at);
    out->operator_id = (uint16_t)token_dash_operator(word, 2);
    out->unary_id = (uint16_t)token_dash_operator(word, 1);
    out->end = at;
    /* "1-lt2": the operator ends where its letters do */
    while (out->operator_id == OPERATOR_NONE && out->unary_id == OPERATOR_NONE && word.length > 1 &&
           lexer_is_digit((unsigned char)word.start[word.length - 1])) {
        word.length--;
        out->operator_id = (uint16_t)token_dash_operator(word, 2);
        out->unary_id = (uint16_t)token_dash_operator(word, 1);
        out->end = start + (uint32_t)word.length;
    }
    if (out->operator_id != OPERATOR_NONE) out->kind = TOKEN_BINARY_OPERATOR;
    else if (out->unary_id != OPERATOR_NONE) out->kind = TOKEN_UNARY_OPERATOR;
    else parameter(lexer, start, out);
}

static void minus_in_expression(const struct lexer *lexer, uint32_t after, struct token *out) {
    uint32_t next = lexer_peek(lexer, after);
    if (next == '=') {
        out->kind = TOKEN_ASSIGNMENT_OPERATOR;
        out->operator_id = OPERATOR_ASSIGN_MINUS;
        out->end = after + 1;
        return;
    }
    bool number = lexer_is_digit(next) || (next == '.' && lexer_is_digit(lexer_peek(lexer, after + 1)));
    if (out->mode == LEX_SIGNED && number) {
        if (!lex_number(lexer, out)) lex_word(lexer, out);
        return;
    }
    out->kind = TOKEN_BINARY_OPERATOR;
    out->operator_id = OPERATOR_MINUS;
    out->unary_id = OPERATOR_UNARY_MINUS;
    out->end = after;
}

void lex_dash(const struct lexer *lexer, struct token *out) {
    uint32_t width, second_width;
    lexer_character(lexer, out->start, &width);
    uint32_t after = out->start + width, next = lexer_character(lexer, after, &second_width);
    bool command = out->mode == LEX_COMMAND;
    if (next == '-') {
        uint32_t third = lexer_peek(lexer, after + second_width);
        if (command && third == '%' && lexer_ends_word(lexer_peek(lexer, after + second_width + 1))) {
            out->kind = TOKEN_STOP_PARSING;
            out->end = after + second_width + 1;
            return;
        }
        if (command && !lexer_ends_word(third)) {
            lex_word(lexer, out);
            return;
        }
        out->kind = TOKEN_MINUS_MINUS;
        out->operator_id = OPERATOR_POST_DECREMENT;
        out->unary_id = OPERATOR_DECREMENT;
        out->end = after + second_width;
        return;
    }
    if (lexer_is_letter(next) || (next == '?' && command)) {
        if (command) parameter(lexer, after, out);
        else word_operator(lexer, after, out);
        return;
    }
    if (command) lex_word(lexer, out);
    else minus_in_expression(lexer, after, out);
}
