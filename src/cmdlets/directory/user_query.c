/* A list of users or groups: what the service filters, and what is filtered here because it cannot. */
#include "directory_private.h"

#include "m365sh/base/clock.h"
#include "m365sh/command/condition.h"
#include "m365sh/graph/filter.h"

#define SIGN_IN_PAGE 500

void user_query_free(struct user_query *query) {
    bytes_free(&query->filter);
    bytes_free(&query->select);
    bytes_free(&query->search);
    bytes_free(&query->order_by);
    bytes_free(&query->products);
    value_release(query->block);
}

static void add_clause(struct user_query *query, struct text clause) {
    if (!query->filter.length) {
        bytes_add_text(&query->filter, clause);
        return;
    }
    bytes_insert(&query->filter, 0, "(", 1);
    bytes_add_string(&query->filter, ") and (");
    bytes_add_text(&query->filter, clause);
    bytes_add_byte(&query->filter, ')');
}

static enum status add_property(void *context, struct text name) {
    struct user_query *query = context;
    struct text rest = bytes_text(&query->select), one;
    size_t end = 0; /* manager.id asks for manager */
    while (end < name.length && name.start[end] != '.' && name.start[end] != '/') end++;
    name = text_slice(name, 0, end);
    while (text_split_next(&rest, ',', &one))
        if (text_equal_fold(one, name)) return STATUS_OK;
    if (text_equal_fold(name, TEXT("signInActivity"))) query->uses_sign_in = true;
    if (query->select.length) bytes_add_byte(&query->select, ',');
    resource_add_wire_name(&query->select, name);
    return STATUS_OK;
}

static void start_select(struct user_query *query) {
    if (!query->select.length) bytes_add_string(&query->select, resource_row(query->resource)->select);
}

void user_query_select(struct user_query *query, struct value properties) {
    start_select(query);
    if (properties.kind != VALUE_UNSET) (void)!directory_each_text(properties, add_property, query);
}

/* --- -Filter { … }: what the service can test goes to it, the block is run on what comes back --------------------------- */

static struct value operand_of(struct user_query *query, const struct condition *condition) {
    if (!condition->variable.length) return value_keep(condition->operand);
    struct host *host = query->call->host;
    return host->variable_get ? host->variable_get(host, condition->variable, SCOPE_CURRENT) : VALUE_UNSET_INIT;
}

/* "ceq" and "ieq" ask for the same clause as "eq": it may let through more. */
static struct text plain_operation(struct text operation) {
    bool prefixed = operation.length > 2 && (operation.start[0] == 'c' || operation.start[0] == 'i') && !text_equal(operation, TEXT("contains"));
    return prefixed && !text_equal(operation, TEXT("is")) && !text_equal(operation, TEXT("in")) ? text_slice(operation, 1, operation.length) : operation;
}

static bool add_comparison(struct user_query *query, const struct condition *condition, struct bytes *out, bool negated) {
    if (condition->kind == CONDITION_TRUTH)
        return filter_add_comparison(out, query->resource, condition->property, negated ? TEXT("untruth") : TEXT("truth"), value_null(), &query->advanced);
    struct text operation = plain_operation(condition->operation);
    bool turned = condition->operand_first && !text_equal(operation, TEXT("eq"));
    if (negated || turned) return false;
    struct value operand = operand_of(query, condition);
    bool fits = operand.kind != VALUE_UNSET && filter_add_comparison(out, query->resource, condition->property, operation, operand, &query->advanced);
    value_release(operand);
    return fits;
}

/* Adds a clause that is true wherever the condition is; false (nothing added): none can be said. */
static bool add_condition(struct user_query *query, const struct condition *condition, struct bytes *out, int depth) {
    size_t before = out->length;
    bool advanced_before = query->advanced;
    if (depth > 16) return false;
    if (condition->kind == CONDITION_OPAQUE) return false;
    if (condition->kind == CONDITION_COMPARE || condition->kind == CONDITION_TRUTH) return add_comparison(query, condition, out, false);
    if (condition->kind == CONDITION_NOT) return condition->left->kind == CONDITION_TRUTH && add_comparison(query, condition->left, out, true);
    bytes_add_byte(out, '(');
    bool left = add_condition(query, condition->left, out, depth + 1);
    size_t middle = out->length;
    if (left) bytes_add_string(out, condition->kind == CONDITION_AND ? " and " : " or ");
    bool right = add_condition(query, condition->right, out, depth + 1);
    if (condition->kind == CONDITION_OR ? !(left && right) : !(left || right)) {
        bytes_truncate(out, before);
        query->advanced = advanced_before;
        return false;
    }
    if (!right) bytes_truncate(out, middle);
    bytes_add_byte(out, ')');
    return true;
}

static void select_properties(struct user_query *query, const struct condition *condition, int depth) {
    if (!condition || depth > 16) return;
    if (condition->property.length) (void)!add_property(query, condition->property);
    select_properties(query, condition->left, depth + 1);
    select_properties(query, condition->right, depth + 1);
}

static enum status use_block(struct user_query *query, struct value block) {
    struct host *host = query->call->host;
    const struct condition *condition = host->block_condition ? host->block_condition(host, block) : NULL;
    struct bytes clause = {0};
    value_set(&query->block, block);
    if (condition && condition->bare) query->condition = condition;
    if (condition && add_condition(query, condition, &clause, 0)) add_clause(query, bytes_text(&clause));
    select_properties(query, condition, 0);
    bytes_free(&clause);
    return STATUS_OK;
}

static enum status use_name(struct user_query *query, const struct named_filter *named) {
    int64_t now = clock_now(&query->call->realm->clock);
    struct bytes clause = {0};
    query->predicate = named->predicate;
    query->is_leavers = text_equal(text_of(named->name), TEXT("leavers"));
    if (named->select) (void)!add_property(query, text_of(named->select));
    if (named->add(&clause, now, &query->advanced)) add_clause(query, bytes_text(&clause));
    else query->is_admins = true;
    bytes_free(&clause);
    return STATUS_OK;
}

static bool is_word(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!((text.start[i] | 32) >= 'a' && (text.start[i] | 32) <= 'z') && text.start[i] != '-') return false;
    return text.length > 0;
}

enum status user_query_filter(struct user_query *query, struct value filter) {
    filter = value_base(filter);
    start_select(query);
    if (filter.kind == VALUE_SCRIPT_BLOCK) return use_block(query, filter);
    if (filter.kind != VALUE_STRING)
        return invocation_throw(query->call, "System.ArgumentException", "BadFilter", ERROR_INVALID_ARGUMENT, filter,
                                "-Filter takes a name such as leavers, an OData expression in quotes, or a script block.");
    struct text text = text_trim(string_text(filter));
    const struct named_filter *named = query->resource == GRAPH_USER ? named_filter_find(text) : NULL;
    if (named) return use_name(query, named);
    if (is_word(text) && query->resource == GRAPH_USER) {
        struct bytes names = {0};
        named_filter_add_names(&names);
        enum status status = invocation_throw(query->call, "System.ArgumentException", "UnknownFilter", ERROR_INVALID_ARGUMENT, filter,
                                              "There is no filter named '%.*s'. Names are %s; OData looks like \"department eq 'Sales'\"; a script block like { Department -eq 'Sales' }.",
                                              TEXT_ARGUMENT(text), names.data);
        bytes_free(&names);
        return status;
    }
    /* The advanced engine knows all operators; these two properties are known to the other one only. */
    bool plain_only = text_find_fold(text, TEXT("signInActivity"), 0) != TEXT_NOT_FOUND || text_find_fold(text, TEXT("hasMembersWithLicenseErrors"), 0) != TEXT_NOT_FOUND;
    query->advanced |= !plain_only;
    add_clause(query, text);
    return STATUS_OK;
}

struct license_filter { struct user_query *query; struct bytes clause; };

static enum status add_product(void *context, struct text name) {
    struct license_filter *filter = context;
    struct user_query *query = filter->query;
    const struct product *product;
    enum status status = lookup_product(directory_services(query->call)->lookup, name, &query->watch, &product);
    if (status != STATUS_OK) return status;
    if (filter->clause.length) bytes_add_string(&filter->clause, " or ");
    bytes_add_format(&filter->clause, "assignedLicenses/any(s:s/skuId eq %s)", product->sku_id);
    bytes_add_format(&query->products, "%s%s", query->products.length ? "," : "", product->sku_id);
    return STATUS_OK;
}

enum status user_query_license(struct user_query *query, struct value products) {
    struct license_filter filter = {.query = query};
    start_select(query);
    enum status status = directory_each_text(products, add_product, &filter);
    /* signInActivity may not be combined with any other filter: then the products are looked at here. */
    if (status == STATUS_OK && !query->uses_sign_in) {
        add_clause(query, bytes_text(&filter.clause));
        bytes_clear(&query->products);
    }
    bytes_free(&filter.clause);
    return status;
}

/* --- running -------------------------------------------------------------------------------------------------------------- */

static bool holds_product(struct realm *realm, struct value user, struct text products) {
    struct value licenses = decode_get(realm, user, "AssignedLicenses");
    for (uint32_t i = 0; licenses.kind == VALUE_ARRAY && i < array_count(licenses); i++) {
        struct text rest = products, one;
        while (text_split_next(&rest, ',', &one))
            if (text_equal_fold(one, decode_text(realm, array_at(licenses, i), "SkuId"))) return true;
    }
    return false;
}

static enum status accept(void *context, struct value user, bool *keep) {
    struct user_query *query = context;
    struct realm *realm = query->call->realm;
    *keep = !query->predicate || query->predicate(realm, user, clock_now(&realm->clock));
    if (*keep && query->products.length) *keep = holds_product(realm, user, bytes_text(&query->products));
    if (!*keep || query->block.kind != VALUE_SCRIPT_BLOCK) return STATUS_OK;
    if (query->condition) return condition_holds(query->call, query->condition, user, keep);
    struct value result = VALUE_UNSET_INIT;
    enum status status = invocation_block_collect(query->call, query->block, user, &result);
    *keep = status == STATUS_OK && value_truth(result);
    value_release(result);
    return status;
}

/* A page with signInActivity holds 500 at most. */
static int page_size(const struct user_query *query) {
    if (query->page_size || !query->uses_sign_in) return query->page_size;
    return query->limit > 0 && query->limit < SIGN_IN_PAGE ? (int)query->limit : SIGN_IN_PAGE;
}

static enum status run_list(struct user_query *query, struct emitter out) {
    struct graph_query list = {
        .resource = query->resource, .type_name = query->type_name, .select = bytes_text(&query->select), .filter = bytes_text(&query->filter),
        .search = bytes_text(&query->search), .order_by = bytes_text(&query->order_by), .limit = query->limit, .advanced = query->advanced,
        .total = query->total, .watch = &query->watch, .page_size = page_size(query)};
    if (query->predicate || query->products.length || query->block.kind == VALUE_SCRIPT_BLOCK) list.accept = accept, list.accept_context = query;
    return page_read(directory_client(query->call), &list, out);
}

/* Who may not read the last working day still finds the blocked ones. */
static bool retry_without_leave_date(struct user_query *query, enum status status) {
    struct realm *realm = query->call->realm;
    if (status != STATUS_ERROR || !query->is_leavers || error_record_category(realm->raised) != ERROR_PERMISSION_DENIED) return false;
    struct text wish = TEXT(",employeeLeaveDateTime");
    size_t at = text_find(bytes_text(&query->select), wish, 0), clause = text_find(bytes_text(&query->filter), TEXT(" or employeeLeaveDateTime le "), 0);
    if (at == TEXT_NOT_FOUND || clause == TEXT_NOT_FOUND) return false;
    value_release(realm_take_raised(realm));
    bytes_remove(&query->select, at, wish.length);
    size_t end = clause + strlen(" or employeeLeaveDateTime le 2026-01-01T00:00:00Z");
    bytes_remove(&query->filter, clause, end - clause);
    query->is_leavers = false;
    return true;
}

struct admin_walk { struct user_query *query; struct user_reader *reader; struct map *seen; };

static enum status take_member(void *context, struct value member) {
    struct admin_walk *walk = context;
    struct realm *realm = walk->query->call->realm;
    struct text id = decode_text(realm, member, "Id");
    if (!id.length || map_get(walk->seen, id)) return STATUS_OK;
    map_put(walk->seen, id, walk);
    struct value names = object_block(member)->type_names;
    bool is_user = names.kind != VALUE_ARRAY || text_equal(string_text(array_at(names, 0)), TEXT("M365.User"));
    return is_user ? user_reader_add(walk->reader, id) : STATUS_OK;
}

static enum status take_role(void *context, struct value role) {
    struct admin_walk *walk = context;
    struct bytes path = {0};
    bytes_add_format(&path, "directoryRoles/%.*s/members", TEXT_ARGUMENT(decode_text(walk->query->call->realm, role, "Id")));
    const struct graph_query query = {.resource = GRAPH_MEMBER, .path = bytes_text(&path), .no_page_size = true, .watch = &walk->query->watch};
    enum status status = page_read(directory_client(walk->query->call), &query, (struct emitter){take_member, walk});
    bytes_free(&path);
    return status;
}

struct admin_filter { struct user_query *query; struct emitter out; int64_t given; };

static enum status emit_admin(void *context, struct value user) {
    struct admin_filter *filter = context;
    bool keep = true;
    enum status status = accept(filter->query, user, &keep);
    if (status != STATUS_OK || !keep) return status;
    if (filter->query->limit > 0 && filter->given++ >= filter->query->limit) return STATUS_OK;
    return filter->out.emit(filter->out.context, user);
}

static enum status run_admins(struct user_query *query, struct emitter out) {
    struct admin_walk walk = {query, user_reader_new(query->call, GRAPH_USER, query->type_name, bytes_text(&query->select)), map_new(MAP_FOLD)};
    struct admin_filter filter = {query, out, 0};
    const struct graph_query roles = {.resource = GRAPH_ROLE, .no_page_size = true, .watch = &query->watch};
    enum status status = page_read(directory_client(query->call), &roles, (struct emitter){take_role, &walk});
    if (status == STATUS_OK) status = user_reader_finish(walk.reader, (struct emitter){emit_admin, &filter});
    user_reader_free(walk.reader);
    map_free(walk.seen, NULL);
    return status;
}

enum status user_query_run(struct user_query *query, struct emitter out) {
    start_select(query);
    if (query->is_admins) return run_admins(query, out);
    enum status status = run_list(query, out);
    return retry_without_leave_date(query, status) ? run_list(query, out) : status;
}
