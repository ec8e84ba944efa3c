#include "command_private.h"

#include "m365sh/types/convert.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

/* The lowest position from `least` on among parameters not bound yet, in sets still possible; -1 if none. */
static int next_position(const struct binder *binder, int least) {
    int found = -1;
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        const struct parameter *parameter = &binder->signature->parameters[i];
        if (binder->binding->how[i] != BOUND_NOT) continue;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            const struct parameter_set_part *part = &parameter->parts[k];
            if (part->position < least || !(part->mask & binder->binding->sets) || (part->flags & PARAMETER_REMAINING)) continue;
            if (found < 0 || part->position < found) found = part->position;
        }
    }
    return found;
}

static uint64_t default_mask(const struct binder *binder) {
    for (uint32_t i = 0; i < binder->signature->set_count; i++) {
        if (binder->signature->sets[i] == binder->signature->default_set) return 1ull << i;
    }
    return 0;
}

/* The parameter at `position` that is in the default set (or not), -1 if there is none. */
static int parameter_at(const struct binder *binder, int position, bool in_default, int after) {
    uint64_t wanted = default_mask(binder);
    for (uint32_t i = (uint32_t)(after + 1); i < binder->signature->common_start; i++) {
        const struct parameter *parameter = &binder->signature->parameters[i];
        if (binder->binding->how[i] != BOUND_NOT) continue;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            const struct parameter_set_part *part = &parameter->parts[k];
            if (part->position != position || !(part->mask & binder->binding->sets) || (part->flags & PARAMETER_REMAINING)) continue;
            bool is_default = !wanted || (part->mask & wanted) || part->mask == ~0ull;
            if (is_default == in_default) return (int)i;
        }
    }
    return -1;
}

/* Two parameters of all sets at one position: nobody can tell which is meant. */
static bool is_contested(const struct binder *binder, int position) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < binder->signature->common_start && !binder->signature->parameters[i].row; i++) {
        const struct parameter_set_part *part = &binder->signature->parameters[i].parts[0];
        if (binder->binding->how[i] == BOUND_NOT && part->mask == ~0ull && part->position == position) count++;
    }
    return count > 1;
}

/* Tries the candidates at a position: default set before others, as it is before converted. The last try raises. */
static enum status bind_at(struct binder *binder, int position, struct value v, bool *bound) {
    *bound = false;
    if (is_contested(binder, position))
        return bind_raise(binder->realm, binder->command, "AmbiguousPositionalParameterNoName", ERROR_INVALID_ARGUMENT, NULL,
                          "%.*s declares several parameters for one position: name the one that is meant.",
                          TEXT_ARGUMENT(binder->command->spelling));
    for (int coerce = 0; coerce <= 1; coerce++) {
        for (int in_default = 1; in_default >= 0; in_default--) {
            for (int index = -1; (index = parameter_at(binder, position, in_default, index)) >= 0;) {
                enum status status = bind_store(binder, (uint32_t)index, v, BOUND_EXPLICIT, coerce, bound);
                if (*bound || status == STATUS_OK) {
                    if (*bound) return STATUS_OK;
                    continue;
                }
                if (status != STATUS_ERROR) return status;
                bool other = parameter_at(binder, position, in_default, index) >= 0 ||
                             (in_default && parameter_at(binder, position, false, -1) >= 0);
                /* Choices of a row stand for an enum: what is none of them does not convert, and others are tried. */
                const struct parameter_row *row = binder->signature->parameters[index].row;
                if (!other || (!coerce && !(row && row->choices))) return STATUS_ERROR;
                value_release(realm_take_raised(binder->realm));
            }
        }
    }
    return STATUS_OK;
}

static int find_remaining(const struct binder *binder) {
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        if (binder->binding->how[i] != BOUND_NOT) continue;
        const struct parameter_set_part *part = bind_part(binder, i);
        if (part && (part->flags & PARAMETER_REMAINING)) return (int)i;
    }
    return -1;
}

static enum status bind_remaining(struct binder *binder, const struct argument *arguments, uint32_t count, uint8_t *used) {
    int index = find_remaining(binder);
    if (index < 0) return STATUS_OK;
    struct value list = list_new(binder->realm, NULL, 4); /* a List of objects, as PowerShell makes it */
    bool as_written = binder->signature->parameters[index].flags & PARAMETER_AS_WRITTEN;
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (used[i]) continue;
        used[i] = 1;
        taken++;
        if (arguments[i].kind != ARGUMENT_VALUE) array_push_take(list, string_format("-%.*s%s", TEXT_ARGUMENT(arguments[i].name),
                                                                                    arguments[i].kind == ARGUMENT_NAME_VALUE && !arguments[i].from_splat ? ":" : ""));
        if (arguments[i].kind == ARGUMENT_NAME) continue;
        bool as_word = as_written && arguments[i].is_bare && arguments[i].name.length && value_is_number(arguments[i].value);
        if (as_word) array_push_take(list, string_new(arguments[i].name));
        else array_push(list, arguments[i].value);
    }
    enum status status = STATUS_OK;
    bool bound;
    /* One list given as one argument is the list itself. */
    struct value v = list;
    if (array_count(list) == 1 && value_is_array_like(value_base(array_at(list, 0)))) v = array_at(list, 0);
    if (taken) status = bind_store(binder, (uint32_t)index, v, BOUND_EXPLICIT, true, &bound);
    value_release(list);
    return status;
}

enum status bind_positions(struct binder *binder, const struct argument *arguments, uint32_t count, uint8_t *used) {
    int position = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (used[i] || arguments[i].kind != ARGUMENT_VALUE) continue;
        if (i && arguments[i - 1].kind == ARGUMENT_NAME && !used[i - 1]) continue; /* goes with the name that nobody knows */
        position = next_position(binder, position);
        if (position < 0) break;
        bool bound;
        binder->written = arguments[i].is_bare ? arguments[i].name : TEXT_NONE;
        enum status status = bind_at(binder, position, arguments[i].value, &bound);
        binder->written = TEXT_NONE;
        if (status != STATUS_OK) return status;
        if (!bound) break;
        used[i] = 1;
        if (parameter_at(binder, position, true, -1) < 0 && parameter_at(binder, position, false, -1) < 0) position++;
    }
    return bind_remaining(binder, arguments, count, used);
}
