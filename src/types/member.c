/* Finding, reading, setting and calling members of anything. */
#include "m365sh/types/member.h"

#include <string.h>
#include "collection_private.h"
#include "member_private.h"
#include "type_data_private.h"
#include "type_table_private.h"

void member_set_class_hooks(struct realm *realm, const struct class_hooks *hooks) { realm->types->class_hooks = hooks; }

/* The hooks, if the type is a script's class or derived from one. */
const struct class_hooks *member_hooks_for(struct realm *realm, const struct type *type, const struct type **class_type) {
    if (!realm->types->class_hooks) return NULL;
    for (; type; type = type->base)
        if (type->class_of_script) {
            *class_type = type;
            return realm->types->class_hooks;
        }
    return NULL;
}

/* Rows named "*" answer any name: children of an XML element, columns of a row. */
const struct member_entry *member_dynamic(struct realm *realm, const struct type *type) {
    return member_find(realm, type, intern_name(realm->names, TEXT("*")), false);
}

/* --- script members ------------------------------------------------------------------------------------------------ */

static enum status run_getter(struct realm *realm, struct value block, struct value owner, struct value *out) {
    struct block_call call = {.block = block, .dollar_underscore = VALUE_UNSET_INIT, .scope = BLOCK_NEW_SCOPE, .this_object = owner};
    enum status status = callable_call_collect(realm, &call, out);
    if (status == STATUS_OK && out->kind == VALUE_VOID) *out = value_null();
    return status;
}

static struct value script_part(struct value slot, uint32_t index) {
    if (slot.kind == VALUE_SCRIPT_BLOCK) return index ? value_null() : slot;
    return slot.kind == VALUE_ARRAY && index < array_count(slot) ? array_at(slot, index) : value_null();
}

static enum status read_member(struct realm *realm, struct value owner, enum member_kind kind, struct value slot, struct value *out) {
    bool found;
    if (realm_stack_low(realm))
        return realm_raise(realm, "System.Management.Automation.ScriptCallDepthException", "CallDepthOverflow", ERROR_INVALID_OPERATION,
                           "A property asks for itself without end.");
    if (kind == MEMBER_SCRIPT) return run_getter(realm, script_part(slot, 0), owner, out);
    if (kind == MEMBER_ALIAS && slot.kind == VALUE_STRING) {
        *out = value_null();
        return member_get(realm, owner, intern_name(realm->names, string_text(slot)), &found, out);
    }
    *out = value_keep(slot);
    return STATUS_OK;
}

enum status member_read_slot(struct realm *realm, struct value owner, struct value holder, int32_t slot, struct value *out) {
    struct object *object = object_block(holder);
    return read_member(realm, owner, object->shape->entries[slot].kind, object->slots[slot], out);
}

enum status member_write_slot(struct realm *realm, struct value owner, struct value holder, int32_t slot, struct value item) {
    struct object *object = object_block(holder);
    struct value held = object->slots[slot], nothing;
    switch (object->shape->entries[slot].kind) {
    case MEMBER_SCRIPT: {
        struct value setter = script_part(held, 1);
        if (setter.kind != VALUE_SCRIPT_BLOCK) break;
        struct block_call call = {.block = setter, .arguments = &item, .argument_count = 1, .scope = BLOCK_NEW_SCOPE, .this_object = owner};
        enum status status = callable_call_collect(realm, &call, &nothing);
        if (status == STATUS_OK) value_release(nothing);
        return status;
    }
    case MEMBER_ALIAS: return member_set(realm, owner, intern_name(realm->names, string_text(held)), item);
    case MEMBER_SCRIPT_METHOD: case MEMBER_PROPERTY_SET: break;
    default:
        value_set(&object->slots[slot], value_is_nothing(item) ? value_null() : item);
        return STATUS_OK;
    }
    return realm_raise(realm, "System.Management.Automation.SetValueException", "SetWithoutSetterFromScriptProperty", ERROR_NOT_SPECIFIED,
                       "\"%s\" cannot be set.", object->shape->entries[slot].spelling);
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

static bool is_count_name(struct realm *realm, name_id name) {
    struct text text = intern_text(realm->names, name);
    return text_equal_fold(text, TEXT("Count")) || text_equal_fold(text, TEXT("Length"));
}

static enum status get_from_type_data(struct realm *realm, struct value v, name_id name, bool *found, struct value *out) {
    enum member_kind kind;
    struct value item;
    if (type_data_is_empty(realm) || !type_data_find(realm, v, intern_text(realm->names, name), &kind, &item)) return STATUS_OK;
    if (kind == MEMBER_SCRIPT_METHOD) return STATUS_OK;
    *found = true;
    return read_member(realm, v, kind, item, out);
}

static enum status get_dynamic(struct realm *realm, const struct type *type, struct value self, name_id name, bool *found, struct value *out) {
    const struct member_entry *any = self.kind == VALUE_NATIVE || self.kind == VALUE_OBJECT ? member_dynamic(realm, type) : NULL;
    if (!any || !any->value) return STATUS_OK;
    struct value text = string_new(intern_text(realm->names, name));
    *out = VALUE_UNSET_INIT;
    enum status status = any->value->function(realm, type, self, &text, 1, out);
    value_release(text);
    *found = status == STATUS_OK && out->kind != VALUE_UNSET;
    return status;
}

/* A name does not know how it was written here: keys that tell case apart are met without case, too. */
static struct value *find_folded(struct value table, struct text name) {
    uint32_t position = 0;
    struct table_entry *entry;
    while ((entry = table_next(table, &position))) {
        if (entry->key.kind == VALUE_STRING && text_equal_fold(string_text(entry->key), name)) return &entry->value;
    }
    return NULL;
}

/* Members of the value itself, without looking into a collection's elements. */
static enum status get_own(struct realm *realm, struct value v, name_id name, bool *found, struct value *out) {
    struct value base = value_base(v), holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    *found = false;
    if (holder.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(holder)->shape, name);
        if (slot >= 0 && object_block(holder)->shape->entries[slot].kind != MEMBER_SCRIPT_METHOD) {
            *found = true;
            return member_read_slot(realm, v, holder, slot, out);
        }
    }
    if (value_is_table(base)) {
        int64_t number;
        struct text text = intern_text(realm->names, name);
        struct value *item = table_find_text(base, text);
        if (!item && !table_block(base)->keys_fold) item = find_folded(base, text);
        if (!item && text.length < 10 && decimal_read_int64(text, &number)) item = table_find(base, value_int32((int32_t)number)); /* $h.5 */
        if (item) {
            *found = true;
            *out = value_keep(*item);
            return STATUS_OK;
        }
    }
    const struct type *type = type_of(realm, v), *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    enum status status = hooks ? hooks->get(realm, class_type, base, name, found, out) : STATUS_OK;
    if (status != STATUS_OK || *found) return status;
    status = get_dynamic(realm, type, base, name, found, out);
    if (status != STATUS_OK || *found) return status;
    const struct member_entry *entry = member_find(realm, type, name, false);
    if (entry && entry->value) {
        *found = true;
        return entry->value->function(realm, type, base, NULL, 0, out);
    }
    status = get_from_type_data(realm, v, name, found, out);
    if (status != STATUS_OK || *found) return status;
    if (member_special(realm, v, name, out)) *found = true;
    else if (hooks) {
        struct value overloads = member_class_overloads(realm, type, intern_text(realm->names, name), false);
        *found = array_count(overloads) > 0;
        if (*found) *out = member_class_method_object(realm, base, intern_text(realm->names, name), overloads, false);
        else value_release(overloads);
    }
    if (*found) return STATUS_OK;
    if (entry && entry->method) {
        *found = true;
        *out = member_method_object(realm, v, type, entry);
    }
    return STATUS_OK;
}

static bool is_custom_object(struct realm *realm, struct value v) {
    return v.kind == VALUE_OBJECT && type_of(realm, v) == type_of_kind(realm, VALUE_OBJECT);
}

/* Member enumeration. Custom objects without the member count as $null, other elements without it not at all; results
 * that are collections are opened. */
static enum status get_of_elements(struct realm *realm, struct value v, name_id name, bool *found, struct value *out) {
    struct value results = array_new(realm, NULL, 0), element, item;
    struct enumeration it, inner;
    bool more, has, any = false;
    enum status status;
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &element)) == STATUS_OK && more) {
        if (value_is_nothing(element)) continue;
        status = convert_is_enumerable(realm, element) && !realm_stack_low(realm) ? member_get(realm, element, name, &has, &item)
                                                                                 : get_own(realm, element, name, &has, &item);
        if (status != STATUS_OK) break;
        if (!has) {
            if (is_custom_object(realm, element)) array_push(results, value_null());
            continue;
        }
        any = true;
        enumeration_start(realm, &inner, item);
        struct value part;
        while ((status = enumeration_next(realm, &inner, &more, &part)) == STATUS_OK && more) array_push(results, part);
        enumeration_end(&inner);
        value_release(item);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    *found = status == STATUS_OK && any;
    if (status != STATUS_OK || (!any && array_count(results) < 2)) value_release(results);
    else if (array_count(results) == 1 || (!any && array_count(results))) {
        *out = array_count(results) == 1 ? value_keep(array_at(results, 0)) : value_keep(results);
        *found = true;
        value_release(results);
    } else if (array_count(results) == 0) {
        value_release(results);
        *out = value_null();
    } else *out = results;
    return status;
}

/* A sequence has no Count of its own, but each of its elements has one of 1; an empty one gives nothing. */
static enum status count_of_sequence(struct realm *realm, struct value v, bool *found, struct value *out) {
    struct value ones = array_new(realm, NULL, 0), item;
    struct enumeration it;
    bool more;
    enum status status;
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) array_push(ones, value_int32(1));
    enumeration_end(&it);
    *found = status == STATUS_OK && array_count(ones);
    if (*found) *out = array_count(ones) == 1 ? value_int32(1) : value_keep(ones);
    value_release(ones);
    return status;
}

enum status member_get(struct realm *realm, struct value v, name_id name, bool *found, struct value *out) {
    *out = value_null();
    *found = false;
    if (value_is_nothing(v)) {
        *found = is_count_name(realm, name);
        if (*found) *out = value_int32(0);
        return STATUS_OK;
    }
    enum status status = get_own(realm, v, name, found, out);
    if (status != STATUS_OK || *found) return status;
    *out = value_null();
    if (convert_is_enumerable(realm, v)) {
        status = get_of_elements(realm, v, name, found, out);
        if (status != STATUS_OK || *found) return status;
        *out = value_null();
        if (!value_is_array_like(value_base(v))) return is_count_name(realm, name) ? count_of_sequence(realm, v, found, out) : STATUS_OK;
    }
    if (is_count_name(realm, name)) { /* every scalar has one of itself */
        *found = true;
        *out = value_int32(1);
    }
    return STATUS_OK;
}

/* --- setting ------------------------------------------------------------------------------------------------------- */

static enum status raise_assignment(struct realm *realm, struct value v, name_id name, bool exists) {
    struct text text = intern_text(realm->names, name);
    struct bytes message = {0};
    const struct type *type = type_of(realm, v);
    if (exists) bytes_add_format(&message, "\"%.*s\" of [%s] can only be read.", TEXT_ARGUMENT(text), type->display);
    else bytes_add_format(&message, "[%s] has no property \"%.*s\" that could be set. Add-Member adds one.", type->display, TEXT_ARGUMENT(text));
    bool custom = is_custom_object(realm, v);
    const char *inner_name = custom ? "RuntimeException" : "System.Management.Automation.SetValueException";
    struct value inner = convert_is_enumerable(realm, v) ? VALUE_UNSET_INIT : exception_new(realm, inner_name, bytes_text(&message), VALUE_UNSET_INIT);
    struct value exception = exception_new(realm, custom ? "System.Management.Automation.SetValueInvocationException" : "RuntimeException",
                                           bytes_text(&message), inner);
    struct value record = error_record_new(realm, exception, custom ? TEXT("ExceptionWhenSetting") : TEXT("PropertyAssignmentException"),
                                           custom ? ERROR_NOT_SPECIFIED : ERROR_INVALID_OPERATION, VALUE_UNSET_INIT);
    value_release(inner);
    value_release(exception);
    bytes_free(&message);
    return realm_raise_record_take(realm, record);
}

static enum status set_dynamic(struct realm *realm, const struct type *type, struct value self, name_id name, struct value item, bool *done) {
    const struct member_entry *any = self.kind == VALUE_NATIVE || self.kind == VALUE_OBJECT ? member_dynamic(realm, type) : NULL;
    *done = false;
    if (!any || !any->method) return STATUS_OK;
    struct value arguments[2] = {string_new(intern_text(realm->names, name)), item}, result = value_null();
    enum status status = any->method->function(realm, type, self, arguments, 2, &result);
    value_release(arguments[0]);
    *done = status == STATUS_OK && value_truth(result);
    return status;
}

static enum status set_type_data(struct realm *realm, struct value v, name_id name, struct value item, bool *done) {
    enum member_kind kind;
    struct value held, nothing;
    *done = false;
    if (type_data_is_empty(realm) || !type_data_find(realm, v, intern_text(realm->names, name), &kind, &held)) return STATUS_OK;
    if (kind == MEMBER_ALIAS) {
        *done = true;
        return member_set(realm, v, intern_name(realm->names, string_text(held)), item);
    }
    struct value setter = kind == MEMBER_SCRIPT ? script_part(held, 1) : value_null();
    if (setter.kind != VALUE_SCRIPT_BLOCK) return STATUS_OK;
    *done = true;
    struct block_call call = {.block = setter, .arguments = &item, .argument_count = 1, .scope = BLOCK_NEW_SCOPE, .this_object = v};
    enum status status = callable_call_collect(realm, &call, &nothing);
    if (status == STATUS_OK) value_release(nothing);
    return status;
}

enum status member_set(struct realm *realm, struct value v, name_id name, struct value item) {
    if (value_is_nothing(v)) {
        struct text text = intern_text(realm->names, name);
        return realm_raise(realm, "RuntimeException", "PropertyNotFound", ERROR_INVALID_OPERATION,
                           "There is no object whose \"%.*s\" could be set: the value is null.", TEXT_ARGUMENT(text));
    }
    struct value base = value_base(v), holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    const struct type *type = type_of(realm, v), *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    bool done = false;
    enum status status = hooks ? hooks->set(realm, class_type, base, name, item, &done) : STATUS_OK;
    if (status != STATUS_OK || done) return status;
    if (holder.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(holder)->shape, name);
        if (slot >= 0) return member_write_slot(realm, v, holder, slot, item);
    }
    if (value_is_table(base)) {
        struct value key = string_new(intern_text(realm->names, name));
        struct value *place = table_find(base, key);
        if (place) value_set(place, value_is_nothing(item) ? value_null() : item);
        else table_put(base, key, value_is_nothing(item) ? value_null() : item);
        value_release(key);
        return STATUS_OK;
    }
    const struct member_entry *entry = member_find(realm, type, name, false);
    if (entry && entry->value && entry->value->setter) return entry->value->setter(realm, base, item);
    if (!entry || !entry->value) {
        status = set_type_data(realm, v, name, item, &done);
        if (status != STATUS_OK || done) return status;
        status = set_dynamic(realm, type, base, name, item, &done);
        if (status != STATUS_OK || done) return status;
    }
    return raise_assignment(realm, v, name, entry && entry->value);
}
