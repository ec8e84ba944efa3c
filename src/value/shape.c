/* Shapes of one line of descent share one growing run of entries and its index: a shape is the first `count` of a run.
 * A second child of a shape starts a run of its own. So a hundred shapes of a hundred names cost what one does. */
#include "m365sh/value/shape.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/arena.h"
#include "shape_private.h"

struct run {
    struct run *next;             /* all of the table, for freeing */
    struct shape_entry *entries;
    uint32_t used, capacity;
    uint32_t *slots;              /* entry + 1 by name; open addressing */
    uint32_t slot_count;
};
struct transition { uint32_t hash; struct shape_owned *shape; };
struct shape_private {
    struct run *run;
    struct transition *children;  /* one: at [0]; more: open addressing over child_slots */
    uint32_t child_count, child_slots;
    struct shape_owned *next;     /* all of the table, for freeing */
};
struct shape_owned { struct shape shape; struct shape_private rest; };
struct shape_table {
    struct intern *names;
    struct arena *spellings;
    struct run *runs;
    struct shape_owned *shapes, *empty;
};

#define RUN_SMALL 6   /* so few names are compared one by one */

static struct run *run_new(struct shape_table *table, uint32_t capacity) {
    struct run *run = ALLOC_NEW(struct run);
    run->entries = ALLOC_ARRAY(struct shape_entry, capacity);
    run->capacity = capacity;
    if (capacity > RUN_SMALL) {
        run->slot_count = 16;
        while (run->slot_count < capacity * 2) run->slot_count *= 2;
        run->slots = ALLOC_ARRAY(uint32_t, run->slot_count);
    }
    run->next = table->runs;
    table->runs = run;
    return run;
}

static uint32_t name_hash(name_id name) { return name * 0x9e3779b1u; }

static void run_add(struct run *run, struct shape_entry entry) {
    if (run->slots) {
        uint32_t mask = run->slot_count - 1, at = name_hash(entry.name) >> 7 & mask;
        while (run->slots[at]) at = (at + 1) & mask;
        run->slots[at] = run->used + 1;
    }
    run->entries[run->used++] = entry;
}

int32_t shape_find(const struct shape *shape, name_id name) {
    const struct run *run = shape->private_part->run;
    if (!run->slots) {
        for (uint32_t i = 0; i < shape->count; i++)
            if (run->entries[i].name == name) return (int32_t)i;
        return -1;
    }
    uint32_t mask = run->slot_count - 1;
    for (uint32_t at = name_hash(name) >> 7 & mask; run->slots[at]; at = (at + 1) & mask) {
        uint32_t entry = run->slots[at] - 1;
        if (run->entries[entry].name == name) return entry < shape->count ? (int32_t)entry : -1;
    }
    return -1;
}

static struct shape_owned *shape_make(struct shape_table *table, struct run *run, uint32_t count) {
    struct shape_owned *shape = ALLOC_NEW(struct shape_owned);
    shape->shape = (struct shape){.count = count, .entries = run->entries, .private_part = &shape->rest};
    shape->rest.run = run;
    shape->rest.next = table->shapes;
    table->shapes = shape;
    return shape;
}

struct shape_table *shape_table_new(struct intern *names) {
    struct shape_table *table = ALLOC_NEW(struct shape_table);
    table->names = names;
    table->spellings = arena_new();
    table->empty = shape_make(table, run_new(table, RUN_SMALL), 0);
    return table;
}

void shape_table_free(struct shape_table *table) {
    if (!table) return;
    for (struct shape_owned *shape = table->shapes, *next; shape; shape = next) {
        next = shape->rest.next;
        alloc_free(shape->rest.children);
        alloc_free(shape);
    }
    for (struct run *run = table->runs, *next; run; run = next) {
        next = run->next;
        alloc_free(run->entries);
        alloc_free(run->slots);
        alloc_free(run);
    }
    arena_free(table->spellings);
    alloc_free(table);
}

const struct shape *shape_empty(struct shape_table *table) { return &table->empty->shape; }

static bool is_child(const struct shape *child, struct text name, enum member_kind kind) {
    const struct shape_entry *last = &child->entries[child->count - 1];
    return last->kind == kind && text_equal(text_of(last->spelling), name);
}

static struct shape_owned *find_child(const struct shape_private *parent, uint32_t hash, struct text name,
                                      enum member_kind kind) {
    if (!parent->child_count) return NULL;
    uint32_t mask = parent->child_slots - 1;
    for (uint32_t at = hash & mask; parent->children[at].shape; at = (at + 1) & mask) {
        struct transition child = parent->children[at];
        if (child.hash == hash && is_child(&child.shape->shape, name, kind)) return child.shape;
        if (parent->child_slots == 1) return NULL;
    }
    return NULL;
}

static void put_child(struct transition *children, uint32_t slots, struct transition child) {
    uint32_t at = child.hash & (slots - 1);
    while (children[at].shape) at = (at + 1) & (slots - 1);
    children[at] = child;
}

static void add_child(struct shape_private *parent, struct transition child) {
    if (parent->child_count == 0 || (parent->child_count + 1) * 2 > parent->child_slots) {
        uint32_t slots = parent->child_count == 0 ? 1 : parent->child_slots < 4 ? 4 : parent->child_slots * 2;
        struct transition *children = ALLOC_ARRAY(struct transition, slots);
        for (uint32_t i = 0; i < parent->child_slots; i++)
            if (parent->children[i].shape) put_child(children, slots, parent->children[i]);
        alloc_free(parent->children);
        parent->children = children;
        parent->child_slots = slots;
    }
    put_child(parent->children, parent->child_slots, child);
    parent->child_count++;
}

const struct shape *shape_with_id(struct shape_table *table, const struct shape *shape, name_id id, struct text name,
                                  enum member_kind kind) {
    struct shape_private *parent = shape->private_part;
    uint32_t hash = name_hash(id) ^ (uint32_t)kind ^ (uint32_t)(name.length ? (uint8_t)name.start[0] : 0) << 8;
    struct shape_owned *child = find_child(parent, hash, name, kind);
    if (child) return &child->shape;
    struct text known = intern_text(table->names, id);
    const char *spelling = text_equal(known, name) ? known.start : arena_text(table->spellings, name.start, name.length);
    struct run *run = parent->run;
    if (run->used != shape->count || run->used == run->capacity) {
        run = run_new(table, shape->count < RUN_SMALL ? RUN_SMALL : shape->count * 2);
        for (uint32_t i = 0; i < shape->count; i++) run_add(run, shape->entries[i]);
    }
    run_add(run, (struct shape_entry){.name = id, .spelling = spelling, .kind = (uint8_t)kind});
    child = shape_make(table, run, shape->count + 1);
    add_child(parent, (struct transition){hash, child});
    return &child->shape;
}

const struct shape *shape_with(struct shape_table *table, const struct shape *shape, struct text name,
                               enum member_kind kind) {
    return shape_with_id(table, shape, intern_name(table->names, name), name, kind);
}
