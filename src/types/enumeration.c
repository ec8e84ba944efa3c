/* Enumeration as the pipeline and foreach see it. Lists and tables that change meanwhile raise, as .NET's do. */
#include "convert_private.h"
#include "m365sh/value/callable.h"
#include "enumerator_private.h"
#include "property_collection_private.h"
#include "xml_attributes_private.h"

bool convert_is_enumerable(struct realm *realm, struct value v) {
    (void)realm;
    if (v.kind == VALUE_EXTENDED) v = value_base(v);
    if (v.kind != VALUE_NATIVE) return value_is_array_like(v);
    return enumerator_is(v) || property_collection_is(v) || xml_attributes_is(v);
}

/* Changes with the list, or with the table whose keys or values it shows. */
static uint32_t version_of(struct value list) {
    const struct array *array = array_block(list);
    return array->source.kind == VALUE_TABLE ? table_block(array->source)->version : array->container.extra;
}

void enumeration_start(struct realm *realm, struct enumeration *it, struct value v) {
    *it = (struct enumeration){.source = value_keep(v)};
    if (v.kind == VALUE_EXTENDED && convert_is_enumerable(realm, v)) value_set(&it->source, value_base(v));
    if (enumerator_sequence(it->source).kind == VALUE_ARRAY) value_set(&it->source, enumerator_sequence(it->source));
    if (xml_attributes_is(it->source)) value_set_take(&it->source, xml_attributes_items(realm, it->source));
    if (property_collection_is(it->source)) value_set_take(&it->source, property_collection_items(realm, it->source));
    if (it->source.kind == VALUE_LIST) it->version = version_of(it->source);
}

enum status enumeration_next(struct realm *realm, struct enumeration *it, bool *more, struct value *item) {
    *more = false;
    if (it->source.kind == VALUE_VOID || it->source.kind == VALUE_UNSET) return STATUS_OK;
    if (value_is_array_like(it->source)) {
        if (it->source.kind == VALUE_LIST && it->version != version_of(it->source))
            return realm_raise(realm, "System.InvalidOperationException", "System.InvalidOperationException",
                               ERROR_OPERATION_STOPPED, "The collection was changed while it was being enumerated.");
        if (it->position >= array_count(it->source)) return STATUS_OK;
        *item = array_at(it->source, (uint32_t)it->position++);
        *more = true;
        return STATUS_OK;
    }
    if (enumerator_is(it->source)) return enumerator_next(realm, it->source, more, item);
    *more = it->position++ == 0;
    *item = it->source;
    return STATUS_OK;
}

void enumeration_end(struct enumeration *it) {
    value_release(it->source);
    value_release(it->state);
    *it = (struct enumeration){0};
}
