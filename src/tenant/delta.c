/* Delta queries over the change log. The link carries how far the client has read; the selection decides which changes
 * count. Removed: "changed" can still be restored, "deleted" is gone. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "m365sh/base/decimal.h"
#include "page_private.h"

enum { DELTA_PAGE = 200 };
struct delta {
    struct exchange *exchange;
    const struct entity *entity;
    struct selection selection;
    struct text select;
    bool minimal, members;
    int64_t after;      /* row number (first reading) or sequence (changes) */
    int64_t sequence;   /* where the next delta link begins */
};

static void add_link(struct delta *delta, const char *name, const char *option, char mode, int64_t at, struct bytes *out) {
    struct exchange *exchange = delta->exchange;
    struct text base = exchange_base(exchange);
    struct text payload = exchange_format(exchange, "%c %lld %lld %.*s", mode, (long long)at, (long long)delta->sequence, TEXT_ARGUMENT(delta->select));
    json_name_text(out, name, exchange_format(exchange, "%.*s%.*s?%s=%.*s", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->path), option, TEXT_ARGUMENT(page_seal(exchange, payload))));
}

static int64_t last_sequence(struct exchange *exchange) { return store_number(exchange->db, "SELECT coalesce(max(sequence),0) FROM changes", 0, 0, 0); }

static bool select_for(struct delta *delta) {
    struct text rest = delta->select, name;
    struct bytes list = {0};
    bytes_add_string(&list, "id");
    while (text_split_next(&rest, ',', &name)) {
        name = text_trim(name);
        if (text_equal_fold(name, TEXT("members"))) delta->members = true;
        else if (name.length && !text_equal_fold(name, TEXT("manager"))) bytes_add_format(&list, ",%.*s", TEXT_ARGUMENT(name));
    }
    struct text kept = text_make(arena_text(delta->exchange->arena, list.data, list.length), list.length);
    bytes_free(&list);
    if (delta->select.length && !(delta->members && kept.length == 2)) return entity_select(delta->exchange, delta->entity, kept, true, &delta->selection);
    entity_select_default(delta->entity, &delta->selection, false);
    return true;
}

static void add_members(struct delta *delta, int64_t group, struct bytes *out) {
    sqlite3_stmt *row = store_statement(delta->exchange->db, "SELECT u.id FROM members m JOIN users u ON u.number=m.member WHERE m.group_number=? AND m.kind='u' AND u.deleted IS NULL");
    sqlite3_bind_int64(row, 1, group);
    if (store_row(delta->exchange->db, row)) {
        json_name(out, "members@delta");
        bytes_add_byte(out, '[');
        do {
            json_comma(out);
            bytes_add_string(out, "{\"@odata.type\":\"#microsoft.graph.user\"");
            json_name_text(out, "id", store_text(row, 0));
            bytes_add_byte(out, '}');
        } while (store_row(delta->exchange->db, row));
        bytes_add_byte(out, ']');
    }
    sqlite3_reset(row);
}

static void add_first(struct delta *delta, struct bytes *out) {
    struct exchange *exchange = delta->exchange;
    int64_t numbers[DELTA_PAGE];
    int count = 0;
    sqlite3_stmt *row = store_statement(exchange->db, delta->entity == entity_user() ? "SELECT number FROM users WHERE deleted IS NULL AND number>? ORDER BY number LIMIT ?"
                                                                                   : "SELECT number FROM groups WHERE deleted IS NULL AND number>? ORDER BY number LIMIT ?");
    sqlite3_bind_int64(row, 1, delta->after);
    sqlite3_bind_int(row, 2, DELTA_PAGE);
    while (store_row(exchange->db, row)) numbers[count++] = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    if (count == DELTA_PAGE) add_link(delta, "@odata.nextLink", "$skiptoken", 'f', numbers[count - 1], out);
    else add_link(delta, "@odata.deltaLink", "$deltatoken", 'c', delta->sequence, out);
    bytes_add_string(out, ",\"value\":[");
    for (int i = 0; i < count; i++) {
        json_comma(out);
        bytes_add_byte(out, '{');
        entity_add(exchange, delta->entity, &delta->selection, numbers[i], false, out);
        if (delta->members) add_members(delta, numbers[i], out);
        bytes_add_byte(out, '}');
    }
}

static bool counts(const struct delta *delta, struct text kind, struct text property) {
    if (!text_equal(kind, TEXT("u"))) return true;
    if (text_starts(property, TEXT("members"))) return delta->members;
    for (int i = 0; i < delta->selection.count; i++)
        if (text_equal_fold(property, text_of(delta->selection.list[i]->name))) return true;
    return text_equal(property, TEXT("manager")) && text_find_fold(delta->select, TEXT("manager"), 0) != TEXT_NOT_FOUND;
}

static void add_member_changes(struct delta *delta, struct text id, struct bytes *out) {
    sqlite3_stmt *row = store_statement(delta->exchange->db, "SELECT related, property FROM changes WHERE entity='group' AND id=? AND sequence>? AND property LIKE 'members%' ORDER BY sequence");
    store_bind_text(row, 1, id);
    sqlite3_bind_int64(row, 2, delta->after);
    bool any = false;
    while (store_row(delta->exchange->db, row)) {
        if (!any) {
            json_name(out, "members@delta");
            bytes_add_byte(out, '[');
        }
        any = true;
        json_comma(out);
        bytes_add_string(out, "{\"@odata.type\":\"#microsoft.graph.user\"");
        json_name_text(out, "id", store_text(row, 0));
        if (text_equal(store_text(row, 1), TEXT("members-"))) bytes_add_string(out, ",\"@removed\":{\"reason\":\"deleted\"}");
        bytes_add_byte(out, '}');
    }
    if (any) bytes_add_byte(out, ']');
    sqlite3_reset(row);
}

static void add_changed(struct delta *delta, struct text id, struct text kind, struct bytes *out) {
    struct exchange *exchange = delta->exchange;
    int64_t number = entity_find(exchange, delta->entity, id);
    json_comma(out);
    bytes_add_byte(out, '{');
    if (number < 0) {
        json_name_text(out, "id", id);
        bytes_add_format(out, ",\"@removed\":{\"reason\":\"%s\"}", text_equal(kind, TEXT("p")) ? "deleted" : "changed");
    } else {
        entity_add(exchange, delta->entity, &delta->selection, number, false, out);
        if (delta->members) add_member_changes(delta, id, out);
    }
    bytes_add_byte(out, '}');
}

static void add_changes(struct delta *delta, struct bytes *out) {
    struct exchange *exchange = delta->exchange;
    struct { struct text id, kind; } list[DELTA_PAGE];
    int count = 0;
    int64_t seen = delta->after;
    bool more = false;
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT sequence, id, kind, property FROM changes WHERE entity=? AND sequence>? ORDER BY sequence");
    store_bind_string(row, 1, delta->entity->name);
    sqlite3_bind_int64(row, 2, delta->after);
    while (!more && store_row(exchange->db, row)) {
        struct text id = store_text(row, 1), kind = store_text(row, 2);
        int known = 0;
        if (counts(delta, kind, store_text(row, 3))) {
            while (known < count && !text_equal(list[known].id, id)) known++;
            more = known == DELTA_PAGE;
            if (more) break;
            list[known].id = text_make(arena_text(exchange->arena, id.start, id.length), id.length);
            list[known].kind = text_make(arena_text(exchange->arena, kind.start, kind.length), kind.length);
            if (known == count) count++;
        }
        seen = sqlite3_column_int64(row, 0);
    }
    sqlite3_reset(row);
    delta->sequence = seen;
    add_link(delta, more ? "@odata.nextLink" : "@odata.deltaLink", more ? "$skiptoken" : "$deltatoken", 'c', seen, out);
    bytes_add_string(out, ",\"value\":[");
    for (int i = 0; i < count; i++) add_changed(delta, list[i].id, list[i].kind, out);
}

static bool read_token(struct delta *delta, struct text token, char *mode) {
    struct text rest, part;
    if (!page_open(delta->exchange, token, &rest) || !text_split_next(&rest, ' ', &part) || part.length != 1) return false;
    *mode = part.start[0];
    if (!text_split_next(&rest, ' ', &part) || !decimal_read_int64(part, &delta->after)) return false;
    if (!text_split_next(&rest, ' ', &part) || !decimal_read_int64(part, &delta->sequence)) return false;
    delta->select = rest;
    return true;
}

static void answer(struct exchange *exchange, const struct entity *entity) {
    struct delta delta = {.exchange = exchange, .entity = entity, .select = exchange_option(exchange, "select")};
    struct text token = exchange_has_option(exchange, "skiptoken") ? exchange_option(exchange, "skiptoken") : exchange_option(exchange, "deltatoken"), base = exchange_base(exchange);
    bool latest = text_equal_fold(token, TEXT("latest"));
    char mode = latest ? 'c' : 'f';
    delta.sequence = last_sequence(exchange);
    if (latest) delta.after = delta.sequence;
    if (token.length && !latest && !read_token(&delta, token, &mode)) {
        error_reply(exchange, 400, "syncStateNotFound", "The sync state is not found or has expired. Start again without a token.");
        return;
    }
    if (!select_for(&delta)) return;
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#%s", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version), entity->set));
    if (mode == 'f') add_first(&delta, &exchange->reply);
    else add_changes(&delta, &exchange->reply);
    bytes_add_string(&exchange->reply, "]}");
}

void users_delta(struct exchange *exchange) { answer(exchange, entity_user()); }

void groups_delta(struct exchange *exchange) { answer(exchange, entity_group()); }
