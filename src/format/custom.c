/* Format-Custom: an object as a class with its properties, nested ones within; and the views that are one text. */
#include "formatter_private.h"

#include "m365sh/types/format_text.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

enum { DEEPEST = 5, STEP = 2 };

struct printing { struct formatter *formatter; int depth, indent; };

static enum status put(const struct printing *p, int more, const char *text, struct text rest) {
    struct bytes line = {0};
    bytes_add_repeat(&line, ' ', (size_t)(p->indent + more));
    bytes_add_string(&line, text);
    bytes_add_text(&line, rest);
    enum status status = formatter_line(p->formatter, bytes_text(&line));
    bytes_free(&line);
    return status;
}

static enum status print_object(struct printing p, struct value v);

static enum status print_plain(const struct printing *p, struct value v) {
    struct bytes text = {0};
    cell_add(p->formatter->realm, &text, v, CELL_LINE);
    enum status status = put(p, 0, "", bytes_text(&text));
    bytes_free(&text);
    return status;
}

static bool is_plain(struct realm *realm, struct value v) {
    struct value base = value_base(v);
    return cell_is_scalar(realm, v) || value_is_nothing(base) || base.kind == VALUE_GUID || base.kind == VALUE_TYPE;
}

/* A hashtable as its pairs. */
static enum status print_pairs(struct printing p, struct value table) {
    struct realm *realm = p.formatter->realm;
    const struct type *type = type_find(realm, TEXT("System.Collections.DictionaryEntry"));
    struct printing inner = {p.formatter, p.depth + 1, p.indent + STEP};
    uint32_t position = 0;
    enum status status = put(&p, 0, "[", TEXT_NONE);
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(table, &position));) {
        struct value pair = object_new(realm, type, 3);
        object_add(realm, pair, TEXT("Key"), MEMBER_PROPERTY, entry->key);
        object_add(realm, pair, TEXT("Value"), MEMBER_PROPERTY, entry->value);
        object_add(realm, pair, TEXT("Name"), MEMBER_PROPERTY, entry->key);
        status = print_object(inner, pair);
        value_release(pair);
    }
    if (status == STATUS_OK) status = put(&p, 0, "]", TEXT_NONE);
    return status == STATUS_OK ? put(&p, 0, "", TEXT_NONE) : status;
}

static enum status print_items(struct printing p, struct value v) {
    struct realm *realm = p.formatter->realm;
    struct enumeration it;
    struct value item;
    bool more;
    enum status status = put(&p, 0, "[", TEXT_NONE);
    struct printing inner = {p.formatter, p.depth + 1, p.indent + STEP};
    enumeration_start(realm, &it, v);
    while (status == STATUS_OK && (status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more)
        status = is_plain(realm, item) ? print_plain(&inner, item) : print_object(inner, item);
    enumeration_end(&it);
    if (status == STATUS_OK) status = put(&p, 0, "]", TEXT_NONE);
    return status == STATUS_OK ? put(&p, 0, "", TEXT_NONE) : status;
}

static enum status print_property(struct printing p, struct text name, struct value item) {
    struct realm *realm = p.formatter->realm;
    struct bytes text = {0};
    bytes_add_text(&text, name);
    bytes_add_string(&text, " = ");
    bool collection = convert_is_enumerable(realm, item) || value_is_table(value_base(item));
    bool nested = p.depth < DEEPEST && !is_plain(realm, item);
    if (!nested) cell_add(realm, &text, item, CELL_LINE);
    enum status status = put(&p, 0, "", bytes_text(&text));
    bytes_free(&text);
    if (status != STATUS_OK || !nested) return status;
    struct printing inner = {p.formatter, p.depth + 1, p.indent + STEP};
    if (value_is_table(value_base(item))) return print_pairs(inner, value_base(item));
    return collection ? print_items(inner, item) : print_object(inner, item);
}

static enum status print_object(struct printing p, struct value v) {
    struct realm *realm = p.formatter->realm;
    const struct type *type = type_of(realm, v);
    struct column_list columns = {0};
    struct formatter *f = p.formatter;
    enum status status = put(&p, 0, "class ", text_of(type ? type->name : "Object"));
    if (status == STATUS_OK) status = put(&p, 0, "{", TEXT_NONE);
    if (p.depth == 0 && f->sequence.asked) column_list_from_request(realm, &columns, f->request.properties, v);
    else column_list_from_value(realm, &columns, v);
    struct printing inner = {f, p.depth, p.indent + STEP};
    for (size_t i = 0; i < columns.count && status == STATUS_OK; i++) {
        struct value item;
        bool found, failed;
        status = column_value(realm, &columns.items[i], v, &found, &failed, &item);
        if (status != STATUS_OK) break;
        if (found || failed) status = print_property(inner, string_text(columns.items[i].label), item);
        value_release(item);
    }
    column_list_free(&columns);
    return status == STATUS_OK ? put(&p, 0, "}", TEXT_NONE) : status;
}

/* Get-Date -DisplayHint Date shows the day alone. */
static bool add_hinted_date(struct realm *realm, struct bytes *out, struct value v) {
    struct value base = value_base(v), hint;
    bool found = false;
    if (base.kind != VALUE_DATETIME || v.kind != VALUE_EXTENDED) return false;
    if (member_get(realm, v, intern_name(realm->names, TEXT("DisplayHint")), &found, &hint) != STATUS_OK || !found) return false;
    struct value text = convert_text(realm, hint);
    const char *format = text_equal_fold(string_text(text), TEXT("Date")) ? "D" : text_equal_fold(string_text(text), TEXT("Time")) ? "T" : NULL;
    value_release(text);
    value_release(hint);
    return format && format_value(realm, out, base, text_of(format), realm->culture) == STATUS_OK;
}

/* Views of one text: a column's, or the object's own. */
static enum status add_text_view(struct formatter *f, struct value v) {
    struct bytes text = {0};
    bool found;
    enum status status = STATUS_OK;
    if (add_hinted_date(f->realm, &text, v)) found = true;
    else if (f->sequence.columns.count) status = column_add_text(f->realm, &f->sequence.columns.items[0], v, CELL_LINE, false, &found, &text);
    else cell_add(f->realm, &text, v, CELL_LINE);
    struct text rest = bytes_text(&text), line;
    while (status == STATUS_OK && text_split_next(&rest, '\n', &line)) status = formatter_line(f, line);
    bytes_free(&text);
    return status;
}

enum status custom_add(struct formatter *f, struct value v) {
    if (f->sequence.view) return add_text_view(f, v);
    enum status status = print_object((struct printing){f, 0, 0}, v);
    return status == STATUS_OK ? formatter_blank(f) : status;
}
