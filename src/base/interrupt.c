#include "m365sh/base/interrupt.h"

#include <string.h>

struct process_signals process_signals;

static void on_signal(int number) {
    if (number == SIGTERM) process_signals.terminate = 1;
    if (process_signals.interrupted < 1000) process_signals.interrupted++;
}

void interrupt_install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal; /* no SA_RESTART: a wait must end when Ctrl-C arrives */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

void interrupt_clear(void) {
    process_signals.interrupted = 0;
    process_signals.memory_pressure = 0;
}

void interrupt_raise(void) {
    process_signals.interrupted++;
}
