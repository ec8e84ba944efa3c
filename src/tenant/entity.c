#include "entity_private.h"
#include "entity_special_private.h"
#include "json_write_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"

#define D PROPERTY_DEFAULT
#define W PROPERTY_WRITABLE
#define C PROPERTY_CREATE
#define S PROPERTY_SINGLE
#define ROW(name, column, kind, flags, filter, longest) {name, column, KIND_##kind, flags, filter, longest},
static const struct property user_properties[] = {
#define USER ROW
#include "entities.def"
#undef USER
};
static const struct property group_properties[] = {
#define GROUP ROW
#include "entities.def"
#undef GROUP
};
static const struct property role_properties[] = {
#define ROLE ROW
#include "entities.def"
#undef ROLE
};
static const struct property sign_in_properties[] = {
#define SIGN_IN_RECORD ROW
#include "entities.def"
#undef SIGN_IN_RECORD
};
static const struct property role_assignment_properties[] = {
#define ROLE_ASSIGNMENT ROW
#include "entities.def"
#undef ROLE_ASSIGNMENT
};
static const struct property role_definition_properties[] = {
#define ROLE_DEFINITION ROW
#include "entities.def"
#undef ROLE_DEFINITION
};
#undef D
#undef W
#undef C
#undef S

#define LIST_OF(properties) properties, sizeof properties / sizeof *properties
static const struct entity user_entity = {"user", "users", "#microsoft.graph.user", "User", "users", true, LIST_OF(user_properties)};
static const struct entity group_entity = {"group", "groups", "#microsoft.graph.group", "Group", "groups", true, LIST_OF(group_properties)};
static const struct entity role_entity = {"directoryRole", "directoryRoles", "#microsoft.graph.directoryRole", "DirectoryRole", "roles", false, LIST_OF(role_properties)};
static const struct entity sign_in_entity = {"signIn", "auditLogs/signIns", "#microsoft.graph.signIn", "SignIn", "sign_ins", false, LIST_OF(sign_in_properties)};
static const struct entity role_assignment_entity = {"unifiedRoleAssignment", "roleManagement/directory/roleAssignments", "#microsoft.graph.unifiedRoleAssignment",
                                                     "RoleAssignment", "role_assignments", false, LIST_OF(role_assignment_properties)};
static const struct entity role_definition_entity = {"unifiedRoleDefinition", "roleManagement/directory/roleDefinitions", "#microsoft.graph.unifiedRoleDefinition",
                                                     "RoleDefinition", "roles", false, LIST_OF(role_definition_properties)};

const struct entity *entity_user(void) { return &user_entity; }
const struct entity *entity_group(void) { return &group_entity; }
const struct entity *entity_role(void) { return &role_entity; }
const struct entity *entity_sign_in(void) { return &sign_in_entity; }
const struct entity *entity_role_assignment(void) { return &role_assignment_entity; }
const struct entity *entity_role_definition(void) { return &role_definition_entity; }

const struct property *entity_property(const struct entity *entity, struct text name) {
    for (int i = 0; i < entity->count; i++)
        if (text_equal_fold(name, text_of(entity->properties[i].name))) return &entity->properties[i];
    return NULL;
}

void entity_select_default(const struct entity *entity, struct selection *selection, bool single) {
    *selection = (struct selection){0};
    unsigned wanted = PROPERTY_DEFAULT | (single ? PROPERTY_SINGLE : 0);
    for (int i = 0; i < entity->count; i++)
        if (entity->properties[i].flags & wanted) selection->list[selection->count++] = &entity->properties[i];
}

/* Kept by other services, which a listing does not ask. */
static bool is_foreign(struct text name) {
    static const char *const names[] = {"aboutMe", "birthday", "hireDate", "interests", "mySite", "pastProjects", "preferredName",
                                        "responsibilities", "schools", "skills", "mailboxSettings"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_fold(name, text_of(names[i]))) return true;
    return false;
}

static bool may_read(struct exchange *exchange, const struct property *property) {
    const char *needed = property->kind == KIND_SIGN_IN                                        ? "AuditLog.Read.All"
                         : text_equal(text_of(property->name), TEXT("employeeLeaveDateTime")) ? "User-LifeCycleInfo.Read.All User-LifeCycleInfo.ReadWrite.All"
                                                                                              : "";
    return exchange_allows(exchange, needed) ||
           error_reply(exchange, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

static bool add_selected(struct exchange *exchange, const struct property *property, struct selection *selection) {
    for (int i = 0; i < selection->count; i++)
        if (selection->list[i] == property) return true;
    if (selection->count == SELECTION_LIMIT) return true;
    selection->list[selection->count++] = property;
    return may_read(exchange, property);
}

bool entity_select(struct exchange *exchange, const struct entity *entity, struct text select, bool collection, struct selection *selection) {
    *selection = (struct selection){.chosen = true};
    struct text rest = select, name;
    while (text_split_next(&rest, ',', &name)) {
        name = text_trim(name);
        if (name.length == 0) continue;
        if (text_equal(name, TEXT("*"))) {
            for (int i = 0; i < entity->count; i++)
                if (!(entity->properties[i].flags & PROPERTY_SINGLE) && entity->properties[i].kind != KIND_SIGN_IN && !is_foreign(text_of(entity->properties[i].name)) &&
                    !add_selected(exchange, &entity->properties[i], selection)) return false;
            continue;
        }
        size_t slash = text_find_byte(name, '/', 0);
        if (slash != TEXT_NOT_FOUND) name = text_slice(name, 0, slash);
        if (collection && entity == &user_entity && is_foreign(name))
            return error_reply(exchange, 501, "NotImplemented", "This operation target is not yet supported.");
        const struct property *property = entity_property(entity, name);
        if (!property && is_foreign(name)) continue;
        if (!property)
            return error_reply(exchange, 400, "BadRequest", "Parsing OData Select and Expand failed: Could not find a property named '%.*s' on type 'microsoft.graph.%s'.",
                               TEXT_ARGUMENT(name), entity->name);
        if (!add_selected(exchange, property, selection)) return false;
    }
    if (selection->count == 0) entity_select_default(entity, selection, !collection);
    return true;
}

void entity_add_columns(const struct selection *selection, struct bytes *sql) {
    bytes_add_string(sql, "t.number");
    for (int i = 0; i < selection->count; i++)
        if (selection->list[i]->column) bytes_add_format(sql, ",t.%s", selection->list[i]->column);
}

static void write_value(struct exchange *exchange, const struct property *property, int64_t number, sqlite3_stmt *row, int column, struct bytes *out) {
    bool null = property->column && sqlite3_column_type(row, column) == SQLITE_NULL;
    switch (property->kind) {
    case KIND_LIST: json_list(out, store_text(row, column), '\n'); break;
    case KIND_NO_ITEMS: bytes_add(out, "[]", 2); break;
    case KIND_WORDS:
    case KIND_MOMENT:
        if (null) bytes_add(out, "null", 4);
        else json_text(out, store_text(row, column));
        break;
    case KIND_FLAG:
        if (null) bytes_add(out, "null", 4);
        else bytes_add_string(out, sqlite3_column_int(row, column) ? "true" : "false");
        break;
    default: entity_special_write(exchange, property, number, property->column ? store_text(row, column) : TEXT_NONE, out);
    }
}

void entity_write(struct exchange *exchange, const struct selection *selection, sqlite3_stmt *row, struct bytes *out) {
    int column = 1;
    int64_t number = sqlite3_column_int64(row, 0);
    for (int i = 0; i < selection->count; i++) {
        const struct property *property = selection->list[i];
        if (text_equal(text_of(property->name), TEXT("hasMembersWithLicenseErrors"))) continue; /* can be asked for, is never shown */
        json_name(out, property->name);
        write_value(exchange, property, number, row, column, out);
        if (property->column) column++;
    }
}

int64_t entity_find(struct exchange *exchange, const struct entity *entity, struct text key) {
    if (entity == &user_entity)
        return store_number_of_text(exchange->db,
            text_find_byte(key, '@', 0) == TEXT_NOT_FOUND ? "SELECT number FROM users WHERE id=? AND deleted IS NULL"
                                                          : "SELECT number FROM users WHERE user_principal_name=? AND deleted IS NULL", key, -1);
    if (entity == &group_entity) {
        if (text_starts_fold(key, TEXT("uniqueName='")))
            return store_number_of_text(exchange->db, "SELECT number FROM groups WHERE unique_name=? AND deleted IS NULL", text_slice(key, 12, key.length - 13), -1);
        return store_number_of_text(exchange->db, "SELECT number FROM groups WHERE id=? AND deleted IS NULL", key, -1);
    }
    if (text_starts_fold(key, TEXT("roleTemplateId='")))
        return store_number_of_text(exchange->db, "SELECT number FROM roles WHERE template=?", text_slice(key, 16, key.length - 17), -1);
    return store_number_of_text(exchange->db, "SELECT number FROM roles WHERE id=?", key, -1);
}

int64_t entity_require(struct exchange *exchange, const struct entity *entity, struct text key) {
    int64_t number = entity_find(exchange, entity, key);
    if (number < 0) error_not_found(exchange, key);
    return number;
}

struct text entity_id(struct exchange *exchange, const struct entity *entity, int64_t number) {
    sqlite3_stmt *statement = store_statement(exchange->db, entity == &user_entity    ? "SELECT id FROM users WHERE number=?"
                                                            : entity == &group_entity ? "SELECT id FROM groups WHERE number=?"
                                                                                      : "SELECT id FROM roles WHERE number=?");
    struct text id = TEXT_NONE;
    sqlite3_bind_int64(statement, 1, number);
    if (store_row(exchange->db, statement)) id = store_text(statement, 0);
    id = text_make(arena_text(exchange->arena, id.start, id.length), id.length);
    sqlite3_reset(statement);
    return id;
}

bool entity_add(struct exchange *exchange, const struct entity *entity, const struct selection *selection, int64_t number, bool typed, struct bytes *out) {
    struct bytes sql = {0};
    bytes_add_string(&sql, "SELECT ");
    entity_add_columns(selection, &sql);
    bytes_add_format(&sql, " FROM %s t WHERE t.number=?", entity->table);
    sqlite3_stmt *row = store_statement(exchange->db, sql.data);
    bytes_free(&sql);
    sqlite3_bind_int64(row, 1, number);
    bool found = store_row(exchange->db, row);
    if (found && typed) json_name_text(out, "@odata.type", text_of(entity->type));
    if (found) entity_write(exchange, selection, row, out);
    sqlite3_reset(row);
    return found;
}

void entity_reply(struct exchange *exchange, const struct entity *entity, int64_t number, int status) {
    struct selection selection;
    struct text select = exchange_option(exchange, "select");
    if (exchange->method.start[0] == 'G' && select.length) {
        if (!entity_select(exchange, entity, select, false, &selection)) return;
    } else {
        entity_select_default(entity, &selection, exchange->method.start[0] == 'G');
    }
    struct bytes *out = &exchange->reply;
    exchange->status = status;
    bytes_add_byte(out, '{');
    struct text base = exchange_base(exchange);
    struct text list = selection.chosen ? exchange_format(exchange, "(%.*s)", TEXT_ARGUMENT(select)) : TEXT_NONE;
    json_name_text(out, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#%s%.*s/$entity", TEXT_ARGUMENT(base),
                                                          TEXT_ARGUMENT(exchange->version), entity->set, TEXT_ARGUMENT(list)));
    bool found = entity_add(exchange, entity, &selection, number, false, out);
    if (found && !entity_special_expand(exchange, entity, number, out)) return;
    bytes_add_byte(out, '}');
    if (!found) error_not_found(exchange, exchange->arguments[0]);
}

struct text entity_now(struct exchange *exchange) {
    struct bytes text = {0};
    calendar_add_iso(&text, clock_now(NULL) / CALENDAR_TICKS_PER_SECOND * CALENDAR_TICKS_PER_SECOND);
    struct text now = text_make(arena_text(exchange->arena, text.data, text.length), text.length);
    bytes_free(&text);
    return now;
}

void entity_note(struct exchange *exchange, const struct entity *entity, struct text id, const char *kind, struct text property, struct text related) {
    sqlite3_stmt *statement = store_statement(exchange->db, "INSERT INTO changes (entity,id,kind,property,related,at) VALUES (?,?,?,?,?,?)");
    store_bind_string(statement, 1, entity->name);
    store_bind_text(statement, 2, id);
    store_bind_string(statement, 3, kind);
    store_bind_text(statement, 4, property);
    store_bind_text(statement, 5, related);
    store_bind_text(statement, 6, entity_now(exchange));
    store_done(exchange->db, statement);
}
