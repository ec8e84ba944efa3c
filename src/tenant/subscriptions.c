/* Products and subscriptions of the tenant. */
#include "catalog_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "license_private.h"

#define PRODUCT_COLUMNS "SELECT sku, enabled, warning, suspended, locked_out, consumed, capability, subscription, renews FROM products"

struct column {
    const char *name;
    void (*write)(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out);
};

static const struct catalog_product *product_of(struct exchange *exchange, sqlite3_stmt *row) {
    return &exchange->tenant->catalog->products[sqlite3_column_int(row, 0)];
}

static void write_account_id(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { (void)row; json_string(out, exchange->tenant->id); }
static void write_account_name(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { (void)exchange, (void)row; json_string(out, "contoso"); }
static void write_applies_to(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { json_string(out, product_of(exchange, row)->for_users ? "User" : "Company"); }
static void write_capability(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { (void)exchange; json_text(out, store_text(row, 6)); }
static void write_consumed(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { (void)exchange; bytes_add_format(out, "%d", sqlite3_column_int(row, 5)); }
static void write_id(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) {
    json_text(out, exchange_format(exchange, "%s_%.*s", exchange->tenant->id, TEXT_ARGUMENT(product_of(exchange, row)->id)));
}
static void write_sku_id(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { json_text(out, product_of(exchange, row)->id); }
static void write_part_number(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { json_text(out, product_of(exchange, row)->part_number); }
static void write_subscriptions(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) { (void)exchange; json_list(out, store_text(row, 7), ','); }
static void write_prepaid(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) {
    (void)exchange;
    bytes_add_format(out, "{\"enabled\":%d,\"suspended\":%d,\"warning\":%d,\"lockedOut\":%d}", sqlite3_column_int(row, 1), sqlite3_column_int(row, 3),
                     sqlite3_column_int(row, 2), sqlite3_column_int(row, 4));
}
static void write_plans(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) {
    license_add_product_plans(exchange->tenant->catalog, sqlite3_column_int(row, 0), (struct plan_bits){{0}}, out);
}

static const struct column columns[] = {
    {"accountName", write_account_name}, {"accountId", write_account_id}, {"appliesTo", write_applies_to}, {"capabilityStatus", write_capability},
    {"consumedUnits", write_consumed}, {"id", write_id}, {"skuId", write_sku_id}, {"skuPartNumber", write_part_number},
    {"subscriptionIds", write_subscriptions}, {"prepaidUnits", write_prepaid}, {"servicePlans", write_plans},
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static bool wanted(struct text select, const char *name) {
    struct text one;
    if (select.length == 0) return true;
    while (text_split_next(&select, ',', &one))
        if (text_equal_fold(text_trim(one), text_of(name))) return true;
    return false;
}

static bool check_select(struct exchange *exchange) {
    struct text select = exchange_option(exchange, "select"), one;
    while (text_split_next(&select, ',', &one)) {
        bool known = false;
        for (int i = 0; i < COLUMN_COUNT; i++) known |= text_equal_fold(text_trim(one), text_of(columns[i].name));
        if (!known)
            return error_reply(exchange, 400, "BadRequest", "Parsing OData Select and Expand failed: Could not find a property named '%.*s' on type 'microsoft.graph.subscribedSku'.", TEXT_ARGUMENT(one));
    }
    return true;
}

static void write_product(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) {
    struct text select = exchange_option(exchange, "select");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!wanted(select, columns[i].name)) continue;
        json_name(out, columns[i].name);
        columns[i].write(exchange, row, out);
    }
}

static void write_context(struct exchange *exchange, const char *what, struct bytes *out) {
    struct text base = exchange_base(exchange);
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#%s", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version), what));
}

void licenses_skus(struct exchange *exchange) {
    static const char *const refused[] = {"filter", "expand", "orderby", "top", "skip", "search", "count"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (exchange_has_option(exchange, refused[i])) {
            error_reply(exchange, 400, "Request_UnsupportedQuery", "Unsupported query.");
            return;
        }
    if (!check_select(exchange)) return;
    struct bytes *out = &exchange->reply;
    sqlite3_stmt *row = store_statement(exchange->db, PRODUCT_COLUMNS " ORDER BY sku");
    write_context(exchange, "subscribedSkus", out);
    bytes_add_string(out, ",\"value\":[");
    while (store_row(exchange->db, row)) {
        json_comma(out);
        bytes_add_byte(out, '{');
        write_product(exchange, row, out);
        bytes_add_byte(out, '}');
    }
    sqlite3_reset(row);
    bytes_add_string(out, "]}");
}

void licenses_sku(struct exchange *exchange) {
    struct text key = exchange->arguments[0];
    size_t underscore = text_find_byte(key, '_', 0);
    int sku = underscore == TEXT_NOT_FOUND ? -1 : catalog_find(exchange->tenant->catalog, text_slice(key, underscore + 1, key.length));
    if (!check_select(exchange)) return;
    sqlite3_stmt *row = store_statement(exchange->db, PRODUCT_COLUMNS " WHERE sku=?");
    sqlite3_bind_int(row, 1, sku);
    if (store_row(exchange->db, row)) {
        write_context(exchange, "subscribedSkus/$entity", &exchange->reply);
        write_product(exchange, row, &exchange->reply);
        bytes_add_byte(&exchange->reply, '}');
    } else {
        error_not_found(exchange, key);
    }
    sqlite3_reset(row);
}

static void write_subscription(struct exchange *exchange, sqlite3_stmt *row, struct bytes *out) {
    const struct catalog_product *product = product_of(exchange, row);
    struct text rest = store_text(row, 7), id = TEXT_NONE;
    text_split_next(&rest, ',', &id);
    json_name_text(out, "id", id);
    json_name_text(out, "commerceSubscriptionId", id);
    bytes_add_string(out, ",\"createdDateTime\":\"2024-01-15T09:00:00Z\",\"isTrial\":false");
    json_name_text(out, "nextLifecycleDateTime", store_text(row, 8));
    bytes_add_string(out, ",\"ownerId\":null,\"ownerTenantId\":null,\"ownerType\":null");
    json_name_text(out, "skuId", product->id);
    json_name_text(out, "skuPartNumber", product->part_number);
    json_name_text(out, "status", store_text(row, 6));
    bytes_add_format(out, ",\"totalLicenses\":%d,\"serviceStatus\":", sqlite3_column_int(row, 1) + sqlite3_column_int(row, 2) + sqlite3_column_int(row, 3));
    write_plans(exchange, row, out);
}

void licenses_subscriptions(struct exchange *exchange) {
    struct bytes *out = &exchange->reply;
    sqlite3_stmt *row = store_statement(exchange->db, PRODUCT_COLUMNS " ORDER BY sku");
    write_context(exchange, "directory/subscriptions", out);
    bytes_add_string(out, ",\"value\":[");
    while (store_row(exchange->db, row)) {
        json_comma(out);
        bytes_add_byte(out, '{');
        write_subscription(exchange, row, out);
        bytes_add_byte(out, '}');
    }
    sqlite3_reset(row);
    bytes_add_string(out, "]}");
}

void licenses_subscription(struct exchange *exchange) {
    struct text key = exchange->arguments[0];
    if (text_starts_fold(key, TEXT("commerceSubscriptionId='"))) key = text_slice(key, 24, key.length - 25);
    sqlite3_stmt *row = store_statement(exchange->db, PRODUCT_COLUMNS " WHERE subscription=?||','");
    store_bind_text(row, 1, key);
    if (store_row(exchange->db, row)) {
        write_context(exchange, "directory/subscriptions/$entity", &exchange->reply);
        write_subscription(exchange, row, &exchange->reply);
        bytes_add_byte(&exchange->reply, '}');
    } else {
        error_not_found(exchange, key);
    }
    sqlite3_reset(row);
}
