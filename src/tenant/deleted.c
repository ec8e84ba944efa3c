/* Deleted users and groups: list, look, restore, purge. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "license_private.h"
#include "query_private.h"

static int64_t find_deleted(struct exchange *exchange, struct text id, const struct entity **entity) {
    *entity = entity_user();
    int64_t number = store_number_of_text(exchange->db, "SELECT number FROM users WHERE id=? AND deleted IS NOT NULL", id, -1);
    if (number >= 0) return number;
    *entity = entity_group();
    number = store_number_of_text(exchange->db, "SELECT number FROM groups WHERE id=? AND deleted IS NOT NULL", id, -1);
    if (number < 0) error_not_found(exchange, id);
    return number;
}

static void reply_object(struct exchange *exchange, const struct entity *entity, int64_t number) {
    struct selection selection;
    struct text select = exchange_option(exchange, "select"), base = exchange_base(exchange);
    entity_select_default(entity, &selection, false);
    if (select.length && !entity_select(exchange, entity, select, false, &selection)) return;
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#directoryObjects/$entity", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    entity_add(exchange, entity, &selection, number, true, &exchange->reply);
    bytes_add_byte(&exchange->reply, '}');
}

void deleted_get(struct exchange *exchange) {
    struct text key = exchange->arguments[0];
    const struct entity *entity = text_equal_fold(key, TEXT("microsoft.graph.user")) ? entity_user() : text_equal_fold(key, TEXT("microsoft.graph.group")) ? entity_group() : NULL;
    if (!entity) {
        int64_t number = find_deleted(exchange, key, &entity);
        if (number >= 0) reply_object(exchange, entity, number);
        return;
    }
    struct listing listing = {.parts = {{entity, NULL, 0}}, .count = 1, .deleted = true};
    if (text_equal(exchange->segments[exchange->segment_count - 1], TEXT("$count"))) query_count(exchange, &listing);
    else query_list(exchange, &listing);
}

/* The principal name without the id in front, or the one wished for. False: it is taken. */
static bool restore_name(struct exchange *exchange, int64_t number) {
    const cJSON *body = exchange->body.length ? exchange_object(exchange) : NULL;
    const char *wished = cJSON_GetStringValue(cJSON_GetObjectItem(body, "newUserPrincipalName"));
    if (exchange->body.length && !body) return false;
    sqlite3_stmt *taken = store_statement(exchange->db, "SELECT count(*) FROM users o, users u WHERE u.number=?1 AND o.number<>?1 AND o.user_principal_name=coalesce(?2, substr(u.user_principal_name,33))");
    sqlite3_bind_int64(taken, 1, number);
    store_bind_string(taken, 2, wished);
    bool clash = store_row(exchange->db, taken) && sqlite3_column_int(taken, 0);
    sqlite3_reset(taken);
    if (clash) return error_reply_detail(exchange, 400, "Request_BadRequest", "ObjectConflict", "userPrincipalName", "Another object with the same value for property userPrincipalName already exists.");
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET deleted=NULL, user_principal_name=coalesce(?2, substr(user_principal_name,33)) WHERE number=?1");
    sqlite3_bind_int64(update, 1, number);
    store_bind_string(update, 2, wished);
    store_done(exchange->db, update);
    return true;
}

void deleted_restore(struct exchange *exchange) {
    const struct entity *entity;
    store_begin(exchange->db);
    int64_t number = find_deleted(exchange, exchange->arguments[0], &entity);
    if (number < 0) return;
    if (entity == entity_user()) {
        if (!restore_name(exchange, number)) return;
        license_regain(exchange->db, number);
        audit_add(exchange, "Restore user", "UserManagement", "User", exchange->arguments[0], NULL);
    } else {
        store_number(exchange->db, "UPDATE groups SET deleted=NULL WHERE number=?", number, 0, 0);
    }
    entity_note(exchange, entity, entity_id(exchange, entity, number), "c", TEXT_NONE, TEXT_NONE);
    if (store_commit(exchange->db)) reply_object(exchange, entity, number);
}

void deleted_purge(struct exchange *exchange) {
    static const char *const of_user[] = {"DELETE FROM licenses WHERE user=?", "DELETE FROM members WHERE kind='u' AND member=?", "DELETE FROM owners WHERE member=?",
                                          "DELETE FROM role_members WHERE user=?", "UPDATE users SET manager=NULL WHERE manager=?", "DELETE FROM users WHERE number=?"};
    static const char *const of_group[] = {"DELETE FROM members WHERE group_number=?", "DELETE FROM members WHERE kind='g' AND member=?", "DELETE FROM owners WHERE group_number=?", "DELETE FROM groups WHERE number=?"};
    const struct entity *entity;
    store_begin(exchange->db);
    int64_t number = find_deleted(exchange, exchange->arguments[0], &entity);
    if (number < 0) return;
    entity_note(exchange, entity, entity_id(exchange, entity, number), "p", TEXT_NONE, TEXT_NONE);
    bool user = entity == entity_user();
    for (size_t i = 0; i < (user ? sizeof of_user / sizeof *of_user : sizeof of_group / sizeof *of_group); i++)
        store_number(exchange->db, user ? of_user[i] : of_group[i], number, 0, 0);
    if (store_commit(exchange->db)) exchange->status = 204;
}
