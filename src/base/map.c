#include "m365sh/base/map.h"

#include "m365sh/base/alloc.h"

/* Entries stand in the order they were added; `index` holds their numbers (from 1) by hash, with linear probing.
 * A removed entry keeps its place with `key.start` NULL until the next rebuild. */
struct entry {
    struct text key;
    void *value;
    uint32_t hash;
};

struct map {
    enum map_keys keys;
    struct entry *entries;
    size_t filled, capacity; /* entries used, removed ones included */
    size_t live;
    uint32_t *index;
    size_t mask; /* slots of `index` - 1; 0: no index yet */
};

struct map *map_new(enum map_keys keys) {
    struct map *map = ALLOC_NEW(struct map);
    map->keys = keys;
    return map;
}

void map_free(struct map *map, void (*release)(void *)) {
    if (!map) return;
    for (size_t i = 0; i < map->filled; i++) {
        if (!map->entries[i].key.start) continue;
        alloc_free((char *)map->entries[i].key.start);
        if (release && map->entries[i].value) release(map->entries[i].value);
    }
    alloc_free(map->entries);
    alloc_free(map->index);
    alloc_free(map);
}

static uint32_t hash_of(const struct map *map, struct text key) {
    return map->keys == MAP_FOLD ? text_hash_fold(key) : text_hash(key);
}

/* The slot of `index` that holds the key, or the free slot where it would go. */
static size_t find_slot(const struct map *map, struct text key, uint32_t hash) {
    size_t slot = hash & map->mask;
    for (; map->index[slot]; slot = (slot + 1) & map->mask) {
        const struct entry *entry = &map->entries[map->index[slot] - 1];
        if (entry->hash != hash || !entry->key.start) continue;
        if (map->keys == MAP_FOLD ? text_equal_fold(entry->key, key) : text_equal(entry->key, key)) break;
    }
    return slot;
}

/* Drops removed entries and makes the index at least twice as large as what it holds. */
static void rebuild(struct map *map) {
    size_t kept = 0;
    for (size_t i = 0; i < map->filled; i++)
        if (map->entries[i].key.start) map->entries[kept++] = map->entries[i];
    map->filled = kept;
    size_t slots = 16;
    while (slots < (kept + 1) * 3) slots *= 2;
    alloc_free(map->index);
    map->index = ALLOC_ARRAY(uint32_t, slots);
    map->mask = slots - 1;
    for (size_t i = 0; i < kept; i++) {
        size_t slot = map->entries[i].hash & map->mask;
        while (map->index[slot]) slot = (slot + 1) & map->mask;
        map->index[slot] = (uint32_t)(i + 1);
    }
}

void *map_get(const struct map *map, struct text key) {
    if (!map->live) return NULL;
    size_t slot = find_slot(map, key, hash_of(map, key));
    return map->index[slot] ? map->entries[map->index[slot] - 1].value : NULL;
}

void *map_put(struct map *map, struct text key, void *value) {
    if (!map->mask || (map->filled + 1) * 3 > (map->mask + 1) * 2) rebuild(map);
    uint32_t hash = hash_of(map, key);
    size_t slot = find_slot(map, key, hash);
    if (map->index[slot]) {
        struct entry *entry = &map->entries[map->index[slot] - 1];
        void *replaced = entry->value;
        entry->value = value;
        return replaced;
    }
    ALLOC_GROW(map->entries, map->capacity, map->filled + 1);
    map->entries[map->filled++] =
        (struct entry){text_make(alloc_text(key.start, key.length), key.length), value, hash};
    map->index[slot] = (uint32_t)map->filled;
    map->live++;
    return NULL;
}

void *map_remove(struct map *map, struct text key) {
    if (!map->live) return NULL;
    size_t slot = find_slot(map, key, hash_of(map, key));
    if (!map->index[slot]) return NULL;
    struct entry *entry = &map->entries[map->index[slot] - 1];
    void *value = entry->value;
    alloc_free((char *)entry->key.start);
    *entry = (struct entry){.hash = entry->hash};
    map->live--;
    return value;
}

size_t map_count(const struct map *map) {
    return map->live;
}

bool map_next(const struct map *map, size_t *position, struct text *key, void **value) {
    while (*position < map->filled) {
        const struct entry *entry = &map->entries[(*position)++];
        if (!entry->key.start) continue;
        if (key) *key = entry->key;
        if (value) *value = entry->value;
        return true;
    }
    return false;
}
