/* Licences. A user's holding is a list of paths: one per product and way (direct, or a group). What is judged is always
 * the final state as a whole, so that a swap in one call needs neither a free seat nor compatible plans in between.
 * Facts: Microsoft's licensing-groups-resolve-problems and service-plan reference, by the fact sheets. */
#ifndef M365SH_TENANT_LICENSE_PRIVATE_H
#define M365SH_TENANT_LICENSE_PRIVATE_H

#include "catalog_private.h"
#include "exchange_private.h"

enum { HOLDING_PATHS = 96 };
struct plan_bits { uint64_t bits[2]; }; /* by the plan's place within its product */
struct license_path {
    int sku;
    int64_t group;               /* 0: direct */
    struct plan_bits disabled;
    bool active;
};
struct holding {
    struct license_path paths[HOLDING_PATHS];
    int count;
};
enum license_problem_kind { LICENSE_FINE, LICENSE_EXCLUSION, LICENSE_DEPENDENCY, LICENSE_SEATS };
struct license_problem {
    enum license_problem_kind kind;
    int plan, others[CATALOG_ALTERNATIVES], other_count; /* places in the catalog */
    int sku;                                             /* LICENSE_SEATS */
};

/* license_rules.c: pure */
bool license_consumes(const struct holding *holding, int sku);
struct license_path *license_path_of(struct holding *holding, int sku, int64_t group); /* NULL */
void license_remove_path(struct holding *holding, int sku, int64_t group);
/* Adds it or replaces its plans; false when the holding is full. */
bool license_put_path(struct holding *holding, int sku, int64_t group, struct plan_bits disabled);
struct license_problem license_judge(const struct catalog *catalog, const struct holding *holding);
/* In Graph's words. */
void license_add_problem(const struct catalog *catalog, const struct license_problem *problem, struct bytes *out);
const char *license_problem_name(enum license_problem_kind kind); /* CountViolation … */

/* license_holding.c: the same in the store */
void license_load(const struct catalog *catalog, struct connection *db, int64_t user, struct holding *holding);
bool license_read_plans(const struct catalog *catalog, int sku, struct text ids, char separator, struct plan_bits *out);
void license_add_plan_ids(const struct catalog *catalog, int sku, struct plan_bits disabled, struct bytes *out);
/* The first product that `after` needs a seat of and that has none. */
bool license_seats_suffice(struct connection *db, const struct holding *before, const struct holding *after, int *sku);
/* Writes the paths that differ and moves the seats. */
void license_save(const struct catalog *catalog, struct connection *db, int64_t user, const struct holding *before,
                  const struct holding *after, struct text now);
void license_save_error(const struct catalog *catalog, struct connection *db, int64_t user, const struct license_path *path, bool active,
                        const char *state, const char *error, struct text now);
/* The seats of a user who is deleted (-1) or comes back (+1, what fits). */
void license_release(struct connection *db, int64_t user);
void license_regain(struct connection *db, int64_t user);

/* license_write.c: as JSON */
void license_add_assigned(struct tenant *tenant, struct connection *db, int64_t user, struct bytes *out);
void license_add_plans(struct tenant *tenant, struct connection *db, int64_t user, bool assigned, struct bytes *out);
void license_add_states(struct tenant *tenant, struct connection *db, int64_t user, struct bytes *out);
void license_add_group(struct tenant *tenant, struct connection *db, int64_t group, struct bytes *out);
void license_add_product_plans(const struct catalog *catalog, int sku, struct plan_bits disabled, struct bytes *out);
/* Rows of sku, disabled_plans in order of sku: the next product with what all its rows disable. */
bool license_next_effective(const struct catalog *catalog, struct connection *db, sqlite3_stmt *row, bool *ready, int *sku, struct plan_bits *disabled);

/* license_group.c: what groups pass on, a little later */
void license_queue(struct exchange *exchange, int64_t group, int64_t user); /* user 0: all members */
void license_work_due(struct tenant *tenant, struct connection *db);
/* Brings one user in line with one group now. False: a problem stands in the states, and its words in `out` (may be NULL). */
bool license_follow_group(struct tenant *tenant, struct connection *db, int64_t user, int64_t group, struct text now, struct bytes *out);
#endif
