#include "directory_private.h"

#include "m365sh/pattern/wildcard.h"

enum { PRODUCT };
static const struct parameter_row parameter_rows[] = {
    {"Product", "string[]", 0, PARAMETER_WILDCARDS, "Name|Sku|SkuPartNumber|SkuId", NULL, NULL, "product", "Products by alias, part number, display name or id; without it all."},
};
static const struct example_row example_rows[] = {
    {"Get-Sku", "What the tenant owns, with seats in all, used and free."},
    {"Get-Sku | Where-Object Free -lt 10", "Products that are nearly used up."},
};

static void put_text(struct realm *realm, struct value object, const char *name, const char *text) {
    object_put_take(realm, object, name, text ? string_of(text) : value_null());
}

static void put_number(struct realm *realm, struct value object, const char *name, int64_t number) {
    object_put_take(realm, object, name, value_int64(number));
}

static struct value sku_of(struct realm *realm, const struct product *product) {
    struct value sku = object_new(realm, NULL, 12);
    int64_t seats = product->enabled + product->warning, unused = seats - product->consumed; /* in the grace period seats can still be assigned */
    put_text(realm, sku, "Alias", product->alias);
    put_text(realm, sku, "Product", product->name);
    put_text(realm, sku, "SkuPartNumber", product->part_number);
    put_number(realm, sku, "Seats", seats);
    put_number(realm, sku, "Used", product->consumed);
    put_number(realm, sku, "Free", unused > 0 ? unused : 0);
    put_text(realm, sku, "Status", product->status);
    put_number(realm, sku, "Warning", product->warning);
    put_number(realm, sku, "Suspended", product->suspended);
    put_text(realm, sku, "AppliesTo", product->for_users ? "User" : "Company");
    put_text(realm, sku, "SkuId", product->sku_id);
    struct value plans = array_new(realm, NULL, product->plan_count);
    for (uint32_t i = 0; i < product->plan_count; i++) array_push_take(plans, string_of(product->plans[i].name));
    object_put_take(realm, sku, "ServicePlans", plans);
    directory_set_type(realm, sku, "M365.Sku");
    return sku;
}

struct named { struct invocation *call; struct graph_watch *watch; const struct product *products; uint32_t count; };

static enum status emit_named(void *context, struct text name) {
    struct named *named = context;
    if (wildcard_has(name)) {
        for (uint32_t i = 0; i < named->count; i++) {
            const struct product *product = &named->products[i];
            if (!wildcard_match(name, text_of(product->part_number), true) && !wildcard_match(name, text_of(product->name), true)) continue;
            enum status status = invocation_emit_take(named->call, sku_of(named->call->realm, product));
            if (status != STATUS_OK) return status;
        }
        return STATUS_OK;
    }
    const struct product *product;
    enum status status = lookup_product(directory_services(named->call)->lookup, name, named->watch, &product);
    if (status == STATUS_ERROR) return invocation_error_raised(named->call);
    return status == STATUS_OK ? invocation_emit_take(named->call, sku_of(named->call->realm, product)) : status;
}

static enum status end(struct invocation *call) {
    struct graph_watch watch = directory_watch(call);
    struct named named = {.call = call, .watch = &watch};
    enum status status = lookup_products(directory_services(call)->lookup, 0, &watch, &named.products, &named.count);
    if (status != STATUS_OK) return status;
    if (invocation_has(call, PRODUCT)) return directory_each_text(invocation_argument(call, PRODUCT), emit_named, &named);
    for (uint32_t i = 0; i < named.count && status == STATUS_OK; i++) status = invocation_emit_take(call, sku_of(call->realm, &named.products[i]));
    return status;
}

CMDLET(get_sku) = {
    .name = "Get-Sku", .aliases = "Get-Skus", .synopsis = "Shows the products that the tenant owns and how many seats are free.",
    .description = "Seats counts what can be assigned, in the grace period after a subscription has ended too. Free is never below zero, though more may be used than there are.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_NEEDS_TENANT, .end = end, .emits = "M365.Sku", .permissions = "LicenseAssignment.Read.All",
};
