#include "engine_private.h"

void scope_open(struct scope *scope, struct scope *parent, struct chunk *layout, struct value *slots) {
    memset(scope, 0, sizeof *scope);
    scope->parent = parent;
    scope->layout = layout;
    scope->slots = slots;
    if (parent) scope->module = parent->module;
}

static void free_variable(void *item) {
    struct variable *variable = item;
    value_release(variable->value);
    alloc_free(variable);
}

static void free_command(void *item) { command_release(item); }

void scope_close(struct engine *engine, struct scope *scope) {
    if (scope->extra.capacity) name_table_free(&scope->extra, free_variable);
    if (scope->attributes.capacity) name_table_free(&scope->attributes, variable_attributes_free);
    if (scope->functions.capacity) {
        name_table_free(&scope->functions, free_command);
        engine->epoch++;
    }
    if (scope->aliases.capacity) {
        name_table_free(&scope->aliases, free_command);
        engine->epoch++;
    }
}

static struct value *unboxed(struct value *place) {
    return place->spare == SLOT_BOXED ? reference_place(*place) : place;
}

struct value *scope_find(struct scope *scope, name_id name) {
    if (scope->layout) {
        int32_t slot = chunk_slot(scope->layout, name);
        if (slot >= 0 && scope->slots[slot].kind != VALUE_UNSET) return unboxed(&scope->slots[slot]);
    }
    struct variable *variable = name_table_get(&scope->extra, name);
    return variable && variable->value.kind != VALUE_UNSET ? unboxed(&variable->value) : NULL;
}

static bool is_private(struct engine *engine, struct scope *scope, name_id name) {
    if (!engine->attributes_used) return false;
    const struct variable_attributes *attributes = name_table_get(&scope->attributes, name);
    return attributes && (attributes->flags & VARIABLE_PRIVATE);
}

struct value *scope_lookup(struct engine *engine, struct scope *scope, name_id name) {
    struct scope *first = scope;
    for (; scope; scope = scope->parent) {
        struct value *place = scope_find(scope, name);
        if (place && (scope == first || !is_private(engine, scope, name))) return place;
    }
    return NULL;
}

/* Cached: the slot in the scope that the code runs in, or in its parent. */
struct value *scope_lookup_cached(struct engine *engine, struct scope *scope, name_id name, struct inline_cache *cache) {
    if (cache->key && !engine->attributes_used) {
        if (scope->layout == cache->key) {
            struct value *place = &scope->slots[cache->slot];
            if (place->kind != VALUE_UNSET) return unboxed(place);
        } else if (scope->parent && scope->layout == cache->value && scope->parent->layout == cache->key && !scope->extra.count) {
            struct value *place = &scope->parent->slots[cache->slot];
            if (place->kind != VALUE_UNSET) return unboxed(place);
        }
    }
    struct value *place = scope_lookup(engine, scope, name);
    if (!place) return NULL;
    struct scope *own = scope->layout && chunk_slot(scope->layout, name) >= 0 ? scope : scope->parent;
    if (!own || !own->layout) return place;
    int32_t slot = chunk_slot(own->layout, name);
    if (slot < 0 || unboxed(&own->slots[slot]) != place) return place;
    if (own != scope && scope->layout && chunk_slot(scope->layout, name) >= 0) return place;
    cache->key = own->layout;
    cache->slot = (uint32_t)slot;
    cache->value = own == scope ? NULL : scope->layout;
    return place;
}

static struct variable *new_variable(struct scope *scope, name_id name) {
    struct variable *variable = ALLOC_NEW(struct variable);
    name_table_put(&scope->extra, name, variable);
    return variable;
}

/* The place itself, boxed or not, also when unset. */
static struct value *raw_place(struct scope *scope, name_id name) {
    int32_t slot = scope->layout ? chunk_slot(scope->layout, name) : -1;
    if (slot >= 0) return &scope->slots[slot];
    struct variable *variable = name_table_get(&scope->extra, name);
    return variable ? &variable->value : NULL;
}

struct value *scope_place(struct engine *engine, struct scope *scope, name_id name) {
    (void)engine;
    struct value *place = raw_place(scope, name);
    if (!place) place = &new_variable(scope, name)->value;
    if (place->kind == VALUE_UNSET) place->kind = VALUE_NULL;
    return place;
}

enum status scope_assign_take(struct engine *engine, struct scope *scope, name_id name, struct value v) {
    struct value *place = raw_place(scope, name);
    if (!place) place = &new_variable(scope, name)->value;
    if (place->spare) return variable_store_take(engine, scope, name, place, v);
    v.spare = 0;
    value_set_take(place, v);
    return STATUS_OK;
}

struct scope *scope_current(struct engine *engine) { return engine->frame ? engine->frame->scope : &engine->global; }

struct scope *scope_script(struct engine *engine, struct scope *from) {
    for (; from; from = from->parent) {
        if (from->is_script) return from;
    }
    return &engine->global;
}

struct scope *scope_numbered(struct engine *engine, struct scope *from, int which) {
    switch (which) {
    case 1: return &engine->global;
    case 2: return scope_script(engine, from);
    default: return from;
    }
}

bool scope_remove(struct engine *engine, struct scope *scope, name_id name) {
    (void)engine;
    struct value *place = raw_place(scope, name);
    if (!place || place->kind == VALUE_UNSET) return false;
    struct variable_attributes *attributes = name_table_remove(&scope->attributes, name);
    if (attributes) variable_attributes_free(attributes);
    value_release(*place);
    *place = VALUE_UNSET_INIT;
    return true;
}

int scope_strict(struct engine *engine, struct scope *scope) {
    if (!engine->strict_used) return 0;
    for (; scope; scope = scope->parent) {
        if (scope->strict) return scope->strict < 0 ? 0 : scope->strict;
    }
    return 0;
}

void scope_adopt(struct engine *engine, struct frame *frame) {
    struct scope *global = &engine->global;
    struct chunk *chunk = frame->chunk;
    if (global->layout || (chunk->flags & CHUNK_BY_NAME)) {
        frame->scope = global;
        frame->owns_scope = false;
        return;
    }
    for (uint32_t i = 0; i < chunk->slot_count; i++) {
        struct variable *variable = name_table_remove(&global->extra, chunk->slot_names[i]);
        if (!variable) continue;
        frame->registers[i] = variable->value;
        alloc_free(variable);
    }
    global->layout = chunk_keep(chunk);
    global->slots = frame->registers;
    frame->scope = global;
    frame->owns_scope = false;
}

void scope_give_back(struct engine *engine) {
    struct scope *global = &engine->global;
    struct chunk *layout = global->layout;
    struct value *slots = global->slots;
    for (uint32_t i = 0; i < layout->slot_count; i++) {
        if (slots[i].kind == VALUE_UNSET) continue;
        uint16_t mark = slots[i].spare;
        if (mark && mark != SLOT_BOXED && mark != SLOT_DYNAMIC) variable_own_attributes(engine, global, layout->slot_names[i], &slots[i]);
    }
    global->layout = NULL;
    global->slots = NULL;
    for (uint32_t i = 0; i < layout->slot_count; i++) {
        if (slots[i].kind == VALUE_UNSET) continue;
        new_variable(global, layout->slot_names[i])->value = slots[i];
        slots[i] = VALUE_UNSET_INIT;
    }
    chunk_release(layout);
}

void scope_copy_out(struct engine *engine, struct scope *from) {
    struct scope *to = from->parent;
    for (uint32_t i = 0; i < from->layout->slot_count; i++) {
        struct value v = from->slots[i];
        if (v.kind == VALUE_UNSET || v.spare == SLOT_BOXED) continue;
        v.spare = 0;
        if (scope_assign_take(engine, to, from->layout->slot_names[i], value_keep(v)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
    }
    uint32_t position = 0;
    name_id name;
    void *item;
    while (name_table_next(&from->functions, &position, &name, &item)) function_define(engine, to, name, command_keep(item));
    position = 0;
    while (name_table_next(&from->extra, &position, &name, &item)) {
        struct variable *variable = item;
        if (scope_assign_take(engine, to, name, value_keep(variable->value)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
    }
}
