#include "command_private.h"

#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/string.h"

static void forget_item(struct binder *binder) {
    struct binding *binding = binder->binding;
    for (uint32_t i = 0; i < binder->signature->count; i++) {
        bool delayed = binding->private_part->blocks[i].kind != VALUE_UNSET;
        if (binding->how[i] != BOUND_PIPELINE && !delayed) continue;
        binding->how[i] = delayed ? BOUND_EXPLICIT : BOUND_NOT;
        value_set_take(&binding->values[i], VALUE_UNSET_INIT);
    }
    binding->sets = binding->private_part->command_line_sets;
}

/* The item's property that a parameter is bound from: its name, then its aliases. */
static enum status property_of(struct binder *binder, const struct parameter *parameter, struct value item, bool *found,
                               struct value *out) {
    *found = false;
    struct value base = value_base(item);
    if (value_is_nothing(base)) return STATUS_OK;
    if (value_is_table(base)) return STATUS_OK; /* its keys are no properties */
    enum status status = member_get(binder->realm, item, parameter->name, found, out);
    for (uint32_t i = 0; status == STATUS_OK && !*found && i < parameter->alias_count; i++)
        status = member_get(binder->realm, item, parameter->aliases[i], found, out);
    if (status == STATUS_ERROR) {
        value_release(realm_take_raised(binder->realm));
        *found = false;
        status = STATUS_OK;
    }
    return status;
}

static enum status try_one(struct binder *binder, uint32_t index, struct value item, bool by_name, bool coerce, bool *bound) {
    struct value source = item;
    bool owned = false;
    if (by_name) {
        enum status status = property_of(binder, &binder->signature->parameters[index], item, &owned, &source);
        if (status != STATUS_OK || !owned) return status;
    }
    enum status status = bind_store(binder, index, source, BOUND_PIPELINE, coerce, bound);
    if (owned) value_release(source);
    return status;
}

/* An item that does not convert may fit another parameter; a function's conversion of a property does not ask. */
static bool is_passed_over(const struct binder *binder, bool by_name) {
    struct value id = error_record_get(binder->realm->raised, ERROR_ID);
    if (id.kind != VALUE_STRING) return false;
    if (text_starts_fold(string_text(id), TEXT("CannotConvertArgument"))) return true;
    return !by_name && text_starts_fold(string_text(id), TEXT("ParameterArgumentTransformation"));
}

/* One of the four rounds: by value as it is, by name as it is, by value converted, by name converted. What does not
 * convert is passed over. */
static enum status bind_round(struct binder *binder, struct value item, bool by_name, bool coerce, bool *any) {
    uint32_t wanted = by_name ? PARAMETER_BY_NAME : PARAMETER_PIPELINE;
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        if (binder->binding->how[i] != BOUND_NOT) continue;
        const struct parameter *parameter = &binder->signature->parameters[i];
        uint32_t flags = 0;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            if (parameter->parts[k].mask & binder->binding->sets) flags |= parameter->parts[k].flags;
        }
        if (!(flags & wanted)) continue;
        bool bound = false;
        enum status status = try_one(binder, i, item, by_name, coerce, &bound);
        if (status == STATUS_ERROR) {
            if (!is_passed_over(binder, by_name)) return status;
            value_release(realm_take_raised(binder->realm));
        } else if (status != STATUS_OK) {
            return status;
        }
        *any |= bound;
    }
    return STATUS_OK;
}

static enum status run_delayed(struct binder *binder, struct value item) {
    struct binding *binding = binder->binding;
    for (uint32_t i = 0; i < binder->signature->count; i++) {
        if (binding->private_part->blocks[i].kind == VALUE_UNSET) continue;
        struct block_call call = {.block = binding->private_part->blocks[i], .dollar_underscore = item, .scope = BLOCK_CALLER_SCOPE};
        struct value answer;
        bool bound;
        enum status status = callable_call_collect(binder->realm, &call, &answer);
        if (status != STATUS_OK) return status;
        status = bind_store(binder, i, answer.kind == VALUE_VOID ? value_null() : answer, BOUND_PIPELINE, true, &bound);
        value_release(answer);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status not_bound(struct binder *binder, struct value item) {
    struct value text = convert_text(binder->realm, item);
    enum status status = bind_raise(binder->realm, binder->command, "InputObjectNotBound", ERROR_INVALID_ARGUMENT, NULL,
                                    "%.*s takes nothing like '%.60s' from the pipeline: no parameter fits its value or the names of its properties.",
                                    TEXT_ARGUMENT(binder->command->spelling), string_chars(text));
    value_release(text);
    if (status == STATUS_ERROR) error_record_set(binder->realm->raised, ERROR_TARGET, item);
    return status;
}

enum status bind_input(struct realm *realm, struct host *host, struct command *command, struct binding *binding, struct value item) {
    const struct signature *signature = binding->signature;
    if (signature->only_input >= 0 && !binding->private_part->any_delayed && binding->how[signature->only_input] != BOUND_EXPLICIT) {
        value_set(&binding->values[signature->only_input], item);
        binding->how[signature->only_input] = BOUND_PIPELINE;
        if (!binding->turn[signature->only_input]) binding->turn[signature->only_input] = ++binding->turns;
        return STATUS_OK;
    }
    struct binder binder = {realm, host, command, signature, binding, true, TEXT_NONE};
    forget_item(&binder);
    bool any = false;
    enum status status = STATUS_OK;
    for (int round = 0; round < 4 && status == STATUS_OK; round++) {
        status = bind_round(&binder, item, round & 1, round >= 2, &any);
    }
    if (status == STATUS_OK && binding->private_part->any_delayed) {
        status = run_delayed(&binder, item);
        any = true;
    }
    if (status != STATUS_OK) return status;
    if (!any && (signature->is_advanced || binding->private_part->any_input)) return not_bound(&binder, item);
    return bind_choose_set(&binder, true);
}
