#include "property_private.h"

#include "m365sh/pattern/wildcard.h"

static bool is_key(struct text key, const char *whole, size_t least) {
    struct text name = text_of(whole);
    return key.length >= least && text_starts_fold(name, key);
}

static enum status read_expression(struct invocation *call, struct property *property, struct value v) {
    v = value_base(v);
    if (v.kind == VALUE_SCRIPT_BLOCK) {
        property->block = v;
        return STATUS_OK;
    }
    if (v.kind == VALUE_STRING) {
        property->id = intern_name(call->realm->names, string_text(v));
        if (property->label.kind == VALUE_UNSET) property->name = string_text(v);
        return STATUS_OK;
    }
    return invocation_throw(call, "System.NotSupportedException", "DictionaryKeyIllegalValue1", ERROR_INVALID_ARGUMENT, v,
                            "Expression takes a script block or the name of a property.");
}

/* Keys may be abbreviated: n, l, e and so on. */
static enum status read_table(struct invocation *call, struct property *property, struct value table) {
    uint32_t position = 0;
    struct table_entry *entry;
    bool has_expression = false;
    for (int pass = 0; pass < 2; pass++) {
        position = 0;
        while ((entry = table_next(table, &position))) {
            struct text key = entry->key.kind == VALUE_STRING ? string_text(entry->key) : TEXT_NONE;
            if (pass == 0 && (is_key(key, "Name", 1) || is_key(key, "Label", 1))) {
                value_set_take(&property->label, convert_text(call->realm, entry->value));
                property->name = string_text(property->label);
            }
            if (pass == 1 && is_key(key, "Expression", 1)) {
                has_expression = true;
                enum status status = read_expression(call, property, entry->value);
                if (status != STATUS_OK) return status;
            }
            if (pass == 1 && is_key(key, "Descending", 1)) property->descending = value_truth(entry->value);
            if (pass == 1 && is_key(key, "Ascending", 1)) property->descending = !value_truth(entry->value);
        }
    }
    if (!has_expression)
        return invocation_throw(call, "System.NotSupportedException", "DictionaryKeyMissing", ERROR_INVALID_ARGUMENT, table,
                                "A calculated property needs an Expression: @{ Name = 'Total'; Expression = { $_.A + $_.B } }.");
    if (property->name.length == 0 && property->block.kind != VALUE_UNSET) {
        property->label = call->realm->callables->text(call->realm->callables->context, call->realm, property->block);
        property->name = string_text(property->label);
    }
    return STATUS_OK;
}

static enum status read_one(struct invocation *call, struct property *property, struct value argument) {
    struct value v = value_base(argument);
    *property = (struct property){.descending = -1};
    if (value_is_table(v)) return read_table(call, property, v);
    if (v.kind == VALUE_SCRIPT_BLOCK) {
        property->block = v;
        if (!call->realm->callables) return STATUS_OK;
        property->label = call->realm->callables->text(call->realm->callables->context, call->realm, v);
        property->name = string_text(property->label);
        return STATUS_OK;
    }
    property->label = convert_text(call->realm, v);
    property->name = string_text(property->label);
    property->plain = true;
    property->wild = wildcard_has(property->name);
    property->id = intern_name(call->realm->names, property->name);
    return STATUS_OK;
}

enum status property_list_read(struct invocation *call, struct value argument, struct property_list *out) {
    *out = (struct property_list){0};
    struct value base = value_base(argument);
    if (value_is_nothing(base)) return STATUS_OK;
    uint32_t count = value_is_array_like(base) ? array_count(base) : 1;
    out->items = ALLOC_ARRAY(struct property, count ? count : 1);
    for (uint32_t i = 0; i < count; i++) {
        enum status status = read_one(call, &out->items[i], value_is_array_like(base) ? array_at(base, i) : base);
        out->count = i + 1;
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

void property_list_free(struct property_list *list) {
    for (uint32_t i = 0; i < list->count; i++) value_release(list->items[i].label);
    alloc_free(list->items);
    *list = (struct property_list){0};
}

struct name_search { struct text name; bool found; };
static bool see_member(void *context, const struct member_info *info) {
    struct name_search *search = context;
    search->found = search->found || (info->is_property && text_equal_fold(info->name, search->name));
    return !search->found;
}

/* Every object answers to Length and Count where a script writes .Length; as a property by name only those that have it do. */
static bool has_only_intrinsic(struct invocation *call, const struct property *property, struct value item) {
    struct name_search search = {property->name, false};
    if (item.kind != VALUE_OBJECT || !(text_equal_fold(property->name, TEXT("Length")) || text_equal_fold(property->name, TEXT("Count")))) return false;
    if (object_find(item, property->id)) return false;
    member_walk(call->realm, item, see_member, &search);
    return !search.found;
}

enum status property_value(struct invocation *call, const struct property *property, struct value item, bool *found,
                           struct value *out) {
    *found = false;
    *out = value_null();
    enum status status;
    if (property->block.kind != VALUE_UNSET) {
        status = invocation_block_collect(call, property->block, item, out);
        *found = true;
        if (status == STATUS_OK && out->kind == VALUE_VOID) *out = value_null();
    } else if (value_is_nothing(item) || has_only_intrinsic(call, property, item)) {
        return STATUS_OK;
    } else {
        status = member_get(call->realm, item, property->id, found, out);
        if (status == STATUS_OK && !*found) *out = value_null();
    }
    if (status != STATUS_ERROR) return status;
    /* A calculation that fails for one item gives null for it. */
    value_release(realm_take_raised(call->realm));
    *out = value_null();
    return STATUS_OK;
}
