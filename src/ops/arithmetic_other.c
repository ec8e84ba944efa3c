/* What + - * / mean for text, collections, tables, dates and spans. The left operand decides. */
#include <math.h>
#include "m365sh/limits.h"
#include "m365sh/types/convert.h"
#include "ops_private.h"

#define TICKS_LARGEST 3155378975999999999LL

static enum status raise_text_too_long(struct realm *realm) {
    return realm_raise(realm, "System.OutOfMemoryException", "System.OutOfMemoryException", ERROR_OPERATION_STOPPED,
                       "The text would be longer than a text may be.");
}

static enum status add_text(struct realm *realm, struct value a, struct value b, struct value *out) {
    struct bytes left = {0}, right = {0};
    struct text first = operand_text(realm, a, &left), second = operand_text(realm, b, &right);
    *out = string_reserve(first.length);
    bool fits = out->kind == VALUE_STRING;
    if (fits) {
        memcpy(string_block(*out)->bytes, first.start, first.length);
        fits = string_append(out, second);
    }
    bytes_free(&left);
    bytes_free(&right);
    if (fits) return STATUS_OK;
    value_release(*out);
    return raise_text_too_long(realm);
}

/* Pushes v, or what it holds if it is enumerable. */
static enum status push_all(struct realm *realm, struct value into, struct value v) {
    if (value_is_array_like(v)) {
        for (uint32_t i = 0; i < array_count(v); i++) array_push(into, array_at(v, i));
        return STATUS_OK;
    }
    if (value_is_nothing(v) || !convert_is_enumerable(realm, v)) {
        array_push_take(into, value_is_nothing(v) ? value_null() : value_keep(v));
        return STATUS_OK;
    }
    struct enumeration it;
    struct value item;
    bool more;
    enum status status;
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) array_push(into, item);
    enumeration_end(&it);
    return status;
}

static enum status add_arrays(struct realm *realm, struct value a, struct value b, struct value *out) {
    uint32_t room = (value_is_array_like(a) ? array_count(a) : 4) + (value_is_array_like(b) ? array_count(b) : 1);
    *out = array_new(realm, NULL, room);
    enum status status = push_all(realm, *out, a);
    if (status == STATUS_OK) status = push_all(realm, *out, b);
    if (status != STATUS_OK) value_release(*out);
    return status;
}

static enum status add_tables(struct realm *realm, struct value a, struct value b, struct value *out) {
    if (!value_is_table(b))
        return realm_raise(realm, "RuntimeException", "AddHashTableToNonHashTable", ERROR_INVALID_OPERATION,
                           "Only another hashtable can be added to a hashtable.");
    struct table *left = table_block(a);
    *out = table_new(realm, left->table_kind, left->keys_fold, left->container.type);
    uint32_t position = 0;
    struct table_entry *entry;
    while ((entry = table_next(a, &position))) table_put(*out, entry->key, entry->value);
    for (position = 0; (entry = table_next(b, &position));) {
        if (table_find(*out, entry->key)) {
            struct bytes key = {0};
            struct text name = operand_text(realm, entry->key, &key);
            enum status status = realm_raise(realm, "System.ArgumentException", "System.ArgumentException",
                                             ERROR_OPERATION_STOPPED, "Both hashtables have the key '%.*s'.", TEXT_ARGUMENT(name));
            bytes_free(&key);
            value_release(*out);
            return status;
        }
        table_put(*out, entry->key, entry->value);
    }
    return STATUS_OK;
}

static enum status repeat_text(struct realm *realm, struct value a, struct value b, struct value *out) {
    int32_t times;
    enum status status = operand_int32(realm, b, &times);
    if (status != STATUS_OK) return status;
    struct text text = string_text(a);
    if (times < 0)
        return realm_raise(realm, "System.ArgumentOutOfRangeException", "System.ArgumentOutOfRangeException",
                           ERROR_OPERATION_STOPPED, "A text cannot be repeated %d times.", times);
    *out = string_reserve(text.length * (size_t)times);
    if (out->kind != VALUE_STRING) return raise_text_too_long(realm);
    char *to = string_block(*out)->bytes;
    if (text.length == 1) memset(to, text.start[0], (size_t)times);
    else for (int32_t i = 0; i < times; i++) memcpy(to + text.length * (size_t)i, text.start, text.length);
    return STATUS_OK;
}

static enum status repeat_array(struct realm *realm, struct value a, struct value b, struct value *out) {
    int32_t times;
    enum status status = operand_int32(realm, b, &times);
    if (status != STATUS_OK) return status;
    if (times < 0 || (uint64_t)array_count(a) * (uint64_t)times > UINT32_MAX / sizeof(struct value))
        return realm_raise(realm, "System.ArgumentOutOfRangeException", "System.ArgumentOutOfRangeException",
                           ERROR_OPERATION_STOPPED, "A collection cannot be repeated %d times.", times);
    *out = array_new(realm, a.kind == VALUE_ARRAY ? array_block(a)->container.type : NULL, array_count(a) * (uint32_t)times);
    for (int32_t i = 0; i < times; i++)
        for (uint32_t j = 0; j < array_count(a); j++) array_push(*out, array_at(a, j));
    return STATUS_OK;
}

/* --- dates and spans --- */
static enum status raise_argument(struct realm *realm) {
    return operand_raise_inner(realm, "MethodException", "MethodArgumentConversionInvalidCastArgument", ERROR_NOT_SPECIFIED,
                               "PSInvalidCastException", "The right operand cannot be read as a span of time.");
}

static enum status raise_overload(struct realm *realm) {
    return realm_raise(realm, "MethodException", "MethodCountCouldNotFindBest", ERROR_NOT_SPECIFIED,
                       "No operation fits these two operands.");
}

static enum status ticks_in_range(struct realm *realm, int64_t ticks, bool overflow, struct value a, struct value *out) {
    bool date = a.kind == VALUE_DATETIME;
    if (overflow || (date && (ticks < 0 || ticks > TICKS_LARGEST)))
        return operand_raise_inner(realm, "MethodInvocationException",
                                   date ? "ArgumentOutOfRangeException" : "OverflowException", ERROR_NOT_SPECIFIED,
                                   date ? "System.ArgumentOutOfRangeException" : "System.OverflowException",
                                   "The result lies outside of what a date or a span can hold.");
    *out = date ? value_datetime(ticks, a.small) : value_timespan(ticks);
    return STATUS_OK;
}

static enum status add_times(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    if (op == '-' && a.kind == VALUE_DATETIME && b.kind == VALUE_DATETIME) {
        *out = value_timespan(a.integer - b.integer);
        return STATUS_OK;
    }
    if (op == '-' && a.kind == VALUE_DATETIME && b.kind != VALUE_TIMESPAN) return raise_overload(realm);
    struct value span = VALUE_UNSET_INIT;
    bool whole = b.kind == VALUE_TIMESPAN || b.kind == VALUE_STRING || value_is_integer(b);
    if (!whole || !convert_try(realm, b, type_of_kind(realm, VALUE_TIMESPAN), &span)) return raise_argument(realm);
    int64_t ticks;
    bool overflow = op == '+' ? __builtin_add_overflow(a.integer, span.integer, &ticks)
                              : __builtin_sub_overflow(a.integer, span.integer, &ticks);
    return ticks_in_range(realm, ticks, overflow, a, out);
}

static enum status scale_span(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    if (b.kind == VALUE_TIMESPAN) {
        if (op == '*') return raise_overload(realm);
        *out = value_double((double)a.integer / (double)b.integer);
        return STATUS_OK;
    }
    double factor;
    enum status status = convert_to_double(realm, b, &factor);
    if (status != STATUS_OK) return operand_wrap_raised(realm);
    double ticks = round(op == '*' ? (double)a.integer * factor : (double)a.integer / factor);
    bool overflow = !(fabs(ticks) < 9.2e18);
    return ticks_in_range(realm, overflow ? 0 : (int64_t)ticks, overflow, a, out);
}

static enum status offset_times(struct realm *realm, char op, struct value a, struct value b, struct value *out) {
    int64_t ticks, other_ticks;
    int32_t minutes, other_minutes;
    value_datetimeoffset_of(a, &ticks, &minutes);
    if (op == '-' && b.kind == VALUE_DATETIMEOFFSET) {
        value_datetimeoffset_of(b, &other_ticks, &other_minutes);
        *out = value_timespan(ticks - other_ticks);
        return STATUS_OK;
    }
    struct value moved, date = value_datetime(ticks, 1);
    enum status status = add_times(realm, op, date, b, &moved);
    if (status == STATUS_OK) *out = value_datetimeoffset(moved.integer, minutes);
    return status;
}

static enum status plus(struct realm *realm, struct value a, struct value b, bool *done, struct value *out) {
    *done = true;
    if (value_is_nothing(a)) {
        *out = value_is_nothing(b) ? value_null() : value_keep(b);
        return STATUS_OK;
    }
    if (a.kind == VALUE_STRING || a.kind == VALUE_CHAR) return add_text(realm, a, b, out);
    if (value_is_table(a)) return add_tables(realm, a, b, out);
    if (value_is_array_like(a) || convert_is_enumerable(realm, a)) return add_arrays(realm, a, b, out);
    *done = false;
    return STATUS_OK;
}

static enum status times(struct realm *realm, struct value a, struct value b, bool *done, struct value *out) {
    *done = true;
    if (value_is_nothing(a)) {
        *out = value_null();
        return STATUS_OK;
    }
    if (a.kind == VALUE_STRING) return repeat_text(realm, a, b, out);
    if (value_is_array_like(a)) return repeat_array(realm, a, b, out);
    if (operand_is_numeric(a) && b.kind == VALUE_TIMESPAN) return scale_span(realm, '*', b, a, out);
    if ((a.kind == VALUE_BOOL || a.kind == VALUE_CHAR) && operand_is_numeric(b))
        return realm_raise_target(realm, "RuntimeException", "NotADefinedOperationForType", ERROR_INVALID_OPERATION, a,
                                  "A %s cannot be multiplied.", a.kind == VALUE_BOOL ? "bool" : "char");
    *done = false;
    return STATUS_OK;
}

enum status arithmetic_other(struct realm *realm, char op, struct value a, struct value b, bool *done, struct value *out) {
    bool adds = op == '+' || op == '-', scales = op == '*' || op == '/';
    enum status status = STATUS_OK;
    if (op == '+') status = plus(realm, a, b, done, out);
    if (op == '*') status = times(realm, a, b, done, out);
    if (*done || status != STATUS_OK) return status;
    *done = true;
    if (adds && (a.kind == VALUE_DATETIME || a.kind == VALUE_TIMESPAN)) return add_times(realm, op, a, b, out);
    if (adds && a.kind == VALUE_DATETIMEOFFSET) return offset_times(realm, op, a, b, out);
    if (scales && a.kind == VALUE_TIMESPAN) return scale_span(realm, op, a, b, out);
    *done = false;
    return STATUS_OK;
}
