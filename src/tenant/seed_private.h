/* A firm to practise on, drawn from a seed: the same seed gives the same tenant, ids included. */
#ifndef M365SH_TENANT_SEED_PRIVATE_H
#define M365SH_TENANT_SEED_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>
#include "catalog_private.h"
#include "store_private.h"

struct seed_wishes {
    int users;
    uint64_t seed;
    const char *story; /* contoso, contoso-both */
    bool only_new;     /* leave a store alone that another process has seeded meanwhile */
};
bool seed_knows_story(const char *story);
/* Empties the store and tells the story, in one transaction. False: the store failed and holds what it held. */
bool seed_tell(struct connection *db, const struct catalog *catalog, const struct seed_wishes *wishes);
#endif
