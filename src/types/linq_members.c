/* [Linq.Enumerable]: sequences over arrays and lists, with script blocks as functions. Sequences are made at once and can be
 * walked again; like .NET's they are true even when empty. */
#include <string.h>
#include "argument_private.h"
#include "collection_private.h"
#include "enumerator_private.h"
#include "m365sh/value/compare.h"

/* The items of any sequence as an array. Owned. */
static enum status items_of(struct realm *realm, const char *method, struct value v, struct value *out) {
    struct enumeration it;
    struct value item;
    bool more;
    enum status status;
    v = value_base(v);
    if (!convert_is_enumerable(realm, v)) return member_raise_no_overload(realm, method, 2);
    *out = array_new(realm, NULL, 0);
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) array_push(*out, item);
    enumeration_end(&it);
    if (status != STATUS_OK) value_release(*out);
    return status;
}
static enum status give_sequence(struct realm *realm, struct value items, struct value *out) {
    *out = enumerator_new_sequence(realm, items);
    value_release(items);
    return STATUS_OK;
}
static bool has(struct value items, struct value item) {
    for (uint32_t i = 0; i < array_count(items); i++)
        if (value_equals(value_base(array_at(items, i)), value_base(item), false)) return true;
    return false;
}

enum set_operation { INTERSECT, EXCEPT, UNION, DISTINCT };
static enum status operate(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, enum set_operation operation,
                           struct value *out) {
    struct value first, second = value_null(), set = set_new(realm, NULL, false), other = set_new(realm, NULL, false);
    enum status status = items_of(realm, method, arguments[0], &first);
    if (status == STATUS_OK && count > 1 && operation != DISTINCT && (status = items_of(realm, method, arguments[1], &second)) != STATUS_OK)
        value_release(first);
    if (status == STATUS_OK) {
        struct value result = array_new(realm, NULL, 0);
        for (uint32_t i = 0; second.kind == VALUE_ARRAY && i < array_count(second); i++) set_add(other, array_at(second, i));
        for (uint32_t i = 0; i < array_count(first); i++) {
            struct value item = array_at(first, i);
            bool wanted = operation == INTERSECT ? set_contains(other, item) : operation == EXCEPT ? !set_contains(other, item) : true;
            if (wanted && set_add(set, item)) array_push(result, item);
        }
        for (uint32_t i = 0; operation == UNION && i < array_count(second); i++)
            if (set_add(set, array_at(second, i))) array_push(result, array_at(second, i));
        value_release(first);
        value_release(second);
        status = give_sequence(realm, result, out);
    }
    value_release(set);
    value_release(other);
    return status;
}
MEMBER(intersect) { return operate(realm, "Intersect", arguments, count, INTERSECT, out); }
MEMBER(except) { return operate(realm, "Except", arguments, count, EXCEPT, out); }
MEMBER(union_of) { return operate(realm, "Union", arguments, count, UNION, out); }
MEMBER(distinct) { return operate(realm, "Distinct", arguments, count, DISTINCT, out); }

MEMBER(to_array) {
    struct value items, first = value_base(arguments[0]);
    TRY(items_of(realm, "ToArray", first, &items));
    *out = items;
    return STATUS_OK;
}
MEMBER(to_list) {
    struct value items, first = value_base(arguments[0]);
    TRY(items_of(realm, "ToList", first, &items));
    const struct type *element = type_of(realm, first)->element;
    const struct type *list = type_generic(realm, type_known(realm, "System.Collections.Generic.List`1"), element ? element : type_known(realm, "System.Object"), NULL);
    *out = list_new(realm, list, array_count(items));
    for (uint32_t i = 0; i < array_count(items); i++) array_push(*out, array_at(items, i));
    value_release(items);
    return STATUS_OK;
}
MEMBER(reverse) {
    struct value items, result = array_new(realm, NULL, 0);
    enum status status = items_of(realm, "Reverse", arguments[0], &items);
    if (status == STATUS_OK) {
        for (uint32_t i = array_count(items); i-- > 0;) array_push(result, array_at(items, i));
        value_release(items);
        return give_sequence(realm, result, out);
    }
    value_release(result);
    return status;
}
MEMBER(concat) {
    struct value first, second;
    TRY(items_of(realm, "Concat", arguments[0], &first));
    enum status status = items_of(realm, "Concat", arguments[1], &second);
    if (status == STATUS_OK) {
        for (uint32_t i = 0; i < array_count(second); i++) array_push(first, array_at(second, i));
        value_release(second);
        return give_sequence(realm, first, out);
    }
    value_release(first);
    return status;
}
MEMBER(range) {
    int32_t start, length;
    TRY(member_argument_int32(realm, "Range", arguments[0], &start));
    TRY(member_argument_int32(realm, "Range", arguments[1], &length));
    if (length < 0) return member_raise(realm, "Range", count, "System.ArgumentOutOfRangeException", "A count cannot be negative.");
    struct value items = array_new(realm, type_array_of(realm, type_of_kind(realm, VALUE_INT32)), (uint32_t)length);
    for (int32_t i = 0; i < length; i++) array_push(items, value_int32(start + i));
    return give_sequence(realm, items, out);
}
MEMBER(repeat) {
    int32_t times;
    TRY(member_argument_int32(realm, "Repeat", arguments[1], &times));
    struct value items = array_new(realm, NULL, 0);
    for (int32_t i = 0; i < times; i++) array_push(items, arguments[0]);
    return give_sequence(realm, items, out);
}

/* Skip, Take: a part of the sequence. */
static enum status part(struct realm *realm, const char *method, const struct value *arguments, bool take, struct value *out) {
    int32_t number;
    struct value items;
    TRY(member_argument_int32(realm, method, arguments[1], &number));
    TRY(items_of(realm, method, arguments[0], &items));
    struct value result = array_new(realm, NULL, 0);
    for (uint32_t i = 0; i < array_count(items); i++)
        if (((int64_t)i < number) == take) array_push(result, array_at(items, i));
    value_release(items);
    return give_sequence(realm, result, out);
}
MEMBER(skip) { return part(realm, "Skip", arguments, false, out); }
MEMBER(take) { return part(realm, "Take", arguments, true, out); }

/* Which items a block agrees to. Without a block all do. */
static enum status filter(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, struct value *out) {
    struct value items;
    enum status status = items_of(realm, method, arguments[0], &items);
    if (status != STATUS_OK || count < 2) {
        if (status == STATUS_OK) *out = items;
        return status;
    }
    *out = array_new(realm, NULL, 0);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(items); i++) {
        bool agreed = false;
        status = member_test_block(realm, value_base(arguments[1]), array_at(items, i), &agreed);
        if (agreed) array_push(*out, array_at(items, i));
    }
    value_release(items);
    if (status != STATUS_OK) value_release(*out);
    return status;
}
MEMBER(where) {
    struct value items;
    TRY(filter(realm, "Where", arguments, count, &items));
    return give_sequence(realm, items, out);
}
MEMBER(any) {
    struct value items;
    TRY(filter(realm, "Any", arguments, count, &items));
    *out = value_bool(array_count(items) > 0);
    value_release(items);
    return STATUS_OK;
}
MEMBER(all) {
    struct value items, every;
    TRY(filter(realm, "All", arguments, 1, &every));
    enum status status = filter(realm, "All", arguments, count, &items);
    if (status == STATUS_OK) {
        *out = value_bool(array_count(items) == array_count(every));
        value_release(items);
    }
    value_release(every);
    return status;
}
MEMBER(count_of) {
    struct value items;
    TRY(filter(realm, "Count", arguments, count, &items));
    *out = value_int32((int32_t)array_count(items));
    value_release(items);
    return STATUS_OK;
}
static enum status pick(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, bool last, bool default_too, struct value *out) {
    struct value items;
    TRY(filter(realm, method, arguments, count, &items));
    enum status status = STATUS_OK;
    uint32_t number = array_count(items);
    if (number) *out = value_keep(array_at(items, last ? number - 1 : 0));
    else if (default_too) *out = value_null();
    else status = member_raise(realm, method, count, "System.InvalidOperationException", "The sequence has no such item.");
    value_release(items);
    return status;
}
MEMBER(first) { return pick(realm, "First", arguments, count, false, false, out); }
MEMBER(first_or_default) { return pick(realm, "FirstOrDefault", arguments, count, false, true, out); }
MEMBER(last) { return pick(realm, "Last", arguments, count, true, false, out); }
MEMBER(last_or_default) { return pick(realm, "LastOrDefault", arguments, count, true, true, out); }
MEMBER(select) {
    struct value items;
    TRY(items_of(realm, "Select", arguments[0], &items));
    struct value result = array_new(realm, NULL, array_count(items));
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(items); i++) {
        struct value item = array_at(items, i), made;
        status = member_run_block(realm, value_base(arguments[1]), &item, 1, &made);
        if (status == STATUS_OK) array_push_take(result, made.kind == VALUE_VOID ? value_null() : made);
    }
    value_release(items);
    if (status == STATUS_OK) return give_sequence(realm, result, out);
    value_release(result);
    return status;
}
MEMBER(contains) {
    struct value items;
    TRY(items_of(realm, "Contains", arguments[0], &items));
    *out = value_bool(has(items, arguments[1]));
    value_release(items);
    return STATUS_OK;
}
MEMBER(sequence_equal) {
    struct value first_items, second;
    TRY(items_of(realm, "SequenceEqual", arguments[0], &first_items));
    enum status status = items_of(realm, "SequenceEqual", arguments[1], &second);
    if (status == STATUS_OK) {
        bool same = array_count(first_items) == array_count(second);
        for (uint32_t i = 0; same && i < array_count(second); i++)
            same = value_equals(value_base(array_at(first_items, i)), value_base(array_at(second, i)), false);
        *out = value_bool(same);
        value_release(second);
    }
    value_release(first_items);
    return status;
}

enum fold { FOLD_SUM, FOLD_AVERAGE, FOLD_LEAST, FOLD_GREATEST };
static enum status fold(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, enum fold kind, struct value *out) {
    struct value items = value_null(), selected;
    double total = 0;
    bool whole = true;
    if (count > 1) {
        TRY(select(realm, NULL, VALUE_UNSET_INIT, arguments, count, &selected));
        enum status status = items_of(realm, method, selected, &items);
        value_release(selected);
        TRY(status);
    } else TRY(items_of(realm, method, arguments[0], &items));
    uint32_t number = array_count(items), best = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < number; i++) {
        double part_value = 0;
        whole = whole && value_is_integer(array_at(items, i));
        if (kind >= FOLD_LEAST) {
            int order = collection_order(realm, array_at(items, i), array_at(items, best));
            if (kind == FOLD_LEAST ? order < 0 : order > 0) best = i;
        } else if ((status = member_argument_double(realm, method, array_at(items, i), &part_value)) == STATUS_OK) total += part_value;
    }
    if (status == STATUS_OK && kind != FOLD_SUM && !number)
        status = member_raise(realm, method, count, "System.InvalidOperationException", "The sequence is empty.");
    else if (status == STATUS_OK && kind >= FOLD_LEAST) *out = value_keep(array_at(items, best));
    else if (status == STATUS_OK && kind == FOLD_AVERAGE) *out = value_double(total / number);
    else if (status == STATUS_OK) {
        enum value_kind own = number ? array_at(items, 0).kind : VALUE_INT32;
        status = whole ? convert_to(realm, value_double(total), type_of_kind(realm, own), out) : STATUS_OK;
        if (!whole) *out = value_double(total);
    }
    value_release(items);
    return status;
}
MEMBER(sum) { return fold(realm, "Sum", arguments, count, FOLD_SUM, out); }
MEMBER(average) { return fold(realm, "Average", arguments, count, FOLD_AVERAGE, out); }
MEMBER(least) { return fold(realm, "Min", arguments, count, FOLD_LEAST, out); }
MEMBER(greatest) { return fold(realm, "Max", arguments, count, FOLD_GREATEST, out); }

#define T "System.Linq.Enumerable"
#define E "System.Collections.Generic.IEnumerable[TSource] "
#define ROW(name, least_count, most_count, function, result, parameters) \
    {T, name, ROW_STATIC_METHOD, least_count, most_count, function, NULL, "static " result name "[TSource](" parameters ")"}
static const struct member_row rows[] = {
    ROW("All", 2, 2, all, "bool ", E "source, System.Func[TSource,bool] predicate"),
    ROW("Any", 1, 2, any, "bool ", E "source"),
    ROW("Average", 1, 2, average, "double ", E "source"),
    ROW("Concat", 2, 2, concat, E, E "first, " E "second"),
    ROW("Contains", 2, 3, contains, "bool ", E "source, TSource value"),
    ROW("Count", 1, 2, count_of, "int ", E "source"),
    ROW("Distinct", 1, 2, distinct, E, E "source"),
    ROW("Except", 2, 3, except, E, E "first, " E "second"),
    ROW("First", 1, 2, first, "TSource ", E "source"),
    ROW("FirstOrDefault", 1, 2, first_or_default, "TSource ", E "source"),
    ROW("Intersect", 2, 3, intersect, E, E "first, " E "second"),
    ROW("Last", 1, 2, last, "TSource ", E "source"),
    ROW("LastOrDefault", 1, 2, last_or_default, "TSource ", E "source"),
    ROW("Max", 1, 2, greatest, "TSource ", E "source"),
    ROW("Min", 1, 2, least, "TSource ", E "source"),
    ROW("Range", 2, 2, range, E, "int start, int count"),
    ROW("Repeat", 2, 2, repeat, E, "TSource element, int count"),
    ROW("Reverse", 1, 1, reverse, E, E "source"),
    ROW("Select", 2, 2, select, E, E "source, System.Func[TSource,TResult] selector"),
    ROW("SequenceEqual", 2, 3, sequence_equal, "bool ", E "first, " E "second"),
    ROW("Skip", 2, 2, skip, E, E "source, int count"),
    ROW("Sum", 1, 2, sum, "TSource ", E "source"),
    ROW("Take", 2, 2, take, E, E "source, int count"),
    ROW("ToArray", 1, 1, to_array, "TSource[] ", E "source"),
    ROW("ToList", 1, 1, to_list, "System.Collections.Generic.List[TSource] ", E "source"),
    ROW("Union", 2, 3, union_of, E, E "first, " E "second"),
    ROW("Where", 2, 2, where, E, E "source, System.Func[TSource,bool] predicate"),
};
const struct member_table linq_member_table = TABLE_OF(rows);
