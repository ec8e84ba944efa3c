#include "test.h"

#include "m365sh/net/retry.h"

static struct retry_question asked(int status, int attempt) {
    return (struct retry_question){.status = status, .attempt = attempt, .attempts_most = -1, .retry_after_ms = -1, .jitter = 0.5};
}

static void throttling_waits_as_told(void **state) {
    (void)state;
    struct retry_question question = asked(429, 1);
    question.retry_after_ms = 7000;
    question.write = true; /* the service refused it: nothing was done */
    struct retry_decision decision = retry_decide(&question);
    assert_int_equal(decision.verdict, RETRY_AGAIN);
    assert_in_range(decision.delay_ms, 7000, 7100);
    assert_true(decision.pause_all);
    question.retry_after_ms = -1;
    assert_in_range(retry_decide(&question).delay_ms, 1000, 2000);
    question.attempt = 4;
    assert_in_range(retry_decide(&question).delay_ms, 8000, 16000);
    question.attempt = 9;
    assert_int_equal(retry_decide(&question).verdict, RETRY_GIVE_UP);
    question.attempt = 1, question.retry_after_ms = 24 * 3600 * 1000;
    assert_int_equal(retry_decide(&question).verdict, RETRY_GIVE_UP);
}

static void service_failures_by_safety(void **state) {
    (void)state;
    static const int statuses[] = {500, 502, 504, 509};
    for (int i = 0; i < 4; i++) {
        struct retry_question question = asked(statuses[i], 2);
        assert_int_equal(retry_decide(&question).verdict, RETRY_AGAIN);
        question.write = true;
        assert_int_equal(retry_decide(&question).verdict, RETRY_UNKNOWN);
    }
    struct retry_question busy = asked(503, 1);
    busy.write = true;
    assert_int_equal(retry_decide(&busy).verdict, RETRY_AGAIN);
    assert_true(retry_decide(&busy).fresh_connection);
    static const int final[] = {200, 204, 400, 401, 403, 404, 409, 412, 501};
    for (int i = 0; i < 9; i++) {
        struct retry_question question = asked(final[i], 1);
        assert_int_equal(retry_decide(&question).verdict, RETRY_FINAL);
    }
}

static void connections(void **state) {
    (void)state;
    struct retry_question question = asked(0, 1);
    question.fault = FAULT_CONNECT, question.write = true, question.refused_in_row = 1;
    assert_int_equal(retry_decide(&question).verdict, RETRY_AGAIN);
    question.refused_in_row = 3;
    assert_int_equal(retry_decide(&question).verdict, RETRY_GIVE_UP);
    question = asked(0, 1), question.fault = FAULT_IO, question.sent = true, question.write = true;
    assert_int_equal(retry_decide(&question).verdict, RETRY_UNKNOWN);
    question.sent = false;
    assert_int_equal(retry_decide(&question).verdict, RETRY_AGAIN);
    question.write = false, question.sent = true;
    assert_int_equal(retry_decide(&question).verdict, RETRY_AGAIN);
    question.fault = FAULT_TLS;
    assert_int_equal(retry_decide(&question).verdict, RETRY_FINAL);
    question.fault = FAULT_TIMEOUT, question.elapsed_ms = 299999;
    assert_int_equal(retry_decide(&question).verdict, RETRY_GIVE_UP);
    question.elapsed_ms = 0, question.attempts_most = 0;
    assert_int_equal(retry_decide(&question).verdict, RETRY_GIVE_UP);
}

static void retry_after_is_read(void **state) {
    (void)state;
    assert_int_equal(retry_after_ms(TEXT(" 12 "), 0), 12000);
    assert_int_equal(retry_after_ms(TEXT(""), 0), -1);
    assert_int_equal(retry_after_ms(TEXT("soon"), 0), -1);
    assert_int_equal(retry_after_ms(TEXT("Thu, 01 Jan 1970 00:01:00 GMT"), 50), 10000);
    assert_int_equal(retry_after_ms(TEXT("Thu, 01 Jan 1970 00:01:00 GMT"), 90), 0);
}

TEST_GROUP(retry, cmocka_unit_test(throttling_waits_as_told), cmocka_unit_test(service_failures_by_safety),
           cmocka_unit_test(connections), cmocka_unit_test(retry_after_is_read))
