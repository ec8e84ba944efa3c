#include "m365sh/net/headers.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/secret.h"

static void release(struct header *header) {
    alloc_free(header->name);
    secret_wipe(header->value, strlen(header->value)); /* Authorization is among them */
    alloc_free(header->value);
}

void headers_clear(struct headers *headers) {
    for (size_t i = 0; i < headers->count; i++) release(&headers->items[i]);
    headers->count = 0;
}

void headers_free(struct headers *headers) {
    headers_clear(headers);
    alloc_free(headers->items);
    *headers = (struct headers){0};
}

static struct text one_line(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.start[i] == '\r' || text.start[i] == '\n' || text.start[i] == '\0') return text_slice(text, 0, i);
    return text;
}

void headers_add(struct headers *headers, struct text name, struct text value) {
    ALLOC_GROW(headers->items, headers->capacity, headers->count + 1);
    name = one_line(name);
    value = text_trim(one_line(value));
    headers->items[headers->count++] = (struct header){alloc_text(name.start, name.length), alloc_text(value.start, value.length)};
}

void headers_set(struct headers *headers, struct text name, struct text value) {
    size_t kept = 0;
    for (size_t i = 0; i < headers->count; i++) {
        if (text_equal_fold(text_of(headers->items[i].name), name)) release(&headers->items[i]);
        else headers->items[kept++] = headers->items[i];
    }
    headers->count = kept;
    headers_add(headers, name, value);
}

struct text headers_get(const struct headers *headers, struct text name) {
    for (size_t i = 0; i < headers->count; i++)
        if (text_equal_fold(text_of(headers->items[i].name), name)) return text_of(headers->items[i].value);
    return TEXT_NONE;
}

void headers_copy(struct headers *to, const struct headers *from) {
    for (size_t i = 0; i < from->count; i++) headers_add(to, text_of(from->items[i].name), text_of(from->items[i].value));
}
