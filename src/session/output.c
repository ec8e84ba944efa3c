#include "session_private.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "m365sh/base/file.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define BLOCK_BYTES 65536

int output_width(void) {
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) width = size.ws_col;
    return width > 0 && width < 10000 ? (int)width : 80;
}

static enum status write_held(struct session *session) {
    struct output *output = &session->output;
    if (output->closed) return STATUS_STOP;
    if (!output->held.length) return STATUS_OK;
    struct fault fault = {0};
    enum status status = file_write_descriptor(STDOUT_FILENO, output->held.data, output->held.length, &fault);
    bytes_clear(&output->held);
    if (status == STATUS_OK) return STATUS_OK;
    output->closed = true;
    struct bytes line = {0};
    if (fault.kind == FAULT_CLOSED)
        bytes_add_string(&line, "m365sh: whoever read standard output has closed it; the run ends here.\n");
    else bytes_add_format(&line, "m365sh: standard output cannot be written: %s\n", fault.message ? fault.message : "");
    struct fault ignored = {0};
    if (file_write_descriptor(STDERR_FILENO, line.data, line.length, &ignored) != STATUS_OK) fault_clear(&ignored);
    bytes_free(&line);
    fault_clear(&fault);
    return STATUS_STOP;
}

enum status output_print(struct session *session, struct text text) {
    struct output *output = &session->output;
    if (output->closed) return STATUS_STOP;
    console_clear_progress(session);
    bytes_add_text(&output->held, text);
    if (output->terminal ? memchr(text.start, '\n', text.length) != NULL : output->held.length >= BLOCK_BYTES) return write_held(session);
    return STATUS_OK;
}

void output_flush(struct session *session) {
    enum status status = write_held(session);
    (void)status; /* a closed output is remembered in output->closed */
}

enum status output_print_error(struct session *session, struct text text) {
    struct fault fault = {0};
    console_clear_progress(session);
    output_flush(session);
    enum status status = file_write_descriptor(STDERR_FILENO, text.start, text.length, &fault);
    if (status != STATUS_OK) fault_clear(&fault);
    return STATUS_OK; /* nobody reads the errors: no reason to end the run */
}

static enum status print_line(void *context, struct text line) {
    struct session *session = context;
    enum status status = output_print(session, line);
    return status == STATUS_OK ? output_print(session, TEXT("\n")) : status;
}

static enum status print_error_line(void *context, struct text line) {
    struct bytes *lines = context;
    bytes_add_text(lines, line);
    bytes_add_byte(lines, '\n');
    return STATUS_OK;
}

static enum status print_converted(void *context, struct value v) {
    struct session *session = context;
    struct value text = convert_text(session->realm, v);
    enum status status = print_line(session, string_text(text));
    value_release(text);
    return status;
}

static const char *const converters[] = {[SESSION_TABLE] = NULL, [SESSION_LIST] = NULL, [SESSION_JSON] = "ConvertTo-Json", [SESSION_JSON_LINES] = "ConvertTo-Json",
                                         [SESSION_CSV] = "ConvertTo-Csv", [SESSION_MARKDOWN] = NULL};

/* --format json, jsonl and csv: one cmdlet stands behind the program as if it had been written there. */
static enum status open_converter(struct session *session) {
    struct host *host = &session->host;
    struct command *command = host->command_find ? host->command_find(host, text_of(converters[session->options.format])) : NULL;
    if (!command) return STATUS_OK;
    bool lines = session->options.format == SESSION_JSON_LINES;
    struct argument arguments[2] = {{.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Depth"), .value = value_int32(8)},
                                    {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Compress"), .value = value_bool(lines)}};
    struct stage stage = {.command = command, .called_as = command->spelling, .arguments = arguments,
                          .argument_count = session->options.format == SESSION_CSV ? 0 : 2};
    struct stream_set streams = output_streams(session);
    streams.sinks[STREAM_OUTPUT] = (struct emitter){print_converted, session};
    enum status status = pipeline_open(session->realm, host, &stage, 1, true, &streams, &session->output.converter);
    command_release(command);
    return status;
}

static enum status close_converter(struct session *session) {
    struct running_pipeline *converter = session->output.converter;
    bool succeeded;
    session->output.converter = NULL;
    return converter ? pipeline_close(converter, STATUS_OK, &succeeded) : STATUS_OK;
}

/* JSON lines are a text each; the others are one text for all. */
static enum status convert_value(struct session *session, struct value v) {
    enum status status = session->output.converter ? STATUS_OK : open_converter(session);
    if (status == STATUS_OK && session->output.converter) status = pipeline_push(session->output.converter, v);
    if (status == STATUS_OK && session->options.format == SESSION_JSON_LINES) status = close_converter(session);
    return status;
}

static struct formatter *new_formatter(struct session *session) {
    struct format_request request = {.width = output_width() - 1, .color = session->colors,
                                     .layout = session->options.format == SESSION_LIST ? FORMAT_LIST : FORMAT_DEFAULT};
    return formatter_new(session->realm, &request, (struct format_sink){print_line, session});
}

static enum status show(void *context, struct value v) {
    struct session *session = context;
    struct output *output = &session->output;
    if (output->closed) return STATUS_STOP;
    if (value_is_error_record(v)) {
        output_error(session, v);
        return STATUS_OK;
    }
    if (converters[session->options.format] && !format_is_wrapped(v)) return convert_value(session, v);
    if (!output->formatter) output->formatter = new_formatter(session);
    if (v.kind == VALUE_OBJECT && session->host.variable_get) { /* $FormatEnumerationLimit as it is now */
        struct value limit = session->host.variable_get(&session->host, TEXT("FormatEnumerationLimit"), SCOPE_CURRENT);
        if (value_is_integer(limit)) session->realm->enumeration_limit = limit.integer;
        value_release(limit);
    }
    enum status status = formatter_add(output->formatter, v);
    return status == STATUS_OK && output->closed ? STATUS_STOP : status;
}

/* M365SH_ERROR_IDS=1: the id behind the first line, for tests and for scripts that read standard error. */
static void add_error_id(struct bytes *lines, struct value record) {
    struct value id = error_record_get(record, ERROR_ID);
    if (!getenv("M365SH_ERROR_IDS") || id.kind != VALUE_STRING) return;
    struct bytes mark = {0};
    bytes_add_format(&mark, " [%s]", string_chars(id));
    size_t end = text_find_byte(bytes_text(lines), '\n', 0);
    bytes_insert(lines, end == TEXT_NOT_FOUND ? lines->length : end, mark.data, mark.length);
    bytes_free(&mark);
}

void output_error(struct session *session, struct value record) {
    struct bytes lines = {0};
    enum status status = format_error(session->realm, record, output_width(), session->error_terminal && session->colors,
                                      (struct format_sink){print_error_line, &lines});
    if (status == STATUS_ERROR) value_release(realm_take_raised(session->realm));
    add_error_id(&lines, record);
    status = output_print_error(session, bytes_text(&lines));
    bytes_free(&lines);
}

static enum status show_error(void *context, struct value v) {
    output_error(context, v);
    return STATUS_OK;
}

/* Words go to standard error, so that data alone is on standard output (design: command-line). */
static enum status show_message(struct session *session, const char *label, struct value v) {
    struct value text = convert_text(session->realm, v);
    struct bytes line = {0};
    bytes_add_format(&line, "%s: %s\n", label, string_chars(text));
    enum status status = output_print_error(session, bytes_text(&line));
    bytes_free(&line);
    value_release(text);
    return status;
}

static enum status show_warning(void *context, struct value v) {
    return show_message(context, "WARNING", v);
}

static enum status show_verbose(void *context, struct value v) {
    return show_message(context, "VERBOSE", v);
}

static enum status show_debug(void *context, struct value v) {
    return show_message(context, "DEBUG", v);
}

/* SGR numbers of System.ConsoleColor's sixteen, foreground. */
static const uint8_t console_colors[16] = {30, 34, 32, 36, 31, 35, 33, 37, 90, 94, 92, 96, 91, 95, 93, 97};

static struct value slot(struct session *session, struct value object, const char *name) {
    struct value *found = object.kind == VALUE_OBJECT ? object_find_text(session->realm, object, text_of(name)) : NULL;
    return found ? *found : value_null();
}

static enum status show_information(void *context, struct value v) {
    struct session *session = context;
    struct value data = slot(session, v, "MessageData");
    struct value message = slot(session, data, "Message");
    bool from_host = message.kind == VALUE_STRING;
    struct value text = from_host ? value_keep(message) : convert_text(session->realm, v.kind == VALUE_OBJECT && !value_is_nothing(data) ? data : v);
    struct value foreground = slot(session, data, "ForegroundColor");
    struct bytes line = {0};
    bool colored = from_host && session->colors && foreground.kind == VALUE_ENUM && foreground.integer >= 0 && foreground.integer < 16;
    if (colored) bytes_add_format(&line, "\033[%dm", console_colors[foreground.integer]);
    bytes_add_text(&line, string_text(text));
    if (colored) bytes_add_string(&line, "\033[0m");
    if (!from_host || !value_truth(slot(session, data, "NoNewLine"))) bytes_add_byte(&line, '\n');
    enum status status = output_print(session, bytes_text(&line));
    bytes_free(&line);
    value_release(text);
    return status;
}

struct stream_set output_streams(struct session *session) {
    return (struct stream_set){.sinks = {
        [STREAM_OUTPUT] = {show, session}, [STREAM_ERROR] = {show_error, session}, [STREAM_WARNING] = {show_warning, session},
        [STREAM_VERBOSE] = {show_verbose, session}, [STREAM_DEBUG] = {show_debug, session},
        [STREAM_INFORMATION] = {show_information, session},
    }};
}

void output_start(struct session *session) {
    session->output.terminal = isatty(STDOUT_FILENO);
    session->error_terminal = isatty(STDERR_FILENO);
    struct stream_set streams = output_streams(session);
    session->host.terminal = streams.sinks[STREAM_OUTPUT];
    session->host.terminal_error = streams.sinks[STREAM_ERROR];
    session->host.terminal_information = streams.sinks[STREAM_INFORMATION];
}

enum status output_end(struct session *session) {
    struct output *output = &session->output;
    enum status status = close_converter(session);
    if (output->formatter) {
        if (status == STATUS_OK) status = formatter_end(output->formatter);
        formatter_free(output->formatter);
        output->formatter = NULL;
    }
    if (status == STATUS_ERROR) output_error(session, session->realm->raised), value_release(realm_take_raised(session->realm));
    output_flush(session);
    return status;
}

void output_stop(struct session *session) {
    enum status status = output_end(session);
    (void)status; /* shown already */
    bytes_free(&session->output.held);
}
