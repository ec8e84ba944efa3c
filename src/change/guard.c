/* The one question before a change that reaches far: a card that says what is about to happen. Where nobody can answer,
 * nothing is changed and the program ends with code 5. */
#include "change_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/graph/decode.h"
#include "m365sh/graph/page.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

#define DEPARTMENTS_SHOWN 5
#define WRITES_PER_SECOND 20 /* Graph: 3,000 writes in 150 s for an application in a tenant */

int64_t guard_maximum(struct change_queue *queue) {
    struct host *host = queue->call->host;
    struct value v = host && host->variable_get ? host->variable_get(host, TEXT("MaximumChange"), SCOPE_CURRENT) : VALUE_UNSET_INIT;
    int64_t maximum = queue->changes->maximum > 0 ? queue->changes->maximum : CHANGE_MAXIMUM;
    if (value_is_integer(v)) maximum = v.integer;
    value_release(v);
    return maximum;
}

struct tally { char *name; size_t count; };

static void count_one(struct map *map, struct text name) {
    size_t *count = map_get(map, name);
    if (!count) {
        count = ALLOC_NEW(size_t);
        map_put(map, name, count);
    }
    ++*count;
}

/* The largest entries of the map, as "Sales 40, Finance 12". */
static void add_largest(struct bytes *out, struct map *map, size_t most) {
    struct map *told = map_new(MAP_FOLD);
    for (size_t shown = 0; shown < most; shown++) {
        struct text name, best = TEXT_NONE;
        size_t position = 0, largest = 0;
        void *value;
        while (map_next(map, &position, &name, &value))
            if (*(size_t *)value > largest && !map_get(told, name)) largest = *(size_t *)value, best = name;
        if (!largest) break;
        map_put(told, best, told);
        bytes_add_format(out, "%s%.*s %zu", shown ? ", " : "", TEXT_ARGUMENT(best.length ? best : TEXT("(none)")), largest);
    }
    if (map_count(map) > most) bytes_add_format(out, " and %zu more", map_count(map) - most);
    map_free(told, NULL);
}

static void add_breakdown(struct change_queue *queue, struct bytes *card) {
    struct realm *realm = queue->changes->realm;
    struct map *departments = map_new(MAP_FOLD), *products = map_new(MAP_FOLD);
    struct bytes name = {0};
    size_t active = 0, blocked = 0, seats = 0;
    for (size_t i = 0; i < queue->count; i++) {
        const struct change_item *item = queue->items[i];
        if (item->state != ITEM_PLANNED || item->twin) continue;
        count_one(departments, decode_text(realm, item->user, "Department"));
        struct value enabled = decode_get(realm, item->user, "AccountEnabled");
        if (enabled.kind == VALUE_BOOL) enabled.integer ? active++ : blocked++;
        for (uint32_t k = 0; k < item->sent_remove.count; k++) {
            bytes_clear(&name);
            bytes_add_string(&name, "remove ");
            report_add_product(queue, &name, text_of(item->sent_remove.items[k].text));
            count_one(products, bytes_text(&name));
            seats++;
        }
        for (uint32_t k = 0; k < item->sent_add.count; k++) {
            bytes_clear(&name);
            bytes_add_string(&name, "add ");
            report_add_product(queue, &name, text_of(item->sent_add.items[k].text));
            count_one(products, bytes_text(&name));
        }
    }
    if (map_count(products)) {
        bytes_add_string(card, "\n  what          ");
        add_largest(card, products, DEPARTMENTS_SHOWN);
    }
    bytes_add_format(card, "\n  accounts      %zu active, %zu blocked", active, blocked);
    bytes_add_string(card, "\n  departments   ");
    add_largest(card, departments, DEPARTMENTS_SHOWN);
    if (seats) bytes_add_format(card, "\n  seats freed   %zu", seats);
    bytes_free(&name);
    map_free(departments, alloc_free);
    map_free(products, alloc_free);
}

struct member_search { struct change_queue *queue; struct map *found; struct realm *realm; };

static enum status keep_administrator(void *context, struct value member) {
    struct member_search *search = context;
    struct text id = decode_text(search->realm, member, "Id");
    struct change_item *item = id.length ? map_get(search->queue->by_id, id) : NULL;
    if (item) map_put(search->found, bytes_text(&item->name), item);
    return STATUS_OK;
}

static enum status walk_role(void *context, struct value role) {
    struct member_search *search = context;
    struct bytes path = {0};
    bytes_add_format(&path, "directoryRoles/%.*s/members", TEXT_ARGUMENT(decode_text(search->realm, role, "Id")));
    const struct graph_query query = {.resource = GRAPH_MEMBER, .path = bytes_text(&path), .select = TEXT("id"), .no_page_size = true, .watch = &search->queue->watch};
    enum status status = page_read(search->queue->changes->client, &query, (struct emitter){keep_administrator, search});
    bytes_free(&path);
    return status;
}

/* Reading roles needs a permission that licensing does not: without it the line is left out. */
static void add_administrators(struct change_queue *queue, struct bytes *card) {
    struct member_search search = {queue, map_new(MAP_FOLD), queue->changes->realm};
    const struct graph_query query = {.resource = GRAPH_ROLE, .no_page_size = true, .watch = &queue->watch};
    enum status status = page_read(queue->changes->client, &query, (struct emitter){walk_role, &search});
    if (status == STATUS_ERROR) value_release(realm_take_raised(queue->changes->realm));
    if (status == STATUS_OK) {
        bytes_add_format(card, "\n  administrators %zu", map_count(search.found));
        struct text name;
        size_t position = 0, shown = 0;
        void *value;
        while (shown < DEPARTMENTS_SHOWN && map_next(search.found, &position, &name, &value)) bytes_add_format(card, "%s%.*s", shown++ ? ", " : ": ", TEXT_ARGUMENT(name));
    }
    map_free(search.found, NULL);
}

/* /$count answers with a bare number, which is JSON too. */
static int64_t count_users(struct change_queue *queue) {
    struct value answer;
    const struct graph_request request = {.method = "GET", .path = TEXT("users/$count"), .advanced = true, .watch = &queue->watch};
    if (graph_fetch(queue->changes->client, &request, &answer) == STATUS_ERROR) value_release(realm_take_raised(queue->changes->realm));
    int64_t count = value_is_integer(answer) ? answer.integer : -1;
    value_release(answer);
    return count;
}

static void add_card(struct change_queue *queue, struct bytes *card, bool thorough) {
    struct account *account = graph_client_account(queue->changes->client);
    int64_t all = thorough ? count_users(queue) : -1;
    bytes_add_format(card, "  tenant        %s", account->tenant_name ? account->tenant_name : account->is_practice ? "practice tenant" : account->tenant_id ? account->tenant_id : "");
    bytes_add_format(card, "\n  objects       %zu", queue->to_send);
    if (all > 0) bytes_add_format(card, " of %lld users", (long long)all);
    add_breakdown(queue, card);
    if (thorough) add_administrators(queue, card);
    size_t seconds = queue->to_send > 3000 ? (queue->to_send - 3000) / WRITES_PER_SECOND + 60 : queue->to_send / 80 + 1;
    bytes_add_format(card, "\n  takes about   %zu s", seconds);
}

static void show(struct change_queue *queue, const struct bytes *card) {
    struct host *host = queue->call->host;
    struct bytes text = {0};
    bytes_add_format(&text, "This is about to change %zu objects, more than $MaximumChange (%lld) lets through without a question:\n", queue->to_send, (long long)guard_maximum(queue));
    bytes_add_text(&text, bytes_text(card));
    bytes_add_byte(&text, '\n');
    if (host && host->print_error && host->print_error(host, bytes_text(&text)) == STATUS_ERROR) value_release(realm_take_raised(queue->changes->realm));
    bytes_free(&text);
}

enum status guard_ask(struct change_queue *queue) {
    int64_t maximum = guard_maximum(queue);
    if (queue->guarded || (int64_t)queue->to_send <= maximum) return STATUS_OK;
    queue->guarded = true;
    struct host *host = queue->call->host;
    struct bytes card = {0}, question = {0};
    bool somebody = host && host->interactive && host->ask;
    add_card(queue, &card, somebody);
    show(queue, &card);
    bytes_add_format(&question, "Change these %zu objects?", queue->to_send);
    enum answer answer = somebody ? host->ask(host, TEXT("Guard"), bytes_text(&question), false) : ANSWER_NOBODY;
    bytes_free(&card);
    bytes_free(&question);
    if (answer == ANSWER_YES || answer == ANSWER_YES_ALL) return STATUS_OK;
    queue->changes->totals.guard_stopped = true;
    return invocation_throw(queue->call, "System.InvalidOperationException", "GuardStopped", ERROR_OPERATION_STOPPED, value_null(),
                            answer == ANSWER_NOBODY
                                ? "Stopped before the first change: %zu objects are more than $MaximumChange allows (%lld), and nobody is there to ask. Look with -WhatIf, then use -Force, $MaximumChange = %zu or --max-changes %zu."
                                : "Stopped before the first change, as answered: %zu objects (the limit is %lld). Nothing was changed. (-Force or $MaximumChange = %zu, --max-changes %zu let it through.)",
                            queue->to_send, (long long)maximum, queue->to_send, queue->to_send);
}
