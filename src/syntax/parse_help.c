#include "parse_help_private.h"

static const char *const keywords[] = {
    "SYNOPSIS", "DESCRIPTION", "PARAMETER", "EXAMPLE", "INPUTS", "OUTPUTS", "NOTES", "LINK", "COMPONENT", "ROLE", "FUNCTIONALITY",
    "FORWARDHELPTARGETNAME", "FORWARDHELPCATEGORY", "REMOTEHELPRUNSPACE", "EXTERNALHELP",
};

static bool next_line(struct text *rest, struct text *line) {
    if (!text_split_next(rest, '\n', line)) return false;
    if (line->length != 0 && line->start[line->length - 1] == '\r') line->length--;
    return true;
}

/* ".KEYWORD argument" on a line of its own. */
static bool keyword_line(struct text line, struct text *keyword, struct text *argument) {
    line = text_trim(line);
    if (line.length < 2 || line.start[0] != '.') return false;
    size_t end = 1;
    while (end < line.length && line.start[end] != ' ' && line.start[end] != '\t') end++;
    *keyword = text_slice(line, 1, end - 1);
    *argument = text_trim(text_slice(line, end, line.length));
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (text_equal_fold(*keyword, text_of(keywords[i]))) return true;
    return false;
}

/* A line without the marks of a comment. */
static struct text bare_line(struct text line, bool first, bool block) {
    if (block) {
        if (first && text_starts(line, TEXT("<#"))) line = text_slice(line, 2, line.length);
        size_t end = text_find(line, TEXT("#>"), 0);
        if (end != TEXT_NOT_FOUND) line.length = end;
        return line;
    }
    line = text_trim(line);
    while (line.length != 0 && line.start[0] == '#') line = text_slice(line, 1, line.length);
    return line;
}

static void end_section(struct bytes *body, struct text keyword, struct text argument,
                        void (*visit)(void *, struct text, struct text, struct text), void *context) {
    if (keyword.length == 0 || visit == NULL) return;
    struct text text = bytes_text(body);
    while (text.length != 0 && strchr(" \t\r\n", text.start[text.length - 1]) != NULL) text.length--;
    while (text.length != 0 && (text.start[0] == '\n' || text.start[0] == '\r')) text = text_slice(text, 1, text.length);
    visit(context, keyword, argument, text.length != 0 ? text : TEXT_NONE);
}

bool parse_help(struct text comment, void (*visit)(void *context, struct text keyword, struct text argument, struct text body), void *context) {
    struct text line, keyword = TEXT_NONE, argument = TEXT_NONE, found_keyword, found_argument;
    struct bytes body = {0};
    comment = text_trim(comment);
    bool first = true, block = text_starts(comment, TEXT("<#")), any = false;
    while (next_line(&comment, &line)) {
        struct text bare = bare_line(line, first, block);
        first = false;
        if (keyword_line(bare, &found_keyword, &found_argument)) {
            end_section(&body, keyword, argument, visit, context);
            keyword = found_keyword;
            argument = found_argument;
            bytes_clear(&body);
            any = true;
        } else if (any) {
            bytes_add_text(&body, bare);
            bytes_add_byte(&body, '\n');
        } else if (!text_is_blank(bare)) {
            break; /* other text before the first keyword: no help */
        }
    }
    end_section(&body, keyword, argument, visit, context);
    bytes_free(&body);
    return any;
}

struct text help_between(const struct lexer *lexer, uint32_t start, uint32_t end) {
    struct text found = TEXT_NONE;
    uint32_t group = 0, group_end = 0;
    for (uint32_t at = start; at < end;) {
        uint32_t comment = lex_trivia_comment_end(lexer, at);
        if (comment == at) {
            at++;
            continue;
        }
        bool line = lexer->text[at] == '#';
        struct text between = lexer_slice(lexer, group_end, at);
        bool joins = line && group_end != 0 && lexer->text[group] == '#' && text_is_blank(between) &&
                     text_find_byte(between, '\n', text_find_byte(between, '\n', 0) + 1) == TEXT_NOT_FOUND;
        if (!joins) group = at;
        group_end = comment;
        at = comment;
        struct text text = lexer_slice(lexer, group, group_end);
        if (parse_help(text, NULL, NULL)) found = text;
    }
    return found;
}

struct requires_walk {
    struct text content;
    void (*visit)(void *context, struct text line);
    void *context;
};

static void visit_comment(void *context, const struct token_view *token) {
    struct requires_walk *walk = context;
    static const struct text word = {"#requires", 9};
    if (token->class_of != CLASS_COMMENT) return;
    struct text line = text_slice(walk->content, token->span.start, token->span.end - token->span.start);
    if (!text_starts_fold(line, word) || line.length <= word.length || (line.start[word.length] != ' ' && line.start[word.length] != '\t')) return;
    walk->visit(walk->context, text_trim(text_slice(line, word.length, line.length)));
}

/* Comments only: the word may stand in a text, too. */
void parse_requires(struct source *source, void (*visit)(void *context, struct text line), void *context) {
    struct requires_walk walk = {source_content(source), visit, context};
    if (text_find_fold(walk.content, TEXT("#requires"), 0) != TEXT_NOT_FOUND) parse_tokens(source, visit_comment, &walk);
}
