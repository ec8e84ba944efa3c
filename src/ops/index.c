/* v[index]. Reading beyond the end gives null; several indexes give several items. */
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "ops_private.h"

static enum status raise_null(struct realm *realm, bool of_index) {
    return realm_raise(realm, "RuntimeException", of_index ? "NullArrayIndex" : "NullArray", ERROR_INVALID_OPERATION,
                       of_index ? "The index is null." : "There is nothing to index: the value is null.");
}

/* The place that an index means in `count` items; -1: none. Text that is no number is none either. */
static int64_t place_of(struct realm *realm, struct value index, uint32_t count) {
    int64_t n = index.integer;
    if (index.kind != VALUE_INT32 && index.kind != VALUE_INT64) {
        struct value number;
        if (!convert_try(realm, index, type_of_kind(realm, VALUE_INT32), &number)) return -1;
        n = number.integer;
    }
    if (n < 0) n += count;
    return n >= 0 && n < count ? n : -1;
}

typedef bool item_reader(struct realm *realm, struct value v, struct value index, struct value *out);

static bool read_array(struct realm *realm, struct value v, struct value index, struct value *out) {
    int64_t at = place_of(realm, index, array_count(v));
    if (at >= 0) *out = value_keep(array_at(v, (uint32_t)at));
    return at >= 0;
}

static bool read_text(struct realm *realm, struct value v, struct value index, struct value *out) {
    int64_t at = place_of(realm, index, string_units(v));
    if (at >= 0) *out = value_char(string_unit_at(v, (uint32_t)at));
    return at >= 0;
}

static bool read_table(struct realm *realm, struct value v, struct value index, struct value *out) {
    bool by_place = table_block(v)->table_kind == TABLE_ORDERED && value_is_integer(index);
    if (by_place) {
        int64_t at = place_of(realm, index, table_count(v));
        *out = at < 0 ? value_null() : value_keep(table_at(v, (uint32_t)at)->value);
        return true;
    }
    struct value *found = table_find(v, index);
    *out = found ? value_keep(*found) : value_null();
    return true;
}

/* Each index in turn: arrays leave out what is not there, tables give null for it. */
static enum status read_many(struct realm *realm, struct value v, struct value indexes, item_reader *read, struct value *out) {
    *out = array_new(realm, NULL, array_count(indexes));
    for (uint32_t i = 0; i < array_count(indexes); i++) {
        struct value index = value_base(array_at(indexes, i)), item;
        if (value_is_nothing(index)) {
            value_release(*out);
            return raise_null(realm, true);
        }
        if (read(realm, v, index, &item)) array_push_take(*out, item);
    }
    return STATUS_OK;
}

static enum status read_with(struct realm *realm, struct value v, struct value index, item_reader *read, struct value *out) {
    if (value_is_array_like(index)) return read_many(realm, v, index, read, out);
    if (value_is_nothing(index)) return raise_null(realm, true);
    if (!read(realm, v, index, out)) *out = value_null();
    return STATUS_OK;
}

/* Asks a type's own indexer. STATUS_ERROR with nothing raised: it has none. */
static enum status ask_indexer(struct realm *realm, struct value v, struct value index, struct value *out) {
    enum status status = member_call(realm, v, intern_name(realm->names, TEXT("Item")), &index, 1, out);
    if (status != STATUS_ERROR) return status;
    value_release(realm_take_raised(realm));
    status = member_call(realm, v, intern_name(realm->names, TEXT("get_Item")), &index, 1, out);
    if (status == STATUS_ERROR) value_release(realm_take_raised(realm));
    return status;
}

/* Collections found by name as well ($match.Groups['year']) are lists with an indexer of their own. */
static enum status read_list(struct realm *realm, struct value v, struct value index, struct value *out) {
    bool named = v.kind == VALUE_LIST && index.kind == VALUE_STRING && array_block(v)->container.type;
    if (named) {
        enum status status = ask_indexer(realm, v, index, out);
        if (status != STATUS_ERROR) return status;
    }
    return read_with(realm, v, index, read_array, out);
}

/* Any other thing is its own first item, unless its type knows better. */
static enum status read_other(struct realm *realm, struct value v, struct value index, struct value *out) {
    enum status status = STATUS_ERROR;
    if (v.kind == VALUE_NATIVE || v.kind == VALUE_OBJECT) {
        status = ask_indexer(realm, v, index, out);
        if (status != STATUS_ERROR) return status;
    }
    if (v.kind == VALUE_NATIVE && convert_is_enumerable(realm, v)) {
        struct enumeration it;
        struct value item, items = array_new(realm, NULL, 0);
        bool more;
        enumeration_start(realm, &it, v);
        while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) array_push(items, item);
        enumeration_end(&it);
        if (status == STATUS_OK) status = read_with(realm, items, index, read_array, out);
        value_release(items);
        return status;
    }
    bool first = operand_is_numeric(index) && arithmetic_compare(index, value_int32(0)) == 0;
    *out = first ? value_keep(v) : value_null();
    return STATUS_OK;
}

static bool is_rank(struct value v) { return value_is_array_like(v) && array_block(v)->rank_lengths[0]; }

/* The place in a multi-dimensional array; -1: out of range or the wrong number of indexes. */
static int64_t rank_place(struct realm *realm, struct value v, const struct value *indexes, uint32_t count) {
    const uint32_t *lengths = array_block(v)->rank_lengths;
    int64_t place = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t at = i < 3 && lengths[i] ? place_of(realm, value_base(indexes[i]), lengths[i]) : -1;
        if (at < 0) return -1;
        place = place * lengths[i] + at;
    }
    return place;
}

static uint32_t rank_of(struct value v) {
    const uint32_t *lengths = array_block(v)->rank_lengths;
    return lengths[2] ? 3 : lengths[1] ? 2 : 1;
}

static enum status raise_rank(struct realm *realm, struct value v) {
    return realm_raise(realm, "RuntimeException", "NeedMultidimensionalIndex", ERROR_INVALID_OPERATION,
                       "The array has %u dimensions and needs as many indexes.", rank_of(v));
}

enum status ops_index_many(struct realm *realm, struct value v, const struct value *indexes, uint32_t count, struct value *out) {
    v = value_base(v);
    if (is_rank(v)) {
        if (count != rank_of(v)) return raise_rank(realm, v);
        int64_t at = rank_place(realm, v, indexes, count);
        *out = at < 0 ? value_null() : value_keep(array_at(v, (uint32_t)at));
        return STATUS_OK;
    }
    struct value list = array_of(realm, indexes, count);
    enum status status = ops_index(realm, v, list, out);
    value_release(list);
    return status;
}

enum status ops_index(struct realm *realm, struct value v, struct value index, struct value *out) {
    v = value_base(v);
    index = value_base(index);
    if (value_is_nothing(v)) return raise_null(realm, false);
    if (is_rank(v))
        return value_is_array_like(index) ? ops_index_many(realm, v, array_items(index), array_count(index), out) : raise_rank(realm, v);
    if (value_is_array_like(v)) return read_list(realm, v, index, out);
    if (value_is_table(v)) return read_with(realm, v, index, read_table, out);
    if (v.kind == VALUE_STRING) return read_with(realm, v, index, read_text, out);
    return read_other(realm, v, index, out);
}

/* --- v[index] = item --- */
static enum status raise_range(struct realm *realm, const char *exception) {
    return realm_raise(realm, exception, exception, ERROR_OPERATION_STOPPED, "The index lies outside of the collection.");
}

static enum status raise_cannot_index(struct realm *realm, struct value v) {
    const struct type *type = type_of(realm, v);
    return realm_raise(realm, "RuntimeException", "CannotIndex", ERROR_INVALID_OPERATION,
                       "Nothing can be set by index in a value of type %s.", type ? type->full_name : "null");
}

/* The item as the container's element type wants it. Owned. */
static enum status as_element(struct realm *realm, const struct type *element, struct value item, struct value *out) {
    if (!element || type_assignable(realm, item, element)) {
        *out = value_keep(item.kind == VALUE_VOID ? value_null() : item);
        return STATUS_OK;
    }
    enum status status = convert_to(realm, item, element, out);
    return status == STATUS_ERROR ? operand_wrap_raised(realm) : status;
}

static const struct type *element_of(struct value v) {
    const struct type *type = ((struct container *)v.counted)->type;
    return type ? type->element : NULL;
}

static enum status set_array(struct realm *realm, struct value v, struct value index, struct value item) {
    if (value_is_array_like(index) && !is_rank(v))
        return realm_raise(realm, "RuntimeException", "ArraySliceAssignmentFailed", ERROR_INVALID_OPERATION,
                           "A slice of an array cannot be assigned to.");
    int64_t at;
    if (is_rank(v)) {
        uint32_t count = value_is_array_like(index) ? array_count(index) : 0;
        if (count != rank_of(v)) return raise_rank(realm, v);
        at = rank_place(realm, v, array_items(index), count);
    } else {
        int32_t n;
        enum status status = operand_int32(realm, index, &n);
        if (status != STATUS_OK) return status;
        at = place_of(realm, value_int32(n), array_count(v));
    }
    if (at < 0) return raise_range(realm, v.kind == VALUE_ARRAY ? "System.IndexOutOfRangeException" : "System.ArgumentOutOfRangeException");
    struct value element;
    enum status status = as_element(realm, element_of(v), item, &element);
    if (status == STATUS_OK) value_set_take(&array_items(v)[at], element);
    return status;
}

static enum status set_table(struct realm *realm, struct value v, struct value index, struct value item) {
    const struct type *type = table_block(v)->container.type;
    if (table_block(v)->table_kind == TABLE_ORDERED && value_is_integer(index)) {
        int64_t at = place_of(realm, index, table_count(v));
        if (at < 0) return raise_range(realm, "System.ArgumentOutOfRangeException");
        value_set(&table_at(v, (uint32_t)at)->value, item);
        return STATUS_OK;
    }
    struct value key, element;
    enum status status = as_element(realm, type ? type->element : NULL, index, &key);
    if (status != STATUS_OK) return status;
    status = as_element(realm, type ? type->element2 : NULL, item, &element);
    if (status == STATUS_OK) {
        table_put(v, key, element);
        value_release(element);
    }
    value_release(key);
    return status;
}

enum status ops_index_set(struct realm *realm, struct value v, struct value index, struct value item) {
    v = value_base(v);
    index = value_base(index);
    if (value_is_nothing(v)) return raise_null(realm, false);
    if (value_is_nothing(index)) return raise_null(realm, true);
    if (value_is_array_like(v)) return set_array(realm, v, index, item);
    if (value_is_table(v)) return set_table(realm, v, index, item);
    if (v.kind != VALUE_NATIVE) return raise_cannot_index(realm, v);
    struct value arguments[] = {index, item}, unused;
    enum status status = member_call(realm, v, intern_name(realm->names, TEXT("set_Item")), arguments, 2, &unused);
    if (status == STATUS_OK) value_release(unused);
    return status;
}
