/* Finds comment-based help among the comments before and inside a function. The text found is a view into the source. */
#ifndef M365SH_SYNTAX_PARSE_HELP_PRIVATE_H
#define M365SH_SYNTAX_PARSE_HELP_PRIVATE_H

#include "lexer_private.h"

/* The last comment between two offsets that is help, or an empty text. Only blanks and comments may stand there. */
struct text help_between(const struct lexer *lexer, uint32_t start, uint32_t end);

#endif
