#include "csv_command_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/file.h"
#include "../item/item_private.h"

enum { INPUT = CSV_PARAMETER_COUNT, PATH, LITERAL, FORCE, NO_CLOBBER, ENCODING, APPEND };

static const struct parameter_row parameter_rows[] = {
    CSV_WRITE_ROWS,
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Path", "string", 0, PARAMETER_NOT_EMPTY, NULL, NULL, NULL, "path", "The file."},
    {"LiteralPath", "string", -1, PARAMETER_NOT_EMPTY, "PSPath|LP", NULL, NULL, "path", "The same."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Writes over a read-only file; with -Append, leaves out columns that the file lacks."},
    {"NoClobber", "switch", -1, 0, "NoOverwrite", NULL, NULL, NULL, "Refuses to write over a file that is there."},
    {"Encoding", "object", -1, 0, NULL, NULL, NULL, NULL, "utf8, utf8BOM, ascii, unicode …; utf8 unless said."},
    {"Append", "switch", -1, 0, NULL, NULL, NULL, NULL, "Adds rows to what is there."},
};

struct state {
    struct csv_writer writer;
    struct bytes line, held;
    enum file_encoding encoding;
    int file;              /* descriptor + 1 */
    bool dry, continued;   /* continued: columns came from the file that is there */
};
#define BLOCK_BYTES 65536

static enum status write_held(struct invocation *call) {
    struct state *state = call->state;
    struct fault fault = {0};
    enum status status = STATUS_OK;
    if (state->file && state->held.length && file_write_descriptor(state->file - 1, state->held.data, state->held.length, &fault) != STATUS_OK)
        status = realm_raise_fault(call->realm, &fault, "FileOpenFailure");
    bytes_clear(&state->held);
    return status;
}

static enum status end_line(struct invocation *call) {
    struct state *state = call->state;
    bytes_add_byte(&state->line, '\n');
    encoding_encode(&state->held, bytes_text(&state->line), state->encoding);
    bytes_clear(&state->line);
    return state->held.length < BLOCK_BYTES ? STATUS_OK : write_held(call);
}

/* The columns of the file that rows are added to. */
static enum status read_columns(struct invocation *call, const char *path) {
    struct state *state = call->state;
    struct text_reader *reader = text_reader_open(path, state->encoding, NULL);
    struct csv_record record = {0};
    bool final = false;
    size_t taken;
    if (!reader) return STATUS_OK;
    for (;;) {
        enum csv_result result = csv_parse(text_reader_rest(reader), final, &state->writer.delimiter, &record, &taken);
        if (result == CSV_END) break;
        if (result == CSV_MORE) {
            final = !text_reader_fill(reader);
            continue;
        }
        text_reader_take(reader, taken);
        struct text first = csv_field_text(&record, 0);
        if ((first.length == 0 && record.count == 1) || text_starts(first, TEXT("#"))) continue;
        struct value names = array_new(call->realm, NULL, (uint32_t)record.count);
        for (size_t i = 0; i < record.count; i++) array_push_take(names, string_new(csv_field_text(&record, i)));
        csv_writer_set_columns(call, &state->writer, names);
        value_release(names);
        state->continued = true;
        break;
    }
    csv_record_free(&record);
    text_reader_free(reader);
    return STATUS_OK;
}

static enum status open_failed(struct invocation *call, const char *path, int code) {
    if (code == EEXIST)
        return invocation_throw(call, "System.IO.IOException", "NoClobber", ERROR_RESOURCE_EXISTS, value_null(), "%s is there already, and -NoClobber says not to write over it.", path);
    const char *exception = code == ENOENT || code == ENOTDIR ? "System.IO.DirectoryNotFoundException" : code == EACCES || code == EISDIR ? "System.UnauthorizedAccessException" : "System.IO.IOException";
    return invocation_throw(call, exception, "FileOpenFailure", ERROR_OPEN_ERROR, value_null(), "%s cannot be written: %s", path, strerror(code));
}

static enum status open_file(struct invocation *call, const char *path) {
    struct state *state = call->state;
    struct stat seen;
    bool append = invocation_switch(call, APPEND);
    if (append) read_columns(call, path);
    if (invocation_switch(call, FORCE) && stat(path, &seen) == 0 && !(seen.st_mode & S_IWUSR)) chmod(path, seen.st_mode | S_IWUSR);
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC);
    if (invocation_switch(call, NO_CLOBBER) && !append) flags |= O_EXCL;
    int file = open(path, flags, 0666);
    if (file < 0) return open_failed(call, path, errno);
    state->file = file + 1;
    char last = '\n';
    if (fstat(file, &seen) == 0 && seen.st_size == 0) bytes_add_text(&state->held, encoding_mark(state->encoding));
    else if (seen.st_size > 0 && pread(file, &last, 1, seen.st_size - 1) == 1 && last != '\n' && state->encoding <= FILE_ASCII) bytes_add_byte(&state->held, '\n');
    return STATUS_OK;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    bool has_path = invocation_has(call, PATH), literal = invocation_has(call, LITERAL), go_on;
    if (has_path == literal)
        return invocation_throw(call, "System.InvalidOperationException", "CannotSpecifyPathAndLiteralPath", ERROR_INVALID_DATA, value_null(), "Give one of -Path and -LiteralPath.");
    enum status status = csv_command_read(call, &state->writer);
    if (status == STATUS_OK) status = encoding_argument(call, ENCODING, &state->encoding);
    if (status != STATUS_OK) return status;
    struct bytes path = {0};
    enum item_drive drive;
    status = item_read_path(call, invocation_text(call, has_path ? PATH : LITERAL), &drive, &path);
    if (status == STATUS_OK) status = invocation_should_process(call, bytes_text(&path), TEXT("Export-Csv"), &go_on);
    state->dry = status == STATUS_OK && !go_on;
    if (status == STATUS_OK && go_on) status = open_file(call, path.data);
    bytes_free(&path);
    return status;
}

/* Rows added to a file must have its columns, unless -Force says that missing ones stay empty. */
static enum status check_columns(struct invocation *call, struct value item) {
    struct state *state = call->state;
    for (uint32_t i = 0; i < state->writer.count; i++) {
        bool found = false;
        struct value v = VALUE_UNSET_INIT;
        enum status status = member_get(call->realm, item, state->writer.names[i], &found, &v);
        value_release(v);
        if (status != STATUS_OK) return status;
        if (!found)
            return invocation_throw(call, "System.InvalidOperationException", "CannotAppendCsvWithMismatchedPropertyNames", ERROR_INVALID_DATA, state->writer.kept,
                                    "The file has a column '%.*s' that the objects lack. -Force leaves it empty.", TEXT_ARGUMENT(state->writer.labels[i]));
    }
    return STATUS_OK;
}

static enum status start(struct invocation *call, struct value item, bool *any) {
    struct state *state = call->state;
    enum status status = csv_writer_columns(call, &state->writer, item, any);
    if (status != STATUS_OK || !*any) return status;
    if (invocation_switch(call, CSV_INCLUDE_TYPE)) {
        csv_writer_add_type(call, item, &state->line);
        status = end_line(call);
    }
    if (status != STATUS_OK || invocation_switch(call, CSV_NO_HEADER)) return status;
    csv_writer_add_header(&state->writer, &state->line);
    return end_line(call);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    bool any = true;
    enum status status = STATUS_OK;
    if (value_is_nothing(item) || state->dry) return STATUS_OK;
    if (state->continued && !invocation_switch(call, FORCE)) {
        status = check_columns(call, item);
        state->continued = false;
    } else if (!state->writer.started) status = start(call, item, &any);
    if (status != STATUS_OK || !any || !state->writer.count) return status;
    status = csv_writer_add_row(call, &state->writer, item, &state->line);
    return status == STATUS_OK ? end_line(call) : status;
}

static enum status end(struct invocation *call) { return write_held(call); }

static void clean(struct invocation *call) {
    struct state *state = call->state;
    csv_writer_clean(&state->writer);
    bytes_free(&state->line);
    bytes_free(&state->held);
    if (state->file) close(state->file - 1);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 5 | Select-Object DisplayName, UserPrincipalName | Export-Csv users.csv", "A file for a spreadsheet."},
    {"[pscustomobject]@{ Name = 'ann'; Age = 30 } | Export-Csv list.csv -Append", "A row more."},
};

CMDLET(export_csv) = {
    .name = "Export-Csv", .aliases = "epcsv", .synopsis = "Writes objects to a file as comma-separated values.",
    .description = "The first object says which columns there are. -Append keeps those of the file.", PARAMETERS, .flags = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
