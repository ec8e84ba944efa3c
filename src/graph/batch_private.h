/* What batch.c (one batch) and schedule.c (many) share. */
#ifndef M365SH_GRAPH_BATCH_PRIVATE_H
#define M365SH_GRAPH_BATCH_PRIVATE_H

#include "graph_private.h"
#include "m365sh/graph/batch.h"
#include "m365sh/limits.h"

struct batch {
    struct graph_part *parts[LIMIT_BATCH_PARTS];
    int count;
    struct graph_pending *pending;
};
/* Sends the parts as one request. Raises when it cannot be sent at all; the parts stay the caller's. */
enum status batch_begin(struct graph_client *client, struct batch *batch, bool write, const struct graph_watch *watch);
/* Fills status, answer and outcome of each part from the finished exchange. PART_NOT_SENT for those that were not in the
 * answer of a read; an incomplete answer to a write leaves them unknown. *retry_after_ms: the longest wait asked for; -1 none. */
void batch_read(struct graph_client *client, struct batch *batch, bool write, int64_t *retry_after_ms);
/* Is this part to be sent again after a wait? */
bool batch_part_wants_retry(const struct graph_part *part, bool write);

#endif
