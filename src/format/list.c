/* Lists: one line per property, labels in one column. */
#include "formatter_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/string.h"

struct entry {
    struct formatter *formatter;
    struct text label;
    int label_width;
    bool first;
    enum status status;
};

static void write_value_line(void *context, struct text line) {
    struct entry *entry = context;
    struct bytes text = {0};
    if (entry->status != STATUS_OK) return;
    int padding = entry->label_width;
    if (entry->first) {
        bytes_add_text(&text, entry->label);
        padding -= (int)utf8_width(entry->label);
    }
    bytes_add_repeat(&text, ' ', (size_t)(padding > 0 ? padding : 0));
    bytes_add_string(&text, entry->first ? " : " : "   ");
    bytes_add_text(&text, line);
    entry->first = false;
    entry->status = formatter_line(entry->formatter, bytes_text(&text));
    bytes_free(&text);
}

static enum status write_properties(struct formatter *f, const struct column_list *columns, struct value v) {
    struct bytes *texts = ALLOC_ARRAY(struct bytes, columns->count + 1);
    bool *shown = ALLOC_ARRAY(bool, columns->count + 1);
    int width = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < columns->count && status == STATUS_OK; i++) {
        bool failed_shows = f->request.display_error, found;
        status = column_add_text(f->realm, &columns->items[i], v, CELL_LINE, failed_shows, &found, &texts[i]);
        shown[i] = found || columns->items[i].expression.kind == VALUE_SCRIPT_BLOCK;
        int own = (int)utf8_width(string_text(columns->items[i].label));
        if (shown[i] && own > width) width = own;
    }
    for (size_t i = 0; i < columns->count && status == STATUS_OK; i++) {
        if (!shown[i]) continue;
        struct entry entry = {f, string_text(columns->items[i].label), width, true, STATUS_OK};
        cell_wrap(bytes_text(&texts[i]), f->width - width - 3, write_value_line, &entry);
        status = entry.status;
    }
    for (size_t i = 0; i < columns->count; i++) bytes_free(&texts[i]);
    alloc_free(texts);
    alloc_free(shown);
    return status;
}

enum status list_add(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    struct column_list own = {0}, *columns = &s->columns;
    if (!s->view || s->asked) { /* wildcards and properties may differ from object to object */
        if (s->asked) column_list_from_request(f->realm, &own, f->request.properties, v);
        else {
            struct value names = member_default_properties(f->realm, v);
            if (value_is_nothing(names)) column_list_from_value(f->realm, &own, v);
            else column_list_from_request(f->realm, &own, names, v);
        }
        columns = &own;
    }
    enum status status = write_properties(f, columns, v);
    column_list_free(&own);
    return status == STATUS_OK ? formatter_blank(f) : status;
}

enum status list_add_stranger(struct formatter *f, struct value v) {
    struct column_list columns = {0};
    column_list_from_value(f->realm, &columns, v);
    enum status status = formatter_blank(f);
    if (status == STATUS_OK) status = write_properties(f, &columns, v);
    if (status == STATUS_OK && columns.count) status = formatter_blank(f);
    column_list_free(&columns);
    return status;
}
