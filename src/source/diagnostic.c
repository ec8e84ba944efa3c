#include "m365sh/source/diagnostic.h"

#include <stdarg.h>
#include "m365sh/base/alloc.h"
#include "m365sh/limits.h"

void diagnostic_add(struct diagnostic_list *list, const char *id, struct span span, bool incomplete, const char *format,
                    ...) {
    if (list->count >= LIMIT_DIAGNOSTICS) {
        list->dropped++;
        return;
    }
    struct bytes message = {0};
    va_list arguments;
    va_start(arguments, format);
    bytes_add_format_list(&message, format, arguments);
    va_end(arguments);
    ALLOC_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count++] = (struct diagnostic){
        .id = id, .span = span, .message = message.data ? bytes_take(&message) : alloc_text("", 0), .incomplete = incomplete};
}

void diagnostic_list_free(struct diagnostic_list *list) {
    for (size_t i = 0; i < list->count; i++) alloc_free(list->items[i].message);
    alloc_free(list->items);
    *list = (struct diagnostic_list){0};
}

bool diagnostic_any_error(const struct diagnostic_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].warning) return true;
    return list->dropped > 0;
}

bool diagnostic_all_incomplete(const struct diagnostic_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].incomplete) return false;
    return list->count > 0;
}

void diagnostic_add_line(struct bytes *out, const struct source *source, const struct diagnostic *diagnostic) {
    uint32_t line, column;
    struct text name = source_name(source);
    source_position(source, diagnostic->span.start, &line, &column);
    bytes_add_text(out, name.length ? name : TEXT("<text>"));
    bytes_add_format(out, ":%u:%u: %s %s: %s", line, column, diagnostic->warning ? "warning" : "error", diagnostic->id,
                     diagnostic->message);
}
