/* 1..5, 5..1, 'a'..'e'. Ends that read as numbers make integers, others must be single characters. */
#include <math.h>
#include "m365sh/limits.h"
#include "m365sh/types/convert.h"
#include "ops_private.h"

static bool is_character(struct value v) {
    return v.kind == VALUE_CHAR || (v.kind == VALUE_STRING && string_units(v) == 1);
}

static uint16_t character(struct value v) { return v.kind == VALUE_CHAR ? (uint16_t)v.integer : string_unit_at(v, 0); }

static enum status read_end(struct realm *realm, struct value v, int32_t *out) {
    struct value number = VALUE_UNSET_INIT;
    bool is_number;
    if (v.kind == VALUE_INT32) {
        *out = (int32_t)v.integer;
        return STATUS_OK;
    }
    if (v.kind == VALUE_STRING && !convert_text_to_number(realm, string_text(v), &number))
        return realm_raise(realm, "System.FormatException", "System.FormatException", ERROR_OPERATION_STOPPED,
                           "The end '%s' of a range is not a number.", string_chars(v));
    if (v.kind != VALUE_STRING) {
        enum status status = operand_number(realm, v, value_null(), &is_number, &number);
        if (status != STATUS_OK) return status;
        if (!is_number) {
            status = convert_to_int32(realm, v, out);
            if (status == STATUS_OK) return status;
            value_release(realm_take_raised(realm));
            return realm_raise(realm, "System.InvalidCastException", "System.InvalidCastException", ERROR_OPERATION_STOPPED,
                               "The end of a range is not a number.");
        }
    }
    double size = number_to_double(number);
    if (!(size > -2147483648.5 && size < 2147483647.5)) {
        value_release(number);
        return realm_raise(realm, "System.OverflowException", "System.OverflowException", ERROR_OPERATION_STOPPED,
                           "The end of a range does not fit into an int.");
    }
    *out = (int32_t)nearbyint(size);
    value_release(number);
    return STATUS_OK;
}

static enum status fill(struct realm *realm, enum value_kind kind, int64_t first, int64_t last, struct value *out) {
    int64_t step = first <= last ? 1 : -1, count = (last - first) * step + 1;
    if (count > INT32_MAX / (int64_t)sizeof(struct value))
        return realm_raise(realm, "System.OutOfMemoryException", "System.OutOfMemoryException", ERROR_OPERATION_STOPPED,
                           "A range of %lld items is too large.", (long long)count);
    *out = array_new(realm, NULL, (uint32_t)count);
    struct value *items = array_items(*out);
    for (int64_t i = 0; i < count; i++) items[i] = value_integer(kind, first + i * step);
    array_block(*out)->count = (uint32_t)count;
    return STATUS_OK;
}

enum status range_make(struct realm *realm, struct value a, struct value b, struct value *out) {
    struct value unused = VALUE_UNSET_INIT;
    bool digits = a.kind == VALUE_STRING && convert_text_to_number(realm, string_text(a), &unused);
    value_release(unused);
    if (!digits && is_character(a) && is_character(b)) return fill(realm, VALUE_CHAR, character(a), character(b), out);
    int32_t first, last;
    enum status status = read_end(realm, a, &first);
    if (status == STATUS_OK) status = read_end(realm, b, &last);
    return status == STATUS_OK ? fill(realm, VALUE_INT32, first, last, out) : status;
}
