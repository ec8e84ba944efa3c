/* System.Type: what [int] knows of itself. */
#include <string.h>
#include "member_private.h"

static struct value text_value(const char *text) { return string_of(text); }
static bool has_flag(struct value self, uint32_t flag) { return self.type->flags & flag; }

MEMBER_FUNCTION(get_name) { *out = text_value(self.type->name); return STATUS_OK; }
MEMBER_FUNCTION(get_full_name) { *out = text_value(type_assembly_name(realm, self.type)); return STATUS_OK; }
MEMBER_FUNCTION(get_namespace) {
    *out = *self.type->name_space ? text_value(self.type->name_space) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(get_base) {
    *out = self.type->base ? value_type(self.type->base) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(is_array) { *out = value_bool(self.type->rank > 0); return STATUS_OK; }
MEMBER_FUNCTION(is_enum) { *out = value_bool(has_flag(self, TYPE_ENUM)); return STATUS_OK; }
MEMBER_FUNCTION(is_value) { *out = value_bool(has_flag(self, TYPE_VALUE)); return STATUS_OK; }
MEMBER_FUNCTION(is_class) { *out = value_bool(!has_flag(self, TYPE_VALUE | TYPE_INTERFACE)); return STATUS_OK; }
MEMBER_FUNCTION(is_interface) { *out = value_bool(has_flag(self, TYPE_INTERFACE)); return STATUS_OK; }
MEMBER_FUNCTION(is_abstract) { *out = value_bool(has_flag(self, TYPE_ABSTRACT | TYPE_STATIC | TYPE_INTERFACE)); return STATUS_OK; }
MEMBER_FUNCTION(is_sealed) { *out = value_bool(has_flag(self, TYPE_STATIC | TYPE_VALUE) || self.type->rank || self.type->value_kind == VALUE_STRING); return STATUS_OK; }
MEMBER_FUNCTION(is_generic) { *out = value_bool(self.type->open || has_flag(self, TYPE_GENERIC_OPEN)); return STATUS_OK; }
MEMBER_FUNCTION(is_generic_definition) { *out = value_bool(has_flag(self, TYPE_GENERIC_OPEN)); return STATUS_OK; }
MEMBER_FUNCTION(is_serializable) {
    *out = value_bool(!self.type->class_of_script);
    return STATUS_OK;
}
MEMBER_FUNCTION(is_public) { *out = value_bool(!self.type->rank && !strchr(self.type->full_name, '+')); return STATUS_OK; }
MEMBER_FUNCTION(is_primitive) {
    uint8_t kind = self.type->value_kind;
    *out = value_bool(has_flag(self, TYPE_VALUE) && !has_flag(self, TYPE_ENUM) && (kind == VALUE_BOOL || kind == VALUE_CHAR || (kind >= VALUE_INT32 && kind <= VALUE_DOUBLE)));
    return STATUS_OK;
}
MEMBER_FUNCTION(get_module_assembly) {
    struct value name = text_value(self.type->class_of_script ? "PowerShell Class Assembly"
                                   : strstr(self.type->full_name, "Management.Automation") ? "System.Management.Automation" : "System.Private.CoreLib");
    *out = object_new(realm, type_known(realm, "System.Reflection.RuntimeAssembly"), 1);
    object_add(realm, *out, TEXT("FullName"), MEMBER_PROPERTY, name);
    value_release(name);
    return STATUS_OK;
}
MEMBER_FUNCTION(assembly_name) {
    *out = object_new(realm, NULL, 1);
    struct value *name = object_find_text(realm, self, TEXT("FullName"));
    object_put(realm, *out, TEXT("Name"), name ? *name : value_null());
    return STATUS_OK;
}
MEMBER_FUNCTION(underlying_system) { *out = value_keep(self); return STATUS_OK; }
MEMBER_FUNCTION(guid_like_token) { *out = value_int32((int32_t)self.type->index); return STATUS_OK; }

MEMBER_FUNCTION(element_type) {
    *out = self.type->rank ? value_type(self.type->element) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(generic_arguments) {
    *out = array_new(realm, type_array_of(realm, type_known(realm, "System.Type")), 2);
    if (self.type->open && self.type->element) array_push(*out, value_type(self.type->element));
    if (self.type->open && self.type->element2) array_push(*out, value_type(self.type->element2));
    return STATUS_OK;
}
MEMBER_FUNCTION(generic_definition) {
    if (!self.type->open) return member_raise(realm, "GetGenericTypeDefinition", 0, "System.InvalidOperationException", "The type is not generic.");
    *out = value_type(self.type->open);
    return STATUS_OK;
}
MEMBER_FUNCTION(array_rank) { *out = value_int32(self.type->rank); return STATUS_OK; }

static enum status type_argument(struct realm *realm, const char *method, struct value argument, const struct type **out) {
    struct value wanted;
    enum status status = STATUS_OK;
    if (!convert_try(realm, argument, type_known(realm, "System.Type"), &wanted)) status = member_raise_argument(realm, method, argument, type_known(realm, "System.Type"));
    else *out = wanted.kind == VALUE_TYPE ? wanted.type : NULL;
    return status;
}
MEMBER_FUNCTION(assignable_from) {
    const struct type *other = NULL;
    enum status status = type_argument(realm, "IsAssignableFrom", arguments[0], &other);
    *out = value_bool(other && type_is(other, self.type));
    return status;
}
MEMBER_FUNCTION(assignable_to) {
    const struct type *other = NULL;
    enum status status = type_argument(realm, "IsAssignableTo", arguments[0], &other);
    *out = value_bool(other && type_is(self.type, other));
    return status;
}
MEMBER_FUNCTION(subclass_of) {
    const struct type *other = NULL;
    enum status status = type_argument(realm, "IsSubclassOf", arguments[0], &other);
    *out = value_bool(other && other != self.type && !(other->flags & TYPE_INTERFACE) && type_is(self.type, other));
    return status;
}
MEMBER_FUNCTION(instance_of) {
    *out = value_bool(type_matches(realm, arguments[0], self.type));
    return STATUS_OK;
}
MEMBER_FUNCTION(make_array) {
    int32_t rank = 1;
    enum status status = count ? member_argument_int32(realm, "MakeArrayType", arguments[0], &rank) : STATUS_OK;
    if (status != STATUS_OK) return status;
    if (rank < 1 || rank > 32) return member_raise(realm, "MakeArrayType", count, "System.IndexOutOfRangeException", "An array has 1 to 32 dimensions.");
    *out = value_type(type_array_of_rank(realm, self.type, rank));
    return STATUS_OK;
}
MEMBER_FUNCTION(make_generic) {
    const struct type *parts[2] = {NULL, NULL};
    struct value list = count == 1 && value_is_array_like(value_base(arguments[0])) ? value_base(arguments[0]) : value_null();
    uint32_t given = list.kind == VALUE_NULL ? count : array_count(list);
    for (uint32_t i = 0; i < given && i < 2; i++) {
        enum status status = type_argument(realm, "MakeGenericType", list.kind == VALUE_NULL ? arguments[i] : array_at(list, i), &parts[i]);
        if (status != STATUS_OK) return status;
    }
    if (!has_flag(self, TYPE_GENERIC_OPEN) || !parts[0]) return member_raise(realm, "MakeGenericType", count, "System.InvalidOperationException", "The type takes no arguments.");
    *out = value_type(type_generic(realm, self.type, parts[0], parts[1]));
    return STATUS_OK;
}
MEMBER_FUNCTION(get_interfaces) {
    *out = array_new(realm, type_array_of(realm, type_known(realm, "System.Type")), 0);
    for (const struct type *at = self.type; at; at = at->base)
        for (const struct type *const *part = at->interfaces; part && *part; part++) array_push(*out, value_type(*part));
    return STATUS_OK;
}

static enum status enum_only(struct realm *realm, const char *method, struct value self) {
    if (has_flag(self, TYPE_ENUM)) return STATUS_OK;
    return member_raise(realm, method, 0, "System.ArgumentException", "[%s] is no enum.", self.type->display);
}
static enum status enum_static(struct realm *realm, const char *method, struct value self, const struct value *arguments, uint32_t count, struct value *out) {
    enum status status = enum_only(realm, method, self);
    struct value all[3] = {self, count ? arguments[0] : value_null(), value_null()};
    if (status != STATUS_OK) return status;
    return member_static_call(realm, type_known(realm, "System.Enum"), intern_name(realm->names, text_of(method)), all, count + 1, out);
}
MEMBER_FUNCTION(enum_names) { return enum_static(realm, "GetNames", self, arguments, count, out); }
MEMBER_FUNCTION(enum_values) { return enum_static(realm, "GetValues", self, arguments, count, out); }
MEMBER_FUNCTION(enum_name) { return enum_static(realm, "GetName", self, arguments, count, out); }
MEMBER_FUNCTION(enum_underlying) { return enum_static(realm, "GetUnderlyingType", self, arguments, count, out); }
MEMBER_FUNCTION(enum_defined) { return enum_static(realm, "IsDefined", self, arguments, count, out); }

struct listing { struct realm *realm; struct value list; bool property; };
static bool list_member(void *context, const struct member_info *info) {
    struct listing *listing = context;
    if (info->is_property != listing->property) return true;
    struct value object = object_new(listing->realm, NULL, 2), name = string_new(info->name);
    object_put(listing->realm, object, TEXT("Name"), name);
    array_push_take(listing->list, object);
    value_release(name);
    return true;
}
/* GetMethods and GetProperties tell names; there is no reflection beyond them. */
static struct value listed(struct realm *realm, struct value self, bool property) {
    struct listing listing = {realm, array_new(realm, NULL, 0), property};
    struct value zero;
    member_static_walk(realm, self.type, list_member, &listing);
    if (member_default_value(realm, self.type, &zero) == STATUS_OK) {
        if (self.type->value_kind == VALUE_STRING) zero = string_empty();
        member_walk(realm, zero, list_member, &listing);
        value_release(zero);
    }
    return listing.list;
}
MEMBER_FUNCTION(get_methods) { *out = listed(realm, self, false); return STATUS_OK; }
MEMBER_FUNCTION(get_properties) { *out = listed(realm, self, true); return STATUS_OK; }
MEMBER_FUNCTION(static_get_type) {
    struct value text = convert_text(realm, arguments[0]);
    const struct type *found = type_find(realm, string_text(text));
    value_release(text);
    *out = found ? value_type(found) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(activate) {
    const struct type *wanted = NULL;
    enum status status = type_argument(realm, "CreateInstance", arguments[0], &wanted);
    if (status != STATUS_OK || !wanted) return status;
    struct value list = count > 1 ? value_base(arguments[1]) : value_null();
    if (value_is_array_like(list)) return member_construct(realm, wanted, array_items(list), array_count(list), out);
    return member_construct(realm, wanted, arguments + 1, count - 1, out);
}

#define T "System.Type"
static const struct member_row rows[] = {
    {T, "Assembly", ROW_GET, 0, 0, get_module_assembly, NULL, "System.Reflection.Assembly Assembly {get;}"},
    {T, "BaseType", ROW_GET, 0, 0, get_base, NULL, "type BaseType {get;}"},
    {T, "FullName", ROW_GET, 0, 0, get_full_name, NULL, "string FullName {get;}"},
    {T, "IsAbstract", ROW_GET, 0, 0, is_abstract, NULL, "bool IsAbstract {get;}"},
    {T, "IsArray", ROW_GET, 0, 0, is_array, NULL, "bool IsArray {get;}"},
    {T, "IsClass", ROW_GET, 0, 0, is_class, NULL, "bool IsClass {get;}"},
    {T, "IsEnum", ROW_GET, 0, 0, is_enum, NULL, "bool IsEnum {get;}"},
    {T, "IsGenericType", ROW_GET, 0, 0, is_generic, NULL, "bool IsGenericType {get;}"},
    {T, "IsGenericTypeDefinition", ROW_GET, 0, 0, is_generic_definition, NULL, "bool IsGenericTypeDefinition {get;}"},
    {T, "IsInterface", ROW_GET, 0, 0, is_interface, NULL, "bool IsInterface {get;}"},
    {T, "IsPrimitive", ROW_GET, 0, 0, is_primitive, NULL, "bool IsPrimitive {get;}"},
    {T, "IsPublic", ROW_GET, 0, 0, is_public, NULL, "bool IsPublic {get;}"},
    {T, "IsSealed", ROW_GET, 0, 0, is_sealed, NULL, "bool IsSealed {get;}"},
    {T, "IsSerializable", ROW_GET, 0, 0, is_serializable, NULL, "bool IsSerializable {get;}"},
    {T, "IsValueType", ROW_GET, 0, 0, is_value, NULL, "bool IsValueType {get;}"},
    {T, "MetadataToken", ROW_GET, 0, 0, guid_like_token, NULL, NULL},
    {T, "Name", ROW_GET, 0, 0, get_name, NULL, "string Name {get;}"},
    {T, "Namespace", ROW_GET, 0, 0, get_namespace, NULL, "string Namespace {get;}"},
    {T, "GenericTypeArguments", ROW_GET, 0, 0, generic_arguments, NULL, "type[] GenericTypeArguments {get;}"},
    {T, "UnderlyingSystemType", ROW_GET, 0, 0, underlying_system, NULL, "type UnderlyingSystemType {get;}"},
    {T, "GetArrayRank", ROW_METHOD, 0, 0, array_rank, NULL, "int GetArrayRank()"},
    {T, "GetElementType", ROW_METHOD, 0, 0, element_type, NULL, "type GetElementType()"},
    {T, "GetEnumName", ROW_METHOD, 1, 1, enum_name, NULL, "string GetEnumName(System.Object value)"},
    {T, "GetEnumNames", ROW_METHOD, 0, 0, enum_names, NULL, "string[] GetEnumNames()"},
    {T, "GetEnumUnderlyingType", ROW_METHOD, 0, 0, enum_underlying, NULL, "type GetEnumUnderlyingType()"},
    {T, "GetEnumValues", ROW_METHOD, 0, 0, enum_values, NULL, "array GetEnumValues()"},
    {T, "GetGenericArguments", ROW_METHOD, 0, 0, generic_arguments, NULL, "type[] GetGenericArguments()"},
    {T, "GetGenericTypeDefinition", ROW_METHOD, 0, 0, generic_definition, NULL, "type GetGenericTypeDefinition()"},
    {T, "GetInterfaces", ROW_METHOD, 0, 0, get_interfaces, NULL, "type[] GetInterfaces()"},
    {T, "GetMembers", ROW_METHOD, 0, 1, get_methods, NULL, "System.Reflection.MemberInfo[] GetMembers()"},
    {T, "GetMethods", ROW_METHOD, 0, 1, get_methods, NULL, "System.Reflection.MethodInfo[] GetMethods()"},
    {T, "GetProperties", ROW_METHOD, 0, 1, get_properties, NULL, "System.Reflection.PropertyInfo[] GetProperties()"},
    {T, "IsAssignableFrom", ROW_METHOD, 1, 1, assignable_from, NULL, "bool IsAssignableFrom(type c)"},
    {T, "IsAssignableTo", ROW_METHOD, 1, 1, assignable_to, NULL, "bool IsAssignableTo(type targetType)"},
    {T, "IsEnumDefined", ROW_METHOD, 1, 1, enum_defined, NULL, "bool IsEnumDefined(System.Object value)"},
    {T, "IsInstanceOfType", ROW_METHOD, 1, 1, instance_of, NULL, "bool IsInstanceOfType(System.Object o)"},
    {T, "IsSubclassOf", ROW_METHOD, 1, 1, subclass_of, NULL, "bool IsSubclassOf(type c)"},
    {T, "MakeArrayType", ROW_METHOD, 0, 1, make_array, NULL, "type MakeArrayType()"},
    {T, "MakeGenericType", ROW_METHOD, 1, 2, make_generic, NULL, "type MakeGenericType(Params type[] typeArguments)"},
    {T, "GetType", ROW_STATIC_METHOD, 1, 3, static_get_type, NULL, "static type GetType(string typeName)"},
    {"System.Reflection.Assembly", "GetName", ROW_METHOD, 0, 0, assembly_name, NULL, "System.Reflection.AssemblyName GetName()"},
    {"System.Activator", "CreateInstance", ROW_STATIC_METHOD, 1, 2, activate, NULL, "static System.Object CreateInstance(type type)"},
};
const struct member_table type_member_table = {rows, MEMBER_COUNT(rows)};
