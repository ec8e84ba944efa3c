/* Texts of values: what "$v" and [string] give, and what .ToString() gives. */
#include <string.h>
#include "convert_private.h"
#include "m365sh/base/guid.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/error_record.h"
#include "member_table_private.h"

static void add_version(struct bytes *out, struct value v) {
    const int32_t *parts = value_version_of(v);
    for (int i = 0; i < 4 && parts[i] >= 0; i++) bytes_add_format(out, i ? ".%d" : "%d", (int)parts[i]);
}

/* Kinds whose text is the same in every culture. False: another kind. */
static bool add_plain(struct realm *realm, struct bytes *out, struct value v) {
    switch (v.kind) {
    case VALUE_UNSET: case VALUE_NULL: case VALUE_VOID: return true;
    case VALUE_BOOL: bytes_add_string(out, v.boolean ? "True" : "False"); return true;
    case VALUE_CHAR: bytes_add_code_point(out, (uint32_t)v.integer); return true;
    case VALUE_UINT64: decimal_add_uint64(out, v.uinteger); return true;
    case VALUE_DECIMAL: decimal_add(out, number_decimal_of(v)); return true;
    case VALUE_BIGINT: bigint_add_text(out, v); return true;
    case VALUE_STRING: bytes_add_text(out, string_text(v)); return true;
    case VALUE_GUID: guid_add(out, value_guid_of(v), 'D'); return true;
    case VALUE_VERSION: add_version(out, v); return true;
    case VALUE_ENUM: type_enum_add_text(type_of(realm, v), v.integer, out); return true;
    case VALUE_SCRIPT_BLOCK:
        if (realm->callables) {
            struct value text = realm->callables->text(realm->callables->context, realm, v);
            if (text.kind == VALUE_STRING) bytes_add_text(out, string_text(text));
            value_release(text);
        }
        return true;
    default:
        if (!value_is_integer(v)) return false;
        decimal_add_int64(out, v.integer);
        return true;
    }
}

static void add_of_culture(struct realm *realm, struct bytes *out, struct value v, const struct culture *culture) {
    if (format_value(realm, out, v, TEXT_NONE, culture) != STATUS_OK) value_release(realm_take_raised(realm));
}

static void drop_raised(struct realm *realm, enum status status) {
    if (status == STATUS_ERROR) value_release(realm_take_raised(realm));
}

/* ToString as a script method, a class's method or a row says. STATUS_OK with *found. */
static enum status call_to_string(struct realm *realm, struct value v, bool *found, struct value *out) {
    name_id name = intern_name(realm->names, TEXT("ToString"));
    const struct type *type = type_of(realm, v);
    struct value holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    *found = false;
    if (holder.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(holder)->shape, name);
        if (slot >= 0 && object_block(holder)->shape->entries[slot].kind == MEMBER_SCRIPT_METHOD) {
            *found = true;
            return member_call(realm, v, name, NULL, 0, out);
        }
    }
    if (type && realm->types->class_hooks)
        for (const struct type *at = type; at; at = at->base)
            if (at->class_of_script) {
                enum status status = realm->types->class_hooks->call(realm, at, value_base(v), name, NULL, 0, found, out);
                if (status != STATUS_OK || *found) return status;
                break;
            }
    const struct member_entry *entry = type ? member_find(realm, type, name, false) : NULL;
    if (!entry || !entry->method || !strcmp(entry->method->type, "System.Object")) return STATUS_OK;
    *found = true;
    return entry->method->function(realm, type, value_base(v), NULL, 0, out);
}

static bool is_custom_object(struct realm *realm, struct value v) {
    return v.kind == VALUE_OBJECT && (!object_block(v)->container.type ||
                                      object_block(v)->container.type == type_of_kind(realm, VALUE_OBJECT));
}

struct property_text { struct realm *realm; struct bytes *out; bool any; };

static void add_text(struct realm *realm, struct bytes *out, struct value v, bool inside);
static void add_object(struct realm *realm, struct bytes *out, struct value v, bool properties);

static enum status add_property(void *context, struct text name, struct value item) {
    struct property_text *text = context;
    bytes_add_string(text->out, text->any ? "; " : "@{");
    text->any = true;
    bytes_add_text(text->out, name);
    bytes_add_byte(text->out, '=');
    if (!is_custom_object(text->realm, value_base(item))) add_text(text->realm, text->out, item, true);
    else add_object(text->realm, text->out, item, false);
    return STATUS_OK;
}

/* What has a name of its own or members: @{a=1; b=2} for custom objects, ToString() or the type's name for the rest. */
static void add_object(struct realm *realm, struct bytes *out, struct value v, bool properties) {
    bool found;
    struct value text = value_null();
    enum status status = call_to_string(realm, v, &found, &text);
    if (status != STATUS_OK) drop_raised(realm, status);
    else if (found) {
        if (text.kind == VALUE_STRING) bytes_add_text(out, string_text(text));
        else add_text(realm, out, text, true);
        value_release(text);
    } else if (is_custom_object(realm, v)) {
        struct property_text state = {realm, out, false};
        if (!properties) return;
        drop_raised(realm, member_walk_values(realm, v, false, add_property, &state));
        if (state.any) bytes_add_byte(out, '}');
    } else {
        const struct type *type = type_of(realm, v);
        bytes_add_string(out, type ? type->full_name : "");
    }
}

static void add_joined(struct realm *realm, struct bytes *out, struct value v) {
    struct enumeration it;
    struct value item;
    bool more, any = false;
    enumeration_start(realm, &it, v);
    while (enumeration_next(realm, &it, &more, &item) == STATUS_OK && more) {
        if (any && realm->output_separator.kind == VALUE_STRING) bytes_add_text(out, string_text(realm->output_separator));
        else if (any) bytes_add_byte(out, ' ');
        any = true;
        add_text(realm, out, item, true);
    }
    enumeration_end(&it);
}

/* `inside` an array or a custom object collections and custom objects are not opened again. */
static void add_text(struct realm *realm, struct bytes *out, struct value v, bool inside) {
    if (add_plain(realm, out, v) || realm_stack_low(realm)) return;
    switch (v.kind) {
    /* At most 7 and 15 digits here, where ToString() has as many as are needed to read the number back. */
    case VALUE_SINGLE: decimal_add_general(out, v.real, 7); return;
    case VALUE_DOUBLE: decimal_add_general(out, v.real, 15); return;
    case VALUE_DATETIME: case VALUE_TIMESPAN: case VALUE_DATETIMEOFFSET:
        add_of_culture(realm, out, v, culture_invariant());
        return;
    case VALUE_TYPE: bytes_add_text(out, type_display_name(v.type)); return;
    case VALUE_EXTENDED:
        if (value_is_container(value_base(v))) { add_object(realm, out, v, !inside); return; }
        add_text(realm, out, value_base(v), inside);
        return;
    default: break;
    }
    if (!inside && convert_is_enumerable(realm, v)) add_joined(realm, out, v);
    else add_object(realm, out, v, true);
}

void convert_add_text(struct realm *realm, struct bytes *out, struct value v) {
    if (v.kind == VALUE_EXTENDED && convert_is_enumerable(realm, v)) v = value_base(v);
    add_text(realm, out, v, false);
}

struct value convert_text(struct realm *realm, struct value v) {
    if (v.kind == VALUE_STRING) return value_keep(v);
    struct bytes text = {0};
    convert_add_text(realm, &text, v);
    struct value string = string_new(bytes_text(&text));
    bytes_free(&text);
    return string;
}

enum status convert_dot_text(struct realm *realm, struct value v, struct value *out) {
    struct bytes text = {0};
    bool found = false;
    enum status status = STATUS_OK;
    if (v.kind == VALUE_STRING) { *out = value_keep(v); return STATUS_OK; }
    if (v.kind == VALUE_TYPE) bytes_add_string(&text, v.type->full_name);
    else if (v.kind == VALUE_SINGLE || v.kind == VALUE_DOUBLE || v.kind == VALUE_DATETIME || v.kind == VALUE_TIMESPAN ||
             v.kind == VALUE_DATETIMEOFFSET)
        status = format_value(realm, &text, v, TEXT_NONE, realm->culture);
    else if (!add_plain(realm, &text, v)) {
        status = call_to_string(realm, v, &found, out);
        if (status == STATUS_OK && !found && !is_custom_object(realm, value_base(v))) {
            const struct type *type = type_of(realm, v);
            bytes_add_string(&text, type ? type->full_name : "");
        }
    }
    if (status == STATUS_OK && !found) *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return status;
}
