#include "search_private.h"

struct reader {
    struct exchange *exchange;
    const struct entity *entity;
    struct text text;
    size_t at;
    int depth;
    struct filter_sql *out;
};

enum { SEARCH_DEPTH = 20 };

static bool malformed(struct reader *reader) {
    return error_reply(reader->exchange, 400, "BadRequest", "Syntax error: character '%.1s' is not valid at position %zu in '%.*s'.",
                       reader->at < reader->text.length ? reader->text.start + reader->at : " ", reader->at, TEXT_ARGUMENT(reader->text));
}

static void skip_blanks(struct reader *reader) {
    while (reader->at < reader->text.length && reader->text.start[reader->at] == ' ') reader->at++;
}

static bool add_like(struct reader *reader, const char *column, bool words, struct text value) {
    if (reader->out->count == FILTER_PARAMETERS) return malformed(reader);
    struct bytes pattern = {0};
    bytes_add_string(&pattern, words ? "% " : "");
    for (size_t i = 0; i < value.length; i++) {
        if (value.start[i] == '%' || value.start[i] == '_' || value.start[i] == '^') bytes_add_byte(&pattern, '^');
        bytes_add_byte(&pattern, value.start[i]);
    }
    bytes_add_byte(&pattern, '%');
    reader->out->parameters[reader->out->count++] = text_make(arena_text(reader->exchange->arena, pattern.data, pattern.length), pattern.length);
    bytes_free(&pattern);
    bytes_add_format(&reader->out->text, words ? "(' '||replace(replace(replace(t.%s,'-',' '),'.',' '),'_',' ')) LIKE ? ESCAPE '^'" : "t.%s LIKE ? ESCAPE '^'", column);
    return true;
}

static bool add_clause(struct reader *reader, struct text clause) {
    size_t colon = text_find_byte(clause, ':', 0);
    struct text value = colon == TEXT_NOT_FOUND ? clause : text_slice(clause, colon + 1, clause.length), word;
    struct text name = colon == TEXT_NOT_FOUND ? TEXT("displayName") : text_slice(clause, 0, colon);
    const struct property *property = entity_property(reader->entity, name);
    if (!property || !property->column || property->kind != KIND_WORDS)
        return error_reply(reader->exchange, 400, "Request_UnsupportedQuery", "Unsupported Query.");
    bool words = text_equal_fold(name, TEXT("displayName")) || text_equal_fold(name, TEXT("description"));
    if (!words) return add_like(reader, property->column, false, value);
    bytes_add_string(&reader->out->text, "(1");
    while (text_split_next(&value, ' ', &word)) {
        if (word.length == 0) continue;
        bytes_add_string(&reader->out->text, " AND ");
        if (!add_like(reader, property->column, true, word)) return false;
    }
    bytes_add_byte(&reader->out->text, ')');
    return true;
}

static bool read_quoted(struct reader *reader) {
    char *out = arena_take(reader->exchange->arena, reader->text.length + 1);
    size_t length = 0;
    for (reader->at++; reader->at < reader->text.length; reader->at++) {
        char byte = reader->text.start[reader->at];
        if (byte == '"') {
            reader->at++;
            return add_clause(reader, text_make(out, length));
        }
        if (byte == '\\' && reader->at + 1 < reader->text.length) byte = reader->text.start[++reader->at];
        out[length++] = byte;
    }
    return malformed(reader);
}

static bool read_chain(struct reader *reader);

static bool read_item(struct reader *reader) {
    skip_blanks(reader);
    if (reader->at >= reader->text.length) return malformed(reader);
    if (reader->text.start[reader->at] == '"') return read_quoted(reader);
    if (reader->text.start[reader->at] != '(' || ++reader->depth > SEARCH_DEPTH) return malformed(reader);
    reader->at++;
    if (!read_chain(reader)) return false;
    skip_blanks(reader);
    if (reader->at >= reader->text.length || reader->text.start[reader->at] != ')') return malformed(reader);
    reader->at++;
    reader->depth--;
    return true;
}

static bool take(struct reader *reader, const char *word) {
    skip_blanks(reader);
    if (!text_starts(text_slice(reader->text, reader->at, reader->text.length), text_of(word))) return false;
    reader->at += strlen(word);
    return true;
}

static bool read_chain(struct reader *reader) {
    bytes_add_byte(&reader->out->text, '(');
    if (!read_item(reader)) return false;
    for (;;) {
        const char *joint = take(reader, "AND ") ? " AND " : take(reader, "OR ") ? " OR " : NULL;
        if (!joint) break;
        bytes_add_string(&reader->out->text, joint);
        if (!read_item(reader)) return false;
    }
    bytes_add_byte(&reader->out->text, ')');
    return true;
}

bool search_compile(struct exchange *exchange, const struct entity *entity, struct text search, struct filter_sql *out) {
    struct reader reader = {.exchange = exchange, .entity = entity, .text = search, .out = out};
    if (!read_chain(&reader)) return false;
    skip_blanks(&reader);
    return reader.at == search.length || malformed(&reader);
}
