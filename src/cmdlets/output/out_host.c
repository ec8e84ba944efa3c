#include "../cmdlet_private.h"

#include "m365sh/format/format.h"

enum { INPUT, PAGING };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"Paging", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},
};

struct state { struct formatter *formatter; };

static enum status show_line(void *context, struct text line) {
    struct invocation *call = context;
    struct emitter terminal = call->host ? call->host->terminal : (struct emitter){0};
    if (!terminal.emit) return STATUS_OK;
    struct value text = string_new(line);
    enum status status = terminal.emit(terminal.context, text);
    value_release(text);
    return status;
}

/* Its own formatter: what it shows is complete when it ends, whatever else the pipeline of the script holds back. */
static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    struct format_request request = {.width = (call->host && call->host->width ? call->host->width(call->host) : 80) - 1};
    state->formatter = formatter_new(call->realm, &request, (struct format_sink){show_line, call});
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    return item.kind == VALUE_UNSET ? STATUS_OK : formatter_add(state->formatter, item);
}

static enum status end(struct invocation *call) {
    return formatter_end(((struct state *)call->state)->formatter);
}

static void clean(struct invocation *call) {
    formatter_free(((struct state *)call->state)->formatter);
}

static const struct example_row example_rows[] = {
    {"1..3 | Out-Host", "Shows the numbers, as the end of a pipeline does by itself."},
    {"Get-Date | Out-Host", "Shows the date."},
};

CMDLET(out_host) = {
    .name = "Out-Host", .aliases = "oh", .synopsis = "Shows objects at the terminal, whatever their pipeline goes on with.",
    .description = "Nothing comes out of it: it shows, it does not hand on.", PARAMETERS,
    .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
