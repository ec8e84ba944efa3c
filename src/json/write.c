/* Layout of ConvertTo-Json in PowerShell 7.6: two blanks a level, [] and {} for nothing, what lies deeper than asked as text. */
#include "m365sh/base/utf8.h"
#include "m365sh/json/json.h"
#include "m365sh/limits.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"
#include "write_scalar_private.h"

struct writer {
    struct realm *realm;
    const struct json_write_options *options;
    const struct json_properties *properties;
    struct bytes *out;
    uint32_t depth, depth_limit;
    const struct type *uri; /* System.Uri, whose form is its text; looked up once */
};
/* One { } or [ ] that is open. */
struct frame { struct writer *writer; bool any; };

static enum status write_value(struct writer *w, struct value v);

static void new_line(struct writer *w) {
    if (w->options->compress) return;
    bytes_add_byte(w->out, '\n');
    bytes_add_repeat(w->out, ' ', (size_t)w->depth * 2);
}

static void open(struct writer *w, char bracket) {
    bytes_add_byte(w->out, bracket);
    w->depth++;
}

static void next_member(struct frame *frame) {
    if (frame->any) bytes_add_byte(frame->writer->out, ',');
    frame->any = true;
    new_line(frame->writer);
}

static void close(struct frame *frame, char bracket) {
    frame->writer->depth--;
    if (frame->any) new_line(frame->writer);
    bytes_add_byte(frame->writer->out, bracket);
}

static void add_text(struct writer *w, struct text text) {
    write_scalar_text(w->out, text, w->options->escape_html, w->options->escape_non_ascii);
}

/* Text of a value that is too deep or that JSON has no form for. */
static enum status write_as_text(struct writer *w, struct value v) {
    if (!w->properties || !w->properties->text) {
        add_text(w, TEXT_NONE);
        return STATUS_OK;
    }
    struct value text = w->properties->text(w->properties->context, w->realm, v);
    add_text(w, text.kind == VALUE_STRING ? string_text(text) : TEXT_NONE);
    value_release(text);
    return STATUS_OK;
}

static enum status write_member(void *context, struct text name, struct value item) {
    struct frame *frame = context;
    next_member(frame);
    add_text(frame->writer, name);
    bytes_add_string(frame->writer->out, frame->writer->options->compress ? ":" : ": ");
    return write_value(frame->writer, item);
}

static enum status write_array(struct writer *w, struct value v) {
    struct frame frame = {w, false};
    open(w, '[');
    for (uint32_t i = 0; i < array_count(v); i++) {
        next_member(&frame);
        enum status status = write_value(w, array_at(v, i));
        if (status != STATUS_OK) return status;
    }
    close(&frame, ']');
    return STATUS_OK;
}

static enum status write_entries(struct frame *frame, struct value table) {
    struct writer *w = frame->writer;
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(table, &position));) {
        if (entry->key.kind != VALUE_STRING)
            return realm_raise(w->realm, "System.InvalidOperationException", "NonStringKeyInDictionary",
                               ERROR_INVALID_OPERATION, "A table whose keys are not all text has no form in JSON.");
        enum status status = write_member(frame, string_text(entry->key), entry->value);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status write_table(struct writer *w, struct value v) {
    struct frame frame = {w, false};
    open(w, '{');
    enum status status = write_entries(&frame, v);
    if (status == STATUS_OK) close(&frame, '}');
    return status;
}

/* Members that are values in their slots, without asking anyone. */
static bool is_plain_object(const struct object *object) {
    for (uint32_t i = 0; i < object->shape->count; i++)
        if (object->shape->entries[i].kind != MEMBER_NOTE) return false;
    return true;
}

static enum status write_slots(struct frame *frame, struct value v) {
    const struct object *object = object_block(v);
    for (uint32_t i = 0; i < object->shape->count; i++) {
        const struct shape_entry *entry = &object->shape->entries[i];
        if (entry->kind != MEMBER_NOTE && entry->kind != MEMBER_PROPERTY) continue;
        enum status status = write_member(frame, text_of(entry->spelling), object->slots[i]);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status write_object(struct writer *w, struct value v) {
    bool can_walk = w->properties && w->properties->walk && !w->options->as_wire;
    bool slots = v.kind == VALUE_OBJECT && (!can_walk || is_plain_object(object_block(v)));
    if (!slots && !(w->properties && w->properties->walk)) return write_as_text(w, v);
    struct frame frame = {w, false};
    open(w, '{');
    enum status status = slots ? write_slots(&frame, v)
                               : w->properties->walk(w->properties->context, w->realm, v, write_member, &frame);
    if (status == STATUS_OK) close(&frame, '}');
    return status;
}

/* Members added to a number or a list: {"value": …, "name": …}. A table gets them behind its keys. */
static enum status write_extended(struct writer *w, struct value v) {
    struct value base = value_base(v), members = extended_members(v);
    if (base.kind == VALUE_STRING || base.kind == VALUE_DATETIME || w->options->as_wire || !object_block(members)->shape->count)
        return write_value(w, base);
    struct frame frame = {w, false};
    open(w, '{');
    enum status status = value_is_table(base) ? write_entries(&frame, base) : write_member(&frame, TEXT("value"), base);
    if (status == STATUS_OK) status = write_slots(&frame, members);
    if (status == STATUS_OK) close(&frame, '}');
    return status;
}

static enum status write_enum(struct writer *w, struct value v) {
    if (w->options->enums_as_text || w->options->as_wire) return write_as_text(w, v);
    bytes_add_format(w->out, "%lld", (long long)v.integer);
    return STATUS_OK;
}

static enum status write_char(struct writer *w, struct value v) {
    char bytes[4];
    add_text(w, text_make(bytes, utf8_encode((uint32_t)v.integer, bytes)));
    return STATUS_OK;
}

static bool is_uri(struct writer *w, struct value v) {
    const struct type *type = v.kind == VALUE_OBJECT ? object_block(v)->container.type : NULL;
    if (!type || !w->realm->lookup || !w->realm->lookup->find) return false;
    if (!w->uri) w->uri = w->realm->lookup->find(w->realm, "System.Uri");
    return type == w->uri;
}

static enum status write_switch(struct writer *w, struct value v) {
    struct frame frame = {w, false};
    open(w, '{');
    enum status status = write_member(&frame, TEXT("IsPresent"), value_bool(v.boolean));
    close(&frame, '}');
    return status;
}

static enum status write_deep(struct writer *w, struct value v) {
    if (w->options->as_wire || w->depth > LIMIT_JSON_DEPTH || realm_stack_low(w->realm))
        return realm_raise(w->realm, "System.InvalidOperationException", "JsonTooDeep", ERROR_LIMITS_EXCEEDED,
                           "The value is nested too deeply for JSON; does it contain itself?");
    if (w->options->truncated) *w->options->truncated = true;
    return write_as_text(w, v);
}

static enum status write_value(struct writer *w, struct value v) {
    if (v.kind == VALUE_STRING) {
        add_text(w, string_text(v));
        return STATUS_OK;
    }
    if (value_is_switch(v) && !w->options->as_wire) return write_switch(w, v);
    if (write_scalar_add(w->out, v, w->options->as_wire)) return STATUS_OK;
    if (v.kind == VALUE_ENUM) return write_enum(w, v);
    if (v.kind == VALUE_CHAR) return write_char(w, v);
    if (is_uri(w, v)) return write_as_text(w, v);
    if (w->options->as_wire && !value_is_container(v) && v.kind != VALUE_EXTENDED) return write_as_text(w, v);
    if (w->depth > w->depth_limit || realm_stack_low(w->realm)) return write_deep(w, v);
    if (v.kind == VALUE_EXTENDED) return write_extended(w, v);
    if (value_is_array_like(v)) return write_array(w, v);
    if (value_is_table(v)) return write_table(w, v);
    return write_object(w, v);
}

enum status json_write(struct realm *realm, struct value v, const struct json_write_options *options,
                       const struct json_properties *properties, struct bytes *out) {
    struct writer writer = {.realm = realm, .options = options, .properties = properties, .out = out};
    writer.depth_limit = options->as_wire || options->depth > LIMIT_JSON_DEPTH ? LIMIT_JSON_DEPTH : options->depth;
    if (options->truncated) *options->truncated = false;
    return write_value(&writer, v);
}
