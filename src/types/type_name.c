/* Names of types to types and back: parsing of "List[string]", "int[,]", "Dictionary`2[[System.String, …],…]". */
#include <stdio.h>
#include <string.h>
#include "type_table_private.h"

struct name_reader {
    struct realm *realm;
    struct text text;
    size_t at;
    int depth;
    char name_space[128]; /* of the outer generic: arguments are looked for there too (`using namespace`) */
};

static void skip_blanks(struct name_reader *reader) {
    while (reader->at < reader->text.length && strchr(" \t\r\n", reader->text.start[reader->at])) reader->at++;
}
static bool accept(struct name_reader *reader, char c) {
    skip_blanks(reader);
    if (reader->at >= reader->text.length || reader->text.start[reader->at] != c) return false;
    reader->at++;
    return true;
}

static const struct type *find_prefixed(struct realm *realm, const char *prefix, struct text name) {
    char whole[256];
    int length = snprintf(whole, sizeof whole, "%s.%.*s", prefix, TEXT_ARGUMENT(name));
    return length < (int)sizeof whole ? type_table_find(realm, text_make(whole, (size_t)length)) : NULL;
}

/* Script types first, then rows, then rows of System. */
static const struct type *find_simple(struct name_reader *reader, struct text name) {
    const struct type *type = type_table_find_made(reader->realm, name);
    if (!type) type = type_table_find(reader->realm, name);
    if (!type) type = find_prefixed(reader->realm, "System", name);
    if (!type && *reader->name_space) type = find_prefixed(reader->realm, reader->name_space, name);
    return type;
}

/* Open generics are rows "List`1"; scripts may leave out the tick and the count. */
static const struct type *find_open(struct name_reader *reader, struct text name, int arguments) {
    char whole[256];
    if (text_find_byte(name, '`', 0) == TEXT_NOT_FOUND) {
        int length = snprintf(whole, sizeof whole, "%.*s`%d", TEXT_ARGUMENT(name), arguments);
        if (length >= (int)sizeof whole) return NULL;
        name = text_make(whole, (size_t)length);
    }
    return find_simple(reader, name);
}

static const struct type *read_type(struct name_reader *reader);

/* One argument of a generic: a name, or [a name, its assembly]. */
static const struct type *read_argument(struct name_reader *reader) {
    if (!accept(reader, '[')) return read_type(reader);
    const struct type *type = read_type(reader);
    if (accept(reader, ','))
        while (reader->at < reader->text.length && reader->text.start[reader->at] != ']') reader->at++;
    return accept(reader, ']') ? type : NULL;
}

static const struct type *read_generic(struct name_reader *reader, struct text name) {
    const struct type *arguments[2] = {NULL, NULL};
    int count = 0;
    size_t dot = text_find_last(name, TEXT("."));
    if (dot != TEXT_NOT_FOUND && dot < sizeof reader->name_space)
        snprintf(reader->name_space, sizeof reader->name_space, "%.*s", (int)dot, name.start);
    do {
        if (count == 2) return NULL;
        if (!(arguments[count++] = read_argument(reader))) return NULL;
    } while (accept(reader, ','));
    if (!accept(reader, ']')) return NULL;
    const struct type *open = find_open(reader, name, count);
    if (!open || !(open->flags & TYPE_GENERIC_OPEN)) return NULL;
    return type_generic(reader->realm, open, arguments[0], arguments[1]);
}

/* After '[': does "]" or ",…]" follow? Then it is an array of *rank dimensions, and the reader stands behind it. */
static bool accept_brackets(struct name_reader *reader, int *rank) {
    size_t start = reader->at;
    if (accept(reader, '[')) {
        *rank = 1;
        while (accept(reader, ',')) ++*rank;
        if (*rank <= 32 && accept(reader, ']')) return true;
    }
    reader->at = start;
    return false;
}

static const struct type *read_type(struct name_reader *reader) {
    if (++reader->depth > 32) return NULL;
    skip_blanks(reader);
    size_t start = reader->at;
    while (reader->at < reader->text.length && !strchr("[], \t", reader->text.start[reader->at])) reader->at++;
    struct text name = text_slice(reader->text, start, reader->at - start);
    if (!name.length) return NULL;
    const struct type *type;
    int rank;
    if (accept_brackets(reader, &rank)) {
        type = find_simple(reader, name);
        if (type) type = type_array_of_rank(reader->realm, type, rank);
    } else {
        type = accept(reader, '[') ? read_generic(reader, name) : find_simple(reader, name);
    }
    while (type && accept_brackets(reader, &rank)) type = type_array_of_rank(reader->realm, type, rank);
    reader->depth--;
    return type;
}

const struct type *type_find(struct realm *realm, struct text name) {
    struct name_reader reader = {.realm = realm, .text = text_trim(name)};
    const struct type *type = read_type(&reader);
    if (!type || reader.at == reader.text.length) return type;
    return accept(&reader, ',') ? type : NULL; /* what follows a comma is the assembly's name */
}

/* --- types of values ----------------------------------------------------------------------------------------------- */

static const char *const kind_names[VALUE_KIND_COUNT] = {
    [VALUE_BOOL] = "System.Boolean", [VALUE_CHAR] = "System.Char", [VALUE_INT32] = "System.Int32",
    [VALUE_INT64] = "System.Int64", [VALUE_SBYTE] = "System.SByte", [VALUE_BYTE] = "System.Byte",
    [VALUE_INT16] = "System.Int16", [VALUE_UINT16] = "System.UInt16", [VALUE_UINT32] = "System.UInt32",
    [VALUE_UINT64] = "System.UInt64", [VALUE_SINGLE] = "System.Single", [VALUE_DOUBLE] = "System.Double",
    [VALUE_DATETIME] = "System.DateTime", [VALUE_TIMESPAN] = "System.TimeSpan", [VALUE_ENUM] = "System.Enum",
    [VALUE_TYPE] = "System.RuntimeType", [VALUE_STRING] = "System.String", [VALUE_DECIMAL] = "System.Decimal",
    [VALUE_BIGINT] = "System.Numerics.BigInteger", [VALUE_GUID] = "System.Guid", [VALUE_VERSION] = "System.Version",
    [VALUE_DATETIMEOFFSET] = "System.DateTimeOffset", [VALUE_SCRIPT_BLOCK] = "System.Management.Automation.ScriptBlock",
    [VALUE_REFERENCE] = "System.Management.Automation.PSReference", [VALUE_NATIVE] = "System.Object",
    [VALUE_EXTENDED] = "System.Management.Automation.PSObject", [VALUE_TABLE] = "System.Collections.Hashtable",
    [VALUE_OBJECT] = "System.Management.Automation.PSCustomObject",
};

const struct type *type_of_kind(struct realm *realm, enum value_kind kind) {
    const struct type **place = &realm->types->by_kind[kind];
    if (*place) return *place;
    const struct type *object = type_known(realm, "System.Object");
    if (kind == VALUE_ARRAY) *place = type_array_of(realm, object);
    else if (kind == VALUE_LIST)
        *place = type_generic(realm, type_known(realm, "System.Collections.Generic.List`1"), object, NULL);
    else *place = kind_names[kind] ? type_known(realm, kind_names[kind]) : object;
    return *place;
}

/* [ref] has the type of what it holds: PSReference`1[System.Int32]. */
static const struct type *type_of_reference(struct realm *realm, struct value v) {
    const struct type *held = type_of(realm, *reference_place(v));
    if (!held) held = type_known(realm, "System.Management.Automation.LanguagePrimitives+Null");
    return type_generic(realm, type_known(realm, "System.Management.Automation.PSReference`1"), held, NULL);
}

static const struct type *type_of_table(struct realm *realm, struct value v) {
    switch (table_block(v)->table_kind) {
    case TABLE_ORDERED:
        if (!realm->types->ordered)
            realm->types->ordered = type_known(realm, "System.Collections.Specialized.OrderedDictionary");
        return realm->types->ordered;
    case TABLE_DICTIONARY: return type_find(realm, TEXT("System.Collections.Generic.Dictionary[string,object]"));
    case TABLE_SORTED: return type_known(realm, "System.Collections.SortedList");
    default: return type_of_kind(realm, VALUE_TABLE);
    }
}

const struct type *type_of(struct realm *realm, struct value v) {
    if (value_is_nothing(v)) return NULL;
    if (value_is_switch(v)) return type_known(realm, "System.Management.Automation.SwitchParameter");
    if (v.kind == VALUE_ENUM) return type_by_index(realm, v.type_index);
    if (v.kind == VALUE_EXTENDED) return type_of(realm, value_base(v));
    if (v.kind == VALUE_REFERENCE) return type_of_reference(realm, v);
    if (v.kind < VALUE_NATIVE) return type_of_kind(realm, v.kind);
    struct container *container = (struct container *)v.counted;
    if (container->type) return container->type;
    if (v.kind == VALUE_NATIVE) {
        const struct type *type = type_find(realm, text_of(((struct native *)container)->class_of->type_name));
        return container->type = type ? type : type_of_kind(realm, VALUE_NATIVE);
    }
    return v.kind == VALUE_TABLE ? type_of_table(realm, v) : type_of_kind(realm, v.kind);
}

/* --- relations ----------------------------------------------------------------------------------------------------- */

static bool has_interface(const struct type *type, const struct type *wanted) {
    for (const struct type *const *at = type->interfaces; at && *at; at++)
        if (*at == wanted || has_interface(*at, wanted)) return true;
    return false;
}

/* IEnumerable<T> and its like are not in the rows: collections of T have them. */
static bool has_generic_interface(const struct type *type, const struct type *wanted) {
    const char *name = wanted->open->name;
    if (!strcmp(name, "IDictionary`2") || !strcmp(name, "IReadOnlyDictionary`2"))
        return type->element2 == wanted->element2 && type->element == wanted->element && type->value_kind == VALUE_TABLE;
    if (strcmp(name, "IEnumerable`1") && strcmp(name, "ICollection`1") && strcmp(name, "IList`1") &&
        strcmp(name, "IReadOnlyList`1") && strcmp(name, "IReadOnlyCollection`1") && strcmp(name, "ISet`1"))
        return false;
    return type->element && !type->element2 && (type->element == wanted->element) &&
           (type->value_kind == VALUE_ARRAY || type->value_kind == VALUE_LIST);
}

bool type_is(const struct type *type, const struct type *ancestor) {
    if (!type || !ancestor) return false;
    for (const struct type *at = type; at; at = at->base) {
        if (at == ancestor) return true;
        if (ancestor->flags & TYPE_INTERFACE && has_interface(at, ancestor)) return true;
    }
    if (type->flags & TYPE_INTERFACE && !strcmp(ancestor->full_name, "System.Object")) return true;
    if (ancestor->open && ancestor->flags & TYPE_INTERFACE) return has_generic_interface(type, ancestor);
    /* object[] takes the place of string[]: arrays of classes are covariant. */
    if (type->rank && ancestor->rank == type->rank && type->element && !(type->element->flags & TYPE_VALUE))
        return type_is(type->element, ancestor->element);
    return false;
}

static const struct type *psobject(struct realm *realm) {
    if (!realm->types->psobject)
        realm->types->psobject = type_known(realm, "System.Management.Automation.PSObject");
    return realm->types->psobject;
}

bool type_matches(struct realm *realm, struct value v, const struct type *type) {
    const struct type *own = type_of(realm, v);
    if (!own) return false;
    if (own == type || type_is(own, type)) return true;
    if (type == psobject(realm)) return v.kind == VALUE_EXTENDED || (v.kind == VALUE_OBJECT && own == type_of_kind(realm, VALUE_OBJECT));
    if (type->open && !strcmp(type->open->full_name, "System.Nullable`1")) return type_matches(realm, v, type->element);
    return false;
}

bool type_assignable(struct realm *realm, struct value v, const struct type *type) {
    if (value_is_nothing(v)) return !(type->flags & TYPE_VALUE);
    return type_matches(realm, v, type);
}

static bool visit_ancestors(struct realm *realm, const struct type *type, bool (*visit)(void *context, struct text name),
                            void *context) {
    for (; type; type = type->base)
        if (!visit(context, text_of(type_assembly_name(realm, type)))) return false;
    return true;
}

void type_names_walk(struct realm *realm, struct value v, bool (*visit)(void *context, struct text name), void *context) {
    struct value holder = v.kind == VALUE_EXTENDED ? extended_members(v) : v;
    if (holder.kind == VALUE_OBJECT && value_is_array_like(object_block(holder)->type_names)) {
        struct value names = object_block(holder)->type_names;
        for (uint32_t i = 0; i < array_count(names); i++)
            if (array_at(names, i).kind == VALUE_STRING && !visit(context, string_text(array_at(names, i)))) return;
        return;
    }
    const struct type *type = type_of(realm, v);
    if (type) visit_ancestors(realm, type, visit, context);
}
