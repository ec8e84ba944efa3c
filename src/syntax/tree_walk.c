#include "m365sh/base/alloc.h"
#include "tree_fields_private.h"

/* Nodes to visit, the next on top. A chain of a hundred thousand operators is as deep as it is long: no recursion. */
struct pending {
    struct node **items;
    size_t count, capacity;
};

static void push(struct pending *pending, struct node *node) {
    if (node == NULL) return;
    ALLOC_GROW(pending->items, pending->capacity, pending->count + 1);
    pending->items[pending->count++] = node;
}

static void push_children(struct pending *pending, struct node *node) {
    const struct field *fields = tree_fields((enum node_kind)node->kind), *field = fields;
    while (field->kind != FIELD_END) field++;
    while (field-- > fields) {
        void *at = tree_field(node, field);
        if (field->kind == FIELD_CHILD) {
            push(pending, *(struct node **)at);
        } else if (field->kind == FIELD_LIST) {
            const struct node_list *list = at;
            for (uint32_t i = list->count; i-- > 0;) push(pending, list->items[i]);
        }
    }
}

void tree_walk(struct node *node, bool (*enter)(void *context, struct node *node), void *context) {
    struct pending pending = {0};
    push(&pending, node);
    while (pending.count != 0) {
        struct node *next = pending.items[--pending.count];
        if (enter(context, next)) push_children(&pending, next);
    }
    alloc_free(pending.items);
}
