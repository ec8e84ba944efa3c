/* Variables with a type, validators or options, and assignments to them. */
#include "engine_private.h"

#include "m365sh/types/format_text.h"

void variable_attributes_free(void *item) {
    struct variable_attributes *attributes = item;
    for (uint32_t i = 0; i < attributes->validator_count; i++) {
        value_release(attributes->validators[i].argument);
        value_release(attributes->validators[i].message);
    }
    alloc_free(attributes->validators);
    value_release(attributes->description);
    alloc_free(attributes);
}

/* What an attribute set of a chunk says, worked out at first use. */
struct variable_attributes *attributes_resolve(struct engine *engine, struct chunk *chunk, uint32_t set) {
    struct attribute_set_site *site = &chunk->attribute_sets[set];
    if (site->resolved) return site->resolved;
    struct variable_attributes *attributes = ALLOC_NEW(struct variable_attributes);
    bool is_switch;
    /* [int] before [ValidateRange] or behind: the innermost type counts. */
    attributes->type = attribute_type(engine, site->attributes, site->attribute_count, &is_switch);
    attribute_validators(engine, chunk, site->attributes, site->attribute_count, &attributes->validators, &attributes->validator_count);
    site->resolved = attributes;
    chunk_learns(chunk);
    return attributes;
}

struct variable_attributes *variable_attributes(struct engine *engine, struct scope *scope, name_id name, struct value *place) {
    if (place->spare == 0 || place->spare == SLOT_BOXED) return NULL;
    if (place->spare == SLOT_DYNAMIC) return name_table_get(&scope->attributes, name);
    return scope->layout ? attributes_resolve(engine, scope->layout, place->spare - 1u) : NULL;
}

/* Attributes that only this variable has, so that they can be changed. */
struct variable_attributes *variable_own_attributes(struct engine *engine, struct scope *scope, name_id name, struct value *place) {
    struct variable_attributes *own = name_table_get(&scope->attributes, name);
    if (!own) {
        const struct variable_attributes *shared = variable_attributes(engine, scope, name, place);
        own = ALLOC_NEW(struct variable_attributes);
        own->name = name;
        if (shared) own->type = shared->type;
        name_table_put(&scope->attributes, name, own);
    }
    if (place->spare != SLOT_BOXED) place->spare = SLOT_DYNAMIC;
    engine->attributes_used = true;
    return own;
}

enum status variable_refuse(struct engine *engine, name_id name) {
    struct text text = intern_text(engine->realm->names, name);
    struct value target = string_new(text);
    enum status status = realm_raise_target(engine->realm, "System.Management.Automation.SessionStateUnauthorizedAccessException", "VariableNotWritable",
                                            ERROR_WRITE_ERROR, target, "The variable '%.*s' is read-only or constant and cannot be changed.",
                                            TEXT_ARGUMENT(text));
    value_release(target);
    return status;
}

static enum status refuse_conversion(struct engine *engine, name_id name) {
    struct value cause = realm_take_raised(engine->realm);
    struct value message = string_new(error_record_message(cause));
    struct text text = intern_text(engine->realm->names, name);
    struct value inner = value_keep(error_record_get(cause, ERROR_EXCEPTION));
    struct value sentence = string_format("The variable '%.*s' cannot take this value: %s", TEXT_ARGUMENT(text), string_chars(message));
    struct value exception = exception_new(engine->realm, "System.Management.Automation.ArgumentTransformationMetadataException", string_text(sentence), inner);
    struct value record = error_record_new(engine->realm, exception, TEXT("RuntimeException"), ERROR_METADATA_ERROR, value_null());
    value_release(cause);
    value_release(message);
    value_release(inner);
    value_release(sentence);
    value_release(exception);
    return realm_raise_record_take(engine->realm, record);
}

static enum status check_one(struct engine *engine, name_id name, const struct validator *validator, struct value v) {
    struct text text = intern_text(engine->realm->names, name);
    if (bind_validate(engine->realm, validator, 1, v)) return STATUS_OK;
    if (engine->realm->raised.kind != VALUE_UNSET) value_release(realm_take_raised(engine->realm));
    struct value shown = convert_text(engine->realm, v);
    enum status status = realm_raise(engine->realm, "System.Management.Automation.ValidationMetadataException", "ValidateSetFailure", ERROR_METADATA_ERROR,
                                     "'%.60s' is no valid value for the variable '%.*s'.", string_chars(shown), TEXT_ARGUMENT(text));
    value_release(shown);
    return status;
}

/* Converted and validated; owned. */
/* Variables of the global scope convert as parameters do, with an error of their own; those of functions as casts do. */
static enum status check(struct engine *engine, const struct scope *scope, name_id name, const struct variable_attributes *attributes, struct value v, struct value *out) {
    bool as_attribute = scope == &engine->global;
    *out = value_keep(v);
    struct value base = value_base(v);
    if (as_attribute && attributes->type && attributes->type->value_kind == VALUE_BOOL && !attributes->type->element && !value_is_number(base) && base.kind != VALUE_BOOL) {
        value_release(*out);
        realm_raise(engine->realm, "RuntimeException", "RuntimeException", ERROR_METADATA_ERROR, "a bool takes $true, $false and numbers only.");
        return refuse_conversion(engine, name);
    }
    if (attributes->type && (attributes->type->value_kind != v.kind || v.kind > VALUE_STRING || attributes->type->element || (attributes->type->flags & TYPE_ENUM))) {
        struct value converted;
        value_release(*out);
        if (convert_to(engine->realm, v, attributes->type, &converted) != STATUS_OK) return as_attribute ? refuse_conversion(engine, name) : STATUS_ERROR;
        *out = converted;
    }
    for (uint32_t i = 0; i < attributes->validator_count; i++) {
        if (check_one(engine, name, &attributes->validators[i], *out) == STATUS_OK) continue;
        value_release(*out);
        return STATUS_ERROR;
    }
    return STATUS_OK;
}

/* The slow road of every assignment: the place carries a mark. */
enum status variable_store_take(struct engine *engine, struct scope *scope, name_id name, struct value *place, struct value v) {
    uint16_t mark = place->spare;
    v.spare = 0;
    if (v.kind == VALUE_VOID && mark != SLOT_BOXED) v = value_null();
    const struct variable_attributes *attributes = mark == SLOT_BOXED ? name_table_get(&scope->attributes, name) : variable_attributes(engine, scope, name, place);
    enum status status = STATUS_OK;
    if (attributes && (attributes->flags & (VARIABLE_READ_ONLY | VARIABLE_CONSTANT))) {
        value_release(v);
        return variable_refuse(engine, name);
    }
    if (attributes) {
        struct value checked;
        status = check(engine, scope, name, attributes, v, &checked);
        value_release(v);
        if (status != STATUS_OK) return status;
        v = checked;
    }
    if (mark == SLOT_BOXED) {
        value_set_take(reference_place(*place), v);
        return STATUS_OK;
    }
    value_set_take(place, v);
    place->spare = mark;
    return STATUS_OK;
}

/* [int]$x = …: from now on the variable converts. */
enum status variable_set_typed(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct variable_attributes *attributes = attributes_resolve(engine, frame->chunk, i->e);
    name_id name = (name_id)i->d;
    struct scope *scope = scope_numbered(engine, frame->scope, i->c);
    struct value v = operand_take(frame, i->b), checked;
    if (!attributes->type && !attributes->validator_count) {
        bool is_switch;
        const struct attribute_set_site *site = &frame->chunk->attribute_sets[i->e];
        bool names_type = site->attribute_count && site->attributes[0].is_type && !text_equal_fold(site->attributes[0].type_name, TEXT("object"));
        if (names_type && !attribute_type(engine, site->attributes, site->attribute_count, &is_switch)) {
            value_release(v);
            return realm_raise(engine->realm, "RuntimeException", "TypeNotFound", ERROR_INVALID_OPERATION, "The type [%.*s] is not known here.",
                               TEXT_ARGUMENT(site->attributes[0].type_name));
        }
    }
    if (v.kind == VALUE_VOID) v = value_null();
    struct value *place = i->a != REGISTER_NONE ? &frame->registers[i->a] : NULL;
    const struct variable_attributes *old = place && place->kind != VALUE_UNSET ? variable_attributes(engine, scope, name, place) : name_table_get(&scope->attributes, name);
    if (old && (old->flags & (VARIABLE_READ_ONLY | VARIABLE_CONSTANT))) {
        value_release(v);
        return variable_refuse(engine, name);
    }
    enum status status = check(engine, scope, name, attributes, v, &checked);
    value_release(v);
    if (status != STATUS_OK) return status;
    if (place) {
        uint16_t mark = place->spare;
        if (mark == SLOT_BOXED) {
            value_set_take(reference_place(*place), checked);
            return STATUS_OK;
        }
        value_set_take(place, checked);
        place->spare = (uint16_t)(i->e + 1);
        return STATUS_OK;
    }
    place = scope_place(engine, scope, name);
    if (place->spare == SLOT_BOXED) {
        value_set_take(reference_place(*place), checked);
        return STATUS_OK;
    }
    value_set_take(place, checked);
    struct variable_attributes *own = variable_own_attributes(engine, scope, name, place);
    own->type = attributes->type;
    for (uint32_t k = 0; k < attributes->validator_count && !own->validator_count; k++) {
        own->validators = alloc_resize(own->validators, k + 1, sizeof *own->validators);
        own->validators[k] = attributes->validators[k];
        value_keep(own->validators[k].argument);
        value_keep(own->validators[k].message);
        if (k + 1 == attributes->validator_count) own->validator_count = k + 1;
    }
    return STATUS_OK;
}

enum status variable_undefined(struct engine *engine, name_id name) {
    struct text text = intern_text(engine->realm->names, name);
    struct value target = string_new(text);
    enum status status = realm_raise_target(engine->realm, "RuntimeException", "VariableIsUndefined", ERROR_INVALID_OPERATION, target,
                                            "The variable '$%.*s' has not been set. Strict mode makes this an error.", TEXT_ARGUMENT(text));
    value_release(target);
    return status;
}
