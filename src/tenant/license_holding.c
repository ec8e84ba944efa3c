#include "license_private.h"

bool license_read_plans(const struct catalog *catalog, int sku, struct text ids, char separator, struct plan_bits *out) {
    struct text id;
    bool fine = true;
    *out = (struct plan_bits){{0}};
    while (text_split_next(&ids, separator, &id)) {
        if (id.length == 0) continue;
        int plan = catalog_find_plan(catalog, id), place = plan < 0 ? -1 : catalog_plan_in(catalog, sku, plan);
        if (place < 0) fine = false;
        else out->bits[place >> 6] |= 1ull << (place & 63);
    }
    return fine;
}

void license_add_plan_ids(const struct catalog *catalog, int sku, struct plan_bits disabled, struct bytes *out) {
    const struct catalog_product *product = &catalog->products[sku];
    for (int i = 0; i < product->plan_count; i++) {
        if (!(disabled.bits[i >> 6] >> (i & 63) & 1)) continue;
        bytes_add_text(out, catalog->plans[product->plans[i]].id);
        bytes_add_byte(out, ',');
    }
}

void license_load(const struct catalog *catalog, struct connection *db, int64_t user, struct holding *holding) {
    sqlite3_stmt *row = store_statement(db, "SELECT sku, group_number, disabled_plans, active FROM licenses WHERE user=?");
    holding->count = 0;
    sqlite3_bind_int64(row, 1, user);
    while (holding->count < HOLDING_PATHS && store_row(db, row)) {
        struct license_path *path = &holding->paths[holding->count];
        path->sku = sqlite3_column_int(row, 0);
        if (path->sku < 0 || path->sku >= catalog->product_count) continue;
        path->group = sqlite3_column_int64(row, 1);
        path->active = sqlite3_column_int(row, 3);
        license_read_plans(catalog, path->sku, store_text(row, 2), ',', &path->disabled);
        holding->count++;
    }
    sqlite3_reset(row);
}

static int64_t free_seats(struct connection *db, int sku) {
    return store_number(db, "SELECT CASE WHEN capability IN ('Enabled','Warning') THEN enabled+warning-consumed ELSE 0 END FROM products WHERE sku=?", sku, 0, 0);
}

bool license_seats_suffice(struct connection *db, const struct holding *before, const struct holding *after, int *sku) {
    for (int i = 0; i < after->count; i++) {
        int wanted = after->paths[i].sku;
        if (!after->paths[i].active || license_consumes(before, wanted) || free_seats(db, wanted) > 0) continue;
        *sku = wanted;
        return false;
    }
    return true;
}

static void move_seats(struct connection *db, int sku, int by) {
    sqlite3_stmt *update = store_statement(db, "UPDATE products SET consumed=consumed+? WHERE sku=?");
    sqlite3_bind_int(update, 1, by);
    sqlite3_bind_int(update, 2, sku);
    store_done(db, update);
}

static bool same_path(const struct license_path *a, const struct license_path *b) {
    return b && a->active == b->active && memcmp(&a->disabled, &b->disabled, sizeof a->disabled) == 0;
}

void license_save_error(const struct catalog *catalog, struct connection *db, int64_t user, const struct license_path *path, bool active,
                        const char *state, const char *error, struct text now) {
    struct bytes plans = {0};
    license_add_plan_ids(catalog, path->sku, path->disabled, &plans);
    sqlite3_stmt *insert = store_statement(db, "INSERT OR REPLACE INTO licenses VALUES (?,?,?,?,?,?,?,?)");
    sqlite3_bind_int64(insert, 1, user);
    sqlite3_bind_int(insert, 2, path->sku);
    sqlite3_bind_int64(insert, 3, path->group);
    store_bind_text(insert, 4, plans.data ? bytes_text(&plans) : TEXT_NONE);
    store_bind_string(insert, 5, state);
    store_bind_string(insert, 6, error);
    store_bind_text(insert, 7, now);
    sqlite3_bind_int(insert, 8, active);
    store_done(db, insert);
    bytes_free(&plans);
}

static void delete_path(struct connection *db, int64_t user, const struct license_path *path) {
    sqlite3_stmt *remove = store_statement(db, "DELETE FROM licenses WHERE user=? AND sku=? AND group_number=?");
    sqlite3_bind_int64(remove, 1, user);
    sqlite3_bind_int(remove, 2, path->sku);
    sqlite3_bind_int64(remove, 3, path->group);
    store_done(db, remove);
}

static bool seen_before(const struct holding *holding, int place) {
    for (int i = 0; i < place; i++)
        if (holding->paths[i].sku == holding->paths[place].sku) return true;
    return false;
}

void license_save(const struct catalog *catalog, struct connection *db, int64_t user, const struct holding *before, const struct holding *after, struct text now) {
    struct holding *old = (struct holding *)before, *new = (struct holding *)after;
    for (int i = 0; i < before->count; i++) {
        const struct license_path *path = &before->paths[i];
        if (!license_path_of(new, path->sku, path->group)) delete_path(db, user, path);
        if (!seen_before(before, i) && license_consumes(before, path->sku) && !license_consumes(after, path->sku)) move_seats(db, path->sku, -1);
    }
    for (int i = 0; i < after->count; i++) {
        const struct license_path *path = &after->paths[i];
        if (!same_path(path, license_path_of(old, path->sku, path->group)))
            license_save_error(catalog, db, user, path, path->active, path->active ? "Active" : "Error", "None", now);
        if (!seen_before(after, i) && !license_consumes(before, path->sku) && license_consumes(after, path->sku)) move_seats(db, path->sku, 1);
    }
}

enum { USER_PRODUCTS = 64 };

static int products_of(struct connection *db, int64_t user, int skus[USER_PRODUCTS]) {
    sqlite3_stmt *row = store_statement(db, "SELECT DISTINCT sku FROM licenses WHERE user=? AND active=1");
    int count = 0;
    sqlite3_bind_int64(row, 1, user);
    while (count < USER_PRODUCTS && store_row(db, row)) skus[count++] = sqlite3_column_int(row, 0);
    sqlite3_reset(row);
    return count;
}

void license_release(struct connection *db, int64_t user) {
    int skus[USER_PRODUCTS];
    for (int i = products_of(db, user, skus) - 1; i >= 0; i--) move_seats(db, skus[i], -1);
}

void license_regain(struct connection *db, int64_t user) {
    int skus[USER_PRODUCTS];
    for (int i = products_of(db, user, skus) - 1; i >= 0; i--) {
        if (free_seats(db, skus[i]) > 0) {
            move_seats(db, skus[i], 1);
            continue;
        }
        sqlite3_stmt *update = store_statement(db, "UPDATE licenses SET active=0, state='Error', error='CountViolation' WHERE user=? AND sku=?");
        sqlite3_bind_int64(update, 1, user);
        sqlite3_bind_int(update, 2, skus[i]);
        store_done(db, update);
    }
}
