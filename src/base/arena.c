#include "m365sh/base/arena.h"

#include <string.h>
#include "m365sh/base/alloc.h"

#define FIRST_BLOCK 4096
#define LARGEST_BLOCK ((size_t)1 << 20)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
    struct block *previous;
    _Alignas(max_align_t) char data[];
};

struct arena {
    struct block *last;
    size_t left;       /* bytes free at the end of `last` */
    char *next;        /* where they start */
    size_t block_size; /* of the next block */
    size_t used;
};

struct arena *arena_new(void) {
    struct arena *arena = ALLOC_NEW(struct arena);
    arena->block_size = FIRST_BLOCK;
    return arena;
}

void arena_free(struct arena *arena) {
    if (!arena) return;
    for (struct block *block = arena->last; block;) {
        struct block *previous = block->previous;
        alloc_free(block);
        block = previous;
    }
    alloc_free(arena);
}

static void add_block(struct arena *arena, size_t size) {
    struct block *block = alloc_zeroed(1, sizeof *block + size);
    block->previous = arena->last;
    arena->last = block;
    arena->next = block->data;
    arena->left = size;
}

void *arena_take(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (size > arena->left) {
        add_block(arena, size > arena->block_size ? size : arena->block_size);
        if (arena->block_size < LARGEST_BLOCK) arena->block_size *= 2;
    }
    void *result = arena->next;
    arena->next += size;
    arena->left -= size;
    arena->used += size;
    return result;
}

char *arena_text(struct arena *arena, const char *start, size_t length) {
    char *copy = arena_take(arena, length + 1);
    if (length) memcpy(copy, start, length);
    return copy;
}

size_t arena_used(const struct arena *arena) {
    return arena->used;
}
