#include "../cmdlet_private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "m365sh/base/file.h"
#include "m365sh/format/format.h"
#include "../encoding_private.h"

enum { FILE_PATH, ENCODING, APPEND, FORCE, NO_CLOBBER, WIDTH, NO_NEWLINE, INPUT };

static const struct parameter_row parameter_rows[] = {
    {"FilePath", "string", 0, PARAMETER_MANDATORY, "Path|LiteralPath|PSPath|LP", NULL, NULL, "path", "The file."},
    {"Encoding", "object", 1, 0, NULL, NULL, NULL, NULL, "utf8, utf8BOM, ascii, unicode; utf8 unless said."},
    {"Append", "switch", -1, 0, NULL, NULL, NULL, NULL, "Adds to what is there."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Writes over a read-only file."},
    {"NoClobber", "switch", -1, 0, "NoOverwrite", NULL, NULL, NULL, "Refuses to write over a file that is there."},
    {"Width", "int", -1, 0, NULL, NULL, NULL, NULL, "How wide a line may be."},
    {"NoNewline", "switch", -1, 0, NULL, NULL, NULL, NULL, "No line ends."},
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
};

struct state {
    struct formatter *formatter;
    struct bytes held;       /* written in blocks */
    enum file_encoding encoding;
    int file;                /* descriptor + 1; 0 none */
    bool dry;
};

#define BLOCK_BYTES 65536

static enum status write_held(struct invocation *call) {
    struct state *state = call->state;
    struct fault fault = {0};
    if (!state->held.length || !state->file) return STATUS_OK;
    enum status status = file_write_descriptor(state->file - 1, state->held.data, state->held.length, &fault);
    bytes_clear(&state->held);
    return status == STATUS_OK ? status : realm_raise_fault(call->realm, &fault, "FileOpenFailure");
}

static enum status take_line(void *context, struct text line) {
    struct invocation *call = context;
    struct state *state = call->state;
    encoding_encode(&state->held, line, state->encoding);
    if (!invocation_switch(call, NO_NEWLINE)) encoding_encode(&state->held, TEXT("\n"), state->encoding);
    return state->held.length < BLOCK_BYTES ? STATUS_OK : write_held(call);
}

static enum status open_file(struct invocation *call, const char *path) {
    struct state *state = call->state;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (invocation_switch(call, APPEND) ? O_APPEND : O_TRUNC);
    if (invocation_switch(call, NO_CLOBBER) && !invocation_switch(call, APPEND)) flags |= O_EXCL;
    int file = open(path, flags, 0666);
    if (file >= 0) {
        state->file = file + 1;
        if (lseek(file, 0, SEEK_END) == 0) bytes_add_text(&state->held, encoding_mark(state->encoding));
        return STATUS_OK;
    }
    if (errno == EEXIST)
        return invocation_throw(call, "System.IO.IOException", "NoClobber", ERROR_RESOURCE_EXISTS, value_null(),
                                "%s is there already, and -NoClobber says not to write over it.", path);
    const char *exception = errno == ENOENT || errno == ENOTDIR ? "System.IO.DirectoryNotFoundException"
                            : errno == EACCES || errno == EISDIR ? "System.UnauthorizedAccessException" : "System.IO.IOException";
    return invocation_throw(call, exception, "FileOpenFailure", ERROR_OPEN_ERROR, value_null(), "%s cannot be written: %s", path, strerror(errno));
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    struct bytes path = {0};
    invocation_path(call, invocation_text(call, FILE_PATH), &path);
    bool go_on = true;
    enum status status = encoding_argument(call, ENCODING, &state->encoding);
    if (status == STATUS_OK) status = invocation_should_process(call, bytes_text(&path), TEXT("Output to File"), &go_on);
    state->dry = !go_on;
    if (status == STATUS_OK && go_on) status = open_file(call, path.data);
    bytes_free(&path);
    if (status != STATUS_OK) return status;
    struct format_request request = {.width = (int)invocation_integer(call, WIDTH, call->host && call->host->width ? call->host->width(call->host) : 80)};
    state->formatter = formatter_new(call->realm, &request, (struct format_sink){take_line, call});
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    return item.kind == VALUE_UNSET || state->dry ? STATUS_OK : formatter_add(state->formatter, item);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    enum status status = formatter_end(state->formatter);
    return status == STATUS_OK ? write_held(call) : status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    if (state->formatter) formatter_free(state->formatter);
    if (state->file) close(state->file - 1);
    bytes_free(&state->held);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 3 | Out-File users.txt", "The table in a file."},
    {"'one more line' | Out-File users.txt -Append", "A line at the end of it."},
};

CMDLET(out_file) = {
    .name = "Out-File", .synopsis = "Writes what the screen would show into a file.",
    .description = "`> file` is the same. For data, Export-Csv and ConvertTo-Json keep more.", PARAMETERS, .flags = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
