#include "license_private.h"

bool license_consumes(const struct holding *holding, int sku) {
    for (int i = 0; i < holding->count; i++)
        if (holding->paths[i].sku == sku && holding->paths[i].active) return true;
    return false;
}

struct license_path *license_path_of(struct holding *holding, int sku, int64_t group) {
    for (int i = 0; i < holding->count; i++)
        if (holding->paths[i].sku == sku && holding->paths[i].group == group) return &holding->paths[i];
    return NULL;
}

void license_remove_path(struct holding *holding, int sku, int64_t group) {
    struct license_path *path = license_path_of(holding, sku, group);
    if (path) *path = holding->paths[--holding->count];
}

bool license_put_path(struct holding *holding, int sku, int64_t group, struct plan_bits disabled) {
    struct license_path *path = license_path_of(holding, sku, group);
    if (!path && holding->count == HOLDING_PATHS) return false;
    if (!path) path = &holding->paths[holding->count++];
    *path = (struct license_path){.sku = sku, .group = group, .disabled = disabled, .active = true};
    return true;
}

static bool is_disabled(struct plan_bits bits, int place) { return bits.bits[place >> 6] >> (place & 63) & 1; }

/* A plan is on when any path turns it on; those of the company are always on. */
static void collect_plans(const struct catalog *catalog, const struct holding *holding, bool on[CATALOG_PLANS]) {
    memset(on, 0, CATALOG_PLANS * sizeof *on);
    for (int i = 0; i < holding->count; i++) {
        const struct license_path *path = &holding->paths[i];
        const struct catalog_product *product = &catalog->products[path->sku];
        for (int k = 0; path->active && k < product->plan_count; k++)
            if (product->company[k] || !is_disabled(path->disabled, k)) on[product->plans[k]] = true;
    }
}

static struct license_problem find_exclusion(const struct catalog *catalog, const bool on[]) {
    for (int i = 0; i < catalog->exclusion_count; i++) {
        const struct catalog_exclusion *one = &catalog->exclusions[i];
        for (int k = i + 1; on[one->plan] && k < catalog->exclusion_count && catalog->exclusions[k].set == one->set; k++) {
            int other = catalog->exclusions[k].plan;
            if (on[other]) return (struct license_problem){LICENSE_EXCLUSION, one->plan, {other}, 1, 0};
        }
    }
    return (struct license_problem){0};
}

static struct license_problem find_dependency(const struct catalog *catalog, const bool on[]) {
    for (int i = 0; i < catalog->dependency_count; i++) {
        const struct catalog_dependency *rule = &catalog->dependencies[i];
        bool fine = !on[rule->plan] || rule->count == 0;
        for (int k = 0; k < rule->count; k++) fine |= on[rule->alternatives[k]];
        if (fine) continue;
        struct license_problem problem = {.kind = LICENSE_DEPENDENCY, .plan = rule->plan, .other_count = rule->count};
        memcpy(problem.others, rule->alternatives, sizeof problem.others);
        return problem;
    }
    return (struct license_problem){0};
}

struct license_problem license_judge(const struct catalog *catalog, const struct holding *holding) {
    bool on[CATALOG_PLANS];
    collect_plans(catalog, holding, on);
    struct license_problem problem = find_exclusion(catalog, on);
    return problem.kind ? problem : find_dependency(catalog, on);
}

void license_add_problem(const struct catalog *catalog, const struct license_problem *problem, struct bytes *out) {
    struct text plan = catalog->plans[problem->plan].id;
    switch (problem->kind) {
    case LICENSE_EXCLUSION:
        bytes_add_format(out, "License assignment failed because service plans %.*s, %.*s are mutually exclusive.", TEXT_ARGUMENT(plan),
                         TEXT_ARGUMENT(catalog->plans[problem->others[0]].id));
        break;
    case LICENSE_DEPENDENCY:
        bytes_add_format(out, "License assignment failed because service plan %.*s depends on the service plan(s) ", TEXT_ARGUMENT(plan));
        for (int i = 0; i < problem->other_count; i++)
            bytes_add_format(out, "%s%.*s", i ? ", " : "", TEXT_ARGUMENT(catalog->plans[problem->others[i]].id));
        break;
    case LICENSE_SEATS:
        bytes_add_format(out, "Subscription with SKU %.*s does not have any available licenses.", TEXT_ARGUMENT(catalog->products[problem->sku].id));
        break;
    default: break;
    }
}

const char *license_problem_name(enum license_problem_kind kind) {
    static const char *const names[] = {"None", "MutuallyExclusiveViolation", "DependencyViolation", "CountViolation"};
    return names[kind];
}
