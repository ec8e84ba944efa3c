#include "../cmdlet_private.h"

#include <time.h>
#include "m365sh/base/calendar.h"

enum { SINCE };

static const struct parameter_row parameter_rows[] = {
    {"Since", "switch", -1, 0, NULL, NULL, NULL, NULL, "When the machine was started, instead of how long ago."},
};

static enum status process(struct invocation *call) {
    struct timespec up = {0};
    clock_gettime(CLOCK_BOOTTIME, &up);
    int64_t ticks = up.tv_sec * CALENDAR_TICKS_PER_SECOND;
    if (!invocation_switch(call, SINCE)) return invocation_emit(call, value_timespan(ticks));
    int64_t utc = clock_now(&call->realm->clock) - ticks;
    return invocation_emit(call, value_datetime(utc + (int64_t)calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND, 2));
}

static const struct example_row example_rows[] = {
    {"Get-Uptime", "How long this machine runs."},
    {"Get-Uptime -Since", "When it was started."},
};

CMDLET(get_uptime) = {
    .name = "Get-Uptime", .synopsis = "Tells how long the machine runs.", .description = "A span of time, or the moment it was started.", PARAMETERS, .process = process, EXAMPLES, .emits = "System.TimeSpan",
};
