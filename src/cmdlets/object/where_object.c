#include "../cmdlet_private.h"

enum { INPUT, FILTER, PROPERTY, VALUE, NOT, FIRST_OPERATION };

#define OPERATION_SETS                                                                                                   \
    "EqualSet|CaseSensitiveEqualSet|NotEqualSet|CaseSensitiveNotEqualSet|GreaterThanSet|CaseSensitiveGreaterThanSet|"     \
    "LessThanSet|CaseSensitiveLessThanSet|GreaterOrEqualSet|CaseSensitiveGreaterOrEqualSet|LessOrEqualSet|"               \
    "CaseSensitiveLessOrEqualSet|LikeSet|CaseSensitiveLikeSet|NotLikeSet|CaseSensitiveNotLikeSet|MatchSet|"               \
    "CaseSensitiveMatchSet|NotMatchSet|CaseSensitiveNotMatchSet|ContainsSet|CaseSensitiveContainsSet|NotContainsSet|"     \
    "CaseSensitiveNotContainsSet|InSet|CaseSensitiveInSet|NotInSet|CaseSensitiveNotInSet|IsSet|IsNotSet"
#define SWITCH(name, alias, set) {name, "switch", -1, PARAMETER_MANDATORY, alias, set, NULL, NULL, "Compares with this operator."}

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects to look at; usually they come from the pipeline."},
    {"FilterScript", "scriptblock", 0, PARAMETER_MANDATORY, NULL, "ScriptBlockSet", NULL, NULL, "A block that is true for the objects to keep; $_ is the object."},
    {"Property", "string", 0, PARAMETER_MANDATORY, NULL, OPERATION_SETS "|Not", NULL, "property", "The property to compare, without a block: Where-Object Department -eq Sales."},
    {"Value", "object", 1, 0, NULL, OPERATION_SETS, NULL, NULL, "What the property is compared with."},
    {"Not", "switch", -1, PARAMETER_MANDATORY, NULL, "Not", NULL, NULL, "Keeps the objects whose property is empty, null or false."},
    {"EQ", "switch", -1, 0, "IEQ", "EqualSet", NULL, NULL, "Compares with this operator."},
    SWITCH("CEQ", NULL, "CaseSensitiveEqualSet"), SWITCH("NE", "INE", "NotEqualSet"), SWITCH("CNE", NULL, "CaseSensitiveNotEqualSet"),
    SWITCH("GT", "IGT", "GreaterThanSet"), SWITCH("CGT", NULL, "CaseSensitiveGreaterThanSet"),
    SWITCH("LT", "ILT", "LessThanSet"), SWITCH("CLT", NULL, "CaseSensitiveLessThanSet"),
    SWITCH("GE", "IGE", "GreaterOrEqualSet"), SWITCH("CGE", NULL, "CaseSensitiveGreaterOrEqualSet"),
    SWITCH("LE", "ILE", "LessOrEqualSet"), SWITCH("CLE", NULL, "CaseSensitiveLessOrEqualSet"),
    SWITCH("Like", "ILike", "LikeSet"), SWITCH("CLike", NULL, "CaseSensitiveLikeSet"),
    SWITCH("NotLike", "INotLike", "NotLikeSet"), SWITCH("CNotLike", NULL, "CaseSensitiveNotLikeSet"),
    SWITCH("Match", "IMatch", "MatchSet"), SWITCH("CMatch", NULL, "CaseSensitiveMatchSet"),
    SWITCH("NotMatch", "INotMatch", "NotMatchSet"), SWITCH("CNotMatch", NULL, "CaseSensitiveNotMatchSet"),
    SWITCH("Contains", "IContains", "ContainsSet"), SWITCH("CContains", NULL, "CaseSensitiveContainsSet"),
    SWITCH("NotContains", "INotContains", "NotContainsSet"), SWITCH("CNotContains", NULL, "CaseSensitiveNotContainsSet"),
    SWITCH("In", "IIn", "InSet"), SWITCH("CIn", NULL, "CaseSensitiveInSet"),
    SWITCH("NotIn", "INotIn", "NotInSet"), SWITCH("CNotIn", NULL, "CaseSensitiveNotInSet"),
    SWITCH("Is", NULL, "IsSet"), SWITCH("IsNot", NULL, "IsNotSet"),
};

/* In the order of the switches above. */
static const struct { enum operation operation; bool keep_case; } operations[] = {
    {OPERATION_EQUAL, false}, {OPERATION_EQUAL, true}, {OPERATION_NOT_EQUAL, false}, {OPERATION_NOT_EQUAL, true},
    {OPERATION_GREATER, false}, {OPERATION_GREATER, true}, {OPERATION_LESS, false}, {OPERATION_LESS, true},
    {OPERATION_GREATER_EQUAL, false}, {OPERATION_GREATER_EQUAL, true}, {OPERATION_LESS_EQUAL, false}, {OPERATION_LESS_EQUAL, true},
    {OPERATION_LIKE, false}, {OPERATION_LIKE, true}, {OPERATION_NOT_LIKE, false}, {OPERATION_NOT_LIKE, true},
    {OPERATION_MATCH, false}, {OPERATION_MATCH, true}, {OPERATION_NOT_MATCH, false}, {OPERATION_NOT_MATCH, true},
    {OPERATION_CONTAINS, false}, {OPERATION_CONTAINS, true}, {OPERATION_NOT_CONTAINS, false}, {OPERATION_NOT_CONTAINS, true},
    {OPERATION_IN, false}, {OPERATION_IN, true}, {OPERATION_NOT_IN, false}, {OPERATION_NOT_IN, true},
    {OPERATION_IS, false}, {OPERATION_IS_NOT, false},
};

struct state {
    name_id property;
    int operation;          /* index into operations; -1: truth of the property */
    struct value right;     /* borrowed; for -is the type */
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, FILTER)) return STATUS_OK;
    state->property = intern_name(call->realm->names, invocation_text(call, PROPERTY));
    state->operation = -1;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (invocation_switch(call, FIRST_OPERATION + (uint32_t)i)) state->operation = (int)i;
    }
    /* Where-Object Name Value, without an operator, is -eq. */
    if (state->operation < 0 && invocation_has(call, VALUE)) state->operation = 0;
    state->right = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_bool(true);
    if (state->operation < 0) return STATUS_OK;
    enum operation operation = operations[state->operation].operation;
    struct value base = value_base(state->right);
    if ((operation != OPERATION_IS && operation != OPERATION_IS_NOT) || base.kind != VALUE_STRING) return STATUS_OK;
    struct text name = string_text(base);
    if (text_starts(name, TEXT("[")) && text_ends(name, TEXT("]"))) name = text_slice(name, 1, name.length - 2);
    const struct type *type = type_find(call->realm, name);
    if (!type)
        return invocation_throw(call, "System.Management.Automation.PSArgumentException", "InvalidTypeName", ERROR_INVALID_ARGUMENT,
                                base, "-Is needs the name of a type, and %s is none.", string_chars(base));
    state->right = value_type(type);
    return STATUS_OK;
}

static enum status keep_by_property(struct invocation *call, struct value item, bool *keep) {
    struct state *state = call->state;
    struct value left;
    bool found = false;
    enum status status = value_is_nothing(item) ? STATUS_OK : member_get(call->realm, item, state->property, &found, &left);
    if (status == STATUS_ERROR) {
        value_release(realm_take_raised(call->realm));
        found = false;
    } else if (status != STATUS_OK) {
        return status;
    }
    if (!found) left = value_null();
    if (state->operation < 0) {
        *keep = value_truth(left) != invocation_switch(call, NOT);
        value_release(left);
        return STATUS_OK;
    }
    struct value answer;
    status = ops_binary(call->realm, operations[state->operation].operation, operations[state->operation].keep_case, left,
                        state->right, &answer);
    value_release(left);
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    if (status != STATUS_OK) return status;
    *keep = value_truth(answer);
    value_release(answer);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    bool keep = false;
    enum status status;
    if (invocation_has(call, FILTER)) {
        struct value answer;
        status = invocation_block_collect(call, invocation_argument(call, FILTER), item, &answer);
        if (status != STATUS_OK) return status;
        keep = value_truth(answer);
        value_release(answer);
    } else if ((status = keep_by_property(call, item, &keep)) != STATUS_OK) {
        return status;
    }
    return keep ? invocation_emit(call, item) : STATUS_OK;
}

static const struct example_row example_rows[] = {
    {"1..10 | Where-Object { $_ % 2 }", "Keeps the odd numbers."},
    {"Get-User -Top 20 | Where-Object Department -eq Sales", "Keeps the users of one department, without a block."},
};

CMDLET(where_object) = {
    .name = "Where-Object", .aliases = "?|where", .synopsis = "Keeps the objects that meet a condition.",
    .description = "The condition is a block in which $_ is the object, or a property with an operator: Where-Object Name -like 'A*'.",
    PARAMETERS, .default_set = "EqualSet", .state_size = sizeof(struct state), .begin = begin, .process = process, EXAMPLES,
};
