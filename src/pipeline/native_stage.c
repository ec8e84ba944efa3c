/* Programs on the PATH as a stage: items go in as lines of text, lines come out as strings, the exit code goes to
 * $LASTEXITCODE. The program's output is read while its input is written, so that neither side waits for the other. */
#include "m365sh/pipeline/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/file.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/base/process.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

struct native_state {
    pid_t pid;
    int input, output, error;   /* our ends; -1 none */
    struct bytes output_line, error_line;
    bool waited;
};

static void add_argument(struct value list, struct text text) {
    array_push_take(list, string_new(text));
}

/* A bare word with wildcards is expanded as a Unix shell does; PowerShell does so for programs on Linux. */
static void add_word(struct invocation *call, struct value list, const struct argument *argument) {
    struct value text = convert_text(call->realm, argument->value);
    bool wild = argument->is_bare && strpbrk(string_chars(text), "*?[");
    glob_t found;
    if (wild && glob(string_chars(text), 0, NULL, &found) == 0) {
        size_t skip = text_starts(string_text(text), TEXT("./")) ? 2 : 0; /* PowerShell gives names without it */
        for (size_t i = 0; i < found.gl_pathc; i++) add_argument(list, text_of(found.gl_pathv[i] + skip));
        globfree(&found);
    } else if (argument->is_bare && string_chars(text)[0] == '~' && (string_chars(text)[1] == 0 || string_chars(text)[1] == '/')) {
        struct bytes path = {0};
        path_home(&path);
        bytes_add_string(&path, string_chars(text) + 1);
        add_argument(list, bytes_text(&path));
        bytes_free(&path);
    } else {
        add_argument(list, string_text(text));
    }
    value_release(text);
}

static struct value build_arguments(struct invocation *call) {
    struct value list = array_new(call->realm, NULL, 8);
    array_push(list, call->command->path);
    struct value rest = call->binding.rest;
    for (uint32_t i = 0; rest.kind == VALUE_ARRAY && i < array_count(rest); i++) {
        struct value item = value_base(array_at(rest, i));
        if (value_is_nothing(item)) continue; /* null is no argument */
        if (!value_is_array_like(item)) {
            add_word(call, list, &(struct argument){.value = item, .is_bare = item.kind == VALUE_STRING && item.small});
            continue;
        }
        for (uint32_t k = 0; k < array_count(item); k++) {
            struct value text = convert_text(call->realm, array_at(item, k));
            array_push_take(list, text);
        }
    }
    return list;
}

static enum status start_program(struct invocation *call, struct native_state *state, int input[2], int output[2], int error[2]) {
    struct value list = build_arguments(call);
    const char **arguments = ALLOC_ARRAY(const char *, array_count(list) + 1);
    for (uint32_t i = 0; i < array_count(list); i++) arguments[i] = string_chars(array_at(list, i));
    struct host *host = call->host;
    struct bytes folder = {0};
    if (host && host->folder) bytes_add_text(&folder, host->folder(host));
    struct process_start start = {.program = string_chars(call->command->path), .arguments = arguments,
                                  .folder = folder.data, .input = input[0], .output = output[1], .error = error[1]};
    struct fault fault = {0};
    enum status status = process_begin(&start, &state->pid, &fault);
    if (status != STATUS_OK) status = realm_raise_fault(call->realm, &fault, "NativeCommandFailed");
    bytes_free(&folder);
    alloc_free(arguments);
    value_release(list);
    return status;
}

static bool make_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) == 0;
}

static void close_end(int *end) {
    if (*end >= 0) close(*end);
    *end = -1;
}

/* Does stream `stream` of this stage go to the terminal as it is? Then the program writes there itself. */
static bool is_direct(const struct invocation *call, int stream) {
    const struct host *host = call->host;
    if (!host) return false;
    enum status (*terminal)(void *, struct value) = stream == STREAM_ERROR ? host->terminal_error.emit : host->terminal.emit;
    return terminal && call->streams.sinks[stream].emit == terminal;
}

static enum status native_begin(struct invocation *call) {
    struct native_state *state = ALLOC_NEW(struct native_state);
    call->state = state;
    state->input = state->output = state->error = -1;
    int input[2] = {-1, -1}, output[2] = {-1, -1}, error[2] = {-1, -1};
    bool made = true;
    if (call->has_input) made = make_pipe(input);
    if (call->output_file) {
        output[1] = call->output_file - 1;
        call->output_file = 0;
    } else if (made && !is_direct(call, STREAM_OUTPUT)) made = make_pipe(output);
    if (made && !is_direct(call, STREAM_ERROR)) made = make_pipe(error);
    enum status status = STATUS_OK;
    if (!made) {
        struct fault fault = {0};
        fault_set(&fault, fault_kind_of_errno(errno), errno, "no pipe could be made for the program");
        status = realm_raise_fault(call->realm, &fault, "NativeCommandFailed");
    } else {
        if (call->host && call->host->flush) call->host->flush(call->host);
        status = start_program(call, state, input, output, error);
    }
    close_end(&input[0]);
    close_end(&output[1]);
    close_end(&error[1]);
    state->input = input[1];
    state->output = output[0];
    state->error = error[0];
    if (state->input >= 0) fcntl(state->input, F_SETFL, O_NONBLOCK);
    return status;
}

static enum status emit_line(struct invocation *call, bool is_error, struct text line) {
    if (line.length && line.start[line.length - 1] == '\r') line.length--;
    struct value text = string_new(line);
    if (!is_error) return invocation_emit_take(call, text);
    struct value exception = exception_new(call->realm, "System.Management.Automation.RemoteException", line, VALUE_UNSET_INIT);
    struct value record = error_record_new(call->realm, exception, TEXT("NativeCommandError"), ERROR_NOT_SPECIFIED, text);
    value_release(exception);
    value_release(text);
    const struct emitter *sink = &call->streams.sinks[STREAM_ERROR];
    enum status status = sink->emit ? sink->emit(sink->context, record) : STATUS_OK;
    value_release(record);
    return status;
}

/* Reads what is there and hands on whole lines; closes the end at its end. */
static enum status read_lines(struct invocation *call, int *end, struct bytes *partial, bool is_error) {
    char block[16384];
    ssize_t length = read(*end, block, sizeof block);
    if (length < 0) return errno == EINTR || errno == EAGAIN ? STATUS_OK : (close_end(end), STATUS_OK);
    enum status status = STATUS_OK;
    if (length == 0) {
        close_end(end);
        if (partial->length) status = emit_line(call, is_error, bytes_text(partial));
        bytes_clear(partial);
        return status;
    }
    struct text rest = {block, (size_t)length};
    for (size_t at; status == STATUS_OK && (at = text_find_byte(rest, '\n', 0)) != TEXT_NOT_FOUND;) {
        bytes_add(partial, rest.start, at);
        status = emit_line(call, is_error, bytes_text(partial));
        bytes_clear(partial);
        rest = text_slice(rest, at + 1, rest.length);
    }
    bytes_add_text(partial, rest);
    return status;
}

/* Moves bytes until `pending` is written (or, with none, until the program has closed its output). */
static enum status exchange(struct invocation *call, struct text pending) {
    struct native_state *state = call->state;
    bool until_end = pending.length == 0;
    while (pending.length || (until_end && (state->output >= 0 || state->error >= 0))) {
        struct pollfd ends[3] = {{state->output, POLLIN, 0}, {state->error, POLLIN, 0}, {pending.length ? state->input : -1, POLLOUT, 0}};
        int ready = poll(ends, 3, 100);
        enum status status = interrupt_pending() ? realm_poll(call->realm) : STATUS_OK;
        if (status == STATUS_OK && ready > 0 && ends[0].revents) status = read_lines(call, &state->output, &state->output_line, false);
        if (status == STATUS_OK && ready > 0 && ends[1].revents) status = read_lines(call, &state->error, &state->error_line, true);
        if (status != STATUS_OK) return status;
        if (ready > 0 && ends[2].revents) {
            ssize_t written = write(state->input, pending.start, pending.length);
            if (written < 0 && errno != EAGAIN && errno != EINTR) {
                close_end(&state->input); /* it reads no more: what comes is dropped, as with any pipe */
                return STATUS_OK;
            }
            if (written > 0) pending = text_slice(pending, (size_t)written, pending.length);
        }
    }
    return STATUS_OK;
}

static enum status native_process(struct invocation *call) {
    struct native_state *state = call->state;
    if (!call->has_input || call->input.kind == VALUE_UNSET || state->input < 0) return STATUS_OK;
    struct bytes line = {0};
    convert_add_text(call->realm, &line, call->input);
    bytes_add_byte(&line, '\n');
    enum status status = exchange(call, bytes_text(&line));
    bytes_free(&line);
    return status;
}

/* Where a scope on the way out has a $LASTEXITCODE of its own, that one is set; else the global one, as PowerShell does. */
static enum status set_exit_code(struct invocation *call, int code) {
    struct host *host = call->host;
    if (!host || !host->variable_set) return STATUS_OK;
    for (int up = 0; up < 64; up++) {
        struct value there = host->variable_get(host, TEXT("LASTEXITCODE"), SCOPE_PARENT + up);
        if (there.kind == VALUE_UNSET) continue;
        value_release(there);
        return host->variable_set(host, TEXT("LASTEXITCODE"), SCOPE_PARENT + up, value_int32(code));
    }
    return host->variable_set(host, TEXT("LASTEXITCODE"), SCOPE_GLOBAL, value_int32(code));
}

/* $PSNativeCommandUseErrorActionPreference: an exit code that is not 0 is an error. */
static enum status report_exit_code(struct invocation *call, int code) {
    struct host *host = call->host;
    if (!code || !host || !host->variable_get) return STATUS_OK;
    struct value wanted = host->variable_get(host, TEXT("PSNativeCommandUseErrorActionPreference"), SCOPE_CURRENT);
    bool is_error = wanted.kind != VALUE_UNSET && value_truth(wanted);
    value_release(wanted);
    if (!is_error) return STATUS_OK;
    struct value message = string_format("The program '%.*s' ended with exit code %d.", TEXT_ARGUMENT(call->command->spelling), code);
    struct value exception = exception_new(call->realm, "System.Management.Automation.NativeCommandExitException", string_text(message), VALUE_UNSET_INIT);
    exception_set(call->realm, exception, "ExitCode", value_int32(code));
    exception_set(call->realm, exception, "ProcessId", value_int32(((struct native_state *)call->state)->pid));
    struct value record = error_record_new(call->realm, exception, TEXT("ProgramExitedWithNonZeroCode"), ERROR_NOT_SPECIFIED, call->command->path);
    value_release(exception);
    value_release(message);
    return invocation_error_take(call, record);
}

static enum status wait_for(struct invocation *call) {
    struct native_state *state = call->state;
    int code = 0;
    while (!process_ended(state->pid, &code)) {
        if (interrupt_pending() && realm_poll(call->realm) == STATUS_INTERRUPTED) return STATUS_INTERRUPTED;
        struct pollfd none = {-1, 0, 0};
        poll(&none, 1, 1);
    }
    state->waited = true;
    if (code != 0) call->had_error = true;
    enum status status = set_exit_code(call, code);
    return status == STATUS_OK ? report_exit_code(call, code) : status;
}

static enum status native_end(struct invocation *call) {
    struct native_state *state = call->state;
    close_end(&state->input);
    enum status status = exchange(call, TEXT_NONE);
    return status == STATUS_OK ? wait_for(call) : status;
}

static void native_clean(struct invocation *call) {
    struct native_state *state = call->state;
    if (!state) return;
    close_end(&state->input);
    close_end(&state->output);
    close_end(&state->error);
    if (state->pid > 0 && !state->waited) {
        kill(state->pid, SIGTERM);
        process_wait(state->pid);
    }
    bytes_free(&state->output_line);
    bytes_free(&state->error_line);
    alloc_free(state);
    call->state = NULL;
}

const struct command_class pipeline_native_class = {native_begin, native_process, native_end, native_clean};
