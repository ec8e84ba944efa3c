/* System.Text.StringBuilder. Text is kept as bytes; positions of scripts are UTF-16 units. */
#include <string.h>
#include "member_private.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/native.h"

static void release(void *payload) { bytes_free(payload); }
static const struct native_class builder_class = {"System.Text.StringBuilder", release, NULL};

static struct bytes *buffer_of(struct value self) { return native_payload(self, &builder_class); }

static enum status give_self(struct value self, struct value *out) {
    *out = value_keep(self);
    return STATUS_OK;
}

/* What Append writes: char[] as its characters, other values as ToString(). */
static enum status text_of_value(struct realm *realm, struct value v, struct bytes *out) {
    struct value base = value_base(v), text;
    if (value_is_nothing(base)) return STATUS_OK;
    if (base.kind == VALUE_ARRAY && type_of(realm, base)->element->value_kind == VALUE_CHAR) {
        for (uint32_t i = 0; i < array_count(base); i++) bytes_add_code_point(out, (uint32_t)array_at(base, i).integer);
        return STATUS_OK;
    }
    enum status status = convert_dot_text(realm, base, &text);
    if (status != STATUS_OK) return status;
    bytes_add_text(out, string_text(text));
    value_release(text);
    return STATUS_OK;
}

MEMBER_FUNCTION(construct) {
    struct value v = native_new(realm, &builder_class, type, sizeof(struct bytes)), first = count ? value_base(arguments[0]) : value_null();
    enum status status = STATUS_OK;
    if (value_is_integer(first)) {
        int32_t capacity = 0;
        status = member_argument_int32(realm, ".ctor", first, &capacity);
        if (status == STATUS_OK && capacity < 0)
            status = member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "A capacity cannot be negative.");
        else if (status == STATUS_OK) bytes_reserve(buffer_of(v), capacity < 1 << 20 ? (size_t)capacity : 1u << 20);
    } else status = text_of_value(realm, first, buffer_of(v));
    if (status == STATUS_OK) *out = v;
    else value_release(v);
    return status;
}

MEMBER_FUNCTION(append) {
    int32_t times = 1;
    if (count == 2) {
        enum status status = member_argument_int32(realm, "Append", arguments[1], &times);
        if (status != STATUS_OK) return status;
    }
    for (int32_t i = 0; i < times; i++) {
        enum status status = text_of_value(realm, arguments[0], buffer_of(self));
        if (status != STATUS_OK) return status;
    }
    return give_self(self, out);
}
MEMBER_FUNCTION(append_line) {
    enum status status = count ? text_of_value(realm, arguments[0], buffer_of(self)) : STATUS_OK;
    bytes_add_byte(buffer_of(self), '\n');
    return status == STATUS_OK ? give_self(self, out) : status;
}
MEMBER_FUNCTION(append_format) {
    struct value format = convert_text(realm, arguments[0]);
    const struct value *items = arguments + 1;
    uint32_t item_count = count - 1;
    if (item_count == 1 && value_is_array_like(value_base(arguments[1]))) {
        items = array_items(value_base(arguments[1]));
        item_count = array_count(value_base(arguments[1]));
    }
    struct bytes text = {0};
    enum status status = format_composite(realm, &text, string_text(format), items, item_count, realm->culture);
    if (status == STATUS_OK) bytes_add_text(buffer_of(self), bytes_text(&text));
    bytes_free(&text);
    value_release(format);
    return status == STATUS_OK ? give_self(self, out) : status;
}
MEMBER_FUNCTION(append_join) {
    struct value separator = convert_text(realm, arguments[0]), item;
    struct enumeration it;
    bool more, any = false;
    enum status status = STATUS_OK;
    for (uint32_t i = 1; i < count && status == STATUS_OK; i++) {
        enumeration_start(realm, &it, value_base(arguments[i]));
        while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
            if (any) bytes_add_text(buffer_of(self), string_text(separator));
            any = true;
            if ((status = text_of_value(realm, item, buffer_of(self))) != STATUS_OK) break;
        }
        enumeration_end(&it);
    }
    value_release(separator);
    return status == STATUS_OK ? give_self(self, out) : status;
}

static struct value whole(struct value self) { return string_new(bytes_text(buffer_of(self))); }
static enum status raise_range(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "The position is outside the text.");
}
/* Bytes from..to of units start..start+length. */
static enum status span(struct realm *realm, const char *method, struct value self, struct value start, struct value length, size_t *from, size_t *to) {
    int32_t first, units = 0;
    enum status status = member_argument_int32(realm, method, start, &first);
    if (status == STATUS_OK && length.kind != VALUE_UNSET) status = member_argument_int32(realm, method, length, &units);
    if (status != STATUS_OK) return status;
    struct value text = whole(self);
    bool fits = first >= 0 && units >= 0 && (int64_t)first + units <= string_units(text);
    if (fits) {
        *from = string_offset(text, (uint32_t)first);
        *to = string_offset(text, (uint32_t)(first + units));
    }
    value_release(text);
    return fits ? STATUS_OK : raise_range(realm, method, 2);
}
MEMBER_FUNCTION(insert) {
    size_t from, to;
    struct bytes text = {0};
    enum status status = span(realm, "Insert", self, arguments[0], VALUE_UNSET_INIT, &from, &to);
    if (status == STATUS_OK) status = text_of_value(realm, arguments[1], &text);
    if (status == STATUS_OK) bytes_insert(buffer_of(self), from, text.data ? text.data : "", text.length);
    bytes_free(&text);
    return status == STATUS_OK ? give_self(self, out) : status;
}
MEMBER_FUNCTION(remove_part) {
    size_t from, to;
    enum status status = span(realm, "Remove", self, arguments[0], arguments[1], &from, &to);
    if (status != STATUS_OK) return status;
    bytes_remove(buffer_of(self), from, to - from);
    return give_self(self, out);
}
MEMBER_FUNCTION(replace) {
    struct value old = convert_text(realm, arguments[0]), fresh = convert_text(realm, arguments[1]), text = whole(self);
    struct bytes *buffer = buffer_of(self);
    enum status status = STATUS_OK;
    if (!string_text(old).length) status = member_raise(realm, "Replace", count, "System.ArgumentException", "The text to be replaced is empty.");
    else {
        size_t at = 0, next;
        bytes_clear(buffer);
        while ((next = text_find(string_text(text), string_text(old), at)) != TEXT_NOT_FOUND) {
            bytes_add_text(buffer, text_slice(string_text(text), at, next - at));
            bytes_add_text(buffer, string_text(fresh));
            at = next + string_text(old).length;
        }
        bytes_add_text(buffer, text_slice(string_text(text), at, string_text(text).length));
    }
    value_release(old);
    value_release(fresh);
    value_release(text);
    return status == STATUS_OK ? give_self(self, out) : status;
}
MEMBER_FUNCTION(clear) {
    bytes_clear(buffer_of(self));
    return give_self(self, out);
}
MEMBER_FUNCTION(to_string) {
    size_t from = 0, to = buffer_of(self)->length;
    enum status status = count == 2 ? span(realm, "ToString", self, arguments[0], arguments[1], &from, &to) : STATUS_OK;
    if (status == STATUS_OK) *out = string_new(text_slice(bytes_text(buffer_of(self)), from, to - from));
    return status;
}
MEMBER_FUNCTION(length) {
    struct value text = whole(self);
    *out = value_int32((int32_t)string_units(text));
    value_release(text);
    return STATUS_OK;
}
static enum status set_length(struct realm *realm, struct value self, struct value item) {
    int32_t units;
    enum status status = member_argument_int32(realm, "Length", item, &units);
    if (status != STATUS_OK) return status;
    struct value text = whole(self);
    uint32_t now = string_units(text);
    if (units < 0) status = raise_range(realm, "Length", 1);
    else if ((uint32_t)units <= now) bytes_truncate(buffer_of(self), string_offset(text, (uint32_t)units));
    else bytes_add_repeat(buffer_of(self), '\0', (uint32_t)units - now);
    value_release(text);
    return status;
}
MEMBER_FUNCTION(capacity) {
    size_t room = 16;
    while (room < buffer_of(self)->length) room *= 2;
    *out = value_int32((int32_t)room);
    return STATUS_OK;
}
MEMBER_FUNCTION(chars) {
    int32_t at;
    enum status status = member_argument_int32(realm, "Chars", arguments[0], &at);
    if (status != STATUS_OK) return status;
    struct value text = whole(self);
    if (at < 0 || (uint32_t)at >= string_units(text)) status = member_raise(realm, "Chars", count, "System.IndexOutOfRangeException", "The position is outside the text.");
    else *out = value_char(string_unit_at(text, (uint32_t)at));
    value_release(text);
    return status;
}

MEMBER_FUNCTION(set_chars) {
    size_t from = 0, to = 0;
    struct value unit;
    enum status status = span(realm, "Chars", self, arguments[0], value_int32(1), &from, &to);
    if (status != STATUS_OK) return status;
    if (!convert_try(realm, arguments[1], type_of_kind(realm, VALUE_CHAR), &unit)) return member_raise_argument(realm, "Chars", arguments[1], type_of_kind(realm, VALUE_CHAR));
    struct bytes text = {0};
    bytes_add_code_point(&text, (uint32_t)unit.integer);
    bytes_remove(buffer_of(self), from, to - from);
    bytes_insert(buffer_of(self), from, text.data, text.length);
    bytes_free(&text);
    return STATUS_OK;
}

#define T "System.Text.StringBuilder"
#define RETURNS "System.Text.StringBuilder "
static const struct member_row rows[] = {
    {T, "Capacity", ROW_GET, 0, 0, capacity, NULL, "int Capacity {get;set;}"},
    {T, "Length", ROW_GET, 0, 0, length, set_length, "int Length {get;set;}"},
    {T, "Append", ROW_METHOD, 1, 2, append, NULL, RETURNS "Append(string value)"},
    {T, "AppendFormat", ROW_METHOD, 1, -1, append_format, NULL, RETURNS "AppendFormat(string format, Params System.Object[] args)"},
    {T, "AppendJoin", ROW_METHOD, 2, -1, append_join, NULL, RETURNS "AppendJoin(string separator, Params System.Object[] values)"},
    {T, "AppendLine", ROW_METHOD, 0, 1, append_line, NULL, RETURNS "AppendLine(string value)"},
    {T, "Chars", ROW_METHOD, 1, 1, chars, NULL, "char Chars(int index) {get;set;}"},
    {T, "Item", ROW_METHOD, 1, 1, chars, NULL, NULL},
    {T, "set_Item", ROW_METHOD, 2, 2, set_chars, NULL, NULL},
    {T, "Clear", ROW_METHOD, 0, 0, clear, NULL, RETURNS "Clear()"},
    {T, "Insert", ROW_METHOD, 2, 2, insert, NULL, RETURNS "Insert(int index, string value)"},
    {T, "Remove", ROW_METHOD, 2, 2, remove_part, NULL, RETURNS "Remove(int startIndex, int length)"},
    {T, "Replace", ROW_METHOD, 2, 4, replace, NULL, RETURNS "Replace(string oldValue, string newValue)"},
    {T, "ToString", ROW_METHOD, 0, 0, to_string, NULL, "string ToString()"},
    {T, "ToString", ROW_METHOD, 2, 2, to_string, NULL, "string ToString(int startIndex, int length)"},
    {T, "new", ROW_CONSTRUCTOR, 0, 4, construct, NULL, "System.Text.StringBuilder new()"},
};
const struct member_table builder_member_table = {rows, MEMBER_COUNT(rows)};
