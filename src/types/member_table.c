/* Rows by type and name. The index is built when a realm first asks for a member; a type's entries when it is first asked. */
#include "member_table_private.h"

#include <stdlib.h>
#include <string.h>
#include "collection_private.h"
#include "type_table_private.h"

#define TABLE(name) extern const struct member_table name;
#include "member_tables.def"
#undef TABLE
static const struct member_table *const tables[] = {
#define TABLE(name) &name,
#include "member_tables.def"
#undef TABLE
};

struct member_index { struct map *sets; };
struct filling_set { struct member_set set; const struct member_row **rows; size_t capacity; bool sorted; };

static const struct member_set empty_set = {0};

static void free_set(void *block) {
    struct filling_set *filling = block;
    alloc_free(filling->rows);
    alloc_free(filling->set.entries);
    alloc_free(filling);
}

void member_index_free(struct member_index *index) {
    if (!index) return;
    map_free(index->sets, free_set);
    alloc_free(index);
}

static void add_row(struct filling_set *filling, const struct member_row *row) {
    ALLOC_GROW(filling->rows, filling->capacity, filling->set.row_count + 1u);
    filling->rows[filling->set.row_count++] = row;
    filling->set.rows = filling->rows;
}

static struct member_index *build_index(void) {
    struct member_index *index = ALLOC_NEW(struct member_index);
    index->sets = map_new(MAP_ORDINAL);
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        const char *type = NULL;
        struct filling_set *filling = NULL;
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct member_row *row = &tables[t]->rows[i];
            if (!filling || (row->type != type && strcmp(row->type, type))) {
                type = row->type;
                filling = map_get(index->sets, text_of(type));
                if (!filling) map_put(index->sets, text_of(type), filling = ALLOC_NEW(struct filling_set));
            }
            add_row(filling, row);
        }
    }
    return index;
}

static bool is_static_row(const struct member_row *row) { return row->kind >= ROW_STATIC_GET; }

static int compare_entries(const void *a, const void *b) {
    const struct member_entry *left = a, *right = b;
    if (left->name != right->name) return left->name < right->name ? -1 : 1;
    return (int)left->is_static - (int)right->is_static;
}

/* One entry a name; rows of the same name that follow each other in the set are its overloads. */
static void build_entries(struct realm *realm, struct filling_set *filling) {
    struct member_set *set = &filling->set;
    set->entries = ALLOC_ARRAY(struct member_entry, set->row_count);
    for (uint32_t i = 0; i < set->row_count; i++) {
        const struct member_row *row = filling->rows[i];
        name_id name = intern_name(realm->names, text_of(row->name));
        struct member_entry *entry = NULL;
        for (uint32_t e = 0; e < set->count && !entry; e++)
            if (set->entries[e].name == name && set->entries[e].is_static == is_static_row(row)) entry = &set->entries[e];
        if (!entry) {
            entry = &set->entries[set->count++];
            *entry = (struct member_entry){.name = name, .is_static = is_static_row(row)};
        }
        if (row->kind == ROW_GET || row->kind == ROW_STATIC_GET) entry->value = row;
        else if (entry->method) entry->method_count += row == entry->method + entry->method_count;
        else {
            entry->method = row;
            entry->method_count = 1;
        }
    }
    qsort(set->entries, set->count, sizeof *set->entries, compare_entries);
    filling->sorted = true;
}

static const struct member_set *set_by_name(struct realm *realm, const char *type_name) {
    struct type_table *table = realm->types;
    if (!table->member_index) table->member_index = build_index();
    struct filling_set *filling = map_get(table->member_index->sets, text_of(type_name));
    if (!filling) return &empty_set;
    if (!filling->sorted) build_entries(realm, filling);
    return &filling->set;
}

const struct member_set *member_set_of(struct realm *realm, const struct type *type) {
    if (type->member_set) return type->member_set;
    const struct member_set *set = set_by_name(realm, type->open ? type->open->full_name : type->full_name);
    ((struct type *)type)->member_set = set;
    return set;
}

static const struct member_entry *find_in(const struct member_set *set, name_id name, bool is_static) {
    struct member_entry key = {.name = name, .is_static = is_static};
    return set->count ? bsearch(&key, set->entries, set->count, sizeof key, compare_entries) : NULL;
}

static uint32_t work_out_shared(struct realm *realm, const struct type *type, const struct member_set *sets[3]) {
    uint32_t count = 0;
    if (type->value_kind == VALUE_LIST) {
        static const char *const names[] = {[COLLECTION_LIST] = "~list", [COLLECTION_SET] = "~set", [COLLECTION_SORTED_SET] = "~set",
                                            [COLLECTION_QUEUE] = "~queue", [COLLECTION_STACK] = "~stack", [COLLECTION_BAG] = "~bag"};
        sets[count++] = set_by_name(realm, names[collection_kind_of(type)]);
        sets[count++] = set_by_name(realm, "~collection");
    } else if (type->value_kind == VALUE_TABLE) {
        bool ordered = strstr(type->full_name, "Ordered");
        sets[count++] = set_by_name(realm, ordered ? "~ordered" : type->element2 ? "~dictionary" : "~hashtable");
        sets[count++] = set_by_name(realm, "~table");
    } else if (type->flags & TYPE_EXCEPTION) {
        sets[count++] = set_by_name(realm, "~exception");
    }
    return count;
}

uint32_t member_shared_sets(struct realm *realm, const struct type *type, const struct member_set *sets[3]) {
    if (!type->shared_set_count) {
        struct type *place = (struct type *)type; /* the table's own types are never const */
        place->shared_set_count = (uint8_t)(1 + work_out_shared(realm, type, place->shared_sets));
    }
    memcpy(sets, type->shared_sets, sizeof type->shared_sets);
    return type->shared_set_count - 1u;
}

static bool fits(const struct member_entry *entry, int count) {
    if (count < 0 || !entry->method) return true;
    for (uint32_t i = 0; i < entry->method_count; i++)
        if (count >= entry->method[i].least && (entry->method[i].most < 0 || count <= entry->method[i].most)) return true;
    return false;
}

/* An ancestor's overload that takes `count` arguments, where the nearest ones do not. */
const struct member_entry *member_find_for(struct realm *realm, const struct type *type, name_id name, bool is_static, int count) {
    const struct member_entry *nearest = member_find(realm, type, name, is_static);
    if (!nearest || fits(nearest, count)) return nearest;
    for (const struct type *at = type->base; at; at = at->base) {
        const struct member_entry *entry = member_find(realm, at, name, is_static);
        if (!entry) break;
        if (entry->method && fits(entry, count)) return entry;
    }
    return nearest;
}

const struct member_entry *member_find(struct realm *realm, const struct type *type, name_id name, bool is_static) {
    const struct member_set *shared[3];
    const struct member_entry *entry;
    uint32_t count = member_shared_sets(realm, type, shared);
    for (const struct type *at = type; at; at = at->base) {
        if (!strcmp(at->full_name, "System.Object"))
            for (uint32_t i = 0; i < count; i++)
                if ((entry = find_in(shared[i], name, is_static))) return entry;
        if ((entry = find_in(member_set_of(realm, at), name, is_static))) return entry;
        for (const struct type *const *part = at->interfaces; part && *part; part++)
            if ((entry = find_in(member_set_of(realm, *part), name, is_static))) return entry;
        if (is_static && at->base && name == intern_name(realm->names, TEXT("new"))) {
            for (uint32_t i = 0; i < count; i++)
                if ((entry = find_in(shared[i], name, true))) return entry;
            return NULL; /* constructors are not inherited */
        }
    }
    return NULL;
}
