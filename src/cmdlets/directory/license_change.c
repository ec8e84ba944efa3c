#include "license_change_private.h"

#define ID_LENGTH 36

struct reading { struct invocation *call; struct license_change *change; const struct product *last; };

static enum status add_product(void *context, struct text name) {
    struct reading *reading = context;
    enum status status = lookup_product(directory_services(reading->call)->lookup, name, &reading->change->watch, &reading->last);
    if (status == STATUS_OK) bytes_add(&reading->change->ids, reading->last->sku_id, ID_LENGTH);
    return status;
}

static enum status add_plan(void *context, struct text name) {
    struct reading *reading = context;
    struct lookup *lookup = directory_services(reading->call)->lookup;
    for (size_t i = 0; i + ID_LENGTH <= reading->change->ids.length; i += ID_LENGTH) {
        const struct product *product = lookup_by_id(lookup, text_make(reading->change->ids.data + i, ID_LENGTH));
        const struct service_plan *plan = product ? lookup_plan(product, name) : NULL;
        if (!plan) continue;
        bytes_add(&reading->change->plans, plan->id, ID_LENGTH);
        return STATUS_OK;
    }
    struct value target = string_new(name);
    enum status status = invocation_throw(reading->call, "System.ArgumentException", "UnknownServicePlan", ERROR_OBJECT_NOT_FOUND, target,
                                          "The product has no service plan '%.*s'. (Get-Sku PRODUCT).ServicePlans lists them.", TEXT_ARGUMENT(name));
    value_release(target);
    return status;
}

enum status license_change_products(struct invocation *call, struct license_change *change, struct value products, struct value plans) {
    struct reading reading = {call, change, NULL};
    bytes_clear(&change->ids);
    bytes_clear(&change->plans);
    enum status status = products.kind == VALUE_UNSET ? STATUS_OK : directory_each_text(products, add_product, &reading);
    if (status == STATUS_OK && plans.kind != VALUE_UNSET) status = directory_each_text(plans, add_plan, &reading);
    if (status == STATUS_ERROR && call->host->error_place) call->host->error_place(call->host, call, call->realm->raised);
    return status;
}

static uint32_t split(const struct bytes *ids, struct text *out, uint32_t most) {
    uint32_t count = 0;
    for (size_t i = 0; i + ID_LENGTH <= ids->length && count < most; i += ID_LENGTH) out[count++] = text_make(ids->data + i, ID_LENGTH);
    return count;
}

enum { PRODUCTS_MOST = 64, PLANS_MOST = 256 };

static enum status queue_one(struct invocation *call, struct license_change *change, struct value item, bool adds, bool remove_all, bool sets_plans) {
    struct text ids[PRODUCTS_MOST], plans[PLANS_MOST];
    struct sku_wish wishes[PRODUCTS_MOST];
    uint32_t count = split(&change->ids, ids, PRODUCTS_MOST), plan_count = split(&change->plans, plans, PLANS_MOST);
    for (uint32_t i = 0; i < count; i++) wishes[i] = (struct sku_wish){ids[i], plans, plan_count, sets_plans};
    struct license_wish wish = {.remove_all = remove_all};
    if (adds) wish.add = wishes, wish.add_count = count;
    else wish.remove = ids, wish.remove_count = count;
    struct bytes key = {0};
    enum status status;
    if (directory_user_key(call, item, &key)) status = change_queue_license(change->queue, item, bytes_text(&key), &wish);
    else status = change_queue_refuse_take(change->queue, item, TEXT_NONE, directory_no_key(call, item));
    bytes_free(&key);
    return status;
}

enum status license_change_users(struct invocation *call, struct license_change *change, struct value users, bool adds, bool remove_all, bool sets_plans) {
    struct value base = value_base(users);
    if (!value_is_array_like(base)) return queue_one(call, change, users, adds, remove_all, sets_plans);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(base) && status == STATUS_OK; i++) status = queue_one(call, change, array_at(base, i), adds, remove_all, sets_plans);
    return status;
}

void license_change_free(struct license_change *change) {
    change_queue_free(change->queue);
    bytes_free(&change->ids);
    bytes_free(&change->plans);
}
