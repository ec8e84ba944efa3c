/* What the lexer hands to the parser. A token is a value: two offsets into the lexer's text and what its kind needs.
 * It owns nothing; texts are views into the source or live in the tree's arena. A lexical error travels in the token
 * and is reported when the parser takes it, so that reading the same text again in another mode reports nothing twice. */
#ifndef M365SH_SYNTAX_TOKEN_PRIVATE_H
#define M365SH_SYNTAX_TOKEN_PRIVATE_H

#include "m365sh/syntax/parse.h"

enum token_kind {
#define TOKEN(KIND, spelling, modes, CLASS) TOKEN_##KIND,
#include "../../grammar/tokens.def"
#undef TOKEN
    TOKEN_KIND_COUNT
};

enum keyword {
    KEYWORD_NONE,
#define KEYWORD(ID, spelling, where) KEYWORD_##ID,
#include "../../grammar/keywords.def"
#undef KEYWORD
    KEYWORD_COUNT
};

/* How the text after a token is read. LEX_SIGNED is expression mode where an operand may start: -5 is a number. */
enum lex_mode { LEX_EXPRESSION, LEX_SIGNED, LEX_COMMAND };

struct token {
    uint8_t kind;             /* enum token_kind */
    uint8_t mode;             /* enum lex_mode it was read in */
    uint8_t keyword;          /* of IDENTIFIER and WORD: enum keyword, if it spells one */
    uint8_t from_stream;      /* of redirections */
    uint8_t to_stream;
    bool append;
    bool blank_before;        /* something stands between the token before and this one */
    bool expandable;          /* of strings and words: holds a variable or sub-expression */
    bool plain;               /* of words: no quote, escape or variable, the text is the value */
    bool unterminated;        /* of strings: the closing quote lacks */
    bool has_colon;           /* of parameters: -name: */
    bool braced;              /* of variables: ${name} */
    uint16_t operator_id;     /* enum operator_id: as binary or assignment operator, for UNARY_OPERATOR as unary one */
    uint16_t unary_id;        /* the unary operator of the same spelling, or OPERATOR_NONE */
    uint32_t start, end;      /* offsets into the lexer's text */
    struct text name, scope;  /* of variables, parameters and labels */
    struct number_literal number;
    const char *error;        /* ErrorId, or NULL */
    const char *error_text;   /* sentence for it */
    uint32_t quote_start;     /* of unterminated: the quote that opens */
    uint32_t error_start, error_end;
    bool error_incomplete;
};

const char *token_kind_name(enum token_kind kind);
enum token_class token_kind_class(enum token_kind kind);
enum keyword token_keyword(struct text word);
const char *token_keyword_spelling(enum keyword keyword);
/* The operators spelled with a dash and a word: "-eq", "–EQ". NONE if there is none. */
enum operator_id token_dash_operator(struct text word_after_dash, unsigned arity);

#endif
