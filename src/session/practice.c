/* The practice tenant as a child of this program: started at the first request, on a private socket, over a store that all
 * sessions share; ended with its parent. */
#include "session_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/file.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/base/process.h"
#include "m365sh/json/json.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"
#include "tenant_link_private.h"

#define SOCKET_PATH_MOST 100          /* sun_path holds 108 bytes */
#define READY_BYTES_MOST 8192
#define START_MILLISECONDS 60000      /* the first start writes the whole story */
#define SECOND 1000000000LL

static void choose_socket(struct practice *practice, const struct bytes *state) {
    bytes_add_format(&practice->socket_path, "%s/practice-%d.sock", state->data, (int)getpid());
    if (practice->socket_path.length <= SOCKET_PATH_MOST) return;
    char folder[] = "/tmp/m365sh-XXXXXX"; /* mode 0700 by mkdtemp */
    if (!mkdtemp(folder)) return;
    bytes_clear(&practice->socket_path);
    bytes_add_format(&practice->socket_path, "%s/practice.sock", folder);
    bytes_add_string(&practice->socket_folder, folder);
}

/* The line of JSON that `serve` prints when it is ready. */
static enum status read_ready(int descriptor, struct bytes *line, struct fault *fault) {
    int64_t until = clock_steady() + START_MILLISECONDS * 1000000LL;
    while (text_find_byte(bytes_text(line), '\n', 0) == TEXT_NOT_FOUND) {
        struct pollfd wait = {.fd = descriptor, .events = POLLIN};
        int got = poll(&wait, 1, 50);
        if (interrupt_pending()) return fault_set(fault, FAULT_INTERRUPTED, 0, "interrupted");
        if (clock_steady() > until) return fault_set(fault, FAULT_TIMEOUT, 0, "The practice tenant did not start in time.");
        if (got <= 0) continue;
        char part[1024];
        ssize_t length = read(descriptor, part, sizeof part);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0 || line->length > READY_BYTES_MOST) return fault_set(fault, FAULT_IO, 0, "The practice tenant ended before it was ready.");
        bytes_add(line, part, (size_t)length);
    }
    return STATUS_OK;
}

static enum status begin_child(struct practice *practice, const struct bytes *state, int output, struct fault *fault) {
    struct bytes program = {0}, store = {0};
    if (!process_self(&program)) bytes_add_string(&program, "/proc/self/exe");
    bytes_add_format(&store, "%s/practice.db", state->data);
    const char *const arguments[] = {"m365sh", "serve", "--socket", practice->socket_path.data, "--store", store.data, NULL};
    const struct process_start start = {.program = program.data, .arguments = arguments, .input = -1, .output = output, .error = -1,
                                        .die_with_parent = true, .own_group = true};
    pid_t pid = 0;
    enum status status = process_begin(&start, &pid, fault);
    practice->pid = status == STATUS_OK ? pid : 0;
    bytes_free(&program);
    bytes_free(&store);
    return status;
}

static struct text field(struct realm *realm, struct value object, const char *name) {
    struct value *place = object.kind == VALUE_OBJECT ? object_find_text(realm, object, text_of(name)) : NULL;
    return place && place->kind == VALUE_STRING ? string_text(*place) : TEXT_NONE;
}

static enum status read_account(struct realm *realm, struct practice *practice, const struct bytes *line) {
    struct value ready = VALUE_UNSET_INIT;
    const struct json_read_options options = {.keep_dates_text = true};
    enum status status = json_read(realm, bytes_text(line), &options, &ready);
    if (status != STATUS_OK) return status;
    struct account *account = account_new();
    account->flow = ACCOUNT_SECRET;
    account->is_practice = true;
    account_set(&account->profile, TEXT("practice"));
    account_set(&account->environment, TEXT("Practice"));
    account_set(&account->graph, field(realm, ready, "graph"));
    account_set(&account->login, field(realm, ready, "login"));
    account_set(&account->socket_path, bytes_text(&practice->socket_path));
    account_set(&account->tenant_id, field(realm, ready, "tenantId"));
    account_set(&account->client_id, field(realm, ready, "clientId"));
    account_set_secret(&account->client_secret, field(realm, ready, "clientSecret"));
    practice->account = account;
    value_release(ready);
    if (account->graph && account->login && account->client_secret) return STATUS_OK;
    return realm_raise(realm, "System.InvalidOperationException", "PracticeTenantFailed", ERROR_RESOURCE_UNAVAILABLE, "The practice tenant did not say where it is.");
}

enum status practice_start(struct practice *practice, struct realm *realm) {
    struct bytes state = {0}, line = {0};
    struct fault fault = {0};
    int pipes[2] = {-1, -1};
    practice_stop(practice);
    path_of_place(PATH_STATE, &state);
    enum status status = file_make_folders(state.data, 0700, &fault);
    if (status == STATUS_OK) {
        choose_socket(practice, &state);
        if (pipe2(pipes, O_CLOEXEC) < 0) status = fault_set(&fault, fault_kind_of_errno(errno), errno, "cannot make a pipe");
    }
    if (status == STATUS_OK) status = begin_child(practice, &state, pipes[1], &fault);
    if (pipes[1] >= 0) close(pipes[1]);
    if (status == STATUS_OK) status = read_ready(pipes[0], &line, &fault);
    if (pipes[0] >= 0) close(pipes[0]);
    bool interrupted = fault.kind == FAULT_INTERRUPTED;
    if (status != STATUS_OK && !interrupted)
        status = realm_raise(realm, "System.InvalidOperationException", "PracticeTenantFailed", ERROR_RESOURCE_UNAVAILABLE,
                             "The practice tenant could not be started: %s", fault.message ? fault.message : "unknown reason");
    else if (status == STATUS_OK) status = read_account(realm, practice, &line);
    fault_clear(&fault);
    if (line.data) secret_wipe(line.data, line.length);
    bytes_free(&line);
    bytes_free(&state);
    if (status != STATUS_OK) practice_stop(practice);
    return interrupted ? STATUS_INTERRUPTED : status;
}

bool practice_is_running(struct practice *practice) {
    if (!practice->pid) return false;
    if (!process_ended(practice->pid, NULL)) return true;
    practice->pid = 0;
    return false;
}

void practice_stop(struct practice *practice) {
    if (practice->pid) {
        int code;
        kill(practice->pid, SIGTERM);
        int64_t until = clock_steady() + 3 * SECOND;
        while (!process_ended(practice->pid, &code) && clock_steady() < until) {
            const struct timespec moment = {0, 1000000};
            nanosleep(&moment, NULL);
        }
    }
    practice->pid = 0;
    if (practice->socket_path.length) unlink(practice->socket_path.data);
    if (practice->socket_folder.length) rmdir(practice->socket_folder.data);
    bytes_free(&practice->socket_path);
    bytes_free(&practice->socket_folder);
    account_free(practice->account);
    practice->account = NULL;
}
