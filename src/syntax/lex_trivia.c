#include "lexer_private.h"

static uint32_t block_comment_end(const struct lexer *lexer, uint32_t at, bool *closed) {
    const char *text = lexer->text;
    for (at += 2; at + 1 < lexer->end; at++) {
        const char *hash = memchr(text + at, '#', lexer->end - 1 - at);
        if (hash == NULL) break;
        at = (uint32_t)(hash - text);
        if (text[at + 1] == '>') {
            *closed = true;
            return at + 2;
        }
    }
    *closed = false;
    return lexer->end;
}

static uint32_t line_comment_end(const struct lexer *lexer, uint32_t at) {
    while (at < lexer->end && lexer->text[at] != '\n' && lexer->text[at] != '\r') at++;
    return at;
}

uint32_t lex_trivia_comment_end(const struct lexer *lexer, uint32_t at) {
    bool closed;
    if (at >= lexer->end) return at;
    if (lexer->text[at] == '#') return line_comment_end(lexer, at);
    if (lexer->text[at] == '<' && lexer_peek(lexer, at + 1) == '#') return block_comment_end(lexer, at, &closed);
    return at;
}

/* The length of a backtick and the line end after it; 0 if there is none. */
static uint32_t continuation(const struct lexer *lexer, uint32_t at) {
    uint32_t next = lexer_peek(lexer, at + 1);
    if (next == '\n') return 2;
    if (next == '\r') return lexer_peek(lexer, at + 2) == '\n' ? 3 : 2;
    return 0;
}

uint32_t lex_trivia_skip(const struct lexer *lexer, uint32_t at, struct token *error) {
    for (;;) {
        uint32_t width, c = lexer_character(lexer, at, &width);
        switch (c) {
        case ' ': case '\t': case '\f': case '\v':
            at += width;
            continue;
        case '#':
            at = line_comment_end(lexer, at);
            continue;
        case '<': {
            if (lexer_peek(lexer, at + 1) != '#') return at;
            bool closed;
            uint32_t start = at;
            at = block_comment_end(lexer, at, &closed);
            if (!closed)
                lexer_error(error, "MissingTerminatorMultiLineComment", start, start + 2, true,
                            "The comment that begins with '<#' has no '#>'");
            continue;
        }
        case '`': {
            uint32_t length = continuation(lexer, at);
            if (length != 0) {
                at += length;
                continue;
            }
            uint32_t next = lexer_peek(lexer, at + 1);
            if (next == ' ' || next == '\t') { /* an escaped blank between tokens is a blank */
                at++;
                continue;
            }
            if (at + 1 < lexer->end) return at;
            lexer_error(error, "IncompleteString", at, at + 1, true, "A line ends with '`' and no line follows");
            at++;
            continue;
        }
        default:
            return at;
        }
    }
}
