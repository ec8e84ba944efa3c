/* Lists, page by page. While the objects of one page flow, the next one is on its way; none is asked for that a known limit
 * makes needless. At most two pages are held. */
#ifndef M365SH_GRAPH_PAGE_H
#define M365SH_GRAPH_PAGE_H

#include "m365sh/graph/client.h"
#include "m365sh/value/callable.h"

struct graph_query {
    enum graph_resource resource;
    const char *type_name;       /* NULL: the resource's */
    struct text path;            /* encoded: "users", "groups/{id}/members"; empty: the resource's */
    const char *version;         /* NULL: v1.0 */
    /* options, not encoded; empty: not sent */
    struct text select, filter, order_by, search, expand;
    int64_t limit;               /* objects wanted in all; 0: all */
    int page_size;               /* 0: 999, or what the limit needs */
    bool advanced;               /* ConsistencyLevel: eventual and $count=true */
    bool no_page_size;           /* resources that know no $top */
    bool single_page;            /* the SDK's commands without -All */
    bool consistency, counts;    /* the header and $count=true on their own */
    struct value (*convert)(void *context, struct value json); /* instead of decoding; takes the JSON. NULL none */
    void *convert_context;
    int64_t *total;              /* @odata.count when advanced; -1 if it did not come; may be NULL */
    const struct graph_watch *watch;
    /* Objects that do not count towards the limit: filtered locally. NULL: all are wanted. *keep says. */
    enum status (*accept)(void *context, struct value object, bool *keep);
    void *accept_context;
};
/* Emits each object. STATUS_STOP from the emitter ends it quietly and is returned. */
enum status page_read(struct graph_client *client, const struct graph_query *query, struct emitter items);
/* The path with its options, encoded. */
void page_add_path(struct bytes *out, const struct graph_query *query);

#endif
