#include "csv_private.h"

#include <stdio.h>

static bool is_quote_field(const struct csv_writer *writer, struct text name) {
    struct value fields = value_base(writer->quote_fields);
    if (fields.kind == VALUE_STRING) return text_equal_fold(string_text(fields), name);
    for (uint32_t i = 0; value_is_array_like(fields) && i < array_count(fields); i++) {
        struct value field = value_base(array_at(fields, i));
        if (field.kind == VALUE_STRING && text_equal_fold(string_text(field), name)) return true;
    }
    return false;
}

void csv_writer_set_columns(struct invocation *call, struct csv_writer *writer, struct value names) {
    uint32_t count = array_count(names);
    writer->kept = value_keep(names);
    writer->count = count;
    writer->names = ALLOC_ARRAY(name_id, count + 1u);
    writer->labels = ALLOC_ARRAY(struct text, count + 1u);
    writer->quoted = ALLOC_ARRAY(bool, count + 1u);
    writer->slots = ALLOC_ARRAY(int32_t, count + 1u);
    for (uint32_t i = 0; i < count; i++) {
        writer->labels[i] = string_text(array_at(names, i));
        writer->names[i] = intern_name(call->realm->names, writer->labels[i]);
        writer->quoted[i] = is_quote_field(writer, writer->labels[i]);
    }
    writer->started = true;
}

static enum status take_name(void *context, struct text name, struct value item) {
    (void)item;
    array_push_take(*(struct value *)context, string_new(name));
    return STATUS_OK;
}

enum status csv_writer_columns(struct invocation *call, struct csv_writer *writer, struct value first, bool *any) {
    struct value names = array_new(call->realm, NULL, 8);
    enum status status = member_walk_values(call->realm, first, true, take_name, &names);
    *any = status == STATUS_OK && array_count(names) > 0;
    if (status == STATUS_OK) csv_writer_set_columns(call, writer, names);
    value_release(names);
    return status;
}

static bool needs_quotes(const struct csv_writer *writer, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.start[i];
        if (byte == '"' || byte == '\n' || byte == '\r') return true;
        if (byte == writer->delimiter.bytes[0] &&
            (writer->delimiter.length == 1 || text_starts(text_slice(text, i, text.length), text_make(writer->delimiter.bytes, writer->delimiter.length))))
            return true;
    }
    return false;
}

static void add_cell(const struct csv_writer *writer, uint32_t column, struct text text, struct bytes *out) {
    bool quote = writer->quote_fields.kind != VALUE_UNSET ? writer->quoted[column]
                 : writer->quotes == CSV_QUOTES_ALWAYS || (writer->quotes == CSV_QUOTES_AS_NEEDED && needs_quotes(writer, text));
    if (!quote) {
        bytes_add_text(out, text);
        return;
    }
    bytes_add_byte(out, '"');
    for (;;) {
        size_t inner = text_find_byte(text, '"', 0);
        if (inner == TEXT_NOT_FOUND) break;
        bytes_add(out, text.start, inner + 1);
        bytes_add_byte(out, '"');
        text = text_slice(text, inner + 1, text.length);
    }
    bytes_add_text(out, text);
    bytes_add_byte(out, '"');
}

void csv_writer_add_header(const struct csv_writer *writer, struct bytes *out) {
    for (uint32_t i = 0; i < writer->count; i++) {
        if (i) bytes_add(out, writer->delimiter.bytes, writer->delimiter.length);
        add_cell(writer, i, writer->labels[i], out);
    }
}

/* Objects of plain slots are read by place; the places are looked up once for each shape. */
static bool use_slots(struct csv_writer *writer, struct value item) {
    if (item.kind != VALUE_OBJECT) return false;
    const struct shape *shape = object_block(item)->shape;
    if (writer->shape == shape) return true;
    writer->shape = NULL;
    for (uint32_t i = 0; i < writer->count; i++) {
        writer->slots[i] = shape_find(shape, writer->names[i]);
        if (writer->slots[i] < 0 || shape->entries[writer->slots[i]].kind != MEMBER_NOTE) return false;
    }
    writer->shape = shape;
    return true;
}

static enum status add_value(struct invocation *call, const struct csv_writer *writer, uint32_t column, struct value v, struct bytes *out) {
    if (value_is_nothing(v)) return STATUS_OK;
    if (v.kind == VALUE_STRING) {
        add_cell(writer, column, string_text(v), out);
        return STATUS_OK;
    }
    if (v.kind == VALUE_INT32 || v.kind == VALUE_INT64) { /* what most columns hold, without a detour through text values */
        char digits[24];
        int length = snprintf(digits, sizeof digits, "%lld", (long long)v.integer);
        add_cell(writer, column, text_make(digits, (size_t)length), out);
        return STATUS_OK;
    }
    if (v.kind == VALUE_BOOL) {
        add_cell(writer, column, v.boolean ? TEXT("True") : TEXT("False"), out);
        return STATUS_OK;
    }
    struct value text = value_null();
    enum status status = STATUS_OK;
    bool custom = v.kind == VALUE_OBJECT && !object_block(v)->container.type;
    if (custom) text = convert_text(call->realm, v);
    else status = convert_dot_text(call->realm, v, &text);
    if (status == STATUS_OK && text.kind == VALUE_STRING) add_cell(writer, column, string_text(text), out);
    value_release(text);
    return status;
}

enum status csv_writer_add_row(struct invocation *call, struct csv_writer *writer, struct value item, struct bytes *out) {
    bool slots = use_slots(writer, item);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < writer->count; i++) {
        if (i) bytes_add(out, writer->delimiter.bytes, writer->delimiter.length);
        if (slots) {
            status = add_value(call, writer, i, object_block(item)->slots[writer->slots[i]], out);
            continue;
        }
        bool found = false;
        struct value v = value_null();
        struct value *key = value_is_table(value_base(item)) ? table_find_text(value_base(item), writer->labels[i]) : NULL;
        if (key) v = value_keep(*key);
        else status = member_get(call->realm, item, writer->names[i], &found, &v);
        if (status == STATUS_ERROR) { /* a property whose script fails is an empty field */
            value_release(realm_take_raised(call->realm));
            status = STATUS_OK;
            v = value_null();
        } else if (status == STATUS_OK && (found || key)) status = add_value(call, writer, i, v, out);
        value_release(v);
    }
    return status;
}

static bool take_type(void *context, struct text name) {
    bytes_add_format(context, "#TYPE %.*s", TEXT_ARGUMENT(name));
    return false;
}

void csv_writer_add_type(struct invocation *call, struct value item, struct bytes *out) {
    type_names_walk(call->realm, item, take_type, out);
}

void csv_writer_clean(struct csv_writer *writer) {
    alloc_free(writer->names);
    alloc_free(writer->labels);
    alloc_free(writer->quoted);
    alloc_free(writer->slots);
    value_release(writer->kept);
}
