/* The people of the story: users with their licences and the groups that their place in the firm gives them. */
#ifndef M365SH_TENANT_SEED_PEOPLE_PRIVATE_H
#define M365SH_TENANT_SEED_PEOPLE_PRIVATE_H

#include "m365sh/base/random.h"
#include "seed_private.h"

/* Groups of the story by their numbers; those of departments follow one after another. */
enum seed_group {
    SEED_E3_FIELD = 1, SEED_E5_EXECUTIVES, SEED_VISIO, SEED_ALL_EMPLOYEES, SEED_EMEA, SEED_GUESTS, SEED_NEWS, SEED_ADMINS,
    SEED_DEPARTMENTS = 20, SEED_TEAMS = 50,
};
struct seed_story {
    struct connection *db;
    const struct catalog *catalog;
    const struct seed_wishes *wishes;
    struct random random;
    int64_t today;       /* ticks at midnight */
    char now[40];
    bool both;           /* Office 365 E3 beside Microsoft 365 E3 */
};
int seed_people(struct seed_story *story);     /* how many rows were written */
int seed_department_count(void);
struct text seed_department(int place);
void seed_guid(struct seed_story *story, char out[37]);
void seed_member(struct seed_story *story, int64_t group, char kind, int64_t member);
#endif
