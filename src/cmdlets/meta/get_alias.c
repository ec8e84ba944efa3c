#include "alias_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, EXCLUDE, SCOPE, DEFINITION };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, "Default", NULL, NULL, "Aliases; wildcards allowed."},
    {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Not these."},
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Definition", "string[]", -1, 0, NULL, "Definition", NULL, "command", "Aliases of these commands."},
};

struct giving { struct invocation *call; struct text pattern; bool by_target; struct value list; };

static bool gather(void *context, struct text alias, struct text target) {
    struct giving *giving = context;
    if (wildcard_match(giving->pattern, giving->by_target ? target : alias, true)) array_push_take(giving->list, alias_object(giving->call, alias, target));
    return true;
}

static enum status give(struct invocation *call, struct text pattern, bool by_target) {
    struct giving giving = {call, pattern, by_target, list_new(call->realm, NULL, 4)};
    if (call->host->alias_walk) call->host->alias_walk(call->host, gather, &giving);
    enum status status = STATUS_OK;
    if (!array_count(giving.list) && !wildcard_has(pattern)) {
        struct value target = string_new(pattern);
        status = invocation_error(call, "System.Management.Automation.ItemNotFoundException", "ItemNotFoundException", ERROR_OBJECT_NOT_FOUND, target,
                                  "There is no alias %s%.*s.", by_target ? "of " : "", TEXT_ARGUMENT(pattern));
        value_release(target);
    }
    for (uint32_t i = 0; i < array_count(giving.list) && status == STATUS_OK; i++) status = invocation_emit(call, array_at(giving.list, i));
    value_release(giving.list);
    return status;
}

static enum status process(struct invocation *call) {
    bool by_target = invocation_has(call, DEFINITION);
    struct value names = value_base(invocation_argument(call, by_target ? DEFINITION : NAME));
    if (names.kind != VALUE_ARRAY) return give(call, TEXT("*"), false);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(names) && status == STATUS_OK; i++) status = give(call, string_text(array_at(names, i)), by_target);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Alias ls", "What ls stands for."},
    {"Get-Alias -Definition Where-Object", "Other names of a command."},
};

CMDLET(get_alias) = {
    .name = "Get-Alias", .aliases = "gal", .synopsis = "Lists aliases.", .description = "By their names, or by what they stand for.",
    PARAMETERS, .default_set = "Default", .process = process, EXAMPLES,
};
