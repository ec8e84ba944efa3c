#include "repl_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include <readline/history.h>
#include <readline/readline.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"

#define HISTORY_LINES 5000

/* What readline's callbacks cannot carry: the second of the program's two mutable globals (docs/architecture.md, 6). */
struct readline_context {
    struct session *session;
    char **candidates;       /* NULL-ended list handed to readline; its strings are malloc'ed */
    size_t count, capacity;
    bool interrupted;
};
static struct readline_context readline_context;

/* readline frees candidates with free(); alloc's blocks are malloc's. */
static void add_candidate(void *context, struct text candidate) {
    (void)context;
    struct readline_context *own = &readline_context;
    ALLOC_GROW(own->candidates, own->capacity, own->count + 2);
    own->candidates[own->count++] = alloc_text(candidate.start, candidate.length);
    own->candidates[own->count] = NULL;
}

/* The longest start that all share stands first, as readline wants it. */
static char *common_start(char **candidates, size_t count) {
    struct text shared = text_of(candidates[0]);
    for (size_t i = 1; i < count; i++) {
        size_t length = 0;
        while (length < shared.length && candidates[i][length] && (candidates[i][length] | 0x20) == (shared.start[length] | 0x20)) length++;
        shared.length = length;
    }
    return alloc_text(shared.start, shared.length);
}

static char **complete(const char *word, int start, int end) {
    struct readline_context *own = &readline_context;
    size_t from = (size_t)start;
    own->candidates = NULL;
    own->count = own->capacity = 0;
    struct completion_sink sink = {add_candidate, NULL};
    if (!complete_line(own->session, text_of(rl_line_buffer), (size_t)end, &from, sink) || !own->count) return NULL;
    (void)word;
    rl_attempted_completion_over = 1;
    char **matches = ALLOC_ARRAY(char *, own->count + 2);
    matches[0] = common_start(own->candidates, own->count);
    if (own->count == 1) {
        alloc_free(own->candidates[0]);
    } else {
        for (size_t i = 0; i < own->count; i++) matches[i + 1] = own->candidates[i];
    }
    alloc_free(own->candidates);
    return matches;
}

/* Ctrl-C is a key at the prompt, not a signal: what is typed right behind it is then never lost. It clears the line and
 * never ends the shell. */
static int interrupt_line(int count, int key) {
    (void)count, (void)key;
    readline_context.interrupted = true;
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C", rl_outstream);
    rl_done = 1;
    return 0;
}

/* As readline prepares the terminal, but Ctrl-C comes as a key; it gives back what was there by itself. */
static void prepare_terminal(int meta) {
    struct termios mode;
    rl_prep_terminal(meta);
    if (tcgetattr(STDIN_FILENO, &mode) != 0) return;
    mode.c_lflag &= (tcflag_t)~ISIG;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

void line_start(struct session *session, const char *history_path_name) {
    readline_context.session = session;
    rl_readline_name = "m365sh";
    rl_catch_signals = 0;
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " \t\n\"'|;(){}=,";
    rl_completer_quote_characters = "\"'";
    rl_variable_bind("completion-ignore-case", "on");
    rl_variable_bind("show-all-if-ambiguous", "on");
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_prep_term_function = prepare_terminal;
    rl_bind_key('C' - '@', interrupt_line);
    using_history();
    stifle_history(HISTORY_LINES);
    read_history(history_path_name);
}

void line_stop(const char *history_path_name) {
    write_history(history_path_name);
    history_truncate_file(history_path_name, HISTORY_LINES);
}

char *line_read(const char *prompt) {
    readline_context.interrupted = false;
    interrupt_clear();
    char *line = readline(prompt);
    if (line && readline_context.interrupted) line[0] = '\0';
    if (!line && isatty(STDIN_FILENO)) printf("\n");
    return line;
}

bool line_interrupted(void) {
    return readline_context.interrupted;
}

void line_remember(const char *text) {
    HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1) : NULL;
    if (last && strcmp(last->line, text) == 0) return;
    add_history(text);
}
