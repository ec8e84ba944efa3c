/* Enumerators and the pairs of tables. */
#include "enumerator_private.h"

#include <string.h>
#include "member_private.h"
#include "m365sh/value/native.h"

/* Tables and texts are walked over a list of pairs or chars made at the start. */
struct enumerator { struct value source, items, current; uint32_t version; struct enumeration walk; bool started, sequence; };

static void release(void *payload) {
    struct enumerator *enumerator = payload;
    value_release(enumerator->source);
    value_release(enumerator->items);
    value_release(enumerator->current);
    enumeration_end(&enumerator->walk);
}
static void traverse(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    struct enumerator *enumerator = payload;
    visit(&enumerator->source, context);
    visit(&enumerator->items, context);
    visit(&enumerator->current, context);
    visit(&enumerator->walk.source, context);
}
static const struct native_class enumerator_class = {"System.Collections.IEnumerator", release, traverse};

struct value enumerator_pair(struct realm *realm, struct value table, struct value key, struct value item) {
    const struct type *own = type_of(realm, table);
    const struct type *type = own->element2 ? type_generic(realm, type_known(realm, "System.Collections.Generic.KeyValuePair`2"), own->element, own->element2)
                                            : type_known(realm, "System.Collections.DictionaryEntry");
    struct value pair = object_new(realm, type, 2);
    object_add(realm, pair, TEXT("Key"), MEMBER_PROPERTY, key);
    object_add(realm, pair, TEXT("Value"), MEMBER_PROPERTY, item);
    return pair;
}

static struct value items_of(struct realm *realm, struct value source) {
    struct value items = array_new(realm, NULL, 0);
    uint32_t at = 0;
    if (value_is_table(source))
        for (struct table_entry *entry; (entry = table_next(source, &at));)
            array_push_take(items, enumerator_pair(realm, source, entry->key, entry->value));
    if (source.kind == VALUE_STRING)
        for (uint32_t i = 0; i < string_units(source); i++) array_push_take(items, value_char(string_unit_at(source, i)));
    return items;
}

struct value enumerator_new(struct realm *realm, struct value source) {
    const char *name = !value_is_table(source) ? "System.Array+ArrayEnumerator"
                       : table_block(source)->table_kind == TABLE_ORDERED ? "System.Collections.Specialized.OrderedDictionary+OrderedDictionaryEnumerator"
                                                                          : "System.Collections.Hashtable+HashtableEnumerator";
    struct value v = native_new(realm, &enumerator_class, type_known(realm, name), sizeof(struct enumerator));
    struct enumerator *enumerator = native_payload(v, &enumerator_class);
    enumerator->source = value_keep(source);
    enumerator->items = value_is_array_like(source) ? value_keep(source) : items_of(realm, source);
    if (value_is_table(source)) enumerator->version = table_block(source)->version;
    enumeration_start(realm, &enumerator->walk, enumerator->items);
    return v;
}

struct value enumerator_new_sequence(struct realm *realm, struct value items) {
    struct value v = enumerator_new(realm, items);
    ((struct enumerator *)native_payload(v, &enumerator_class))->sequence = true;
    return v;
}
struct value enumerator_sequence(struct value v) {
    struct enumerator *enumerator = enumerator_is(v) ? native_payload(v, &enumerator_class) : NULL;
    return enumerator && enumerator->sequence ? enumerator->items : VALUE_UNSET_INIT;
}

bool enumerator_is(struct value v) { return v.kind == VALUE_NATIVE && native_payload(v, &enumerator_class); }

enum status enumerator_next(struct realm *realm, struct value v, bool *more, struct value *item) {
    struct enumerator *enumerator = native_payload(v, &enumerator_class);
    if (value_is_table(enumerator->source) && table_block(enumerator->source)->version != enumerator->version)
        return realm_raise(realm, "System.InvalidOperationException", "System.InvalidOperationException", ERROR_OPERATION_STOPPED,
                           "The table was changed while it was being walked.");
    enum status status = enumeration_next(realm, &enumerator->walk, more, item);
    if (status == STATUS_OK) value_set(&enumerator->current, *more ? *item : value_null());
    enumerator->started = true;
    if (status == STATUS_OK && *more) *item = enumerator->current;
    return status;
}

MEMBER_FUNCTION(move_next) {
    bool more;
    struct value item;
    enum status status = enumerator_next(realm, self, &more, &item);
    *out = value_bool(more);
    return status;
}
static struct value current_part(struct realm *realm, struct value self, struct text name) {
    struct enumerator *enumerator = native_payload(self, &enumerator_class);
    struct value *part = enumerator->current.kind == VALUE_OBJECT ? object_find_text(realm, enumerator->current, name) : NULL;
    return part ? value_keep(*part) : value_null();
}
MEMBER_FUNCTION(current) {
    struct value now = ((struct enumerator *)native_payload(self, &enumerator_class))->current;
    *out = now.kind == VALUE_UNSET ? value_null() : value_keep(now);
    return STATUS_OK;
}
MEMBER_FUNCTION(current_key) { *out = current_part(realm, self, TEXT("Key")); return STATUS_OK; }
MEMBER_FUNCTION(current_value) { *out = current_part(realm, self, TEXT("Value")); return STATUS_OK; }
MEMBER_FUNCTION(reset) {
    struct enumerator *enumerator = native_payload(self, &enumerator_class);
    enumeration_end(&enumerator->walk);
    enumeration_start(realm, &enumerator->walk, enumerator->items);
    value_set(&enumerator->current, value_null());
    return STATUS_OK;
}
MEMBER_FUNCTION(dispose) { return STATUS_OK; }

/* --- pairs ---------------------------------------------------------------------------------------------------------- */

MEMBER_FUNCTION(pair_name) {
    struct value *key = object_find_text(realm, self, TEXT("Key"));
    *out = key ? value_keep(*key) : value_null();
    return STATUS_OK;
}
MEMBER_FUNCTION(pair_text) {
    struct value *key = object_find_text(realm, self, TEXT("Key")), *item = object_find_text(realm, self, TEXT("Value"));
    struct bytes text = {0};
    bytes_add_byte(&text, '[');
    if (key) convert_add_text(realm, &text, *key);
    bytes_add_string(&text, ", ");
    struct value part = value_null();
    if (item && convert_dot_text(realm, *item, &part) == STATUS_OK) convert_add_text(realm, &text, part);
    value_release(part);
    bytes_add_byte(&text, ']');
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return STATUS_OK;
}
MEMBER_FUNCTION(new_pair) {
    struct value parts[2];
    for (uint32_t i = 0; i < 2; i++) {
        const struct type *wanted = i ? type->element2 : type->element;
        parts[i] = value_keep(arguments[i]);
        if (!wanted || convert_try(realm, arguments[i], wanted, &parts[i])) continue;
        if (i) value_release(parts[0]);
        return member_raise_argument(realm, ".ctor", arguments[i], wanted);
    }
    *out = object_new(realm, type, 2);
    object_add(realm, *out, TEXT("Key"), MEMBER_PROPERTY, parts[0]);
    object_add(realm, *out, TEXT("Value"), MEMBER_PROPERTY, parts[1]);
    value_release(parts[0]);
    value_release(parts[1]);
    return STATUS_OK;
}

#define E "System.Collections.IEnumerator"
#define D "System.Collections.DictionaryEntry"
#define P "System.Collections.Generic.KeyValuePair`2"
static const struct member_row rows[] = {
    {E, "Current", ROW_GET, 0, 0, current, NULL, "System.Object Current {get;}"},
    {E, "Entry", ROW_GET, 0, 0, current, NULL, NULL},
    {E, "Key", ROW_GET, 0, 0, current_key, NULL, NULL},
    {E, "Value", ROW_GET, 0, 0, current_value, NULL, NULL},
    {E, "MoveNext", ROW_METHOD, 0, 0, move_next, NULL, "bool MoveNext()"},
    {E, "Reset", ROW_METHOD, 0, 0, reset, NULL, "void Reset()"},
    {E, "Dispose", ROW_METHOD, 0, 0, dispose, NULL, NULL},
    {D, "Name", ROW_GET, 0, 0, pair_name, NULL, NULL},
    {D, "ToString", ROW_METHOD, 0, 0, pair_text, NULL, "string ToString()"},
    {D, "new", ROW_CONSTRUCTOR, 2, 2, new_pair, NULL, "System.Collections.DictionaryEntry new(System.Object key, System.Object value)"},
    {P, "ToString", ROW_METHOD, 0, 0, pair_text, NULL, "string ToString()"},
    {P, "new", ROW_CONSTRUCTOR, 2, 2, new_pair, NULL, NULL},
};
const struct member_table pair_member_table = {rows, MEMBER_COUNT(rows)};
