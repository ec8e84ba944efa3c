/* Enums from names (also abbreviated where that is unambiguous), comma lists, and numbers. */
#include <string.h>
#include "convert_private.h"

/* Does the number name a member, or for flags a set of members' bits? */
static bool is_defined(const struct type *type, int64_t number) {
    uint64_t all = 0;
    for (uint32_t i = 0; i < type->member_count; i++) {
        if (type->members[i].number == number) return true;
        all |= (uint64_t)type->members[i].number;
    }
    return type->flags & TYPE_FLAGS_ENUM && number != 0 && !((uint64_t)number & ~all);
}

static const struct enum_member *find_name(const struct type *type, struct text name, bool fold) {
    for (uint32_t i = 0; i < type->member_count; i++) {
        struct text member = text_of(type->members[i].name);
        if (fold ? text_equal_fold(member, name) : text_equal(member, name)) return &type->members[i];
    }
    return NULL;
}

/* "Mon" is Monday; "S" could be two and is none. */
static const struct enum_member *find_start(const struct type *type, struct text name) {
    const struct enum_member *found = NULL;
    for (uint32_t i = 0; i < type->member_count; i++) {
        if (!text_starts_fold(text_of(type->members[i].name), name)) continue;
        if (found && found->number != type->members[i].number) return NULL;
        found = &type->members[i];
    }
    return found;
}

bool convert_enum_text(const struct type *type, struct text text, bool fold, bool abbreviate, int64_t *out, const char **id) {
    struct text rest = text_trim(text), part;
    *out = 0;
    *id = "SubstringDisambiguationEnumParseThrewAnException";
    if (!rest.length) return false;
    if (decimal_read_int64(rest, out)) {
        *id = "EnumParseUndefined";
        return !abbreviate || is_defined(type, *out);
    }
    bool digits = true;
    for (size_t i = 0; i < rest.length; i++) digits = digits && rest.start[i] >= '0' && rest.start[i] <= '9';
    if (digits) *id = "CaseSensitiveEnumParseThrewAnException";
    while (text_split_next(&rest, ',', &part)) {
        part = text_trim(part);
        if (!part.length) return false;
        const struct enum_member *member = find_name(type, part, fold);
        if (!member && abbreviate) member = find_start(type, part);
        int64_t number = 0;
        if (!member && !decimal_read_int64(part, &number)) return false;
        *out |= member ? member->number : number;
    }
    return true;
}

static bool from_text(struct conversion *c, struct text text) {
    int64_t number;
    const char *id;
    if (convert_enum_text(c->type, text, true, true, &number, &id))
        return conversion_give(c, value_enum(c->type->index, number));
    return conversion_fail(c, id, !strcmp(id, "EnumParseUndefined") ? NULL
                           : !strcmp(id, "CaseSensitiveEnumParseThrewAnException") ? "System.OverflowException"
                                                                                   : "RuntimeException");
}

bool convert_enum_road(struct conversion *c, struct value v) {
    if (value_is_nothing(v)) return conversion_fail(c, "nullToEnumInvalidCast", NULL);
    if (v.kind == VALUE_STRING) return from_text(c, string_text(v));
    if (value_is_table(v)) return conversion_fail(c, "ObjectCreationError", "System.InvalidOperationException");
    if (v.kind == VALUE_OBJECT) return conversion_fail(c, "InvalidCastConstructorException", "System.Management.Automation.PSInvalidCastException");
    if (v.kind == VALUE_BIGINT || value_is_switch(v)) return conversion_fail(c, "ConvertToFinalInvalidCastException", NULL);
    if (v.kind == VALUE_ENUM || value_is_integer(v)) {
        if (is_defined(c->type, v.integer)) return conversion_give(c, value_enum(c->type->index, v.integer));
        return conversion_fail(c, "UndefinedIntegerToEnum", NULL);
    }
    if (value_is_array_like(v) || value_is_number(v)) { /* joined by commas: 'ReadOnly', 'Hidden' */
        struct bytes joined = {0};
        if (value_is_array_like(v))
            for (uint32_t i = 0; i < array_count(v); i++) {
                if (i) bytes_add_byte(&joined, ',');
                convert_add_text(c->realm, &joined, array_at(v, i));
            }
        else convert_add_text(c->realm, &joined, v);
        bool ok = from_text(c, bytes_text(&joined));
        bytes_free(&joined);
        return ok;
    }
    if (v.kind == VALUE_BOOL || v.kind == VALUE_CHAR || v.kind == VALUE_DATETIME)
        return conversion_fail(c, "InvalidCastIConvertible", "System.InvalidCastException");
    return conversion_fail(c, "ConvertToFinalInvalidCastException", NULL);
}
