/* Members of List<T>, ArrayList, Collection<T> and what all growable collections share. */
#include <stdlib.h>
#include <string.h>
#include "collection_private.h"
#include "enumerator_private.h"
#include "member_private.h"
#include "m365sh/value/compare.h"

static bool is_array_list(struct realm *realm, struct value self) {
    const struct type *type = type_of(realm, self);
    while (type->class_of_script && type->base) type = type->base; /* a script's class is what it comes from */
    return !type->open;
}

static enum status raise_range(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "The index is outside the list.");
}
/* An index within 0..limit. */
static enum status index_argument(struct realm *realm, const char *method, uint32_t count, struct value argument, uint32_t limit, uint32_t *out) {
    int32_t index;
    enum status status = member_argument_int32(realm, method, argument, &index);
    *out = 0;
    if (status != STATUS_OK) return status;
    if (index < 0 || (uint32_t)index > limit) return raise_range(realm, method, count);
    *out = (uint32_t)index;
    return STATUS_OK;
}

MEMBER_FUNCTION(get_count) { *out = value_int32((int32_t)array_count(self)); return STATUS_OK; }
MEMBER_FUNCTION(get_capacity) { *out = value_int32((int32_t)array_block(self)->capacity); return STATUS_OK; }
static enum status set_capacity(struct realm *realm, struct value self, struct value item) {
    (void)realm; (void)self; (void)item; /* room grows by itself */
    return STATUS_OK;
}
MEMBER_FUNCTION(no) { *out = value_bool(false); return STATUS_OK; }
MEMBER_FUNCTION(get_self) { *out = value_keep(self); return STATUS_OK; }

MEMBER_FUNCTION(add) {
    struct value element;
    enum status status = collection_element(realm, self, "Add", arguments[0], &element);
    if (status != STATUS_OK) return status;
    bool added = collection_add(realm, self, element);
    value_release(element);
    enum collection_kind kind = collection_kind_of(type_of(realm, self));
    if (kind == COLLECTION_SET || kind == COLLECTION_SORTED_SET) *out = value_bool(added);
    else if (is_array_list(realm, self)) *out = value_int32((int32_t)array_count(self) - 1);
    return STATUS_OK;
}

/* Adds what can be enumerated, converting each. A list added to itself is copied first. */
static enum status insert_all(struct realm *realm, const char *method, struct value self, uint32_t at, struct value source) {
    struct enumeration it;
    struct value item, copy = array_new(realm, NULL, 0);
    bool more;
    enum status status;
    if (source.kind == VALUE_STRING && type_of(realm, self)->element && type_of(realm, self)->element->value_kind == VALUE_CHAR) {
        for (uint32_t i = 0; i < string_units(source); i++) array_push_take(copy, value_char(string_unit_at(source, i)));
        status = STATUS_OK;
    } else {
        enumeration_start(realm, &it, source);
        while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
            struct value element;
            if ((status = collection_element(realm, self, method, item, &element)) != STATUS_OK) break;
            array_push_take(copy, element);
        }
        enumeration_end(&it);
    }
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(copy); i++) array_insert(self, at + i, array_at(copy, i));
    value_release(copy);
    collection_changed(self);
    return status;
}
MEMBER_FUNCTION(add_range) {
    if (value_is_nothing(arguments[0]) && arguments[0].kind != VALUE_VOID)
        return member_raise(realm, "AddRange", count, "System.ArgumentNullException", "There is nothing to be added: the value is null.");
    return insert_all(realm, "AddRange", self, array_count(self), value_base(arguments[0]));
}
MEMBER_FUNCTION(insert_range) {
    uint32_t at = 0;
    enum status status = index_argument(realm, "InsertRange", count, arguments[0], array_count(self), &at);
    return status == STATUS_OK ? insert_all(realm, "InsertRange", self, at, value_base(arguments[1])) : status;
}
MEMBER_FUNCTION(insert) {
    uint32_t at = 0;
    struct value element;
    enum status status = index_argument(realm, "Insert", count, arguments[0], array_count(self), &at);
    if (status == STATUS_OK) status = collection_element(realm, self, "Insert", arguments[1], &element);
    if (status != STATUS_OK) return status;
    array_insert(self, at, element);
    value_release(element);
    collection_changed(self);
    return STATUS_OK;
}

static int64_t index_of(struct realm *realm, struct value list, struct value item, uint32_t from) {
    struct value wanted = value_base(item), converted = value_null();
    const struct type *element = type_of(realm, list)->element;
    bool owned = element && element->flags & TYPE_VALUE && convert_try(realm, wanted, element, &converted);
    int64_t found = -1;
    for (uint32_t i = from; found < 0 && i < array_count(list); i++)
        if (value_equals(value_base(array_at(list, i)), owned ? converted : wanted, false)) found = i;
    value_release(converted);
    return found;
}
MEMBER_FUNCTION(contains) {
    enum collection_kind kind = collection_kind_of(type_of(realm, self));
    struct value element;
    if (kind == COLLECTION_SET) {
        enum status status = collection_element(realm, self, "Contains", arguments[0], &element);
        if (status != STATUS_OK) return status;
        *out = value_bool(set_contains(self, element));
        value_release(element);
    } else *out = value_bool(index_of(realm, self, arguments[0], 0) >= 0);
    return STATUS_OK;
}
MEMBER_FUNCTION(get_index_of) {
    int32_t from = 0;
    enum status status = count > 1 ? member_argument_int32(realm, "IndexOf", arguments[1], &from) : STATUS_OK;
    if (status == STATUS_OK) *out = value_int32((int32_t)index_of(realm, self, arguments[0], from < 0 ? 0 : (uint32_t)from));
    return status;
}
MEMBER_FUNCTION(last_index_of) {
    *out = value_int32(-1);
    for (uint32_t i = array_count(self); i-- > 0;)
        if (value_equals(value_base(array_at(self, i)), value_base(arguments[0]), false)) {
            *out = value_int32((int32_t)i);
            break;
        }
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_item) {
    int64_t at = index_of(realm, self, arguments[0], 0);
    if (at >= 0) {
        array_remove(self, (uint32_t)at, 1);
        collection_changed(self);
    }
    if (!is_array_list(realm, self)) *out = value_bool(at >= 0);
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_at) {
    uint32_t at = 0;
    enum status status = index_argument(realm, "RemoveAt", count, arguments[0], array_count(self), &at);
    if (status != STATUS_OK) return status;
    if (at >= array_count(self)) return raise_range(realm, "RemoveAt", count);
    array_remove(self, at, 1);
    collection_changed(self);
    return STATUS_OK;
}
/* A part given by start and length. */
static enum status part(struct realm *realm, const char *method, struct value self, const struct value *arguments, uint32_t *start, uint32_t *length) {
    enum status status = index_argument(realm, method, 2, arguments[0], array_count(self), start);
    *length = 0;
    if (status == STATUS_OK) status = index_argument(realm, method, 2, arguments[1], array_count(self), length);
    if (status == STATUS_OK && *start + *length > array_count(self))
        return member_raise(realm, method, 2, "System.ArgumentException", "The list has no such part.");
    return status;
}
MEMBER_FUNCTION(remove_range) {
    uint32_t start = 0, length = 0;
    enum status status = part(realm, "RemoveRange", self, arguments, &start, &length);
    if (status != STATUS_OK) return status;
    array_remove(self, start, length);
    collection_changed(self);
    return STATUS_OK;
}
MEMBER_FUNCTION(get_range) {
    uint32_t start = 0, length = 0;
    enum status status = part(realm, "GetRange", self, arguments, &start, &length);
    if (status != STATUS_OK) return status;
    *out = collection_new(realm, type_of(realm, self));
    for (uint32_t i = 0; i < length; i++) array_push(*out, array_at(self, start + i));
    return STATUS_OK;
}
MEMBER_FUNCTION(clear) {
    array_clear(self);
    collection_changed(self);
    return STATUS_OK;
}
MEMBER_FUNCTION(to_array) {
    const struct type *element = type_of(realm, self)->element;
    if (count) {
        const struct type *wanted = NULL;
        enum status status = member_argument_type(realm, "ToArray", arguments[0], &wanted);
        if (status != STATUS_OK) return status;
        return convert_to(realm, self, type_array_of(realm, wanted), out);
    }
    *out = array_new(realm, element ? type_array_of(realm, element) : NULL, array_count(self));
    for (uint32_t i = 0; i < array_count(self); i++) array_push(*out, array_at(self, i));
    return STATUS_OK;
}
MEMBER_FUNCTION(copy_to) {
    int32_t at = 0;
    enum status status = count > 1 ? member_argument_int32(realm, "CopyTo", arguments[1], &at) : STATUS_OK;
    if (status != STATUS_OK) return status;
    struct value target = value_base(arguments[0]);
    if (target.kind != VALUE_ARRAY || at < 0 || (uint64_t)at + array_count(self) > array_count(target))
        return member_raise(realm, "CopyTo", count, "System.ArgumentException", "The target array is too short.");
    for (uint32_t i = 0; i < array_count(self); i++) array_set(target, (uint32_t)at + i, array_at(self, i));
    return STATUS_OK;
}
MEMBER_FUNCTION(clone) {
    *out = collection_new(realm, type_of(realm, self));
    for (uint32_t i = 0; i < array_count(self); i++) array_push(*out, array_at(self, i));
    return STATUS_OK;
}
MEMBER_FUNCTION(reverse) {
    struct value *items = array_items(self);
    for (uint32_t i = 0, j = array_count(self); i + 1 < j; i++) {
        struct value swap = items[i];
        items[i] = items[--j];
        items[j] = swap;
    }
    collection_changed(self);
    return STATUS_OK;
}
MEMBER_FUNCTION(sort) {
    struct value block = count ? value_base(arguments[count - 1]) : value_null();
    collection_changed(self);
    return collection_sort(realm, self, block.kind == VALUE_SCRIPT_BLOCK ? block : value_null());
}
MEMBER_FUNCTION(enumerator) { *out = enumerator_new(realm, self); return STATUS_OK; }
MEMBER_FUNCTION(get_item) {
    uint32_t at = 0;
    enum status status = index_argument(realm, "Item", count, arguments[0], array_count(self), &at);
    if (status != STATUS_OK) return status;
    if (at >= array_count(self)) return raise_range(realm, "Item", count);
    *out = value_keep(array_at(self, at));
    return STATUS_OK;
}
MEMBER_FUNCTION(set_item) {
    uint32_t at = 0;
    struct value element;
    enum status status = index_argument(realm, "Item", count, arguments[0], array_count(self), &at);
    if (status == STATUS_OK && at >= array_count(self)) return raise_range(realm, "Item", count);
    if (status == STATUS_OK) status = collection_element(realm, self, "Item", arguments[1], &element);
    if (status != STATUS_OK) return status;
    array_set(self, at, element);
    value_release(element);
    return STATUS_OK;
}

/* --- predicates ------------------------------------------------------------------------------------------------------ */

enum search_result { FIND_INDEX, FIND_ITEM, FIND_LAST, FIND_EXISTS, FIND_ALL_TRUE };
static enum status search(struct realm *realm, struct value self, struct value block, enum search_result wanted, struct value *out) {
    int64_t found = -1;
    for (uint32_t i = 0; i < array_count(self); i++) {
        bool agreed;
        enum status status = member_test_block(realm, value_base(block), array_at(self, i), &agreed);
        if (status != STATUS_OK) return status;
        if (agreed == (wanted == FIND_ALL_TRUE)) continue;
        found = i;
        if (wanted != FIND_LAST) break;
    }
    if (wanted == FIND_INDEX) *out = value_int32((int32_t)found);
    else if (wanted == FIND_EXISTS) *out = value_bool(found >= 0);
    else if (wanted == FIND_ALL_TRUE) *out = value_bool(found < 0);
    else if (found >= 0) *out = value_keep(array_at(self, (uint32_t)found));
    else return member_default_value(realm, type_of(realm, self)->element ? type_of(realm, self)->element : type_known(realm, "System.Object"), out);
    return STATUS_OK;
}
MEMBER_FUNCTION(find) { return search(realm, self, arguments[0], FIND_ITEM, out); }
MEMBER_FUNCTION(find_last) { return search(realm, self, arguments[0], FIND_LAST, out); }
MEMBER_FUNCTION(find_index) { return search(realm, self, arguments[0], FIND_INDEX, out); }
MEMBER_FUNCTION(exists) { return search(realm, self, arguments[0], FIND_EXISTS, out); }
MEMBER_FUNCTION(true_for_all) { return search(realm, self, arguments[0], FIND_ALL_TRUE, out); }
MEMBER_FUNCTION(find_all) {
    struct value found = collection_new(realm, type_of(realm, self));
    for (uint32_t i = 0; i < array_count(self); i++) {
        bool agreed;
        enum status status = member_test_block(realm, value_base(arguments[0]), array_at(self, i), &agreed);
        if (status != STATUS_OK) {
            value_release(found);
            return status;
        }
        if (agreed) array_push(found, array_at(self, i));
    }
    *out = found;
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_all) {
    int32_t removed = 0;
    for (uint32_t i = 0; i < array_count(self);) {
        bool agreed;
        enum status status = member_test_block(realm, value_base(arguments[0]), array_at(self, i), &agreed);
        if (status != STATUS_OK) return status;
        if (agreed) array_remove(self, i, 1);
        else i++;
        removed += agreed;
    }
    collection_changed(self);
    *out = value_int32(removed);
    return STATUS_OK;
}
MEMBER_FUNCTION(for_each) {
    for (uint32_t i = 0; i < array_count(self); i++) {
        struct value item = value_keep(array_at(self, i)), result;
        struct block_call call = {.block = value_base(arguments[0]), .dollar_underscore = item, .arguments = &item, .argument_count = 1,
                                  .scope = BLOCK_NEW_SCOPE};
        enum status status = callable_call_collect(realm, &call, &result);
        value_release(item);
        if (status != STATUS_OK) return status;
        value_release(result);
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(binary_search) {
    *out = value_int32(collection_search(realm, self, arguments[0]));
    return STATUS_OK;
}

/* new(), new(capacity), new(collection), new(comparer) for every growable collection. */
MEMBER_FUNCTION(construct) {
    struct value source = count ? value_base(arguments[0]) : value_null(), list = collection_new(realm, type);
    bool set = collection_kind_of(type) == COLLECTION_SET;
    for (uint32_t i = 0; set && i < count; i++) {
        const struct type *given = type_of(realm, arguments[i]);
        if (!given || strcmp(given->full_name, "System.StringComparer")) continue;
        struct value text = convert_text(realm, arguments[i]);
        value_release(list);
        list = set_new(realm, type, text_find(string_text(text), TEXT("IgnoreCase"), 0) != TEXT_NOT_FOUND);
        value_release(text);
        if (i == 0) source = value_null();
    }
    enum status status = STATUS_OK;
    if (value_is_number(source)) {
        int32_t capacity;
        status = member_argument_int32(realm, ".ctor", source, &capacity);
        if (status == STATUS_OK && capacity < 0) status = member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "A capacity cannot be negative.");
    } else if (value_is_table(source) && !type->open) {
        uint32_t at = 0;
        for (struct table_entry *entry; (entry = table_next(source, &at));) {
            struct value pair = enumerator_pair(realm, source, entry->key, entry->value);
            collection_add(realm, list, pair);
            value_release(pair);
        }
    } else if (!value_is_nothing(source)) {
        struct enumeration it;
        struct value item, element;
        bool more;
        enumeration_start(realm, &it, source);
        while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
            if ((status = collection_element(realm, list, ".ctor", item, &element)) != STATUS_OK) break;
            collection_add(realm, list, element);
            value_release(element);
        }
        enumeration_end(&it);
    } else if (count && arguments[0].kind == VALUE_NULL && type->open && !set) {
        status = member_raise(realm, ".ctor", count, "System.ArgumentNullException", "A list cannot be made from null.");
    }
    if (status == STATUS_OK) *out = list;
    else value_release(list);
    return status;
}

#define L "~list"
#define C "~collection"
static const struct member_row rows[] = {
    {L, "Capacity", ROW_GET, 0, 0, get_capacity, set_capacity, "int Capacity {get;set;}"},
    {L, "Add", ROW_METHOD, 1, 1, add, NULL, "void Add({T} item)"},
    {L, "AddRange", ROW_METHOD, 1, 1, add_range, NULL, "void AddRange(System.Collections.Generic.IEnumerable[{T}] collection)"},
    {L, "BinarySearch", ROW_METHOD, 1, 2, binary_search, NULL, "int BinarySearch({T} item)"},
    {L, "Clone", ROW_METHOD, 0, 0, clone, NULL, NULL},
    {L, "Exists", ROW_METHOD, 1, 1, exists, NULL, "bool Exists(System.Predicate[{T}] match)"},
    {L, "Find", ROW_METHOD, 1, 1, find, NULL, "{T} Find(System.Predicate[{T}] match)"},
    {L, "FindAll", ROW_METHOD, 1, 1, find_all, NULL, "System.Collections.Generic.List[{T}] FindAll(System.Predicate[{T}] match)"},
    {L, "FindIndex", ROW_METHOD, 1, 1, find_index, NULL, "int FindIndex(System.Predicate[{T}] match)"},
    {L, "FindLast", ROW_METHOD, 1, 1, find_last, NULL, "{T} FindLast(System.Predicate[{T}] match)"},
    {"System.Collections.Generic.List`1", "ForEach", ROW_METHOD, 1, 1, for_each, NULL, "void ForEach(System.Action[{T}] action)"},
    {L, "GetRange", ROW_METHOD, 2, 2, get_range, NULL, "System.Collections.Generic.List[{T}] GetRange(int index, int count)"},
    {L, "IndexOf", ROW_METHOD, 1, 3, get_index_of, NULL, "int IndexOf({T} item)"},
    {L, "Insert", ROW_METHOD, 2, 2, insert, NULL, "void Insert(int index, {T} item)"},
    {L, "InsertRange", ROW_METHOD, 2, 2, insert_range, NULL, "void InsertRange(int index, System.Collections.Generic.IEnumerable[{T}] collection)"},
    {L, "Item", ROW_METHOD, 1, 1, get_item, NULL, "{T} Item(int index) {get;set;}"},
    {L, "get_Item", ROW_METHOD, 1, 1, get_item, NULL, NULL},
    {L, "set_Item", ROW_METHOD, 2, 2, set_item, NULL, NULL},
    {L, "LastIndexOf", ROW_METHOD, 1, 1, last_index_of, NULL, "int LastIndexOf({T} item)"},
    {L, "Remove", ROW_METHOD, 1, 1, remove_item, NULL, "bool Remove({T} item)"},
    {L, "RemoveAll", ROW_METHOD, 1, 1, remove_all, NULL, "int RemoveAll(System.Predicate[{T}] match)"},
    {L, "RemoveAt", ROW_METHOD, 1, 1, remove_at, NULL, "void RemoveAt(int index)"},
    {L, "RemoveRange", ROW_METHOD, 2, 2, remove_range, NULL, "void RemoveRange(int index, int count)"},
    {L, "Reverse", ROW_METHOD, 0, 0, reverse, NULL, "void Reverse()"},
    {L, "Sort", ROW_METHOD, 0, 1, sort, NULL, "void Sort()"},
    {L, "TrueForAll", ROW_METHOD, 1, 1, true_for_all, NULL, "bool TrueForAll(System.Predicate[{T}] match)"},
    {C, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {C, "IsReadOnly", ROW_GET, 0, 0, no, NULL, NULL},
    {C, "IsFixedSize", ROW_GET, 0, 0, no, NULL, NULL},
    {C, "IsSynchronized", ROW_GET, 0, 0, no, NULL, NULL},
    {C, "SyncRoot", ROW_GET, 0, 0, get_self, NULL, NULL},
    {C, "Clear", ROW_METHOD, 0, 0, clear, NULL, "void Clear()"},
    {C, "Contains", ROW_METHOD, 1, 1, contains, NULL, "bool Contains({T} item)"},
    {C, "CopyTo", ROW_METHOD, 1, 4, copy_to, NULL, "void CopyTo({T}[] array, int arrayIndex)"},
    {C, "GetEnumerator", ROW_METHOD, 0, 0, enumerator, NULL, "System.Collections.IEnumerator GetEnumerator()"},
    {C, "ToArray", ROW_METHOD, 0, 1, to_array, NULL, "{T}[] ToArray()"},
    {C, "new", ROW_CONSTRUCTOR, 0, 2, construct, NULL, NULL},
};
const struct member_table list_member_table = {rows, MEMBER_COUNT(rows)};
