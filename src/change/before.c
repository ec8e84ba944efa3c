/* What must be read first: objects that were read long ago, names, rows of a file; and what is read again because nobody
 * knows how a write ended. */
#include "change_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/graph/decode.h"
#include "m365sh/graph/resource.h"
#include "m365sh/json/json.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

static bool has_all(struct realm *realm, struct value user) {
    static const char *const names[] = {"Id", "LicenseAssignmentStates", "AssignedLicenses"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!object_find_text(realm, user, text_of(names[i]))) return false;
    return true;
}

bool before_is_trusted(struct change_queue *queue, const struct change_item *item) {
    struct changes *changes = queue->changes;
    int64_t age = decode_age(item->target, graph_client_generation(changes->client));
    if (age < 0 || age > CHANGE_TRUST_SECONDS * 1000000000LL || !has_all(changes->realm, item->target)) return false;
    const int64_t *written = map_get(changes->written, decode_text(changes->realm, item->target, "Id"));
    return !written || decode_read_at(item->target) > *written;
}

void before_accept(struct change_queue *queue, struct change_item *item, struct value user) {
    struct realm *realm = queue->changes->realm;
    struct text name = decode_text(realm, user, "UserPrincipalName"), id = decode_text(realm, user, "Id");
    if (!name.length) name = decode_text(realm, user, "DisplayName");
    bytes_clear(&item->id);
    bytes_add_text(&item->id, id);
    bytes_clear(&item->name);
    bytes_add_text(&item->name, name.length ? name : id);
    struct value kept = value_keep(user);
    value_release(item->user);
    item->user = kept;
    if (item->state < ITEM_READ) item->state = ITEM_READ;
}

static struct graph_part *read_part(struct text key, struct change_item *item) {
    struct bytes url = {0};
    bytes_add_string(&url, "/users/");
    graph_add_segment(&url, key);
    bytes_add_format(&url, "?$select=%s", resource_row(GRAPH_USER)->select);
    const struct shape *shape = item->kind == ITEM_PROPERTIES ? object_block(item->properties)->shape : NULL;
    for (uint32_t i = 0; shape && i < shape->count; i++)
        if (text_find(bytes_text(&url), text_of(shape->entries[i].spelling), 0) == TEXT_NOT_FOUND && !text_equal(text_of(shape->entries[i].spelling), TEXT("passwordProfile")))
            bytes_add_format(&url, ",%s", shape->entries[i].spelling);
    struct graph_part *part = part_new("GET", bytes_text(&url), item);
    bytes_free(&url);
    return part;
}

static struct value decoded_user(struct change_queue *queue, struct graph_part *part) {
    struct graph_client *client = queue->changes->client;
    struct value json = part->answer;
    part->answer = value_null();
    return decode_object_take(graph_client_decoder(client), GRAPH_USER, NULL, json, graph_client_generation(client));
}

static void fail_read(struct change_queue *queue, struct change_item *item, struct graph_part *part) {
    if (part->outcome == PART_NOT_SENT && !part->fault.length) {
        item->status = CHANGE_NOT_BEGUN;
        item->state = ITEM_FINAL;
        return;
    }
    if (part->outcome == PART_ANSWERED && part->status == 404) {
        report_error_take(item, CHANGE_FAILED, report_failure(queue, item, "UnknownUser", ERROR_OBJECT_NOT_FOUND,
                                                              "There is no user '%.*s' in the tenant. Give the user principal name or the id.", TEXT_ARGUMENT(bytes_text(&item->key))));
        return;
    }
    enum change_status status = part->outcome == PART_NOT_SENT ? CHANGE_NOT_BEGUN : CHANGE_FAILED;
    report_error_take(item, status, part_error(queue->changes->realm, part, item->target));
}

static enum status take_read(void *context, struct graph_part *part) {
    struct change_queue *queue = context;
    struct change_item *item = part->context;
    queue->reading--;
    if (part_succeeded(part)) {
        struct value user = decoded_user(queue, part);
        before_accept(queue, item, user);
        value_release(user);
    } else {
        fail_read(queue, item, part);
    }
    part_free(part);
    return STATUS_OK;
}

enum status before_read(struct change_queue *queue, struct change_item *item) {
    if (!queue->reads) queue->reads = batch_stream_reads(queue->changes->client, take_read, queue, &queue->watch);
    item->state = ITEM_READING;
    queue->reading++;
    return batch_stream_add_take(queue->reads, read_part(bytes_text(&item->key), item));
}

enum status before_read_rest(struct change_queue *queue) {
    if (!queue->reads) return STATUS_OK;
    enum status status = batch_stream_finish(queue->reads);
    batch_stream_free(queue->reads);
    queue->reads = NULL;
    return status;
}

static enum status take_again(void *context, struct graph_part *part) {
    struct change_queue *queue = context;
    struct change_item *item = part->context;
    value_release(item->user);
    item->user = part_succeeded(part) ? decoded_user(queue, part) : VALUE_UNSET_INIT;
    part_free(part);
    return STATUS_OK;
}

enum status before_read_again(struct change_queue *queue, struct change_item **items, size_t count) {
    struct batch_stream *stream = batch_stream_reads(queue->changes->client, take_again, queue, &queue->watch);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = batch_stream_add_take(stream, read_part(bytes_text(&items[i]->id), items[i]));
    enum status finished = batch_stream_finish(stream);
    batch_stream_free(stream);
    return status == STATUS_OK ? finished : status;
}

struct state_writer { struct realm *realm; struct bytes *out; bool any; };

static void add_assignment(void *context, struct text sku, struct text group, struct value state) {
    struct state_writer *writer = context;
    struct bytes plans = {0};
    if (encode_body(writer->realm, decode_get(writer->realm, state, "DisabledPlans"), &plans) != STATUS_OK) value_release(realm_take_raised(writer->realm));
    bytes_add_string(writer->out, writer->any ? ",{\"skuId\":" : "{\"skuId\":");
    json_add_text(writer->out, sku);
    bytes_add_string(writer->out, ",\"assignedByGroup\":");
    if (group.length) json_add_text(writer->out, group);
    else bytes_add_string(writer->out, "null");
    bytes_add_string(writer->out, ",\"disabledPlans\":");
    if (plans.length) bytes_add_text(writer->out, bytes_text(&plans));
    else bytes_add_string(writer->out, "[]");
    bytes_add_byte(writer->out, '}');
    writer->any = true;
    bytes_free(&plans);
}

void before_add_state(struct realm *realm, struct bytes *out, const struct change_item *item) {
    struct state_writer writer = {realm, out, false};
    if (item->user.kind != VALUE_OBJECT) return;
    if (item->kind == ITEM_LICENSE) {
        bytes_add_string(out, "{\"licenses\":[");
        plan_walk_assignments(realm, item->user, add_assignment, &writer);
        bytes_add_string(out, "]}");
        return;
    }
    struct value before = object_new(realm, NULL, 4);
    const struct shape *shape = object_block(item->properties)->shape;
    for (uint32_t i = 0; i < shape->count; i++)
        object_put(realm, before, text_of(shape->entries[i].spelling), decode_get(realm, item->user, shape->entries[i].spelling));
    if (encode_body(realm, before, out) != STATUS_OK) value_release(realm_take_raised(realm));
    value_release(before);
}
