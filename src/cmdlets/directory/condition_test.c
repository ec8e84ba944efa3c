/* Conditions evaluated here, by the operators' own rules: for blocks such as { Department -eq 'Sales' }, whose properties
 * stand without $_ and which therefore cannot be run. */
#include "directory_private.h"

#include "m365sh/command/condition.h"

static const struct { const char *word; enum operation operation; } words[] = {
    {"eq", OPERATION_EQUAL}, {"ne", OPERATION_NOT_EQUAL}, {"lt", OPERATION_LESS}, {"le", OPERATION_LESS_EQUAL},
    {"gt", OPERATION_GREATER}, {"ge", OPERATION_GREATER_EQUAL}, {"like", OPERATION_LIKE}, {"notlike", OPERATION_NOT_LIKE},
    {"match", OPERATION_MATCH}, {"notmatch", OPERATION_NOT_MATCH}, {"contains", OPERATION_CONTAINS},
    {"notcontains", OPERATION_NOT_CONTAINS}, {"in", OPERATION_IN}, {"notin", OPERATION_NOT_IN},
};

static enum operation operation_of(struct text word, bool *keep_case) {
    *keep_case = false;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (text_equal_fold(word, text_of(words[i].word))) return words[i].operation;
        *keep_case = word.length && (word.start[0] | 32) == 'c';
        if (word.length) word = text_slice(word, 1, word.length);
    }
    return OPERATION_NONE;
}

/* "manager.id": member by member; what is not there is null. */
static enum status property_of(struct invocation *call, struct value object, struct text path, struct value *out) {
    struct text part;
    *out = value_keep(object);
    while (text_split_next(&path, '.', &part)) {
        struct value next = value_null();
        bool found = false;
        enum status status = member_get(call->realm, *out, intern_name(call->realm->names, part), &found, &next);
        value_release(*out);
        *out = next;
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status compare(struct invocation *call, const struct condition *condition, struct value object, bool *holds) {
    bool keep_case;
    enum operation operation = operation_of(condition->operation, &keep_case);
    if (operation == OPERATION_NONE)
        return invocation_throw(call, "System.ArgumentException", "BadFilter", ERROR_INVALID_ARGUMENT, value_null(), "The filter does not understand the operator -%.*s.", TEXT_ARGUMENT(condition->operation));
    struct value left = VALUE_UNSET_INIT, result = VALUE_UNSET_INIT;
    struct value right = condition->variable.length && call->host->variable_get ? call->host->variable_get(call->host, condition->variable, SCOPE_CURRENT) : value_keep(condition->operand);
    if (right.kind == VALUE_UNSET) right = value_null();
    enum status status = property_of(call, object, condition->property, &left);
    if (status == STATUS_OK) status = condition->operand_first ? ops_binary(call->realm, operation, keep_case, right, left, &result) : ops_binary(call->realm, operation, keep_case, left, right, &result);
    *holds = status == STATUS_OK && value_truth(result);
    value_release(left);
    value_release(right);
    value_release(result);
    return status;
}

static enum status holds_at(struct invocation *call, const struct condition *condition, struct value object, int depth, bool *holds) {
    *holds = false;
    struct value v;
    enum status status;
    if (depth > 64) return STATUS_OK;
    switch (condition->kind) {
    case CONDITION_COMPARE: return compare(call, condition, object, holds);
    case CONDITION_TRUTH:
        status = property_of(call, object, condition->property, &v);
        *holds = status == STATUS_OK && value_truth(v);
        value_release(v);
        return status;
    case CONDITION_NOT:
        status = holds_at(call, condition->left, object, depth + 1, holds);
        *holds = !*holds;
        return status;
    case CONDITION_AND: case CONDITION_OR:
        status = holds_at(call, condition->left, object, depth + 1, holds);
        if (status != STATUS_OK || *holds == (condition->kind == CONDITION_OR)) return status;
        return holds_at(call, condition->right, object, depth + 1, holds);
    case CONDITION_OPAQUE: break;
    }
    return invocation_throw(call, "System.ArgumentException", "BadFilter", ERROR_INVALID_ARGUMENT, value_null(),
                            "The filter holds something that is no comparison. Write the properties as $_.Department, then any expression will do.");
}

enum status condition_holds(struct invocation *call, const struct condition *condition, struct value object, bool *holds) {
    return holds_at(call, condition, object, 0, holds);
}
