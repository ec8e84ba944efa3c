#include "help_object_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, EXAMPLES_ONLY, DETAILED, FULL, PARAMETER, ONLINE, CATEGORY };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string", 0, PARAMETER_BY_NAME, NULL, NULL, NULL, "command", "The command to explain; wildcards list names."},
    {"Examples", "switch", -1, 0, NULL, NULL, NULL, NULL, "Only the examples."},
    {"Detailed", "switch", -1, 0, NULL, NULL, NULL, NULL, "Parameters and examples as well."},
    {"Full", "switch", -1, 0, NULL, NULL, NULL, NULL, "Everything."},
    {"Parameter", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only these parameters."},
    {"Online", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Category", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

static void add_parameters(struct invocation *call, struct bytes *out, const struct signature *signature) {
    struct value only = value_base(invocation_argument(call, PARAMETER));
    for (uint32_t i = 0; signature && i < signature->common_start; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        bool wanted = only.kind != VALUE_ARRAY;
        for (uint32_t k = 0; !wanted && k < array_count(only); k++) wanted = wildcard_match(string_text(array_at(only, k)), parameter->spelling, true);
        if (!wanted || (parameter->flags & PARAMETER_HIDDEN)) continue;
        struct text type = parameter->is_switch ? TEXT("switch") : parameter->type ? type_display_name(parameter->type) : TEXT("object");
        bytes_add_format(out, "    -%.*s <%.*s>%s\n", TEXT_ARGUMENT(parameter->spelling), TEXT_ARGUMENT(type),
                         parameter->parts[0].flags & PARAMETER_MANDATORY ? "  (needed)" : "");
        if (parameter->row) {
            help_add_wrapped(out, text_of(parameter->row->help), 8);
        }
    }
}

static void add_examples(struct bytes *out, const struct cmdlet_row *row) {
    for (size_t i = 0; i < row->example_count; i++)
        bytes_add_format(out, "    practice> %s\n        %s\n", row->examples[i].code, row->examples[i].remark);
}

static enum status emit_text(struct invocation *call, struct bytes *text) {
    struct value v = string_from_bytes(text);
    bytes_free(text);
    return invocation_emit_take(call, v);
}

static enum status explain_row(struct invocation *call, struct command *command) {
    const struct cmdlet_row *row = command->row;
    struct bytes text = {0};
    bool all = invocation_switch(call, FULL) || invocation_switch(call, DETAILED) || invocation_has(call, PARAMETER);
    if (!invocation_switch(call, EXAMPLES_ONLY) && !invocation_has(call, PARAMETER)) {
        help_add_heading(&text, "NAME");
        bytes_add_format(&text, "    %s\n", row->name);
        help_add_heading(&text, "SYNOPSIS");
        help_add_wrapped(&text, text_of(row->synopsis), 4);
        help_add_heading(&text, "SYNTAX");
        struct bytes syntax = {0};
        command_info_add_syntax(call, &syntax, command);
        struct text rest = bytes_text(&syntax), line;
        while (text_split_next(&rest, '\n', &line)) {
            if (line.length) help_add_wrapped(&text, line, 4);
        }
        bytes_free(&syntax);
        help_add_heading(&text, "DESCRIPTION");
        help_add_wrapped(&text, text_of(row->description), 4);
        if (row->aliases) {
            help_add_heading(&text, "ALIASES");
            help_add_wrapped(&text, text_of(row->aliases), 4);
        }
    }
    if (all) {
        help_add_heading(&text, "PARAMETERS");
        add_parameters(call, &text, command_signature(call->realm, command));
    }
    if (!invocation_has(call, PARAMETER)) {
        help_add_heading(&text, "EXAMPLES");
        add_examples(&text, row);
    }
    if (row->permissions) {
        help_add_heading(&text, "PERMISSIONS");
        help_add_wrapped(&text, text_of(row->permissions), 4);
    }
    struct value object = help_object_of_text(call, command, text_of(row->synopsis), bytes_text(&text));
    bytes_free(&text);
    return invocation_emit_take(call, object);
}

static enum help_parts parts_asked(struct invocation *call) {
    return invocation_switch(call, FULL) ? HELP_FULL : invocation_switch(call, DETAILED) ? HELP_DETAILED : invocation_switch(call, EXAMPLES_ONLY) ? HELP_EXAMPLES : HELP_SHORT;
}

/* Functions and scripts: the comment above them, as vm read it; else how they are called. */
static enum status explain_other(struct invocation *call, struct command *command) {
    struct host *host = call->host;
    struct value help = host->command_help ? host->command_help(host, command) : VALUE_UNSET_INIT;
    if (!value_is_nothing(help) && invocation_has(call, PARAMETER)) {
        enum status status = help_object_parameters(call, help, invocation_argument(call, PARAMETER));
        value_release(help);
        return status;
    }
    if (!value_is_nothing(help)) {
        help_object_describe(call, help, command, parts_asked(call));
        return invocation_emit_take(call, help);
    }
    struct bytes text = {0};
    help_add_heading(&text, "NAME");
    bytes_add_format(&text, "    %.*s\n", TEXT_ARGUMENT(command->spelling));
    help_add_heading(&text, "SYNTAX");
    bytes_add_string(&text, "    ");
    command_info_add_syntax(call, &text, command);
    bytes_add_byte(&text, '\n');
    struct value object = help_object_of_text(call, command, TEXT_NONE, bytes_text(&text));
    bytes_free(&text);
    return invocation_emit_take(call, object);
}

struct listing { struct text pattern; struct bytes text; size_t count; };

static bool list_row(void *context, const struct cmdlet_row *row) {
    struct listing *listing = context;
    bool fits = wildcard_has(listing->pattern) ? wildcard_match(listing->pattern, text_of(row->name), true)
                                               : text_find_fold(text_of(row->name), listing->pattern, 0) != TEXT_NOT_FOUND;
    if (!fits) return true;
    bytes_add_format(&listing->text, "%-28s %s\n", row->name, row->synopsis);
    listing->count++;
    return true;
}

static enum status process(struct invocation *call) {
    struct text name = invocation_text(call, NAME);
    struct host *host = call->host;
    if (!name.length) name = TEXT("Get-Help");
    struct command *command = wildcard_has(name) ? NULL : host->command_find(host, name);
    if (command) {
        enum status status = command->row ? explain_row(call, command) : explain_other(call, command);
        command_release(command);
        return status;
    }
    struct listing listing = {.pattern = name};
    command_table_walk(host->commands, list_row, &listing);
    if (listing.count) return emit_text(call, &listing.text);
    bytes_free(&listing.text);
    struct value target = string_new(name);
    enum status status = invocation_error(call, "Microsoft.PowerShell.Commands.HelpNotFoundException", "HelpNotFound", ERROR_OBJECT_NOT_FOUND, target,
                                          "There is no help about %.*s. Get-Command *%.*s* lists commands with that in their name.",
                                          TEXT_ARGUMENT(name), TEXT_ARGUMENT(name));
    value_release(target);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Help Remove-License -Examples", "How a command is used."},
    {"Get-Help license", "Commands that have the word in their name."},
};

CMDLET(get_help) = {
    .name = "Get-Help", .aliases = "help|man", .synopsis = "Explains commands.", .description = "Name, syntax, description and examples; -Full adds the parameters.",
    PARAMETERS, .process = process, EXAMPLES,
};
