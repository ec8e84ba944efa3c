/* A hash map from text to pointer that keeps insertion order. Keys are copied. Values are the caller's. */
#ifndef M365SH_BASE_MAP_H
#define M365SH_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include "m365sh/base/text.h"

enum map_keys { MAP_ORDINAL, MAP_FOLD }; /* FOLD: keys without case */
struct map;
struct map *map_new(enum map_keys keys);
/* `release` (may be NULL) is called for each value that is still there. */
void map_free(struct map *map, void (*release)(void *));
void *map_get(const struct map *map, struct text key); /* NULL if absent */
void *map_put(struct map *map, struct text key, void *value); /* returns the value replaced, or NULL */
void *map_remove(struct map *map, struct text key);    /* returns what was there */
size_t map_count(const struct map *map);
/* Walks in insertion order: start with *position = 0; false at the end. */
bool map_next(const struct map *map, size_t *position, struct text *key, void **value);

#endif
