#include "entity_private.h"
#include "handlers_private.h"
#include "license_private.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "membership_private.h"
#include "query_private.h"

void groups_list(struct exchange *exchange) {
    query_list(exchange, &(struct listing){.parts = {{entity_group(), NULL, 0}}, .count = 1});
}

void groups_count(struct exchange *exchange) {
    query_count(exchange, &(struct listing){.parts = {{entity_group(), NULL, 0}}, .count = 1});
}

void groups_get(struct exchange *exchange) {
    int64_t number = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (number >= 0) entity_reply(exchange, entity_group(), number, 200);
}

static bool has_required(struct exchange *exchange, const cJSON *body) {
    static const char *const required[] = {"displayName", "mailEnabled", "mailNickname", "securityEnabled"};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const cJSON *value = cJSON_GetObjectItem(body, required[i]);
        if (!value || cJSON_IsNull(value))
            return error_reply(exchange, 400, "Request_BadRequest", "A value is required for property '%s' of resource 'Group'.", required[i]);
    }
    bool unified = false;
    const cJSON *type;
    cJSON_ArrayForEach(type, cJSON_GetObjectItem(body, "groupTypes")) unified |= cJSON_IsString(type) && text_equal(text_of(type->valuestring), TEXT("Unified"));
    if (cJSON_IsTrue(cJSON_GetObjectItem(body, "mailEnabled")) && !unified)
        return error_bad_request(exchange, "Cannot Create a mail-enabled security groups and or distribution list.");
    return true;
}

static bool bind_all(struct exchange *exchange, int64_t group, const cJSON *body) {
    const cJSON *item;
    int count = 0;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(body, "members@odata.bind"))
        if (!cJSON_IsString(item) || ++count > 20 || !membership_join(exchange, group, text_of(item->valuestring))) return exchange->status >= 400 ? false : error_bad_request(exchange, "Invalid value specified for property 'members' of resource 'Group'.");
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(body, "owners@odata.bind"))
        if (!cJSON_IsString(item) || ++count > 20 || !membership_own(exchange, group, text_of(item->valuestring))) return exchange->status >= 400 ? false : error_bad_request(exchange, "Invalid value specified for property 'owners' of resource 'Group'.");
    return true;
}

void groups_create(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    if (!body || !has_required(exchange, body)) return;
    struct guid guid;
    struct bytes id = {0};
    random_guid(NULL, guid.bytes);
    guid_add(&id, &guid, 'D');
    struct text kept = text_make(arena_text(exchange->arena, id.data, id.length), id.length);
    bytes_free(&id);
    store_begin(exchange->db);
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT INTO groups (id, created, renewed, group_types, proxy_addresses) VALUES (?1,?2,?2,'','')");
    store_bind_text(insert, 1, kept);
    store_bind_text(insert, 2, entity_now(exchange));
    store_done(exchange->db, insert);
    int64_t number = sqlite3_last_insert_rowid(exchange->db->sqlite);
    if (!entity_assign(exchange, entity_group(), number, body, true) || !bind_all(exchange, number, body)) return;
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE groups SET mail=mail_nickname||'@contoso.com', proxy_addresses='SMTP:'||mail_nickname||'@contoso.com'||char(10) WHERE number=? AND mail_enabled=1");
    sqlite3_bind_int64(update, 1, number);
    store_done(exchange->db, update);
    entity_note(exchange, entity_group(), kept, "c", TEXT_NONE, TEXT_NONE);
    audit_add(exchange, "Add group", "GroupManagement", "Group", kept, NULL);
    if (store_commit(exchange->db)) entity_reply(exchange, entity_group(), number, 201);
}

void groups_update(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    if (!body) return;
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (number < 0 || !membership_writable(exchange, number)) return;
    if (!entity_assign(exchange, entity_group(), number, body, false) || !bind_all(exchange, number, body)) return;
    if (store_commit(exchange->db)) exchange->status = 204;
}

void groups_delete(struct exchange *exchange) {
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (number < 0 || !membership_writable(exchange, number)) return;
    if (store_number(exchange->db, "SELECT count(*) FROM group_licenses WHERE group_number=?", number, 0, 0)) {
        error_bad_request(exchange, "Unable to delete the group because there is a product license assigned to the group. To delete this group, remove any product licenses first.");
        return;
    }
    struct text id = entity_id(exchange, entity_group(), number);
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE groups SET deleted=?1 WHERE number=?2");
    store_bind_text(update, 1, entity_now(exchange));
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    entity_note(exchange, entity_group(), id, "d", TEXT_NONE, TEXT_NONE);
    audit_add(exchange, "Delete group", "GroupManagement", "Group", id, NULL);
    if (store_commit(exchange->db)) exchange->status = 204;
}
