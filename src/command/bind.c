#include "command_private.h"

#include <stdarg.h>
#include "m365sh/base/alloc.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

enum status bind_raise(struct realm *realm, struct command *command, const char *id, enum error_category category,
                       const struct parameter *parameter, const char *format, ...) {
    struct bytes message = {0}, full = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    bytes_add_format(&full, "%s,", id);
    command_add_error_name(&full, command);
    if (full.data[full.length - 1] == ',') bytes_truncate(&full, full.length - 1); /* a script block has no name */
    const char *type = strstr(id, "Transformation") ? "System.Management.Automation.ParameterBindingArgumentTransformationException"
                       : category == ERROR_INVALID_DATA
                           ? "System.Management.Automation.ParameterBindingValidationException"
                           : "System.Management.Automation.ParameterBindingException";
    struct value exception = exception_new(realm, type, bytes_text(&message), VALUE_UNSET_INIT);
    object_put_take(realm, exception, "CommandName", string_new(command->spelling));
    object_put_take(realm, exception, "ParameterName", parameter ? string_new(parameter->spelling) : value_null());
    object_put_take(realm, exception, "ErrorId", string_of(id));
    struct value record = error_record_new(realm, exception, bytes_text(&full), category, value_null());
    error_record_set_activity(realm, record, command->spelling);
    value_release(exception);
    bytes_free(&message);
    bytes_free(&full);
    return realm_raise_record_take(realm, record);
}

static bool is_type(const struct realm *realm, const struct type *type, const char *name) {
    (void)realm;
    return type && strcmp(type->full_name, name) == 0;
}

static enum status refuse_conversion(struct binder *binder, const struct parameter *parameter, struct value v,
                                     const char *why) {
    struct value text = convert_text(binder->realm, v);
    struct text type = parameter->type ? type_display_name(parameter->type) : TEXT("object");
    const char *id = parameter->row ? "CannotConvertArgumentNoMessage" : "ParameterArgumentTransformationError";
    enum status status =
        bind_raise(binder->realm, binder->command, id, parameter->row ? ERROR_INVALID_ARGUMENT : ERROR_INVALID_DATA, parameter,
                   "Parameter '%.*s' takes a value of type %.*s, and '%.60s' cannot be read as one%s%s",
                   TEXT_ARGUMENT(parameter->spelling), TEXT_ARGUMENT(type), string_chars(text), *why ? ": " : ".", why);
    value_release(text);
    return status;
}

/* Booleans and switches take true, false and numbers, never text: `-Force:'false'` must not mean true. */
static bool to_flag(struct value v, bool *out) {
    v = value_base(v);
    if (v.kind == VALUE_BOOL) *out = v.boolean;
    else if (value_is_number(v)) *out = value_truth(v);
    else if (v.kind == VALUE_OBJECT && object_block(v)->shape->count == 1) *out = value_truth(object_block(v)->slots[0]);
    else return false;
    return true;
}

static enum status convert_flag(struct binder *binder, const struct parameter *parameter, struct value v, struct value *out) {
    bool flag;
    if (parameter->is_switch && value_is_nothing(v)) flag = false;
    else if (parameter->is_switch && binder->signature->converts_as_script && value_is_number(v)) /* [switch]0 is none */
        return refuse_conversion(binder, parameter, v, "use $true or $false");
    else if (!to_flag(v, &flag)) return refuse_conversion(binder, parameter, v, "use $true or $false");
    *out = parameter->is_switch ? value_switch(flag) : value_bool(flag);
    return STATUS_OK;
}

static enum status convert_value(struct binder *binder, const struct parameter *parameter, struct value v, struct value *out) {
    struct realm *realm = binder->realm;
    const struct type *type = parameter->type;
    bool nullable = type && type->open && !strcmp(type->open->full_name, "System.Nullable`1");
    bool nullable_flag = nullable && type->element && type->element->value_kind == VALUE_BOOL && !value_is_nothing(v);
    if (parameter->is_switch || nullable_flag || (type && type->value_kind == VALUE_BOOL && !type->element))
        return convert_flag(binder, parameter, v, out);
    if (!type) {
        *out = value_keep(v);
        return STATUS_OK;
    }
    if (value_is_nothing(v) && !(type->flags & TYPE_VALUE) && type->value_kind != VALUE_STRING) {
        *out = value_null();
        return STATUS_OK;
    }
    struct value base = value_base(v);
    bool is_reference = is_type(realm, type, "System.Management.Automation.PSReference");
    if (is_reference && !type_assignable(realm, v, type)) return refuse_conversion(binder, parameter, v, "it is no [ref]");
    bool to_text = type->value_kind == VALUE_STRING || (type->rank == 1 && type->element->value_kind == VALUE_STRING);
    if (to_text && binder->written.length && value_is_number(v)) { /* F 1.50 gives [string]$s "1.50" */
        struct value text = string_new(binder->written);
        enum status status = convert_to(realm, text, type, out);
        value_release(text);
        return status;
    }
    bool is_list = parameter->row ? value_is_array_like(base) : binder->signature->is_advanced && base.kind == VALUE_ARRAY;
    if (is_list && type->value_kind == VALUE_STRING)
        return refuse_conversion(binder, parameter, v, "it is a list");
    if (parameter->row && type->value_kind == VALUE_STRING && value_is_nothing(v)) {
        *out = string_empty();
        return STATUS_OK;
    }
    if (convert_to(realm, v, type, out) == STATUS_OK) return STATUS_OK;
    struct value cause = realm_take_raised(realm);
    struct value why = string_new(error_record_message(cause));
    enum status status = refuse_conversion(binder, parameter, v, string_chars(why));
    value_release(why);
    value_release(cause);
    return status;
}

static enum status refuse_empty(struct binder *binder, const struct parameter *parameter, const char *id, const char *what) {
    return bind_raise(binder->realm, binder->command, id, ERROR_INVALID_DATA, parameter,
                      "Parameter '%.*s' needs a value; it was given %s.", TEXT_ARGUMENT(parameter->spelling), what);
}

/* Mandatory parameters of functions are asked when the value is what it was declared to be: null of a [string] is '', and
 * '' of anything but [string] is a value. */
static enum status check_converted(struct binder *binder, const struct parameter *parameter, uint32_t flags, struct value v) {
    const struct type *type = parameter->type;
    if (parameter->row || !(flags & PARAMETER_MANDATORY)) return STATUS_OK;
    struct value base = value_base(v);
    bool no_null = !(parameter->flags & PARAMETER_ALLOW_NULL), no_empty = !(parameter->flags & PARAMETER_ALLOW_EMPTY);
    if (value_is_nothing(v))
        return no_null ? refuse_empty(binder, parameter, "ParameterArgumentValidationErrorNullNotAllowed", "null") : STATUS_OK;
    if (!type) return STATUS_OK;
    if (base.kind == VALUE_STRING && type->value_kind == VALUE_STRING && string_text(base).length == 0 && no_empty)
        return refuse_empty(binder, parameter, "ParameterArgumentValidationErrorEmptyStringNotAllowed", "an empty text");
    if (!value_is_array_like(base)) return STATUS_OK;
    if (array_count(base) == 0 && !(parameter->flags & PARAMETER_ALLOW_EMPTY_LIST)) {
        const char *id = base.kind == VALUE_ARRAY ? "ParameterArgumentValidationErrorEmptyArrayNotAllowed"
                                                  : "ParameterArgumentValidationErrorEmptyCollectionNotAllowed";
        return refuse_empty(binder, parameter, id, "an empty list");
    }
    bool of_texts = type->element && type->element->value_kind == VALUE_STRING;
    for (uint32_t i = 0; i < array_count(base); i++) {
        struct value item = value_base(array_at(base, i));
        if (value_is_nothing(item) && no_null)
            return refuse_empty(binder, parameter, "ParameterArgumentValidationErrorNullNotAllowed", "a list with null in it");
        if (of_texts && no_empty && item.kind == VALUE_STRING && string_text(item).length == 0)
            return refuse_empty(binder, parameter, "ParameterArgumentValidationErrorEmptyStringNotAllowed",
                                "a list with an empty text in it");
    }
    return STATUS_OK;
}

/* What a cmdlet's row says about null and emptiness, of the value as it was given. */
static enum status check_null(struct binder *binder, const struct parameter *parameter, uint32_t flags, struct value v) {
    if (!parameter->row) return STATUS_OK;
    bool mandatory = flags & PARAMETER_MANDATORY;
    bool no_null = (mandatory && !(parameter->flags & PARAMETER_ALLOW_NULL)) ||
                   (parameter->flags & (PARAMETER_NOT_NULL | PARAMETER_NOT_EMPTY));
    bool no_empty = (mandatory && !(parameter->flags & PARAMETER_ALLOW_EMPTY)) || (parameter->flags & PARAMETER_NOT_EMPTY);
    struct value base = value_base(v);
    const char *id = NULL, *what = "";
    if (no_null && value_is_nothing(v)) id = "ParameterArgumentValidationErrorNullNotAllowed", what = "null";
    else if (!no_empty) return STATUS_OK;
    else if (base.kind == VALUE_STRING && string_text(base).length == 0)
        id = "ParameterArgumentValidationErrorEmptyStringNotAllowed", what = "an empty text";
    else if (value_is_array_like(base) && (parameter->type || base.kind == VALUE_ARRAY)) {
        if (array_count(base) == 0) id = "ParameterArgumentValidationErrorEmptyArrayNotAllowed", what = "an empty list";
        for (uint32_t i = 0; !id && parameter->type && i < array_count(base); i++) {
            struct value item = value_base(array_at(base, i));
            if (value_is_nothing(item) && no_null) id = "ParameterArgumentValidationErrorNullNotAllowed", what = "a list with null in it";
            else if (item.kind == VALUE_STRING && string_text(item).length == 0)
                id = "ParameterArgumentValidationErrorEmptyStringNotAllowed", what = "a list with an empty text in it";
        }
    }
    if (!id) return STATUS_OK;
    return refuse_empty(binder, parameter, id, what);
}

const struct parameter_set_part *bind_part(const struct binder *binder, uint32_t index) {
    const struct parameter *parameter = &binder->signature->parameters[index];
    const struct parameter_set_part *found = NULL;
    for (uint32_t i = 0; i < parameter->part_count; i++) {
        const struct parameter_set_part *part = &parameter->parts[i];
        if (!(part->mask & binder->binding->sets)) continue;
        /* Where several sets are still possible, the default one speaks. */
        if (!found || (binder->signature->default_set && part->set == binder->signature->default_set)) found = part;
    }
    return found;
}

/* A block given to a parameter that takes pipeline input is run for each item (delay-bind), unless blocks are what the
 * parameter wants. */
static bool is_delayed(const struct binder *binder, const struct parameter *parameter, struct value v) {
    static const char *const takes_blocks[] = {
        "System.Management.Automation.ScriptBlock", "System.Management.Automation.ScriptBlock[]", "System.Object[]",
        "System.Object", "System.Management.Automation.PSObject", "System.Management.Automation.PSObject[]",
    };
    if (v.kind != VALUE_SCRIPT_BLOCK || !parameter->type) return false;
    for (size_t i = 0; i < sizeof takes_blocks / sizeof *takes_blocks; i++) {
        if (is_type(binder->realm, parameter->type, takes_blocks[i])) return false;
    }
    for (uint32_t i = 0; i < parameter->part_count; i++) {
        if (parameter->parts[i].flags & (PARAMETER_PIPELINE | PARAMETER_BY_NAME)) return true;
    }
    return false;
}


/* "Without conversion" still lets one value stand for a list of it, as PowerShell's binder does. */
static bool fits_as_it_is(struct realm *realm, const struct type *type, struct value v) {
    if (!type || type_assignable(realm, v, type)) return true;
    if (type->value_kind != VALUE_ARRAY || !type->element) return false;
    struct value base = value_base(v);
    if (!value_is_array_like(base)) return type_assignable(realm, v, type->element);
    for (uint32_t i = 0; i < array_count(base); i++) {
        if (!type_assignable(realm, array_at(base, i), type->element)) return false;
    }
    return true;
}

/* [ValidateNotNullOrEmpty()] of a script function speaks before the check of mandatory parameters does. */
static bool has_validator(const struct parameter *parameter, enum validator_kind kind) {
    for (uint32_t i = 0; i < parameter->validator_count; i++) {
        if (parameter->validators[i].kind == kind) return true;
    }
    return false;
}

enum status bind_store(struct binder *binder, uint32_t index, struct value v, enum bound_how how, bool coerce, bool *bound) {
    struct binding *binding = binder->binding;
    const struct parameter *parameter = &binder->signature->parameters[index];
    *bound = false;
    if (how == BOUND_EXPLICIT && is_delayed(binder, parameter, v)) {
        if (!binder->has_input)
            return bind_raise(binder->realm, binder->command, "ScriptBlockArgumentNoInput", ERROR_METADATA_ERROR, parameter,
                              "The block for '%.*s' would run for each item of a pipeline, and there is none.",
                              TEXT_ARGUMENT(parameter->spelling));
        value_set(&binding->private_part->blocks[index], v);
        binding->private_part->any_delayed = true;
    } else {
        if (!coerce && !fits_as_it_is(binder->realm, parameter->type, v)) return STATUS_OK;
        const struct parameter_set_part *part = bind_part(binder, index);
        if (!part) part = &parameter->parts[0];
        struct value converted;
        enum status status = check_null(binder, parameter, part->flags, v);
        if (status == STATUS_OK) status = convert_value(binder, parameter, v, &converted);
        if (status != STATUS_OK) return status;
        struct validation what = {binder->command, parameter};
        if (!has_validator(parameter, VALIDATE_NOT_EMPTY)) status = check_converted(binder, parameter, part->flags, converted);
        if (status == STATUS_OK) status = validate_value(binder->realm, &what, parameter->validators, parameter->validator_count, converted);
        if (status != STATUS_OK) {
            value_release(converted);
            return status;
        }
        value_set_take(&binding->values[index], converted);
    }
    binding->how[index] = (uint8_t)how;
    binding->turn[index] = ++binding->turns;
    binding->sets &= parameter->mask;
    *bound = true;
    return STATUS_OK;
}

static void binding_start(struct binding *binding, const struct signature *signature) {
    *binding = (struct binding){.signature = signature, .sets = ~0ull};
    binding->values = ALLOC_ARRAY(struct value, signature->count ? signature->count : 1);
    binding->how = ALLOC_ARRAY(uint8_t, signature->count ? signature->count : 1);
    binding->turn = ALLOC_ARRAY(uint32_t, signature->count ? signature->count : 1);
    binding->private_part = ALLOC_NEW(struct binding_private);
    binding->private_part->blocks = ALLOC_ARRAY(struct value, signature->count ? signature->count : 1);
}

void binding_free(struct binding *binding) {
    if (!binding->signature) return;
    for (uint32_t i = 0; i < binding->signature->count; i++) {
        value_release(binding->values[i]);
        value_release(binding->private_part->blocks[i]);
    }
    value_release(binding->rest);
    alloc_free(binding->values);
    alloc_free(binding->how);
    alloc_free(binding->turn);
    alloc_free(binding->private_part->blocks);
    alloc_free(binding->private_part);
    *binding = (struct binding){0};
}

static void note_inputs(struct binder *binder) {
    struct binding *binding = binder->binding;
    for (uint32_t i = 0; i < binder->signature->count; i++) {
        const struct parameter *parameter = &binder->signature->parameters[i];
        if (binding->how[i] == BOUND_EXPLICIT && binding->private_part->blocks[i].kind == VALUE_UNSET) continue;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            if (!(parameter->parts[k].mask & binding->sets)) continue;
            if (parameter->parts[k].flags & (PARAMETER_PIPELINE | PARAMETER_BY_NAME)) binding->private_part->any_input = true;
        }
    }
    binding->expects_input = binder->has_input && binding->private_part->any_input;
    binding->private_part->command_line_sets = binding->sets;
}

static void push_joined(struct binder *binder, const struct argument *argument) {
    struct value text = convert_text(binder->realm, argument->value);
    array_push_take(binder->binding->rest, string_format("-%.*s:%.*s", TEXT_ARGUMENT(argument->name), TEXT_ARGUMENT(string_text(text))));
    value_release(text);
}

/* What looked like a parameter keeps a mark, so that @args passes it on as one. A typographic dash stays (is_bare). */
static void push_name(struct binder *binder, const struct argument *argument) {
    struct value v = string_format("%s%.*s%s", argument->is_bare ? "\xe2\x80\x93" : "-", TEXT_ARGUMENT(argument->name),
                                   argument->kind == ARGUMENT_NAME_VALUE ? ":" : "");
    if (binder->command->kind != COMMAND_APPLICATION) v.small = 1;
    array_push_take(binder->binding->rest, v);
}

/* A program gets words as they were written (2.50, a,b), and its stage expands wildcards in those that were not quoted: the
 * mark for that travels with the value. */
static void push_rest(struct binder *binder, const struct argument *argument) {
    bool is_word = argument->is_bare && binder->command->kind == COMMAND_APPLICATION;
    struct value v = is_word && argument->name.length ? string_new(argument->name) : value_keep(argument->value);
    if (is_word && v.kind == VALUE_STRING) v.small = 1;
    array_push_take(binder->binding->rest, v);
}

/* What nobody bound: $args of a simple function, an error for everybody else. */
static enum status bind_rest(struct binder *binder, const struct argument *arguments, uint32_t count, const uint8_t *used) {
    for (uint32_t i = 0; i < count; i++) {
        const struct argument *argument = &arguments[i];
        if (used[i]) continue;
        if (!binder->signature->takes_rest) {
            uint64_t possible = binder->binding->sets & ((1ull << binder->signature->set_count) - 1);
            if ((possible & (possible - 1)) && !binder->signature->default_set) return bind_ambiguous(binder);
            struct value text = argument->kind == ARGUMENT_VALUE ? convert_text(binder->realm, argument->value) : string_new(argument->name);
            enum status status = bind_raise(binder->realm, binder->command, "PositionalParameterNotFound", ERROR_INVALID_ARGUMENT, NULL,
                                            "%.*s has no parameter left that takes '%.80s' by its position. Name the parameter, or look at Get-Help %.*s.",
                                            TEXT_ARGUMENT(binder->command->spelling), string_chars(text),
                                            TEXT_ARGUMENT(binder->command->spelling));
            value_release(text);
            return status;
        }
        if (binder->binding->rest.kind == VALUE_UNSET) binder->binding->rest = array_new(binder->realm, NULL, count - i);
        if (binder->command->kind == COMMAND_APPLICATION && argument->kind == ARGUMENT_NAME_VALUE && !argument->from_splat) {
            push_joined(binder, argument); /* a program gets -name:value as the one word it is */
            continue;
        }
        if (argument->kind != ARGUMENT_VALUE) push_name(binder, argument);
        if (argument->kind != ARGUMENT_NAME) push_rest(binder, argument);
    }
    return STATUS_OK;
}

enum status bind_arguments(struct realm *realm, struct host *host, struct command *command, const struct argument *arguments,
                           uint32_t count, bool has_input, struct binding *out) {
    struct binder binder = {realm, host, command, command_signature(realm, command), out, has_input, TEXT_NONE};
    if (binder.signature->conflict)
        return realm_raise(realm, "System.Management.Automation.MetadataException", binder.signature->conflict, ERROR_METADATA_ERROR,
                           "%.*s declares the parameter name '%.*s' twice; aliases and the common parameters count.",
                           TEXT_ARGUMENT(command->spelling), TEXT_ARGUMENT(intern_text(realm->names, binder.signature->conflict_name)));
    binding_start(out, binder.signature);
    uint8_t *used = ALLOC_ARRAY(uint8_t, count ? count : 1);
    enum status status = bind_named(&binder, arguments, count, used);
    if (status == STATUS_OK && binder.signature->set_count && !(out->sets & ((1ull << binder.signature->set_count) - 1))) status = bind_ambiguous(&binder);
    if (status == STATUS_OK) status = bind_positions(&binder, arguments, count, used);
    if (status == STATUS_OK) status = bind_defaults(&binder);
    if (status == STATUS_OK) status = bind_rest(&binder, arguments, count, used);
    if (status == STATUS_OK) note_inputs(&binder);
    if (status == STATUS_OK) status = bind_choose_set(&binder, !out->expects_input);
    alloc_free(used);
    if (status != STATUS_OK) binding_free(out);
    return status;
}
