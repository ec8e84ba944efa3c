#include "membership_private.h"
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"
#include "license_private.h"
#include "query_private.h"

#define DIRECT_USERS "t.number IN (SELECT member FROM members WHERE group_number=? AND kind='u')"
#define DIRECT_GROUPS "t.number IN (SELECT member FROM members WHERE group_number=? AND kind='g')"
/* All groups below one, itself included; UNION ends circles. */
#define BELOW "(WITH RECURSIVE below(g) AS (SELECT ? UNION SELECT m.member FROM members m JOIN below b ON m.group_number=b.g WHERE m.kind='g') SELECT g FROM below)"
#define ABOVE_USER "t.number IN (WITH RECURSIVE above(g) AS (SELECT group_number FROM members WHERE kind='u' AND member=? UNION SELECT m.group_number FROM members m JOIN above a ON m.kind='g' AND m.member=a.g) SELECT g FROM above)"

struct text membership_id_of(struct text reference) {
    size_t slash = text_find_last(reference, TEXT("/"));
    return slash == TEXT_NOT_FOUND ? reference : text_slice(reference, slash + 1, reference.length);
}

struct text membership_reference(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    const char *reference = cJSON_GetStringValue(cJSON_GetObjectItem(body, "@odata.id"));
    if (!body) return TEXT_NONE;
    if (!reference) {
        error_bad_request(exchange, "Invalid URL format specified in @odata.id.");
        return TEXT_NONE;
    }
    return membership_id_of(text_of(reference));
}

bool membership_writable(struct exchange *exchange, int64_t group) {
    return !store_number(exchange->db, "SELECT mail_enabled=1 AND group_types NOT LIKE '%Unified%' FROM groups WHERE number=?", group, 0, 0) ||
           error_bad_request(exchange, "Cannot Update a mail-enabled security groups and or distribution list.");
}

static bool is_static(struct exchange *exchange, int64_t group) {
    return !store_number(exchange->db, "SELECT group_types LIKE '%DynamicMembership%' FROM groups WHERE number=?", group, 0, 0) ||
           error_bad_request(exchange, "Insufficient privileges to complete the operation: the membership of a dynamic group cannot be changed.");
}

static void insert_member(struct exchange *exchange, int64_t group, const char *kind, int64_t member) {
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT INTO members VALUES (?,?,?)");
    sqlite3_bind_int64(insert, 1, group);
    store_bind_string(insert, 2, kind);
    sqlite3_bind_int64(insert, 3, member);
    store_done(exchange->db, insert);
}

bool membership_join(struct exchange *exchange, int64_t group, struct text reference) {
    struct text id = membership_id_of(reference);
    int64_t user = entity_find(exchange, entity_user(), id), nested = user < 0 ? entity_find(exchange, entity_group(), id) : -1;
    if (user < 0 && nested < 0) return error_not_found(exchange, id);
    bool there = user >= 0 ? store_number(exchange->db, "SELECT count(*) FROM members WHERE group_number=? AND kind='u' AND member=?", group, user, 0)
                           : store_number(exchange->db, "SELECT count(*) FROM members WHERE group_number=? AND kind='g' AND member=?", group, nested, 0);
    if (there) return error_bad_request(exchange, "One or more added object references already exist for the following modified properties: 'members'.");
    insert_member(exchange, group, user >= 0 ? "u" : "g", user >= 0 ? user : nested);
    if (user >= 0) license_queue(exchange, group, user);
    entity_note(exchange, entity_group(), entity_id(exchange, entity_group(), group), "u", TEXT("members+"), id);
    audit_add(exchange, "Add member to group", "GroupManagement", "Group", entity_id(exchange, entity_group(), group), NULL);
    return true;
}

bool membership_own(struct exchange *exchange, int64_t group, struct text reference) {
    struct text id = membership_id_of(reference);
    int64_t user = entity_require(exchange, entity_user(), id);
    if (user < 0) return false;
    if (store_number(exchange->db, "SELECT count(*) FROM owners WHERE group_number=? AND member=?", group, user, 0))
        return error_bad_request(exchange, "One or more added object references already exist for the following modified properties: 'owners'.");
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT INTO owners VALUES (?,?)");
    sqlite3_bind_int64(insert, 1, group);
    sqlite3_bind_int64(insert, 2, user);
    store_done(exchange->db, insert);
    return true;
}

void membership_add(struct exchange *exchange) {
    struct text id = membership_reference(exchange);
    if (id.length == 0) return;
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0 || !membership_writable(exchange, group) || !is_static(exchange, group) || !membership_join(exchange, group, id)) return;
    if (store_commit(exchange->db)) exchange->status = 204;
}

void membership_add_owner(struct exchange *exchange) {
    struct text id = membership_reference(exchange);
    if (id.length == 0) return;
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0 || !membership_own(exchange, group, id)) return;
    if (store_commit(exchange->db)) exchange->status = 204;
}

static int64_t delete_member(struct exchange *exchange, const char *sql, int64_t group, int64_t member) {
    sqlite3_stmt *remove = store_statement(exchange->db, sql);
    sqlite3_bind_int64(remove, 1, group);
    sqlite3_bind_int64(remove, 2, member);
    store_done(exchange->db, remove);
    return sqlite3_changes(exchange->db->sqlite);
}

void membership_remove(struct exchange *exchange) {
    struct text id = exchange->arguments[1];
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0 || !membership_writable(exchange, group) || !is_static(exchange, group)) return;
    int64_t user = entity_find(exchange, entity_user(), id), nested = user < 0 ? entity_find(exchange, entity_group(), id) : -1;
    int64_t removed = user >= 0 ? delete_member(exchange, "DELETE FROM members WHERE group_number=? AND kind='u' AND member=?", group, user)
                                : delete_member(exchange, "DELETE FROM members WHERE group_number=? AND kind='g' AND member=?", group, nested);
    if (!removed) {
        error_not_found(exchange, id);
        return;
    }
    if (user >= 0) license_queue(exchange, group, user);
    entity_note(exchange, entity_group(), entity_id(exchange, entity_group(), group), "u", TEXT("members-"), id);
    audit_add(exchange, "Remove member from group", "GroupManagement", "Group", entity_id(exchange, entity_group(), group), NULL);
    if (store_commit(exchange->db)) exchange->status = 204;
}

void membership_remove_owner(struct exchange *exchange) {
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0) return;
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[1]);
    if (user < 0) return;
    if (!delete_member(exchange, "DELETE FROM owners WHERE group_number=? AND member=?", group, user)) error_not_found(exchange, exchange->arguments[1]);
    else if (store_commit(exchange->db)) exchange->status = 204;
}

/* Without /$ref Graph deletes the member itself: the trap is kept on purpose. */
void membership_delete_member(struct exchange *exchange) {
    store_begin(exchange->db);
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    int64_t user = group < 0 ? -1 : entity_require(exchange, entity_user(), exchange->arguments[1]);
    if (user < 0) return;
    users_remove(exchange, user);
    if (store_commit(exchange->db)) exchange->status = 204;
}

/* Users, groups and roles of a relation, or one of them when the path casts. */
static void list_relation(struct exchange *exchange, const struct listing_part *users, const struct listing_part *groups, const struct listing_part *roles, struct text cast) {
    struct listing listing = {.mixed = cast.length == 0, .reference = true};
    const struct listing_part *parts[] = {users, groups, roles};
    for (int i = 0; i < 3; i++) {
        if (!parts[i]) continue;
        bool wanted = cast.length == 0 || text_equal_fold(cast, exchange_format(exchange, "microsoft.graph.%s", parts[i]->entity->name));
        if (wanted) listing.parts[listing.count++] = *parts[i];
    }
    if (listing.count == 0) {
        error_reply(exchange, 400, "BadRequest", "Resource not found for the segment '%.*s'.", TEXT_ARGUMENT(cast));
        return;
    }
    bool counted = text_equal(exchange->segments[exchange->segment_count - 1], TEXT("$count"));
    if (counted) query_count(exchange, &listing);
    else query_list(exchange, &listing);
}

static void list_members(struct exchange *exchange, const char *users, const char *groups) {
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0) return;
    struct listing_part of_users = {entity_user(), users, group}, of_groups = {entity_group(), groups, group};
    list_relation(exchange, &of_users, groups ? &of_groups : NULL, NULL, exchange->arguments[1]);
}

void membership_members(struct exchange *exchange) { list_members(exchange, DIRECT_USERS, DIRECT_GROUPS); }

void membership_members_transitive(struct exchange *exchange) {
    list_members(exchange, "t.number IN (SELECT member FROM members WHERE kind='u' AND group_number IN " BELOW ")",
                 "t.number IN (SELECT member FROM members WHERE kind='g' AND group_number IN " BELOW ")");
}

void membership_license_errors(struct exchange *exchange) {
    list_members(exchange, "t.number IN (SELECT user FROM licenses WHERE group_number=? AND error<>'None')", NULL);
}

void membership_owners(struct exchange *exchange) {
    list_members(exchange, "t.number IN (SELECT member FROM owners WHERE group_number=?)", NULL);
}

static void list_above(struct exchange *exchange, const char *groups) {
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    struct listing_part of_groups = {entity_group(), groups, user}, of_roles = {entity_role(), "t.number IN (SELECT role FROM role_members WHERE user=?)", user};
    list_relation(exchange, NULL, &of_groups, &of_roles, exchange->arguments[1]);
}

void membership_of_user(struct exchange *exchange) { list_above(exchange, "t.number IN (SELECT group_number FROM members WHERE kind='u' AND member=?)"); }

void membership_of_user_transitive(struct exchange *exchange) { list_above(exchange, ABOVE_USER); }

void membership_of_group(struct exchange *exchange) {
    int64_t group = entity_require(exchange, entity_group(), exchange->arguments[0]);
    if (group < 0) return;
    struct listing_part of_groups = {entity_group(), "t.number IN (SELECT group_number FROM members WHERE kind='g' AND member=?)", group};
    list_relation(exchange, NULL, &of_groups, NULL, TEXT_NONE);
}

static bool asked_for(const cJSON *ids, struct text id) {
    const cJSON *item;
    if (!ids) return true;
    cJSON_ArrayForEach(item, ids)
        if (cJSON_IsString(item) && text_equal_fold(text_of(item->valuestring), id)) return true;
    return false;
}

static void answer_groups(struct exchange *exchange, const cJSON *ids, bool security_only) {
    int64_t user = entity_require(exchange, entity_user(), exchange->arguments[0]);
    if (user < 0) return;
    struct bytes *out = &exchange->reply;
    struct text base = exchange_base(exchange);
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT t.id, t.security_enabled FROM groups t WHERE t.deleted IS NULL AND " ABOVE_USER);
    sqlite3_bind_int64(row, 1, user);
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#Collection(Edm.String)", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version)));
    bytes_add_string(out, ",\"value\":[");
    while (store_row(exchange->db, row)) {
        if (!asked_for(ids, store_text(row, 0)) || (security_only && !sqlite3_column_int(row, 1))) continue;
        json_comma(out);
        json_text(out, store_text(row, 0));
    }
    sqlite3_reset(row);
    bytes_add_string(out, "]}");
}

void membership_check(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange), *ids = cJSON_GetObjectItem(body, "groupIds");
    if (!body) return;
    if (!cJSON_IsArray(ids) || cJSON_GetArraySize(ids) > 20) error_bad_request(exchange, "Invalid value specified for property 'groupIds'.");
    else answer_groups(exchange, ids, false);
}

void membership_get(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange);
    if (body) answer_groups(exchange, NULL, cJSON_IsTrue(cJSON_GetObjectItem(body, "securityEnabledOnly")));
}
