#include "../cmdlet_private.h"

#include "m365sh/base/calendar.h"
#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "../encoding_private.h"
#include "../item/item_private.h"

enum { PATH, LITERAL, TOTAL, SKIP, FIRST };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, "ByPath", NULL, "path", "The file."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "ByLiteralPath", NULL, "path", "The same, without wildcards."},
    {"IncludeTotalCount", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted."},
    {"Skip", "uint64", -1, 0, NULL, NULL, NULL, NULL, "How many objects are passed over."},
    {"First", "uint64", -1, 0, NULL, NULL, NULL, NULL, "How many objects are given."},
};

/* Elements are walked as [xml] has them: through members, as a script would. */
struct reader { struct invocation *call; struct value references, types; int depth; };

static struct value ask(struct reader *reader, struct value node, const char *member) {
    struct realm *realm = reader->call->realm;
    struct value v = VALUE_UNSET_INIT;
    bool found = false;
    if (member_get(realm, node, intern_name(realm->names, text_of(member)), &found, &v) == STATUS_OK && found) return v;
    value_release(v);
    value_release(realm_take_raised(realm));
    return value_null();
}

static struct value attribute(struct reader *reader, struct value node, const char *name) {
    struct realm *realm = reader->call->realm;
    struct value argument = string_of(name), v = VALUE_UNSET_INIT;
    if (member_call(realm, node, intern_name(realm->names, TEXT("GetAttribute")), &argument, 1, &v) != STATUS_OK) value_release(realm_take_raised(realm));
    value_release(argument);
    return v.kind == VALUE_STRING ? v : string_empty();
}

typedef enum status (*child_visit)(void *context, struct value child, struct text element);
static enum status each_child(struct reader *reader, struct value node, child_visit visit, void *context) {
    struct value children = ask(reader, node, "ChildNodes"), child;
    struct enumeration it;
    bool more;
    enum status status;
    enumeration_start(reader->call->realm, &it, children);
    while ((status = enumeration_next(reader->call->realm, &it, &more, &child)) == STATUS_OK && more) {
        struct value name = ask(reader, child, "LocalName");
        if (name.kind == VALUE_STRING && string_text(name).start[0] != '#') status = visit(context, child, string_text(name));
        value_release(name);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    value_release(children);
    return status;
}

static enum status read_value(struct reader *reader, struct value node, struct text element, struct value *out);

static const struct { const char *element, *type; } scalars[] = {
    {"S", "string"}, {"B", "bool"}, {"I32", "int"}, {"I64", "long"}, {"By", "byte"}, {"I16", "int16"}, {"U16", "uint16"}, {"U32", "uint32"}, {"U64", "uint64"}, {"SB", "sbyte"},
    {"Db", "double"}, {"Sg", "float"}, {"D", "decimal"}, {"DT", "datetime"}, {"G", "guid"}, {"Version", "version"}, {"URI", "uri"}, {"ToString", "string"}, {"XD", "string"}, {"SBK", "string"},
};

static enum status read_scalar(struct reader *reader, struct value node, struct text element, bool *known, struct value *out) {
    struct realm *realm = reader->call->realm;
    struct value text = VALUE_UNSET_INIT;
    enum status status = STATUS_OK;
    *known = true;
    if (text_equal(element, TEXT("Nil"))) {
        *out = value_null();
        return STATUS_OK;
    }
    text = ask(reader, node, "InnerText");
    if (text_equal(element, TEXT("C"))) {
        int64_t unit = 0;
        status = convert_to_int64(realm, text, &unit);
        *out = value_char((uint16_t)unit);
    } else if (text_equal(element, TEXT("TS"))) {
        double seconds = 0;
        struct text digits = text_slice(string_text(text), 2, string_text(text).length > 3 ? string_text(text).length - 3 : 0);
        *known = decimal_read_double(digits, &seconds);
        *out = value_timespan((int64_t)(seconds * 1e7 + (seconds < 0 ? -0.5 : 0.5)));
    } else {
        *known = false;
        for (size_t i = 0; !*known && i < sizeof scalars / sizeof *scalars; i++) {
            if (!text_equal(element, text_of(scalars[i].element))) continue;
            *known = true;
            status = convert_to(realm, text, type_find(realm, text_of(scalars[i].type)), out);
        }
    }
    value_release(text);
    return status;
}

struct filling { struct reader *reader; struct value target, type_names, scalar; };

static enum status add_item(void *context, struct value child, struct text element) {
    struct filling *filling = context;
    struct value v = VALUE_UNSET_INIT;
    enum status status = read_value(filling->reader, child, element, &v);
    if (status == STATUS_OK) array_push(filling->target, v);
    value_release(v);
    return status;
}

static enum status add_named(void *context, struct value child, struct text element) {
    struct filling *filling = context;
    struct value v = VALUE_UNSET_INIT, name = attribute(filling->reader, child, "N");
    enum status status = read_value(filling->reader, child, element, &v);
    if (status == STATUS_OK && value_is_table(filling->target)) table_put(filling->target, name, v);
    else if (status == STATUS_OK) object_put(filling->reader->call->realm, filling->target, string_text(name), v);
    value_release(v);
    value_release(name);
    return status;
}

static enum status add_entry(void *context, struct value child, struct text element) {
    struct filling *filling = context;
    struct filling pair = {.reader = filling->reader, .target = table_new(filling->reader->call->realm, TABLE_ORDERED, true, NULL)};
    (void)element;
    enum status status = each_child(filling->reader, child, add_named, &pair);
    struct value *key = table_find_text(pair.target, TEXT("Key")), *item = table_find_text(pair.target, TEXT("Value"));
    if (status == STATUS_OK && key) table_put(filling->target, *key, item ? *item : value_null());
    value_release(pair.target);
    return status;
}

static enum status add_type(void *context, struct value child, struct text element) {
    struct filling *filling = context;
    (void)element;
    array_push_take(filling->type_names, ask(filling->reader, child, "InnerText"));
    return STATUS_OK;
}

static struct value new_container(struct reader *reader, struct text element) {
    struct realm *realm = reader->call->realm;
    if (text_equal(element, TEXT("DCT"))) return table_new(realm, TABLE_HASH, true, NULL);
    if (text_equal(element, TEXT("LST"))) return list_new(realm, type_find(realm, TEXT("System.Collections.ArrayList")), 0);
    return object_new(realm, NULL, 4);
}

/* The parts of an Obj: type names, then items, pairs or properties; enums keep their number. */
static enum status take_part(void *context, struct value child, struct text element) {
    struct filling *filling = context;
    struct reader *reader = filling->reader;
    bool list = text_equal(element, TEXT("LST")) || text_equal(element, TEXT("IE")) || text_equal(element, TEXT("STK")) || text_equal(element, TEXT("QUE"));
    bool pairs = text_equal(element, TEXT("DCT")), members = text_equal(element, TEXT("MS")) || text_equal(element, TEXT("Props"));
    if (text_equal(element, TEXT("TN"))) {
        struct value id = attribute(reader, child, "RefId");
        enum status status = each_child(reader, child, add_type, filling);
        table_put(reader->types, id, filling->type_names);
        value_release(id);
        return status;
    }
    if (text_equal(element, TEXT("TNRef"))) {
        struct value id = attribute(reader, child, "RefId"), *known = table_find(reader->types, id);
        if (known) value_set(&filling->type_names, *known);
        value_release(id);
        return STATUS_OK;
    }
    if (!list && !pairs && !members) return text_equal(element, TEXT("ToString")) ? STATUS_OK : read_value(reader, child, element, &filling->scalar);
    if (filling->target.kind == VALUE_UNSET) filling->target = new_container(reader, list ? TEXT("LST") : element);
    if (members && filling->target.kind != VALUE_OBJECT) return STATUS_OK;
    return each_child(reader, child, list ? add_item : pairs ? add_entry : add_named, filling);
}

/* Objects come back as what they were once: "Deserialized." stands before the names of their types. */
static void name_types(struct reader *reader, struct filling *filling) {
    struct value names = filling->type_names;
    if (filling->target.kind != VALUE_OBJECT || !array_count(names)) return;
    struct value all = array_new(reader->call->realm, type_array_of(reader->call->realm, type_of_kind(reader->call->realm, VALUE_STRING)), array_count(names));
    for (uint32_t i = 0; i < array_count(names); i++)
        array_push_take(all, string_format(text_starts(string_text(array_at(names, i)), TEXT("Deserialized.")) ? "%s" : "Deserialized.%s", string_chars(array_at(names, i))));
    value_set_take(&object_block(filling->target)->type_names, all);
}

static enum status read_object(struct reader *reader, struct value node, struct value *out) {
    struct filling filling = {.reader = reader, .type_names = array_new(reader->call->realm, NULL, 0)};
    struct value id = attribute(reader, node, "RefId");
    enum status status = each_child(reader, node, take_part, &filling);
    name_types(reader, &filling);
    *out = filling.target.kind != VALUE_UNSET ? filling.target : filling.scalar.kind != VALUE_UNSET ? filling.scalar : object_new(reader->call->realm, NULL, 0);
    if (filling.target.kind != VALUE_UNSET) value_release(filling.scalar);
    table_put(reader->references, id, *out);
    value_release(filling.type_names);
    value_release(id);
    return status;
}

static enum status read_value(struct reader *reader, struct value node, struct text element, struct value *out) {
    bool known;
    enum status status = STATUS_OK;
    if (++reader->depth > 200)
        return invocation_throw(reader->call, "System.Xml.XmlException", "DeserializationTooDeep", ERROR_INVALID_DATA, value_null(), "Values lie too deep in each other.");
    if (text_equal(element, TEXT("Obj"))) status = read_object(reader, node, out);
    else if (text_equal(element, TEXT("Ref"))) {
        struct value id = attribute(reader, node, "RefId"), *seen = table_find(reader->references, id);
        *out = seen ? value_keep(*seen) : value_null();
        value_release(id);
    } else {
        status = read_scalar(reader, node, element, &known, out);
        if (status == STATUS_OK && !known) *out = ask(reader, node, "InnerText");
    }
    reader->depth--;
    return status;
}

struct giving { struct reader *reader; int64_t skip, left; };
static enum status give(void *context, struct value child, struct text element) {
    struct giving *giving = context;
    struct value v = VALUE_UNSET_INIT;
    enum status status = read_value(giving->reader, child, element, &v);
    if (giving->skip > 0) giving->skip--;
    else if (status == STATUS_OK && giving->left-- > 0) status = invocation_emit(giving->reader->call, v);
    value_release(v);
    return status;
}

static enum status import(struct invocation *call, struct text text) {
    struct realm *realm = call->realm;
    struct value source = string_new(text), document = VALUE_UNSET_INIT, root;
    struct reader reader = {call, table_new(realm, TABLE_ORDERED, false, NULL), table_new(realm, TABLE_ORDERED, false, NULL), 0};
    struct giving giving = {&reader, invocation_integer(call, SKIP, 0), invocation_integer(call, FIRST, INT64_MAX)};
    enum status status = convert_to(realm, source, type_known(realm, "System.Xml.XmlDocument"), &document);
    if (status == STATUS_OK) {
        root = ask(&reader, document, "DocumentElement");
        status = each_child(&reader, root, give, &giving);
        value_release(root);
    }
    value_release(reader.references);
    value_release(reader.types);
    value_release(document);
    value_release(source);
    return status;
}

static enum status import_item(struct invocation *call, enum item_drive drive, struct text path) {
    struct bytes raw = {0}, text = {0};
    struct fault fault = {0};
    struct value name = string_new(path);
    (void)drive;
    enum status status = file_read(string_chars(name), LIMIT_TEXT_BYTES, &raw, &fault);
    if (status != STATUS_OK) {
        status = invocation_throw(call, fault.kind == FAULT_NOT_FOUND ? "System.IO.FileNotFoundException" : "System.UnauthorizedAccessException", "FileOpenFailure", ERROR_OPEN_ERROR, name,
                                  "'%s' cannot be read.", string_chars(name));
        fault_clear(&fault);
    } else {
        encoding_decode(&text, bytes_text(&raw), FILE_UTF8);
        status = import(call, bytes_text(&text));
    }
    value_release(name);
    bytes_free(&raw);
    bytes_free(&text);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, true};
    return item_each(call, &which, import_item);
}

static const struct example_row example_rows[] = {
    {"1, 'two', (Get-Date) | Export-Clixml v.xml; Import-Clixml v.xml | ForEach-Object { $_.GetType().Name }", "Types come back."},
    {"@{ Seats = 5 } | Export-Clixml h.xml; (Import-Clixml h.xml).Seats", "A hashtable."},
};

CMDLET(import_clixml) = {
    .name = "Import-Clixml", .synopsis = "Reads values that Export-Clixml kept.", .description = "Numbers, texts, dates, lists, tables and objects come back; methods do not.",
    PARAMETERS, .default_set = "ByPath", .process = process, EXAMPLES,
};
