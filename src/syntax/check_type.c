/* Members of classes and enums: no name twice, and values of enums that are integers known beforehand. */
#include "check_private.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/map.h"

static void already_defined(struct parser *parser, const struct node *node, struct text name) {
    parse_late_error(parser, "MemberAlreadyDefined", node->span, "'%.*s' is defined already", TEXT_ARGUMENT(name));
}

/* "name(type,type)": what tells one method from another. */
static void add_signature(struct bytes *out, const struct node_method *method) {
    bool static_constructor = method->is_constructor && (method->member_flags & MEMBER_FLAG_STATIC) != 0;
    bytes_add_format(out, "%s%.*s(", static_constructor ? "static " : "", TEXT_ARGUMENT(method->name));
    for (uint32_t i = 0; i < method->parameters.count; i++) {
        const struct node_list *attributes = &NODE_AS(parameter, method->parameters.items[i])->attributes;
        for (uint32_t k = 0; k < attributes->count; k++)
            if (attributes->items[k]->kind == NODE_TYPE_CONSTRAINT)
                bytes_add_text(out, NODE_AS(type_name, NODE_AS(type_constraint, attributes->items[k])->type)->text);
        bytes_add_byte(out, ',');
    }
}

static const char *const sealed[] = {"int", "int32", "long", "int64", "string", "bool", "boolean", "double", "decimal", "char", "byte", "datetime",
                                     "timespan", "guid", "uri", "System.Int32", "System.String", "System.Boolean", "System.DateTime"};

static bool is_any(struct text text, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_fold(text, text_of(names[i]))) return true;
    return false;
}

void check_class(struct parser *parser, struct node_class *class) {
    struct map *seen = map_new(MAP_FOLD);
    struct bytes key = {0};
    for (uint32_t i = 0; i < class->members.count; i++) {
        const struct node *member = class->members.items[i];
        bytes_clear(&key);
        struct text name = TEXT_NONE;
        if (member->kind == NODE_PROPERTY) {
            name = NODE_AS(property, member)->name;
            bytes_add_byte(&key, '$');
            bytes_add_text(&key, name);
        } else if (member->kind == NODE_METHOD) {
            name = NODE_AS(method, member)->name;
            add_signature(&key, NODE_AS(method, member));
        } else {
            continue;
        }
        if (map_put(seen, bytes_text(&key), parser) != NULL) already_defined(parser, member, name);
    }
    bytes_free(&key);
    map_free(seen, NULL);
    if (class->bases.count == 0) return;
    struct text base = NODE_AS(type_name, class->bases.items[0])->text;
    if (is_any(base, sealed, sizeof sealed / sizeof sealed[0]))
        parse_late_error(parser, "SealedBaseClass", class->bases.items[0]->span, "No class can be derived from [%.*s]", TEXT_ARGUMENT(base));
}

static const struct {
    const char *name;
    int64_t low, high;
} integers[] = {
    {"int", INT32_MIN, INT32_MAX},    {"int32", INT32_MIN, INT32_MAX},   {"System.Int32", INT32_MIN, INT32_MAX},
    {"byte", 0, UINT8_MAX},           {"System.Byte", 0, UINT8_MAX},     {"sbyte", INT8_MIN, INT8_MAX},
    {"System.SByte", INT8_MIN, INT8_MAX}, {"short", INT16_MIN, INT16_MAX}, {"int16", INT16_MIN, INT16_MAX},
    {"System.Int16", INT16_MIN, INT16_MAX}, {"ushort", 0, UINT16_MAX},   {"uint16", 0, UINT16_MAX},
    {"System.UInt16", 0, UINT16_MAX}, {"uint", 0, UINT32_MAX},           {"uint32", 0, UINT32_MAX},
    {"System.UInt32", 0, UINT32_MAX}, {"long", INT64_MIN, INT64_MAX},    {"int64", INT64_MIN, INT64_MAX},
    {"System.Int64", INT64_MIN, INT64_MAX}, {"ulong", 0, INT64_MAX},     {"uint64", 0, INT64_MAX},
    {"System.UInt64", 0, INT64_MAX},
};

/* The row of the type that holds an enum's values; int where none is named. */
static size_t integer_row(struct parser *parser, const struct node *underlying) {
    if (underlying == NULL) return 0;
    struct text name = NODE_AS(type_name, underlying)->text;
    for (size_t i = 0; i < sizeof integers / sizeof integers[0]; i++)
        if (text_equal_fold(name, text_of(integers[i].name))) return i;
    parse_late_error(parser, "InvalidUnderlyingType", underlying->span, "[%.*s] is no integer type, so no enum can have it", TEXT_ARGUMENT(name));
    return 0;
}

static bool find_variable(void *context, struct node *node) {
    if (node->kind == NODE_VARIABLE || node->kind == NODE_COMMAND || node->kind == NODE_INVOKE_MEMBER) *(bool *)context = true;
    return true;
}

static void check_value(struct parser *parser, struct node *value, size_t row) {
    bool varies = false;
    int64_t number;
    tree_walk(value, find_variable, &varies);
    if (varies) {
        parse_late_error(parser, "EnumeratorValueMustBeConstant", value->span, "The value of an enum's member must be known beforehand");
    } else if (value->kind == NODE_STRING) {
        if (!decimal_read_int64(text_trim(NODE_AS(string, value)->text), &number))
            parse_late_error(parser, "CannotConvertValue", value->span, "The value of an enum's member must be an integer");
    } else if (value->kind == NODE_NUMBER && NODE_AS(number, value)->number.kind <= LITERAL_INT64) {
        number = NODE_AS(number, value)->number.integer;
        if (number < integers[row].low || number > integers[row].high)
            parse_late_error(parser, "EnumeratorValueOutOfBounds", value->span, "The value does not fit into [%s]", integers[row].name);
    }
}

void check_enum(struct parser *parser, struct node_enum *node) {
    struct map *seen = map_new(MAP_FOLD);
    size_t row = integer_row(parser, node->underlying);
    for (uint32_t i = 0; i < node->members.count; i++) {
        if (node->members.items[i]->kind != NODE_ENUM_MEMBER) continue;
        const struct node_enum_member *member = NODE_AS(enum_member, node->members.items[i]);
        if (map_put(seen, member->name, parser) != NULL) already_defined(parser, &member->head, member->name);
        if (member->value != NULL) check_value(parser, member->value, row);
    }
    map_free(seen, NULL);
}

static struct text defined_name(const struct node *node) {
    if (node->kind == NODE_CLASS) return NODE_AS(class, node)->name;
    return node->kind == NODE_ENUM ? NODE_AS(enum, node)->name : TEXT_NONE;
}

void check_definitions(struct parser *parser, struct node_list statements) {
    struct map *seen = NULL;
    for (uint32_t i = 0; i < statements.count; i++) {
        struct text name = defined_name(statements.items[i]);
        if (name.length == 0) continue;
        if (seen == NULL) seen = map_new(MAP_FOLD);
        if (map_put(seen, name, parser) != NULL) already_defined(parser, statements.items[i], name);
    }
    if (seen != NULL) map_free(seen, NULL);
}
