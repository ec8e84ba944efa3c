/* The debug picture: kind and content, nested down to a depth. */
#include "m365sh/base/bytes.h"
#include "m365sh/value/number.h"
#include "value_private.h"

static void add_items(struct bytes *out, struct value v, int depth) {
    bytes_add_string(out, v.kind == VALUE_LIST ? "list(" : "(");
    for (uint32_t i = 0; i < array_count(v); i++) {
        if (i) bytes_add_string(out, ", ");
        value_inspect(out, array_at(v, i), depth - 1);
    }
    bytes_add_byte(out, ')');
}

static void add_table(struct bytes *out, struct value v, int depth) {
    uint32_t position = 0;
    const char *between = "";
    bytes_add_string(out, "@{");
    for (struct table_entry *entry; (entry = table_next(v, &position)); between = "; ") {
        bytes_add_string(out, between);
        value_inspect(out, entry->key, depth - 1);
        bytes_add_string(out, " = ");
        value_inspect(out, entry->value, depth - 1);
    }
    bytes_add_byte(out, '}');
}

static void add_object(struct bytes *out, struct value v, int depth) {
    const struct object *object = object_block(v);
    bytes_add_string(out, "{");
    for (uint32_t i = 0; i < object->shape->count; i++) {
        bytes_add_format(out, "%s%s: ", i ? ", " : "", object->shape->entries[i].spelling);
        value_inspect(out, object->slots[i], depth - 1);
    }
    bytes_add_byte(out, '}');
}

static void add_block(struct bytes *out, struct value v) {
    switch (v.kind) {
    case VALUE_STRING:
        bytes_add_byte(out, '\'');
        bytes_add_text(out, string_text(v));
        bytes_add_byte(out, '\'');
        break;
    case VALUE_DECIMAL:
        decimal_add(out, number_decimal_of(v));
        bytes_add_byte(out, 'd');
        break;
    case VALUE_BIGINT:
        bigint_add_text(out, v);
        bytes_add_byte(out, 'n');
        break;
    case VALUE_GUID: guid_add(out, value_guid_of(v), 'D'); break;
    case VALUE_NATIVE: bytes_add_format(out, "<%s>", ((struct native *)v.counted)->class_of->type_name); break;
    default: bytes_add_format(out, "<kind %d>", v.kind);
    }
}

void value_inspect(struct bytes *out, struct value v, int depth) {
    bool nested = value_is_container(v) || v.kind == VALUE_EXTENDED;
    if (nested && depth <= 0) {
        bytes_add_string(out, "…");
        return;
    }
    switch (v.kind) {
    case VALUE_UNSET: bytes_add_string(out, "<unset>"); break;
    case VALUE_NULL: bytes_add_string(out, "$null"); break;
    case VALUE_VOID: bytes_add_string(out, "<void>"); break;
    case VALUE_BOOL: bytes_add_string(out, v.boolean ? "$true" : "$false"); break;
    case VALUE_CHAR: bytes_add_format(out, "[char]%d", (int)v.integer); break;
    case VALUE_INT64: bytes_add_format(out, "%lldL", (long long)v.integer); break;
    case VALUE_UINT64: bytes_add_format(out, "%lluul", (unsigned long long)v.uinteger); break;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: bytes_add_format(out, "%gr", v.real); break;
    case VALUE_TYPE: bytes_add_string(out, "<type>"); break;
    case VALUE_ARRAY:
    case VALUE_LIST: add_items(out, v, depth); break;
    case VALUE_TABLE: add_table(out, v, depth); break;
    case VALUE_OBJECT: add_object(out, v, depth); break;
    case VALUE_EXTENDED: value_inspect(out, value_base(v), depth - 1); break;
    default:
        if (value_is_counted(v)) add_block(out, v);
        else bytes_add_format(out, "%lld", (long long)v.integer);
    }
}
