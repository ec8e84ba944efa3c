#include "csv_private.h"

enum { DELIMITER, USE_CULTURE, INPUT, HEADER };

static const struct parameter_row parameter_rows[] = {
    {"Delimiter", "char", 1, 0, NULL, "Delimiter", NULL, NULL, "What stands between fields; a comma unless said."},
    {"UseCulture", "switch", -1, PARAMETER_MANDATORY, NULL, "UseCulture", NULL, NULL, "The separator of the culture."},
    {"InputObject", "object[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The text; lines or a whole."},
    {"Header", "string[]", 2, PARAMETER_NOT_EMPTY, NULL, NULL, NULL, NULL, "Names of the columns, where the text has none."},
};

static enum status begin(struct invocation *call) {
    struct csv_reader *reader = call->state;
    reader->delimiter = csv_delimiter_of(call, DELIMITER, USE_CULTURE);
    return csv_reader_start(call, reader, invocation_argument(call, HEADER));
}

static enum status read_text(struct invocation *call, struct value v) {
    struct value text = convert_text(call->realm, v);
    struct text_reader *reader = text_reader_over(string_text(text));
    enum status status = csv_reader_run(call, call->state, reader);
    text_reader_free(reader);
    value_release(text);
    return status;
}

static enum status process(struct invocation *call) {
    struct value input = value_base(invocation_argument(call, INPUT));
    if (value_is_nothing(input)) return STATUS_OK;
    if (!value_is_array_like(input)) return read_text(call, input);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(input); i++) status = read_text(call, array_at(input, i));
    return status;
}

static void clean(struct invocation *call) { csv_reader_clean(call->state); }

static const struct example_row example_rows[] = {
    {"\"Name,Age`nann,30\" | ConvertFrom-Csv", "An object with Name and Age, both text."},
    {"'1,ann', '2,bob' | ConvertFrom-Csv -Header Id, Name", "Lines without a header."},
};

CMDLET(convert_from_csv) = {
    .name = "ConvertFrom-Csv", .synopsis = "Turns comma-separated values into objects.",
    .description = "The first line names the properties. All values are text; a field that is missing at the end of a line is null.", PARAMETERS,
    .default_set = "Delimiter", .state_size = sizeof(struct csv_reader), .begin = begin, .process = process, .clean = clean, EXAMPLES,
};
