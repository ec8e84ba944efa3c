/* The growable collections: one store (VALUE_LIST), told apart by type. Stacks keep their top first, as they are walked. */
#ifndef M365SH_TYPES_COLLECTION_PRIVATE_H
#define M365SH_TYPES_COLLECTION_PRIVATE_H

#include "member_row_private.h"
#include "m365sh/value/array.h"

enum collection_kind { COLLECTION_LIST, COLLECTION_SET, COLLECTION_SORTED_SET, COLLECTION_QUEUE, COLLECTION_STACK, COLLECTION_BAG };
enum collection_kind collection_kind_of(const struct type *type);
/* An empty list, set, queue or stack of the type. Owned. */
struct value collection_new(struct realm *realm, const struct type *type);
/* Adds at the end (stacks: at the top), without conversion. False: a set that had it. */
bool collection_add(struct realm *realm, struct value collection, struct value item);
/* Marks a list as changed, so that those who walk it notice. */
static inline void collection_changed(struct value list) { array_block(list)->container.extra += 2; }
/* The item as an element of the collection; owned. Raises MethodArgumentConversion… */
enum status collection_element(struct realm *realm, struct value collection, const char *method, struct value item, struct value *out);
/* Order of two items as .NET's default comparers have it. */
int collection_order(struct realm *realm, struct value a, struct value b);
/* Sorts an array or list in place; `block` compares two, or is null. */
enum status collection_sort(struct realm *realm, struct value v, struct value block);
/* Place of an item in what is sorted, or the complement of where it would stand. */
int32_t collection_search(struct realm *realm, struct value v, struct value item);
struct value collection_table_new(struct realm *realm, const struct type *type);

#endif
