/* From what is wanted and what is there to what is sent. Licensing after Graph: only a direct assignment can be removed,
 * removing what is not held is an error that would spoil the other changes of the call, adding what is held replaces its
 * disabled plans. */
#include "change_private.h"

#include "m365sh/graph/decode.h"
#include "m365sh/value/array.h"
#include "m365sh/value/compare.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

void plan_walk_assignments(struct realm *realm, struct value user, void (*visit)(void *context, struct text sku, struct text group, struct value state), void *context) {
    struct value states = decode_get(realm, user, "LicenseAssignmentStates");
    for (uint32_t i = 0; states.kind == VALUE_ARRAY && i < array_count(states); i++) {
        struct value state = array_at(states, i);
        visit(context, decode_text(realm, state, "SkuId"), decode_text(realm, state, "AssignedByGroup"), state);
    }
}

struct holding_search { struct realm *realm; struct text sku; struct holding found; };

static void look_at(void *context, struct text sku, struct text group, struct value state) {
    struct holding_search *search = context;
    (void)state;
    if (!text_equal_fold(sku, search->sku)) return;
    if (group.length) search->found.by_group = true, search->found.group_id = group;
    else search->found.direct = true;
}

struct holding plan_holding(struct realm *realm, struct value user, struct text sku_id) {
    struct holding_search search = {.realm = realm, .sku = sku_id};
    plan_walk_assignments(realm, user, look_at, &search);
    return search.found;
}

static void want_direct(void *context, struct text sku, struct text group, struct value state) {
    struct change_item *item = context;
    (void)state;
    if (!group.length) sku_list_add(&item->remove, sku);
    else sku_list_add(&item->inherited, sku);
}

static void refuse_inherited(struct change_queue *queue, struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    struct bytes message = {0};
    for (uint32_t i = 0; i < item->inherited.count; i++) {
        struct text sku = text_of(item->inherited.items[i].text);
        struct holding holding = plan_holding(realm, item->user, sku);
        bytes_add_string(&message, message.length ? "; " : "");
        report_add_product(queue, &message, sku);
        bytes_add_string(&message, " of ");
        bytes_add_text(&message, bytes_text(&item->name));
        bytes_add_string(&message, " comes from the group ");
        report_add_group(queue, &message, holding.group_id);
        if (holding.direct) bytes_add_string(&message, ", and stays though the direct one is removed");
    }
    value_release(item->error);
    item->error = report_failure(queue, item, "InheritedLicense", ERROR_INVALID_OPERATION,
                                 "%s. Take the user out of that group, or the licence off the group.", message.data);
    bytes_free(&message);
}

static bool same_plans(struct realm *realm, struct value user, const struct sku_add *add) {
    struct value states = decode_get(realm, user, "LicenseAssignmentStates");
    for (uint32_t i = 0; states.kind == VALUE_ARRAY && i < array_count(states); i++) {
        struct value state = array_at(states, i);
        if (!text_equal_fold(decode_text(realm, state, "SkuId"), text_of(add->id.text)) || decode_text(realm, state, "AssignedByGroup").length) continue;
        struct value disabled = decode_get(realm, state, "DisabledPlans");
        uint32_t count = disabled.kind == VALUE_ARRAY ? array_count(disabled) : 0;
        if (count != add->disabled.count) return false;
        for (uint32_t k = 0; k < count; k++)
            if (array_at(disabled, k).kind != VALUE_STRING || !sku_list_has(&add->disabled, string_text(array_at(disabled, k)))) return false;
        return true;
    }
    return false;
}

static void plan_license(struct change_queue *queue, struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    if (item->remove_all) plan_walk_assignments(realm, item->user, want_direct, item);
    for (uint32_t i = 0; i < item->remove.count; i++) {
        struct text sku = text_of(item->remove.items[i].text);
        struct holding holding = plan_holding(realm, item->user, sku);
        if (holding.direct) sku_list_add(&item->sent_remove, sku);
        else if (holding.by_group) sku_list_add(&item->inherited, sku);
    }
    for (uint32_t i = 0; i < item->add_count; i++) {
        struct sku_add *add = &item->add[i];
        struct holding holding = plan_holding(realm, item->user, text_of(add->id.text));
        bool is_there = holding.direct && (!add->sets_plans || same_plans(realm, item->user, add));
        if (!is_there) sku_list_add(&item->sent_add, text_of(add->id.text));
    }
    if (item->inherited.count) refuse_inherited(queue, item);
    if (item->sent_add.count || item->sent_remove.count) return;
    item->state = ITEM_FINAL;
    item->status = item->inherited.count ? CHANGE_REFUSED : item->add_count ? CHANGE_ALREADY_PRESENT : CHANGE_ALREADY_ABSENT;
}

static void plan_properties(struct change_queue *queue, struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    const struct shape *shape = object_block(item->properties)->shape;
    for (uint32_t i = 0; i < shape->count; i++) {
        struct value *now = item->user.kind == VALUE_OBJECT ? object_find_text(realm, item->user, text_of(shape->entries[i].spelling)) : NULL;
        if (!now || !value_equals(*now, object_block(item->properties)->slots[i], false)) return; /* not known to be so: send */
    }
    item->state = ITEM_FINAL;
    item->status = CHANGE_ALREADY_PRESENT;
}

void plan_item(struct change_queue *queue, struct change_item *item) {
    if (item->state != ITEM_READ) return;
    item->state = ITEM_PLANNED;
    if (item->kind == ITEM_LICENSE) plan_license(queue, item);
    else plan_properties(queue, item);
}

bool plan_holds(struct realm *realm, struct change_item *item) {
    for (uint32_t i = 0; i < item->sent_remove.count; i++)
        if (plan_holding(realm, item->user, text_of(item->sent_remove.items[i].text)).direct) return false;
    for (uint32_t i = 0; i < item->sent_add.count; i++)
        if (!plan_holding(realm, item->user, text_of(item->sent_add.items[i].text)).direct) return false;
    if (item->kind != ITEM_PROPERTIES) return true;
    const struct shape *shape = object_block(item->properties)->shape;
    for (uint32_t i = 0; i < shape->count; i++) {
        struct value *now = object_find_text(realm, item->user, text_of(shape->entries[i].spelling));
        if (!now || !value_equals(*now, object_block(item->properties)->slots[i], false)) return false;
    }
    return true;
}
