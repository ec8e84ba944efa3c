/* What every value has: GetType, ToString, Equals, GetHashCode, CompareTo; [object]'s statics. */
#include <math.h>
#include "member_private.h"
#include "m365sh/base/collate.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/number.h"

MEMBER_FUNCTION(get_type) {
    *out = value_type(value_is_nothing(self) ? type : type_of(realm, self));
    return STATUS_OK;
}
MEMBER_FUNCTION(to_string) { return convert_dot_text(realm, self, out); }
MEMBER_FUNCTION(to_string_format) {
    struct value format = convert_text(realm, arguments[0]);
    struct bytes text = {0};
    enum status status = format_value(realm, &text, self, string_text(format), realm->culture);
    value_release(format);
    if (status == STATUS_OK) *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return status;
}

static bool same_number(struct value a, struct value b) {
    return value_is_number(a) && value_is_number(b) && number_to_double(a) == number_to_double(b);
}

/* Arguments are converted to the type of the number as overloads would: (5).Equals(5L) is true, 'a'.Equals(5) false. */
MEMBER_FUNCTION(equals) {
    struct value other = value_base(arguments[0]);
    bool same = value_equals(self, other, false) || (self.kind != other.kind && self.kind >= other.kind && same_number(self, other));
    if (value_is_container(self)) same = value_same(self, other);
    *out = value_bool(same);
    return STATUS_OK;
}

MEMBER_FUNCTION(get_hash_code) {
    int32_t hash = self.kind == VALUE_INT32 || self.kind == VALUE_BOOL || self.kind == VALUE_ENUM ? (int32_t)self.integer
                   : self.kind == VALUE_CHAR ? (int32_t)(self.integer | self.integer << 16)
                   : self.kind == VALUE_INT64 ? (int32_t)self.integer ^ (int32_t)(self.integer >> 32) : (int32_t)value_hash(self, false);
    *out = value_int32(hash);
    return STATUS_OK;
}

MEMBER_FUNCTION(static_equals) {
    *out = value_bool(value_equals(value_base(arguments[0]), value_base(arguments[1]), false));
    return STATUS_OK;
}
MEMBER_FUNCTION(reference_equals) {
    bool same = (value_is_nothing(arguments[0]) && value_is_nothing(arguments[1])) ||
                (value_is_counted(arguments[0]) && value_same(arguments[0], arguments[1]));
    *out = value_bool(same);
    return STATUS_OK;
}
MEMBER_FUNCTION(new_object) {
    *out = object_new(realm, type_known(realm, "System.Object"), 0);
    return STATUS_OK;
}

static int order_of(struct realm *realm, struct value a, struct value b) {
    if (a.kind == VALUE_STRING) return collate_compare(realm->collator, string_text(a), string_text(b), false);
    if (a.kind == VALUE_DECIMAL) return decimal_compare(number_decimal_of(a), number_decimal_of(b));
    if (a.kind == VALUE_BIGINT) return bigint_compare(a, b);
    if (a.kind == VALUE_DOUBLE || a.kind == VALUE_SINGLE) return a.real < b.real || (isnan(a.real) && !isnan(b.real)) ? -1 : a.real > b.real;
    if (a.kind == VALUE_UINT64) return a.uinteger < b.uinteger ? -1 : a.uinteger > b.uinteger;
    if (a.kind == VALUE_VERSION) {
        for (int i = 0; i < 4; i++)
            if (value_version_of(a)[i] != value_version_of(b)[i]) return value_version_of(a)[i] < value_version_of(b)[i] ? -1 : 1;
        return 0;
    }
    if (a.kind == VALUE_GUID) {
        int order = memcmp(value_guid_of(a)->bytes, value_guid_of(b)->bytes, 16);
        return order < 0 ? -1 : order > 0;
    }
    if (a.kind == VALUE_DATETIMEOFFSET) {
        int64_t left, right;
        int32_t offset;
        value_datetimeoffset_of(a, &left, &offset);
        value_datetimeoffset_of(b, &right, &offset);
        return left < right ? -1 : left > right;
    }
    return a.integer < b.integer ? -1 : a.integer > b.integer;
}

MEMBER_FUNCTION(compare_to) {
    struct value other = value_base(arguments[0]), converted;
    if (value_is_nothing(other)) {
        *out = value_int32(1);
        return STATUS_OK;
    }
    bool text = self.kind == VALUE_STRING || self.kind == VALUE_ENUM || self.kind == VALUE_VERSION;
    if ((text && other.kind != self.kind) || (self.kind != other.kind && !convert_try(realm, other, type_of(realm, self), &converted)))
        return member_raise(realm, "CompareTo", count, "System.ArgumentException", "A %s can be compared with its own kind only.",
                            type_of(realm, self)->display);
    if (self.kind == other.kind) converted = value_keep(other);
    *out = value_int32(order_of(realm, self, converted));
    value_release(converted);
    return STATUS_OK;
}

MEMBER_FUNCTION(is_present) {
    *out = value_bool(self.boolean);
    return STATUS_OK;
}
MEMBER_FUNCTION(to_bool) {
    *out = value_bool(self.boolean);
    return STATUS_OK;
}
MEMBER_FUNCTION(switch_present) {
    *out = value_switch(true);
    return STATUS_OK;
}
MEMBER_FUNCTION(new_switch) {
    *out = value_switch(count && value_truth(arguments[0]));
    return STATUS_OK;
}

MEMBER_FUNCTION(reference_value) {
    *out = value_keep(*reference_place(self));
    return STATUS_OK;
}
static enum status set_reference(struct realm *realm, struct value self, struct value item) {
    (void)realm;
    value_set(reference_place(self), value_is_nothing(item) ? value_null() : item);
    return STATUS_OK;
}

static const struct member_row rows[] = {
    {"System.Object", "ToString", ROW_METHOD, 0, 0, to_string, NULL, "string ToString()"},
    {"System.Object", "ToString", ROW_METHOD, 1, 2, to_string_format, NULL, ""},
    {"System.Object", "GetType", ROW_METHOD, 0, 0, get_type, NULL, "type GetType()"},
    {"System.Object", "Equals", ROW_METHOD, 1, 1, equals, NULL, "bool Equals(System.Object obj)"},
    {"System.Object", "GetHashCode", ROW_METHOD, 0, 0, get_hash_code, NULL, "int GetHashCode()"},
    {"System.Object", "Equals", ROW_STATIC_METHOD, 2, 2, static_equals, NULL, "static bool Equals(System.Object objA, System.Object objB)"},
    {"System.Object", "ReferenceEquals", ROW_STATIC_METHOD, 2, 2, reference_equals, NULL,
     "static bool ReferenceEquals(System.Object objA, System.Object objB)"},
    {"System.Object", "new", ROW_CONSTRUCTOR, 0, 0, new_object, NULL, "System.Object new()"},
    {"System.ValueType", "CompareTo", ROW_METHOD, 1, 1, compare_to, NULL, "int CompareTo(System.Object value)"},
    {"System.Version", "CompareTo", ROW_METHOD, 1, 1, compare_to, NULL, "int CompareTo(System.Object version), int CompareTo(version value)"},
    {"System.Management.Automation.SwitchParameter", "IsPresent", ROW_GET, 0, 0, is_present, NULL, "bool IsPresent {get;}"},
    {"System.Management.Automation.SwitchParameter", "ToBool", ROW_METHOD, 0, 0, to_bool, NULL, "bool ToBool()"},
    {"System.Management.Automation.SwitchParameter", "Present", ROW_STATIC_GET, 0, 0, switch_present, NULL, "static switch Present {get;}"},
    {"System.Management.Automation.SwitchParameter", "new", ROW_CONSTRUCTOR, 0, 1, new_switch, NULL, "switch new(bool isPresent)"},
    {"System.Management.Automation.PSReference`1", "Value", ROW_GET, 0, 0, reference_value, set_reference, "System.Object Value {get;set;}"},
};
const struct member_table object_member_table = {rows, MEMBER_COUNT(rows)};
