/* From a chunk's param block to a signature: types, parameter sets, validators. */
#include "engine_private.h"

static bool is_named(struct text name, const char *attribute) {
    size_t length = strlen(attribute);
    size_t dot = text_find_last(name, TEXT("."));
    if (dot != TEXT_NOT_FOUND) name = text_slice(name, dot + 1, name.length);
    if (name.length == length + 9 && text_ends_fold(name, TEXT("Attribute"))) name.length -= 9;
    return text_equal_fold(name, text_of(attribute));
}

struct value attribute_value(struct engine *engine, struct chunk *chunk, const struct attribute_argument *argument) {
    if (argument->block >= 0) return block_new(engine, chunk->nested[argument->block], scope_current(engine)->module);
    if (argument->type_name.length) {
        const struct type *type = type_resolve(engine, argument->type_name);
        return type ? value_type(type) : value_null();
    }
    return value_keep(argument->value);
}

const struct type *attribute_type(struct engine *engine, const struct attribute_site *sites, uint32_t count, bool *is_switch) {
    *is_switch = false;
    for (uint32_t i = count; i-- > 0;) {
        if (!sites[i].is_type) continue;
        struct text name = sites[i].type_name;
        if (is_named(name, "switch") || is_named(name, "SwitchParameter")) *is_switch = true;
        if (is_named(name, "object") && !*is_switch) return NULL;
        return type_resolve(engine, name);
    }
    return NULL;
}

static const struct { const char *name; enum validator_kind kind; } validators[] = {
    {"ValidateSet", VALIDATE_SET}, {"ValidateRange", VALIDATE_RANGE}, {"ValidatePattern", VALIDATE_PATTERN},
    {"ValidateScript", VALIDATE_SCRIPT}, {"ValidateCount", VALIDATE_COUNT}, {"ValidateLength", VALIDATE_LENGTH},
    {"ValidateNotNull", VALIDATE_NOT_NULL}, {"ValidateNotNullOrEmpty", VALIDATE_NOT_EMPTY},
    {"ValidateNotNullOrWhiteSpace", VALIDATE_NOT_BLANK}, {"ValidateDrive", VALIDATE_DRIVE},
};

static struct value validator_argument(struct engine *engine, struct chunk *chunk, const struct attribute_site *site, enum validator_kind kind) {
    uint32_t count = 0;
    while (count < site->argument_count && !site->arguments[count].name.length) count++;
    bool single = kind == VALIDATE_PATTERN || kind == VALIDATE_SCRIPT || (kind == VALIDATE_RANGE && count == 1);
    if (single) return count ? attribute_value(engine, chunk, &site->arguments[0]) : value_null();
    struct value array = array_new(engine->realm, NULL, count);
    for (uint32_t i = 0; i < count; i++) array_push_take(array, attribute_value(engine, chunk, &site->arguments[i]));
    return array;
}

static void add_validator(struct engine *engine, struct chunk *chunk, const struct attribute_site *site, enum validator_kind kind,
                          struct validator *out) {
    *out = (struct validator){.kind = kind, .argument = validator_argument(engine, chunk, site, kind)};
    for (uint32_t i = 0; i < site->argument_count; i++) {
        const struct attribute_argument *argument = &site->arguments[i];
        if (text_equal_fold(argument->name, TEXT("ErrorMessage"))) out->message = attribute_value(engine, chunk, argument);
        if (text_equal_fold(argument->name, TEXT("IgnoreCase"))) out->keep_case = !value_truth(argument->value);
        if (text_equal_fold(argument->name, TEXT("Options")) && kind == VALIDATE_PATTERN) {
            struct value text = convert_text(engine->realm, argument->value);
            out->keep_case = text_find_fold(string_text(text), TEXT("IgnoreCase"), 0) == TEXT_NOT_FOUND;
            value_release(text);
        }
    }
}

void attribute_validators(struct engine *engine, struct chunk *chunk, const struct attribute_site *sites, uint32_t count,
                          struct validator **out, uint32_t *out_count) {
    *out = NULL;
    *out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (size_t k = 0; !sites[i].is_type && k < sizeof validators / sizeof *validators; k++) {
            if (!is_named(sites[i].type_name, validators[k].name)) continue;
            *out = alloc_resize(*out, *out_count + 1, sizeof **out);
            add_validator(engine, chunk, &sites[i], validators[k].kind, &(*out)[(*out_count)++]);
        }
    }
}

static void read_part(struct engine *engine, const struct attribute_site *site, struct parameter *parameter) {
    parameter->parts = alloc_resize(parameter->parts, parameter->part_count + 1, sizeof *parameter->parts);
    struct parameter_set_part *part = &parameter->parts[parameter->part_count++];
    *part = (struct parameter_set_part){.position = -1};
    static const struct { const char *name; uint32_t flag; } flags[] = {
        {"Mandatory", PARAMETER_MANDATORY}, {"ValueFromPipeline", PARAMETER_PIPELINE},
        {"ValueFromPipelineByPropertyName", PARAMETER_BY_NAME}, {"ValueFromRemainingArguments", PARAMETER_REMAINING},
    };
    for (uint32_t i = 0; i < site->argument_count; i++) {
        const struct attribute_argument *argument = &site->arguments[i];
        for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) {
            if (text_equal_fold(argument->name, text_of(flags[k].name)) && value_truth(argument->value)) part->flags |= flags[k].flag;
        }
        if (text_equal_fold(argument->name, TEXT("Position")) && value_is_integer(argument->value)) part->position = (int)argument->value.integer;
        if (text_equal_fold(argument->name, TEXT("ParameterSetName")) && argument->value.kind == VALUE_STRING &&
            !text_equal_fold(string_text(argument->value), TEXT("__AllParameterSets"))) {
            part->set = intern_name(engine->realm->names, string_text(argument->value));
            part->spelling = string_text(argument->value);
        }
        if (text_equal_fold(argument->name, TEXT("HelpMessage"))) value_set(&part->help_message, argument->value);
        if (text_equal_fold(argument->name, TEXT("DontShow")) && value_truth(argument->value)) parameter->flags |= PARAMETER_HIDDEN;
    }
}

static void read_alias(struct engine *engine, const struct attribute_site *site, struct parameter *parameter) {
    for (uint32_t i = 0; i < site->argument_count; i++) {
        if (site->arguments[i].value.kind != VALUE_STRING) continue;
        parameter->aliases = alloc_resize(parameter->aliases, parameter->alias_count + 1, sizeof *parameter->aliases);
        parameter->aliases[parameter->alias_count++] = intern_name(engine->realm->names, string_text(site->arguments[i].value));
    }
}

static void read_parameter(struct engine *engine, struct chunk *chunk, const struct parameter_site *site, struct parameter *parameter) {
    parameter->name = site->name;
    parameter->spelling = site->spelling;
    parameter->has_default = site->has_default;
    parameter->type = attribute_type(engine, site->attributes, site->attribute_count, &parameter->is_switch);
    for (uint32_t i = 0; i < site->attribute_count; i++) {
        const struct attribute_site *attribute = &site->attributes[i];
        if (attribute->is_type) continue;
        struct text name = attribute->type_name;
        if (is_named(name, "Parameter")) read_part(engine, attribute, parameter);
        else if (is_named(name, "Alias")) read_alias(engine, attribute, parameter);
        else if (is_named(name, "AllowNull")) parameter->flags |= PARAMETER_ALLOW_NULL;
        else if (is_named(name, "AllowEmptyString")) parameter->flags |= PARAMETER_ALLOW_EMPTY;
        else if (is_named(name, "AllowEmptyCollection")) parameter->flags |= PARAMETER_ALLOW_EMPTY_LIST;
        else if (is_named(name, "ArgumentCompleter") && attribute->argument_count)
            parameter->completer = attribute_value(engine, chunk, &attribute->arguments[0]);
    }
    attribute_validators(engine, chunk, site->attributes, site->attribute_count, &parameter->validators, &parameter->validator_count);
    if (parameter->part_count) return;
    parameter->parts = ALLOC_ARRAY(struct parameter_set_part, 1);
    parameter->parts[0].position = -1;
    parameter->part_count = 1;
}

static void read_binding(struct engine *engine, const struct attribute_site *site, struct signature *signature) {
    for (uint32_t i = 0; i < site->argument_count; i++) {
        const struct attribute_argument *argument = &site->arguments[i];
        bool truth = value_truth(argument->value);
        if (text_equal_fold(argument->name, TEXT("SupportsShouldProcess")) && truth) signature->flags |= CMDLET_SHOULD_PROCESS;
        if (text_equal_fold(argument->name, TEXT("PositionalBinding")) && !truth) signature->positional_binding = false;
        if (argument->value.kind != VALUE_STRING) continue;
        struct text text = string_text(argument->value);
        if (text_equal_fold(argument->name, TEXT("DefaultParameterSetName"))) signature->default_set = intern_name(engine->realm->names, text);
        if (text_equal_fold(argument->name, TEXT("ConfirmImpact")) && text_equal_fold(text, TEXT("High"))) signature->flags |= CMDLET_IMPACT_HIGH;
        if (text_equal_fold(argument->name, TEXT("ConfirmImpact")) && text_equal_fold(text, TEXT("Low"))) signature->flags |= CMDLET_IMPACT_LOW;
    }
}

static void read_output(struct engine *engine, struct chunk *chunk, const struct attribute_site *site, struct signature *signature) {
    if (signature->output_types.kind == VALUE_UNSET) signature->output_types = array_new(engine->realm, NULL, site->argument_count);
    for (uint32_t i = 0; i < site->argument_count; i++) {
        if (!site->arguments[i].name.length) array_push_take(signature->output_types, attribute_value(engine, chunk, &site->arguments[i]));
    }
}

struct signature *function_signature(struct engine *engine, struct chunk *chunk) {
    struct signature *signature = ALLOC_NEW(struct signature);
    signature->positional_binding = true;
    signature->converts_as_script = true;
    signature->is_advanced = chunk->flags & CHUNK_CMDLET_BINDING;
    signature->takes_rest = !signature->is_advanced;
    signature->count = chunk->parameter_count;
    signature->parameters = ALLOC_ARRAY(struct parameter, chunk->parameter_count + 1);
    for (uint32_t i = 0; i < chunk->parameter_count; i++) read_parameter(engine, chunk, &chunk->parameters[i], &signature->parameters[i]);
    for (uint32_t i = 0; i < chunk->attribute_count; i++) {
        if (is_named(chunk->attributes[i].type_name, "CmdletBinding")) read_binding(engine, &chunk->attributes[i], signature);
        if (is_named(chunk->attributes[i].type_name, "OutputType")) read_output(engine, chunk, &chunk->attributes[i], signature);
    }
    signature_finish(engine->realm, signature);
    return signature;
}
