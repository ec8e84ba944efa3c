#include "type_table_private.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "member_table_private.h"
#include "type_data_private.h"

struct type_row {
    const char *full_name, *base;
    uint32_t flags;
    uint8_t kind;
    const char *words; /* interfaces, or an enum's members */
};
static const struct type_row rows[] = {
#define TYPE(full_name, base, flags, kind, interfaces) {full_name, base, flags, kind, interfaces},
#include "shell_types.def"
#include "types.def"
#undef TYPE
#define EXCEPTION(full_name, base) {full_name, base, TYPE_EXCEPTION, VALUE_OBJECT, ""},
#include "exceptions.def"
#undef EXCEPTION
#define ENUM(full_name, underlying, flags, members) {full_name, underlying, (flags) | TYPE_VALUE, VALUE_ENUM, members},
#include "enums.def"
#undef ENUM
};
static const struct { const char *name, *full_name; } accelerators[] = {
#define ACCELERATOR(name, full_name) {name, full_name},
#include "accelerators.def"
#undef ACCELERATOR
};
#define ROW_COUNT (sizeof rows / sizeof rows[0])
#define ACCELERATOR_COUNT (sizeof accelerators / sizeof accelerators[0])
#define SLOT_COUNT 4096u
_Static_assert(ROW_COUNT + ACCELERATOR_COUNT < SLOT_COUNT / 2, "the table of names is too full");

static const char *name_of_entry(uint32_t entry) {
    return entry < ROW_COUNT ? rows[entry].full_name : accelerators[entry - ROW_COUNT].name;
}

/* Entries are put in once per realm, when the first name is asked for: some 30 microseconds. */
static void build_slots(struct type_table *table) {
    table->slots = ALLOC_ARRAY(uint16_t, SLOT_COUNT);
    for (uint32_t entry = 0; entry < ROW_COUNT + ACCELERATOR_COUNT; entry++) {
        uint32_t slot = text_hash_fold(text_of(name_of_entry(entry))) % SLOT_COUNT;
        while (table->slots[slot]) slot = (slot + 1) % SLOT_COUNT;
        table->slots[slot] = (uint16_t)(entry + 1);
    }
}

static int64_t find_entry(struct type_table *table, struct text name) {
    if (!table->slots) build_slots(table);
    uint32_t slot = text_hash_fold(name) % SLOT_COUNT;
    for (; table->slots[slot]; slot = (slot + 1) % SLOT_COUNT)
        if (text_equal_fold(text_of(name_of_entry(table->slots[slot] - 1u)), name)) return table->slots[slot] - 1;
    return -1;
}

static const char *last_part(const char *full_name) {
    const char *best = full_name;
    for (const char *c = full_name; *c && *c != '['; c++)
        if (*c == '.' || *c == '+') best = c + 1;
    return best;
}

static void set_names(struct type_table *table, struct type *type, const char *full_name) {
    type->full_name = type->display = full_name;
    type->name = last_part(full_name);
    const char *dot = type->name;
    while (dot > full_name && *dot != '.') dot--; /* nested classes keep their outer class's namespace */
    type->name_space = arena_text(table->arena, full_name, (size_t)(dot - full_name));
}

static void set_interfaces(struct realm *realm, struct type *type, const char *words) {
    const struct type *found[16];
    uint32_t count = 0;
    struct text rest = text_of(words), word;
    while (count < 15 && text_split_next(&rest, ' ', &word))
        if (word.length && (found[count] = type_table_find(realm, word))) count++;
    if (!count) return;
    const struct type **list = arena_take(realm->types->arena, (count + 1) * sizeof *list);
    memcpy(list, found, count * sizeof *list);
    list[count] = NULL;
    type->interfaces = list;
}

static void set_members(struct type_table *table, struct type *type, const char *words) {
    uint32_t count = 0;
    struct text rest = text_of(words), word;
    while (text_split_next(&rest, ' ', &word)) count += word.length > 0;
    struct enum_member *members = arena_take(table->arena, (count + 1) * sizeof *members);
    rest = text_of(words);
    uint32_t at = 0;
    int64_t next = 0;
    while (text_split_next(&rest, ' ', &word)) {
        if (!word.length) continue;
        size_t equal = text_find_byte(word, '=', 0);
        if (equal != TEXT_NOT_FOUND) {
            decimal_read_int64(text_slice(word, equal + 1, word.length), &next);
            word.length = equal;
        }
        members[at++] = (struct enum_member){arena_text(table->arena, word.start, word.length), next++};
    }
    type->members = members;
    type->member_count = count;
}

static struct type *add_type(struct type_table *table) {
    ALLOC_GROW(table->types, table->capacity, table->count + 1);
    struct type *type = arena_take(table->arena, sizeof *type);
    *type = (struct type){.index = table->count};
    table->types[table->count++] = type;
    return type;
}

static const struct type *type_of_row(struct realm *realm, uint32_t index) {
    struct type_table *table = realm->types;
    if (table->types[index]) return table->types[index];
    const struct type_row *row = &rows[index];
    struct type *type = arena_take(table->arena, sizeof *type);
    *type = (struct type){.index = index, .flags = row->flags, .value_kind = row->kind};
    table->types[index] = type;
    set_names(table, type, row->full_name);
    for (size_t i = 0; i < ACCELERATOR_COUNT && !type->accelerator; i++)
        if (!strcmp(accelerators[i].full_name, row->full_name)) type->accelerator = accelerators[i].name;
    if (type->accelerator) type->display = type->accelerator;
    if (row->flags & TYPE_ENUM) {
        type->base = type_known(realm, "System.Enum");
        type->underlying = type_known(realm, row->base);
        set_members(table, type, row->words);
    } else {
        type->base = *row->base ? type_known(realm, row->base) : NULL;
        if (type->base && type->base->flags & TYPE_EXCEPTION) type->flags |= TYPE_EXCEPTION;
        set_interfaces(realm, type, row->words);
    }
    return type;
}

const struct type *type_table_find(struct realm *realm, struct text name) {
    int64_t entry = find_entry(realm->types, name);
    if (entry >= (int64_t)ROW_COUNT)
        entry = find_entry(realm->types, text_of(accelerators[entry - (int64_t)ROW_COUNT].full_name));
    return entry < 0 ? NULL : type_of_row(realm, (uint32_t)entry);
}

const struct type *type_table_find_made(struct realm *realm, struct text name) {
    return map_get(realm->types->made, name);
}

const struct type *type_known(struct realm *realm, const char *full_name) {
    int64_t entry = find_entry(realm->types, text_of(full_name));
    assert(entry >= 0 && "a type without row");
    return type_of_row(realm, (uint32_t)entry);
}

const struct type *type_by_index(struct realm *realm, uint32_t index) {
    return index < ROW_COUNT ? type_of_row(realm, index) : realm->types->types[index];
}

/* --- types made on demand ------------------------------------------------------------------------------------------ */

/* The made type that was stored under a key of indexes ("12[,]", "34<12,13>"), or a fresh one to be filled. Names
 * will not do as keys: a script may define a class anew. */
static struct type *find_or_add(struct type_table *table, struct text key, bool *fresh) {
    struct type *type = map_get(table->made, key);
    *fresh = !type;
    if (!type) map_put(table->made, key, type = add_type(table));
    return type;
}

const struct type *type_array_of_rank(struct realm *realm, const struct type *element, int rank) {
    struct type_table *table = realm->types;
    char key[32];
    snprintf(key, sizeof key, "%u[%d]", element->index, rank);
    bool fresh;
    struct type *type = find_or_add(table, text_of(key), &fresh);
    if (!fresh) return type;
    char brackets[40] = "[";
    for (int i = 1; i < rank && i < 32; i++) brackets[i] = ',';
    brackets[rank < 32 ? rank : 32] = ']';
    struct bytes name = {0};
    bytes_add_format(&name, "%s%s", element->full_name, brackets);
    set_names(table, type, arena_text(table->arena, name.data, name.length));
    bytes_clear(&name);
    bytes_add_format(&name, "%s%s", element->name, brackets); /* Int32[] */
    type->name = arena_text(table->arena, name.data, name.length);
    bytes_clear(&name);
    bytes_add_format(&name, "%s%s", element->display, brackets);
    type->display = arena_text(table->arena, name.data, name.length);
    bytes_free(&name);
    type->base = type_known(realm, "System.Array");
    type->element = element;
    type->rank = (uint8_t)rank;
    type->value_kind = VALUE_ARRAY;
    return type;
}

const struct type *type_array_of(struct realm *realm, const struct type *element) {
    return type_array_of_rank(realm, element, 1);
}

const struct type *type_generic(struct realm *realm, const struct type *open, const struct type *a,
                                const struct type *b) {
    struct type_table *table = realm->types;
    char key[48];
    snprintf(key, sizeof key, "%u<%u,%u>", open->index, a->index, b ? b->index : 0);
    bool fresh;
    struct type *type = find_or_add(table, text_of(key), &fresh);
    if (!fresh) return type;
    uint32_t index = type->index;
    *type = *open;
    type->index = index;
    type->flags &= ~(uint32_t)TYPE_GENERIC_OPEN;
    type->open = open;
    type->element = a;
    type->element2 = b;
    type->member_set = NULL;
    type->shared_set_count = type->collection = 0;
    struct bytes name = {0};
    bytes_add_format(&name, "%s[%s", open->full_name, a->full_name);
    if (b) bytes_add_format(&name, ",%s", b->full_name);
    bytes_add_byte(&name, ']');
    type->full_name = arena_text(table->arena, name.data, name.length);
    bytes_clear(&name);
    bytes_add_text(&name, text_slice(text_of(open->full_name), 0, text_find_byte(text_of(open->full_name), '`', 0)));
    bytes_add_format(&name, "[%s%s%s]", a->display, b ? "," : "", b ? b->display : "");
    type->display = arena_text(table->arena, name.data, name.length);
    bytes_free(&name);
    return type;
}

struct type *type_define(struct realm *realm, struct text name, uint32_t flags, const struct type *base) {
    struct type_table *table = realm->types;
    struct type *type = add_type(table);
    set_names(table, type, arena_text(table->arena, name.start, name.length));
    type->flags = flags | (base ? base->flags & TYPE_EXCEPTION : 0);
    type->base = base ? base : type_known(realm, flags & TYPE_ENUM ? "System.Enum" : "System.Object");
    type->value_kind = flags & TYPE_ENUM ? VALUE_ENUM : VALUE_OBJECT;
    type->element = type->base->element;
    type->element2 = type->base->element2;
    map_put(table->made, name, type);
    return type;
}

void type_define_enum(struct realm *realm, struct type *type, const struct type *underlying,
                      const struct enum_member *members, uint32_t count) {
    struct arena *arena = realm->types->arena;
    struct enum_member *copy = arena_take(arena, (count + 1) * sizeof *copy);
    for (uint32_t i = 0; i < count; i++) /* sorted by number, as .NET keeps them; equal ones in order of writing */ {
        uint32_t at = i;
        while (at > 0 && (uint64_t)copy[at - 1].number > (uint64_t)members[i].number) {
            copy[at] = copy[at - 1];
            at--;
        }
        copy[at] = (struct enum_member){arena_text(arena, members[i].name, strlen(members[i].name)), members[i].number};
    }
    type->members = copy;
    type->member_count = count;
    type->underlying = underlying;
    type->flags |= TYPE_ENUM | TYPE_VALUE;
}

/* --- life ---------------------------------------------------------------------------------------------------------- */

static const struct type *lookup_find(struct realm *realm, const char *full_name) {
    return type_find(realm, text_of(full_name));
}
static uint32_t lookup_index(const struct type *type) { return type->index; }
static struct value lookup_text(struct realm *realm, struct value v) {
    struct value text;
    return convert_dot_text(realm, v, &text) == STATUS_OK ? text : string_empty();
}
static void lookup_name(struct realm *realm, struct value v, struct bytes *out) {
    const struct type *type = type_of(realm, v);
    if (type) bytes_add_string(out, type->name);
}
static const struct type_lookup lookup = {lookup_find, lookup_index, lookup_text, lookup_name};

void types_start(struct realm *realm) {
    struct type_table *table = ALLOC_NEW(struct type_table);
    table->arena = arena_new();
    table->capacity = ROW_COUNT + 32;
    table->types = ALLOC_ARRAY(struct type *, table->capacity);
    table->count = ROW_COUNT;
    table->made = map_new(MAP_FOLD);
    realm->types = table;
    realm->lookup = &lookup;
    realm->culture = culture_find(TEXT("en-US"));
}

void types_stop(struct realm *realm) {
    struct type_table *table = realm->types;
    if (!table) return;
    member_index_free(table->member_index);
    type_data_free(table->type_data);
    map_free(table->made, NULL);
    arena_free(table->arena);
    alloc_free(table->types);
    alloc_free(table->slots);
    alloc_free(table);
    realm->types = NULL;
    realm->lookup = NULL;
}
