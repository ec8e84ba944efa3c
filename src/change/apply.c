/* Record, send, record. What ends without an answer is looked up before it is sent again. */
#include "change_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/graph/decode.h"
#include "m365sh/graph/error.h"
#include "m365sh/graph/write.h"
#include "m365sh/json/json.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define ROUNDS_MOST 5

static void add_id(struct bytes *out, const char *id, bool comma) {
    bytes_add_format(out, "%s\"%s\"", comma ? "," : "", id);
}

static const struct sku_add *find_add(const struct change_item *item, const char *id) {
    for (uint32_t i = 0; i < item->add_count; i++)
        if (!strcmp(item->add[i].id.text, id)) return &item->add[i];
    return NULL;
}

void apply_add_body(struct bytes *out, struct realm *realm, const struct change_item *item) {
    if (item->kind == ITEM_PROPERTIES) {
        if (encode_body(realm, item->properties, out) != STATUS_OK) value_release(realm_take_raised(realm));
        return;
    }
    bytes_add_string(out, "{\"addLicenses\":[");
    for (uint32_t i = 0; i < item->sent_add.count; i++) {
        const struct sku_add *add = find_add(item, item->sent_add.items[i].text);
        bytes_add_format(out, "%s{\"skuId\":\"%s\",\"disabledPlans\":[", i ? "," : "", item->sent_add.items[i].text);
        for (uint32_t k = 0; add && k < add->disabled.count; k++) add_id(out, add->disabled.items[k].text, k > 0);
        bytes_add_string(out, "]}");
    }
    bytes_add_string(out, "],\"removeLicenses\":["); /* both arrays are demanded, also empty */
    for (uint32_t i = 0; i < item->sent_remove.count; i++) add_id(out, item->sent_remove.items[i].text, i > 0);
    bytes_add_string(out, "]}");
}

static struct graph_part *write_part(struct realm *realm, struct change_item *item) {
    struct bytes url = {0};
    bytes_add_string(&url, "/users/");
    graph_add_segment(&url, bytes_text(&item->id));
    if (item->kind == ITEM_LICENSE) bytes_add_string(&url, "/assignLicense");
    struct graph_part *part = part_new(item->kind == ITEM_LICENSE ? "POST" : "PATCH", bytes_text(&url), item);
    bytes_free(&url);
    apply_add_body(&part->body, realm, item);
    return part;
}

static enum status record_intent(struct change_queue *queue, struct change_item *item, const struct graph_part *part) {
    struct changes *changes = queue->changes;
    changes->number++;
    if (!changes->journal.intent) return STATUS_OK;
    struct bytes before = {0}, request = {0};
    struct fault fault = {0};
    before_add_state(changes->realm, &before, item);
    bytes_add_format(&request, "{\"method\":\"%s\",\"url\":", part->method);
    json_add_text(&request, bytes_text(&part->url));
    bytes_add_string(&request, ",\"body\":");
    bytes_add_text(&request, bytes_text(&part->body));
    bytes_add_byte(&request, '}');
    struct account *account = graph_client_account(changes->client);
    const struct journal_intent intent = {
        .number = changes->number, .tenant = text_of(account ? account->tenant_id : NULL),
        .kind = item->kind == ITEM_LICENSE ? TEXT("license") : TEXT("properties"), .target_id = bytes_text(&item->id),
        .target_name = bytes_text(&item->name), .before = bytes_text(&before), .request = bytes_text(&request)};
    enum status status = journal_note_intent(&changes->journal, &intent, &fault);
    bytes_free(&before);
    bytes_free(&request);
    return status == STATUS_OK ? status : realm_raise_fault(changes->realm, &fault, "JournalFailed");
}

static void note_written(struct changes *changes, struct text id) {
    int64_t *time = map_get(changes->written, id);
    if (!time) {
        time = ALLOC_NEW(int64_t);
        map_put(changes->written, id, time);
    }
    *time = clock_steady();
}

/* The service names service plans by id alone; people know them by name. */
static void add_plans(struct changes *changes, struct bytes *out, struct text message) {
    size_t before = out->length;
    for (size_t i = 0; changes->plan_name && i + 36 <= message.length; i++) {
        struct text id = text_slice(message, i, 36);
        if (id.start[8] != '-' || id.start[13] != '-' || id.start[18] != '-' || id.start[23] != '-') continue;
        bytes_add_string(out, out->length == before ? " Plans: " : ", ");
        if (!changes->plan_name(changes->names_context, id, out)) bytes_add_text(out, id);
        i += 35;
    }
    if (out->length > before) bytes_add_byte(out, '.');
}

static void settle_answer(struct change_queue *queue, struct change_item *item, struct graph_part *part) {
    struct realm *realm = queue->changes->realm;
    struct text code, message;
    if (part_succeeded(part)) {
        item->status = CHANGE_DONE;
        note_written(queue->changes, bytes_text(&item->id));
        return;
    }
    error_read(realm, part->answer, &code, &message);
    if (item->kind == ITEM_LICENSE && !item->sent_add.count && item->sent_remove.count == 1 && error_license(message) == LICENSE_NOT_HELD) {
        item->status = item->rounds > 1 ? CHANGE_DONE : CHANGE_ALREADY_ABSENT; /* somebody was quicker: absent is fine */
        note_written(queue->changes, bytes_text(&item->id));
        return;
    }
    struct value record = part_error(realm, part, item->target);
    struct bytes sentence = {0};
    bytes_add_format(&sentence, "%.*s: %.*s", TEXT_ARGUMENT(bytes_text(&item->name)), TEXT_ARGUMENT(error_record_message(record)));
    enum license_failure failure = error_license(message);
    if (failure == LICENSE_DEPENDENCY || failure == LICENSE_CONFLICT) add_plans(queue->changes, &sentence, message);
    value_release(item->error);
    item->error = record;
    struct value *place = object_find_text(realm, error_record_get(record, ERROR_EXCEPTION), TEXT("Message"));
    if (place) value_set_take(place, string_from_bytes(&sentence));
    bytes_free(&sentence);
    item->status = CHANGE_FAILED;
}

static enum status take_answer(void *context, struct graph_part *part) {
    struct change_queue *queue = context;
    struct change_item *item = part->context;
    bytes_clear(&item->request_id);
    bytes_add_text(&item->request_id, bytes_text(&part->request_id));
    item->state = ITEM_FINAL;
    switch (part->outcome) {
    case PART_ANSWERED: settle_answer(queue, item, part); break;
    case PART_UNKNOWN: item->status = CHANGE_UNKNOWN; break;
    case PART_NOT_SENT: item->status = item->rounds > 1 ? CHANGE_UNKNOWN : CHANGE_NOT_BEGUN; break;
    case PART_GIVEN_UP:
        report_error_take(item, CHANGE_FAILED, part_error(queue->changes->realm, part, item->target));
        break;
    }
    if (item->status == CHANGE_FAILED) queue->failures++;
    if (item->status == CHANGE_UNKNOWN) note_written(queue->changes, bytes_text(&item->id));
    queue->settled++;
    const struct journal_outcome outcome = {.status = text_of(change_status_name(item->status)), .request_id = bytes_text(&item->request_id)};
    (void)!journal_note_outcome(&queue->changes->journal, &outcome, NULL);
    part_free(part);
    report_progress(queue, false);
    /* An unknown outcome is looked up first: it must not be given out yet. */
    return queue->options.force && !queue->stopped && item->status != CHANGE_UNKNOWN ? report_emit(queue) : STATUS_OK;
}

enum status apply_send(struct change_queue *queue, struct change_item *item) {
    if (!queue->writes) queue->writes = write_stream(queue->changes->client, take_answer, queue, &queue->watch);
    if (!queue->begun) queue->begun = clock_steady();
    struct graph_part *part = write_part(queue->changes->realm, item);
    enum status status = record_intent(queue, item, part);
    if (status != STATUS_OK) {
        part_free(part);
        return status;
    }
    item->state = ITEM_SENT;
    item->rounds++;
    queue->sent++;
    return batch_stream_add_take(queue->writes, part);
}

static size_t collect(struct change_queue *queue, enum change_status status, struct change_item **out) {
    size_t count = 0;
    for (size_t i = queue->emitted; i < queue->count; i++)
        if (queue->items[i]->state == ITEM_FINAL && queue->items[i]->status == status && queue->items[i]->rounds) out[count++] = queue->items[i];
    return count;
}

/* Asks the tenant how the unknown ones ended; those that were not done are sent again. */
static enum status look_up(struct change_queue *queue, bool *more) {
    struct realm *realm = queue->changes->realm;
    struct change_item **items = ALLOC_ARRAY(struct change_item *, queue->count ? queue->count : 1);
    size_t count = collect(queue, CHANGE_UNKNOWN, items);
    enum status status = count ? before_read_again(queue, items, count) : STATUS_OK;
    *more = false;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (items[i]->user.kind != VALUE_OBJECT) continue; /* stays unknown */
        if (plan_holds(realm, items[i])) {
            items[i]->status = CHANGE_DONE;
        } else if (items[i]->rounds < ROUNDS_MOST && !queue->stopped) {
            queue->settled--, queue->sent--;
            status = apply_send(queue, items[i]);
            *more = true;
        } else if (!queue->stopped) { /* looked up: it is not so, and enough tries were made */
            report_error_take(items[i], CHANGE_FAILED, report_failure(queue, items[i], "NotDone", ERROR_RESOURCE_UNAVAILABLE,
                                                                      "%s: the service failed %d times; the change is not made.", items[i]->name.data, items[i]->rounds));
        }
    }
    alloc_free(items);
    return status;
}

static enum status finish_writes(struct change_queue *queue) {
    if (!queue->writes) return STATUS_OK;
    enum status status = batch_stream_finish(queue->writes);
    batch_stream_free(queue->writes);
    queue->writes = NULL;
    return status;
}

/* -Verify: is it so now, by the service's own word? */
static enum status verify(struct change_queue *queue) {
    struct change_item **items = ALLOC_ARRAY(struct change_item *, queue->count ? queue->count : 1);
    size_t count = collect(queue, CHANGE_DONE, items);
    enum status status = count ? before_read_again(queue, items, count) : STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool is_read = items[i]->user.kind == VALUE_OBJECT;
        if (is_read && plan_holds(queue->changes->realm, items[i])) continue;
        report_error_take(items[i], is_read ? CHANGE_FAILED : CHANGE_UNKNOWN,
                          report_failure(queue, items[i], "NotVerified", ERROR_INVALID_RESULT,
                                         is_read ? "%s: the service said yes, but reading back shows the old state." : "%s: the service said yes, but reading back failed.",
                                         items[i]->name.data));
    }
    alloc_free(items);
    return status;
}

enum status apply_finish(struct change_queue *queue) {
    enum status status = finish_writes(queue);
    bool gone = lane_is_gone(graph_client_lane(queue->changes->client)), more = true;
    while (status == STATUS_OK && !gone && more) {
        status = look_up(queue, &more);
        enum status finished = finish_writes(queue);
        if (status == STATUS_OK) status = finished;
        gone = lane_is_gone(graph_client_lane(queue->changes->client));
    }
    if (status == STATUS_OK && queue->options.verify && !gone) status = verify(queue);
    return status;
}

void apply_abandon(struct change_queue *queue) {
    queue->stopped = true;
    if (queue->reads) {
        batch_stream_stop(queue->reads);
        (void)!before_read_rest(queue);
    }
    if (queue->writes) {
        batch_stream_stop(queue->writes);
        (void)!finish_writes(queue);
    }
}
