/* The tree of a filter as an SQL condition over table `t`, with Graph's refusals. */
#include "catalog_private.h"
#include "filter_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/guid.h"

/* What names mean at this place: the entity, or inside any() an item of one of its collections. */
enum scope { SCOPE_ENTITY, SCOPE_LICENSES, SCOPE_PLANS, SCOPE_ITEMS, SCOPE_IDENTITIES };

struct compiler {
    struct exchange *exchange;
    const struct entity *entity;
    bool advanced;
    enum scope scope;
    struct text variable;
    const struct property *items; /* SCOPE_ITEMS: the collection */
    struct filter_sql *out;
};

static const char *const operator_sql[] = {"=", "<>", ">", ">=", "<", "<="};
static const char *const operator_names[] = {"eq", "ne", "gt", "ge", "lt", "le"};

static bool compile(struct compiler *compiler, const struct filter *filter);

static bool refuse(struct compiler *compiler, struct text property) {
    return error_reply(compiler->exchange, 400, "Request_UnsupportedQuery",
                       "Unsupported or invalid query filter clause specified for property '%.*s' of resource '%s'.",
                       TEXT_ARGUMENT(property), compiler->entity->resource);
}

static bool unsupported(struct compiler *compiler) {
    return error_reply(compiler->exchange, 400, "Request_UnsupportedQuery", "Unsupported query.");
}

/* Operators that only the advanced engine knows. */
static bool need_advanced(struct compiler *compiler, const char *operator) {
    compiler->out->advanced = true;
    if (compiler->advanced) return true;
    return error_reply(compiler->exchange, 400, "Request_UnsupportedQuery",
                       "Operator '%s' is not supported because the required parameters might be missing. Try adding $count=true query parameter "
                       "and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information", operator);
}

static bool allow(struct compiler *compiler, const struct property *property, enum property_operator operator, const char *name) {
    char letter = property->filter[operator];
    if (letter == '-') return refuse(compiler, text_of(property->name));
    return letter == 'D' || need_advanced(compiler, name);
}

static bool wrong_types(struct compiler *compiler, const char *left, const struct filter_value *value) {
    const char *right = value->kind == LITERAL_TEXT ? "Edm.String" : value->kind == LITERAL_BARE ? "Edm.Guid" : "Edm.Boolean";
    return error_reply(compiler->exchange, 400, "BadRequest",
                       "A binary operator with incompatible types was detected. Found operand types '%s' and '%s' for operator kind 'Equal'.", left, right);
}

static bool add_parameter(struct compiler *compiler, struct text value) {
    if (compiler->out->count == FILTER_PARAMETERS) return unsupported(compiler);
    compiler->out->parameters[compiler->out->count++] = value;
    bytes_add_byte(&compiler->out->text, '?');
    return true;
}

static struct text keep(struct compiler *compiler, const struct bytes *bytes) {
    return text_make(arena_text(compiler->exchange->arena, bytes->data ? bytes->data : "", bytes->length), bytes->length);
}

/* A value as the parameter that the column holds. */
static bool add_value(struct compiler *compiler, const struct property *property, const struct filter_value *value) {
    if (property->kind == KIND_FLAG) {
        if (value->kind != LITERAL_TRUE && value->kind != LITERAL_FALSE) return wrong_types(compiler, "Edm.Boolean", value);
        bytes_add_byte(&compiler->out->text, value->kind == LITERAL_TRUE ? '1' : '0');
        return true;
    }
    if (property->kind != KIND_MOMENT && property->kind != KIND_SIGN_IN)
        return value->kind == LITERAL_TEXT ? add_parameter(compiler, value->text) : wrong_types(compiler, "Edm.String", value);
    int64_t ticks;
    int32_t offset;
    if (value->kind != LITERAL_BARE || !calendar_read_iso(value->text, &ticks, &offset)) return wrong_types(compiler, "Edm.DateTimeOffset", value);
    if (offset != INT32_MIN) ticks -= (int64_t)offset * 60 * CALENDAR_TICKS_PER_SECOND;
    struct bytes iso = {0};
    calendar_add_iso(&iso, ticks);
    struct text kept = keep(compiler, &iso);
    bytes_free(&iso);
    return add_parameter(compiler, kept);
}

/* property, or its part: onPremisesExtensionAttributes/extensionAttribute3, signInActivity/lastSignInDateTime. */
static const struct property *resolve(struct compiler *compiler, struct text path, struct text *part) {
    size_t slash = text_find_byte(path, '/', 0);
    struct text name = slash == TEXT_NOT_FOUND ? path : text_slice(path, 0, slash);
    *part = slash == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(path, slash + 1, path.length);
    const struct property *property = entity_property(compiler->entity, name);
    if (!property)
        error_reply(compiler->exchange, 400, "BadRequest", "Could not find a property named '%.*s' on type 'microsoft.graph.%s'.",
                    TEXT_ARGUMENT(name), compiler->entity->name);
    return property;
}

static bool compile_extension(struct compiler *compiler, const struct filter *filter, struct text part) {
    int64_t number;
    if (!text_starts_fold(part, TEXT("extensionAttribute")) || !decimal_read_int64(text_slice(part, 18, part.length), &number) || number < 1 || number > 15 ||
        filter->operator > FILTER_NE || filter->values->kind != LITERAL_TEXT)
        return refuse(compiler, filter->path);
    if (!need_advanced(compiler, operator_names[filter->operator])) return false;
    bytes_add_format(&compiler->out->text, "(instr(lower(char(10)||coalesce(t.extension_attributes,'')),char(10)||'%lld:'||lower(", (long long)number);
    if (!add_parameter(compiler, filter->values->text)) return false;
    bytes_add_format(&compiler->out->text, ")||char(10))%s0)", filter->operator == FILTER_EQ ? ">" : "=");
    return true;
}

/* status/errorCode eq 0 */
static bool compile_status(struct compiler *compiler, const struct filter *filter, struct text part) {
    int64_t number;
    if (!text_equal_fold(part, TEXT("errorCode")) || !decimal_read_int64(filter->values->text, &number)) return refuse(compiler, filter->path);
    bytes_add_format(&compiler->out->text, "t.error %s %lld", operator_sql[filter->operator], (long long)number);
    return true;
}

static bool compile_errors(struct compiler *compiler, const struct filter *filter) {
    if (compiler->advanced || filter->operator != FILTER_EQ) return refuse(compiler, filter->path);
    if (filter->values->kind != LITERAL_TRUE && filter->values->kind != LITERAL_FALSE) return wrong_types(compiler, "Edm.Boolean", filter->values);
    bytes_add_format(&compiler->out->text, "%s EXISTS(SELECT 1 FROM licenses l WHERE l.group_number=t.number AND l.error<>'None')",
                     filter->values->kind == LITERAL_TRUE ? "" : "NOT");
    return true;
}

static bool compile_null(struct compiler *compiler, const struct property *property, const struct filter *filter) {
    if (filter->operator > FILTER_NE) return refuse(compiler, filter->path);
    if (property->filter[OPERATOR_NULL] == '-' && property->kind != KIND_MOMENT) return refuse(compiler, filter->path);
    if (property->filter[OPERATOR_NULL] != 'D' && !need_advanced(compiler, operator_names[filter->operator])) return false;
    bytes_add_format(&compiler->out->text, "t.%s IS %sNULL", property->column, filter->operator == FILTER_EQ ? "" : "NOT ");
    return true;
}

static enum property_operator operator_of(enum filter_operator operator) {
    return operator == FILTER_EQ ? OPERATOR_EQ : operator == FILTER_NE ? OPERATOR_NE : operator <= FILTER_GE ? OPERATOR_GE : OPERATOR_LE;
}

static bool compile_property(struct compiler *compiler, const struct filter *filter) {
    struct text part;
    const struct property *property = resolve(compiler, filter->path, &part);
    if (!property) return false;
    if (property->kind == KIND_EXTENSIONS) return compile_extension(compiler, filter, part);
    if (property->kind == KIND_SIGN_IN_STATUS) return compile_status(compiler, filter, part);
    if (text_equal(text_of(property->name), TEXT("hasMembersWithLicenseErrors"))) return compile_errors(compiler, filter);
    bool plain = property->kind == KIND_WORDS || property->kind == KIND_FLAG || property->kind == KIND_MOMENT;
    if (!plain && !(property->kind == KIND_SIGN_IN && part.length)) return refuse(compiler, filter->path);
    if (filter->values->kind == LITERAL_NULL) return compile_null(compiler, property, filter);
    if (!allow(compiler, property, operator_of(filter->operator), operator_names[filter->operator])) return false;
    const char *column = property->kind == KIND_SIGN_IN && text_equal_fold(part, TEXT("lastSuccessfulSignInDateTime")) ? "last_successful_sign_in" : property->column;
    bytes_add_format(&compiler->out->text, "t.%s %s ", column, filter->operator == FILTER_NE ? "IS NOT" : operator_sql[filter->operator]);
    return add_value(compiler, property, filter->values);
}

static bool compile_in(struct compiler *compiler, const struct filter *filter) {
    struct text part;
    const struct property *property = resolve(compiler, filter->path, &part);
    if (!property) return false;
    if (part.length || !property->column) return refuse(compiler, filter->path);
    if (!allow(compiler, property, OPERATOR_IN, "in")) return false;
    int count = 0;
    bytes_add_format(&compiler->out->text, "t.%s IN (", property->column);
    for (const struct filter_value *value = filter->values; value; value = value->next) {
        if (count++) bytes_add_byte(&compiler->out->text, ',');
        if (!add_value(compiler, property, value)) return false;
    }
    bytes_add_byte(&compiler->out->text, ')');
    if (count > 15 && !compiler->advanced)
        return error_reply(compiler->exchange, 400, "Request_UnsupportedQuery",
                           "Too many child clauses specified in search filter expression containing 'OR' operators: %d. Max allowed: 15", count);
    return true;
}

/* A pattern for LIKE with ^ before its own signs; LIKE ignores the case of ASCII letters. */
static struct text like_pattern(struct compiler *compiler, const char *before, struct text value, const char *after) {
    struct bytes pattern = {0};
    bytes_add_string(&pattern, before);
    for (size_t i = 0; i < value.length; i++) {
        if (strchr("%_^", value.start[i]) && value.start[i]) bytes_add_byte(&pattern, '^');
        bytes_add_byte(&pattern, value.start[i]);
    }
    bytes_add_string(&pattern, after);
    struct text kept = keep(compiler, &pattern);
    bytes_free(&pattern);
    return kept;
}

static bool compile_starts(struct compiler *compiler, const struct filter *filter) {
    struct text part;
    bool ends = filter->kind == FILTER_ENDS;
    const struct property *property = resolve(compiler, filter->path, &part);
    if (!property) return false;
    if (property->kind != KIND_WORDS || part.length || filter->kind == FILTER_CONTAINS) return refuse(compiler, filter->path);
    if (filter->values->kind != LITERAL_TEXT) return wrong_types(compiler, "Edm.String", filter->values);
    if (!allow(compiler, property, ends ? OPERATOR_ENDS : OPERATOR_STARTS, ends ? "endsWith" : "startsWith")) return false;
    bytes_add_format(&compiler->out->text, "t.%s LIKE ", property->column);
    if (!add_parameter(compiler, like_pattern(compiler, ends ? "%" : "", filter->values->text, ends ? "" : "%"))) return false;
    bytes_add_string(&compiler->out->text, " ESCAPE '^'");
    return true;
}

/* A leaf inside any(): the variable's own field. False and an error when it is another's. */
static bool field_of(struct compiler *compiler, struct text path, struct text *field) {
    size_t slash = text_find_byte(path, '/', 0);
    struct text head = slash == TEXT_NOT_FOUND ? path : text_slice(path, 0, slash);
    *field = slash == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(path, slash + 1, path.length);
    return text_equal(head, compiler->variable) || unsupported(compiler);
}

static bool read_guid(struct compiler *compiler, const struct filter_value *value, struct text *out) {
    struct guid guid;
    if (value->kind != LITERAL_BARE || !guid_read(value->text, &guid)) return wrong_types(compiler, "Edm.Guid", value);
    struct bytes text = {0};
    guid_add(&text, &guid, 'D');
    *out = keep(compiler, &text);
    bytes_free(&text);
    return true;
}

static bool compile_license_leaf(struct compiler *compiler, const struct filter *filter) {
    struct text field, id;
    if (!field_of(compiler, filter->path, &field)) return false;
    if (filter->kind != FILTER_COMPARE || filter->operator != FILTER_EQ || !text_equal_fold(field, TEXT("skuId"))) return unsupported(compiler);
    if (!read_guid(compiler, filter->values, &id)) return false;
    bytes_add_format(&compiler->out->text, "l.sku=%d", catalog_find(compiler->exchange->tenant->catalog, id));
    return true;
}

static bool compile_plan_leaf(struct compiler *compiler, const struct filter *filter) {
    struct text field, id;
    if (!field_of(compiler, filter->path, &field)) return false;
    if (filter->kind != FILTER_COMPARE || filter->operator > FILTER_NE) return unsupported(compiler);
    bool same = filter->operator == FILTER_EQ;
    if (text_equal_fold(field, TEXT("servicePlanId"))) {
        if (!read_guid(compiler, filter->values, &id)) return false;
        bytes_add_format(&compiler->out->text, "p.plan %s ", operator_sql[filter->operator]);
        return add_parameter(compiler, id);
    }
    if (filter->values->kind != LITERAL_TEXT) return wrong_types(compiler, "Edm.String", filter->values);
    if (text_equal_fold(field, TEXT("capabilityStatus")))
        bytes_add_format(&compiler->out->text, "(CASE WHEN instr(l.disabled_plans,p.plan)>0 THEN 'deleted' ELSE 'enabled' END)%slower(", same ? "=" : "<>");
    else if (text_equal_fold(field, TEXT("service")))
        bytes_add_format(&compiler->out->text, "lower(p.service)%slower(", same ? "=" : "<>");
    else return unsupported(compiler);
    if (!add_parameter(compiler, filter->values->text)) return false;
    bytes_add_byte(&compiler->out->text, ')');
    return true;
}

/* Items of a list column, each with a line feed after it. */
static bool compile_item_leaf(struct compiler *compiler, const struct filter *filter) {
    struct text field;
    if (!field_of(compiler, filter->path, &field)) return false;
    bool starts = filter->kind == FILTER_STARTS, ends = filter->kind == FILTER_ENDS;
    if (field.length || filter->values->kind != LITERAL_TEXT || (!starts && !ends && (filter->kind != FILTER_COMPARE || filter->operator != FILTER_EQ)))
        return unsupported(compiler);
    if (!allow(compiler, compiler->items, starts ? OPERATOR_STARTS : ends ? OPERATOR_ENDS : OPERATOR_EQ, starts ? "startsWith" : ends ? "endsWith" : "eq")) return false;
    bytes_add_format(&compiler->out->text, "instr(lower(char(10)||coalesce(t.%s,'')),%slower(", compiler->items->column, ends ? "" : "char(10)||");
    if (!add_parameter(compiler, filter->values->text)) return false;
    bytes_add_format(&compiler->out->text, ")%s)>0", starts ? "" : "||char(10)");
    return true;
}

static bool compile_identity_leaf(struct compiler *compiler, const struct filter *filter) {
    struct text field;
    if (!field_of(compiler, filter->path, &field)) return false;
    if (filter->kind != FILTER_COMPARE || filter->operator != FILTER_EQ || filter->values->kind != LITERAL_TEXT) return unsupported(compiler);
    bool issuer = text_equal_fold(field, TEXT("issuer"));
    bytes_add_string(&compiler->out->text, issuer ? "'contoso.com'=lower(" : "lower(t.user_principal_name)=lower(");
    if (!add_parameter(compiler, filter->values->text)) return false;
    bytes_add_byte(&compiler->out->text, ')');
    return true;
}

static bool compile_inner(struct compiler *compiler, const struct filter *filter, const char *before, const char *after) {
    bytes_add_string(&compiler->out->text, before);
    if (filter->left) {
        bytes_add_string(&compiler->out->text, " AND ");
        if (!compile(compiler, filter->left)) return false;
    }
    bytes_add_string(&compiler->out->text, after);
    return true;
}

static bool compile_any(struct compiler *compiler, const struct filter *filter) {
    struct text part;
    if (compiler->scope != SCOPE_ENTITY || filter->kind == FILTER_ALL) return unsupported(compiler);
    const struct property *property = resolve(compiler, filter->path, &part);
    if (!property) return false;
    struct compiler inner = *compiler;
    inner.variable = filter->variable;
    inner.items = property;
    switch (property->kind) {
    case KIND_ASSIGNED_LICENSES:
        inner.scope = SCOPE_LICENSES;
        return compile_inner(&inner, filter, "EXISTS(SELECT 1 FROM licenses l WHERE l.user=t.number AND l.active=1", ")");
    case KIND_GROUP_LICENSES:
        inner.scope = SCOPE_LICENSES;
        return compile_inner(&inner, filter, "EXISTS(SELECT 1 FROM group_licenses l WHERE l.group_number=t.number", ")");
    case KIND_ASSIGNED_PLANS:
        inner.scope = SCOPE_PLANS;
        return compile_inner(&inner, filter, "EXISTS(SELECT 1 FROM licenses l JOIN plans p ON p.sku=l.sku WHERE l.user=t.number AND l.active=1", ")");
    case KIND_LIST:
        inner.scope = SCOPE_ITEMS;
        if (!filter->left && !allow(compiler, property, OPERATOR_EQ, "any")) return false;
        bytes_add_format(&compiler->out->text, "(t.%s<>''", property->column);
        return compile_inner(&inner, filter, "", ")");
    case KIND_IDENTITIES:
        inner.scope = SCOPE_IDENTITIES;
        return compile_inner(&inner, filter, "(1", ")");
    default: return refuse(compiler, filter->path);
    }
}

static bool compile_count(struct compiler *compiler, const struct filter *filter) {
    struct text part;
    int64_t number;
    if (filter->values->kind != LITERAL_BARE || !decimal_read_int64(filter->values->text, &number)) return unsupported(compiler);
    if (compiler->entity == entity_group() && text_equal_fold(filter->path, TEXT("members"))) {
        bytes_add_string(&compiler->out->text, "(SELECT count(*) FROM members m WHERE m.group_number=t.number)");
    } else {
        const struct property *property = resolve(compiler, filter->path, &part);
        if (!property) return false;
        if (property->kind == KIND_ASSIGNED_LICENSES)
            bytes_add_string(&compiler->out->text, "(SELECT count(DISTINCT l.sku) FROM licenses l WHERE l.user=t.number AND l.active=1)");
        else if (property->kind == KIND_GROUP_LICENSES)
            bytes_add_string(&compiler->out->text, "(SELECT count(*) FROM group_licenses l WHERE l.group_number=t.number)");
        else if (property->kind == KIND_LIST)
            bytes_add_format(&compiler->out->text, "(length(coalesce(t.%s,''))-length(replace(coalesce(t.%s,''),char(10),'')))", property->column, property->column);
        else return refuse(compiler, filter->path);
    }
    bytes_add_format(&compiler->out->text, "%s%lld", operator_sql[filter->operator], (long long)number);
    return need_advanced(compiler, operator_names[filter->operator]);
}

static int count_alternatives(const struct filter *filter) {
    int count = 1;
    for (; filter->kind == FILTER_OR; filter = filter->left) count++;
    return count;
}

static bool compile_pair(struct compiler *compiler, const struct filter *filter) {
    int alternatives = count_alternatives(filter);
    if (alternatives > 15 && !compiler->advanced)
        return error_reply(compiler->exchange, 400, "Request_UnsupportedQuery",
                           "Too many child clauses specified in search filter expression containing 'OR' operators: %d. Max allowed: 15", alternatives);
    bytes_add_byte(&compiler->out->text, '(');
    if (!compile(compiler, filter->left)) return false;
    bytes_add_string(&compiler->out->text, filter->kind == FILTER_AND ? " AND " : " OR ");
    if (!compile(compiler, filter->right)) return false;
    bytes_add_byte(&compiler->out->text, ')');
    return true;
}

static bool compile_leaf(struct compiler *compiler, const struct filter *filter) {
    switch (compiler->scope) {
    case SCOPE_LICENSES: return compile_license_leaf(compiler, filter);
    case SCOPE_PLANS: return compile_plan_leaf(compiler, filter);
    case SCOPE_ITEMS: return compile_item_leaf(compiler, filter);
    case SCOPE_IDENTITIES: return compile_identity_leaf(compiler, filter);
    default: break;
    }
    if (filter->kind == FILTER_COMPARE) return compile_property(compiler, filter);
    return filter->kind == FILTER_IN ? compile_in(compiler, filter) : compile_starts(compiler, filter);
}

static bool compile(struct compiler *compiler, const struct filter *filter) {
    switch (filter->kind) {
    case FILTER_AND:
    case FILTER_OR: return compile_pair(compiler, filter);
    case FILTER_NOT:
        if (!need_advanced(compiler, "not")) return false;
        bytes_add_string(&compiler->out->text, "(NOT coalesce(");
        if (!compile(compiler, filter->left)) return false;
        bytes_add_string(&compiler->out->text, ",0))");
        return true;
    case FILTER_ANY:
    case FILTER_ALL: return compile_any(compiler, filter);
    case FILTER_COUNT: return compile_count(compiler, filter);
    default: return compile_leaf(compiler, filter);
    }
}

bool filter_compile(struct exchange *exchange, const struct entity *entity, const struct filter *filter, bool advanced, struct filter_sql *out) {
    struct compiler compiler = {.exchange = exchange, .entity = entity, .advanced = advanced, .out = out};
    return compile(&compiler, filter);
}

void filter_sql_free(struct filter_sql *sql) { bytes_free(&sql->text); }
