/* Wall and steady time through a struct that tests can set. */
#ifndef M365SH_BASE_CLOCK_H
#define M365SH_BASE_CLOCK_H

#include <stdint.h>

struct clock_source {
    int64_t fixed_ticks;  /* UTC ticks (base/calendar.h) to answer always; 0 for the machine's clock */
};
int64_t clock_now(const struct clock_source *clock);   /* UTC ticks; clock may be NULL */
int64_t clock_steady(void);                            /* nanoseconds, only for differences */
/* Sleeps; ends early when interrupted. Returns false then. */
_Bool clock_sleep(int64_t nanoseconds);

#endif
