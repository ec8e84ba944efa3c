#include "parse_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/limits.h"

/* --- errors -------------------------------------------------------------------------------------------------------- */
static bool reported(const struct diagnostic_list *list, const char *id, struct span span) {
    for (size_t i = list->count; i-- > 0;)
        if (list->items[i].span.start == span.start && strcmp(list->items[i].id, id) == 0) return true;
    return false;
}

/* After so many errors the rest says nothing new. */
static void give_up(struct parser *parser) {
    parser->abandoned = true;
    parse_rewind(parser, parser->lexer.end, parser->previous_end);
}

static void report(struct parser *parser, const char *id, struct span span, bool incomplete, const char *format, va_list list) {
    if (parser->abandoned || reported(parser->diagnostics, id, span)) return;
    struct bytes message = {0};
    bytes_add_format_list(&message, format, list);
    diagnostic_add(parser->diagnostics, id, span, incomplete, "%s.", message.data);
    bytes_free(&message);
}

void parse_error(struct parser *parser, const char *id, uint32_t start, uint32_t end, const char *format, ...) {
    va_list list;
    va_start(list, format);
    report(parser, id, parse_span(parser, start, end), false, format, list);
    va_end(list);
}

void parse_incomplete(struct parser *parser, const char *id, uint32_t start, uint32_t end, const char *format, ...) {
    va_list list;
    va_start(list, format);
    report(parser, id, parse_span(parser, start, end), true, format, list);
    va_end(list);
}

/* Only blanks, comments and line ends follow. */
static bool nothing_follows(struct parser *parser) {
    struct token token = {0};
    uint32_t at = parser->previous_end;
    for (;;) {
        at = lex_trivia_skip(&parser->lexer, at, &token);
        if (at >= parser->lexer.end) return true;
        if (!lexer_is_newline(lexer_peek(&parser->lexer, at))) return false;
        at++;
    }
}

void parse_lacks(struct parser *parser, const char *id, const char *format, ...) {
    va_list list;
    va_start(list, format);
    uint32_t at = parser->previous_end;
    report(parser, id, parse_span(parser, at, at), nothing_follows(parser), format, list);
    va_end(list);
}

void parse_unclosed(struct parser *parser, const char *id, const struct token *open, const char *what) {
    if (nothing_follows(parser)) parse_incomplete(parser, id, open->start, open->end, "%s", what);
    else parse_error(parser, id, open->start, open->end, "%s", what);
}

void parse_unexpected(struct parser *parser, const struct token *token) {
    struct text text = lexer_slice(&parser->lexer, token->start, token->end);
    if (token->kind == TOKEN_END) {
        parse_lacks(parser, "UnexpectedToken", "The text ends here too early");
        return;
    }
    if (text.length > 40) text.length = 40;
    parse_error(parser, "UnexpectedToken", token->start, token->end, "'%.*s' does not fit here; a new statement needs a new line or ';'",
                TEXT_ARGUMENT(text));
}

size_t parse_error_count(const struct parser *parser) {
    return parser->diagnostics->count + parser->diagnostics->dropped;
}

void parse_late_error(struct parser *parser, const char *id, struct span span, const char *format, ...) {
    va_list list;
    va_start(list, format);
    struct bytes message = {0};
    bytes_add_format_list(&message, format, list);
    diagnostic_add(&parser->late, id, span, false, "%s.", message.data);
    bytes_free(&message);
    va_end(list);
}

static void add_late_errors(struct parser *parser) {
    for (size_t i = 0; i < parser->late.count && !parser->abandoned; i++) {
        const struct diagnostic *late = &parser->late.items[i];
        diagnostic_add(parser->diagnostics, late->id, late->span, false, "%s", late->message);
    }
    diagnostic_list_free(&parser->late);
}

static void report_token(struct parser *parser, const struct token *token) {
    if (token->error_incomplete) parse_incomplete(parser, token->error, token->error_start, token->error_end, "%s", token->error_text);
    else parse_error(parser, token->error, token->error_start, token->error_end, "%s", token->error_text);
}

/* --- tokens -------------------------------------------------------------------------------------------------------- */
const struct token *parse_peek(struct parser *parser, enum lex_mode mode) {
    if (parser->has_token && parser->token.mode == mode) return &parser->token;
    lexer_next(&parser->lexer, parser->at, mode, &parser->token);
    parser->has_token = true;
    if (parser->token.error != NULL && parser->token.kind != TOKEN_NUMBER) report_token(parser, &parser->token);
    if (parser->token.unterminated)
        parse_incomplete(parser, "TerminatorExpectedAtEndOfString", parser->token.quote_start, parser->token.end, "The string that begins here has no end");
    return &parser->token;
}

static void visit_comments(struct parser *parser, uint32_t end) {
    uint32_t at = parser->visited_end;
    while (at < end) {
        uint32_t comment_end = lex_trivia_comment_end(&parser->lexer, at);
        if (comment_end > at) {
            struct token_view view = {"COMMENT", parse_span(parser, at, comment_end), CLASS_COMMENT, false};
            parser->visit(parser->visit_context, &view);
            at = comment_end;
        } else {
            at++;
        }
    }
}

static void visit_token(struct parser *parser, const struct token *token, bool keyword) {
    uint8_t class_of = parser->next_class != CLASS_NONE ? parser->next_class : (uint8_t)token_kind_class((enum token_kind)token->kind);
    parser->next_class = CLASS_NONE;
    if (token->start < parser->visited_end || token->kind == TOKEN_END) return;
    visit_comments(parser, token->start);
    parser->visited_end = token->end;
    struct token_view view = {keyword ? "KEYWORD" : token_kind_name((enum token_kind)token->kind), parse_span(parser, token->start, token->end),
                              keyword ? CLASS_KEYWORD : class_of, token->mode == LEX_COMMAND};
    parser->visit(parser->visit_context, &view);
}

struct token parse_take(struct parser *parser, enum lex_mode mode) {
    struct token token = *parse_peek(parser, mode);
    if (parser->visit != NULL) visit_token(parser, &token, false);
    if (token.error != NULL && token.kind == TOKEN_NUMBER) report_token(parser, &token);
    if (parser->diagnostics->dropped != 0 && !parser->abandoned) {
        give_up(parser);
        return (struct token){.mode = (uint8_t)mode, .start = parser->at, .end = parser->at};
    }
    parser->has_token = false;
    parser->at = token.end;
    if (token.kind != TOKEN_NEWLINE) parser->previous_end = token.end;
    return token;
}

bool parse_accept(struct parser *parser, enum lex_mode mode, enum token_kind kind) {
    if (parse_peek(parser, mode)->kind != kind) return false;
    parse_take(parser, mode);
    return true;
}

/* G: newlines = { newline } ;
   G: newline = ? a line end ? ; */
void parse_skip_newlines(struct parser *parser) {
    while (parse_peek(parser, LEX_SIGNED)->kind == TOKEN_NEWLINE) parse_take(parser, LEX_SIGNED);
}

void parse_skip_separators(struct parser *parser) {
    for (;;) {
        const struct token *token = parse_peek(parser, LEX_SIGNED);
        if (token->kind != TOKEN_NEWLINE && token->kind != TOKEN_SEMICOLON) return;
        parse_take(parser, LEX_SIGNED);
    }
}

enum keyword parse_peek_keyword(struct parser *parser) {
    const struct token *token = parse_peek(parser, LEX_SIGNED);
    if (token->kind != TOKEN_IDENTIFIER || token->keyword == KEYWORD_NONE) return KEYWORD_NONE;
    /* "foreach-object" is no keyword: the whole word counts */
    if (!lexer_ends_word(lexer_peek(&parser->lexer, token->end))) return KEYWORD_NONE;
    return (enum keyword)token->keyword;
}

bool parse_accept_keyword(struct parser *parser, enum keyword keyword) {
    if (parse_peek_keyword(parser) != keyword) return false;
    parser->token.kind = TOKEN_IDENTIFIER;
    if (parser->visit != NULL) visit_token(parser, &parser->token, true);
    parser->previous_end = parser->at = parser->token.end;
    parser->has_token = false;
    return true;
}

bool parse_accept_keyword_below(struct parser *parser, enum keyword keyword) {
    uint32_t at = parser->at, previous_end = parser->previous_end;
    void (*visit)(void *, const struct token_view *) = parser->visit;
    parser->visit = NULL;
    parse_skip_newlines(parser);
    bool found = parse_peek_keyword(parser) == keyword;
    parser->visit = visit;
    parse_rewind(parser, at, previous_end);
    if (!found) return false;
    parse_skip_newlines(parser);
    return parse_accept_keyword(parser, keyword);
}

uint32_t parse_here(struct parser *parser) {
    return parse_peek(parser, LEX_SIGNED)->start;
}

void parse_take_range(struct parser *parser, uint32_t start, uint32_t end, enum token_kind kind) {
    if (parser->visit != NULL) {
        struct token token = {.kind = (uint8_t)kind, .mode = LEX_EXPRESSION, .start = start, .end = end};
        visit_token(parser, &token, false);
    }
    parser->has_token = false;
    parser->at = parser->previous_end = end;
}

void parse_rewind(struct parser *parser, uint32_t at, uint32_t previous_end) {
    parser->has_token = false;
    parser->at = at;
    parser->previous_end = previous_end;
}

bool parse_enter(struct parser *parser) {
    if (++parser->depth <= LIMIT_PARSE_DEPTH + 1 && /* the program itself is the first */ !parser->abandoned) return true;
    if (!parser->abandoned) {
        uint32_t at = parse_here(parser);
        parse_error(parser, "DeepNesting", at, at + 1, "The program is nested more than %d levels deep here; move the inner part to a function or a variable", LIMIT_PARSE_DEPTH);
        give_up(parser);
    }
    return false;
}

void parse_leave(struct parser *parser) {
    parser->depth--;
}

/* --- nodes --------------------------------------------------------------------------------------------------------- */
struct span parse_span(const struct parser *parser, uint32_t start, uint32_t end) {
    if (parser->map == NULL) return (struct span){start, end};
    return (struct span){parser->map[start], parser->map[end]};
}

/* Nodes need the alignment of a pointer, not that of any type: a large tree is a sixth smaller so. */
static void *take(struct parser *parser, size_t size) {
    enum { SLAB = 4096 };
    size = (size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    if (size > SLAB / 4) return arena_take(parser->arena, size);
    if (size > parser->slab_left) {
        parser->slab = arena_take(parser->arena, SLAB);
        parser->slab_left = SLAB;
    }
    void *taken = parser->slab;
    parser->slab += size;
    parser->slab_left -= size;
    return taken;
}

struct node *parse_node(struct parser *parser, enum node_kind kind, size_t size, uint32_t start, uint32_t end) {
    struct node *node = take(parser, size);
    node->kind = (uint16_t)kind;
    node->span = parse_span(parser, start, end);
    return node;
}

void parse_end_here(struct parser *parser, struct node *node) {
    uint32_t end = parser->map == NULL ? parser->previous_end : parser->map[parser->previous_end];
    if (end > node->span.start) node->span.end = end;
}

struct node *parse_error_node(struct parser *parser, uint32_t start) {
    return &PARSE_NODE(parser, ERROR, error, start, parser->previous_end > start ? parser->previous_end : start)->head;
}

size_t parse_list_begin(struct parser *parser) {
    return parser->scratch_count;
}

void parse_list_add(struct parser *parser, struct node *node) {
    if (node == NULL) return;
    ALLOC_GROW(parser->scratch, parser->scratch_capacity, parser->scratch_count + 1);
    parser->scratch[parser->scratch_count++] = node;
}

struct node_list parse_list_end(struct parser *parser, size_t begin) {
    struct node_list list = {NULL, (uint32_t)(parser->scratch_count - begin)};
    if (list.count != 0) {
        list.items = take(parser, list.count * sizeof(struct node *));
        memcpy(list.items, parser->scratch + begin, list.count * sizeof(struct node *));
    }
    parser->scratch_count = begin;
    return list;
}

struct span parse_span_join(struct span first, struct span last) {
    return (struct span){first.start, last.end > first.end ? last.end : first.end};
}

/* --- entry --------------------------------------------------------------------------------------------------------- */
static struct parser parser_new(struct source *source, struct arena *arena, struct diagnostic_list *diagnostics) {
    struct text content = source_content(source);
    return (struct parser){.lexer = {.text = content.start, .end = (uint32_t)content.length, .arena = arena},
                           .arena = arena, .source = source, .diagnostics = diagnostics};
}

static struct node_script_block *program(struct parser *parser) {
    struct node *root = parse_script_block(parser, 0, TOKEN_END);
    if (parser->visit != NULL) visit_comments(parser, parser->lexer.end);
    return NODE_AS(script_block, root);
}

/* G: program = script-block ; */
void parse_program(struct source *source, struct tree *out, struct diagnostic_list *diagnostics) {
    *out = (struct tree){.arena = arena_new(), .source = source_keep(source)};
    struct parser parser = parser_new(source, out->arena, diagnostics);
    out->root = program(&parser);
    if (!parser.abandoned) check_tree(&parser, &out->root->head);
    add_late_errors(&parser);
    alloc_free(parser.scratch);
}

void parse_tokens(struct source *source, void (*visit)(void *context, const struct token_view *token), void *context) {
    struct diagnostic_list diagnostics = {0};
    struct arena *arena = arena_new();
    struct parser parser = parser_new(source, arena, &diagnostics);
    parser.visit = visit;
    parser.visit_context = context;
    program(&parser);
    alloc_free(parser.scratch);
    diagnostic_list_free(&parser.late);
    arena_free(arena);
    diagnostic_list_free(&diagnostics);
}
