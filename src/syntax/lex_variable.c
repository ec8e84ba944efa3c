#include "lexer_private.h"

static void split_scope(struct token *out, struct text whole) {
    size_t colon = text_find_byte(whole, ':', 0);
    if (colon == TEXT_NOT_FOUND || colon == 0) {
        out->name = whole;
        out->scope = TEXT_NONE;
        return;
    }
    out->scope = text_slice(whole, 0, colon);
    out->name = text_slice(whole, colon + 1, whole.length);
}

/* ${name}: a backtick takes the next character as it is. */
static bool braced(const struct lexer *lexer, uint32_t at, struct token *out) {
    uint32_t start = at + 2, width, c;
    bool escaped = false;
    at = start;
    while ((c = lexer_character(lexer, at, &width)) != '}') {
        if (c == LEXER_END) {
            lexer_error(out, "IncompleteDollarVariableReference", start - 2, at, true, "The name after '${' has no '}'");
            break;
        }
        at += width;
        if (c != '`') continue;
        escaped = true;
        lexer_character(lexer, at, &width);
        at += width;
    }
    struct text raw = lexer_slice(lexer, start, at);
    if (escaped && lexer->arena != NULL) {
        char *copy = arena_text(lexer->arena, raw.start, raw.length);
        size_t kept = 0;
        for (size_t i = 0; i < raw.length; i++) {
            if (copy[i] == '`' && i + 1 < raw.length) i++;
            copy[kept++] = copy[i];
        }
        raw = text_make(copy, kept);
    }
    if (c == '}') at++;
    if (raw.length == 0) lexer_error(out, "EmptyVariableReference", start - 2, at, false, "'${}' names no variable");
    split_scope(out, raw);
    out->kind = TOKEN_VARIABLE;
    out->braced = true;
    out->end = at;
    return true;
}

bool lex_variable(const struct lexer *lexer, uint32_t at, bool in_string, struct token *out) {
    uint32_t first = lexer_peek(lexer, at + 1), width;
    bool splat = lexer->text[at] == '@';
    if (first == '{' && !splat) return braced(lexer, at, out);
    if (first == '$' || first == '^') {
        out->kind = TOKEN_VARIABLE;
        out->name = lexer_slice(lexer, at + 1, at + 2);
        out->scope = TEXT_NONE;
        out->end = at + 2;
        return true;
    }
    if (!lexer_is_variable(first) && !(first == ':' && lexer_peek(lexer, at + 2) == ':' && 0)) return false;
    uint32_t start = at + 1, colon = 0;
    at = start;
    if (first == '?' && !splat) { /* $? is a name of its own */
        at++;
    } else {
        for (;;) {
            uint32_t c = lexer_character(lexer, at, &width);
            if (lexer_is_word(c) || (c == '?' && !in_string) || (c == '?' && in_string)) {
                at += width;
                continue;
            }
            if (c != ':' || lexer_peek(lexer, at + 1) == ':') break;
            /* The first colon belongs to the name when one follows; later ones too. */
            uint32_t after = lexer_peek(lexer, at + 1);
            if (!lexer_is_variable(after)) {
                if (in_string)
                    lexer_error(out, "InvalidVariableReferenceWithDrive", start - 1, at + 1, false,
                                "A ':' after a variable in a string begins a scope; write ${name}: instead");
                if (in_string) at++;
                break;
            }
            colon = at;
            at++;
        }
    }
    (void)colon;
    out->kind = TOKEN_VARIABLE;
    split_scope(out, lexer_slice(lexer, start, at));
    if (out->scope.length != 0 && out->name.length == 0) split_scope(out, lexer_slice(lexer, start, at - 1));
    out->end = at;
    return true;
}
