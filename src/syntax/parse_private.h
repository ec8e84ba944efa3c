/* The parser's state and what its files offer each other. A parse function takes what its production says and returns a
 * node of the tree's arena, or NULL when the text there is not one of its kind; then nothing was taken. After an error it
 * reports, it returns what it could make, so that parsing goes on. Nothing here fails otherwise. */
#ifndef M365SH_SYNTAX_PARSE_PRIVATE_H
#define M365SH_SYNTAX_PARSE_PRIVATE_H

#include "lexer_private.h"

struct parser {
    struct lexer lexer;
    const uint32_t *map;            /* of a cleaned copy: the source offset of each of its bytes; NULL: the source itself */
    uint32_t at;                    /* where the next token is looked for */
    uint32_t previous_end;          /* of the token taken last */
    struct token token;             /* looked at, not taken */
    bool has_token;
    struct arena *arena;
    char *slab;                     /* the rest of a piece of the arena that nodes and lists are cut from */
    size_t slab_left;
    struct source *source;
    struct diagnostic_list *diagnostics;
    struct diagnostic_list late;    /* what is wrong with a tree that could be made; reported behind the rest */
    struct node **scratch;          /* lists under construction, as a stack */
    size_t scratch_count, scratch_capacity;
    unsigned depth;
    bool abandoned;                 /* too deep: unwind without further reports */
    bool no_comma;                  /* a comma ends the expression: method arguments, defaults, attribute arguments */
    uint8_t next_class;             /* enum token_class of the token taken next, where its kind does not tell */
    void (*visit)(void *context, const struct token_view *token);
    void *visit_context;
    uint32_t visited_end;           /* tokens before this were handed over; reading again hands nothing over twice */
};

/* --- parse.c: tokens ----------------------------------------------------------------------------------------------- */
const struct token *parse_peek(struct parser *parser, enum lex_mode mode);
struct token parse_take(struct parser *parser, enum lex_mode mode);
bool parse_accept(struct parser *parser, enum lex_mode mode, enum token_kind kind);   /* takes it if it is there */
void parse_skip_newlines(struct parser *parser);
void parse_skip_separators(struct parser *parser);                                     /* newlines and semicolons */
/* The keyword that stands here as a whole word, or KEYWORD_NONE. */
enum keyword parse_peek_keyword(struct parser *parser);
bool parse_accept_keyword(struct parser *parser, enum keyword keyword);
/* As above, after newlines; takes the newlines only if the keyword is there. */
bool parse_accept_keyword_below(struct parser *parser, enum keyword keyword);
uint32_t parse_here(struct parser *parser);            /* start of the next token, lexer offset */
/* Takes [at, end) as one token of its own making (type and member names). */
void parse_take_range(struct parser *parser, uint32_t start, uint32_t end, enum token_kind kind);
void parse_rewind(struct parser *parser, uint32_t at, uint32_t previous_end);
bool parse_enter(struct parser *parser);               /* one level deeper; false when too deep. Pair with parse_leave. */
void parse_leave(struct parser *parser);

/* --- parse.c: errors ----------------------------------------------------------------------------------------------- */
/* At [start, end) of the lexer's text. */
void parse_error(struct parser *parser, const char *id, uint32_t start, uint32_t end, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same for text that only ends too early. */
void parse_incomplete(struct parser *parser, const char *id, uint32_t start, uint32_t end, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Well formed but not allowed: reported when the whole text has been read. */
void parse_late_error(struct parser *parser, const char *id, struct span span, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Something lacks after what was taken last: incomplete if only blanks and comments follow. */
void parse_lacks(struct parser *parser, const char *id, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The bracket `open` is not closed: reported there; incomplete as for parse_lacks. */
void parse_unclosed(struct parser *parser, const char *id, const struct token *open, const char *what);
void parse_unexpected(struct parser *parser, const struct token *token);
size_t parse_error_count(const struct parser *parser);

/* --- parse.c: nodes ------------------------------------------------------------------------------------------------ */
struct span parse_span(const struct parser *parser, uint32_t start, uint32_t end);
struct node *parse_node(struct parser *parser, enum node_kind kind, size_t size, uint32_t start, uint32_t end);
#define PARSE_NODE(parser, KIND, name, start, end) \
    ((struct node_##name *)parse_node((parser), NODE_##KIND, sizeof(struct node_##name), (start), (end)))
/* From `first` (may be NULL: from the token taken last) to the token taken last. */
void parse_end_here(struct parser *parser, struct node *node);
struct node *parse_error_node(struct parser *parser, uint32_t start);
size_t parse_list_begin(struct parser *parser);
void parse_list_add(struct parser *parser, struct node *node);          /* NULL adds nothing */
struct node_list parse_list_end(struct parser *parser, size_t begin);
/* The start of a node in the lexer's text; exact except in cleaned copies. */
struct span parse_span_join(struct span first, struct span last);

/* --- parse_statement.c --------------------------------------------------------------------------------------------- */
struct node *parse_statement(struct parser *parser);
struct node *parse_block(struct parser *parser);                        /* { … }; NULL if no { stands here */
struct node *parse_statements(struct parser *parser, uint32_t start, enum token_kind close); /* up to `close`, not taken */
/* { … } that must be there: reports `id` if not. */
struct node *parse_required_block(struct parser *parser, const char *id, const char *what);

/* --- parse_flow.c -------------------------------------------------------------------------------------------------- */
struct node *parse_if(struct parser *parser);
struct node *parse_switch(struct parser *parser, struct text label, uint32_t start);
struct node *parse_foreach(struct parser *parser, struct text label, uint32_t start);
struct node *parse_for(struct parser *parser, struct text label, uint32_t start);
struct node *parse_while(struct parser *parser, struct text label, uint32_t start);
struct node *parse_do(struct parser *parser, struct text label, uint32_t start);
struct node *parse_try(struct parser *parser);
struct node *parse_trap(struct parser *parser);
struct node *parse_data(struct parser *parser);
struct node *parse_jump(struct parser *parser, enum keyword keyword);

/* --- parse_function.c ---------------------------------------------------------------------------------------------- */
struct node *parse_function(struct parser *parser);
struct node *parse_using(struct parser *parser);
/* The inside of a script block up to `close` (not taken). */
struct node *parse_script_block(struct parser *parser, uint32_t start, enum token_kind close);
struct node *parse_braced_script_block(struct parser *parser);          /* { … } */
struct node_list parse_parameters(struct parser *parser, const char *missing_id); /* after ( up to and with ) */

/* --- parse_class.c ------------------------------------------------------------------------------------------------- */
struct node *parse_class(struct parser *parser, struct node_list attributes, uint32_t start);
struct node *parse_enum(struct parser *parser, struct node_list attributes, uint32_t start);

/* --- parse_pipeline.c ---------------------------------------------------------------------------------------------- */
struct node *parse_pipeline_statement(struct parser *parser);           /* chain, pipeline or assignment; NULL if none */
struct node_list parse_redirections(struct parser *parser, enum lex_mode mode);
/* Adds the one redirection that stands here; the list that begins at `begin` tells what is redirected already. False if none. */
bool parse_redirection(struct parser *parser, enum lex_mode mode, size_t begin);

/* --- parse_command.c ----------------------------------------------------------------------------------------------- */
struct node *parse_command(struct parser *parser);

/* --- parse_expression.c -------------------------------------------------------------------------------------------- */
struct node *parse_expression(struct parser *parser);                   /* NULL if none starts here */
struct node *parse_array_literal(struct parser *parser);
struct node *parse_unary(struct parser *parser);
bool parse_starts_expression(const struct token *token);

/* --- parse_primary.c ----------------------------------------------------------------------------------------------- */
struct node *parse_primary(struct parser *parser, enum lex_mode mode);  /* with members, calls and indexes */
struct node *parse_atom(struct parser *parser, enum lex_mode mode);     /* without them */
struct node *parse_postfix_chain(struct parser *parser, struct node *node, enum lex_mode mode);
struct node *parse_paren(struct parser *parser);
struct node *parse_hashtable(struct parser *parser);
struct node *parse_variable_node(struct parser *parser, const struct token *token);
struct node *parse_number_node(struct parser *parser, const struct token *token);

/* --- parse_member.c ------------------------------------------------------------------------------------------------ */
/* One member access, call or index after `target` if it stands right there, else NULL. */
struct node *parse_member(struct parser *parser, struct node *target, enum lex_mode mode);

/* --- parse_string.c ------------------------------------------------------------------------------------------------ */
/* STRING or EXPANDABLE of a string or word token that was taken. */
struct node *parse_string(struct parser *parser, const struct token *token);
/* The same for the name of a command, in which $ has no meaning. */
struct node *parse_command_name(struct parser *parser, const struct token *token);

/* --- parse_type.c -------------------------------------------------------------------------------------------------- */
/* [type] or [attribute(…)]; NULL if no [ stands here. `only_type`: an attribute is no choice. */
struct node *parse_bracketed(struct parser *parser);
struct node *parse_type_name(struct parser *parser);                    /* inside the brackets */
struct node_list parse_attributes(struct parser *parser);               /* as many as stand here, newlines between */

/* The keyword behind the attributes that begin at `at`, found from the text alone. */
enum keyword parse_keyword_after_attributes(struct parser *parser, uint32_t at);

/* --- check.c ------------------------------------------------------------------------------------------------------- */
void check_tree(struct parser *parser, struct node *root);
bool check_assignable(const struct node *node);

#endif
