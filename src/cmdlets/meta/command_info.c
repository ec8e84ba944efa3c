#include "command_info_private.h"


const char *command_info_kind(const struct command *command) {
    switch (command->kind) {
    case COMMAND_CMDLET: return "Cmdlet";
    case COMMAND_FUNCTION: return "Function";
    case COMMAND_FILTER: return "Filter";
    case COMMAND_SCRIPT: return "ExternalScript";
    case COMMAND_APPLICATION: return "Application";
    case COMMAND_ALIAS: return "Alias";
    }
    return "";
}

static const char *info_type(const struct command *command) {
    switch (command->kind) {
    case COMMAND_CMDLET: return "System.Management.Automation.CmdletInfo";
    case COMMAND_FUNCTION: return "System.Management.Automation.FunctionInfo";
    case COMMAND_FILTER: return "System.Management.Automation.FilterInfo";
    case COMMAND_SCRIPT: return "System.Management.Automation.ExternalScriptInfo";
    case COMMAND_APPLICATION: return "System.Management.Automation.ApplicationInfo";
    case COMMAND_ALIAS: return "System.Management.Automation.AliasInfo";
    }
    return "System.Object";
}

static bool holds_in(const struct parameter *parameter, uint64_t bit, const struct parameter_set_part **part) {
    for (uint32_t k = 0; k < parameter->part_count; k++) {
        if (!(parameter->parts[k].mask & bit)) continue;
        *part = &parameter->parts[k];
        return true;
    }
    return false;
}

static void add_parameter(struct bytes *out, const struct parameter *parameter, const struct parameter_set_part *part) {
    bool mandatory = part->flags & PARAMETER_MANDATORY, positional = part->position >= 0;
    bytes_add_string(out, mandatory ? " " : " [");
    bytes_add_format(out, positional ? "[-%.*s]" : "-%.*s", TEXT_ARGUMENT(parameter->spelling));
    if (!parameter->is_switch) {
        struct text type = parameter->type ? type_display_name(parameter->type) : TEXT("Object");
        bytes_add_format(out, " <%.*s>", TEXT_ARGUMENT(type));
    }
    if (!mandatory) bytes_add_byte(out, ']');
}

/* Positional ones first, by position; then the others as declared. */
static void add_set(struct bytes *out, const struct signature *signature, struct text name, uint64_t bit) {
    const struct parameter_set_part *part;
    bytes_add_text(out, name);
    for (int position = 0; position < 20; position++) {
        for (uint32_t i = 0; i < signature->common_start; i++) {
            if (holds_in(&signature->parameters[i], bit, &part) && part->position == position) add_parameter(out, &signature->parameters[i], part);
        }
    }
    for (uint32_t i = 0; i < signature->common_start; i++) {
        if ((signature->parameters[i].flags & PARAMETER_HIDDEN) || !holds_in(&signature->parameters[i], bit, &part)) continue;
        if (part->position < 0) add_parameter(out, &signature->parameters[i], part);
    }
    if (signature->flags & CMDLET_SHOULD_PROCESS) bytes_add_string(out, " [-WhatIf] [-Confirm]");
    if (signature->is_advanced) bytes_add_string(out, " [<CommonParameters>]");
}

void command_info_add_syntax(struct invocation *call, struct bytes *out, struct command *command) {
    const struct signature *signature = command_signature(call->realm, command);
    if (!signature) {
        bytes_add_text(out, command->spelling);
        return;
    }
    if (!signature->set_count) add_set(out, signature, command->spelling, ~0ull);
    for (uint32_t i = 0; i < signature->set_count; i++) {
        if (i) bytes_add_string(out, "\n\n");
        add_set(out, signature, command->spelling, 1ull << i);
    }
}

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value definition(struct invocation *call, struct command *command) {
    if (command->kind != COMMAND_SCRIPT && command->block.kind == VALUE_SCRIPT_BLOCK && call->realm->callables)
        return call->realm->callables->text(call->realm->callables->context, call->realm, command->block);
    if (command->path.kind == VALUE_STRING) return value_keep(command->path);
    struct bytes syntax = {0};
    bytes_add_byte(&syntax, '\n');
    command_info_add_syntax(call, &syntax, command);
    bytes_add_byte(&syntax, '\n');
    struct value v = string_from_bytes(&syntax);
    bytes_free(&syntax);
    return v;
}

static struct value module_of(struct invocation *call, struct command *command) {
    struct value out = value_null();
    struct host *host = call->host;
    if (command->block.kind == VALUE_SCRIPT_BLOCK && host->ask_engine && host->ask_engine(host, TEXT("block-module"), &command->block, 1, &out) != STATUS_OK)
        value_release(realm_take_raised(call->realm));
    return out;
}

struct value command_info_new(struct invocation *call, struct command *command) {
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_find(realm, text_of(info_type(command))), 8);
    const struct type *kinds = type_find(realm, TEXT("System.Management.Automation.CommandTypes"));
    struct value kind = string_of(command_info_kind(command)), converted;
    if (kinds && convert_try(realm, kind, kinds, &converted)) value_set_take(&kind, converted);
    put(realm, info, "CommandType", kind);
    put(realm, info, "Name", string_new(command->spelling));
    put(realm, info, "Version", command->kind == COMMAND_CMDLET ? value_version(7, 0, 0, 0) : value_null());
    put(realm, info, "Source", command->kind == COMMAND_CMDLET ? string_of("m365sh") : command->path.kind == VALUE_STRING ? value_keep(command->path)
                               : command->module ? string_new(intern_text(realm->names, command->module)) : string_empty());
    put(realm, info, "ModuleName", command->module ? string_new(intern_text(realm->names, command->module)) : command->row ? string_of("m365sh") : string_empty());
    put(realm, info, "Definition", definition(call, command));
    command_parameters_put(call, info, command);
    put(realm, info, "Module", module_of(call, command));
    put(realm, info, "Visibility", string_of("Public"));
    if (command->block.kind == VALUE_SCRIPT_BLOCK) put(realm, info, "ScriptBlock", value_keep(command->block));
    if (command->kind == COMMAND_SCRIPT && command->block.kind == VALUE_SCRIPT_BLOCK && realm->callables)
        put(realm, info, "ScriptContents", realm->callables->text(realm->callables->context, realm, command->block));
    if (command->path.kind == VALUE_STRING) put(realm, info, "Path", value_keep(command->path));
    return info;
}
