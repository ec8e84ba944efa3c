/* A reader of its own (docs/decisions/json-reader.md): values are built as they are met, without a tree between. */
#include "json_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

void json_reader_start(struct json_reader *reader, struct realm *realm, struct text text,
                       const struct json_read_options *options) {
    *reader = (struct json_reader){.realm = realm, .start = text.start, .at = text.start, .end = text.start + text.length};
    if (options) reader->options = *options;
    uint32_t depth = reader->options.depth;
    reader->depth_limit = depth && depth < LIMIT_JSON_DEPTH ? depth : LIMIT_JSON_DEPTH;
    if (reader->options.as_table && realm->lookup && realm->lookup->find)
        reader->table_type = realm->lookup->find(realm, "System.Management.Automation.OrderedHashtable");
    if (text_starts(text, TEXT("\xef\xbb\xbf"))) reader->at += 3;
}

void json_reader_end(struct json_reader *reader) {
    for (size_t i = 0; i < reader->count; i++) value_release(reader->stack[i]);
    for (size_t i = 0; i < sizeof reader->shared / sizeof *reader->shared; i++) value_release(reader->shared[i]);
    alloc_free(reader->stack);
    bytes_free(&reader->scratch);
}

enum status json_reader_fail(struct json_reader *reader, const char *sentence) {
    uint32_t line = 1;
    const char *line_start = reader->start;
    for (const char *at = reader->start; at < reader->at && at < reader->end; at++)
        if (*at == '\n') {
            line++;
            line_start = at + 1;
        }
    size_t column = utf8_units(text_make(line_start, (size_t)(reader->at - line_start))) + 1;
    return realm_raise(reader->realm, "System.ArgumentException", "System.ArgumentException", ERROR_NOT_SPECIFIED,
                       "The JSON text is not valid at line %u, column %zu: %s.", line, column, sentence);
}

enum status json_reader_enter(struct json_reader *reader) {
    if (++reader->depth > reader->depth_limit || realm_stack_low(reader->realm))
        return json_reader_fail(reader, "it is nested deeper than the depth allowed");
    return STATUS_OK;
}

static enum status skip_comment(struct json_reader *reader) {
    struct text rest = text_make(reader->at, (size_t)(reader->end - reader->at));
    bool line = text_starts(rest, TEXT("//"));
    if (!line && !text_starts(rest, TEXT("/*"))) return json_reader_fail(reader, "a value was expected");
    size_t end = line ? text_find_byte(rest, '\n', 2) : text_find(rest, TEXT("*/"), 2);
    if (end == TEXT_NOT_FOUND && !line) return json_reader_fail(reader, "a comment is not closed");
    reader->at = end == TEXT_NOT_FOUND ? reader->end : reader->at + end + (line ? 1 : 2);
    return STATUS_OK;
}

enum status json_reader_blanks(struct json_reader *reader) {
    for (;;) {
        while (reader->at < reader->end &&
               (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
            reader->at++;
        if (reader->at == reader->end || *reader->at != '/') return STATUS_OK;
        enum status status = skip_comment(reader);
        if (status != STATUS_OK) return status;
    }
}

static bool is_word(char c) {
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

enum status json_reader_name(struct json_reader *reader, struct text *name) {
    enum status status = STATUS_OK;
    if (reader->at < reader->end && (*reader->at == '"' || *reader->at == '\'')) {
        status = json_reader_text(reader, name);
    } else {
        const char *start = reader->at;
        while (reader->at < reader->end && is_word(*reader->at)) reader->at++;
        *name = text_make(start, (size_t)(reader->at - start));
        if (!name->length) status = json_reader_fail(reader, "the name of a property was expected");
    }
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    if (status != STATUS_OK) return status;
    if (reader->at == reader->end || *reader->at != ':') return json_reader_fail(reader, "a colon was expected");
    reader->at++;
    return STATUS_OK;
}

/* A comma before the end is allowed, as PowerShell's reader allows it. */
enum status json_reader_separator(struct json_reader *reader, char close, bool *more) {
    enum status status = json_reader_blanks(reader);
    if (status != STATUS_OK) return status;
    *more = reader->at < reader->end && *reader->at == ',';
    if (*more) {
        reader->at++;
        status = json_reader_blanks(reader);
        if (status != STATUS_OK) return status;
        if (reader->at < reader->end && *reader->at == close) *more = false;
    }
    if (*more) return STATUS_OK;
    if (reader->at < reader->end && *reader->at == close) {
        reader->at++;
        return STATUS_OK;
    }
    bool outermost = close == ']' && reader->depth == 1 && reader->at == reader->end;
    if (outermost) return STATUS_OK; /* PowerShell's reader misses no ] there */
    return json_reader_fail(reader, close == ']' ? "a comma or ] was expected" : "a comma or } was expected");
}

static void push_take(struct json_reader *reader, struct value v) {
    ALLOC_GROW(reader->stack, reader->capacity, reader->count + 1);
    reader->stack[reader->count++] = v;
}

static bool at_close(const struct json_reader *reader, char close) { return reader->at < reader->end && *reader->at == close; }

static enum status read_array(struct json_reader *reader, struct value *out) {
    size_t base = reader->count;
    reader->at++;
    enum status status = json_reader_enter(reader);
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    bool more = status == STATUS_OK && !at_close(reader, ']');
    if (status == STATUS_OK && !more) reader->at++;
    while (status == STATUS_OK && more) {
        struct value item;
        status = json_reader_value(reader, &item);
        if (status != STATUS_OK) break;
        push_take(reader, item);
        status = json_reader_separator(reader, ']', &more);
    }
    if (status != STATUS_OK) return status;
    reader->depth--;
    uint32_t count = (uint32_t)(reader->count - base);
    *out = array_of_take(reader->realm, count ? reader->stack + base : NULL, count);
    reader->count = base;
    return STATUS_OK;
}

/* --- objects: as long as the names are those of the last object at this depth, nothing is looked up --- */
struct building {
    size_t base;                  /* of the members' values on the stack */
    const struct shape *expected;
    const struct shape *shape;    /* NULL while all names were as expected */
    uint32_t count;
};

static const struct shape *prefix_of(struct realm *realm, const struct shape *shape, uint32_t count) {
    const struct shape *prefix = shape_empty(realm->shapes);
    for (uint32_t i = 0; i < count; i++)
        prefix = shape_with(realm->shapes, prefix, text_of(shape->entries[i].spelling), MEMBER_NOTE);
    return prefix;
}

static bool is_expected(const struct building *building, struct text name) {
    if (building->shape || building->count >= building->expected->count) return false;
    const char *spelling = building->expected->entries[building->count].spelling;
    return text_equal(text_of(spelling), name);
}

static enum status raise_key(struct json_reader *reader, const char *id, const char *sentence, struct text name) {
    return realm_raise(reader->realm, "System.InvalidOperationException", id, ERROR_INVALID_OPERATION, sentence,
                       TEXT_ARGUMENT(name));
}

/* The slot for the name: a new one, or the one that a repeated name fills again. */
static enum status choose_slot(struct json_reader *reader, struct building *building, struct text name, uint32_t *slot) {
    *slot = building->count;
    if (is_expected(building, name)) {
        building->count++;
        return STATUS_OK;
    }
    struct realm *realm = reader->realm;
    if (!name.length)
        return raise_key(reader, "EmptyKeyInJsonString",
                         "An object of the JSON text has a property without a name%.*s; -AsHashtable can hold it.", name);
    if (!building->shape) building->shape = prefix_of(realm, building->expected, building->count);
    int32_t known = shape_find(building->shape, intern_name(realm->names, name));
    if (known >= 0) {
        *slot = (uint32_t)known;
        if (text_equal(text_of(building->shape->entries[known].spelling), name)) return STATUS_OK;
        return raise_key(reader, "KeysWithDifferentCasingInJsonString",
                         "The JSON text has '%.*s' twice in one object, in different case; -AsHashtable can hold both.", name);
    }
    building->shape = shape_with(realm->shapes, building->shape, name, MEMBER_NOTE);
    building->count++;
    return STATUS_OK;
}

static enum status read_member(struct json_reader *reader, struct building *building) {
    struct text name;
    uint32_t slot;
    struct value item;
    enum status status = json_reader_name(reader, &name);
    if (status == STATUS_OK) status = choose_slot(reader, building, name, &slot);
    if (status == STATUS_OK) status = json_reader_value(reader, &item);
    if (status != STATUS_OK) return status;
    if (building->base + slot < reader->count) value_set_take(&reader->stack[building->base + slot], item);
    else push_take(reader, item);
    return STATUS_OK;
}

static struct value finish_object(struct json_reader *reader, const struct building *building) {
    const struct shape *shape = building->shape;
    if (!shape) shape = building->count == building->expected->count ? building->expected
                                                                     : prefix_of(reader->realm, building->expected, building->count);
    reader->expected[reader->depth] = shape;
    struct value object = object_with_shape(reader->realm, NULL, shape);
    if (shape->count) memcpy(object_block(object)->slots, reader->stack + building->base, shape->count * sizeof(struct value));
    reader->count = building->base;
    return object;
}

static enum status read_object(struct json_reader *reader, struct value *out) {
    const struct shape *expected = reader->expected[reader->depth];
    struct building building = {.base = reader->count, .expected = expected ? expected : shape_empty(reader->realm->shapes)};
    bool more = !at_close(reader, '}');
    if (!more) reader->at++;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && more) {
        status = read_member(reader, &building);
        if (status == STATUS_OK) status = json_reader_separator(reader, '}', &more);
    }
    if (status == STATUS_OK) *out = finish_object(reader, &building);
    return status;
}

static enum status read_table(struct json_reader *reader, struct value *out) {
    struct value table = table_new(reader->realm, TABLE_ORDERED, false, reader->table_type);
    bool more = !at_close(reader, '}');
    if (!more) reader->at++;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && more) {
        struct text name;
        struct value item;
        status = json_reader_name(reader, &name);
        if (status != STATUS_OK) break;
        struct value key = string_new(name);
        status = json_reader_value(reader, &item);
        if (status == STATUS_OK) {
            table_put(table, key, item);
            value_release(item);
            status = json_reader_separator(reader, '}', &more);
        }
        value_release(key);
    }
    if (status == STATUS_OK) *out = table;
    else value_release(table);
    return status;
}

static enum status read_braces(struct json_reader *reader, struct value *out) {
    reader->at++;
    enum status status = json_reader_enter(reader);
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    if (status == STATUS_OK) status = reader->options.as_table ? read_table(reader, out) : read_object(reader, out);
    reader->depth--;
    return status;
}

/* The same short text is one string: "Enabled", "Member", a product's id stand a thousand times in an answer. */
static struct value shared_string(struct json_reader *reader, struct text text) {
    if (text.length == 0 || text.length > 40) return string_new(text);
    uint64_t head = 0, tail = 0;
    memcpy(&head, text.start, text.length < 8 ? text.length : 8);
    if (text.length > 8) memcpy(&tail, text.start + text.length - 8, 8);
    uint64_t hash = (head ^ tail * 31 ^ text.length) * 0x9e3779b97f4a7c15ull;
    struct value *place = &reader->shared[hash >> (64 - JSON_SHARED_BITS)];
    if (place->kind != VALUE_STRING || !text_equal(string_text(*place), text)) value_set_take(place, string_new(text));
    return value_keep(*place);
}

static enum status read_string(struct json_reader *reader, struct value *out) {
    struct text text;
    enum status status = json_reader_text(reader, &text);
    if (status != STATUS_OK) return status;
    if (!reader->options.keep_dates_text && json_reader_date(reader, text, out)) return STATUS_OK;
    *out = shared_string(reader, text);
    return STATUS_OK;
}

static enum status read_word(struct json_reader *reader, struct value *out) {
    static const struct { const char *word; enum value_kind kind; bool truth; } words[] = {
        {"null", VALUE_NULL, false}, {"true", VALUE_BOOL, true}, {"false", VALUE_BOOL, false}, {"undefined", VALUE_NULL, false}};
    const char *stop = reader->at;
    while (stop < reader->end && is_word(*stop)) stop++;
    struct text word = text_make(reader->at, (size_t)(stop - reader->at));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!text_equal(word, text_of(words[i].word))) continue;
        reader->at = stop;
        *out = words[i].kind == VALUE_BOOL ? value_bool(words[i].truth) : value_null();
        return STATUS_OK;
    }
    return json_reader_number(reader, out);
}

enum status json_reader_value(struct json_reader *reader, struct value *out) {
    enum status status = json_reader_blanks(reader);
    if (status != STATUS_OK) return status;
    if (reader->at == reader->end) return json_reader_fail(reader, "the text ends where a value was expected");
    switch (*reader->at) {
    case '{': return read_braces(reader, out);
    case '[': return read_array(reader, out);
    case '"':
    case '\'': return read_string(reader, out);
    case '-': case '.':
    case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return json_reader_number(reader, out);
    default: return read_word(reader, out);
    }
}

enum status json_reader_done(struct json_reader *reader) {
    enum status status = json_reader_blanks(reader);
    if (status == STATUS_OK && reader->at < reader->end) status = json_reader_fail(reader, "more text follows the value");
    return status;
}

enum status json_read(struct realm *realm, struct text text, const struct json_read_options *options, struct value *out) {
    struct json_reader *reader = ALLOC_NEW(struct json_reader);
    json_reader_start(reader, realm, text, options);
    *out = value_null();
    enum status status = json_reader_blanks(reader);
    bool empty = status == STATUS_OK && reader->at == reader->end; /* nothing at all is null */
    if (status == STATUS_OK && !empty) status = json_reader_value(reader, out);
    if (status == STATUS_OK) status = json_reader_done(reader);
    if (status != STATUS_OK) value_set_take(out, value_null());
    json_reader_end(reader);
    alloc_free(reader);
    return status;
}
