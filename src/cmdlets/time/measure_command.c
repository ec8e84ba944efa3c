#include "../cmdlet_private.h"

#include "m365sh/pipeline/pipeline.h"

enum { INPUT, EXPRESSION };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "Objects for which the block runs, each in $_."},
    {"Expression", "scriptblock", 0, PARAMETER_MANDATORY, NULL, NULL, NULL, NULL, "What is measured."},
};

struct state { int64_t ticks; };

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    int64_t start = clock_steady();
    enum status status = invocation_block(call, value_base(invocation_argument(call, EXPRESSION)), invocation_argument(call, INPUT), pipeline_discard());
    state->ticks += (clock_steady() - start) / 100;
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    return invocation_emit(call, value_timespan(state->ticks));
}

static const struct example_row example_rows[] = {
    {"(Measure-Command { 1..1000 | ForEach-Object { $_ * 2 } }).TotalMilliseconds", "How long it takes."},
    {"Measure-Command { Start-Sleep -Milliseconds 20 }", "A span of time."},
};

CMDLET(measure_command) = {
    .name = "Measure-Command", .synopsis = "Measures how long a block takes.", .description = "What the block gives is thrown away. It runs in the caller's scope.", PARAMETERS,
    .state_size = sizeof(struct state), .process = process, .end = end, EXAMPLES, .emits = "System.TimeSpan",
};
