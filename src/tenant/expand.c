#include "expand_private.h"
#include "json_write_private.h"

enum { EXPANDED_ITEMS = 20 };

struct relation {
    enum expansion_kind kind;
    const char *name, *of;
    const char *users, *groups; /* numbers of the related rows */
};
static const struct relation relations[] = {
    {EXPAND_MANAGER, "manager", "user", "SELECT manager FROM users WHERE number=? AND manager IS NOT NULL", NULL},
    {EXPAND_REPORTS, "directReports", "user", "SELECT number FROM users WHERE manager=? AND deleted IS NULL LIMIT 20", NULL},
    {EXPAND_MEMBER_OF, "memberOf", "user", NULL, "SELECT group_number FROM members WHERE kind='u' AND member=? LIMIT 20"},
    {EXPAND_MEMBERS, "members", "group", "SELECT member FROM members WHERE group_number=? AND kind='u' LIMIT 20", "SELECT member FROM members WHERE group_number=? AND kind='g' LIMIT 20"},
    {EXPAND_OWNERS, "owners", "group", "SELECT member FROM owners WHERE group_number=? LIMIT 20", NULL},
};

static const struct relation *find(struct text name, const struct entity *entity) {
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (text_equal_fold(name, text_of(relations[i].name)) && text_equal(text_of(relations[i].of), text_of(entity->name))) return &relations[i];
    return NULL;
}

bool expand_read(struct exchange *exchange, const struct entity *entity, struct expansion *expansion) {
    struct text text = text_trim(exchange_option(exchange, "expand")), name = text, select = TEXT_NONE;
    *expansion = (struct expansion){0};
    if (text.length == 0) return true;
    size_t open = text_find_byte(text, '(', 0);
    if (open != TEXT_NOT_FOUND) {
        name = text_slice(text, 0, open);
        size_t start = text_find_fold(text, TEXT("$select="), open);
        if (start != TEXT_NOT_FOUND) {
            select = text_slice(text, start + 8, text.length);
            for (size_t i = 0; i < select.length; i++)
                if (select.start[i] == ')' || select.start[i] == ';') select.length = i;
        }
    }
    const struct relation *relation = find(name, entity);
    if (!relation && entity_property(entity, name))
        return error_reply(exchange, 400, "ExpandNotSupported", "Expand is not allowed for property '%.*s' according to the entity schema.", TEXT_ARGUMENT(name));
    if (!relation)
        return error_reply(exchange, 400, "BadRequest", "Parsing OData Select and Expand failed: Could not find a property named '%.*s' on type 'microsoft.graph.%s'.", TEXT_ARGUMENT(name), entity->name);
    expansion->kind = relation->kind;
    if (select.length == 0 || relation->groups) {
        entity_select_default(entity_user(), &expansion->selection, false);
        entity_select_default(entity_group(), &expansion->group_selection, false);
        return true;
    }
    return entity_select(exchange, entity_user(), select, true, &expansion->selection);
}

static int add_related(struct exchange *exchange, const char *sql, const struct entity *entity, const struct selection *selection, int64_t number, int limit, struct bytes *out) {
    int64_t found[EXPANDED_ITEMS];
    int count = 0;
    sqlite3_stmt *row = store_statement(exchange->db, sql);
    sqlite3_bind_int64(row, 1, number);
    while (count < limit && store_row(exchange->db, row)) found[count++] = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    for (int i = 0; i < count; i++) {
        json_comma(out);
        bytes_add_byte(out, '{');
        entity_add(exchange, entity, selection, found[i], true, out);
        bytes_add_byte(out, '}');
    }
    return count;
}

void expand_write(struct exchange *exchange, const struct expansion *expansion, int64_t number, struct bytes *out) {
    if (expansion->kind == EXPAND_NONE) return;
    const struct relation *relation = &relations[expansion->kind - 1];
    if (relation->kind == EXPAND_MANAGER) {
        int64_t manager = store_number(exchange->db, relation->users, number, 0, -1);
        if (manager < 0) return; /* Graph leaves it out */
        json_name(out, relation->name);
        bytes_add_byte(out, '{');
        entity_add(exchange, entity_user(), &expansion->selection, manager, true, out);
        bytes_add_byte(out, '}');
        return;
    }
    json_name(out, relation->name);
    bytes_add_byte(out, '[');
    int left = EXPANDED_ITEMS;
    if (relation->users) left -= add_related(exchange, relation->users, entity_user(), &expansion->selection, number, left, out);
    if (relation->groups) add_related(exchange, relation->groups, entity_group(), &expansion->group_selection, number, left, out);
    bytes_add_byte(out, ']');
}
