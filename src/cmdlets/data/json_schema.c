#include "json_schema_private.h"

#include <math.h>
#include "m365sh/pattern/regex.h"
#include "m365sh/value/compare.h"

struct check { struct realm *realm; struct value root; struct bytes *reason; struct bytes place; int depth; };
#define DEPTH_MOST 100

static bool accepts(struct check *check, struct value schema, struct value v);

static bool refuse(struct check *check, const char *why) {
    bytes_clear(check->reason);
    bytes_add_format(check->reason, "%.*s: %s", (int)check->place.length, check->place.length ? check->place.data : "", why);
    return false;
}

static struct value *rule(struct value schema, const char *name) { return table_find_text(schema, text_of(name)); }
static bool number_of(struct value *v, double *out) {
    if (!v || !value_is_number(*v)) return false;
    *out = number_to_double(*v);
    return true;
}

static bool is_of_type(struct value v, struct text type) {
    if (text_equal(type, TEXT("null"))) return value_is_nothing(v);
    if (text_equal(type, TEXT("boolean"))) return v.kind == VALUE_BOOL;
    if (text_equal(type, TEXT("string"))) return v.kind == VALUE_STRING || v.kind == VALUE_DATETIME;
    if (text_equal(type, TEXT("array"))) return value_is_array_like(v);
    if (text_equal(type, TEXT("object"))) return value_is_table(v);
    if (text_equal(type, TEXT("number"))) return value_is_number(v);
    return text_equal(type, TEXT("integer")) && value_is_number(v) && floor(number_to_double(v)) == number_to_double(v);
}

static bool check_type(struct check *check, struct value type, struct value v) {
    if (type.kind == VALUE_STRING && is_of_type(v, string_text(type))) return true;
    for (uint32_t i = 0; value_is_array_like(type) && i < array_count(type); i++)
        if (array_at(type, i).kind == VALUE_STRING && is_of_type(v, string_text(array_at(type, i)))) return true;
    return refuse(check, "another type is wanted");
}

/* Deep equality, through texts of JSON kinds. */
static bool same(struct value a, struct value b, int depth) {
    if (value_is_array_like(a) && value_is_array_like(b)) {
        if (array_count(a) != array_count(b) || depth > DEPTH_MOST) return false;
        for (uint32_t i = 0; i < array_count(a); i++)
            if (!same(array_at(a, i), array_at(b, i), depth + 1)) return false;
        return true;
    }
    if (value_is_table(a) && value_is_table(b)) {
        uint32_t position = 0;
        if (table_count(a) != table_count(b) || depth > DEPTH_MOST) return false;
        for (struct table_entry *entry; (entry = table_next(a, &position));) {
            struct value *other = table_find(b, entry->key);
            if (!other || !same(entry->value, *other, depth + 1)) return false;
        }
        return true;
    }
    if (value_is_number(a) && value_is_number(b)) return number_to_double(a) == number_to_double(b);
    if (value_is_nothing(a) && value_is_nothing(b)) return true;
    return value_equals(a, b, false);
}

static bool check_choice(struct check *check, struct value schema, struct value v) {
    struct value *choices = rule(schema, "enum"), *constant = rule(schema, "const");
    if (constant && !same(*constant, v, 0)) return refuse(check, "is not the one value that is allowed");
    if (!choices || !value_is_array_like(*choices)) return true;
    for (uint32_t i = 0; i < array_count(*choices); i++)
        if (same(array_at(*choices, i), v, 0)) return true;
    return refuse(check, "is none of the values that are allowed");
}

static bool check_number(struct check *check, struct value schema, double number) {
    double bound;
    if (number_of(rule(schema, "minimum"), &bound) && number < bound) return refuse(check, "is too small");
    if (number_of(rule(schema, "maximum"), &bound) && number > bound) return refuse(check, "is too large");
    if (number_of(rule(schema, "exclusiveMinimum"), &bound) && number <= bound) return refuse(check, "is too small");
    if (number_of(rule(schema, "exclusiveMaximum"), &bound) && number >= bound) return refuse(check, "is too large");
    if (number_of(rule(schema, "multipleOf"), &bound) && bound > 0 && fabs(remainder(number, bound)) > 1e-9) return refuse(check, "is no multiple");
    return true;
}

static bool check_text(struct check *check, struct value schema, struct value v) {
    double bound;
    struct value *pattern = rule(schema, "pattern");
    if (number_of(rule(schema, "minLength"), &bound) && string_units(v) < bound) return refuse(check, "is too short");
    if (number_of(rule(schema, "maxLength"), &bound) && string_units(v) > bound) return refuse(check, "is too long");
    if (!pattern || pattern->kind != VALUE_STRING) return true;
    struct regex *regex = NULL;
    struct regex_match match = {0};
    bool found = false;
    if (regex_compile(string_text(*pattern), 0, &regex, NULL) != STATUS_OK) return refuse(check, "the pattern of the schema is not valid");
    enum status status = regex_find(regex, string_text(v), 0, &match, &found, NULL);
    regex_match_free(&match);
    regex_release(regex);
    return (status == STATUS_OK && found) || refuse(check, "does not fit the pattern");
}

static bool check_array(struct check *check, struct value schema, struct value v) {
    double bound;
    struct value *items = rule(schema, "items"), *unique = rule(schema, "uniqueItems");
    uint32_t count = array_count(v);
    if (number_of(rule(schema, "minItems"), &bound) && count < bound) return refuse(check, "has too few items");
    if (number_of(rule(schema, "maxItems"), &bound) && count > bound) return refuse(check, "has too many items");
    for (uint32_t i = 0; unique && value_truth(*unique) && i < count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (same(array_at(v, i), array_at(v, k), 0)) return refuse(check, "has an item twice");
    for (uint32_t i = 0; items && i < count; i++) {
        size_t length = check->place.length;
        bytes_add_format(&check->place, "/%u", i);
        bool fits = accepts(check, *items, array_at(v, i));
        bytes_truncate(&check->place, length);
        if (!fits) return false;
    }
    return true;
}

static bool check_property(struct check *check, struct value schema, struct text name, struct value v) {
    struct value *properties = rule(schema, "properties"), *others = rule(schema, "additionalProperties");
    struct value *own = properties && value_is_table(*properties) ? table_find_text(*properties, name) : NULL;
    size_t length = check->place.length;
    bytes_add_format(&check->place, "/%.*s", TEXT_ARGUMENT(name));
    bool fits = own ? accepts(check, *own, v) : !others || accepts(check, *others, v);
    bytes_truncate(&check->place, length);
    return fits;
}

static bool check_object(struct check *check, struct value schema, struct value v) {
    struct value *required = rule(schema, "required");
    double bound;
    if (number_of(rule(schema, "minProperties"), &bound) && table_count(v) < bound) return refuse(check, "has too few properties");
    if (number_of(rule(schema, "maxProperties"), &bound) && table_count(v) > bound) return refuse(check, "has too many properties");
    for (uint32_t i = 0; required && value_is_array_like(*required) && i < array_count(*required); i++)
        if (!table_find(v, array_at(*required, i))) return refuse(check, "lacks a property that is required");
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(v, &position));)
        if (entry->key.kind == VALUE_STRING && !check_property(check, schema, string_text(entry->key), entry->value)) return false;
    return true;
}

static bool check_combination(struct check *check, struct value schema, struct value v) {
    static const char *const names[] = {"allOf", "anyOf", "oneOf"};
    for (int n = 0; n < 3; n++) {
        struct value *list = rule(schema, names[n]);
        if (!list || !value_is_array_like(*list)) continue;
        uint32_t fits = 0, count = array_count(*list);
        for (uint32_t i = 0; i < count; i++) fits += accepts(check, array_at(*list, i), v);
        if (n == 0 ? fits < count : n == 1 ? fits == 0 : fits != 1) return refuse(check, "does not fit the parts of the schema together");
    }
    struct value *inverse = rule(schema, "not");
    return !inverse || !accepts(check, *inverse, v) || refuse(check, "is what the schema excludes");
}

/* "#/definitions/user" from the root; NULL when nothing stands there. */
static struct value *follow(struct check *check, struct text reference) {
    struct value *at = &check->root;
    struct text part, rest = text_starts(reference, TEXT("#")) ? text_slice(reference, 1, reference.length) : reference;
    while (at && text_split_next(&rest, '/', &part))
        if (part.length) at = value_is_table(*at) ? table_find_text(*at, part) : NULL;
    return at;
}

static bool accepts(struct check *check, struct value schema, struct value v) {
    if (schema.kind == VALUE_BOOL) return schema.boolean || refuse(check, "is not allowed");
    if (!value_is_table(schema)) return true;
    if (check->depth > DEPTH_MOST) return refuse(check, "the schema refers to itself too deeply");
    check->depth++;
    struct value *type = rule(schema, "type"), *reference = rule(schema, "$ref");
    struct value *referred = reference && reference->kind == VALUE_STRING ? follow(check, string_text(*reference)) : NULL;
    bool fits = (!referred || accepts(check, *referred, v)) && (!type || check_type(check, *type, v)) && check_choice(check, schema, v);
    if (fits && value_is_number(v)) fits = check_number(check, schema, number_to_double(v));
    else if (fits && v.kind == VALUE_STRING) fits = check_text(check, schema, v);
    else if (fits && value_is_array_like(v)) fits = check_array(check, schema, v);
    else if (fits && value_is_table(v)) fits = check_object(check, schema, v);
    fits = fits && check_combination(check, schema, v);
    check->depth--;
    return fits;
}

bool json_schema_accepts(struct realm *realm, struct value schema, struct value instance, struct bytes *reason) {
    struct check check = {.realm = realm, .root = schema, .reason = reason};
    bool fits = accepts(&check, schema, instance);
    bytes_free(&check.place);
    return fits;
}
