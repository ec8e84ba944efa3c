/* Enums: their values' methods and [enum]'s statics. */
#include <string.h>
#include "convert_private.h"
#include "member_private.h"

static enum status enum_argument(struct realm *realm, const char *method, uint32_t count, struct value argument, const struct type **out) {
    struct value type;
    if (value_base(argument).kind == VALUE_TYPE) type = value_base(argument);
    else if (!convert_try(realm, argument, type_known(realm, "System.Type"), &type) || type.kind != VALUE_TYPE)
        return member_raise_argument(realm, method, argument, type_known(realm, "System.Type"));
    *out = type.type;
    if (type.type->flags & TYPE_ENUM) return STATUS_OK;
    return member_raise(realm, method, count, "System.ArgumentException", "[%s] is no enum.", type.type->display);
}

MEMBER_FUNCTION(value_number) {
    *out = value_integer(self.integer > INT32_MAX || self.integer < INT32_MIN ? VALUE_INT64 : VALUE_INT32, self.integer);
    const struct type *own = type_of(realm, self);
    if (own->underlying) *out = value_integer(own->underlying->value_kind, self.integer);
    return STATUS_OK;
}
MEMBER_FUNCTION(has_flag) {
    struct value flag;
    enum status status = convert_to(realm, arguments[0], type_of(realm, self), &flag);
    if (status == STATUS_OK) *out = value_bool((self.integer & flag.integer) == flag.integer);
    return status;
}
MEMBER_FUNCTION(type_code) {
    const struct type *own = type_of(realm, self), *codes = type_known(realm, "System.TypeCode");
    int64_t code = 9;
    for (uint32_t i = 0; own->underlying && i < codes->member_count; i++)
        if (!strcmp(codes->members[i].name, own->underlying->name)) code = codes->members[i].number;
    *out = value_enum(codes->index, code);
    return STATUS_OK;
}

static void add_formatted(const struct type *type, int64_t number, char form, struct bytes *out) {
    int size = type->underlying && type->underlying->value_kind == VALUE_BYTE ? 2 : type->underlying && type->underlying->value_kind == VALUE_INT64 ? 16 : 8;
    if (form == 'd' || form == 'D') decimal_add_int64(out, number);
    else if (form == 'x' || form == 'X') bytes_add_format(out, "%0*llX", size, (unsigned long long)(size == 8 ? (uint32_t)number : (uint64_t)number));
    else type_enum_add_text(type, number, out);
}
static enum status give_formatted(struct realm *realm, const struct type *type, int64_t number, struct value format, struct value *out) {
    struct value form = convert_text(realm, format);
    struct bytes text = {0};
    if (string_text(form).length > 1 || (string_text(form).length && !strchr("dDxXgGfF", string_chars(form)[0]))) {
        enum status status = member_raise(realm, "ToString", 1, "System.FormatException", "\"%s\" is no format of an enum.", string_chars(form));
        value_release(form);
        return status;
    }
    add_formatted(type, number, string_text(form).length ? string_chars(form)[0] : 'G', &text);
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    value_release(form);
    return STATUS_OK;
}
MEMBER_FUNCTION(to_string_format) { return give_formatted(realm, type_of(realm, self), self.integer, arguments[0], out); }

static struct value names_of(struct realm *realm, const struct type *type) {
    struct value names = array_new(realm, type_array_of(realm, type_of_kind(realm, VALUE_STRING)), type->member_count);
    for (uint32_t i = 0; i < type->member_count; i++) array_push_take(names, string_of(type->members[i].name));
    return names;
}
static struct value values_of(struct realm *realm, const struct type *type) {
    struct value values = array_new(realm, type_array_of(realm, type), type->member_count);
    for (uint32_t i = 0; i < type->member_count; i++) array_push_take(values, value_enum(type->index, type->members[i].number));
    return values;
}

MEMBER_FUNCTION(get_names) {
    const struct type *wanted;
    enum status status = enum_argument(realm, "GetNames", count, arguments[0], &wanted);
    if (status == STATUS_OK) *out = names_of(realm, wanted);
    return status;
}
MEMBER_FUNCTION(get_values) {
    const struct type *wanted;
    enum status status = enum_argument(realm, "GetValues", count, arguments[0], &wanted);
    if (status == STATUS_OK) *out = values_of(realm, wanted);
    return status;
}
MEMBER_FUNCTION(get_name) {
    const struct type *wanted;
    enum status status = enum_argument(realm, "GetName", count, arguments[0], &wanted);
    struct value number;
    if (status == STATUS_OK) status = convert_to(realm, arguments[1], type_of_kind(realm, VALUE_INT64), &number);
    if (status != STATUS_OK) return status;
    *out = value_null();
    for (uint32_t i = 0; i < wanted->member_count; i++)
        if (wanted->members[i].number == number.integer) *out = string_of(wanted->members[i].name);
    return STATUS_OK;
}
MEMBER_FUNCTION(underlying_type) {
    const struct type *wanted;
    enum status status = enum_argument(realm, "GetUnderlyingType", count, arguments[0], &wanted);
    if (status == STATUS_OK) *out = value_type(wanted->underlying);
    return status;
}
MEMBER_FUNCTION(is_defined) {
    const struct type *wanted;
    enum status status = enum_argument(realm, "IsDefined", count, arguments[0], &wanted);
    if (status != STATUS_OK) return status;
    struct value item = value_base(arguments[1]);
    bool found = false;
    for (uint32_t i = 0; i < wanted->member_count; i++)
        found = found || (item.kind == VALUE_STRING ? text_equal(string_text(item), text_of(wanted->members[i].name))
                                                    : item.integer == wanted->members[i].number);
    *out = value_bool(found);
    return STATUS_OK;
}
MEMBER_FUNCTION(parse) {
    const struct type *wanted;
    int64_t number;
    const char *id;
    enum status status = enum_argument(realm, "Parse", count, arguments[0], &wanted);
    if (status != STATUS_OK) return status;
    struct value text = convert_text(realm, arguments[1]);
    bool ok = convert_enum_text(wanted, string_text(text), count > 2 && value_truth(arguments[2]), false, &number, &id);
    if (ok) *out = value_enum(wanted->index, number);
    else status = member_raise(realm, "Parse", count, "System.ArgumentException", "[%s] has no \"%s\".", wanted->display, string_chars(text));
    value_release(text);
    return status;
}

/* [enum]::TryParse([T], 'x', $fold, [ref]$r), TryParse([T], 'x', [ref]$r), and [T]::TryParse('x', [ref]$r). */
MEMBER_FUNCTION(try_parse) {
    const struct type *wanted = type;
    uint32_t at = 0;
    int64_t number;
    const char *id;
    struct value place = arguments[count - 1];
    /* [enum]::TryParse('x', [ref]$r) takes the type of what $r holds. */
    bool by_reference = !(type->flags & TYPE_ENUM) && place.kind == VALUE_REFERENCE && value_base(arguments[0]).kind == VALUE_STRING;
    if (by_reference) wanted = type_of(realm, *reference_place(place));
    else if (!(type->flags & TYPE_ENUM)) {
        enum status status = enum_argument(realm, "TryParse", count, arguments[at++], &wanted);
        if (status != STATUS_OK) return status;
    }
    if (at >= count || (wanted && !(wanted->flags & TYPE_ENUM))) return member_raise_no_overload(realm, "TryParse", count);
    struct value text = convert_text(realm, arguments[at]);
    bool fold = at + 2 < count && value_truth(arguments[at + 1]);
    bool ok = wanted && convert_enum_text(wanted, string_text(text), fold, false, &number, &id);
    value_release(text);
    if (place.kind == VALUE_REFERENCE && wanted) value_set_take(reference_place(place), value_enum(wanted->index, ok ? number : 0));
    *out = value_bool(ok);
    return STATUS_OK;
}
MEMBER_FUNCTION(to_object) {
    const struct type *wanted;
    int64_t number;
    enum status status = enum_argument(realm, "ToObject", count, arguments[0], &wanted);
    if (status == STATUS_OK) status = member_argument_int64(realm, "ToObject", arguments[1], &number);
    if (status == STATUS_OK) *out = value_enum(wanted->index, number);
    return status;
}
MEMBER_FUNCTION(format) {
    const struct type *wanted;
    int64_t number;
    enum status status = enum_argument(realm, "Format", count, arguments[0], &wanted);
    if (status == STATUS_OK) status = member_argument_int64(realm, "Format", arguments[1], &number);
    return status == STATUS_OK ? give_formatted(realm, wanted, number, arguments[2], out) : status;
}

static const struct member_row rows[] = {
    {"System.Enum", "value__", ROW_GET, 0, 0, value_number, NULL, "int value__ {get;set;}"},
    {"System.Enum", "HasFlag", ROW_METHOD, 1, 1, has_flag, NULL, "bool HasFlag(enum flag)"},
    {"System.Enum", "GetTypeCode", ROW_METHOD, 0, 0, type_code, NULL, "System.TypeCode GetTypeCode()"},
    {"System.Enum", "ToString", ROW_METHOD, 1, 2, to_string_format, NULL, "string ToString(string format)"},
    {"System.Enum", "GetNames", ROW_STATIC_METHOD, 1, 1, get_names, NULL, "static string[] GetNames(type enumType)"},
    {"System.Enum", "GetValues", ROW_STATIC_METHOD, 1, 1, get_values, NULL, "static array GetValues(type enumType)"},
    {"System.Enum", "GetName", ROW_STATIC_METHOD, 2, 2, get_name, NULL, "static string GetName(type enumType, System.Object value)"},
    {"System.Enum", "GetUnderlyingType", ROW_STATIC_METHOD, 1, 1, underlying_type, NULL, "static type GetUnderlyingType(type enumType)"},
    {"System.Enum", "IsDefined", ROW_STATIC_METHOD, 2, 2, is_defined, NULL, "static bool IsDefined(type enumType, System.Object value)"},
    {"System.Enum", "Parse", ROW_STATIC_METHOD, 2, 3, parse, NULL,
     "static System.Object Parse(type enumType, string value), static System.Object Parse(type enumType, string value, bool ignoreCase)"},
    {"System.Enum", "TryParse", ROW_STATIC_METHOD, 2, 4, try_parse, NULL,
     "static bool TryParse(type enumType, string value, [ref] System.Object result)"},
    {"System.Enum", "ToObject", ROW_STATIC_METHOD, 2, 2, to_object, NULL, "static System.Object ToObject(type enumType, System.Object value)"},
    {"System.Enum", "Format", ROW_STATIC_METHOD, 3, 3, format, NULL,
     "static string Format(type enumType, System.Object value, string format)"},
};
const struct member_table enum_member_table = {rows, MEMBER_COUNT(rows)};
