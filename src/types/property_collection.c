/* The members of a value as a collection of objects. */
#include "property_collection_private.h"

#include <string.h>
#include "member_private.h"
#include "m365sh/pattern/wildcard.h"
#include "m365sh/value/native.h"
#include "type_data_private.h"

#define NAMES "System.Management.Automation."

struct collection { struct value owner; enum property_collection_kind kind; };

static void release(void *payload) { value_release(((struct collection *)payload)->owner); }
static void traverse(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    visit(&((struct collection *)payload)->owner, context);
}
static const struct native_class collection_class = {NAMES "PSMemberInfoCollection`1", release, traverse};

struct value property_collection_new(struct realm *realm, struct value owner, enum property_collection_kind kind) {
    const char *element = kind == PROPERTY_COLLECTION_PROPERTIES ? NAMES "PSPropertyInfo" : kind == PROPERTY_COLLECTION_METHODS ? NAMES "PSMethodInfo" : NAMES "PSMemberInfo";
    const struct type *type = type_generic(realm, type_known(realm, NAMES "PSMemberInfoIntegratingCollection`1"), type_known(realm, element), NULL);
    struct value v = native_new(realm, &collection_class, type, sizeof(struct collection));
    *(struct collection *)native_payload(v, &collection_class) = (struct collection){value_keep(owner), kind};
    return v;
}
bool property_collection_is(struct value v) { return v.kind == VALUE_NATIVE && native_payload(v, &collection_class); }
static struct collection *collection_of(struct value v) { return native_payload(v, &collection_class); }

/* One member as scripts see it: its Name and MemberType are slots, its Value is read from and written to the owner. */
static struct value member_object(struct realm *realm, struct value owner, struct text name, const char *kind) {
    struct bytes type_name = {0};
    bytes_add_format(&type_name, NAMES "PS%s", kind);
    const struct type *type = type_find(realm, bytes_text(&type_name));
    bytes_free(&type_name);
    struct value object = object_new(realm, type ? type : type_known(realm, NAMES "PSNoteProperty"), 2), text = string_new(name);
    struct value kind_value;
    object_add(realm, object, TEXT("Name"), MEMBER_PROPERTY, text);
    value_release(text);
    text = string_of(kind);
    if (convert_try(realm, text, type_known(realm, NAMES "PSMemberTypes"), &kind_value)) object_add(realm, object, TEXT("MemberType"), MEMBER_HIDDEN, kind_value);
    value_release(text);
    value_set(&object_block(object)->hidden, owner);
    return object;
}

struct gathering { struct realm *realm; struct collection *collection; struct value list; struct text only; };
static bool gather(void *context, const struct member_info *info) {
    struct gathering *gathering = context;
    enum property_collection_kind kind = gathering->collection->kind;
    if (kind != PROPERTY_COLLECTION_MEMBERS && info->is_property != (kind == PROPERTY_COLLECTION_PROPERTIES)) return true;
    if (gathering->only.length && !text_equal_fold(gathering->only, info->name)) return true;
    array_push_take(gathering->list, member_object(gathering->realm, gathering->collection->owner, info->name, info->kind));
    return true;
}
static struct value items_named(struct realm *realm, struct value collection, struct text only) {
    struct gathering gathering = {realm, collection_of(collection), array_new(realm, NULL, 0), only};
    member_walk(realm, gathering.collection->owner, gather, &gathering);
    return gathering.list;
}
struct value property_collection_items(struct realm *realm, struct value collection) { return items_named(realm, collection, TEXT_NONE); }

MEMBER_FUNCTION(get_count) {
    struct value items = property_collection_items(realm, self);
    *out = value_int32((int32_t)array_count(items));
    value_release(items);
    return STATUS_OK;
}
MEMBER_FUNCTION(get_item) {
    struct value name = convert_text(realm, arguments[0]), items = items_named(realm, self, string_text(name));
    *out = array_count(items) && string_text(name).length ? value_keep(array_at(items, 0)) : value_null();
    value_release(items);
    value_release(name);
    return STATUS_OK;
}
MEMBER_FUNCTION(match) {
    struct value pattern = convert_text(realm, arguments[0]), items = property_collection_items(realm, self);
    *out = array_new(realm, NULL, 0);
    for (uint32_t i = 0; i < array_count(items); i++) {
        struct value *name = object_find_text(realm, array_at(items, i), TEXT("Name"));
        if (name && wildcard_match(string_text(pattern), string_text(*name), true)) array_push(*out, array_at(items, i));
    }
    value_release(items);
    value_release(pattern);
    return STATUS_OK;
}

static struct value holder_of(struct value owner) { return owner.kind == VALUE_EXTENDED ? extended_members(owner) : owner; }

MEMBER_FUNCTION(add) {
    struct value member = value_base(arguments[0]), holder = holder_of(collection_of(self)->owner);
    if (member.kind != VALUE_OBJECT || holder.kind != VALUE_OBJECT)
        return member_raise_argument(realm, "Add", arguments[0], type_known(realm, NAMES "PSMemberInfo"));
    struct value *name = object_find_text(realm, member, TEXT("Name")), *kind = object_find_text(realm, member, TEXT("Kind")), item = value_null();
    bool found;
    if (!name || name->kind != VALUE_STRING) return member_raise_argument(realm, "Add", arguments[0], type_known(realm, NAMES "PSMemberInfo"));
    enum status status = member_get(realm, member, intern_name(realm->names, TEXT("Value")), &found, &item);
    if (status != STATUS_OK) return status;
    if (object_find_text(realm, holder, string_text(*name)) && !(count > 1 && value_truth(arguments[1]))) {
        value_release(item);
        return realm_raise(realm, NAMES "ExtendedTypeSystemException", "MemberAlreadyPresent", ERROR_NOT_SPECIFIED, "The object has a member \"%s\" already.", string_chars(*name));
    }
    object_add(realm, holder, string_text(*name), kind ? (enum member_kind)kind->integer : MEMBER_NOTE, item);
    value_release(item);
    return STATUS_OK;
}
MEMBER_FUNCTION(remove_named) {
    struct value name = convert_text(realm, arguments[0]), holder = holder_of(collection_of(self)->owner);
    if (holder.kind == VALUE_OBJECT) object_remove(realm, holder, string_text(name));
    value_release(name);
    return STATUS_OK;
}

/* --- one member ------------------------------------------------------------------------------------------------------ */

static name_id name_of(struct realm *realm, struct value self) {
    struct value *name = object_find_text(realm, self, TEXT("Name"));
    return name && name->kind == VALUE_STRING ? intern_name(realm->names, string_text(*name)) : 0;
}
MEMBER_FUNCTION(get_value) {
    bool found;
    *out = value_null();
    if (object_block(self)->hidden.kind == VALUE_UNSET) return STATUS_OK;
    return member_get(realm, object_block(self)->hidden, name_of(realm, self), &found, out);
}
static bool is_settable(struct realm *realm, struct value self) {
    struct value owner = object_block(self)->hidden, holder = holder_of(owner);
    if (holder.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(holder)->shape, name_of(realm, self));
        if (slot >= 0) {
            struct value held = object_block(holder)->slots[slot];
            return object_block(holder)->shape->entries[slot].kind != MEMBER_SCRIPT ||
                   (held.kind == VALUE_ARRAY && array_count(held) > 1 && array_at(held, 1).kind == VALUE_SCRIPT_BLOCK);
        }
    }
    const struct type *class_type;
    if (owner.kind != VALUE_UNSET && member_hooks_for(realm, type_of(realm, owner), &class_type)) return true;
    const struct member_entry *entry = owner.kind == VALUE_UNSET ? NULL : member_find(realm, type_of(realm, owner), name_of(realm, self), false);
    return owner.kind == VALUE_UNSET || (entry && entry->value && entry->value->setter);
}
static enum status set_value(struct realm *realm, struct value self, struct value item) {
    if (!is_settable(realm, self))
        return realm_raise(realm, NAMES "SetValueException", "ReadOnlyProperty", ERROR_NOT_SPECIFIED, "The property can only be read.");
    return member_set(realm, object_block(self)->hidden, name_of(realm, self), item);
}
MEMBER_FUNCTION(get_settable) { *out = value_bool(is_settable(realm, self)); return STATUS_OK; }
MEMBER_FUNCTION(yes) { *out = value_bool(true); return STATUS_OK; }
MEMBER_FUNCTION(get_instance) {
    struct value holder = holder_of(object_block(self)->hidden);
    *out = value_bool(holder.kind == VALUE_OBJECT && shape_find(object_block(holder)->shape, name_of(realm, self)) >= 0);
    return STATUS_OK;
}
MEMBER_FUNCTION(get_member_type) {
    struct value *kind = object_find_text(realm, self, TEXT("MemberType"));
    *out = kind ? value_keep(*kind) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(type_of_value) {
    struct value item;
    enum status status = get_value(realm, type, self, NULL, 0, &item);
    if (status != STATUS_OK) return status;
    const struct type *own = type_of(realm, item);
    *out = string_of(own ? own->full_name : "System.Object");
    value_release(item);
    return STATUS_OK;
}
MEMBER_FUNCTION(member_text) {
    struct bytes text = {0};
    struct value item;
    enum status status = get_value(realm, type, self, NULL, 0, &item);
    if (status != STATUS_OK) return status;
    const struct type *own = type_of(realm, item);
    struct text name = intern_text(realm->names, name_of(realm, self));
    bytes_add_format(&text, "%s %.*s=", own ? own->display : "object", TEXT_ARGUMENT(name));
    convert_add_text(realm, &text, item);
    value_release(item);
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return STATUS_OK;
}
MEMBER_FUNCTION(invoke) {
    return member_call(realm, object_block(self)->hidden, name_of(realm, self), arguments, count, out);
}

/* new(name, value) of PSNoteProperty, PSScriptProperty, PSAliasProperty, PSScriptMethod. */
MEMBER_FUNCTION(construct) {
    enum member_kind kind = strstr(type->name, "ScriptProperty") ? MEMBER_SCRIPT : strstr(type->name, "Alias") ? MEMBER_ALIAS
                            : strstr(type->name, "ScriptMethod") ? MEMBER_SCRIPT_METHOD : MEMBER_NOTE;
    struct value name = convert_text(realm, arguments[0]), item = count > 1 && !value_is_nothing(arguments[1]) ? value_keep(arguments[1]) : value_null();
    if (kind == MEMBER_SCRIPT) value_set_take(&item, array_of(realm, arguments + 1, count > 2 ? 2 : 1));
    if (kind == MEMBER_ALIAS) value_set_take(&item, convert_text(realm, item));
    *out = object_new(realm, type, 3);
    object_add(realm, *out, TEXT("Name"), MEMBER_PROPERTY, name);
    object_add(realm, *out, TEXT("Value"), MEMBER_PROPERTY, item);
    object_add(realm, *out, TEXT("Kind"), MEMBER_HIDDEN, value_int32(kind));
    value_release(name);
    value_release(item);
    return STATUS_OK;
}

#define C NAMES "PSMemberInfoIntegratingCollection`1"
#define I NAMES "PSMemberInfo"
static const struct member_row rows[] = {
    {C, "Count", ROW_GET, 0, 0, get_count, NULL, NULL},
    {C, "Item", ROW_METHOD, 1, 1, get_item, NULL, NULL},
    {C, "Match", ROW_METHOD, 1, 2, match, NULL, NULL},
    {C, "Add", ROW_METHOD, 1, 2, add, NULL, NULL},
    {C, "Remove", ROW_METHOD, 1, 1, remove_named, NULL, NULL},
    {I, "Value", ROW_GET, 0, 0, get_value, set_value, "System.Object Value {get;set;}"},
    {I, "MemberType", ROW_GET, 0, 0, get_member_type, NULL, "System.Management.Automation.PSMemberTypes MemberType {get;}"},
    {I, "IsSettable", ROW_GET, 0, 0, get_settable, NULL, "bool IsSettable {get;}"},
    {I, "IsGettable", ROW_GET, 0, 0, yes, NULL, "bool IsGettable {get;}"},
    {I, "TypeNameOfValue", ROW_GET, 0, 0, type_of_value, NULL, "string TypeNameOfValue {get;}"},
    {I, "IsInstance", ROW_GET, 0, 0, get_instance, NULL, "bool IsInstance {get;}"},
    {I, "Invoke", ROW_METHOD, 0, -1, invoke, NULL, NULL},
    {I, "ToString", ROW_METHOD, 0, 0, member_text, NULL, "string ToString()"},
    {NAMES "PSNoteProperty", "new", ROW_CONSTRUCTOR, 2, 2, construct, NULL, NULL},
    {NAMES "PSScriptProperty", "new", ROW_CONSTRUCTOR, 2, 3, construct, NULL, NULL},
    {NAMES "PSAliasProperty", "new", ROW_CONSTRUCTOR, 2, 3, construct, NULL, NULL},
    {NAMES "PSScriptMethod", "new", ROW_CONSTRUCTOR, 2, 2, construct, NULL, NULL},
};
const struct member_table property_member_table = {rows, MEMBER_COUNT(rows)};
