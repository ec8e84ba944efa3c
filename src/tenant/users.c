#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "license_private.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "query_private.h"
#include "router_private.h"

void users_list(struct exchange *exchange) {
    query_list(exchange, &(struct listing){.parts = {{entity_user(), NULL, 0}}, .count = 1});
}

void users_count(struct exchange *exchange) {
    query_count(exchange, &(struct listing){.parts = {{entity_user(), NULL, 0}}, .count = 1});
}

void users_get(struct exchange *exchange) {
    int64_t number = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (number >= 0) entity_reply(exchange, entity_user(), number, 200);
}

static bool name_is_free(struct exchange *exchange, struct text name, int64_t except) {
    int64_t other = store_number_of_text(exchange->db, "SELECT number FROM users WHERE user_principal_name=?", name, -1);
    return other < 0 || other == except ||
           error_reply_detail(exchange, 400, "Request_BadRequest", "ObjectConflict", "userPrincipalName",
                              "Another object with the same value for property userPrincipalName already exists.");
}

static bool has_required(struct exchange *exchange, const cJSON *body) {
    static const char *const required[] = {"accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const cJSON *value = cJSON_GetObjectItem(body, required[i]);
        if (!value || cJSON_IsNull(value))
            return error_reply(exchange, 400, "Request_BadRequest", "A value is required for property '%s' of resource 'User'.", required[i]);
    }
    const cJSON *name = cJSON_GetObjectItem(body, "userPrincipalName");
    if (!cJSON_IsString(cJSON_GetObjectItem(cJSON_GetObjectItem(body, "passwordProfile"), "password")))
        return error_bad_request(exchange, "A value is required for property 'passwordProfile' of resource 'User'.");
    return !cJSON_IsString(name) || name_is_free(exchange, text_of(name->valuestring), -1);
}

static int64_t insert_user(struct exchange *exchange, struct text id, const char *type, const char *creation) {
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT INTO users (id, user_principal_name, account_enabled, user_type, creation_type, created, business_phones, "
                                                         "proxy_addresses, other_mails, im_addresses, sessions_valid_from) VALUES (?1,?1,1,?2,?3,?4,'','','','',?4)");
    store_bind_text(insert, 1, id);
    store_bind_string(insert, 2, type);
    store_bind_string(insert, 3, creation);
    store_bind_text(insert, 4, entity_now(exchange));
    store_done(exchange->db, insert);
    return sqlite3_last_insert_rowid(exchange->db->sqlite);
}

static struct text new_id(struct exchange *exchange) {
    struct guid guid;
    struct bytes text = {0};
    random_guid(NULL, guid.bytes);
    guid_add(&text, &guid, 'D');
    struct text id = text_make(arena_text(exchange->arena, text.data, text.length), text.length);
    bytes_free(&text);
    return id;
}

void users_create(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    if (!body) return;
    store_begin(exchange->db);
    if (!has_required(exchange, body)) return;
    struct text id = new_id(exchange);
    int64_t number = insert_user(exchange, id, "Member", NULL);
    if (!entity_assign(exchange, entity_user(), number, body, true)) return;
    entity_note(exchange, entity_user(), id, "c", TEXT_NONE, TEXT_NONE);
    audit_add(exchange, "Add user", "UserManagement", "User", id, NULL);
    if (store_commit(exchange->db)) entity_reply(exchange, entity_user(), number, 201);
}

static bool is_synced(struct exchange *exchange, int64_t number, const cJSON *body) {
    if (!store_number(exchange->db, "SELECT coalesce(synced,0) FROM users WHERE number=?", number, 0, 0)) return false;
    const cJSON *member;
    cJSON_ArrayForEach(member, body) {
        if (!text_equal_fold(text_of(member->string), TEXT("usageLocation")))
            return !error_bad_request(exchange, "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.");
    }
    return false;
}

/* What the narrow permissions let through. */
static bool may_update(struct exchange *exchange, const cJSON *body) {
    static const char *const narrow[][2] = {{"accountEnabled", "User.EnableDisableAccount.All"}, {"passwordProfile", "User-PasswordProfile.ReadWrite.All"},
                                            {"businessPhones", "User-Phone.ReadWrite.All"}, {"mobilePhone", "User-Phone.ReadWrite.All"},
                                            {"mail", "User-Mail.ReadWrite.All"}, {"otherMails", "User-Mail.ReadWrite.All"}};
    if (exchange_allows(exchange, "User.ReadWrite.All Directory.ReadWrite.All")) return true;
    const cJSON *member;
    cJSON_ArrayForEach(member, body) {
        bool fine = false;
        for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++)
            fine |= text_equal_fold(text_of(member->string), text_of(narrow[i][0])) && exchange_allows(exchange, narrow[i][1]);
        if (!fine) return error_reply(exchange, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
    return true;
}

void users_update(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    if (!body || !may_update(exchange, body)) return;
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (number < 0 || is_synced(exchange, number, body)) return;
    const cJSON *name = cJSON_GetObjectItem(body, "userPrincipalName");
    if (cJSON_IsString(name) && !name_is_free(exchange, text_of(name->valuestring), number)) return;
    if (!entity_assign(exchange, entity_user(), number, body, false)) return;
    audit_add(exchange, "Update user", "UserManagement", "User", entity_id(exchange, entity_user(), number), NULL);
    if (store_commit(exchange->db)) exchange->status = 204;
}

/* A deleted user's principal name carries the id in front, so that the name is free again. */
void users_remove(struct exchange *exchange, int64_t number) {
    struct text id = entity_id(exchange, entity_user(), number);
    license_release(exchange->db, number);
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET deleted=?1, user_principal_name=replace(id,'-','')||user_principal_name WHERE number=?2");
    store_bind_text(update, 1, entity_now(exchange));
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    entity_note(exchange, entity_user(), id, "d", TEXT_NONE, TEXT_NONE);
    audit_add(exchange, "Delete user", "UserManagement", "User", id, NULL);
}

void users_delete(struct exchange *exchange) {
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (number < 0) return;
    users_remove(exchange, number);
    if (store_commit(exchange->db)) exchange->status = 204;
}

void users_revoke_sessions(struct exchange *exchange) {
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (number < 0) return;
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET sessions_valid_from=?1 WHERE number=?2");
    store_bind_text(update, 1, entity_now(exchange));
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    sqlite3_stmt *remove = store_statement(exchange->db, "DELETE FROM grants WHERE kind='refresh' AND user=?");
    store_bind_text(remove, 1, entity_id(exchange, entity_user(), number));
    store_done(exchange->db, remove);
    if (!store_commit(exchange->db)) return;
    struct text base = exchange_base(exchange);
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#Edm.Boolean", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    bytes_add_string(&exchange->reply, ",\"value\":true}");
}

/* /me is /users/{the signed-in user}. */
void users_me(struct exchange *exchange) {
    if (exchange->principal.application) {
        error_reply(exchange, 400, "BadRequest", "/me request is only valid with delegated authentication flow.");
        return;
    }
    if (exchange->segment_count == EXCHANGE_SEGMENTS) return;
    memmove(exchange->segments + 2, exchange->segments + 1, (size_t)(exchange->segment_count - 1) * sizeof *exchange->segments);
    exchange->segments[0] = TEXT("users");
    exchange->segments[1] = exchange->principal.user;
    exchange->segment_count++;
    router_redirect(exchange);
}

static struct text guest_name(struct exchange *exchange, struct text address) {
    size_t at = text_find_byte(address, '@', 0);
    return exchange_format(exchange, "%.*s_%.*s#EXT#@contoso.onmicrosoft.com", (int)at, address.start, (int)(address.length - at - 1), address.start + at + 1);
}

void users_invite(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    const char *address = cJSON_GetStringValue(cJSON_GetObjectItem(body, "invitedUserEmailAddress")), *shown = cJSON_GetStringValue(cJSON_GetObjectItem(body, "invitedUserDisplayName"));
    if (!body) return;
    if (!address || !strchr(address, '@') || !cJSON_GetStringValue(cJSON_GetObjectItem(body, "inviteRedirectUrl"))) {
        error_bad_request(exchange, "Invalid value specified for property 'invitedUserEmailAddress' of resource 'Invitation'.");
        return;
    }
    store_begin(exchange->db);
    struct text id = new_id(exchange), name = guest_name(exchange, text_of(address));
    if (!name_is_free(exchange, name, -1)) return;
    int64_t number = insert_user(exchange, id, "Guest", "Invitation");
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET user_principal_name=?1, display_name=?2, mail=?3, external_user_state='PendingAcceptance', other_mails=?3||char(10) WHERE number=?4");
    store_bind_text(update, 1, name);
    store_bind_string(update, 2, shown ? shown : address);
    store_bind_string(update, 3, address);
    sqlite3_bind_int64(update, 4, number);
    store_done(exchange->db, update);
    entity_note(exchange, entity_user(), id, "c", TEXT_NONE, TEXT_NONE);
    audit_add(exchange, "Invite external user", "UserManagement", "User", id, NULL);
    if (!store_commit(exchange->db)) return;
    struct bytes *out = &exchange->reply;
    struct text base = exchange_base(exchange);
    exchange->status = 201;
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#invitations/$entity", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    json_name_text(out, "id", new_id(exchange));
    json_name_text(out, "inviteRedeemUrl", exchange_format(exchange, "%.*s/redeem?id=%.*s", TEXT_ARGUMENT(base), TEXT_ARGUMENT(id)));
    json_name_text(out, "invitedUserEmailAddress", text_of(address));
    json_name_text(out, "invitedUserDisplayName", text_of(shown ? shown : address));
    json_name_text(out, "status", TEXT("PendingAcceptance"));
    json_name(out, "invitedUser");
    bytes_add_byte(out, '{');
    json_name_text(out, "id", id);
    bytes_add_string(out, "}}");
}

/* Mail goes nowhere; that it was sent is in the audit. */
void users_send_mail(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange), *message = cJSON_GetObjectItem(body, "message");
    if (!body) return;
    if (!cJSON_IsObject(message) || cJSON_GetArraySize(cJSON_GetObjectItem(message, "toRecipients")) == 0) {
        error_reply(exchange, 400, "ErrorInvalidRecipients", "At least one recipient isn't valid, A message can't be sent because it contains no recipients.");
        return;
    }
    store_begin(exchange->db);
    int64_t number = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (number < 0) return;
    audit_add(exchange, "Send mail", "Mail", "User", entity_id(exchange, entity_user(), number), NULL);
    if (store_commit(exchange->db)) exchange->status = 202;
}
