#include "m365sh/cmdlets/lookup.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/graph/page.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

#define NEAREST 3
#define USUAL_AGE 300

struct known_product { const char *part_number, *sku_id, *name, *aliases; };
static const struct known_product known[] = {
#define PRODUCT(part_number, sku_id, name, aliases) {part_number, sku_id, name, aliases},
#include "products.def"
#undef PRODUCT
};
enum { KNOWN_COUNT = sizeof known / sizeof *known };

struct lookup {
    struct graph_client *client;
    struct product *products;
    uint32_t count, capacity;
    int64_t read_at;
    uint8_t generation;
};

struct lookup *lookup_new(struct graph_client *client) {
    struct lookup *lookup = ALLOC_NEW(struct lookup);
    lookup->client = client;
    return lookup;
}

static void clear(struct lookup *lookup) {
    for (uint32_t i = 0; i < lookup->count; i++) {
        struct product *product = &lookup->products[i];
        alloc_free(product->part_number);
        alloc_free(product->name);
        alloc_free(product->alias);
        alloc_free(product->status);
        for (uint32_t k = 0; k < product->plan_count; k++) alloc_free(product->plans[k].name);
        alloc_free(product->plans);
    }
    lookup->count = 0;
}

void lookup_free(struct lookup *lookup) {
    if (!lookup) return;
    clear(lookup);
    alloc_free(lookup->products);
    alloc_free(lookup);
}

/* "M365 E3", "m365-e3" and "M365E3" are one name. */
static bool same_name(struct text a, struct text b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.length && strchr(" -_", a.start[i])) i++;
        while (k < b.length && strchr(" -_", b.start[k])) k++;
        if (i == a.length || k == b.length) return i == a.length && k == b.length && a.length && b.length;
        char x = a.start[i++], y = b.start[k++];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
    }
}

static const struct known_product *find_known(struct text sku_id) {
    for (int i = 0; i < KNOWN_COUNT; i++)
        if (text_equal_fold(sku_id, text_of(known[i].sku_id))) return &known[i];
    return NULL;
}

static bool has_alias(const struct known_product *row, struct text name) {
    struct text rest = text_of(row ? row->aliases : NULL), alias;
    while (text_split_next(&rest, '|', &alias))
        if (same_name(alias, name)) return true;
    return false;
}

static bool product_has_alias(const struct product *product, struct text name) {
    return has_alias(find_known(text_of(product->sku_id)), name);
}

static char *copy(struct text text) {
    return alloc_text(text.start, text.length);
}

static int64_t number(struct realm *realm, struct value object, const char *name) {
    struct value v = decode_get(realm, object, name);
    return value_is_integer(v) ? v.integer : 0;
}

static void copy_id(char out[37], struct text id) {
    size_t length = id.length < 36 ? id.length : 36;
    memcpy(out, id.start, length);
    out[length] = '\0';
}

static void read_plans(struct realm *realm, struct product *product, struct value sku) {
    struct value plans = decode_get(realm, sku, "ServicePlans");
    if (plans.kind != VALUE_ARRAY) return;
    product->plan_count = array_count(plans);
    product->plans = ALLOC_ARRAY(struct service_plan, product->plan_count ? product->plan_count : 1);
    for (uint32_t i = 0; i < product->plan_count; i++) {
        struct value plan = array_at(plans, i);
        copy_id(product->plans[i].id, decode_text(realm, plan, "ServicePlanId"));
        product->plans[i].name = copy(decode_text(realm, plan, "ServicePlanName"));
        product->plans[i].for_users = !text_equal_fold(decode_text(realm, plan, "AppliesTo"), TEXT("Company"));
    }
}

static enum status keep_sku(void *context, struct value sku) {
    struct lookup *lookup = context;
    struct realm *realm = graph_client_realm(lookup->client);
    ALLOC_GROW(lookup->products, lookup->capacity, lookup->count + 1);
    struct product *product = &lookup->products[lookup->count++];
    memset(product, 0, sizeof *product);
    copy_id(product->sku_id, decode_text(realm, sku, "SkuId"));
    product->part_number = copy(decode_text(realm, sku, "SkuPartNumber"));
    const struct known_product *row = find_known(text_of(product->sku_id));
    product->name = row ? copy(text_of(row->name)) : copy(text_of(product->part_number));
    product->status = copy(decode_text(realm, sku, "CapabilityStatus"));
    product->consumed = number(realm, sku, "ConsumedUnits");
    product->for_users = !text_equal_fold(decode_text(realm, sku, "AppliesTo"), TEXT("Company"));
    struct value units = decode_get(realm, sku, "PrepaidUnits");
    product->enabled = number(realm, units, "Enabled");
    product->warning = number(realm, units, "Warning");
    product->suspended = number(realm, units, "Suspended");
    product->locked_out = number(realm, units, "LockedOut");
    read_plans(realm, product, sku);
    return STATUS_OK;
}

static uint32_t owners_of_alias(const struct lookup *lookup, struct text alias) {
    uint32_t owners = 0;
    for (uint32_t i = 0; i < lookup->count; i++) owners += product_has_alias(&lookup->products[i], alias);
    return owners;
}

/* The first short alias that no other product of this tenant answers to. */
static void choose_aliases(struct lookup *lookup) {
    for (uint32_t i = 0; i < lookup->count; i++) {
        const struct known_product *row = find_known(text_of(lookup->products[i].sku_id));
        struct text rest = text_of(row ? row->aliases : NULL), alias;
        while (!lookup->products[i].alias && text_split_next(&rest, '|', &alias))
            if (owners_of_alias(lookup, alias) == 1) lookup->products[i].alias = copy(alias);
    }
}

enum status lookup_products(struct lookup *lookup, int seconds, const struct graph_watch *watch, const struct product **products, uint32_t *count) {
    bool same_tenant = lookup->read_at && lookup->generation == graph_client_generation(lookup->client);
    if (!same_tenant || clock_steady() - lookup->read_at > seconds * 1000000000LL) {
        clear(lookup);
        lookup->read_at = 0;
        const struct graph_query query = {.resource = GRAPH_SKU, .no_page_size = true, .watch = watch};
        enum status status = page_read(lookup->client, &query, (struct emitter){keep_sku, lookup});
        if (status != STATUS_OK) return status;
        lookup->read_at = clock_steady();
        lookup->generation = graph_client_generation(lookup->client);
        choose_aliases(lookup);
    }
    *products = lookup->products;
    *count = lookup->count;
    return STATUS_OK;
}

const struct product *lookup_by_id(const struct lookup *lookup, struct text sku_id) {
    for (uint32_t i = 0; i < lookup->count; i++)
        if (text_equal_fold(sku_id, text_of(lookup->products[i].sku_id))) return &lookup->products[i];
    return NULL;
}

void lookup_add_name(void *context, struct text sku_id, struct bytes *out) {
    const struct product *product = lookup_by_id(context, sku_id);
    const struct known_product *row = product ? NULL : find_known(sku_id);
    bytes_add_text(out, product ? text_of(product->name) : row ? text_of(row->name) : sku_id);
}

const struct service_plan *lookup_plan(const struct product *product, struct text name) {
    for (uint32_t i = 0; i < product->plan_count; i++)
        if (text_equal_fold(name, text_of(product->plans[i].id)) || text_equal_fold(name, text_of(product->plans[i].name))) return &product->plans[i];
    return NULL;
}

bool lookup_add_plan_name(void *context, struct text plan_id, struct bytes *out) {
    const struct lookup *lookup = context;
    const struct product *smallest = NULL; /* the product that is nearest to being that plan */
    for (uint32_t i = 0; i < lookup->count; i++) {
        const struct product *product = &lookup->products[i];
        if (lookup_plan(product, plan_id) && (!smallest || product->plan_count < smallest->plan_count)) smallest = product;
    }
    if (smallest) bytes_add_format(out, "%s (%s)", lookup_plan(smallest, plan_id)->name, smallest->name);
    return smallest != NULL;
}

static bool is_exact(const struct product *product, struct text name) {
    return text_equal_fold(name, text_of(product->sku_id)) || text_equal_fold(name, text_of(product->part_number)) || same_name(name, text_of(product->name));
}

static void add_product(struct bytes *out, const struct product *product, bool comma) {
    bytes_add_format(out, "%s%s (%s)", comma ? ", " : "", product->name, product->part_number);
}

static size_t distance_to(const struct product *product, struct text name) {
    const struct known_product *row = find_known(text_of(product->sku_id));
    size_t best = text_distance(name, text_of(product->part_number), 100), other = text_distance(name, text_of(product->name), 100);
    if (other < best) best = other;
    struct text rest = text_of(row ? row->aliases : NULL), alias;
    while (text_split_next(&rest, '|', &alias))
        if ((other = text_distance(name, alias, 100)) < best) best = other;
    return best;
}

static void add_nearest(const struct lookup *lookup, struct bytes *out, struct text name) {
    bool *told = ALLOC_ARRAY(bool, lookup->count + 1);
    for (int shown = 0; shown < NEAREST; shown++) {
        uint32_t best = lookup->count;
        for (uint32_t i = 0; i < lookup->count; i++)
            if (!told[i] && (best == lookup->count || distance_to(&lookup->products[i], name) < distance_to(&lookup->products[best], name))) best = i;
        if (best == lookup->count) break;
        told[best] = true;
        add_product(out, &lookup->products[best], shown > 0);
    }
    alloc_free(told);
}

static enum status raise_unknown(struct lookup *lookup, struct text name) {
    struct realm *realm = graph_client_realm(lookup->client);
    struct bytes near = {0};
    const char *owned_elsewhere = NULL;
    for (int i = 0; i < KNOWN_COUNT && !owned_elsewhere; i++)
        if (text_equal_fold(name, text_of(known[i].part_number)) || text_equal_fold(name, text_of(known[i].sku_id)) || same_name(name, text_of(known[i].name)) || has_alias(&known[i], name))
            owned_elsewhere = known[i].name;
    add_nearest(lookup, &near, name);
    struct value target = string_new(name);
    enum status status = owned_elsewhere
        ? realm_raise_target(realm, "System.ArgumentException", "UnknownProduct", ERROR_OBJECT_NOT_FOUND, target,
                             "The tenant does not own '%.*s' (%s). Nearest among what it owns: %s. Get-Sku lists all.", TEXT_ARGUMENT(name), owned_elsewhere, near.data ? near.data : "nothing")
        : realm_raise_target(realm, "System.ArgumentException", "UnknownProduct", ERROR_OBJECT_NOT_FOUND, target,
                             "There is no product '%.*s' in the tenant. Nearest: %s. Get-Sku lists all.", TEXT_ARGUMENT(name), near.data ? near.data : "nothing");
    value_release(target);
    bytes_free(&near);
    return status;
}

static enum status raise_ambiguous(struct lookup *lookup, struct text name) {
    struct bytes both = {0};
    for (uint32_t i = 0; i < lookup->count; i++)
        if (product_has_alias(&lookup->products[i], name)) add_product(&both, &lookup->products[i], both.length > 0);
    struct value target = string_new(name);
    enum status status = realm_raise_target(graph_client_realm(lookup->client), "System.ArgumentException", "AmbiguousProduct", ERROR_INVALID_ARGUMENT, target,
                                            "'%.*s' means more than one product of this tenant: %s. Give the part number in brackets.", TEXT_ARGUMENT(name), both.data);
    value_release(target);
    bytes_free(&both);
    return status;
}

enum status lookup_product(struct lookup *lookup, struct text name, const struct graph_watch *watch, const struct product **out) {
    const struct product *products;
    uint32_t count;
    name = text_trim(name);
    enum status status = lookup_products(lookup, USUAL_AGE, watch, &products, &count);
    if (status != STATUS_OK) return status;
    const struct product *found = NULL;
    uint32_t aliased = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (is_exact(&products[i], name)) {
            *out = &products[i];
            return STATUS_OK;
        }
        if (product_has_alias(&products[i], name)) found = &products[i], aliased++;
    }
    if (aliased > 1) return raise_ambiguous(lookup, name);
    if (!found) return raise_unknown(lookup, name);
    *out = found;
    return STATUS_OK;
}
