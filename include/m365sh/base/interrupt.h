/* The one mutable global of the program beside readline's: signals that arrive at the process as a whole.
 * A loop that can run long looks at interrupt_pending() and ends with STATUS_INTERRUPTED. */
#ifndef M365SH_BASE_INTERRUPT_H
#define M365SH_BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

struct process_signals {
    volatile sig_atomic_t interrupted;      /* number of Ctrl-C since the last clear */
    volatile sig_atomic_t memory_pressure;  /* base/alloc.h gave up its reserve */
    volatile sig_atomic_t terminate;        /* SIGTERM */
    void *memory_reserve;
};
extern struct process_signals process_signals;

static inline bool interrupt_pending(void) {
    return __builtin_expect(process_signals.interrupted | process_signals.memory_pressure, 0);
}
void interrupt_install(void);  /* SIGINT, SIGTERM handlers; SIGPIPE ignored */
void interrupt_clear(void);
void interrupt_raise(void);    /* for tests */

#endif
