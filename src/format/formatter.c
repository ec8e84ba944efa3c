/* The formatter: which layout an object gets, where sequences begin and end, groups, texts between. */
#include "formatter_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/limits.h"
#include "m365sh/value/array.h"
#include "m365sh/value/error_record.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

enum { DEFAULT_WIDTH = 80, MOST_COLUMNS_OF_TABLE = 4 };

struct formatter *formatter_new(struct realm *realm, const struct format_request *request, struct format_sink sink) {
    struct formatter *f = ALLOC_NEW(struct formatter);
    f->realm = realm;
    f->request = *request;
    f->sink = sink;
    f->width = request->width > 0 ? request->width : DEFAULT_WIDTH;
    value_keep(f->request.properties);
    value_keep(f->request.group_by);
    return f;
}

static void free_sequence(struct formatter *f) {
    struct sequence *s = &f->sequence;
    table_free_rows(s);
    alloc_free(s->rows);
    alloc_free(s->widths);
    column_list_free(&s->columns);
    value_release(s->group.label);
    value_release(s->group.expression);
    value_release(s->group.format);
    bytes_free(&s->group_text);
    bytes_free(&s->line);
    *s = (struct sequence){0};
    f->active = false;
}

void formatter_free(struct formatter *f) {
    if (!f) return;
    free_sequence(f);
    value_release(f->request.properties);
    value_release(f->request.group_by);
    alloc_free(f);
}

enum status formatter_line(struct formatter *f, struct text line) {
    return f->sink.line(f->sink.context, line);
}

enum status formatter_blank(struct formatter *f) {
    return formatter_line(f, TEXT_NONE);
}

/* Texts keep their place among rows that still wait for the widths. */
static enum status put_line(struct formatter *f, struct text line) {
    struct sequence *s = &f->sequence;
    if (f->active && s->layout == FORMAT_TABLE && s->row_count) return table_add_line(f, line);
    if (f->active && s->layout == FORMAT_WIDE) {
        enum status status = wide_flush(f);
        if (status != STATUS_OK) return status;
    }
    return formatter_line(f, line);
}

enum status formatter_text(struct formatter *f, struct text text) {
    for (;;) {
        size_t end = 0;
        while (end < text.length && text.start[end] != '\n') end++;
        enum status status = put_line(f, text_slice(text, 0, end));
        if (status != STATUS_OK || end >= text.length) return status;
        text = text_slice(text, end + 1, text.length);
    }
}

/* --- ends --- */
static enum status end_sequence(struct formatter *f) {
    struct sequence *s = &f->sequence;
    enum status status = STATUS_OK;
    if (!f->active) return STATUS_OK;
    if (s->layout == FORMAT_TABLE) status = table_flush(f, false);
    else if (s->layout == FORMAT_WIDE) status = wide_flush(f);
    if (status == STATUS_OK && s->layout != FORMAT_LIST) status = formatter_blank(f);
    free_sequence(f);
    return status;
}

enum status formatter_end(struct formatter *f) {
    return end_sequence(f);
}

enum status formatter_flush(struct formatter *f) {
    if (!f->active) return STATUS_OK;
    return f->sequence.layout == FORMAT_TABLE && f->sequence.row_count ? table_flush(f, false) : STATUS_OK;
}

/* --- beginnings --- */
struct counting { size_t count; };

static bool count_property(void *context, const struct member_info *info) {
    struct counting *counting = context;
    counting->count += info->is_property && !info->is_static;
    return counting->count <= MOST_COLUMNS_OF_TABLE;
}

static size_t property_count(struct formatter *f, struct value v) {
    struct counting counting = {0};
    member_walk(f->realm, v, count_property, &counting);
    return counting.count;
}

static void set_group(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    struct column_list list = {0};
    if (!value_is_nothing(f->request.group_by)) column_list_from_request(f->realm, &list, f->request.group_by, v);
    else if (s->view && s->view->group[0]) column_list_from_view(f->realm, &list, s->view->group);
    if (list.count) {
        s->group = list.items[0];
        list.items[0] = (struct column){.label = VALUE_UNSET_INIT};
    }
    column_list_free(&list);
}

/* The property of a wide list that has none given: what names the object. */
static void set_wide_column(struct formatter *f, struct value v) {
    static const char *const names[] = {"name", "id", "key", "*key", "*name", "*id"};
    struct sequence *s = &f->sequence;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && s->columns.count == 0; i++) {
        struct value pattern = string_of(names[i]);
        bool wild = names[i][0] == '*', found = wild;
        if (!wild) {
            struct value item;
            if (member_get(f->realm, v, intern_name(f->realm->names, text_of(names[i])), &found, &item) != STATUS_OK) {
                value_release(realm_take_raised(f->realm));
                found = false;
            } else if (found) value_release(item);
        }
        if (found) column_list_from_request(f->realm, &s->columns, pattern, v);
        value_release(pattern);
    }
    if (s->columns.count == 0) column_list_from_value(f->realm, &s->columns, v);
}

static void set_columns(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    bool asked = !value_is_nothing(f->request.properties);
    struct value standard = member_default_properties(f->realm, v);
    s->asked = asked;
    if (asked) column_list_from_request(f->realm, &s->columns, f->request.properties, v);
    else if (s->view) column_list_from_view(f->realm, &s->columns, s->view->columns);
    else if (s->layout == FORMAT_WIDE) set_wide_column(f, v);
    else if (!value_is_nothing(standard)) column_list_from_request(f->realm, &s->columns, standard, v);
    else if (s->layout == FORMAT_TABLE) column_list_from_value(f->realm, &s->columns, v);
}

/* Tables without a width for every column measure their rows, as does -AutoSize. */
static bool measures(const struct formatter *f) {
    const struct sequence *s = &f->sequence;
    bool widths = s->columns.count > 0;
    for (size_t i = 0; i < s->columns.count; i++) widths = widths && s->columns.items[i].width > 0;
    if (f->request.auto_size || f->has_measured) return true;
    if (!s->view || s->asked) return !widths;
    for (size_t i = 0; i < s->columns.count; i++)
        if (s->columns.items[i].width > 0) return false;
    return true;
}

/* The layout of an object that nothing was asked for. */
static enum format_layout choose_layout(struct formatter *f, struct value v, const struct view **view) {
    *view = view_find(f->realm, v, FORMAT_DEFAULT);
    if (*view) return (*view)->layout;
    struct value standard = member_default_properties(f->realm, v);
    size_t count = value_is_nothing(standard) || !value_is_array_like(value_base(standard)) ? property_count(f, v)
                                                                                           : array_count(value_base(standard));
    return count <= MOST_COLUMNS_OF_TABLE ? FORMAT_TABLE : FORMAT_LIST;
}

static void begin(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    *s = (struct sequence){0};
    f->active = true;
    bool asked = !value_is_nothing(f->request.properties);
    if (f->request.layout == FORMAT_DEFAULT) s->layout = choose_layout(f, v, &s->view);
    else {
        s->layout = f->request.layout;
        if (!asked) s->view = view_find(f->realm, v, s->layout);
    }
    set_columns(f, v);
    s->by_content = measures(f);
    if (s->layout == FORMAT_TABLE && s->by_content) f->has_measured = true;
    set_group(f, v);
}

/* --- groups --- */
static bool has_groups(const struct sequence *s) {
    return s->group.label.kind == VALUE_STRING;
}

static enum status start_group(struct formatter *f) {
    struct sequence *s = &f->sequence;
    s->group_open = true;
    if (has_groups(s)) {
        struct bytes line = {0};
        bytes_add_format(&line, "   %s: ", string_chars(s->group.label));
        bytes_add_text(&line, bytes_text(&s->group_text));
        enum status status = formatter_blank(f);
        if (status == STATUS_OK) status = formatter_line(f, bytes_text(&line));
        bytes_free(&line);
        if (status != STATUS_OK) return status;
    }
    return formatter_blank(f);
}

static enum status turn_group(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    struct bytes text = {0};
    bool found;
    enum status status = STATUS_OK;
    if (has_groups(s)) {
        status = column_add_text(f->realm, &s->group, v, CELL_LINE, false, &found, &text);
        if (status == STATUS_OK && s->group_open && text_equal_fold(bytes_text(&text), bytes_text(&s->group_text))) {
            bytes_free(&text);
            return STATUS_OK;
        }
    } else if (s->group_open) return STATUS_OK;
    if (status == STATUS_OK && s->group_open) {
        if (s->layout == FORMAT_TABLE) status = table_flush(f, true);
        else if (s->layout == FORMAT_WIDE) status = wide_flush(f);
    }
    bytes_free(&s->group_text);
    s->group_text = text;
    return status == STATUS_OK ? start_group(f) : status;
}

/* --- objects --- */
static enum status add_object(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    if (!f->active) {
        bool custom = value_base(v).kind == VALUE_OBJECT;
        bool empty = f->request.layout != FORMAT_CUSTOM && value_is_nothing(f->request.properties) &&
                     !view_find(f->realm, v, FORMAT_DEFAULT) && property_count(f, v) == 0;
        if (empty) {
            const struct type *type = type_of(f->realm, v);
            if (custom && type && strcmp(type->full_name, "System.Management.Automation.PSCustomObject") == 0) return formatter_blank(f);
            struct bytes text = {0};
            cell_add(f->realm, &text, v, CELL_LINE);
            enum status status = formatter_text(f, bytes_text(&text));
            bytes_free(&text);
            return status;
        }
        begin(f, v);
    } else if (s->view && !s->asked && !view_applies(f->realm, s->view, v)) {
        enum status status = s->layout == FORMAT_TABLE ? table_flush(f, false) : STATUS_OK;
        return status == STATUS_OK ? list_add_stranger(f, v) : status;
    }
    enum status status = turn_group(f, v);
    if (status != STATUS_OK) return status;
    switch (s->layout) {
        case FORMAT_LIST: return list_add(f, v);
        case FORMAT_WIDE: return wide_add(f, v);
        case FORMAT_CUSTOM: return custom_add(f, v);
        default: return table_add(f, v);
    }
}

/* What `| Format-Table` hands on: its own sequence within the output. */
static enum status add_wrapped(struct formatter *f, struct value v) {
    struct format_request request = *format_wrapped_request(v);
    struct value items = format_wrapped_items(v);
    enum status status = end_sequence(f);
    request.width = f->width;
    request.color = f->request.color;
    struct formatter *inner = formatter_new(f->realm, &request, f->sink);
    inner->has_measured = f->has_measured;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(items); i++) status = formatter_add(inner, array_at(items, i));
    if (status == STATUS_OK) status = formatter_end(inner);
    f->has_measured = inner->has_measured;
    formatter_free(inner);
    return status;
}

/* A pair of a hashtable as PowerShell shows it. */
static enum status add_pairs(struct formatter *f, struct value table) {
    bool dictionary = table_block(table)->table_kind == TABLE_DICTIONARY || table_block(table)->table_kind == TABLE_SORTED;
    const struct type *type = dictionary ? NULL : type_find(f->realm, TEXT("System.Collections.DictionaryEntry"));
    uint32_t position = 0;
    enum status status = STATUS_OK;
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(table, &position));) {
        struct value pair = object_new(f->realm, type, 3);
        if (!dictionary) object_add(f->realm, pair, TEXT("Name"), MEMBER_PROPERTY, entry->key);
        object_add(f->realm, pair, TEXT("Key"), MEMBER_PROPERTY, entry->key);
        object_add(f->realm, pair, TEXT("Value"), MEMBER_PROPERTY, entry->value);
        status = add_object(f, pair);
        value_release(pair);
    }
    return status;
}

static enum status forward_line(void *context, struct text line) {
    return formatter_text(context, line);
}

static enum status add_value(struct formatter *f, struct value v, int depth);

static enum status add_items(struct formatter *f, struct value v, int depth) {
    struct enumeration it;
    struct value item;
    bool more;
    enum status status;
    enumeration_start(f->realm, &it, v);
    while ((status = enumeration_next(f->realm, &it, &more, &item)) == STATUS_OK && more)
        if ((status = add_value(f, item, depth + 1)) != STATUS_OK) break;
    enumeration_end(&it);
    return status;
}

/* Help objects bring their text with them. */
static const struct value *help_text(struct formatter *f, struct value v) {
    if (v.kind != VALUE_OBJECT || object_block(v)->type_names.kind == VALUE_UNSET || f->request.layout != FORMAT_DEFAULT) return NULL;
    const struct value *text = object_find_text(f->realm, v, TEXT("HelpText"));
    return text && text->kind == VALUE_STRING ? text : NULL;
}

static enum status add_value(struct formatter *f, struct value v, int depth) {
    struct value base = value_base(v);
    const struct value *help = help_text(f, base);
    if (help) return formatter_text(f, string_text(*help));
    if (value_is_nothing(base) || depth > LIMIT_COMPARE_DEPTH) return STATUS_OK;
    if (format_is_wrapped(v)) return add_wrapped(f, v);
    if (value_is_error_record(base) && !f->request.force)
        return format_error(f->realm, base, f->width, f->request.color, (struct format_sink){forward_line, f});
    if (!f->request.force && cell_is_scalar(f->realm, v)) {
        struct bytes text = {0};
        cell_add(f->realm, &text, v, CELL_LINE);
        enum status status = formatter_text(f, bytes_text(&text));
        bytes_free(&text);
        return status;
    }
    if (base.kind == VALUE_TABLE && f->request.expand != 2) return add_pairs(f, base);
    bool array_within = depth > 0 && base.kind == VALUE_ARRAY; /* shown as the object that it is */
    if (convert_is_enumerable(f->realm, v) && f->request.expand != 2 && !array_within) return add_items(f, v, depth);
    return add_object(f, v);
}

enum status formatter_add(struct formatter *f, struct value v) {
    return add_value(f, v, 0);
}
