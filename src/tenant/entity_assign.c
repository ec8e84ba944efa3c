/* Writing properties: what a body may hold, and the row's UPDATE. */
#include <stdio.h>
#include <ctype.h>
#include "entity_private.h"
#include "entity_special_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/utf8.h"

static bool invalid(struct exchange *exchange, const struct entity *entity, const struct property *property) {
    char message[160];
    snprintf(message, sizeof message, "Invalid value specified for property '%s' of resource '%s'.", property->name, entity->resource);
    return error_reply_detail(exchange, 400, "Request_BadRequest", "InvalidValue", property->name, message);
}

static bool wrong_type(struct exchange *exchange, const char *expected) {
    return error_reply(exchange, 400, "Request_BadRequest",
                       "A value was encountered that has a type that does not match the expected type '%s'.", expected);
}

static bool assign_moment(struct exchange *exchange, const struct entity *entity, const struct property *property, const cJSON *value, sqlite3_stmt *update, int place) {
    int64_t ticks;
    int32_t offset;
    if (!cJSON_IsString(value)) return wrong_type(exchange, "Edm.DateTimeOffset");
    if (!calendar_read_iso(text_of(value->valuestring), &ticks, &offset)) return invalid(exchange, entity, property);
    if (offset != INT32_MIN) ticks -= (int64_t)offset * 60 * CALENDAR_TICKS_PER_SECOND;
    struct bytes iso = {0};
    calendar_add_iso(&iso, ticks);
    sqlite3_bind_text(update, place, iso.data, (int)iso.length, SQLITE_TRANSIENT);
    bytes_free(&iso);
    return true;
}

static bool assign_list(struct exchange *exchange, const struct entity *entity, const struct property *property, const cJSON *value, sqlite3_stmt *update, int place) {
    struct bytes items = {0};
    const cJSON *item;
    bool fine = cJSON_IsArray(value) && !(text_equal(text_of(property->name), TEXT("businessPhones")) && cJSON_GetArraySize(value) > 1);
    cJSON_ArrayForEach(item, value) {
        fine = fine && cJSON_IsString(item) && !strchr(item->valuestring, '\n');
        if (!fine) break;
        bytes_add_string(&items, item->valuestring);
        bytes_add_byte(&items, '\n');
    }
    if (fine) sqlite3_bind_text(update, place, items.data ? items.data : "", (int)items.length, SQLITE_TRANSIENT);
    bytes_free(&items);
    return fine || invalid(exchange, entity, property);
}

static bool two_letters(const char *text) {
    return isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]) && !text[2];
}

static bool assign_words(struct exchange *exchange, const struct entity *entity, const struct property *property, const cJSON *value, sqlite3_stmt *update, int place) {
    if (!cJSON_IsString(value)) return wrong_type(exchange, "Edm.String");
    struct text text = text_of(value->valuestring), name = text_of(property->name);
    if (text.length == 0 || (property->longest && utf8_units(text) > (size_t)property->longest)) return invalid(exchange, entity, property);
    if (text_equal(name, TEXT("usageLocation")) && !two_letters(value->valuestring)) return invalid(exchange, entity, property);
    if (text_equal(name, TEXT("userPrincipalName")) && !entity_special_check_name(exchange, text)) return false;
    store_bind_text(update, place, text);
    return true;
}

static bool assign_value(struct exchange *exchange, const struct entity *entity, const struct property *property, const cJSON *value, sqlite3_stmt *update, int place) {
    static const char *const never_null[] = {"accountEnabled", "displayName", "mailNickname", "userPrincipalName", "mailEnabled", "securityEnabled"};
    if (cJSON_IsNull(value)) {
        for (size_t i = 0; i < sizeof never_null / sizeof *never_null; i++)
            if (text_equal(text_of(property->name), text_of(never_null[i]))) return invalid(exchange, entity, property);
        sqlite3_bind_null(update, place);
        return true;
    }
    switch (property->kind) {
    case KIND_FLAG:
        if (!cJSON_IsBool(value)) return wrong_type(exchange, "Edm.Boolean");
        sqlite3_bind_int(update, place, cJSON_IsTrue(value));
        return true;
    case KIND_MOMENT: return assign_moment(exchange, entity, property, value, update, place);
    case KIND_LIST: return assign_list(exchange, entity, property, value, update, place);
    default: return assign_words(exchange, entity, property, value, update, place);
    }
}

static bool assign_one(struct exchange *exchange, const struct entity *entity, int64_t number, const struct property *property, const cJSON *value) {
    if (property->kind == KIND_PASSWORD) return entity_special_password(exchange, number, value);
    if (property->kind == KIND_EXTENSIONS) return entity_special_extensions(exchange, number, value);
    if (!property->column) return true; /* accepted and not kept */
    struct bytes sql = {0};
    bytes_add_format(&sql, "UPDATE %s SET %s=?1 WHERE number=?2", entity->table, property->column);
    sqlite3_stmt *update = store_statement(exchange->db, sql.data);
    bytes_free(&sql);
    if (!assign_value(exchange, entity, property, value, update, 1)) return false;
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    sqlite3_clear_bindings(update);
    return true;
}

static bool is_binding(const char *name) { return strstr(name, "@odata.") != NULL; }

bool entity_assign(struct exchange *exchange, const struct entity *entity, int64_t number, const cJSON *body, bool creating) {
    const cJSON *member;
    struct text id = entity_id(exchange, entity, number);
    cJSON_ArrayForEach(member, body) {
        if (is_binding(member->string)) continue;
        const struct property *property = entity_property(entity, text_of(member->string));
        if (!property)
            return error_reply(exchange, 400, "Request_BadRequest", "Property '%s' does not exist as a declared property or extension property.", member->string);
        if (!(property->flags & PROPERTY_WRITABLE) && !(creating && property->flags & PROPERTY_CREATE))
            return error_reply(exchange, 400, "Request_BadRequest", "Property '%s' is read-only and cannot be set.", property->name);
        if (!assign_one(exchange, entity, number, property, member)) return false;
        if (!creating) entity_note(exchange, entity, id, "u", text_of(property->name), TEXT_NONE);
    }
    return true;
}
