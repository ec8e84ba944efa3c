#include "catalog_private.h"
#include "embedded_private.h"
#include "m365sh/base/alloc.h"

int catalog_find(const struct catalog *catalog, struct text id) {
    for (int i = 0; i < catalog->product_count; i++)
        if (text_equal_fold(catalog->products[i].id, id)) return i;
    return -1;
}

int catalog_find_part(const struct catalog *catalog, struct text part_number) {
    for (int i = 0; i < catalog->product_count; i++)
        if (text_equal_fold(catalog->products[i].part_number, part_number)) return i;
    return -1;
}

int catalog_find_plan(const struct catalog *catalog, struct text id) {
    for (int i = 0; i < catalog->plan_count; i++)
        if (text_equal_fold(catalog->plans[i].id, id)) return i;
    return -1;
}

int catalog_plan_in(const struct catalog *catalog, int product, int plan) {
    for (int i = 0; i < catalog->products[product].plan_count; i++)
        if (catalog->products[product].plans[i] == plan) return i;
    return -1;
}

static void load_products(struct catalog *catalog) {
    struct text rest = embedded_file("seed/products.tsv"), fields[4];
    size_t capacity = 0;
    int count;
    while (embedded_row(&rest, fields, 4, &count)) {
        if (count < 4) continue;
        ALLOC_GROW(catalog->products, capacity, catalog->product_count + 1);
        catalog->products[catalog->product_count++] = (struct catalog_product){
            .part_number = fields[0], .id = fields[1], .name = fields[2], .for_users = text_equal(fields[3], TEXT("User"))};
    }
}

static int plan_place(struct catalog *catalog, const struct text fields[]) {
    int place = catalog_find_plan(catalog, fields[1]);
    if (place >= 0 || catalog->plan_count == CATALOG_PLANS) return place;
    catalog->plans[catalog->plan_count] = (struct catalog_plan){fields[1], fields[2], fields[4]};
    return catalog->plan_count++;
}

static void load_plans(struct catalog *catalog) {
    struct text rest = embedded_file("seed/service_plans.tsv"), fields[5];
    int count;
    while (embedded_row(&rest, fields, 5, &count)) {
        int product = count == 5 ? catalog_find_part(catalog, fields[0]) : -1;
        int plan = product < 0 ? -1 : plan_place(catalog, fields);
        if (plan < 0) continue;
        struct catalog_product *into = &catalog->products[product];
        if (into->plan_count == CATALOG_PRODUCT_PLANS) continue;
        into->company[into->plan_count] = text_equal(fields[3], TEXT("Company"));
        into->plans[into->plan_count++] = (short)plan;
    }
}

static void load_dependencies(struct catalog *catalog) {
    struct text rest = embedded_file("seed/dependencies.tsv"), fields[3], one;
    int count;
    while (embedded_row(&rest, fields, 3, &count)) {
        struct catalog_dependency rule = {.plan = catalog_find_plan(catalog, fields[0])};
        if (count < 3 || rule.plan < 0 || catalog->dependency_count == 32) continue;
        while (rule.count < CATALOG_ALTERNATIVES && text_split_next(&fields[2], ',', &one)) {
            int plan = catalog_find_plan(catalog, one);
            if (plan >= 0) rule.alternatives[rule.count++] = plan;
        }
        catalog->dependencies[catalog->dependency_count++] = rule;
    }
}

static void load_exclusions(struct catalog *catalog) {
    struct text rest = embedded_file("seed/exclusions.tsv"), fields[3], set = TEXT_NONE;
    int count, number = 0;
    while (embedded_row(&rest, fields, 3, &count)) {
        if (!text_equal(set, fields[0])) number++;
        set = fields[0];
        int plan = catalog_find_plan(catalog, fields[1]);
        if (plan >= 0 && catalog->exclusion_count < 128) catalog->exclusions[catalog->exclusion_count++] = (struct catalog_exclusion){number, plan};
    }
}

struct catalog *catalog_load(void) {
    struct catalog *catalog = ALLOC_NEW(struct catalog);
    load_products(catalog);
    load_plans(catalog);
    load_dependencies(catalog);
    load_exclusions(catalog);
    return catalog;
}

void catalog_free(struct catalog *catalog) {
    if (!catalog) return;
    alloc_free(catalog->products);
    alloc_free(catalog);
}
