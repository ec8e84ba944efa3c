/* The containers of one interpreter, in a list, so that cycles among them can be found. Collection runs at safe
 * points only (heap_poll), never inside an allocation. */
#ifndef M365SH_VALUE_HEAP_H
#define M365SH_VALUE_HEAP_H

#include <stddef.h>
#include "m365sh/value/value.h"

/* Every container block starts with this. */
struct container {
    struct counted head;
    struct container *next, *previous; /* the heap's list */
    const struct type *type;           /* exact .NET type: object[], int[], Hashtable, a class …; never NULL */
    int32_t trial;                     /* used by the collector only */
};

struct heap;
struct heap *heap_new(void);
/* Releases what cycles still hold. Values that outlive the heap are an error of the caller. */
void heap_free(struct heap *heap);
/* Puts a new container under the heap. Called by the constructors of containers and of natives that hold values. */
void heap_register(struct heap *heap, struct container *container);
void heap_unregister(struct container *container);
bool heap_wants_collection(const struct heap *heap); /* inline test in the VM's back-edges and in emit */
void heap_collect(struct heap *heap);
size_t heap_live_containers(const struct heap *heap);

/* Counted blocks of one size are recycled through free lists kept here for speed where it pays. */
#endif
