#include "test.h"

#include "m365sh/journal/journal.h"

static enum status refuse(void *context, const struct journal_intent *intent, struct fault *fault) {
    ++*(int *)context;
    return fault_set(fault, FAULT_IO, 0, "no room for %.*s", TEXT_ARGUMENT(intent->target_id));
}

static void a_sink_without_functions_keeps_nothing_and_agrees(void **state) {
    (void)state;
    const struct journal_sink none = {0};
    const struct journal_intent intent = {.number = 1, .target_id = TEXT("u")};
    const struct journal_outcome outcome = {.number = 1, .status = TEXT("Done")};
    assert_int_equal(journal_note_intent(&none, &intent, NULL), STATUS_OK);
    assert_int_equal(journal_note_outcome(&none, &outcome, NULL), STATUS_OK);
    assert_int_equal(journal_note_intent(NULL, &intent, NULL), STATUS_OK);
}

static void what_cannot_be_recorded_is_not_sent(void **state) {
    (void)state;
    int asked = 0;
    const struct journal_sink full = {.context = &asked, .intent = refuse};
    const struct journal_intent intent = {.number = 1, .target_id = TEXT("u")};
    struct fault fault = {0};
    assert_int_equal(journal_note_intent(&full, &intent, &fault), STATUS_ERROR);
    assert_string_equal(fault.message, "no room for u");
    assert_int_equal(asked, 1);
    fault_clear(&fault);
}

TEST_GROUP(journal, cmocka_unit_test(a_sink_without_functions_keeps_nothing_and_agrees), cmocka_unit_test(what_cannot_be_recorded_is_not_sent))
