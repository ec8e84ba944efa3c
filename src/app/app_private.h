/* What the files of this room share. */
#ifndef M365SH_APP_PRIVATE_H
#define M365SH_APP_PRIVATE_H

#include "m365sh/session/session.h"

struct app_options {
    /* one field per row of options.def: the argument, or "" for a switch; NULL when not given */
#define OPTION(field, long_name, short_name, argument, help) const char *field;
#include "options.def"
#undef OPTION
    const char *const *rest;     /* what stands behind FILE or TEXT */
    size_t rest_count;
};
/* False with a sentence on standard error: wrong use, exit code 2. */
bool options_read(int count, char **arguments, struct app_options *out);
void options_print_help(void);
bool options_to_session(const struct app_options *options, struct session_options *out);

int run_command(const struct app_options *options);  /* -c TEXT */
int run_script(const struct app_options *options);   /* FILE */
int run_input(const struct app_options *options);    /* text from a pipe */
int run_prompt(const struct app_options *options);
int run_shell(int count, char **arguments);          /* everything else */
int run_check(int count, char **arguments);          /* m365sh check FILE… */
int run_serve(int count, char **arguments);          /* m365sh serve … */

#endif
