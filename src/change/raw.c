/* Raw requests that change something: through the same gate, one by one. */
#include "change_private.h"

#include "m365sh/graph/write.h"
#include "m365sh/json/json.h"

static enum status record(struct changes *changes, const struct graph_request *request) {
    changes->number++;
    if (!changes->journal.intent) return STATUS_OK;
    struct bytes text = {0};
    struct fault fault = {0};
    bytes_add_format(&text, "{\"method\":\"%s\",\"url\":", request->method);
    json_add_text(&text, request->path);
    bytes_add_byte(&text, '}');
    const struct journal_intent intent = {.number = changes->number, .kind = TEXT("request"), .request = bytes_text(&text)};
    enum status status = journal_note_intent(&changes->journal, &intent, &fault);
    bytes_free(&text);
    return status == STATUS_OK ? status : realm_raise_fault(changes->realm, &fault, "JournalFailed");
}

enum status change_raw(struct changes *changes, struct invocation *call, const struct graph_request *request, struct value *answer, bool *done) {
    bool go_on = false, unknown = false;
    struct bytes request_id = {0}, action = {0};
    *answer = value_null();
    *done = false;
    bytes_add_string(&action, request->method);
    enum status status = invocation_should_process(call, request->path, bytes_text(&action), &go_on);
    bytes_free(&action);
    if (status != STATUS_OK || !go_on) return status;
    status = record(changes, request);
    if (status != STATUS_OK) return status;
    struct graph_request write = *request;
    write.write = true;
    status = write_one(changes->client, &write, answer, &unknown, &request_id);
    enum change_status outcome = status == STATUS_OK ? CHANGE_DONE : unknown ? CHANGE_UNKNOWN : CHANGE_FAILED;
    report_count(&changes->totals, outcome);
    const struct journal_outcome note = {.number = changes->number, .status = text_of(change_status_name(outcome)), .request_id = bytes_text(&request_id)};
    (void)!journal_note_outcome(&changes->journal, &note, NULL);
    changes_forget(changes); /* what it touched is not known here */
    bytes_free(&request_id);
    *done = status == STATUS_OK;
    return status;
}

enum status change_control(struct changes *changes, const struct graph_request *request, struct value *answer) {
    bool unknown;
    struct bytes request_id = {0};
    struct graph_request write = *request;
    write.write = write.outside_lane = true;
    enum status status = write_one(changes->client, &write, answer, &unknown, &request_id);
    bytes_free(&request_id);
    changes_forget(changes);
    return status;
}
