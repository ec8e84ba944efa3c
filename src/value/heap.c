/* Trial deletion, as CPython does it: every container of the list gets its count as trial; references that come from
 * within the list are taken off; what keeps a trial above 0 is held from outside, and so is all that it reaches. The
 * rest is garbage. Two generations keep living data from being looked through again and again. */
#include "m365sh/value/heap.h"

#include "m365sh/base/alloc.h"
#include "value_private.h"

#define YOUNG_LIMIT 20000
#define PROMOTED_LEAST 400000

static void list_start(struct container *head) { head->next = head->previous = head; }

static void list_append(struct container *head, struct container *container) {
    container->previous = head->previous;
    container->next = head;
    head->previous->next = container;
    head->previous = container;
}

static void list_move_all(struct container *from, struct container *to) {
    if (from->next == from) return;
    from->next->previous = to->previous;
    to->previous->next = from->next;
    from->previous->next = to;
    to->previous = from->previous;
    list_start(from);
}

struct heap *heap_new(void) {
    struct heap *heap = ALLOC_NEW(struct heap);
    list_start(&heap->young);
    list_start(&heap->old);
    heap->young_limit = YOUNG_LIMIT;
    heap->promoted_limit = PROMOTED_LEAST;
    return heap;
}

static struct container *collecting(struct value *place) {
    if (!value_has_container(*place)) return NULL;
    struct container *container = (struct container *)place->counted;
    return container->head.flags & FLAG_COLLECTING ? container : NULL;
}

static void take_off(struct value *place, void *context) {
    (void)context;
    struct container *container = collecting(place);
    if (container) container->trial--;
}

static void reach(struct value *place, void *context) {
    struct container *container = collecting(place);
    if (!container) return;
    container->head.flags &= (uint8_t)~FLAG_COLLECTING;
    heap_unregister(container);
    list_append(context, container);
}

/* Moves what is held from outside, and all it reaches, from `list` to `reachable`. */
static void part(struct container *list, struct container *reachable) {
    for (struct container *c = list->next; c != list; c = c->next) {
        c->trial = (int32_t)c->head.count;
        c->head.flags |= FLAG_COLLECTING;
    }
    for (struct container *c = list->next; c != list; c = c->next) container_traverse(c, take_off, NULL);
    for (struct container *c = list->next, *next; c != list; c = next) {
        next = c->next;
        if (c->trial == 0) continue; /* below 0: a native showed what it does not own; better kept than freed */
        c->head.flags &= (uint8_t)~FLAG_COLLECTING;
        heap_unregister(c);
        list_append(reachable, c);
    }
    for (struct container *c = reachable->next; c != reachable; c = c->next) container_traverse(c, reach, reachable);
}

static void clear_place(struct value *place, void *context) {
    (void)context;
    struct value old = *place;
    place->kind = VALUE_UNSET;
    value_release(old);
}

/* Empties garbage while each piece is held, then lets go. A piece that survives (a native that kept itself) stays. */
static void free_garbage(struct container *garbage, struct container *survivors) {
    for (struct container *c = garbage->next; c != garbage; c = c->next) {
        c->head.flags &= (uint8_t)~FLAG_COLLECTING;
        c->head.count++;
    }
    for (struct container *c = garbage->next; c != garbage; c = c->next) container_traverse(c, clear_place, NULL);
    while (garbage->next != garbage) {
        struct container *c = garbage->next;
        heap_unregister(c);
        list_append(survivors, c);
        value_release(value_counted_take(&c->head));
    }
}

static size_t list_length(const struct container *head) {
    size_t length = 0;
    for (const struct container *c = head->next; c != head; c = c->next) length++;
    return length;
}

static void collect_list(struct container *list, struct container *survivors) {
    struct container garbage, reachable;
    list_start(&garbage);
    list_start(&reachable);
    list_move_all(list, &garbage);
    part(&garbage, &reachable);
    list_move_all(&reachable, survivors);
    free_garbage(&garbage, survivors);
}

void heap_collect_all(struct heap *heap) {
    list_move_all(&heap->young, &heap->old);
    collect_list(&heap->old, &heap->old);
    size_t live = list_length(&heap->old);
    heap->young_count = 0;
    heap->promoted = 0;
    heap->promoted_limit = live > PROMOTED_LEAST ? live : PROMOTED_LEAST;
}

void heap_collect(struct heap *heap) {
    struct container survivors;
    list_start(&survivors);
    collect_list(&heap->young, &survivors);
    heap->young_count = 0;
    heap->promoted += list_length(&survivors);
    list_move_all(&survivors, &heap->old);
    if (heap->promoted > heap->promoted_limit) heap_collect_all(heap);
}

size_t heap_live_containers(const struct heap *heap) { return list_length(&heap->young) + list_length(&heap->old); }

void heap_free(struct heap *heap) {
    if (!heap) return;
    heap_collect_all(heap);
    alloc_free(heap);
}
