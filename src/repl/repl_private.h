/* What the files of this room share. */
#ifndef M365SH_REPL_PRIVATE_H
#define M365SH_REPL_PRIVATE_H

#include "m365sh/repl/repl.h"

/* readline_glue.c: the only file that knows readline. */
void line_start(struct session *session, const char *history_path);
void line_stop(const char *history_path);
char *line_read(const char *prompt);             /* malloc'ed; NULL at the end of input; "" after Ctrl-C */
bool line_interrupted(void);                     /* the last line ended by Ctrl-C */
void line_remember(const char *text);

/* history.c: may this line be kept? Lines with a secret are not. */
bool history_keeps(struct session *session, struct text line);

/* complete.c: candidates for the word that ends at `cursor`. Calls add for each; *start is where the word begins. False:
 * nothing of ours fits, file names are the fallback. */
struct completion_sink {
    void (*add)(void *context, struct text candidate);
    void *context;
};
bool complete_line(struct session *session, struct text line, size_t cursor, size_t *start, struct completion_sink sink);
void complete_value(struct session *session, const struct parameter_row *row, struct text word, struct completion_sink sink);

/* input.c: lines until the text is whole. *text owned; false at the end of input. */
bool input_read(struct session *session, struct bytes *text);

void banner_print(struct session *session);

#endif
