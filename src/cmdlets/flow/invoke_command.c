#include "engine_private.h"

enum { BLOCK, FILE_PATH, NO_NEW_SCOPE, INPUT, ARGUMENTS, COMPUTER };

static const struct parameter_row parameter_rows[] = {
    {"ScriptBlock", "scriptblock", 0, PARAMETER_MANDATORY, "Command", "InProcess", NULL, NULL, "The block to run."},
    {"FilePath", "string", -1, PARAMETER_MANDATORY, NULL, "FilePath", NULL, "path", "A script to run instead."},
    {"NoNewScope", "switch", -1, 0, NULL, "InProcess", NULL, NULL, "Runs it in the caller's scope."},
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "What the block finds in $input."},
    {"ArgumentList", "object[]", -1, 0, "Args", NULL, NULL, NULL, "Its arguments."},
    {"ComputerName", "string[]", -1, 0, "Cn", NULL, NULL, NULL, "Other machines: there is no remoting here."},
};

struct state { struct value input; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->input = array_new(call->realm, NULL, 4);
    if (!invocation_has(call, COMPUTER)) return STATUS_OK;
    return invocation_throw(call, "System.NotSupportedException", "RemotingNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                            "There is no remoting here. Leave -ComputerName out to run the block on this machine.");
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, INPUT)) array_push(state->input, invocation_argument(call, INPUT));
    return STATUS_OK;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    struct value arguments = value_base(invocation_argument(call, ARGUMENTS));
    bool has = arguments.kind == VALUE_ARRAY;
    if (invocation_has(call, FILE_PATH))
        return call->host->invoke(call->host, invocation_text(call, FILE_PATH), value_null(), has ? array_items(arguments) : NULL,
                                  has ? array_count(arguments) : 0, VALUE_UNSET_INIT, invocation_output(call));
    struct block_call request = {.block = invocation_argument(call, BLOCK), .arguments = has ? array_items(arguments) : NULL,
                                 .argument_count = has ? array_count(arguments) : 0, .input = state->input, .output = invocation_output(call),
                                 .scope = invocation_switch(call, NO_NEW_SCOPE) ? BLOCK_CALLER_SCOPE : BLOCK_NEW_SCOPE};
    return callable_call(call->realm, &request);
}

static void clean(struct invocation *call) {
    value_release(((struct state *)call->state)->input);
}

static const struct example_row example_rows[] = {
    {"Invoke-Command { param($n) $n * 2 } -ArgumentList 21", "A block with an argument."},
    {"1..3 | Invoke-Command { $input | Measure-Object -Sum }", "A block with input."},
};

CMDLET(invoke_command) = {
    .name = "Invoke-Command", .aliases = "icm", .synopsis = "Runs a script block.", .description = "On this machine; other machines are out of its reach.",
    PARAMETERS, .default_set = "InProcess", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
