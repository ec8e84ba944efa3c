/* Names to ids: which product an alias, part number, display name or id means in this tenant. Reads the tenant's products
 * when first asked and again when they are older than asked for. Belongs to one interpreter. */
#ifndef M365SH_CMDLETS_LOOKUP_H
#define M365SH_CMDLETS_LOOKUP_H

#include "m365sh/graph/client.h"

struct service_plan { char id[37]; char *name; bool for_users; };
struct product {
    char sku_id[37];
    char *part_number, *name, *alias;   /* alias: the shortest that means only this one here; NULL none */
    char *status;
    int64_t enabled, warning, suspended, locked_out, consumed;
    bool for_users;                     /* appliesTo User */
    struct service_plan *plans; uint32_t plan_count;
};
struct lookup;
struct lookup *lookup_new(struct graph_client *client);
void lookup_free(struct lookup *lookup);
/* The tenant's products, at most `seconds` old. Borrowed until the next call. Raises. */
enum status lookup_products(struct lookup *lookup, int seconds, const struct graph_watch *watch, const struct product **products, uint32_t *count);
/* Raises UnknownProduct (with the nearest names), AmbiguousProduct (with both). */
enum status lookup_product(struct lookup *lookup, struct text name, const struct graph_watch *watch, const struct product **product);
/* By id, from what has been read; NULL if it is not the tenant's. Asks nothing. */
const struct product *lookup_by_id(const struct lookup *lookup, struct text sku_id);
/* A name for people: the display name, else Microsoft's name, else the id. Asks nothing. For struct changes. */
void lookup_add_name(void *lookup, struct text sku_id, struct bytes *out);
/* "MCOEV (Microsoft Teams Phone Standard)": a plan and a product of the tenant that holds it. False: none does. */
bool lookup_add_plan_name(void *lookup, struct text plan_id, struct bytes *out);
/* A service plan of the product by name or id; NULL. */
const struct service_plan *lookup_plan(const struct product *product, struct text name);

#endif
