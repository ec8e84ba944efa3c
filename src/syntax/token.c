#include "token_private.h"

static const struct {
    const char *name;
    enum token_class class_of;
} kinds[] = {
#define TOKEN(KIND, spelling, modes, CLASS) {#KIND, CLASS_##CLASS},
#include "../../grammar/tokens.def"
#undef TOKEN
};

static const struct text keywords[] = {
    {"", 0},
#define KEYWORD(ID, spelling, where) {spelling, sizeof(spelling) - 1},
#include "../../grammar/keywords.def"
#undef KEYWORD
};

static const struct operator_row operators[] = {
    {"", 0, 0, 'N', "NONE"},
#define OPERATOR(ID, spelling, arity, precedence, operation, case_form) {spelling, arity, precedence, #case_form[0], #operation},
#include "../../grammar/operators.def"
#undef OPERATOR
};

const char *token_kind_name(enum token_kind kind) {
    return kinds[kind].name;
}

enum token_class token_kind_class(enum token_kind kind) {
    return kinds[kind].class_of;
}

const struct operator_row *operator_row(enum operator_id id) {
    return &operators[id];
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* ASCII alone: no keyword or operator has another letter. */
static bool same_word(struct text word, const char *spelling, size_t length) {
    if (word.length != length) return false;
    for (size_t i = 0; i < length; i++)
        if (lower(word.start[i]) != spelling[i]) return false;
    return true;
}

enum keyword token_keyword(struct text word) {
    if (word.length < 2 || word.length > 12) return KEYWORD_NONE;
    for (int i = 1; i < KEYWORD_COUNT; i++)
        if (keywords[i].start[0] == lower(word.start[0]) && same_word(word, keywords[i].start, keywords[i].length))
            return (enum keyword)i;
    return KEYWORD_NONE;
}

const char *token_keyword_spelling(enum keyword keyword) {
    return keywords[keyword].start;
}

enum operator_id token_dash_operator(struct text word, unsigned arity) {
    if (word.length == 0 || word.length > 12) return OPERATOR_NONE;
    for (int i = 1; i < OPERATOR_ID_COUNT; i++) {
        const char *spelling = operators[i].spelling;
        if (operators[i].arity != arity || spelling[0] != '-' || spelling[1] != lower(word.start[0])) continue;
        if (same_word(word, spelling + 1, strlen(spelling) - 1)) return (enum operator_id)i;
    }
    return OPERATOR_NONE;
}
