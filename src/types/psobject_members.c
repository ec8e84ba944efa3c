/* .psobject with its Properties, Methods, Members and TypeNames; psbase, pstypenames; PSMethod and property objects. */
#include <string.h>
#include "convert_private.h"
#include "member_private.h"
#include "property_collection_private.h"

#define NAMES "System.Management.Automation."

static struct value owner_of(struct value psobject) { return object_block(psobject)->hidden; }

static bool add_type_name(void *context, struct text name) {
    array_push_take(*(struct value *)context, string_new(name));
    return true;
}
/* The list of type names that scripts may change: made when asked for, and kept with the object. */
static struct value type_names_of(struct realm *realm, struct value v) {
    struct value holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    if (holder.kind == VALUE_OBJECT && object_block(holder)->type_names.kind == VALUE_LIST) return value_keep(object_block(holder)->type_names);
    struct value names = list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[string]")), 4);
    type_names_walk(realm, v, add_type_name, &names);
    if (holder.kind == VALUE_OBJECT) value_set(&object_block(holder)->type_names, names);
    return names;
}

bool member_special(struct realm *realm, struct value v, name_id name, struct value *out) {
    struct text text = intern_text(realm->names, name);
    if (text.length < 6 || (text.start[0] | 32) != 'p') return false;
    if (text_equal_fold(text, TEXT("psobject")) || text_equal_fold(text, TEXT("psextended")) || text_equal_fold(text, TEXT("psadapted"))) {
        *out = object_new(realm, type_known(realm, NAMES "PSObject"), 0);
        value_set(&object_block(*out)->hidden, v);
    } else if (text_equal_fold(text, TEXT("psbase"))) {
        *out = object_new(realm, type_known(realm, NAMES "PSMemberSet"), 0);
        value_set(&object_block(*out)->hidden, v);
    } else if (text_equal_fold(text, TEXT("pstypenames"))) *out = type_names_of(realm, v);
    else return false;
    return true;
}

MEMBER_FUNCTION(get_type_names) { *out = type_names_of(realm, owner_of(self)); return STATUS_OK; }
MEMBER_FUNCTION(base_object) { *out = value_keep(value_base(owner_of(self))); return STATUS_OK; }
MEMBER_FUNCTION(get_properties) { *out = property_collection_new(realm, owner_of(self), PROPERTY_COLLECTION_PROPERTIES); return STATUS_OK; }
MEMBER_FUNCTION(get_methods) { *out = property_collection_new(realm, owner_of(self), PROPERTY_COLLECTION_METHODS); return STATUS_OK; }
MEMBER_FUNCTION(get_members) { *out = property_collection_new(realm, owner_of(self), PROPERTY_COLLECTION_MEMBERS); return STATUS_OK; }
MEMBER_FUNCTION(owner_text) { *out = convert_text(realm, owner_of(self)); return STATUS_OK; }

static void copy_slots(struct realm *realm, struct value from, struct value to) {
    for (uint32_t i = 0; i < object_block(from)->shape->count; i++) {
        const struct shape_entry *entry = &object_block(from)->shape->entries[i];
        object_add(realm, to, text_of(entry->spelling), entry->kind, object_block(from)->slots[i]);
    }
    if (object_block(from)->type_names.kind == VALUE_LIST) {
        struct value names = object_block(from)->type_names;
        struct value copy = list_new(realm, array_block(names)->container.type, array_count(names));
        for (uint32_t i = 0; i < array_count(names); i++) array_push(copy, array_at(names, i));
        value_set_take(&object_block(to)->type_names, copy);
    }
}
MEMBER_FUNCTION(copy) {
    struct value owner = owner_of(self);
    if (owner.kind == VALUE_OBJECT) {
        *out = object_new(realm, object_block(owner)->container.type, object_block(owner)->shape->count);
        copy_slots(realm, owner, *out);
    } else if (owner.kind == VALUE_EXTENDED) {
        *out = extended_new(realm, value_base(owner));
        copy_slots(realm, extended_members(owner), extended_members(*out));
    } else *out = value_keep(owner);
    return STATUS_OK;
}

/* psbase hides script members and keys: rows of the type first, then the value's own. */
MEMBER_FUNCTION(base_member) {
    struct value base = value_base(owner_of(self));
    const struct member_entry *entry = member_find(realm, type_of(realm, base), intern_name(realm->names, string_text(arguments[0])), false);
    if (entry && entry->value) return entry->value->function(realm, type_of(realm, base), base, NULL, 0, out);
    bool found;
    enum status status = member_get(realm, base, intern_name(realm->names, string_text(arguments[0])), &found, out);
    if (status == STATUS_OK && !found) *out = VALUE_UNSET_INIT;
    return status;
}

/* --- methods as objects ---------------------------------------------------------------------------------------------- */

static struct value method_object(struct realm *realm, struct value owner, struct value name, struct value overloads, bool is_static) {
    struct value object = object_new(realm, type_known(realm, NAMES "PSMethod"), 2);
    object_add(realm, object, TEXT("OverloadDefinitions"), MEMBER_PROPERTY, overloads);
    object_add(realm, object, TEXT("Name"), MEMBER_HIDDEN, name);
    object_add(realm, object, TEXT("IsStatic"), MEMBER_HIDDEN, value_bool(is_static));
    value_set(&object_block(object)->hidden, owner);
    value_release(overloads);
    value_release(name);
    return object;
}

struct value member_class_method_object(struct realm *realm, struct value self, struct text name, struct value overloads, bool is_static) {
    return method_object(realm, self, string_new(name), overloads, is_static);
}

struct value member_method_object(struct realm *realm, struct value self, const struct type *type, const struct member_entry *entry) {
    struct value overloads = list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[string]")), entry->method_count);
    for (uint32_t i = 0; i < entry->method_count; i++) {
        if (!entry->method[i].definition || !*entry->method[i].definition) continue;
        struct text rest = text_of(entry->method[i].definition);
        for (size_t end; (end = text_find(rest, TEXT("), "), 0)) != TEXT_NOT_FOUND; rest = text_slice(rest, end + 3, rest.length))
            array_push_take(overloads, string_new(text_slice(rest, 0, end + 1)));
        array_push_take(overloads, string_new(rest));
    }
    return method_object(realm, entry->is_static ? value_type(type) : self, string_of(entry->method->name), overloads, entry->is_static);
}
bool member_is_method(struct value v) {
    return v.kind == VALUE_OBJECT && object_block(v)->container.type && !strcmp(object_block(v)->container.type->full_name, NAMES "PSMethod");
}

MEMBER_FUNCTION(invoke_method) {
    struct value *name = object_find_text(realm, self, TEXT("Name")), *is_static = object_find_text(realm, self, TEXT("IsStatic"));
    name_id id = intern_name(realm->names, string_text(*name));
    if (is_static && is_static->boolean) return member_static_call(realm, owner_of(self).type, id, arguments, count, out);
    return member_call(realm, owner_of(self), id, arguments, count, out);
}
MEMBER_FUNCTION(method_text) {
    struct value *overloads = object_find_text(realm, self, TEXT("OverloadDefinitions"));
    struct bytes text = {0};
    for (uint32_t i = 0; overloads && i < array_count(*overloads); i++) {
        if (i) bytes_add_string(&text, ", ");
        bytes_add_text(&text, string_text(array_at(*overloads, i)));
    }
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return STATUS_OK;
}

#define P NAMES "PSObject"
#define M NAMES "PSMethod"
static const struct member_row rows[] = {
    {P, "BaseObject", ROW_GET, 0, 0, base_object, NULL, NULL},
    {P, "ImmediateBaseObject", ROW_GET, 0, 0, base_object, NULL, NULL},
    {P, "Members", ROW_GET, 0, 0, get_members, NULL, NULL},
    {P, "Methods", ROW_GET, 0, 0, get_methods, NULL, NULL},
    {P, "Properties", ROW_GET, 0, 0, get_properties, NULL, NULL},
    {P, "TypeNames", ROW_GET, 0, 0, get_type_names, NULL, NULL},
    {P, "Copy", ROW_METHOD, 0, 0, copy, NULL, NULL},
    {P, "ToString", ROW_METHOD, 0, 0, owner_text, NULL, NULL},
    {NAMES "PSMemberSet", "*", ROW_GET, 1, 1, base_member, NULL, NULL},
    {M, "Invoke", ROW_METHOD, 0, -1, invoke_method, NULL, NULL},
    {M, "ToString", ROW_METHOD, 0, 0, method_text, NULL, NULL},
};
const struct member_table psobject_member_table = {rows, MEMBER_COUNT(rows)};
