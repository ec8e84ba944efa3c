#include "property_private.h"
#include "sort_run_private.h"

#include "m365sh/base/fold.h"

enum { INPUT, PROPERTY, NO_ELEMENT, AS_TABLE, AS_STRING, CASE, CULTURE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Property", "object[]", 0, 0, NULL, NULL, NULL, "property", "What to group by: properties or blocks."},
    {"NoElement", "switch", -1, 0, NULL, NULL, NULL, NULL, "Leaves the members out of the groups."},
    {"AsHashTable", "switch", -1, 0, "AHT", NULL, NULL, NULL, "One table from key to members instead of groups."},
    {"AsString", "switch", -1, 0, NULL, NULL, NULL, NULL, "Keys of the table are text."},
    {"CaseSensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "Upper and lower case differ."},
    {"Culture", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

struct group {
    struct value *keys;      /* key_count, owned */
    struct value members;    /* owned list */
};
struct state {
    struct property_list properties;
    struct group *groups;
    uint32_t count, key_count;
    size_t capacity;
    struct value index;      /* text of the keys to group number: finds a group without comparing all */
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->index = table_new(call->realm, TABLE_HASH, false, NULL);
    enum status status = property_list_read(call, invocation_argument(call, PROPERTY), &state->properties);
    state->key_count = state->properties.count ? state->properties.count : 1;
    return status;
}

static enum status read_keys(struct invocation *call, struct value item, struct value *keys) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->key_count; i++) {
        bool found;
        if (!state->properties.count) {
            keys[i] = value_keep(item);
            continue;
        }
        enum status status = property_value(call, &state->properties.items[i], item, &found, &keys[i]);
        if (status == STATUS_OK) continue;
        for (uint32_t k = 0; k < i; k++) value_release(keys[k]);
        return status;
    }
    return STATUS_OK;
}

/* Text that is the same for keys that are equal; keys with the same text are then compared. */
static struct value index_key(struct invocation *call, const struct value *keys) {
    struct state *state = call->state;
    struct bytes text = {0};
    for (uint32_t i = 0; i < state->key_count; i++) {
        if (value_is_nothing(keys[i])) bytes_add_byte(&text, '\x1e'); /* null is not the empty text */
        struct value key = convert_text(call->realm, keys[i]);
        if (invocation_switch(call, CASE)) bytes_add_text(&text, string_text(key));
        else fold_add_upper(&text, string_text(key));
        bytes_add_byte(&text, '\x1f');
        value_release(key);
    }
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    return v;
}

static struct group *new_group(struct invocation *call, struct value *keys) {
    struct state *state = call->state;
    ALLOC_GROW(state->groups, state->capacity, (size_t)state->count + 1);
    struct group *group = &state->groups[state->count++];
    group->keys = ALLOC_ARRAY(struct value, state->key_count);
    for (uint32_t i = 0; i < state->key_count; i++) group->keys[i] = value_keep(keys[i]);
    group->members = list_new(call->realm, type_find(call->realm, TEXT("System.Collections.ObjectModel.Collection[psobject]")), 4);
    return group;
}

static struct group *group_for(struct invocation *call, struct value *keys) {
    struct state *state = call->state;
    struct value key = index_key(call, keys);
    struct value *place = table_find(state->index, key);
    struct group *group;
    if (place) {
        group = &state->groups[place->integer];
    } else {
        group = new_group(call, keys);
        table_put(state->index, key, value_int64(state->count - 1));
    }
    value_release(key);
    return group;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    struct value *keys = ALLOC_ARRAY(struct value, state->key_count);
    enum status status = read_keys(call, item, keys);
    if (status == STATUS_OK) {
        array_push(group_for(call, keys)->members, item);
        for (uint32_t i = 0; i < state->key_count; i++) value_release(keys[i]);
    }
    alloc_free(keys);
    return status;
}

static enum status order(void *context, uint32_t a, uint32_t b, int *out) {
    struct invocation *call = context;
    struct state *state = call->state;
    *out = 0;
    for (uint32_t i = 0; i < state->key_count && *out == 0; i++) {
        enum status status = ops_order(call->realm, state->groups[a].keys[i], state->groups[b].keys[i], invocation_switch(call, CASE), out);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static struct value group_name(struct invocation *call, const struct group *group) {
    struct state *state = call->state;
    struct bytes text = {0};
    for (uint32_t i = 0; i < state->key_count; i++) {
        if (i) bytes_add_string(&text, ", ");
        convert_add_text(call->realm, &text, group->keys[i]);
    }
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    return v;
}

static enum status emit_group(struct invocation *call, const struct group *group) {
    struct state *state = call->state;
    struct realm *realm = call->realm;
    bool bare = invocation_switch(call, NO_ELEMENT);
    struct value info = object_new(realm, type_find(realm, bare ? TEXT("Microsoft.PowerShell.Commands.GroupInfoNoElement")
                                                                : TEXT("Microsoft.PowerShell.Commands.GroupInfo")), 4);
    struct value values = list_new(realm, type_find(realm, TEXT("System.Collections.ArrayList")), state->key_count);
    for (uint32_t i = 0; i < state->key_count; i++) array_push(values, group->keys[i]);
    struct value members = bare ? list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[psobject]")), 0)
                                : value_keep(group->members);
    struct value name = group_name(call, group);
    object_add(realm, info, TEXT("Values"), MEMBER_PROPERTY, values);
    object_add(realm, info, TEXT("Count"), MEMBER_PROPERTY, value_int32((int32_t)array_count(group->members)));
    object_add(realm, info, TEXT("Group"), MEMBER_PROPERTY, members);
    object_add(realm, info, TEXT("Name"), MEMBER_PROPERTY, name);
    value_release(values);
    value_release(members);
    value_release(name);
    return invocation_emit_take(call, info);
}

static enum status emit_table(struct invocation *call, const struct sort_record *records) {
    struct state *state = call->state;
    struct value table = table_new(call->realm, TABLE_HASH, !invocation_switch(call, CASE), NULL);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < state->count && status == STATUS_OK; i++) {
        const struct group *group = &state->groups[records[i].index];
        struct value key = invocation_switch(call, AS_STRING) || state->key_count > 1 ? group_name(call, group) : value_keep(group->keys[0]);
        if (value_is_nothing(key))
            status = invocation_error(call, "System.Management.Automation.PSArgumentException", "InvalidOperation", ERROR_INVALID_ARGUMENT, value_null(),
                                      "A group without a key cannot stand in a table. Give -AsString as well.");
        else table_put(table, key, group->members);
        value_release(key);
    }
    if (status == STATUS_OK && state->count) status = invocation_emit(call, table);
    value_release(table);
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct sort_record *records = ALLOC_ARRAY(struct sort_record, state->count ? state->count : 1);
    for (uint32_t i = 0; i < state->count; i++) records[i].index = i;
    enum status status = sort_run_stable(records, state->count, order, call);
    if (status == STATUS_OK && invocation_switch(call, AS_TABLE)) status = emit_table(call, records);
    else
        for (uint32_t i = 0; i < state->count && status == STATUS_OK; i++) status = emit_group(call, &state->groups[records[i].index]);
    alloc_free(records);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->count; i++) {
        for (uint32_t k = 0; k < state->key_count; k++) value_release(state->groups[i].keys[k]);
        alloc_free(state->groups[i].keys);
        value_release(state->groups[i].members);
    }
    alloc_free(state->groups);
    value_release(state->index);
    property_list_free(&state->properties);
}

static const struct example_row example_rows[] = {
    {"'a', 'b', 'a' | Group-Object -NoElement", "Counts how often each comes."},
    {"Get-User | Group-Object Department | Sort-Object Count -Descending | Select-Object -First 5 Name, Count", "The largest departments."},
};

CMDLET(group_object) = {
    .name = "Group-Object", .aliases = "group", .synopsis = "Puts objects that have something in common together.",
    .description = "Each group has Count, Name, Values and Group, which holds the members. Groups come sorted by their key.",
    PARAMETERS, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
