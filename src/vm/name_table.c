#include "engine_private.h"

static uint32_t place_of(const struct name_table *table, name_id name) {
    uint32_t mask = table->capacity - 1, at = name * 2654435761u & mask;
    while (table->names[at] && table->names[at] != name) at = (at + 1) & mask;
    return at;
}

void *name_table_get(const struct name_table *table, name_id name) {
    if (!table->count) return NULL;
    uint32_t at = place_of(table, name);
    return table->names[at] ? table->items[at] : NULL;
}

static void grow(struct name_table *table) {
    struct name_table old = *table;
    table->capacity = old.capacity ? old.capacity * 2 : 8;
    table->names = ALLOC_ARRAY(name_id, table->capacity);
    table->items = ALLOC_ARRAY(void *, table->capacity);
    for (uint32_t i = 0; i < old.capacity; i++) {
        if (!old.names[i]) continue;
        uint32_t at = place_of(table, old.names[i]);
        table->names[at] = old.names[i];
        table->items[at] = old.items[i];
    }
    alloc_free(old.names);
    alloc_free(old.items);
}

void name_table_put(struct name_table *table, name_id name, void *item) {
    if ((table->count + 1) * 4 > table->capacity * 3) grow(table);
    uint32_t at = place_of(table, name);
    if (!table->names[at]) table->count++;
    table->names[at] = name;
    table->items[at] = item;
}

/* Those behind move up, so that no gap breaks their chains. */
void *name_table_remove(struct name_table *table, name_id name) {
    if (!table->count) return NULL;
    uint32_t mask = table->capacity - 1, at = place_of(table, name);
    if (!table->names[at]) return NULL;
    void *item = table->items[at];
    table->names[at] = 0;
    table->count--;
    for (uint32_t i = (at + 1) & mask; table->names[i]; i = (i + 1) & mask) {
        name_id moved = table->names[i];
        table->names[i] = 0;
        uint32_t to = place_of(table, moved);
        table->names[to] = moved;
        table->items[to] = table->items[i];
    }
    return item;
}

bool name_table_next(const struct name_table *table, uint32_t *position, name_id *name, void **item) {
    for (; *position < table->capacity; ++*position) {
        if (!table->names[*position]) continue;
        *name = table->names[*position];
        *item = table->items[*position];
        ++*position;
        return true;
    }
    return false;
}

void name_table_free(struct name_table *table, void (*release)(void *)) {
    for (uint32_t i = 0; release && i < table->capacity; i++) {
        if (table->names[i]) release(table->items[i]);
    }
    alloc_free(table->names);
    alloc_free(table->items);
    *table = (struct name_table){0};
}
