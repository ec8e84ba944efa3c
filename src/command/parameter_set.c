#include "command_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/value/string.h"

static bool is_bound(const struct binder *binder, uint32_t index) {
    return binder->binding->how[index] != BOUND_NOT;
}

/* May this parameter still come from the pipeline in that set? */
static bool may_come(const struct binder *binder, const struct parameter *parameter, uint64_t mask) {
    if (!binder->has_input) return false;
    for (uint32_t k = 0; k < parameter->part_count; k++) {
        if ((parameter->parts[k].mask & mask) && (parameter->parts[k].flags & (PARAMETER_PIPELINE | PARAMETER_BY_NAME))) return true;
    }
    return false;
}

/* The first mandatory parameter of the sets in `mask` that nothing bound; -1 if all are there. */
static int first_missing(const struct binder *binder, uint64_t mask, bool final) {
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        const struct parameter *parameter = &binder->signature->parameters[i];
        if (is_bound(binder, i)) continue;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            const struct parameter_set_part *part = &parameter->parts[k];
            if (!(part->mask & mask) || !(part->flags & PARAMETER_MANDATORY)) continue;
            if (!final && may_come(binder, parameter, mask)) continue;
            return (int)i;
        }
    }
    return -1;
}

static uint64_t declared_sets(const struct signature *signature) {
    return signature->set_count ? (1ull << signature->set_count) - 1 : 0;
}

static uint64_t bit_of(const struct signature *signature, name_id set) {
    for (uint32_t i = 0; set && i < signature->set_count; i++) {
        if (signature->sets[i] == set) return 1ull << i;
    }
    return 0;
}

enum status bind_ambiguous(struct binder *binder) {
    return bind_raise(binder->realm, binder->command, "AmbiguousParameterSet", ERROR_INVALID_ARGUMENT, NULL,
                      "The parameters given to %.*s do not go together in one way only. Get-Help %.*s shows the forms it has.",
                      TEXT_ARGUMENT(binder->command->spelling), TEXT_ARGUMENT(binder->command->spelling));
}

/* Sets whose mandatory parameters are all there. */
static uint64_t complete_sets(const struct binder *binder, uint64_t possible, bool final) {
    uint64_t complete = 0;
    for (uint32_t i = 0; i < binder->signature->set_count; i++) {
        uint64_t bit = 1ull << i;
        if ((possible & bit) && first_missing(binder, bit, final) < 0) complete |= bit;
    }
    return complete;
}

/* One set for the call: the only one possible, the default, or the only one that is complete. */
static enum status choose(struct binder *binder, bool final, uint64_t *out) {
    const struct signature *signature = binder->signature;
    uint64_t possible = binder->binding->sets & declared_sets(signature);
    *out = ~0ull;
    if (!signature->set_count) return STATUS_OK;
    if (!possible) return bind_ambiguous(binder);
    uint64_t complete = complete_sets(binder, possible, final), preferred = bit_of(signature, signature->default_set);
    if (!(possible & (possible - 1))) *out = possible;
    else if (preferred & complete) *out = preferred;
    else if (complete && !(complete & (complete - 1))) *out = complete;
    else if (preferred & possible & ~complete && !complete) *out = preferred;
    else if (!final) *out = possible;
    else return bind_ambiguous(binder);
    return STATUS_OK;
}

static enum status raise_missing(struct binder *binder, uint64_t mask) {
    struct bytes list = {0};
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        const struct parameter *parameter = &binder->signature->parameters[i];
        bool missing = false;
        for (uint32_t k = 0; k < parameter->part_count && !is_bound(binder, i); k++) {
            if ((parameter->parts[k].mask & mask) && (parameter->parts[k].flags & PARAMETER_MANDATORY)) missing = true;
        }
        if (missing) bytes_add_format(&list, "%s-%.*s", list.length ? ", " : "", TEXT_ARGUMENT(parameter->spelling));
    }
    int first = first_missing(binder, mask, true);
    enum status status = bind_raise(binder->realm, binder->command, "MissingMandatoryParameter", ERROR_INVALID_ARGUMENT,
                                    &binder->signature->parameters[first], "%.*s needs %.*s.",
                                    TEXT_ARGUMENT(binder->command->spelling), TEXT_ARGUMENT(bytes_text(&list)));
    bytes_free(&list);
    return status;
}

/* Somebody at the terminal is asked for what lacks; otherwise it is an error. */
static enum status ask_missing(struct binder *binder, uint64_t mask, bool final) {
    for (int index; (index = first_missing(binder, mask, final)) >= 0;) {
        struct host *host = binder->host;
        const struct parameter *parameter = &binder->signature->parameters[index];
        if (!host || !host->interactive || !host->read_line) return raise_missing(binder, mask);
        struct bytes prompt = {0};
        bytes_add_format(&prompt, "%.*s: ", TEXT_ARGUMENT(parameter->spelling));
        struct value line;
        enum status status = host->read_line(host, bytes_text(&prompt), parameter->flags & PARAMETER_SECRET, &line);
        bytes_free(&prompt);
        if (status != STATUS_OK) return status;
        bool bound;
        status = bind_store(binder, (uint32_t)index, line, BOUND_EXPLICIT, true, &bound);
        value_release(line);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static void name_set(struct binder *binder, uint64_t chosen) {
    const struct signature *signature = binder->signature;
    binder->binding->set = 0;
    for (uint32_t i = 0; i < signature->set_count; i++) {
        if (chosen == 1ull << i) binder->binding->set = signature->sets[i];
    }
}

enum status bind_choose_set(struct binder *binder, bool final) {
    uint64_t chosen;
    enum status status = choose(binder, final, &chosen);
    if (status != STATUS_OK) return status;
    if (final || !(chosen & (chosen - 1)) || chosen == ~0ull) status = ask_missing(binder, chosen, final);
    if (status != STATUS_OK) return status;
    if (final) binder->binding->sets &= chosen;
    name_set(binder, chosen);
    return STATUS_OK;
}

enum status bind_check_mandatory(struct realm *realm, struct host *host, struct command *command, struct binding *binding) {
    struct binder binder = {realm, host, command, binding->signature, binding, false, TEXT_NONE};
    return bind_choose_set(&binder, true);
}
