#include "app_private.h"

#include "m365sh/repl/repl.h"

int run_prompt(const struct app_options *options) {
    struct session_options session_options;
    if (!options_to_session(options, &session_options)) return EXIT_USAGE;
    struct session *session = session_new(&session_options);
    int code = repl_run(session, !options->no_logo);
    session_free(session);
    return code;
}
