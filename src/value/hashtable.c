/* Entries in insertion order, found through slots of open addressing. Small tables are searched by hash alone. */
#include "m365sh/value/hashtable.h"

#include "hashtable_order_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/value/compare.h"
#include "string_hash_private.h"
#include "value_private.h"

#define SMALL 8           /* so many entries need no slots */
#define SLOT_REMOVED UINT32_MAX

struct value table_new(struct realm *realm, enum table_kind kind, bool keys_fold, const struct type *type) {
    struct table *table = alloc_zeroed(1, sizeof *table);
    container_start(realm, &table->container, VALUE_TABLE, type);
    table->table_kind = (uint8_t)kind;
    table->keys_fold = keys_fold;
    return value_counted_take(&table->container.head);
}

static void changed(struct table *table) {
    table->version++;
    if (!table->order) return;
    alloc_free(table->order);
    table->order = NULL;
}

static void fill_slots(struct table *table) {
    uint32_t mask = table->slot_count - 1;
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    for (uint32_t i = 0; i < table->used; i++) {
        if (table->entries[i].key.kind == VALUE_UNSET) continue;
        uint32_t at = table->entries[i].hash & mask;
        while (table->slots[at]) at = (at + 1) & mask;
        table->slots[at] = i + 1;
    }
}

static void squeeze(struct table *table) {
    uint32_t to = 0;
    for (uint32_t i = 0; i < table->used; i++)
        if (table->entries[i].key.kind != VALUE_UNSET) table->entries[to++] = table->entries[i];
    table->used = to;
}

static void set_capacity(struct table *table, uint32_t capacity) {
    table->entries = alloc_resize(table->entries, capacity, sizeof *table->entries);
    table->capacity = capacity;
    uint32_t slot_count = 16;
    while (slot_count < capacity + capacity / 3) slot_count *= 2;
    if (capacity <= SMALL) return;
    if (slot_count != table->slot_count) {
        alloc_free(table->slots);
        table->slots = alloc_bytes(slot_count * sizeof *table->slots);
        table->slot_count = slot_count;
    }
    fill_slots(table);
}

static void make_room(struct table *table) {
    if (table->used < table->capacity) return;
    if (table->count < table->used) squeeze(table);
    bool crowded = table->used > table->capacity - table->capacity / 4;
    set_capacity(table, table->capacity < 4 ? 4 : crowded ? table->capacity * 2 : table->capacity);
}

void table_expect(struct value v, uint32_t pairs) {
    struct table *table = table_block(v);
    table->expected = pairs;
    if (pairs > table->capacity) set_capacity(table, pairs < 4 ? 4 : pairs);
}

/* What is looked for: a value, or text that is not a value yet. */
struct wanted { struct value key; struct text text; bool is_text; uint32_t hash; };

static struct wanted wanted_value(const struct table *table, struct value key) {
    key = value_base(key);
    struct wanted wanted = {.key = key, .is_text = key.kind == VALUE_STRING};
    if (wanted.is_text) wanted.text = string_text(key);
    wanted.hash = value_hash(key, table->keys_fold);
    return wanted;
}

static bool fits(const struct table *table, const struct table_entry *entry, const struct wanted *wanted) {
    if (entry->hash != wanted->hash || entry->key.kind == VALUE_UNSET) return false;
    if (!wanted->is_text) return value_equals(entry->key, wanted->key, false);
    return entry->key.kind == VALUE_STRING && string_equal_text(string_text(entry->key), wanted->text, table->keys_fold);
}

/* The entry's number or -1. *slot (may be NULL) gets its slot. */
static int64_t find(const struct table *table, const struct wanted *wanted, uint32_t *slot) {
    if (!table->slots) {
        for (uint32_t i = 0; i < table->used; i++)
            if (fits(table, &table->entries[i], wanted)) return i;
        return -1;
    }
    uint32_t mask = table->slot_count - 1;
    for (uint32_t at = wanted->hash & mask; table->slots[at]; at = (at + 1) & mask) {
        uint32_t entry = table->slots[at];
        if (entry == SLOT_REMOVED || !fits(table, &table->entries[entry - 1], wanted)) continue;
        if (slot) *slot = at;
        return entry - 1;
    }
    return -1;
}

struct value *table_find(struct value v, struct value key) {
    struct table *table = table_block(v);
    struct wanted wanted = wanted_value(table, key);
    int64_t at = find(table, &wanted, NULL);
    return at < 0 ? NULL : &table->entries[at].value;
}

struct value *table_find_text(struct value v, struct text key) {
    struct table *table = table_block(v);
    struct wanted wanted = {.text = key, .is_text = true, .hash = string_hash_text(key, table->keys_fold)};
    int64_t at = find(table, &wanted, NULL);
    return at < 0 ? NULL : &table->entries[at].value;
}

static uint32_t sorted_place(const struct table *table, struct value key) {
    uint32_t low = 0, high = table->used;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (hashtable_order_compare(table->entries[middle].key, key) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* `at` is where the new entry goes among those in use; both values are taken over. */
static void add(struct table *table, uint32_t at, uint32_t hash, struct value key, struct value item) {
    make_room(table);
    bool last = at >= table->used;
    if (last) at = table->used;
    else memmove(table->entries + at + 1, table->entries + at, (table->used - at) * sizeof *table->entries);
    table->entries[at] = (struct table_entry){.key = key, .value = item, .hash = hash};
    table->used++;
    table->count++;
    if (!hashtable_order_knows(key)) table->loose_keys++;
    changed(table);
    if (!table->slots) return;
    if (!last) {
        fill_slots(table);
        return;
    }
    uint32_t mask = table->slot_count - 1, slot = hash & mask;
    while (table->slots[slot] && table->slots[slot] != SLOT_REMOVED) slot = (slot + 1) & mask;
    table->slots[slot] = at + 1;
}

static void put_take(struct table *table, struct value key, struct value item) {
    struct wanted wanted = wanted_value(table, key);
    int64_t at = find(table, &wanted, NULL);
    if (at >= 0) {
        if (table->table_kind != TABLE_DICTIONARY) table->version++; /* as in .NET: an assignment ends a walk */
        value_set_take(&table->entries[at].value, item);
        return;
    }
    if (table->table_kind == TABLE_SORTED && table->count < table->used) {
        squeeze(table);
        if (table->slots) fill_slots(table);
    }
    uint32_t place = table->table_kind == TABLE_SORTED ? sorted_place(table, wanted.key) : UINT32_MAX;
    add(table, place, wanted.hash, value_keep(wanted.key), item);
}

void table_put(struct value v, struct value key, struct value item) {
    put_take(table_block(v), key, value_keep(item));
}

void table_put_text_take(struct value v, const char *key, struct value item) {
    struct value name = string_of(key);
    put_take(table_block(v), name, item);
    value_release(name);
}

void table_put_text(struct value v, const char *key, struct value item) {
    table_put_text_take(v, key, value_keep(item));
}

static void remove_entry(struct table *table, uint32_t at) {
    struct table_entry old = table->entries[at];
    table->entries[at].key.kind = table->entries[at].value.kind = VALUE_UNSET;
    if (!hashtable_order_knows(old.key)) table->loose_keys--;
    table->count--;
    if (at + 1 == table->used) table->used--;
    changed(table);
    value_release(old.key);
    value_release(old.value);
}

bool table_remove(struct value v, struct value key) {
    struct table *table = table_block(v);
    struct wanted wanted = wanted_value(table, key);
    uint32_t slot = 0;
    int64_t at = find(table, &wanted, &slot);
    if (at < 0) return false;
    if (table->slots) table->slots[slot] = SLOT_REMOVED;
    remove_entry(table, (uint32_t)at);
    return true;
}

void table_clear(struct value v) {
    struct table *table = table_block(v);
    struct table_entry *entries = table->entries;
    uint32_t used = table->used;
    alloc_free(table->slots);
    table->slots = NULL;
    table->entries = NULL;
    table->slot_count = table->used = table->count = table->capacity = table->loose_keys = 0;
    changed(table);
    for (uint32_t i = 0; i < used; i++) {
        value_release(entries[i].key);
        value_release(entries[i].value);
    }
    alloc_free(entries);
}

struct table_entry *table_next(struct value v, uint32_t *position) {
    struct table *table = table_block(v);
    bool by_bucket = table->table_kind == TABLE_HASH && !table->loose_keys && table->count > 1;
    if (by_bucket) {
        if (!table->order) table->order = hashtable_order_make(table);
        return *position < table->count ? &table->entries[table->order[(*position)++]] : NULL;
    }
    while (*position < table->used) {
        struct table_entry *entry = &table->entries[(*position)++];
        if (entry->key.kind != VALUE_UNSET) return entry;
    }
    return NULL;
}

struct table_entry *table_at(struct value v, uint32_t index) {
    struct table *table = table_block(v);
    if (index >= table->count) return NULL;
    if (table->count == table->used) return &table->entries[index];
    for (uint32_t i = 0; i < table->used; i++)
        if (table->entries[i].key.kind != VALUE_UNSET && index-- == 0) return &table->entries[i];
    return NULL;
}

bool table_insert_at(struct value v, uint32_t index, struct value key, struct value item) {
    struct table *table = table_block(v);
    struct wanted wanted = wanted_value(table, key);
    if (find(table, &wanted, NULL) >= 0) return false;
    if (table->count < table->used) {
        squeeze(table);
        if (table->slots) fill_slots(table);
    }
    add(table, index, wanted.hash, value_keep(wanted.key), value_keep(item));
    return true;
}
