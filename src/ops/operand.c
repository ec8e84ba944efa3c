#include <stdarg.h>
#include "m365sh/types/convert.h"
#include "ops_private.h"

bool operand_is_numeric(struct value v) {
    return value_is_number(v) || v.kind == VALUE_BOOL || v.kind == VALUE_CHAR || v.kind == VALUE_ENUM;
}

enum status operand_raise_inner(struct realm *realm, const char *outer, const char *id, enum error_category category,
                                const char *inner, const char *format, ...) {
    struct bytes message = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    struct value cause = exception_new(realm, inner, bytes_text(&message), VALUE_UNSET_INIT);
    struct value exception = exception_new(realm, outer, bytes_text(&message), cause);
    struct value record = error_record_new(realm, exception, text_of(id), category, value_null());
    value_release(cause);
    value_release(exception);
    bytes_free(&message);
    return realm_raise_record_take(realm, record);
}

enum status operand_wrap_raised(struct realm *realm) {
    struct value raised = realm_take_raised(realm);
    struct value cause = error_record_get(raised, ERROR_EXCEPTION);
    if (!text_ends(exception_type_name(cause), TEXT("InvalidCastException")))
        return realm_raise_record_take(realm, raised);
    struct value exception = exception_new(realm, "RuntimeException", string_text(exception_message(cause)), cause);
    struct value id = error_record_get(raised, ERROR_ID);
    struct value record = error_record_new(realm, exception, id.kind == VALUE_STRING ? string_text(id) : TEXT_NONE,
                                           ERROR_INVALID_ARGUMENT, value_null());
    value_release(exception);
    value_release(raised);
    return realm_raise_record_take(realm, record);
}

static void add_type_name(struct realm *realm, struct bytes *out, struct value v) {
    const struct type *type = type_of(realm, v);
    bytes_add_string(out, type ? type->full_name : "null");
}

enum status operand_raise_method(struct realm *realm, const char *operation, struct value a, struct value b) {
    struct bytes left = {0}, right = {0};
    add_type_name(realm, &left, a);
    add_type_name(realm, &right, b);
    struct value target = string_of(operation);
    enum status status = realm_raise_target(realm, "RuntimeException", "MethodNotFound", ERROR_INVALID_OPERATION, target,
                                            "%s and %s cannot be combined: %s has no '%s'.", left.data, right.data, left.data,
                                            operation);
    value_release(target);
    bytes_free(&left);
    bytes_free(&right);
    return status;
}

static enum status raise_text(struct realm *realm, struct text text, struct value other) {
    const char *id = other.kind == VALUE_DOUBLE || other.kind == VALUE_SINGLE ? "InvalidCastFromStringToDoubleOrSingle"
                     : other.kind == VALUE_DECIMAL                            ? "InvalidCastFromStringToDecimal"
                                                                              : "InvalidCastFromStringToInteger";
    size_t shown = text.length > 60 ? 60 : text.length;
    return operand_raise_inner(realm, "RuntimeException", id, ERROR_INVALID_ARGUMENT, "PSInvalidCastException",
                               "The text \"%.*s%s\" is not a number.", (int)shown, text.start, shown < text.length ? "…" : "");
}

static enum status number_of_text(struct realm *realm, struct value v, struct value other, struct value *out) {
    struct text text = string_text(v);
    if (text_is_blank(text)) *out = value_int32(0);
    else if (!convert_text_to_number(realm, text, out)) return raise_text(realm, text, other);
    return STATUS_OK;
}

enum status operand_number(struct realm *realm, struct value v, struct value other, bool *is_number, struct value *out) {
    *is_number = true;
    switch (v.kind) {
    case VALUE_UNSET:
    case VALUE_NULL:
    case VALUE_VOID: *out = value_int32(0); return STATUS_OK;
    case VALUE_BOOL: *out = value_int32(v.boolean); return STATUS_OK;
    case VALUE_CHAR: *out = value_int32((int32_t)v.integer); return STATUS_OK;
    case VALUE_ENUM:
        *out = number_fits(VALUE_INT32, v.integer) ? value_int32((int32_t)v.integer) : value_int64(v.integer);
        return STATUS_OK;
    case VALUE_STRING: return number_of_text(realm, v, other, out);
    default:
        *is_number = value_is_number(v);
        if (*is_number) *out = value_keep(v);
        return STATUS_OK;
    }
}

struct text operand_text(struct realm *realm, struct value v, struct bytes *buffer) {
    if (v.kind == VALUE_STRING) return string_text(v);
    bytes_clear(buffer);
    if (!value_is_nothing(v)) convert_add_text(realm, buffer, v);
    return buffer->data ? bytes_text(buffer) : TEXT_NONE;
}

enum status operand_int32(struct realm *realm, struct value v, int32_t *out) {
    if (v.kind == VALUE_INT32) {
        *out = (int32_t)v.integer;
        return STATUS_OK;
    }
    enum status status = convert_to_int32(realm, v, out);
    return status == STATUS_ERROR ? operand_wrap_raised(realm) : status;
}
