#include "session_private.h"

#include <errno.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/base/secret.h"
#include "m365sh/value/string.h"

/* The host's functions get the host; the session is the struct around it. */
static struct session *session_of(struct host *host) {
    return (struct session *)((char *)host - offsetof(struct session, host));
}

static struct text folder(struct host *host) {
    return bytes_text(&session_of(host)->folder);
}

static void read_folder(struct session *session) {
    char *path = getcwd(NULL, 0);
    bytes_clear(&session->folder);
    bytes_add_string(&session->folder, path ? path : "/");
    free(path);
}

static enum status set_folder(struct host *host, struct text path) {
    struct session *session = session_of(host);
    struct bytes full = {0};
    path_resolve(path, bytes_text(&session->folder), &full);
    enum status status = STATUS_OK;
    if (chdir(full.data) != 0) {
        struct value target = string_new(path);
        status = realm_raise_target(session->realm, "System.Management.Automation.ItemNotFoundException", "PathNotFound",
                                    ERROR_OBJECT_NOT_FOUND, target, "There is no folder %s.", full.data);
        value_release(target);
    } else {
        bytes_clear(&session->folder);
        bytes_add_text(&session->folder, bytes_text(&full));
    }
    bytes_free(&full);
    return status;
}

static int width(struct host *host) {
    (void)host;
    return output_width();
}

static enum status print(struct host *host, struct text text) {
    return output_print(session_of(host), text);
}

static enum status print_error(struct host *host, struct text text) {
    return output_print_error(session_of(host), text);
}

static void flush(struct host *host) {
    output_flush(session_of(host));
}

static void clear_screen(struct host *host) {
    struct session *session = session_of(host);
    if (session->output.terminal && !session->options.plain && output_print(session, TEXT("\033[H\033[2J\033[3J")) == STATUS_OK) output_flush(session);
}

static void set_echo(bool on, struct termios *saved) {
    struct termios changed = *saved;
    if (!on) changed.c_lflag &= (tcflag_t)~ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &changed);
}

/* One line from standard input, byte by byte so that nothing behind it is taken away from a program started later. */
static bool take_line(struct bytes *line) {
    for (;;) {
        char byte;
        ssize_t length = read(STDIN_FILENO, &byte, 1);
        if (length < 0 && errno == EINTR && !interrupt_pending()) continue;
        if (length <= 0) return line->length > 0;
        if (byte == '\n') return true;
        bytes_add_byte(line, byte);
    }
}

/* With --non-interactive the run as a whole then ends with exit code 5. */
static enum status nobody_there(struct session *session) {
    session->question_unanswered |= session->options.non_interactive;
    return realm_raise(session->realm, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation,Microsoft.PowerShell.Commands.ReadHostCommand",
                       ERROR_INVALID_OPERATION, "There is nobody to answer: give the value as a parameter, or run at a terminal.");
}

static enum status read_line(struct host *host, struct text prompt, bool hidden, struct value *out) {
    struct session *session = session_of(host);
    if (session->options.non_interactive) return nobody_there(session);
    enum status status = output_print(session, prompt);
    if (status != STATUS_OK) return status;
    output_flush(session);
    struct termios saved;
    bool quiet = hidden && tcgetattr(STDIN_FILENO, &saved) == 0;
    if (quiet) set_echo(false, &saved);
    struct bytes line = {0};
    bool there = take_line(&line);
    if (quiet) {
        set_echo(true, &saved);
        status = output_print(session, TEXT("\n"));
    }
    if (!there) status = interrupt_pending() ? realm_poll(session->realm) : nobody_there(session);
    else *out = string_from_bytes(&line);
    if (hidden && line.data) secret_wipe(line.data, line.capacity);
    bytes_free(&line);
    return status;
}

static enum answer ask(struct host *host, struct text caption, struct text message, bool default_yes) {
    struct session *session = session_of(host);
    if (!host->interactive) return ANSWER_NOBODY;
    for (int tries = 0; tries < 5; tries++) {
        struct bytes question = {0};
        if (caption.length) bytes_add_format(&question, "%.*s\n", TEXT_ARGUMENT(caption));
        bytes_add_format(&question, "%.*s\n[Y] Yes  [A] Yes to all  [N] No  [L] No to all  (default is %s): ", TEXT_ARGUMENT(message), default_yes ? "Y" : "N");
        struct value line;
        enum status status = read_line(host, bytes_text(&question), false, &line);
        bytes_free(&question);
        if (status != STATUS_OK) {
            if (status == STATUS_ERROR) value_release(realm_take_raised(session->realm));
            return ANSWER_NOBODY;
        }
        struct text word = text_trim(string_text(line));
        char letter = word.length ? word.start[0] & ~0x20 : default_yes ? 'Y' : 'N';
        value_release(line);
        if (letter == 'Y') return ANSWER_YES;
        if (letter == 'A') return ANSWER_YES_ALL;
        if (letter == 'N') return ANSWER_NO;
        if (letter == 'L') return ANSWER_NO_ALL;
    }
    return ANSWER_NO;
}

void console_clear_progress(struct session *session) {
    if (!session->progress_shown) return;
    session->progress_shown = false;
    if (write(STDERR_FILENO, "\r\033[K", 4) < 0) return;
}

/* One line of standard error that rewrites itself; nothing where that is no terminal. */
static void progress(struct host *host, struct text activity, struct text status, int percent, bool done) {
    struct session *session = session_of(host);
    if (!session->error_terminal || session->options.plain) return;
    console_clear_progress(session);
    if (done) return;
    struct bytes line = {0};
    bytes_add_text(&line, activity);
    if (percent >= 0) bytes_add_format(&line, "  %3d %%", percent);
    if (status.length) bytes_add_format(&line, "  %.*s", TEXT_ARGUMENT(status));
    size_t most = (size_t)output_width() - 1;
    struct text shown = text_slice(bytes_text(&line), 0, most);
    session->progress_shown = write(STDERR_FILENO, shown.start, shown.length) >= 0;
    bytes_free(&line);
}

/* [Console]::Write: straight to the screen, before what the formatter still holds. */
static enum status write_console(void *context, struct text text, bool error) {
    return error ? output_print_error(context, text) : output_print(context, text);
}

void console_fill(struct session *session) {
    struct host *host = &session->host;
    session->console = (struct console_host){session, write_console};
    session->realm->console = &session->console;
    read_folder(session);
    host->interactive = isatty(STDIN_FILENO) && !session->options.non_interactive;
    host->folder = folder;
    host->set_folder = set_folder;
    host->width = width;
    host->ask = ask;
    host->read_line = read_line;
    host->progress = progress;
    host->clear_screen = clear_screen;
    host->print = print;
    host->print_error = print_error;
    host->flush = flush;
}
