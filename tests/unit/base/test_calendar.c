#include "test.h"
#include "m365sh/base/calendar.h"

static int64_t at(int year, int month, int day, int hour) {
    struct calendar_date date = {.year = year, .month = month, .day = day, .hour = hour};
    int64_t ticks = -1;
    assert_true(calendar_join(&date, &ticks));
    return ticks;
}

static void every_day_splits_and_joins(void **state) {
    (void)state;
    int64_t ticks = 0;
    for (int day = 0; day < 3652059; day += 37, ticks += 37 * CALENDAR_TICKS_PER_DAY) {
        struct calendar_date date;
        int64_t back = -1;
        calendar_split(ticks, &date);
        assert_true(calendar_join(&date, &back));
        assert_int_equal(back, ticks);
        assert_int_equal(date.weekday, (day + 1) % 7);
    }
    assert_int_equal(at(1970, 1, 1, 0), CALENDAR_UNIX_EPOCH);
    struct calendar_date last;
    calendar_split(CALENDAR_MAX_TICKS, &last);
    assert_int_equal(last.year, 9999);
    assert_int_equal(last.year_day, 365);
    assert_int_equal(last.fraction, 9999999);
}

static void months_clamp_the_day(void **state) {
    (void)state;
    int64_t out = 0;
    assert_true(calendar_add_months(at(2024, 1, 31, 5), 1, &out));
    assert_int_equal(out, at(2024, 2, 29, 5));
    assert_true(calendar_add_months(at(2024, 2, 29, 0), -12, &out));
    assert_int_equal(out, at(2023, 2, 28, 0));
    assert_false(calendar_add_months(at(9999, 12, 1, 0), 1, &out));
    assert_false(calendar_add_months(at(1, 1, 1, 0), -1, &out));
    struct calendar_date none = {.year = 2023, .month = 2, .day = 29};
    assert_false(calendar_join(&none, &out));
}

static void iso_text(void **state) {
    (void)state;
    int64_t ticks;
    int32_t offset;
    assert_true(calendar_read_iso(TEXT("2026-01-31T08:00:00.1234567Z"), &ticks, &offset));
    assert_int_equal(offset, 0);
    assert_int_equal(ticks, at(2026, 1, 31, 8) + 1234567);
    assert_true(calendar_read_iso(TEXT("2026-01-31 08:00-05:30"), &ticks, &offset));
    assert_int_equal(offset, -330);
    assert_true(calendar_read_iso(TEXT("2026-01-31"), &ticks, &offset));
    assert_int_equal(offset, INT32_MIN);
    assert_false(calendar_read_iso(TEXT("2026-02-30"), &ticks, &offset));
    assert_false(calendar_read_iso(TEXT("2026-01-31T08:00:00Zx"), &ticks, &offset));
    assert_false(calendar_read_iso(TEXT(""), &ticks, &offset));
    struct bytes out = {0};
    calendar_add_iso(&out, at(2026, 1, 31, 8));
    assert_bytes(&out, "2026-01-31T08:00:00Z");
    calendar_add_iso(&out, at(2026, 1, 31, 8) + 5000000);
    assert_bytes(&out, "2026-01-31T08:00:00.5Z");
    bytes_free(&out);
}

static void zones(void **state) {
    (void)state;
    const char *berlin = "Europe/Berlin";
    assert_int_equal(calendar_offset_at(at(2026, 1, 1, 0), berlin), 3600);
    assert_int_equal(calendar_offset_at(at(2026, 7, 1, 0), berlin), 7200);
    assert_int_equal(calendar_offset_at(at(2060, 7, 1, 0), berlin), 7200);
    assert_int_equal(calendar_offset_at(at(2026, 3, 29, 1), berlin), 7200); /* the change itself */
    assert_int_equal(calendar_offset_local(at(2026, 3, 29, 2), berlin), 3600);  /* does not come */
    assert_int_equal(calendar_offset_local(at(2026, 10, 25, 2), berlin), 3600); /* comes twice */
    assert_int_equal(calendar_offset_local(at(2026, 10, 25, 1), berlin), 7200);
    assert_int_equal(calendar_offset_at(at(2026, 1, 1, 0), "../../etc/passwd"), 0);
    assert_int_equal(calendar_to_unix(calendar_from_unix(-1, 500), NULL), -1);
}

TEST_GROUP(calendar, cmocka_unit_test(every_day_splits_and_joins), cmocka_unit_test(months_clamp_the_day),
           cmocka_unit_test(iso_text), cmocka_unit_test(zones))
