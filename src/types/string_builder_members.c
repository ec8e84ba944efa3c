/* [System.Text.StringBuilder]: a text that grows in place. */
#include "argument_private.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/native.h"

#define ROW_TYPE "System.Text.StringBuilder"

struct builder {
    struct value text;          /* string, held by nobody else while it grows */
    int32_t capacity;
};

static void release_builder(void *payload) {
    value_release(((struct builder *)payload)->text);
}

static const struct native_class builder_class = {ROW_TYPE, release_builder, NULL};

static struct builder *builder_of(struct value self) {
    return native_payload(self, &builder_class);
}

static enum status append_text(struct realm *realm, struct builder *builder, struct text more) {
    if (string_append(&builder->text, more)) return STATUS_OK;
    return member_raise(realm, "Append", 1, "System.OutOfMemoryException", "The text would become too long.");
}

/* What Append takes: text of a value as .NET's ToString gives it; a char[] as its characters. */
static enum status append_value(struct realm *realm, struct builder *builder, struct value item) {
    struct value base = value_base(item), text;
    if (value_is_nothing(base)) return STATUS_OK;
    const struct type *of = base.kind == VALUE_ARRAY ? type_of(realm, base) : NULL;
    if (of && of->element && of->element->value_kind == VALUE_CHAR) {
        struct bytes joined = {0};
        for (uint32_t i = 0; i < array_count(base); i++) bytes_add_code_point(&joined, (uint32_t)array_at(base, i).integer);
        enum status status = append_text(realm, builder, bytes_text(&joined));
        bytes_free(&joined);
        return status;
    }
    TRY(convert_dot_text(realm, item, &text));
    enum status status = append_text(realm, builder, string_text(text));
    value_release(text);
    return status;
}

static enum status give_self(struct value self, struct value *out) {
    return argument_give(out, value_keep(value_base(self)));
}

MEMBER(construct) {
    struct value text = VALUE_UNSET_INIT;
    int32_t capacity = 16;
    for (uint32_t i = 0; i < count; i++) {
        struct value base = value_base(arguments[i]);
        if (value_is_integer(base) && (i > 0 || count == 1)) TRY(member_argument_int32(realm, "StringBuilder", arguments[i], &capacity));
        else if (i == 0) TRY(member_argument_text(realm, "StringBuilder", arguments[0], &text));
    }
    *out = native_new(realm, &builder_class, type_known(realm, ROW_TYPE), sizeof(struct builder));
    struct builder *builder = builder_of(*out);
    builder->text = string_new(text.kind == VALUE_STRING ? string_text(text) : TEXT_NONE);
    builder->capacity = capacity;
    value_release(text);
    return STATUS_OK;
}

MEMBER(append) {
    struct builder *builder = builder_of(self);
    struct value base = value_base(arguments[0]);
    int32_t repeat = 1, start = 0, length;
    uint32_t unit;
    if (count == 2 && argument_is_char(base, &unit)) {
        TRY(member_argument_int32(realm, "Append", arguments[1], &repeat));
        for (int32_t i = 0; i < repeat; i++) TRY(append_value(realm, builder, base));
        return give_self(self, out);
    }
    if (count == 3 && base.kind == VALUE_STRING) {
        TRY(member_argument_int32(realm, "Append", arguments[1], &start));
        TRY(member_argument_int32(realm, "Append", arguments[2], &length));
        if (start < 0 || length < 0 || (int64_t)start + length > string_units(base))
            return member_raise(realm, "Append", 3, "System.ArgumentOutOfRangeException", "The text has no such range.");
        struct value part = string_slice_units(base, (uint32_t)start, (uint32_t)length);
        enum status status = append_text(realm, builder, string_text(part));
        value_release(part);
        if (status != STATUS_OK) return status;
        return give_self(self, out);
    }
    TRY(append_value(realm, builder, arguments[0]));
    return give_self(self, out);
}

MEMBER(append_line) {
    struct builder *builder = builder_of(self);
    if (count) TRY(append_value(realm, builder, arguments[0]));
    TRY(append_text(realm, builder, TEXT("\n")));
    return give_self(self, out);
}

MEMBER(append_format) {
    const struct culture *culture = culture_or_invariant(realm->culture);
    if (count > 1 && value_base(arguments[0]).kind == VALUE_OBJECT) {
        culture = argument_culture(realm, *arguments++);
        count--;
    }
    struct value pattern, base = count == 2 ? value_base(arguments[1]) : value_null();
    bool spread = base.kind == VALUE_ARRAY;
    struct bytes text = {0};
    TRY(member_argument_text(realm, "AppendFormat", arguments[0], &pattern));
    enum status status = format_composite(realm, &text, string_text(pattern), spread ? array_items(base) : arguments + 1,
                                          spread ? array_count(base) : count - 1, culture);
    if (status == STATUS_OK) status = append_text(realm, builder_of(self), bytes_text(&text));
    bytes_free(&text);
    value_release(pattern);
    return status == STATUS_OK ? give_self(self, out) : status;
}

MEMBER(append_join) {
    struct builder *builder = builder_of(self);
    struct value separator, base = count == 2 ? value_base(arguments[1]) : value_null();
    bool spread = value_is_array_like(base);
    const struct value *items = spread ? array_items(base) : arguments + 1;
    uint32_t item_count = spread ? array_count(base) : count - 1;
    TRY(member_argument_text(realm, "AppendJoin", arguments[0], &separator));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count; i++) {
        if (i) status = append_text(realm, builder, string_text(separator));
        if (status == STATUS_OK) status = append_value(realm, builder, items[i]);
    }
    value_release(separator);
    return status == STATUS_OK ? give_self(self, out) : status;
}

/* Puts `middle` in the place of `length` units from `start` on. */
static void splice(struct builder *builder, uint32_t start, uint32_t length, struct text middle) {
    size_t from = string_offset(builder->text, start), to = string_offset(builder->text, start + length);
    struct text whole = string_text(builder->text);
    struct bytes result = {0};
    bytes_add(&result, whole.start, from);
    bytes_add_text(&result, middle);
    bytes_add(&result, whole.start + to, whole.length - to);
    value_set_take(&builder->text, string_from_bytes(&result));
    bytes_free(&result);
}

static enum status raise_range(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "The position or length lies outside the text.");
}

MEMBER(insert) {
    struct builder *builder = builder_of(self);
    int32_t at;
    struct value text;
    TRY(member_argument_int32(realm, "Insert", arguments[0], &at));
    if (at < 0 || (uint32_t)at > string_units(builder->text)) return raise_range(realm, "Insert", count);
    TRY(convert_dot_text(realm, arguments[1], &text));
    splice(builder, (uint32_t)at, 0, string_text(text));
    value_release(text);
    return give_self(self, out);
}

MEMBER(remove_part) {
    struct builder *builder = builder_of(self);
    int32_t start, length;
    TRY(member_argument_int32(realm, "Remove", arguments[0], &start));
    TRY(member_argument_int32(realm, "Remove", arguments[1], &length));
    if (start < 0 || length < 0 || (int64_t)start + length > string_units(builder->text)) return raise_range(realm, "Remove", count);
    splice(builder, (uint32_t)start, (uint32_t)length, TEXT_NONE);
    return give_self(self, out);
}

MEMBER(replace) {
    struct builder *builder = builder_of(self);
    struct value old, with;
    TRY(member_argument_text(realm, "Replace", arguments[0], &old));
    TRY(member_argument_text(realm, "Replace", arguments[1], &with));
    struct text text = string_text(builder->text), from = string_text(old);
    struct bytes result = {0};
    size_t at = 0, found;
    while (from.length && (found = text_find(text, from, at)) != TEXT_NOT_FOUND) {
        bytes_add(&result, text.start + at, found - at);
        bytes_add_text(&result, string_text(with));
        at = found + from.length;
    }
    bytes_add(&result, text.start + at, text.length - at);
    value_set_take(&builder->text, string_from_bytes(&result));
    bytes_free(&result);
    value_release(old);
    value_release(with);
    return give_self(self, out);
}

MEMBER(clear) {
    value_set_take(&builder_of(self)->text, string_empty());
    return give_self(self, out);
}

MEMBER(to_string) {
    struct builder *builder = builder_of(self);
    int32_t start, length;
    if (count == 0) return argument_give(out, string_new(string_text(builder->text)));
    if (count == 1) return raise_range(realm, "ToString", 1);
    TRY(member_argument_int32(realm, "ToString", arguments[0], &start));
    TRY(member_argument_int32(realm, "ToString", arguments[1], &length));
    if (start < 0 || length < 0 || (int64_t)start + length > string_units(builder->text)) return raise_range(realm, "ToString", count);
    return argument_give(out, string_slice_units(builder->text, (uint32_t)start, (uint32_t)length));
}

MEMBER(get_length) {
    return argument_give(out, value_int32((int32_t)string_units(builder_of(self)->text)));
}

static enum status set_length(struct realm *realm, struct value self, struct value item) {
    struct builder *builder = builder_of(self);
    int32_t length, own = (int32_t)string_units(builder->text);
    TRY(member_argument_int32(realm, "Length", item, &length));
    if (length < 0) return raise_range(realm, "set_Length", 1);
    if (length <= own) splice(builder, (uint32_t)length, (uint32_t)(own - length), TEXT_NONE);
    for (; own < length; own++) TRY(append_text(realm, builder, text_make("", 1)));
    return STATUS_OK;
}

MEMBER(get_capacity) {
    struct builder *builder = builder_of(self);
    int32_t own = (int32_t)string_units(builder->text), capacity = builder->capacity < 16 ? 16 : builder->capacity;
    while (capacity < own) capacity *= 2;
    return argument_give(out, value_int32(capacity));
}

MEMBER(get_most) {
    return argument_give(out, value_int32(INT32_MAX));
}

MEMBER(get_chars) {
    struct builder *builder = builder_of(self);
    int32_t at;
    TRY(member_argument_int32(realm, "Chars", arguments[0], &at));
    if (at < 0 || (uint32_t)at >= string_units(builder->text))
        return member_raise(realm, "Chars", 1, "System.IndexOutOfRangeException", "The text has no character %d.", at);
    return argument_give(out, value_char(string_unit_at(builder->text, (uint32_t)at)));
}

MEMBER(set_chars) {
    struct builder *builder = builder_of(self);
    int32_t at;
    uint32_t unit;
    struct bytes text = {0};
    TRY(member_argument_int32(realm, "Chars", arguments[0], &at));
    TRY(argument_char(realm, "Chars", arguments[1], &unit));
    if (at < 0 || (uint32_t)at >= string_units(builder->text))
        return member_raise(realm, "Chars", 2, "System.ArgumentOutOfRangeException", "The text has no character %d.", at);
    bytes_add_code_point(&text, unit);
    splice(builder, (uint32_t)at, 1, bytes_text(&text));
    bytes_free(&text);
    return argument_give(out, value_void());
}

MEMBER(equals) {
    struct builder *other = builder_of(arguments[0]);
    return argument_give(out, value_bool(other && text_equal(string_text(other->text), string_text(builder_of(self)->text))));
}

static const struct member_row rows[] = {
    ROW_PROPERTY("Capacity", get_capacity, "int"), ROW_PROPERTY("MaxCapacity", get_most, "int"),
    {ROW_TYPE, "Length", ROW_GET, 0, 0, get_length, set_length, "int Length {get;set;}"},
    ROW_NEW(0, 4, construct, "System.Text.StringBuilder new(), System.Text.StringBuilder new(int capacity), System.Text.StringBuilder new(string value), System.Text.StringBuilder new(string value, int capacity)"),
    ROW_CALL("Chars", 1, 1, get_chars, "char Chars(int index) {get;set;}"),
    ROW_CALL("get_Item", 1, 1, get_chars, "char get_Chars(int index)"), ROW_CALL("get_Chars", 1, 1, get_chars, "char get_Chars(int index)"),
    ROW_CALL("set_Item", 2, 2, set_chars, "void set_Chars(int index, char value)"), ROW_CALL("set_Chars", 2, 2, set_chars, "void set_Chars(int index, char value)"),
    ROW_CALL("Append", 1, 3, append, "System.Text.StringBuilder Append(string value), System.Text.StringBuilder Append(char value, int repeatCount), System.Text.StringBuilder Append(System.Object value)"),
    ROW_CALL("AppendFormat", 1, -1, append_format, "System.Text.StringBuilder AppendFormat(string format, Params System.Object[] args)"),
    ROW_CALL("AppendJoin", 1, -1, append_join, "System.Text.StringBuilder AppendJoin(string separator, Params System.Object[] values)"),
    ROW_CALL("AppendLine", 0, 1, append_line, "System.Text.StringBuilder AppendLine(), System.Text.StringBuilder AppendLine(string value)"),
    ROW_CALL("Clear", 0, 0, clear, "System.Text.StringBuilder Clear()"), ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Text.StringBuilder sb)"),
    ROW_CALL("Insert", 2, 3, insert, "System.Text.StringBuilder Insert(int index, string value)"),
    ROW_CALL("Remove", 2, 2, remove_part, "System.Text.StringBuilder Remove(int startIndex, int length)"),
    ROW_CALL("Replace", 2, 4, replace, "System.Text.StringBuilder Replace(string oldValue, string newValue)"),
    ROW_CALL("ToString", 0, 2, to_string, "string ToString(), string ToString(int startIndex, int length)"),
};
const struct member_table string_builder_member_table = TABLE_OF(rows);
