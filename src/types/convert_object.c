/* To objects: custom objects from tables, and instances by constructor, by Parse, or by setting properties. */
#include <string.h>
#include "convert_private.h"
#include "m365sh/value/error_record.h"
#include "member_table_private.h"

#define FINAL "ConvertToFinalInvalidCastException"

/* The key PSTypeName names the object's first type instead of a property. */
static void object_set_type_name(struct realm *realm, struct value object, struct value name) {
    struct value names = list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[string]")), 3);
    array_push_take(names, convert_text(realm, name));
    array_push_take(names, string_of("System.Management.Automation.PSCustomObject"));
    array_push_take(names, string_of("System.Object"));
    value_set_take(&object_block(object)->type_names, names);
}

enum status convert_to_custom_object(struct realm *realm, struct value v, struct value *out) {
    struct value base = value_base(v);
    if (!value_is_table(base)) {
        *out = value_is_nothing(v) ? value_null() : value_keep(v);
        return STATUS_OK;
    }
    struct value object = object_new(realm, NULL, table_count(base));
    uint32_t at = 0;
    for (struct table_entry *entry; (entry = table_next(base, &at));) {
        struct value name = convert_text(realm, entry->key);
        if (text_equal_fold(string_text(name), TEXT("PSTypeName"))) {
            object_set_type_name(realm, object, entry->value);
        } else if (string_text(name).length) object_put(realm, object, string_text(name), entry->value);
        value_release(name);
    }
    *out = object;
    return STATUS_OK;
}

/* Takes what was raised inside and tells it as the conversion's own failure; the id of the exception's kind is kept. */
static bool fail_with_raised(struct conversion *c, enum status status, const char *id) {
    if (status != STATUS_ERROR) {
        c->status = status;
        return false;
    }
    struct value record = realm_take_raised(c->realm);
    struct value exception = error_record_get(record, ERROR_EXCEPTION);
    struct value *inner = exception.kind == VALUE_OBJECT ? object_find_text(c->realm, exception, TEXT("InnerException")) : NULL;
    if (inner && inner->kind == VALUE_OBJECT) exception = *inner;
    struct text name = exception_type_name(exception);
    const struct type *type = type_find(c->realm, name);
    conversion_fail(c, id, type ? type->full_name : NULL);
    value_release(record);
    return false;
}

/* Was the failure one of choosing an overload rather than of running it? */
static bool raised_no_overload(struct conversion *c) {
    struct value id = error_record_get(c->realm->raised, ERROR_ID);
    if (id.kind != VALUE_STRING) return false;
    return text_starts(string_text(id), TEXT("MethodCount")) || text_starts(string_text(id), TEXT("MethodArgument"));
}

static bool drop_raised(struct conversion *c, const char *id) {
    value_release(realm_take_raised(c->realm));
    return conversion_fail(c, id, NULL);
}

static bool by_constructor(struct conversion *c, struct value v, bool *taken) {
    enum status status = member_construct(c->realm, c->type, &v, 1, &c->out);
    if (status == STATUS_OK) return true;
    if (status == STATUS_ERROR && raised_no_overload(c)) {
        *taken = false;
        return drop_raised(c, FINAL);
    }
    return fail_with_raised(c, status, "InvalidCastConstructorException");
}

/* Sets each pair or property on a fresh instance. */
static enum status set_property(void *context, struct text name, struct value item) {
    struct conversion *c = context;
    return member_set(c->realm, c->out, intern_name(c->realm->names, name), item);
}

static bool set_properties(struct conversion *c, struct value v) {
    enum status status = STATUS_OK;
    if (value_is_table(v)) {
        uint32_t at = 0;
        for (struct table_entry *entry; status == STATUS_OK && (entry = table_next(v, &at));) {
            struct value name = convert_text(c->realm, entry->key);
            status = set_property(c, string_text(name), entry->value);
            value_release(name);
        }
    } else {
        status = member_walk_values(c->realm, v, false, set_property, c);
    }
    if (status == STATUS_OK) return true;
    value_release(c->out);
    c->out = value_null();
    fail_with_raised(c, status, "ObjectCreationError");
    if (c->cause && strcmp(c->cause, "System.Management.Automation.PSInvalidCastException")) c->cause = "System.InvalidOperationException";
    return false;
}

static bool by_properties(struct conversion *c, struct value v) {
    enum status status = member_construct(c->realm, c->type, NULL, 0, &c->out);
    return status == STATUS_OK ? set_properties(c, v) : fail_with_raised(c, status, FINAL);
}

/* [P]@{…}, [P][pscustomobject]@{…}, [P]'text' through a constructor that takes one. */
static bool to_script_class(struct conversion *c, struct value v, bool *taken) {
    bool custom = v.kind == VALUE_OBJECT && type_of(c->realm, v) == type_of_kind(c->realm, VALUE_OBJECT);
    if (value_is_table(v) || custom) {
        enum status status = member_construct(c->realm, c->type, NULL, 0, &c->out);
        if (status == STATUS_OK) return set_properties(c, v);
        if (status != STATUS_ERROR || !raised_no_overload(c)) return fail_with_raised(c, status, "InvalidCastConstructorException");
        drop_raised(c, FINAL); /* without a constructor of none it takes one that takes the table itself */
        return by_constructor(c, v, taken);
    }
    return by_constructor(c, v, taken);
}

static bool by_parse(struct conversion *c, struct value v, const struct member_entry *parse) {
    struct value text = convert_text(c->realm, v);
    enum status status = parse->method->function(c->realm, c->type, VALUE_UNSET_INIT, &text, 1, &c->out);
    value_release(text);
    if (status == STATUS_OK) return true;
    bool format = text_ends(text_of(c->type->full_name), TEXT("Only")); /* DateOnly, TimeOnly */
    return fail_with_raised(c, status, format ? "InvalidCastParseTargetInvocationWithFormatProvider" : "InvalidCastParseTargetInvocation");
}

static bool is_text_like(struct value v) { return v.kind == VALUE_STRING || (value_is_number(v) && v.kind != VALUE_BIGINT); }

static bool to_regex_or_xml(struct conversion *c, struct value v, const char *id) {
    struct value text = convert_text(c->realm, v);
    enum status status = member_construct(c->realm, c->type, &text, 1, &c->out);
    value_release(text);
    return status == STATUS_OK || fail_with_raised(c, status, id);
}

/* [xml]'<a/>' makes an empty document and loads it. */
static bool to_xml(struct conversion *c, struct value v) {
    struct value text = convert_is_enumerable(c->realm, v) ? value_null() : convert_text(c->realm, v), nothing;
    if (text.kind == VALUE_NULL) { /* lines of a file */
        struct bytes joined = {0};
        for (uint32_t i = 0; value_is_array_like(v) && i < array_count(v); i++) {
            if (i) bytes_add_byte(&joined, '\n');
            convert_add_text(c->realm, &joined, array_at(v, i));
        }
        text = string_new(bytes_text(&joined));
        bytes_free(&joined);
    }
    enum status status = member_construct(c->realm, c->type, NULL, 0, &c->out);
    if (status == STATUS_OK && string_text(text).length) {
        status = member_call(c->realm, c->out, intern_name(c->realm->names, TEXT("LoadXml")), &text, 1, &nothing);
        if (status == STATUS_OK) value_release(nothing);
        else value_release(c->out);
    }
    value_release(text);
    return status == STATUS_OK || fail_with_raised(c, status, "InvalidCastToXmlDocument");
}

bool convert_object_road(struct conversion *c, struct value v, bool *taken) {
    const struct type *type = c->type;
    *taken = true;
    if (type->flags & TYPE_CLASS_OF_SCRIPT) return to_script_class(c, v, taken);
    if (!strcmp(type->full_name, "System.Xml.XmlDocument")) return to_xml(c, v);
    if (is_text_like(v) && !strcmp(type->full_name, "System.Text.RegularExpressions.Regex"))
        return to_regex_or_xml(c, v, "InvalidCastFromStringToRegex");
    const struct member_entry *parse = member_find(c->realm, type, intern_name(c->realm->names, TEXT("Parse")), true);
    if (is_text_like(v) && parse && parse->method && parse->method->least <= 1) return by_parse(c, v, parse);
    bool collection = type->value_kind == VALUE_LIST || type->value_kind == VALUE_TABLE; /* those have their own road */
    if (!collection && !(type->flags & (TYPE_ABSTRACT | TYPE_STATIC))) {
        const struct member_entry *constructor = member_find(c->realm, type, intern_name(c->realm->names, TEXT("new")), true);
        if (is_text_like(v) && (type->flags & TYPE_EXCEPTION)) return by_constructor(c, v, taken);
        if (constructor && (is_text_like(v) || v.kind == VALUE_VERSION)) return by_constructor(c, v, taken);
        if (constructor && value_is_table(v)) return by_properties(c, v);
    }
    *taken = false;
    return false;
}
