#include <stdio.h>
#include "entity_special_private.h"
#include <ctype.h>
#include "expand_private.h"
#include "json_write_private.h"
#include "license_private.h"

/* Kept as "number:value" lines. */
static void write_extensions(struct text value, struct bytes *out) {
    bytes_add_byte(out, '{');
    for (int i = 1; i <= 15; i++) {
        char name[32], mark[8];
        snprintf(name, sizeof name, "extensionAttribute%d", i);
        snprintf(mark, sizeof mark, "%d:", i);
        struct text rest = value, line, found = TEXT_NONE;
        bool there = false;
        while (!there && text_split_next(&rest, '\n', &line))
            if (text_starts(line, text_of(mark))) found = text_slice(line, strlen(mark), line.length), there = true;
        json_name(out, name);
        if (there) json_text(out, found);
        else bytes_add(out, "null", 4);
    }
    bytes_add_byte(out, '}');
}

static void write_identities(struct exchange *exchange, int64_t number, struct bytes *out) {
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT user_principal_name FROM users WHERE number=?");
    sqlite3_bind_int64(row, 1, number);
    if (store_row(exchange->db, row)) {
        bytes_add_string(out, "[{\"signInType\":\"userPrincipalName\",\"issuer\":\"contoso.com\"");
        json_name_text(out, "issuerAssignedId", store_text(row, 0));
        bytes_add_string(out, "}]");
    } else {
        bytes_add_string(out, "[]");
    }
    sqlite3_reset(row);
}

static void write_sign_in(struct exchange *exchange, int64_t number, struct bytes *out) {
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT last_sign_in, last_successful_sign_in FROM users WHERE number=?");
    sqlite3_bind_int64(row, 1, number);
    if (store_row(exchange->db, row) && sqlite3_column_type(row, 0) != SQLITE_NULL) {
        bytes_add_byte(out, '{');
        json_name_text(out, "lastSignInDateTime", store_text(row, 0));
        json_name_text(out, "lastNonInteractiveSignInDateTime", store_text(row, 0));
        json_name(out, "lastSuccessfulSignInDateTime");
        if (sqlite3_column_type(row, 1) == SQLITE_NULL) bytes_add_string(out, "null");
        else json_text(out, store_text(row, 1));
        bytes_add_byte(out, '}');
    } else {
        bytes_add_string(out, "null");
    }
    sqlite3_reset(row);
}

static void write_status(struct text error, struct bytes *out) {
    bool fine = text_equal(error, TEXT("0"));
    bytes_add_format(out, "{\"errorCode\":%.*s,\"failureReason\":", TEXT_ARGUMENT(error));
    json_text(out, fine ? TEXT("Other.") : TEXT("Error validating credentials due to invalid username or password."));
    bytes_add_string(out, ",\"additionalDetails\":null}");
}

/* city|state|country */
static void write_place(struct text place, struct bytes *out) {
    static const char *const names[] = {"city", "state", "countryOrRegion"};
    bytes_add_byte(out, '{');
    for (int i = 0; i < 3; i++) {
        size_t bar = text_find_byte(place, '|', 0);
        json_name_text(out, names[i], text_slice(place, 0, bar == TEXT_NOT_FOUND ? place.length : bar));
        place = bar == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(place, bar + 1, place.length);
    }
    bytes_add_byte(out, '}');
}

void entity_special_write(struct exchange *exchange, const struct property *property, int64_t number, struct text value, struct bytes *out) {
    switch (property->kind) {
    case KIND_ASSIGNED_LICENSES: license_add_assigned(exchange->tenant, exchange->db, number, out); break;
    case KIND_ASSIGNED_PLANS: license_add_plans(exchange->tenant, exchange->db, number, true, out); break;
    case KIND_PROVISIONED_PLANS: license_add_plans(exchange->tenant, exchange->db, number, false, out); break;
    case KIND_LICENSE_STATES: license_add_states(exchange->tenant, exchange->db, number, out); break;
    case KIND_GROUP_LICENSES: license_add_group(exchange->tenant, exchange->db, number, out); break;
    case KIND_LICENSE_STATE:
        if (value.length) {
            bytes_add_byte(out, '{');
            json_name_text(out, "state", value);
            bytes_add_byte(out, '}');
        } else {
            bytes_add_string(out, "null");
        }
        break;
    case KIND_EXTENSIONS: write_extensions(value, out); break;
    case KIND_TRUTH: bytes_add_string(out, "true"); break;
    case KIND_NOT_APPLIED: bytes_add_string(out, "\"notApplied\""); break;
    case KIND_SIGN_IN_STATUS: write_status(value, out); break;
    case KIND_SIGN_IN_PLACE: write_place(value, out); break;
    case KIND_IDENTITIES: write_identities(exchange, number, out); break;
    case KIND_SIGN_IN: write_sign_in(exchange, number, out); break;
    default: bytes_add_string(out, "null");
    }
}

bool entity_special_expand(struct exchange *exchange, const struct entity *entity, int64_t number, struct bytes *out) {
    struct expansion expansion;
    if (!expand_read(exchange, entity, &expansion)) return false;
    expand_write(exchange, &expansion, number, out);
    return true;
}

bool entity_special_check_name(struct exchange *exchange, struct text name) {
    size_t at = text_find_byte(name, '@', 0);
    bool fine = at != TEXT_NOT_FOUND && at > 0;
    for (size_t i = 0; fine && i < at; i++) fine = isalnum((unsigned char)name.start[i]) || strchr("'.-_!#^~", name.start[i]);
    if (!fine) return error_reply_detail(exchange, 400, "Request_BadRequest", "InvalidValue", "userPrincipalName", "Invalid value specified for property 'userPrincipalName' of resource 'User'.");
    struct text domain = text_slice(name, at + 1, name.length);
    if (text_equal_fold(domain, TEXT("contoso.com")) || text_equal_fold(domain, TEXT("contoso.onmicrosoft.com"))) return true;
    return error_bad_request(exchange, "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.");
}

static bool complex_enough(struct text word) {
    int lower = 0, upper = 0, digit = 0, other = 0;
    for (size_t i = 0; i < word.length; i++) {
        unsigned char byte = (unsigned char)word.start[i];
        if (islower(byte)) lower = 1;
        else if (isupper(byte)) upper = 1;
        else if (isdigit(byte)) digit = 1;
        else other = 1;
    }
    return word.length >= 8 && word.length <= 256 && lower + upper + digit + other >= 3;
}

bool entity_special_password(struct exchange *exchange, int64_t number, const cJSON *profile) {
    const cJSON *password = cJSON_GetObjectItem(profile, "password");
    if (!cJSON_IsObject(profile)) return error_reply_detail(exchange, 400, "Request_BadRequest", "InvalidValue", "passwordProfile", "Invalid value specified for property 'passwordProfile' of resource 'User'.");
    if (password && (!cJSON_IsString(password) || !complex_enough(text_of(password->valuestring))))
        return error_reply_detail(exchange, 400, "Request_BadRequest", "InvalidPassword", "password", "The specified password does not comply with password complexity requirements. Please provide a different password.");
    if (!password) return true;
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET password_changed=?1 WHERE number=?2");
    store_bind_text(update, 1, entity_now(exchange));
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    return true;
}

static void keep_other_attributes(struct text old, const cJSON *attributes, struct bytes *out) {
    struct text line;
    while (text_split_next(&old, '\n', &line)) {
        char name[40];
        size_t colon = text_find_byte(line, ':', 0);
        if (colon == TEXT_NOT_FOUND || colon > 2) continue;
        snprintf(name, sizeof name, "extensionAttribute%.*s", (int)colon, line.start);
        if (cJSON_GetObjectItem(attributes, name)) continue;
        bytes_add_text(out, line);
        bytes_add_byte(out, '\n');
    }
}

bool entity_special_extensions(struct exchange *exchange, int64_t number, const cJSON *attributes) {
    struct bytes all = {0};
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT extension_attributes FROM users WHERE number=?");
    sqlite3_bind_int64(row, 1, number);
    if (store_row(exchange->db, row)) keep_other_attributes(store_text(row, 0), attributes, &all);
    sqlite3_reset(row);
    for (int i = 1; i <= 15; i++) {
        char name[32];
        snprintf(name, sizeof name, "extensionAttribute%d", i);
        const cJSON *value = cJSON_GetObjectItem(attributes, name);
        if (cJSON_IsString(value) && !strchr(value->valuestring, '\n')) bytes_add_format(&all, "%d:%s\n", i, value->valuestring);
    }
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE users SET extension_attributes=?1 WHERE number=?2");
    store_bind_text(update, 1, bytes_text(&all));
    sqlite3_bind_int64(update, 2, number);
    store_done(exchange->db, update);
    sqlite3_clear_bindings(update);
    bytes_free(&all);
    return true;
}
