#include "csv_command_private.h"

enum { INPUT = CSV_PARAMETER_COUNT };

static const struct parameter_row parameter_rows[] = {
    CSV_WRITE_ROWS,
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
};

struct state { struct csv_writer writer; struct bytes line; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    return csv_command_read(call, &state->writer);
}

static enum status emit_line(struct invocation *call) {
    struct state *state = call->state;
    enum status status = invocation_emit_take(call, string_from_bytes(&state->line));
    bytes_clear(&state->line);
    return status;
}

static enum status start(struct invocation *call, struct value item, bool *any) {
    struct state *state = call->state;
    enum status status = csv_writer_columns(call, &state->writer, item, any);
    if (status != STATUS_OK || !*any) return status;
    if (invocation_switch(call, CSV_INCLUDE_TYPE)) {
        csv_writer_add_type(call, item, &state->line);
        status = emit_line(call);
    }
    if (status != STATUS_OK || invocation_switch(call, CSV_NO_HEADER)) return status;
    csv_writer_add_header(&state->writer, &state->line);
    return emit_line(call);
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    bool any = true;
    if (value_is_nothing(item)) return STATUS_OK;
    enum status status = state->writer.started ? STATUS_OK : start(call, item, &any);
    if (status != STATUS_OK || !any || !state->writer.count) return status;
    status = csv_writer_add_row(call, &state->writer, item, &state->line);
    return status == STATUS_OK ? emit_line(call) : status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    csv_writer_clean(&state->writer);
    bytes_free(&state->line);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 3 | Select-Object DisplayName, Department | ConvertTo-Csv", "A header and three lines."},
    {"[pscustomobject]@{ A = 1; B = 'x, y' } | ConvertTo-Csv -UseQuotes AsNeeded", "Quotes only where they must be."},
};

CMDLET(convert_to_csv) = {
    .name = "ConvertTo-Csv", .synopsis = "Turns objects into lines of comma-separated values.",
    .description = "The first object says which columns there are. Export-Csv writes them to a file.", PARAMETERS,
    .state_size = sizeof(struct state), .begin = begin, .process = process, .clean = clean, EXAMPLES, .emits = "System.String",
};
