/* Graph's error to an error record: id "Graph.<code>", exception with Response (status, ids, body), and a sentence of ours
 * for what an administrator meets. */
#ifndef M365SH_GRAPH_ERROR_H
#define M365SH_GRAPH_ERROR_H

#include "m365sh/base/bytes.h"
#include "m365sh/net/exchange.h"
#include "m365sh/value/realm.h"

struct graph_failure {
    int status;                  /* HTTP status; 0: no answer */
    struct value body;           /* JSON of the answer, undecoded; VALUE_UNSET none. Borrowed */
    struct text request_id, client_request_id;
    struct text what;            /* "GET users/x" … for the sentence */
    struct text fault;           /* why no answer came */
    enum fault_kind fault_kind;
};
/* The error inside a body: {"error":{"code","message"}}, inner errors walked to the most telling code. Borrowed. */
void error_read(struct realm *realm, struct value body, struct text *code, struct text *message);
/* What the failure means, ours where the case is known, else with what the service said. */
void error_add_sentence(struct realm *realm, struct bytes *out, const struct graph_failure *failure);
struct value error_record_of(struct realm *realm, const struct graph_failure *failure, struct value target); /* owned */
/* From a finished exchange: parses its body. Raises; returns STATUS_ERROR. */
enum status error_raise(struct realm *realm, const struct exchange *exchange, struct text what);
/* Which licence failure a message of the service means. The service has no code for them: only its text tells. */
enum license_failure {
    LICENSE_FAILURE_NONE, LICENSE_NO_LOCATION, LICENSE_NO_SEATS, LICENSE_NOT_HELD, LICENSE_INHERITED, LICENSE_NOT_OWNED,
    LICENSE_NOT_ASSIGNABLE, LICENSE_DEPENDENCY, LICENSE_CONFLICT, LICENSE_BAD_PLAN
};
enum license_failure error_license(struct text message);

#endif
