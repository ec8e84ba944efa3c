#include "test.h"
#include "catalog_private.h"
#include "filter_private.h"

static void add_tree(struct bytes *out, const struct filter *filter) {
    static const char *const operators[] = {"eq", "ne", "gt", "ge", "lt", "le"};
    static const char *const kinds[] = {"and", "or", "not", "", "in", "starts", "ends", "contains", "any", "all", "count"};
    if (!filter) return;
    bytes_add_format(out, "(%s", filter->kind == FILTER_COMPARE ? operators[filter->operator] : kinds[filter->kind]);
    if (filter->kind == FILTER_COUNT) bytes_add_format(out, " %s", operators[filter->operator]);
    if (filter->path.length) bytes_add_format(out, " %.*s", TEXT_ARGUMENT(filter->path));
    for (const struct filter_value *value = filter->values; value; value = value->next)
        bytes_add_format(out, value->kind == LITERAL_TEXT ? " '%.*s'" : " %.*s", TEXT_ARGUMENT(value->text));
    if (filter->left) bytes_add_byte(out, ' ');
    add_tree(out, filter->left);
    if (filter->right) bytes_add_byte(out, ' ');
    add_tree(out, filter->right);
    bytes_add_byte(out, ')');
}

static void check_tree(const char *text, const char *expected) {
    struct arena *arena = arena_new();
    struct bytes out = {0};
    struct text error;
    add_tree(&out, filter_parse(arena, text_of(text), &error));
    if (error.length) bytes_add_text(&out, error);
    assert_bytes(&out, expected);
    bytes_free(&out);
    arena_free(arena);
}

static void trees(void **state) {
    (void)state;
    check_tree("a eq 'x' or b ne null and not c eq true", "(or (eq a 'x') (and (ne b null) (not (eq c true))))");
    check_tree("(a eq 'x' or b ge 2024-01-01T00:00:00Z) and c in ('1', '2')", "(and (or (eq a 'x') (ge b 2024-01-01T00:00:00Z)) (in c '1' '2'))");
    check_tree("STARTSWITH(a,'O''Neil') AND NOT(endswith( b , ''))", "(and (starts a 'O'Neil') (not (ends b '')))");
    check_tree("a/any(s:s/b eq 00000000-0000-0000-0000-000000000000 and s/c eq 'd')", "(any a (and (eq s/b 00000000-0000-0000-0000-000000000000) (eq s/c 'd')))");
    check_tree("a/any()", "(any a)");
    check_tree("a/$count eq 0", "(count eq a 0)");
    check_tree("signInActivity/lastSignInDateTime le 2024-01-01", "(le signInActivity/lastSignInDateTime 2024-01-01)");
}

static void malformed(void **state) {
    (void)state;
    static const char *const texts[] = {"", " ", "a", "a eq", "a eq 'x", "(a eq 'x'", "a eq 'x')", "eq eq", "not", "a in", "a in (", "a in ()", "a in ('x'", "a/any(", "a/any(x", "a/any(x:",
                                        "a/any(x:x eq 'y'", "startswith(a)", "startswith(a,", "startswith", "a eq 'x' b eq 'y'", "and", "a eq 'x' or", "contains(,'x')", "''", "'a' eq 'a'"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_new();
        struct text error;
        assert_null(filter_parse(arena, text_of(texts[i]), &error));
        assert_true(error.length > 0);
        arena_free(arena);
    }
}

static void depth_and_clauses_are_bounded(void **state) {
    (void)state;
    struct bytes text = {0};
    struct text error;
    struct arena *arena = arena_new();
    bytes_add_repeat(&text, '(', FILTER_DEPTH + 1);
    bytes_add_string(&text, "a eq 'x'");
    bytes_add_repeat(&text, ')', FILTER_DEPTH + 1);
    assert_null(filter_parse(arena, bytes_text(&text), &error));
    assert_non_null(filter_parse(arena, text_slice(bytes_text(&text), 2, text.length - 4), &error));
    bytes_clear(&text);
    for (int i = 0; i <= FILTER_CLAUSES; i++) bytes_add_string(&text, "a eq 'x' or ");
    bytes_add_string(&text, "a eq 'x'");
    assert_null(filter_parse(arena, bytes_text(&text), &error));
    bytes_free(&text);
    arena_free(arena);
}

/* The condition, or the refusal's code. */
static void check_sql(const struct entity *entity, bool advanced, const char *text, const char *expected) {
    struct tenant tenant = {.catalog = catalog_load()};
    struct exchange exchange;
    struct filter_sql sql = {0};
    struct text error;
    exchange_begin(&exchange, &tenant, TEXT("GET"), TEXT("/"));
    struct filter *filter = filter_parse(exchange.arena, text_of(text), &error);
    assert_non_null(filter);
    if (!filter_compile(&exchange, entity, filter, advanced, &sql)) {
        assert_non_null(strstr(exchange.reply.data, expected));
    } else {
        assert_bytes(&sql.text, expected);
    }
    filter_sql_free(&sql);
    exchange_end(&exchange);
    catalog_free(tenant.catalog);
}

static void conditions(void **state) {
    (void)state;
    check_sql(entity_user(), false, "accountEnabled eq false", "t.account_enabled = 0");
    check_sql(entity_user(), false, "department eq 'x' and usageLocation in ('US','DE')", "(t.department = ? AND t.usage_location IN (?,?))");
    check_sql(entity_user(), true, "department ne 'x'", "t.department IS NOT ?");
    check_sql(entity_user(), true, "usageLocation eq null", "t.usage_location IS NULL");
    check_sql(entity_user(), false, "startsWith(mail,'a_b')", "t.mail LIKE ? ESCAPE '^'");
    check_sql(entity_user(), false, "assignedLicenses/any(s:s/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)",
              "EXISTS(SELECT 1 FROM licenses l WHERE l.user=t.number AND l.active=1 AND l.sku=0)");
    check_sql(entity_group(), false, "hasMembersWithLicenseErrors eq true", " EXISTS(SELECT 1 FROM licenses l WHERE l.group_number=t.number AND l.error<>'None')");
    check_sql(entity_group(), true, "members/$count eq 0", "(SELECT count(*) FROM members m WHERE m.group_number=t.number)=0");
}

static void refusals(void **state) {
    (void)state;
    check_sql(entity_user(), false, "department ne 'x'", "Operator 'ne' is not supported");
    check_sql(entity_user(), false, "not(department eq 'x')", "Operator 'not' is not supported");
    check_sql(entity_user(), true, "contains(displayName,'x')", "Request_UnsupportedQuery");
    check_sql(entity_user(), true, "id ge 'x'", "Unsupported or invalid query filter clause specified for property 'id' of resource 'User'.");
    check_sql(entity_user(), true, "accountEnabled eq 'x'", "incompatible types");
    check_sql(entity_user(), true, "createdDateTime ge 'x'", "incompatible types");
    check_sql(entity_user(), true, "assignedLicenses/any(s:x/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)", "Unsupported query.");
    check_sql(entity_user(), true, "assignedLicenses/any(s:s/disabledPlans eq 'x')", "Unsupported query.");
    check_sql(entity_user(), true, "memberOf/any(m:m/id eq 'x')", "Could not find a property named 'memberOf'");
    check_sql(entity_group(), true, "hasMembersWithLicenseErrors eq true", "Request_UnsupportedQuery");
}

/* What the compiler cannot see in entities.def. */
static void properties_are_well_formed(void **state) {
    (void)state;
    const struct entity *entities[6] = {entity_user(), entity_group(), entity_role(), entity_sign_in(), entity_role_assignment(), entity_role_definition()};
    for (int e = 0; e < 6; e++)
        for (int i = 0; i < entities[e]->count; i++) {
            const struct property *property = &entities[e]->properties[i];
            assert_ptr_equal(entity_property(entities[e], text_of(property->name)), property);
            assert_int_equal(strlen(property->filter), 8);
            assert_int_equal(strspn(property->filter, "DA-"), 8);
            bool plain = property->kind == KIND_WORDS || property->kind == KIND_FLAG || property->kind == KIND_MOMENT || property->kind == KIND_LIST;
            if (plain) assert_non_null(property->column);
        }
    struct selection selection;
    entity_select_default(entity_user(), &selection, false);
    assert_int_equal(selection.count, 11); /* Graph's default set */
}

TEST_GROUP(filter, cmocka_unit_test(trees), cmocka_unit_test(malformed), cmocka_unit_test(depth_and_clauses_are_bounded), cmocka_unit_test(conditions),
           cmocka_unit_test(refusals), cmocka_unit_test(properties_are_well_formed))
