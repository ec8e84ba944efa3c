#include <stdio.h>
#include "json_write_private.h"
#include "license_private.h"

bool license_next_effective(const struct catalog *catalog, struct connection *db, sqlite3_stmt *row, bool *ready, int *sku, struct plan_bits *disabled) {
    if (!*ready) return false;
    *sku = sqlite3_column_int(row, 0);
    license_read_plans(catalog, *sku, store_text(row, 1), ',', disabled);
    while ((*ready = store_row(db, row)) && sqlite3_column_int(row, 0) == *sku) {
        struct plan_bits other;
        license_read_plans(catalog, *sku, store_text(row, 1), ',', &other);
        disabled->bits[0] &= other.bits[0];
        disabled->bits[1] &= other.bits[1];
    }
    return true;
}

static sqlite3_stmt *effective_of_user(struct connection *db, int64_t user) {
    sqlite3_stmt *row = store_statement(db, "SELECT sku, disabled_plans, updated FROM licenses WHERE user=? AND active=1 ORDER BY sku");
    sqlite3_bind_int64(row, 1, user);
    return row;
}

static void add_item(const struct catalog *catalog, int sku, struct plan_bits disabled, struct bytes *out) {
    struct bytes plans = {0};
    license_add_plan_ids(catalog, sku, disabled, &plans);
    json_comma(out);
    bytes_add_string(out, "{\"disabledPlans\":");
    json_list(out, plans.data ? bytes_text(&plans) : TEXT_NONE, ',');
    json_name_text(out, "skuId", catalog->products[sku].id);
    bytes_add_byte(out, '}');
    bytes_free(&plans);
}

void license_add_assigned(struct tenant *tenant, struct connection *db, int64_t user, struct bytes *out) {
    sqlite3_stmt *row = effective_of_user(db, user);
    struct plan_bits disabled;
    int sku;
    bool ready = store_row(db, row);
    bytes_add_byte(out, '[');
    while (license_next_effective(tenant->catalog, db, row, &ready, &sku, &disabled)) add_item(tenant->catalog, sku, disabled, out);
    bytes_add_byte(out, ']');
    sqlite3_reset(row);
}

void license_add_group(struct tenant *tenant, struct connection *db, int64_t group, struct bytes *out) {
    sqlite3_stmt *row = store_statement(db, "SELECT sku, disabled_plans FROM group_licenses WHERE group_number=? ORDER BY sku");
    struct plan_bits disabled;
    sqlite3_bind_int64(row, 1, group);
    bytes_add_byte(out, '[');
    while (store_row(db, row)) {
        int sku = sqlite3_column_int(row, 0);
        license_read_plans(tenant->catalog, sku, store_text(row, 1), ',', &disabled);
        add_item(tenant->catalog, sku, disabled, out);
    }
    bytes_add_byte(out, ']');
    sqlite3_reset(row);
}

static void add_plan(const struct catalog_plan *plan, bool assigned, bool off, struct text since, struct bytes *out) {
    json_comma(out);
    bytes_add_byte(out, '{');
    if (assigned) json_name_text(out, "assignedDateTime", since);
    json_name_text(out, "capabilityStatus", off ? TEXT("Deleted") : TEXT("Enabled"));
    if (!assigned) json_name_text(out, "provisioningStatus", off ? TEXT("Disabled") : TEXT("Success"));
    json_name_text(out, "service", plan->service);
    if (assigned) json_name_text(out, "servicePlanId", plan->id);
    bytes_add_byte(out, '}');
}

void license_add_plans(struct tenant *tenant, struct connection *db, int64_t user, bool assigned, struct bytes *out) {
    const struct catalog *catalog = tenant->catalog;
    sqlite3_stmt *row = effective_of_user(db, user);
    bool ready = store_row(db, row), shown[CATALOG_PLANS] = {0};
    struct plan_bits disabled;
    int sku;
    char since[40] = "";
    if (ready) snprintf(since, sizeof since, "%.*s", TEXT_ARGUMENT(store_text(row, 2)));
    bytes_add_byte(out, '[');
    while (license_next_effective(catalog, db, row, &ready, &sku, &disabled)) {
        const struct catalog_product *product = &catalog->products[sku];
        for (int i = 0; i < product->plan_count; i++) {
            int plan = product->plans[i];
            if (shown[plan]) continue;
            shown[plan] = true;
            add_plan(&catalog->plans[plan], assigned, disabled.bits[i >> 6] >> (i & 63) & 1, text_of(since), out);
        }
    }
    bytes_add_byte(out, ']');
    sqlite3_reset(row);
}

void license_add_states(struct tenant *tenant, struct connection *db, int64_t user, struct bytes *out) {
    sqlite3_stmt *row = store_statement(db, "SELECT l.sku, l.disabled_plans, l.state, l.error, l.updated, g.id FROM licenses l "
                                            "LEFT JOIN groups g ON g.number=l.group_number WHERE l.user=? ORDER BY l.sku, l.group_number");
    sqlite3_bind_int64(row, 1, user);
    bytes_add_byte(out, '[');
    while (store_row(db, row)) {
        json_comma(out);
        bytes_add_byte(out, '{');
        json_name_text(out, "skuId", tenant->catalog->products[sqlite3_column_int(row, 0)].id);
        json_name(out, "disabledPlans");
        json_list(out, store_text(row, 1), ',');
        json_name(out, "assignedByGroup");
        if (sqlite3_column_type(row, 5) == SQLITE_NULL) bytes_add_string(out, "null");
        else json_text(out, store_text(row, 5));
        json_name_text(out, "state", store_text(row, 2));
        json_name_text(out, "error", store_text(row, 3));
        json_name_text(out, "lastUpdatedDateTime", store_text(row, 4));
        bytes_add_byte(out, '}');
    }
    bytes_add_byte(out, ']');
    sqlite3_reset(row);
}

void license_add_product_plans(const struct catalog *catalog, int sku, struct plan_bits disabled, struct bytes *out) {
    const struct catalog_product *product = &catalog->products[sku];
    bytes_add_byte(out, '[');
    for (int i = 0; i < product->plan_count; i++) {
        const struct catalog_plan *plan = &catalog->plans[product->plans[i]];
        json_comma(out);
        bytes_add_byte(out, '{');
        json_name_text(out, "servicePlanId", plan->id);
        json_name_text(out, "servicePlanName", plan->name);
        json_name_text(out, "provisioningStatus", disabled.bits[i >> 6] >> (i & 63) & 1 ? TEXT("Disabled") : TEXT("Success"));
        json_name_text(out, "appliesTo", product->company[i] ? TEXT("Company") : TEXT("User"));
        bytes_add_byte(out, '}');
    }
    bytes_add_byte(out, ']');
}
