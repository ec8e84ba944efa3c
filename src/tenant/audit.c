/* What happened, as the service reports it. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "query_private.h"

void audit_add(struct exchange *exchange, const char *activity, const char *category, const char *type, struct text id, const char *failure) {
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT INTO audit (id, at, activity, category, result, reason, actor, actor_id, target_id, target_type, correlation) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    const struct principal *principal = &exchange->principal;
    store_bind_string(insert, 1, exchange->request_id);
    store_bind_text(insert, 2, entity_now(exchange));
    store_bind_string(insert, 3, activity);
    store_bind_string(insert, 4, category);
    store_bind_string(insert, 5, failure ? "failure" : "success");
    store_bind_string(insert, 6, failure ? failure : "");
    store_bind_string(insert, 7, principal->application ? "app" : "user");
    store_bind_text(insert, 8, principal->application ? principal->client : principal->user);
    store_bind_text(insert, 9, id);
    store_bind_string(insert, 10, type);
    store_bind_string(insert, 11, exchange->request_id);
    store_done(exchange->db, insert);
}

static void write_record(sqlite3_stmt *row, struct bytes *out) {
    static const char *const names[] = {"id", "activityDateTime", "activityDisplayName", "category", "result", "resultReason"};
    bool application = text_equal(store_text(row, 6), TEXT("app"));
    json_comma(out);
    bytes_add_byte(out, '{');
    for (int i = 0; i < 6; i++) json_name_text(out, names[i], store_text(row, i));
    json_name_text(out, "correlationId", store_text(row, 10));
    bytes_add_string(out, ",\"loggedByService\":\"Core Directory\",\"initiatedBy\":{");
    json_name(out, application ? "app" : "user");
    bytes_add_byte(out, '{');
    json_name_text(out, application ? "appId" : "id", store_text(row, 7));
    bytes_add_string(out, "}},\"targetResources\":[{");
    json_name_text(out, "id", store_text(row, 8));
    json_name_text(out, "type", store_text(row, 9));
    bytes_add_string(out, ",\"modifiedProperties\":[]}]}");
}

void audit_list(struct exchange *exchange) {
    int64_t top = 1000;
    if (exchange_has_option(exchange, "top") && (!decimal_read_int64(exchange_option(exchange, "top"), &top) || top < 1 || top > 1000)) {
        error_reply(exchange, 400, "BadRequest", "Invalid page size specified.");
        return;
    }
    struct text base = exchange_base(exchange);
    struct bytes *out = &exchange->reply;
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT id, at, activity, category, result, reason, actor, actor_id, target_id, target_type, correlation FROM audit ORDER BY number DESC LIMIT ?");
    sqlite3_bind_int64(row, 1, top);
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#auditLogs/directoryAudits", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    bytes_add_string(out, ",\"value\":[");
    while (store_row(exchange->db, row)) write_record(row, out);
    sqlite3_reset(row);
    bytes_add_string(out, "]}");
}

void audit_sign_ins(struct exchange *exchange) {
    query_list(exchange, &(struct listing){.parts = {{entity_sign_in(), NULL, 0}}, .count = 1, .order = "createdDateTime", .largest = 1000});
}
