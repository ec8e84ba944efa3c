#include "../cmdlet_private.h"

#include <stdlib.h>
#include "m365sh/pattern/wildcard.h"

enum { INPUT, NAME, MEMBER_TYPE, VIEW, STATIC, FORCE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Name", "string[]", 0, 0, NULL, NULL, NULL, NULL, "Only these members; wildcards allowed."},
    {"MemberType", "string[]", -1, 0, "Type", NULL, NULL, NULL, "Only this kind: Property, NoteProperty, Method, …"},
    {"View", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
    {"Static", "switch", -1, 0, NULL, NULL, NULL, NULL, "Members of the type itself."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Hidden ones too."},
};

struct found { struct value name; struct value definition; const char *kind; };
struct state {
    struct value seen;       /* type names shown already */
    struct found *items;     /* members of the object in work */
    size_t count, capacity;
    struct value current;    /* borrowed */
};

static bool kind_wanted(struct invocation *call, const struct member_info *info) {
    struct value list = value_base(invocation_argument(call, MEMBER_TYPE));
    if (list.kind != VALUE_ARRAY) return true;
    for (uint32_t i = 0; i < array_count(list); i++) {
        struct text rest = string_text(array_at(list, i)), kind;
        while (text_split_next(&rest, ',', &kind)) {
            kind = text_trim(kind);
            if (text_equal_fold(kind, text_of(info->kind)) || text_equal_fold(kind, TEXT("All"))) return true;
            if ((text_equal_fold(kind, TEXT("Properties"))) && info->is_property) return true;
            if (text_equal_fold(kind, TEXT("Methods")) && !info->is_property) return true;
        }
    }
    return false;
}

static bool name_wanted(struct invocation *call, struct text name) {
    struct value list = value_base(invocation_argument(call, NAME));
    for (uint32_t i = 0; list.kind == VALUE_ARRAY && i < array_count(list); i++) {
        if (wildcard_match(string_text(array_at(list, i)), name, true)) return true;
    }
    return list.kind != VALUE_ARRAY;
}

/* "int a=1" for a note property: its value says its type. */
static struct value note_definition(struct invocation *call, const struct member_info *info) {
    struct state *state = call->state;
    struct value v;
    bool found;
    if (member_get(call->realm, state->current, intern_name(call->realm->names, info->name), &found, &v) != STATUS_OK || !found) {
        if (call->realm->raised.kind != VALUE_UNSET) value_release(realm_take_raised(call->realm));
        return string_new(info->name);
    }
    const struct type *type = type_of(call->realm, v);
    struct value text = value_is_nothing(v) ? string_of("null") : VALUE_UNSET_INIT;
    if (text.kind == VALUE_UNSET && convert_dot_text(call->realm, v, &text) != STATUS_OK) {
        value_release(realm_take_raised(call->realm));
        text = string_empty();
    }
    struct text name = type ? type->accelerator && type->value_kind != VALUE_DATETIME ? text_of(type->accelerator) : type_display_name(type) : TEXT("object");
    if (type && type->value_kind == VALUE_OBJECT && text_equal(text_of(type->full_name), TEXT("System.Management.Automation.PSCustomObject")))
        name = TEXT("System.Management.Automation.PSCustomObject");
    struct value definition = string_format("%.*s %.*s=%s", TEXT_ARGUMENT(name), TEXT_ARGUMENT(info->name), string_chars(text));
    value_release(text);
    value_release(v);
    return definition;
}

static bool take_member(void *context, const struct member_info *info) {
    struct invocation *call = context;
    struct state *state = call->state;
    if (!name_wanted(call, info->name) || !kind_wanted(call, info)) return true;
    if (!invocation_switch(call, FORCE) && !info->is_property && (text_starts(info->name, TEXT("get_")) || text_starts(info->name, TEXT("set_")))) return true;
    for (size_t i = 0; i < state->count; i++) /* further forms of a method stand in its definition */
        if (!info->is_property && text_equal_fold(string_text(state->items[i].name), info->name)) return true;
    ALLOC_GROW(state->items, state->capacity, state->count + 1);
    state->items[state->count++] = (struct found){string_new(info->name), info->definition ? string_of(info->definition) : note_definition(call, info), info->kind};
    return true;
}

/* PowerShell's order of kinds, then names. */
static int kind_rank(const char *kind) {
    static const char *const order[] = {"AliasProperty", "CodeProperty", "CodeMethod", "Event", "Method", "NoteProperty", "ParameterizedProperty",
                                        "Property", "PropertySet", "ScriptMethod", "ScriptProperty"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (strcmp(order[i], kind) == 0) return (int)i;
    }
    return 99;
}

static int compare(const void *a, const void *b) {
    const struct found *left = a, *right = b;
    int difference = kind_rank(left->kind) - kind_rank(right->kind);
    return difference ? difference : text_compare_fold(string_text(left->name), string_text(right->name));
}

static enum status emit_members(struct invocation *call, struct value type_name) {
    struct state *state = call->state;
    struct realm *realm = call->realm;
    if (state->count) qsort(state->items, state->count, sizeof *state->items, compare);
    enum status status = STATUS_OK;
    const struct type *kinds = type_find(realm, TEXT("System.Management.Automation.PSMemberTypes"));
    for (size_t i = 0; i < state->count && status == STATUS_OK; i++) {
        struct value member = object_new(realm, type_find(realm, TEXT("Microsoft.PowerShell.Commands.MemberDefinition")), 4);
        struct value kind = string_of(state->items[i].kind), converted;
        if (kinds && convert_try(realm, kind, kinds, &converted)) value_set_take(&kind, converted);
        object_add(realm, member, TEXT("TypeName"), MEMBER_PROPERTY, type_name);
        object_add(realm, member, TEXT("Name"), MEMBER_PROPERTY, state->items[i].name);
        object_add(realm, member, TEXT("MemberType"), MEMBER_PROPERTY, kind);
        object_add(realm, member, TEXT("Definition"), MEMBER_PROPERTY, state->items[i].definition);
        value_release(kind);
        status = invocation_emit_take(call, member);
    }
    for (size_t i = 0; i < state->count; i++) {
        value_release(state->items[i].name);
        value_release(state->items[i].definition);
    }
    state->count = 0;
    return status;
}

static bool first_name(void *context, struct text name) {
    *(struct value *)context = string_new(name);
    return false;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (value_is_nothing(item)) return STATUS_OK;
    struct value name = VALUE_UNSET_INIT;
    bool statics = invocation_switch(call, STATIC);
    const struct type *type = item.kind == VALUE_TYPE ? item.type : type_of(call->realm, item);
    if (statics) name = string_of(type->full_name);
    else type_names_walk(call->realm, item, first_name, &name);
    if (name.kind == VALUE_UNSET) name = string_empty();
    if (state->seen.kind == VALUE_UNSET) state->seen = table_new(call->realm, TABLE_HASH, false, NULL);
    enum status status = STATUS_OK;
    if (!table_find(state->seen, name)) {
        table_put(state->seen, name, value_bool(true));
        state->current = item;
        if (statics) member_static_walk(call->realm, type, take_member, call);
        else member_walk(call->realm, item, take_member, call);
        if (!statics && invocation_switch(call, FORCE)) member_hidden_walk(call->realm, item, take_member, call);
        status = emit_members(call, name);
    }
    value_release(name);
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    if (state->seen.kind != VALUE_UNSET) return STATUS_OK;
    return invocation_error(call, "System.InvalidOperationException", "NoObjectInGetMember", ERROR_CLOSE_ERROR, value_null(),
                            "Get-Member needs an object: pipe one to it, or give -InputObject.");
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    value_release(state->seen);
    alloc_free(state->items);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 1 | Get-Member -MemberType Properties", "What a user has."},
    {"'text' | Get-Member Sub*", "Methods of a text that begin like this."},
};

CMDLET(get_member) = {
    .name = "Get-Member", .aliases = "gm", .synopsis = "Shows what an object has: properties and methods.",
    .description = "Each type of object is shown once.", PARAMETERS, .state_size = sizeof(struct state), .process = process, .end = end, .clean = clean, EXAMPLES,
};
