#include "../cmdlet_private.h"

#include "m365sh/format/format.h"

enum { INPUT, STREAM, WIDTH, NO_NEWLINE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Stream", "switch", -1, 0, NULL, "StreamFormatting", NULL, NULL, "A text for each line."},
    {"Width", "int", -1, 0, NULL, NULL, NULL, NULL, "How wide a line may be."},
    {"NoNewline", "switch", -1, 0, NULL, "NoNewLineFormatting", NULL, NULL, "No line ends between the lines."},
};

struct state {
    struct formatter *formatter;
    struct bytes text;
};

static enum status take_line(void *context, struct text line) {
    struct invocation *call = context;
    struct state *state = call->state;
    if (invocation_switch(call, STREAM)) return invocation_emit_take(call, string_new(line));
    bytes_add_text(&state->text, line);
    if (!invocation_switch(call, NO_NEWLINE)) bytes_add_byte(&state->text, '\n');
    return STATUS_OK;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    struct host *host = call->host;
    struct format_request request = {.width = (int)invocation_integer(call, WIDTH, host && host->width ? host->width(host) : 80)};
    state->formatter = formatter_new(call->realm, &request, (struct format_sink){take_line, call});
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    return item.kind == VALUE_UNSET ? STATUS_OK : formatter_add(state->formatter, item);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    enum status status = formatter_end(state->formatter);
    if (status != STATUS_OK || invocation_switch(call, STREAM)) return status;
    return invocation_emit_take(call, string_from_bytes(&state->text));
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    formatter_free(state->formatter);
    bytes_free(&state->text);
}

static const struct example_row example_rows[] = {
    {"Get-User -Top 2 | Out-String", "The table as one text."},
    {"1..3 | Out-String -Stream", "A text for each line."},
};

CMDLET(out_string) = {
    .name = "Out-String", .synopsis = "Gives what the screen would show, as text.",
    .description = "One text, or a text for each line with -Stream.", PARAMETERS, .default_set = "NoNewLineFormatting",
    .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
