#include "pipeline_private.h"

#include <fcntl.h>
#include <unistd.h>
#include "m365sh/base/bytes.h"
#include "m365sh/value/string.h"

static enum status push_to_file(void *context, struct value v) {
    enum status status = pipeline_push(context, v);
    return status == STATUS_STOP ? STATUS_OK : status;
}

/* `> file` is what `| Out-File file` does, as in PowerShell: one way of turning values into a file. */
static enum status open_file(struct running_stage *stage, struct value path, bool append, struct emitter *out) {
    struct invocation *call = &stage->call;
    struct host *host = call->host;
    struct command *command = host && host->command_find ? host->command_find(host, TEXT("Out-File")) : NULL;
    if (!command || stage->file_count == REDIRECTION_FILES)
        return realm_raise(call->realm, "System.IO.IOException", "FileOpenFailure", ERROR_OPEN_ERROR,
                           "The output cannot be sent to a file here.");
    struct argument arguments[3] = {
        {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("FilePath"), .value = path},
        {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Append"), .value = value_bool(append)},
    };
    struct stage file = {.command = command, .called_as = command->spelling, .arguments = arguments, .argument_count = 2};
    struct running_pipeline *pipeline = NULL;
    enum status status = pipeline_open(call->realm, host, &file, 1, true, &stage->pipeline->outer, &pipeline);
    command_release(command);
    if (status != STATUS_OK) return status;
    stage->files[stage->file_count++] = pipeline;
    *out = (struct emitter){push_to_file, pipeline};
    return STATUS_OK;
}

/* A program's output goes to its file as the bytes it is, unless another stream goes there, too. */
static bool open_raw(struct running_stage *stage, const struct stage_redirections *redirections, uint32_t which) {
    struct invocation *call = &stage->call;
    if (call->command->kind != COMMAND_APPLICATION || redirections->items[which].from != STREAM_OUTPUT || call->output_file) return false;
    for (uint32_t i = 0; i < redirections->count; i++)
        if (redirections->items[i].to == STREAM_OUTPUT) return false;
    struct bytes path = {0};
    invocation_path(call, string_text(redirections->items[which].file), &path);
    int file = open(path.data, O_WRONLY | O_CREAT | O_CLOEXEC | (redirections->items[which].append ? O_APPEND : O_TRUNC), 0666);
    bytes_free(&path);
    call->output_file = file + 1;
    return file >= 0;
}

enum status redirect_apply(struct running_stage *stage, const struct stage_redirections *redirections) {
    struct stream_set *streams = &stage->call.streams;
    for (uint32_t i = 0; redirections && i < redirections->count; i++) {
        int from = redirections->items[i].from, to = redirections->items[i].to;
        struct emitter target = to ? streams->sinks[to] : pipeline_discard();
        struct value file = redirections->items[i].file;
        if (!to && !value_is_nothing(file)) {
            if (open_raw(stage, redirections, i)) continue;
            enum status status = open_file(stage, file, redirections->items[i].append, &target);
            if (status != STATUS_OK) return status;
        }
        bool all = from == STREAM_COUNT;
        for (int stream = 1; stream < STREAM_COUNT; stream++) {
            if ((all && stream != to) || stream == from) streams->sinks[stream] = target;
        }
    }
    return STATUS_OK;
}

enum status redirect_close(struct running_stage *stage, enum status so_far) {
    for (uint32_t i = 0; i < stage->file_count; i++) {
        bool succeeded;
        enum status status = pipeline_close(stage->files[i], STATUS_OK, &succeeded);
        if (so_far == STATUS_OK) so_far = status;
    }
    stage->file_count = 0;
    if (stage->call.output_file) close(stage->call.output_file - 1);
    stage->call.output_file = 0;
    return so_far;
}
