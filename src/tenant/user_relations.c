/* Manager and direct reports. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "membership_private.h"
#include "query_private.h"

static int64_t manager_of(struct exchange *exchange, int64_t *user) {
    *user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (*user < 0) return -1;
    int64_t manager = store_number(exchange->db, "SELECT m.number FROM users u JOIN users m ON m.number=u.manager WHERE u.number=? AND m.deleted IS NULL", *user, 0, -1);
    if (manager < 0) error_not_found(exchange, TEXT("manager"));
    return manager;
}

void users_manager(struct exchange *exchange) {
    int64_t user, manager = manager_of(exchange, &user);
    struct selection selection;
    struct text select = exchange_option(exchange, "select"), base = exchange_base(exchange);
    if (manager < 0) return;
    entity_select_default(entity_user(), &selection, false);
    if (select.length && !entity_select(exchange, entity_user(), select, false, &selection)) return;
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#directoryObjects/$entity", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    entity_add(exchange, entity_user(), &selection, manager, true, &exchange->reply);
    bytes_add_byte(&exchange->reply, '}');
}

void users_manager_reference(struct exchange *exchange) {
    int64_t user, manager = manager_of(exchange, &user);
    struct text base = exchange_base(exchange);
    if (manager < 0) return;
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.id", exchange_format(exchange, "%.*s/v2/%s/directoryObjects/%.*s/Microsoft.DirectoryServices.User", TEXT_ARGUMENT(base),
                                                                  exchange->tenant->id, TEXT_ARGUMENT(entity_id(exchange, entity_user(), manager))));
    bytes_add_byte(&exchange->reply, '}');
}

static void set_manager(struct exchange *exchange, int64_t user, int64_t manager) {
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET manager=?1 WHERE number=?2");
    if (manager < 0) sqlite3_bind_null(update, 1);
    else sqlite3_bind_int64(update, 1, manager);
    sqlite3_bind_int64(update, 2, user);
    store_done(exchange->db, update);
    entity_note(exchange, entity_user(), entity_id(exchange, entity_user(), user), "u", TEXT("manager"), TEXT_NONE);
    if (store_commit(exchange->db)) exchange->status = 204;
}

void users_set_manager(struct exchange *exchange) {
    struct text id = membership_reference(exchange);
    if (id.length == 0) return;
    store_begin(exchange->db);
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    int64_t manager = user < 0 ? -1 : entity_require(exchange, entity_user(), id);
    if (manager >= 0) set_manager(exchange, user, manager);
}

void users_remove_manager(struct exchange *exchange) {
    int64_t user;
    store_begin(exchange->db);
    if (manager_of(exchange, &user) >= 0) set_manager(exchange, user, -1);
}

void users_direct_reports(struct exchange *exchange) {
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    query_list(exchange, &(struct listing){.parts = {{entity_user(), "t.manager=?", user}}, .count = 1, .mixed = true, .reference = true});
}
