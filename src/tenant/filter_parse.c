/* Recursive descent over OData's boolean expressions; nesting is bounded by FILTER_DEPTH. */
#include "filter_private.h"

struct parser {
    struct arena *arena;
    struct text text;
    size_t at;
    int depth, clauses;
    struct text error;
};

static struct filter *parse_or(struct parser *parser);

static void *fail(struct parser *parser, const char *what) {
    if (parser->error.length) return NULL;
    struct bytes message = {0};
    bytes_add_format(&message, "Invalid filter clause: %s at position %zu in '%.*s'.", what, parser->at,
                     (int)(parser->text.length > 200 ? 200 : parser->text.length), parser->text.start);
    parser->error = text_make(arena_text(parser->arena, message.data, message.length), message.length);
    bytes_free(&message);
    return NULL;
}

static void skip_blanks(struct parser *parser) {
    while (parser->at < parser->text.length && strchr(" \t\r\n", parser->text.start[parser->at]) && parser->text.start[parser->at]) parser->at++;
}

static bool take_byte(struct parser *parser, char byte) {
    skip_blanks(parser);
    if (parser->at >= parser->text.length || parser->text.start[parser->at] != byte) return false;
    parser->at++;
    return true;
}

static bool is_word_byte(char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte && strchr("_/$.:@-+", byte)) || (unsigned char)byte >= 0x80;
}

static struct text peek_word(struct parser *parser) {
    skip_blanks(parser);
    size_t end = parser->at;
    while (end < parser->text.length && is_word_byte(parser->text.start[end])) end++;
    return text_slice(parser->text, parser->at, end - parser->at);
}

static bool take_word(struct parser *parser, const char *word) {
    struct text next = peek_word(parser);
    if (!text_equal_fold(next, text_of(word))) return false;
    parser->at += next.length;
    return true;
}

static struct filter *make(struct parser *parser, enum filter_kind kind) {
    struct filter *filter = ARENA_NEW(parser->arena, struct filter);
    filter->kind = kind;
    return filter;
}

/* '…' with '' for a quote inside. */
static struct filter_value *parse_quoted(struct parser *parser) {
    struct filter_value *value = ARENA_NEW(parser->arena, struct filter_value);
    char *out = arena_take(parser->arena, parser->text.length - parser->at + 1);
    size_t length = 0;
    for (parser->at++; parser->at < parser->text.length; parser->at++) {
        char byte = parser->text.start[parser->at];
        if (byte == '\'') {
            parser->at++;
            if (parser->at >= parser->text.length || parser->text.start[parser->at] != '\'') {
                value->text = text_make(out, length);
                return value;
            }
        }
        out[length++] = byte;
    }
    return fail(parser, "There is an unterminated string literal");
}

static struct filter_value *parse_value(struct parser *parser) {
    skip_blanks(parser);
    if (parser->at < parser->text.length && parser->text.start[parser->at] == '\'') return parse_quoted(parser);
    struct text word = peek_word(parser);
    if (word.length == 0) return fail(parser, "A value is expected");
    parser->at += word.length;
    struct filter_value *value = ARENA_NEW(parser->arena, struct filter_value);
    value->text = word;
    value->kind = text_equal_fold(word, TEXT("true"))    ? LITERAL_TRUE
                  : text_equal_fold(word, TEXT("false")) ? LITERAL_FALSE
                  : text_equal_fold(word, TEXT("null"))  ? LITERAL_NULL
                                                         : LITERAL_BARE;
    return value;
}

static struct filter *parse_function(struct parser *parser, enum filter_kind kind) {
    struct filter *filter = make(parser, kind);
    if (!take_byte(parser, '(')) return fail(parser, "An opening bracket is expected");
    filter->path = peek_word(parser);
    if (filter->path.length == 0) return fail(parser, "A property is expected");
    parser->at += filter->path.length;
    if (!take_byte(parser, ',')) return fail(parser, "A comma is expected");
    filter->values = parse_value(parser);
    if (!filter->values) return NULL;
    return take_byte(parser, ')') ? filter : fail(parser, "A closing bracket is expected");
}

/* assignedLicenses/any(s:s/skuId eq …); the word stops before the bracket. */
static struct filter *parse_lambda(struct parser *parser, struct text word) {
    bool all = text_ends_fold(word, TEXT("/all"));
    struct filter *filter = make(parser, all ? FILTER_ALL : FILTER_ANY);
    filter->path = text_slice(word, 0, word.length - 4);
    if (take_byte(parser, ')')) return filter;
    struct text inner = peek_word(parser);
    size_t colon = text_find_byte(inner, ':', 0);
    if (colon == TEXT_NOT_FOUND) {
        parser->at += inner.length;
        if (!take_byte(parser, ':')) return fail(parser, "A colon is expected after the range variable");
        filter->variable = inner;
    } else {
        filter->variable = text_slice(inner, 0, colon);
        parser->at += colon + 1;
    }
    if (filter->variable.length == 0) return fail(parser, "A range variable is expected");
    filter->left = parse_or(parser);
    if (!filter->left) return NULL;
    return take_byte(parser, ')') ? filter : fail(parser, "A closing bracket is expected");
}

static struct filter *parse_in(struct parser *parser, struct text path) {
    struct filter *filter = make(parser, FILTER_IN);
    filter->path = path;
    if (!take_byte(parser, '(')) return fail(parser, "A list in brackets is expected");
    struct filter_value **last = &filter->values;
    do {
        *last = parse_value(parser);
        if (!*last) return NULL;
        last = &(*last)->next;
    } while (take_byte(parser, ','));
    return take_byte(parser, ')') ? filter : fail(parser, "A closing bracket is expected");
}

static struct filter *parse_comparison(struct parser *parser, struct text path) {
    static const char *const names[] = {"eq", "ne", "gt", "ge", "lt", "le"};
    if (take_word(parser, "in")) return parse_in(parser, path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!take_word(parser, names[i])) continue;
        bool counted = text_ends_fold(path, TEXT("/$count"));
        struct filter *filter = make(parser, counted ? FILTER_COUNT : FILTER_COMPARE);
        filter->operator = (enum filter_operator)i;
        filter->path = counted ? text_slice(path, 0, path.length - 7) : path;
        filter->values = parse_value(parser);
        return filter->values ? filter : NULL;
    }
    return fail(parser, "A comparison is expected");
}

static struct filter *parse_primary(struct parser *parser) {
    if (take_byte(parser, '(')) {
        struct filter *filter = parse_or(parser);
        if (filter && !take_byte(parser, ')')) return fail(parser, "A closing bracket is expected");
        return filter;
    }
    struct text word = peek_word(parser);
    if (word.length == 0) return fail(parser, "An expression is expected");
    parser->at += word.length;
    bool call = parser->at < parser->text.length && parser->text.start[parser->at] == '(';
    if (text_equal_fold(word, TEXT("startswith")) && call) return parse_function(parser, FILTER_STARTS);
    if (text_equal_fold(word, TEXT("endswith")) && call) return parse_function(parser, FILTER_ENDS);
    if (text_equal_fold(word, TEXT("contains")) && call) return parse_function(parser, FILTER_CONTAINS);
    if (call && (text_ends_fold(word, TEXT("/any")) || text_ends_fold(word, TEXT("/all")))) {
        parser->at++;
        return parse_lambda(parser, word);
    }
    return parse_comparison(parser, word);
}

static struct filter *parse_not(struct parser *parser) {
    if (++parser->depth > FILTER_DEPTH) return fail(parser, "The expression is nested too deeply");
    struct filter *result;
    if (take_word(parser, "not")) {
        result = make(parser, FILTER_NOT);
        result->left = parse_not(parser);
        if (!result->left) result = NULL;
    } else {
        result = parse_primary(parser);
    }
    parser->depth--;
    return result;
}

static struct filter *parse_chain(struct parser *parser, const char *word, enum filter_kind kind, struct filter *(*next)(struct parser *)) {
    struct filter *left = next(parser);
    while (left && take_word(parser, word)) {
        if (++parser->clauses > FILTER_CLAUSES) return fail(parser, "There are too many clauses");
        struct filter *both = make(parser, kind);
        both->left = left;
        both->right = next(parser);
        if (!both->right) return NULL;
        left = both;
    }
    return left;
}

static struct filter *parse_and(struct parser *parser) { return parse_chain(parser, "and", FILTER_AND, parse_not); }

static struct filter *parse_or(struct parser *parser) { return parse_chain(parser, "or", FILTER_OR, parse_and); }

struct filter *filter_parse(struct arena *arena, struct text text, struct text *error) {
    struct parser parser = {.arena = arena, .text = text};
    struct filter *filter = parse_or(&parser);
    skip_blanks(&parser);
    if (filter && parser.at < text.length) filter = fail(&parser, "Something is left over");
    *error = parser.error;
    return filter;
}
