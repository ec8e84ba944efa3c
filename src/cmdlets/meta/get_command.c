#include "command_info_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, VERB, NOUN, MODULE, TYPE, TOTAL, SYNTAX, ALL, LIST, PARAMETER, ARGUMENTS };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, NULL, NULL, "command", "Names, wildcards allowed."},
    {"Verb", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Commands with this verb."},
    {"Noun", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Commands with this noun."},
    {"Module", "string[]", -1, 0, "PSSnapin", NULL, NULL, NULL, "Commands of this module."},
    {"CommandType", "string[]", -1, 0, "Type", NULL, NULL, NULL, "Cmdlet, Function, Alias, Application, ExternalScript."},
    {"TotalCount", "int", -1, 0, NULL, NULL, NULL, NULL, "So many at the most."},
    {"Syntax", "switch", -1, 0, NULL, NULL, NULL, NULL, "Only how it is called."},
    {"All", "switch", -1, 0, NULL, NULL, NULL, NULL, "All that bear the name, hidden ones too."},
    {"ListImported", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"ParameterName", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Commands that have this parameter."},
    {"ArgumentList", "object[]", -1, 0, "Args", NULL, NULL, NULL, "Accepted for scripts."},
};

static bool matches_any(struct value list, struct text text) {
    list = value_base(list);
    if (list.kind != VALUE_ARRAY) return true;
    for (uint32_t i = 0; i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), text, true)) return true;
    }
    return false;
}

static bool has_parameter(struct invocation *call, struct command *command) {
    struct value list = value_base(invocation_argument(call, PARAMETER));
    if (list.kind != VALUE_ARRAY) return true;
    const struct signature *signature = command_signature(call->realm, command);
    for (uint32_t i = 0; signature && i < signature->count; i++) {
        if (matches_any(list, signature->parameters[i].spelling)) return true;
    }
    return false;
}

static bool wanted(struct invocation *call, struct command *command) {
    size_t dash = text_find_byte(command->spelling, '-', 0);
    struct text verb = dash == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(command->spelling, 0, dash);
    struct text noun = dash == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(command->spelling, dash + 1, command->spelling.length);
    struct text module = command->module ? intern_text(call->realm->names, command->module) : command->row ? TEXT("m365sh") : TEXT_NONE;
    return matches_any(invocation_argument(call, VERB), verb) && matches_any(invocation_argument(call, NOUN), noun) &&
           matches_any(invocation_argument(call, MODULE), module) && matches_any(invocation_argument(call, TYPE), text_of(command_info_kind(command))) &&
           has_parameter(call, command);
}

static enum status give(struct invocation *call, struct command *command) {
    if (!wanted(call, command)) return STATUS_OK;
    if (invocation_switch(call, SYNTAX)) {
        struct bytes text = {0};
        bytes_add_byte(&text, '\n');
        command_info_add_syntax(call, &text, command);
        bytes_add_byte(&text, '\n');
        struct value v = string_from_bytes(&text);
        bytes_free(&text);
        return invocation_emit_take(call, v);
    }
    return invocation_emit_take(call, command_info_new(call, command));
}

/* An alias is shown as itself, with what it stands for as its definition. */
static enum status give_alias(struct invocation *call, struct text name, struct command *target) {
    if (!matches_any(invocation_argument(call, TYPE), TEXT("Alias"))) return STATUS_OK;
    if (invocation_switch(call, SYNTAX)) return invocation_emit_take(call, string_new(target->spelling));
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_find(realm, TEXT("System.Management.Automation.AliasInfo")), 8);
    const struct type *kinds = type_find(realm, TEXT("System.Management.Automation.CommandTypes"));
    struct value kind = string_of("Alias"), converted;
    if (kinds && convert_try(realm, kind, kinds, &converted)) value_set_take(&kind, converted);
    object_put_take(realm, info, "CommandType", kind);
    struct value resolved = command_info_new(call, target);
    object_put_take(realm, info, "Name", string_new(name));
    object_put_take(realm, info, "Version", value_null());
    object_put_take(realm, info, "Source", string_empty());
    object_put_take(realm, info, "Definition", string_new(target->spelling));
    object_put_take(realm, info, "ResolvedCommand", resolved);
    object_put_take(realm, info, "ReferencedCommand", value_keep(resolved));
    object_put_take(realm, info, "ResolvedCommandName", string_new(target->spelling));
    return invocation_emit_take(call, info);
}

struct walk {
    struct invocation *call;
    struct text pattern;
    int64_t left;
    enum status status;
};

static bool give_function(void *context, struct command *command) {
    struct walk *walk = context;
    if (!wildcard_match(walk->pattern, command->spelling, true)) return true;
    walk->status = give(walk->call, command);
    return walk->status == STATUS_OK && --walk->left;
}

static bool give_row(void *context, const struct cmdlet_row *row) {
    struct walk *walk = context;
    if (!wildcard_match(walk->pattern, text_of(row->name), true)) return true;
    struct host *host = walk->call->host;
    struct command *command = command_table_find(host->commands, intern_name(walk->call->realm->names, text_of(row->name)));
    walk->status = give(walk->call, command);
    return walk->status == STATUS_OK && --walk->left;
}

/* Aliases have no verb, no noun and no module. */
static bool give_alias_named(void *context, struct text alias, struct text target) {
    struct walk *walk = context;
    struct invocation *call = walk->call;
    if (!wildcard_match(walk->pattern, alias, true)) return true;
    struct command *command = call->host->command_find(call->host, target);
    if (!command) {
        value_release(realm_take_raised(call->realm));
        return true;
    }
    walk->status = give_alias(call, alias, command);
    walk->left--;
    command_release(command);
    return walk->status == STATUS_OK && walk->left > 0;
}

static enum status give_matching(struct invocation *call, struct text pattern) {
    struct walk walk = {call, pattern, invocation_integer(call, TOTAL, INT64_MAX), STATUS_OK};
    struct host *host = call->host;
    bool by_parts = invocation_has(call, VERB) || invocation_has(call, NOUN) || invocation_has(call, PARAMETER) || invocation_has(call, MODULE);
    if (host->alias_walk && !by_parts && matches_any(invocation_argument(call, TYPE), TEXT("Alias"))) host->alias_walk(host, give_alias_named, &walk);
    if (walk.status == STATUS_OK && walk.left > 0 && host->function_walk) host->function_walk(host, give_function, &walk);
    if (walk.status == STATUS_OK && walk.left > 0) command_table_walk(host->commands, give_row, &walk);
    return walk.status;
}

static enum status give_named(struct invocation *call, struct text name) {
    if (wildcard_has(name)) return give_matching(call, name);
    struct host *host = call->host;
    struct command *command = host->command_find(host, name);
    if (!command) {
        struct value target = string_new(name);
        enum status status = invocation_error(call, "System.Management.Automation.CommandNotFoundException", "CommandNotFoundException",
                                              ERROR_OBJECT_NOT_FOUND, target, "There is no command %.*s.", TEXT_ARGUMENT(name));
        value_release(target);
        return status;
    }
    struct text leaf = name;
    size_t slash = text_find_last(name, TEXT("/"));
    if (slash != TEXT_NOT_FOUND) leaf = text_slice(name, slash + 1, name.length);
    bool is_alias = !text_equal_fold(command->spelling, leaf) && command->kind != COMMAND_APPLICATION && command->kind != COMMAND_SCRIPT;
    enum status status = is_alias ? give_alias(call, name, command) : give(call, command);
    command_release(command);
    return status;
}

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME));
    if (names.kind != VALUE_ARRAY) return give_matching(call, TEXT("*"));
    for (uint32_t i = 0; i < array_count(names); i++) {
        enum status status = give_named(call, string_text(array_at(names, i)));
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static const struct example_row example_rows[] = {
    {"Get-Command *License*", "Every command about licences."},
    {"Get-Command Get-User -Syntax", "How one command is called."},
};

CMDLET(get_command) = {
    .name = "Get-Command", .aliases = "gcm", .synopsis = "Lists commands.",
    .description = "By name with wildcards, by verb or noun, or by a parameter they have.", PARAMETERS, .process = process, EXAMPLES,
};
