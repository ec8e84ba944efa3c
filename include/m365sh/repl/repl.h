/* The prompt: lines from GNU readline, run one after another in one session until `exit` or the end of input. */
#ifndef M365SH_REPL_REPL_H
#define M365SH_REPL_REPL_H

#include "m365sh/session/session.h"

/* `banner`: say what this is first. Returns the exit code. */
int repl_run(struct session *session, bool banner);

#endif
