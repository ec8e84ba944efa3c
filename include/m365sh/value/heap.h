/* The containers of one interpreter, in two lists (young and old), so that cycles among them can be found. Collection
 * runs at safe points only, never inside an allocation: the VM asks heap_wants_collection at back-edges and in emit. */
#ifndef M365SH_VALUE_HEAP_H
#define M365SH_VALUE_HEAP_H

#include <stddef.h>
#include "m365sh/value/value.h"

/* Every block that can hold other values starts with this: arrays, lists, tables, objects, references, extended values,
 * natives and script blocks. A block that was never registered has no neighbours in the list (next is NULL). */
struct container {
    struct counted head;
    struct container *next, *previous; /* the heap's list */
    const struct type *type;           /* exact .NET type: int[], List<string>, a class …; NULL: the kind's usual one */
    int32_t trial;                     /* used by the collector only */
    uint32_t extra;                    /* free for the container's own use */
};

struct heap {
    struct container young, old;  /* heads of the lists; only next and previous mean anything */
    size_t young_count;           /* registered since the last collection */
    size_t young_limit;
    size_t promoted;              /* survivors since the old list was looked through */
    size_t promoted_limit;
};
struct heap *heap_new(void);
/* Releases what cycles still hold. Values that outlive the heap are an error of the caller. */
void heap_free(struct heap *heap);
/* Puts a new container under the heap. Called by the constructors of containers and of natives that hold values. */
static inline void heap_register(struct heap *heap, struct container *container) {
    container->next = heap->young.next;
    container->previous = &heap->young;
    heap->young.next->previous = container;
    heap->young.next = container;
    heap->young_count++;
}
static inline void heap_unregister(struct container *container) {
    if (!container->next) return;
    container->next->previous = container->previous;
    container->previous->next = container->next;
    container->next = NULL;
}
static inline bool heap_wants_collection(const struct heap *heap) { return heap->young_count > heap->young_limit; }
/* Looks through what is young, and through all when much has grown old since the last time. */
void heap_collect(struct heap *heap);
void heap_collect_all(struct heap *heap);
size_t heap_live_containers(const struct heap *heap); /* walks the lists */

#endif
