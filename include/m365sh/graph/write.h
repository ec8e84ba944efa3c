/* The writing half of the client. Only the room `change` may include this header (lint names the includers), so that no
 * cmdlet can skip the guard, the questions or the journal. */
#ifndef M365SH_GRAPH_WRITE_H
#define M365SH_GRAPH_WRITE_H

#include "m365sh/graph/batch.h"

/* As batch_stream_reads, for requests that change something: none is repeated blindly. */
struct batch_stream *write_stream(struct graph_client *client, batch_deliver deliver, void *context, const struct graph_watch *watch);
/* One request outside a batch. *answer as graph_fetch; *unknown: it may have been done though no answer came. */
enum status write_one(struct graph_client *client, const struct graph_request *request, struct value *answer, bool *unknown, struct bytes *request_id);

#endif
