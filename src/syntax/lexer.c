#include "lexer_private.h"
#include "m365sh/base/utf8.h"

uint32_t lexer_character_slow(const struct lexer *lexer, uint32_t at, uint32_t *width) {
    *width = 0;
    if (at >= lexer->end) return LEXER_END;
    size_t next = 0;
    uint32_t c = utf8_next(lexer_slice(lexer, at, lexer->end), &next);
    *width = (uint32_t)next;
    if (c >= 0x2018 && c <= 0x201b) return '\'';
    if (c >= 0x201c && c <= 0x201e) return '"';
    if (c >= 0x2013 && c <= 0x2015) return '-';
    if (c == 0x85 || c == 0xa0 || (c > 0x7f && utf8_is_space(c))) return ' ';
    return c;
}

bool lexer_is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

bool lexer_is_letter(uint32_t c) {
    if (c < 0x80) return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
    return c != LEXER_END && utf8_is_letter(c);
}

bool lexer_is_word(uint32_t c) {
    if (c < 0x80) return lexer_is_letter(c) || lexer_is_digit(c);
    return c != LEXER_END && (utf8_is_letter(c) || utf8_is_digit(c));
}

bool lexer_is_variable(uint32_t c) {
    return lexer_is_word(c) || c == '?';
}

bool lexer_is_newline(uint32_t c) {
    return c == '\n' || c == '\r';
}

bool lexer_ends_word(uint32_t c) {
    switch (c) {
    case LEXER_END: case ' ': case '\t': case '\f': case '\v': case '\r': case '\n':
    case '&': case '(': case ')': case ',': case ';': case '{': case '|': case '}':
        return true;
    default:
        return false;
    }
}

bool lexer_ends_number(uint32_t c) {
    switch (c) {
    case '!': case '%': case '*': case '+': case '-': case '.': case '/': case '<': case '=': case '>': case ']': case '#': case '?': case ':':
        return true;
    default:
        return lexer_ends_word(c);
    }
}

void lexer_error(struct token *token, const char *id, uint32_t start, uint32_t end, bool incomplete, const char *text) {
    if (token->error != NULL) return;
    token->error = id;
    token->error_text = text;
    token->error_start = start;
    token->error_end = end;
    token->error_incomplete = incomplete;
}

static void set(struct token *out, enum token_kind kind, uint32_t length) {
    out->kind = (uint8_t)kind;
    out->end = out->start + length;
}

static void set_operator(struct token *out, enum token_kind kind, uint32_t length, enum operator_id id) {
    set(out, kind, length);
    out->operator_id = (uint16_t)id;
}

/* ">", ">>", "2>&1", "*>>": `at` is the > sign. */
static void redirection(const struct lexer *lexer, uint32_t at, unsigned from, struct token *out) {
    bool named = at != out->start;
    out->from_stream = (uint8_t)from;
    uint32_t after = at + 1;
    out->kind = TOKEN_REDIRECT_FILE;
    if (lexer_peek(lexer, after) == '>') {
        out->append = true;
        after++;
    } else if (named && lexer_peek(lexer, after) == '&') { /* only success and error can be joined */
        uint32_t target = lexer_peek(lexer, after + 1);
        if (target == '1' || target == '2') {
            out->kind = TOKEN_REDIRECT_MERGE;
            out->to_stream = (uint8_t)(target - '0');
            after += 2;
        }
    }
    out->end = after;
}

/* @( @{ @' @" @name */
static void at_sign(const struct lexer *lexer, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (next == '(') {
        set(out, TOKEN_AT_PAREN, 2);
    } else if (next == '{') {
        set(out, TOKEN_AT_CURLY, 2);
    } else if (next == '\'' || next == '"') {
        lex_string_here(lexer, out);
    } else if (lex_variable(lexer, out->start, out)) {
        out->kind = TOKEN_SPLAT;
    } else {
        set(out, TOKEN_UNKNOWN, 1);
        lexer_error(out, "UnrecognizedToken", out->start, out->end, false, "'@' begins nothing here");
    }
}

static void dollar(const struct lexer *lexer, struct token *out) {
    if (lexer_peek(lexer, out->start + 1) == '(') {
        set(out, TOKEN_DOLLAR_PAREN, 2);
        return;
    }
    if (!lex_variable(lexer, out->start, out)) {
        lex_word(lexer, out);
        return;
    }
    if (out->mode != LEX_COMMAND) return;
    /* "$x/foo" is one argument; "$x.y", "$x[0]" and "$x=1" are a variable and what follows. */
    uint32_t next = lexer_peek(lexer, out->end);
    bool special = out->end == out->start + 2 && !lexer_is_word(lexer_peek(lexer, out->start + 1)); /* $$ $? $^ */
    if (lexer_ends_word(next)) return;
    bool member = next == '.' || next == '[' || (next == '=' && !out->braced) || (next == ':' && lexer_peek(lexer, out->end + 1) == ':');
    if (!member || special) lex_word(lexer, out);
}

/* Tokens that are the same in every mode. */
static bool common(const struct lexer *lexer, uint32_t c, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    switch (c) {
    case LEXER_END: set(out, TOKEN_END, 0); return true;
    case '\r': set(out, TOKEN_NEWLINE, next == '\n' ? 2 : 1); return true;
    case '\n': set(out, TOKEN_NEWLINE, 1); return true;
    case ';': set(out, TOKEN_SEMICOLON, 1); return true;
    case ',': set(out, TOKEN_COMMA, 1); return true;
    case '(': set(out, TOKEN_LEFT_PAREN, 1); return true;
    case ')': set(out, TOKEN_RIGHT_PAREN, 1); return true;
    case '{': set(out, TOKEN_LEFT_CURLY, 1); return true;
    case '}': set(out, TOKEN_RIGHT_CURLY, 1); return true;
    case '\'': lex_string_single(lexer, out); return true;
    case '"': lex_string_double(lexer, out); return true;
    case '@': at_sign(lexer, out); return true;
    case '$': dollar(lexer, out); return true;
    case '|':
        if (next == '|') set_operator(out, TOKEN_OR_OR, 2, OPERATOR_CHAIN_OR);
        else set(out, TOKEN_PIPE, 1);
        return true;
    case '&':
        if (next == '&') set_operator(out, TOKEN_AND_AND, 2, OPERATOR_CHAIN_AND);
        else set(out, TOKEN_AMPERSAND, 1);
        return true;
    case '<': set(out, TOKEN_REDIRECT_INPUT, 1); return true;
    case '>': redirection(lexer, out->start, 1, out); return true;
    case '*':
        if (next != '>') return false;
        redirection(lexer, out->start + 1, STREAM_ALL, out);
        return true;
    case '1': case '2': case '3': case '4': case '5': case '6':
        if (next != '>' || out->mode == LEX_SIGNED) return false; /* where an operand is wanted it is a number */
        redirection(lexer, out->start + 1, c - '0', out);
        return true;
    default: return false;
    }
}

static void sign_or_assignment(const struct lexer *lexer, struct token *out, enum operator_id plain, enum operator_id assign) {
    if (lexer_peek(lexer, out->start + 1) == '=') set_operator(out, TOKEN_ASSIGNMENT_OPERATOR, 2, assign);
    else set_operator(out, TOKEN_BINARY_OPERATOR, 1, plain);
}

static void question(const struct lexer *lexer, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (next == '?') {
        if (lexer_peek(lexer, out->start + 2) == '=') set_operator(out, TOKEN_ASSIGNMENT_OPERATOR, 3, OPERATOR_ASSIGN_COALESCE);
        else set_operator(out, TOKEN_BINARY_OPERATOR, 2, OPERATOR_COALESCE);
    } else if (next == '.') {
        set(out, TOKEN_QUESTION_DOT, 2);
    } else if (next == '[') {
        set(out, TOKEN_QUESTION_BRACKET, 2);
    } else {
        set(out, TOKEN_QUESTION, 1);
    }
}

static void plus(const struct lexer *lexer, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (next == '+') {
        set_operator(out, TOKEN_PLUS_PLUS, 2, OPERATOR_POST_INCREMENT);
        out->unary_id = OPERATOR_INCREMENT;
        return;
    }
    if (out->mode == LEX_SIGNED && (lexer_is_digit(next) || next == '.') && lex_number(lexer, out)) return;
    sign_or_assignment(lexer, out, OPERATOR_PLUS, OPERATOR_ASSIGN_PLUS);
    if (out->kind == TOKEN_BINARY_OPERATOR) out->unary_id = OPERATOR_UNARY_PLUS;
}

static void dot(const struct lexer *lexer, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (lexer_is_digit(next) && lex_number(lexer, out)) return;
    if (next == '.') set_operator(out, TOKEN_BINARY_OPERATOR, 2, OPERATOR_RANGE);
    else set(out, TOKEN_DOT, 1);
}

static void colon(const struct lexer *lexer, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (next == ':') {
        set(out, TOKEN_COLON_COLON, 2);
        return;
    }
    set(out, TOKEN_COLON, 1);
    if (out->mode != LEX_SIGNED || !lexer_is_letter(next)) return;
    uint32_t at = out->start + 1, width;
    while (lexer_is_word(lexer_character(lexer, at, &width))) at += width;
    out->kind = TOKEN_LABEL;
    out->name = lexer_slice(lexer, out->start + 1, at);
    out->end = at;
}

/* G: name = letter { letter | digit } ;
   G: letter = ? any letter ? | "_" ; */
static void identifier(const struct lexer *lexer, struct token *out) {
    uint32_t at = out->start, width;
    while (lexer_is_word(lexer_character(lexer, at, &width))) at += width;
    uint32_t next = lexer_peek(lexer, at);
    if (next == '\'' || next == '"') { /* a'b' is one word */
        lex_word(lexer, out);
        return;
    }
    out->kind = TOKEN_IDENTIFIER;
    out->end = at;
    out->keyword = (uint8_t)token_keyword(lexer_slice(lexer, out->start, at));
}

static void expression_token(const struct lexer *lexer, uint32_t c, struct token *out) {
    switch (c) {
    case '=': set_operator(out, TOKEN_ASSIGNMENT_OPERATOR, 1, OPERATOR_ASSIGN); return;
    case '+': plus(lexer, out); return;
    case '-': lex_dash(lexer, out); return;
    case '*': sign_or_assignment(lexer, out, OPERATOR_TIMES, OPERATOR_ASSIGN_TIMES); return;
    case '/': sign_or_assignment(lexer, out, OPERATOR_OVER, OPERATOR_ASSIGN_OVER); return;
    case '%': sign_or_assignment(lexer, out, OPERATOR_MODULO, OPERATOR_ASSIGN_MODULO); return;
    case '[': set(out, TOKEN_LEFT_BRACKET, 1); return;
    case ']': set(out, TOKEN_RIGHT_BRACKET, 1); return;
    case '.': dot(lexer, out); return;
    case ':': colon(lexer, out); return;
    case '?': question(lexer, out); return;
    case '!':
        if (lexer_is_letter(lexer_peek(lexer, out->start + 1))) { /* "!name" is the name of a command */
            lex_word(lexer, out);
            return;
        }
        set(out, TOKEN_BANG, 1);
        out->unary_id = OPERATOR_UNARY_BANG;
        return;
    default: break;
    }
    if (lexer_is_digit(c) && lex_number(lexer, out)) return;
    if (lexer_is_letter(c)) identifier(lexer, out);
    else lex_word(lexer, out);
}

static void command_token(const struct lexer *lexer, uint32_t c, struct token *out) {
    uint32_t next = lexer_peek(lexer, out->start + 1);
    if (c == '-') lex_dash(lexer, out);
    else if (c == ']') set(out, TOKEN_WORD, 1);
    else if ((lexer_is_digit(c) || (c == '.' && lexer_is_digit(next))) && lex_number(lexer, out)) return;
    else if (c == '.' && lexer_ends_word(next)) set(out, TOKEN_DOT, 1);
    else lex_word(lexer, out);
}

void lexer_next(const struct lexer *lexer, uint32_t at, enum lex_mode mode, struct token *out) {
    *out = (struct token){.mode = (uint8_t)mode};
    out->start = lex_trivia_skip(lexer, at, out);
    out->blank_before = out->start != at;
    uint32_t c = lexer_peek(lexer, out->start);
    if (common(lexer, c, out)) return;
    if (mode == LEX_COMMAND) command_token(lexer, c, out);
    else expression_token(lexer, c, out);
    if (out->end <= out->start) out->end = out->start + 1; /* always forward, whatever the text */
}
