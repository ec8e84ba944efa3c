/* Users (or groups) by id or name: one by a plain request, several by batch; given out in the order in which they were asked. */
#include "directory_private.h"

#include "m365sh/graph/batch.h"
#include "m365sh/graph/error.h"
#include "m365sh/graph/filter.h"
#include "m365sh/limits.h"
#include "m365sh/net/percent.h"

struct slot { struct bytes key; struct value object, error; bool ready, asked; };
struct user_reader {
    struct invocation *call;
    enum graph_resource resource;
    const char *type_name;
    struct bytes select;
    struct slot **slots;
    size_t count, capacity, asked, emitted;
    struct batch_stream *stream;
    struct graph_watch watch;
};

struct user_reader *user_reader_new(struct invocation *call, enum graph_resource resource, const char *type_name, struct text select) {
    struct user_reader *reader = ALLOC_NEW(struct user_reader);
    reader->call = call;
    reader->resource = resource;
    reader->type_name = type_name;
    reader->watch = directory_watch(call);
    bytes_add_text(&reader->select, select);
    return reader;
}

static struct value not_found(struct user_reader *reader, struct text key) {
    const char *entity = resource_row(reader->resource)->entity;
    struct value target = string_new(key);
    struct value message = string_format("There is no %s '%.*s' in the tenant.", entity, TEXT_ARGUMENT(key));
    struct value exception = exception_new(reader->call->realm, "Microsoft.PowerShell.Commands.HttpResponseException", string_text(message), VALUE_UNSET_INIT);
    struct value record = error_record_new(reader->call->realm, exception, TEXT("Graph.Request_ResourceNotFound"), ERROR_OBJECT_NOT_FOUND, target);
    value_release(exception);
    value_release(message);
    value_release(target);
    return record;
}

static enum status take_part(void *context, struct graph_part *part) {
    struct user_reader *reader = context;
    struct slot *slot = part->context;
    struct graph_client *client = directory_client(reader->call);
    slot->ready = true;
    if (part_succeeded(part)) {
        slot->object = decode_object_take(graph_client_decoder(client), reader->resource, reader->type_name, part->answer, graph_client_generation(client));
        part->answer = value_null();
    } else if (part->status == 404) {
        slot->error = not_found(reader, bytes_text(&slot->key));
    } else {
        struct value target = string_from_bytes(&slot->key);
        slot->error = part_error(reader->call->realm, part, target);
        value_release(target);
    }
    part_free(part);
    return STATUS_OK;
}

static void add_path(struct user_reader *reader, struct bytes *path, struct text key) {
    bytes_add_format(path, "%s/", resource_row(reader->resource)->path);
    percent_add(path, key, PERCENT_SEGMENT);
    if (!reader->select.length) return;
    bytes_add_string(path, "?$select=");
    bytes_add_text(path, bytes_text(&reader->select));
}

/* Neither id nor principal name: a display name, which may fit several. */
static bool is_display_name(struct user_reader *reader, struct text key) {
    return !directory_is_guid(key) && (reader->resource == GRAPH_GROUP || text_find_byte(key, '@', 0) == TEXT_NOT_FOUND);
}

static enum status keep_all(void *context, struct value v) {
    array_push(*(struct value *)context, v);
    return STATUS_OK;
}

static enum status read_by_name(struct user_reader *reader, struct slot *slot) {
    struct bytes filter = {0};
    struct value found = array_new(reader->call->realm, NULL, 2);
    bytes_add_string(&filter, "displayName eq ");
    filter_add_text(&filter, bytes_text(&slot->key));
    const struct graph_query query = {.resource = reader->resource, .type_name = reader->type_name, .select = bytes_text(&reader->select),
                                      .filter = bytes_text(&filter), .watch = &reader->watch};
    enum status status = page_read(directory_client(reader->call), &query, (struct emitter){keep_all, &found});
    bytes_free(&filter);
    slot->ready = true;
    if (status == STATUS_OK && array_count(found)) slot->object = value_keep(found);
    else if (status == STATUS_OK) slot->error = not_found(reader, bytes_text(&slot->key));
    value_release(found);
    return status;
}

static enum status read_one(struct user_reader *reader, struct slot *slot) {
    struct bytes path = {0};
    add_path(reader, &path, bytes_text(&slot->key));
    const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .watch = &reader->watch};
    struct graph_client *client = directory_client(reader->call);
    struct value answer;
    enum status status = graph_fetch(client, &request, &answer);
    bytes_free(&path);
    slot->ready = status != STATUS_INTERRUPTED;
    if (status == STATUS_OK) slot->object = decode_object_take(graph_client_decoder(client), reader->resource, reader->type_name, answer, graph_client_generation(client));
    if (status != STATUS_ERROR) return status;
    if (error_record_category(reader->call->realm->raised) != ERROR_OBJECT_NOT_FOUND) return status;
    value_release(realm_take_raised(reader->call->realm));
    slot->error = not_found(reader, bytes_text(&slot->key));
    return STATUS_OK;
}

static enum status ask(struct user_reader *reader, struct slot *slot) {
    if (is_display_name(reader, bytes_text(&slot->key))) return read_by_name(reader, slot);
    struct bytes url = {0};
    bytes_add_byte(&url, '/');
    add_path(reader, &url, bytes_text(&slot->key));
    if (!reader->stream) reader->stream = batch_stream_reads(directory_client(reader->call), take_part, reader, &reader->watch);
    struct graph_part *part = part_new("GET", bytes_text(&url), slot);
    bytes_free(&url);
    return batch_stream_add_take(reader->stream, part);
}

static enum status ask_waiting(struct user_reader *reader) {
    enum status status = STATUS_OK;
    while (reader->asked < reader->count && status == STATUS_OK) status = ask(reader, reader->slots[reader->asked++]);
    return status;
}

enum status user_reader_add(struct user_reader *reader, struct text key) {
    struct slot *slot = ALLOC_NEW(struct slot);
    bytes_add_text(&slot->key, key);
    ALLOC_GROW(reader->slots, reader->capacity, reader->count + 1);
    reader->slots[reader->count++] = slot;
    return reader->count - reader->asked < LIMIT_BATCH_PARTS ? STATUS_OK : ask_waiting(reader);
}

enum status user_reader_emit(struct user_reader *reader, struct emitter out) {
    enum status status = STATUS_OK;
    while (status == STATUS_OK && reader->emitted < reader->count && reader->slots[reader->emitted]->ready) {
        struct slot *slot = reader->slots[reader->emitted++];
        if (slot->error.kind != VALUE_UNSET) {
            status = invocation_error_take(reader->call, slot->error);
            slot->error = VALUE_UNSET_INIT;
        } else if (slot->object.kind == VALUE_ARRAY) {
            for (uint32_t i = 0; i < array_count(slot->object) && status == STATUS_OK; i++) status = out.emit(out.context, array_at(slot->object, i));
        } else {
            status = out.emit(out.context, slot->object);
        }
        value_release(slot->object);
        slot->object = VALUE_UNSET_INIT;
    }
    return status;
}

enum status user_reader_finish(struct user_reader *reader, struct emitter out) {
    enum status status = STATUS_OK;
    bool is_single = reader->count - reader->asked == 1 && !reader->stream && !is_display_name(reader, bytes_text(&reader->slots[reader->asked]->key));
    if (is_single) status = read_one(reader, reader->slots[reader->asked++]);
    else status = ask_waiting(reader);
    if (reader->stream) {
        enum status finished = batch_stream_finish(reader->stream);
        if (status == STATUS_OK) status = finished;
    }
    return status == STATUS_OK ? user_reader_emit(reader, out) : status;
}

void user_reader_free(struct user_reader *reader) {
    if (!reader) return;
    batch_stream_free(reader->stream);
    for (size_t i = 0; i < reader->count; i++) {
        bytes_free(&reader->slots[i]->key);
        value_release(reader->slots[i]->object);
        value_release(reader->slots[i]->error);
        alloc_free(reader->slots[i]);
    }
    alloc_free(reader->slots);
    bytes_free(&reader->select);
    alloc_free(reader);
}
