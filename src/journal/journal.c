#include "m365sh/journal/journal.h"

enum status journal_note_intent(const struct journal_sink *sink, const struct journal_intent *intent, struct fault *fault) {
    return sink && sink->intent ? sink->intent(sink->context, intent, fault) : STATUS_OK;
}

enum status journal_note_outcome(const struct journal_sink *sink, const struct journal_outcome *outcome, struct fault *fault) {
    return sink && sink->outcome ? sink->outcome(sink->context, outcome, fault) : STATUS_OK;
}
