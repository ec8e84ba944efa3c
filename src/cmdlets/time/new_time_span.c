#include "../cmdlet_private.h"

#include "m365sh/base/calendar.h"

enum { START, END, DAYS, HOURS, MINUTES, SECONDS, MILLISECONDS };

static const struct parameter_row parameter_rows[] = {
    {"Start", "datetime", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "LastWriteTime", "Date", NULL, NULL, "The first moment; now unless said."},
    {"End", "datetime", 1, PARAMETER_BY_NAME, NULL, "Date", NULL, NULL, "The last one; now unless said."},
    {"Days", "int", -1, 0, NULL, "Time", NULL, NULL, "Days."},
    {"Hours", "int", -1, 0, NULL, "Time", NULL, NULL, "Hours."},
    {"Minutes", "int", -1, 0, NULL, "Time", NULL, NULL, "Minutes."},
    {"Seconds", "int", -1, 0, NULL, "Time", NULL, NULL, "Seconds."},
    {"Milliseconds", "int", -1, 0, NULL, "Time", NULL, NULL, "Milliseconds."},
};

static enum status process(struct invocation *call) {
    static const int64_t ticks_of[] = {CALENDAR_TICKS_PER_DAY, 3600 * CALENDAR_TICKS_PER_SECOND, 60 * CALENDAR_TICKS_PER_SECOND, CALENDAR_TICKS_PER_SECOND, CALENDAR_TICKS_PER_SECOND / 1000};
    struct value start = value_base(invocation_argument(call, START)), end = value_base(invocation_argument(call, END));
    int64_t ticks = 0;
    if (start.kind == VALUE_DATETIME || end.kind == VALUE_DATETIME) {
        int64_t utc = clock_now(&call->realm->clock), now = utc + (int64_t)calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND;
        ticks = (end.kind == VALUE_DATETIME ? end.integer : now) - (start.kind == VALUE_DATETIME ? start.integer : now);
    } else {
        for (uint32_t i = 0; i < 5; i++) ticks += invocation_integer(call, DAYS + i, 0) * ticks_of[i];
    }
    return invocation_emit(call, value_timespan(ticks));
}

static const struct example_row example_rows[] = {
    {"New-TimeSpan -Start '2026-01-01' -End '2026-03-01'", "What lies between two dates."},
    {"(Get-Date) + (New-TimeSpan -Days 1 -Hours 2)", "A moment from now."},
};

CMDLET(new_time_span) = {
    .name = "New-TimeSpan", .synopsis = "Makes a span of time.", .description = "Between two dates, or of so many days, hours, minutes and seconds.",
    PARAMETERS, .default_set = "Date", .process = process, EXAMPLES, .emits = "System.TimeSpan",
};
