/* Making and filling lists, sets, queues, stacks and tables of every type. */
#include "collection_private.h"

#include <string.h>
#include "convert_private.h"

static bool ends_in(const struct type *type, const char *end) {
    const struct type *open = type->open ? type->open : type;
    return text_equal(text_of(open->name), text_of(end));
}

static enum collection_kind kind_by_name(const struct type *type) {
    if (ends_in(type, "List`1") || ends_in(type, "ArrayList")) return COLLECTION_LIST;
    if (ends_in(type, "HashSet`1")) return COLLECTION_SET;
    if (ends_in(type, "SortedSet`1")) return COLLECTION_SORTED_SET;
    if (ends_in(type, "Queue`1") || ends_in(type, "Queue") || ends_in(type, "ConcurrentQueue`1")) return COLLECTION_QUEUE;
    if (ends_in(type, "Stack`1") || ends_in(type, "Stack") || ends_in(type, "ConcurrentStack`1") ||
        ends_in(type, "ConcurrentBag`1"))
        return ends_in(type, "ConcurrentBag`1") ? COLLECTION_BAG : COLLECTION_STACK;
    return COLLECTION_LIST;
}

enum collection_kind collection_kind_of(const struct type *type) {
    if (!type) return COLLECTION_LIST;
    if (!type->collection) ((struct type *)type)->collection = (uint8_t)(1 + kind_by_name(type));
    return (enum collection_kind)(type->collection - 1);
}

struct value collection_new(struct realm *realm, const struct type *type) {
    enum collection_kind kind = collection_kind_of(type);
    if (kind == COLLECTION_SET || kind == COLLECTION_SORTED_SET) return set_new(realm, type, false);
    return list_new(realm, type, 0);
}

/* Makes room before the first item, as much as there are items, so that pushing costs little on average. */
static void push_front(struct value v, struct value item) {
    struct array *array = array_block(v);
    if (!array->first) {
        uint32_t room = array->count + 8;
        size_t capacity = array->capacity;
        ALLOC_GROW(array->items, capacity, (size_t)array->count + room);
        array->capacity = (uint32_t)capacity;
        memmove(array->items + room, array->items, array->count * sizeof *array->items);
        array->first = room;
    }
    array->items[--array->first] = value_keep(item);
    array->count++;
}

int collection_order(struct realm *realm, struct value a, struct value b) {
    if (value_is_number(a) && value_is_number(b)) {
        double left = number_to_double(a), right = number_to_double(b);
        return left < right ? -1 : left > right;
    }
    struct value left = convert_text(realm, a), right = convert_text(realm, b);
    int result = collate_compare(realm->collator, string_text(left), string_text(right), false);
    value_release(left);
    value_release(right);
    return result;
}

/* A sorted set keeps its items in order; whoever walks it sees them so. */
static bool add_sorted(struct realm *realm, struct value set, struct value item) {
    uint32_t low = 0, high = array_count(set);
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int relation = collection_order(realm, array_at(set, middle), item);
        if (!relation) return false;
        if (relation < 0) low = middle + 1;
        else high = middle;
    }
    array_insert(set, low, item);
    return true;
}

bool collection_add(struct realm *realm, struct value collection, struct value item) {
    bool added = true;
    switch (collection_kind_of(array_block(collection)->container.type)) {
    case COLLECTION_SET: added = set_add(collection, item); break;
    case COLLECTION_SORTED_SET: added = add_sorted(realm, collection, item); break;
    case COLLECTION_STACK: case COLLECTION_BAG: push_front(collection, item); break;
    default: array_push(collection, item);
    }
    if (added) collection_changed(collection);
    return added;
}

enum status collection_element(struct realm *realm, struct value collection, const char *method, struct value item,
                               struct value *out) {
    const struct type *type = type_of(realm, collection);
    if (type->element && item.kind == type->element->value_kind && item.kind != VALUE_ENUM && item.kind < VALUE_SCRIPT_BLOCK && !value_is_switch(item)) {
        *out = value_keep(item);
        return STATUS_OK;
    }
    if (!type->element || type_assignable(realm, item, type->element)) {
        *out = value_is_nothing(item) ? value_null() : value_keep(item);
        return STATUS_OK;
    }
    if (convert_try(realm, item, type->element, out)) return STATUS_OK;
    return member_raise_argument(realm, method, item, type->element);
}

struct value collection_table_new(struct realm *realm, const struct type *type) {
    const char *name = type->open ? type->open->name : type->name;
    if (!strcmp(name, "OrderedDictionary") || !strcmp(name, "OrderedHashtable"))
        return table_new(realm, TABLE_ORDERED, true, !strcmp(name, "OrderedDictionary") ? NULL : type);
    if (!strcmp(name, "Hashtable")) return table_new(realm, TABLE_HASH, false, NULL);
    if (text_starts(text_of(name), TEXT("Sorted"))) return table_new(realm, TABLE_SORTED, false, type);
    return table_new(realm, TABLE_DICTIONARY, false, type);
}

/* Merge sort: stable, and it can stop when the block fails. */
static enum status merge(struct realm *realm, struct value *items, struct value *spare, uint32_t count, struct value block) {
    if (count < 2) return STATUS_OK;
    uint32_t half = count / 2, left = 0, right = half, at = 0;
    enum status status = merge(realm, items, spare, half, block);
    if (status == STATUS_OK) status = merge(realm, items + half, spare, count - half, block);
    if (status != STATUS_OK) return status;
    while (left < half && right < count) {
        int32_t relation;
        if (block.kind == VALUE_SCRIPT_BLOCK) {
            struct value pair[2] = {items[left], items[right]}, result;
            if ((status = member_run_block(realm, block, pair, 2, &result)) != STATUS_OK) return status;
            status = convert_to_int32(realm, result, &relation);
            value_release(result);
            if (status != STATUS_OK) return status;
        } else relation = collection_order(realm, items[left], items[right]);
        spare[at++] = relation <= 0 ? items[left++] : items[right++];
    }
    while (left < half) spare[at++] = items[left++];
    while (right < count) spare[at++] = items[right++];
    memcpy(items, spare, count * sizeof *items);
    return STATUS_OK;
}

enum status collection_sort(struct realm *realm, struct value v, struct value block) {
    struct value *spare = ALLOC_ARRAY(struct value, array_count(v) + 1u);
    enum status status = merge(realm, array_items(v), spare, array_count(v), block);
    alloc_free(spare);
    return status;
}

int32_t collection_search(struct realm *realm, struct value v, struct value item) {
    int64_t low = 0, high = (int64_t)array_count(v) - 1; /* the middle as .NET takes it: it matters where nothing is sorted */
    while (low <= high) {
        int64_t middle = low + (high - low) / 2;
        int relation = collection_order(realm, array_at(v, (uint32_t)middle), item);
        if (!relation) return (int32_t)middle;
        if (relation < 0) low = middle + 1;
        else high = middle - 1;
    }
    return ~(int32_t)low;
}
