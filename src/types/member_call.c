/* Calling methods, statics and constructors. */
#include <string.h>
#include "collection_private.h"
#include "member_private.h"
#include "type_data_private.h"
#include "type_table_private.h"

static bool raised_conversion(struct realm *realm) {
    if (realm->raised.kind == VALUE_UNSET) return false;
    struct value id = error_record_get(realm->raised, ERROR_ID);
    return id.kind == VALUE_STRING && text_starts(string_text(id), TEXT("MethodArgumentConversion"));
}

/* The first overload that takes so many arguments; the next one when the arguments' types do not fit it. */
enum status member_call_rows(struct realm *realm, const struct type *type, const struct member_entry *entry, struct value self,
                             const struct value *arguments, uint32_t count, struct value *out) {
    enum status status = STATUS_OK;
    bool tried = false;
    *out = value_void();
    for (uint32_t i = 0; i < entry->method_count; i++) {
        const struct member_row *row = &entry->method[i];
        if ((int)count < row->least || (row->most >= 0 && (int)count > row->most)) continue;
        if (tried) value_release(realm_take_raised(realm));
        tried = true;
        status = row->function(realm, type, self, arguments, count, out);
        if (status != STATUS_ERROR || !raised_conversion(realm)) return status;
    }
    return tried ? status : member_raise_no_overload(realm, entry->method->name, count);
}

static enum status call_block(struct realm *realm, struct value block, struct value owner, const struct value *arguments, uint32_t count,
                              struct value *out) {
    struct block_call call = {.block = block, .arguments = arguments, .argument_count = count, .scope = BLOCK_NEW_SCOPE, .this_object = owner};
    return callable_call_collect(realm, &call, out);
}

/* get_Name() and set_Name(v) are what .NET calls a property's two halves. */
static enum status call_accessor(struct realm *realm, struct value v, struct text text, const struct value *arguments, uint32_t count,
                                 bool *taken, struct value *out) {
    bool found = false;
    *taken = false;
    if (text.length < 5 || value_is_table(value_base(v))) return STATUS_OK;
    name_id name = intern_name(realm->names, text_slice(text, 4, text.length));
    if (text_starts_fold(text, TEXT("get_")) && count == 0) {
        enum status status = member_get(realm, v, name, &found, out);
        *taken = status != STATUS_OK || found;
        return status;
    }
    if (text_starts_fold(text, TEXT("set_")) && count == 1) {
        const struct member_entry *entry = member_find(realm, type_of(realm, v), name, false);
        *taken = v.kind == VALUE_OBJECT || (entry && entry->value && entry->value->setter);
        *out = value_void();
        if (*taken) return member_set(realm, v, name, arguments[0]);
    }
    return STATUS_OK;
}

/* Methods of the value itself. *found false: no such method. */
static enum status call_own(struct realm *realm, struct value v, name_id name, const struct value *arguments, uint32_t count, bool *found,
                            struct value *out) {
    struct value base = value_base(v), holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    struct text text = intern_text(realm->names, name);
    *found = true;
    if (holder.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(holder)->shape, name);
        if (slot >= 0 && object_block(holder)->shape->entries[slot].kind == MEMBER_SCRIPT_METHOD)
            return call_block(realm, object_block(holder)->slots[slot], v, arguments, count, out);
    }
    const struct type *type = type_of(realm, v), *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    if (hooks) {
        bool done = false;
        enum status status = hooks->call(realm, class_type, base, name, arguments, count, &done, out);
        if (status != STATUS_OK || done) return status;
    }
    const struct member_entry *entry = member_find_for(realm, type, name, false, (int)count);
    if (!entry && count && (text_equal_fold(text, TEXT("get_Item")) || text_equal_fold(text, TEXT("set_Item"))))
        entry = member_find(realm, type, intern_name(realm->names, count == 2 ? TEXT("set_Item") : TEXT("Item")), false);
    if (entry && entry->method) return member_call_rows(realm, type, entry, base, arguments, count, out);
    enum member_kind kind;
    struct value item;
    if (!type_data_is_empty(realm) && type_data_find(realm, v, text, &kind, &item) && kind == MEMBER_SCRIPT_METHOD)
        return call_block(realm, item, v, arguments, count, out);
    enum status status = call_accessor(realm, v, text, arguments, count, found, out);
    if (status != STATUS_OK || *found) return status;
    return member_intrinsic(realm, v, text, arguments, count, found, out);
}

static enum status not_found(struct realm *realm, struct value v, name_id name) {
    return member_raise_not_found(realm, type_of(realm, v)->full_name, intern_text(realm->names, name).start);
}

/* Method of every element; results in one array. The first element that has no such method ends it. */
static enum status call_of_elements(struct realm *realm, struct value v, name_id name, const struct value *arguments, uint32_t count,
                                    struct value *out) {
    struct value results = array_new(realm, NULL, 0), element, item;
    struct enumeration it, inner;
    bool more, found, any = false;
    enum status status;
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &element)) == STATUS_OK && more) {
        if (value_is_nothing(element)) continue;
        status = call_own(realm, element, name, arguments, count, &found, &item);
        if (status == STATUS_OK && !found) status = not_found(realm, element, name);
        if (status != STATUS_OK) break;
        any = true;
        struct value part;
        enumeration_start(realm, &inner, item);
        while ((status = enumeration_next(realm, &inner, &more, &part)) == STATUS_OK && more) array_push(results, part);
        enumeration_end(&inner);
        value_release(item);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    if (status == STATUS_OK && !any) status = not_found(realm, v, name);
    if (status != STATUS_OK || array_count(results) < 2) {
        if (status == STATUS_OK) *out = array_count(results) ? value_keep(array_at(results, 0)) : value_void();
        value_release(results);
    } else *out = results;
    return status;
}

enum status member_call(struct realm *realm, struct value v, name_id name, const struct value *arguments, uint32_t count, struct value *out) {
    bool found;
    if (value_is_nothing(v)) {
        struct text text = intern_text(realm->names, name);
        return realm_raise(realm, "RuntimeException", "InvokeMethodOnNull", ERROR_INVALID_OPERATION,
                           "There is no object whose method \"%.*s\" could be called: the value is null.", TEXT_ARGUMENT(text));
    }
    enum status status = call_own(realm, v, name, arguments, count, &found, out);
    if (status != STATUS_OK || found) return status;
    if (convert_is_enumerable(realm, v)) return call_of_elements(realm, v, name, arguments, count, out);
    return not_found(realm, v, name);
}

/* --- statics ------------------------------------------------------------------------------------------------------- */

static const struct enum_member *enum_member_named(const struct type *type, struct text name) {
    for (uint32_t i = 0; i < type->member_count; i++)
        if (text_equal_fold(text_of(type->members[i].name), name)) return &type->members[i];
    return NULL;
}

enum status member_static_get(struct realm *realm, const struct type *type, name_id name, bool *found, struct value *out) {
    const struct type *class_type;
    *found = false;
    *out = value_null();
    if (type->flags & TYPE_ENUM) {
        const struct enum_member *member = enum_member_named(type, intern_text(realm->names, name));
        if (member) {
            *found = true;
            *out = value_enum(type->index, member->number);
            return STATUS_OK;
        }
    }
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    enum status status = hooks ? hooks->get(realm, class_type, VALUE_UNSET_INIT, name, found, out) : STATUS_OK;
    if (status != STATUS_OK || *found) return status;
    if (hooks) {
        struct value overloads = member_class_overloads(realm, type, intern_text(realm->names, name), true);
        *found = array_count(overloads) > 0;
        if (*found) *out = member_class_method_object(realm, value_type(type), intern_text(realm->names, name), overloads, true);
        else value_release(overloads);
        if (*found) return STATUS_OK;
    }
    const struct member_entry *entry = member_find(realm, type, name, true);
    if (!entry) return STATUS_OK;
    *found = true;
    if (entry->value) return entry->value->function(realm, type, VALUE_UNSET_INIT, NULL, 0, out);
    *out = member_method_object(realm, value_type(type), type, entry);
    return STATUS_OK;
}

enum status member_static_set(struct realm *realm, const struct type *type, name_id name, struct value item, bool *found) {
    const struct type *class_type;
    *found = false;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    enum status status = hooks ? hooks->set(realm, class_type, VALUE_UNSET_INIT, name, item, found) : STATUS_OK;
    if (status != STATUS_OK || *found) return status;
    const struct member_entry *entry = member_find(realm, type, name, true);
    struct text text = intern_text(realm->names, name);
    bool exists = (entry && entry->value) || (type->flags & TYPE_ENUM && enum_member_named(type, text));
    if (!exists) return STATUS_OK;
    *found = true;
    if (entry && entry->value && entry->value->setter) return entry->value->setter(realm, value_type(type), item);
    return realm_raise(realm, "RuntimeException", "PropertyAssignmentException", ERROR_INVALID_OPERATION,
                       "\"%.*s\" of [%s] can only be read.", TEXT_ARGUMENT(text), type->display);
}

enum status member_static_call(struct realm *realm, const struct type *type, name_id name, const struct value *arguments, uint32_t count,
                               struct value *out) {
    struct text text = intern_text(realm->names, name);
    const struct type *class_type;
    bool found = false;
    if (text_equal_fold(text, TEXT("new"))) return member_construct(realm, type, arguments, count, out);
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    enum status status = hooks ? hooks->call(realm, class_type, VALUE_UNSET_INIT, name, arguments, count, &found, out) : STATUS_OK;
    if (status != STATUS_OK || found) return status;
    const struct member_entry *entry = member_find_for(realm, type, name, true, (int)count);
    if (entry && entry->method) return member_call_rows(realm, type, entry, VALUE_UNSET_INIT, arguments, count, out);
    if (entry && entry->value && count == 0) return entry->value->function(realm, type, VALUE_UNSET_INIT, NULL, 0, out);
    if (text_starts_fold(text, TEXT("get_")) && count == 0) {
        status = member_static_get(realm, type, intern_name(realm->names, text_slice(text, 4, text.length)), &found, out);
        if (status != STATUS_OK || found) return status;
    }
    return member_raise_not_found(realm, type->full_name, text.start);
}

/* [int[,]]::new(2, 3) */
static enum status construct_grid(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count, struct value *out) {
    int32_t lengths[3];
    int64_t total = 1;
    for (uint32_t i = 0; i < count; i++) {
        enum status status = member_argument_int32(realm, "new", arguments[i], &lengths[i]);
        if (status != STATUS_OK) return status;
        total = lengths[i] < 0 || total > INT32_MAX / 16 ? -1 : total * lengths[i];
        if (total < 0) return member_raise(realm, ".ctor", count, "System.OverflowException", "An array cannot have these lengths.");
    }
    if (total > INT32_MAX / 16) return member_raise(realm, ".ctor", count, "System.OutOfMemoryException", "There is no room for that array.");
    enum status status = member_new_array(realm, type, total, out);
    for (uint32_t i = 0; status == STATUS_OK && i < count; i++) array_block(*out)->rank_lengths[i] = (uint32_t)lengths[i];
    return status;
}

/* Arrays, lists and tables are made here for every type of theirs; other types by their rows; structures also from
 * nothing. */
enum status member_construct(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count, struct value *out) {
    const struct type *class_type;
    if (type->class_of_script && member_hooks_for(realm, type, &class_type))
        return realm->types->class_hooks->construct(realm, class_type, arguments, count, out);
    if (type->rank == 1 && count == 1) {
        int32_t length;
        enum status status = member_argument_int32(realm, "new", arguments[0], &length);
        if (status != STATUS_OK) return status;
        if (length > INT32_MAX / 16) return member_raise(realm, ".ctor", count, "System.OutOfMemoryException", "There is no room for that array.");
        if (length < 0) return member_raise(realm, ".ctor", count, "System.OverflowException", "An array cannot have %d elements.", (int)length);
        return member_new_array(realm, type, length, out);
    }
    if (type->rank > 1 && count == type->rank && count <= 3) return construct_grid(realm, type, arguments, count, out);
    if (type->flags & (TYPE_ABSTRACT | TYPE_STATIC | TYPE_INTERFACE)) return member_raise_no_overload(realm, type->name, count);
    const struct member_entry *entry = member_find(realm, type, intern_name(realm->names, TEXT("new")), true);
    if (entry && entry->method) return member_call_rows(realm, type, entry, VALUE_UNSET_INIT, arguments, count, out);
    if (count == 0 && type->flags & TYPE_VALUE) return member_default_value(realm, type, out);
    return member_raise_no_overload(realm, type->name, count);
}
