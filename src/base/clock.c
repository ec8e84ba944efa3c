#include "m365sh/base/clock.h"

#include <errno.h>
#include <time.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/interrupt.h"

int64_t clock_now(const struct clock_source *clock) {
    if (clock && clock->fixed_ticks) return clock->fixed_ticks;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return calendar_from_unix(now.tv_sec, (int32_t)now.tv_nsec);
}

int64_t clock_steady(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

_Bool clock_sleep(int64_t nanoseconds) {
    /* In slices, because a signal may arrive between the look at the flag and the start of the wait. */
    int64_t end = clock_steady() + nanoseconds;
    for (;;) {
        if (interrupt_pending()) return false;
        int64_t left = end - clock_steady();
        if (left <= 0) return true;
        if (left > 100000000) left = 100000000;
        struct timespec wait = {left / 1000000000, left % 1000000000};
        if (nanosleep(&wait, NULL) < 0 && errno != EINTR) return true;
    }
}
