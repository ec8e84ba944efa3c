#include "item_rows_private.h"

#include <stdlib.h>
#include "m365sh/base/file.h"
#include "m365sh/base/utf8.h"
#include "m365sh/limits.h"
#include "../text_reader_private.h"

enum { PATH, LITERAL, READ_COUNT, TOTAL, TAIL, FILTER, INCLUDE, EXCLUDE, FORCE, DELIMITER, WAIT, RAW, ENCODING, AS_BYTES, STREAM, PIPED };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The file; wildcards are allowed."}, ROW_LITERAL,
    {"ReadCount", "long", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "How many lines go on together; 0: all at once."},
    {"TotalCount", "long", -1, PARAMETER_BY_NAME, "First|Head", NULL, NULL, NULL, "So many lines from the start."},
    {"Tail", "int", -1, PARAMETER_BY_NAME, "Last", NULL, NULL, NULL, "So many lines from the end."},
    ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE, ROW_FORCE("Hidden files too."),
    {"Delimiter", "string", -1, 0, NULL, NULL, NULL, NULL, "What ends a part, where it is not the line end."},
    {"Wait", "switch", -1, 0, NULL, NULL, NULL, NULL, "Not offered: use `tail -f`."},
    {"Raw", "switch", -1, 0, NULL, NULL, NULL, NULL, "The whole file as one text."},
    ROW_ENCODING,
    {"AsByteStream", "switch", -1, 0, NULL, NULL, NULL, NULL, "Bytes instead of lines."},
    {"Stream", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted; files have one stream here."},
    {"PipedText", "object", -1, PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_HIDDEN, NULL, "Piped", NULL, NULL, "What `… | cat` passes on as text."},
};

struct state {
    enum file_encoding encoding;
    int64_t read_count, total, tail;
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    if (!call->has_input && !invocation_has(call, PATH) && !invocation_has(call, LITERAL))
        return invocation_throw(call, "System.Management.Automation.ParameterBindingException", "MissingMandatoryParameter", ERROR_INVALID_ARGUMENT, value_null(),
                                "Get-Content needs -Path: the file to read.");
    if (invocation_switch(call, WAIT))
        return invocation_throw(call, "System.NotSupportedException", "WaitNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                "-Wait is not offered. `tail -f FILE | ForEach-Object { … }` follows a file.");
    return encoding_argument(call, ENCODING, &state->encoding);
}

/* Lines go on one by one, or in arrays of ReadCount. */
struct batch { struct invocation *call; int64_t size; struct value lines; };

static enum status flush(struct batch *batch) {
    if (batch->lines.kind == VALUE_UNSET || !array_count(batch->lines)) return STATUS_OK;
    struct value lines = batch->lines;
    batch->lines = VALUE_UNSET_INIT;
    return invocation_emit_take(batch->call, lines);
}

static enum status add_take(struct batch *batch, struct value line) {
    if (batch->size == 1) return invocation_emit_take(batch->call, line);
    if (batch->lines.kind == VALUE_UNSET) batch->lines = array_new(batch->call->realm, NULL, 0);
    array_push_take(batch->lines, line);
    return batch->size > 0 && array_count(batch->lines) >= batch->size ? flush(batch) : STATUS_OK;
}

static enum status read_lines(struct invocation *call, struct text_reader *reader, struct batch *batch) {
    struct state *state = call->state;
    struct text line, delimiter = invocation_text(call, DELIMITER);
    struct value last = state->tail >= 0 ? list_new(call->realm, NULL, 0) : VALUE_UNSET_INIT;
    enum status status = STATUS_OK;
    for (int64_t count = 0; status == STATUS_OK && (state->total < 0 || count < state->total) && text_reader_part(reader, delimiter, &line); count++) {
        if (state->tail < 0) status = add_take(batch, string_new(line));
        else if (state->tail > 0) {
            array_push_take(last, string_new(line));
            if (array_count(last) >= 2 * (uint64_t)state->tail + 64) array_remove(last, 0, array_count(last) - (uint32_t)state->tail);
        }
    }
    if (last.kind != VALUE_UNSET) {
        uint32_t count = array_count(last), from = count > (uint64_t)state->tail ? count - (uint32_t)state->tail : 0;
        for (uint32_t i = from; status == STATUS_OK && i < count; i++) status = add_take(batch, value_keep(array_at(last, i)));
        value_release(last);
    }
    return status == STATUS_OK ? flush(batch) : status;
}

static enum status open_error(struct invocation *call, struct text path, struct fault *fault) {
    bool denied = fault->kind == FAULT_DENIED;
    struct value target = string_new(path);
    enum status status = invocation_error(call, denied ? "System.UnauthorizedAccessException" : "System.IO.IOException",
                                          denied ? "GetContentReaderUnauthorizedAccessError" : "GetContentReaderIOError",
                                          denied ? ERROR_PERMISSION_DENIED : ERROR_READ_ERROR, target, "%s", fault->message ? fault->message : "");
    value_release(target);
    fault_clear(fault);
    return status;
}

/* The file's bytes are given back before the text goes on: what comes next may need the memory. */
static enum status emit_raw(struct invocation *call, struct bytes *content) {
    struct state *state = call->state;
    struct bytes text = {0};
    struct value v;
    if (!content->length) return STATUS_OK;
    if (encoding_is_plain(bytes_text(content), state->encoding) && utf8_is_valid(bytes_text(content)) &&
        !text_starts(bytes_text(content), TEXT("\xef\xbb\xbf"))) {
        v = string_from_bytes(content);
    } else {
        encoding_decode(&text, bytes_text(content), state->encoding);
        v = string_from_bytes(&text);
        bytes_free(&text);
    }
    bytes_free(content);
    return invocation_emit_take(call, v);
}

static enum status emit_bytes(struct invocation *call, struct text content, bool together) {
    struct state *state = call->state;
    size_t first = state->tail >= 0 && (size_t)state->tail < content.length ? content.length - (size_t)state->tail : 0;
    size_t end = state->total >= 0 && (size_t)state->total < content.length ? (size_t)state->total : content.length;
    if (together) {
        struct value all = array_new(call->realm, type_array_of(call->realm, type_of_kind(call->realm, VALUE_BYTE)), (uint32_t)content.length);
        for (size_t i = 0; i < content.length; i++) array_push_take(all, value_integer(VALUE_BYTE, (unsigned char)content.start[i]));
        return invocation_emit_take(call, all);
    }
    struct batch batch = {.call = call, .size = state->read_count};
    enum status status = STATUS_OK;
    for (size_t i = first; status == STATUS_OK && i < end; i++) status = add_take(&batch, value_integer(VALUE_BYTE, (unsigned char)content.start[i]));
    return status == STATUS_OK ? flush(&batch) : status;
}

static enum status read_whole(struct invocation *call, struct text path) {
    struct bytes content = {0};
    struct fault fault = {0};
    char *name = alloc_text(path.start, path.length);
    enum status status = file_read(name, LIMIT_TEXT_BYTES, &content, &fault);
    alloc_free(name);
    if (status != STATUS_OK) status = open_error(call, path, &fault);
    else if (invocation_switch(call, AS_BYTES)) status = emit_bytes(call, bytes_text(&content), invocation_switch(call, RAW));
    else status = emit_raw(call, &content);
    bytes_free(&content);
    return status;
}

/* A variable of the environment, a variable's value, a function's or alias's text. */
static enum status emit_other(struct invocation *call, enum item_drive drive, struct text path) {
    struct host *host = call->host;
    if (drive == DRIVE_ENVIRONMENT) {
        char *name = alloc_text(path.start, path.length);
        const char *found = getenv(name);
        enum status status = found ? invocation_emit_take(call, string_of(found)) : STATUS_OK;
        alloc_free(name);
        return status;
    }
    if (drive == DRIVE_VARIABLE) return invocation_emit_take(call, host->variable_get(host, path, SCOPE_CURRENT));
    struct command *command = host->command_find(host, path);
    if (!command) return STATUS_OK;
    enum status status = drive == DRIVE_FUNCTION && command->block.kind != VALUE_UNSET ? invocation_emit(call, command->block)
                                                                                      : invocation_emit_take(call, string_new(command->spelling));
    command_release(command);
    return status;
}

static enum status read_item(struct invocation *call, enum item_drive drive, struct text path) {
    struct state *state = call->state;
    if (drive != DRIVE_FILES) return emit_other(call, drive, path);
    if (item_is_folder(drive, path))
        return invocation_error(call, "System.InvalidOperationException", "GetContainerContentException", ERROR_INVALID_OPERATION, value_null(),
                                "'%.*s' is a folder: it has no content.", TEXT_ARGUMENT(path));
    if (invocation_switch(call, RAW) || invocation_switch(call, AS_BYTES)) return read_whole(call, path);
    struct fault fault = {0};
    char *name = alloc_text(path.start, path.length);
    struct text_reader *reader = text_reader_open(name, state->encoding, &fault);
    alloc_free(name);
    if (!reader) return open_error(call, path, &fault);
    struct batch batch = {.call = call, .size = state->read_count};
    enum status status = read_lines(call, reader, &batch);
    value_release(batch.lines);
    if (status == STATUS_OK && text_reader_failed(reader, &fault)) status = open_error(call, path, &fault);
    text_reader_free(reader);
    return status;
}

/* What an object names as a path by one of its properties. Owned text, VALUE_UNSET if none. */
static struct value path_of(struct invocation *call, struct value item) {
    static const char *const names[] = {"LiteralPath", "PSPath", "LP", "Path"};
    for (int i = 0; value_base(item).kind == VALUE_OBJECT && i < 4; i++) {
        struct value found = VALUE_UNSET_INIT;
        bool has = false;
        if (member_get(call->realm, item, intern_name(call->realm->names, text_of(names[i])), &has, &found) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
        if (has && !value_is_nothing(found)) {
            struct value text = convert_text(call->realm, found);
            value_release(found);
            return text;
        }
        value_release(found);
    }
    return VALUE_UNSET_INIT;
}

static enum status read_path(struct invocation *call, struct text path) {
    struct item_list list;
    enum status status = item_expand(call, path, false, invocation_switch(call, FORCE), &list);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) {
        struct text one = string_text(array_at(list.paths, i));
        status = item_exists(call, list.drive, one) ? read_item(call, list.drive, one) : item_not_found(call, list.drive, one);
    }
    value_release(list.paths);
    return status;
}

/* Objects with a path are read. `… | cat` means the program that passes its input on; Get-Content itself takes no other
 * values from the pipeline. */
static enum status take_piped(struct invocation *call) {
    struct value item = invocation_argument(call, PIPED), path = path_of(call, item);
    if (path.kind != VALUE_UNSET) {
        enum status status = read_path(call, string_text(path));
        value_release(path);
        return status;
    }
    if (text_equal_fold(call->called_as, TEXT("cat"))) return value_is_nothing(item) ? STATUS_OK : invocation_emit_take(call, convert_text(call->realm, item));
    return invocation_error(call, "System.Management.Automation.ParameterBindingException", "InputObjectNotBound", ERROR_INVALID_ARGUMENT, item,
                            "Get-Content takes paths by name only: … | ForEach-Object { Get-Content $_ }.");
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    struct state *state = call->state;
    if (invocation_has(call, TOTAL) && invocation_has(call, TAIL))
        return invocation_error(call, "System.InvalidOperationException", "TailAndHeadCannotCoexist", ERROR_INVALID_OPERATION, value_null(),
                                "-TotalCount and -Tail exclude each other.");
    if (invocation_switch(call, RAW) && (invocation_has(call, TOTAL) || invocation_has(call, TAIL) || invocation_has(call, DELIMITER)))
        return invocation_error(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION, value_null(),
                                "-Raw gives the whole file: -TotalCount, -Tail and -Delimiter do not go with it.");
    state->total = invocation_integer(call, TOTAL, -1);
    state->tail = invocation_integer(call, TAIL, -1);
    state->read_count = invocation_integer(call, READ_COUNT, 1);
    if (invocation_has(call, PIPED)) return take_piped(call);
    return item_each(call, &which, read_item);
}

static const struct example_row example_rows[] = {
    {"'one', 'two', 'three' | Set-Content lines.txt; Get-Content lines.txt -Tail 1", "The last line."},
    {"(Get-Content lines.txt -Raw) -replace 'one', 'ONE'", "The whole file as one text."},
};

CMDLET(get_content) = {
    .name = "Get-Content", .aliases = "gc|cat|type", .synopsis = "Reads a file, line by line.",
    .description = "Lines stream: a large file is never held as a whole. A byte order mark tells the encoding; else UTF-8 is read.",
    PARAMETERS, .default_set = "Path", .state_size = sizeof(struct state), .begin = begin, .process = process, EXAMPLES, .emits = "System.String",
};
