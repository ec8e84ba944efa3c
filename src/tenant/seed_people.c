#include "seed_people_private.h"
#include <ctype.h>
#include <stdio.h>
#include "embedded_private.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/guid.h"

enum { NAMES = 256, DEPARTMENTS = 16, OFFICES = 16, TITLES = 6 };
struct name { struct text shown, plain; };
struct department { struct text name, titles[TITLES]; int weight, title_count; };
struct office { struct text name, city, state, country, location, language, phone, postal, street; int weight; };
struct cast {
    struct name given[NAMES], surnames[NAMES];
    int given_count, surname_count;
    struct department departments[DEPARTMENTS];
    struct office offices[OFFICES];
    int department_count, office_count;
    int e3, e5, f3, office_e3, power_bi, visio, project, copilot, phone, flow, fabric; /* places in the catalog */
};

enum person_kind { PERSON_STAFF, PERSON_LEAVER, PERSON_LEAVING, PERSON_JOINER, PERSON_GUEST, PERSON_SHARED, PERSON_DELETED };
struct person {
    int number;
    enum person_kind kind;
    struct name given, surname;
    int round;                     /* how often the pair of names was used before */
    const struct department *department;
    int department_place, title;
    const struct office *office;
    bool located;
};

static int number_of(struct text text) {
    int64_t number = 0;
    decimal_read_int64(text, &number);
    return (int)number;
}

static int load_names(const char *file, struct name names[]) {
    struct text rest = embedded_file(file), fields[2];
    int count = 0, fields_read;
    while (count < NAMES && embedded_row(&rest, fields, 2, &fields_read))
        if (fields_read == 2) names[count++] = (struct name){fields[0], fields[1]};
    return count;
}

static int load_departments(struct department departments[]) {
    struct text rest = embedded_file("seed/departments.tsv"), fields[3];
    int count = 0, fields_read;
    while (count < DEPARTMENTS && embedded_row(&rest, fields, 3, &fields_read)) {
        if (fields_read < 3) continue;
        struct department *department = &departments[count++];
        *department = (struct department){.name = fields[0], .weight = number_of(fields[1])};
        while (department->title_count < TITLES && text_split_next(&fields[2], ';', &department->titles[department->title_count])) department->title_count++;
    }
    return count;
}

static int load_offices(struct office offices[]) {
    struct text rest = embedded_file("seed/offices.tsv"), f[10];
    int count = 0, fields_read;
    while (count < OFFICES && embedded_row(&rest, f, 10, &fields_read))
        if (fields_read == 10) offices[count++] = (struct office){f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], number_of(f[9])};
    return count;
}

int seed_department_count(void) {
    struct department departments[DEPARTMENTS];
    return load_departments(departments);
}

struct text seed_department(int place) {
    struct department departments[DEPARTMENTS];
    load_departments(departments);
    return departments[place].name;
}

static void load_cast(const struct catalog *catalog, struct cast *cast) {
    *cast = (struct cast){0};
    cast->given_count = load_names("seed/given_names.tsv", cast->given);
    cast->surname_count = load_names("seed/surnames.tsv", cast->surnames);
    cast->department_count = load_departments(cast->departments);
    cast->office_count = load_offices(cast->offices);
    cast->e3 = catalog_find_part(catalog, TEXT("SPE_E3"));
    cast->e5 = catalog_find_part(catalog, TEXT("SPE_E5"));
    cast->f3 = catalog_find_part(catalog, TEXT("SPE_F1"));
    cast->office_e3 = catalog_find_part(catalog, TEXT("ENTERPRISEPACK"));
    cast->power_bi = catalog_find_part(catalog, TEXT("POWER_BI_PRO"));
    cast->visio = catalog_find_part(catalog, TEXT("VISIOCLIENT"));
    cast->project = catalog_find_part(catalog, TEXT("PROJECTPROFESSIONAL"));
    cast->copilot = catalog_find_part(catalog, TEXT("Microsoft_365_Copilot"));
    cast->phone = catalog_find_part(catalog, TEXT("MCOEV"));
    cast->flow = catalog_find_part(catalog, TEXT("FLOW_FREE"));
    cast->fabric = catalog_find_part(catalog, TEXT("POWER_BI_STANDARD"));
}

static bool chance(struct seed_story *story, int in_a_thousand) { return random_below(&story->random, 1000) < (uint64_t)in_a_thousand; }

void seed_guid(struct seed_story *story, char out[37]) {
    struct guid guid;
    struct bytes text = {0};
    random_guid(&story->random, guid.bytes);
    guid_add(&text, &guid, 'D');
    memcpy(out, text.data, 37);
    bytes_free(&text);
}

void seed_member(struct seed_story *story, int64_t group, char kind, int64_t member) {
    sqlite3_stmt *insert = store_statement(story->db, "INSERT OR IGNORE INTO members VALUES (?,?,?)");
    char text[2] = {kind, 0};
    sqlite3_bind_int64(insert, 1, group);
    sqlite3_bind_text(insert, 2, text, 1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 3, member);
    store_done(story->db, insert);
}

static void add_license(struct seed_story *story, int user, int sku, int64_t group, const char *error) {
    sqlite3_stmt *insert = store_statement(story->db, "INSERT OR IGNORE INTO licenses VALUES (?,?,?,'',?,?,?,?)");
    bool fine = !error;
    sqlite3_bind_int64(insert, 1, user);
    sqlite3_bind_int(insert, 2, sku);
    sqlite3_bind_int64(insert, 3, group);
    store_bind_string(insert, 4, fine ? "Active" : "Error");
    store_bind_string(insert, 5, fine ? "None" : error);
    store_bind_string(insert, 6, story->now);
    sqlite3_bind_int(insert, 7, fine);
    store_done(story->db, insert);
}

/* ISO text of a moment in office hours, so many days from today. */
static void draw_moment(struct seed_story *story, int days, char out[40]) {
    struct bytes text = {0};
    int64_t within = 8 * 3600 + (int64_t)random_below(&story->random, 9 * 3600);
    calendar_add_iso(&text, story->today + days * CALENDAR_TICKS_PER_DAY + within * CALENDAR_TICKS_PER_SECOND);
    snprintf(out, 40, "%s", text.data);
    bytes_free(&text);
}

static void add_moment(struct seed_story *story, sqlite3_stmt *insert, int place, int days) {
    char text[40];
    draw_moment(story, days, text);
    sqlite3_bind_text(insert, place, text, -1, SQLITE_TRANSIENT);
}

static int days_before(struct seed_story *story, int least, int most) {
    return -(least + (int)random_below(&story->random, (uint64_t)(most - least + 1)));
}

static enum person_kind draw_kind(struct seed_story *story, int number) {
    int leaders = story->wishes->users / 15 < 12 ? 12 : story->wishes->users / 15;
    if (number > story->wishes->users) return PERSON_DELETED;
    if (number <= leaders) return PERSON_STAFF;
    int die = (int)random_below(&story->random, 1000);
    return die < 45 ? PERSON_GUEST : die < 130 ? PERSON_LEAVER : die < 142 ? PERSON_SHARED : die < 155 ? PERSON_LEAVING : die < 175 ? PERSON_JOINER : PERSON_STAFF;
}

static void draw_person(struct seed_story *story, const struct cast *cast, int number, struct person *person) {
    uint64_t pairs = (uint64_t)cast->given_count * (uint64_t)cast->surname_count;
    uint64_t place = (uint64_t)number * 7919 + story->wishes->seed * 104729; /* 7919 is prime to the number of pairs */
    uint64_t pair = place % pairs;
    *person = (struct person){.number = number, .round = (int)((uint64_t)number / pairs)};
    person->kind = draw_kind(story, number);
    person->given = cast->given[pair % (uint64_t)cast->given_count];
    person->surname = cast->surnames[pair / (uint64_t)cast->given_count];
    int weight = (int)random_below(&story->random, 1000);
    if (number <= 4) weight = 0; /* the board comes first */
    while (person->department_place < cast->department_count - 1 && weight >= cast->departments[person->department_place].weight)
        weight -= cast->departments[person->department_place++].weight;
    person->department = &cast->departments[person->department_place];
    person->title = number <= 4 ? number - 2 : 1 + (int)random_below(&story->random, (uint64_t)person->department->title_count - 1);
    if (person->title < 0) person->title = 0;
    int office = 0, seat = (int)random_below(&story->random, 100);
    while (office < cast->office_count - 1 && seat >= cast->offices[office].weight) seat -= cast->offices[office++].weight;
    person->office = &cast->offices[office];
    person->located = person->kind != PERSON_GUEST && (person->kind == PERSON_JOINER ? chance(story, 500) : number <= 12 || !chance(story, 25));
}

/* given.surname, a number after it when the pair was used before */
static void add_alias(const struct person *person, struct bytes *out) {
    for (size_t i = 0; i < person->given.plain.length; i++) bytes_add_byte(out, (char)tolower((unsigned char)person->given.plain.start[i]));
    bytes_add_byte(out, '.');
    for (size_t i = 0; i < person->surname.plain.length; i++) bytes_add_byte(out, (char)tolower((unsigned char)person->surname.plain.start[i]));
    if (person->round > 0) bytes_add_format(out, "%d", person->round + 1);
}

static void bind_names(const struct person *person, const char *id, sqlite3_stmt *insert) {
    struct bytes alias = {0}, name = {0}, mail = {0}, shown = {0}, other = {0};
    bool guest = person->kind == PERSON_GUEST;
    add_alias(person, &alias);
    if (person->number == 1) bytes_clear(&alias), bytes_add_string(&alias, "admin");
    if (person->kind == PERSON_SHARED) bytes_clear(&alias), bytes_add_format(&alias, "shared%d", person->number);
    if (person->kind == PERSON_DELETED)
        for (const char *at = id; *at; at++)
            if (*at != '-') bytes_add_byte(&name, *at);
    bytes_add_format(&name, guest ? "%s_fabrikam.com#EXT#@contoso.onmicrosoft.com" : "%s@contoso.com", alias.data);
    bytes_add_format(&mail, "%s@%s", alias.data, guest ? "fabrikam.com" : "contoso.com");
    if (person->number == 1) bytes_add_string(&shown, "Practice Administrator");
    else if (person->kind == PERSON_SHARED) bytes_add_format(&shown, "Shared Mailbox %d", person->number);
    else bytes_add_format(&shown, "%.*s %.*s", TEXT_ARGUMENT(person->given.shown), TEXT_ARGUMENT(person->surname.shown));
    if (guest) bytes_add_format(&other, "%s\n", mail.data);
    sqlite3_bind_text(insert, 2, id, 36, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 3, name.data, (int)name.length, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 4, shown.data, (int)shown.length, SQLITE_TRANSIENT);
    if (person->number > 1 && person->kind != PERSON_SHARED) {
        store_bind_text(insert, 5, person->given.shown);
        store_bind_text(insert, 6, person->surname.shown);
    }
    sqlite3_bind_text(insert, 7, mail.data, (int)mail.length, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 8, alias.data, (int)alias.length, SQLITE_TRANSIENT);
    bytes_clear(&name);
    bytes_add_format(&name, "SMTP:%s\n", mail.data);
    if (!guest && person->number % 5 == 0) bytes_add_format(&name, "smtp:%s@contoso.onmicrosoft.com\n", alias.data);
    sqlite3_bind_text(insert, 9, name.data, (int)name.length, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 10, other.data ? other.data : "", (int)other.length, SQLITE_TRANSIENT);
    bytes_free(&alias), bytes_free(&name), bytes_free(&mail), bytes_free(&shown), bytes_free(&other);
}

static void bind_place(struct seed_story *story, const struct person *person, sqlite3_stmt *insert) {
    bool guest = person->kind == PERSON_GUEST, shared = person->kind == PERSON_SHARED || person->number == 1;
    char text[40];
    sqlite3_bind_int(insert, 11, person->kind != PERSON_LEAVER && person->kind != PERSON_SHARED);
    store_bind_string(insert, 12, guest ? "Guest" : "Member");
    if (person->located) store_bind_text(insert, 13, person->office->location);
    sqlite3_bind_text(insert, 21, "", 0, SQLITE_STATIC);
    if (guest) {
        store_bind_string(insert, 32, "Invitation");
        store_bind_string(insert, 33, person->number % 3 ? "Accepted" : "PendingAcceptance");
    }
    if (guest || shared) return;
    const struct office *office = person->office;
    store_bind_text(insert, 14, person->department->name);
    store_bind_text(insert, 15, person->department->titles[person->title]);
    store_bind_string(insert, 16, "Contoso");
    store_bind_text(insert, 17, office->name);
    store_bind_text(insert, 18, office->city);
    store_bind_text(insert, 19, office->state);
    store_bind_text(insert, 20, office->country);
    snprintf(text, sizeof text, "%.*s %04d\n", TEXT_ARGUMENT(office->phone), (int)(person->number % 10000));
    sqlite3_bind_text(insert, 21, text, -1, SQLITE_TRANSIENT);
    if (chance(story, 300)) {
        snprintf(text, sizeof text, "%.*s %04d", TEXT_ARGUMENT(office->phone), (int)random_below(&story->random, 10000));
        sqlite3_bind_text(insert, 22, text, -1, SQLITE_TRANSIENT);
    }
    store_bind_text(insert, 23, office->language);
    snprintf(text, sizeof text, "%06d", 100000 + person->number);
    sqlite3_bind_text(insert, 24, text, -1, SQLITE_TRANSIENT);
    store_bind_string(insert, 25, chance(story, 90) ? "Contractor" : "Employee");
    store_bind_text(insert, 34, office->postal);
    store_bind_text(insert, 35, office->street);
}

static void bind_dates(struct seed_story *story, const struct person *person, sqlite3_stmt *insert) {
    int hired = person->kind == PERSON_JOINER ? 20 - (int)random_below(&story->random, 45) : days_before(story, 60, 2600);
    int left = -(2 + (int)random_below(&story->random, 200));
    add_moment(story, insert, 26, hired);
    if (person->kind == PERSON_LEAVER && !chance(story, 200)) add_moment(story, insert, 27, left);
    if (person->kind == PERSON_LEAVING) add_moment(story, insert, 27, 3 + (int)random_below(&story->random, 50));
    add_moment(story, insert, 28, person->kind == PERSON_JOINER ? -3 : hired > -60 ? -60 : hired);
    if (person->kind == PERSON_DELETED) add_moment(story, insert, 29, -1 - (int)random_below(&story->random, 25));
    if (person->kind == PERSON_JOINER || person->kind == PERSON_SHARED || chance(story, 30)) return; /* never signed in */
    int seen = person->kind == PERSON_LEAVER ? left : chance(story, 80) ? days_before(story, 91, 300) : days_before(story, 0, 20);
    char last[40], before[40];
    draw_moment(story, seen, last);
    draw_moment(story, seen - 1, before);
    sqlite3_bind_text(insert, 30, last, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 31, person->number % 25 ? last : before, -1, SQLITE_TRANSIENT); /* of some the last one failed */
}

static void add_row(struct seed_story *story, const struct person *person) {
    char id[37];
    int leaders = story->wishes->users / 15 < 12 ? 12 : story->wishes->users / 15;
    sqlite3_stmt *insert = store_statement(story->db,
        "INSERT INTO users (number,id,user_principal_name,display_name,given_name,surname,mail,mail_nickname,proxy_addresses,other_mails,account_enabled,"
        "user_type,usage_location,department,job_title,company_name,office_location,city,state,country,business_phones,mobile_phone,preferred_language,"
        "employee_id,employee_type,employee_hire,employee_leave,created,deleted,last_sign_in,last_successful_sign_in,creation_type,external_user_state,"
        "postal_code,street_address,manager,im_addresses,synced) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'',?)");
    sqlite3_clear_bindings(insert);
    seed_guid(story, id);
    sqlite3_bind_int(insert, 1, person->number);
    bind_names(person, id, insert);
    bind_place(story, person, insert);
    bind_dates(story, person, insert);
    if (person->number > 2 && person->kind != PERSON_GUEST && person->kind != PERSON_SHARED) {
        int above = person->number <= 12 ? 2 : 2 + (int)random_below(&story->random, (uint64_t)((person->number <= leaders ? 11 : leaders - 1)));
        sqlite3_bind_int(insert, 36, above);
    }
    if (person->kind == PERSON_STAFF && person->number > leaders && chance(story, 40)) sqlite3_bind_int(insert, 37, 1);
    store_done(story->db, insert);
}

/* A leaver's main product can be taken away as it stands: Teams Phone, which depends on it, is for those who stay. */
static void add_extras(struct seed_story *story, const struct cast *cast, int number, bool leaver) {
    if (chance(story, 120)) add_license(story, number, cast->power_bi, 0, NULL);
    if (chance(story, 25)) add_license(story, number, cast->project, 0, NULL);
    if (chance(story, 40)) add_license(story, number, cast->copilot, 0, NULL);
    if (chance(story, 40) && !leaver) add_license(story, number, cast->phone, 0, NULL);
    if (chance(story, 300)) add_license(story, number, cast->flow, 0, NULL);
    if (chance(story, 150)) add_license(story, number, cast->fabric, 0, NULL);
}

/* A main product, direct or by a group. What the story gives keeps the rules: who has one directly has a usage location. */
static void add_licenses(struct seed_story *story, const struct cast *cast, const struct person *person) {
    int number = person->number, die = (int)random_below(&story->random, 1000);
    bool leaver = person->kind == PERSON_LEAVER || person->kind == PERSON_SHARED, front_line = false;
    if (number == 1 || person->kind == PERSON_GUEST || (person->kind == PERSON_JOINER && die < 500)) return;
    if (person->department_place == 0 && !leaver) {
        seed_member(story, SEED_E5_EXECUTIVES, 'u', number);
        add_license(story, number, cast->e5, SEED_E5_EXECUTIVES, NULL);
    } else if (die < (leaver ? 90 : 110)) {
        seed_member(story, SEED_E3_FIELD, 'u', number);
        add_license(story, number, cast->e3, SEED_E3_FIELD, NULL);
        if (die < 12 && person->located) add_license(story, number, cast->e3, 0, NULL); /* both ways */
    } else if (person->located) {
        front_line = die < 230 && (die >= 170 || person->department_place == cast->department_count - 1);
        if (die < 230) add_license(story, number, front_line ? cast->f3 : cast->e5, 0, NULL);
        else if (die < (leaver ? 800 : 940)) add_license(story, number, story->both && die % 4 == 0 ? cast->office_e3 : cast->e3, 0, NULL);
        else return;
    } else {
        return;
    }
    if (person->located && !front_line) add_extras(story, cast, number, leaver || person->kind == PERSON_LEAVING); /* Project's SharePoint excludes the front line's */
    if (person->department_place == 6 && chance(story, 150)) {
        seed_member(story, SEED_VISIO, 'u', number);
        add_license(story, number, cast->visio, SEED_VISIO, chance(story, 120) ? "CountViolation" : NULL);
    }
}

static void add_groups(struct seed_story *story, const struct person *person) {
    bool staff = person->kind != PERSON_GUEST && person->kind != PERSON_SHARED && person->number > 1;
    if (person->kind == PERSON_GUEST) seed_member(story, SEED_GUESTS, 'u', person->number);
    if (!staff) return;
    seed_member(story, SEED_DEPARTMENTS + person->department_place, 'u', person->number);
    if (chance(story, 700)) seed_member(story, SEED_TEAMS + person->department_place, 'u', person->number);
    if (person->kind != PERSON_LEAVER) seed_member(story, SEED_ALL_EMPLOYEES, 'u', person->number);
}

int seed_people(struct seed_story *story) {
    struct cast cast;
    struct person person;
    int deleted = story->wishes->users / 200 < 3 ? 3 : story->wishes->users / 200 > 50 ? 50 : story->wishes->users / 200;
    load_cast(story->catalog, &cast);
    for (int number = 1; number <= story->wishes->users + deleted && !story->db->failed; number++) {
        draw_person(story, &cast, number, &person);
        add_row(story, &person);
        if (person.kind == PERSON_DELETED) {
            if (number % 2 && person.located) add_license(story, number, cast.e3, 0, NULL);
            continue;
        }
        add_licenses(story, &cast, &person);
        add_groups(story, &person);
    }
    return story->wishes->users + deleted;
}
