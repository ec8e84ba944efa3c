#include "lexer_private.h"

uint32_t lex_string_single_end(const struct lexer *lexer, uint32_t at, bool *closed) {
    uint32_t width;
    lexer_character(lexer, at, &width);
    at += width;
    *closed = true;
    for (;;) {
        uint32_t c = lexer_character(lexer, at, &width);
        if (c == LEXER_END) break;
        at += width;
        if (c != '\'') continue;
        if (lexer_character(lexer, at, &width) != '\'') return at;
        at += width;
    }
    *closed = false;
    return at;
}

uint32_t lex_string_subexpression_end(const struct lexer *lexer, uint32_t at, bool *closed) {
    unsigned open = 1;
    for (at += 2; at < lexer->end; at++) {
        char c = lexer->text[at];
        if (c == '(') open++;
        else if (c == ')' && --open == 0) {
            *closed = true;
            return at + 1;
        }
    }
    *closed = false;
    return lexer->end;
}

/* A $ in a string: past what it begins. */
static uint32_t dollar_end(const struct lexer *lexer, uint32_t at, struct token *out) {
    struct token variable = {0};
    bool closed;
    if (lexer_peek(lexer, at + 1) == '(') {
        out->expandable = true;
        uint32_t end = lex_string_subexpression_end(lexer, at, &closed);
        if (!closed) lexer_error(out, "IncompleteDollarSubexpressionReference", at, at + 2, true, "The '$(' in the string has no ')'");
        return end;
    }
    if (lex_variable(lexer, at, &variable)) {
        out->expandable = true;
        if (variable.error != NULL)
            lexer_error(out, variable.error, variable.error_start, variable.error_end, variable.error_incomplete, variable.error_text);
        return variable.end;
    }
    return at + 1;
}

uint32_t lex_string_double_end(const struct lexer *lexer, uint32_t at, bool *closed, struct token *out) {
    uint32_t width;
    lexer_character(lexer, at, &width);
    at += width;
    *closed = true;
    for (;;) {
        uint32_t c = lexer_character(lexer, at, &width);
        if (c == LEXER_END) break;
        if (c == '$') {
            at = dollar_end(lexer, at, out);
            continue;
        }
        at += width;
        if (c == '`') {
            lexer_character(lexer, at, &width);
            at += width;
        } else if (c == '"') {
            if (lexer_character(lexer, at, &width) != '"') return at;
            at += width;
        }
    }
    *closed = false;
    return at;
}

/* G: single-quoted = "'" { "''" | ? any other character ? } "'" ; */
void lex_string_single(const struct lexer *lexer, struct token *out) {
    bool closed;
    out->kind = TOKEN_STRING_SINGLE;
    out->quote_start = out->start;
    out->end = lex_string_single_end(lexer, out->start, &closed);
    out->unterminated = !closed;
}

/* G: double-quoted = '"' { '""' | escape | variable-name | string-sub-expression | ? any other character ? } '"' ; */
void lex_string_double(const struct lexer *lexer, struct token *out) {
    bool closed;
    out->kind = TOKEN_STRING_DOUBLE;
    out->quote_start = out->start;
    out->end = lex_string_double_end(lexer, out->start, &closed, out);
    out->unterminated = !closed;
}

/* Past blanks and the line end that must follow the header; LEXER_END if something else stands there. */
static uint32_t here_body(const struct lexer *lexer, uint32_t at) {
    uint32_t width, c;
    while ((c = lexer_character(lexer, at, &width)) == ' ' || c == '\t' || c == '\f' || c == '\v') at += width;
    if (c == '\n') return at + 1;
    if (c == '\r') return lexer_peek(lexer, at + 1) == '\n' ? at + 2 : at + 1;
    return LEXER_END;
}

/* A quote and @ at the start of a line end the here-string. */
static bool here_closes(const struct lexer *lexer, uint32_t at, uint32_t quote, uint32_t *end) {
    uint32_t width;
    if (lexer_character(lexer, at, &width) != quote || lexer_peek(lexer, at + width) != '@') return false;
    *end = at + width + 1;
    return true;
}

/* Blanks before the footer are an error, but the string ends there. */
static bool indented_footer(const struct lexer *lexer, uint32_t at, uint32_t quote, struct token *out) {
    uint32_t width, c, start = at;
    while ((c = lexer_character(lexer, at, &width)) == ' ' || c == '\t') at += width;
    if (at == start || !here_closes(lexer, at, quote, &out->end)) return false;
    lexer_error(out, "WhitespaceBeforeHereStringFooter", at, out->end, false, "The end of a here-string must stand at the start of its line");
    return true;
}

/* G: single-here-string = "@'" newline { ? any line ? newline } "'@" ;
   G: double-here-string = '@"' newline { escape | variable-name | string-sub-expression | ? any other character ? } newline '"@' ; */
void lex_string_here(const struct lexer *lexer, struct token *out) {
    uint32_t width, quote = lexer_character(lexer, out->start + 1, &width);
    out->quote_start = out->start;
    out->kind = quote == '"' ? TOKEN_HERE_DOUBLE : TOKEN_HERE_SINGLE;
    uint32_t header_end = out->start + 1 + width, at = here_body(lexer, header_end);
    if (at == LEXER_END) {
        bool end = lex_trivia_skip(lexer, header_end, out) >= lexer->end;
        out->unterminated = end;
        if (!end)
            lexer_error(out, "UnexpectedCharactersAfterHereStringHeader", out->start, header_end, false,
                        "The text of a here-string begins on the next line");
        uint32_t c;
        for (at = header_end; !lexer_is_newline(c = lexer_character(lexer, at, &width)) && c != LEXER_END;) at += width;
        out->end = at;
        return;
    }
    bool line_start = true;
    for (;;) {
        uint32_t c = lexer_character(lexer, at, &width);
        if (line_start && here_closes(lexer, at, quote, &out->end)) return;
        if (line_start && indented_footer(lexer, at, quote, out)) return;
        if (c == LEXER_END) break;
        line_start = lexer_is_newline(c);
        if (c == '$' && quote == '"') {
            at = dollar_end(lexer, at, out);
            continue;
        }
        at += width;
        if (c == '`' && quote == '"') {
            c = lexer_character(lexer, at, &width);
            if (!lexer_is_newline(c)) at += width;
        }
    }
    out->end = at;
    out->unterminated = true;
}
