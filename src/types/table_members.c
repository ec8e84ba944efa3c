/* Members of Hashtable, ordered dictionaries, Dictionary<K,V> and SortedList. */
#include <string.h>
#include "collection_private.h"
#include "enumerator_private.h"
#include "member_private.h"
#include "m365sh/value/compare.h"

/* Keys and values are converted to the types of a Dictionary<K,V>. Owned. */
static enum status fit(struct realm *realm, const char *method, struct value item, const struct type *type, struct value *out) {
    if (!type || type_assignable(realm, item, type)) {
        *out = value_is_nothing(item) ? value_null() : value_keep(item);
        return STATUS_OK;
    }
    return convert_try(realm, item, type, out) ? STATUS_OK : member_raise_argument(realm, method, item, type);
}
static enum status key_argument(struct realm *realm, const char *method, uint32_t count, struct value self, struct value argument, struct value *out) {
    if (value_is_nothing(argument))
        return member_raise(realm, method, count, "System.ArgumentNullException", "A key cannot be null.");
    return fit(realm, method, value_base(argument), type_of(realm, self)->element2 ? type_of(realm, self)->element : NULL, out);
}

static struct value keys_of(struct realm *realm, struct value self, bool values) {
    const struct type *own = type_of(realm, self);
    const char *name = own->element2 ? values ? "System.Collections.Generic.Dictionary+ValueCollection" : "System.Collections.Generic.Dictionary+KeyCollection"
                       : table_block(self)->table_kind == TABLE_ORDERED ? "System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection"
                       : values ? "System.Collections.Hashtable+ValueCollection" : "System.Collections.Hashtable+KeyCollection";
    struct value list = list_new(realm, type_known(realm, name), table_count(self));
    uint32_t at = 0;
    for (struct table_entry *entry; (entry = table_next(self, &at));) array_push(list, values ? entry->value : entry->key);
    array_block(list)->source = value_keep(self);
    return list;
}
MEMBER_FUNCTION(get_keys) { *out = keys_of(realm, self, false); return STATUS_OK; }
MEMBER_FUNCTION(get_values) { *out = keys_of(realm, self, true); return STATUS_OK; }
MEMBER_FUNCTION(get_count) { *out = value_int32((int32_t)table_count(self)); return STATUS_OK; }
MEMBER_FUNCTION(no) { *out = value_bool(false); return STATUS_OK; }
MEMBER_FUNCTION(get_self) { *out = value_keep(self); return STATUS_OK; }

MEMBER_FUNCTION(get_comparer) {
    name_id name = intern_name(realm->names, table_block(self)->keys_fold ? TEXT("OrdinalIgnoreCase") : TEXT("Ordinal"));
    bool found;
    return member_static_get(realm, type_known(realm, "System.StringComparer"), name, &found, out);
}

MEMBER_FUNCTION(add) {
    struct value key, item;
    enum status status = key_argument(realm, "Add", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    status = fit(realm, "Add", arguments[1], type_of(realm, self)->element2, &item);
    if (status == STATUS_OK) {
        if (table_find(self, key)) {
            struct value text = convert_text(realm, key);
            status = member_raise(realm, "Add", count, "System.ArgumentException", "The table has the key \"%s\" already.", string_chars(text));
            value_release(text);
        } else table_put(self, key, item);
        value_release(item);
    }
    value_release(key);
    return status;
}
MEMBER_FUNCTION(try_add) {
    struct value key, item;
    enum status status = key_argument(realm, "TryAdd", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    status = fit(realm, "TryAdd", arguments[1], type_of(realm, self)->element2, &item);
    if (status == STATUS_OK) {
        *out = value_bool(!table_find(self, key));
        if (out->boolean) table_put(self, key, item);
        value_release(item);
    }
    value_release(key);
    return status;
}
MEMBER_FUNCTION(contains_key) {
    struct value key;
    enum status status = key_argument(realm, "ContainsKey", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    *out = value_bool(table_find(self, key) != NULL);
    value_release(key);
    return STATUS_OK;
}
MEMBER_FUNCTION(contains_value) {
    uint32_t at = 0;
    bool found = false;
    for (struct table_entry *entry; !found && (entry = table_next(self, &at));)
        found = value_equals(value_base(entry->value), value_base(arguments[0]), false) ||
                (value_is_nothing(entry->value) && value_is_nothing(arguments[0]));
    *out = value_bool(found);
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_key) {
    struct value key;
    enum status status = key_argument(realm, "Remove", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    struct value *held = table_find(self, key);
    if (count > 1 && held && arguments[1].kind == VALUE_REFERENCE) value_set(reference_place(arguments[1]), *held);
    bool removed = table_remove(self, key);
    value_release(key);
    if (type_of(realm, self)->element2) *out = value_bool(removed);
    return STATUS_OK;
}
MEMBER_FUNCTION(clear) { table_clear(self); return STATUS_OK; }
MEMBER_FUNCTION(clone) {
    struct table *table = table_block(self);
    *out = table_new(realm, table->table_kind, table->keys_fold, table->container.type);
    uint32_t at = 0;
    for (struct table_entry *entry; (entry = table_next(self, &at));) table_put(*out, entry->key, entry->value);
    return STATUS_OK;
}
MEMBER_FUNCTION(enumerator) { *out = enumerator_new(realm, self); return STATUS_OK; }
MEMBER_FUNCTION(copy_to) {
    int32_t at;
    enum status status = member_argument_int32(realm, "CopyTo", arguments[1], &at);
    struct value target = value_base(arguments[0]);
    if (status != STATUS_OK) return status;
    if (target.kind != VALUE_ARRAY || at < 0 || (uint64_t)at + table_count(self) > array_count(target))
        return member_raise(realm, "CopyTo", count, "System.ArgumentException", "The target array is too short.");
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(self, &position));) {
        struct value pair = enumerator_pair(realm, self, entry->key, entry->value);
        array_set(target, (uint32_t)at++, pair);
        value_release(pair);
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(get_item) {
    struct value key, *held;
    if (table_block(self)->table_kind == TABLE_ORDERED && value_base(arguments[0]).kind == VALUE_INT32) {
        struct table_entry *entry = value_base(arguments[0]).integer >= 0 ? table_at(self, (uint32_t)value_base(arguments[0]).integer) : NULL;
        if (!entry) return member_raise(realm, "Item", count, "System.ArgumentOutOfRangeException", "The table has no such position.");
        *out = value_keep(entry->value);
        return STATUS_OK;
    }
    enum status status = key_argument(realm, "Item", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    held = table_find(self, key);
    if (held) *out = value_keep(*held);
    else if (type_of(realm, self)->element2)
        status = member_raise(realm, "Item", count, "System.Collections.Generic.KeyNotFoundException", "The dictionary has no such key.");
    else *out = value_null();
    value_release(key);
    return status;
}
MEMBER_FUNCTION(set_item) {
    struct value key, item;
    enum status status = key_argument(realm, "Item", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    status = fit(realm, "Item", arguments[1], type_of(realm, self)->element2, &item);
    if (status == STATUS_OK) {
        table_put(self, key, item);
        value_release(item);
    }
    value_release(key);
    return status;
}
MEMBER_FUNCTION(try_get_value) {
    struct value key;
    enum status status = key_argument(realm, "TryGetValue", count, self, arguments[0], &key);
    if (status != STATUS_OK) return status;
    struct value *held = table_find(self, key), zero = value_null();
    value_release(key);
    if (!held && type_of(realm, self)->element2) status = member_default_value(realm, type_of(realm, self)->element2, &zero);
    if (status == STATUS_OK && arguments[1].kind == VALUE_REFERENCE) value_set(reference_place(arguments[1]), held ? *held : zero);
    value_release(zero);
    *out = value_bool(held != NULL);
    return status;
}

/* --- ordered -------------------------------------------------------------------------------------------------------- */

MEMBER_FUNCTION(insert) {
    int32_t at;
    enum status status = member_argument_int32(realm, "Insert", arguments[0], &at);
    if (status != STATUS_OK) return status;
    if (at < 0 || (uint32_t)at > table_count(self))
        return member_raise(realm, "Insert", count, "System.ArgumentOutOfRangeException", "The table has no position %d.", (int)at);
    if (!table_insert_at(self, (uint32_t)at, value_base(arguments[1]), value_is_nothing(arguments[2]) ? value_null() : arguments[2]))
        return member_raise(realm, "Insert", count, "System.ArgumentException", "The table has this key already.");
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_at) {
    int32_t at;
    enum status status = member_argument_int32(realm, "RemoveAt", arguments[0], &at);
    if (status != STATUS_OK) return status;
    struct table_entry *entry = at < 0 ? NULL : table_at(self, (uint32_t)at);
    if (!entry) return member_raise(realm, "RemoveAt", count, "System.ArgumentOutOfRangeException", "The table has no position %d.", (int)at);
    struct value key = value_keep(entry->key);
    table_remove(self, key);
    value_release(key);
    return STATUS_OK;
}
MEMBER_FUNCTION(index_of_key) {
    uint32_t at = 0;
    int32_t index = 0;
    *out = value_int32(-1);
    for (struct table_entry *entry; (entry = table_next(self, &at)); index++)
        if (value_equals(entry->key, value_base(arguments[0]), table_block(self)->keys_fold)) {
            *out = value_int32(index);
            break;
        }
    return STATUS_OK;
}

/* new(), new(capacity), new(table), new(comparer) of every table. A Hashtable made so keeps case, unlike @{}. */
MEMBER_FUNCTION(construct) {
    struct value made = collection_table_new(realm, type);
    enum status status = STATUS_OK;
    bool pairs = false;
    for (uint32_t i = 0; i < count; i++) {
        struct value argument = value_base(arguments[i]);
        const struct type *given = type_of(realm, argument);
        if (given && !strcmp(given->full_name, "System.StringComparer")) {
            struct value text = convert_text(realm, argument);
            table_block(made)->keys_fold = text_find(string_text(text), TEXT("IgnoreCase"), 0) != TEXT_NOT_FOUND;
            value_release(text);
        } else if (value_is_table(argument)) pairs = true;
    }
    for (uint32_t i = 0; pairs && i < count && status == STATUS_OK; i++) {
        struct value source = value_base(arguments[i]);
        uint32_t at = 0;
        if (!value_is_table(source)) continue;
        for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(source, &at));) {
            struct value pair[2] = {entry->key, entry->value}, nothing = value_null();
            status = set_item(realm, type, made, pair, 2, &nothing);
        }
    }
    if (status == STATUS_OK) *out = made;
    else value_release(made);
    return status;
}

#define H "~hashtable"
#define D "~dictionary"
#define O "~ordered"
#define T "~table"
static const struct member_row rows[] = {
    {H, "IsReadOnly", ROW_GET, 0, 0, no, NULL, "bool IsReadOnly {get;}"},
    {H, "IsFixedSize", ROW_GET, 0, 0, no, NULL, "bool IsFixedSize {get;}"},
    {H, "IsSynchronized", ROW_GET, 0, 0, no, NULL, "bool IsSynchronized {get;}"},
    {H, "Keys", ROW_GET, 0, 0, get_keys, NULL, "System.Collections.ICollection Keys {get;}"},
    {H, "Values", ROW_GET, 0, 0, get_values, NULL, "System.Collections.ICollection Values {get;}"},
    {H, "SyncRoot", ROW_GET, 0, 0, get_self, NULL, "System.Object SyncRoot {get;}"},
    {H, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {O, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {O, "IsReadOnly", ROW_GET, 0, 0, no, NULL, "bool IsReadOnly {get;}"},
    {O, "Keys", ROW_GET, 0, 0, get_keys, NULL, "System.Collections.ICollection Keys {get;}"},
    {O, "Values", ROW_GET, 0, 0, get_values, NULL, "System.Collections.ICollection Values {get;}"},
    {D, "Comparer", ROW_GET, 0, 0, get_comparer, NULL, "System.Collections.Generic.IEqualityComparer[{T}] Comparer {get;}"},
    {D, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {D, "Keys", ROW_GET, 0, 0, get_keys, NULL, "System.Collections.ICollection Keys {get;}"},
    {D, "Values", ROW_GET, 0, 0, get_values, NULL, "System.Collections.ICollection Values {get;}"},
    {T, "Add", ROW_METHOD, 2, 2, add, NULL, "void Add(System.Object key, System.Object value)"},
    {T, "TryAdd", ROW_METHOD, 2, 2, try_add, NULL, NULL},
    {T, "Clear", ROW_METHOD, 0, 0, clear, NULL, "void Clear()"},
    {T, "Clone", ROW_METHOD, 0, 0, clone, NULL, "System.Object Clone()"},
    {T, "Contains", ROW_METHOD, 1, 1, contains_key, NULL, "bool Contains(System.Object key)"},
    {T, "ContainsKey", ROW_METHOD, 1, 1, contains_key, NULL, "bool ContainsKey(System.Object key)"},
    {T, "ContainsValue", ROW_METHOD, 1, 1, contains_value, NULL, "bool ContainsValue(System.Object value)"},
    {T, "CopyTo", ROW_METHOD, 2, 2, copy_to, NULL, "void CopyTo(array array, int arrayIndex)"},
    {T, "GetEnumerator", ROW_METHOD, 0, 0, enumerator, NULL, "System.Collections.IDictionaryEnumerator GetEnumerator()"},
    {T, "Item", ROW_METHOD, 1, 1, get_item, NULL, "System.Object Item(System.Object key) {get;set;}"},
    {T, "get_Item", ROW_METHOD, 1, 1, get_item, NULL, NULL},
    {T, "set_Item", ROW_METHOD, 2, 2, set_item, NULL, NULL},
    {T, "get_Keys", ROW_METHOD, 0, 0, get_keys, NULL, NULL},
    {T, "get_Values", ROW_METHOD, 0, 0, get_values, NULL, NULL},
    {T, "get_Count", ROW_METHOD, 0, 0, get_count, NULL, NULL},
    {T, "Remove", ROW_METHOD, 1, 2, remove_key, NULL, "void Remove(System.Object key)"},
    {D, "TryGetValue", ROW_METHOD, 2, 2, try_get_value, NULL, "bool TryGetValue({T} key, [ref] {U} value)"},
    {O, "Insert", ROW_METHOD, 3, 3, insert, NULL, "void Insert(int index, System.Object key, System.Object value)"},
    {O, "RemoveAt", ROW_METHOD, 1, 1, remove_at, NULL, "void RemoveAt(int index)"},
    {O, "IndexOf", ROW_METHOD, 1, 1, index_of_key, NULL, NULL},
    {T, "new", ROW_CONSTRUCTOR, 0, 2, construct, NULL, NULL},
};
const struct member_table table_member_table = {rows, MEMBER_COUNT(rows)};
