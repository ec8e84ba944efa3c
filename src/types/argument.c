#include "argument_private.h"

#include "culture_value_private.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/object.h"

bool argument_is_enum(struct realm *realm, struct value argument, const char *enum_name, int64_t *out) {
    struct value base = value_base(argument), converted;
    if (base.kind != VALUE_ENUM && base.kind != VALUE_STRING && !value_is_integer(base)) return false;
    if (!convert_try(realm, argument, type_known(realm, enum_name), &converted)) return false;
    *out = converted.integer;
    return converted.kind == VALUE_ENUM;
}

enum status argument_enum(struct realm *realm, const char *method, struct value argument, const char *enum_name, int64_t *out) {
    if (argument_is_enum(realm, argument, enum_name, out)) return STATUS_OK;
    return member_raise_argument(realm, method, argument, type_known(realm, enum_name));
}

bool argument_is_char(struct value argument, uint32_t *unit) {
    struct value base = value_base(argument);
    if (base.kind == VALUE_CHAR) *unit = (uint32_t)base.integer;
    else if (base.kind == VALUE_STRING && string_units(base) == 1) *unit = string_unit_at(base, 0);
    else if (value_is_integer(base) && base.integer >= 0 && base.integer <= 0xffff) *unit = (uint32_t)base.integer;
    else return false;
    return true;
}

enum status argument_char(struct realm *realm, const char *method, struct value argument, uint32_t *unit) {
    if (argument_is_char(argument, unit)) return STATUS_OK;
    struct value text;
    TRY(member_argument_text(realm, method, argument, &text));
    bool good = argument_is_char(text, unit);
    value_release(text);
    if (good) return STATUS_OK;
    return member_raise_argument(realm, method, argument, type_of_kind(realm, VALUE_CHAR));
}

const struct culture *argument_culture(struct realm *realm, struct value argument) {
    const struct culture *culture = culture_value_of(argument);
    return culture ? culture : culture_or_invariant(realm->culture);
}

enum status argument_bytes(struct realm *realm, const char *method, struct value argument, struct bytes *out) {
    struct value base = value_base(argument);
    if (!value_is_array_like(base)) {
        int32_t byte;
        TRY(member_argument_int32(realm, method, argument, &byte));
        bytes_add_byte(out, (char)byte);
        return STATUS_OK;
    }
    bytes_reserve(out, array_count(base));
    for (uint32_t i = 0; i < array_count(base); i++) {
        int32_t byte;
        TRY(member_argument_int32(realm, method, array_at(base, i), &byte));
        bytes_add_byte(out, (char)byte);
    }
    return STATUS_OK;
}

struct value argument_new_array(struct realm *realm, const char *element_name, uint32_t capacity) {
    return array_new(realm, type_array_of(realm, type_known(realm, element_name)), capacity);
}

struct value argument_byte_array(struct realm *realm, const void *data, size_t length) {
    struct value array = argument_new_array(realm, "System.Byte", (uint32_t)length);
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++) array_push_take(array, value_integer(VALUE_BYTE, bytes[i]));
    return array;
}

struct value argument_enum_value(struct realm *realm, const char *enum_name, int64_t number) {
    return value_enum(type_known(realm, enum_name)->index, number);
}

enum status argument_set_reference(struct realm *realm, const char *method, struct value argument, struct value item) {
    struct value base = value_base(argument);
    if (base.kind != VALUE_REFERENCE)
        return realm_raise(realm, "MethodException", "NonRefArgumentToRefParameterMsg", ERROR_NOT_SPECIFIED,
                           "\"%s\" fills its last argument: give it as [ref].", method);
    value_set(reference_place(base), item);
    return STATUS_OK;
}

enum status argument_give_bytes(struct value *out, struct bytes *text) {
    *out = string_from_bytes(text);
    bytes_free(text);
    return STATUS_OK;
}
