/* What a command takes, as the object of Get-Command shows it: parameters with their attributes, parameter sets. */
#include "command_info_private.h"

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value named_object(struct realm *realm, const char *type) {
    return object_new(realm, type_find(realm, text_of(type)), 8);
}

static struct value type_value(struct realm *realm, const struct parameter *parameter) {
    const struct type *type = parameter->is_switch ? type_find(realm, TEXT("switch"))
                              : parameter->type    ? parameter->type
                                                   : type_find(realm, TEXT("object"));
    return type ? value_type(type) : value_null();
}

static struct value part_set_name(const struct parameter_set_part *part) {
    return part->set ? string_new(part->spelling) : string_of("__AllParameterSets");
}

/* As the first parameter of the set spells it. */
static struct value set_name(struct realm *realm, const struct signature *signature, name_id set) {
    for (uint32_t i = 0; set && i < signature->count; i++) {
        for (uint32_t k = 0; k < signature->parameters[i].part_count; k++) {
            if (signature->parameters[i].parts[k].set == set) return part_set_name(&signature->parameters[i].parts[k]);
        }
    }
    return set ? string_new(intern_text(realm->names, set)) : string_of("__AllParameterSets");
}

static struct value alias_list(struct realm *realm, const struct parameter *parameter) {
    struct value list = list_new(realm, NULL, parameter->alias_count);
    for (uint32_t i = 0; i < parameter->alias_count; i++)
        array_push_take(list, string_new(intern_text(realm->names, parameter->aliases[i])));
    return list;
}

static void put_flags(struct realm *realm, struct value object, const struct parameter_set_part *part) {
    put(realm, object, "ValueFromPipeline", value_bool(part->flags & PARAMETER_PIPELINE));
    put(realm, object, "ValueFromPipelineByPropertyName", value_bool(part->flags & PARAMETER_BY_NAME));
    put(realm, object, "ValueFromRemainingArguments", value_bool(part->flags & PARAMETER_REMAINING));
    put(realm, object, "Position", value_int32(part->position < 0 ? INT32_MIN : part->position));
    put(realm, object, "HelpMessage", part->help_message.kind == VALUE_STRING ? value_keep(part->help_message) : value_null());
}

static struct value parameter_attribute(struct realm *realm, const struct parameter *parameter, const struct parameter_set_part *part) {
    struct value attribute = named_object(realm, "System.Management.Automation.ParameterAttribute");
    put(realm, attribute, "ParameterSetName", part_set_name(part));
    put(realm, attribute, "Mandatory", value_bool(part->flags & PARAMETER_MANDATORY));
    put_flags(realm, attribute, part);
    put(realm, attribute, "DontShow", value_bool(parameter->flags & PARAMETER_HIDDEN));
    return attribute;
}

/* The two bounds of a range, a count or a length under the attribute's own names. */
static void put_bounds(struct realm *realm, struct value attribute, struct value bounds, const char *low, const char *high) {
    if (!value_is_array_like(bounds) || array_count(bounds) < 2) return;
    put(realm, attribute, low, value_keep(array_at(bounds, 0)));
    put(realm, attribute, high, value_keep(array_at(bounds, 1)));
}

static struct value validator_attribute(struct realm *realm, const struct validator *validator) {
    static const char *const types[] = {
        [VALIDATE_SET] = "ValidateSetAttribute", [VALIDATE_RANGE] = "ValidateRangeAttribute",
        [VALIDATE_PATTERN] = "ValidatePatternAttribute", [VALIDATE_SCRIPT] = "ValidateScriptAttribute",
        [VALIDATE_COUNT] = "ValidateCountAttribute", [VALIDATE_LENGTH] = "ValidateLengthAttribute",
        [VALIDATE_NOT_NULL] = "ValidateNotNullAttribute", [VALIDATE_NOT_EMPTY] = "ValidateNotNullOrEmptyAttribute",
        [VALIDATE_NOT_BLANK] = "ValidateNotNullOrWhiteSpaceAttribute", [VALIDATE_DRIVE] = "ValidateDriveAttribute",
    };
    struct value name = string_format("System.Management.Automation.%s", types[validator->kind]);
    struct value attribute = named_object(realm, string_chars(name)), argument = validator->argument;
    value_release(name);
    switch (validator->kind) {
    case VALIDATE_SET:
        put(realm, attribute, "ValidValues", value_keep(argument));
        put(realm, attribute, "IgnoreCase", value_bool(!validator->keep_case));
        break;
    case VALIDATE_RANGE:
        put_bounds(realm, attribute, argument, "MinRange", "MaxRange");
        if (!value_is_array_like(argument)) put(realm, attribute, "RangeKind", value_keep(argument));
        break;
    case VALIDATE_PATTERN: put(realm, attribute, "RegexPattern", value_keep(argument)); break;
    case VALIDATE_SCRIPT: put(realm, attribute, "ScriptBlock", value_keep(argument)); break;
    case VALIDATE_COUNT: put_bounds(realm, attribute, argument, "MinLength", "MaxLength"); break;
    case VALIDATE_LENGTH: put_bounds(realm, attribute, argument, "MinLength", "MaxLength"); break;
    default: break;
    }
    if (validator->message.kind == VALUE_STRING) put(realm, attribute, "ErrorMessage", value_keep(validator->message));
    return attribute;
}

static struct value attributes_of(struct realm *realm, const struct parameter *parameter) {
    struct value list = list_new(realm, NULL, 4);
    for (uint32_t i = 0; i < parameter->validator_count; i++)
        array_push_take(list, validator_attribute(realm, &parameter->validators[i]));
    if (parameter->alias_count) {
        struct value alias = named_object(realm, "System.Management.Automation.AliasAttribute");
        put(realm, alias, "AliasNames", alias_list(realm, parameter));
        array_push_take(list, alias);
    }
    for (uint32_t i = 0; i < parameter->part_count; i++)
        array_push_take(list, parameter_attribute(realm, parameter, &parameter->parts[i]));
    return list;
}

/* Of one parameter: for each set that names it, what holds there. */
static struct value sets_of(struct realm *realm, const struct parameter *parameter) {
    struct value table = table_new(realm, TABLE_ORDERED, true, NULL);
    for (uint32_t i = 0; i < parameter->part_count; i++) {
        const struct parameter_set_part *part = &parameter->parts[i];
        struct value key = part_set_name(part), entry = named_object(realm, "System.Management.Automation.ParameterSetMetadata");
        put(realm, entry, "IsMandatory", value_bool(part->flags & PARAMETER_MANDATORY));
        put_flags(realm, entry, part);
        table_put(table, key, entry);
        value_release(key);
        value_release(entry);
    }
    return table;
}

static struct value parameters_table(struct realm *realm, const struct signature *signature) {
    struct value table = table_new(realm, TABLE_ORDERED, true, type_find(realm, TEXT("System.Collections.Generic.Dictionary[string,object]")));
    for (uint32_t i = 0; signature && i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        struct value key = string_new(parameter->spelling), info = named_object(realm, "System.Management.Automation.ParameterMetadata");
        put(realm, info, "Name", value_keep(key));
        put(realm, info, "ParameterType", type_value(realm, parameter));
        put(realm, info, "ParameterSets", sets_of(realm, parameter));
        put(realm, info, "IsDynamic", value_bool(false));
        put(realm, info, "Aliases", alias_list(realm, parameter));
        put(realm, info, "Attributes", attributes_of(realm, parameter));
        put(realm, info, "SwitchParameter", value_bool(parameter->is_switch));
        table_put(table, key, info);
        value_release(key);
        value_release(info);
    }
    return table;
}

static struct value set_parameter(struct realm *realm, const struct parameter *parameter, const struct parameter_set_part *part) {
    struct value info = named_object(realm, "System.Management.Automation.CommandParameterInfo");
    put(realm, info, "Name", string_new(parameter->spelling));
    put(realm, info, "ParameterType", type_value(realm, parameter));
    put(realm, info, "IsMandatory", value_bool(part->flags & PARAMETER_MANDATORY));
    put(realm, info, "IsDynamic", value_bool(false));
    put_flags(realm, info, part);
    put(realm, info, "Aliases", alias_list(realm, parameter));
    put(realm, info, "Attributes", attributes_of(realm, parameter));
    return info;
}

static struct value set_info(struct realm *realm, const struct signature *signature, name_id set, uint64_t bit) {
    struct value info = named_object(realm, "System.Management.Automation.CommandParameterSetInfo"), list = list_new(realm, NULL, 8);
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            if (!(parameter->parts[k].mask & bit)) continue;
            array_push_take(list, set_parameter(realm, parameter, &parameter->parts[k]));
            break;
        }
    }
    put(realm, info, "Name", set_name(realm, signature, set));
    put(realm, info, "IsDefault", value_bool(set && set == signature->default_set));
    put(realm, info, "Parameters", list);
    return info;
}

static struct value sets_list(struct realm *realm, const struct signature *signature) {
    struct value list = list_new(realm, NULL, 2);
    if (signature && !signature->set_count) array_push_take(list, set_info(realm, signature, 0, ~0ull));
    for (uint32_t i = 0; signature && i < signature->set_count; i++)
        array_push_take(list, set_info(realm, signature, signature->sets[i], 1ull << i));
    return list;
}

/* [OutputType(…)]: a PSTypeName for each. */
static struct value output_types(struct realm *realm, const struct signature *signature) {
    struct value list = list_new(realm, NULL, 1);
    uint32_t count = signature && signature->output_types.kind == VALUE_ARRAY ? array_count(signature->output_types) : 0;
    for (uint32_t i = 0; i < count; i++) {
        struct value given = array_at(signature->output_types, i), name = convert_text(realm, given);
        const struct type *type = type_find(realm, string_text(name));
        struct value object = named_object(realm, "System.Management.Automation.PSTypeName");
        put(realm, object, "Name", type ? string_of(type->full_name) : value_keep(name));
        put(realm, object, "Type", type ? value_type(type) : value_null());
        array_push_take(list, object);
        value_release(name);
    }
    return list;
}

void command_parameters_put(struct invocation *call, struct value info, struct command *command) {
    struct realm *realm = call->realm;
    const struct signature *signature = command->kind == COMMAND_APPLICATION ? NULL : command_signature(realm, command);
    put(realm, info, "Parameters", parameters_table(realm, signature));
    put(realm, info, "ParameterSets", sets_list(realm, signature));
    put(realm, info, "OutputType", output_types(realm, signature));
    put(realm, info, "DefaultParameterSet", signature && signature->default_set ? set_name(realm, signature, signature->default_set) : value_null());
    if (command->kind != COMMAND_CMDLET) put(realm, info, "CmdletBinding", value_bool(signature && signature->is_advanced));
}
