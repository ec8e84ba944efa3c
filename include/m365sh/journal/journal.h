/* Where each change to a tenant is written down before it is sent, and its outcome after. Knows neither values nor Graph:
 * what it gets are texts. A sink without functions keeps nothing. */
#ifndef M365SH_JOURNAL_JOURNAL_H
#define M365SH_JOURNAL_JOURNAL_H

#include <stdint.h>
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

/* What is about to be done. Texts are borrowed. */
struct journal_intent {
    int64_t number;              /* within the run, from 1 */
    struct text tenant, kind;    /* "license", "properties", "request" */
    struct text target_id, target_name;
    struct text before;          /* JSON: the object's state that the change touches; empty where unknown */
    struct text request;         /* JSON: method, url, body */
    struct text inverse;         /* JSON of the same form that takes it back; empty where nothing can */
};
struct journal_outcome {
    int64_t number;
    struct text status;          /* Done, Failed, Unknown … */
    struct text request_id;
};
/* STATUS_ERROR from intent: it could not be written, so the change must not be sent. */
struct journal_sink {
    void *context;
    enum status (*intent)(void *context, const struct journal_intent *intent, struct fault *fault);
    enum status (*outcome)(void *context, const struct journal_outcome *outcome, struct fault *fault);
};
enum status journal_note_intent(const struct journal_sink *sink, const struct journal_intent *intent, struct fault *fault);
enum status journal_note_outcome(const struct journal_sink *sink, const struct journal_outcome *outcome, struct fault *fault);

#endif
