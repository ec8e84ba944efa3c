#include "directory_private.h"

#include "m365sh/net/percent.h"

enum { USER, PRODUCT };
static const struct parameter_row parameter_rows[] = {
    {"User", "object", 0, PARAMETER_PIPELINE, "UserId|UserPrincipalName|Id|Identity", NULL, NULL, "user", "Users: from Get-User, or by id or user principal name. Without it every user of the tenant."},
    {"Product", "string[]", -1, 0, "License|Sku", NULL, NULL, "product", "Only these products."},
};
static const struct example_row example_rows[] = {
    {"Get-User -Filter leavers | Get-License | Group-Object Product", "Which licences those who left still hold."},
    {"Get-User -Top 3 | Get-License | Format-Table User, Product, AssignedBy", "Each licence by the way in which it was assigned."},
};

struct state {
    struct user_reader *reader;
    struct bytes wanted;         /* ids of products, a comma between */
    struct map *groups;          /* id → name, owned char */
    struct graph_watch watch;
    bool had_user;
};

static enum status want(void *context, struct text name) {
    struct invocation *call = context;
    struct state *state = call->state;
    const struct product *product;
    enum status status = lookup_product(directory_services(call)->lookup, name, &state->watch, &product);
    if (status == STATUS_OK) bytes_add_format(&state->wanted, ",%s", product->sku_id);
    return status;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    const struct product *products;
    uint32_t count;
    state->watch = directory_watch(call);
    state->groups = map_new(MAP_FOLD);
    state->reader = user_reader_new(call, GRAPH_USER, NULL, text_of(resource_row(GRAPH_USER)->select));
    enum status status = lookup_products(directory_services(call)->lookup, 300, &state->watch, &products, &count);
    return status == STATUS_OK && invocation_has(call, PRODUCT) ? directory_each_text(invocation_argument(call, PRODUCT), want, call) : status;
}

static const char *group_name(struct invocation *call, struct text id) {
    struct state *state = call->state;
    char *name = map_get(state->groups, id);
    if (name) return name;
    struct bytes path = {0};
    struct value group = value_null();
    bytes_add_string(&path, "groups/");
    percent_add(&path, id, PERCENT_SEGMENT);
    bytes_add_string(&path, "?$select=id,displayName");
    const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .watch = &state->watch};
    if (graph_get(directory_client(call), GRAPH_GROUP, &request, &group) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
    struct text found = decode_text(call->realm, group, "DisplayName");
    name = found.length ? alloc_text(found.start, found.length) : alloc_text(id.start, id.length);
    map_put(state->groups, id, name);
    value_release(group);
    bytes_free(&path);
    return name;
}

static struct value plan_names(struct invocation *call, struct value ids, const struct product *product) {
    struct value names = array_new(call->realm, NULL, 4);
    for (uint32_t i = 0; ids.kind == VALUE_ARRAY && i < array_count(ids); i++) {
        struct value id = array_at(ids, i);
        const struct service_plan *plan = product && id.kind == VALUE_STRING ? lookup_plan(product, string_text(id)) : NULL;
        if (plan) array_push_take(names, string_of(plan->name));
        else array_push(names, id);
    }
    return names;
}

static struct value license_of(struct invocation *call, struct value user, struct value assignment) {
    struct realm *realm = call->realm;
    struct text sku_id = decode_text(realm, assignment, "SkuId"), group = decode_text(realm, assignment, "AssignedByGroup"), error = decode_text(realm, assignment, "Error");
    struct lookup *lookup = directory_services(call)->lookup;
    const struct product *product = lookup_by_id(lookup, sku_id);
    struct value license = object_new(realm, NULL, 12);
    struct bytes name = {0};
    lookup_add_name(lookup, sku_id, &name);
    object_put(realm, license, TEXT("User"), decode_get(realm, user, "UserPrincipalName"));
    object_put_take(realm, license, "Product", string_from_bytes(&name));
    object_put_take(realm, license, "SkuPartNumber", product ? string_of(product->part_number) : value_null());
    object_put_take(realm, license, "AssignedBy", group.length ? string_of(group_name(call, group)) : string_of("direct"));
    object_put(realm, license, TEXT("State"), decode_get(realm, assignment, "State"));
    bool fine = !error.length || text_equal_fold(error, TEXT("None")); /* the service says None where its reference says null */
    object_put_take(realm, license, "Error", fine ? value_null() : string_new(error));
    object_put_take(realm, license, "DisabledPlans", plan_names(call, decode_get(realm, assignment, "DisabledPlans"), product));
    object_put(realm, license, TEXT("LastUpdated"), decode_get(realm, assignment, "LastUpdatedDateTime"));
    object_put_take(realm, license, "GroupId", group.length ? string_new(group) : value_null());
    object_put_take(realm, license, "SkuId", string_new(sku_id));
    object_put(realm, license, TEXT("UserId"), decode_get(realm, user, "Id"));
    directory_set_type(realm, license, "M365.License");
    bytes_free(&name);
    return license;
}

static enum status emit_licenses(void *context, struct value user) {
    struct invocation *call = context;
    struct state *state = call->state;
    struct value assignments = decode_get(call->realm, user, "LicenseAssignmentStates");
    enum status status = STATUS_OK;
    for (uint32_t i = 0; assignments.kind == VALUE_ARRAY && i < array_count(assignments) && status == STATUS_OK; i++) {
        struct text sku = decode_text(call->realm, array_at(assignments, i), "SkuId");
        if (state->wanted.length && text_find_fold(bytes_text(&state->wanted), sku, 0) == TEXT_NOT_FOUND) continue;
        status = invocation_emit_take(call, license_of(call, user, array_at(assignments, i)));
    }
    return status;
}

/* A user read a moment ago is taken as it is; anything else is read first. */
static enum status take_user(struct invocation *call, struct value item) {
    struct state *state = call->state;
    struct services const *services = directory_services(call);
    int64_t age = decode_age(item, graph_client_generation(services->client));
    bool fresh = age >= 0 && age < CHANGE_TRUST_SECONDS * 1000000000LL && object_find_text(call->realm, item, TEXT("LicenseAssignmentStates"));
    const int64_t *written = fresh ? map_get(services->changes->written, decode_text(call->realm, item, "Id")) : NULL;
    if (fresh && (!written || decode_read_at(item) > *written)) {
        enum status status = user_reader_finish(state->reader, (struct emitter){emit_licenses, call});
        return status == STATUS_OK ? emit_licenses(call, item) : status;
    }
    struct bytes key = {0};
    enum status status = directory_user_key(call, item, &key) ? user_reader_add(state->reader, bytes_text(&key)) : invocation_error_take(call, directory_no_key(call, item));
    bytes_free(&key);
    return status == STATUS_OK ? user_reader_emit(state->reader, (struct emitter){emit_licenses, call}) : status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (!invocation_has(call, USER)) return STATUS_OK;
    state->had_user = true;
    struct value users = invocation_argument(call, USER);
    if (!value_is_array_like(value_base(users))) return take_user(call, users);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(value_base(users)) && status == STATUS_OK; i++) status = take_user(call, array_at(value_base(users), i));
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct emitter out = {emit_licenses, call};
    if (state->had_user) return user_reader_finish(state->reader, out);
    if (call->has_input) return STATUS_OK;
    const struct graph_query query = {.resource = GRAPH_USER, .select = text_of(resource_row(GRAPH_USER)->select), .watch = &state->watch};
    return page_read(directory_client(call), &query, out);
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    user_reader_free(state->reader);
    bytes_free(&state->wanted);
    if (state->groups) map_free(state->groups, alloc_free);
}

CMDLET(get_license) = {
    .name = "Get-License", .aliases = "Get-Licenses", .synopsis = "Shows which licences users hold, and how they came to them.",
    .description = "One object for each way in which a product was assigned: directly, or by a group, which is named. A user who has a product both ways appears twice.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean,
    .emits = "M365.License", .permissions = "User.Read.All",
};
