#include "property_private.h"

#include <math.h>
#include "m365sh/base/utf8.h"
#include "m365sh/pattern/wildcard.h"

enum { INPUT, PROPERTY, DEVIATION, SUM, ALL, AVERAGE, MAXIMUM, MINIMUM, LINE, WORD, CHARACTER, IGNORE_SPACE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Property", "object[]", 0, 0, NULL, NULL, NULL, "property", "Properties to measure instead of the objects themselves."},
    {"StandardDeviation", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "How far the numbers lie from their average (of a sample)."},
    {"Sum", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "Adds the numbers up."},
    {"AllStats", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "All of them."},
    {"Average", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "The mean."},
    {"Maximum", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "The largest."},
    {"Minimum", "switch", -1, 0, NULL, "GenericMeasure", NULL, NULL, "The smallest."},
    {"Line", "switch", -1, 0, NULL, "TextMeasure", NULL, NULL, "Counts lines."},
    {"Word", "switch", -1, 0, NULL, "TextMeasure", NULL, NULL, "Counts words."},
    {"Character", "switch", -1, 0, NULL, "TextMeasure", NULL, NULL, "Counts characters."},
    {"IgnoreWhiteSpace", "switch", -1, 0, NULL, "TextMeasure", NULL, NULL, "Leaves blanks out of the characters."},
};

struct statistics {
    struct value name;               /* owned text; VALUE_NULL for the objects themselves */
    int64_t count, numbers;
    double sum, mean, deviation;     /* Welford's running mean and sum of squares */
    struct value largest, smallest;  /* owned */
    int64_t lines, words, characters;
};
struct state {
    struct property_list properties;
    struct statistics *items;
    uint32_t count;
    size_t capacity;
    bool text, numeric;
};

static bool wants(const struct invocation *call, uint32_t which) {
    return invocation_switch(call, which) || invocation_switch(call, ALL);
}

static struct statistics *statistics_for(struct invocation *call, struct text name, bool whole) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->count; i++) {
        if (whole || text_equal_fold(string_text(state->items[i].name), name)) return &state->items[i];
    }
    ALLOC_GROW(state->items, state->capacity, (size_t)state->count + 1);
    struct statistics *made = &state->items[state->count++];
    *made = (struct statistics){.name = whole ? value_null() : string_new(name)};
    return made;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    enum status status = property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
    if (status != STATUS_OK) return status;
    state->text = invocation_switch(call, LINE) || invocation_switch(call, WORD) || invocation_switch(call, CHARACTER);
    state->numeric = wants(call, SUM) || wants(call, AVERAGE) || wants(call, DEVIATION);
    if (!state->properties.count) statistics_for(call, TEXT_NONE, true);
    return STATUS_OK;
}

static void count_text(struct invocation *call, struct statistics *statistics, struct value v) {
    struct value owned = convert_text(call->realm, v);
    struct text text = string_text(owned);
    bool in_word = false, skip = invocation_switch(call, IGNORE_SPACE);
    statistics->lines += text.length ? 1 : 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        bool blank = utf8_is_space(c);
        if (c == '\n' && at < text.length) statistics->lines++;
        if (!blank && !in_word) statistics->words++;
        in_word = !blank;
        if (!(skip && blank)) statistics->characters += c > 0xffff ? 2 : 1;
    }
    value_release(owned);
}

static enum status add_number(struct invocation *call, struct statistics *statistics, struct value v, struct value item) {
    struct value number;
    struct value base = value_base(v);
    if (value_is_nothing(base)) return STATUS_OK;
    if (!convert_try(call->realm, base, type_of_kind(call->realm, VALUE_DOUBLE), &number) || value_is_array_like(base)) {
        struct value text = convert_text(call->realm, item);
        enum status status = invocation_error(call, "System.Management.Automation.PSInvalidOperationException", "NonNumericInputObject",
                                              ERROR_INVALID_TYPE, item, "'%s' is no number and cannot be added up.", string_chars(text));
        value_release(text);
        statistics->count--;
        return status;
    }
    double n = number_to_double(number);
    value_release(number);
    statistics->numbers++;
    statistics->sum += n;
    double step = n - statistics->mean;
    statistics->mean += step / (double)statistics->numbers;
    statistics->deviation += step * (n - statistics->mean);
    return STATUS_OK;
}

/* What reads as a number is compared as one, also where it is text. Owned. */
static struct value comparable(struct invocation *call, struct value v) {
    struct value number;
    if (v.kind == VALUE_STRING && convert_text_to_number(call->realm, string_text(v), &number)) return number;
    return value_keep(v);
}

static enum status compare_with(struct invocation *call, struct value *place, struct value v, int sign) {
    int difference = sign;
    if (place->kind != VALUE_UNSET) {
        struct value left = comparable(call, v), right = comparable(call, *place);
        bool mixed = value_is_number(left) != value_is_number(right);
        enum status status = ops_order(call->realm, mixed ? v : left, mixed ? *place : right, false, &difference);
        value_release(left);
        value_release(right);
        if (status != STATUS_OK) return status;
    }
    if (place->kind != VALUE_UNSET && difference * sign <= 0) return STATUS_OK;
    struct value number = comparable(call, v); /* '20' is shown as the number it was compared as */
    value_set_take(place, v.kind == VALUE_STRING && value_is_number(number) ? value_double(number_to_double(number)) : value_keep(v));
    value_release(number);
    return STATUS_OK;
}

static enum status add_value(struct invocation *call, struct statistics *statistics, struct value v, struct value item) {
    struct state *state = call->state;
    enum status status = STATUS_OK;
    statistics->count++;
    if (state->text) {
        if (!value_is_nothing(v)) count_text(call, statistics, v);
        return STATUS_OK;
    }
    if (state->numeric) status = add_number(call, statistics, v, item);
    struct value base = value_base(v);
    if (status == STATUS_OK && wants(call, MAXIMUM)) status = compare_with(call, &statistics->largest, base, 1);
    if (status == STATUS_OK && wants(call, MINIMUM)) status = compare_with(call, &statistics->smallest, base, -1);
    return status;
}

struct walk { struct invocation *call; struct text pattern; struct value item; };

static enum status add_matching(void *context, struct text name, struct value v) {
    struct walk *walk = context;
    if (!wildcard_match(walk->pattern, name, true)) return STATUS_OK;
    return add_value(walk->call, statistics_for(walk->call, name, false), v, walk->item);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (value_is_nothing(item)) return STATUS_OK;
    if (!state->properties.count) return add_value(call, &state->items[0], item, item);
    for (uint32_t i = 0; i < state->properties.count; i++) {
        const struct property *property = &state->properties.items[i];
        enum status status;
        if (property->wild) {
            struct walk walk = {call, property->name, item};
            status = member_walk_values(call->realm, item, true, add_matching, &walk);
        } else {
            bool found;
            struct value v;
            status = property_value(call, property, item, &found, &v);
            if (status == STATUS_OK && found) status = add_value(call, statistics_for(call, property->name, false), v, item);
            if (status == STATUS_OK) value_release(v);
        }
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static void put(struct invocation *call, struct value info, const char *name, struct value v) {
    object_add(call->realm, info, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value number_or_null(bool wanted, double n) {
    return wanted ? value_double(n) : value_null();
}

/* Extremes of numbers are given as doubles, those of anything else as they are. */
static struct value extreme(struct invocation *call, bool wanted, struct value v) {
    struct value number;
    if (!wanted || v.kind == VALUE_UNSET) return value_null();
    if (v.kind == VALUE_STRING && convert_text_to_number(call->realm, string_text(v), &number)) {
        struct value real = value_double(number_to_double(number));
        value_release(number);
        return real;
    }
    if (value_is_number(v) && v.kind != VALUE_BIGINT) return value_double(number_to_double(v));
    return value_keep(v);
}

static struct value generic_info(struct invocation *call, const struct statistics *statistics) {
    struct value info = object_new(call->realm, type_find(call->realm, TEXT("Microsoft.PowerShell.Commands.GenericMeasureInfo")), 7);
    bool any = statistics->numbers > 0;
    put(call, info, "Count", value_int32((int32_t)statistics->count));
    put(call, info, "Average", number_or_null(wants(call, AVERAGE) && any, any ? statistics->sum / (double)statistics->count : 0));
    put(call, info, "Sum", number_or_null(wants(call, SUM) && (any || statistics->count == 0), statistics->sum));
    put(call, info, "Maximum", extreme(call, wants(call, MAXIMUM), statistics->largest));
    put(call, info, "Minimum", extreme(call, wants(call, MINIMUM), statistics->smallest));
    double spread = statistics->numbers > 1 ? sqrt(statistics->deviation / (double)(statistics->numbers - 1)) : 0;
    put(call, info, "StandardDeviation", number_or_null(wants(call, DEVIATION) && any, spread));
    put(call, info, "Property", value_keep(statistics->name));
    return info;
}

static struct value text_info(struct invocation *call, const struct statistics *statistics) {
    struct value info = object_new(call->realm, type_find(call->realm, TEXT("Microsoft.PowerShell.Commands.TextMeasureInfo")), 4);
    put(call, info, "Lines", invocation_switch(call, LINE) ? value_int32((int32_t)statistics->lines) : value_null());
    put(call, info, "Words", invocation_switch(call, WORD) ? value_int32((int32_t)statistics->words) : value_null());
    put(call, info, "Characters", invocation_switch(call, CHARACTER) ? value_int32((int32_t)statistics->characters) : value_null());
    put(call, info, "Property", value_keep(statistics->name));
    return info;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < state->count && status == STATUS_OK; i++)
        status = invocation_emit_take(call, state->text ? text_info(call, &state->items[i]) : generic_info(call, &state->items[i]));
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->count; i++) {
        value_release(state->items[i].name);
        value_release(state->items[i].largest);
        value_release(state->items[i].smallest);
    }
    alloc_free(state->items);
    property_list_free(&state->properties);
}

static const struct example_row example_rows[] = {
    {"1..10 | Measure-Object -Sum -Average", "Sum and mean of ten numbers."},
    {"Get-User | Measure-Object", "How many users there are."},
};

CMDLET(measure_object) = {
    .name = "Measure-Object", .aliases = "measure", .synopsis = "Counts, adds up, averages; or counts lines and words.",
    .description = "Without a switch it counts. Null from the pipeline is not counted.",
    PARAMETERS, .default_set = "GenericMeasure", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
