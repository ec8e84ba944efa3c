/* The lexer: one token at a time from any offset, in the mode the parser asks for. It keeps no state between calls, so
 * the parser may read the same text again in another mode. It allocates only numbers' digits, in the arena.
 * Nothing fails: what cannot be read gives a token with an error in it. */
#ifndef M365SH_SYNTAX_LEXER_PRIVATE_H
#define M365SH_SYNTAX_LEXER_PRIVATE_H

#include "token_private.h"

struct lexer {
    const char *text;
    uint32_t end;         /* reading stops here; within a sub-expression of a string before the end of the source */
    struct arena *arena;
};

#define LEXER_END 0xffffffffu

/* The character at `at`, with what PowerShell reads alike made alike: typographic quotes give ' and ", dashes give -,
 * other blanks a space. LEXER_END at the end. *width is its length in bytes. */
uint32_t lexer_character_slow(const struct lexer *lexer, uint32_t at, uint32_t *width);
static inline uint32_t lexer_character(const struct lexer *lexer, uint32_t at, uint32_t *width) {
    if (at < lexer->end && (unsigned char)lexer->text[at] < 0x80) {
        *width = 1;
        return (unsigned char)lexer->text[at];
    }
    return lexer_character_slow(lexer, at, width);
}
static inline uint32_t lexer_peek(const struct lexer *lexer, uint32_t at) {
    uint32_t width;
    return lexer_character(lexer, at, &width);
}
static inline struct text lexer_slice(const struct lexer *lexer, uint32_t start, uint32_t end) {
    return text_make(lexer->text + start, end - start);
}
void lexer_next(const struct lexer *lexer, uint32_t at, enum lex_mode mode, struct token *out);
void lexer_error(struct token *token, const char *id, uint32_t start, uint32_t end, bool incomplete, const char *text);

/* Character classes. */
bool lexer_is_letter(uint32_t c);           /* letter or _ */
bool lexer_is_word(uint32_t c);             /* letter, digit or _ */
bool lexer_is_digit(uint32_t c);            /* 0-9 */
bool lexer_is_variable(uint32_t c);         /* in $name: letter, digit, _ or ? */
bool lexer_is_newline(uint32_t c);
bool lexer_ends_word(uint32_t c);           /* starts a new token wherever it stands: blanks and &(),;{|} */
bool lexer_ends_number(uint32_t c);         /* may follow a number in expression mode */

/* lex_trivia.c: past blanks, comments and continued lines; newlines stay. */
uint32_t lex_trivia_skip(const struct lexer *lexer, uint32_t at, struct token *error);
uint32_t lex_trivia_comment_end(const struct lexer *lexer, uint32_t at); /* `at` if no comment starts there */
/* lex_string.c. `at` is the opening quote (of here-strings the @). */
void lex_string_single(const struct lexer *lexer, struct token *out);
void lex_string_double(const struct lexer *lexer, struct token *out);
void lex_string_here(const struct lexer *lexer, struct token *out);
/* The end of the quoted part that opens at `at`, past the closing quote; sets *closed. */
uint32_t lex_string_single_end(const struct lexer *lexer, uint32_t at, bool *closed);
/* Sets out->expandable and what is wrong with a variable or sub-expression inside. */
uint32_t lex_string_double_end(const struct lexer *lexer, uint32_t at, bool *closed, struct token *out);
/* The end of `$( … )` in a string, `at` being the $. Parentheses are counted as PowerShell does there, without regard to quotes. */
uint32_t lex_string_subexpression_end(const struct lexer *lexer, uint32_t at, bool *closed);
/* lex_variable.c. `at` is the $ or @; false if no variable stands there. */
bool lex_variable(const struct lexer *lexer, uint32_t at, struct token *out);
/* lex_number.c: false if the text at out->start is no number in this mode. */
bool lex_number(const struct lexer *lexer, struct token *out);
/* lex_word.c */
void lex_word(const struct lexer *lexer, struct token *out);
void lex_dash(const struct lexer *lexer, struct token *out);

#endif
