/* Members of T[] and [array]'s statics. */
#include <stdlib.h>
#include "collection_private.h"
#include "enumerator_private.h"
#include "member_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/number.h"

enum status member_default_value(struct realm *realm, const struct type *type, struct value *out) {
    *out = value_null();
    if (!(type->flags & TYPE_VALUE) || (type->open && !strcmp(type->open->name, "Nullable`1"))) return STATUS_OK;
    if (type->flags & TYPE_ENUM) *out = value_enum(type->index, 0);
    else if (type->value_kind == VALUE_BOOL) *out = value_bool(false);
    else if (type->value_kind == VALUE_CHAR) *out = value_char(0);
    else if (type->value_kind == VALUE_DATETIME) *out = value_datetime(0, 0);
    else if (type->value_kind == VALUE_TIMESPAN) *out = value_timespan(0);
    else if (type->value_kind == VALUE_DATETIMEOFFSET) *out = value_datetimeoffset(0, 0);
    else if (type->value_kind == VALUE_GUID) *out = value_guid(&(struct guid){{0}});
    else if (type->flags & TYPE_NUMERIC) return convert_to(realm, value_int32(0), type, out);
    else *out = object_new(realm, type, 0);
    return STATUS_OK;
}

enum status member_new_array(struct realm *realm, const struct type *type, int64_t length, struct value *out) {
    struct value zero;
    enum status status = member_default_value(realm, type->element, &zero);
    if (status != STATUS_OK) return status;
    struct value array = array_new(realm, type, (uint32_t)length);
    for (int64_t i = 0; i < length; i++) array_push(array, zero);
    value_release(zero);
    *out = array;
    return STATUS_OK;
}

static const struct type *element_type(struct realm *realm, struct value array) {
    const struct type *type = type_of(realm, array);
    return type->element ? type->element : type_known(realm, "System.Object");
}

static int64_t length_of(struct value array, int64_t dimension) {
    const struct array *block = array_block(array);
    if (!block->rank_lengths[0]) return dimension == 0 ? (int64_t)block->count : -1;
    return dimension >= 0 && dimension < 3 && block->rank_lengths[dimension] ? (int64_t)block->rank_lengths[dimension] : -1;
}

MEMBER_FUNCTION(get_count) { *out = value_int32((int32_t)array_count(self)); return STATUS_OK; }
MEMBER_FUNCTION(long_length) { *out = value_int64(array_count(self)); return STATUS_OK; }
MEMBER_FUNCTION(get_rank) { *out = value_int32(type_of(realm, self)->rank); return STATUS_OK; }
MEMBER_FUNCTION(yes) { *out = value_bool(true); return STATUS_OK; }
MEMBER_FUNCTION(no) { *out = value_bool(false); return STATUS_OK; }
MEMBER_FUNCTION(get_self) { *out = value_keep(self); return STATUS_OK; }

static enum status dimension_of(struct realm *realm, const char *method, struct value self, struct value argument, int64_t *out) {
    int32_t dimension;
    enum status status = member_argument_int32(realm, method, argument, &dimension);
    if (status != STATUS_OK) return status;
    *out = length_of(self, dimension);
    if (*out >= 0) return STATUS_OK;
    return member_raise(realm, method, 1, "System.IndexOutOfRangeException", "The array has no dimension %d.", (int)dimension);
}
MEMBER_FUNCTION(get_length) {
    int64_t length = 0;
    enum status status = dimension_of(realm, "GetLength", self, arguments[0], &length);
    *out = value_int32((int32_t)length);
    return status;
}
MEMBER_FUNCTION(upper_bound) {
    int64_t length = 0;
    enum status status = dimension_of(realm, "GetUpperBound", self, arguments[0], &length);
    *out = value_int32((int32_t)length - 1);
    return status;
}
MEMBER_FUNCTION(lower_bound) { *out = value_int32(0); return STATUS_OK; }

/* The place that one index or one for each dimension names. */
static enum status place_of(struct realm *realm, const char *method, struct value self, const struct value *indexes, uint32_t count, uint32_t *out) {
    int64_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t index;
        enum status status = member_argument_int32(realm, method, indexes[i], &index);
        if (status != STATUS_OK) return status;
        int64_t length = length_of(self, i);
        if (index < 0 || index >= length)
            return member_raise(realm, method, count, "System.IndexOutOfRangeException", "Index %d is outside the array.", (int)index);
        at = at * length + index;
    }
    *out = (uint32_t)at;
    return STATUS_OK;
}
MEMBER_FUNCTION(get_value) {
    uint32_t at;
    enum status status = place_of(realm, "GetValue", self, arguments, count, &at);
    if (status == STATUS_OK) *out = value_keep(array_at(self, at));
    return status;
}
static enum status store(struct realm *realm, const char *method, struct value self, struct value item, const struct value *indexes, uint32_t count) {
    uint32_t at;
    struct value element;
    enum status status = place_of(realm, method, self, indexes, count, &at);
    if (status != STATUS_OK) return status;
    if (!convert_try(realm, item, element_type(realm, self), &element)) return member_raise_argument(realm, method, item, element_type(realm, self));
    array_set(self, at, element);
    value_release(element);
    return STATUS_OK;
}
MEMBER_FUNCTION(set_value) { return store(realm, "SetValue", self, arguments[0], arguments + 1, count - 1); }
MEMBER_FUNCTION(set_at) { return store(realm, "Set", self, arguments[count - 1], arguments, count - 1); }

static int64_t index_of(struct value array, struct value item, uint32_t from) {
    for (uint32_t i = from; i < array_count(array); i++)
        if (value_equals(value_base(array_at(array, i)), value_base(item), false)) return i;
    return -1;
}
MEMBER_FUNCTION(contains) { *out = value_bool(index_of(self, arguments[0], 0) >= 0); return STATUS_OK; }
MEMBER_FUNCTION(get_index_of) { *out = value_int32((int32_t)index_of(self, arguments[0], 0)); return STATUS_OK; }

static struct value copy_of(struct realm *realm, struct value self) {
    struct value copy = array_new(realm, array_block(self)->container.type, array_count(self));
    for (uint32_t i = 0; i < array_count(self); i++) array_push(copy, array_at(self, i));
    memcpy(array_block(copy)->rank_lengths, array_block(self)->rank_lengths, sizeof array_block(self)->rank_lengths);
    return copy;
}
MEMBER_FUNCTION(clone) { *out = copy_of(realm, self); return STATUS_OK; }
MEMBER_FUNCTION(enumerator) { *out = enumerator_new(realm, self); return STATUS_OK; }
MEMBER_FUNCTION(fixed_size) {
    return member_raise(realm, "Add", count, "System.NotSupportedException", "An array has a fixed size; use += or a List.");
}
MEMBER_FUNCTION(clear_all) {
    struct value zero;
    enum status status = member_default_value(realm, element_type(realm, self), &zero);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(self); i++) array_set(self, i, zero);
    if (status == STATUS_OK) value_release(zero);
    return status;
}
MEMBER_FUNCTION(copy_to) {
    int32_t at;
    enum status status = member_argument_int32(realm, "CopyTo", arguments[1], &at);
    if (status != STATUS_OK) return status;
    struct value target = value_base(arguments[0]);
    if (target.kind != VALUE_ARRAY || at < 0 || (uint64_t)at + array_count(self) > array_count(target))
        return member_raise(realm, "CopyTo", count, "System.ArgumentException", "The target array is too short.");
    for (uint32_t i = 0; i < array_count(self); i++) array_set(target, (uint32_t)at + i, array_at(self, i));
    return STATUS_OK;
}

/* --- [array]'s statics ---------------------------------------------------------------------------------------------- */

static enum status array_argument(struct realm *realm, const char *method, uint32_t count, struct value argument, struct value *out) {
    *out = value_base(argument);
    if (out->kind == VALUE_REFERENCE) *out = value_base(*reference_place(*out));
    if (value_is_array_like(*out)) return STATUS_OK;
    return member_raise(realm, method, count, "System.ArgumentNullException", "%s needs an array.", method);
}
#define ARRAY_ARGUMENT(method)                                                             \
    struct value array;                                                                    \
    enum status status = array_argument(realm, method, count, arguments[0], &array);       \
    if (status != STATUS_OK) return status

MEMBER_FUNCTION(static_index_of) {
    ARRAY_ARGUMENT("IndexOf");
    int32_t from = 0;
    if (count > 2 && (status = member_argument_int32(realm, "IndexOf", arguments[2], &from)) != STATUS_OK) return status;
    *out = value_int32((int32_t)index_of(array, arguments[1], from < 0 ? 0 : (uint32_t)from));
    return STATUS_OK;
}
MEMBER_FUNCTION(static_last_index_of) {
    ARRAY_ARGUMENT("LastIndexOf");
    *out = value_int32(-1);
    for (uint32_t i = array_count(array); i-- > 0;)
        if (value_equals(value_base(array_at(array, i)), value_base(arguments[1]), false)) {
            *out = value_int32((int32_t)i);
            break;
        }
    return STATUS_OK;
}
MEMBER_FUNCTION(static_reverse) {
    ARRAY_ARGUMENT("Reverse");
    struct value *items = array_items(array);
    for (uint32_t i = 0, j = array_count(array); i + 1 < j; i++) {
        struct value swap = items[i];
        items[i] = items[--j];
        items[j] = swap;
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(static_sort) {
    ARRAY_ARGUMENT("Sort");
    return collection_sort(realm, array, count > 1 && value_base(arguments[1]).kind == VALUE_SCRIPT_BLOCK ? value_base(arguments[1]) : value_null());
}
MEMBER_FUNCTION(static_copy) {
    ARRAY_ARGUMENT("Copy");
    int32_t from = 0, to = 0, length;
    struct value target = value_base(arguments[count == 5 ? 2 : 1]);
    if (count == 5 && ((status = member_argument_int32(realm, "Copy", arguments[1], &from)) != STATUS_OK ||
                       (status = member_argument_int32(realm, "Copy", arguments[3], &to)) != STATUS_OK)) return status;
    if ((status = member_argument_int32(realm, "Copy", arguments[count - 1], &length)) != STATUS_OK) return status;
    if (!value_is_array_like(target) || from < 0 || to < 0 || length < 0 || (int64_t)from + length > array_count(array) ||
        (int64_t)to + length > array_count(target))
        return member_raise(realm, "Copy", count, "System.ArgumentException", "The part to be copied does not fit.");
    for (int32_t i = 0; i < length; i++) { /* backwards when the parts overlap */
        int32_t at = target.counted == array.counted && to > from ? length - 1 - i : i;
        array_set(target, (uint32_t)(to + at), array_at(array, (uint32_t)(from + at)));
    }
    return STATUS_OK;
}
MEMBER_FUNCTION(static_resize) {
    ARRAY_ARGUMENT("Resize");
    int32_t length;
    if ((status = member_argument_int32(realm, "Resize", arguments[1], &length)) != STATUS_OK) return status;
    if (value_base(arguments[0]).kind != VALUE_REFERENCE) return member_raise_no_overload(realm, "Resize", count);
    if (length < 0 || length > INT32_MAX / 16)
        return member_raise(realm, "Resize", count, "System.ArgumentOutOfRangeException", "An array cannot have that length.");
    struct value fresh;
    status = member_new_array(realm, type_of(realm, array)->rank ? type_of(realm, array) : type_of_kind(realm, VALUE_ARRAY), length, &fresh);
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; i < array_count(array) && i < (uint32_t)length; i++) array_set(fresh, i, array_at(array, i));
    value_set_take(reference_place(value_base(arguments[0])), fresh);
    return STATUS_OK;
}
MEMBER_FUNCTION(create_instance) {
    const struct type *wanted = NULL;
    int32_t lengths[3] = {0};
    enum status status = member_argument_type(realm, "CreateInstance", arguments[0], &wanted);
    for (uint32_t i = 1; status == STATUS_OK && i < count && i < 4; i++) status = member_argument_int32(realm, "CreateInstance", arguments[i], &lengths[i - 1]);
    if (status != STATUS_OK) return status;
    int64_t total = lengths[0];
    for (uint32_t i = 2; i < count && total >= 0 && total <= UINT32_MAX; i++) total = lengths[i - 1] < 0 ? -1 : total * lengths[i - 1];
    if (total < 0 || total > INT32_MAX / 16)
        return member_raise(realm, "CreateInstance", count, "System.ArgumentOutOfRangeException", "An array cannot have that length.");
    status = member_new_array(realm, type_array_of_rank(realm, wanted, (int)count - 1), total, out);
    for (uint32_t i = 1; status == STATUS_OK && count > 2 && i < count; i++) array_block(*out)->rank_lengths[i - 1] = (uint32_t)lengths[i - 1];
    return status;
}
MEMBER_FUNCTION(static_clear) {
    ARRAY_ARGUMENT("Clear");
    int32_t from = 0, length = (int32_t)array_count(array);
    if (count == 3 && ((status = member_argument_int32(realm, "Clear", arguments[1], &from)) != STATUS_OK ||
                       (status = member_argument_int32(realm, "Clear", arguments[2], &length)) != STATUS_OK)) return status;
    if (from < 0 || length < 0 || (int64_t)from + length > array_count(array))
        return member_raise(realm, "Clear", count, "System.IndexOutOfRangeException", "The array has no such part.");
    struct value zero;
    status = member_default_value(realm, element_type(realm, array), &zero);
    for (int32_t i = 0; status == STATUS_OK && i < length; i++) array_set(array, (uint32_t)(from + i), zero);
    if (status == STATUS_OK) value_release(zero);
    return status;
}

MEMBER_FUNCTION(static_binary_search) {
    ARRAY_ARGUMENT("BinarySearch");
    *out = value_int32(collection_search(realm, array, arguments[1]));
    return STATUS_OK;
}

/* Find, FindAll, FindIndex, Exists, TrueForAll by a predicate block. */
static enum status search(struct realm *realm, struct value array, struct value block, bool wanted, int64_t *at) {
    for (*at = 0; (uint64_t)*at < array_count(array); ++*at) {
        bool agreed;
        enum status status = member_test_block(realm, value_base(block), array_at(array, (uint32_t)*at), &agreed);
        if (status != STATUS_OK) return status;
        if (agreed == wanted) return STATUS_OK;
    }
    *at = -1;
    return STATUS_OK;
}
MEMBER_FUNCTION(static_find) {
    ARRAY_ARGUMENT("Find");
    int64_t at;
    status = search(realm, array, arguments[1], true, &at);
    if (status == STATUS_OK && at < 0) return member_default_value(realm, element_type(realm, array), out);
    if (status == STATUS_OK) *out = value_keep(array_at(array, (uint32_t)at));
    return status;
}
MEMBER_FUNCTION(static_find_index) {
    ARRAY_ARGUMENT("FindIndex");
    int64_t at = -1;
    status = search(realm, array, arguments[1], true, &at);
    *out = value_int32((int32_t)at);
    return status;
}
MEMBER_FUNCTION(static_exists) {
    ARRAY_ARGUMENT("Exists");
    int64_t at = -1;
    status = search(realm, array, arguments[1], true, &at);
    *out = value_bool(at >= 0);
    return status;
}
MEMBER_FUNCTION(static_find_all) {
    ARRAY_ARGUMENT("FindAll");
    struct value found = array_new(realm, array_block(array)->container.type, 0);
    for (uint32_t i = 0; i < array_count(array); i++) {
        bool agreed;
        status = member_test_block(realm, value_base(arguments[1]), array_at(array, i), &agreed);
        if (status != STATUS_OK) {
            value_release(found);
            return status;
        }
        if (agreed) array_push(found, array_at(array, i));
    }
    *out = found;
    return STATUS_OK;
}

#define T "System.Array"
static const struct member_row rows[] = {
    {T, "Count", ROW_GET, 0, 0, get_count, NULL, "int Count {get;}"},
    {T, "Length", ROW_GET, 0, 0, get_count, NULL, "int Length {get;}"},
    {T, "LongLength", ROW_GET, 0, 0, long_length, NULL, "long LongLength {get;}"},
    {T, "Rank", ROW_GET, 0, 0, get_rank, NULL, "int Rank {get;}"},
    {T, "SyncRoot", ROW_GET, 0, 0, get_self, NULL, "System.Object SyncRoot {get;}"},
    {T, "IsReadOnly", ROW_GET, 0, 0, no, NULL, "bool IsReadOnly {get;}"},
    {T, "IsFixedSize", ROW_GET, 0, 0, yes, NULL, "bool IsFixedSize {get;}"},
    {T, "IsSynchronized", ROW_GET, 0, 0, no, NULL, "bool IsSynchronized {get;}"},
    {T, "Add", ROW_METHOD, 1, 1, fixed_size, NULL, "int IList.Add(System.Object value)"},
    {T, "Remove", ROW_METHOD, 1, 1, fixed_size, NULL, "void IList.Remove(System.Object value)"},
    {T, "RemoveAt", ROW_METHOD, 1, 1, fixed_size, NULL, "void IList.RemoveAt(int index)"},
    {T, "Insert", ROW_METHOD, 2, 2, fixed_size, NULL, "void IList.Insert(int index, System.Object value)"},
    {T, "Clear", ROW_METHOD, 0, 0, clear_all, NULL, "void IList.Clear()"},
    {T, "Clone", ROW_METHOD, 0, 0, clone, NULL, "System.Object Clone()"},
    {T, "Contains", ROW_METHOD, 1, 1, contains, NULL, "bool IList.Contains(System.Object value)"},
    {T, "IndexOf", ROW_METHOD, 1, 1, get_index_of, NULL, "int IList.IndexOf(System.Object value)"},
    {T, "CopyTo", ROW_METHOD, 2, 2, copy_to, NULL, "void CopyTo(array array, int index)"},
    {T, "Get", ROW_METHOD, 1, 3, get_value, NULL, "System.Object Get(int )"},
    {T, "Set", ROW_METHOD, 2, 4, set_at, NULL, "void Set(int , System.Object )"},
    {T, "GetEnumerator", ROW_METHOD, 0, 0, enumerator, NULL, "System.Collections.IEnumerator GetEnumerator()"},
    {T, "GetLength", ROW_METHOD, 1, 1, get_length, NULL, "int GetLength(int dimension)"},
    {T, "GetLongLength", ROW_METHOD, 1, 1, get_length, NULL, "long GetLongLength(int dimension)"},
    {T, "GetLowerBound", ROW_METHOD, 1, 1, lower_bound, NULL, "int GetLowerBound(int dimension)"},
    {T, "GetUpperBound", ROW_METHOD, 1, 1, upper_bound, NULL, "int GetUpperBound(int dimension)"},
    {T, "GetValue", ROW_METHOD, 1, 3, get_value, NULL, "System.Object GetValue(int index)"},
    {T, "SetValue", ROW_METHOD, 2, 4, set_value, NULL, "void SetValue(System.Object value, int index)"},
    {T, "Item", ROW_METHOD, 1, 3, get_value, NULL, "System.Object IList.Item(int index) {get;set;}"},
    {T, "IndexOf", ROW_STATIC_METHOD, 2, 4, static_index_of, NULL, "static int IndexOf(array array, System.Object value)"},
    {T, "LastIndexOf", ROW_STATIC_METHOD, 2, 2, static_last_index_of, NULL, "static int LastIndexOf(array array, System.Object value)"},
    {T, "Reverse", ROW_STATIC_METHOD, 1, 1, static_reverse, NULL, "static void Reverse(array array)"},
    {T, "Sort", ROW_STATIC_METHOD, 1, 2, static_sort, NULL, "static void Sort(array array)"},
    {T, "Copy", ROW_STATIC_METHOD, 3, 3, static_copy, NULL, "static void Copy(array sourceArray, array destinationArray, int length)"},
    {T, "Copy", ROW_STATIC_METHOD, 5, 5, static_copy, NULL,
     "static void Copy(array sourceArray, int sourceIndex, array destinationArray, int destinationIndex, int length)"},
    {T, "Resize", ROW_STATIC_METHOD, 2, 2, static_resize, NULL, "static void Resize[T]([ref] T[] array, int newSize)"},
    {T, "BinarySearch", ROW_STATIC_METHOD, 2, 2, static_binary_search, NULL, "static int BinarySearch(array array, System.Object value)"},
    {T, "Clear", ROW_STATIC_METHOD, 1, 3, static_clear, NULL, "static void Clear(array array)"},
    {T, "CreateInstance", ROW_STATIC_METHOD, 2, 4, create_instance, NULL, "static array CreateInstance(type elementType, int length)"},
    {T, "Find", ROW_STATIC_METHOD, 2, 2, static_find, NULL, "static T Find[T](T[] array, System.Predicate[T] match)"},
    {T, "FindAll", ROW_STATIC_METHOD, 2, 2, static_find_all, NULL, "static T[] FindAll[T](T[] array, System.Predicate[T] match)"},
    {T, "FindIndex", ROW_STATIC_METHOD, 2, 2, static_find_index, NULL, "static int FindIndex[T](T[] array, System.Predicate[T] match)"},
    {T, "Exists", ROW_STATIC_METHOD, 2, 2, static_exists, NULL, "static bool Exists[T](T[] array, System.Predicate[T] match)"},
};
const struct member_table array_member_table = {rows, MEMBER_COUNT(rows)};
