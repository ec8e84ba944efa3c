#include "property_private.h"

#include "m365sh/pattern/wildcard.h"

enum { INPUT, PROPERTY, EXCLUDE, EXPAND, UNIQUE, CASE_INSENSITIVE, LAST, FIRST, SKIP, SKIP_LAST, WAIT, INDEX, SKIP_INDEX };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Property", "object[]", 0, 0, NULL, "DefaultParameter|SkipLastParameter", NULL, "property", "Properties to keep; wildcards and calculated ones too."},
    {"ExcludeProperty", "string[]", -1, 0, NULL, "DefaultParameter|SkipLastParameter", NULL, "property", "Properties to leave out."},
    {"ExpandProperty", "string", -1, 0, NULL, "DefaultParameter|SkipLastParameter", NULL, "property", "The property whose value is given instead of the object."},
    {"Unique", "switch", -1, 0, NULL, NULL, NULL, NULL, "Leaves out what came before already."},
    {"CaseInsensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "With -Unique: upper and lower case are the same."},
    {"Last", "int", -1, 0, NULL, "DefaultParameter", NULL, NULL, "So many from the end."},
    {"First", "int", -1, 0, NULL, "DefaultParameter", NULL, NULL, "So many from the start; the stages before are then stopped."},
    {"Skip", "int", -1, 0, NULL, "DefaultParameter|SkipLastParameter", NULL, NULL, "Passes over so many at the start (at the end, with -Last)."},
    {"SkipLast", "int", -1, 0, NULL, "SkipLastParameter", NULL, NULL, "Leaves out so many at the end."},
    {"Wait", "switch", -1, 0, NULL, "DefaultParameter|IndexParameter", NULL, NULL, "Lets the stages before run to their end."},
    {"Index", "int[]", -1, 0, NULL, "IndexParameter", NULL, NULL, "The objects at these places, from 0."},
    {"SkipIndex", "int[]", -1, 0, NULL, "SkipIndexParameter", NULL, NULL, "All but the objects at these places."},
};

struct state {
    struct property_list properties;
    struct value held, seen;           /* owned lists */
    int64_t first, last, skip, skip_last, taken, place;
    int64_t highest_index;
    bool has_first, has_last, has_index, has_skip_index;
};

static enum status refuse_negative(struct invocation *call, uint32_t which, const char *name) {
    int64_t n = invocation_integer(call, which, 0);
    if (n >= 0) return STATUS_OK;
    return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError",
                            ERROR_INVALID_DATA, value_int64(n), "-%s counts objects and cannot be below zero.", name);
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    enum status status = property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
    if (status == STATUS_OK) status = refuse_negative(call, FIRST, "First");
    if (status == STATUS_OK) status = refuse_negative(call, LAST, "Last");
    if (status == STATUS_OK) status = refuse_negative(call, SKIP, "Skip");
    if (status != STATUS_OK) return status;
    state->held = list_new(call->realm, NULL, 8);
    state->seen = list_new(call->realm, NULL, 8);
    state->first = invocation_integer(call, FIRST, 0);
    state->last = invocation_integer(call, LAST, 0);
    state->skip = invocation_integer(call, SKIP, 0);
    state->skip_last = invocation_integer(call, SKIP_LAST, 0);
    state->has_first = invocation_has(call, FIRST);
    state->has_last = invocation_has(call, LAST);
    state->has_index = invocation_has(call, INDEX);
    state->has_skip_index = invocation_has(call, SKIP_INDEX);
    struct value indexes = value_base(invocation_argument(call, INDEX));
    for (uint32_t i = 0; state->has_index && i < array_count(indexes); i++) {
        if (array_at(indexes, i).integer > state->highest_index) state->highest_index = array_at(indexes, i).integer;
    }
    return state->has_first && state->first == 0 && !state->has_last && !invocation_switch(call, WAIT) ? STATUS_STOP : STATUS_OK;
}

static bool is_excluded(struct invocation *call, struct text name) {
    struct value list = value_base(invocation_argument(call, EXCLUDE));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), name, true)) return true;
    }
    return false;
}

struct copy {
    struct invocation *call;
    struct value target;
    struct text pattern;
    bool matched;
};

static enum status copy_property(void *context, struct text name, struct value v) {
    struct copy *copy = context;
    if (!wildcard_match(copy->pattern, name, true) || is_excluded(copy->call, name)) return STATUS_OK;
    copy->matched = true;
    if (!object_find_text(copy->call->realm, copy->target, name)) object_put(copy->call->realm, copy->target, name, v);
    return STATUS_OK;
}

/* Keys count as properties of a Hashtable, not of an ordered one. */
static bool has_keys(struct value item) {
    item = value_base(item);
    return value_is_table(item) && table_block(item)->table_kind != TABLE_ORDERED;
}

struct pick { struct text name, spelling; struct value v; };

static enum status pick_property(void *context, struct text name, struct value v) {
    struct pick *pick = context;
    if (!text_equal_fold(pick->name, name)) return STATUS_OK;
    value_set(&pick->v, v);
    return STATUS_STOP;
}

static bool pick_name(void *context, const struct member_info *info) {
    struct pick *pick = context;
    if (!info->is_property || !text_equal_fold(pick->name, info->name)) return true;
    pick->spelling = info->name;
    return false;
}

/* The new property is spelled as the object spells it. */
static struct text spelling_of(struct realm *realm, const struct property *property, struct value item) {
    struct value base = value_base(item);
    if (!property->plain || value_is_table(base)) return property->name;
    if (base.kind == VALUE_OBJECT) {
        int32_t slot = shape_find(object_block(base)->shape, property->id);
        if (slot >= 0) return text_of(object_block(base)->shape->entries[slot].spelling);
    }
    struct pick pick = {.name = property->name, .spelling = property->name};
    member_walk(realm, item, pick_name, &pick);
    return pick.spelling;
}

static enum status read_property(struct invocation *call, const struct property *property, struct value item, struct value *out) {
    bool found;
    bool ordered = value_is_table(value_base(item)) && !has_keys(item);
    if (!ordered || property->block.kind != VALUE_UNSET) return property_value(call, property, item, &found, out);
    struct pick pick = {.name = property->name, .v = value_null()};
    enum status status = member_walk_values(call->realm, item, false, pick_property, &pick);
    *out = pick.v;
    return status == STATUS_STOP ? STATUS_OK : status;
}

static enum status add_property(struct invocation *call, const struct property *property, struct value item, struct value target,
                                bool expanding) {
    if (property->wild) {
        struct copy copy = {call, target, property->name, false};
        return member_walk_values(call->realm, item, has_keys(item), copy_property, &copy);
    }
    if (is_excluded(call, property->name)) return STATUS_OK;
    struct value v;
    enum status status = read_property(call, property, item, &v);
    if (status != STATUS_OK) return status;
    if (object_find_text(call->realm, target, property->name)) {
        status = invocation_error(call, "System.Management.Automation.PSArgumentException",
                                  expanding ? "AlreadyExistingUserSpecifiedPropertyExpand" : "AlreadyExistingUserSpecifiedPropertyNoExpand",
                                  ERROR_INVALID_OPERATION, item, "The property %.*s is there already; it is given once.",
                                  TEXT_ARGUMENT(property->name));
    } else {
        object_put(call->realm, target, spelling_of(call->realm, property, item), v);
    }
    value_release(v);
    return status;
}

struct type_names { struct realm *realm; struct value list; };

static bool add_selected_name(void *context, struct text name) {
    struct type_names *names = context;
    if (array_count(names->list) == 0) array_push_take(names->list, string_format("Selected.%.*s", TEXT_ARGUMENT(name)));
    return false;
}

/* The new object's type names: Selected.<type>, then those of any PSCustomObject. */
static void name_selected(struct invocation *call, struct value item, struct value target) {
    struct type_names names = {call->realm, array_new(call->realm, NULL, 3)};
    type_names_walk(call->realm, item, add_selected_name, &names);
    array_push_take(names.list, string_of("System.Management.Automation.PSCustomObject"));
    array_push_take(names.list, string_of("System.Object"));
    value_set_take(&object_block(target)->type_names, names.list);
}

static enum status shape_item(struct invocation *call, struct value item, struct value *out) {
    struct state *state = call->state;
    if (!state->properties.count && !invocation_has(call, EXCLUDE)) {
        *out = value_keep(item);
        return STATUS_OK;
    }
    struct value target = object_new(call->realm, NULL, state->properties.count);
    enum status status = STATUS_OK;
    static const struct property all = {.name = {"*", 1}, .wild = true, .descending = -1};
    for (uint32_t i = 0; i < state->properties.count && status == STATUS_OK; i++)
        status = add_property(call, &state->properties.items[i], item, target, false);
    if (!state->properties.count) status = add_property(call, &all, item, target, false);
    if (status != STATUS_OK) {
        value_release(target);
        return status;
    }
    name_selected(call, item, target);
    *out = target;
    return STATUS_OK;
}

static enum status same_values(struct invocation *call, struct value a, struct value b, bool *same);

static enum status same_objects(struct invocation *call, struct value a, struct value b, bool *same) {
    const struct object *left = object_block(a), *right = object_block(b);
    *same = left->shape->count == right->shape->count;
    for (uint32_t i = 0; *same && i < left->shape->count; i++) {
        struct value *other = object_find(b, left->shape->entries[i].name);
        *same = other != NULL;
        if (!*same) break;
        enum status status = same_values(call, left->slots[i], *other, same);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status same_values(struct invocation *call, struct value a, struct value b, bool *same) {
    struct value left = value_base(a), right = value_base(b);
    bool keep_case = !invocation_switch(call, CASE_INSENSITIVE);
    if (left.kind == VALUE_OBJECT && right.kind == VALUE_OBJECT &&
        !realm_stack_low(call->realm))
        return same_objects(call, left, right, same);
    enum status status = ops_equal(call->realm, left, right, keep_case, same);
    if (status != STATUS_ERROR) return status;
    value_release(realm_take_raised(call->realm));
    *same = false;
    return STATUS_OK;
}

static enum status was_seen(struct invocation *call, struct value item, bool *seen) {
    struct state *state = call->state;
    *seen = false;
    if (!invocation_switch(call, UNIQUE)) return STATUS_OK;
    for (uint32_t i = 0; i < array_count(state->seen) && !*seen; i++) {
        enum status status = same_values(call, array_at(state->seen, i), item, seen);
        if (status != STATUS_OK) return status;
    }
    if (!*seen) array_push(state->seen, item);
    return STATUS_OK;
}

static enum status emit_unique(struct invocation *call, struct value item) {
    bool seen;
    enum status status = was_seen(call, item, &seen);
    return status != STATUS_OK || seen ? status : invocation_emit(call, item);
}

/* An expanded value with -Property beside it carries those as added properties. */
static enum status emit_expanded(struct invocation *call, struct value item, struct value part) {
    struct state *state = call->state;
    if (!state->properties.count || value_is_nothing(part)) return emit_unique(call, part);
    struct value target = part.kind == VALUE_OBJECT ? value_keep(part) : extended_new(call->realm, part);
    struct value members = target.kind == VALUE_EXTENDED ? extended_members(target) : target;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < state->properties.count && status == STATUS_OK; i++)
        status = add_property(call, &state->properties.items[i], item, members, true);
    if (status == STATUS_OK) status = emit_unique(call, target);
    value_release(target);
    return status;
}

static enum status expand(struct invocation *call, struct value item) {
    struct property property = {.name = invocation_text(call, EXPAND), .descending = -1};
    property.id = intern_name(call->realm->names, property.name);
    bool found;
    struct value v;
    enum status status = property_value(call, &property, item, &found, &v);
    if (status != STATUS_OK) return status;
    if (!found)
        return invocation_error(call, "System.Management.Automation.PSArgumentException", "ExpandPropertyNotFound", ERROR_INVALID_ARGUMENT,
                                item, "The object has no property %.*s to expand.", TEXT_ARGUMENT(property.name));
    if (convert_is_enumerable(call->realm, v)) {
        struct enumeration it;
        enumeration_start(call->realm, &it, v);
        bool more = false;
        struct value part;
        while ((status = enumeration_next(call->realm, &it, &more, &part)) == STATUS_OK && more) {
            if ((status = emit_expanded(call, item, part)) != STATUS_OK) break;
        }
        enumeration_end(&it);
    } else if (v.kind != VALUE_NULL) { /* nothing expands to nothing, not to $null */
        status = emit_expanded(call, item, v);
    }
    value_release(v);
    return status;
}

static enum status give(struct invocation *call, struct value item) {
    if (invocation_has(call, EXPAND)) return expand(call, item);
    struct value shaped;
    enum status status = shape_item(call, item, &shaped);
    if (status != STATUS_OK) return status;
    status = emit_unique(call, shaped);
    value_release(shaped);
    return status;
}

static bool has_index(struct invocation *call, uint32_t which, int64_t place) {
    struct value list = value_base(invocation_argument(call, which));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (array_at(list, i).integer == place) return true;
    }
    return false;
}

static enum status take_by_index(struct invocation *call, struct value item) {
    struct state *state = call->state;
    int64_t place = state->place++;
    if (state->has_skip_index) return has_index(call, SKIP_INDEX, place) ? STATUS_OK : give(call, item);
    enum status status = has_index(call, INDEX, place) ? give(call, item) : STATUS_OK;
    if (status != STATUS_OK) return status;
    return place >= state->highest_index && !invocation_switch(call, WAIT) ? STATUS_STOP : STATUS_OK;
}

static enum status take_first(struct invocation *call, struct value item) {
    struct state *state = call->state;
    if (state->taken >= state->first) {
        /* -First with -Last: what comes after the first ones is kept for the end. */
        if (state->has_last) array_push(state->held, item);
        return state->has_last || invocation_switch(call, WAIT) ? STATUS_OK : STATUS_STOP;
    }
    enum status status = give(call, item);
    if (status != STATUS_OK) return status;
    return ++state->taken >= state->first && !state->has_last && !invocation_switch(call, WAIT) ? STATUS_STOP : STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (value_is_nothing(item)) return STATUS_OK; /* null is no object to select from */
    if (state->has_index || state->has_skip_index) return take_by_index(call, item);
    if (state->has_last && !state->has_first) {
        array_push(state->held, item);
        if (array_count(state->held) > state->last + state->skip) array_remove(state->held, 0, 1);
        return STATUS_OK;
    }
    if (state->skip > 0) {
        state->skip--;
        return STATUS_OK;
    }
    if (state->skip_last > 0) {
        array_push(state->held, item);
        if (array_count(state->held) <= state->skip_last) return STATUS_OK;
        struct value oldest = value_keep(array_at(state->held, 0));
        array_remove(state->held, 0, 1);
        enum status status = give(call, oldest);
        value_release(oldest);
        return status;
    }
    return state->has_first ? take_first(call, item) : give(call, item);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    if (!state->has_last) return STATUS_OK;
    int64_t count = array_count(state->held);
    int64_t until = state->has_first ? count : count - state->skip, from = until - state->last;
    for (int64_t i = from < 0 ? 0 : from; i < until; i++) {
        enum status status = give(call, array_at(state->held, (uint32_t)i));
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    property_list_free(&state->properties);
    value_release(state->held);
    value_release(state->seen);
}

static const struct example_row example_rows[] = {
    {"1..100 | Select-Object -First 3", "The first three; what comes before in the pipeline is stopped then."},
    {"Get-User -Top 5 | Select-Object DisplayName, @{ Name = 'Alias'; Expression = { $_.UserPrincipalName.Split('@')[0] } }",
     "Two properties of each user, one of them calculated."},
};

CMDLET(select_object) = {
    .name = "Select-Object", .aliases = "select", .synopsis = "Picks objects by their place, or properties of each object.",
    .description = "With properties it gives new objects that have only those. It does not limit changes made by the stages before it.",
    PARAMETERS, .default_set = "DefaultParameter", .state_size = sizeof(struct state), .begin = begin, .process = process,
    .end = end, .clean = clean, EXAMPLES,
};
