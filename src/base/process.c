#include "m365sh/base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The signals that the parent catches or ignores go back to their defaults: a child must die of Ctrl-C and SIGPIPE. */
static void reset_signals(void) {
    static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU, SIGCHLD};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) signal(numbers[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Puts `descriptor` at `target`. A descriptor that already stands there only has to survive exec. */
static void place_descriptor(int descriptor, int target) {
    if (descriptor < 0) return;
    if (descriptor == target) fcntl(target, F_SETFD, 0);
    else dup2(descriptor, target);
}

/* Between fork and exec: only calls that are safe there. Returns when something failed, with errno set. */
static void become(const struct process_start *start, pid_t parent) {
    reset_signals();
    if (start->own_group) setpgid(0, 0);
    if (start->die_with_parent) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(127); /* the parent was gone before the wish was known */
    }
    /* Lift what would be overwritten before its turn. */
    int output = start->output, error = start->error;
    if (output == 0) output = fcntl(output, F_DUPFD_CLOEXEC, 3);
    if (error == 0 || error == 1) error = fcntl(error, F_DUPFD_CLOEXEC, 3);
    place_descriptor(start->input, 0);
    place_descriptor(output, 1);
    place_descriptor(error, 2);
    if (start->folder && chdir(start->folder) < 0) return;
    execve(start->program, (char *const *)start->arguments,
           start->environment ? (char *const *)start->environment : environ);
}

enum status process_begin(const struct process_start *start, pid_t *pid, struct fault *fault) {
    int report[2]; /* carries errno when exec fails; closed by exec when it succeeds */
    if (pipe2(report, O_CLOEXEC) < 0)
        return fault_set(fault, fault_kind_of_errno(errno), errno, "cannot make a pipe: %s", strerror(errno));
    pid_t parent = getpid(), child = fork();
    if (child < 0) {
        int code = errno;
        close(report[0]);
        close(report[1]);
        return fault_set(fault, fault_kind_of_errno(code), code, "cannot start a process: %s", strerror(code));
    }
    if (child == 0) {
        int kept = fcntl(report[1], F_DUPFD_CLOEXEC, 10);
        become(start, parent);
        int code = errno;
        ssize_t ignored = write(kept, &code, sizeof code);
        (void)ignored;
        _exit(127);
    }
    close(report[1]);
    int code = 0;
    ssize_t got;
    do got = read(report[0], &code, sizeof code);
    while (got < 0 && errno == EINTR);
    close(report[0]);
    if (got == (ssize_t)sizeof code) {
        process_wait(child);
        return fault_set(fault, fault_kind_of_errno(code), code, "cannot run %s: %s", start->program,
                         strerror(code));
    }
    *pid = child;
    return STATUS_OK;
}

static int code_of(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

int process_wait(pid_t pid) {
    int wait_status = 0;
    while (waitpid(pid, &wait_status, 0) < 0)
        if (errno != EINTR) return 127;
    return code_of(wait_status);
}

bool process_ended(pid_t pid, int *code) {
    int wait_status = 0;
    if (waitpid(pid, &wait_status, WNOHANG) != pid) return false;
    if (code) *code = code_of(wait_status);
    return true;
}

static bool is_program(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && access(path, X_OK) == 0;
}

bool process_find(struct text name, struct bytes *path) {
    size_t before = path->length;
    if (!name.length) return false;
    if (text_find_byte(name, '/', 0) != TEXT_NOT_FOUND) {
        bytes_add_text(path, name);
        if (is_program(path->data + before)) return true;
        bytes_truncate(path, before);
        return false;
    }
    struct text rest = text_of(getenv("PATH")), folder;
    while (text_split_next(&rest, ':', &folder)) {
        bytes_add_text(path, folder.length ? folder : TEXT("."));
        bytes_add_byte(path, '/');
        bytes_add_text(path, name);
        if (is_program(path->data + before)) return true;
        bytes_truncate(path, before);
    }
    return false;
}

bool process_self(struct bytes *path) {
    char buffer[4096];
    ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
    if (length <= 0 || length == (ssize_t)sizeof buffer) return false;
    bytes_add(path, buffer, (size_t)length);
    return true;
}
