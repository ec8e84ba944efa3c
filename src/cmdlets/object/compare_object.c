#include "property_private.h"

enum { REFERENCE, DIFFERENCE, WINDOW, PROPERTY, EXCLUDE_DIFFERENT, INCLUDE_EQUAL, PASS, CULTURE, CASE };

static const struct parameter_row parameter_rows[] = {
    {"ReferenceObject", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The objects compared with."},
    {"DifferenceObject", "object[]", 1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The objects that may differ."},
    {"SyncWindow", "int", -1, 0, NULL, NULL, NULL, NULL, "How far apart equal objects may stand; all by default."},
    {"Property", "object[]", -1, 0, NULL, NULL, NULL, "property", "Properties to compare instead of the objects themselves."},
    {"ExcludeDifferent", "switch", -1, 0, NULL, NULL, NULL, NULL, "Shows only what both have; with -IncludeEqual."},
    {"IncludeEqual", "switch", -1, 0, NULL, NULL, NULL, NULL, "Shows what both have as well."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the objects themselves, with SideIndicator added."},
    {"Culture", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"CaseSensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "Upper and lower case differ."},
};

struct state {
    struct property_list properties;
    struct value differences;    /* owned list */
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->differences = list_new(call->realm, NULL, 8);
    return property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value list = value_base(invocation_argument(call, DIFFERENCE));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) array_push(state->differences, array_at(list, i));
    return STATUS_OK;
}

static enum status equal(struct invocation *call, struct value a, struct value b, bool *out) {
    struct state *state = call->state;
    bool keep_case = invocation_switch(call, CASE);
    int difference = 0;
    if (!state->properties.count) {
        enum status status = ops_order(call->realm, a, b, keep_case, &difference);
        *out = difference == 0;
        return status;
    }
    *out = true;
    for (uint32_t i = 0; i < state->properties.count && *out; i++) {
        struct value left, right = value_null();
        bool found;
        enum status status = property_value(call, &state->properties.items[i], a, &found, &left);
        if (status != STATUS_OK) return status;
        status = property_value(call, &state->properties.items[i], b, &found, &right);
        if (status == STATUS_OK) status = ops_order(call->realm, left, right, keep_case, &difference);
        value_release(left);
        value_release(right);
        if (status != STATUS_OK) return status;
        *out = difference == 0;
    }
    return STATUS_OK;
}

static enum status give(struct invocation *call, struct value item, const char *side) {
    struct state *state = call->state;
    struct value out, mark = string_of(side);
    if (invocation_switch(call, PASS)) {
        out = item.kind == VALUE_OBJECT ? value_keep(item) : extended_new(call->realm, item);
        object_put(call->realm, out.kind == VALUE_EXTENDED ? extended_members(out) : out, TEXT("SideIndicator"), mark);
    } else {
        out = object_new(call->realm, NULL, 2);
        if (!state->properties.count) object_put(call->realm, out, TEXT("InputObject"), item);
        for (uint32_t i = 0; i < state->properties.count; i++) {
            struct value v;
            bool found;
            if (property_value(call, &state->properties.items[i], item, &found, &v) != STATUS_OK) continue;
            object_put(call->realm, out, state->properties.items[i].name, v);
            value_release(v);
        }
        object_put(call->realm, out, TEXT("SideIndicator"), mark);
    }
    value_release(mark);
    return invocation_emit_take(call, out);
}

static enum status give_side(struct invocation *call, struct value list, const bool *matched, const char *side, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to && i < array_count(list); i++) {
        if (matched[i]) continue;
        enum status status = give(call, array_at(list, i), side);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

/* Pairs each difference with the first unmatched reference that is equal; equal ones are shown in that order. */
static enum status match(struct invocation *call, struct value references, bool *in_reference, bool *in_difference) {
    struct state *state = call->state;
    int64_t window = invocation_integer(call, WINDOW, -1);
    for (uint32_t i = 0; i < array_count(state->differences); i++) {
        for (uint32_t k = 0; k < array_count(references) && !in_difference[i]; k++) {
            if (in_reference[k] || (window >= 0 && (k > i ? k - i : i - k) > (uint32_t)window)) continue;
            enum status status = equal(call, array_at(references, k), array_at(state->differences, i), &in_difference[i]);
            if (status != STATUS_OK) return status;
            in_reference[k] = in_difference[i];
        }
    }
    if (!invocation_switch(call, INCLUDE_EQUAL) && !invocation_switch(call, EXCLUDE_DIFFERENT)) return STATUS_OK;
    for (uint32_t k = 0; k < array_count(references); k++) {
        if (!in_reference[k]) continue;
        enum status status = give(call, array_at(references, k), "==");
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct value references = value_base(invocation_argument(call, REFERENCE));
    bool *in_reference = ALLOC_ARRAY(bool, array_count(references) + 1);
    bool *in_difference = ALLOC_ARRAY(bool, array_count(state->differences) + 1);
    enum status status = match(call, references, in_reference, in_difference);
    bool different = !invocation_switch(call, EXCLUDE_DIFFERENT);
    uint32_t longest = array_count(references) > array_count(state->differences) ? array_count(references) : array_count(state->differences);
    /* -SyncWindow 0 compares place by place, and says so in that order. */
    uint32_t step = invocation_integer(call, WINDOW, -1) == 0 ? 1 : longest;
    for (uint32_t at = 0; at < longest && status == STATUS_OK && different; at += step) {
        status = give_side(call, state->differences, in_difference, "=>", at, at + step);
        if (status == STATUS_OK) status = give_side(call, references, in_reference, "<=", at, at + step);
    }
    alloc_free(in_reference);
    alloc_free(in_difference);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    property_list_free(&state->properties);
    value_release(state->differences);
}

static const struct example_row example_rows[] = {
    {"Compare-Object 1, 2, 3 2, 3, 4", "What only one of two lists has."},
    {"Compare-Object 'a', 'b' 'b', 'c' -IncludeEqual", "What both have as well."},
};

CMDLET(compare_object) = {
    .name = "Compare-Object", .aliases = "compare|diff", .synopsis = "Says what two lists of objects do not have in common.",
    .description = "=> stands at what only the second has, <= at what only the first has, == at what both have.",
    PARAMETERS, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
