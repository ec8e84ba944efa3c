#include "test.h"
#include "time/unix_format_private.h"
#include "m365sh/base/calendar.h"

static void letters_of_uformat(void **state) {
    (void)state;
    struct calendar_date date = {.year = 2024, .month = 3, .day = 5, .hour = 14, .minute = 7, .second = 9};
    int64_t ticks;
    struct bytes out = {0};
    assert_true(calendar_join(&date, &ticks));
    static const struct { const char *format, *text; } rows[] = {
        {"%Y-%m-%d %H:%M:%S", "2024-03-05 14:07:09"}, {"%A %a %B %b %h %e", "Tuesday Tue March Mar Mar  5"}, {"%I:%M %p %r", "02:07 PM 02:07:09 PM"},
        {"%j|%u|%w|%V|%G|%g|%U", "065|2|2|10|2024|24|9"}, {"%D %F %T %R %C %y", "03/05/24 2024-03-05 14:07:09 14:07 20 24"}, {"%s %Z", "1709647629 +00"},
        {"%% %q %", "% q %"}, {"+%Y", "2024"}, {"%c", "Tue 05 Mar 2024 14:07:09"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unix_format_add(&out, text_of(rows[i].format), ticks, ticks, true);
        assert_bytes(&out, rows[i].text);
    }
    /* ISO weeks at the ends of years */
    static const struct { int year, month, day; const char *text; } weeks[] = {{2021, 1, 1, "2020-53"}, {2024, 12, 30, "2025-01"}, {2026, 1, 1, "2026-01"}};
    for (int i = 0; i < 3; i++) {
        struct calendar_date day = {.year = weeks[i].year, .month = weeks[i].month, .day = weeks[i].day};
        assert_true(calendar_join(&day, &ticks));
        unix_format_add(&out, TEXT("%G-%V"), ticks, ticks, true);
        assert_bytes(&out, weeks[i].text);
    }
    bytes_free(&out);
}

TEST_GROUP(unix_format, cmocka_unit_test(letters_of_uformat))
