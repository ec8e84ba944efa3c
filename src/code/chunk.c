#include "m365sh/code/chunk.h"

#include "m365sh/base/alloc.h"

struct chunk *chunk_new(struct realm *realm, struct source *source) {
    struct chunk *chunk = ALLOC_NEW(struct chunk);
    chunk->references = 1;
    chunk->realm = realm;
    chunk->source = source_keep(source);
    chunk->arena = arena_new();
    for (int i = 0; i < ENTRY_COUNT; i++) chunk->entries[i] = -1;
    return chunk;
}

struct chunk *chunk_keep(struct chunk *chunk) {
    chunk->references++;
    return chunk;
}

static void release_attributes(struct attribute_site *sites, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < sites[i].argument_count; k++) value_release(sites[i].arguments[k].value);
    }
}

static void release_classes(struct chunk *chunk) {
    for (uint32_t i = 0; i < chunk->class_count; i++) {
        const struct class_site *site = &chunk->classes[i];
        for (uint32_t k = 0; k < site->member_count; k++)
            release_attributes(site->members[k].attributes, site->members[k].attribute_count);
    }
}

/* Nesting is bounded by LIMIT_PARSE_DEPTH, so this recursion is too. */
void chunk_release(struct chunk *chunk) {
    if (!chunk || --chunk->references) return;
    if (chunk->vm_part_release) chunk->vm_part_release(chunk);
    for (uint32_t i = 0; i < chunk->constant_count; i++) value_release(chunk->constants[i]);
    for (uint32_t i = 0; i < chunk->nested_count; i++) chunk_release(chunk->nested[i]);
    for (uint32_t i = 0; i < chunk->parameter_count; i++)
        release_attributes(chunk->parameters[i].attributes, chunk->parameters[i].attribute_count);
    for (uint32_t i = 0; i < chunk->attribute_set_count; i++)
        release_attributes(chunk->attribute_sets[i].attributes, chunk->attribute_sets[i].attribute_count);
    release_attributes(chunk->attributes, chunk->attribute_count);
    release_classes(chunk);
    alloc_free(chunk->code);
    alloc_free(chunk->spans);
    alloc_free(chunk->constants);
    alloc_free(chunk->caches);
    alloc_free(chunk->types);
    alloc_free(chunk->nested);
    alloc_free(chunk->pipelines);
    alloc_free(chunk->functions);
    alloc_free(chunk->classes);
    alloc_free(chunk->usings);
    alloc_free(chunk->regions);
    alloc_free(chunk->catches);
    alloc_free(chunk->attribute_sets);
    alloc_free(chunk->parameters);
    alloc_free(chunk->slot_names);
    alloc_free(chunk->slot_index);
    arena_free(chunk->arena);
    source_release(chunk->source);
    alloc_free(chunk);
}

int32_t chunk_slot(const struct chunk *chunk, name_id name) {
    if (!chunk->slot_index_size) return -1;
    uint32_t mask = chunk->slot_index_size - 1;
    for (uint32_t i = name * 2654435761u & mask;; i = (i + 1) & mask) {
        uint32_t found = chunk->slot_index[i];
        if (!found) return -1;
        if (chunk->slot_names[found - 1] == name) return (int32_t)found - 1;
    }
}
