/* Members and default display properties that Update-TypeData hangs on type names. */
#include "type_data_private.h"

#include "type_table_private.h"

struct added { char *name; enum member_kind kind; struct value item; };
struct data_of_type { struct added *members; size_t count, capacity; struct value defaults; };
struct type_data { struct map *types; /* by type name, without case */ };

static void free_type(void *block) {
    struct data_of_type *data = block;
    for (size_t i = 0; i < data->count; i++) {
        alloc_free(data->members[i].name);
        value_release(data->members[i].item);
    }
    value_release(data->defaults);
    alloc_free(data->members);
    alloc_free(data);
}

void type_data_free(struct type_data *data) {
    if (!data) return;
    map_free(data->types, free_type);
    alloc_free(data);
}

bool type_data_is_empty(struct realm *realm) { return !realm->types->type_data; }

static struct data_of_type *data_for(struct realm *realm, struct text type_name) {
    if (!realm->types->type_data) {
        realm->types->type_data = ALLOC_NEW(struct type_data);
        realm->types->type_data->types = map_new(MAP_FOLD);
    }
    struct data_of_type *data = map_get(realm->types->type_data->types, type_name);
    if (!data) map_put(realm->types->type_data->types, type_name, data = ALLOC_NEW(struct data_of_type));
    return data;
}

static struct added *find_added(struct data_of_type *data, struct text name) {
    for (size_t i = 0; i < data->count; i++)
        if (text_equal_fold(text_of(data->members[i].name), name)) return &data->members[i];
    return NULL;
}

void member_add_type_data(struct realm *realm, struct text type_name, struct text name, enum member_kind kind, struct value item) {
    struct data_of_type *data = data_for(realm, type_name);
    struct added *added = find_added(data, name);
    if (!added) {
        ALLOC_GROW(data->members, data->capacity, data->count + 1);
        added = &data->members[data->count++];
        *added = (struct added){.name = alloc_text(name.start, name.length)};
    }
    added->kind = kind;
    value_set(&added->item, item);
}

void member_set_default_properties(struct realm *realm, struct text type_name, struct value names) {
    value_set(&data_for(realm, type_name)->defaults, names);
}

struct search { struct realm *realm; struct text name; struct added *found; struct value defaults; };

static bool search_member(void *context, struct text type_name) {
    struct search *search = context;
    struct data_of_type *data = map_get(search->realm->types->type_data->types, type_name);
    search->found = data ? find_added(data, search->name) : NULL;
    return !search->found;
}

bool type_data_find(struct realm *realm, struct value v, struct text name, enum member_kind *kind, struct value *item) {
    struct search search = {.realm = realm, .name = name};
    if (type_data_is_empty(realm)) return false;
    type_names_walk(realm, v, search_member, &search);
    if (!search.found) return false;
    *kind = search.found->kind;
    *item = search.found->item;
    return true;
}

struct walk {
    struct realm *realm;
    bool (*visit)(void *context, struct text name, enum member_kind kind, struct value item);
    void *context;
};

static bool walk_type(void *context, struct text type_name) {
    struct walk *walk = context;
    struct data_of_type *data = map_get(walk->realm->types->type_data->types, type_name);
    for (size_t i = 0; data && i < data->count; i++)
        if (!walk->visit(walk->context, text_of(data->members[i].name), data->members[i].kind, data->members[i].item)) return false;
    return true;
}

void type_data_walk(struct realm *realm, struct value v,
                    bool (*visit)(void *context, struct text name, enum member_kind kind, struct value item), void *context) {
    struct walk walk = {realm, visit, context};
    if (!type_data_is_empty(realm)) type_names_walk(realm, v, walk_type, &walk);
}

static bool search_defaults(void *context, struct text type_name) {
    struct search *search = context;
    struct data_of_type *data = map_get(search->realm->types->type_data->types, type_name);
    if (data) search->defaults = data->defaults;
    return search->defaults.kind == VALUE_UNSET;
}

struct value member_default_properties(struct realm *realm, struct value v) {
    struct search search = {.realm = realm};
    if (!type_data_is_empty(realm)) type_names_walk(realm, v, search_defaults, &search);
    return search.defaults;
}
