/* Memory for things that die together (a tree, a token list). Blocks are never moved. */
#ifndef M365SH_BASE_ARENA_H
#define M365SH_BASE_ARENA_H

#include <stddef.h>

struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Zeroed, aligned for any type, never NULL; lives until arena_free. */
void *arena_take(struct arena *arena, size_t size);
/* A NUL-ended copy in the arena. */
char *arena_text(struct arena *arena, const char *start, size_t length);
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_take((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_take((arena), sizeof(type) * (size_t)(count)))

#endif
