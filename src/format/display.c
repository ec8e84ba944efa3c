/* One value as the text of a cell. */
#include "cell_private.h"

#include "m365sh/types/format_text.h"
#include "m365sh/value/array.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* A failure inside ToString or a property must not stop the output: the cell stays empty. */
static void forget_error(struct realm *realm) {
    value_release(realm_take_raised(realm));
}

static void add_dot_text(struct realm *realm, struct bytes *out, struct value v) {
    struct value text;
    if (convert_dot_text(realm, v, &text) != STATUS_OK) {
        forget_error(realm);
        return;
    }
    bytes_add_text(out, string_text(text));
    value_release(text);
}

static void add_with_format(struct realm *realm, struct bytes *out, struct value v, struct text format) {
    size_t start = out->length;
    if (format_value(realm, out, v, format, realm->culture) == STATUS_OK) return;
    forget_error(realm);
    bytes_truncate(out, start);
    add_dot_text(realm, out, v);
}

/* Elements of collections are named by the property that identifies them. */
struct naming { int best; struct bytes room; };

static bool note_name(void *context, const struct member_info *info) {
    static const char *const patterns[] = {"name", "id", "key", "*key", "*name", "*id"};
    struct naming *naming = context;
    if (!info->is_property || info->is_static) return true;
    for (int i = 0; i < naming->best; i++) {
        bool matches = patterns[i][0] == '*' ? text_ends_fold(info->name, text_of(patterns[i] + 1))
                                             : text_equal_fold(info->name, text_of(patterns[i]));
        if (!matches) continue;
        naming->best = i;
        bytes_clear(&naming->room);
        bytes_add_text(&naming->room, info->name);
    }
    return true;
}

/* PowerShell does so where a type has no ToString of its own: a Match inherits Capture's. */
static bool lacks_own_text(struct realm *realm, struct value v) {
    const struct type *type = value_base(v).kind == VALUE_OBJECT ? type_of(realm, v) : NULL;
    struct value text;
    if (!type || strcmp(type->full_name, "System.Management.Automation.PSCustomObject") == 0) return false;
    if (text_starts(text_of(type->full_name), TEXT("System.Text.RegularExpressions."))) return true;
    if (convert_dot_text(realm, v, &text) != STATUS_OK) {
        forget_error(realm);
        return true;
    }
    bool lacks = text_equal(string_text(text), text_of(type->full_name));
    value_release(text);
    return lacks;
}

static bool add_by_name(struct realm *realm, struct bytes *out, struct value v) {
    struct value item;
    bool found = false;
    if (!lacks_own_text(realm, v)) return false;
    struct naming naming = {.best = 6};
    member_walk(realm, v, note_name, &naming);
    if (naming.best < 6) {
        name_id name = intern_name(realm->names, bytes_text(&naming.room));
        if (member_get(realm, v, name, &found, &item) != STATUS_OK) {
            forget_error(realm);
            found = false;
        } else if (found) {
            if (!value_is_nothing(item)) convert_add_text(realm, out, item);
            value_release(item);
        }
    }
    bytes_free(&naming.room);
    return found;
}

static void add_element(struct realm *realm, struct bytes *out, struct value v) {
    if (value_is_nothing(v)) bytes_add_string(out, "$null");
    else if (value_is_table(value_base(v))) add_dot_text(realm, out, v); /* System.Collections.Hashtable */
    else if (convert_is_enumerable(realm, v)) convert_add_text(realm, out, v);
    else if (!add_by_name(realm, out, v)) cell_add(realm, out, v, CELL_LINE);
}

static bool over_limit(struct realm *realm, struct bytes *out, int64_t index) {
    if (realm->enumeration_limit < 0 || index < realm->enumeration_limit) {
        if (index) bytes_add_string(out, ", ");
        return false;
    }
    bytes_add_string(out, "\xe2\x80\xa6");
    return true;
}

static void add_table(struct realm *realm, struct bytes *out, struct value table) {
    uint32_t position = 0;
    int64_t index = 0;
    struct table_entry *entry;
    bytes_add_byte(out, '{');
    while ((entry = table_next(table, &position)) && !over_limit(realm, out, index++)) {
        bytes_add_byte(out, '[');
        convert_add_text(realm, out, entry->key);
        bytes_add_string(out, ", ");
        if (convert_is_enumerable(realm, entry->value)) add_dot_text(realm, out, entry->value); /* System.Object[] */
        else convert_add_text(realm, out, entry->value);
        bytes_add_byte(out, ']');
    }
    bytes_add_byte(out, '}');
}

static void add_collection(struct realm *realm, struct bytes *out, struct value v) {
    struct enumeration it;
    struct value item;
    bool more;
    int64_t index = 0;
    bytes_add_byte(out, '{');
    enumeration_start(realm, &it, v);
    while (enumeration_next(realm, &it, &more, &item) == STATUS_OK && more && !over_limit(realm, out, index++))
        add_element(realm, out, item);
    enumeration_end(&it);
    forget_error(realm);
    bytes_add_byte(out, '}');
}

static void add_real(struct realm *realm, struct bytes *out, struct value v, enum cell_place place) {
    const char *plain = v.kind == VALUE_DOUBLE ? "G15" : v.kind == VALUE_SINGLE ? "G7" : "G";
    add_with_format(realm, out, v, text_of(place == CELL_TABLE ? "F" : plain));
}

void cell_add(struct realm *realm, struct bytes *out, struct value v, enum cell_place place) {
    struct value base = value_base(v);
    switch (base.kind) {
        case VALUE_UNSET: case VALUE_NULL: case VALUE_VOID: return;
        case VALUE_STRING: bytes_add_text(out, string_text(base)); return;
        case VALUE_DOUBLE: case VALUE_SINGLE: case VALUE_DECIMAL: add_real(realm, out, base, place); return;
        case VALUE_TABLE: add_table(realm, out, base); return;
        case VALUE_DATETIME: case VALUE_DATETIMEOFFSET: add_with_format(realm, out, base, TEXT_NONE); return;
        default: break;
    }
    const struct type *type = base.kind == VALUE_OBJECT ? type_of(realm, v) : NULL;
    if (convert_is_enumerable(realm, v)) add_collection(realm, out, v);
    else if (type && strcmp(type->full_name, "System.Management.Automation.PSCustomObject") == 0) convert_add_text(realm, out, v);
    else add_dot_text(realm, out, v);
}

void cell_add_formatted(struct realm *realm, struct bytes *out, struct value v, struct text format, enum cell_place place) {
    struct value base = value_base(v);
    if (format.length == 0 || value_is_nothing(base)) {
        cell_add(realm, out, v, place);
        return;
    }
    if (text_find_byte(format, '{', 0) == TEXT_NOT_FOUND) {
        add_with_format(realm, out, base, format);
        return;
    }
    size_t start = out->length;
    if (format_composite(realm, out, format, &v, 1, realm->culture) == STATUS_OK) return;
    forget_error(realm);
    bytes_truncate(out, start);
    cell_add(realm, out, v, place);
}

enum align cell_alignment(struct value v) {
    struct value base = value_base(v);
    bool right = value_is_number(base) || (base.kind == VALUE_BOOL && !value_is_switch(base)) || base.kind == VALUE_ENUM;
    return right ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* Warnings and their like are shown as what they say. */
static bool is_stream_record(struct realm *realm, struct value v) {
    const struct type *type = object_block(v)->container.type;
    return type && (type_is(type, type_known(realm, "System.Management.Automation.InformationalRecord")) ||
                    type == type_known(realm, "System.Management.Automation.InformationRecord"));
}

bool cell_is_scalar(struct realm *realm, struct value v) {
    struct value base = value_base(v);
    if (base.kind == VALUE_OBJECT && is_stream_record(realm, base)) return true;
    if (v.kind == VALUE_EXTENDED && base.kind != VALUE_STRING) return value_is_number(base) || base.kind == VALUE_BOOL;
    return base.kind == VALUE_STRING || base.kind == VALUE_BOOL || base.kind == VALUE_CHAR || base.kind == VALUE_ENUM ||
           base.kind == VALUE_SCRIPT_BLOCK || value_is_number(base);
}

void format_add_cell(struct realm *realm, struct bytes *out, struct value v) {
    cell_add(realm, out, v, CELL_LINE);
}
