/* Listings: $select $filter $search $orderby $top $count $expand $skiptoken over one table or, for members and the like,
 * over several one after another. Pages are cut by key, so that a page costs the same wherever it lies. */
#ifndef M365SH_TENANT_QUERY_PRIVATE_H
#define M365SH_TENANT_QUERY_PRIVATE_H

#include "entity_private.h"

enum { LISTING_PARTS = 3 };
struct listing_part {
    const struct entity *entity;
    const char *condition; /* over table t, with a ? for each parameter used; NULL: all */
    int64_t parameter;
};
struct listing {
    struct listing_part parts[LISTING_PARTS];
    int count;
    bool mixed;            /* directory objects: each names its type */
    bool deleted;          /* those that can be restored, instead of those that live */
    bool reference;        /* a relation: filters need the advanced engine */
    const char *order;     /* a property to sort by, downwards, unless the request says; NULL: as stored */
    int largest;           /* page size that is default and most; 0: 100 and 999 */
    struct text context;   /* after $metadata#; empty: the entity's set */
};

void query_list(struct exchange *exchange, const struct listing *listing);
void query_count(struct exchange *exchange, const struct listing *listing);
/* ConsistencyLevel: eventual, and with `counted` also $count=true */
bool query_is_advanced(const struct exchange *exchange, bool counted);
#endif
