/* -is, -isnot, -as. The right side is a type or its name. */
#include "m365sh/types/convert.h"
#include "ops_private.h"

static const struct type *type_named(struct realm *realm, struct value v) {
    if (v.kind == VALUE_TYPE) return v.type;
    struct bytes buffer = {0};
    const struct type *type = type_find(realm, operand_text(realm, v, &buffer));
    bytes_free(&buffer);
    return type;
}

enum status type_test_is(struct realm *realm, struct value a, struct value b, bool *out) {
    const struct type *type = type_named(realm, value_base(b));
    if (!type)
        return operand_raise_inner(realm, "RuntimeException", "RuntimeException", ERROR_NOT_SPECIFIED, "PSInvalidCastException",
                                   "The right side of -is names no type.");
    *out = !value_is_nothing(a) && type_matches(realm, a, type);
    return STATUS_OK;
}

enum status type_test_as(struct realm *realm, struct value a, struct value b, struct value *out) {
    const struct type *type = type_named(realm, value_base(b));
    if (!type)
        return operand_raise_inner(realm, "RuntimeException", "InvalidCastFromStringToType", ERROR_INVALID_ARGUMENT,
                                   "PSInvalidCastException", "The right side of -as names no type.");
    if (!convert_try(realm, a, type, out)) *out = value_null();
    return STATUS_OK;
}
