#include "csv_private.h"

#include "../item/item_private.h"

enum { DELIMITER, PATH, LITERAL, USE_CULTURE, HEADER, ENCODING };

static const struct parameter_row parameter_rows[] = {
    {"Delimiter", "char", 1, 0, NULL, "DelimiterPath|DelimiterLiteralPath", NULL, NULL, "What stands between fields; a comma unless said."},
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_NOT_EMPTY | PARAMETER_WILDCARDS, NULL, "DelimiterPath|CulturePath", NULL, "path", "The file; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_NOT_EMPTY, "PSPath|LP", "DelimiterLiteralPath|CultureLiteralPath", NULL, "path", "The same, without wildcards."},
    {"UseCulture", "switch", -1, PARAMETER_MANDATORY, NULL, "CulturePath|CultureLiteralPath", NULL, NULL, "The separator of the culture."},
    {"Header", "string[]", 2, PARAMETER_NOT_EMPTY, NULL, NULL, NULL, NULL, "Names of the columns, where the file has none."},
    {"Encoding", "object", -1, 0, NULL, NULL, NULL, NULL, "utf8, utf8BOM, ascii, unicode, latin1, ansi …; a byte order mark tells it too."},
};

struct state { struct csv_reader reader; enum file_encoding encoding; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->reader.delimiter = csv_delimiter_of(call, DELIMITER, USE_CULTURE);
    return encoding_argument(call, ENCODING, &state->encoding);
}

static enum status cannot_open(struct invocation *call, struct text path, struct fault *fault) {
    bool missing = !fault || fault->kind == FAULT_NOT_FOUND;
    struct value target = string_new(path);
    const char *exception = missing ? "System.IO.FileNotFoundException" : "System.UnauthorizedAccessException";
    enum status status = invocation_throw(call, exception, "FileOpenFailure", ERROR_OPEN_ERROR, missing ? target : value_null(), "'%s' cannot be read%s.",
                                          string_chars(target), missing ? ": it is not there" : "");
    value_release(target);
    if (fault) fault_clear(fault);
    return status;
}

static enum status import(struct invocation *call, struct text path) {
    struct state *state = call->state;
    struct fault fault = {0};
    struct value name = string_new(path);
    struct text_reader *reader = text_reader_open(string_chars(name), state->encoding, &fault);
    value_release(name);
    if (!reader) return cannot_open(call, path, &fault);
    csv_reader_reset(&state->reader);
    enum status status = csv_reader_start(call, &state->reader, invocation_argument(call, HEADER));
    if (status == STATUS_OK) status = csv_reader_run(call, &state->reader, reader);
    text_reader_free(reader);
    return status;
}

static enum status import_given(struct invocation *call, struct text given, bool literal) {
    struct item_list list;
    enum status status = item_expand(call, given, literal, false, &list);
    if (status == STATUS_OK && array_count(list.paths) > 1) {
        value_release(list.paths);
        return invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "ReadWriteMultipleFilesNotSupported", ERROR_INVALID_ARGUMENT, value_null(),
                                "'%.*s' means several files. Get-ChildItem %.*s | Import-Csv reads them all.", TEXT_ARGUMENT(given), TEXT_ARGUMENT(given));
    }
    if (status == STATUS_OK && array_count(list.paths) == 0) status = cannot_open(call, given, NULL);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) status = import(call, string_text(array_at(list.paths, i)));
    value_release(list.paths);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct value paths = invocation_argument(call, literal ? LITERAL : PATH);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) status = import_given(call, item_at(paths, i), literal);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    csv_reader_clean(&state->reader);
}

static const struct example_row example_rows[] = {
    {"Set-Content u.csv 'Name,Age', 'ann,30'; Import-Csv u.csv", "An object with Name and Age, both text."},
    {"Import-Csv u.csv | Where-Object { [int]$_.Age -ge 18 }", "Numbers are cast where they are used."},
};

CMDLET(import_csv) = {
    .name = "Import-Csv", .aliases = "ipcsv", .synopsis = "Reads comma-separated values from a file as objects.",
    .description = "Rows stream. The first line names the properties unless -Header does; all values are text.", PARAMETERS,
    .default_set = "DelimiterPath", .state_size = sizeof(struct state), .begin = begin, .process = process, .clean = clean, EXAMPLES,
};
