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

/* G: braced-variable = "${" { "`" ? any character ? | ? any but } and { ? } "}" ; */
static bool braced(const struct lexer *lexer, uint32_t at, struct token *out) {
    uint32_t start = at + 2, width, c;
    bool escaped = false;
    at = start;
    while ((c = lexer_character(lexer, at, &width)) != '}') {
        if (c == LEXER_END) {
            lexer_error(out, "IncompleteDollarVariableReference", start - 2, at, true, "The name after '${' has no '}'");
            break;
        }
        if (c == '{')
            lexer_error(out, "OpenBraceNeedsToBeBackTickedInVariableName", at, at + 1, false, "A '{' in a name after '${' needs a '`' before it");
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

/* G: variable-name = "$" ( variable-characters | "$" | "?" | "^" ) | braced-variable ;
   G: variable-characters = [ scope ":" ] ( letter | digit | "_" | "?" ) { letter | digit | "_" | "?" | ":" } ;
   G: scope = "global" | "script" | "local" | "private" | "using" | "env" | ? the name of a drive ? ; */
bool lex_variable(const struct lexer *lexer, uint32_t at, struct token *out) {
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
    uint32_t second = lexer_peek(lexer, at + 2);
    if (!lexer_is_variable(first) && !(first == ':' && !splat && (lexer_is_variable(second) || second == ':'))) return false;
    uint32_t start = at + 1;
    at = start;
    if (first == '?' && !splat) { /* $? is a name of its own */
        at++;
    } else {
        for (;;) {
            uint32_t c = lexer_character(lexer, at, &width);
            if (c == ':' && lexer_peek(lexer, at + 1) == ':' && at != start) break;
            if (!lexer_is_variable(c) && c != ':') break;
            at += width;
            if (c != ':' || lexer_is_variable(lexer_peek(lexer, at)) || at == start + 1) continue;
            lexer_error(out, "InvalidVariableReferenceWithDrive", start - 1, at, false,
                        "The ':' after a variable begins a scope but no name follows; write ${name}: if the ':' is text");
            break;
        }
    }
    out->kind = TOKEN_VARIABLE;
    split_scope(out, lexer_slice(lexer, start, at));
    out->end = at;
    return true;
}
