/* Text to tree. The parser never stops at the first error: it recovers and reports each (ids are PowerShell's ErrorIds:
 * MissingEndCurlyBrace, UnexpectedToken, ExpectedExpression …). An unfinished text gives diagnostics marked incomplete. */
#ifndef M365SH_SYNTAX_PARSE_H
#define M365SH_SYNTAX_PARSE_H

#include "m365sh/syntax/tree.h"

/* Always gives a tree (perhaps with NODE_ERROR); the program may run only if diagnostic_any_error is false. */
void parse_program(struct source *source, struct tree *out, struct diagnostic_list *diagnostics);

/* Tokens for --dump tokens, colouring and completion. */
struct token_view {
    const char *kind;       /* name of tokens.def */
    struct span span;
    uint8_t class_of;       /* enum token_class */
    bool command_mode;
};
enum token_class {
    CLASS_NONE, CLASS_KEYWORD, CLASS_COMMAND, CLASS_PARAMETER, CLASS_ARGUMENT, CLASS_VARIABLE, CLASS_STRING, CLASS_NUMBER,
    CLASS_OPERATOR, CLASS_TYPE, CLASS_MEMBER, CLASS_COMMENT, CLASS_ERROR,
};
/* Parses and hands over each token as the parser's modes saw it, comments too. */
void parse_tokens(struct source *source, void (*visit)(void *context, const struct token_view *token), void *context);

/* Comment-based help of a function or script: .SYNOPSIS and so on. Calls visit for each section in order; `argument` is
 * what stands behind the keyword (.PARAMETER Name). False if the text is no help. */
bool parse_help(struct text comment, void (*visit)(void *context, struct text keyword, struct text argument, struct text body), void *context);
/* #requires lines of a script: calls visit with what follows "#requires". */
void parse_requires(struct source *source, void (*visit)(void *context, struct text line), void *context);

#endif
