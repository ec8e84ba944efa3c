/* What the files of this room share. */
#ifndef M365SH_SESSION_PRIVATE_H
#define M365SH_SESSION_PRIVATE_H

#include "m365sh/session/session.h"

#include "m365sh/format/format.h"
#include "m365sh/pipeline/pipeline.h"

/* Standard output as this program writes it: lines gather and leave in blocks, or at once at a terminal. */
struct output {
    struct bytes held;
    bool closed;                     /* the reader has gone: nothing more is written, the run ends */
    bool terminal;
    struct formatter *formatter;     /* implicit formatting of what reaches the terminal */
    struct running_pipeline *converter; /* --format json, csv: values go through a cmdlet first */
};

struct session {
    struct session_options options;
    struct realm *realm;
    struct host host;
    struct command_table *commands;
    struct engine *engine;
    struct output output;
    struct bytes folder;
    bool progress_shown, colors, error_terminal;
    bool question_unanswered;        /* --non-interactive, and something was asked */
    struct value history;            /* the lines of the prompt: Get-History reads them as a variable */
    struct services *services;       /* connect.c */
    struct console_host console;
};

/* output.c */
void output_start(struct session *session);
void output_stop(struct session *session);
struct stream_set output_streams(struct session *session);
enum status output_print(struct session *session, struct text text);       /* standard output, as it is */
enum status output_print_error(struct session *session, struct text text); /* standard error, after what output holds */
enum status output_end(struct session *session);                           /* formatting ends, everything is written */
void output_flush(struct session *session);
void output_error(struct session *session, struct value record);           /* as people read it, to standard error */
int output_width(void);

/* stdlib.c: functions of the library are found, too */
void stdlib_start(struct session *session);

/* console.c: the session's part of the host */
void console_fill(struct session *session);
void console_clear_progress(struct session *session);

/* connect.c: the tenant behind the cmdlets */
void connect_start(struct session *session);
void connect_stop(struct session *session);
/* What a run as a whole comes to by its changes: EXIT_DONE, EXIT_ITEMS, EXIT_REFUSED … */
int connect_outcome(struct session *session);
/* The exit code of a run that this error ended. */
int connect_failure(struct session *session, struct value record);

#endif
