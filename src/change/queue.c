#include "change_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/value/string.h"

static void show_request(void *context, struct text line) {
    struct invocation *call = context;
    if (invocation_verbose_on(call) && invocation_verbose(call, "%.*s", TEXT_ARGUMENT(line)) != STATUS_OK)
        value_release(realm_take_raised(call->realm)); /* -Verbose cannot end a run that has begun to write */
}

static bool previews(const struct invocation *call) {
    if (call->what_if >= 0) return call->what_if == 1;
    struct value v = call->host && call->host->variable_get ? call->host->variable_get(call->host, TEXT("WhatIfPreference"), SCOPE_CURRENT) : VALUE_UNSET_INIT;
    bool truth = v.kind != VALUE_UNSET && value_truth(v);
    value_release(v);
    return truth;
}

struct change_queue *change_queue_new(struct changes *changes, struct invocation *call, const struct change_options *options) {
    struct change_queue *queue = ALLOC_NEW(struct change_queue);
    queue->changes = changes;
    queue->call = call;
    queue->options = *options;
    queue->what_if = previews(call);
    if (call->confirm == 1 && options->force) { /* -Confirm was said expressly: each is asked for, the guard is content */
        queue->options.force = false;
        queue->guarded = true;
    }
    queue->by_id = map_new(MAP_FOLD);
    queue->watch = options->watch ? *options->watch : (struct graph_watch){show_request, call};
    return queue;
}

static struct change_item *item_new(struct change_queue *queue, enum item_kind kind, struct value target, struct text key) {
    struct change_item *item = ALLOC_NEW(struct change_item);
    item->kind = kind;
    item->target = value_keep(target);
    bytes_add_text(&item->key, key);
    bytes_add_text(&item->name, key);
    ALLOC_GROW(queue->items, queue->capacity, queue->count + 1);
    queue->items[queue->count++] = item;
    return item;
}

static void item_free(struct change_item *item) {
    value_release(item->target);
    value_release(item->user);
    value_release(item->properties);
    value_release(item->error);
    struct bytes *texts[] = {&item->key, &item->id, &item->name, &item->request_id};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) bytes_free(texts[i]);
    for (uint32_t i = 0; i < item->add_count; i++) sku_list_free(&item->add[i].disabled);
    alloc_free(item->add);
    sku_list_free(&item->remove);
    sku_list_free(&item->sent_add);
    sku_list_free(&item->sent_remove);
    sku_list_free(&item->inherited);
    alloc_free(item);
}

static void merge_lists(struct sku_list *into, const struct sku_list *from) {
    for (uint32_t i = 0; i < from->count; i++) sku_list_add(into, text_of(from->items[i].text));
}

/* The same user a second time. Removals join the request that waits; anything else waits until the first has ended. */
static bool join_twin(struct change_queue *queue, struct change_item *item) {
    struct change_item *twin = map_get(queue->by_id, bytes_text(&item->id));
    if (!twin || twin == item) return false;
    bool mergeable = twin->state == ITEM_PLANNED && twin->kind == ITEM_LICENSE && item->kind == ITEM_LICENSE && !item->sent_add.count && !twin->sent_add.count;
    if (mergeable) {
        bool anything_new = false;
        for (uint32_t i = 0; i < item->sent_remove.count; i++) anything_new |= !sku_list_has(&twin->sent_remove, text_of(item->sent_remove.items[i].text));
        merge_lists(&twin->sent_remove, &item->sent_remove);
        if (!anything_new) { /* the first takes away all that this one wanted */
            item->state = ITEM_FINAL;
            item->status = CHANGE_ALREADY_ABSENT;
            return true;
        }
    }
    item->twin = twin;
    return true;
}

/* Plans what has been read, in order, as far as it goes. With -Force what is planned leaves at once. */
static enum status advance(struct change_queue *queue) {
    enum status status = STATUS_OK;
    for (; queue->planned < queue->count && status == STATUS_OK; queue->planned++) {
        struct change_item *item = queue->items[queue->planned];
        if (item->state < ITEM_READ) break;
        plan_item(queue, item);
        if (item->state != ITEM_PLANNED || queue->what_if) continue;
        if (join_twin(queue, item)) continue;
        map_put(queue->by_id, bytes_text(&item->id), item);
        queue->to_send++;
        if (queue->options.force && !queue->stopped) status = apply_send(queue, item);
    }
    if (status == STATUS_OK && queue->options.force && !queue->stopped) status = report_emit(queue);
    return status;
}

static enum status keep_failure(struct change_queue *queue, enum status status) {
    if (status == STATUS_OK || queue->failed != STATUS_OK) return status;
    queue->failed = status;
    queue->stopped = true;
    if (status == STATUS_ERROR) queue->raised = realm_take_raised(queue->changes->realm);
    return status;
}

static enum status enter(struct change_queue *queue, struct change_item *item) {
    enum status status = graph_client_connect(queue->changes->client);
    if (status == STATUS_OK && before_is_trusted(queue, item)) before_accept(queue, item, item->target);
    else if (status == STATUS_OK) status = before_read(queue, item);
    if (status == STATUS_OK && queue->reads) status = batch_stream_poll(queue->reads);
    if (status == STATUS_OK && queue->writes) status = batch_stream_poll(queue->writes);
    if (status == STATUS_OK) status = advance(queue);
    if (status == STATUS_OK) return status;
    keep_failure(queue, status);
    return change_queue_finish(queue);
}

enum status change_queue_license(struct change_queue *queue, struct value target, struct text key, const struct license_wish *wish) {
    struct change_item *item = item_new(queue, ITEM_LICENSE, target, key);
    item->remove_all = wish->remove_all;
    for (uint32_t i = 0; i < wish->remove_count; i++) sku_list_add(&item->remove, wish->remove[i]);
    item->add = ALLOC_ARRAY(struct sku_add, wish->add_count ? wish->add_count : 1);
    item->add_count = wish->add_count;
    for (uint32_t i = 0; i < wish->add_count; i++) {
        struct sku_list one = {0};
        sku_list_add(&one, wish->add[i].sku_id);
        item->add[i].id = one.items[0];
        sku_list_free(&one);
        item->add[i].sets_plans = wish->add[i].sets_plans;
        for (uint32_t k = 0; k < wish->add[i].disabled_count; k++) sku_list_add(&item->add[i].disabled, wish->add[i].disabled_plans[k]);
    }
    return enter(queue, item);
}

enum status change_queue_properties(struct change_queue *queue, struct value target, struct text key, struct value properties) {
    struct change_item *item = item_new(queue, ITEM_PROPERTIES, target, key);
    item->properties = value_keep(properties);
    return enter(queue, item);
}

enum status change_queue_refuse_take(struct change_queue *queue, struct value target, struct text key, struct value record) {
    struct change_item *item = item_new(queue, ITEM_ERROR, target, key);
    report_error_take(item, CHANGE_FAILED, record);
    return advance(queue);
}

/* -Confirm asks for each; what was refused is skipped. */
static enum status confirm_each(struct change_queue *queue) {
    for (size_t i = 0; i < queue->count; i++) {
        struct change_item *item = queue->items[i];
        if (item->state != ITEM_PLANNED || item->twin) continue;
        bool go_on = false;
        enum status status = invocation_should_process(queue->call, bytes_text(&item->name),
                                                       item->kind == ITEM_PROPERTIES ? TEXT("Change properties") : item->sent_add.count ? TEXT("Change licences") : TEXT("Remove licences"), &go_on);
        if (status != STATUS_OK) {
            queue->changes->totals.guard_stopped = true;
            return status;
        }
        if (go_on) continue;
        item->state = ITEM_FINAL;
        item->status = CHANGE_SKIPPED;
        queue->to_send--;
    }
    return STATUS_OK;
}

static enum status send_all(struct change_queue *queue) {
    enum status status = STATUS_OK;
    for (size_t i = 0; i < queue->count && status == STATUS_OK; i++) {
        struct change_item *item = queue->items[i];
        if (item->state == ITEM_PLANNED && !item->twin && !queue->stopped) status = apply_send(queue, item);
    }
    return status;
}

/* Those that waited for an earlier change of the same user: read again, planned again, sent. */
static enum status send_twins(struct change_queue *queue) {
    struct change_item **items = ALLOC_ARRAY(struct change_item *, queue->count ? queue->count : 1);
    size_t count = 0;
    for (size_t i = queue->emitted; i < queue->count; i++)
        if (queue->items[i]->state == ITEM_PLANNED && queue->items[i]->twin) items[count++] = queue->items[i];
    enum status status = count && !queue->stopped ? before_read_again(queue, items, count) : STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK && !queue->stopped; i++) {
        struct change_item *item = items[i];
        sku_list_free(&item->sent_add);
        sku_list_free(&item->sent_remove);
        sku_list_free(&item->inherited);
        item->state = item->user.kind == VALUE_OBJECT ? ITEM_READ : ITEM_FINAL;
        item->status = item->state == ITEM_FINAL ? CHANGE_NOT_BEGUN : item->status;
        plan_item(queue, item);
        if (item->state == ITEM_PLANNED) status = apply_send(queue, item);
        if (status == STATUS_OK) status = apply_finish(queue); /* one after another: they may be of one user */
    }
    alloc_free(items);
    return status;
}

/* What was never sent, whatever the reason. */
static void close_open_items(struct change_queue *queue) {
    for (size_t i = queue->emitted; i < queue->count; i++) {
        struct change_item *item = queue->items[i];
        if (item->state >= ITEM_FINAL) continue;
        item->status = item->state == ITEM_SENT ? CHANGE_UNKNOWN : CHANGE_NOT_BEGUN;
        item->state = ITEM_FINAL;
    }
}

static enum status carry_out(struct change_queue *queue) {
    enum status status = before_read_rest(queue);
    if (status == STATUS_OK) status = advance(queue);
    if (status != STATUS_OK || queue->what_if) return status;
    if (!queue->options.force) {
        status = guard_ask(queue);
        if (status == STATUS_OK) status = confirm_each(queue);
        if (status == STATUS_OK) status = send_all(queue);
    }
    if (status == STATUS_OK) status = apply_finish(queue);
    if (status == STATUS_OK) status = send_twins(queue);
    return status;
}

/* The service was gone before it saw anything of this run: nothing was changed, and the run ends with that. */
static bool never_reached(const struct change_queue *queue) {
    bool waits = false;
    if (!lane_is_gone(graph_client_lane(queue->changes->client))) return false;
    for (size_t i = 0; i < queue->count; i++) {
        enum change_status status = queue->items[i]->status;
        if (queue->items[i]->rounds && status != CHANGE_NOT_BEGUN) return false;
        waits |= status == CHANGE_NOT_BEGUN;
    }
    return waits;
}

static enum status say_never_reached(struct change_queue *queue) {
    struct account *account = graph_client_account(queue->changes->client);
    return invocation_throw(queue->call, "System.Net.Http.HttpRequestException", "Graph.NoConnection", ERROR_CONNECTION_ERROR, value_null(),
                            "The service at %s can no longer be reached. Nothing was changed.", account ? account->graph : "its address");
}

/* Results may flow while Ctrl-C is pending: what was done must be told. */
static enum status emit_in_spite(struct change_queue *queue) {
    sig_atomic_t interrupted = process_signals.interrupted;
    process_signals.interrupted = 0;
    enum status status = report_emit(queue);
    process_signals.interrupted |= interrupted;
    return status;
}

enum status change_queue_finish(struct change_queue *queue) {
    if (queue->finished) return queue->failed;
    queue->finished = true;
    if (queue->failed == STATUS_OK) keep_failure(queue, carry_out(queue));
    apply_abandon(queue); /* waits for what is in flight, when something ended it early */
    queue->decided = true;
    bool stopped_by_guard = queue->changes->totals.guard_stopped && !queue->sent;
    close_open_items(queue);
    report_progress(queue, true);
    if (stopped_by_guard) {
        queue->emitted = queue->count;
    } else if (never_reached(queue)) {
        queue->emitted = queue->count;
        if (queue->failed == STATUS_OK) return say_never_reached(queue);
    } else {
        enum status emitted = emit_in_spite(queue);
        if (queue->failed == STATUS_OK) queue->failed = emitted;
        else if (emitted == STATUS_ERROR) value_release(realm_take_raised(queue->changes->realm));
        report_summary(queue, false);
    }
    if (queue->failed == STATUS_ERROR && queue->raised.kind != VALUE_UNSET) {
        struct value raised = queue->raised;
        queue->raised = VALUE_UNSET_INIT;
        return realm_raise_record_take(queue->changes->realm, raised);
    }
    return queue->failed != STATUS_OK ? queue->failed : queue->downstream_gone ? STATUS_STOP : STATUS_OK;
}

void change_queue_free(struct change_queue *queue) {
    if (!queue) return;
    if (!queue->finished && queue->count) { /* the pipeline ended elsewhere: by an error, Ctrl-C, a stop */
        struct value raised = queue->changes->realm->raised;
        queue->changes->realm->raised = VALUE_UNSET_INIT;
        queue->finished = true;
        apply_abandon(queue);
        close_open_items(queue);
        if (queue->sent) {
            for (size_t i = queue->emitted; i < queue->count; i++) report_count(&queue->changes->totals, queue->items[i]->status);
            report_summary(queue, true);
        }
        value_release(queue->changes->realm->raised);
        queue->changes->realm->raised = raised;
    }
    batch_stream_free(queue->reads);
    batch_stream_free(queue->writes);
    for (size_t i = 0; i < queue->count; i++) item_free(queue->items[i]);
    alloc_free(queue->items);
    map_free(queue->by_id, NULL);
    value_release(queue->raised);
    alloc_free(queue);
}
