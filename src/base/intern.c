#include "m365sh/base/intern.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/arena.h"

struct name {
    struct text text;
    uint32_t hash;
};

struct intern {
    struct arena *texts;
    struct name *names; /* names[id - 1] */
    size_t count, capacity;
    name_id *index; /* by hash, linear probing */
    size_t mask;
};

#define FIRST_SLOTS 512

struct intern *intern_new(void) {
    struct intern *table = ALLOC_NEW(struct intern);
    table->texts = arena_new();
    table->index = ALLOC_ARRAY(name_id, FIRST_SLOTS);
    table->mask = FIRST_SLOTS - 1;
    return table;
}

void intern_free(struct intern *table) {
    if (!table) return;
    arena_free(table->texts);
    alloc_free(table->names);
    alloc_free(table->index);
    alloc_free(table);
}

static size_t find_slot(const struct intern *table, struct text name, uint32_t hash) {
    size_t slot = hash & table->mask;
    for (; table->index[slot]; slot = (slot + 1) & table->mask) {
        const struct name *known = &table->names[table->index[slot] - 1];
        if (known->hash == hash && text_equal_fold(known->text, name)) break;
    }
    return slot;
}

static void grow_index(struct intern *table) {
    size_t slots = (table->mask + 1) * 2;
    alloc_free(table->index);
    table->index = ALLOC_ARRAY(name_id, slots);
    table->mask = slots - 1;
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = table->names[i].hash & table->mask;
        while (table->index[slot]) slot = (slot + 1) & table->mask;
        table->index[slot] = (name_id)(i + 1);
    }
}

name_id intern_name(struct intern *table, struct text name) {
    uint32_t hash = text_hash_fold(name);
    size_t slot = find_slot(table, name, hash);
    if (table->index[slot]) return table->index[slot];
    if ((table->count + 1) * 2 > table->mask) {
        grow_index(table);
        slot = find_slot(table, name, hash);
    }
    ALLOC_GROW(table->names, table->capacity, table->count + 1);
    const char *copy = arena_text(table->texts, name.start, name.length);
    table->names[table->count++] = (struct name){text_make(copy, name.length), hash};
    table->index[slot] = (name_id)table->count;
    return (name_id)table->count;
}

name_id intern_find(const struct intern *table, struct text name) {
    return table->index[find_slot(table, name, text_hash_fold(name))];
}

struct text intern_text(const struct intern *table, name_id name) {
    return name && name <= table->count ? table->names[name - 1].text : TEXT_NONE;
}
