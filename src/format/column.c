#include "column_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "m365sh/value/array.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/string.h"

void column_list_free(struct column_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        value_release(list->items[i].label);
        value_release(list->items[i].expression);
        value_release(list->items[i].format);
    }
    alloc_free(list->items);
    *list = (struct column_list){0};
}

static struct column *add_column(struct column_list *list) {
    ALLOC_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count] = (struct column){.label = VALUE_UNSET_INIT};
    return &list->items[list->count++];
}

static struct column *add_named(struct realm *realm, struct column_list *list, struct text name) {
    struct column *column = add_column(list);
    column->label = string_new(name);
    column->name = intern_name(realm->names, name);
    return column;
}

/* --- properties of a value --- */
struct expansion {
    struct realm *realm;
    struct column_list *list;
    struct text pattern;    /* with wildcards; empty: all */
    size_t added;
};

/* * and ? of a property pattern, without case. */
static bool name_matches(struct text pattern, struct text name) {
    size_t p = 0, n = 0, star = TEXT_NOT_FOUND, mark = 0;
    while (n < name.length) {
        bool same = p < pattern.length && (pattern.start[p] == '?' || text_equal_fold(text_slice(pattern, p, 1), text_slice(name, n, 1)));
        if (p < pattern.length && pattern.start[p] == '*') star = p++, mark = n;
        else if (same) p++, n++;
        else if (star != TEXT_NOT_FOUND) p = star + 1, n = ++mark;
        else return false;
    }
    while (p < pattern.length && pattern.start[p] == '*') p++;
    return p == pattern.length;
}

static bool add_property(void *context, const struct member_info *info) {
    struct expansion *expansion = context;
    if (!info->is_property || info->is_static) return true;
    if (strcmp(info->kind, "ParameterizedProperty") == 0 || strcmp(info->kind, "PropertySet") == 0) return true;
    if (expansion->pattern.length && !name_matches(expansion->pattern, info->name)) return true;
    add_named(expansion->realm, expansion->list, info->name);
    expansion->added++;
    return true;
}

void column_list_from_value(struct realm *realm, struct column_list *list, struct value v) {
    struct expansion expansion = {.realm = realm, .list = list, .pattern = TEXT_NONE};
    member_walk(realm, v, add_property, &expansion);
}

/* --- requests --- */
static void add_by_name(struct realm *realm, struct column_list *list, struct text name, struct value sample) {
    bool wild = text_find_byte(name, '*', 0) != TEXT_NOT_FOUND || text_find_byte(name, '?', 0) != TEXT_NOT_FOUND;
    if (!wild) {
        add_named(realm, list, name);
        return;
    }
    struct expansion expansion = {.realm = realm, .list = list, .pattern = name};
    member_walk(realm, sample, add_property, &expansion);
}

static struct column *add_block(struct realm *realm, struct column_list *list, struct value block) {
    struct column *column = add_column(list);
    struct value source = convert_text(realm, block);
    column->label = string_new(string_text(source));
    column->expression = value_keep(block);
    value_release(source);
    return column;
}

/* Keys may be shortened: n, name, l, label; e; w; a; f. */
static bool is_key(struct text key, const char *name) {
    return key.length > 0 && text_starts_fold(text_of(name), key);
}

static enum align read_alignment(struct realm *realm, struct value v) {
    struct value text = convert_text(realm, v);
    enum align align = text_equal_fold(string_text(text), TEXT("right")) ? ALIGN_RIGHT
                       : text_equal_fold(string_text(text), TEXT("center")) ? ALIGN_CENTER
                       : text_equal_fold(string_text(text), TEXT("left")) ? ALIGN_LEFT : ALIGN_NONE;
    value_release(text);
    return align;
}

static void add_calculated(struct realm *realm, struct column_list *list, struct value table, struct value sample) {
    struct column made = {.label = VALUE_UNSET_INIT};
    struct value expression = VALUE_UNSET_INIT, label = VALUE_UNSET_INIT;
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(table, &position));) {
        struct value key = convert_text(realm, entry->key);
        struct text name = string_text(key);
        int64_t width;
        if (is_key(name, "name") || is_key(name, "label")) label = entry->value;
        else if (is_key(name, "expression")) expression = entry->value;
        else if (is_key(name, "width")) {
            if (convert_to_int64(realm, entry->value, &width) == STATUS_OK && width > 0) made.width = (int)width;
        } else if (is_key(name, "alignment")) made.align = read_alignment(realm, entry->value);
        else if (is_key(name, "formatstring")) made.format = convert_text(realm, entry->value);
        value_release(key);
    }
    struct value base = value_base(expression);
    size_t before = list->count;
    if (base.kind == VALUE_SCRIPT_BLOCK) add_block(realm, list, base);
    else if (!value_is_nothing(base)) {
        struct value name = convert_text(realm, base);
        add_by_name(realm, list, string_text(name), sample);
        value_release(name);
    } else if (!value_is_nothing(label)) {
        struct value name = convert_text(realm, label);
        add_by_name(realm, list, string_text(name), sample);
        value_release(name);
    }
    for (size_t i = before; i < list->count; i++) {
        struct column *column = &list->items[i];
        column->width = made.width;
        column->align = made.align;
        column->format = value_keep(made.format);
        if (!value_is_nothing(label)) value_set_take(&column->label, convert_text(realm, label));
    }
    value_release(made.format);
}

void column_list_from_request(struct realm *realm, struct column_list *list, struct value properties, struct value sample) {
    struct value base = value_base(properties);
    if (value_is_array_like(base)) {
        for (uint32_t i = 0; i < array_count(base); i++) column_list_from_request(realm, list, array_at(base, i), sample);
    } else if (base.kind == VALUE_SCRIPT_BLOCK) add_block(realm, list, base);
    else if (base.kind == VALUE_TABLE) add_calculated(realm, list, base, sample);
    else if (!value_is_nothing(base)) {
        struct value name = convert_text(realm, base);
        add_by_name(realm, list, string_text(name), sample);
        value_release(name);
    }
}

void column_list_from_view(struct realm *realm, struct column_list *list, const char *columns) {
    struct text rest = text_of(columns), part;
    while (text_split_next(&rest, '|', &part)) {
        struct text field, label, property;
        int64_t width;
        text_split_next(&part, ',', &field);
        size_t equal = text_find_byte(field, '=', 0);
        label = equal == TEXT_NOT_FOUND ? field : text_slice(field, 0, equal);
        property = equal == TEXT_NOT_FOUND ? field : text_slice(field, equal + 1, field.length);
        size_t slash = text_find_byte(property, '/', 0);
        struct column *column = add_named(realm, list, slash == TEXT_NOT_FOUND ? property : text_slice(property, 0, slash));
        if (slash != TEXT_NOT_FOUND) column->other = intern_name(realm->names, text_slice(property, slash + 1, property.length));
        value_set_take(&column->label, string_new(label));
        column->align = ALIGN_LEFT;
        while (text_split_next(&part, ',', &field)) {
            if (text_equal(field, TEXT("r"))) column->align = ALIGN_RIGHT;
            else if (text_equal(field, TEXT("n"))) column->align = ALIGN_NONE; /* by the first value */
            else if (text_equal(field, TEXT("p"))) column->bare_path = true;
            else if (text_starts(field, TEXT("f"))) column->format = string_new(text_slice(field, 1, field.length));
            else if (decimal_read_int64(field, &width)) column->width = (int)width;
        }
    }
}

/* --- values --- */
static enum status swallow(struct realm *realm, enum status status, bool *failed) {
    if (status != STATUS_ERROR) return status;
    value_release(realm_take_raised(realm));
    *failed = true;
    return STATUS_OK;
}

static enum status named_value(struct realm *realm, name_id name, struct value v, bool *found, bool *failed, struct value *out) {
    enum status status = member_get(realm, v, name, found, out);
    if (status == STATUS_OK && *found) return STATUS_OK;
    *out = value_null();
    *found = false;
    return swallow(realm, status, failed);
}

enum status column_value(struct realm *realm, const struct column *column, struct value v, bool *found, bool *failed, struct value *out) {
    *found = *failed = false;
    *out = value_null();
    if (column->expression.kind == VALUE_SCRIPT_BLOCK) {
        struct block_call call = {.block = column->expression, .dollar_underscore = v, .scope = BLOCK_NEW_SCOPE};
        enum status status = callable_call_collect(realm, &call, out);
        *found = status == STATUS_OK;
        if (!*found) *out = value_null();
        return swallow(realm, status, failed);
    }
    enum status status = named_value(realm, column->name, v, found, failed, out);
    if (status == STATUS_OK && !*found && column->other) status = named_value(realm, column->other, v, found, failed, out);
    return status;
}

enum status column_add_text(struct realm *realm, const struct column *column, struct value v, enum cell_place place, bool show_error,
                            bool *found, struct bytes *out) {
    struct value item;
    bool failed;
    enum status status = column_value(realm, column, v, found, &failed, &item);
    if (status != STATUS_OK) return status;
    size_t start = out->length;
    if (failed && show_error) bytes_add_string(out, "#ERR");
    else cell_add_formatted(realm, out, item, column->format.kind == VALUE_STRING ? string_text(column->format) : TEXT_NONE, place);
    size_t provider = column->bare_path ? text_find(bytes_text(out), TEXT("::"), start) : TEXT_NOT_FOUND;
    if (provider != TEXT_NOT_FOUND) bytes_remove(out, start, provider + 2 - start);
    value_release(item);
    return STATUS_OK;
}
