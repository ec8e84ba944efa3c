/* The outcome of a run as objects, errors, progress and a closing line. */
#include "change_private.h"

#include <stdarg.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/graph/decode.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define SECOND 1000000000LL
#define UNKNOWN_SHOWN 20

void report_count(struct change_totals *totals, enum change_status status) {
    switch (status) {
    case CHANGE_DONE: totals->done++; break;
    case CHANGE_FAILED: totals->failed++; break;
    case CHANGE_REFUSED: totals->refused++; break;
    case CHANGE_UNKNOWN: totals->unknown++; break;
    case CHANGE_NOT_BEGUN: totals->not_begun++; break;
    default: totals->nothing_to_do++;
    }
}

void report_error_take(struct change_item *item, enum change_status status, struct value record) {
    value_release(item->error);
    item->error = record;
    item->status = status;
    item->state = ITEM_FINAL;
}

struct value report_failure(struct change_queue *queue, struct change_item *item, const char *id, enum error_category category, const char *format, ...) {
    struct bytes message = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    struct realm *realm = queue->changes->realm;
    struct value exception = exception_new(realm, "System.InvalidOperationException", bytes_text(&message), VALUE_UNSET_INIT);
    struct value record = error_record_new(realm, exception, text_of(id), category, item->target);
    value_release(exception);
    bytes_free(&message);
    return record;
}

void report_add_product(struct change_queue *queue, struct bytes *out, struct text sku_id) {
    struct changes *changes = queue->changes;
    if (changes->product_name) changes->product_name(changes->names_context, sku_id, out);
    else bytes_add_text(out, sku_id);
}

/* A few groups only: each name is asked for once. */
void report_add_group(struct change_queue *queue, struct bytes *out, struct text group_id) {
    struct changes *changes = queue->changes;
    char *name = map_get(changes->group_names, group_id);
    if (!name && group_id.length) {
        struct bytes path = {0};
        struct value group = value_null();
        bytes_add_string(&path, "groups/");
        graph_add_segment(&path, group_id);
        bytes_add_string(&path, "?$select=id,displayName");
        const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .watch = &queue->watch};
        if (graph_get(changes->client, GRAPH_GROUP, &request, &group) == STATUS_ERROR) value_release(realm_take_raised(changes->realm));
        struct text found = decode_text(changes->realm, group, "DisplayName");
        name = alloc_text(found.start, found.length);
        alloc_free(map_put(changes->group_names, group_id, name));
        value_release(group);
        bytes_free(&path);
    }
    if (name && *name) bytes_add_format(out, "'%s'", name);
    else bytes_add_text(out, group_id);
}

static struct value product_names(struct change_queue *queue, const struct sku_list *skus) {
    struct value names = array_new(queue->changes->realm, NULL, skus->count);
    struct bytes name = {0};
    for (uint32_t i = 0; i < skus->count; i++) {
        bytes_clear(&name);
        report_add_product(queue, &name, text_of(skus->items[i].text));
        array_push_take(names, string_from_bytes(&name));
    }
    bytes_free(&name);
    return names;
}

static void list_sku(void *context, struct text sku, struct text group, struct value state) {
    (void)group, (void)state;
    sku_list_add(context, sku);
}

/* Products that the user still has: those held before without what went, with what came. */
static struct value kept_names(struct change_queue *queue, const struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    struct sku_list before = {0}, kept = {0};
    if (item->user.kind == VALUE_OBJECT) plan_walk_assignments(realm, item->user, list_sku, &before);
    for (uint32_t i = 0; i < before.count; i++) {
        struct text sku = text_of(before.items[i].text);
        bool gone = item->status == CHANGE_DONE && sku_list_has(&item->sent_remove, sku) && !plan_holding(realm, item->user, sku).by_group;
        if (!gone && !(item->status == CHANGE_DONE && sku_list_has(&item->sent_add, sku))) sku_list_add(&kept, sku);
    }
    struct value names = product_names(queue, &kept);
    sku_list_free(&before);
    sku_list_free(&kept);
    return names;
}

static void add_names(struct change_queue *queue, struct bytes *out, const char *verb, const struct sku_list *skus) {
    for (uint32_t i = 0; i < skus->count; i++) {
        if (out->length) bytes_add_string(out, ", ");
        bytes_add_string(out, i ? "" : verb);
        report_add_product(queue, out, text_of(skus->items[i].text));
    }
}

static void add_property_change(struct change_queue *queue, struct bytes *out, const struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    const struct shape *shape = object_block(item->properties)->shape;
    for (uint32_t i = 0; i < shape->count; i++) {
        const char *name = shape->entries[i].spelling;
        bool secret = text_equal(text_of(name), TEXT("passwordProfile"));
        struct bytes after = {0};
        if (encode_body(realm, object_block(item->properties)->slots[i], &after) != STATUS_OK) value_release(realm_take_raised(realm));
        bytes_add_format(out, "%s%c%s = ", i ? ", " : "Set ", name[0] >= 'a' ? name[0] - 32 : name[0], name + 1);
        bytes_add_text(out, secret ? TEXT("(secret)") : bytes_text(&after));
        bytes_free(&after);
    }
}

static void add_change(struct change_queue *queue, struct bytes *out, const struct change_item *item) {
    if (item->kind == ITEM_PROPERTIES) {
        add_property_change(queue, out, item);
        return;
    }
    struct sku_list adds = {0};
    for (uint32_t i = 0; i < item->add_count; i++) sku_list_add(&adds, text_of(item->add[i].id.text));
    add_names(queue, out, "Add ", &adds);
    add_names(queue, out, "Remove ", item->remove.count ? &item->remove : &item->sent_remove);
    if (!out->length && item->remove_all) bytes_add_string(out, "Remove all");
    sku_list_free(&adds);
}

static struct value type_names_of(struct realm *realm, const char *name) {
    struct value names = array_new(realm, NULL, 1);
    array_push_take(names, string_of(name));
    return names;
}

static struct value result_of(struct change_queue *queue, const struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    struct value result = object_new(realm, NULL, 6);
    struct bytes change = {0};
    add_change(queue, &change, item);
    object_put_take(realm, result, "User", string_from_bytes(&item->name));
    object_put_take(realm, result, "Change", string_from_bytes(&change));
    object_put_take(realm, result, "Status", string_of(change_status_name(item->status)));
    bytes_free(&change);
    if (item->kind == ITEM_LICENSE) {
        const struct sku_list none = {0};
        if (item->add_count) object_put_take(realm, result, "Added", product_names(queue, item->status == CHANGE_DONE ? &item->sent_add : &none));
        object_put_take(realm, result, "Removed", product_names(queue, item->status == CHANGE_DONE ? &item->sent_remove : &none));
        object_put_take(realm, result, "Kept", kept_names(queue, item));
    }
    object_put_take(realm, result, "RequestId", string_from_bytes(&item->request_id));
    value_set_take(&object_block(result)->type_names, type_names_of(realm, "M365.ChangeResult"));
    return result;
}

static void add_path(struct change_queue *queue, struct bytes *out, const struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    for (uint32_t i = 0; i < item->sent_remove.count; i++) {
        struct holding holding = plan_holding(realm, item->user, text_of(item->sent_remove.items[i].text));
        bytes_add_string(out, out->length ? "" : "direct");
        if (!holding.by_group) continue;
        bytes_add_string(out, "; stays by group ");
        report_add_group(queue, out, holding.group_id);
    }
    for (uint32_t i = 0; i < item->inherited.count; i++) {
        struct holding holding = plan_holding(realm, item->user, text_of(item->inherited.items[i].text));
        if (out->length) bytes_add_string(out, ", ");
        bytes_add_string(out, "group ");
        report_add_group(queue, out, holding.group_id);
    }
    if (!out->length && item->sent_add.count) bytes_add_string(out, "direct");
}

static const char *reason_of(const struct change_item *item) {
    switch (item->status) {
    case CHANGE_ALREADY_ABSENT: return "not assigned: nothing to do";
    case CHANGE_ALREADY_PRESENT: return "already so: nothing to do";
    case CHANGE_REFUSED: return "inherited from a group: cannot be removed from the user alone";
    case CHANGE_FAILED: return "unknown user";
    default: return item->inherited.count ? "part of it is inherited from a group and stays" : "";
    }
}

static struct value preview_of(struct change_queue *queue, const struct change_item *item) {
    struct realm *realm = queue->changes->realm;
    struct value preview = object_new(realm, NULL, 4);
    struct bytes change = {0}, path = {0};
    add_change(queue, &change, item);
    add_path(queue, &path, item);
    object_put_take(realm, preview, "User", string_from_bytes(&item->name));
    object_put_take(realm, preview, "Change", string_from_bytes(&change));
    object_put_take(realm, preview, "Path", string_from_bytes(&path));
    object_put_take(realm, preview, "Reason", string_of(reason_of(item)));
    value_set_take(&object_block(preview)->type_names, type_names_of(realm, "M365.ChangePreview"));
    bytes_free(&change);
    bytes_free(&path);
    return preview;
}

static enum status emit_item(struct change_queue *queue, struct change_item *item) {
    enum status status = STATUS_OK;
    if (!queue->what_if) report_count(&queue->changes->totals, item->status);
    bool shows_object = item->kind != ITEM_ERROR && !queue->options.keep_quiet && !(item->status == CHANGE_FAILED && item->user.kind == VALUE_UNSET);
    if (shows_object && !queue->downstream_gone) {
        struct value result = queue->what_if ? preview_of(queue, item) : result_of(queue, item);
        status = invocation_emit_take(queue->call, result);
        if (status == STATUS_STOP) queue->downstream_gone = true, status = STATUS_OK;
    }
    bool tells_error = item->error.kind != VALUE_UNSET && !(queue->what_if && item->status == CHANGE_REFUSED);
    if (tells_error && queue->what_if && item->inherited.count) tells_error = false; /* the preview's Reason says it */
    if (tells_error && status == STATUS_OK) {
        struct value record = item->error;
        item->error = VALUE_UNSET_INIT;
        status = invocation_error_take(queue->call, record);
    }
    if ((item->status == CHANGE_ALREADY_ABSENT || item->status == CHANGE_ALREADY_PRESENT) && status == STATUS_OK && invocation_verbose_on(queue->call))
        status = invocation_verbose(queue->call, "%s: nothing to do (%s).", item->name.data, change_status_name(item->status));
    return status;
}

enum status report_emit(struct change_queue *queue) {
    enum status status = STATUS_OK;
    while (queue->emitted < queue->count && status == STATUS_OK) {
        struct change_item *item = queue->items[queue->emitted];
        if (item->state != ITEM_FINAL) break;
        if (item->status == CHANGE_UNKNOWN && !queue->decided) break; /* will be looked up */
        item->state = ITEM_EMITTED;
        queue->emitted++;
        status = emit_item(queue, item);
        value_release(item->user);
        value_release(item->target);
        item->user = item->target = VALUE_UNSET_INIT;
    }
    return status;
}

void report_progress(struct change_queue *queue, bool done) {
    int64_t now = clock_steady();
    if (!queue->begun || (!done && now - queue->shown < SECOND / 10)) return;
    queue->shown = now;
    double seconds = (double)(now - queue->begun) / (double)SECOND, rate = seconds > 0 ? (double)queue->settled / seconds : 0;
    size_t total = queue->to_send > queue->settled ? queue->to_send : queue->settled;
    struct bytes line = {0};
    bytes_add_format(&line, "%zu of %zu, %.0f/s", queue->settled, total, rate);
    if (queue->failures) bytes_add_format(&line, ", %zu failed", queue->failures);
    int64_t pause = lane_pause_left(graph_client_lane(queue->changes->client));
    if (pause > 0) bytes_add_format(&line, ", the service asks to wait %lld s", (long long)(pause + 999) / 1000);
    else if (rate > 0 && total > queue->settled) bytes_add_format(&line, ", %.0f s left", (double)(total - queue->settled) / rate);
    invocation_progress(queue->call, TEXT("Changing the tenant"), bytes_text(&line), total ? (int)(100 * queue->settled / total) : 0, done);
    bytes_free(&line);
}

/* Where results can no longer be given out, the unknown ones are at least named. */
static void add_unknown(struct change_queue *queue, struct bytes *line) {
    size_t shown = 0;
    for (size_t i = queue->emitted; i < queue->count && shown < UNKNOWN_SHOWN; i++) {
        if (queue->items[i]->status != CHANGE_UNKNOWN) continue;
        bytes_add_format(line, "%s%s", shown++ ? ", " : " Unknown: ", queue->items[i]->name.data);
    }
    if (shown == UNKNOWN_SHOWN) bytes_add_string(line, " …");
}

void report_summary(struct change_queue *queue, bool at_terminal) {
    if (queue->what_if) return;
    size_t counts[CHANGE_STATUS_COUNT] = {0};
    for (size_t i = 0; i < queue->count; i++) counts[queue->items[i]->status]++;
    if (!counts[CHANGE_UNKNOWN] && !counts[CHANGE_NOT_BEGUN]) return;
    struct bytes line = {0};
    bytes_add_format(&line, "The run ended early: %zu done, %zu unknown, %zu not begun", counts[CHANGE_DONE], counts[CHANGE_UNKNOWN], counts[CHANGE_NOT_BEGUN]);
    if (counts[CHANGE_FAILED] + counts[CHANGE_REFUSED]) bytes_add_format(&line, ", %zu failed or refused", counts[CHANGE_FAILED] + counts[CHANGE_REFUSED]);
    bytes_add_string(&line, ". Running the same command again finishes it: what is done is left alone.");
    struct host *host = queue->call->host;
    sig_atomic_t interrupted = process_signals.interrupted; /* it is told in spite of Ctrl-C, and because of it */
    process_signals.interrupted = 0;
    enum status status = STATUS_OK;
    if (at_terminal) {
        add_unknown(queue, &line);
        bytes_add_byte(&line, '\n');
        if (host && host->print_error) status = host->print_error(host, bytes_text(&line));
    } else {
        status = invocation_error(queue->call, "System.OperationCanceledException", "RunEndedEarly", ERROR_OPERATION_STOPPED, value_null(), "%s", line.data);
    }
    process_signals.interrupted |= interrupted;
    if (status == STATUS_ERROR) value_release(realm_take_raised(queue->changes->realm)); /* -ErrorAction Stop: it has ended anyway */
    bytes_free(&line);
}
