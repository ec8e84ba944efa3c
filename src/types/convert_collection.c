/* To arrays, lists, sets, queues, stacks and tables. */
#include <string.h>
#include "collection_private.h"
#include "convert_private.h"
#include "enumerator_private.h"

#define FINAL "ConvertToFinalInvalidCastException"

/* One value to an array of one. Failing, the element's own error is told only where no text or number was meant. */
static bool scalar_to_array(struct conversion *c, struct value v, const struct type *element, struct value array) {
    struct value item;
    if (conversion_inner(c, v, element, &item)) {
        array_push_take(array, item);
        return true;
    }
    bool own = !strcmp(c->id, FINAL) || (c->cause && !strcmp(c->cause, "System.InvalidCastException") && v.kind == VALUE_DATETIME);
    return own ? false : conversion_fail(c, "InvalidCastExceptionScalarToArray", "System.Management.Automation.PSInvalidCastException");
}

static bool push_all(struct conversion *c, struct value v, const struct type *element, struct value array) {
    struct enumeration it;
    struct value item, converted;
    bool more, ok = true;
    enumeration_start(c->realm, &it, v);
    while (ok && (c->status = enumeration_next(c->realm, &it, &more, &item)) == STATUS_OK && more) {
        ok = conversion_inner(c, item, element, &converted);
        if (ok) array_push_take(array, converted);
    }
    enumeration_end(&it);
    return ok && c->status == STATUS_OK;
}

bool convert_array_road(struct conversion *c, struct value v) {
    const struct type *type = c->type;
    if (value_is_nothing(v)) return conversion_give(c, value_null());
    if (!type->rank) type = type_of_kind(c->realm, VALUE_ARRAY); /* System.Array */
    if (type->rank > 1) return conversion_fail(c, FINAL, NULL);
    struct value array = array_new(c->realm, type, 0);
    bool ok = true;
    if (v.kind == VALUE_STRING && type->element->value_kind == VALUE_CHAR)
        for (uint32_t i = 0; i < string_units(v); i++) array_push_take(array, value_char(string_unit_at(v, i)));
    else if (convert_is_enumerable(c->realm, v)) ok = push_all(c, v, type->element, array);
    else ok = scalar_to_array(c, v, type->element, array);
    if (ok) return conversion_give(c, array);
    value_release(array);
    return false;
}

/* ArrayList, Queue and Stack take the pairs of a table. */
static void add_pairs(struct conversion *c, struct value table, struct value list) {
    uint32_t at = 0;
    for (struct table_entry *entry; (entry = table_next(table, &at));) {
        struct value pair = enumerator_pair(c->realm, table, entry->key, entry->value);
        collection_add(c->realm, list, pair);
        value_release(pair);
    }
}

static bool add_all(struct conversion *c, struct value v, struct value list) {
    const struct type *element = c->type->element ? c->type->element : type_known(c->realm, "System.Object");
    struct enumeration it;
    struct value item, converted;
    bool more, ok = true;
    enumeration_start(c->realm, &it, v); /* what is no collection is the one item */
    while (ok && (c->status = enumeration_next(c->realm, &it, &more, &item)) == STATUS_OK && more) {
        ok = conversion_inner(c, item, element, &converted);
        if (!ok) break;
        collection_add(c->realm, list, converted);
        value_release(converted);
    }
    enumeration_end(&it);
    return ok && c->status == STATUS_OK;
}

static bool is_plain_scalar(struct value v) {
    return v.kind == VALUE_STRING || value_is_number(v);
}

static bool to_list(struct conversion *c, struct value v, bool *taken) {
    bool generic = c->type->open, collection = convert_is_enumerable(c->realm, v);
    if (value_is_table(v) && generic && !table_count(v)) return conversion_give(c, collection_new(c->realm, c->type));
    if (value_is_table(v) && generic) return conversion_fail(c, "ObjectCreationError", "System.InvalidOperationException");
    if (!collection && !value_is_table(v) && !(generic && is_plain_scalar(v))) {
        *taken = false;
        return false;
    }
    struct value list = collection_new(c->realm, c->type);
    bool ok = true;
    if (value_is_table(v)) add_pairs(c, v, list);
    else ok = add_all(c, v, list);
    if (ok) return conversion_give(c, list);
    value_release(list);
    return false;
}

static bool to_table(struct conversion *c, struct value v, bool *taken) {
    if (v.kind == VALUE_OBJECT && c->type->flags != TYPE_CLASS_OF_SCRIPT)
        return conversion_fail(c, "InvalidCastConstructorException", "System.Management.Automation.PSInvalidCastException");
    if (!value_is_table(v)) {
        *taken = false;
        return false;
    }
    bool hash = !strcmp(c->type->full_name, "System.Collections.Hashtable");
    if (!hash && !table_count(v)) return conversion_give(c, collection_table_new(c->realm, c->type)); /* no property is to be set */
    if (!hash && strcmp(c->type->full_name, "System.Collections.SortedList"))
        return conversion_fail(c, "ObjectCreationError", "System.InvalidOperationException");
    struct value table = table_new(c->realm, hash ? TABLE_HASH : TABLE_SORTED, table_block(v)->keys_fold, NULL);
    uint32_t at = 0;
    for (struct table_entry *entry; (entry = table_next(v, &at));) table_put(table, entry->key, entry->value);
    return conversion_give(c, table);
}

bool convert_collection_road(struct conversion *c, struct value v, bool *taken) {
    *taken = true;
    if (value_is_nothing(v)) return conversion_give(c, value_null());
    if (c->type->flags & TYPE_CLASS_OF_SCRIPT) {
        *taken = false;
        return false;
    }
    return c->type->value_kind == VALUE_LIST ? to_list(c, v, taken) : to_table(c, v, taken);
}
