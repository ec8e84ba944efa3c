/* Licences by group. A change of a group or of its members leaves work behind, which is done when it is due, before the
 * next request is answered: no thread of its own, and what a client sees depends on the time alone. */
#include "license_private.h"
#include <stdlib.h>
#include "entity_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"

static int64_t wall_milliseconds(void) { return (clock_now(NULL) - CALENDAR_UNIX_EPOCH) / 10000; }

void license_queue(struct exchange *exchange, int64_t group, int64_t user) {
    struct connection *db = exchange->db;
    if (user && store_number(db, "SELECT EXISTS(SELECT 1 FROM group_licenses WHERE group_number=?1) OR EXISTS(SELECT 1 FROM licenses WHERE group_number=?1 AND user=?2)", group, user, 0) == 0)
        return;
    sqlite3_stmt *insert = store_statement(db, "INSERT INTO group_work (group_number, user, due) VALUES (?,?,?)");
    sqlite3_bind_int64(insert, 1, group);
    sqlite3_bind_int64(insert, 2, user);
    sqlite3_bind_int64(insert, 3, wall_milliseconds() + atomic_load(&exchange->tenant->group_delay_ms));
    store_done(db, insert);
    sqlite3_stmt *update = store_statement(db, "UPDATE groups SET license_state='QueuedForProcessing' WHERE number=?");
    sqlite3_bind_int64(update, 1, group);
    store_done(db, update);
}

/* What the group wants for the user. */
static void wanted_paths(struct tenant *tenant, struct connection *db, int64_t user, int64_t group, struct holding *holding) {
    if (!store_number(db, "SELECT count(*) FROM members WHERE group_number=? AND kind='u' AND member=?", group, user, 0)) return;
    sqlite3_stmt *row = store_statement(db, "SELECT sku, disabled_plans FROM group_licenses WHERE group_number=?");
    sqlite3_bind_int64(row, 1, group);
    while (store_row(db, row)) {
        struct plan_bits disabled;
        int sku = sqlite3_column_int(row, 0);
        license_read_plans(tenant->catalog, sku, store_text(row, 1), ',', &disabled);
        license_put_path(holding, sku, group, disabled);
    }
    sqlite3_reset(row);
}

static void drop_group(struct holding *holding, int64_t group) {
    for (int i = holding->count - 1; i >= 0; i--)
        if (holding->paths[i].group == group) holding->paths[i] = holding->paths[--holding->count];
}

/* All of a group's products fail together: the first names the cause, the others say Other. */
static void record_problem(struct tenant *tenant, struct connection *db, int64_t user, int64_t group, const struct holding *before,
                           const struct holding *after, const struct license_problem *problem, struct text now) {
    struct holding kept = *before;
    const char *error = license_problem_name(problem->kind);
    bool wanted = false;
    for (int i = 0; i < after->count; i++) wanted |= after->paths[i].group == group;
    if (wanted) {
        drop_group(&kept, group);
        license_save(tenant->catalog, db, user, before, &kept, now);
    }
    const struct holding *shown = wanted ? after : before;
    for (int i = 0; i < shown->count; i++) {
        if (shown->paths[i].group != group) continue;
        license_save_error(tenant->catalog, db, user, &shown->paths[i], !wanted, wanted ? "Error" : "ActiveWithError", error, now);
        if (problem->kind != LICENSE_SEATS || shown->paths[i].sku == problem->sku) error = wanted ? "Other" : error;
    }
}

static void clear_errors(struct connection *db, int64_t user, int64_t group) {
    sqlite3_stmt *update = store_statement(db, "UPDATE licenses SET state='Active', error='None' WHERE user=? AND group_number=? AND active=1 AND error<>'None'");
    sqlite3_bind_int64(update, 1, user);
    sqlite3_bind_int64(update, 2, group);
    store_done(db, update);
}

bool license_follow_group(struct tenant *tenant, struct connection *db, int64_t user, int64_t group, struct text now, struct bytes *out) {
    struct holding before, after;
    license_load(tenant->catalog, db, user, &before);
    after = before;
    drop_group(&after, group);
    wanted_paths(tenant, db, user, group, &after);
    struct license_problem problem = license_judge(tenant->catalog, &after);
    if (!problem.kind && !license_seats_suffice(db, &before, &after, &problem.sku)) problem.kind = LICENSE_SEATS;
    if (!problem.kind) {
        license_save(tenant->catalog, db, user, &before, &after, now);
        clear_errors(db, user, group);
        return true;
    }
    record_problem(tenant, db, user, group, &before, &after, &problem, now);
    if (out) license_add_problem(tenant->catalog, &problem, out);
    return false;
}

static void follow_all(struct tenant *tenant, struct connection *db, int64_t group, struct text now) {
    sqlite3_stmt *row = store_statement(db, "SELECT member FROM members WHERE group_number=?1 AND kind='u' UNION SELECT user FROM licenses WHERE group_number=?1");
    int64_t *users = NULL;
    size_t count = 0, capacity = 0;
    sqlite3_bind_int64(row, 1, group);
    while (store_row(db, row)) {
        ALLOC_GROW(users, capacity, count + 1);
        users[count++] = sqlite3_column_int64(row, 0);
    }
    sqlite3_reset(row);
    for (size_t i = 0; i < count; i++) license_follow_group(tenant, db, users[i], group, now, NULL);
    alloc_free(users);
}

static bool next_work(struct connection *db, int64_t *number, int64_t *group, int64_t *user) {
    sqlite3_stmt *row = store_statement(db, "SELECT number, group_number, user FROM group_work WHERE due<=? ORDER BY due LIMIT 1");
    sqlite3_bind_int64(row, 1, wall_milliseconds());
    bool found = store_row(db, row);
    if (found) {
        *number = sqlite3_column_int64(row, 0);
        *group = sqlite3_column_int64(row, 1);
        *user = sqlite3_column_int64(row, 2);
    }
    sqlite3_reset(row);
    return found;
}

static void finish_work(struct connection *db, int64_t number, int64_t group) {
    sqlite3_stmt *remove = store_statement(db, "DELETE FROM group_work WHERE number=?");
    sqlite3_bind_int64(remove, 1, number);
    store_done(db, remove);
    sqlite3_stmt *update = store_statement(db, "UPDATE groups SET license_state='ProcessingComplete' WHERE number=?1 AND NOT EXISTS (SELECT 1 FROM group_work WHERE group_number=?1)");
    sqlite3_bind_int64(update, 1, group);
    store_done(db, update);
}

void license_work_due(struct tenant *tenant, struct connection *db) {
    int64_t number, group, user;
    if (!next_work(db, &number, &group, &user)) return;
    struct bytes now = {0};
    calendar_add_iso(&now, clock_now(NULL) / CALENDAR_TICKS_PER_SECOND * CALENDAR_TICKS_PER_SECOND);
    store_begin(db);
    while (next_work(db, &number, &group, &user)) {
        if (user) license_follow_group(tenant, db, user, group, bytes_text(&now), NULL);
        else follow_all(tenant, db, group, bytes_text(&now));
        finish_work(db, number, group);
        if (db->failed) break;
    }
    store_commit(db);
    bytes_free(&now);
}
