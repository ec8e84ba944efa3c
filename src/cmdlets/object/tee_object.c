#include "../cmdlet_private.h"

#include "m365sh/pipeline/pipeline.h"

enum { INPUT, FILE_PATH, LITERAL_PATH, APPEND, VARIABLE, ENCODING };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."},
    {"FilePath", "string", 0, PARAMETER_MANDATORY, "Path", "File", NULL, "path", "The file that receives them as text."},
    {"LiteralPath", "string", -1, PARAMETER_MANDATORY, "PSPath|LP", "LiteralFile", NULL, "path", "The same, without wildcards."},
    {"Append", "switch", -1, 0, NULL, NULL, NULL, NULL, "Adds to what is there."},
    {"Variable", "string", -1, PARAMETER_MANDATORY, NULL, "Variable", NULL, NULL, "The variable that receives them."},
    {"Encoding", "string", -1, 0, NULL, "File|LiteralFile", NULL, NULL, "Accepted for scripts; text is written as UTF-8."},
};

struct state {
    struct running_pipeline *file;   /* Out-File, fed beside the output */
    struct collector kept;
};

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->kept.realm = call->realm;
    if (invocation_has(call, VARIABLE)) return STATUS_OK;
    struct command *command = call->host->command_find(call->host, TEXT("Out-File"));
    struct argument arguments[2] = {
        {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("FilePath"), .value = invocation_argument(call, invocation_has(call, FILE_PATH) ? FILE_PATH : LITERAL_PATH)},
        {.kind = ARGUMENT_NAME_VALUE, .name = TEXT("Append"), .value = value_bool(invocation_switch(call, APPEND))},
    };
    struct stage stage = {.command = command, .called_as = command->spelling, .arguments = arguments, .argument_count = 2};
    enum status status = pipeline_open(call->realm, call->host, &stage, 1, true, &call->streams, &state->file);
    command_release(command);
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value item = invocation_argument(call, INPUT);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    enum status status = STATUS_OK;
    if (state->file) status = pipeline_push(state->file, item);
    else collector_emitter(&state->kept).emit(&state->kept, item);
    return status == STATUS_OK ? invocation_emit(call, item) : status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    bool succeeded;
    if (state->file) {
        struct running_pipeline *file = state->file;
        state->file = NULL;
        return pipeline_close(file, STATUS_OK, &succeeded);
    }
    struct value kept = collector_take(&state->kept);
    enum status status = call->host->variable_set(call->host, invocation_text(call, VARIABLE), SCOPE_CURRENT, kept.kind == VALUE_VOID ? value_null() : kept);
    value_release(kept);
    return status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    bool succeeded;
    if (state->file) {
        enum status ignored = pipeline_close(state->file, STATUS_INTERRUPTED, &succeeded);
        (void)ignored;
    }
    collector_free(&state->kept);
}

static const struct example_row example_rows[] = {
    {"1..3 | Tee-Object -Variable kept | Measure-Object -Sum", "Keeps the numbers while they are added up."},
    {"'one', 'two' | Tee-Object -FilePath words.txt", "Writes a file and shows the words."},
};

CMDLET(tee_object) = {
    .name = "Tee-Object", .aliases = "tee", .synopsis = "Keeps a copy of what passes, in a file or a variable.",
    .description = "The objects go on down the pipeline unchanged.",
    PARAMETERS, .default_set = "File", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
