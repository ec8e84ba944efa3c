/* Products, their service plans and how plans get on with each other, from the tables in seed/. Fixed once loaded. A
 * product's place is its number in the store. */
#ifndef M365SH_TENANT_CATALOG_PRIVATE_H
#define M365SH_TENANT_CATALOG_PRIVATE_H

#include <stdbool.h>
#include "m365sh/base/text.h"

enum { CATALOG_PRODUCT_PLANS = 128, CATALOG_PLANS = 512, CATALOG_ALTERNATIVES = 6 };

struct catalog_plan { struct text id, name, service; };
struct catalog_product {
    struct text part_number, id, name;
    bool for_users;
    int plan_count;
    short plans[CATALOG_PRODUCT_PLANS];   /* places in the list of plans */
    bool company[CATALOG_PRODUCT_PLANS];  /* applies to the company: on with the product, not switchable */
};
struct catalog_dependency { int plan, alternatives[CATALOG_ALTERNATIVES], count; };
struct catalog_exclusion { int set, plan; };
struct catalog {
    struct catalog_product *products;
    int product_count;
    struct catalog_plan plans[CATALOG_PLANS];
    int plan_count;
    struct catalog_dependency dependencies[32];
    int dependency_count;
    struct catalog_exclusion exclusions[128];
    int exclusion_count;
};

struct catalog *catalog_load(void);
void catalog_free(struct catalog *catalog);
int catalog_find(const struct catalog *catalog, struct text id);            /* product by id without case; -1 */
int catalog_find_part(const struct catalog *catalog, struct text part_number); /* -1 */
int catalog_find_plan(const struct catalog *catalog, struct text id);       /* -1 */
/* The plan's place within the product, -1 when the product does not hold it. */
int catalog_plan_in(const struct catalog *catalog, int product, int plan);
#endif
