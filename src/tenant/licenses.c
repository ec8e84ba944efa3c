/* assignLicense and reading of licences by users. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "license_private.h"
#include "m365sh/base/guid.h"

/* One call's wishes. */
struct wishes {
    int added[32], removed[32];
    struct plan_bits disabled[32];
    int added_count, removed_count;
};

static bool malformed_guid(struct exchange *exchange) {
    return error_bad_request(exchange, "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details");
}

static bool read_sku(struct exchange *exchange, const cJSON *value, int *sku) {
    struct guid guid;
    if (!cJSON_IsString(value) || !guid_read(text_of(value->valuestring), &guid)) return malformed_guid(exchange);
    *sku = catalog_find(exchange->tenant->catalog, text_of(value->valuestring));
    if (*sku >= 0 && store_number(exchange->db, "SELECT count(*) FROM products WHERE sku=?", *sku, 0, 0)) return true;
    return error_reply(exchange, 400, "Request_BadRequest", "License %s does not correspond to a valid company License.", value->valuestring);
}

static bool read_disabled(struct exchange *exchange, int sku, const cJSON *list, struct plan_bits *out) {
    const cJSON *item;
    bool fine = true;
    *out = (struct plan_bits){{0}};
    cJSON_ArrayForEach(item, list) {
        struct guid guid;
        if (!cJSON_IsString(item) || !guid_read(text_of(item->valuestring), &guid)) {
            fine = malformed_guid(exchange);
            break;
        }
        struct plan_bits one;
        if (!license_read_plans(exchange->tenant->catalog, sku, text_of(item->valuestring), ',', &one)) {
            fine = error_reply(exchange, 400, "Request_BadRequest", "The service plan %s does not belong to the subscription with SKU %.*s.", item->valuestring,
                               TEXT_ARGUMENT(exchange->tenant->catalog->products[sku].id));
            break;
        }
        out->bits[0] |= one.bits[0];
        out->bits[1] |= one.bits[1];
    }
    return fine;
}

static bool read_added(struct exchange *exchange, const cJSON *list, struct wishes *wishes) {
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        int sku;
        if (wishes->added_count == 32) return error_bad_request(exchange, "Too many licenses in one request.");
        if (!cJSON_IsObject(item)) return error_bad_request(exchange, "Invalid value specified for property 'addLicenses'.");
        if (!read_sku(exchange, cJSON_GetObjectItem(item, "skuId"), &sku)) return false;
        if (!exchange->tenant->catalog->products[sku].for_users)
            return error_reply(exchange, 400, "Request_BadRequest", "License %.*s cannot be assigned to a user.", TEXT_ARGUMENT(exchange->tenant->catalog->products[sku].id));
        if (!read_disabled(exchange, sku, cJSON_GetObjectItem(item, "disabledPlans"), &wishes->disabled[wishes->added_count])) return false;
        wishes->added[wishes->added_count++] = sku;
    }
    return true;
}

static bool read_removed(struct exchange *exchange, const cJSON *list, struct wishes *wishes) {
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (wishes->removed_count == 32) return error_bad_request(exchange, "Too many licenses in one request.");
        if (!read_sku(exchange, item, &wishes->removed[wishes->removed_count])) return false;
        wishes->removed_count++;
    }
    return true;
}

/* Both arrays must be there, and not both empty. */
static bool read_arrays(struct exchange *exchange, const cJSON **added, const cJSON **removed) {
    const cJSON *body = exchange_object(exchange);
    if (!body) return false;
    *added = cJSON_GetObjectItem(body, "addLicenses");
    *removed = cJSON_GetObjectItem(body, "removeLicenses");
    if (!cJSON_IsArray(*added) || !cJSON_IsArray(*removed))
        return error_reply(exchange, 400, "Request_BadRequest",
                           "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: %s%s%s.",
                           cJSON_IsArray(*added) ? "" : "addLicenses", cJSON_IsArray(*added) || cJSON_IsArray(*removed) ? "" : ", ",
                           cJSON_IsArray(*removed) ? "" : "removeLicenses");
    if (cJSON_GetArraySize(*added) + cJSON_GetArraySize(*removed) == 0)
        return error_bad_request(exchange, "No license changes provided. At least one license to add or remove must be specified.");
    return true;
}

static bool has_location(struct exchange *exchange, int64_t user) {
    return store_number(exchange->db, "SELECT usage_location IS NOT NULL AND usage_location<>'' FROM users WHERE number=?", user, 0, 0) ||
           error_bad_request(exchange, "License assignment cannot be done for user with invalid usage location.");
}

static bool apply_removals(struct exchange *exchange, const struct wishes *wishes, struct holding *after) {
    for (int i = 0; i < wishes->removed_count; i++) {
        int sku = wishes->removed[i];
        if (license_path_of(after, sku, 0)) license_remove_path(after, sku, 0);
        else if (license_consumes(after, sku))
            return error_bad_request(exchange, "User license is inherited from a group membership and it cannot be removed directly from the user.");
        else return error_bad_request(exchange, "User does not have a corresponding license.");
    }
    return true;
}

static bool judge(struct exchange *exchange, const struct holding *before, const struct holding *after) {
    struct license_problem problem = license_judge(exchange->tenant->catalog, after);
    if (!problem.kind && !license_seats_suffice(exchange->db, before, after, &problem.sku)) problem.kind = LICENSE_SEATS;
    if (!problem.kind) return true;
    struct bytes message = {0};
    license_add_problem(exchange->tenant->catalog, &problem, &message);
    error_bad_request(exchange, message.data);
    bytes_free(&message);
    return false;
}

static bool assign(struct exchange *exchange, int64_t user, const cJSON *added, const cJSON *removed) {
    struct wishes wishes = {0};
    struct holding before, after;
    if (cJSON_GetArraySize(added) && !has_location(exchange, user)) return false;
    if (!read_added(exchange, added, &wishes) || !read_removed(exchange, removed, &wishes)) return false;
    license_load(exchange->tenant->catalog, exchange->db, user, &before);
    after = before;
    if (!apply_removals(exchange, &wishes, &after)) return false;
    for (int i = 0; i < wishes.added_count; i++)
        if (!license_put_path(&after, wishes.added[i], 0, wishes.disabled[i])) return error_bad_request(exchange, "Too many licenses.");
    if (!judge(exchange, &before, &after)) return false;
    license_save(exchange->tenant->catalog, exchange->db, user, &before, &after, entity_now(exchange));
    return true;
}

void licenses_assign_user(struct exchange *exchange) {
    const cJSON *added, *removed;
    if (!read_arrays(exchange, &added, &removed)) return;
    store_begin(exchange->db);
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    struct text id = entity_id(exchange, entity_user(), user);
    if (!assign(exchange, user, added, removed)) {
        store_rollback(exchange->db);
        return;
    }
    entity_note(exchange, entity_user(), id, "u", TEXT("assignedLicenses"), TEXT_NONE);
    audit_add(exchange, "Change user license", "UserManagement", "User", id, NULL);
    if (store_commit(exchange->db)) entity_reply(exchange, entity_user(), user, 200);
}

static void save_group_wishes(struct exchange *exchange, int64_t group, const struct wishes *wishes) {
    for (int i = 0; i < wishes->removed_count; i++) {
        sqlite3_stmt *remove = store_statement(exchange->db, "DELETE FROM group_licenses WHERE group_number=? AND sku=?");
        sqlite3_bind_int64(remove, 1, group);
        sqlite3_bind_int(remove, 2, wishes->removed[i]);
        store_done(exchange->db, remove);
    }
    for (int i = 0; i < wishes->added_count; i++) {
        struct bytes plans = {0};
        license_add_plan_ids(exchange->tenant->catalog, wishes->added[i], wishes->disabled[i], &plans);
        sqlite3_stmt *insert = store_statement(exchange->db, "INSERT OR REPLACE INTO group_licenses VALUES (?,?,?)");
        sqlite3_bind_int64(insert, 1, group);
        sqlite3_bind_int(insert, 2, wishes->added[i]);
        store_bind_text(insert, 3, plans.data ? bytes_text(&plans) : TEXT_NONE);
        store_done(exchange->db, insert);
        bytes_free(&plans);
    }
}

static bool assign_group(struct exchange *exchange, int64_t group, const cJSON *added, const cJSON *removed) {
    struct wishes wishes = {0};
    if (!read_added(exchange, added, &wishes) || !read_removed(exchange, removed, &wishes)) return false;
    if (!store_number(exchange->db, "SELECT security_enabled FROM groups WHERE number=?", group, 0, 0))
        return error_bad_request(exchange, "License cannot be assigned to a group that is not security enabled.");
    for (int i = 0; i < wishes.removed_count; i++)
        if (!store_number(exchange->db, "SELECT count(*) FROM group_licenses WHERE group_number=? AND sku=?", group, wishes.removed[i], 0))
            return error_bad_request(exchange, "Group does not have a corresponding license.");
    save_group_wishes(exchange, group, &wishes);
    return true;
}

void licenses_assign_group(struct exchange *exchange) {
    const cJSON *added, *removed;
    if (!read_arrays(exchange, &added, &removed)) return;
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0 || !assign_group(exchange, group, added, removed)) return;
    struct text id = entity_id(exchange, entity_group(), group);
    license_queue(exchange, group, 0);
    entity_note(exchange, entity_group(), id, "u", TEXT("assignedLicenses"), TEXT_NONE);
    audit_add(exchange, "Set group license", "GroupManagement", "Group", id, NULL);
    if (!store_commit(exchange->db)) return;
    entity_reply(exchange, entity_group(), group, 202);
}

void licenses_reprocess(struct exchange *exchange) {
    struct connection *db = exchange->db;
    int64_t groups[HOLDING_PATHS];
    int count = 0;
    struct bytes problem = {0};
    store_begin(db);
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    sqlite3_stmt *row = store_statement(db, "SELECT DISTINCT group_number FROM licenses WHERE user=?1 AND group_number<>0 "
                                            "UNION SELECT m.group_number FROM members m JOIN group_licenses g USING (group_number) WHERE m.kind='u' AND m.member=?1");
    sqlite3_bind_int64(row, 1, user);
    while (count < HOLDING_PATHS && store_row(db, row)) groups[count++] = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    for (int i = 0; i < count; i++) license_follow_group(exchange->tenant, db, user, groups[i], entity_now(exchange), problem.length ? NULL : &problem);
    if (store_commit(db)) {
        if (problem.length) error_bad_request(exchange, problem.data);
        else entity_reply(exchange, entity_user(), user, 200);
    }
    bytes_free(&problem);
}

void licenses_details(struct exchange *exchange) {
    const struct catalog *catalog = exchange->tenant->catalog;
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    struct bytes *out = &exchange->reply;
    struct text base = exchange_base(exchange), id = entity_id(exchange, entity_user(), user);
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT sku, disabled_plans FROM licenses WHERE user=? AND active=1 ORDER BY sku");
    sqlite3_bind_int64(row, 1, user);
    bool ready = store_row(exchange->db, row);
    struct plan_bits disabled;
    int sku;
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#users('%.*s')/licenseDetails", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version), TEXT_ARGUMENT(id)));
    bytes_add_string(out, ",\"value\":[");
    while (license_next_effective(catalog, exchange->db, row, &ready, &sku, &disabled)) {
        const struct catalog_product *product = &catalog->products[sku];
        json_comma(out);
        bytes_add_byte(out, '{');
        json_name_text(out, "id", exchange_format(exchange, "%.8s%.*s", id.start, TEXT_ARGUMENT(product->id)));
        json_name_text(out, "skuId", product->id);
        json_name_text(out, "skuPartNumber", product->part_number);
        json_name(out, "servicePlans");
        license_add_product_plans(catalog, sku, disabled, out);
        bytes_add_byte(out, '}');
    }
    sqlite3_reset(row);
    bytes_add_string(out, "]}");
}
