/* One shell put together: an interpreter, its commands, its output, its tenant. The session owns everything it makes and
 * releases it in the opposite order. One session per thread. */
#ifndef M365SH_SESSION_SESSION_H
#define M365SH_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/command/host.h"
#include "m365sh/source/source.h"
#include "m365sh/vm/vm.h"

enum session_format { SESSION_TABLE, SESSION_LIST, SESSION_JSON, SESSION_JSON_LINES, SESSION_CSV, SESSION_MARKDOWN };

struct session_options {
    bool plain;              /* no colour, no drawing, whatever the terminal can */
    bool no_profile, non_interactive, strict, trace;
    int64_t max_changes;     /* $MaximumChange; -1: 100 */
    const char *tenant;      /* --tenant; NULL: the practice tenant unless the environment signs in */
    const char *log_path;    /* --log */
    const char *ca_file;     /* --ca-file */
    enum session_format format;
};

/* Exit codes of the program (docs/scripting.md). */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_SIGN_IN = 3, EXIT_ITEMS = 4, EXIT_REFUSED = 5, EXIT_INTERRUPTED = 130 };

struct session;
struct session *session_new(const struct session_options *options);
void session_free(struct session *session);
struct realm *session_realm(struct session *session);
struct host *session_host(struct session *session);
struct engine *session_engine(struct session *session);
bool session_colors(const struct session *session);

/* Runs a whole program: a file (path absolute) or text. Everything it says is written; the exit code comes back. */
struct session_program {
    struct source *source;
    const char *script_path;             /* NULL: text of -c or of a pipe */
    const char *const *arguments;        /* as the command line gave them */
    size_t argument_count;
    bool last_status_decides;            /* -c: a last statement that failed is exit code 1 */
};
int session_run(struct session *session, const struct session_program *program);
/* One input of the prompt, in the global scope. False when `exit` was said; *code then holds the code. */
bool session_run_line(struct session *session, struct source *source, int *code);
/* Adds a line to what Get-History lists. */
void session_remember(struct session *session, struct text line);
/* The user's start file, unless --no-profile. */
void session_run_profile(struct session *session);
/* The prompt's text: what the `prompt` function gives, or the session's own. Owned string value. */
struct value session_prompt(struct session *session);
/* "practice" or the tenant's name, for prompt and banner. */
struct text session_tenant_name(struct session *session);
bool session_is_practice(struct session *session);

#endif
