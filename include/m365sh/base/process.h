/* Starting programs. Descriptors given are handed to the child and closed nowhere here. */
#ifndef M365SH_BASE_PROCESS_H
#define M365SH_BASE_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>
#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"

struct process_start {
    const char *program;      /* absolute path */
    const char *const *arguments; /* NULL-ended, [0] is the name */
    const char *folder;       /* NULL: as ours */
    const char *const *environment; /* NULL: as ours */
    int input, output, error; /* -1: as ours */
    bool die_with_parent;     /* the practice tenant does */
    bool own_group;           /* Ctrl-C at the terminal does not reach it */
};
enum status process_begin(const struct process_start *start, pid_t *pid, struct fault *fault);
/* Exit code, or 128 + signal. Waits. */
int process_wait(pid_t pid);
bool process_ended(pid_t pid, int *code); /* does not wait */
/* The file that a command name means: looked up in PATH unless it holds a slash. False if none. */
bool process_find(struct text name, struct bytes *path);
/* The running program's own file. */
bool process_self(struct bytes *path);

#endif
