/* HashSet, SortedSet, Queue, Stack, ConcurrentBag: what they add to every collection's members. */
#include <string.h>
#include "collection_private.h"
#include "enumerator_private.h"
#include "member_private.h"
#include "m365sh/value/compare.h"

static bool has(struct value set, struct value item) {
    if (array_block(set)->index) return set_contains(set, item);
    for (uint32_t i = 0; i < array_count(set); i++)
        if (value_equals(array_at(set, i), item, false)) return true;
    return false;
}

static void drop(struct value set, struct value item) {
    if (array_block(set)->index) {
        set_remove(set, item);
        return;
    }
    for (uint32_t i = 0; i < array_count(set); i++)
        if (value_equals(array_at(set, i), item, false)) {
            array_remove(set, i, 1);
            return;
        }
}

/* The other side of a set operation, as a set of the same type. */
static enum status other_set(struct realm *realm, const char *method, struct value self, struct value source, struct value *out) {
    struct enumeration it;
    struct value item, element, other = array_block(self)->index ? set_new(realm, type_of(realm, self), array_block(self)->folds)
                                                                 : collection_new(realm, type_of(realm, self));
    bool more;
    enum status status;
    enumeration_start(realm, &it, source);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        if ((status = collection_element(realm, self, method, item, &element)) != STATUS_OK) break;
        collection_add(realm, other, element);
        value_release(element);
    }
    enumeration_end(&it);
    if (status == STATUS_OK) *out = other;
    else value_release(other);
    return status;
}
static bool includes(struct value whole, struct value part) {
    for (uint32_t i = 0; i < array_count(part); i++)
        if (!has(whole, array_at(part, i))) return false;
    return true;
}

MEMBER_FUNCTION(union_with) {
    struct value other;
    enum status status = other_set(realm, "UnionWith", self, value_base(arguments[0]), &other);
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; i < array_count(other); i++) collection_add(realm, self, array_at(other, i));
    value_release(other);
    return STATUS_OK;
}
static enum status keep_where(struct realm *realm, const char *method, struct value self, struct value source, bool inside) {
    struct value other;
    enum status status = other_set(realm, method, self, source, &other);
    if (status != STATUS_OK) return status;
    struct value items = array_of(realm, array_items(self), array_count(self));
    for (uint32_t i = 0; i < array_count(items); i++)
        if (has(other, array_at(items, i)) != inside) drop(self, array_at(items, i));
    value_release(items);
    value_release(other);
    collection_changed(self);
    return STATUS_OK;
}
MEMBER_FUNCTION(intersect_with) { return keep_where(realm, "IntersectWith", self, value_base(arguments[0]), true); }
MEMBER_FUNCTION(except_with) { return keep_where(realm, "ExceptWith", self, value_base(arguments[0]), false); }
MEMBER_FUNCTION(symmetric_except_with) {
    struct value other;
    enum status status = other_set(realm, "SymmetricExceptWith", self, value_base(arguments[0]), &other);
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; i < array_count(other); i++)
        if (has(self, array_at(other, i))) drop(self, array_at(other, i));
        else collection_add(realm, self, array_at(other, i));
    value_release(other);
    collection_changed(self);
    return STATUS_OK;
}

enum relation { SUBSET, SUPERSET, PROPER_SUBSET, PROPER_SUPERSET, OVERLAPS, SAME };
static enum status relate(struct realm *realm, const char *method, struct value self, struct value source, enum relation relation, struct value *out) {
    struct value other;
    enum status status = other_set(realm, method, self, source, &other);
    if (status != STATUS_OK) return status;
    bool inside = includes(other, self), around = includes(self, other), any = false;
    for (uint32_t i = 0; i < array_count(other); i++) any = any || has(self, array_at(other, i));
    bool answer = relation == SUBSET ? inside : relation == SUPERSET ? around : relation == OVERLAPS ? any
                  : relation == SAME ? inside && around : relation == PROPER_SUBSET ? inside && !around : around && !inside;
    value_release(other);
    *out = value_bool(answer);
    return STATUS_OK;
}
MEMBER_FUNCTION(is_subset) { return relate(realm, "IsSubsetOf", self, value_base(arguments[0]), SUBSET, out); }
MEMBER_FUNCTION(is_superset) { return relate(realm, "IsSupersetOf", self, value_base(arguments[0]), SUPERSET, out); }
MEMBER_FUNCTION(is_proper_subset) { return relate(realm, "IsProperSubsetOf", self, value_base(arguments[0]), PROPER_SUBSET, out); }
MEMBER_FUNCTION(is_proper_superset) { return relate(realm, "IsProperSupersetOf", self, value_base(arguments[0]), PROPER_SUPERSET, out); }
MEMBER_FUNCTION(overlaps) { return relate(realm, "Overlaps", self, value_base(arguments[0]), OVERLAPS, out); }
MEMBER_FUNCTION(set_equals) { return relate(realm, "SetEquals", self, value_base(arguments[0]), SAME, out); }

MEMBER_FUNCTION(set_add_item) {
    struct value element;
    enum status status = collection_element(realm, self, "Add", arguments[0], &element);
    if (status != STATUS_OK) return status;
    *out = value_bool(collection_add(realm, self, element));
    value_release(element);
    return STATUS_OK;
}
MEMBER_FUNCTION(set_remove_item) {
    struct value element;
    enum status status = collection_element(realm, self, "Remove", arguments[0], &element);
    if (status != STATUS_OK) return status;
    bool there = has(self, element);
    if (there) {
        drop(self, element);
        collection_changed(self);
    }
    value_release(element);
    *out = value_bool(there);
    return STATUS_OK;
}
MEMBER_FUNCTION(set_remove_where) {
    int32_t removed = 0;
    struct value items = array_of(realm, array_items(self), array_count(self));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(items); i++) {
        bool agreed = false;
        status = member_test_block(realm, value_base(arguments[0]), array_at(items, i), &agreed);
        if (agreed) drop(self, array_at(items, i));
        removed += agreed;
    }
    value_release(items);
    collection_changed(self);
    *out = value_int32(removed);
    return status;
}
MEMBER_FUNCTION(sorted_first) { *out = array_count(self) ? value_keep(array_at(self, 0)) : value_null(); return STATUS_OK; }
MEMBER_FUNCTION(sorted_last) { *out = array_count(self) ? value_keep(array_at(self, array_count(self) - 1)) : value_null(); return STATUS_OK; }

/* --- queues, stacks ------------------------------------------------------------------------------------------------- */

MEMBER_FUNCTION(put) {
    struct value element;
    enum status status = collection_element(realm, self, "Add", arguments[0], &element);
    if (status != STATUS_OK) return status;
    collection_add(realm, self, element);
    value_release(element);
    return STATUS_OK;
}
static enum status take(struct realm *realm, const char *method, struct value self, bool remove, struct value *out) {
    if (!array_count(self)) return member_raise(realm, method, 0, "System.InvalidOperationException", "There is nothing in it any more.");
    *out = value_keep(array_at(self, 0));
    if (remove) {
        array_remove(self, 0, 1);
        collection_changed(self);
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(dequeue) { return take(realm, "Dequeue", self, true, out); }
MEMBER_FUNCTION(pop) { return take(realm, "Pop", self, true, out); }
MEMBER_FUNCTION(peek) { return take(realm, "Peek", self, false, out); }
static enum status try_take(struct value self, struct value place, bool remove, struct value *out) {
    *out = value_bool(array_count(self) > 0);
    if (!array_count(self)) return STATUS_OK;
    if (place.kind == VALUE_REFERENCE) value_set(reference_place(place), array_at(self, 0));
    if (remove) {
        array_remove(self, 0, 1);
        collection_changed(self);
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(try_dequeue) { return try_take(self, arguments[0], true, out); }
MEMBER_FUNCTION(try_peek) { return try_take(self, arguments[0], false, out); }
MEMBER_FUNCTION(is_empty) { *out = value_bool(!array_count(self)); return STATUS_OK; }

#define S "~set"
#define Q "~queue"
#define K "~stack"
#define B "~bag"
#define ENUMERABLE "System.Collections.Generic.IEnumerable[{T}] other"
static const struct member_row rows[] = {
    {S, "Add", ROW_METHOD, 1, 1, set_add_item, NULL, "bool Add({T} item)"},
    {S, "Remove", ROW_METHOD, 1, 1, set_remove_item, NULL, "bool Remove({T} item)"},
    {S, "RemoveWhere", ROW_METHOD, 1, 1, set_remove_where, NULL, "int RemoveWhere(System.Predicate[{T}] match)"},
    {S, "UnionWith", ROW_METHOD, 1, 1, union_with, NULL, "void UnionWith(" ENUMERABLE ")"},
    {S, "IntersectWith", ROW_METHOD, 1, 1, intersect_with, NULL, "void IntersectWith(" ENUMERABLE ")"},
    {S, "ExceptWith", ROW_METHOD, 1, 1, except_with, NULL, "void ExceptWith(" ENUMERABLE ")"},
    {S, "SymmetricExceptWith", ROW_METHOD, 1, 1, symmetric_except_with, NULL, "void SymmetricExceptWith(" ENUMERABLE ")"},
    {S, "IsSubsetOf", ROW_METHOD, 1, 1, is_subset, NULL, "bool IsSubsetOf(" ENUMERABLE ")"},
    {S, "IsSupersetOf", ROW_METHOD, 1, 1, is_superset, NULL, "bool IsSupersetOf(" ENUMERABLE ")"},
    {S, "IsProperSubsetOf", ROW_METHOD, 1, 1, is_proper_subset, NULL, "bool IsProperSubsetOf(" ENUMERABLE ")"},
    {S, "IsProperSupersetOf", ROW_METHOD, 1, 1, is_proper_superset, NULL, "bool IsProperSupersetOf(" ENUMERABLE ")"},
    {S, "Overlaps", ROW_METHOD, 1, 1, overlaps, NULL, "bool Overlaps(" ENUMERABLE ")"},
    {S, "SetEquals", ROW_METHOD, 1, 1, set_equals, NULL, "bool SetEquals(" ENUMERABLE ")"},
    {"System.Collections.Generic.SortedSet`1", "Min", ROW_GET, 0, 0, sorted_first, NULL, "{T} Min {get;}"},
    {"System.Collections.Generic.SortedSet`1", "Max", ROW_GET, 0, 0, sorted_last, NULL, "{T} Max {get;}"},
    {Q, "Enqueue", ROW_METHOD, 1, 1, put, NULL, "void Enqueue({T} item)"},
    {Q, "Dequeue", ROW_METHOD, 0, 0, dequeue, NULL, "{T} Dequeue()"},
    {Q, "Peek", ROW_METHOD, 0, 0, peek, NULL, "{T} Peek()"},
    {Q, "TryDequeue", ROW_METHOD, 1, 1, try_dequeue, NULL, "bool TryDequeue([ref] {T} result)"},
    {Q, "TryPeek", ROW_METHOD, 1, 1, try_peek, NULL, "bool TryPeek([ref] {T} result)"},
    {Q, "IsEmpty", ROW_GET, 0, 0, is_empty, NULL, NULL},
    {K, "Push", ROW_METHOD, 1, 1, put, NULL, "void Push({T} item)"},
    {K, "Pop", ROW_METHOD, 0, 0, pop, NULL, "{T} Pop()"},
    {K, "Peek", ROW_METHOD, 0, 0, peek, NULL, "{T} Peek()"},
    {K, "TryPop", ROW_METHOD, 1, 1, try_dequeue, NULL, "bool TryPop([ref] {T} result)"},
    {K, "TryPeek", ROW_METHOD, 1, 1, try_peek, NULL, "bool TryPeek([ref] {T} result)"},
    {K, "IsEmpty", ROW_GET, 0, 0, is_empty, NULL, NULL},
    {B, "Add", ROW_METHOD, 1, 1, put, NULL, "void Add({T} item)"},
    {B, "TryTake", ROW_METHOD, 1, 1, try_dequeue, NULL, "bool TryTake([ref] {T} result)"},
    {B, "TryPeek", ROW_METHOD, 1, 1, try_peek, NULL, "bool TryPeek([ref] {T} result)"},
    {B, "IsEmpty", ROW_GET, 0, 0, is_empty, NULL, "bool IsEmpty {get;}"},
};
const struct member_table set_member_table = {rows, MEMBER_COUNT(rows)};
