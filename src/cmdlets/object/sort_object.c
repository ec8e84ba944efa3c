#include "property_private.h"
#include "sort_run_private.h"

enum { INPUT, PROPERTY, DESCENDING, UNIQUE, TOP, BOTTOM, STABLE, CULTURE, CASE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Property", "object[]", 0, 0, NULL, NULL, NULL, "property", "What to sort by: properties, blocks, or tables with Expression and Descending."},
    {"Descending", "switch", -1, 0, NULL, NULL, NULL, NULL, "Largest first."},
    {"Unique", "switch", -1, 0, NULL, NULL, NULL, NULL, "One object of those that sort alike."},
    {"Top", "int", -1, PARAMETER_MANDATORY, NULL, "Top", NULL, NULL, "Only so many of the first."},
    {"Bottom", "int", -1, PARAMETER_MANDATORY, NULL, "Bottom", NULL, NULL, "Only so many of the last."},
    {"Stable", "switch", -1, 0, NULL, "Default", NULL, NULL, "Keeps the order of those that sort alike; this is always so here."},
    {"Culture", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"CaseSensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "Upper and lower case differ."},
};

struct state {
    struct property_list properties;
    struct value *items;     /* owned */
    struct value *keys;      /* count * key_count, owned */
    uint32_t count;
    size_t item_capacity, key_capacity;
    uint32_t key_count;
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    enum status status = property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
    state->key_count = state->properties.count ? state->properties.count : 1;
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (value_is_nothing(item)) return STATUS_OK; /* null is no object to sort */
    ALLOC_GROW(state->items, state->item_capacity, (size_t)state->count + 1);
    ALLOC_GROW(state->keys, state->key_capacity, ((size_t)state->count + 1) * state->key_count);
    struct value *keys = state->keys + (size_t)state->count * state->key_count;
    for (uint32_t i = 0; i < state->key_count; i++) {
        bool found;
        keys[i] = value_null();
        if (!state->properties.count) {
            keys[i] = value_keep(item);
            continue;
        }
        enum status status = property_value(call, &state->properties.items[i], item, &found, &keys[i]);
        if (status == STATUS_OK && !found) value_set_take(&keys[i], VALUE_UNSET_INIT); /* comes last in either direction */
        if (status != STATUS_OK) {
            for (uint32_t k = 0; k < i; k++) value_release(keys[k]);
            return status;
        }
    }
    state->items[state->count++] = value_keep(item);
    return STATUS_OK;
}

static bool is_descending(struct invocation *call, uint32_t key) {
    struct state *state = call->state;
    int own = state->properties.count ? state->properties.items[key].descending : -1;
    return own >= 0 ? own : invocation_switch(call, DESCENDING);
}

static enum status order(void *context, uint32_t a, uint32_t b, int *out) {
    struct invocation *call = context;
    struct state *state = call->state;
    bool keep_case = invocation_switch(call, CASE);
    *out = 0;
    for (uint32_t i = 0; i < state->key_count && *out == 0; i++) {
        struct value left = state->keys[(size_t)a * state->key_count + i], right = state->keys[(size_t)b * state->key_count + i];
        bool missing = left.kind == VALUE_UNSET || right.kind == VALUE_UNSET;
        if (missing) {
            *out = (left.kind == VALUE_UNSET) - (right.kind == VALUE_UNSET);
            continue;
        }
        enum status status = ops_order(call->realm, left, right, keep_case, out);
        if (status != STATUS_OK) return status;
        if (is_descending(call, i)) *out = -*out;
    }
    return STATUS_OK;
}

/* Drops those that sort like the one before; the first of each stays. */
static enum status drop_equal(struct invocation *call, struct sort_record *records, uint32_t *count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        int difference = 1;
        enum status status = kept ? sort_run_compare(&records[kept - 1], &records[i], order, call, &difference) : STATUS_OK;
        if (status != STATUS_OK) return status;
        if (difference != 0) records[kept++] = records[i];
    }
    *count = kept;
    return STATUS_OK;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    uint32_t count = state->count;
    struct sort_record *records = ALLOC_ARRAY(struct sort_record, count ? count : 1);
    sort_run_prefixes(records, count, state->keys, state->key_count, is_descending(call, 0));
    bool stable = invocation_switch(call, STABLE) || invocation_integer(call, TOP, -1) >= 0 || invocation_integer(call, BOTTOM, -1) >= 0;
    enum status status = stable ? sort_run_stable(records, count, order, call) : sort_run(records, count, order, call);
    if (status == STATUS_OK && invocation_switch(call, UNIQUE)) status = drop_equal(call, records, &count);
    uint32_t from = 0, until = count;
    int64_t top = invocation_integer(call, TOP, count), bottom = invocation_integer(call, BOTTOM, count);
    if (top >= 0 && top < count) until = (uint32_t)top;
    if (bottom >= 0 && bottom < count) from = count - (uint32_t)bottom;
    for (uint32_t i = from; i < until && status == STATUS_OK; i++) status = invocation_emit(call, state->items[records[i].index]);
    alloc_free(records);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->count; i++) value_release(state->items[i]);
    for (size_t i = 0; i < (size_t)state->count * state->key_count; i++) value_release(state->keys[i]);
    alloc_free(state->items);
    alloc_free(state->keys);
    property_list_free(&state->properties);
}

static const struct example_row example_rows[] = {
    {"3, 1, 2 | Sort-Object -Descending", "Numbers from the largest down."},
    {"Get-User -Top 50 | Sort-Object Department, DisplayName | Select-Object -First 5", "Users by department, then by name."},
};

CMDLET(sort_object) = {
    .name = "Sort-Object", .aliases = "sort", .synopsis = "Sorts objects.",
    .description = "By themselves, by properties, or by what blocks give for them. Those that sort alike keep their order.",
    PARAMETERS, .default_set = "Default", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
