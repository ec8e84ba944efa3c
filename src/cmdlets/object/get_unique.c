#include "../cmdlet_private.h"

enum { INPUT, AS_STRING, ON_TYPE, CASE_INSENSITIVE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects, sorted; usually they come from the pipeline."},
    {"AsString", "switch", -1, 0, NULL, "AsString", NULL, NULL, "Compares them as text."},
    {"OnType", "switch", -1, 0, NULL, "UniqueByType", NULL, NULL, "One object of each type."},
    {"CaseInsensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "Upper and lower case are the same."},
};

struct state { struct value last; bool any; };

static enum status is_same(struct invocation *call, struct value item, bool *same) {
    struct state *state = call->state;
    *same = false;
    if (!state->any) return STATUS_OK;
    if (invocation_switch(call, ON_TYPE)) {
        *same = type_of(call->realm, item) == type_of(call->realm, state->last);
        return STATUS_OK;
    }
    bool keep_case = !invocation_switch(call, CASE_INSENSITIVE);
    if (!invocation_switch(call, AS_STRING)) {
        int difference;
        enum status status = ops_order(call->realm, item, state->last, keep_case, &difference);
        *same = difference == 0;
        return status;
    }
    struct value a = convert_text(call->realm, item), b = convert_text(call->realm, state->last);
    *same = keep_case ? text_equal(string_text(a), string_text(b)) : text_equal_fold(string_text(a), string_text(b));
    value_release(a);
    value_release(b);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    bool same;
    enum status status = is_same(call, item, &same);
    if (status != STATUS_OK || same) return status;
    value_set(&state->last, item);
    state->any = true;
    return invocation_emit(call, item);
}

static void clean(struct invocation *call) {
    value_release(((struct state *)call->state)->last);
}

static const struct example_row example_rows[] = {
    {"1, 1, 2, 3, 3 | Get-Unique", "Drops those equal to the one before."},
    {"'a', 'b', 'a' | Sort-Object | Get-Unique", "Sorted first, so that equal ones stand together."},
};

CMDLET(get_unique) = {
    .name = "Get-Unique", .aliases = "gu", .synopsis = "Drops objects that are equal to the one before.",
    .description = "The input must be sorted. Select-Object -Unique needs no order.",
    PARAMETERS, .state_size = sizeof(struct state), .process = process, .clean = clean, EXAMPLES,
};
