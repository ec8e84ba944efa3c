/* Next links: the request's own options and a sealed mark of the last row. A mark that was changed, or that belongs to
 * another path, is refused. */
#ifndef M365SH_TENANT_PAGE_PRIVATE_H
#define M365SH_TENANT_PAGE_PRIVATE_H

#include "exchange_private.h"

struct page_mark {
    int part;        /* of the listing */
    int64_t number;  /* of the last row shown */
    struct text key; /* its sort key, when sorted */
    bool more;
};
bool page_of_query(struct exchange *exchange, struct page_mark *mark);
void page_add_link(struct exchange *exchange, const struct page_mark *mark, struct bytes *out); /* with quotes */
/* Seals and opens any text that travels through a client. */
struct text page_seal(struct exchange *exchange, struct text payload);
bool page_open(struct exchange *exchange, struct text sealed, struct text *payload);
#endif
