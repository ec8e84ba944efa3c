#include "../cmdlet_private.h"

#include "m365sh/pattern/wildcard.h"

enum { VERB, GROUP };

static const struct parameter_row parameter_rows[] = {
    {"Verb", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Verbs; wildcards allowed."},
    {"Group", "string[]", 1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Verbs of this group."},
};

struct verb { const char *name, *prefix, *group, *meaning; };
static const struct verb verbs[] = {
#define VERB_ROW(name, prefix, group, meaning) {name, prefix, group, meaning},
#include "verbs.def"
#undef VERB_ROW
};

static bool passes(struct value list, const char *text) {
    list = value_base(list);
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), text_of(text), true)) return true;
    }
    return list.kind != VALUE_ARRAY;
}

static enum status process(struct invocation *call) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (!passes(invocation_argument(call, VERB), verbs[i].name) || !passes(invocation_argument(call, GROUP), verbs[i].group)) continue;
        struct value info = object_new(call->realm, type_find(call->realm, TEXT("System.Management.Automation.VerbInfo")), 4);
        object_put_take(call->realm, info, "Verb", string_of(verbs[i].name));
        object_put_take(call->realm, info, "AliasPrefix", string_of(verbs[i].prefix));
        object_put_take(call->realm, info, "Group", string_of(verbs[i].group));
        object_put_take(call->realm, info, "Description", string_of(verbs[i].meaning));
        enum status status = invocation_emit_take(call, info);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static const struct example_row example_rows[] = {{"Get-Verb Get, Set", "Two verbs."}, {"Get-Verb -Group Lifecycle", "A group of them."}};

CMDLET(get_verb) = {
    .name = "Get-Verb", .synopsis = "Lists the verbs that commands begin with.", .description = "So that a command can be guessed from what it does.",
    PARAMETERS, .process = process, EXAMPLES,
};
