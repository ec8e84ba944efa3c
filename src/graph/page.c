#include "m365sh/graph/page.h"

#include "graph_private.h"
#include "m365sh/json/json.h"
#include "m365sh/limits.h"
#include "m365sh/net/percent.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

struct reader {
    struct graph_client *client;
    const struct graph_query *query;
    struct graph_pending *pending;  /* the page that is on its way */
    struct value items;             /* the page that flows: decoded objects */
    struct bytes next;              /* its next link; empty: it is the last */
    int64_t given;
    bool is_first;
};

static void add_option(struct bytes *out, bool *any, const char *name, struct text value) {
    if (!value.length) return;
    bytes_add_byte(out, *any ? '&' : '?');
    bytes_add_string(out, name);
    bytes_add_byte(out, '=');
    percent_add(out, value, PERCENT_QUERY);
    *any = true;
}

static int page_size(const struct graph_query *query) {
    if (query->page_size) return query->page_size;
    if (query->limit > 0 && query->limit < LIMIT_PAGE_SIZE && !query->accept) return (int)query->limit;
    return LIMIT_PAGE_SIZE;
}

void page_add_path(struct bytes *out, const struct graph_query *query) {
    struct text path = query->path.length ? query->path : text_of(resource_row(query->resource)->path);
    bool any = text_find_byte(path, '?', 0) != TEXT_NOT_FOUND;
    bytes_add_text(out, path);
    add_option(out, &any, "$select", query->select);
    add_option(out, &any, "$filter", query->filter);
    add_option(out, &any, "$search", query->search);
    add_option(out, &any, "$orderby", query->order_by);
    add_option(out, &any, "$expand", query->expand);
    if (query->advanced || query->counts) add_option(out, &any, "$count", TEXT("true"));
    if (query->no_page_size) return;
    struct bytes size = {0};
    bytes_add_format(&size, "%d", page_size(query));
    add_option(out, &any, "$top", bytes_text(&size));
    bytes_free(&size);
}

static enum status begin_page(struct reader *reader, struct text path) {
    const struct graph_query *query = reader->query;
    const struct graph_request request = {
        .method = "GET", .path = path, .version = query->version, .advanced = query->advanced || query->consistency, .watch = query->watch};
    return graph_begin(reader->client, &request, &reader->pending);
}

static enum status keep_item(void *context, struct value v) {
    struct reader *reader = context;
    const struct graph_query *query = reader->query;
    if (query->convert && v.kind == VALUE_OBJECT) array_push_take(reader->items, query->convert(query->convert_context, value_keep(v)));
    else array_push_take(reader->items, decode_object_take(reader->client->decoder, query->resource, query->type_name, value_keep(v), reader->client->generation));
    return STATUS_OK;
}

static void read_rest(struct reader *reader, struct value rest) {
    struct realm *realm = reader->client->realm;
    bytes_clear(&reader->next);
    struct value *link = rest.kind == VALUE_OBJECT ? object_find_text(realm, rest, TEXT("@odata.nextLink")) : NULL;
    /* A link that leads to the page it stands on would never end. */
    bool turns = link && link->kind == VALUE_STRING && reader->pending && text_equal(string_text(*link), bytes_text(&graph_exchange(reader->pending)->url));
    if (link && link->kind == VALUE_STRING && !turns) bytes_add_text(&reader->next, string_text(*link));
    if (!reader->is_first || !reader->query->total) return;
    struct value *count = rest.kind == VALUE_OBJECT ? object_find_text(realm, rest, TEXT("@odata.count")) : NULL;
    *reader->query->total = count && value_is_integer(*count) ? count->integer : -1;
}

/* Waits for the page on its way and takes it apart. */
static enum status take_page(struct reader *reader) {
    struct graph_client *client = reader->client;
    enum status status = graph_await(reader->pending, false);
    struct exchange *exchange = graph_exchange(reader->pending);
    if (status == STATUS_OK && !exchange_succeeded(exchange)) {
        struct bytes what = {0};
        bytes_add_string(&what, "GET ");
        bytes_add_text(&what, reader->query->path.length ? reader->query->path : text_of(resource_row(reader->query->resource)->path));
        status = error_raise(client->realm, exchange, bytes_text(&what));
        bytes_free(&what);
    }
    if (status == STATUS_OK) {
        struct value rest = VALUE_UNSET_INIT;
        const struct json_read_options options = {.keep_dates_text = true};
        reader->items = array_new(client->realm, NULL, LIMIT_PAGE_SIZE);
        const struct emitter items = {keep_item, reader};
        status = json_scan(client->realm, bytes_text(&exchange->answer), TEXT("value"), &options, items, &rest);
        if (status == STATUS_OK) read_rest(reader, rest);
        value_release(rest);
    }
    graph_pending_free(reader->pending);
    reader->pending = NULL;
    return status;
}

/* Is one more page needed, given what this one holds? With a limit and a local filter that is known only afterwards. */
static bool wants_next(const struct reader *reader, bool afterwards) {
    const struct graph_query *query = reader->query;
    if (!reader->next.length || query->single_page || reader->pending) return false;
    if (query->limit <= 0 || afterwards) return true;
    return !query->accept && reader->given + array_count(reader->items) < query->limit;
}

static enum status emit_items(struct reader *reader, struct emitter out, bool *full) {
    const struct graph_query *query = reader->query;
    for (uint32_t i = 0; i < array_count(reader->items); i++) {
        struct value item = array_at(reader->items, i);
        bool keep = true;
        if (query->accept) {
            enum status status = query->accept(query->accept_context, item, &keep);
            if (status != STATUS_OK) return status;
        }
        if (!keep) continue;
        enum status status = out.emit(out.context, item);
        if (status != STATUS_OK) return status;
        reader->given++;
        if (query->limit > 0 && reader->given >= query->limit) {
            *full = true;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

enum status page_read(struct graph_client *client, const struct graph_query *query, struct emitter out) {
    struct reader reader = {.client = client, .query = query, .items = VALUE_UNSET_INIT, .is_first = true};
    struct bytes path = {0};
    bool full = false;
    page_add_path(&path, query);
    enum status status = begin_page(&reader, bytes_text(&path));
    bytes_free(&path);
    while (status == STATUS_OK && reader.pending && !full) {
        status = take_page(&reader);
        if (status == STATUS_OK && wants_next(&reader, false)) status = begin_page(&reader, bytes_text(&reader.next));
        if (status == STATUS_OK) status = emit_items(&reader, out, &full);
        if (status == STATUS_OK && !full && wants_next(&reader, true)) status = begin_page(&reader, bytes_text(&reader.next));
        value_release(reader.items);
        reader.items = VALUE_UNSET_INIT;
        reader.is_first = false;
    }
    graph_pending_free(reader.pending);
    bytes_free(&reader.next);
    return status;
}
