#include "parse_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"

/* Collects the parts of one string or bare word. */
struct collector {
    struct parser *parser;
    struct bytes text;          /* literal text since the last part */
    uint32_t text_start;
    size_t begin;               /* of the list of parts */
    bool here;                  /* quotes stand for themselves */
    bool plain;                 /* a $ is a $ */
    bool parts;
};

static struct node *literal(struct parser *parser, uint32_t start, uint32_t end, struct text text, enum quote quote) {
    struct node_string *node = PARSE_NODE(parser, STRING, string, start, end);
    node->text = text;
    node->quote = quote;
    return &node->head;
}

static struct text kept(struct parser *parser, struct bytes *bytes) {
    struct text text = bytes_text(bytes);
    if (text.length == 0) return TEXT_NONE;
    return text_make(arena_text(parser->arena, text.start, text.length), text.length);
}

static void flush(struct collector *collector, uint32_t end) {
    if (collector->text.length == 0) return;
    parse_list_add(collector->parser, literal(collector->parser, collector->text_start, end, kept(collector->parser, &collector->text), QUOTE_DOUBLE));
    bytes_clear(&collector->text);
}

/* Quotes in $( … ) of a double-quoted string may be doubled or escaped as the string's own; the text is then cleaned
 * before it is read. The map tells where each byte stood. */
static uint32_t clean(struct parser *parser, uint32_t start, uint32_t end, char **text, uint32_t **map) {
    const struct lexer *lexer = &parser->lexer;
    char *copy = arena_take(parser->arena, end - start + 1);
    uint32_t *offsets = ARENA_ARRAY(parser->arena, uint32_t, end - start + 2), length = 0, width, next_width;
    for (uint32_t at = start; at < end; at += width) {
        uint32_t c = lexer_character(lexer, at, &width), next = lexer_character(lexer, at + width, &next_width);
        if ((c == '"' || c == '`') && next == '"' && at + width < end) { /* the first of the two goes */
            at += width;
            width = next_width;
        }
        for (uint32_t i = 0; i < width; i++) {
            offsets[length] = parser->map == NULL ? at + i : parser->map[at + i];
            copy[length++] = lexer->text[at + i];
        }
    }
    offsets[length] = parser->map == NULL ? end : parser->map[end];
    *text = copy;
    *map = offsets;
    return length;
}

static bool needs_cleaning(const struct lexer *lexer, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at + 1 < end; at++) {
        unsigned char c = (unsigned char)lexer->text[at];
        if ((c == '"' || c == '`' || c >= 0x80) && (lexer->text[at + 1] == '"' || c >= 0x80)) return true;
    }
    return false;
}

/* G: string-sub-expression = "$(" statement-list ")" ; */
static struct node *subexpression(struct collector *collector, uint32_t start, uint32_t end) {
    struct parser *parser = collector->parser, saved = *parser;
    struct node_subexpression *node = PARSE_NODE(parser, SUBEXPRESSION, subexpression, start, end);
    if (!collector->here && needs_cleaning(&parser->lexer, start, end)) {
        char *text;
        uint32_t *map, length = clean(parser, start, end, &text, &map);
        parser->lexer.text = text;
        parser->lexer.end = length;
        parser->map = map;
        start = 0;
    } else {
        parser->lexer.end = end;
    }
    parse_rewind(parser, start + 2, start + 2);
    parser->visited_end = start + 2;
    parser->no_comma = false;
    if (parse_enter(parser)) node->block = parse_statements(parser, start + 2, TOKEN_RIGHT_PAREN);
    else node->block = &PARSE_NODE(parser, BLOCK, block, start, start)->head;
    parse_leave(parser);
    if (!parse_accept(parser, LEX_SIGNED, TOKEN_RIGHT_PAREN))
        parse_lacks(parser, "MissingEndParenthesisInSubexpression", "The '$(' in the string has no ')'");
    parser->lexer = saved.lexer;
    parser->map = saved.map;
    parser->visited_end = saved.visited_end;
    parser->no_comma = saved.no_comma;
    parse_rewind(parser, saved.at, saved.previous_end);
    if (parser->abandoned) parse_rewind(parser, parser->lexer.end, saved.previous_end);
    return &node->head;
}

/* At a $: adds what it begins, and gives where that ends. */
static uint32_t dollar(struct collector *collector, uint32_t at) {
    struct parser *parser = collector->parser;
    if (collector->plain) {
        bytes_add_byte(&collector->text, '$');
        return at + 1;
    }
    if (lexer_peek(&parser->lexer, at + 1) == '(') {
        bool closed;
        uint32_t end = lex_string_subexpression_end(&parser->lexer, at, &closed);
        flush(collector, at);
        if (!closed) {
            parse_incomplete(parser, "IncompleteDollarSubexpressionReference", at, at + 2, "The '$(' in the string has no ')'");
        } else {
            parse_list_add(parser, subexpression(collector, at, end));
        }
        collector->parts = true;
        return end;
    }
    struct token variable = {.start = at};
    if (!lex_variable(&parser->lexer, at, &variable)) {
        if (collector->text.length == 0) collector->text_start = at;
        bytes_add_byte(&collector->text, '$');
        return at + 1;
    }
    if (variable.error != NULL) parse_error(parser, variable.error, variable.error_start, variable.error_end, "%s", variable.error_text);
    flush(collector, at);
    parse_list_add(parser, parse_variable_node(parser, &variable));
    collector->parts = true;
    return variable.end;
}

static int hex_value(uint32_t c) {
    if (c >= '0' && c <= '9') return (int)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a') + 10 : -1;
}

/* `u{…}: at is behind the u. */
static uint32_t unicode_escape(struct collector *collector, uint32_t start, uint32_t at) {
    struct parser *parser = collector->parser;
    const struct lexer *lexer = &parser->lexer;
    if (lexer_peek(lexer, at) != '{') {
        parse_error(parser, "InvalidUnicodeEscapeSequence", start, at, "`u needs a number in braces: `u{e9}");
        return at;
    }
    uint32_t value = 0, digits = 0;
    int digit;
    for (at++; (digit = hex_value(lexer_peek(lexer, at))) >= 0; at++) {
        if (++digits > 6) {
            parse_error(parser, "TooManyDigitsInUnicodeEscapeSequence", start, at + 1, "`u{…} takes six hexadecimal digits at most");
            return at;
        }
        value = value * 16 + (uint32_t)digit;
    }
    if (lexer_peek(lexer, at) != '}') {
        parse_error(parser, "InvalidUnicodeEscapeSequence", start, at, "`u{ needs hexadecimal digits and '}'");
        return at;
    }
    if (digits == 0) parse_error(parser, "InvalidUnicodeEscapeSequence", start, at + 1, "`u{} names no character");
    else if (value > 0x10ffff) parse_error(parser, "InvalidUnicodeEscapeSequenceValue", start, at + 1, "There is no character U+%X", value);
    else bytes_add_code_point(&collector->text, value);
    return at + 1;
}

/* G: escape = "`" ( "0" | "a" | "b" | "e" | "f" | "n" | "r" | "t" | "v" | "u{" hexadecimal-digits "}" | ? any other character, which is itself ? ) ; */
static uint32_t escape(struct collector *collector, uint32_t at, uint32_t end) {
    const struct lexer *lexer = &collector->parser->lexer;
    uint32_t width, start = at, c = lexer_character(lexer, at + 1, &width);
    if (at + 1 >= end) {
        bytes_add_byte(&collector->text, '`');
        return at + 1;
    }
    at += 1 + width;
    switch (c) {
    case '0': bytes_add_byte(&collector->text, '\0'); break;
    case 'a': bytes_add_byte(&collector->text, '\a'); break;
    case 'b': bytes_add_byte(&collector->text, '\b'); break;
    case 'e': bytes_add_byte(&collector->text, '\033'); break;
    case 'f': bytes_add_byte(&collector->text, '\f'); break;
    case 'n': bytes_add_byte(&collector->text, '\n'); break;
    case 'r': bytes_add_byte(&collector->text, '\r'); break;
    case 't': bytes_add_byte(&collector->text, '\t'); break;
    case 'v': bytes_add_byte(&collector->text, '\v'); break;
    case 'u': return unicode_escape(collector, start, at);
    default: bytes_add(&collector->text, lexer->text + at - width, width);
    }
    return at;
}

/* The inside of double quotes. */
static void expandable(struct collector *collector, uint32_t at, uint32_t end) {
    const struct lexer *lexer = &collector->parser->lexer;
    while (at < end) {
        uint32_t width, c = lexer_character(lexer, at, &width);
        if (collector->text.length == 0) collector->text_start = at;
        if (c == '$') {
            at = dollar(collector, at);
        } else if (c == '`') {
            at = escape(collector, at, end);
        } else {
            bytes_add(&collector->text, lexer->text + at, width);
            at += width;
            if (c == '"' && !collector->here && lexer_character(lexer, at, &width) == '"') at += width;
        }
    }
}

/* The inside of single quotes: a doubled quote is one. */
static void verbatim(struct collector *collector, uint32_t at, uint32_t end) {
    const struct lexer *lexer = &collector->parser->lexer;
    while (at < end) {
        uint32_t width, c = lexer_character(lexer, at, &width);
        bytes_add(&collector->text, lexer->text + at, width);
        at += width;
        if (c == '\'' && lexer_character(lexer, at, &width) == '\'') at += width;
    }
}

static void bare(struct collector *collector, uint32_t at, uint32_t end) {
    const struct lexer *lexer = &collector->parser->lexer;
    while (at < end) {
        bool closed;
        struct token unused = {0};
        uint32_t width, last, c = lexer_character(lexer, at, &width);
        if (collector->text.length == 0) collector->text_start = at;
        switch (c) {
        case '$': at = dollar(collector, at); break;
        case '`': at = escape(collector, at, end); break;
        case '\'':
        case '"':
            last = c == '"' ? lex_string_double_end(lexer, at, &closed, &unused) : lex_string_single_end(lexer, at, &closed);
            uint32_t inner = closed ? last - 1 : last; /* a typographic quote is three bytes */
            while (closed && inner > at + width && ((unsigned char)lexer->text[inner] & 0xc0) == 0x80) inner--;
            if (c == '"') expandable(collector, at + width, inner);
            else verbatim(collector, at + width, inner);
            at = last;
            break;
        default:
            bytes_add(&collector->text, lexer->text + at, width);
            at += width;
        }
    }
}

/* What stands between the quotes of a string token. */
static void inside(const struct lexer *lexer, const struct token *token, uint32_t *start, uint32_t *end) {
    uint32_t width;
    bool here = token->kind == TOKEN_HERE_SINGLE || token->kind == TOKEN_HERE_DOUBLE;
    *start = token->start + (here ? 1 : 0);
    lexer_character(lexer, *start, &width);
    *start += width;
    *end = token->end;
    if (!token->unterminated && !(here && token->error != NULL)) {
        *end -= here ? 2 : 1;
        while (*end > *start && ((unsigned char)lexer->text[*end] & 0xc0) == 0x80) --*end;
    }
    if (!here) return;
    while (*start < token->end && lexer->text[*start] != '\n' && lexer->text[*start] != '\r') ++*start;
    if (*start < token->end && lexer->text[*start] == '\r') ++*start;
    if (*start < token->end && lexer->text[*start] == '\n') ++*start;
    if (*end > *start && lexer->text[*end - 1] == '\n') --*end;
    if (*end > *start && lexer->text[*end - 1] == '\r') --*end;
    if (*end < *start) *end = *start;
}

static enum quote quote_of(const struct token *token) {
    switch (token->kind) {
    case TOKEN_STRING_SINGLE: return QUOTE_SINGLE;
    case TOKEN_STRING_DOUBLE: return QUOTE_DOUBLE;
    case TOKEN_HERE_SINGLE: return QUOTE_HERE_SINGLE;
    case TOKEN_HERE_DOUBLE: return QUOTE_HERE_DOUBLE;
    default: return QUOTE_BARE;
    }
}

static bool is_verbatim(struct text text, enum quote quote) {
    if (quote == QUOTE_HERE_SINGLE) return true;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.start[i];
        if (c == '\'' || (c == '"' && quote != QUOTE_SINGLE) || c >= 0x80) return false;
        if (quote != QUOTE_SINGLE && (c == '`' || c == '$')) return false;
    }
    return true;
}

static struct node *collected(struct collector *collector, const struct token *token, uint32_t end) {
    struct parser *parser = collector->parser;
    enum quote quote = quote_of(token);
    if (!collector->parts) {
        struct node *node = literal(parser, token->start, token->end, kept(parser, &collector->text), quote);
        bytes_free(&collector->text);
        return node;
    }
    flush(collector, end);
    bytes_free(&collector->text);
    struct node_expandable *node = PARSE_NODE(parser, EXPANDABLE, expandable, token->start, token->end);
    node->parts = parse_list_end(parser, collector->begin);
    node->quote = quote;
    return &node->head;
}

static struct node *string(struct parser *parser, const struct token *token, bool plain) {
    enum quote quote = quote_of(token);
    uint32_t start = token->start, end = token->end;
    if (quote != QUOTE_BARE) inside(&parser->lexer, token, &start, &end);
    struct text raw = lexer_slice(&parser->lexer, start, end);
    if (is_verbatim(raw, quote) || (quote == QUOTE_BARE && token->kind != TOKEN_WORD))
        return literal(parser, token->start, token->end, raw, quote);
    struct collector collector = {.parser = parser, .text_start = start, .begin = parse_list_begin(parser),
                                  .here = quote == QUOTE_HERE_DOUBLE, .plain = plain};
    if (quote == QUOTE_BARE) bare(&collector, start, end);
    else if (quote == QUOTE_SINGLE) verbatim(&collector, start, end);
    else expandable(&collector, start, end);
    return collected(&collector, token, end);
}

/* G: string-literal = single-quoted | double-quoted | single-here-string | double-here-string | word ;
   G: expandable-string = ( double-quoted | double-here-string | word ) ? with a variable or sub-expression in it ? ; */
struct node *parse_string(struct parser *parser, const struct token *token) {
    return string(parser, token, false);
}

struct node *parse_command_name(struct parser *parser, const struct token *token) {
    return string(parser, token, true);
}
