#include "csv_private.h"

#include "m365sh/types/format_text.h"

static struct csv_delimiter delimiter_of_unit(uint16_t unit) {
    struct csv_delimiter delimiter = {{0}, 0};
    struct bytes text = {0};
    bytes_add_code_point(&text, unit);
    delimiter.length = text.length;
    memcpy(delimiter.bytes, text.data, text.length);
    bytes_free(&text);
    return delimiter;
}

/* Cultures that write a comma inside numbers list with semicolons. */
static uint16_t culture_separator(struct invocation *call) {
    struct bytes sample = {0};
    uint16_t separator = ',';
    if (call->realm->culture && format_value(call->realm, &sample, value_double(1.5), TEXT_NONE, call->realm->culture) == STATUS_OK &&
        text_find_byte(bytes_text(&sample), ',', 0) != TEXT_NOT_FOUND)
        separator = ';';
    bytes_free(&sample);
    return separator;
}

struct csv_delimiter csv_delimiter_of(struct invocation *call, uint32_t delimiter, uint32_t use_culture) {
    struct value given = value_base(invocation_argument(call, delimiter));
    if (given.kind == VALUE_CHAR) return delimiter_of_unit((uint16_t)given.integer);
    if (given.kind == VALUE_STRING && string_units(given) == 1) return delimiter_of_unit(string_unit_at(given, 0));
    return delimiter_of_unit(invocation_switch(call, use_culture) ? culture_separator(call) : ',');
}

static void add_field(struct csv_record *record, size_t start, size_t length, bool unescaped) {
    ALLOC_GROW(record->fields, record->capacity, record->count + 1);
    record->fields[record->count++] = (struct csv_field){start, length, unescaped};
}

struct text csv_field_text(const struct csv_record *record, size_t index) {
    const struct csv_field *field = &record->fields[index];
    return text_make((field->unescaped ? record->scratch.data : record->source.start) + field->start, field->length);
}

void csv_record_free(struct csv_record *record) {
    alloc_free(record->fields);
    bytes_free(&record->scratch);
    *record = (struct csv_record){0};
}

static bool at_delimiter(struct text text, size_t at, const struct csv_delimiter *delimiter) {
    return text.start[at] == delimiter->bytes[0] &&
           (delimiter->length == 1 || (at + delimiter->length <= text.length && memcmp(text.start + at, delimiter->bytes, delimiter->length) == 0));
}

/* Where an unquoted stretch ends. */
static size_t plain_end(struct text text, size_t at, const struct csv_delimiter *delimiter) {
    while (at < text.length && text.start[at] != '\n' && text.start[at] != '\r' && !at_delimiter(text, at, delimiter)) at++;
    return at;
}

/* Of blanks at the end of an unquoted field PowerShell keeps the first. */
static size_t kept_length(struct text field) {
    size_t end = field.length;
    while (end && (field.start[end - 1] == ' ' || field.start[end - 1] == '\t')) end--;
    if (end == field.length) return end;
    size_t blank = 0;
    while (field.start[blank] != ' ' && field.start[blank] != '\t') blank++;
    return blank == end ? end + 1 : field.length;
}

/* A field that starts with a quote at `at`: its text goes to scratch. *closed false: the text ends inside it. */
static size_t quoted_field(struct text text, size_t at, const struct csv_delimiter *delimiter, struct csv_record *record, bool *closed) {
    size_t start = record->scratch.length;
    *closed = false;
    at++;
    for (;;) {
        const char *quote = at < text.length ? memchr(text.start + at, '"', text.length - at) : NULL;
        size_t end = quote ? (size_t)(quote - text.start) : text.length;
        bytes_add(&record->scratch, text.start + at, end - at);
        at = end;
        if (!quote) break;
        if (at + 1 < text.length && text.start[at + 1] == '"') {
            bytes_add_byte(&record->scratch, '"');
            at += 2;
            continue;
        }
        *closed = at + 1 < text.length;
        at++;
        size_t rest = plain_end(text, at, delimiter); /* what stands behind the closing quote belongs to the field, but blanks */
        if (!text_is_blank(text_slice(text, at, rest - at))) bytes_add(&record->scratch, text.start + at, rest - at);
        at = rest;
        break;
    }
    add_field(record, start, record->scratch.length - start, true);
    return at;
}

enum csv_result csv_parse(struct text text, bool final, const struct csv_delimiter *delimiter, struct csv_record *record, size_t *taken) {
    size_t at = 0;
    record->count = 0;
    record->source = text;
    bytes_clear(&record->scratch);
    *taken = 0;
    if (text.length == 0) return final ? CSV_END : CSV_MORE;
    for (;;) {
        while (at < text.length && (text.start[at] == ' ' || text.start[at] == '\t') && !at_delimiter(text, at, delimiter)) at++;
        if (at < text.length && text.start[at] == '"') {
            bool closed;
            at = quoted_field(text, at, delimiter, record, &closed);
            if (!closed && !final) return CSV_MORE;
        } else {
            size_t end = plain_end(text, at, delimiter);
            if (at == text.length && final && record->count) break; /* nothing behind the last delimiter: the field is missing */
            add_field(record, at, kept_length(text_slice(text, at, end - at)), false);
            at = end;
        }
        if (at >= text.length || !at_delimiter(text, at, delimiter)) break;
        at += delimiter->length;
    }
    if (at >= text.length && !final) return CSV_MORE;
    if (at < text.length && text.start[at] == '\r') {
        if (at + 1 == text.length && !final) return CSV_MORE;
        at += at + 1 < text.length && text.start[at + 1] == '\n' ? 2 : 1;
    } else if (at < text.length) {
        at++;
    }
    *taken = at;
    return CSV_RECORD;
}

/* --- objects ------------------------------------------------------------------------------------------------------- */
static enum status duplicate_name(struct invocation *call, struct text name) {
    return invocation_throw(call, "System.Management.Automation.ExtendedTypeSystemException", "AlreadyPresentPSMemberInfoInternalCollectionAdd",
                            ERROR_NOT_SPECIFIED, value_null(), "Two columns are named '%.*s'. Give other names with -Header.", TEXT_ARGUMENT(name));
}

static enum status make_shape(struct invocation *call, struct csv_reader *reader) {
    struct realm *realm = call->realm;
    reader->shape = shape_empty(realm->shapes);
    for (uint32_t i = 0; i < array_count(reader->names); i++) {
        struct text name = string_text(array_at(reader->names, i));
        if (shape_find(reader->shape, intern_name(realm->names, name)) >= 0) return duplicate_name(call, name);
        reader->shape = shape_with(realm->shapes, reader->shape, name, MEMBER_NOTE);
    }
    return STATUS_OK;
}

enum status csv_reader_start(struct invocation *call, struct csv_reader *reader, struct value headers) {
    headers = value_base(headers);
    if (headers.kind == VALUE_UNSET) return STATUS_OK;
    reader->names = array_new(call->realm, NULL, 1);
    for (uint32_t i = 0; value_is_array_like(headers) && i < array_count(headers); i++) array_push(reader->names, array_at(headers, i));
    if (!value_is_array_like(headers)) array_push(reader->names, headers);
    return make_shape(call, reader);
}

/* Empty names at the end are dropped, others are H1, H2 … with a warning. */
static enum status take_header(struct invocation *call, struct csv_reader *reader) {
    size_t count = reader->record.count;
    uint32_t unnamed = 0;
    while (count > 1 && csv_field_text(&reader->record, count - 1).length == 0) count--;
    reader->names = array_new(call->realm, NULL, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        struct text name = csv_field_text(&reader->record, i);
        if (i == 0 && text_starts_fold(name, TEXT("#Fields: "))) name = text_slice(name, 9, name.length);
        array_push_take(reader->names, name.length ? string_new(name) : string_format("H%u", ++unnamed));
    }
    enum status status = make_shape(call, reader);
    if (status == STATUS_OK && unnamed) status = invocation_warn(call, "%u columns have no name; they are called H1 and so on.", unnamed);
    return status;
}

/* Lines before the header: "#TYPE …" names the type, other comments are skipped. True: the record was one. */
static bool is_comment(struct csv_reader *reader) {
    struct text first = csv_field_text(&reader->record, 0);
    if (!first.length || first.start[0] != '#') return false;
    if (reader->seen_comment && text_starts_fold(first, TEXT("#Fields: "))) return false; /* a log in W3C's format */
    reader->seen_comment = true;
    if (text_starts(first, TEXT("#TYPE ")) && reader->record.count == 1)
        value_set_take(&reader->type_name, string_new(text_trim(text_slice(first, 6, first.length))));
    return true;
}

static void name_type(struct invocation *call, struct csv_reader *reader, struct value object) {
    struct value names = array_new(call->realm, type_array_of(call->realm, type_of_kind(call->realm, VALUE_STRING)), 2);
    array_push(names, reader->type_name);
    array_push_take(names, string_format("CSV:%s", string_chars(reader->type_name)));
    value_set_take(&object_block(object)->type_names, names);
}

static enum status emit_record(struct invocation *call, struct csv_reader *reader) {
    struct value object = object_with_shape(call->realm, NULL, reader->shape);
    struct value *slots = object_block(object)->slots;
    size_t count = reader->record.count < reader->shape->count ? reader->record.count : reader->shape->count;
    for (size_t i = 0; i < count; i++) value_set_take(&slots[i], string_new(csv_field_text(&reader->record, i)));
    if (reader->type_name.kind != VALUE_UNSET) name_type(call, reader, object);
    return invocation_emit_take(call, object);
}

enum status csv_reader_run(struct invocation *call, struct csv_reader *reader, struct text_reader *text) {
    bool final = false;
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        size_t taken;
        enum csv_result result = csv_parse(text_reader_rest(text), final, &reader->delimiter, &reader->record, &taken);
        if (result == CSV_END) break;
        if (result == CSV_MORE) {
            final = !text_reader_fill(text);
            continue;
        }
        bool blank = reader->record.count == 1 && csv_field_text(&reader->record, 0).length == 0;
        if (!blank && reader->names.kind != VALUE_UNSET) status = emit_record(call, reader);
        else if (!blank && !is_comment(reader)) status = take_header(call, reader);
        text_reader_take(text, taken);
    }
    return status;
}

void csv_reader_reset(struct csv_reader *reader) {
    value_set_take(&reader->names, VALUE_UNSET_INIT);
    value_set_take(&reader->type_name, VALUE_UNSET_INIT);
    reader->shape = NULL;
    reader->seen_comment = false;
}

void csv_reader_clean(struct csv_reader *reader) {
    csv_reader_reset(reader);
    csv_record_free(&reader->record);
}
