/* Listing members: for Get-Member, Format-List, Select-Object, ConvertTo-Json. */
#include <string.h>
#include "member_private.h"
#include "type_data_private.h"
#include "type_table_private.h"

typedef bool (*info_visit)(void *context, const struct member_info *info);

static const char *const kind_names[] = {
    [MEMBER_NOTE] = "NoteProperty", [MEMBER_SCRIPT] = "ScriptProperty", [MEMBER_ALIAS] = "AliasProperty",
    [MEMBER_SCRIPT_METHOD] = "ScriptMethod", [MEMBER_PROPERTY] = "Property", [MEMBER_PROPERTY_SET] = "PropertySet",
};
static bool is_property_kind(enum member_kind kind) { return kind != MEMBER_SCRIPT_METHOD && kind != MEMBER_PROPERTY_SET && kind != MEMBER_HIDDEN; }

struct info_walk { info_visit visit; void *context; bool stopped; };

static bool give(struct info_walk *walk, struct text name, const char *kind, const char *definition, bool property, bool is_static) {
    struct member_info info = {name, kind, definition, property, is_static};
    if (!walk->stopped && !walk->visit(walk->context, &info)) walk->stopped = true;
    return !walk->stopped;
}

/* What a script's class says of one of its members. */
struct class_search { struct text name; bool property; struct bytes definition; struct value overloads; };
static bool search_class(void *context, const struct member_info *info) {
    struct class_search *search = context;
    if (info->is_property != search->property || !text_equal_fold(info->name, search->name)) return true;
    if (search->overloads.kind == VALUE_LIST) array_push_take(search->overloads, string_of(info->definition));
    else if (!search->definition.length) bytes_add_string(&search->definition, info->definition);
    return true;
}

/* What Add-Member gave to a class's object stands before the class's own properties, as in PowerShell. */
static bool is_second(const struct class_hooks *hooks, const struct shape_entry *entry) { return hooks && entry->kind == MEMBER_PROPERTY; }

/* Slots in their order; those of a class's properties with the definition that the class gives. */
static void walk_shape(struct realm *realm, struct info_walk *walk, const struct type *type, const struct shape *shape) {
    const struct type *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    for (uint32_t k = 0; k < 2 * shape->count && !walk->stopped; k++) {
        uint32_t i = k % shape->count;
        const struct shape_entry *entry = &shape->entries[i];
        if (entry->kind == MEMBER_HIDDEN || is_second(hooks, entry) != (k >= shape->count)) continue;
        struct class_search search = {.name = text_of(entry->spelling), .property = true};
        if (hooks && entry->kind == MEMBER_PROPERTY) hooks->walk(realm, class_type, false, search_class, &search);
        give(walk, text_of(entry->spelling), kind_names[entry->kind], search.definition.data, is_property_kind(entry->kind), false);
        bytes_free(&search.definition);
    }
}

struct value member_class_overloads(struct realm *realm, const struct type *type, struct text name, bool statics) {
    const struct type *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    struct class_search search = {.name = name, .overloads = list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[string]")), 0)};
    if (hooks) hooks->walk(realm, class_type, statics, search_class, &search);
    /* A class that says none has a constructor without parameters. */
    if (hooks && statics && text_equal_fold(name, TEXT("new")) && !array_count(search.overloads))
        array_push_take(search.overloads, string_format("%s new()", class_type->name));
    return search.overloads;
}

/* "T" in a shared row's definition stands for the element's type: it is written `{T}` there. */
static const char *filled_definition(const struct type *type, const char *definition, struct bytes *buffer) {
    if (!definition || !strchr(definition, '{')) return definition;
    bytes_clear(buffer);
    for (const char *at = definition; *at;) {
        if (!strncmp(at, "{T}", 3)) {
            bytes_add_string(buffer, type->element ? type->element->display : "System.Object");
            at += 3;
        } else if (!strncmp(at, "{U}", 3)) {
            bytes_add_string(buffer, type->element2 ? type->element2->display : "System.Object");
            at += 3;
        } else bytes_add_byte(buffer, *at++);
    }
    return buffer->data;
}

/* Overloads stand in one definition, joined by commas; the first row of a name speaks for all if it names them all. */
/* Does a nearer type have a member of that name? Then an ancestor's is not listed again. */
static bool is_overridden(struct realm *realm, const struct type *type, const struct member_row *row, bool property) {
    const struct member_entry *entry = member_find(realm, type, intern_name(realm->names, text_of(row->name)), row->kind >= ROW_STATIC_GET);
    const struct member_row *nearest = !entry ? NULL : property ? entry->value : entry->method;
    return nearest && strcmp(nearest->type, row->type);
}

static void walk_set(struct realm *realm, struct info_walk *walk, const struct type *type, const struct member_set *set, bool statics) {
    struct bytes buffer = {0}, joined = {0};
    for (uint32_t i = 0; i < set->row_count && !walk->stopped; i++) {
        const struct member_row *row = set->rows[i];
        if ((row->kind >= ROW_STATIC_GET) != statics || row->name[0] == '*' || !row->definition) continue;
        bool property = row->kind == ROW_GET || row->kind == ROW_STATIC_GET;
        if (!property && i && !strcmp(set->rows[i - 1]->name, row->name)) continue;
        if (is_overridden(realm, type, row, property)) continue;
        bytes_clear(&joined);
        bytes_add_string(&joined, filled_definition(type, row->definition, &buffer));
        for (uint32_t j = i + 1; !property && j < set->row_count && !strcmp(set->rows[j]->name, row->name); j++)
            if (set->rows[j]->definition && *set->rows[j]->definition) {
                bytes_add_string(&joined, ", ");
                bytes_add_string(&joined, filled_definition(type, set->rows[j]->definition, &buffer));
            }
        give(walk, text_of(row->name), property ? "Property" : "Method", joined.data, property, statics);
    }
    bytes_free(&buffer);
    bytes_free(&joined);
}

static void walk_type_rows(struct realm *realm, struct info_walk *walk, const struct type *type, bool statics) {
    const struct member_set *shared[3];
    uint32_t count = member_shared_sets(realm, type, shared);
    for (const struct type *at = type; at && !walk->stopped; at = at->base) {
        if (!at->base)
            for (uint32_t i = 0; i < count; i++) walk_set(realm, walk, type, shared[i], statics);
        walk_set(realm, walk, type, member_set_of(realm, at), statics);
    }
}

/* Names that only the value knows (children of an XML element); they stand for the type's own properties. */
static struct value dynamic_names(struct realm *realm, struct value v) {
    struct value base = value_base(v), names = VALUE_UNSET_INIT;
    const struct member_entry *entry = base.kind == VALUE_NATIVE ? member_find(realm, type_of(realm, base), intern_name(realm->names, TEXT("*names")), false) : NULL;
    if (entry && entry->method && entry->method->function(realm, type_of(realm, base), base, NULL, 0, &names) != STATUS_OK)
        value_release(realm_take_raised(realm));
    return names;
}
struct method_filter { info_visit visit; void *context; };
static bool give_method(void *context, const struct member_info *info) {
    struct method_filter *filter = context;
    return info->is_property || filter->visit(filter->context, info);
}

static bool give_type_data(void *context, struct text name, enum member_kind kind, struct value item) {
    (void)item;
    return give(context, name, kind_names[kind], NULL, is_property_kind(kind), false);
}

void member_walk(struct realm *realm, struct value v, info_visit visit, void *context) {
    struct info_walk walk = {visit, context, false};
    if (value_is_nothing(v)) return;
    struct value holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    const struct type *type = type_of(realm, v), *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    if (holder.kind == VALUE_OBJECT) walk_shape(realm, &walk, type, object_block(holder)->shape);
    struct method_filter filter = {visit, context};
    if (hooks && !walk.stopped) hooks->walk(realm, class_type, false, give_method, &filter);
    struct value names = dynamic_names(realm, v);
    if (names.kind == VALUE_ARRAY) {
        for (uint32_t i = 0; i < array_count(names); i++) give(&walk, string_text(array_at(names, i)), "Property", NULL, true, false);
        struct info_walk methods = {give_method, &filter, walk.stopped};
        walk_type_rows(realm, &methods, type, false);
        value_release(names);
    } else walk_type_rows(realm, &walk, type, false);
    type_data_walk(realm, v, give_type_data, &walk);
}

void member_static_walk(struct realm *realm, const struct type *type, info_visit visit, void *context) {
    struct info_walk walk = {visit, context, false};
    const struct type *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type, &class_type);
    if (hooks) hooks->walk(realm, class_type, true, visit, context);
    for (uint32_t i = 0; i < type->member_count && !walk.stopped; i++) {
        struct bytes definition = {0};
        bytes_add_format(&definition, "static %s %s {get;}", type->display, type->members[i].name);
        give(&walk, text_of(type->members[i].name), "Property", definition.data, true, true);
        bytes_free(&definition);
    }
    walk_type_rows(realm, &walk, type, true);
}

void member_hidden_walk(struct realm *realm, struct value v, bool (*visit)(void *context, const struct member_info *info), void *context) {
    const struct type *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type_of(realm, v), &class_type);
    if (hooks && hooks->walk_hidden) hooks->walk_hidden(realm, class_type, visit, context);
}

/* --- values -------------------------------------------------------------------------------------------------------- */

typedef enum status (*value_visit)(void *context, struct text name, struct value item);

static enum status visit_slots(struct realm *realm, struct value owner, struct value holder, value_visit visit, void *context) {
    enum status status = STATUS_OK;
    const struct type *class_type;
    const struct class_hooks *hooks = member_hooks_for(realm, type_of(realm, owner), &class_type);
    const uint32_t slots = object_block(holder)->shape->count;
    for (uint32_t k = 0; status == STATUS_OK && k < 2 * slots; k++) {
        uint32_t i = k % slots;
        const struct shape_entry *entry = &object_block(holder)->shape->entries[i];
        if (!is_property_kind(entry->kind) || is_second(hooks, entry) != (k >= slots)) continue;
        struct value item;
        status = member_read_slot(realm, owner, holder, (int32_t)i, &item);
        if (status == STATUS_ERROR) { /* a property whose script fails shows as null */
            value_release(realm_take_raised(realm));
            item = value_null();
            status = STATUS_OK;
        }
        if (status != STATUS_OK) break;
        status = visit(context, text_of(entry->spelling), item);
        value_release(item);
    }
    return status;
}

static enum status visit_rows(struct realm *realm, struct value v, const struct type *type, const struct member_set *set,
                              value_visit visit, void *context) {
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < set->row_count; i++) {
        const struct member_row *row = set->rows[i];
        struct value item = value_null();
        if (row->kind != ROW_GET || row->name[0] == '*' || !row->definition) continue;
        status = row->function(realm, type, value_base(v), NULL, 0, &item);
        if (status == STATUS_ERROR) {
            value_release(realm_take_raised(realm));
            item = value_null();
            status = STATUS_OK;
        }
        if (status == STATUS_OK) status = visit(context, text_of(row->name), item);
        value_release(item);
    }
    return status;
}

static enum status visit_type_rows(struct realm *realm, struct value v, const struct type *type, value_visit visit, void *context) {
    const struct member_set *shared[3];
    uint32_t count = member_shared_sets(realm, type, shared);
    enum status status = STATUS_OK;
    for (const struct type *at = type; at && status == STATUS_OK; at = at->base) {
        if (!at->base)
            for (uint32_t i = 0; i < count && status == STATUS_OK; i++) status = visit_rows(realm, v, type, shared[i], visit, context);
        if (status == STATUS_OK) status = visit_rows(realm, v, type, member_set_of(realm, at), visit, context);
    }
    return status;
}

struct data_walk { struct realm *realm; struct value v; value_visit visit; void *context; enum status status; };

static bool visit_data(void *context, struct text name, enum member_kind kind, struct value item) {
    struct data_walk *walk = context;
    (void)item;
    if (!is_property_kind(kind)) return true;
    bool found;
    struct value value;
    walk->status = member_get(walk->realm, walk->v, intern_name(walk->realm->names, name), &found, &value);
    if (walk->status == STATUS_OK) {
        walk->status = walk->visit(walk->context, name, value);
        value_release(value);
    }
    return walk->status == STATUS_OK;
}

static enum status visit_keys(struct realm *realm, struct value table, value_visit visit, void *context) {
    uint32_t at = 0;
    enum status status = STATUS_OK;
    for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(table, &at));) {
        struct value name = convert_text(realm, entry->key), item = value_keep(entry->value);
        status = visit(context, string_text(name), item);
        value_release(item);
        value_release(name);
    }
    return status;
}

static enum status visit_dynamic(struct realm *realm, struct value v, struct value names, value_visit visit, void *context) {
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(names); i++) {
        bool found;
        struct value item;
        status = member_get(realm, v, intern_name(realm->names, string_text(array_at(names, i))), &found, &item);
        if (status != STATUS_OK) break;
        status = visit(context, string_text(array_at(names, i)), item);
        value_release(item);
    }
    return status;
}

enum status member_walk_values(struct realm *realm, struct value v, bool table_keys, value_visit visit, void *context) {
    if (value_is_nothing(v)) return STATUS_OK;
    struct value base = value_base(v), holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    enum status status = STATUS_OK;
    struct value names = dynamic_names(realm, v);
    if (names.kind == VALUE_ARRAY) {
        status = visit_dynamic(realm, v, names, visit, context);
        value_release(names);
    } else if (table_keys && value_is_table(base)) status = visit_keys(realm, base, visit, context);
    else {
        if (v.kind == VALUE_EXTENDED) status = visit_type_rows(realm, v, type_of(realm, v), visit, context);
        if (status == STATUS_OK && holder.kind == VALUE_OBJECT) status = visit_slots(realm, v, holder, visit, context);
        if (status == STATUS_OK && v.kind != VALUE_EXTENDED) status = visit_type_rows(realm, v, type_of(realm, v), visit, context);
    }
    if (status != STATUS_OK || type_data_is_empty(realm)) return status;
    struct data_walk walk = {realm, v, visit, context, STATUS_OK};
    type_data_walk(realm, v, visit_data, &walk);
    return walk.status;
}
