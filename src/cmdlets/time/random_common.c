#include "random_private.h"

static uint64_t bits(struct invocation *call) {
    struct random_state *state = call->state;
    uint64_t out;
    if (!state->secure) return random_next(&call->realm->random);
    random_secure(&out, sizeof out);
    return out;
}

static uint64_t below(struct invocation *call, uint64_t bound) {
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound, out;
    do out = bits(call);
    while (out >= limit);
    return out % bound;
}

enum status random_begin(struct invocation *call, bool secure) {
    struct random_state *state = call->state;
    int64_t count = invocation_integer(call, RANDOM_COUNT, 1);
    state->secure = secure;
    state->items = list_new(call->realm, NULL, 0);
    if (count >= 1) return STATUS_OK;
    return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError", ERROR_INVALID_DATA, value_null(), "-Count starts at 1.");
}

/* Text is read as a number; what is no number at all raises. */
static enum status read_bound(struct invocation *call, uint32_t parameter, struct value *out) {
    struct value given = value_base(invocation_argument(call, parameter));
    *out = VALUE_UNSET_INIT;
    if (value_is_nothing(given)) return STATUS_OK;
    if (given.kind == VALUE_STRING && convert_text_to_number(call->realm, string_text(given), out)) return STATUS_OK;
    if (value_is_number(given)) {
        *out = value_keep(given);
        return STATUS_OK;
    }
    return convert_to(call->realm, given, type_of_kind(call->realm, VALUE_INT32), out);
}

static enum status bad_range(struct invocation *call) {
    return invocation_throw(call, "System.ArgumentException", "MinGreaterThanOrEqualMax", ERROR_INVALID_ARGUMENT, value_null(), "-Minimum must be less than -Maximum.");
}

static enum status emit_number(struct invocation *call, struct value least, struct value most) {
    bool real = (least.kind != VALUE_UNSET && !value_is_integer(least)) || (most.kind != VALUE_UNSET && !value_is_integer(most));
    if (real) {
        double from = least.kind == VALUE_UNSET ? 0 : number_to_double(least), to = most.kind == VALUE_UNSET ? 1.7976931348623157e308 : number_to_double(most);
        if (from >= to) return bad_range(call);
        double fraction = (double)(bits(call) >> 11) / 9007199254740992.0;
        return invocation_emit(call, value_double(from + (to - from) * fraction));
    }
    bool wide = (least.kind != VALUE_UNSET && (least.kind != VALUE_INT32 || !number_fits(VALUE_INT32, least.integer))) ||
                (most.kind != VALUE_UNSET && (most.kind != VALUE_INT32 || !number_fits(VALUE_INT32, most.integer)));
    int64_t from = least.kind == VALUE_UNSET ? 0 : least.integer, to = most.kind == VALUE_UNSET ? (wide ? INT64_MAX : INT32_MAX) : most.integer;
    if (from >= to) return bad_range(call);
    int64_t number = (int64_t)((uint64_t)from + below(call, (uint64_t)to - (uint64_t)from));
    return invocation_emit(call, wide ? value_int64(number) : value_int32((int32_t)number));
}

static enum status emit_numbers(struct invocation *call) {
    struct value least = VALUE_UNSET_INIT, most = VALUE_UNSET_INIT;
    enum status status = read_bound(call, RANDOM_MINIMUM, &least);
    if (status == STATUS_OK) status = read_bound(call, RANDOM_MAXIMUM, &most);
    for (int64_t i = invocation_integer(call, RANDOM_COUNT, 1); status == STATUS_OK && i > 0; i--) status = emit_number(call, least, most);
    value_release(least);
    value_release(most);
    return status;
}

enum status random_process(struct invocation *call) {
    struct random_state *state = call->state;
    struct value given = value_base(invocation_argument(call, RANDOM_INPUT));
    if (value_is_array_like(given))
        for (uint32_t i = 0; i < array_count(given); i++) array_push(state->items, array_at(given, i));
    else if (given.kind != VALUE_UNSET) array_push(state->items, given);
    return STATUS_OK;
}

enum status random_end(struct invocation *call) {
    struct random_state *state = call->state;
    if (!invocation_has(call, RANDOM_INPUT) && !call->has_input) return emit_numbers(call);
    uint32_t total = array_count(state->items);
    int64_t wanted = invocation_switch(call, RANDOM_SHUFFLE) ? total : invocation_integer(call, RANDOM_COUNT, 1);
    struct value *items = array_items(state->items);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < total && i < wanted; i++) {
        uint32_t chosen = i + (uint32_t)below(call, total - i);
        struct value item = items[chosen];
        items[chosen] = items[i];
        items[i] = item;
        status = invocation_emit(call, item);
    }
    return status;
}

void random_clean(struct invocation *call) {
    struct random_state *state = call->state;
    value_release(state->items);
}
