/* Which road leads from a value to a type. */
#include "m365sh/types/convert.h"

#include <math.h>
#include <string.h>
#include "convert_private.h"
#include "m365sh/value/error_record.h"

#define FINAL "ConvertToFinalInvalidCastException"

bool conversion_fail(struct conversion *c, const char *id, const char *cause) {
    c->id = id;
    c->cause = cause;
    return false;
}

bool conversion_give(struct conversion *c, struct value owned) {
    c->out = owned;
    return true;
}

static bool road(struct conversion *c, struct value v);

bool conversion_inner(struct conversion *c, struct value v, const struct type *type, struct value *out) {
    const struct type *outer = c->type;
    if (c->depth > 64 || realm_stack_low(c->realm)) return conversion_fail(c, FINAL, NULL);
    c->type = type;
    c->depth++;
    bool ok = road(c, v);
    c->depth--;
    c->type = outer;
    if (ok) *out = c->out;
    return ok;
}

static bool is_number_kind(uint8_t kind) {
    return (kind >= VALUE_CHAR && kind <= VALUE_DOUBLE) || kind == VALUE_DECIMAL || kind == VALUE_BIGINT;
}

static bool to_type(struct conversion *c, struct value v) {
    if (value_is_nothing(v)) return conversion_give(c, value_null());
    if (v.kind != VALUE_STRING && !(value_is_number(v) && v.kind != VALUE_BIGINT)) return conversion_fail(c, FINAL, NULL);
    struct value text = convert_text(c->realm, v);
    const struct type *type = type_find(c->realm, string_text(text));
    value_release(text);
    return type ? conversion_give(c, value_type(type)) : conversion_fail(c, "InvalidCastFromStringToType", NULL);
}

static bool is_named(const struct type *type, const char *full_name) { return !strcmp(type->full_name, full_name); }

/* What no other road took. Kinds that .NET calls convertible fail with another id than the rest. */
static bool no_road(struct conversion *c, struct value v) {
    if (value_is_nothing(v)) {
        if (c->type->flags & TYPE_VALUE) return conversion_fail(c, "nullToObjectInvalidCast", NULL);
        return conversion_give(c, value_null());
    }
    if ((v.kind == VALUE_BOOL && !value_is_switch(v)) || v.kind == VALUE_DATETIME || v.kind == VALUE_CHAR || v.kind == VALUE_ENUM)
        return conversion_fail(c, "InvalidCastIConvertible", "System.InvalidCastException");
    return conversion_fail(c, FINAL, NULL);
}

/* Roads told by the kind of the type's values. *taken false: look on by the type itself. */
static bool kind_road(struct conversion *c, struct value v, bool *taken) {
    const struct type *type = c->type;
    *taken = true;
    if (type->flags & TYPE_ENUM) return convert_enum_road(c, v);
    if (is_number_kind(type->value_kind)) return convert_number_road(c, v);
    switch (type->value_kind) {
    case VALUE_STRING: return conversion_give(c, convert_text(c->realm, v));
    case VALUE_BOOL: return conversion_give(c, value_bool(value_truth(v)));
    case VALUE_TYPE: return to_type(c, v);
    case VALUE_ARRAY: return convert_array_road(c, v);
    case VALUE_REFERENCE: return conversion_give(c, reference_new(c->realm, v.kind == VALUE_UNSET ? value_null() : v));
    case VALUE_DATETIME: case VALUE_TIMESPAN: case VALUE_DATETIMEOFFSET: case VALUE_GUID: case VALUE_VERSION:
        return convert_date_road(c, v, taken);
    case VALUE_LIST: case VALUE_TABLE: return convert_collection_road(c, v, taken);
    default: *taken = false; return false;
    }
}

static bool nullable_road(struct conversion *c, struct value v) {
    if (value_is_nothing(v)) return conversion_give(c, value_null());
    struct value inner;
    return conversion_inner(c, v, c->type->element, &inner) && conversion_give(c, inner);
}

static bool switch_road(struct conversion *c, struct value v, bool *taken) {
    *taken = value_is_nothing(v) || v.kind == VALUE_BOOL;
    return *taken && conversion_give(c, value_switch(v.kind == VALUE_BOOL && v.boolean));
}

/* An interface is met by the value, or by text for what strings implement. */
static bool interface_road(struct conversion *c, struct value v, bool *taken) {
    *taken = false;
    if (!(value_is_number(v) && v.kind != VALUE_BIGINT) || !type_is(type_of_kind(c->realm, VALUE_STRING), c->type)) return false;
    *taken = true;
    return conversion_give(c, convert_text(c->realm, v));
}

static bool is_delegate(const struct type *type) {
    for (; type; type = type->base)
        if (is_named(type, "System.Delegate")) return true;
    return false;
}

/* Custom objects only: tables become objects by the cast [pscustomobject], which is convert_to_custom_object's. */
static bool type_road(struct conversion *c, struct value v) {
    const struct type *type = c->type;
    bool taken = false, ok = false;
    if (type->open && is_named(type->open, "System.Nullable`1")) return nullable_road(c, v);
    if (is_named(type, "System.Void")) return conversion_give(c, value_null());
    if (is_named(type, "System.Management.Automation.SwitchParameter")) ok = switch_road(c, v, &taken);
    else if (value_is_nothing(v)) return no_road(c, v);
    else if (v.kind == VALUE_SCRIPT_BLOCK && is_delegate(type)) return conversion_give(c, value_keep(v));
    else if (is_named(type, "System.Management.Automation.PSCustomObject")) return convert_to_custom_object(c->realm, v, &c->out) == STATUS_OK;
    if (taken) return ok;
    if (type->flags & TYPE_INTERFACE) ok = interface_road(c, v, &taken);
    else ok = convert_object_road(c, v, &taken);
    return taken ? ok : no_road(c, v);
}

static bool road(struct conversion *c, struct value v) {
    const struct type *type = c->type;
    if (v.kind == VALUE_EXTENDED) {
        if (type_matches(c->realm, v, type)) return conversion_give(c, value_keep(v));
        v = value_base(v);
    }
    if (!value_is_nothing(v)) {
        if (type == type_of(c->realm, v) || type_is(type_of(c->realm, v), type)) return conversion_give(c, value_keep(v));
        if (is_named(type, "System.Management.Automation.PSObject")) return conversion_give(c, value_keep(v));
    } else if (is_named(type, "System.Object") || is_named(type, "System.Management.Automation.PSObject")) {
        return conversion_give(c, value_null());
    }
    bool taken;
    bool ok = kind_road(c, v, &taken);
    return taken ? ok : type_road(c, v);
}

/* --- failing ------------------------------------------------------------------------------------------------------- */

static struct value failure_exception(struct conversion *c, const char *message) {
    struct value cause = VALUE_UNSET_INIT;
    if (c->cause) cause = exception_new(c->realm, c->cause, text_of(message), VALUE_UNSET_INIT);
    struct value inner = exception_new(c->realm, "System.Management.Automation.PSInvalidCastException", text_of(message), cause);
    value_release(cause);
    struct value outer = exception_new(c->realm, "RuntimeException", text_of(message), inner);
    value_release(inner);
    return outer;
}

static enum status raise_failure(struct conversion *c, struct value v) {
    struct bytes message = {0};
    const struct type *own = type_of(c->realm, v);
    bytes_add_string(&message, "Cannot turn ");
    if (!own) bytes_add_string(&message, "nothing");
    else if (v.kind == VALUE_STRING || value_is_number(v) || v.kind == VALUE_BOOL) {
        bytes_add_string(&message, v.kind == VALUE_STRING ? "the text \"" : "the value \"");
        struct bytes text = {0};
        convert_add_text(c->realm, &text, v);
        bytes_add_text(&message, text_slice(bytes_text(&text), 0, 120));
        bytes_add_byte(&message, '"');
        bytes_free(&text);
    } else {
        bytes_add_format(&message, "a value of type \"%s\"", own->display);
    }
    bytes_add_format(&message, " into type \"%s\"%s.", c->type->display,
                     c->cause && !strcmp(c->cause, "System.OverflowException") ? ": it is too large or too small" : "");
    struct value exception = failure_exception(c, message.data);
    struct value record = error_record_new(c->realm, exception, text_of(c->id), ERROR_INVALID_ARGUMENT, VALUE_UNSET_INIT);
    value_release(exception);
    bytes_free(&message);
    return realm_raise_record_take(c->realm, record);
}

enum status convert_to(struct realm *realm, struct value v, const struct type *type, struct value *out) {
    struct conversion c = {.realm = realm, .type = type, .id = FINAL};
    if (road(&c, v)) {
        *out = c.out;
        return STATUS_OK;
    }
    return c.status != STATUS_OK ? c.status : raise_failure(&c, v);
}

bool convert_try(struct realm *realm, struct value v, const struct type *type, struct value *out) {
    struct conversion c = {.realm = realm, .type = type, .id = FINAL};
    if (road(&c, v)) {
        *out = c.out;
        return true;
    }
    if (c.status == STATUS_ERROR) value_release(realm_take_raised(realm));
    return false;
}

/* --- plain C results ------------------------------------------------------------------------------------------------ */

enum status convert_to_int64(struct realm *realm, struct value v, int64_t *out) {
    struct value number;
    if (v.kind == VALUE_INT32 || v.kind == VALUE_INT64) {
        *out = v.integer;
        return STATUS_OK;
    }
    enum status status = convert_to(realm, v, type_of_kind(realm, VALUE_INT64), &number);
    if (status == STATUS_OK) *out = number.integer;
    return status;
}

enum status convert_to_int32(struct realm *realm, struct value v, int32_t *out) {
    struct value number;
    if (v.kind == VALUE_INT32) {
        *out = (int32_t)v.integer;
        return STATUS_OK;
    }
    enum status status = convert_to(realm, v, type_of_kind(realm, VALUE_INT32), &number);
    if (status == STATUS_OK) *out = (int32_t)number.integer;
    return status;
}

enum status convert_to_double(struct realm *realm, struct value v, double *out) {
    struct value number;
    if (v.kind == VALUE_DOUBLE) {
        *out = v.real;
        return STATUS_OK;
    }
    enum status status = convert_to(realm, v, type_of_kind(realm, VALUE_DOUBLE), &number);
    if (status == STATUS_OK) *out = number.real;
    return status;
}

enum status convert_to_bool(struct realm *realm, struct value v, bool *out) {
    (void)realm;
    *out = value_truth(v);
    return STATUS_OK;
}
