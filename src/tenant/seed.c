#include "seed_private.h"
#include <stdio.h>
#include <stdlib.h>
#include "embedded_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/decimal.h"
#include "seed_people_private.h"

enum { BULK_USERS = 20000 };

bool seed_knows_story(const char *story) {
    return text_equal_fold(text_of(story), TEXT("contoso")) || text_equal_fold(text_of(story), TEXT("contoso-both"));
}

static int number_of(struct text text) {
    int64_t number = 0;
    decimal_read_int64(text, &number);
    return (int)number;
}

static void empty_store(struct connection *db) {
    static const char *const tables[] = {"users", "groups", "members", "owners", "products", "licenses", "group_licenses", "group_work",
                                         "roles", "role_members", "changes", "audit", "grants", "plans"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        store_run(db, sql);
    }
}

/* A large firm is written without the indexes that only reading needs; the schema puts them back. */
static void begin_bulk(struct connection *db) {
    store_run(db, "DROP INDEX users_by_name; DROP INDEX users_by_manager; DROP INDEX users_by_deleted; DROP INDEX members_by_member; "
                  "DROP INDEX licenses_by_sku; DROP INDEX licenses_by_group");
}

static void end_bulk(struct connection *db) { store_run(db, embedded_file("schema.sql").start); }

static void add_plans(struct seed_story *story) {
    sqlite3_stmt *insert = store_statement(story->db, "INSERT OR IGNORE INTO plans VALUES (?,?,?)");
    for (int sku = 0; sku < story->catalog->product_count; sku++) {
        const struct catalog_product *product = &story->catalog->products[sku];
        for (int i = 0; i < product->plan_count; i++) {
            sqlite3_reset(insert);
            sqlite3_bind_int(insert, 1, sku);
            store_bind_text(insert, 2, story->catalog->plans[product->plans[i]].id);
            store_bind_text(insert, 3, story->catalog->plans[product->plans[i]].service);
            store_done(story->db, insert);
        }
    }
}

/* Seats follow from what the people use, so that every size of the firm has the same shortages. */
static void add_product(struct seed_story *story, int sku, const struct text fields[]) {
    char subscription[40], renews[40];
    int64_t used = store_number(story->db, "SELECT count(DISTINCT l.user) FROM licenses l JOIN users u ON u.number=l.user WHERE l.sku=? AND l.active=1 AND u.deleted IS NULL", sku, 0, 0);
    int64_t spare = used * number_of(fields[2]) / 100, least = number_of(fields[3]);
    int64_t enabled = used + (spare > least ? spare : least), warning = 0;
    bool grace = text_equal(fields[4], TEXT("Warning")), suspended = text_equal(fields[4], TEXT("Suspended"));
    if (grace) warning = enabled, enabled = 0;
    if (suspended) enabled = 0;
    seed_guid(story, subscription);
    struct bytes date = {0};
    calendar_add_iso(&date, story->today + (30 + (int64_t)random_below(&story->random, 300)) * CALENDAR_TICKS_PER_DAY);
    snprintf(renews, sizeof renews, "%s", date.data);
    bytes_free(&date);
    sqlite3_stmt *insert = store_statement(story->db, "INSERT INTO products VALUES (?,?,?,?,0,?,?,?||',',?)");
    sqlite3_bind_int(insert, 1, sku);
    sqlite3_bind_int64(insert, 2, enabled);
    sqlite3_bind_int64(insert, 3, warning);
    sqlite3_bind_int(insert, 4, number_of(fields[6]));
    sqlite3_bind_int64(insert, 5, used);
    store_bind_text(insert, 6, fields[4]);
    store_bind_string(insert, 7, subscription);
    store_bind_string(insert, 8, renews);
    store_done(story->db, insert);
}

static void add_products(struct seed_story *story) {
    struct text rest = embedded_file("seed/owned.tsv"), fields[7];
    int count;
    while (embedded_row(&rest, fields, 7, &count)) {
        int sku = count == 7 ? catalog_find_part(story->catalog, fields[1]) : -1;
        bool ours = text_equal(fields[0], TEXT("*")) || text_equal_fold(fields[0], text_of(story->wishes->story));
        if (sku >= 0 && ours) add_product(story, sku, fields);
    }
}

struct group_row {
    int64_t number;
    const char *name, *description, *nickname;
    bool mail, security;
    const char *types, *rule;
};

static void add_group(struct seed_story *story, const struct group_row *group) {
    char id[37], mail[96] = "", proxies[128] = "";
    seed_guid(story, id);
    if (group->mail) snprintf(mail, sizeof mail, "%s@contoso.com", group->nickname);
    if (group->mail) snprintf(proxies, sizeof proxies, "SMTP:%s\n", mail);
    sqlite3_stmt *insert = store_statement(story->db,
        "INSERT INTO groups (number,id,display_name,description,mail,mail_nickname,mail_enabled,security_enabled,group_types,membership_rule,"
        "rule_processing,visibility,security_identifier,created,renewed,proxy_addresses) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    sqlite3_bind_int64(insert, 1, group->number);
    store_bind_string(insert, 2, id);
    store_bind_string(insert, 3, group->name);
    store_bind_string(insert, 4, group->description);
    store_bind_string(insert, 5, *mail ? mail : NULL);
    store_bind_string(insert, 6, group->nickname);
    sqlite3_bind_int(insert, 7, group->mail);
    sqlite3_bind_int(insert, 8, group->security);
    store_bind_string(insert, 9, group->types);
    store_bind_string(insert, 10, group->rule);
    store_bind_string(insert, 11, group->rule ? "On" : NULL);
    store_bind_string(insert, 12, strstr(group->types, "Unified") ? "Private" : NULL);
    char sid[64];
    snprintf(sid, sizeof sid, "S-1-12-1-%u-%u-%u-%u", (unsigned)random_next(&story->random), (unsigned)random_next(&story->random),
             (unsigned)random_next(&story->random), (unsigned)random_next(&story->random));
    store_bind_string(insert, 13, sid);
    store_bind_string(insert, 14, "2023-05-02T08:30:00Z");
    store_bind_string(insert, 15, "2023-05-02T08:30:00Z");
    store_bind_string(insert, 16, proxies);
    store_done(story->db, insert);
}

static void add_fixed_groups(struct seed_story *story) {
    static const struct group_row groups[] = {
        {SEED_E3_FIELD, "Licensing E3 Field", "Members have Microsoft 365 E3 by this group", "licensing-e3-field", false, true, "", NULL},
        {SEED_E5_EXECUTIVES, "Licensing E5 Executives", "Members have Microsoft 365 E5 by this group", "licensing-e5-executives", false, true, "", NULL},
        {SEED_VISIO, "Licensing Visio Designers", "Members have Visio Plan 2 by this group, as far as there are seats", "licensing-visio", false, true, "", NULL},
        {SEED_ALL_EMPLOYEES, "All Employees", "Everybody who is a member and not blocked", "all-employees", false, true, "DynamicMembership\n",
         "(user.userType -eq \"Member\") and (user.accountEnabled -eq true)"},
        {SEED_EMEA, "Contoso Departments", "The groups of some departments", "contoso-departments", false, true, "", NULL},
        {SEED_GUESTS, "Guests", "Everybody from outside", "guests", false, true, "DynamicMembership\n", "(user.userType -eq \"Guest\")"},
        {SEED_NEWS, "Company News", "Distribution list", "company-news", true, false, "", NULL},
        {SEED_ADMINS, "Administrators", "Who looks after the tenant", "administrators", false, true, "", NULL},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) add_group(story, &groups[i]);
}

static void add_department_groups(struct seed_story *story) {
    for (int i = 0; i < seed_department_count(); i++) {
        struct text department = seed_department(i);
        char name[64], team[64], nickname[64], team_nickname[80];
        size_t length = 0;
        snprintf(name, sizeof name, "%.*s", TEXT_ARGUMENT(department));
        snprintf(team, sizeof team, "%.*s Team", TEXT_ARGUMENT(department));
        for (const char *at = name; *at; at++) nickname[length++] = *at == ' ' ? '-' : (char)(*at | 0x20);
        nickname[length] = 0;
        snprintf(team_nickname, sizeof team_nickname, "%s-team", nickname);
        add_group(story, &(struct group_row){SEED_DEPARTMENTS + i, name, "Members of the department", nickname, false, true, "", NULL});
        add_group(story, &(struct group_row){SEED_TEAMS + i, team, "Workspace of the department", team_nickname, true, false, "Unified\n", NULL});
        if (i < 4) seed_member(story, SEED_EMEA, 'g', SEED_DEPARTMENTS + i);
    }
}

static void license_groups(struct seed_story *story) {
    static const struct { int64_t group; const char *part; } rows[] = {{SEED_E3_FIELD, "SPE_E3"}, {SEED_E5_EXECUTIVES, "SPE_E5"}, {SEED_VISIO, "VISIOCLIENT"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sqlite3_stmt *insert = store_statement(story->db, "INSERT INTO group_licenses VALUES (?,?,'')");
        sqlite3_bind_int64(insert, 1, rows[i].group);
        sqlite3_bind_int(insert, 2, catalog_find_part(story->catalog, text_of(rows[i].part)));
        store_done(story->db, insert);
        sqlite3_stmt *update = store_statement(story->db, "UPDATE groups SET license_state='ProcessingComplete' WHERE number=?");
        sqlite3_bind_int64(update, 1, rows[i].group);
        store_done(story->db, update);
    }
}

static void add_roles(struct seed_story *story) {
    struct text rest = embedded_file("seed/roles.tsv"), fields[4];
    int count, number = 0, next = 5;
    while (embedded_row(&rest, fields, 4, &count)) {
        char id[37];
        seed_guid(story, id);
        sqlite3_stmt *insert = store_statement(story->db, "INSERT INTO roles VALUES (?,?,?,?,?)");
        sqlite3_bind_int(insert, 1, ++number);
        store_bind_string(insert, 2, id);
        for (int i = 0; i < 3; i++) store_bind_text(insert, i + 3, fields[i]);
        store_done(story->db, insert);
        for (int i = number_of(fields[3]); i > 0; i--) {
            int64_t user = number == 1 && i == 1 ? 1 : next++;
            sqlite3_stmt *member = store_statement(story->db, "INSERT INTO role_members VALUES (?,?)");
            sqlite3_bind_int(member, 1, number);
            sqlite3_bind_int64(member, 2, user);
            store_done(story->db, member);
            seed_member(story, SEED_ADMINS, 'u', user);
        }
    }
}

static void add_owners(struct seed_story *story) {
    store_run(story->db, "INSERT INTO owners SELECT number, 1 FROM groups");
    store_run(story->db, "INSERT OR IGNORE INTO owners SELECT number, 2 + number % 10 FROM groups WHERE group_types LIKE '%Unified%'");
}

static void keep_settings(struct seed_story *story) {
    char number[32];
    store_set(story->db, "story", story->wishes->story);
    snprintf(number, sizeof number, "%d", story->wishes->users);
    store_set(story->db, "users", number);
    snprintf(number, sizeof number, "%llu", (unsigned long long)story->wishes->seed);
    store_set(story->db, "seed", number);
    store_set(story->db, "seeded", story->now);
}

bool seed_tell(struct connection *db, const struct catalog *catalog, const struct seed_wishes *wishes) {
    struct seed_story story = {.db = db, .catalog = catalog, .wishes = wishes};
    int64_t now = clock_now(NULL) / CALENDAR_TICKS_PER_SECOND * CALENDAR_TICKS_PER_SECOND;
    struct bytes text = {0};
    calendar_add_iso(&text, now);
    snprintf(story.now, sizeof story.now, "%s", text.data);
    bytes_free(&text);
    story.today = now / CALENDAR_TICKS_PER_DAY * CALENDAR_TICKS_PER_DAY;
    story.both = text_equal_fold(text_of(wishes->story), TEXT("contoso-both"));
    random_seed(&story.random, wishes->seed);
    store_run(db, "PRAGMA cache_size=-300000");
    store_begin(db);
    if (wishes->only_new && store_setting_number(db, "users", -1) >= 0) {
        store_rollback(db);
        store_run(db, "PRAGMA cache_size=-16000");
        return true;
    }
    empty_store(db);
    bool bulk = wishes->users > BULK_USERS;
    if (bulk) begin_bulk(db);
    add_plans(&story);
    add_fixed_groups(&story);
    add_department_groups(&story);
    seed_people(&story);
    if (bulk) end_bulk(db);
    license_groups(&story);
    add_products(&story);
    add_roles(&story);
    add_owners(&story);
    keep_settings(&story);
    bool told = store_commit(db);
    store_run(db, "PRAGMA cache_size=-16000; PRAGMA shrink_memory");
    return told;
}
