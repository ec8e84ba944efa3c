#include "content_writer_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/file.h"

#define BLOCK_BYTES 65536

static enum status open_error(struct invocation *call, struct text path, int code) {
    struct value target = string_new(path);
    const char *name = string_chars(target);
    enum status status;
    if (code == ENOENT || code == ENOTDIR)
        status = invocation_error(call, "System.IO.DirectoryNotFoundException", "GetContentWriterDirectoryNotFoundError", ERROR_OBJECT_NOT_FOUND, target,
                                  "The folder of '%s' is not there.", name);
    else if (code == EISDIR)
        status = invocation_error(call, "System.NotSupportedException", "System.NotSupportedException", ERROR_NOT_SPECIFIED, value_null(),
                                  "'%s' is a folder.", name);
    else if (code == EACCES || code == EPERM)
        status = invocation_error(call, "System.UnauthorizedAccessException", "GetContentWriterUnauthorizedAccessError", ERROR_PERMISSION_DENIED, target,
                                  "'%s' may not be written.", name);
    else
        status = invocation_error(call, "System.IO.IOException", "GetContentWriterIOError", ERROR_WRITE_ERROR, target, "'%s': %s", name, strerror(code));
    value_release(target);
    return status;
}

static void make_writable(const char *path) {
    struct stat seen;
    if (stat(path, &seen) == 0 && !(seen.st_mode & S_IWUSR)) chmod(path, seen.st_mode | S_IWUSR);
}

static enum status open_target(struct invocation *call, enum item_drive drive, struct text path) {
    struct content_state *state = call->state;
    struct value name = string_new(path);
    bool go_on = true;
    enum status status = invocation_should_process(call, path, state->append ? TEXT("Add Content") : TEXT("Set Content"), &go_on);
    int file = -1;
    if (status == STATUS_OK && go_on && drive == DRIVE_FILES) {
        if (invocation_switch(call, CONTENT_FORCE)) make_writable(string_chars(name));
        struct stat seen;
        if (stat(string_chars(name), &seen) == 0 && S_ISDIR(seen.st_mode)) errno = EISDIR;
        else file = open(string_chars(name), O_WRONLY | O_CREAT | O_CLOEXEC | (state->append ? O_APPEND : O_TRUNC), 0666);
        if (file < 0) status = open_error(call, path, errno);
        go_on = file >= 0;
    }
    if (status == STATUS_OK && go_on) {
        state->targets = alloc_resize(state->targets, state->count + 1u, sizeof *state->targets);
        state->targets[state->count++] = (struct content_target){file, drive, value_keep(name)};
        struct stat seen;
        if (file >= 0 && fstat(file, &seen) == 0 && seen.st_size == 0 && encoding_mark(state->encoding).length)
            file_write_descriptor(file, encoding_mark(state->encoding).start, encoding_mark(state->encoding).length, NULL);
    }
    value_release(name);
    return status;
}

static enum status open_targets(struct invocation *call) {
    static const struct item_parameters which = {CONTENT_PATH, CONTENT_LITERAL, CONTENT_FILTER, CONTENT_INCLUDE, CONTENT_EXCLUDE, CONTENT_FORCE, true};
    struct content_state *state = call->state;
    if (state->open) return STATUS_OK;
    state->open = true;
    return item_each(call, &which, open_target);
}

enum status content_begin(struct invocation *call, bool append) {
    struct content_state *state = call->state;
    state->append = append;
    return encoding_argument(call, CONTENT_ENCODING, &state->encoding);
}

static enum status write_held(struct invocation *call) {
    struct content_state *state = call->state;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < state->count; i++) {
        struct fault fault = {0};
        if (state->targets[i].file < 0 || !state->held.length) continue;
        if (file_write_descriptor(state->targets[i].file, state->held.data, state->held.length, &fault) != STATUS_OK)
            status = realm_raise_fault(call->realm, &fault, "WriterIOError");
    }
    bytes_clear(&state->held);
    return status;
}

static enum status add_byte(struct invocation *call, struct value v) {
    struct content_state *state = call->state;
    v = value_base(v);
    if (!value_is_integer(v) || v.integer < 0 || v.integer > 255)
        return invocation_throw(call, "System.Management.Automation.PSArgumentException", "Argument", ERROR_INVALID_ARGUMENT, value_null(),
                                "-AsByteStream writes bytes: numbers from 0 to 255.");
    bytes_add_byte(&state->held, (char)v.integer);
    return STATUS_OK;
}

static enum status add_value(struct invocation *call, struct value v) {
    struct content_state *state = call->state;
    enum status status = STATUS_OK;
    if (value_is_nothing(v)) return STATUS_OK;
    if (invocation_switch(call, CONTENT_AS_BYTES)) {
        status = add_byte(call, v);
    } else if (value_is_array_like(value_base(v))) {
        struct value inner = value_base(v);
        for (uint32_t i = 0; status == STATUS_OK && i < array_count(inner); i++) {
            struct value text = convert_text(call->realm, array_at(inner, i));
            encoding_encode(&state->held, string_text(text), state->encoding);
            if (!invocation_switch(call, CONTENT_NO_NEWLINE)) encoding_encode(&state->held, TEXT("\n"), state->encoding);
            value_release(text);
        }
    } else {
        struct value text = convert_text(call->realm, v);
        encoding_encode(&state->held, string_text(text), state->encoding);
        if (!invocation_switch(call, CONTENT_NO_NEWLINE)) encoding_encode(&state->held, TEXT("\n"), state->encoding);
        value_release(text);
    }
    if (state->collected.kind == VALUE_UNSET) state->collected = list_new(call->realm, NULL, 0);
    bool elsewhere = false;
    for (uint32_t i = 0; i < state->count; i++) elsewhere = elsewhere || state->targets[i].drive != DRIVE_FILES;
    if (elsewhere) array_push(state->collected, v);
    if (status == STATUS_OK && invocation_switch(call, CONTENT_PASS_THRU)) status = invocation_emit(call, v);
    return status == STATUS_OK && state->held.length >= BLOCK_BYTES ? write_held(call) : status;
}

enum status content_process(struct invocation *call) {
    enum status status = open_targets(call);
    struct value given = invocation_argument(call, CONTENT_VALUE);
    if (status != STATUS_OK || given.kind == VALUE_UNSET) return status;
    struct value base = value_base(given);
    if (value_is_nothing(base)) return STATUS_OK;
    if (!value_is_array_like(base)) return add_value(call, given);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(base); i++) status = add_value(call, array_at(base, i));
    return status;
}

/* Env: takes text, Variable: the values themselves, Alias: and Function: what can be called. */
static enum status store_elsewhere(struct invocation *call, const struct content_target *target) {
    struct content_state *state = call->state;
    struct host *host = call->host;
    struct text name = string_text(target->path);
    uint32_t count = state->collected.kind == VALUE_UNSET ? 0 : array_count(state->collected);
    if (target->drive == DRIVE_VARIABLE) {
        struct value v = count == 0 ? value_null() : count == 1 ? value_keep(array_at(state->collected, 0))
                                                                : array_of(call->realm, array_items(state->collected), count);
        enum status status = host->variable_set(host, name, SCOPE_CURRENT, v);
        value_release(v);
        return status;
    }
    struct value text = convert_text(call->realm, count ? array_at(state->collected, 0) : value_null());
    enum status status = STATUS_OK;
    if (target->drive == DRIVE_ENVIRONMENT) setenv(name.start, string_chars(text), 1);
    else if (target->drive == DRIVE_ALIAS) status = host->alias_set(host, name, string_text(text), SCOPE_CURRENT, true);
    else {
        struct bytes program = {0};
        bytes_add_format(&program, "function global:%.*s { %s }", TEXT_ARGUMENT(name), string_chars(text));
        status = host->run_text(host, bytes_text(&program), TEXT("Set-Content"), false, (struct emitter){0});
        bytes_free(&program);
    }
    value_release(text);
    return status;
}

enum status content_end(struct invocation *call) {
    struct content_state *state = call->state;
    enum status status = open_targets(call);
    if (status == STATUS_OK) status = write_held(call);
    for (uint32_t i = 0; status == STATUS_OK && i < state->count; i++)
        if (state->targets[i].drive != DRIVE_FILES) status = store_elsewhere(call, &state->targets[i]);
    return status;
}

void content_clean(struct invocation *call) {
    struct content_state *state = call->state;
    for (uint32_t i = 0; i < state->count; i++) {
        if (state->targets[i].file >= 0) close(state->targets[i].file);
        value_release(state->targets[i].path);
    }
    alloc_free(state->targets);
    bytes_free(&state->held);
    value_release(state->collected);
}
